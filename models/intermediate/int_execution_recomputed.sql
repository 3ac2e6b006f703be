-- Execution rates that no report states, recomputed from each chosen budget of a scope and the spending told right beside it
-- (实际支出50.70万元，对比预算51.00万元), else the chosen spending of the scope.
-- One row per scope and basis.
{%- set scope = [
    'is_sample', 'department_id', 'fiscal_year', 'programme', 'fund_source', 'spending_type', 'item', 'account_code',
] %}
{%- set scope_key = scope[:-2] + [account_line()] %}

with

chosen as (

    select
        *,
        {{ grain_key(scope_key) }} as scope_id
    from {{ ref('int_ranked_statements') }}
    where fact_table = 'fct_funding' and is_chosen and measure in ('budget', 'expenditure')

),

candidates as (

    select * from {{ ref('int_rate_candidates') }} where side = 'denominator'

),

amounts as (

    select * from {{ ref('int_rate_amounts') }}

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

),

-- The words of a line may tell two amounts apart that its scope does not (公用经费, 日常公用经费): neighbours are of one kind.
spent_beside as (

    select
        budgeted.figure_id as budget_figure_id,
        amounts.figure_id,
        amounts.figure_value
    from budgeted
    inner join amounts as told
        on budgeted.scope_id = told.scope_id and told.measure = 'budget' and budgeted.figure_value = told.figure_value
    inner join amounts
        on
            budgeted.scope_id = amounts.scope_id
            and told.document_id = amounts.document_id
            and amounts.measure = 'expenditure'
            and abs(amounts.ordinal - told.ordinal) = 1
    qualify
        row_number() over (
            partition by budgeted.figure_id order by amounts.document_id, amounts.ordinal, amounts.figure_id
        ) = 1

)

select
    spent.scope_id,
    {% for column in scope -%}
        spent.{{ column }},
    {% endfor -%}
    budgeted.basis,
    budgeted.stage as denominator_stage,
    coalesce(spent_beside.figure_id, spent.figure_id) as numerator_figure_id,
    coalesce(spent_beside.figure_value, spent.figure_value) as numerator_cny,
    budgeted.figure_id as denominator_figure_id,
    budgeted.figure_value as denominator_cny,
    100 * coalesce(spent_beside.figure_value, spent.figure_value) / budgeted.figure_value as recomputed_rate_pct
from spent
inner join budgeted on spent.scope_id = budgeted.scope_id
left join spent_beside on budgeted.figure_id = spent_beside.budget_figure_id
