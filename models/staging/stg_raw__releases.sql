-- The release that this file is, names and types only.
-- One row: this release.
select
    release,
    built_at,
    extractor_version,
    document_count,
    figure_count
from {{ source('raw', 'releases') }}
