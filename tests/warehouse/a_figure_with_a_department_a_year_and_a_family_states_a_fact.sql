-- Catches: a measure or a unit that no fact takes up, so that a report's numbers vanish from every comparison unseen.
-- Rates of execution and of carry-over are facts of another kind: fct_execution and fct_reconciliations lead to them.
select
    figures.figure_id,
    figures.measure,
    figures.unit
from {{ ref('fct_figures') }} as figures
left join {{ ref('bridge_fact_figures') }} as bridge on figures.figure_id = bridge.figure_id
where
    bridge.figure_id is null
    and not figures.is_rejected
    and figures.department_id is not null
    and figures.fiscal_year is not null
    and figures.measure <> 'carryover_rate'
    and not (
        figures.measure in ('beneficiaries', 'benefit_paid', 'standard', 'top_up', 'execution_rate')
        and figures.unit not in ('CNY', 'person', 'household', 'person_time', 'percent')
    )
