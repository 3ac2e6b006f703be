-- Catches: a missing value coalesced to 0 on its way to a fact; a zero must be a figure that a report states as zero.
select
    funding.funding_id,
    figures.value
from {{ ref('fct_funding') }} as funding
inner join {{ ref('fct_figures') }} as figures on funding.figure_id = figures.figure_id
where funding.amount_cny is distinct from figures.value
