-- Which sources of money (资金来源) paid for the spending of 荔湾区民政局 in 2023, and in which shares?
select
    sources.name_zh as fund_source,
    funding.amount_cny,
    round(funding.share_of_total_pct, 2) as share_of_total_pct
from {{ ref('fct_funding') }} as funding
inner join {{ ref('fund_sources') }} as sources on funding.fund_source = sources.fund_source
where
    funding.department_id = '440103-civil_affairs' and funding.fiscal_year = 2023 and funding.measure = 'expenditure'
    and funding.stage = 'final' and funding.programme is null and funding.item is null and funding.spending_type is null
order by funding.amount_cny desc
