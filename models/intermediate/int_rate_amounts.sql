-- Amounts that can stand over or under a rate: spending as numerator, budgets and money received as denominators.
-- One row per figure.
{%- set scope = [
    'is_sample', 'department_id', 'fiscal_year', 'programme', 'fund_source', 'spending_type', 'item', 'account_code',
] %}
{%- set scope_key = scope[:-2] + [account_line()] %}

with

figures as (

    select * from {{ ref('int_figures') }}
    where
        unit = 'CNY' and department_id is not null and fiscal_year is not null
        and (
            -- Spending that is only planned is no numerator, and what a budget became in the final accounts no denominator.
            (measure = 'expenditure' and coalesce(stage, 'final') = 'final')
            or (measure = 'budget' and coalesce(stage, 'revised') <> 'final')
            or (measure = 'income' and coalesce(stage, 'final') = 'final')
        )

),

cues as (

    select
        basis,
        cue
    from {{ ref('rate_bases') }} where cue is not null

)

select
    figures.figure_id,
    figures.document_id,
    figures.ordinal,
    {% for column in scope -%}
        figures.{{ column }},
    {% endfor -%}
    figures.measure,
    figures.stage,
    figures.figure_value,
    figures.half_unit,
    {{ grain_key(scope_key) }} as scope_id,
    case when figures.measure = 'expenditure' then 'numerator' else 'denominator' end as side,
    {{ grain_key(scope_key + ['measure', 'stage', 'figure_value']) }} as candidate_id,
    cues.basis as basis_by_words
from figures
left join cues
    on
        figures.measure = 'budget'
        and contains(concat_ws(' ', figures.quote, figures.row_label, figures.column_header), cues.cue)
qualify row_number() over (partition by figures.figure_id order by cues.basis) = 1
