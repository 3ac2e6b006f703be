-- Amounts of accounts whose parts add up (能合计的账): a total by its types of spending, by its sources, or by both. Of two totals
-- in one report the one that adds up in more ways is its account of the year, and its parts are of the same account.
-- One row per figure of such an account.
{%- set told = [
    'document_id', 'department_id', 'fiscal_year', 'measure', 'stage', 'fund_source', 'spending_type', 'programme', account_line(),
    'figure_value',
] %}

with

figures as (

    select
        figure_id,
        {{ grain_key(told) }} as told_id
    from {{ ref('int_figures') }}
    where family = 'funding'

),

-- The last figure of a composition is its total.
held as (

    select
        identity,
        figure_ids,
        figure_ids[-1] as whole_figure_id
    from {{ ref('int_check_compositions') }}
    where
        identity in ('types_add_up', 'basic_adds_up', 'sources_add_up') and is_computable
        and abs(left_value - right_value) <= tolerance

),

-- The same number told twice is one total.
wholes as (

    select
        figures.told_id,
        count(distinct held.identity) as ways_it_adds_up
    from held
    inner join figures on held.whole_figure_id = figures.figure_id
    group by figures.told_id

),

-- A part is as good as the total that it belongs to.
told_amounts as (

    select
        parts.told_id,
        max(wholes.ways_it_adds_up) as ways_it_adds_up
    from held
    cross join unnest(held.figure_ids) as evidence (figure_id)
    inner join figures as parts on evidence.figure_id = parts.figure_id
    inner join figures as whole_figures on held.whole_figure_id = whole_figures.figure_id
    inner join wholes on whole_figures.told_id = wholes.told_id
    group by parts.told_id

)

select
    figures.figure_id,
    told_amounts.ways_it_adds_up
from figures
inner join told_amounts on figures.told_id = told_amounts.told_id
