-- Single values against the scale, range or population that bounds them.
-- One row per fact and identity.
{%- set whole_key = ['is_sample', 'department_id', 'measure', 'stage'] %}
with

chosen as not materialized (

    select * from {{ ref('int_ranked_statements') }} where is_chosen

),

ranges as (

    select * from {{ ref('plausible_ranges') }}

),

rates as (

    select * from {{ ref('int_rate_statements') }}

),

departments as (

    select * from {{ ref('int_departments') }}

),

population as (

    select * from {{ ref('population') }}
    where population_kind = 'resident' and vintage = 'current'
    qualify row_number() over (partition by place_code, fiscal_year order by basis = 'year_end' desc) = 1

),

ranged as (

    select
        chosen.*,
        ranges.lower_bound,
        ranges.upper_bound
    from chosen
    inner join ranges
        on
            chosen.measure = ranges.measure
            and chosen.programme is not distinct from ranges.programme
            and chosen.per is not distinct from ranges.per
            and chosen.unit = ranges.unit
    where chosen.variant is null and chosen.measure <> 'score'

),

slips as (

    select * from {{ ref('unit_slips') }}

),

-- Budgets and spending of whole departments, by year.
wholes as (

    select
        *,
        {{ grain_key(whole_key) }} as fact_key
    from chosen
    where
        fact_table = 'fct_funding' and measure in ('income', 'budget', 'expenditure') and programme is null and item is null
        and fund_source is null and spending_type is null and not is_with_balances

),

people as (

    select
        chosen.*,
        departments.place_code
    from chosen
    inner join departments on chosen.department_id = departments.department_id
    where chosen.role = 'persons' and departments.place_code is not null

),

peopled as (

    select
        people.*,
        population.persons as resident_population,
        population.fiscal_year as population_year
    from people
    asof inner join population on people.place_code = population.place_code and people.fiscal_year >= population.fiscal_year

)

select
    {{ check_columns(
        identity="'score_in_range'", left_label="'自评总分'", left_value="figure_value", right_label="'满分'",
        right_value="100.0", tolerance="0.0", figure_ids="[figure_id]", unit="unit", relation="'at_most'",
        document_id="document_id",
    ) }}
from chosen
where role = 'score'

union all

select
    {{ check_columns(
        identity="'plausible_range'",
        left_label="'数值'",
        left_value="figure_value",
        right_label="case when figure_value < lower_bound then '合理下限' else '合理上限' end",
        right_value="case when figure_value < lower_bound then lower_bound else upper_bound end",
        tolerance="0.0",
        figure_ids="[figure_id]",
        unit="unit",
        relation="case when figure_value < lower_bound then 'at_least' else 'at_most' end",
        document_id="document_id",
    ) }}
from ranged

union all

select
    {{ check_columns(
        identity="'plausible_range'",
        left_label="'自报执行率'",
        left_value="rates.stated_rate_pct",
        right_label="case when rates.stated_rate_pct < ranges.lower_bound then '合理下限' else '合理上限' end",
        right_value="case when rates.stated_rate_pct < ranges.lower_bound then ranges.lower_bound else ranges.upper_bound end",
        tolerance="0.0",
        figure_ids="[rates.stated_figure_id]",
        unit="'percent'",
        relation="case when rates.stated_rate_pct < ranges.lower_bound then 'at_least' else 'at_most' end",
        document_id="rates.document_id",
        of="rates",
    ) }}
from rates
inner join ranges on ranges.measure = 'execution_rate'

union all

-- A value that a factor between two units, or between a month and a year, brings into its range has most likely slipped.
select
    {{ check_columns(
        identity="'unit_slip'",
        left_label="'数值'",
        left_value="ranged.figure_value",
        right_label="case when slips.factor is null then '同类合理值' else format('{}后落在合理区间', slips.name_zh) end",
        right_value="ranged.figure_value * coalesce(slips.factor, 1)",
        tolerance="ranged.half_unit",
        figure_ids="[ranged.figure_id]",
        unit="ranged.unit",
        is_computable="slips.factor is not null or ranged.figure_value between ranged.lower_bound and ranged.upper_bound",
        document_id="ranged.document_id",
        of="ranged",
    ) }}
from ranged
left join slips
    on
        ranged.figure_value not between ranged.lower_bound and ranged.upper_bound
        and ranged.figure_value * slips.factor between ranged.lower_bound and ranged.upper_bound
qualify row_number() over (partition by ranged.figure_id, ranged.fact_id order by slips.try_order nulls last) = 1

union all

-- The whole budget or spending of a department against its own of the year before: ten thousand times more is another unit.
select
    {{ check_columns(
        identity="'unit_slip'",
        left_label="'数值'",
        left_value="this_year.figure_value",
        right_label="case when slips.factor is null then '上年同口径' else format('{}后接近上年', slips.name_zh) end",
        right_value="this_year.figure_value * coalesce(slips.factor, 1)",
        tolerance="this_year.half_unit",
        figure_ids="[this_year.figure_id, last_year.figure_id]",
        unit="this_year.unit",
        is_computable="slips.factor is not null"
            ~ " or this_year.figure_value between last_year.figure_value / 10 and last_year.figure_value * 10",
        document_id="case when this_year.document_id = last_year.document_id then this_year.document_id end",
        of="this_year",
    ) }}
from wholes as this_year
inner join wholes as last_year
    on
        this_year.fact_key = last_year.fact_key
        and this_year.fiscal_year = last_year.fiscal_year + 1
        and this_year.figure_value > 0
        and last_year.figure_value > 0
left join slips
    on
        slips.is_of_money
        and this_year.figure_value not between last_year.figure_value / 10 and last_year.figure_value * 10
        and this_year.figure_value * slips.factor between last_year.figure_value / 3 and last_year.figure_value * 3
qualify row_number() over (partition by this_year.figure_id, this_year.fact_id order by slips.try_order nulls last) = 1

union all

select
    {{ check_columns(
        identity="'within_population'",
        left_label="'受益人数'",
        left_value="figure_value",
        right_label="format('常住人口（{}年）', population_year)",
        right_value="resident_population",
        tolerance="0.0",
        figure_ids="[figure_id]",
        unit="unit",
        relation="'at_most'",
        document_id="document_id",
    ) }}
from peopled
