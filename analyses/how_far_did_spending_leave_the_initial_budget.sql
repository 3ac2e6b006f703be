-- How far did the spending (支出决算) of 湛江市坡头区民政局 in 2022 leave its initial budget (年初预算)?
select
    max(amount_cny) filter (where measure = 'budget' and stage = 'initial') as initial_budget_cny,
    max(amount_cny) filter (where measure = 'expenditure' and stage = 'final') as expenditure_cny,
    round(
        100.0 * max(amount_cny) filter (where measure = 'expenditure' and stage = 'final')
        / max(amount_cny) filter (where measure = 'budget' and stage = 'initial'),
        2
    ) as expenditure_to_initial_budget_pct
from {{ ref('fct_funding') }}
where
    department_id = '440804-civil_affairs' and fiscal_year = 2022
    and programme is null and item is null and fund_source is null and spending_type is null
