-- Departments (部门) under one name each, however many ways reports write it.
-- One row per department.
with

names as (

    select * from {{ ref('int_department_names') }}

),

figures as (

    select * from {{ ref('int_figures') }}

),

documents as (

    select * from {{ ref('int_documents') }}

),

sightings as (

    select
        department_id,
        is_sample
    from figures where department_id is not null
    union all
    select
        department_id,
        is_sample
    from documents where department_id is not null

),

seen as (

    select
        department_id,
        bool_and(is_sample) as is_sample
    from sightings
    group by department_id

),

named as (

    select
        department_id,
        department_kind,
        place_code,
        place_name_as_written,
        department_as_written as department_name,
        resolved_by,
        count(*) over (partition by department_id) as spelling_count
    from names
    -- The longest spelling names the units above; among equals the first in order, so that any run chooses the same.
    qualify
        row_number() over (
            partition by department_id
            order by
                length(department_as_written) desc,
                department_as_written asc,
                place_name_as_written asc nulls last,
                place_code_as_written asc nulls last
        ) = 1

),

spellings as (

    select
        department_id,
        string_agg(distinct department_as_written, '、' order by department_as_written) as names_as_written
    from names
    group by department_id

)

select
    named.department_id,
    named.department_name,
    spellings.names_as_written,
    named.department_kind,
    named.place_code,
    named.place_name_as_written,
    named.resolved_by,
    seen.is_sample
from named
inner join seen on named.department_id = seen.department_id
inner join spellings on named.department_id = spellings.department_id
