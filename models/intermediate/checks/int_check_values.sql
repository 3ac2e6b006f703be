-- Single values against the scale, range or population that bounds them.
-- One row per fact and identity.
with

chosen as (

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
    'score_in_range' as identity,
    is_sample,
    department_id,
    fiscal_year,
    document_id,
    programme,
    '自评总分' as left_label,
    figure_value as left_value,
    '满分' as right_label,
    100.0 as right_value,
    unit,
    0.0 as tolerance,
    'at_most' as relation,
    true as is_computable,
    [figure_id] as figure_ids
from chosen
where role = 'score'

union all

select
    'plausible_range' as identity,
    is_sample,
    department_id,
    fiscal_year,
    document_id,
    programme,
    '数值' as left_label,
    figure_value as left_value,
    case when figure_value < lower_bound then '合理下限' else '合理上限' end as right_label,
    case when figure_value < lower_bound then lower_bound else upper_bound end as right_value,
    unit,
    0.0 as tolerance,
    case when figure_value < lower_bound then 'at_least' else 'at_most' end as relation,
    true as is_computable,
    [figure_id] as figure_ids
from ranged

union all

select
    'plausible_range' as identity,
    rates.is_sample,
    rates.department_id,
    rates.fiscal_year,
    rates.document_id,
    rates.programme,
    '自报执行率' as left_label,
    rates.stated_rate_pct as left_value,
    case when rates.stated_rate_pct < ranges.lower_bound then '合理下限' else '合理上限' end as right_label,
    case when rates.stated_rate_pct < ranges.lower_bound then ranges.lower_bound else ranges.upper_bound end as right_value,
    'percent' as unit,
    0.0 as tolerance,
    case when rates.stated_rate_pct < ranges.lower_bound then 'at_least' else 'at_most' end as relation,
    true as is_computable,
    [rates.stated_figure_id] as figure_ids
from rates
inner join ranges on ranges.measure = 'execution_rate'

union all

select
    'within_population' as identity,
    is_sample,
    department_id,
    fiscal_year,
    document_id,
    programme,
    '受益人数' as left_label,
    figure_value as left_value,
    format('常住人口（{}年）', population_year) as right_label,
    resident_population as right_value,
    unit,
    0.0 as tolerance,
    'at_most' as relation,
    true as is_computable,
    [figure_id] as figure_ids
from peopled
