-- Departments among their peers (同类比较), by rule: the same kind, and the tier, province and class of region of the peer set, or
-- the nearest neighbours.
-- One row per comparable value and peer set.
select
    {{ grain_key(['comparable_id', 'peer_set']) }} as peer_comparison_id,
    peer_group_id,
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
from {{ ref('int_peer_values') }}
where is_shown
