-- Catches: an alias that no report and no table uses any more. Only where names are strict: other sources use other aliases.
{{ config(enabled=var('strict_names')) }}
select
    'seeds/reference/department_aliases.csv' as file_to_mend,
    aliases.department_as_written as row_to_remove
from {{ ref('department_aliases') }} as aliases
left join {{ ref('int_department_names') }} as names on aliases.department_as_written = names.department_as_written
where names.department_as_written is null
order by aliases.department_as_written
