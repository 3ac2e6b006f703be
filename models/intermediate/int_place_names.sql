-- Every way in which a place is named in full or with the units above it; a form that names two places names neither.
-- One row per form and place.
with

places as (

    select * from {{ ref('int_places') }}

),

forms as (

    select
        place_code,
        place_name as form
    from places
    union
    select
        place_code,
        full_name as form
    from places
    union
    select
        place_code,
        prefecture_name || place_name as form
    from places where tier = 'county'
    union
    select
        place_code,
        prefecture_short_name || place_name as form
    from places where tier = 'county'
    union
    select
        place_code,
        province_name || place_name as form
    from places where tier <> 'province'
    union
    select
        place_code,
        province_short_name || place_name as form
    from places where tier <> 'province'

),

-- A unit that is no more gives its name up to the one that bears it now (简阳市 moved from 资阳 to 成都).
bearers as (

    select
        forms.form,
        forms.place_code
    from forms
    inner join places on forms.place_code = places.place_code
    where forms.form is not null
    qualify
        places.valid_to is null
        or count(*) filter (where places.valid_to is null) over (partition by forms.form) = 0

)

select
    form,
    place_code,
    count(*) over (partition by form) as places_of_form
from bearers
