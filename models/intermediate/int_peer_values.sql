-- Comparable values in each peer group of their department, ranked among the peers that have one.
-- One row per comparable value, peer set and group.
with

comparable_values as (

    select * from {{ ref('int_comparable_values') }}

),

members as (

    select
        *,
        count(*) over (partition by peer_set, peer_group, is_sample) as members_held
    from {{ ref('int_peer_members') }}

),

placed as not materialized (

    select
        comparable_values.*,
        members.peer_set,
        members.peer_group,
        members.is_shown,
        members.set_warning,
        {{ grain_key([
            'members.peer_set', 'members.peer_group', 'comparable_values.is_sample', 'comparable_values.comparable',
            'comparable_values.fiscal_year', 'comparable_values.programme', 'comparable_values.residence',
            'comparable_values.care',
        ]) }} as peer_group_id,
        members.members_held
    from comparable_values
    inner join members
        on comparable_values.department_id = members.department_id and comparable_values.is_sample = members.is_sample

),

-- What is ranked and counted is held without all that stands beside it: a group and a value.
ranked as materialized (

    select
        peer_group_id,
        comparable_value
    from placed

),

groups as (

    select
        peer_group_id,
        count(*) as members_with_value,
        median(comparable_value) as middle_value,
        min(comparable_value) as lowest_value,
        max(comparable_value) as highest_value
    from ranked
    group by peer_group_id

),

-- Members of a group with the same value have the same place in it.
places as (

    select
        peer_group_id,
        comparable_value,
        count(*) as members_with_same_value,
        coalesce(cast(sum(count(*)) over lower_values as bigint), 0) as members_below
    from ranked
    group by peer_group_id, comparable_value
    window
        lower_values as (
            partition by peer_group_id
            order by comparable_value rows between unbounded preceding and 1 preceding
        )

)

select
    placed.*,
    groups.members_with_value,
    groups.middle_value,
    groups.lowest_value,
    groups.highest_value,
    groups.members_with_value - places.members_below - places.members_with_same_value + 1 as rank_from_top,
    -- Of the others, how many lie below: the percent_rank of SQL.
    case when groups.members_with_value > 1 then places.members_below / (groups.members_with_value - 1) else 0 end as share_below,
    places.members_with_same_value
from placed
inner join groups on placed.peer_group_id = groups.peer_group_id
inner join places on placed.peer_group_id = places.peer_group_id and placed.comparable_value = places.comparable_value
