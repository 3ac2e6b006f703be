-- Catches: a fact without evidence, or a bridge row whose fact no longer exists: a number nobody could trace to its sentence.
with

facts as (

    {% for fact, key in [
        ('fct_funding', 'funding_id'), ('fct_execution', 'execution_id'), ('fct_beneficiaries', 'beneficiaries_id'),
        ('fct_subsidy_standards', 'standard_id'), ('fct_performance', 'performance_id'), ('fct_services', 'service_id'),
    ] -%}
        select
            '{{ fact }}' as fact_table,
            {{ key }} as fact_id
        from {{ ref(fact) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

bridged as (

    select distinct
        fact_table,
        fact_id
    from {{ ref('bridge_fact_figures') }}
    where is_chosen

)

select
    coalesce(facts.fact_table, bridged.fact_table) as fact_table,
    facts.fact_id as fact_without_figure,
    bridged.fact_id as figure_without_fact
from facts
full outer join bridged on facts.fact_table = bridged.fact_table and facts.fact_id = bridged.fact_id
where facts.fact_id is null or bridged.fact_id is null
