"""SQL of the review: which figures wait to be looked at and why, and what was decided on one.

In: the release, the choices of the page, the figures that were decided on since. Out: frames as of `Warehouse.rows`.
A figure waits where a check that it is part of is violated, or where the reading is not sure of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from dashboard.queries.connection import Warehouse

#: Below this a reading is to be looked at: from here on 99 in 100 figures are right (docs/benchmarks.md).
SURE = 0.9
ORDERS = ("identity", "confidence")
#: open: nobody has decided; pending: decided since the release; decided: in force in the release.
STATES = ("open", "pending", "decided")
FACETS = {"identity": "unnest(h.identities)", "measure": "f.measure", "year": "f.fiscal_year"}

_HITS = """
    violated as (
        select unnest(figure_ids) as figure_id, identity, severity from fct_reconciliations where verdict = 'violated'
    ),
    hits as (
        select figure_id, count(*) as violated, count(*) filter (severity = 'hard') as hard,
               list(distinct identity order by identity) as identities
        from violated group by figure_id
    )
"""
_UNSURE = f"(f.confidence < {SURE} or f.stated_confidence = 'low')"


def _where(
    order: str, state: str, samples: bool, conditions: Mapping[str, object], pending: Collection[str]
) -> tuple[str, list[object]]:
    """SQL and parameters of a queue. `conditions`: identity, measure, year, search (a piece of the department's name)."""
    if order not in ORDERS or state not in STATES:
        raise ValueError(f"there is no queue {order}, {state}")
    since: list[object] = [tuple(sorted(pending)) or ("",)]
    parts = ["(? or not f.is_sample)"]
    parameters: list[object] = [samples]
    parts.append(f"{'' if state == 'pending' else 'not '}f.figure_id in (select unnest(?))")
    parameters += since
    if state == "open":
        parts += ["f.review_action is null", "h.violated > 0" if order == "identity" else _UNSURE]
    elif state == "decided":
        parts.append("f.review_action is not null")
    for name, value in conditions.items():
        parts.append(
            {
                "identity": "list_contains(h.identities, ?)",
                "measure": "f.measure = ?",
                "year": "f.fiscal_year = ?",
                "search": "contains(d.department_name, ?)",
            }[name]
        )
        parameters.append(value)
    return " and ".join(parts), parameters


def figures(
    warehouse: Warehouse,
    order: str,
    state: str,
    samples: bool,
    conditions: Mapping[str, object],
    pending: Collection[str],
    limit: int,
    skip: int = 0,
) -> pd.DataFrame:
    """One page of a queue: the columns of fct_figures that say what it is, department_name, violated_checks and hard_checks (how many
    checks), and n (how many wait in all). The worst first: by hard checks, or by confidence."""
    where, parameters = _where(order, state, samples, conditions, pending)
    worst = "hard_checks desc, violated_checks desc, " if order == "identity" else ""
    return warehouse.rows(
        f"""
        with {_HITS}
        select f.figure_id, f.department_id, d.department_name, f.fiscal_year, f.measure, f.programme, f.residence, f.care,
               f.fund_source, f.spending_type, f.stage, f.item, f.indicator, f.variant, f.value, f.unit, f.per, f.raw,
               f.confidence, f.stated_confidence, f.review_action, coalesce(h.violated, 0) as violated_checks,
               coalesce(h.hard, 0) as hard_checks, count(*) over () as n
        from fct_figures as f left join hits as h using (figure_id) left join dim_department as d using (department_id)
        where {where}
        order by {worst}f.confidence nulls last, f.stated_confidence <> 'low', violated_checks desc, f.department_id, f.figure_id
        limit ? offset ?
        """,
        *parameters,
        limit,
        skip,
    )


def tally(
    warehouse: Warehouse,
    facet: str,
    order: str,
    state: str,
    samples: bool,
    conditions: Mapping[str, object],
    pending: Collection[str],
) -> dict[str, int]:
    """How many figures of a queue each option of a facet has, the most first."""
    where, parameters = _where(order, state, samples, conditions, pending)
    found = warehouse.rows(
        f"""
        with {_HITS},
        options as (
            select {FACETS[facet]}::varchar as option
            from fct_figures as f left join hits as h using (figure_id) left join dim_department as d using (department_id)
            where {where}
        )
        select option, count(*) as n from options where option is not null group by option order by n desc, option
        """,
        *parameters,
    )
    return dict(zip(found["option"], found["n"].astype(int), strict=True))


def history(warehouse: Warehouse, figure_id: str) -> pd.DataFrame:
    """Every decision on a figure and each that took one back, the newest first; none where the release has no such table."""
    if not warehouse.columns("fct_reviews"):
        return pd.DataFrame()
    return warehouse.rows(
        """
        with own as (select review_id from fct_reviews where figure_id = ? or figure_id_then = ?)
        select review_id, decided_at, reviewer, action, state, reason, expected_value, corrected_value, corrected_meaning, unit,
               undoes
        from fct_reviews where review_id in (from own) or undoes in (from own) order by decided_at desc, review_id
        """,
        figure_id,
        figure_id,
    )


def in_force(warehouse: Warehouse) -> dict[str, str]:
    """What was decided on each figure that a decision of this release is about: figure_id → accept, correct or reject."""
    if not warehouse.columns("fct_reviews"):
        return {}
    found = warehouse.rows("select figure_id, action from fct_reviews where state = 'in_force'")
    return dict(zip(found["figure_id"], found["action"], strict=True))


def published(warehouse: Warehouse) -> frozenset[str]:
    """The decisions that this release has taken in."""
    if not warehouse.columns("fct_reviews"):
        return frozenset()
    return frozenset(warehouse.rows("select review_id from fct_reviews")["review_id"])


def lost(warehouse: Warehouse) -> pd.DataFrame:
    """Decisions whose figure has changed or whose file is gone, so that they are not applied; the newest first."""
    if not warehouse.columns("fct_reviews"):
        return pd.DataFrame()
    return warehouse.rows(
        """
        select decided_at, reviewer, action, state, reason, measure, raw, expected_value, corrected_value, corrected_meaning,
               unit
        from fct_reviews where state in ('stale', 'waiting') order by decided_at desc, review_id limit 100
        """
    )
