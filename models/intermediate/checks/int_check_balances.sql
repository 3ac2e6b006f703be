-- Income, expenditure and carry-over of a department's year against each other.
-- One row per department, year, fund source and identity.
with

chosen as (

    select * from {{ ref('int_ranked_statements') }}
    where
        fact_table = 'fct_funding' and is_chosen and item is null and programme is null and spending_type is null
        and (measure = 'carryover' or stage = 'final')

),

sides as (

    select
        incomes.*,
        expenditures.figure_value as spent,
        expenditures.half_unit as spent_half_unit,
        expenditures.figure_id as spent_figure_id,
        opening.figure_value as opening,
        opening.half_unit as opening_half_unit,
        opening.figure_id as opening_figure_id,
        closing.figure_value as closing,
        closing.half_unit as closing_half_unit,
        closing.figure_id as closing_figure_id,
        case when incomes.document_id = expenditures.document_id then incomes.document_id end as common_document_id
    from chosen as incomes
    inner join chosen as expenditures
        on
            incomes.is_sample = expenditures.is_sample
            and incomes.department_id = expenditures.department_id
            and incomes.fiscal_year = expenditures.fiscal_year
            and incomes.fund_source is not distinct from expenditures.fund_source
            and expenditures.measure = 'expenditure'
    left join chosen as opening
        on
            incomes.is_sample = opening.is_sample
            and incomes.department_id = opening.department_id
            and incomes.fiscal_year - 1 = opening.fiscal_year
            and incomes.fund_source is not distinct from opening.fund_source
            and opening.measure = 'carryover'
    left join chosen as closing
        on
            incomes.is_sample = closing.is_sample
            and incomes.department_id = closing.department_id
            and incomes.fiscal_year = closing.fiscal_year
            and incomes.fund_source is not distinct from closing.fund_source
            and closing.measure = 'carryover'
    where incomes.measure = 'income'

)

select
    'income_equals_expenditure' as identity,
    is_sample,
    department_id,
    fiscal_year,
    common_document_id as document_id,
    programme,
    '收入合计' as left_label,
    figure_value as left_value,
    '支出合计' as right_label,
    spent as right_value,
    'CNY' as unit,
    half_unit + spent_half_unit as tolerance,
    'equal' as relation,
    -- Unequal sides are no contradiction as long as carry-over may explain them.
    abs(figure_value - spent) <= half_unit + spent_half_unit as is_computable,
    [figure_id, spent_figure_id] as figure_ids
from sides

union all

select
    'balance_carried' as identity,
    is_sample,
    department_id,
    fiscal_year,
    null as document_id,
    programme,
    '收入 + 上年结转' as left_label,
    figure_value + opening as left_value,
    '支出 + 年末结转' as right_label,
    spent + closing as right_value,
    'CNY' as unit,
    half_unit + spent_half_unit + opening_half_unit + closing_half_unit as tolerance,
    'equal' as relation,
    true as is_computable,
    [figure_id, opening_figure_id, spent_figure_id, closing_figure_id] as figure_ids
from sides
where opening is not null and closing is not null
