-- What a sentence says of its own numbers in words: how much more or less than the year before, what a budget was changed by, and
-- which grade a score is.
-- One row per claim of a sentence.
with

figures as (

    select * from {{ ref('int_figures') }} where department_id is not null and fiscal_year is not null

),

surroundings as (

    select * from {{ ref('int_figure_surroundings') }}

),

change_words as (

    select * from {{ ref('change_words') }}

),

bands as (

    select * from {{ ref('grade_bands') }}

),

-- A rise or a fall behind a number that is compared with the year before: "… 519.07万元，比上年增加32.19万元，增长6.76%".
rises as (

    select
        surroundings.figure_id,
        change_words.sign,
        regexp_extract(
            substr(surroundings.words_behind, instr(surroundings.words_behind, change_words.word) + length(change_words.word)),
            '^[了为约达到共：:]{0,3}([0-9][0-9,]*(?:[.][0-9]+)?)(%|％|亿元|万元|元)', ['number', 'unit']
        ) as rise
    from surroundings
    inner join change_words on contains(surroundings.words_behind, change_words.word)
    where
        regexp_matches(surroundings.words_behind, '[%％]')
        and regexp_matches(surroundings.words_behind, '^[^0-9]{0,8}(上年|去年|同比|上一年|增|减|上升|下降)')

),

measured_rises as (

    select
        figure_id,
        case when rise.unit in ('%', '％') then 'share' else 'amount' end as kind,
        sign * cast(replace(rise.number, ',', '') as double)
        * case rise.unit when '亿元' then 1e8 when '万元' then 1e4 else 1 end as change,
        0.5 * case rise.unit when '亿元' then 1e8 when '万元' then 1e4 else 1 end
        / power(10, length(split_part(rise.number, '.', 2))) as half_unit
    from rises
    where rise.number <> ''

),

growths as (

    select
        figure_id,
        max(change) filter (where kind = 'share') as growth_pct,
        max(half_unit) filter (where kind = 'share') as growth_half_unit,
        max(change) filter (where kind = 'amount') as change,
        max(half_unit) filter (where kind = 'amount') as change_half_unit
    from measured_rises
    group by figure_id
    having count(*) filter (where kind = 'share') = 1 and count(*) filter (where kind = 'amount') <= 1

),

-- The number compared with is either the one before it of the year before ("比上年98.60万元增加4万元"), or follows from the change.
compared as (

    select
        figures.*,
        growths.growth_pct,
        growths.growth_half_unit,
        case
            when previous.figure_id is not null then previous.figure_value
            when figures.fiscal_year < figures.document_fiscal_year then figures.figure_value + growths.change
            else figures.figure_value
        end as this_value,
        case
            when previous.figure_id is not null then previous.half_unit
            when figures.fiscal_year < figures.document_fiscal_year then figures.half_unit + growths.change_half_unit
            else figures.half_unit
        end as this_half_unit,
        case
            when previous.figure_id is not null or figures.fiscal_year < figures.document_fiscal_year then figures.figure_value
            else figures.figure_value - growths.change
        end as last_value,
        case
            when previous.figure_id is not null or figures.fiscal_year < figures.document_fiscal_year then figures.half_unit
            else figures.half_unit + growths.change_half_unit
        end as last_half_unit,
        case when previous.figure_id is not null then [previous.figure_id, figures.figure_id] else [figures.figure_id] end
            as figure_ids
    from growths
    inner join figures on growths.figure_id = figures.figure_id
    inner join surroundings on figures.figure_id = surroundings.figure_id
    left join figures as previous
        on
            surroundings.previous_figure_id = previous.figure_id
            and figures.fiscal_year = previous.fiscal_year - 1
            and figures.measure = previous.measure
            and figures.unit = previous.unit
            and figures.fund_source is not distinct from previous.fund_source
            and figures.spending_type is not distinct from previous.spending_type
            and figures.programme is not distinct from previous.programme
            and regexp_matches(surroundings.words_before, '(比|较|与|同)[^0-9]*([0-9]{4}年的?|上年|去年)[^0-9]*$')
    -- Without the change nor the year before there is nothing to recompute a growth from.
    where (previous.figure_id is not null or (growths.change is not null and figures.unit = 'CNY'))

),

