-- Which statements stand behind the spending of 乐昌市民政局 in 2023, which was chosen, and why did the others lose?
select
    bridge.rank,
    bridge.is_chosen,
    bridge.reason,
    figures.value,
    figures.raw
from {{ ref('fct_funding') }} as funding
inner join {{ ref('bridge_fact_figures') }} as bridge
    on bridge.fact_table = 'fct_funding' and funding.funding_id = bridge.fact_id
inner join {{ ref('fct_figures') }} as figures
    on bridge.figure_id = figures.figure_id and funding.department_id = figures.department_id
where
    funding.department_id = '440281-civil_affairs' and funding.fiscal_year = 2023 and funding.measure = 'expenditure'
    and funding.stage = 'final' and funding.programme is null and funding.item is null and funding.fund_source is null
    and funding.spending_type is null
order by bridge.rank
