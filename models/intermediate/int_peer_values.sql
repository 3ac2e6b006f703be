-- Comparable values in each peer group of their department, ranked among the peers that have one.
-- One row per comparable value, peer set and group.
with

comparable_values as (

    select * from {{ ref('int_comparable_values') }}

),

members as (

    select * from {{ ref('int_peer_members') }}

),

group_sizes as (

    select
        peer_set,
        peer_group,
        is_sample,
        count(*) as members_held
    from members
    group by peer_set, peer_group, is_sample

),

placed as (

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
        group_sizes.members_held
    from comparable_values
    inner join members
        on comparable_values.department_id = members.department_id and comparable_values.is_sample = members.is_sample
    inner join group_sizes
        on
            members.peer_set = group_sizes.peer_set
            and members.peer_group = group_sizes.peer_group
            and members.is_sample = group_sizes.is_sample

),

-- Statistics of a group once, not beside each of its members.
groups as (

    select
        peer_group_id,
        count(*) as members_with_value,
        median(comparable_value) as middle_value,
        min(comparable_value) as lowest_value,
        max(comparable_value) as highest_value
    from placed
    group by peer_group_id

)

select
    placed.*,
    groups.members_with_value,
    groups.middle_value,
    groups.lowest_value,
    groups.highest_value,
    rank() over (peers order by placed.comparable_value desc) as rank_from_top,
    percent_rank() over (peers order by placed.comparable_value asc) as share_below,
    count(*) over (partition by placed.peer_group_id, placed.comparable_value) as members_with_same_value
from placed
inner join groups on placed.peer_group_id = groups.peer_group_id
window peers as (partition by placed.peer_group_id)
