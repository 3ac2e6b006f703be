-- How do the urban Dibao standards (城镇低保标准) of counties compare with those of their province, year by year?
select
    departments.province_name,
    departments.place_name,
    peers.fiscal_year,
    peers.value as standard_cny_per_month,
    peers.median_value,
    peers.members_with_value,
    peers.members_held,
    peers.rank_from_top,
    peers.warning_codes
from {{ ref('fct_peer_comparisons') }} as peers
inner join {{ ref('dim_department') }} as departments on peers.department_id = departments.department_id
where
    peers.comparable = 'standard_per_month' and peers.programme = 'dibao' and peers.residence = 'urban'
    and peers.peer_set = 'same_tier_and_province' and departments.tier = 'county' and not peers.is_sample
order by departments.province_name, peers.fiscal_year, peers.rank_from_top
