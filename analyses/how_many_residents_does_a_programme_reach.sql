-- How many of 10 000 residents did each programme reach in the districts of Guangzhou in 2023 (每万人受益人数)?
select
    departments.place_name,
    reached.programme,
    round(reached.per_resident_value, 1) as per_10000_residents,
    reached.amount as persons,
    reached.population_persons
from {{ ref('fct_per_resident') }} as reached
inner join {{ ref('dim_department') }} as departments on reached.department_id = departments.department_id
where
    reached.fiscal_year = 2023 and reached.comparable = 'beneficiaries_per_10000_residents'
    and departments.prefecture_code = '440100' and not reached.is_sample
order by departments.place_name, reached.programme, per_10000_residents
limit 100
