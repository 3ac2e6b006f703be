-- Figures with the meaning that a reviewer gave them (更正含义) where a decision in force says so, else as they were read.
-- One row per figure of every version of a document.
{%- set texts = [
    'measure', 'programme', 'residence', 'care', 'fund_source', 'spending_type', 'stage', 'unit', 'per', 'item', 'variant',
    'indicator'
] %}
with

figures as (

    select * from {{ ref('stg_raw__figures') }}

),

meanings as (

    select
        figure_id,
        corrected_meaning
    from {{ ref('int_reviews') }}
    where state = 'in_force' and corrected_meaning is not null

)

select
    figures.* exclude (fiscal_year, {{ texts | join(', ') }}),
    -- A name that stands with null says that the figure has none; one that does not stand says nothing.
    case
        when json_exists(meanings.corrected_meaning, '$.fiscal_year')
            then cast(meanings.corrected_meaning ->> '$.fiscal_year' as integer)
        else figures.fiscal_year
    end as fiscal_year,
    {%- for column in texts %}
    case
        when json_exists(meanings.corrected_meaning, '$.{{ column }}') then meanings.corrected_meaning ->> '$.{{ column }}'
        else figures.{{ column }}
    end as {{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
from figures
left join meanings on figures.figure_id = meanings.figure_id
