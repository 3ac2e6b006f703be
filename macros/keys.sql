{#- A key from the grain: the same columns give the same key on any run; null and the empty string are told apart. -#}
{% macro grain_key(columns) -%}
    left(md5(concat_ws('|', {% for column in columns %}coalesce(cast({{ column }} as varchar), chr(0)){{ ', ' if not loop.last }}{% endfor %})), 16)
{%- endmacro %}
