-- Programmes and lines of work (项目).
-- One row per programme.
select
    programme,
    name_zh,
    name_en,
    field
from {{ ref('programmes') }}
