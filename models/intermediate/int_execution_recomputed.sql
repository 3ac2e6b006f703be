-- Execution rates that no report states, recomputed from the chosen spending and each chosen budget of the same scope.
-- One row per scope and basis.
{%- set scope = ['is_sample', 'department_id', 'fiscal_year', 'programme', 'fund_source', 'spending_type', 'item'] %}

with

chosen as (

    select
        *,
        {{ grain_key(scope) }} as scope_id
    from {{ ref('int_ranked_statements') }}
    where fact_table = 'fct_funding' and is_chosen and measure in ('budget', 'expenditure')

),

candidates as (

    select * from {{ ref('int_rate_candidates') }} where side = 'denominator'

),

spent as (

    select * from chosen
    where measure = 'expenditure' and coalesce(stage, 'final') = 'final'
    qualify row_number() over (partition by scope_id order by stage nulls last) = 1

),

budgeted as (

    select
        chosen.*,
        coalesce(candidates.basis, chosen.stage, 'unstaged') as basis
    from chosen
    left join candidates
        on
            chosen.scope_id = candidates.scope_id
            and candidates.measure = 'budget'
            and chosen.stage is not distinct from candidates.stage
            and chosen.figure_value = candidates.figure_value
    where chosen.measure = 'budget' and coalesce(chosen.stage, 'revised') <> 'final' and chosen.figure_value > 0

)

select
    spent.scope_id,
    {% for column in scope -%}
        spent.{{ column }},
    {% endfor -%}
    budgeted.basis,
    budgeted.stage as denominator_stage,
    spent.figure_id as numerator_figure_id,
    spent.figure_value as numerator_cny,
    budgeted.figure_id as denominator_figure_id,
    budgeted.figure_value as denominator_cny,
    100 * spent.figure_value / budgeted.figure_value as recomputed_rate_pct
from spent
inner join budgeted on spent.scope_id = budgeted.scope_id
