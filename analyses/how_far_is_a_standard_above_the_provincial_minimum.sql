-- How far were the Dibao standards (低保标准) of 乐昌市 in 2023 above the minimum that the province sets (省定最低标准)?
select
    residence,
    standard_cny_per_month,
    provincial_minimum_cny_per_month,
    round(ratio_to_minimum, 2) as ratio_to_minimum
from {{ ref('fct_subsidy_standards') }}
where
    department_id = '440281-civil_affairs' and fiscal_year = 2023 and programme = 'dibao' and is_headline
order by residence
