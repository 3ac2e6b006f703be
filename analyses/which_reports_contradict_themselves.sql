-- Where do the reports of 乐昌市民政局 for 2023 contradict themselves (勾稽不符), and by how much?
select
    identity,
    severity,
    left_label,
    left_value,
    right_label,
    right_value,
    gap
from {{ ref('fct_reconciliations') }}
where department_id = '440281-civil_affairs' and fiscal_year = 2023 and verdict = 'violated'
order by severity asc, identity asc, left_value desc
