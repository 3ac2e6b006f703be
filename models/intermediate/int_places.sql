-- Places (行政区划) with the names and codes of the units above them and Guangdong's class of region.
-- One row per place.
with

places as (

    select * from {{ ref('places') }}

),

region_classes as (

    select * from {{ ref('region_classes') }}

)

select
    places.place_code,
    places.place_name,
    places.place_short_name,
    places.full_name,
    places.tier,
    places.parent_code,
    left(places.place_code, 2) || '0000' as province_code,
    provinces.place_name as province_name,
    provinces.place_short_name as province_short_name,
    prefectures.place_code as prefecture_code,
    prefectures.place_name as prefecture_name,
    prefectures.place_short_name as prefecture_short_name,
    -- A county's own class, where the table names it, else that of its prefecture.
    coalesce(own_class.region_class, prefecture_class.region_class) as region_class,
    places.valid_from,
    places.valid_to,
    places.source
from places
left join places as provinces on left(places.place_code, 2) || '0000' = provinces.place_code
left join places as prefectures
    on left(places.place_code, 4) || '00' = prefectures.place_code and prefectures.tier = 'prefecture'
left join region_classes as own_class on places.place_code = own_class.place_code
left join region_classes as prefecture_class
    on prefectures.place_code = prefecture_class.place_code and places.tier = 'county'
