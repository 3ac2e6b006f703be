-- Catches: a department accused of a contradiction that rounding explains, or a check that holds though its sides are apart.
select
    reconciliation_id,
    identity,
    verdict
from {{ ref('fct_reconciliations') }}
where
    (verdict = 'violated' and relation = 'equal' and abs(gap) <= tolerance)
    or (verdict = 'holds' and relation = 'equal' and abs(gap) > tolerance * 1.000001 + 1e-6 * abs(left_value))
    or (verdict = 'violated' and relation = 'at_most' and left_value <= right_value)
    or (verdict = 'violated' and relation = 'at_least' and left_value >= right_value)
    or (verdict <> 'not_computable' and (left_value is null or right_value is null))
