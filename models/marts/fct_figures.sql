-- Figures (数据) with their meaning and their evidence.
-- One row per figure of a current document.
with

figures as (

    select * from {{ ref('int_all_figures') }}

),

measures as (

    select * from {{ ref('measures') }}

),

programmes as (

    select * from {{ ref('programmes') }}

)

select
    figures.figure_id,
    figures.document_id,
    figures.department_id,
    figures.file,
    figures.department_as_written as department,
    figures.fiscal_year,
    figures.family,
    figures.measure,
    measures.name_zh as measure_zh,
    measures.name_en as measure_en,
    figures.programme,
    programmes.name_zh as programme_zh,
    programmes.name_en as programme_en,
    figures.residence,
    figures.care,
    figures.fund_source,
    figures.spending_type,
    figures.stage,
    figures.indicator,
    figures.figure_value as value,
    figures.value_as_read,
    figures.is_rejected,
    figures.correction_reason,
    figures.review_action,
    figures.review_id,
    figures.unit,
    figures.per,
    figures.qualifier,
    figures.as_written as raw,
    figures.quote,
    figures.start_character as start,
    figures.end_character as "end",
    figures.page,
    figures.confidence,
    figures.item,
    figures.variant,
    figures.layout,
    figures.row_label,
    figures.column_header,
    figures.ordinal,
    figures.note,
    figures.stated_confidence,
    figures.first_month,
    figures.last_month,
    figures.effective_from,
    figures.half_unit as written_precision,
    figures.is_sample
from figures
left join measures on figures.measure = measures.measure
left join programmes on figures.programme = programmes.programme
-- A department's rows lie together: a question about one reads a part of the file, not all of it.
order by figures.department_id, figures.fiscal_year, figures.document_id, figures.ordinal
