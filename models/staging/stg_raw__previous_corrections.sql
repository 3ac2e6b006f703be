-- Figures that were corrected or rejected in the release before, names and types only.
-- One row per figure.
select
    figure_id,
    correction_reason
from {{ source('raw', 'previous_corrections') }}
