-- Checks (勾稽核对) of identities that a report must obey, those that hold included.
-- One row per check.
with

checks as (

    select * from {{ ref('int_checks') }}

),

identities as (

    select * from {{ ref('identities') }}

),

settled as (

    select
        checks.*,
        identities.severity,
        identities.name_zh,
        identities.name_en,
        checks.left_value - checks.right_value as gap,
        case checks.relation
            when 'equal' then '=' when 'at_most' then '≤' when 'at_least' then '≥' when 'different' then '≠'
        end as sign
    from checks
    left join identities on checks.identity = identities.identity

)

select
    check_id as reconciliation_id,
    identity,
    document_id,
    department_id,
    fiscal_year,
    programme,
    left_label,
    left_value,
    right_label,
    right_value,
    unit,
    gap,
    tolerance,
    severity,
    relation,
    verdict,
    case verdict
        when 'not_computable' then format('{}：{} {}，没有可供复算的数据', name_zh, left_label, {{ number_for_text('left_value') }})
        else
            format(
                '{}：{} {} 应 {} {} {}，差 {}，容差 {}',
                name_zh, left_label, {{ number_for_text('left_value') }}, sign, right_label, {{ number_for_text('right_value') }},
                {{ number_for_text('gap') }}, {{ number_for_text('tolerance') }}
            )
    end as explanation_zh,
    case verdict
        when
            'not_computable'
            then format('{}: {} {}; nothing to recompute it from', name_en, left_label, {{ number_for_text('left_value') }})
        else
            format(
                '{}: {} {} should be {} {} {}; gap {}, tolerance {}',
                name_en, left_label, {{ number_for_text('left_value') }}, sign, right_label, {{ number_for_text('right_value') }},
                {{ number_for_text('gap') }}, {{ number_for_text('tolerance') }}
            )
    end as explanation_en,
    figure_ids,
    is_sample
from settled
