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

-- Standards of all grades, ages and areas of a programme: a payout lies between the lowest and the highest of them.
spans as (

    select
        is_sample,
        department_id,
        fiscal_year,
        programme,
        min(standard_cny_per_month) as lowest,
        max(standard_cny_per_month) as highest,
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
        -- What is paid to people in Tekun holds the nursing money too, unless the report says it apart.
        spans.highest + case when beneficiaries.programme = 'tekun' then nursing.highest else 0 end as highest,
        spans.highest as highest_alone,
        spans.lowest_figure_id,
        spans.highest_figure_id
    from beneficiaries
    inner join spans
        on
            beneficiaries.is_sample = spans.is_sample
            and beneficiaries.department_id = spans.department_id
            and beneficiaries.fiscal_year = spans.fiscal_year
            and beneficiaries.programme = spans.programme
    left join spans as nursing
        on
            beneficiaries.is_sample = nursing.is_sample
            and beneficiaries.department_id = nursing.department_id
            and beneficiaries.fiscal_year = nursing.fiscal_year
            and nursing.programme = 'tekun_nursing'

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

    select
        'tekun_to_dibao' as identity,
        tekun.is_sample,
        tekun.department_id,
        tekun.fiscal_year,
        tekun.programme,
        '特困标准' as left_label,
        tekun.standard_cny_per_month as left_value,
        '低保标准×省定倍数' as right_label,
        dibao.standard_cny_per_month as base_value,
        tekun.province_code,
        [tekun.standard_figure_id, dibao.standard_figure_id] as figure_ids
    from plain as tekun
    inner join plain as dibao
        on
            tekun.is_sample = dibao.is_sample
            and tekun.department_id = dibao.department_id
            and tekun.fiscal_year = dibao.fiscal_year
            and tekun.residence is not distinct from dibao.residence
            and dibao.programme = 'dibao'
    where tekun.programme = 'tekun'

    union all

    select
        'rural_to_urban' as identity,
        rural.is_sample,
        rural.department_id,
        rural.fiscal_year,
        rural.programme,
        '农村低保标准' as left_label,
        rural.standard_cny_per_month as left_value,
        '城镇低保标准×省定比例' as right_label,
        urban.standard_cny_per_month as base_value,
        rural.province_code,
        [rural.standard_figure_id, urban.standard_figure_id] as figure_ids
    from plain as rural
    inner join plain as urban
        on
            rural.is_sample = urban.is_sample
            and rural.department_id = urban.department_id
            and rural.fiscal_year = urban.fiscal_year
            and urban.programme = 'dibao'
            and urban.residence = 'urban'
    where rural.programme = 'dibao' and rural.residence = 'rural'

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

select
    'payout_within_standard' as identity,
    is_sample,
    department_id,
    fiscal_year,
    null as document_id,
    programme,
    '发放额' as left_label,
    amount_paid_cny as left_value,
    '人数×最高月标准×月数' as right_label,
    person_months * coalesce(highest, highest_alone) as right_value,
    'CNY' as unit,
    0.05 * person_months * coalesce(highest, highest_alone) as tolerance,
    'at_most' as relation,
    -- Without the nursing standard, more than the living standard alone is no contradiction.
    highest is not null or amount_paid_cny <= person_months * highest_alone as is_computable,
    [amount_paid_figure_id, divisor_figure_id, highest_figure_id] as figure_ids
from payouts

union all

select
    'payout_above_lowest' as identity,
    is_sample,
    department_id,
    fiscal_year,
    null as document_id,
    programme,
    '发放额' as left_label,
    amount_paid_cny as left_value,
    '人数×最低月标准×月数' as right_label,
    person_months * lowest as right_value,
    'CNY' as unit,
    0.5 * person_months * lowest as tolerance,
    'at_least' as relation,
    true as is_computable,
    [amount_paid_figure_id, divisor_figure_id, lowest_figure_id] as figure_ids
from payouts
-- Dibao and its edge pay the gap to the line, which may be any part of it.
where programme not in ('dibao', 'dibao_edge')

union all

select
    'payout_near_top_up' as identity,
    beneficiaries.is_sample,
    beneficiaries.department_id,
    beneficiaries.fiscal_year,
    null as document_id,
    beneficiaries.programme,
    '人均月发放' as left_label,
    beneficiaries.amount_per_person_month_cny as left_value,
    '补差水平' as right_label,
    standards.top_up_cny_per_month as right_value,
    'CNY' as unit,
    0.1 * standards.top_up_cny_per_month as tolerance,
    'equal' as relation,
    true as is_computable,
    [beneficiaries.amount_paid_figure_id, beneficiaries.divisor_figure_id, standards.top_up_figure_id] as figure_ids
from beneficiaries
inner join standards
    on
        beneficiaries.is_sample = standards.is_sample
        and beneficiaries.department_id = standards.department_id
        and beneficiaries.fiscal_year = standards.fiscal_year
        and beneficiaries.programme = standards.programme
        and beneficiaries.residence is not distinct from standards.residence
        and beneficiaries.care is not distinct from standards.care
        and standards.variant is null
        and standards.top_up_cny_per_month is not null
-- The top-up is a year's or a month's mean; that of some other months need not be near it.
where beneficiaries.months_covered = 12

union all

select
    'top_up_below_standard' as identity,
    is_sample,
    department_id,
    fiscal_year,
    null as document_id,
    programme,
    '补差水平' as left_label,
    top_up_cny_per_month as left_value,
    '标准' as right_label,
    standard_cny_per_month as right_value,
    'CNY' as unit,
    0.5 as tolerance,
    'at_most' as relation,
    true as is_computable,
    [top_up_figure_id, standard_figure_id] as figure_ids
from standards
where top_up_cny_per_month is not null and standard_cny_per_month is not null and variant is null and bound is null

union all

select
    'provincial_minimum' as identity,
    is_sample,
    department_id,
    fiscal_year,
    null as document_id,
    programme,
    '标准' as left_label,
    standard_cny_per_month as left_value,
    '省定最低标准' as right_label,
    provincial_minimum_cny_per_month as right_value,
    'CNY' as unit,
    0.5 as tolerance,
    'at_least' as relation,
    true as is_computable,
    [standard_figure_id] as figure_ids
from standards
where provincial_minimum_cny_per_month is not null and standard_cny_per_month is not null

union all

select
    identity,
    is_sample,
    department_id,
    fiscal_year,
    null as document_id,
    programme,
    left_label,
    left_value,
    right_label,
    base_value * ratio as right_value,
    'CNY' as unit,
    0.5 + 0.5 * ratio as tolerance,
    'at_least' as relation,
    true as is_computable,
    figure_ids
from ratio_values

union all

select
    'defacto_equals_orphan' as identity,
    defacto.is_sample,
    defacto.department_id,
    defacto.fiscal_year,
    null as document_id,
    defacto.programme,
    '事实无人抚养儿童标准' as left_label,
    defacto.standard_cny_per_month as left_value,
    '散居孤儿标准' as right_label,
    orphans.standard_cny_per_month as right_value,
    'CNY' as unit,
    0.5 as tolerance,
    'equal' as relation,
    true as is_computable,
    [defacto.standard_figure_id, orphans.standard_figure_id] as figure_ids
from plain as defacto
inner join plain as orphans
    on
        defacto.is_sample = orphans.is_sample
        and defacto.department_id = orphans.department_id
        and defacto.fiscal_year = orphans.fiscal_year
        and orphans.programme = 'orphan'
        and orphans.care = 'home'
where defacto.programme = 'defacto_orphan' and defacto.care is distinct from 'institutional'
