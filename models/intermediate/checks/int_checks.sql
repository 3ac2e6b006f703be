-- Checks of all identities with their verdict, each with the report in which both sides stand, if it is one.
-- One row per check.
with

checks as (

    {% for check in [
        'compositions', 'percentages', 'balances', 'benefits', 'values', 'repeats', 'lists', 'tables', 'sentences',
        'scores',
    ] -%}
        select * from {{ ref('int_check_' ~ check) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

sets as (

    select
        *,
        list_sort(figure_ids) as figure_set
    from checks

),

named as (

    select distinct figure_set from sets where identity <> 'parts_in_sentence'

),

-- What a named identity says of the same figures, a list in a sentence need not say again.
keyed as (

    select
        {{ grain_key(['sets.identity', 'sets.is_sample', 'sets.department_id', 'sets.fiscal_year', 'sets.figure_ids']) }}
            as check_id,
        sets.*
    from sets
    left join named
        on sets.identity = 'parts_in_sentence' and sets.figure_set = named.figure_set
    where named.figure_set is null

),

-- Where a check does not name its report, all its figures may still be of one.
reports as (

    select
        keyed.check_id,
        case when min(figures.document_id) = max(figures.document_id) then min(figures.document_id) end as document_id
    from keyed
    cross join unnest(keyed.figure_ids) as evidence (figure_id)
    inner join {{ ref('int_figures') }} as figures on evidence.figure_id = figures.figure_id
    where keyed.document_id is null
    group by keyed.check_id

)

select
    keyed.check_id,
    case
        when not keyed.is_computable or keyed.left_value is null or keyed.right_value is null then 'not_computable'
        when
            case keyed.relation
                when 'equal' then abs(keyed.left_value - keyed.right_value) <= {{ allowed_gap('keyed') }}
                when 'at_most' then keyed.left_value - keyed.right_value <= {{ allowed_gap('keyed') }}
                when 'at_least' then keyed.right_value - keyed.left_value <= {{ allowed_gap('keyed') }}
                when 'different' then abs(keyed.left_value - keyed.right_value) > {{ allowed_gap('keyed') }}
            end
            then 'holds'
        else 'violated'
    end as verdict,
    keyed.identity,
    keyed.is_sample,
    keyed.department_id,
    keyed.fiscal_year,
    coalesce(keyed.document_id, reports.document_id) as document_id,
    keyed.programme,
    keyed.left_label,
    keyed.left_value,
    keyed.right_label,
    keyed.right_value,
    keyed.unit,
    keyed.tolerance,
    keyed.relation,
    keyed.is_computable,
    keyed.figure_ids
from keyed
left join reports on keyed.check_id = reports.check_id
