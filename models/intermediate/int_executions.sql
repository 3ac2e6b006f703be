-- Budget execution (预算执行): each stated rate beside the rate recomputed on its basis, and the rates that no report states.
-- One row per department, year, programme, fund source, spending type, item, account code, basis and stated rate.
with

stated as (

    select * from {{ ref('int_rate_matches') }}

),

recomputed as (

    select * from {{ ref('int_execution_recomputed') }}

),

unioned as (

    select
        {{ grain_key(['scope_id', 'rate_id']) }} as execution_id,
        department_id,
        fiscal_year,
        programme,
        fund_source,
        spending_type,
        item,
        account_code,
        coalesce(basis, 'unknown') as basis,
        stated_rate_pct,
        recomputed_rate_pct,
        tolerance_pct_points,
        numerator_cny,
        denominator_cny,
        denominator_stage,
        stated_figure_id,
        numerator_figure_id,
        denominator_figure_id,
        cast(statement_count as bigint) as statement_count,
        verdict,
        is_sample
    from stated

    union all

    select
        {{ grain_key(['recomputed.scope_id', 'recomputed.basis', "'recomputed'", 'recomputed.denominator_stage']) }}
            as execution_id,
        recomputed.department_id,
        recomputed.fiscal_year,
        recomputed.programme,
        recomputed.fund_source,
        recomputed.spending_type,
        recomputed.item,
        recomputed.account_code,
        recomputed.basis,
        null as stated_rate_pct,
        recomputed.recomputed_rate_pct,
        null as tolerance_pct_points,
        recomputed.numerator_cny,
        recomputed.denominator_cny,
        recomputed.denominator_stage,
        null as stated_figure_id,
        recomputed.numerator_figure_id,
        recomputed.denominator_figure_id,
        0 as statement_count,
        'recomputed' as verdict,
        recomputed.is_sample
    from recomputed
    -- A basis on which the report itself states a rate is told by that row.
    left join stated
        on recomputed.scope_id = stated.scope_id and recomputed.basis = stated.basis
    where stated.rate_id is null

)

select
    execution_id,
    department_id,
    fiscal_year,
    programme,
    fund_source,
    spending_type,
    item,
    account_code,
    basis,
    stated_rate_pct,
    recomputed_rate_pct,
    stated_rate_pct - recomputed_rate_pct as gap_pct_points,
    tolerance_pct_points,
    numerator_cny,
    denominator_cny,
    denominator_stage,
    stated_figure_id,
    numerator_figure_id,
    denominator_figure_id,
    statement_count,
    verdict,
    is_sample
from unioned
