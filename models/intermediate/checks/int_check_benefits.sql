-- People, payouts, standards and top-ups of one department's year against each other and against what the province sets.
-- One row per fact and identity.
with

beneficiaries as (

    select
        *,
        amount_paid_cny / amount_per_person_month_cny as person_months
    from {{ ref('int_beneficiaries') }}
    where amount_per_person_month_cny is not null and variant is null and bound is null

),

standards as (

    select * from {{ ref('int_subsidy_standards') }}

),

departments as (

    select * from {{ ref('int_departments') }}

),

places as (

    select * from {{ ref('int_places') }}

),

payment_rules as (

    select * from {{ ref('payment_rules') }}

),

-- Top-ups that a report states for one group: where there are several, each is of a part that its words tell apart.
top_up_statements as (

    select
        fact_id,
        count(distinct comparable_value) as levels
    from {{ ref('int_ranked_statements') }}
    where fact_table = 'fct_subsidy_standards' and role = 'top_up'
    group by fact_id

),

-- Standards of all grades, ages and areas of a programme: a payout lies between the lowest and the highest of them.
spans as (

    select
        is_sample,
        department_id,
        fiscal_year,
        programme,
        min(standard_cny_per_month) as lowest,
        max(standard_cny_per_month) as highest,
        count(distinct standard_cny_per_month) as levels,
        arg_min(standard_figure_id, standard_cny_per_month) as lowest_figure_id,
        arg_max(standard_figure_id, standard_cny_per_month) as highest_figure_id
    from standards
    where standard_cny_per_month is not null and programme is not null
    group by is_sample, department_id, fiscal_year, programme

),

payouts as (

    select
        beneficiaries.*,
        spans.lowest,
        spans.levels,
        payment_rules.rule,
        -- A month's payout is held to its standard, a year's only within joiners, leavers and arrears.
        beneficiaries.months_covered = 1
        and (
            (payment_rules.rule = 'flat' and spans.levels = 1) or (payment_rules.rule = 'graded' and spans.levels >= 2)
        ) as is_exact,
        -- What is paid to people in Tekun holds the nursing money too, unless the report says it apart.
        spans.highest + case when beneficiaries.programme = 'tekun' then nursing.highest else 0 end as highest,
        spans.highest as highest_alone,
        spans.lowest_figure_id,
        spans.highest_figure_id
    from beneficiaries
    inner join spans
        on
            {{ same_department_year('beneficiaries', 'spans') }}
            and beneficiaries.programme = spans.programme
    left join payment_rules on beneficiaries.programme = payment_rules.programme
    left join spans as nursing
        on
            {{ same_department_year('beneficiaries', 'nursing') }}
            and nursing.programme = 'tekun_nursing'

),

-- Where everybody gets one standard, a year's payout of eleven or thirteen months tells of a December that was paid in January.
shifted as (

    select
        payouts.*,
        payouts.amount_per_person_month_cny * payouts.months_covered / payouts.highest_alone as months_paid
    from payouts
    where
        payouts.rule = 'flat' and payouts.levels = 1 and payouts.months_covered = 12
        and abs(abs(months_paid - 12) - 1) <= 0.005 * round(months_paid)

),

-- The province's ratios hold until it sets new ones.
ratios as (

    select
        province_code,
        'rural_to_urban' as identity,
        fiscal_year,
        value
    from {{ ref('minimum_standards') }}
    where measure = 'rural_to_urban_ratio'
    union all
    select
        left(place_code, 2) || '0000' as province_code,
        'tekun_to_dibao' as identity,
        fiscal_year,
        value
    from {{ ref('benefit_standards') }}
    where programme = 'tekun' and unit = 'ratio' and place_code like '%0000'
    union all
    -- Where the province pays both alike, so do its places; elsewhere the two have standards of their own.
    select
        left(alike.place_code, 2) || '0000' as province_code,
        'defacto_equals_orphan' as identity,
        alike.fiscal_year,
        1.0 as value
    from {{ ref('benefit_standards') }} as alike
    inner join {{ ref('benefit_standards') }} as orphans
        on
            alike.place_code = orphans.place_code
            and alike.fiscal_year = orphans.fiscal_year
            and alike.value = orphans.value
            and orphans.programme = 'orphan'
            and orphans.variant = 'community'
    where alike.programme = 'defacto_orphan' and alike.place_code like '%0000'

),

