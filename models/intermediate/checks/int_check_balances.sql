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
        -- Only audited accounts of one book must balance; a self-evaluation may call other money its balance (存量资金).
        incomes.document_kind = 'final_account'
        and incomes.document_id = expenditures.document_id
        and incomes.document_id = opening.document_id
        and incomes.document_id = closing.document_id
        and not incomes.is_with_balances
        and not expenditures.is_with_balances as is_one_book
    from chosen as incomes
    inner join chosen as expenditures
        on
            {{ same_department_year('incomes', 'expenditures') }}
            and incomes.fund_source is not distinct from expenditures.fund_source
            and expenditures.measure = 'expenditure'
    left join chosen as opening
        on
            {{ same_department_year('incomes', 'opening', years_before=1) }}
            and incomes.fund_source is not distinct from opening.fund_source
            and opening.measure = 'carryover'
    left join chosen as closing
        on
            {{ same_department_year('incomes', 'closing') }}
            and incomes.fund_source is not distinct from closing.fund_source
            and closing.measure = 'carryover'
    where incomes.measure = 'income'

),

-- 收入总计 and 支出总计 of one document: what balances are there to make equal.
grand_totals as (

    select
        *,
        row_number() over (
            partition by is_sample, department_id, fiscal_year, document_id, measure, fund_source, spending_type
            order by is_chosen desc, statement_rank asc
        ) as place
    from {{ ref('int_ranked_statements') }}
    where fact_table = 'fct_funding' and is_with_balances and document_fiscal_year = fiscal_year

),

totalled as (

    select distinct document_id from grand_totals

)

select
    {{ check_columns(
        identity="'income_equals_expenditure'",
        left_label="'收入合计'",
        left_value="figure_value",
        right_label="'支出合计'",
        right_value="spent",
        tolerance="half_unit + spent_half_unit",
        figure_ids="[figure_id, spent_figure_id]",
        is_computable="abs(figure_value - spent) <= half_unit + spent_half_unit",
    ) }}
-- Unequal sides are no contradiction as long as carry-over may explain them.
from sides

union all

select
    {{ check_columns(
        identity="'grand_totals_equal'",
        left_label="'收入总计'",
        left_value="incomes.figure_value",
        right_label="'支出总计'",
        right_value="expenditures.figure_value",
        tolerance="incomes.half_unit + expenditures.half_unit",
        figure_ids="[incomes.figure_id, expenditures.figure_id]",
        document_id="incomes.document_id",
        of="incomes",
    ) }}
from grand_totals as incomes
inner join grand_totals as expenditures
    on
        incomes.document_id = expenditures.document_id
        and incomes.department_id = expenditures.department_id
        and incomes.fiscal_year = expenditures.fiscal_year
        and incomes.fund_source is not distinct from expenditures.fund_source
        and incomes.spending_type is not distinct from expenditures.spending_type
        and expenditures.measure = 'expenditure'
        and expenditures.place = 1
where incomes.measure = 'income' and incomes.place = 1

union all

select
    {{ check_columns(
        identity="'balance_carried'",
        left_label="'收入 + 上年结转'",
        left_value="figure_value + opening",
        right_label="'支出 + 年末结转'",
        right_value="spent + closing",
        tolerance="half_unit + spent_half_unit + opening_half_unit + closing_half_unit",
        figure_ids="[figure_id, opening_figure_id, spent_figure_id, closing_figure_id]",
        is_computable="(is_one_book and totalled.document_id is null) or abs(figure_value + opening - spent - closing)"
            ~ " <= half_unit + spent_half_unit + opening_half_unit + closing_half_unit",
    ) }}
-- Where grand totals are told, they are what must be equal: other lines (使用非财政拨款结余, 结余分配) may stand between.
from sides
left join totalled on sides.document_id = totalled.document_id
where opening is not null and closing is not null
