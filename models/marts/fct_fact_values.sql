-- What each fact says (事实取值), in one long table: the value of the figure that was chosen for it.
-- One row per fact and role.
with

chosen as (

    select * from {{ ref('bridge_fact_figures') }} where is_chosen

),

figures as (

    select * from {{ ref('int_all_figures') }}

),

documents as (

    select * from {{ ref('int_documents') }}

),

departments as (

    select * from {{ ref('dim_department') }}

)

select
    chosen.fact_table,
    chosen.fact_id,
    chosen.role,
    figures.department_id,
    departments.department_name,
    figures.fiscal_year,
    figures.measure,
    figures.programme,
    figures.item,
    figures.figure_value as fact_value,
    figures.unit,
    chosen.figure_id,
    figures.document_id,
    documents.source_key,
    documents.file,
    documents.extractor_version,
    figures.is_sample
from chosen
inner join figures on chosen.figure_id = figures.figure_id
inner join documents on figures.document_id = documents.document_id
left join departments on figures.department_id = departments.department_id
