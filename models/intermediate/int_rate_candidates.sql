-- Distinct amounts of a scope that can give a rate, with the basis (口径) that a denominator stands for. The same number stated
-- twice is one candidate, and words such as 指标数 beside any of its statements tell the basis of all.
-- One row per scope, measure, stage and amount.
with

amounts as (

    select * from {{ ref('int_rate_amounts') }}

),

candidates as (

    select
        candidate_id,
        scope_id,
        side,
        measure,
        stage,
        figure_value,
        case
            when side = 'numerator' then null
            when measure = 'income' then 'received'
            else coalesce(max(basis_by_words), stage, 'unstaged')
        end as basis,
        min(half_unit) as half_unit,
        arg_min(figure_id, (document_id, ordinal, figure_id)) as figure_id,
        count(*) as times_stated
    from amounts
    group by candidate_id, scope_id, side, measure, stage, figure_value

)

select
    candidates.*,
    bases.try_order,
    -- The most often stated and the largest come first; one hostile table must not square the work.
    row_number() over (
        partition by candidates.scope_id, candidates.side
        order by candidates.times_stated desc, candidates.figure_value desc, candidates.candidate_id asc
    ) as candidate_number
from candidates
left join {{ ref('rate_bases') }} as bases on candidates.basis = bases.basis
