-- Figures as statements of facts: which fact each one states, in which role, and what speaks for or against choosing it.
-- One row per fact, role and figure.
{%- set common = ['is_sample', 'department_id', 'fiscal_year'] %}
{%- set funding_grain = common + ['measure', 'stage', 'fund_source', 'spending_type', 'programme', account_line()] %}
{%- set beneficiaries_grain = common + ['programme', 'residence', 'care', 'variant', 'first_month', 'last_month', 'bound'] %}
{%- set standards_grain = common + ['programme', 'residence', 'care', 'variant', 'payment', 'bound'] %}
{%- set performance_grain = common + [
    'performance_kind', 'programme', 'residence', 'care', 'spending_type', 'indicator_key', 'unit',
] %}
{%- set services_grain = common + ['measure', 'programme', 'residence', 'variant', 'unit', 'first_month', 'last_month', 'plan'] %}

with

figures as not materialized (

    select
        *,
        case when per in ('month', 'year') then 'recurring' else coalesce(per, 'unsaid') end as payment,
        case when measure = 'score' then 'score' else 'indicator' end as performance_kind,
        -- An indicator's name is the same with or without white space and closing punctuation.
        regexp_replace(indicator, '[\s。．.，,；;：:]', '', 'g') as indicator_key,
        case when qualifier = 'target' then 'planned' else 'actual' end as plan,
        case when family = 'standards' and per = 'year' then 1 / 12.0 else 1.0 end as to_comparable
    from {{ ref('int_figures') }}
    where department_id is not null and fiscal_year is not null

),

stated as (

    select
        figures.*,
        'fct_funding' as fact_table,
        {{ grain_key(funding_grain) }} as fact_id,
        'amount' as role
    from figures
    where family = 'funding'

    union all

    select
        figures.*,
        'fct_beneficiaries' as fact_table,
        {{ grain_key(beneficiaries_grain) }} as fact_id,
        case
            when measure = 'benefit_paid' then 'amount_paid'
            when unit = 'household' then 'households'
            when unit = 'person_time' then 'person_times'
            else 'persons'
        end as role
    from figures
    where
        (measure = 'benefit_paid' and unit = 'CNY')
        or (measure = 'beneficiaries' and unit in ('person', 'household', 'person_time'))

    union all

    select
        figures.*,
        'fct_subsidy_standards' as fact_table,
        {{ grain_key(standards_grain) }} as fact_id,
        measure as role
    from figures
    where family = 'standards' and unit = 'CNY'

    union all

    select
        figures.*,
        'fct_performance' as fact_table,
        {{ grain_key(performance_grain) }} as fact_id,
        case measure when 'indicator_target' then 'target' when 'indicator_actual' then 'actual' else 'score' end as role
    from figures
    where family = 'performance'

    union all

    select
        figures.*,
        'fct_services' as fact_table,
        {{ grain_key(services_grain) }} as fact_id,
        'quantity' as role
    from figures
    where family = 'services'

),

-- A part of the same accounts: the same money, narrowed by source or type. No part is larger than its whole.
largest_parts as (

    select
        is_sample,
        department_id,
        fiscal_year,
        measure,
        stage,
        max(figure_value) as largest_part
    from figures
    where
        family = 'funding' and programme is null and item is null
        and (fund_source is not null or spending_type is not null)
    group by is_sample, department_id, fiscal_year, measure, stage

),

-- 收入总计 and 支出总计 hold the balances carried over, 本年收入合计 does not: two totals, not one stated twice.
with_balances as (

    select distinct figures.figure_id
    from figures
    inner join {{ ref('total_words') }} as total_words
        on
            ends_with(
                coalesce(
                    regexp_replace(figures.row_label, '[\s0-9（）()]', '', 'g'),
                    regexp_replace(split_part(figures.quote, figures.as_written, 1), '[\s各均为是共达：:]', '', 'g')
                ),
                total_words.word
            )
            and coalesce(figures.document_kind = total_words.document_kind, true)
    where
        figures.measure in ('income', 'expenditure') and figures.programme is null and figures.item is null

),

