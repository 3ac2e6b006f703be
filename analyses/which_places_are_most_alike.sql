-- Which places are most like 荔湾区 in population and class of region (相近地区), and by how much?
select
    departments.place_name,
    neighbours.neighbour_rank,
    round(neighbours.distance, 2) as distance,
    neighbours.population_persons,
    neighbours.neighbour_population_persons,
    neighbours.population_weight,
    neighbours.class_weight,
    neighbours.distance_version
from {{ ref('bridge_peer_neighbours') }} as neighbours
inner join {{ ref('dim_department') }} as departments on neighbours.neighbour_department_id = departments.department_id
where neighbours.department_id = '440103-civil_affairs'
order by neighbours.neighbour_rank
