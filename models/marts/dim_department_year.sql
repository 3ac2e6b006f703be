-- The spine of departments and years (部门年度): each department in each year between its first and its last, gaps included.
-- One row per department and fiscal year.
with

departments as (

    select * from {{ ref('int_departments') }}

),

documents as (

    select
        department_id,
        fiscal_year,
        count(*) as document_count,
        max(loaded_at) as newest_loaded_at,
        max(published_on) as newest_published_on
    from {{ ref('int_documents') }}
    where department_id is not null and fiscal_year is not null
    group by department_id, fiscal_year

),

figures as (

    select
        department_id,
        fiscal_year,
        count(*) as figure_count,
        count(*) filter (where document_fiscal_year is distinct from fiscal_year) as other_year_figure_count,
        bool_or(family = 'funding') as has_funding,
        bool_or(measure = 'execution_rate') as has_execution,
        bool_or(family = 'beneficiaries') as has_beneficiaries,
        bool_or(family = 'standards') as has_standards,
        bool_or(family = 'performance') as has_performance,
        bool_or(family = 'services') as has_services
    from {{ ref('int_figures') }}
    where department_id is not null and fiscal_year is not null
    group by department_id, fiscal_year

),

years as (

    select
        department_id,
        fiscal_year
    from documents
    union
    select
        department_id,
        fiscal_year
    from figures

),

spans as (

    select
        department_id,
        min(fiscal_year) as first_year,
        max(fiscal_year) as last_year
    from years
    group by department_id

),

spine as (

    select
        spans.department_id,
        cast(year.fiscal_year as integer) as fiscal_year
    from spans
    cross join unnest(generate_series(spans.first_year, spans.last_year)) as year (fiscal_year)

),

executions as (

    select distinct
        department_id,
        fiscal_year
    from {{ ref('fct_execution') }}

)

select
    spine.department_id,
    spine.fiscal_year,
    coalesce(documents.document_count, 0) as document_count,
    coalesce(figures.figure_count, 0) as figure_count,
    coalesce(figures.has_funding, false) as has_funding,
    executions.department_id is not null as has_execution,
    coalesce(figures.has_beneficiaries, false) as has_beneficiaries,
    coalesce(figures.has_standards, false) as has_standards,
    coalesce(figures.has_performance, false) as has_performance,
    coalesce(figures.has_services, false) as has_services,
    case
        when figures.figure_count is null and documents.document_count is null then 'report_not_held'
        when figures.figure_count is null then 'not_in_report'
        when documents.document_count is null then 'known_from_other_documents'
    end as absence_reason,
    documents.newest_loaded_at,
    documents.newest_published_on,
    departments.is_sample
from spine
inner join departments on spine.department_id = departments.department_id
left join documents on spine.department_id = documents.department_id and spine.fiscal_year = documents.fiscal_year
left join figures on spine.department_id = figures.department_id and spine.fiscal_year = figures.fiscal_year
left join executions on spine.department_id = executions.department_id and spine.fiscal_year = executions.fiscal_year
