-- The release (发布版本) that this file is.
-- One row: this release.
select
    release,
    built_at,
    extractor_version,
    document_count,
    figure_count
from {{ ref('stg_raw__releases') }}
