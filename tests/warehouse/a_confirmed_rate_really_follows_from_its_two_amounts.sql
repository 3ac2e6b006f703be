-- Catches: a rate published as confirmed whose numerator over denominator gives another one.
select
    execution_id,
    stated_rate_pct,
    100 * numerator_cny / denominator_cny as recomputed
from {{ ref('fct_execution') }}
where
    verdict in ('confirmed', 'contradicted', 'recomputed')
    and (
        numerator_cny is null
        or denominator_cny is null
        or abs(recomputed_rate_pct - 100 * numerator_cny / denominator_cny) > 1e-6
        or (verdict = 'confirmed' and abs(gap_pct_points) > tolerance_pct_points)
        or (verdict = 'contradicted' and abs(gap_pct_points) <= tolerance_pct_points)
    )