-- How many people and how much for them stand in one breath: "… 11 078 people …, … 2.5613 million yuan".
beside_payout as (

    select distinct
        people.figure_id as people_figure_id,
        money.figure_id as money_figure_id
    from figures as people
    inner join figures as money
        on
            people.document_id = money.document_id
            and people.programme = money.programme
            and people.fiscal_year = money.fiscal_year
            and people.residence is not distinct from money.residence
            and people.variant is not distinct from money.variant
            and abs(money.ordinal - people.ordinal) <= {{ var('beside_figures') }}
            and coalesce(abs(money.start_character - people.start_character) <= {{ var('beside_characters') }}, true)
    -- People of another programme, or the standard of one age or grade, between the two: then the money is for more than
    -- these people ("137 orphans and 290 de facto orphans were paid …", "100 yuan for each centenarian; the year's allowance …").
    left join figures as between_them
        on
            people.document_id = between_them.document_id
            and between_them.ordinal between least(people.ordinal, money.ordinal) + 1
            and greatest(people.ordinal, money.ordinal) - 1
            and (
                (
                    between_them.measure = 'beneficiaries' and between_them.unit = 'person'
                    and between_them.programme is distinct from people.programme
                )
                or (between_them.family = 'standards' and between_them.variant is not null and people.variant is null)
            )
    where people.measure = 'beneficiaries' and money.measure = 'benefit_paid' and between_them.figure_id is null

),

beside as (

    select people_figure_id as figure_id from beside_payout
    union
    select money_figure_id as figure_id from beside_payout

),

kind_ranks as (

    select * from {{ ref('document_kind_ranks') }}

),

source_ranks as (

    select * from {{ ref('source_classes') }}

)

select
    stated.fact_table,
    stated.fact_id,
    stated.role,
    stated.figure_id,
    stated.document_id,
    stated.ordinal,
    stated.is_sample,
    stated.department_id,
    stated.fiscal_year,
    stated.document_fiscal_year,
    stated.family,
    stated.measure,
    stated.stage,
    stated.fund_source,
    stated.spending_type,
    stated.programme,
    stated.item,
    stated.account_code,
    stated.residence,
    stated.care,
    stated.variant,
    stated.first_month,
    stated.last_month,
    stated.effective_from,
    stated.bound,
    stated.is_average,
    stated.is_floor,
    stated.payment,
    stated.per,
    stated.performance_kind,
    stated.indicator,
    stated.plan,
    stated.unit,
    stated.qualifier,
    stated.figure_value,
    stated.half_unit,
    -- A yearly standard and its monthly form are the same fact in two units.
    stated.figure_value * stated.to_comparable as comparable_value,
    stated.half_unit * stated.to_comparable as comparable_half_unit,
    -- What speaks for a statement, the least first; int_ranked_statements says in which order.
    coalesce(
        stated.family = 'funding' and stated.programme is null and stated.item is null and stated.fund_source is null
        and stated.spending_type is null and stated.figure_value + stated.half_unit < largest_parts.largest_part,
        false
    ) as is_below_parts,
    with_balances.figure_id is not null as is_with_balances,
    stated.document_kind,
    kind_ranks.sort_order as document_kind_rank,
    coalesce(stated.document_fiscal_year <> stated.fiscal_year, false) as is_other_year,
    coalesce(stated.document_fiscal_year > stated.fiscal_year, false) as is_restatement,
    case when stated.family = 'standards' then stated.last_month end as level_month,
    stated.family = 'beneficiaries' and beside.figure_id is null as is_away_from_payout,
    accounts.ways_it_adds_up,
    coalesce(stated.layout, 'unsaid') <> 'table' as is_not_in_table,
    stated.written_digits,
    source_ranks.trust_order,
    stated.confidence
from stated
left join largest_parts
    on
        stated.family = 'funding'
        and {{ same_department_year('stated', 'largest_parts') }}
        and stated.measure = largest_parts.measure
        and stated.stage is not distinct from largest_parts.stage
left join with_balances on stated.figure_id = with_balances.figure_id
left join beside on stated.figure_id = beside.figure_id
left join {{ ref('int_accounts_that_add_up') }} as accounts on stated.figure_id = accounts.figure_id
left join kind_ranks on stated.document_kind = kind_ranks.document_kind
left join source_ranks on stated.source_class = source_ranks.source_class
