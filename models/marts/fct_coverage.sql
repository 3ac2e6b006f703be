-- Coverage (覆盖): what is held of each measure for each department and year of the spine, and why the rest is not.
-- One row per department, fiscal year and measure.
with

spine as (

    select * from {{ ref('dim_department_year') }}

),

measures as (

    select * from {{ ref('measures') }}

),

inapplicable as (

    select * from {{ ref('inapplicable_measures') }}

),

-- Where every document of the year is of a kind that never states the measure, it is not missing.
not_applicable as (

    select
        documents.department_id,
        documents.fiscal_year,
        measures.measure
    from {{ ref('int_documents') }} as documents
    cross join measures
    left join inapplicable
        on documents.document_kind = inapplicable.document_kind and measures.measure = inapplicable.measure
    where documents.department_id is not null and documents.fiscal_year is not null
    group by documents.department_id, documents.fiscal_year, measures.measure
    having count(*) = count(inapplicable.measure)

),

disputed as (

    select
        department_id,
        fiscal_year,
        measure
    from {{ ref('int_ranked_statements') }}
    where is_chosen and is_disputed
    group by department_id, fiscal_year, measure

),

held as (

    select
        department_id,
        fiscal_year,
        measure,
        count(*) as figure_count,
        count(distinct document_id) as document_count
    from {{ ref('int_figures') }}
    where department_id is not null and fiscal_year is not null
    group by department_id, fiscal_year, measure

)

select
    spine.department_id,
    spine.fiscal_year,
    measures.measure,
    measures.family,
    held.measure is not null as is_held,
    coalesce(held.figure_count, 0) as figure_count,
    coalesce(held.document_count, 0) as document_count,
    case
        when held.measure is not null then null
        when spine.document_count = 0 and spine.figure_count = 0 then 'report_not_held'
        when spine.document_count = 0 then 'known_from_other_documents'
        when not_applicable.measure is not null then 'not_applicable'
        else 'not_in_report'
    end as absence_reason,
    disputed.measure is not null as is_disputed,
    spine.is_sample
from spine
cross join measures
left join held
    on
        spine.department_id = held.department_id
        and spine.fiscal_year = held.fiscal_year
        and measures.measure = held.measure
left join not_applicable
    on
        spine.department_id = not_applicable.department_id
        and spine.fiscal_year = not_applicable.fiscal_year
        and measures.measure = not_applicable.measure
left join disputed
    on
        spine.department_id = disputed.department_id
        and spine.fiscal_year = disputed.fiscal_year
        and measures.measure = disputed.measure
