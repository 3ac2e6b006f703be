{#- The columns of one check, the same in every int_check_* model: what is asked (an identity), of whom, what stands on the left
    and on the right, and what the written digits allow. Arguments are SQL expressions.
    relation: how the left side should stand to the right one: equal, at_most, at_least, different.
    is_computable: false where the two sides do not belong together for certain, so that nothing is claimed.
    document_id: of the report that states both sides; where it is null, int_checks looks the figures' reports up.
    of: the table that the department, the year and the programme are taken from. -#}
{% macro check_columns(
    identity, left_label, left_value, right_label, right_value, tolerance, figure_ids,
    unit="'CNY'", relation="'equal'", is_computable="true", document_id="null", of=none
) -%}
    {%- set owner = of ~ '.' if of else '' -%}
    {{ identity }} as identity,
    {{ owner }}is_sample as is_sample,
    {{ owner }}department_id as department_id,
    {{ owner }}fiscal_year as fiscal_year,
    cast({{ document_id }} as varchar) as document_id,
    {{ owner }}programme as programme,
    {{ left_label }} as left_label,
    cast({{ left_value }} as double) as left_value,
    {{ right_label }} as right_label,
    cast({{ right_value }} as double) as right_value,
    {{ unit }} as unit,
    cast({{ tolerance }} as double) as tolerance,
    {{ relation }} as relation,
    {{ is_computable }} as is_computable,
    {{ figure_ids }} as figure_ids
{%- endmacro %}

{#- What part / whole may be off by, from half of the last written digit of each (a percentage: times 100). -#}
{% macro share_tolerance(part, whole, part_half_unit, whole_half_unit) -%}
    100 * ({{ part_half_unit }} / {{ whole }} + {{ part }} * {{ whole_half_unit }} / power({{ whole }}, 2))
{%- endmacro %}

{#- The tolerance of a check, and a billionth of slack: sums of decimals are not exact in binary. -#}
{% macro allowed_gap(of) -%}
    {{ of }}.tolerance + 1e-9 * greatest(abs({{ of }}.left_value), abs({{ of }}.right_value))
{%- endmacro %}
