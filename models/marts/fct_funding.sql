-- Money of departments (收支): income, budget, expenditure and carry-over at each stage, chosen from all that was stated.
-- One row per department, year, measure, stage, fund source, spending type, programme and item.
select
    fact_id as funding_id,
    department_id,
    fiscal_year,
    measure,
    stage,
    fund_source,
    spending_type,
    programme,
    item,
    figure_value as amount_cny,
    half_unit as amount_precision_cny,
    qualifier,
    figure_id,
    statement_count,
    is_restated,
    is_disputed,
    reason as choice_reason,
    is_sample
from {{ ref('int_ranked_statements') }}
where fact_table = 'fct_funding' and is_chosen
