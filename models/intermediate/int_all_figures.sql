-- Figures of current documents with department, written precision and, where a note tells them, variant and months.
-- Declared corrections are applied here and say so; what was read stays in value_as_read.
-- One row per figure.
with

documents as (

    select * from {{ ref('stg_raw__documents') }} where is_current

),

figures as not materialized (

    select * from {{ ref('int_reviewed_figures') }}

),

department_names as (

    select * from {{ ref('int_department_names') }}

),

notes as (

    select * from {{ ref('int_notes') }}

),

quote_periods as (

    select * from {{ ref('int_quote_periods') }}

),

measures as (

    select * from {{ ref('measures') }}

),

corrections as (

    select * from {{ ref('figure_corrections') }}

),

reviews as (

    select * from {{ ref('int_reviews') }} where state = 'in_force'

),

-- A rate in a table is that of its row's line (感染楼: 1 290, 1 152, 89.30 %), not the department's.
row_items as (

    select
        figures.document_id,
        figures.row_label,
        min(figures.item) as item
    from figures
    inner join measures on figures.measure = measures.measure and measures.family = 'funding'
    where figures.layout = 'table' and figures.row_label is not null
    group by figures.document_id, figures.row_label
    having count(*) = count(figures.item) and min(figures.item) = max(figures.item)

),

joined as not materialized (

    select
        figures.* exclude (figure_value, item),
        coalesce(figures.item, row_items.item) as item,
        figures.figure_value as value_as_read,
        -- A reviewer who corrects or rejects a figure has seen what was declared about it before.
        case
            when reviews.action = 'correct' then coalesce(reviews.corrected_value, figures.figure_value)
            when corrections.action = 'set_value' then corrections.corrected_value
            else figures.figure_value
        end as figure_value,
        case
            when reviews.action in ('correct', 'reject') then reviews.action = 'reject'
            else coalesce(corrections.action = 'reject', false)
        end as is_rejected,
        case when reviews.action in ('correct', 'reject') then reviews.reason else corrections.reason end
            as correction_reason,
        reviews.action as review_action,
        reviews.review_id,
        department_names.department_id,
        measures.family,
        documents.fiscal_year as document_fiscal_year,
        documents.document_kind,
        documents.source_class,
        coalesce(documents.source_class = 'sample', false) as is_sample,
        {{ number_as_written('figures.as_written') }} as number_as_written,
        coalesce(notes.first_month, quote_periods.first_month) as first_month,
        coalesce(notes.last_month, quote_periods.last_month) as last_month,
        notes.effective_from,
        coalesce(figures.variant, notes.variant) as variant_known,
        coalesce(notes.is_average, false) as is_average,
        coalesce(notes.is_floor, false) as is_floor
    from figures
    inner join documents on figures.document_id = documents.document_id
    left join measures on figures.measure = measures.measure
    -- A correction names the value that it expects to find: another reading is not what was corrected.
    left join corrections
        on
            figures.document_id = corrections.document_id
            and figures.measure = corrections.measure
            and figures.as_written = corrections.as_written
            and figures.figure_value = corrections.expected_value
    left join reviews on figures.figure_id = reviews.figure_id
    left join department_names
        on
            coalesce(figures.department_as_written, documents.department_as_written) = department_names.department_as_written
            and coalesce(figures.place_name_as_written, documents.place_name_as_written)
            is not distinct from department_names.place_name_as_written
            and coalesce(figures.place_code_as_written, documents.place_code_as_written)
            is not distinct from department_names.place_code_as_written
    left join notes on figures.note = notes.note
    left join quote_periods on figures.figure_id = quote_periods.figure_id
    left join row_items
        on
            figures.measure = 'execution_rate' and figures.layout = 'table'
            and figures.document_id = row_items.document_id
            and figures.row_label = row_items.row_label

),

-- A report that tells a line's code in one table means the same line where it tells the name alone; of two lines of one name
-- (行政运行 of two offices) only the code tells which is meant.
line_codes as (

    select
        is_sample,
        department_id,
        item,
        min(variant) as account_code
    from joined
    where family = 'funding' and item is not null and regexp_matches(variant, '^[0-9]{3,7}$')
    group by is_sample, department_id, item
    having min(variant) = max(variant)

),

measured as (

    select
        joined.*,
        case
            when joined.family = 'funding' or joined.measure = 'execution_rate'
                then
                    coalesce(
                        case when regexp_matches(joined.variant, '^[0-9]{3,7}$') then joined.variant end,
                        line_codes.account_code
                    )
        end as account_code,
        {{ written_multiplier('joined.value_as_read', 'joined.number_as_written', 'joined.as_written') }} as multiplier,
        case joined.qualifier when 'at_least' then 'at_least' when 'at_most' then 'at_most' end as bound
    from joined
    left join line_codes
        on
            joined.is_sample = line_codes.is_sample
            and joined.department_id = line_codes.department_id
            and joined.item = line_codes.item

)

select
    figure_id,
    document_id,
    ordinal,
    file,
    department_id,
    department_as_written,
    fiscal_year,
    family,
    measure,
    programme,
    residence,
    care,
    fund_source,
    spending_type,
    stage,
    indicator,
    figure_value,
    value_as_read,
    is_rejected,
    correction_reason,
    review_action,
    review_id,
    unit,
    per,
    qualifier,
    bound,
    as_written,
    quote,
    start_character,
    end_character,
    page,
    confidence,
    -- Money of a named line or of some months only is never the whole of the department's year.
    case
        when family = 'funding'
            then coalesce(
                    item,
                    nullif(
                        concat_ws(
                            '; ',
                            variant_known,
                            case when last_month is not null then format('months {} to {}', first_month, last_month) end
                        ),
                        ''
                    )
                )
        else item
    end as item,
    account_code,
    case when family = 'funding' then variant else variant_known end as variant,
    layout,
    row_label,
    column_header,
    note,
    stated_confidence,
    first_month,
    last_month,
    effective_from,
    is_average,
    is_floor,
    document_fiscal_year,
    document_kind,
    source_class,
    is_sample,
    multiplier,
    -- Half of the last written digit: 1.46亿元 is within 500 000 yuan of the truth, two decimals in 万元 within 50 yuan.
    0.5 * multiplier / power(10, length(coalesce(nullif(regexp_extract(number_as_written, '[.]([0-9]+)', 1), ''), '')))
        as half_unit,
    length(ltrim(replace(number_as_written, '.', ''), '0')) as written_digits
from measured
