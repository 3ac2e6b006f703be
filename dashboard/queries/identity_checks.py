"""Checks of identities (勾稽关系) and the figures that they rest on."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.queries.connection import Warehouse
from dashboard.queries.fact_marts import conditions_in_sql


def checks(
    warehouse: Warehouse, samples: bool, conditions: Mapping[str, object], limit: int | None = None, skip: int = 0
) -> pd.DataFrame:
    """Checks of identities, violated and hard first, with the department and the document's title."""
    where, parameters = conditions_in_sql(warehouse, "fct_reconciliations", conditions)
    return warehouse.rows(
        f"""
        select f.* exclude (is_sample), d.department_name, d.province_name, d.tier, d.is_sample, t.title
        from fct_reconciliations as f
        left join dim_department as d using (department_id)
        left join dim_document as t on t.document_id = f.document_id
        where (? or not coalesce(d.is_sample, false)) and {where}
        order by f.verdict <> 'violated', f.severity <> 'hard', abs(f.gap) desc nulls last, f.reconciliation_id
        limit coalesce(?, 1000000) offset ?
        """,
        samples,
        *parameters,
        limit,
        skip,
    )


def check_counts(warehouse: Warehouse, samples: bool) -> pd.DataFrame:
    """Checks by identity, severity and verdict: n, and the departments that they are of."""
    return warehouse.rows(
        """
        select f.identity, f.severity, f.verdict, count(*) as n, count(distinct f.department_id) as departments
        from fct_reconciliations as f left join dim_department as d using (department_id)
        where ? or not coalesce(d.is_sample, false) group by all order by all
        """,
        samples,
    )


def check_figures(warehouse: Warehouse, checks: pd.DataFrame) -> pd.DataFrame:
    """The figures that checks rest on: reconciliation_id, figure_id, what each is, raw, quote, title. `checks`:
    reconciliation_id, department_id."""
    # Only where every check has a department can the others' figures be passed over.
    known = bool(checks["department_id"].notna().all())
    return warehouse.rows(
        f"""
        with sides as (
            select reconciliation_id, unnest(figure_ids) as figure_id from fct_reconciliations
            where reconciliation_id in (select unnest(?))
        )
        select distinct s.reconciliation_id, f.figure_id, f.measure, f.programme, f.residence, f.care, f.fund_source,
            f.spending_type, f.stage, f.item, f.indicator, f.variant, f.raw, f.quote, f.document_id, f."start", t.title
        from sides as s join fct_figures as f using (figure_id) left join dim_document as t using (document_id)
        where {"f.department_id in (select unnest(?))" if known else "? is not null"}
        order by f.document_id, f."start" nulls last, f.figure_id
        """,
        tuple(checks["reconciliation_id"]),
        tuple(sorted(set(checks["department_id"]))) if known else ("",),
    )


def checks_of(warehouse: Warehouse, figure_id: str) -> pd.DataFrame:
    """The checks that a figure is part of: the violated first, of them the hard ones."""
    return warehouse.rows(
        """
        select * from fct_reconciliations where list_contains(figure_ids, ?)
        order by verdict <> 'violated', severity <> 'hard', identity, reconciliation_id
        """,
        figure_id,
    )
