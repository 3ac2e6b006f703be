-- What differs from the release before (版本变化): each fact whose value appeared, changed or went, with the cause.
-- One row per fact and role that differs; none where there was no release before.
with

changes as (

    {{ release_changes(
        ref('stg_raw__previous_fact_values'), ref('stg_raw__previous_documents'), ref('stg_raw__previous_corrections'),
        ref('fct_fact_values'), ref('int_documents'), ref('int_all_figures'),
    ) }}

)

select
    previous_release.release as previous_release,
    changes.*
from changes
cross join {{ ref('stg_raw__previous_releases') }} as previous_release
