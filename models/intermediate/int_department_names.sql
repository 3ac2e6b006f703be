-- Names of departments (部门) as written, resolved to a kind by their suffix and to a place by code, by name, or by name with
-- the parent that the document names. What stays ambiguous stays null; nothing is guessed by likeness.
-- One row per name, place name and place code as written.
with

documents as (

    select * from {{ ref('stg_raw__documents') }} where is_current

),

figures as (

    select * from {{ ref('stg_raw__figures') }}

),

names as (

    select
        department_as_written,
        place_name_as_written,
        place_code_as_written
    from documents
    where department_as_written is not null
    union
    select
        coalesce(figures.department_as_written, documents.department_as_written) as department_as_written,
        coalesce(figures.place_name_as_written, documents.place_name_as_written) as place_name_as_written,
        coalesce(figures.place_code_as_written, documents.place_code_as_written) as place_code_as_written
    from figures
    inner join documents on figures.document_id = documents.document_id
    where coalesce(figures.department_as_written, documents.department_as_written) is not null

),

endings as (

    select
        department_endings.ending,
        department_endings.department_kind,
        department_kinds.one_per_place
    from {{ ref('department_endings') }} as department_endings
    inner join {{ ref('department_kinds') }} as department_kinds
        on department_endings.department_kind = department_kinds.department_kind

),

aliases as (

    select * from {{ ref('department_aliases') }}

),

kinds as (

    select
        names.*,
        coalesce(aliases.department_kind, endings.department_kind) as department_kind,
        coalesce(endings.one_per_place, false) as one_per_place,
        left(
            names.department_as_written, length(names.department_as_written) - coalesce(length(endings.ending), 0)
        ) as place_part
    from names
    left join endings on ends_with(names.department_as_written, endings.ending)
    left join aliases on names.department_as_written = aliases.department_as_written
    -- Where one ending holds another (民政和社会保障局), the longer is meant.
    qualify
        row_number() over (
            partition by names.department_as_written, names.place_name_as_written, names.place_code_as_written
            order by length(endings.ending) desc nulls last
        ) = 1

),

place_names as (

    select * from {{ ref('int_place_names') }}

),

places as (

    select * from {{ ref('int_places') }}

),

candidates as (

    select
        kinds.department_as_written,
        kinds.place_name_as_written,
        kinds.place_code_as_written,
        place_names.place_code,
        place_names.places_of_form,
        coalesce(hints.place_code in (places.place_code, places.prefecture_code, places.province_code), false)
            as agrees_with_hint
    from kinds
    inner join place_names on kinds.place_part = place_names.form
    inner join places on place_names.place_code = places.place_code
    left join place_names as hints on kinds.place_name_as_written = hints.form and hints.places_of_form = 1

),

by_name as (

    select
        department_as_written,
        place_name_as_written,
        place_code_as_written,
        max(place_code) filter (where places_of_form = 1) as unique_place_code,
        case when count(*) filter (where agrees_with_hint) = 1 then max(place_code) filter (where agrees_with_hint) end
            as hinted_place_code
    from candidates
    group by department_as_written, place_name_as_written, place_code_as_written

),

resolved as (

    select
        kinds.department_as_written,
        kinds.place_name_as_written,
        kinds.place_code_as_written,
        kinds.department_kind,
        kinds.one_per_place,
        coalesce(
            coded.place_code, aliases.place_code, by_name.unique_place_code, by_name.hinted_place_code, placed.place_code
        ) as place_code,
        case
            when coded.place_code is not null then 'place_code'
            when aliases.place_code is not null then 'alias'
            when by_name.unique_place_code is not null then 'unique_name'
            when by_name.hinted_place_code is not null then 'name_with_parent'
            when placed.place_code is not null then 'place_name'
            when aliases.department_as_written is not null then 'no_code'
            else 'unresolved'
        end as resolved_by
    from kinds
    left join places as coded on kinds.place_code_as_written = coded.place_code
    left join aliases on kinds.department_as_written = aliases.department_as_written
    left join by_name
        on
            kinds.department_as_written = by_name.department_as_written
            and kinds.place_name_as_written is not distinct from by_name.place_name_as_written
            and kinds.place_code_as_written is not distinct from by_name.place_code_as_written
    -- 民政局 without a place in its name, or a home or hospital, is where the document says. A bureau whose name does hold a
    -- place (岳阳市南湖新区民政局) is not: it may be a development zone, which must not become its city's bureau.
    left join place_names as placed
        on
            kinds.place_name_as_written = placed.form
            and placed.places_of_form = 1
            and (kinds.place_part = '' or not kinds.one_per_place)

)

select
    department_as_written,
    place_name_as_written,
    place_code_as_written,
    coalesce(department_kind, 'other') as department_kind,
    place_code,
    resolved_by,
    case
        when place_code is not null and one_per_place then place_code || '-' || department_kind
        else 'x-' || left(md5(department_as_written), 10)
    end as department_id
from resolved
