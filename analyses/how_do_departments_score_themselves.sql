-- How did 乐昌市民政局 and 荔湾区民政局 score themselves (自评得分) in 2023, and in which grade band is that?
select
    departments.place_name,
    performance.score,
    performance.grade_zh
from {{ ref('fct_performance') }} as performance
inner join {{ ref('dim_department') }} as departments on performance.department_id = departments.department_id
where
    performance.department_id in ('440281-civil_affairs', '440103-civil_affairs') and performance.fiscal_year = 2023
    and performance.kind = 'score' and performance.programme is null
order by performance.score desc
