-- Outcomes of inputs, names and types only.
-- One row per input, stage and state that it was in.
select
    run_id as first_run_id,
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
    "at" as first_recorded_at,  -- noqa: RF06
    last_run_id as run_id,
    last_at as recorded_at,
    is_current
from {{ source('raw', 'outcomes') }}
