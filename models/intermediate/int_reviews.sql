-- Reviewers' decisions (复核) with the figure that each is about today, and whether it is in force.
-- One row per decision.
with

reviews as (

    select * from {{ ref('stg_raw__reviews') }}

),

documents as (

    select * from {{ ref('stg_raw__documents') }} where is_current

),

figures as (

    select
        figures.*,
        documents.source_key
    from {{ ref('stg_raw__figures') }} as figures
    inner join documents on figures.document_id = documents.document_id

),

-- A figure's id says its document, measure, value, unit and place: whatever has the id is what was looked at.
found as (

    select
        reviews.review_id,
        figures.figure_id
    from reviews
    inner join figures on reviews.figure_id = figures.figure_id

),

-- In a newer version of the same file the same number in the same sentence is the same figure, where there is one only.
moved as (

    select
        reviews.review_id,
        min(figures.figure_id) as figure_id
    from reviews
    left join found on reviews.review_id = found.review_id
    inner join figures
        on
            reviews.source_key = figures.source_key
            and reviews.measure = figures.measure
            and reviews.as_written = figures.as_written
            and reviews.expected_value = figures.figure_value
            and reviews.unit = figures.unit
            and reviews.quote is not distinct from figures.quote
    where found.review_id is null
    group by reviews.review_id
    having count(*) = 1

),

matched as (

    select * from found
    union all
    select * from moved

),

undone as (

    select distinct undoes as review_id from reviews where action = 'undo'

),

sources as (

    select distinct source_key from documents

),

judged as (

    select
        reviews.*,
        matched.figure_id as current_figure_id,
        case
            when reviews.action = 'undo' then 'undo'
            when undone.review_id is not null then 'undone'
            when matched.figure_id is not null then 'matched'
            when sources.source_key is not null then 'stale'
            else 'waiting'
        end as standing
    from reviews
    left join matched on reviews.review_id = matched.review_id
    left join undone on reviews.review_id = undone.review_id
    left join sources on reviews.source_key = sources.source_key

)

select
    review_id,
    decided_at,
    reviewer,
    action,
    reason,
    figure_id as figure_id_then,
    current_figure_id as figure_id,
    document_id as document_id_then,
    measure,
    as_written,
    expected_value,
    unit,
    corrected_value,
    corrected_meaning,
    undoes,
    case
        when standing = 'matched'
            then
                case
                    when
                        row_number() over (
                            partition by standing, current_figure_id
                            order by decided_at desc, review_id desc
                        ) = 1
                        then 'in_force'
                    else 'superseded'
                end
        else standing
    end as state
from judged