plain as (

    select
        standards.*,
        places.province_code
    from standards
    inner join departments on standards.department_id = departments.department_id
    inner join places on departments.place_code = places.place_code
    where standards.is_headline and standards.standard_cny_per_month is not null

),

-- Half of the last written digit is half a yuan in nearly every standard; a twelfth of a yearly one is finer.
ratio_checks as (

    {% for identity, of, of_label, of_words, base, base_label, base_words in [
        (
            'tekun_to_dibao',
            'tekun', '特困标准', "tekun.programme = 'tekun'",
            'dibao', '低保标准×省定倍数',
            "dibao.programme = 'dibao' and tekun.residence is not distinct from dibao.residence",
        ),
        (
            'rural_to_urban',
            'rural', '农村低保标准', "rural.programme = 'dibao' and rural.residence = 'rural'",
            'urban', '城镇低保标准×省定比例', "urban.programme = 'dibao' and urban.residence = 'urban'",
        ),
        (
            'defacto_equals_orphan',
            'defacto', '事实无人抚养儿童标准',
            "defacto.programme = 'defacto_orphan' and defacto.care is distinct from 'institutional'",
            'orphans', '散居孤儿标准', "orphans.programme = 'orphan' and orphans.care = 'home'",
        ),
    ] -%}
        select
            '{{ identity }}' as identity,
            {{ of }}.is_sample,
            {{ of }}.department_id,
            {{ of }}.fiscal_year,
            {{ of }}.programme,
            '{{ of_label }}' as left_label,
            {{ of }}.standard_cny_per_month as left_value,
            '{{ base_label }}' as right_label,
            {{ base }}.standard_cny_per_month as base_value,
            {{ of }}.province_code,
            [{{ of }}.standard_figure_id, {{ base }}.standard_figure_id] as figure_ids
        from plain as {{ of }}
        inner join plain as {{ base }}
            on {{ same_department_year(of, base) }} and {{ base_words }}
        where {{ of_words }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

ratio_values as (

    select
        ratio_checks.*,
        ratios.value as ratio
    from ratio_checks
    asof inner join ratios
        on
            ratio_checks.identity = ratios.identity
            and ratio_checks.province_code = ratios.province_code
            and ratio_checks.fiscal_year >= ratios.fiscal_year

)

-- A month's money of a programme that pays everybody the same: people times the standard is the amount.
select
    {{ check_columns(
        identity="'persons_times_standard'",
        left_label="'发放额'",
        left_value="amount_paid_cny",
        right_label="'人数×月标准'",
        right_value="person_months * highest",
        tolerance="0.005 * person_months * highest",
        figure_ids="[amount_paid_figure_id, divisor_figure_id, highest_figure_id]",
    ) }}
from payouts
where is_exact and rule = 'flat'

union all

-- A month's money of a graded programme lies between people times the lowest and people times the highest standard.
select
    {{ check_columns(
        identity="'payout_between_grades'",
        left_label="'发放额'",
        left_value="amount_paid_cny",
        right_label="case when amount_paid_cny < person_months * lowest then '人数×最低月标准' else '人数×最高月标准' end",
        right_value="case when amount_paid_cny < person_months * lowest then person_months * lowest else person_months * highest end",
        tolerance="0.005 * person_months * highest",
        figure_ids="[amount_paid_figure_id, divisor_figure_id, lowest_figure_id, highest_figure_id]",
        relation="case when amount_paid_cny < person_months * lowest then 'at_least' else 'at_most' end",
    ) }}
from payouts
where is_exact and rule = 'graded'

union all

select
    {{ check_columns(
        identity="'payout_within_standard'",
        left_label="'发放额'",
        left_value="amount_paid_cny",
        right_label="'人数×最高月标准×月数'",
        right_value="person_months * coalesce(highest, highest_alone)",
        tolerance="0.05 * person_months * coalesce(highest, highest_alone)",
        figure_ids="[amount_paid_figure_id, divisor_figure_id, highest_figure_id]",
        relation="'at_most'",
        is_computable="(highest is not null and (rule in ('flat', 'gap') or levels >= 2))"
            ~ " or amount_paid_cny <= person_months * highest_alone",
    ) }}
-- Without the nursing standard, or with one grade's alone, more than that standard is no contradiction.
from payouts
anti join shifted on payouts.beneficiaries_id = shifted.beneficiaries_id
where rule is not null and not is_exact

union all

-- Neither a contradiction nor nothing: the payout agrees with its standard over the months that were paid.
select
    {{ check_columns(
        identity="'payments_shifted'",
        left_label="'发放额'",
        left_value="amount_paid_cny",
        right_label="format('人数×月标准×{:d}个月', cast(round(months_paid) as integer))",
        right_value="person_months / months_covered * highest_alone * round(months_paid)",
        tolerance="0.005 * person_months / months_covered * highest_alone * round(months_paid)",
        figure_ids="[amount_paid_figure_id, divisor_figure_id, highest_figure_id]",
    ) }}
from shifted

union all

select
    {{ check_columns(
        identity="'payout_above_lowest'",
        left_label="'发放额'",
        left_value="amount_paid_cny",
        right_label="'人数×最低月标准×月数'",
        right_value="person_months * lowest",
        tolerance="0.5 * person_months * lowest",
        figure_ids="[amount_paid_figure_id, divisor_figure_id, lowest_figure_id]",
        relation="'at_least'",
        is_computable="rule = 'flat' or levels >= 2 or amount_paid_cny >= 0.5 * person_months * lowest",
    ) }}
from payouts
-- Dibao and its edge pay the gap to the line, which may be any part of it.
where rule in ('flat', 'graded') and not is_exact

union all

select
    {{ check_columns(
        identity="'payout_near_top_up'",
        left_label="'人均月发放'",
        left_value="beneficiaries.amount_per_person_month_cny",
        right_label="'补差水平'",
        right_value="standards.top_up_cny_per_month",
        tolerance="0.1 * standards.top_up_cny_per_month",
        figure_ids="[beneficiaries.amount_paid_figure_id, beneficiaries.divisor_figure_id, standards.top_up_figure_id]",
        is_computable="top_up_statements.levels = 1 and beneficiaries.amount_per_person_month_cny"
            ~ " between standards.top_up_cny_per_month / " ~ var('slip_factor') ~ " and standards.top_up_cny_per_month * "
            ~ var('slip_factor'),
        of="beneficiaries",
    ) }}
-- Further off, the top-up is that of another group or of some months.
from beneficiaries
inner join standards
    on
        {{ same_department_year('beneficiaries', 'standards') }}
        and beneficiaries.programme = standards.programme
        and beneficiaries.residence is not distinct from standards.residence
        and beneficiaries.care is not distinct from standards.care
        and standards.variant is null
        and standards.top_up_cny_per_month is not null
left join top_up_statements on standards.standard_id = top_up_statements.fact_id
-- The top-up is a year's or a month's mean; that of some other months need not be near it.
where beneficiaries.months_covered = 12

union all

select
    {{ check_columns(
        identity="'top_up_below_standard'", left_label="'补差水平'", left_value="top_up_cny_per_month", right_label="'标准'",
        right_value="standard_cny_per_month", tolerance="0.5", figure_ids="[top_up_figure_id, standard_figure_id]",
        relation="'at_most'",
    ) }}
from standards
where top_up_cny_per_month is not null and standard_cny_per_month is not null and variant is null and bound is null

union all

select
    {{ check_columns(
        identity="'provincial_minimum'", left_label="'标准'", left_value="standard_cny_per_month", right_label="'省定最低标准'",
        right_value="provincial_minimum_cny_per_month", tolerance="0.5", figure_ids="[standard_figure_id]",
        relation="'at_least'",
    ) }}
from standards
where provincial_minimum_cny_per_month is not null and standard_cny_per_month is not null

union all

select
    {{ check_columns(
        identity="identity", left_label="left_label", left_value="left_value", right_label="right_label",
        right_value="base_value * ratio", tolerance="0.5 + 0.5 * ratio", figure_ids="figure_ids",
        relation="case when identity = 'defacto_equals_orphan' then 'equal' else 'at_least' end",
    ) }}
from ratio_values
