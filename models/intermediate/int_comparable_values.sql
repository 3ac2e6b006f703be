-- Values that departments can be compared by (可比值), one column of numbers with what each stands for.
-- One row per comparable, department, year, programme, residence and care.
with

standards as (

    select * from {{ ref('int_subsidy_standards') }} where is_headline and payment = 'recurring'

),

beneficiaries as (

    select * from {{ ref('int_beneficiaries') }} where is_headline

),

spent as (

    select * from {{ ref('int_ranked_statements') }}
    where
        fact_table = 'fct_funding' and is_chosen and measure = 'expenditure' and stage = 'final'
        and programme is null and fund_source is null and spending_type is null and item is null

),

-- One rate per basis: numerator and denominator of one pair, never the chosen ones of two; where the report gives several
-- pairs, the one with the chosen spending, and the row says that they differ.
executions as (

    select
        executions.*,
        spent.is_restated,
        spent.is_disputed or count(*) over (same_basis) > 1 as is_disputed
    from {{ ref('int_executions') }} as executions
    left join spent
        on
            {{ same_department_year('executions', 'spent') }}
    where
        executions.recomputed_rate_pct is not null
        and executions.denominator_stage in ('initial', 'revised')
        and executions.programme is null
        and executions.fund_source is null
        and executions.spending_type is null
        and executions.item is null
    window
        same_basis as (
            partition by executions.is_sample, executions.department_id, executions.fiscal_year, executions.denominator_stage
        )
    qualify
        row_number() over (
            same_basis
            order by
                executions.numerator_cny = spent.figure_value desc nulls last, executions.verdict, executions.execution_id asc
        ) = 1

),

scores as (

    select * from {{ ref('int_ranked_statements') }}
    where
        fact_table = 'fct_performance' and role = 'score' and is_chosen and programme is null and spending_type is null
        and residence is null and care is null

),

per_residents as (

    select * from {{ ref('int_per_resident') }} where population_kind = 'resident'

),

unioned as (

    {% for comparable, column in [
        ('standard_per_month', 'standard_cny_per_month'), ('top_up_per_month', 'top_up_cny_per_month'),
    ] -%}
        select
            '{{ comparable }}' as comparable,
            is_sample,
            department_id,
            fiscal_year,
            programme,
            residence,
            care,
            {{ column }} as comparable_value,
            'fct_subsidy_standards' as fact_table,
            standard_id as fact_id,
            is_disputed,
            is_restated
        from standards
        where {{ column }} is not null

        union all

    {% endfor %}

    select
        'amount_per_person_month' as comparable,
        is_sample,
        department_id,
        fiscal_year,
        programme,
        residence,
        care,
        amount_per_person_month_cny as comparable_value,
        'fct_beneficiaries' as fact_table,
        beneficiaries_id as fact_id,
        is_disputed,
        is_restated
    from beneficiaries
    where amount_per_person_month_cny is not null

    union all

    select
        'execution_rate_' || denominator_stage as comparable,
        is_sample,
        department_id,
        fiscal_year,
        null as programme,
        null as residence,
        null as care,
        recomputed_rate_pct as comparable_value,
        'fct_execution' as fact_table,
        execution_id as fact_id,
        is_disputed,
        is_restated
    from executions

    union all

    select
        'self_evaluation_score' as comparable,
        is_sample,
        department_id,
        fiscal_year,
        null as programme,
        null as residence,
        null as care,
        figure_value as comparable_value,
        fact_table,
        fact_id,
        is_disputed,
        is_restated
    from scores

    union all

    select
        comparable,
        is_sample,
        department_id,
        fiscal_year,
        programme,
        residence,
        care,
        per_resident_value as comparable_value,
        fact_table,
        fact_id,
        false as is_disputed,
        false as is_restated
    from per_residents

)

select
    {{ grain_key(['comparable', 'is_sample', 'department_id', 'fiscal_year', 'programme', 'residence', 'care']) }}
        as comparable_id,
    *
from unioned
