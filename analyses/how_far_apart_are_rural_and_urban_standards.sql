-- How far apart were rural and urban Dibao standards (城乡低保标准) in the counties of Guangdong in 2022 and 2023?
select
    departments.place_name,
    standards.fiscal_year,
    standards.standard_cny_per_month as rural_cny_per_month,
    round(standards.rural_to_urban_ratio, 4) as rural_to_urban_ratio
from {{ ref('fct_subsidy_standards') }} as standards
inner join {{ ref('dim_department') }} as departments on standards.department_id = departments.department_id
where
    standards.programme = 'dibao' and standards.residence = 'rural' and standards.is_headline and not standards.is_sample
    and standards.fiscal_year in (2022, 2023) and standards.rural_to_urban_ratio is not null
    and departments.tier = 'county' and departments.province_code = '440000'
order by standards.rural_to_urban_ratio, departments.place_name, standards.fiscal_year
limit 50
