-- Catches: a join on too few columns that lends one department's figure to another's fact, or last year's to this one.
with

facts as (

    {% for fact, key in [
        ('fct_funding', 'funding_id'), ('fct_execution', 'execution_id'), ('fct_beneficiaries', 'beneficiaries_id'),
        ('fct_subsidy_standards', 'standard_id'), ('fct_performance', 'performance_id'), ('fct_services', 'service_id'),
    ] -%}
        select
            '{{ fact }}' as fact_table,
            {{ key }} as fact_id,
            department_id,
            fiscal_year,
            is_sample
        from {{ ref(fact) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select
    facts.fact_table,
    facts.fact_id,
    figures.figure_id
from facts
inner join {{ ref('bridge_fact_figures') }} as bridge
    on facts.fact_table = bridge.fact_table and facts.fact_id = bridge.fact_id
inner join {{ ref('fct_figures') }} as figures on bridge.figure_id = figures.figure_id
where
    facts.department_id <> figures.department_id
    or facts.fiscal_year <> figures.fiscal_year
    or facts.is_sample <> figures.is_sample
