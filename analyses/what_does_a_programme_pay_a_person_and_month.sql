-- What did the programmes of 乐昌市民政局 pay a person and month in 2023 (人均月发放)?
select
    programme,
    persons,
    amount_paid_cny,
    months_covered,
    round(amount_per_person_month_cny, 2) as paid_per_person_month_cny
from {{ ref('fct_beneficiaries') }}
where
    department_id = '440281-civil_affairs' and fiscal_year = 2023 and is_headline
    and amount_per_person_month_cny is not null
order by paid_per_person_month_cny desc
