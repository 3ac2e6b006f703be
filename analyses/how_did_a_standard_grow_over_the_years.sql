-- How did the Tekun standard (特困供养标准) of 荔湾区 grow from year to year?
select
    fiscal_year,
    standard_cny_per_month,
    round(growth_on_year_before_pct, 2) as growth_on_year_before_pct
from {{ ref('fct_subsidy_standards') }}
where
    department_id = '440103-civil_affairs' and programme = 'tekun' and residence is null and care is null and is_headline
order by fiscal_year
