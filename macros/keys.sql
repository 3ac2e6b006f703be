{#- A key from the grain: the same columns give the same key on any run; null and the empty string are told apart. -#}
{% macro grain_key(columns) -%}
    left(md5(concat_ws('|', {% for column in columns %}coalesce(cast({{ column }} as varchar), chr(0)){{ ', ' if not loop.last }}{% endfor %})), 16)
{%- endmacro %}

{#- A key by which rows of one model find each other, never published: the same columns with the same values, null among them. Far
    cheaper than grain_key, but not the same in every version of DuckDB. -#}
{% macro match_key(columns) -%}
    hash({{ columns | join(', ') }})
{%- endmacro %}

{#- A line of the accounts (科目) as one key: two lines of one name (行政运行) are told apart by their codes. -#}
{% macro account_line(of=none) -%}
    {%- set owner = of ~ '.' if of else '' -%}
    case
        when {{ owner }}account_code is null then {{ owner }}item
        else concat_ws('#', coalesce({{ owner }}item, ''), {{ owner }}account_code)
    end
{%- endmacro %}
