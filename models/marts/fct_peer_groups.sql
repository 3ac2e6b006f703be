-- Peer groups (同类组) of each comparable: how many of the members have a value, the middle of them, and who is missing.
-- One row per peer set, group, comparable, year, programme, residence and care.
with

valued as not materialized (

    select * from {{ ref('int_peer_values') }}

),

groups as (

    select
        peer_group_id,
        peer_set,
        peer_group,
        comparable,
        fiscal_year,
        programme,
        residence,
        care,
        is_sample,
        members_held,
        members_with_value,
        middle_value,
        lowest_value,
        highest_value
    from valued
    group by all

),

members as (

    select
        members.*,
        departments.department_short_name
    from {{ ref('int_peer_members') }} as members
    inner join {{ ref('dim_department') }} as departments on members.department_id = departments.department_id

),

-- In a group of thousands the names would say nothing: the count does.
missing as (

    select
        groups.peer_group_id,
        members.department_short_name,
        row_number() over (partition by groups.peer_group_id order by members.department_id) as place
    from groups
    inner join members
        on
            groups.peer_set = members.peer_set
            and groups.peer_group = members.peer_group
            and groups.is_sample = members.is_sample
    left join valued
        on groups.peer_group_id = valued.peer_group_id and members.department_id = valued.department_id
    where groups.members_held <= {{ var('members_named') }} and valued.department_id is null

),

missing_names as (

    select
        peer_group_id,
        string_agg(department_short_name, '、' order by place) as missing_members
    from missing
    group by peer_group_id

)

select
    groups.peer_group_id,
    groups.peer_set,
    groups.peer_group,
    groups.comparable,
    groups.fiscal_year,
    groups.programme,
    groups.residence,
    groups.care,
    groups.members_held,
    groups.members_with_value,
    groups.members_held - groups.members_with_value as members_missing,
    missing_names.missing_members,
    case when groups.members_with_value >= 3 then groups.middle_value end as median_value,
    groups.lowest_value,
    groups.highest_value,
    groups.is_sample
from groups
left join missing_names on groups.peer_group_id = missing_names.peer_group_id
