-- Which statements stand behind each disputed amount, which was chosen, and why did the others lose?
select
    departments.department_name,
    funding.fiscal_year,
    funding.measure,
    funding.stage,
    bridge.rank,
    bridge.is_chosen,
    bridge.reason,
    figures.value,
    figures.raw,
    figures.quote,
    figures.file
from {{ ref('fct_funding') }} as funding
inner join {{ ref('dim_department') }} as departments on funding.department_id = departments.department_id
inner join {{ ref('bridge_fact_figures') }} as bridge
    on bridge.fact_table = 'fct_funding' and funding.funding_id = bridge.fact_id
inner join {{ ref('fct_figures') }} as figures on bridge.figure_id = figures.figure_id
where funding.is_disputed and not funding.is_sample
order by departments.department_name, funding.fiscal_year, funding.measure, funding.stage, bridge.rank
