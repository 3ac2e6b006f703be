-- Spending, payouts and people per resident (人均), for the year whose population is held; the population comes with it.
-- One row per fact and population series.
with

population as (

    select * from {{ ref('population') }}
    where vintage = 'current'
    -- Year end before census date within a year: most of the series that it is compared with is of year ends.
    qualify
        row_number() over (partition by place_code, fiscal_year, population_kind order by basis = 'year_end' desc, basis asc) = 1

),

departments as (

    select * from {{ ref('int_departments') }}

),

spending as (

    select
        'fct_funding' as fact_table,
        fact_id,
        is_sample,
        department_id,
        fiscal_year,
        'expenditure_per_resident' as comparable,
        programme,
        residence,
        care,
        figure_value as amount,
        1 as per_residents,
        'CNY' as unit
    from {{ ref('int_ranked_statements') }}
    where
        fact_table = 'fct_funding' and is_chosen and measure = 'expenditure' and stage = 'final'
        and item is null and programme is null and fund_source is null and spending_type is null

),

beneficiaries as (

    select * from {{ ref('int_beneficiaries') }} where is_headline

),

amounts as (

    select * from spending

    union all

    select
        'fct_beneficiaries' as fact_table,
        beneficiaries_id as fact_id,
        is_sample,
        department_id,
        fiscal_year,
        'benefit_paid_per_resident' as comparable,
        programme,
        residence,
        care,
        amount_paid_cny as amount,
        1 as per_residents,
        'CNY' as unit
    from beneficiaries
    where amount_paid_cny is not null and months_covered = 12

    union all

    select
        'fct_beneficiaries' as fact_table,
        beneficiaries_id as fact_id,
        is_sample,
        department_id,
        fiscal_year,
        'beneficiaries_per_10000_residents' as comparable,
        programme,
        residence,
        care,
        persons as amount,
        10000 as per_residents,
        'person' as unit
    from beneficiaries
    where persons is not null

)

select
    {{ grain_key(['amounts.fact_id', 'amounts.comparable', 'population.population_kind']) }} as per_resident_id,
    amounts.fact_table,
    amounts.fact_id,
    amounts.is_sample,
    amounts.department_id,
    amounts.fiscal_year,
    amounts.comparable,
    amounts.programme,
    amounts.residence,
    amounts.care,
    amounts.amount,
    amounts.per_residents * amounts.amount / population.persons as per_resident_value,
    amounts.unit,
    population.persons as population_persons,
    population.population_kind,
    population.basis as population_basis,
    population.vintage as population_vintage,
    population.source_class as population_source_class
from amounts
inner join departments on amounts.department_id = departments.department_id
inner join population
    on departments.place_code = population.place_code and amounts.fiscal_year = population.fiscal_year
-- A township, a home or a school is one of many in its place, and serves a part of those who live there.
inner join {{ ref('department_kinds') }} as kinds
    on departments.department_kind = kinds.department_kind and kinds.one_per_place
