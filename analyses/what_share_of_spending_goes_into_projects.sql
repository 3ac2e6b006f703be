-- What share of the spending of 荔湾区民政局 in 2023 went into projects (项目支出) and into running the office (基本支出)?
select
    spending_type,
    amount_cny,
    round(share_of_total_pct, 2) as share_of_total_pct
from {{ ref('fct_funding') }}
where
    department_id = '440103-civil_affairs' and fiscal_year = 2023 and measure = 'expenditure' and stage = 'final'
    and spending_type in ('basic', 'project') and programme is null and item is null and fund_source is null
order by spending_type
