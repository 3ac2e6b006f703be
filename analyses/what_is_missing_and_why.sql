-- Which measures are missing for 坡头区民政局 in 2022, and why (缺失原因)?
select
    coverage.measure,
    reasons.name_zh as reason
from {{ ref('fct_coverage') }} as coverage
inner join {{ ref('absence_reasons') }} as reasons on coverage.absence_reason = reasons.absence_reason
where coverage.department_id = '440804-civil_affairs' and coverage.fiscal_year = 2022 and not coverage.is_held
order by coverage.measure
