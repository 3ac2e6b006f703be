-- What stands right before and right behind a figure in its report's text (上下文), without white space, and in which sentence.
-- One row per figure of a prose text.
with

documents as (

    select
        document_id,
        document_text
    from {{ ref('stg_raw__documents') }}
    where is_current and document_text is not null

),

figures as (

    select
        figure_id,
        document_id,
        ordinal,
        start_character,
        end_character,
        lag(figure_id) over in_document as previous_figure_id,
        lag(end_character) over in_document as previous_end
    from {{ ref('int_figures') }}
    where start_character is not null and layout is distinct from 'table'
    window in_document as (partition by document_id order by start_character, ordinal, figure_id)

),

cut as (

    select
        figures.*,
        -- Back to the figure before, at most reach characters; forward as far again.
        regexp_replace(
            substr(
                documents.document_text,
                greatest(coalesce(figures.previous_end, 0), figures.start_character - {{ var('surroundings') }}) + 1,
                figures.start_character
                - greatest(coalesce(figures.previous_end, 0), figures.start_character - {{ var('surroundings') }})
            ),
            '\s', '', 'g'
        ) as words_before,
        regexp_replace(
            substr(documents.document_text, figures.end_character + 1, {{ var('surroundings') }}), '\s', '', 'g'
        ) as words_behind,
        figures.start_character - coalesce(figures.previous_end, 0) > {{ var('surroundings') }} as is_far_from_previous
    from figures
    inner join documents on figures.document_id = documents.document_id
    where figures.end_character > figures.start_character

)

select
    figure_id,
    document_id,
    ordinal,
    case when not is_far_from_previous then previous_figure_id end as previous_figure_id,
    words_before,
    -- To the end of the sentence only.
    regexp_extract(words_behind, '^[^。；;！？]*') as words_behind,
    sum(cast(is_far_from_previous or regexp_matches(words_before, '[。；;！？]') as integer)) over (
        partition by document_id order by start_character, ordinal, figure_id rows unbounded preceding
    ) as sentence
from cut
