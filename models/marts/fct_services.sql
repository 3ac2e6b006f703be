-- Facilities, beds and cases (设施、床位、办件) of departments, chosen from all that was stated.
-- One row per department, year, measure, programme, residence, variant, unit, months and plan or actual.
select
    fact_id as service_id,
    department_id,
    fiscal_year,
    measure,
    programme,
    residence,
    variant,
    plan = 'planned' as is_planned,
    first_month,
    last_month,
    unit,
    figure_value as quantity,
    qualifier,
    figure_id,
    statement_count,
    is_restated,
    is_disputed,
    reason as choice_reason,
    is_sample
from {{ ref('int_ranked_statements') }}
where fact_table = 'fct_services' and is_chosen
