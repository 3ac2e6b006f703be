-- Performance (绩效): indicators with target and attained value, and scores of the self-evaluation with their grade band.
-- One row per department, year and indicator, or score of the department or of a programme.
with

chosen as (

    select * from {{ ref('int_ranked_statements') }} where fact_table = 'fct_performance' and is_chosen

),

bands as (

    select * from {{ ref('grade_bands') }}

),

facts as (

    select
        fact_id,
        department_id,
        fiscal_year,
        performance_kind,
        programme,
        residence,
        care,
        spending_type,
        unit,
        is_sample,
        coalesce(
            max(indicator) filter (where role = 'actual'), max(indicator) filter (where role = 'target')
        ) as indicator,
        max(figure_value) filter (where role = 'target') as target_value,
        max(qualifier) filter (where role = 'target') as target_qualifier,
        max(figure_value) filter (where role = 'actual') as actual_value,
        max(figure_value) filter (where role = 'score') as score,
        max(figure_id) filter (where role = 'target') as target_figure_id,
        max(figure_id) filter (where role = 'actual') as actual_figure_id,
        max(figure_id) filter (where role = 'score') as score_figure_id,
        sum(statement_count) as statement_count,
        bool_or(is_restated) as is_restated,
        bool_or(is_disputed) as is_disputed,
        string_agg(role || ': ' || reason, '; ' order by role) as choice_reason
    from chosen
    group by all

)

select
    facts.fact_id as performance_id,
    facts.department_id,
    facts.fiscal_year,
    facts.performance_kind as kind,
    facts.programme,
    facts.residence,
    facts.care,
    facts.spending_type,
    facts.indicator,
    facts.target_value,
    facts.target_qualifier,
    facts.actual_value,
    facts.unit,
    case
        when facts.target_qualifier in ('at_most', 'under') then facts.actual_value <= facts.target_value
        else facts.actual_value >= facts.target_value
    end as attained,
    facts.score,
    bands.grade,
    bands.name_zh as grade_zh,
    bands.name_en as grade_en,
    facts.target_figure_id,
    facts.actual_figure_id,
    facts.score_figure_id,
    cast(facts.statement_count as bigint) as statement_count,
    facts.is_restated,
    facts.is_disputed,
    facts.choice_reason,
    facts.is_sample
from facts
left join bands on facts.score >= bands.lower_bound and facts.score < bands.upper_bound
