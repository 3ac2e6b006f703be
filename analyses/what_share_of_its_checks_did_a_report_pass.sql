-- What share of its checks (勾稽通过率) did the report of 坡头区民政局 for 2022 pass?
select
    documents.title,
    checks.check_count_held,
    checks.check_count_violated_hard,
    checks.check_count_violated_soft,
    round(checks.checks_passed_pct, 1) as checks_passed_pct
from {{ ref('fct_document_checks') }} as checks
inner join {{ ref('dim_document') }} as documents on checks.document_id = documents.document_id
where
    checks.department_id = '440804-civil_affairs' and checks.fiscal_year = 2022 and checks.checks_passed_pct is not null
order by documents.title
