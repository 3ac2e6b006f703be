-- Departments (部门) that a document or a figure names.
-- One row per department.
with

departments as (

    select * from {{ ref('int_departments') }}

),

places as (

    select * from {{ ref('int_places') }}

),

kinds as (

    select * from {{ ref('department_kinds') }}

)

select
    departments.department_id,
    departments.department_name,
    -- The name without the units above its place: 荔湾区民政局.
    case
        when places.place_name is not null and instr(departments.department_name, places.place_name) > 0
            then substr(departments.department_name, instr(departments.department_name, places.place_name))
        else departments.department_name
    end as department_short_name,
    departments.names_as_written,
    departments.department_kind,
    kinds.name_zh as department_kind_zh,
    kinds.name_en as department_kind_en,
    departments.place_code,
    places.place_name,
    places.full_name as place_full_name,
    places.tier,
    places.province_code,
    places.province_name,
    places.prefecture_code,
    places.prefecture_name,
    places.region_class,
    departments.resolved_by,
    departments.is_sample
from departments
left join places on departments.place_code = places.place_code
left join kinds on departments.department_kind = kinds.department_kind
