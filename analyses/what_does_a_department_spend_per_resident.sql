-- What did 荔湾区民政局 spend per resident (人均支出) in 2023, and on which population?
select
    round(per_resident_value, 2) as expenditure_per_resident_cny,
    amount as expenditure_cny,
    population_persons,
    population_kind,
    population_basis,
    population_vintage
from {{ ref('fct_per_resident') }}
where
    department_id = '440103-civil_affairs' and fiscal_year = 2023 and comparable = 'expenditure_per_resident'
order by population_kind
