-- Money of departments (收支): income, budget, expenditure and carry-over at each stage, chosen from all that was stated.
-- One row per department, year, measure, stage, fund source, spending type, programme, item and account code.
with

facts as not materialized (

    select * from {{ ref('int_ranked_statements') }} where fact_table = 'fct_funding' and is_chosen

),

-- What a part is a share of: the same money at the same stage, undivided.
wholes as (

    select * from facts
    where programme is null and item is null and fund_source is null and spending_type is null and figure_value > 0

),

departments as (

    select * from {{ ref('int_departments') }}

),

prices as (

    select * from {{ ref('int_consumer_prices') }}

)

select
    facts.fact_id as funding_id,
    facts.department_id,
    facts.fiscal_year,
    facts.measure,
    facts.stage,
    facts.fund_source,
    facts.spending_type,
    facts.programme,
    facts.item,
    facts.account_code,
    facts.figure_value as amount_cny,
    facts.half_unit as amount_precision_cny,
    -- Below 0 or above the whole a part is not of that whole.
    case
        when facts.fact_id <> wholes.fact_id and facts.figure_value between 0 and wholes.figure_value + wholes.half_unit
            then 100 * facts.figure_value / wholes.figure_value
    end as share_of_total_pct,
    100 * (facts.figure_value - before.figure_value) / before.figure_value as growth_on_year_before_pct,
    prices.change_on_year_before_pct as price_change_pct,
    prices.price_area,
    100 * (facts.figure_value / (1 + prices.change_on_year_before_pct / 100) - before.figure_value) / before.figure_value
        as real_growth_on_year_before_pct,
    facts.qualifier,
    facts.figure_id,
    facts.statement_count,
    facts.is_restated,
    facts.is_disputed,
    facts.reason as choice_reason,
    facts.is_sample
from facts
left join wholes
    on
        {{ same_department_year('facts', 'wholes') }}
        and facts.measure = wholes.measure
        and facts.stage is not distinct from wholes.stage
left join facts as before
    on
        {{ same_department_year('facts', 'before', years_before=1) }}
        and facts.measure = before.measure
        and facts.stage is not distinct from before.stage
        and facts.fund_source is not distinct from before.fund_source
        and facts.spending_type is not distinct from before.spending_type
        and facts.programme is not distinct from before.programme
        and facts.item is not distinct from before.item
        and facts.account_code is not distinct from before.account_code
        and before.figure_value > 0
        -- Two balances of one year (存量资金, 指标结余) are of two books: which of them has grown nobody says.
        and not (facts.measure = 'carryover' and (facts.has_other_values or before.has_other_values))
left join departments on facts.department_id = departments.department_id
left join prices on departments.place_code = prices.place_code and facts.fiscal_year = prices.fiscal_year
-- A department's rows lie together: a question about one reads a part of the file, not all of it.
order by facts.department_id, facts.fiscal_year, facts.fact_id
