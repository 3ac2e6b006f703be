-- Nearest neighbours (相近地区) of each department with what makes them near: features, weights and the table's version.
-- One row per department and neighbour.
select
    {{ grain_key(['department_id', 'neighbour_id']) }} as peer_neighbour_id,
    department_id,
    neighbour_id as neighbour_department_id,
    cast(neighbour_rank as integer) as neighbour_rank,
    distance,
    population_distance,
    population_weight,
    class_distance,
    class_weight,
    urban_distance,
    urban_weight,
    cast(population_persons as bigint) as population_persons,
    population_year,
    cast(neighbour_population_persons as bigint) as neighbour_population_persons,
    neighbour_population_year,
    is_in_other_province,
    distance_version,
    is_sample
from {{ ref('int_peer_neighbours') }}
