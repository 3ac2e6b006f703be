-- Stated percentages laid over every pair of numbers near them that could give them: shares, completion of a task, carry-over
-- rates; and rates of execution as int_rate_matches has them.
-- One row per stated percentage that is a share, a completion, a carry-over rate or an execution rate.
with

figures as (

    select * from {{ ref('int_figures') }} where department_id is not null and fiscal_year is not null

),

stated as (

    select
        *,
        case
            when measure = 'carryover_rate' then 'carryover_rate'
            when regexp_matches(indicator, '(完成|占).*(任务|计划|目标)|(任务|计划|目标).*完成') then 'completion_rate'
            when regexp_matches(indicator, '占|比重|比例') then 'stated_share'
        end as identity
    from figures
    where unit = 'percent' and measure in ('carryover_rate', 'indicator_actual')

),

near as (

    select
        stated.identity,
        stated.figure_id as stated_figure_id,
        numbers.*,
        abs(numbers.ordinal - stated.ordinal) as figures_between,
        coalesce(stated.spending_type is not distinct from numbers.spending_type, false) as is_same_type
    from stated
    inner join figures as numbers
        on
            stated.document_id = numbers.document_id
            and numbers.ordinal between stated.ordinal - {{ var('check_reach') }} and stated.ordinal + {{ var('check_reach') }}
            and stated.fiscal_year = numbers.fiscal_year
            and numbers.unit not in ('percent', 'point')
            and numbers.family <> 'performance'
    where stated.identity is not null

),

pairs as (

    select
        stated.figure_id as stated_figure_id,
        parts.figure_id as part_figure_id,
        wholes.figure_id as whole_figure_id,
        100 * parts.figure_value / wholes.figure_value as recomputed,
        stated.half_unit
        + {{ share_tolerance('parts.figure_value', 'wholes.figure_value', 'parts.half_unit', 'wholes.half_unit') }} as tolerance,
        parts.figures_between + wholes.figures_between as figures_between,
        -- The part and its whole right before the percentage, in this order: "797 beds, 470 of them nursing beds, 59 %".
        -- Or the part alone, where the words name the whole and it is told once: "basic expenditure 52, 57 % of all spending".
        parts.ordinal = stated.ordinal - 1
        and (
            wholes.ordinal = stated.ordinal - 2
            or (
                regexp_matches(concat_ws(' ', stated.indicator, stated.quote), '占(年度|全年|当年|本年)?(总支出|支出总|支出合计)')
                and wholes.measure = 'expenditure'
                and wholes.programme is null
                and wholes.item is null
                and wholes.fund_source is null
                and wholes.spending_type is null
            )
        ) as is_right_before
    from stated
    inner join near as parts on stated.figure_id = parts.stated_figure_id
    inner join near as wholes
        on
            stated.figure_id = wholes.stated_figure_id
            and parts.figure_id <> wholes.figure_id
            and parts.unit = wholes.unit
            and wholes.figure_value > 0
            and case stated.identity
                when 'carryover_rate'
                    then
                        parts.measure = 'carryover' and wholes.measure in ('income', 'budget', 'expenditure')
                        and parts.spending_type is not distinct from wholes.spending_type
                        and parts.fund_source is not distinct from wholes.fund_source
                when 'completion_rate'
                    then
                        parts.measure = wholes.measure and parts.programme is not distinct from wholes.programme
                        and wholes.qualifier = 'target' and parts.qualifier <> 'target'
                else
                    parts.measure = wholes.measure and parts.figure_value < wholes.figure_value
                    and (stated.spending_type is null or parts.is_same_type)
            end

),

judged as (

    select
        stated.*,
        pairs.part_figure_id,
        pairs.whole_figure_id,
        pairs.recomputed,
        pairs.tolerance,
        coalesce(abs(stated.figure_value - pairs.recomputed) <= pairs.tolerance, false) as fits,
        -- A pair that does not fit only speaks against the percentage where it is surely the one that is meant.
        (pairs.is_right_before or stated.identity = 'completion_rate')
        and pairs.recomputed between stated.figure_value / 12 and stated.figure_value * 12
        and (stated.identity <> 'completion_rate' or pairs.recomputed between stated.figure_value / 2 and stated.figure_value * 2)
            as is_meant
    from stated
    left join pairs on stated.figure_id = pairs.stated_figure_id
    where stated.identity is not null
    qualify
        row_number() over (
            partition by stated.figure_id
            order by
                fits desc,
                is_meant desc nulls last,
                pairs.figures_between asc,
                pairs.part_figure_id asc,
                pairs.whole_figure_id asc
        ) = 1

),

executions as (

    select * from {{ ref('int_rate_matches') }}

)

select
    {{ check_columns(
        identity="identity",
        left_label="coalesce(indicator, '结转结余率')",
        left_value="figure_value",
        right_label="'复算'",
        right_value="case when fits or is_meant then recomputed end",
        tolerance="tolerance",
        figure_ids="case when fits or is_meant then [figure_id, part_figure_id, whole_figure_id] else [figure_id] end",
        unit="'percent'",
        is_computable="fits or coalesce(is_meant, false)",
        document_id="document_id",
    ) }}
from judged

union all

select
    {{ check_columns(
        identity="'stated_rate'",
        left_label="concat_ws('：', '自报执行率', item)",
        left_value="stated_rate_pct",
        right_label="'复算执行率'",
        right_value="recomputed_rate_pct",
        tolerance="tolerance_pct_points",
        figure_ids="case when verdict = 'not_computable' then [stated_figure_id]"
            ~ " else [stated_figure_id, numerator_figure_id, denominator_figure_id] end",
        unit="'percent'",
        is_computable="verdict <> 'not_computable'",
        document_id="document_id",
    ) }}
from executions

union all

-- Real accounts print 27.22 % where 27.22 is the difference of the two amounts in units of 10 000 yuan.
select
    {{ check_columns(
        identity="'rate_is_difference'",
        left_label="concat_ws('：', '自报执行率', item)",
        left_value="stated_rate_pct",
        right_label="'支出与预算之差（万元）'",
        right_value="abs(numerator_cny - denominator_cny) / 10000",
        tolerance="stated_half_unit",
        figure_ids="[stated_figure_id, numerator_figure_id, denominator_figure_id]",
        unit="'percent'",
        relation="'different'",
        document_id="document_id",
    ) }}
from executions
where verdict = 'contradicted'
