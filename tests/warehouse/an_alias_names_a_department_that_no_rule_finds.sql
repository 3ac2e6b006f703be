-- Catches: an alias that is not needed, or contradicts what the name itself says; it would hide a mistake in the places.
select
    aliases.department_as_written,
    aliases.place_code,
    forms.place_code as found_by_name
from {{ ref('department_aliases') }} as aliases
inner join {{ ref('department_endings') }} as endings on ends_with(aliases.department_as_written, endings.ending)
inner join {{ ref('int_place_names') }} as forms
    on
        left(aliases.department_as_written, length(aliases.department_as_written) - length(endings.ending)) = forms.form
        and forms.places_of_form = 1
