-- Documents that were current in the release before, names and types only.
-- One row per document.
select
    document_id,
    source_key,
    extractor_version
from {{ source('raw', 'previous_documents') }}
