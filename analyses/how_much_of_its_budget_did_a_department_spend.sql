-- How much of its budget did 乐昌市民政局 spend in 2023, on each basis (口径), as stated and as recomputed?
select
    basis,
    stated_rate_pct,
    round(recomputed_rate_pct, 2) as recomputed_rate_pct,
    numerator_cny,
    denominator_cny,
    verdict
from {{ ref('fct_execution') }}
where
    department_id = '440281-civil_affairs' and fiscal_year = 2023
    and programme is null and item is null and fund_source is null and spending_type is null
order by stated_rate_pct, basis
