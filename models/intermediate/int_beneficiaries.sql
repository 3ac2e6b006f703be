-- Beneficiaries (受益对象) of programmes beside what was paid to them (发放金额).
-- One row per department, year, programme, residence, care, variant, months covered and bound.
with

chosen as (

    select * from {{ ref('int_ranked_statements') }} where fact_table = 'fct_beneficiaries' and is_chosen

),

facts as (

    select
        fact_id,
        department_id,
        fiscal_year,
        programme,
        residence,
        care,
        variant,
        first_month,
        last_month,
        bound,
        is_sample,
        {% for role, column in [
            ('persons', 'persons'), ('households', 'households'), ('person_times', 'person_times'),
            ('amount_paid', 'amount_paid_cny'),
        ] -%}
            max(figure_value) filter (where role = '{{ role }}') as {{ column }},
            max(figure_id) filter (where role = '{{ role }}') as {{ role }}_figure_id,
            max(document_id) filter (where role = '{{ role }}') as {{ role }}_document_id,
            bool_or(is_away_from_payout) filter (where role = '{{ role }}') as is_{{ role }}_away_from_payout,
        {% endfor -%}
        sum(statement_count) as statement_count,
        bool_or(is_restated) as is_restated,
        bool_or(is_disputed) as is_disputed,
        string_agg(role || ': ' || reason, '; ' order by role) as choice_reason
    from chosen
    group by all

),

-- A payout of January to August stands beside the count of the end of August.
counted as (

    select
        facts.*,
        coalesce(facts.persons, counts.persons) as people,
        coalesce(facts.persons_document_id, counts.persons_document_id) as people_document_id,
        coalesce(facts.persons_figure_id, counts.persons_figure_id) as people_figure_id,
        -- Months without a note are the year's: a report of a year tells the year's payments.
        coalesce(facts.last_month - facts.first_month + 1, 12) as months_covered
    from facts
    left join facts as counts
        on
            facts.persons is null
            and facts.first_month < facts.last_month
            and counts.first_month = counts.last_month
            and facts.last_month = counts.last_month
            and {{ same_department_year('facts', 'counts') }}
            and facts.programme is not distinct from counts.programme
            and facts.residence is not distinct from counts.residence
            and facts.care is not distinct from counts.care
            and facts.variant is not distinct from counts.variant
            and facts.bound is not distinct from counts.bound

),

joined as (

    select
        *,
        case
            when amount_paid_cny is null then 'amount_unknown'
            when people is null then 'persons_unknown'
            when people = 0 then 'no_persons'
            when bound is not null then 'range'
            when people_document_id <> amount_paid_document_id then 'other_document'
            -- A count that stands apart from the payout may be another one: newly admitted, visited, transferred. Where both
            -- name their months, they are set side by side by whoever wrote the table.
            when last_month is null and is_persons_away_from_payout then 'not_beside_payout'
        end as amount_per_person_absence
    from counted

)

select
    fact_id as beneficiaries_id,
    department_id,
    fiscal_year,
    programme,
    residence,
    care,
    variant,
    first_month,
    last_month,
    months_covered,
    bound,
    persons,
    households,
    person_times,
    amount_paid_cny,
    case when amount_per_person_absence is null then amount_paid_cny / people / months_covered end
        as amount_per_person_month_cny,
    amount_per_person_absence,
    persons_figure_id,
    case when amount_per_person_absence is null then people_figure_id end as divisor_figure_id,
    households_figure_id,
    person_times_figure_id,
    amount_paid_figure_id,
    cast(statement_count as bigint) as statement_count,
    is_restated,
    is_disputed,
    choice_reason,
    -- The row that stands for the year where one is asked for: no variant, the whole year before the latest months.
    variant is null and bound is null and row_number() over (
        partition by is_sample, department_id, fiscal_year, programme, residence, care
        order by variant is not null, bound is not null, last_month desc nulls first, first_month asc
    ) = 1 as is_headline,
    is_sample
from joined
