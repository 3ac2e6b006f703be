-- What is missing, of which measure, and why?
select
    measures.name_zh as measure,
    coverage.absence_reason,
    count(*) as department_years
from {{ ref('fct_coverage') }} as coverage
inner join {{ ref('measures') }} as measures on coverage.measure = measures.measure
where not coverage.is_sample and not coverage.is_held
group by measures.name_zh, coverage.absence_reason
order by department_years desc, measure asc
