-- Statements of each fact in the order of the ranking rule; the reason names the first point on which a statement loses.
-- The points, in order, are the rows of ranking_reasons. Parts of the accounts go by the order of the report, so that all come
-- from the same account of it; a whole goes by size.
-- One row per fact, role and figure.
{%- set points = [
    ('below_parts', 'cast(is_below_parts as integer)'),
    ('with_balances', 'cast(is_with_balances as integer)'),
    ('document_kind', 'coalesce(document_kind_rank, 9)'),
    ('own_year', 'cast(is_other_year as integer)'),
    ('later_month', '-coalesce(level_month, 0)'),
    ('beside_payout', 'cast(is_away_from_payout as integer)'),
    ('whole_before_part', "case when family = 'beneficiaries' then -figure_value else 0 end"),
    ('adds_up', '-coalesce(ways_it_adds_up, 0)'),
    ('table_before_prose', 'cast(is_not_in_table as integer)'),
    ('stated_more_often', '-times_stated'),
    ('more_digits', '-coalesce(written_digits, 0)'),
    ('source_class', 'coalesce(trust_order, 9)'),
    ('confidence', '-coalesce(confidence, 0)'),
    ('larger', "case when family = 'funding' and coalesce(fund_source, spending_type) is not null then 0 else -comparable_value end"),
    ('first_stated', 'ordinal'),
] %}

{# What a statement brings along unchanged, whether it stands alone or was ranked among several. #}
{%- set carried = [
    'fact_table', 'fact_id', 'role', 'figure_id', 'document_id', 'document_kind', 'ordinal', 'is_sample',
    'department_id', 'fiscal_year', 'document_fiscal_year', 'measure', 'stage', 'fund_source',
    'spending_type', 'programme', 'item', 'account_code', 'residence', 'care', 'variant', 'first_month', 'last_month',
    'effective_from', 'bound', 'is_average', 'is_floor', 'payment', 'per', 'performance_kind', 'indicator',
    'plan', 'unit', 'qualifier', 'figure_value', 'half_unit', 'comparable_value', 'comparable_half_unit',
] %}

with

statements as not materialized (

    select * from {{ ref('int_statements') }}

),

-- Nearly every fact is stated once: there is nothing to rank. Which are not is found by their keys alone.
stated_again as (

    select
        fact_table,
        fact_id,
        role,
        count(*) as statement_count
    from statements
    group by fact_table, fact_id, role
    having count(*) > 1

),

alone as (

    select
        statements.*,
        1 as statement_count
    from statements
    anti join stated_again
        on
            statements.fact_table = stated_again.fact_table
            and statements.fact_id = stated_again.fact_id
            and statements.role = stated_again.role

),

counted as (

    select
        statements.*,
        stated_again.statement_count,
        count(*) over (
            partition by statements.fact_table, statements.fact_id, statements.role, statements.comparable_value
        ) as times_stated
    from statements
    inner join stated_again
        on
            statements.fact_table = stated_again.fact_table
            and statements.fact_id = stated_again.fact_id
            and statements.role = stated_again.role

),

pointed as (

    select
        {% for name, expression in points -%}
            {{ expression }} as {{ name }}_point,
        {% endfor -%}
        counted.*
    from counted

),

ranked as (

    select
        *,
        row_number() over statements_in_order as statement_rank,
        {% for name, expression in points -%}
            first_value({{ name }}_point) over statements_in_order as chosen_{{ name }}_point,
        {% endfor -%}
        first_value(comparable_value) over statements_in_order as chosen_value,
        first_value(comparable_half_unit) over statements_in_order as chosen_half_unit,
        first_value(document_id) over statements_in_order as chosen_document_id,
        first_value(document_fiscal_year) over statements_in_order as chosen_document_fiscal_year,
        first_value(figure_id) over statements_in_order as chosen_figure_id,
        first_value(level_month) over statements_in_order as chosen_level_month,
        first_value(qualifier) over statements_in_order as chosen_qualifier
    from pointed
    window statements_in_order as (
        partition by fact_table, fact_id, role
        order by
            {% for name, expression in points -%}
                {{ name }}_point,
            {% endfor -%}
            document_id, ordinal, figure_id
        rows between unbounded preceding and unbounded following
    )

),

compared as (

    select
        *,
        statement_rank = 1 as is_chosen,
        abs(comparable_value - chosen_value) > 1e-9 * abs(chosen_value) as is_different_value,
        -- "More than 34 million" and 35.4 million do not contradict each other.
        abs(comparable_value - chosen_value) > greatest(
            comparable_half_unit + chosen_half_unit,
            case
                when coalesce(qualifier, 'exact') <> 'exact' or coalesce(chosen_qualifier, 'exact') <> 'exact'
                    then {{ var('same_thing_share') }} * abs(chosen_value)
                else 0
            end
        ) as is_different,
        case
            {% for name, expression in points -%}
                when statement_rank > 1 and is_different_value and {{ name }}_point <> chosen_{{ name }}_point
                    then '{{ name }}'
            {% endfor -%}
            when statement_rank > 1 then 'same_value'
        end as losing_reason
    from ranked

),

explained as (

    select
        *,
        -- The winner's reason is the point on which the best statement of another value loses to it.
        coalesce(
            losing_reason,
            first_value(losing_reason) over (
                partition by fact_table, fact_id, role
                order by not is_different_value, statement_rank
            ),
            'all_agree'
        ) as reason,
        -- A different statement in the same year's documents. Within one report smaller counts are parts, two targets are those
        -- of the year and of the whole period, and parts of the money that lie far apart are of two things.
        is_different and not is_below_parts and not is_restatement
        and is_with_balances = cast(chosen_with_balances_point as boolean)
        and coalesce(level_month, 0) = coalesce(chosen_level_month, 0)
        and (
            document_id <> chosen_document_id
            or (
                family not in ('beneficiaries', 'services') and role <> 'target'
                and (
                    family <> 'funding'
                    or coalesce(programme, item, fund_source, spending_type) is null
                    or abs(comparable_value - chosen_value) <= {{ var('same_thing_share') }} * abs(chosen_value)
                )
            )
        ) as is_dispute,
        is_different and is_restatement and is_with_balances = cast(chosen_with_balances_point as boolean) as is_restating
    from compared

)

select
    {{ carried | join(',\n    ') }},
    statement_rank,
    statement_count,
    is_chosen,
    reason,
    is_different_value,
    is_different,
    is_below_parts,
    is_with_balances,
    is_away_from_payout,
    is_dispute,
    is_restating,
    chosen_value,
    chosen_half_unit,
    chosen_figure_id,
    chosen_document_id,
    chosen_document_fiscal_year,
    bool_or(is_dispute) over (partition by fact_table, fact_id, role) as is_disputed,
    bool_or(is_restating) over (partition by fact_table, fact_id, role) as is_restated,
    bool_or(is_different) over (partition by fact_table, fact_id, role) as has_other_values
from explained

union all

select
    {{ carried | join(',\n    ') }},
    1 as statement_rank,
    statement_count,
    true as is_chosen,
    'only_statement' as reason,
    false as is_different_value,
    false as is_different,
    is_below_parts,
    is_with_balances,
    is_away_from_payout,
    false as is_dispute,
    false as is_restating,
    comparable_value as chosen_value,
    comparable_half_unit as chosen_half_unit,
    figure_id as chosen_figure_id,
    document_id as chosen_document_id,
    document_fiscal_year as chosen_document_fiscal_year,
    false as is_disputed,
    false as is_restated,
    false as has_other_values
from alone
