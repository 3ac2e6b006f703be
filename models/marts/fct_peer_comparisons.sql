-- Departments among their peers (同类比较), by rule: the same kind, and the tier, province and class of region of the peer set.
-- One row per comparable value and peer set.
with

comparable_values as (

    select * from {{ ref('int_comparable_values') }}

),

departments as (

    select * from {{ ref('dim_department') }} where tier is not null

),

peer_sets as (

    select * from {{ ref('peer_sets') }}

),

-- The group that a department belongs to under each rule; a place without a class of region is in no such group.
members as (

    select
        departments.department_id,
        departments.is_sample,
        departments.department_kind,
        peer_sets.peer_set,
        peer_sets.warning as set_warning,
        concat_ws(
            '|',
            departments.department_kind,
            case when peer_sets.same_tier then departments.tier end,
            case when peer_sets.same_province then departments.province_code end,
            case when peer_sets.same_region_class then departments.region_class end
        ) as peer_group
    from departments
    cross join peer_sets
    where not peer_sets.same_region_class or departments.region_class is not null

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
        members.set_warning,
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

ranked as (

    select
        *,
        count(*) over peers as members_with_value,
        rank() over (peers order by comparable_value desc) as rank_from_top,
        count(*) over (peers_of_value) as members_with_same_value,
        percent_rank() over (peers order by comparable_value asc) as share_below,
        median(comparable_value) over peers as middle_value,
        min(comparable_value) over peers as lowest_value,
        max(comparable_value) over peers as highest_value
    from placed
    window
        peers as (
            partition by peer_set, peer_group, is_sample, comparable, fiscal_year, programme, residence, care
        ),
        peers_of_value as (
            partition by
                peer_set, peer_group, is_sample, comparable, fiscal_year, programme, residence, care, comparable_value
        )

)

select
    {{ grain_key(['comparable_id', 'peer_set']) }} as peer_comparison_id,
    comparable,
    department_id,
    fiscal_year,
    programme,
    residence,
    care,
    peer_set,
    peer_group,
    comparable_value as value,
    members_with_value,
    members_held,
    rank_from_top,
    members_with_same_value - 1 as ties,
    case when members_with_value >= 3 then 100 * share_below end as percentile,
    case when members_with_value >= 3 then middle_value end as median_value,
    lowest_value,
    highest_value,
    nullif(
        concat_ws(
            ' ',
            set_warning,
            case when members_with_value < 3 then 'too_few_peers' end,
            case when is_disputed then 'disputed' end,
            case when is_restated then 'restated' end,
            case when is_sample then 'sample' end
        ),
        ''
    ) as warning_codes,
    fact_table,
    fact_id,
    is_sample
from ranked
