-- Change of consumer prices (居民消费价格) of each place: its own, else its province's, else that of the whole of China.
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
        prices.place_name as price_area,
        prices.place_code = places.place_code as is_own
    from places
    inner join prices
        on prices.place_code is null or prices.place_code in (places.place_code, places.prefecture_code, places.province_code)

)

select
    place_code,
    fiscal_year,
    change_on_year_before_pct,
    price_place_code,
    price_area
from sources
qualify
    row_number() over (
        partition by place_code, fiscal_year order by is_own desc nulls last, price_place_code desc nulls last
    ) = 1
