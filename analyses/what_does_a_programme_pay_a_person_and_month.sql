-- What does each programme pay a person and month, and where does the amount stand to the published standard?
select
    departments.department_name,
    beneficiaries.fiscal_year,
    programmes.name_zh as programme,
    beneficiaries.persons,
    beneficiaries.amount_paid_cny,
    beneficiaries.months_covered,
    round(beneficiaries.amount_per_person_month_cny, 2) as paid_per_person_month_cny,
    standards.standard_cny_per_month
from {{ ref('fct_beneficiaries') }} as beneficiaries
inner join {{ ref('dim_department') }} as departments on beneficiaries.department_id = departments.department_id
inner join {{ ref('dim_programme') }} as programmes on beneficiaries.programme = programmes.programme
left join {{ ref('fct_subsidy_standards') }} as standards
    on
        beneficiaries.department_id = standards.department_id
        and beneficiaries.fiscal_year = standards.fiscal_year
        and beneficiaries.programme = standards.programme
        and beneficiaries.residence is not distinct from standards.residence
        and beneficiaries.care is not distinct from standards.care
        and beneficiaries.is_sample = standards.is_sample
        and standards.is_headline
        and standards.payment = 'recurring'
where beneficiaries.is_headline and beneficiaries.amount_per_person_month_cny is not null and not beneficiaries.is_sample
order by departments.department_name, beneficiaries.fiscal_year, programmes.name_zh
