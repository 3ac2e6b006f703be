-- How much of its budget did each department spend, on each basis, as stated and as recomputed?
select
    departments.department_name,
    execution.fiscal_year,
    execution.basis,
    execution.stated_rate_pct,
    round(execution.recomputed_rate_pct, 2) as recomputed_rate_pct,
    execution.numerator_cny,
    execution.denominator_cny,
    execution.verdict
from {{ ref('fct_execution') }} as execution
inner join {{ ref('dim_department') }} as departments on execution.department_id = departments.department_id
where
    execution.item is null and execution.programme is null and execution.fund_source is null
    and execution.spending_type is null and not execution.is_sample
order by departments.department_name, execution.fiscal_year, execution.basis, execution.stated_rate_pct
