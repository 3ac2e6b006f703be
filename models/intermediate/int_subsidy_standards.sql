-- Subsidy standards (补助标准) beside the average actually paid per head (补差水平), brought to yuan a month.
-- One row per department, year, programme, residence, care, variant, payment and bound.
with

chosen as (

    select * from {{ ref('int_ranked_statements') }} where fact_table = 'fct_subsidy_standards' and is_chosen

),

departments as (

    select * from {{ ref('int_departments') }}

),

places as (

    select * from {{ ref('int_places') }}

),

minimums as (

    select * from {{ ref('minimum_standards') }} where measure = 'standard'

),

prices as (

    select * from {{ ref('int_consumer_prices') }}

),

-- The latest average that was published within the year.
national as (

    select * from {{ ref('national_averages') }}
    where measure = 'standard' and value_cny_per_month is not null
    qualify row_number() over (partition by fiscal_year, programme, residence, care order by as_of desc) = 1

),

facts as (

    select
        fact_id,
        department_id,
        fiscal_year,
        programme,
        residence,
        care,
        variant,
        payment,
        bound,
        is_sample,
        max(figure_value) filter (where role = 'standard') as standard_cny,
        max(per) filter (where role = 'standard') as per,
        max(figure_value) filter (where role = 'top_up') as top_up_cny,
        max(per) filter (where role = 'top_up') as top_up_per,
        max(effective_from) filter (where role = 'standard') as effective_from,
        max(figure_id) filter (where role = 'standard') as standard_figure_id,
        max(figure_id) filter (where role = 'top_up') as top_up_figure_id,
        coalesce(bool_or(is_average) filter (where role = 'standard'), false) as is_average,
        coalesce(bool_or(is_floor) filter (where role = 'standard'), false) as is_floor,
        sum(statement_count) as statement_count,
        bool_or(is_restated) as is_restated,
        bool_or(is_disputed) as is_disputed,
        string_agg(role || ': ' || reason, '; ' order by role) as choice_reason
    from chosen
    group by all

),

monthly as (

    select
        *,
        {{ per_month('standard_cny', 'per') }} as standard_cny_per_month,
        {{ per_month('top_up_cny', 'top_up_per') }} as top_up_cny_per_month,
        variant is null and bound is null as is_headline
    from facts

),

compared as (

    select
        monthly.*,
        -- The minimum binds what a place pays, not a mean over places nor an income line.
        case when monthly.is_headline then minimums.value end as provincial_minimum_cny_per_month,
        case when monthly.is_headline and monthly.payment = 'recurring' then national.value_cny_per_month end
            as national_average_cny_per_month,
        case when monthly.is_headline and monthly.payment = 'recurring' then national.as_of end as national_average_as_of,
        prices.change_on_year_before_pct as price_change_pct,
        prices.price_area,
        before.standard_cny_per_month as standard_before_cny_per_month,
        rural_side.standard_cny_per_month as rural_cny_per_month,
        urban_side.standard_cny_per_month as urban_cny_per_month
    from monthly
    left join departments on monthly.department_id = departments.department_id
    left join places on departments.place_code = places.place_code
    left join minimums
        on
            places.province_code = minimums.province_code
            and places.region_class = minimums.region_class
            and places.tier <> 'province'
            and monthly.fiscal_year = minimums.fiscal_year
            and monthly.programme = minimums.programme
            and monthly.residence = minimums.residence
    left join national
        on
            monthly.fiscal_year = national.fiscal_year
            and monthly.programme = national.programme
            and monthly.residence is not distinct from national.residence
            and monthly.care is not distinct from national.care
    left join prices on departments.place_code = prices.place_code and monthly.fiscal_year = prices.fiscal_year
    {%- for alias, year in [
        ('before', 'monthly.fiscal_year - 1'), ('rural_side', 'monthly.fiscal_year'), ('urban_side', 'monthly.fiscal_year'),
    ] %}
        left join monthly as {{ alias }}
            on
                monthly.is_sample = {{ alias }}.is_sample
                and monthly.department_id = {{ alias }}.department_id
                and {{ year }} = {{ alias }}.fiscal_year
                and monthly.programme is not distinct from {{ alias }}.programme
                {%- if alias == 'before' %}
                    and monthly.residence is not distinct from {{ alias }}.residence
                {%- else %}
                    and monthly.residence is not null
                    and {{ alias }}.residence = '{{ alias | replace('_side', '') }}'
                {%- endif %}
                and monthly.care is not distinct from {{ alias }}.care
                and monthly.variant is not distinct from {{ alias }}.variant
                and monthly.payment = {{ alias }}.payment
                and monthly.bound is not distinct from {{ alias }}.bound
    {%- endfor %}

)

select
    fact_id as standard_id,
    department_id,
    fiscal_year,
    programme,
    residence,
    care,
    variant,
    payment,
    bound,
    standard_cny,
    per,
    standard_cny_per_month,
    top_up_cny,
    top_up_per,
    top_up_cny_per_month,
    effective_from,
    provincial_minimum_cny_per_month,
    standard_cny_per_month / provincial_minimum_cny_per_month as ratio_to_minimum,
    100 * (standard_cny_per_month - standard_before_cny_per_month) / standard_before_cny_per_month
        as growth_on_year_before_pct,
    100 * (standard_cny_per_month / (1 + price_change_pct / 100) - standard_before_cny_per_month)
    / standard_before_cny_per_month as real_growth_on_year_before_pct,
    price_area,
    national_average_cny_per_month,
    national_average_as_of,
    standard_cny_per_month / national_average_cny_per_month as ratio_to_national_average,
    rural_cny_per_month / urban_cny_per_month as rural_to_urban_ratio,
    is_average,
    is_floor,
    standard_figure_id,
    top_up_figure_id,
    cast(statement_count as bigint) as statement_count,
    is_restated,
    is_disputed,
    choice_reason,
    is_headline,
    is_sample
from compared
