-- Nearest neighbours (相近地区) of departments: the same kind and tier anywhere in China, by the weights of peer_distance_weights.
-- Only features that are held for both count, and their weights are shared out anew; without both populations there is no
-- distance. Shares of urban residents are held for provinces alone, so that they count between these.
-- One row per department and neighbour.
with

weights as (

    select
        max(distance_version) as distance_version,
        max(weight) filter (where feature = 'population') as population_weight,
        max(scale) filter (where feature = 'population') as population_scale,
        max(weight) filter (where feature = 'region_class') as class_weight,
        max(scale) filter (where feature = 'region_class') as class_scale,
        max(weight) filter (where feature = 'urban_share') as urban_weight,
        max(scale) filter (where feature = 'urban_share') as urban_scale
    from {{ ref('peer_distance_weights') }}

),

-- The latest population that is held; year end before census date within a year.
population as (

    select * from {{ ref('population') }}
    where population_kind = 'resident' and vintage = 'current'
    qualify row_number() over (partition by place_code order by fiscal_year desc, basis = 'year_end' desc) = 1

),

urban_shares as (

    select
        place_code,
        arg_max(urban_share_pct, fiscal_year) as urban_share_pct
    from {{ ref('population') }}
    where urban_share_pct is not null and vintage = 'current'
    group by place_code

),

members as (

    select
        departments.department_id,
        departments.department_kind,
        departments.is_sample,
        places.tier,
        places.province_code,
        try_cast(places.region_class as integer) as region_class,
        urban_shares.urban_share_pct,
        population.persons as population_persons,
        population.fiscal_year as population_year
    from {{ ref('int_departments') }} as departments
    inner join {{ ref('int_places') }} as places on departments.place_code = places.place_code
    inner join population on places.place_code = population.place_code
    left join urban_shares on places.place_code = urban_shares.place_code

),

distances as (

    select
        members.department_id,
        members.is_sample,
        members.population_persons,
        members.population_year,
        neighbours.department_id as neighbour_id,
        neighbours.population_persons as neighbour_population_persons,
        neighbours.population_year as neighbour_population_year,
        members.province_code <> neighbours.province_code as is_in_other_province,
        weights.distance_version,
        abs(ln(members.population_persons / neighbours.population_persons)) / weights.population_scale as population_distance,
        abs(members.region_class - neighbours.region_class) / weights.class_scale as class_distance,
        weights.population_weight,
        case when members.region_class is not null and neighbours.region_class is not null then weights.class_weight end
            as class_weight,
        abs(members.urban_share_pct - neighbours.urban_share_pct) / weights.urban_scale as urban_distance,
        case when members.urban_share_pct is not null and neighbours.urban_share_pct is not null then weights.urban_weight end
            as urban_weight
    from members
    inner join members as neighbours
        on
            members.department_kind = neighbours.department_kind
            and members.tier = neighbours.tier
            and members.is_sample = neighbours.is_sample
            and members.department_id <> neighbours.department_id
    cross join weights

),

weighed as (

    select
        *,
        -- A feature that is not held has no weight, and the sums pass over it.
        list_sum([
            population_weight * population_distance, class_weight * class_distance, urban_weight * urban_distance,
        ])
        / list_sum([population_weight, class_weight, urban_weight]) as distance
    from distances

)

select
    *,
    row_number() over (partition by department_id, is_sample order by distance, neighbour_id) as neighbour_rank
from weighed
qualify neighbour_rank <= {{ var('nearest_neighbours') }}
