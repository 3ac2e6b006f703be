-- Catches: an invented report under a real department's name that outvotes the real one in a fact.
select
    bridge.fact_table,
    bridge.fact_id
from {{ ref('bridge_fact_figures') }} as bridge
inner join {{ ref('fct_figures') }} as figures on bridge.figure_id = figures.figure_id
group by bridge.fact_table, bridge.fact_id
having count(distinct figures.is_sample) > 1
