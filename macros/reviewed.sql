{#- A column of `figures` as a reviewer corrected it in `meanings`, as text. A name that stands in the JSON with null says that the
    figure has none; one that does not stand there says nothing. -#}
{% macro reviewed(column) -%}
    case
        when json_exists(meanings.corrected_meaning, '$.{{ column }}') then meanings.corrected_meaning ->> '$.{{ column }}'
        else cast(figures.{{ column }} as varchar)
    end
{%- endmacro %}
