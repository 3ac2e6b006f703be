-- Months (月份) that the words beside a figure limit it to: January to October, end of June; by period_patterns.
-- One row per figure that its words limit to a part of the year.
with

figures as (

    select
        figures.figure_id,
        regexp_replace(figures.quote, '\s', '', 'g') as words
    from {{ ref('stg_raw__figures') }} as figures
    left join {{ ref('measures') }} as measures on figures.measure = measures.measure
    -- A note of somebody who extracted the figure says it better; a standard holds from a month on, which is another thing.
    where
        figures.note is null
        and measures.family in ('funding', 'beneficiaries', 'services')
        and regexp_matches(figures.quote, '月|季度|半年')

),

patterns as (

    select * from {{ ref('period_patterns') }}

),

matched as (

    select
        figures.figure_id,
        coalesce(
            patterns.last_month, cast(nullif(regexp_extract(figures.words, patterns.pattern, 1), '') as integer)
        ) as last_month,
        patterns.first_month
    from figures
    inner join patterns on regexp_matches(figures.words, patterns.pattern)
    qualify row_number() over (partition by figures.figure_id order by patterns.pattern_order) = 1

)

select
    figure_id,
    coalesce(first_month, last_month) as first_month,
    last_month
from matched
where last_month is not null
