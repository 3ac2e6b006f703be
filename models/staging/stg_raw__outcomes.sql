-- Outcomes of every run, names and types only.
-- One row per run, document and stage.
select
    run_id,
    source_key,
    file,
    document_id,
    stage as step,
    status,
    cause,
    message,
    remedy,
    figures as figure_count,
    seconds,
    "at" as recorded_at  -- noqa: RF06
from {{ source('raw', 'outcomes') }}
