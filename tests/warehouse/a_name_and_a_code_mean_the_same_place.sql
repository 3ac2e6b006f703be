-- Catches: a table that gives 荔湾区民政局 the code of another district: the code would win, and the figures stand at a place that
-- the name contradicts. Warns, unless names are strict.
{{ config(severity='error' if var('strict_names') else 'warn') }}
select distinct
    names.department_as_written,
    names.place_code_as_written,
    coalesce(aliases.place_code, forms.place_code) as place_code_by_name
from {{ ref('int_department_names') }} as names
left join {{ ref('department_aliases') }} as aliases on names.department_as_written = aliases.department_as_written
left join {{ ref('department_endings') }} as endings on ends_with(names.department_as_written, endings.ending)
left join {{ ref('int_place_names') }} as forms
    on
        left(names.department_as_written, length(names.department_as_written) - length(endings.ending)) = forms.form
        and forms.places_of_form = 1
where
    names.resolved_by = 'place_code'
    and coalesce(aliases.place_code, forms.place_code) <> names.place_code
order by names.department_as_written
