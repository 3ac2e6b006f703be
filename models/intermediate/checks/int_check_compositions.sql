-- Totals laid beside the sum of their parts where one document states both: sources, types, urban and rural, kinds of care.
-- Parts are taken nearest to each other in the text; a total that fits is preferred to the nearest that does not.
-- One row per document, composition, and distinct set of parts.
{%- set dimensions = ['residence', 'care', 'spending_type', 'fund_source', 'programme', 'item'] %}
{%- set others = [
    'is_sample', 'department_id', 'document_id', 'fiscal_year', 'measure', 'unit', 'stage', 'variant', 'first_month', 'last_month',
    'plan',
] %}

with

figures as (

    select
        *,
        case when qualifier = 'target' then 'planned' else 'actual' end as plan
    from {{ ref('int_figures') }}
    where
        department_id is not null and fiscal_year is not null and bound is null
        and (family = 'funding' or measure in ('beneficiaries', 'benefit_paid', 'facilities', 'beds', 'cases'))

),

compositions as (

    select
        *,
        string_split(parts, ' ') as part_codes
    from {{ ref('quantity_compositions') }}

),

names as (

    select
        'residence' as dimension,
        residence as code,
        name_zh
    from {{ ref('residences') }}
    union all
    select
        'care' as dimension,
        care as code,
        name_zh
    from {{ ref('care_kinds') }}
    union all
    select
        'spending_type' as dimension,
        spending_type as code,
        name_zh
    from {{ ref('spending_types') }}
    union all
    select
        'fund_source' as dimension,
        fund_source as code,
        name_zh
    from {{ ref('fund_sources') }}
    union all
    select
        'programme' as dimension,
        programme as code,
        name_zh
    from {{ ref('programmes') }}

),

