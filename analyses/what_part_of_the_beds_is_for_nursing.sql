-- How many of the beds for older people (养老床位) of 乐昌市 in 2023 were nursing beds (护理型床位)?
select
    variant,
    quantity
from {{ ref('fct_services') }}
where
    department_id = '440281-civil_affairs' and fiscal_year = 2023 and measure = 'beds' and programme = 'elder_care'
    and not is_planned and variant in ('养老机构床位', '护理型床位')
order by quantity desc
