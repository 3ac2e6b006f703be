-- Documents (文件) that this release stands on.
-- One row per current document.
select
    document_id,
    title,
    department_id,
    fiscal_year,
    document_kind,
    file,
    format,
    publisher,
    published_on,
    source_url,
    source_class,
    fetched_at,
    is_sample,
    characters,
    figure_count,
    loaded_at
from {{ ref('int_documents') }}
