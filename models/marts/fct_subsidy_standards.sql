-- Subsidy standards (补助标准) beside the average actually paid per head (补差水平), brought to yuan a month.
-- One row per department, year, programme, residence, care, variant, payment and bound.
select * from {{ ref('int_subsidy_standards') }}
