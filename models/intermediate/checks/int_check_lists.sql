-- A number and the parts that its own clause lists with it: "2 290 nursing beds (public 1 204, private 986)", or the parts first
-- and their sum behind them: "…, three kinds of money, 3 451.45 in all".
-- One row per list.
with

figures as (

    select * from {{ ref('int_figures') }}
    where
        department_id is not null and fiscal_year is not null
        and (family = 'funding' or measure in ('beneficiaries', 'benefit_paid', 'facilities', 'beds', 'cases'))

),

surroundings as (

    select * from {{ ref('int_figure_surroundings') }}

),

linked as (

    select
        figures.*,
        surroundings.sentence,
        surroundings.words_before,
        surroundings.previous_figure_id,
        coalesce(
            previous.measure = figures.measure and previous.unit = figures.unit and previous.fiscal_year = figures.fiscal_year
            and length(surroundings.words_before) <= {{ var('list_gap') }},
            false
        ) as is_near
    from figures
    inner join surroundings on figures.figure_id = surroundings.figure_id
    left join figures as previous on surroundings.previous_figure_id = previous.figure_id

),

-- What stands between two numbers of one clause says whether the second is a part, a further part, or something else.
marked as (

    select
        *,
        is_near and coalesce(regexp_matches(words_before, '^[^。；;0-9０-９]*(其中|[（(：:])[^。；;0-9０-９]*$'), false) as begins_list,
        is_near and coalesce(regexp_matches(words_before, '^[，,、和及与][^）)。；;0-9０-９]*$'), false) as goes_on
    from linked

),

runs as (

    select
        *,
        sum(cast(begins_list or not goes_on as integer)) over (
            partition by document_id order by start_character, ordinal rows unbounded preceding
        ) as run
    from marked

),

word_sets as (

    select
        words,
        string_split(words, ' ') as word_list
    from {{ ref('complementary_words') }}

),

listed as (

    select
        *,
        bool_or(begins_list) over (partition by document_id, run) as is_list,
        first_value(previous_figure_id) over (partition by document_id, run order by start_character, ordinal) as whole_figure_id,
        row_number() over (partition by document_id, run order by start_character, ordinal) as part_number
    from runs

),

-- Parts whose words are each other's complement (集中, 分散; 货物, 工程, 服务) are all there is; what follows is something else.
complete as (

    select
        listed.document_id,
        listed.run,
        len(word_sets.word_list) as parts_in_all
    from listed
    inner join word_sets on listed.part_number <= len(word_sets.word_list)
    cross join unnest(word_sets.word_list) as words (word)
    where listed.is_list and contains(listed.words_before, words.word)
    group by listed.document_id, listed.run, word_sets.words, word_sets.word_list
    having
        count(distinct listed.part_number) = len(word_sets.word_list)
        and count(distinct words.word) = len(word_sets.word_list)
    qualify row_number() over (partition by listed.document_id, listed.run order by parts_in_all desc, word_sets.words asc) = 1

),

lists as (

    select
        listed.document_id,
        listed.run,
        any_value(listed.whole_figure_id) as whole_figure_id,
        any_value(complete.parts_in_all) is not null as is_complete,
        sum(listed.figure_value) as part_sum,
        sum(listed.half_unit) as half_units,
        max(listed.figure_value) as largest_part,
        string_agg(regexp_replace(listed.as_written, '\s', '', 'g'), ' + ' order by listed.ordinal) as left_label,
        list(listed.figure_id order by listed.ordinal) as part_figure_ids
    from listed
    left join complete on listed.document_id = complete.document_id and listed.run = complete.run
    where listed.is_list and (complete.parts_in_all is null or listed.part_number <= complete.parts_in_all)
    group by listed.document_id, listed.run
    having count(*) >= 2

),

-- Money that the report counts itself: "三类资金合计" sums the three amounts before it.
counted_sums as (

    select
        linked.*,
        list_position(
            ['两', '三', '四', '五', '六'], regexp_extract(linked.words_before, '([两三四五六])[类项种笔][^0-9]*[合共总]计$', 1)
        ) + 1 as parts_named
    from linked
    where linked.unit = 'CNY'

),

counted_parts as (

    select
        counted_sums.figure_id as whole_figure_id,
        parts.figure_id,
        parts.figure_value,
        parts.half_unit,
        parts.as_written,
        parts.ordinal,
        counted_sums.parts_named
    from counted_sums
    inner join linked as parts
        on
            counted_sums.document_id = parts.document_id
            and parts.unit = 'CNY'
            and parts.ordinal between counted_sums.ordinal - {{ var('check_reach') }} and counted_sums.ordinal - 1
    where counted_sums.parts_named >= 2
    qualify row_number() over (partition by counted_sums.figure_id order by parts.ordinal desc) <= counted_sums.parts_named

),

counted as (

    select
        whole_figure_id,
        sum(figure_value) as part_sum,
        sum(half_unit) as half_units,
        max(figure_value) as largest_part,
        string_agg(regexp_replace(as_written, '\s', '', 'g'), ' + ' order by ordinal) as left_label,
        list(figure_id order by ordinal) as part_figure_ids
    from counted_parts
    group by whole_figure_id
    having count(*) = any_value(parts_named)

),

-- All parts of what is counted are told; of another list only where their words are each other's complement.
sums as (

    select
        whole_figure_id,
        is_complete,
        false as is_counted,
        part_sum,
        half_units,
        largest_part,
        left_label,
        part_figure_ids
    from lists
    union all
    select
        whole_figure_id,
        true as is_complete,
        true as is_counted,
        part_sum,
        half_units,
        largest_part,
        left_label,
        part_figure_ids
    from counted

)

select
    {{ check_columns(
        identity="'parts_in_sentence'",
        left_label="sums.left_label",
        left_value="sums.part_sum",
        right_label="regexp_replace(wholes.as_written, '\\s', '', 'g')",
        right_value="wholes.figure_value",
        tolerance="sums.half_units + wholes.half_unit",
        figure_ids="list_concat(sums.part_figure_ids, [sums.whole_figure_id])",
        unit="wholes.unit",
        relation="case when sums.is_complete then 'equal' else 'at_most' end",
        is_computable="case when sums.is_counted then abs(sums.part_sum - wholes.figure_value)"
            ~ " when sums.is_complete then 0 else sums.part_sum - wholes.figure_value end"
            ~ " <= " ~ var('same_thing_share') ~ " * wholes.figure_value",
        document_id="wholes.document_id",
        of="wholes",
    ) }}
from sums
inner join figures as wholes on sums.whole_figure_id = wholes.figure_id
-- Much more than the whole is a list within a list.
-- Parts of a person's or a household's count may overlap (有的人既…又…); a part larger than its whole is no part.
where sums.is_counted or sums.largest_part <= wholes.figure_value + wholes.half_unit
