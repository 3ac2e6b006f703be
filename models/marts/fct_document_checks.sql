-- How many checks (勾稽核对) each document passed: what holds, what is violated and what could not be computed.
-- One row per current document.
with

documents as (

    select * from {{ ref('int_documents') }}

),

identities as (

    select * from {{ ref('identities') }}

),

counted as (

    select
        checks.document_id,
        count(*) filter (where checks.verdict = 'holds') as checks_held,
        count(*) filter (where checks.verdict = 'violated' and identities.severity = 'hard') as hard_violations,
        count(*) filter (where checks.verdict = 'violated' and identities.severity = 'soft') as soft_violations,
        count(*) filter (where checks.verdict = 'not_computable') as checks_not_computable
    from {{ ref('int_checks') }} as checks
    inner join identities on checks.identity = identities.identity
    where checks.document_id is not null
    group by checks.document_id

)

select
    documents.document_id,
    documents.department_id,
    documents.fiscal_year,
    coalesce(counted.checks_held, 0) as check_count_held,
    coalesce(counted.hard_violations, 0) as check_count_violated_hard,
    coalesce(counted.soft_violations, 0) as check_count_violated_soft,
    coalesce(counted.checks_not_computable, 0) as check_count_not_computable,
    -- A document of which nothing can be computed has passed nothing and failed nothing.
    100.0 * counted.checks_held / nullif(counted.checks_held + counted.hard_violations + counted.soft_violations, 0)
        as checks_passed_pct,
    documents.is_sample
from documents
left join counted on documents.document_id = counted.document_id
