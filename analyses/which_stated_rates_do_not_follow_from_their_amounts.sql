-- Which execution rates (自报执行率) of 2023 do not follow from any pair of their own amounts?
select
    departments.department_name,
    execution.stated_rate_pct,
    round(execution.recomputed_rate_pct, 2) as recomputed_rate_pct,
    round(execution.gap_pct_points, 2) as gap_pct_points
from {{ ref('fct_execution') }} as execution
inner join {{ ref('dim_department') }} as departments on execution.department_id = departments.department_id
where execution.fiscal_year = 2023 and execution.verdict = 'contradicted' and not execution.is_sample
order by abs(execution.gap_pct_points) desc, departments.department_name
limit 20
