-- Catches: 57 newly admitted people divided into the year's payout of all 6 000, which would publish 64 000 yuan a head.
select
    beneficiaries.beneficiaries_id,
    beneficiaries.amount_per_person_month_cny
from {{ ref('fct_beneficiaries') }} as beneficiaries
inner join {{ ref('fct_figures') }} as people on beneficiaries.divisor_figure_id = people.figure_id
inner join {{ ref('fct_figures') }} as money on beneficiaries.amount_paid_figure_id = money.figure_id
where
    beneficiaries.amount_per_person_month_cny is not null
    and (
        people.document_id <> money.document_id
        or people.programme is distinct from money.programme
        or people.last_month is distinct from money.last_month
        or abs(people."start" - money."start") > 2 * {{ var('beside_characters') }}  -- noqa: RF06
    )
