{#- The first number in a text as written: full-width forms, thousands separators and spaces inside it folded away. -#}
{% macro number_as_written(text) -%}
    nullif(
        replace(
            regexp_extract(
                regexp_replace(translate({{ text }}, '０１２３４５６７８９．，', '0123456789.,'), '\s', '', 'g'),
                '[0-9][0-9,]*([.][0-9]+)?'
            ),
            ',',
            ''
        ),
        ''
    )
{%- endmacro %}

{#- What one unit of the written number is worth in the canonical unit: 10000 for 万元, 100000000 for 亿元. The value itself
    tells (a bare cell under 单位：万元 has no unit of its own); where it is 0 or not in digits, the unit sign does. -#}
{% macro written_multiplier(value, number, text) -%}
    case
        when
            cast({{ number }} as double) > 0 and {{ value }} > 0
            and abs(log10({{ value }} / cast({{ number }} as double)) - round(log10({{ value }} / cast({{ number }} as double)))) < 1e-6
            then power(10, round(log10({{ value }} / cast({{ number }} as double))))
        when {{ text }} like '%亿%' then 1e8
        when {{ text }} like '%万%' then 1e4
        else 1
    end
{%- endmacro %}

{#- Yuan a month from yuan a period; a day or a single payment has no fixed number of months, so it stays unknown. -#}
{% macro per_month(value, per) -%}
    case {{ per }} when 'month' then {{ value }} when 'year' then {{ value }} / 12 end
{%- endmacro %}

{#- A number in words' company: thousands separated, at most two decimals, no trailing zeros. -#}
{% macro number_for_text(value) -%}
    regexp_replace(format('{:,.2f}', cast({{ value }} as double)), '[.]?0+$', '')
{%- endmacro %}
