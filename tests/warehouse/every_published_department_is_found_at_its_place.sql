-- Warns of: a real department whose place no rule finds, so that it stands in no comparison. Where the place is certain, add
-- the row that is shown here to seeds/reference/department_aliases.csv; a development zone without a code has none.
{{ config(severity='warn') }}
select
    department_name || ',<place_code>,<reason>' as row_to_add,
    department_id
from {{ ref('dim_department') }}
where resolved_by = 'unresolved' and not is_sample
