{#- Two rows of the same department and year, invented ones never with real ones: what is laid beside each other in a fact or a
    check. years_before: the right side is of so many years earlier. Arguments are names of tables. -#}
{% macro same_department_year(left, right, years_before=0) -%}
    {{ left }}.is_sample = {{ right }}.is_sample
    and {{ left }}.department_id = {{ right }}.department_id
    and {{ left }}.fiscal_year{{ ' - ' ~ years_before if years_before }} = {{ right }}.fiscal_year
{%- endmacro %}
