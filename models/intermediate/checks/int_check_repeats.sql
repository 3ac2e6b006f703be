-- Statements of one fact against the statement that was chosen, in one report and between documents.
-- One row per losing statement that repeats or contradicts the chosen one.
with

statements as (

    select * from {{ ref('int_ranked_statements') }}
    where not is_chosen and (figure_value = chosen_value or is_dispute or is_restating)

)

select
    case when document_id = chosen_document_id then 'repeated_in_report' else 'repeated_across_reports' end as identity,
    is_sample,
    department_id,
    fiscal_year,
    case when document_id = chosen_document_id then document_id end as document_id,
    programme,
    '其他表述' as left_label,
    figure_value as left_value,
    '采用值' as right_label,
    chosen_value as right_value,
    unit,
    half_unit + chosen_half_unit as tolerance,
    'equal' as relation,
    true as is_computable,
    [figure_id, chosen_figure_id] as figure_ids
from statements
