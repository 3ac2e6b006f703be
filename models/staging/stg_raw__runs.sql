-- Runs of the loader, names and types only.
-- One row per run.
select
    run_id,
    started_at,
    finished_at,
    command,
    extractor_version,
    loaded as loaded_count,
    failed as failed_count
from {{ source('raw', 'runs') }}
