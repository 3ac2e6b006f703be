-- Catches: a real department whose place no rule finds, so that it stands in no comparison. The row that is shown settles it,
-- with the code of the place, or without where it has none of its own (a development zone). Warns, unless names are strict.
{{ config(severity='error' if var('strict_names') else 'warn') }}
select
    'seeds/reference/department_aliases.csv' as file_to_mend,
    department_name || ',<place_code, or nothing>,,<reason>' as row_to_add
from {{ ref('dim_department') }}
where resolved_by = 'unresolved' and not is_sample
order by department_name
