-- Statements of one fact against the statement that was chosen, in one report and between documents.
-- One row per losing statement that repeats or contradicts the chosen one.
with

statements as (

    select * from {{ ref('int_ranked_statements') }}
    where
        not is_chosen
        and (
            not is_different_value
            or (document_id <> chosen_document_id and (is_dispute or is_restating))
            -- Within one report, numbers of one meaning that lie far apart are of two things that the words set apart;
            -- totals of money and scores that lie near each other are the same thing told twice.
            or (
                document_id = chosen_document_id and is_dispute
                and role in ('amount', 'score') and item is null and programme is null
                and abs(comparable_value - chosen_value) <= {{ var('same_thing_share') }} * abs(chosen_value)
            )
        )

)

select
    case when document_id = chosen_document_id then 'repeated_in_report' else 'repeated_across_reports' end as identity,
    is_sample,
    department_id,
    fiscal_year,
    case when document_id = chosen_document_id then document_id end as document_id,
    programme,
    '其他表述' as left_label,
    comparable_value as left_value,
    '采用值' as right_label,
    chosen_value as right_value,
    unit,
    comparable_half_unit + chosen_half_unit as tolerance,
    'equal' as relation,
    true as is_computable,
    [figure_id, chosen_figure_id] as figure_ids
from statements
