-- Reviewers' decisions as recorded, names and types only.
-- One row per decision.
select
    review_id,
    decided_at,
    reviewer,
    action,
    reason,
    figure_id,
    document_id,
    source_key,
    measure,
    as_written,
    expected_value,
    unit,
    quote,
    corrected_value,
    corrected_meaning,
    undoes
from {{ source('raw', 'reviews') }}
