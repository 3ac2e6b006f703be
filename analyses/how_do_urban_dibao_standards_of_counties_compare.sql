-- How did the urban Dibao standard (城镇低保标准) of 乐昌市 in 2023 stand among its peers, by each rule of comparison?
select
    peer_set,
    value as standard_cny_per_month,
    rank_from_top,
    ties,
    members_with_value,
    members_held,
    median_value,
    warning_codes
from {{ ref('fct_peer_comparisons') }}
where
    department_id = '440281-civil_affairs' and fiscal_year = 2023 and comparable = 'standard_per_month'
    and programme = 'dibao' and residence = 'urban' and not is_sample
order by peer_set
