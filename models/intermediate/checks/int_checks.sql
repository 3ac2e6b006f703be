-- Checks of all identities with their verdict, each with the report in which both sides stand, if it is one.
-- One row per check.
with

checks as not materialized (

    {% for check in [
        'compositions', 'percentages', 'balances', 'benefits', 'values', 'repeats', 'lists', 'tables', 'sentences',
        'scores',
    ] -%}
        select * from {{ ref('int_check_' ~ check) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

-- What a named identity says of the same figures, a list in a sentence need not say again. Lists are few: only they and what
-- equals one of them is held, not all sets of figures.
lists as (

    select distinct list_sort(figure_ids) as figure_set from checks where identity = 'parts_in_sentence'

),

named as (

    select distinct lists.figure_set
    from checks
    inner join lists on list_sort(checks.figure_ids) = lists.figure_set
    where checks.identity <> 'parts_in_sentence'

),

keyed as not materialized (

    select
        {{ grain_key([
            'checks.identity', 'checks.is_sample', 'checks.department_id', 'checks.fiscal_year', 'checks.figure_ids',
        ]) }} as check_id,
        checks.*
    from checks
    left join named
        on case when checks.identity = 'parts_in_sentence' then list_sort(checks.figure_ids) end = named.figure_set
    where named.figure_set is null

),

-- Where a check does not name its report, all its figures may still be of one.
evidence as (

    select
        check_id,
        unnest(figure_ids) as figure_id
    from keyed
    where document_id is null

),

reports as (

    select
        evidence.check_id,
        min(figures.document_id) as document_id
    from evidence
    inner join {{ ref('int_figures') }} as figures on evidence.figure_id = figures.figure_id
    group by evidence.check_id
    having min(figures.document_id) = max(figures.document_id)

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
