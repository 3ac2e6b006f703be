-- Facts and all figures behind them, chosen and losing, each with its rank and the reason.
-- One row per fact, role and figure.
with

statements as (

    select
        fact_table,
        fact_id,
        figure_id,
        role,
        is_chosen,
        statement_rank,
        reason
    from {{ ref('int_ranked_statements') }}

),

executions as not materialized (

    select * from {{ ref('fct_execution') }}

),

rates as not materialized (

    select * from {{ ref('int_figures') }} where measure = 'execution_rate'

),

-- All statements of the same rate in the same scope, not only the one that stands for it.
stated_rates as (

    select
        executions.execution_id,
        rates.figure_id,
        rates.figure_id = executions.stated_figure_id as is_chosen,
        row_number() over (
            partition by executions.execution_id
            order by rates.figure_id <> executions.stated_figure_id, rates.document_id, rates.ordinal
        ) as statement_rank
    from executions
    inner join rates
        on
            executions.stated_rate_pct = rates.figure_value
            and {{ same_department_year('executions', 'rates') }}
            and executions.programme is not distinct from rates.programme
            and executions.fund_source is not distinct from rates.fund_source
            and executions.spending_type is not distinct from rates.spending_type
            and executions.item is not distinct from rates.item
            and executions.account_code is not distinct from rates.account_code

),

unioned as (

    select * from statements

    union all

    select
        'fct_execution' as fact_table,
        execution_id as fact_id,
        figure_id,
        'stated_rate' as role,
        is_chosen,
        statement_rank,
        case when is_chosen then 'only_statement' else 'same_value' end as reason
    from stated_rates

    {% for side in ['numerator', 'denominator'] -%}
        union all

        select
            'fct_execution' as fact_table,
            execution_id as fact_id,
            {{ side }}_figure_id as figure_id,
            '{{ side }}' as role,
            true as is_chosen,
            1 as statement_rank,
            'fits_rate' as reason
        from executions
        where {{ side }}_figure_id is not null

    {% endfor %}
)

select
    fact_table,
    fact_id,
    figure_id,
    role,
    is_chosen,
    cast(statement_rank as integer) as rank,
    reason
from unioned
-- A fact's rows lie together: its evidence is found without reading that of all others.
order by fact_table, fact_id, role, statement_rank, figure_id
