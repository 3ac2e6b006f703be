"""From a figure to its document, its words and the facts that rest on it, and back from a fact to its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.queries.connection import Warehouse


def figure(warehouse: Warehouse, figure_id: str) -> pd.Series | None:
    """One figure with its document and department; None where the release has no such figure."""
    found = warehouse.rows(
        """
        select f.* exclude (is_sample), t.title, t.format, t.document_kind, t.publisher, t.published_on, t.source_url, t.source_class,
               d.department_name, d.is_sample, d.province_name, d.place_name
        from fct_figures as f
        left join dim_document as t using (document_id)
        left join dim_department as d on d.department_id = f.department_id
        where f.figure_id = ?
        """,
        figure_id,
    )
    return None if found.empty else found.iloc[0]


def document(warehouse: Warehouse, document_id: str) -> pd.Series | None:
    """A document's row; None where the release has no such document."""
    found = warehouse.rows("select * from dim_document where document_id = ?", document_id)
    return None if found.empty else found.iloc[0]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figures to list: by department, year, measure, document and a piece of their wording; None is any. Invented ones
    only where `samples` or a document asks for them."""

    samples: bool
    department_id: str | None = None
    year: int | None = None
    measure: str | None = None
    search: str = ""
    document_id: str | None = None

    def conditions(self) -> dict[str, object]:
        """Conditions on a figure `f` and its document `t`, each with its parameter. Only those that apply: blocks that a
        condition rules out are not read, those of an "or" are."""
        asked = {
            "f.document_id = ?": self.document_id,
            "f.department_id = ?": self.department_id,
            "f.fiscal_year = ?": self.year,
            "f.measure = ?": self.measure,
            "contains(concat_ws(' ', f.raw, f.quote, f.indicator, f.item, t.title), ?)": self.search or None,
        }
        kept: dict[str, object] = {condition: value for condition, value in asked.items() if value is not None}
        if not self.samples and self.document_id is None:
            kept["t.source_class is distinct from ?"] = "sample"
        return kept


def figure_count(warehouse: Warehouse, wanted: Wanted) -> int:
    """How many figures are wanted."""
    kept = wanted.conditions()
    return int(
        warehouse.rows(
            f"""
            select count(*) as n from fct_figures as f left join dim_document as t using (document_id)
            where {" and ".join(kept) or "true"}
            """,
            *kept.values(),
        )["n"][0]
    )


def figures(warehouse: Warehouse, wanted: Wanted, limit: int, after: int = 0) -> pd.DataFrame:
    """The figures wanted in the order of their documents: at most `limit`, those behind the first `after`."""
    kept = wanted.conditions()
    return warehouse.rows(
        f"""
        select f.figure_id, f.department_id, d.department_name, d.is_sample, f.fiscal_year, f.measure, f.programme, f.residence, f.care, f.stage,
               f.fund_source, f.spending_type, f.item, f.indicator, f.variant, f.value, f.unit, f.per, f.raw, t.title, f.confidence
        from fct_figures as f
        left join dim_department as d using (department_id)
        left join dim_document as t using (document_id)
        where {" and ".join(kept) or "true"}
        order by t.fiscal_year desc nulls last, f.document_id, f.start nulls last, f.figure_id limit ? offset ?
        """,
        *kept.values(),
        limit,
        after,
    )


def text(warehouse: Warehouse, document_id: str) -> str | None:
    """The extracted text that a figure's start and end count in; None for tables of figures."""
    found = warehouse.rows("select text from dim_document_text where document_id = ?", document_id)
    return None if found.empty else found.iloc[0]["text"]


def facts_of(warehouse: Warehouse, figure_id: str) -> pd.DataFrame:
    """The facts that a figure is behind: fact_table, fact_id, role, is_chosen, rank, reason."""
    return warehouse.rows(
        """
        select fact_table, fact_id, role, is_chosen, rank, reason from bridge_fact_figures
        where figure_id = ? order by fact_table, fact_id, role
        """,
        figure_id,
    )


def statements(warehouse: Warehouse, fact_table: str, fact_id: str) -> pd.DataFrame:
    """All figures behind a fact, the chosen first, with where each stands."""
    return warehouse.rows(
        """
        select b.role, b.is_chosen, b.rank, b.reason, f.figure_id, f.measure, f.value, f.unit, f.raw, f.quote,
               f.fiscal_year, f.page, f.confidence, t.title, t.publisher, t.source_class, t.document_id
        from bridge_fact_figures as b
        join fct_figures as f using (figure_id)
        left join dim_document as t using (document_id)
        where b.fact_table = ? and b.fact_id = ? order by b.role, b.rank nulls last, f.figure_id
        """,
        fact_table,
        fact_id,
    )


def sources(warehouse: Warehouse, figures: Sequence[str], departments: Sequence[str]) -> pd.DataFrame:
    """The documents behind figures of some departments: figure_id, title, publisher, fiscal_year (of the document),
    source_class.

    The departments are what makes it fast: figures lie department by department, so that all but a few blocks of
    millions are passed over (28 to 77 ms instead of 470 on five million).
    """
    return warehouse.rows(
        """
        select f.figure_id, t.title, t.publisher, t.fiscal_year, t.source_class
        from fct_figures as f join dim_document as t using (document_id)
        where f.figure_id in (select unnest(?)) and f.department_id in (select unnest(?))
        """,
        tuple(figures),
        tuple(departments),
    )
