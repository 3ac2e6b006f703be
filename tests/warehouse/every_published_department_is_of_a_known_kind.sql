-- Catches: a real department whose kind no ending tells, so that it has no peers. Either row settles it: for every name with this
-- ending, or for this name alone. Warns, unless names are strict.
{{ config(severity='error' if var('strict_names') else 'warn') }}
select
    'seeds/vocabulary/department_endings.csv' as file_to_mend,
    '<ending of ' || departments.department_name || '>,<department_kind>' as row_to_add,
    'seeds/reference/department_aliases.csv: '
    || departments.department_name || ',' || coalesce(departments.place_code, '') || ',<department_kind>,<reason>'
        as or_of_one_name
from {{ ref('dim_department') }} as departments
left join {{ ref('department_aliases') }} as aliases on departments.department_name = aliases.department_as_written
where departments.department_kind = 'other' and aliases.department_kind is null and not departments.is_sample
order by departments.department_name
