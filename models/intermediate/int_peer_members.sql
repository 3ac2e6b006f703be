-- Members of peer groups (同类组成员): the group that a department belongs to under each rule, and those around it as neighbours.
-- A place without a class of region is in no group of that rule.
-- One row per peer set, group and member.
with

departments as (

    select
        departments.department_id,
        departments.department_kind,
        departments.is_sample,
        places.tier,
        places.province_code,
        places.region_class
    from {{ ref('int_departments') }} as departments
    inner join {{ ref('int_places') }} as places on departments.place_code = places.place_code

),

peer_sets as (

    select * from {{ ref('peer_sets') }}

),

neighbours as (

    select * from {{ ref('int_peer_neighbours') }}

),

crossings as (

    select
        department_id,
        is_sample,
        bool_or(is_in_other_province) as is_across_provinces
    from neighbours
    group by department_id, is_sample

),

by_rule as (

    select
        peer_sets.peer_set,
        concat_ws(
            '|',
            departments.department_kind,
            case when peer_sets.same_tier then departments.tier end,
            case when peer_sets.same_province then departments.province_code end,
            case when peer_sets.same_region_class then departments.region_class end
        ) as peer_group,
        departments.department_id,
        departments.is_sample,
        true as is_shown,
        peer_sets.warning as set_warning
    from departments
    cross join peer_sets
    where not peer_sets.is_nearest and (not peer_sets.same_region_class or departments.region_class is not null)

),

-- A department among its neighbours is a group of its own, in which it alone is shown.
around as (

    select
        peer_sets.peer_set,
        crossings.department_id as peer_group,
        crossings.department_id,
        crossings.is_sample,
        true as is_shown,
        case when crossings.is_across_provinces then peer_sets.warning end as set_warning
    from crossings
    cross join peer_sets
    where peer_sets.is_nearest

    union all

    select
        peer_sets.peer_set,
        neighbours.department_id as peer_group,
        neighbours.neighbour_id as department_id,
        neighbours.is_sample,
        false as is_shown,
        null as set_warning
    from neighbours
    cross join peer_sets
    where peer_sets.is_nearest

)

select * from by_rule
union all
select * from around
