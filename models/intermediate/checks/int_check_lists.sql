-- A number and the parts that its own clause lists behind it: "2 290 nursing beds (public 1 204, private 986)".
-- One row per list.
with

figures as (

    select
        *,
        regexp_replace(quote, '\s', '', 'g') as squeezed_quote,
        regexp_replace(as_written, '\s', '', 'g') as squeezed_number
    from {{ ref('int_figures') }}
    where
        department_id is not null and fiscal_year is not null and start_character is not null
        and layout is distinct from 'table'
        and (family = 'funding' or measure in ('beneficiaries', 'benefit_paid', 'facilities', 'beds', 'cases'))

),

linked as (

    select
        *,
        lag(figure_id) over in_document as previous_figure_id,
        lag(squeezed_number) over in_document as previous_number,
        coalesce(
            lag(measure) over in_document = measure
            and lag(unit) over in_document = unit
            and lag(fiscal_year) over in_document = fiscal_year
            and start_character - lag(end_character) over in_document between 0 and 30,
            false
        ) as is_near
    from figures
    window in_document as (partition by document_id order by start_character, ordinal)

),

-- What stands between two numbers of one clause says whether the second is a part, a further part, or something else.
between_numbers as (

    select
        *,
        case
            when is_near and instr(squeezed_quote, previous_number) > 0
                then
                    regexp_extract(
                        substr(squeezed_quote, instr(squeezed_quote, previous_number) + length(previous_number)),
                        '^[^0-9０-９。；;]{0,30}'
                    )
        end as gap
    from linked

),

marked as (

    select
        *,
        coalesce(regexp_matches(gap, '其中|[（(：:]'), false) as begins_list,
        coalesce(not regexp_matches(gap, '[）)]') and regexp_matches(gap, '^[，,、和及与]'), false) as goes_on
    from between_numbers

),

runs as (

    select
        *,
        sum(cast(begins_list or not goes_on as integer)) over (
            partition by document_id order by start_character, ordinal rows unbounded preceding
        ) as run
    from marked

),

lists as (

    select
        document_id,
        run,
        arg_min(previous_figure_id, ordinal) as whole_figure_id,
        bool_or(begins_list) as is_list,
        count(*) as part_count,
        sum(figure_value) as part_sum,
        sum(half_unit) as half_units,
        max(figure_value) as largest_part,
        string_agg(squeezed_number, ' + ' order by ordinal) as left_label,
        string_agg(gap, ' ' order by ordinal) as words,
        list(figure_id order by ordinal) as part_figure_ids
    from runs
    group by document_id, run
    having bool_or(begins_list) and count(*) >= 2

),

pairs as (

    select * from {{ ref('complementary_words') }}

),

complete as (

    select distinct
        lists.document_id,
        lists.run
    from lists
    inner join pairs on contains(lists.words, pairs.word) and contains(lists.words, pairs.complement)
    where lists.part_count = 2

)

select
    'parts_in_sentence' as identity,
    wholes.is_sample,
    wholes.department_id,
    wholes.fiscal_year,
    wholes.document_id,
    wholes.programme,
    lists.left_label,
    lists.part_sum as left_value,
    wholes.squeezed_number as right_label,
    wholes.figure_value as right_value,
    wholes.unit,
    lists.half_units + wholes.half_unit as tolerance,
    case when complete.run is not null then 'equal' else 'at_most' end as relation,
    true as is_computable,
    list_concat(lists.part_figure_ids, [lists.whole_figure_id]) as figure_ids
from lists
inner join figures as wholes on lists.whole_figure_id = wholes.figure_id
left join complete on lists.document_id = complete.document_id and lists.run = complete.run
-- Parts of a person's or a household's count may overlap (有的人既…又…); a part larger than its whole is no part.
where lists.largest_part <= wholes.figure_value + wholes.half_unit
