-- Columns of a table against their total row, rows against their total column, a total that is printed as 0 over rows that are
-- not, and a balance left against the budget and the spending beside it.
-- One row per total cell and identity, and per balance.
with

figures as (

    select * from {{ ref('int_figures') }}
    where department_id is not null and fiscal_year is not null and family = 'funding' and unit = 'CNY'

),

cells as (

    select
        *,
        {{ grain_key(['document_id', 'fiscal_year', 'measure', 'stage', 'column_header']) }} as column_id,
        coalesce(regexp_matches(row_label, '合计|总计|总额'), item is null and programme is null and fund_source is null) as is_total
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
        max(figure_value) as largest_part,
        arg_max(figure_id, figure_value) as largest_figure_id,
        list(figure_id order by ordinal) as figure_ids
    from blocks
    where not is_total
    group by column_id, block

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
    where blocks.is_total and sums.part_count >= 2
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

-- The rows below a total that calls itself one: it is at least as large as each of them.
parents as (

    select
        blocks.*,
        sums.largest_part,
        sums.largest_figure_id
    from blocks
    inner join sums on blocks.column_id = sums.column_id and blocks.block = sums.block
    where blocks.is_total and regexp_matches(blocks.row_label, '合计|总计|总额')

),

labelled as (

    select
        *,
        lag(row_label) over (partition by document_id order by ordinal, figure_id) as label_before
    from figures
    where layout = 'table' and row_label is not null and column_header is not null

),

-- Cells of one row: a row's label stands with each of them, and another table may use the same label again.
row_cells as (

    select
        *,
        coalesce(regexp_matches(column_header, '合计|总计|小计'), false) as is_total,
        sum(cast(row_label <> coalesce(label_before, '') as integer)) over (
            partition by document_id order by ordinal, figure_id rows unbounded preceding
        ) as row_number_in_document
    from labelled

),

row_sums as (

    select
        document_id,
        row_number_in_document,
        measure,
        stage,
        fiscal_year,
        count(*) as part_count,
        sum(figure_value) as part_sum,
        max(figure_value) as largest_part,
        sum(half_unit) as half_units,
        list(figure_id order by ordinal) as figure_ids,
        list(figure_value) as part_values,
        string_agg(column_header, ' + ' order by ordinal) as left_label
    from row_cells
    where not is_total
    group by all
    having count(*) >= 2

),

row_totals as (

    select
        row_cells.*,
        row_sums.part_sum,
        row_sums.left_label,
        row_cells.half_unit + row_sums.half_units as tolerance,
        list_concat(row_sums.figure_ids, [row_cells.figure_id]) as figure_ids,
        abs(row_sums.part_sum - row_cells.figure_value) <= row_cells.half_unit + row_sums.half_units as fits,
        -- A single column that makes the whole difference is a part of another one.
        list_min(
            list_transform(row_sums.part_values, lambda part: abs(row_sums.part_sum - row_cells.figure_value - part))
        ) <= row_cells.half_unit + row_sums.half_units as is_nested
    from row_cells
    inner join row_sums
        on
            row_cells.document_id = row_sums.document_id
            and row_cells.row_number_in_document = row_sums.row_number_in_document
            and row_cells.measure = row_sums.measure
            and row_cells.stage is not distinct from row_sums.stage
            and row_cells.fiscal_year = row_sums.fiscal_year
    where row_cells.is_total

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
                -- In a sentence the words of the amounts before say what the balance is of.
                and (
                    balances.spending_type is not distinct from {{ alias }}.spending_type
                    or (balances.spending_type is null and balances.layout is distinct from 'table')
                )
                and balances.programme is not distinct from {{ alias }}.programme
                and balances.fund_source is not distinct from {{ alias }}.fund_source
                and {{ alias }}.measure = '{{ measure }}'
                and {{ alias }}.ordinal
                between balances.ordinal
                - case when balances.layout = 'table' then {{ var('rate_reach') }} else {{ var('check_reach') }} end
                and balances.ordinal - 1
    {% endfor -%}
    where
        balances.measure = 'carryover'
        and contains(concat_ws(' ', balances.item, balances.column_header, balances.quote), '结余')
    qualify
        row_number() over (
            partition by balances.figure_id
            order by fits desc, spendings.ordinal desc, budgets.ordinal desc, budgets.figure_id asc, spendings.figure_id asc
        ) = 1

)

select
    {{ check_columns(
        identity="'rows_add_up'",
        left_label="format('{}：{} 行之和', column_header, part_count)",
        left_value="part_sum",
        right_label="coalesce(row_label, '合计')",
        right_value="figure_value",
        tolerance="tolerance",
        figure_ids="figure_ids",
        unit="unit",
        is_computable="fits or (nested.figure_id is null and part_sum > figure_value"
            ~ " and part_sum - figure_value <= " ~ var('same_thing_share') ~ " * figure_value)",
        document_id="document_id",
    ) }}
-- Rows may have gone unread, so that a sum below the total says nothing; a sum above it cannot be.
from totals
left join nested on totals.figure_id = nested.figure_id

union all

select
    {{ check_columns(
        identity="'columns_add_up'",
        left_label="format('{}：{}', row_label, left_label)",
        left_value="part_sum",
        right_label="column_header",
        right_value="figure_value",
        tolerance="tolerance",
        figure_ids="figure_ids",
        unit="unit",
        is_computable="fits or (not is_nested and part_sum > figure_value"
            ~ " and part_sum - figure_value <= " ~ var('same_thing_share') ~ " * figure_value)",
        document_id="document_id",
    ) }}
from row_totals

union all

select
    {{ check_columns(
        identity="'total_not_blank'",
        left_label="format('{}：{}', column_header, row_label)",
        left_value="figure_value",
        right_label="'最大分项'",
        right_value="largest_part",
        tolerance="half_unit",
        figure_ids="[figure_id, largest_figure_id]",
        unit="unit",
        relation="'at_least'",
        is_computable="figure_value = 0 or figure_value >= largest_part",
        document_id="document_id",
    ) }}
-- Larger rows below a total that is not 0 are those of another table.
from parents

union all

select
    {{ check_columns(
        identity="'balance_left'",
        left_label="coalesce(item, column_header, '结余')",
        left_value="figure_value",
        right_label="'预算 − 支出'",
        right_value="difference",
        tolerance="tolerance",
        figure_ids="figure_ids",
        unit="unit",
        is_computable="fits or (layout = 'table' and abs(figure_value - difference) <= "
            ~ var('same_thing_share') ~ " * abs(difference))",
        document_id="document_id",
    ) }}
from balances
