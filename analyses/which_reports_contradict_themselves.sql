-- Which reports contradict themselves, in what, by how much, and what share of their checks did they pass?
with

checks as (

    select * from {{ ref('fct_reconciliations') }} where not is_sample and document_id is not null

),

shares as (

    select
        document_id,
        count(*) filter (where verdict = 'holds') as held,
        count(*) filter (where verdict in ('holds', 'violated')) as judged
    from checks
    group by document_id

)

select
    documents.title,
    checks.identity,
    checks.severity,
    checks.explanation_zh,
    shares.held,
    shares.judged
from checks
inner join shares on checks.document_id = shares.document_id
left join {{ ref('dim_document') }} as documents on checks.document_id = documents.document_id
where checks.verdict = 'violated'
order by checks.severity, documents.title, checks.identity
