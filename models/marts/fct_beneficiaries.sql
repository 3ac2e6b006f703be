-- Beneficiaries (受益对象) of programmes beside what was paid to them (发放金额).
-- One row per department, year, programme, residence, care, variant, months covered and bound.
select * from {{ ref('int_beneficiaries') }}
