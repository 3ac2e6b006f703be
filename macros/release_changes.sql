{#-
    What differs between two releases (版本差异): one row per fact and role whose value or unit differs, with the cause.
    Each argument names a relation: the fact values, the current documents and the corrected figures of the release before
    and of the release after. dbt renders it for fct_release_changes, and `jixiao diff` for any two releases.
-#}
{% macro release_changes(values_before, documents_before, corrections_before, values_after, documents_after, corrections_after) -%}
with

paired as (

    select
        coalesce(later.fact_table, earlier.fact_table) as fact_table,
        coalesce(later.fact_id, earlier.fact_id) as fact_id,
        coalesce(later.role, earlier.role) as role,
        coalesce(later.department_id, earlier.department_id) as department_id,
        coalesce(later.department_name, earlier.department_name) as department_name,
        coalesce(later.fiscal_year, earlier.fiscal_year) as fiscal_year,
        coalesce(later.measure, earlier.measure) as measure,
        coalesce(later.programme, earlier.programme) as programme,
        coalesce(later.item, earlier.item) as item,
        earlier.fact_value as value_before,
        earlier.unit as unit_before,
        later.fact_value as value_after,
        later.unit as unit_after,
        earlier.figure_id as figure_id_before,
        later.figure_id as figure_id_after,
        earlier.file as file_before,
        later.file as file_after,
        coalesce(later.is_sample, earlier.is_sample) as is_sample,
        earlier.document_id as document_id_before,
        later.document_id as document_id_after,
        earlier.source_key as source_key_before,
        later.source_key as source_key_after,
        earlier.extractor_version as extractor_before,
        later.extractor_version as extractor_after
    from {{ values_before }} as earlier
    full outer join {{ values_after }} as later
        on earlier.fact_table = later.fact_table and earlier.fact_id = later.fact_id and earlier.role = later.role
    where earlier.fact_value is distinct from later.fact_value or earlier.unit is distinct from later.unit

)

select
    paired.fact_table,
    paired.fact_id,
    paired.role,
    paired.department_id,
    paired.department_name,
    paired.fiscal_year,
    paired.measure,
    paired.programme,
    paired.item,
    case
        when paired.figure_id_before is null then 'appeared'
        when paired.figure_id_after is null then 'gone'
        else 'changed'
    end as change,
    case
        -- The document of today was not there before: a new version of a file that was, or a new report.
        when paired.document_id_after is not null and held_before.document_id is null and earlier_version.source_key is not null
            then 'new_version'
        when paired.document_id_after is not null and held_before.document_id is null
            then 'new_report'
        -- The document of then is no longer there.
        when paired.document_id_before is not null and held_after.document_id is null and later_version.source_key is not null
            then 'new_version'
        when paired.document_id_before is not null and held_after.document_id is null
            then 'report_withdrawn'
        when
            (corrected_before.correction_reason is distinct from still_corrected.correction_reason)
            or (corrected_after.correction_reason is distinct from already_corrected.correction_reason)
            then 'correction'
        when
            coalesce(paired.extractor_before, held_before.extractor_version)
            <> coalesce(paired.extractor_after, held_after.extractor_version)
            then 'new_extractor'
        else 'reference_or_rules'
    end as cause,
    paired.value_before,
    paired.unit_before,
    paired.value_after,
    paired.unit_after,
    paired.figure_id_before,
    paired.figure_id_after,
    paired.file_before,
    paired.file_after,
    paired.is_sample
from paired
left join {{ documents_before }} as held_before on paired.document_id_after = held_before.document_id
left join {{ documents_after }} as held_after on paired.document_id_before = held_after.document_id
left join (select distinct source_key from {{ documents_before }}) as earlier_version
    on paired.source_key_after = earlier_version.source_key
left join (select distinct source_key from {{ documents_after }}) as later_version
    on paired.source_key_before = later_version.source_key
left join {{ corrections_before }} as corrected_before on paired.figure_id_before = corrected_before.figure_id
left join {{ corrections_after }} as still_corrected on paired.figure_id_before = still_corrected.figure_id
left join {{ corrections_after }} as corrected_after on paired.figure_id_after = corrected_after.figure_id
left join {{ corrections_before }} as already_corrected on paired.figure_id_after = already_corrected.figure_id
{%- endmacro %}
