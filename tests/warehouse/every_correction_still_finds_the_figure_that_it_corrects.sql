-- Catches: a correction that no longer fits after the extraction has changed, and would silently correct nothing.
-- Corrections of documents that this release does not hold wait for them.
select
    corrections.document_id,
    corrections.measure,
    corrections.as_written,
    corrections.expected_value
from {{ ref('figure_corrections') }} as corrections
inner join {{ ref('stg_raw__documents') }} as documents
    on corrections.document_id = documents.document_id and documents.is_current
left join {{ ref('stg_raw__figures') }} as figures
    on
        corrections.document_id = figures.document_id
        and corrections.measure = figures.measure
        and corrections.as_written = figures.as_written
        and corrections.expected_value = figures.figure_value
where
    figures.figure_id is null
    or corrections.action not in ('set_value', 'reject')
    or corrections.reason is null
    or (corrections.action = 'set_value' and corrections.corrected_value is null)
