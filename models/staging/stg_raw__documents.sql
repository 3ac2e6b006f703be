-- Versions of documents as loaded, names and types only.
-- One row per version of a document.
select
    document_id,
    source_key,
    file,
    format,
    title,
    department as department_as_written,
    place_name as place_name_as_written,
    place_code as place_code_as_written,
    fiscal_year,
    document_kind,
    publisher,
    published_on,
    source_url,
    source_class,
    fetched_at,
    encoding,
    bytes,
    characters,
    text as document_text,
    extractor_version,
    loaded_at,
    is_current,
    superseded_by
from {{ source('raw', 'documents') }}
