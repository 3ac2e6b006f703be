-- Points for the execution of a budget (预算执行得分): weight times rate, where a table's head or a sentence tells both beside the
-- rate. A rate above 100 % earns no more than the weight.
-- One row per rate with its weight and points, and identity.
{%- set number = '([0-9]+(?:[.][0-9]+)?)' %}
{%- set weight_words = '(?:分值|满分|权重)' %}

with

documents as (

    select
        document_id,
        document_text
    from {{ ref('stg_raw__documents') }}
    where is_current and document_text is not null

),

rates as (

    select * from {{ ref('int_figures') }}
    where
        measure = 'execution_rate' and department_id is not null and fiscal_year is not null
        and end_character > start_character

),

surroundings as (

    select * from {{ ref('int_figure_surroundings') }}

),

cells as (

    select
        rates.figure_id,
        regexp_replace(
            substr(
                documents.document_text,
                greatest(rates.start_character - {{ var('table_reach') }}, 0) + 1,
                least(rates.start_character, {{ var('table_reach') }})
            ),
            '[\s|]+', '|', 'g'
        ) as words_before,
        regexp_replace(
            substr(documents.document_text, rates.end_character + 1, {{ var('surroundings') }}), '[\s|]+', '|', 'g'
        ) as words_behind
    from rates
    inner join documents on rates.document_id = documents.document_id
    where rates.layout = 'table'

),

-- What stands on both sides of the word 执行率 in the head that is nearest above tells what the cells beside the rate are.
headed as (

    select
        *,
        regexp_extract(words_before, '^(.*)执行率', 1) as head_before,
        regexp_extract(words_before, '^.*执行率(.*)$', 1) as head_behind
    from cells

),

in_tables as (

    select
        figure_id,
        case
            when
                regexp_matches(head_before, '{{ weight_words }}[^|]{0,8}[|][^|]{0,6}$')
                and regexp_matches(head_behind, '^[^|]{0,8}[|][^|]{0,4}得分')
                then regexp_extract(words_before, '[|]{{ number }}分?[|]$', 1)
            when regexp_matches(head_behind, '^[^|]{0,8}[|]{{ weight_words }}[^|]{0,8}[|][^|]{0,4}得分')
                then regexp_extract(words_behind, '^[|]{{ number }}分?[|]{{ number }}分?(?:[|]|$)', 1)
        end as weight,
        case
            when regexp_matches(head_behind, '^[^|]{0,8}[|][^|]{0,4}得分')
                then regexp_extract(words_behind, '^[|]{{ number }}分?(?:[|]|$)', 1)
            else regexp_extract(words_behind, '^[|]{{ number }}分?[|]{{ number }}分?(?:[|]|$)', 2)
        end as points
    from headed

),

in_sentences as (

    select
        figure_id,
        coalesce(
            nullif(regexp_extract(words_behind, '^[^0-9]{0,12}{{ weight_words }}[为是：:]?{{ number }}分', 1), ''),
            nullif(regexp_extract(words_before, '执行率[（(]{{ weight_words }}?[为：:]?{{ number }}分[)）][^0-9]{0,8}$', 1), ''),
            regexp_extract(words_before, '{{ weight_words }}[为是：:]?{{ number }}分[^0-9。；;]{0,12}$', 1)
        ) as weight,
        regexp_extract(
            regexp_replace(words_behind, '^[^0-9]{0,12}{{ weight_words }}[为是：:]?{{ number }}分', ''),
            '^[^0-9]{0,12}得分?[为是：:]?{{ number }}分?', 1
        ) as points
    from surroundings

),

told as (

    select * from in_tables
    union all
    select * from in_sentences

),

scored as (

    select
        rates.*,
        cast(told.weight as double) as weight,
        cast(told.points as double) as points,
        0.5 / power(10, length(split_part(told.points, '.', 2))) as points_half_unit
    from told
    inner join rates on told.figure_id = rates.figure_id
    where told.weight <> '' and told.points <> ''

)

select
    {{ check_columns(
        identity="'execution_points'",
        left_label="'执行率得分'",
        left_value="points",
        right_label="format('分值{:g} × 执行率{:g}%', weight, figure_value)",
        right_value="weight * least(figure_value, 100) / 100",
        tolerance="points_half_unit + weight * half_unit / 100",
        figure_ids="[figure_id]",
        unit="'point'",
        is_computable="points <> weight or figure_value < " ~ var('full_points_rate')
            ~ " or abs(points - weight * least(figure_value, 100) / 100) <= points_half_unit + weight * half_unit / 100",
        document_id="document_id",
    ) }}
-- Many rules give all points from a high rate on: full points there are no contradiction.
from scored

union all

select
    {{ check_columns(
        identity="'points_within_weight'", left_label="'执行率得分'", left_value="points", right_label="'分值'", right_value="weight",
        tolerance="0.0", figure_ids="[figure_id]", unit="'point'", relation="'at_most'", document_id="document_id",
    ) }}
from scored
