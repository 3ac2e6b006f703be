-- Catches: 10 284 yuan a year published as 10 284 yuan a month, the commonest slip of the genre.
select
    standard_id,
    standard_cny,
    per,
    standard_cny_per_month
from {{ ref('fct_subsidy_standards') }}
where
    (per = 'year' and abs(standard_cny_per_month - standard_cny / 12) > 0.01)
    or (per = 'month' and standard_cny_per_month <> standard_cny)
    or (coalesce(per, 'unsaid') not in ('month', 'year') and standard_cny_per_month is not null)
