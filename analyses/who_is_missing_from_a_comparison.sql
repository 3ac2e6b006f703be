-- Whose urban Dibao standards of 2023 are missing among the county-level bureaus of Guangdong?
select
    members_held,
    members_with_value,
    members_missing,
    missing_members,
    median_value
from {{ ref('fct_peer_groups') }}
where
    peer_set = 'same_tier_and_province' and peer_group = 'civil_affairs|county|440000'
    and comparable = 'standard_per_month' and fiscal_year = 2023 and programme = 'dibao' and residence = 'urban'
    and not is_sample
