-- Stated rates laid over every pair of amounts of their scope: which pair gives the rate within the written precision, and
-- where none does, which pair stands nearest in the text. Amounts of the rate's own sentence count whatever line they name.
-- One row per scope and stated rate.
with

rates as not materialized (

    select * from {{ ref('int_rate_statements') }}

),

amounts as not materialized (

    select * from {{ ref('int_rate_amounts') }}

),

candidates as not materialized (

    select * from {{ ref('int_rate_candidates') }}

),

-- Where the amounts of a rate may stand: in its own scope and, for the rate of a named line, in that of the whole.
scopes as (

    select
        rate_id,
        document_id,
        ordinal,
        scope_id,
        false as is_of_whole
    from rates
    union all
    select
        rate_id,
        document_id,
        ordinal,
        whole_scope_id as scope_id,
        true as is_of_whole
    from rates
    where whole_scope_id <> scope_id

),

-- How far from the rate, counted in figures of the same document, the amount stands.
distances as (

    select
        scopes.rate_id,
        amounts.candidate_id,
        min(abs(amounts.ordinal - scopes.ordinal)) as figures_between
    from scopes
    inner join amounts on scopes.scope_id = amounts.scope_id and scopes.document_id = amounts.document_id
    where abs(amounts.ordinal - scopes.ordinal) <= {{ var('check_reach') }}
    group by scopes.rate_id, amounts.candidate_id

),

sentences as not materialized (

    select
        figure_id,
        sentence
    from {{ ref('int_figure_surroundings') }}

),

-- Budgets at the same stage told in a scope: where there is one, a rate right behind the spending can mean no other.
budgets_told as (

    select
        scope_id,
        stage,
        count(*) as budgets_told
    from candidates
    where side = 'denominator' and measure = 'budget'
    group by scope_id, stage

),

scope_pairs as (

    select
        rates.rate_id,
        numerators.figure_id as numerator_figure_id,
        numerators.figure_value as numerator_cny,
        numerators.half_unit as numerator_half_unit,
        denominators.figure_id as denominator_figure_id,
        denominators.figure_value as denominator_cny,
        denominators.half_unit as denominator_half_unit,
        denominators.measure as denominator_measure,
        denominators.stage as denominator_stage,
        denominators.basis,
        denominators.try_order,
        -- The rate of a named line may be of the whole budget: then only as good as a pair of the line itself is missing.
        scopes.is_of_whole,
        near_numerator.figures_between + near_denominator.figures_between as figures_between,
        near_numerator.figures_between = 1 and denominators.stage = 'revised' and budgets_told.budgets_told = 1 as is_only_pair
    from rates
    inner join candidates as numerators on rates.scope_id = numerators.scope_id and numerators.side = 'numerator'
    inner join scopes on rates.rate_id = scopes.rate_id
    inner join candidates as denominators
        on
            scopes.scope_id = denominators.scope_id
            and denominators.side = 'denominator'
            and denominators.figure_value > 0
    left join distances as near_numerator
        on rates.rate_id = near_numerator.rate_id and numerators.candidate_id = near_numerator.candidate_id
    left join distances as near_denominator
        on rates.rate_id = near_denominator.rate_id and denominators.candidate_id = near_denominator.candidate_id
    left join budgets_told
        on denominators.scope_id = budgets_told.scope_id and denominators.stage is not distinct from budgets_told.stage
    where
        (numerators.candidate_number <= {{ var('rate_candidates') }} or near_numerator.figures_between is not null)
        and (denominators.candidate_number <= {{ var('rate_candidates') }} or near_denominator.figures_between is not null)

),