-- A budget, what was added to it and taken from it in words, and what it became.
adjusted as (

    select
        figures.*,
        initial.figure_value as initial_value,
        initial.half_unit as initial_half_unit,
        initial.figure_id as initial_figure_id,
        surroundings.words_before
    from figures
    inner join surroundings on figures.figure_id = surroundings.figure_id
    inner join figures as initial
        on
            surroundings.previous_figure_id = initial.figure_id
            and figures.fiscal_year = initial.fiscal_year
            and figures.fund_source is not distinct from initial.fund_source
            and figures.spending_type is not distinct from initial.spending_type
            and figures.programme is not distinct from initial.programme
            and figures.item is not distinct from initial.item
            and initial.measure = 'budget'
    where figures.measure = 'budget' and figures.stage = 'revised'

),

adjustments as (

    select
        adjusted.figure_id,
        change_words.sign,
        regexp_extract(
            substr(adjusted.words_before, instr(adjusted.words_before, change_words.word) + length(change_words.word)),
            '^[^0-9，,。；;]{0,8}?([0-9][0-9,]*(?:[.][0-9]+)?)(亿元|万元|元)', ['number', 'unit']
        ) as change
    from adjusted
    inner join change_words on change_words.is_budget_adjustment and contains(adjusted.words_before, change_words.word)

),

adjusted_sums as (

    select
        figure_id,
        sum(
            sign * cast(replace(change.number, ',', '') as double)
            * case change.unit when '亿元' then 1e8 when '万元' then 1e4 else 1 end
        ) as change,
        sum(
            0.5 * case change.unit when '亿元' then 1e8 when '万元' then 1e4 else 1 end
            / power(10, length(split_part(change.number, '.', 2)))
        ) as half_units
    from adjustments
    where change.number <> ''
    group by figure_id

),

-- The grade that stands behind a score: "自评得分88分，等级为优".
graded as (

    select
        figures.*,
        bands.lower_bound,
        bands.upper_bound,
        bands.name_zh as grade_name
    from figures
    inner join surroundings on figures.figure_id = surroundings.figure_id
    inner join bands
        on
            regexp_matches(
                surroundings.words_behind,
                '^[^0-9]{0,12}?(等级|等次|评级|评价结果|绩效级别)[^0-9优良中差]{0,6}' || bands.name_zh
            )
    where figures.measure = 'score'

)

select
    {{ check_columns(
        identity="'stated_growth'",
        left_label="'自报增幅'",
        left_value="growth_pct",
        right_label="'复算增幅'",
        right_value="100 * (this_value - last_value) / last_value",
        tolerance="growth_half_unit + " ~ share_tolerance('this_value', 'last_value', 'this_half_unit', 'last_half_unit'),
        figure_ids="figure_ids",
        unit="'percent'",
        document_id="document_id",
    ) }}
from compared
where last_value > 0

union all

select
    {{ check_columns(
        identity="'budget_adjusted'",
        left_label="'年初预算 + 调增 − 调减'",
        left_value="adjusted.initial_value + adjusted_sums.change",
        right_label="'调整后预算'",
        right_value="adjusted.figure_value",
        tolerance="adjusted.initial_half_unit + adjusted.half_unit + adjusted_sums.half_units",
        figure_ids="[adjusted.initial_figure_id, adjusted.figure_id]",
        document_id="adjusted.document_id",
        of="adjusted",
    ) }}
from adjusted
inner join adjusted_sums on adjusted.figure_id = adjusted_sums.figure_id

union all

select
    {{ check_columns(
        identity="'grade_fits_score'",
        left_label="'自评得分'",
        left_value="figure_value",
        right_label="format('{}等（{}–{}分）', grade_name, lower_bound, round(upper_bound))",
        right_value="case when figure_value < lower_bound then lower_bound else least(upper_bound, 100) end",
        tolerance="0.0",
        figure_ids="[figure_id]",
        unit="unit",
        relation="case when figure_value < lower_bound then 'at_least' else 'at_most' end",
        document_id="document_id",
    ) }}
from graded
