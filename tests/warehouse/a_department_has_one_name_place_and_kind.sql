-- Catches: two departments under one key, as when a development zone's bureau takes the key of its city's.
select
    department_id,
    count(distinct place_code) as places,
    count(distinct department_kind) as kinds
from {{ ref('int_department_names') }}
group by department_id
having count(distinct place_code) > 1 or count(distinct department_kind) > 1
