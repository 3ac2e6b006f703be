-- Catches: an inner join that drops figures of a document, or a join that doubles them; the counts would look plausible.
with

loaded as (

    select figures.figure_id
    from {{ ref('stg_raw__figures') }} as figures
    inner join {{ ref('stg_raw__documents') }} as documents on figures.document_id = documents.document_id
    where documents.is_current

),

published as (

    select figure_id from {{ ref('fct_figures') }}

)

select
    loaded.figure_id as lost,
    published.figure_id as invented
from loaded
full outer join published on loaded.figure_id = published.figure_id
where loaded.figure_id is null or published.figure_id is null
