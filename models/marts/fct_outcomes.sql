-- What became of each file (处理结果) in its own latest run: a file that failed to be read shows no older success beside it.
-- Fetching is a run of its own, which loading does not overwrite. What stayed as it was says since when.
-- One row per file and stage.
with

outcomes as (

    select * from {{ ref('stg_raw__outcomes') }} where is_current

),

runs as (

    select * from {{ ref('stg_raw__runs') }}

),

latest as (

    select
        source_key,
        step = 'fetched' as is_of_fetching,
        arg_max(run_id, (recorded_at, run_id)) as run_id
    from outcomes
    group by source_key, is_of_fetching

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
    outcomes.first_recorded_at,
    outcomes.recorded_at,
    outcomes.run_id,
    runs.command
from outcomes
inner join latest
    on
        outcomes.source_key = latest.source_key
        and outcomes.run_id = latest.run_id
        and latest.is_of_fetching = (outcomes.step = 'fetched')
left join runs on outcomes.run_id = runs.run_id
