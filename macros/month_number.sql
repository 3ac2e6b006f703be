{#- 1 to 12 for an English month name at the start of a text, null for any other. -#}
{% macro month_number(text) -%}
    nullif(
        list_position(
            ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'], lower(left({{ text }}, 3))
        ),
        0
    )
{%- endmacro %}
