-- Notes of figures that somebody else extracted, read by the patterns of note_patterns: months covered, start of a level,
-- variant (age band, grade, area), mean, floor. Words that no pattern knows are a variant too: what is qualified by words is
-- not the plain fact, and must not stand for it.
-- One row per note.
{%- set month_names = [
    'january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december',
] %}
with

notes as (

    select distinct note from {{ ref('stg_raw__figures') }} where note is not null

),

segments as (

    select
        notes.note,
        trim(segment.text) as segment,
        segment.position
    from notes
    cross join
        unnest(string_split(replace(notes.note, '；', ';'), ';')) with ordinality as segment (text, position)

),

patterns as (

    select * from {{ ref('note_patterns') }}

),

roles as (

    select
        segments.note,
        segments.segment,
        segments.position,
        -- A note without a Latin letter and without a pattern names the place in a report (三（二）1, 表3).
        coalesce(patterns.role, case when regexp_matches(segments.segment, '[A-Za-z]') then 'variant' else 'remark' end) as role
    from segments
    left join patterns on regexp_matches(segments.segment, patterns.pattern)
    qualify
        row_number() over (partition by segments.note, segments.position order by patterns.pattern_order nulls last) = 1

),

periods as (

    select
        note,
        segment,
        {{ month_number("regexp_extract(segment, '(?i)(" ~ month_names | join('|') ~ ")')") }} as named_month,
        {{ month_number("regexp_extract(segment, '(?i) to ([0-9]+ )?([a-z]+)', 2)") }} as to_month,
        case
            when segment ilike '%first quarter%' then 1
            when segment ilike '%second quarter%' then 2
            when segment ilike '%third quarter%' then 3
            when segment ilike '%fourth quarter%' then 4
        end as quarter,
        cast(nullif(regexp_extract(segment, '[0-9]{4}-([0-9]{2})-[0-9]{2}', 1), '') as integer) as dated_month,
        regexp_matches(segment, '(?i)^(end of|mid|on) ') as is_point,
        regexp_matches(segment, '(?i)^year to ') as is_from_january
    from roles
    where role = 'period'
    qualify row_number() over (partition by note order by position) = 1

)

select
    notes.note,
    case
        when periods.quarter is not null then periods.quarter * 3 - 2
        when periods.is_from_january then 1
        when periods.is_point then coalesce(periods.named_month, periods.dated_month)
        else coalesce(periods.named_month, periods.dated_month)
    end as first_month,
    coalesce(periods.quarter * 3, periods.to_month, periods.named_month, periods.dated_month) as last_month,
    max(roles.segment) filter (where roles.role = 'effective') as effective_as_written,
    max(nullif(regexp_extract(roles.segment, '(?i)from ([0-9]{4}-[0-9]{2}-[0-9]{2})', 1), ''))
    filter (where roles.role in ('effective', 'floor', 'average')) as effective_from,
    -- The date of a floor or a mean is not what sets it apart: the next year's has another.
    string_agg(regexp_replace(roles.segment, '(?i) (from|before|set for) .*$', ''), '; ' order by roles.position)
    filter (where roles.role in ('variant', 'average', 'floor')) as variant,
    coalesce(bool_or(roles.role = 'average'), false) as is_average,
    coalesce(bool_or(roles.role = 'floor'), false) as is_floor
from notes
left join roles on notes.note = roles.note
left join periods on notes.note = periods.note
group by
    notes.note,
    periods.quarter,
    periods.is_from_january,
    periods.is_point,
    periods.named_month,
    periods.dated_month,
    periods.to_month
