-- What became of each file (处理结果) in its own latest run: a file that failed to be read shows no older success beside it.
-- One row per file and stage.
with

outcomes as (

    select * from {{ ref('stg_raw__outcomes') }}

),

runs as (

    select * from {{ ref('stg_raw__runs') }}

)

select
    {{ grain_key(['outcomes.source_key', 'outcomes.step']) }} as outcome_id,
    outcomes.file,
    outcomes.document_id,
    outcomes.step as stage,
    outcomes.status,
    outcomes.cause,
    outcomes.message,
    outcomes.remedy,
    cast(outcomes.figure_count as bigint) as figure_count,
    cast(outcomes.seconds as double) as seconds,
    outcomes.recorded_at,
    outcomes.run_id,
    runs.command
from outcomes
left join runs on outcomes.run_id = runs.run_id
window latest_first as (partition by outcomes.source_key order by outcomes.recorded_at desc, outcomes.run_id desc)
qualify
    outcomes.run_id = first_value(outcomes.run_id) over latest_first
    and row_number() over (
        partition by outcomes.source_key, outcomes.step order by outcomes.recorded_at desc, outcomes.run_id desc
    ) = 1