-- "三公经费年初安排22.00万元，全年支出18.15万元，支出率80.25%": one sentence, though only its first amount names the line.
sentence_pairs as (

    select
        rates.rate_id,
        numerators.figure_id as numerator_figure_id,
        numerators.figure_value as numerator_cny,
        numerators.half_unit as numerator_half_unit,
        denominators.figure_id as denominator_figure_id,
        denominators.figure_value as denominator_cny,
        denominators.half_unit as denominator_half_unit,
        denominators.measure as denominator_measure,
        denominators.stage as denominator_stage,
        candidates.basis,
        candidates.try_order,
        false as is_of_whole,
        2 * rates.ordinal - numerators.ordinal - denominators.ordinal as figures_between,
        true as is_only_pair
    from rates
    inner join sentences on rates.stated_figure_id = sentences.figure_id
    inner join amounts as numerators
        on
            rates.document_id = numerators.document_id
            and rates.department_id = numerators.department_id
            and rates.fiscal_year = numerators.fiscal_year
            and numerators.side = 'numerator'
            and rates.ordinal - numerators.ordinal = 1
    inner join amounts as denominators
        on
            rates.document_id = denominators.document_id
            and rates.department_id = denominators.department_id
            and rates.fiscal_year = denominators.fiscal_year
            and denominators.measure = 'budget'
            and rates.ordinal - denominators.ordinal = 2
            and denominators.figure_value > 0
    inner join sentences as numerator_sentences
        on numerators.figure_id = numerator_sentences.figure_id and sentences.sentence = numerator_sentences.sentence
    inner join sentences as denominator_sentences
        on denominators.figure_id = denominator_sentences.figure_id and sentences.sentence = denominator_sentences.sentence
    inner join candidates on denominators.candidate_id = candidates.candidate_id
    where not (rates.scope_id = numerators.scope_id and rates.scope_id = denominators.scope_id)

),

pairs as (

    select * from scope_pairs
    union all
    select * from sentence_pairs

),

judged as (

    select
        pairs.*,
        rates.stated_rate_pct,
        100 * pairs.numerator_cny / pairs.denominator_cny as recomputed_rate_pct,
        rates.stated_half_unit
        + {{ share_tolerance(
            'pairs.numerator_cny', 'pairs.denominator_cny', 'pairs.numerator_half_unit', 'pairs.denominator_half_unit'
        ) }} as tolerance_pct_points,
        abs(rates.stated_rate_pct - recomputed_rate_pct) <= tolerance_pct_points as fits
    from pairs
    inner join rates on pairs.rate_id = rates.rate_id

)

select
    rates.*,
    judged.numerator_figure_id,
    judged.numerator_cny,
    judged.denominator_figure_id,
    judged.denominator_cny,
    judged.denominator_measure,
    judged.denominator_stage,
    judged.basis,
    judged.recomputed_rate_pct,
    judged.tolerance_pct_points,
    case
        when judged.rate_id is null then 'not_computable'
        when judged.fits then 'confirmed'
        else 'contradicted'
    end as verdict
from rates
left join judged
    on
        rates.rate_id = judged.rate_id
        -- What contradicts a rate must stand near it and be its own line's, spending over budget, and give a rate that the
        -- stated one could be a slip of; else the pair is simply not the one that is meant.
        and (
            judged.fits
            or (
                (judged.figures_between <= {{ var('rate_reach') }} or judged.is_only_pair)
                and not judged.is_of_whole
                and judged.denominator_measure = 'budget'
                and (
                    -- Real accounts print the difference in units of 10 000 yuan as the percentage.
                    abs(judged.stated_rate_pct - abs(judged.numerator_cny - judged.denominator_cny) / 10000)
                    <= rates.stated_half_unit
                    or judged.recomputed_rate_pct / judged.stated_rate_pct
                    between 1 / {{ var('slip_factor') }} and {{ var('slip_factor') }}
                )
            )
        )
qualify
    row_number() over (
        partition by rates.rate_id
        order by
            judged.fits desc nulls last,
            judged.is_of_whole asc,
            case when judged.fits then judged.figures_between is null end,
            judged.try_order asc,
            judged.figures_between asc nulls last,
            judged.numerator_figure_id asc,
            judged.denominator_figure_id asc
    ) = 1