coded as not materialized (

    {% for dimension in dimensions -%}
        select
            '{{ dimension }}' as dimension,
            {{ dimension }} as code,
            {{ match_key(others + dimensions | reject('equalto', dimension) | list) }} as group_id,
            *
        from figures
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

members as not materialized (

    select
        coded.group_id,
        compositions.composition,
        compositions.identity,
        compositions.is_complete,
        len(compositions.part_codes) as part_kinds,
        (coded.code is not distinct from compositions.whole) as is_whole,
        coalesce(list_position(compositions.part_codes, coded.code), 0) as part_number,
        coded.code,
        coalesce(names.name_zh, coded.code, '合计') as label,
        coded.figure_id,
        coded.document_id,
        coded.department_id,
        coded.fiscal_year,
        coded.programme,
        coded.measure,
        coded.unit,
        coded.is_sample,
        coded.ordinal,
        coded.figure_value,
        coded.half_unit
    from coded
    inner join compositions
        on
            coded.dimension = compositions.dimension
            and (coded.code is not distinct from compositions.whole or list_contains(compositions.part_codes, coded.code))
    left join names on coded.dimension = names.dimension and coded.code = names.code

),

-- Nearly all figures are a whole of some composition, few are parts: the parts are held, the wholes are only looked through.
parts as materialized (

    select * from members where not is_whole

),

-- A set of parts is gathered around each statement of the part that the composition names first among those stated.
anchors as (

    select *
    from parts
    qualify part_number = min(part_number) over (partition by composition, group_id)

),

nearest_parts as (

    select
        anchors.figure_id as anchor_figure_id,
        anchors.ordinal as anchor_ordinal,
        parts.*
    from anchors
    inner join parts
        on
            anchors.composition = parts.composition
            and anchors.group_id = parts.group_id
            and (anchors.part_number <> parts.part_number or anchors.figure_id = parts.figure_id)
            and abs(parts.ordinal - anchors.ordinal) <= {{ var('check_reach') }}
    qualify
        row_number() over (
            partition by anchors.composition, anchors.figure_id, parts.part_number
            order by abs(parts.ordinal - anchors.ordinal), parts.ordinal, parts.figure_id
        ) = 1

),

part_sums as (

    select
        composition,
        identity,
        group_id,
        is_complete,
        part_kinds,
        anchor_figure_id,
        anchor_ordinal,
        document_id,
        department_id,
        fiscal_year,
        measure,
        unit,
        is_sample,
        count(*) as parts_stated,
        min(ordinal) as first_ordinal,
        max(ordinal) as last_ordinal,
        max(ordinal) - min(ordinal) + 1 = count(*) as is_run,
        string_agg(label, ' + ' order by part_number) as left_label,
        sum(figure_value) as left_value,
        sum(half_unit) as half_units,
        max(figure_value) as largest_part,
        list(figure_id order by part_number) as part_figure_ids
    from nearest_parts
    group by all
    having count(*) >= 2 and (not is_complete or count(*) = part_kinds)

),

with_wholes as (

    select
        part_sums.*,
        wholes.figure_id as whole_figure_id,
        wholes.label as whole_label,
        wholes.programme,
        wholes.figure_value as right_value,
        wholes.half_unit + part_sums.half_units as tolerance,
        abs(wholes.ordinal - part_sums.anchor_ordinal) as figures_between,
        -- "6 972 people, 708 in homes, 5 264 at home": total and parts in one breath are of one thing, however far apart.
        -- A further number of the same kind behind them ("the other 377 …") is a part that no composition names.
        part_sums.is_complete
        and part_sums.is_run
        and wholes.ordinal = part_sums.first_ordinal - 1
        and followers.figure_id is null as is_one_breath,
        case
            when part_sums.is_complete
                then abs(part_sums.left_value - wholes.figure_value) <= wholes.half_unit + part_sums.half_units
            else part_sums.left_value <= wholes.figure_value + wholes.half_unit + part_sums.half_units
        end as fits
    from part_sums
    inner join members as wholes
        on
            part_sums.composition = wholes.composition
            and part_sums.group_id = wholes.group_id
            and wholes.is_whole
            -- What is smaller than a part is another number (newly admitted, one batch), not the total.
            and wholes.figure_value + wholes.half_unit >= part_sums.largest_part
    left join figures as followers
        on
            part_sums.document_id = followers.document_id
            and part_sums.last_ordinal + 1 = followers.ordinal
            and part_sums.measure = followers.measure
            and part_sums.unit = followers.unit
            and wholes.programme is not distinct from followers.programme
    qualify
        row_number() over (
            partition by part_sums.composition, part_sums.anchor_figure_id
            order by fits desc, figures_between asc, wholes.figure_value desc, wholes.figure_id asc
        ) = 1

)

select
    {{ check_columns(
        identity="with_wholes.identity",
        left_label="measures.name_zh || '：' || with_wholes.left_label",
        left_value="with_wholes.left_value",
        right_label="measures.name_zh || '：' || with_wholes.whole_label",
        right_value="with_wholes.right_value",
        tolerance="with_wholes.tolerance",
        figure_ids="list_concat(with_wholes.part_figure_ids, [with_wholes.whole_figure_id])",
        unit="with_wholes.unit",
        relation="case when with_wholes.is_complete then 'equal' else 'at_most' end",
        is_computable="with_wholes.fits or abs(with_wholes.left_value - with_wholes.right_value) <= "
            ~ " case when with_wholes.is_one_breath then 2 else 1 end * " ~ var('same_thing_share')
            ~ " * with_wholes.right_value",
        document_id="with_wholes.document_id",
        of="with_wholes",
    ) }}
-- Further off, a part is missing or the total is that of something else.
from with_wholes
left join {{ ref('measures') }} as measures on with_wholes.measure = measures.measure
-- A total further away that does not fit is most likely the total of something else.
where with_wholes.fits or with_wholes.figures_between <= {{ var('check_reach') }}
qualify
    row_number() over (
        partition by with_wholes.composition, with_wholes.group_id, with_wholes.left_value, with_wholes.right_value
        order by with_wholes.anchor_ordinal
    ) = 1
