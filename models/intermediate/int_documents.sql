-- Current documents (文件) with their department; a table of one department's figures belongs to that department.
-- One row per current document.
with

documents as (

    select * from {{ ref('stg_raw__documents') }} where is_current

),

names as (

    select * from {{ ref('int_department_names') }}

),

figures as (

    select
        document_id,
        count(*) as figure_count,
        case when count(distinct department_id) = 1 then min(department_id) end as only_department_id
    from {{ ref('int_figures') }}
    group by document_id

)

select
    documents.document_id,
    documents.source_key,
    documents.file,
    documents.format,
    documents.title,
    coalesce(names.department_id, figures.only_department_id) as department_id,
    documents.fiscal_year,
    documents.document_kind,
    documents.publisher,
    documents.published_on,
    documents.source_url,
    documents.source_class,
    documents.fetched_at,
    coalesce(documents.source_class = 'sample', false) as is_sample,
    documents.characters,
    documents.document_text,
    coalesce(figures.figure_count, 0) as figure_count,
    documents.extractor_version,
    documents.loaded_at
from documents
left join figures on documents.document_id = figures.document_id
left join names
    on
        documents.department_as_written = names.department_as_written
        and documents.place_name_as_written is not distinct from names.place_name_as_written
        and documents.place_code_as_written is not distinct from names.place_code_as_written
