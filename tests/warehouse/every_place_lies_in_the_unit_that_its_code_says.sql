-- Catches: a code typed wrongly, which would file a county under another prefecture and compare it with the wrong peers.
select
    places.place_code,
    places.parent_code
from {{ ref('dim_place') }} as places
where
    not regexp_full_match(places.place_code, '[1-9][0-9]{5}')
    or (places.tier = 'province' and (places.parent_code is not null or places.place_code not like '%0000'))
    or (
        places.tier = 'prefecture'
        and (places.parent_code <> left(places.place_code, 2) || '0000' or places.place_code not like '%00')
    )
    or (
        places.tier = 'county'
        and places.parent_code not in (left(places.place_code, 4) || '00', left(places.place_code, 2) || '0000')
    )
    or places.place_code = places.parent_code
