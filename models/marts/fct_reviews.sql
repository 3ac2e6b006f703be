-- Reviewers' decisions (复核记录): what was decided on a figure, by whom, when and why, and whether it is in force.
-- One row per decision.
with

reviews as (

    select * from {{ ref('int_reviews') }}

),

figures as (

    select * from {{ ref('int_all_figures') }}

)

select
    reviews.review_id,
    reviews.decided_at,
    reviews.reviewer,
    reviews.action,
    reviews.state,
    reviews.reason,
    reviews.figure_id,
    reviews.figure_id_then,
    reviews.document_id_then,
    figures.department_id,
    figures.fiscal_year,
    reviews.measure,
    reviews.as_written as raw,
    reviews.expected_value,
    reviews.corrected_value,
    reviews.corrected_meaning,
    reviews.unit,
    reviews.undoes
from reviews
left join figures on reviews.figure_id = figures.figure_id
