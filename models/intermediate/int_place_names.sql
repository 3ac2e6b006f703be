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

)

select
    form,
    place_code,
    count(*) over (partition by form) as places_of_form
from forms
where form is not null
