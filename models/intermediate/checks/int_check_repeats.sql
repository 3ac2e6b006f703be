-- Statements of one fact against the statement that was chosen: in one report, between documents of a year, and between the
-- balance at the end of a year and the one that the next year's report begins with.
-- One row per fact, role, report and value that repeats or contradicts the chosen one.
with

statements as (

    select
        *,
        document_id = chosen_document_id as is_same_report,
        (document_fiscal_year is not distinct from chosen_document_fiscal_year) as is_same_year,
        abs(comparable_value - chosen_value) <= {{ var('same_thing_share') }} * abs(chosen_value) as is_same_thing
    from {{ ref('int_ranked_statements') }}
    where not is_chosen

),

compared as (

    select * from statements
    where
        not is_different
        -- A carry-over differs from year to year, so that any other value contradicts it; of other numbers those that lie far
        -- apart are of two things that the words set apart.
        or (not is_same_report and (is_dispute or is_restating) and (is_same_thing or measure = 'carryover'))
        or (
            is_same_report and is_same_thing and item is null
            and (
                (is_dispute and (role = 'score' or (role = 'amount' and programme is null)))
                or (
                    is_different
                    and role = 'amount_paid'
                    and residence is null
                    and care is null
                    and variant is null
                    and bound is null
                )
            )
        )

),

named as (

    select
        *,
        case
            when is_same_report then 'repeated_in_report'
            when measure = 'carryover' and not is_same_year then 'carried_over'
            else 'repeated_across_reports'
        end as identity
    from compared

),

-- A report that says the same wrong number three times contradicts the chosen one once.
distinct_values as (

    select
        identity,
        fact_id,
        role,
        is_sample,
        department_id,
        fiscal_year,
        programme,
        unit,
        comparable_value,
        chosen_value,
        chosen_half_unit,
        chosen_figure_id,
        case when is_same_report then document_id end as report_id,
        -- Rounded words (余, 近) allow what int_ranked_statements allows them.
        greatest(
            min(comparable_half_unit), case when bool_and(not is_different) then max(abs(comparable_value - chosen_value)) end
        ) as comparable_half_unit,
        list(figure_id order by document_id, ordinal, figure_id) as figure_ids
    from named
    group by all

)

select
    {{ check_columns(
        identity="identity",
        left_label="case identity when 'carried_over' then '下年报告年初结转' else '其他表述' end",
        left_value="comparable_value",
        right_label="case identity when 'carried_over' then '上年报告年末结转' else '采用值' end",
        right_value="chosen_value",
        tolerance="comparable_half_unit + chosen_half_unit",
        figure_ids="list_concat(figure_ids, [chosen_figure_id])",
        unit="unit",
        document_id="report_id",
    ) }}
from distinct_values
