-- Change of consumer prices (居民消费价格) of each place with the province's where it has none of its own.
-- One row per place and year for which a change is held.
with

places as (

    select * from {{ ref('int_places') }}

),

prices as (

    select * from {{ ref('consumer_prices') }}

),

sources as (

    select
        places.place_code,
        prices.fiscal_year,
        prices.change_on_year_before_pct,
        prices.place_code as price_place_code,
        prices.place_code = places.place_code as is_own
    from places
    inner join prices on prices.place_code in (places.place_code, places.prefecture_code, places.province_code)

)

select
    place_code,
    fiscal_year,
    change_on_year_before_pct,
    price_place_code
from sources
qualify
    row_number() over (partition by place_code, fiscal_year order by is_own desc, price_place_code desc) = 1
