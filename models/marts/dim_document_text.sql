-- Extracted texts (全文), in which the start and end of a figure count.
-- One row per current document with a text.
select
    document_id,
    document_text as text
from {{ ref('stg_raw__documents') }}
where is_current and document_text is not null
