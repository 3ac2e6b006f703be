-- What each fact said in the release before, names and types only.
-- One row per fact and role.
select
    fact_table,
    fact_id,
    role,
    department_id,
    department_name,
    fiscal_year,
    measure,
    programme,
    item,
    fact_value,
    unit,
    figure_id,
    document_id,
    source_key,
    file,
    extractor_version,
    is_sample
from {{ source('raw', 'previous_fact_values') }}
