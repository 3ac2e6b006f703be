-- Places (行政区划) of China to county level with the units above them.
-- One row per place.
select
    place_code,
    place_name,
    place_short_name,
    full_name,
    tier,
    parent_code,
    province_code,
    province_name,
    prefecture_code,
    prefecture_name,
    region_class,
    valid_from,
    valid_to,
    source
from {{ ref('int_places') }}
