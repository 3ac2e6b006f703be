-- Catches: two lines of one name (行政运行 of two offices) under one fact, where one amount would be taken for the other's.
select
    fact_table,
    fact_id
from {{ ref('int_ranked_statements') }}
where fact_table = 'fct_funding'
group by fact_table, fact_id
having count(distinct coalesce(account_code, '')) > 1 or count(distinct coalesce(item, '')) > 1
