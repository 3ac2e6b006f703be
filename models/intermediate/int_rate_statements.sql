-- Stated execution rates (执行率), each distinct rate of a scope once, with the statement that stands for it.
-- One row per scope (department, year, programme, fund source, spending type, item, account code) and stated rate.
{%- set scope = [
    'is_sample', 'department_id', 'fiscal_year', 'programme', 'fund_source', 'spending_type', 'item', 'account_code',
] %}
{%- set scope_without_line = scope[:-2] %}

with

rates as (

    select
        *,
        {{ grain_key(scope_without_line + [account_line()]) }} as scope_id,
        -- The same money without the named line: what a line's rate may be a percentage of.
        {{ grain_key(scope_without_line + ['null']) }} as whole_scope_id
    from {{ ref('int_figures') }}
    where measure = 'execution_rate' and unit = 'percent' and department_id is not null and fiscal_year is not null

),

stated as (

    select
        scope_id,
        whole_scope_id,
        {{ scope | join(',\n        ') }},
        figure_value as stated_rate_pct,
        min(half_unit) as stated_half_unit,
        -- In a table the rate stands beside its own numbers; among equals the first.
        arg_min(figure_id, (layout is distinct from 'table', half_unit, document_id, ordinal, figure_id)) as stated_figure_id,
        count(*) as statement_count
    from rates
    group by all

)

select
    stated.*,
    {{ grain_key(['stated.scope_id', 'stated.stated_rate_pct']) }} as rate_id,
    rates.document_id,
    rates.ordinal
from stated
inner join rates on stated.stated_figure_id = rates.figure_id
