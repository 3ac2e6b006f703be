-- Catches: a year without a report that is missing as a row, so that a line chart would join the years around it.
select
    department_id,
    max(fiscal_year) - min(fiscal_year) + 1 as years_spanned,
    count(*) as years_held
from {{ ref('dim_department_year') }}
group by department_id
having max(fiscal_year) - min(fiscal_year) + 1 <> count(*)
