-- Columns of a table against their total row, and a balance left against the budget and the spending beside it.
-- One row per total cell, and per balance.
with

figures as (

    select * from {{ ref('int_figures') }}
    where department_id is not null and fiscal_year is not null and family = 'funding' and unit = 'CNY'

),

cells as (

    select
        *,
        {{ grain_key(['document_id', 'fiscal_year', 'measure', 'stage', 'column_header']) }} as column_id,
        coalesce(regexp_matches(row_label, '合计|总计'), item is null and programme is null and fund_source is null) as is_total
    from figures
    where
        layout = 'table' and column_header is not null
        -- A row that is a part of the row above it is not a further part of the total.
        and coalesce(not regexp_matches(row_label, '^其中'), true)
        and coalesce(spending_type not in ('personnel', 'operating'), true)

),

blocks as (

    select
        *,
        sum(cast(is_total as integer)) over (partition by column_id order by ordinal, figure_id rows unbounded preceding)
            as block
    from cells

),

sums as (

    select
        column_id,
        block,
        count(*) as part_count,
        sum(figure_value) as part_sum,
        sum(half_unit) as half_units,
        list(figure_id order by ordinal) as figure_ids
    from blocks
    where not is_total
    group by column_id, block
    having count(*) >= 2

),

-- The total stands below its rows or above them.
totals as (

    select
        blocks.*,
        sums.part_sum,
        sums.part_count,
        blocks.half_unit + sums.half_units as tolerance,
        list_concat(sums.figure_ids, [blocks.figure_id]) as figure_ids,
        abs(sums.part_sum - blocks.figure_value) <= blocks.half_unit + sums.half_units as fits
    from blocks
    inner join sums on blocks.column_id = sums.column_id and sums.block in (blocks.block - 1, blocks.block)
    where blocks.is_total
    qualify
        row_number() over (partition by blocks.figure_id order by fits desc, abs(sums.part_sum - blocks.figure_value) asc) = 1

),

-- Where a single row makes the whole difference, it is a part of another row that its words do not show as one.
nested as (

    select distinct totals.figure_id
    from totals
    inner join blocks
        on
            list_contains(totals.figure_ids, blocks.figure_id)
            and totals.column_id = blocks.column_id
            and not blocks.is_total
            and abs(totals.part_sum - totals.figure_value - blocks.figure_value) <= totals.tolerance
    where not totals.fits

),

balances as (

    select
        balances.*,
        budgets.figure_value - spendings.figure_value as difference,
        balances.half_unit + budgets.half_unit + spendings.half_unit as tolerance,
        [balances.figure_id, budgets.figure_id, spendings.figure_id] as figure_ids,
        abs(balances.figure_value - (budgets.figure_value - spendings.figure_value))
        <= balances.half_unit + budgets.half_unit + spendings.half_unit as fits
    from figures as balances
    {% for alias, measure in [('budgets', 'budget'), ('spendings', 'expenditure')] -%}
        inner join figures as {{ alias }}
            on
                balances.document_id = {{ alias }}.document_id
                and balances.fiscal_year = {{ alias }}.fiscal_year
                and balances.spending_type is not distinct from {{ alias }}.spending_type
                and balances.fund_source is not distinct from {{ alias }}.fund_source
                and {{ alias }}.measure = '{{ measure }}'
                and {{ alias }}.ordinal between balances.ordinal - {{ var('rate_reach') }} and balances.ordinal - 1
    {% endfor -%}
    where
        balances.measure = 'carryover'
        and contains(concat_ws(' ', balances.item, balances.column_header), '结余')
    qualify
        row_number() over (
            partition by balances.figure_id
            order by fits desc, spendings.ordinal desc, budgets.ordinal desc, budgets.figure_id asc, spendings.figure_id asc
        ) = 1

)

select
    'rows_add_up' as identity,
    is_sample,
    department_id,
    fiscal_year,
    document_id,
    programme,
    format('{}：{} 行之和', column_header, part_count) as left_label,
    part_sum as left_value,
    coalesce(row_label, '合计') as right_label,
    figure_value as right_value,
    unit,
    tolerance,
    'equal' as relation,
    fits
    -- Rows may have gone unread, so that a sum below the total says nothing; a sum above it cannot be.
    or (
        nested.figure_id is null
        and part_sum > figure_value
        and part_sum - figure_value <= {{ var('same_thing_share') }} * figure_value
    )
        as is_computable,
    figure_ids
from totals
left join nested on totals.figure_id = nested.figure_id

union all

select
    'balance_left' as identity,
    is_sample,
    department_id,
    fiscal_year,
    document_id,
    programme,
    coalesce(item, column_header) as left_label,
    figure_value as left_value,
    '预算 − 支出' as right_label,
    difference as right_value,
    unit,
    tolerance,
    'equal' as relation,
    fits or abs(figure_value - difference) <= {{ var('same_thing_share') }} * abs(difference) as is_computable,
    figure_ids
from balances
