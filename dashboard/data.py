"""All SQL of the dashboard: read-only, from the marts of the published release, cached by release.

In: `$JIXIAO_HOME/warehouse.duckdb`. Out: pandas frames whose columns keep the marts' names (`*_cny` in yuan, `*_pct` in
percent, null for unknown). Refuses: a missing or unreadable warehouse and a release without a mart that a page needs,
each with a message that says what to do (`WarehouseError`).

A release is attached read-only to a database in memory, one for each release (its key is the file's inode and time of
change): DuckDB would otherwise go on serving the old file under the same path until the last reader has closed it.
Readers that are still at work finish on the old release; the next run of a page sees the new one.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd
import streamlit as st

from ingest.paths import PROJECT_ROOT

MEMORY_LIMIT = "1GB"
THREADS = 2


class WarehouseError(Exception):
    """The release cannot be read: `cause` is a code with a text in the interface, `detail` what was found."""

    def __init__(self, cause: str, detail: str) -> None:
        super().__init__(f"{cause}: {detail}")
        self.cause, self.detail = cause, detail


def warehouse_path() -> Path:
    """Where the published release is: `$JIXIAO_HOME/warehouse.duckdb`, by default in the project's data folder."""
    return Path(os.environ.get("JIXIAO_HOME") or PROJECT_ROOT / "data").resolve() / "warehouse.duckdb"


def attach(path: Path, memory_limit: str = MEMORY_LIMIT) -> duckdb.DuckDBPyConnection:
    """A locked connection that sees the release at `path` as catalog `release`, and nothing else of the machine."""
    connection = duckdb.connect(":memory:", config={"memory_limit": memory_limit, "threads": THREADS})
    try:
        connection.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as release (read_only)")
        # Spilling to disk would write beside whatever folder the server was started in.
        connection.execute("set temp_directory = ''")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
    except duckdb.Error:
        connection.close()
        raise
    return connection


class _Current:
    """The connection to the newest release; older ones live on only as long as somebody still reads from them."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.key: tuple[str, int, int] | None = None
        self.connection: duckdb.DuckDBPyConnection | None = None

    def cursor(self) -> tuple[str, duckdb.DuckDBPyConnection]:
        path = warehouse_path()
        with self.lock:
            try:
                found = path.stat()
            except OSError as error:
                raise WarehouseError("missing", str(path)) from error
            key = (str(path), found.st_ino, found.st_mtime_ns)
            if key != self.key or self.connection is None:
                try:
                    self.connection = attach(path)
                except duckdb.Error as error:
                    raise WarehouseError("unreadable", f"{path}: {error}") from error
                self.key = key
            cursor = self.connection.cursor()
        cursor.execute("use release")
        return "-".join(str(part) for part in key), cursor


@st.cache_resource(show_spinner=False)
def _current() -> _Current:
    return _Current()


@st.cache_data(show_spinner=False, max_entries=400)
def _cached(key: str, sql: str, parameters: tuple[object, ...], _cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    return _run(sql, parameters, _cursor)


def _run(sql: str, parameters: tuple[object, ...], cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    try:
        return cursor.execute(sql, parameters).df()
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise WarehouseError("outdated", str(error).splitlines()[0]) from error


@dataclass(frozen=True, slots=True)
class Comparable:
    """Something that departments can be compared by: one number column of one mart, and what separates its rows."""

    key: str
    family: str
    table: str
    identity: str
    value: str
    unit: str
    figure: str
    dimensions: tuple[str, ...]
    condition: str = "true"


_FUNDING = ("stage", "fund_source", "spending_type", "programme", "item")
_EXECUTION = ("basis", "programme", "fund_source", "spending_type", "item")
_REACH = ("programme", "residence", "care")
_STANDARD = ("programme", "residence", "care", "variant")


def _funding(measure: str) -> Comparable:
    return Comparable(
        measure,
        "funding",
        "fct_funding",
        "funding_id",
        "amount_cny",
        "CNY",
        "figure_id",
        _FUNDING,
        f"f.measure = '{measure}'",
    )


def _reach(key: str, value: str, unit: str, figure: str) -> Comparable:
    return Comparable(key, "beneficiaries", "fct_beneficiaries", "beneficiaries_id", value, unit, figure, _REACH)


#: What the compare page offers, in its order.
COMPARABLES: dict[str, Comparable] = {
    c.key: c
    for c in (
        Comparable(
            "standard_month",
            "standards",
            "fct_subsidy_standards",
            "standard_id",
            "standard_cny_per_month",
            "CNY",
            "standard_figure_id",
            _STANDARD,
        ),
        Comparable(
            "top_up_month",
            "standards",
            "fct_subsidy_standards",
            "standard_id",
            "top_up_cny_per_month",
            "CNY",
            "top_up_figure_id",
            _STANDARD,
        ),
        _funding("expenditure"),
        _funding("budget"),
        _funding("income"),
        _funding("carryover"),
        Comparable(
            "execution_recomputed",
            "execution",
            "fct_execution",
            "execution_id",
            "recomputed_rate_pct",
            "percent",
            "numerator_figure_id",
            _EXECUTION,
        ),
        Comparable(
            "execution_stated",
            "execution",
            "fct_execution",
            "execution_id",
            "stated_rate_pct",
            "percent",
            "stated_figure_id",
            _EXECUTION,
        ),
        _reach("persons", "persons", "person", "persons_figure_id"),
        _reach("households", "households", "household", "households_figure_id"),
        _reach("person_times", "person_times", "person_time", "person_times_figure_id"),
        _reach("amount_paid", "amount_paid_cny", "CNY", "amount_paid_figure_id"),
        _reach("amount_per_person_month", "amount_per_person_month_cny", "CNY", "amount_paid_figure_id"),
        *(
            Comparable(
                measure,
                "services",
                "fct_services",
                "service_id",
                "quantity",
                "other",
                "figure_id",
                ("programme", "unit", "residence", "variant"),
                f"f.measure = '{measure}' and not f.is_planned",
            )
            for measure in ("beds", "facilities", "cases")
        ),
        Comparable(
            "score",
            "performance",
            "fct_performance",
            "performance_id",
            "score",
            "point",
            "score_figure_id",
            (),
            "f.kind = 'score'",
        ),
    )
}

#: A dimension's null in addresses and widgets: the whole, or not said.
WHOLE = "whole"


class Warehouse:
    """The release as it was when a page began: every query of the page reads the same one."""

    def __init__(self) -> None:
        self.key, self._cursor = _current().cursor()

    def rows(self, sql: str, *parameters: object) -> pd.DataFrame:
        """The result of a query on the marts, cached for this release."""
        return _cached(self.key, sql, parameters, self._cursor)

    def columns(self, table: str) -> set[str]:
        """The columns of a mart in this release."""
        found = self.rows(
            "select column_name from duckdb_columns() where database_name = 'release' and schema_name = 'main' and table_name = ?",
            table,
        )
        return set(found["column_name"])

    # ---- the release and what it holds -------------------------------------------------------------------------

    def release(self) -> pd.Series:
        """release, built_at, extractor_version, document_count, figure_count."""
        found = self.rows("select * from dim_release order by built_at desc limit 1")
        if found.empty:
            raise WarehouseError("outdated", "dim_release is empty")
        return found.iloc[0]

    def totals(self, samples: bool) -> pd.Series:
        """Counts of what is held: departments, provinces, documents, figures, first_year, last_year, hard, soft, checks."""
        return self.rows(
            """
            with held as (select department_id from dim_department where ? or not is_sample)
            select
                (select count(*) from held) as departments,
                (select count(distinct province_name) from dim_department join held using (department_id)) as provinces,
                (select count(*) from dim_document join held using (department_id)) as documents,
                (select count(*) from fct_figures join held using (department_id)) as figures,
                (select min(fiscal_year) from fct_figures join held using (department_id)) as first_year,
                (select max(fiscal_year) from fct_figures join held using (department_id)) as last_year,
                (select count(*) from fct_reconciliations join held using (department_id)
                  where verdict = 'violated' and severity = 'hard') as hard,
                (select count(*) from fct_reconciliations join held using (department_id)
                  where verdict = 'violated' and severity = 'soft') as soft,
                (select count(*) from fct_reconciliations join held using (department_id)
                  where verdict <> 'not_computable') as checks
            """,
            samples,
        ).iloc[0]

    def departments(self) -> pd.DataFrame:
        """Each department with its place, kind and how much is held of it."""
        return self.rows(
            """
            select d.department_id, d.department_name, d.department_short_name, d.department_kind, d.place_code,
                   d.place_name, d.province_name, d.tier, d.is_sample,
                   count(distinct f.document_id) as document_count, count(f.figure_id) as figure_count,
                   min(f.fiscal_year) as first_year, max(f.fiscal_year) as last_year
            from dim_department as d left join fct_figures as f using (department_id)
            group by all order by d.is_sample, d.place_code nulls last, d.department_name
            """
        )

    def coverage(self) -> pd.DataFrame:
        """The spine: each department and year between its first and last, with counts and the reason of a gap."""
        return self.rows(
            """
            select department_id, fiscal_year, document_count, figure_count, has_funding, has_execution,
                   has_beneficiaries, has_standards, has_performance, absence_reason
            from dim_department_year order by department_id, fiscal_year
            """
        )

    def documents(self, samples: bool, department_id: str | None = None, limit: int | None = None) -> pd.DataFrame:
        """Documents, newest year first."""
        return self.rows(
            """
            select t.document_id, t.title, t.department_id, d.department_name, t.fiscal_year, t.document_kind, t.format,
                   t.publisher, t.published_on, t.source_url, t.source_class, t.file, t.figure_count, t.loaded_at
            from dim_document as t left join dim_department as d using (department_id)
            where (? or t.source_class is distinct from 'sample') and (?::varchar is null or t.department_id = ?)
            order by t.fiscal_year desc nulls last, t.figure_count desc, t.title limit coalesce(?, 1000000)
            """,
            samples,
            department_id,
            department_id,
            limit,
        )

    def outcomes(self) -> pd.DataFrame:
        """What became of each file in the latest run."""
        return self.rows("select file, stage, status, cause, message, remedy from fct_outcomes order by file, stage")

    # ---- comparison -------------------------------------------------------------------------------------------

    def combinations(self, comparable: Comparable, samples: bool) -> pd.DataFrame:
        """Which combinations of a comparable's dimensions are held, most departments first: dimensions, departments, values."""
        dimensions = "".join(f"coalesce(f.{d}, '{WHOLE}') as {d}, " for d in comparable.dimensions)
        order = "".join(f", {d}" for d in comparable.dimensions)
        return self.rows(
            f"""
            select {dimensions} count(distinct f.department_id) as departments, count(*) as "values"
            from {comparable.table} as f join dim_department as d using (department_id)
            where {comparable.condition} and f.{comparable.value} is not null and f.fiscal_year is not null
              and (? or not d.is_sample)
            group by all order by departments desc, "values" desc{order}
            """,
            samples,
        )

    def compare(self, comparable: Comparable, chosen: dict[str, str], samples: bool) -> pd.DataFrame:
        """One row per department and year for a comparable and one value of each of its dimensions.

        Columns: department_id, department_name, place_name, province_name, tier, is_sample, fiscal_year, value, figure_id,
        fact_id, document_id, title, publisher, source_url, source_class, statement_count, is_disputed, is_restated, basis.
        """
        available = self.columns(comparable.table)
        # Where a department has several values of a year, the one to draw comes first: the mart's headline, or the
        # rate with the largest budget under it.
        headline = (
            "not f.is_headline,"
            if "is_headline" in available
            else "f.denominator_cny desc nulls last,"
            if "denominator_cny" in available
            else ""
        )
        marks = (
            "f.is_disputed, f.is_restated"
            if "is_disputed" in available
            else "false as is_disputed, false as is_restated"
        )
        conditions = " and ".join([f"coalesce(f.{d}, '{WHOLE}') = ?" for d in comparable.dimensions] or ["true"])
        return self.rows(
            f"""
            select d.department_id, d.department_name, d.department_short_name, d.place_name, d.province_name,
                   d.province_code, d.tier, d.is_sample, f.fiscal_year, f.{comparable.value} as value, f.{comparable.figure} as figure_id,
                   f.{comparable.identity} as fact_id, t.document_id, t.title, t.publisher, t.source_url, t.source_class,
                   f.statement_count, {marks}
            from {comparable.table} as f
            join dim_department as d using (department_id)
            left join fct_figures as g on g.figure_id = f.{comparable.figure}
            left join dim_document as t on t.document_id = g.document_id
            where {comparable.condition} and f.{comparable.value} is not null and f.fiscal_year is not null
              and (? or not d.is_sample) and {conditions}
            order by d.department_id, f.fiscal_year, {headline} f.{comparable.identity}
            """,
            samples,
            *[chosen[d] for d in comparable.dimensions],
        )

    def compare_two(self, comparable: Comparable, one: str, two: str) -> pd.DataFrame:
        """Every value of a comparable that two departments have: department_id, dimensions, fiscal_year, value, figure_id."""
        available = self.columns(comparable.table)
        dimensions = "".join(f"coalesce(f.{d}, '{WHOLE}') as {d}, " for d in comparable.dimensions)
        headline = "not f.is_headline," if "is_headline" in available else ""
        return self.rows(
            f"""
            select f.department_id, {dimensions} f.fiscal_year, f.{comparable.value} as value, f.{comparable.figure} as figure_id
            from {comparable.table} as f
            where {comparable.condition} and f.{comparable.value} is not null and f.fiscal_year is not null
              and f.department_id in (?, ?)
            order by f.department_id, f.fiscal_year, {headline} f.{comparable.identity}
            """,
            one,
            two,
        )

    # ---- evidence ---------------------------------------------------------------------------------------------

    def figure(self, figure_id: str) -> pd.Series | None:
        """One figure with its document and department; None where the release has no such figure."""
        found = self.rows(
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

    def text(self, document_id: str) -> str | None:
        """The extracted text that a figure's start and end count in; None for tables of figures."""
        found = self.rows("select text from dim_document_text where document_id = ?", document_id)
        return None if found.empty else found.iloc[0]["text"]

    def facts_of(self, figure_id: str) -> pd.DataFrame:
        """The facts that a figure is behind: fact_table, fact_id, role, is_chosen, rank, reason."""
        return self.rows(
            """
            select fact_table, fact_id, role, is_chosen, rank, reason from bridge_fact_figures
            where figure_id = ? order by fact_table, fact_id, role
            """,
            figure_id,
        )

    def statements(self, fact_table: str, fact_id: str) -> pd.DataFrame:
        """All figures behind a fact, the chosen first, with where each stands."""
        return self.rows(
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

    def figures(
        self,
        samples: bool,
        department_id: str | None,
        year: int | None,
        measure: str | None,
        search: str,
        document_id: str | None,
        limit: int,
    ) -> pd.DataFrame:
        """Figures by department, year, measure, document and a piece of their wording, in the order of their documents."""
        return self.rows(
            """
            select f.figure_id, d.department_name, f.fiscal_year, f.measure, f.programme, f.residence, f.care, f.stage,
                   f.fund_source, f.spending_type, f.item, f.indicator, f.variant, f.value, f.unit, f.per, f.raw, t.title, f.confidence
            from fct_figures as f
            left join dim_department as d using (department_id)
            left join dim_document as t using (document_id)
            where (? or t.source_class is distinct from 'sample' or f.document_id = ?)
              and (?::varchar is null or f.document_id = ?)
              and (?::varchar is null or f.department_id = ?) and (?::integer is null or f.fiscal_year = ?)
              and (?::varchar is null or f.measure = ?)
              and (? = '' or contains(concat_ws(' ', f.raw, f.quote, f.indicator, f.item, t.title), ?))
            order by t.fiscal_year desc nulls last, f.document_id, f.start nulls last, f.figure_id limit ?
            """,
            samples,
            document_id,
            document_id,
            document_id,
            department_id,
            department_id,
            year,
            year,
            measure,
            measure,
            search,
            search,
            limit,
        )

    # ---- topics -----------------------------------------------------------------------------------------------

    def reconciliations(self, samples: bool) -> pd.DataFrame:
        """Every check of an identity, violated and hard first."""
        return self.rows(
            """
            select r.* exclude (is_sample), d.department_name, d.province_name, d.tier, d.is_sample, t.title
            from fct_reconciliations as r
            left join dim_department as d using (department_id)
            left join dim_document as t on t.document_id = r.document_id
            where ? or not coalesce(d.is_sample, false)
            order by r.verdict <> 'violated', r.severity <> 'hard', abs(r.gap) desc nulls last, r.reconciliation_id
            """,
            samples,
        )

    def check_figures(self, reconciliation_id: str) -> pd.DataFrame:
        """The figures that a check rests on: figure_id, measure, raw, quote, title."""
        return self.rows(
            """
            with sides as (
                select unnest(figure_ids) as figure_id from fct_reconciliations where reconciliation_id = ?
            )
            select distinct f.figure_id, f.measure, f.raw, f.quote, f.document_id, f."start", t.title
            from sides join fct_figures as f using (figure_id) left join dim_document as t using (document_id)
            order by f.document_id, f."start" nulls last, f.figure_id
            """,
            reconciliation_id,
        )

    def mart(self, table: str, department_id: str) -> pd.DataFrame:
        """The rows of one fact mart for one department."""
        if table not in FACT_TABLES:
            raise ValueError(f"{table} is not a fact mart")
        return self.rows(
            f"select * from {table} where department_id = ? order by fiscal_year desc, {FACT_TABLES[table]}",
            department_id,
        )

    def facts(self, table: str, samples: bool) -> pd.DataFrame:
        """The rows of one fact mart with the departments' names."""
        if table not in FACT_TABLES:
            raise ValueError(f"{table} is not a fact mart")
        return self.rows(
            f"""
            select f.* exclude (is_sample), d.department_name, d.department_short_name, d.province_name, d.place_name,
                   d.place_code, d.tier, d.is_sample
            from {table} as f join dim_department as d using (department_id)
            where ? or not d.is_sample order by d.department_id, f.fiscal_year, f.{FACT_TABLES[table]}
            """,
            samples,
        )

    # ---- dictionary -------------------------------------------------------------------------------------------

    def dictionary(self) -> pd.DataFrame:
        """Every column of every mart with its type and description, from the comments in the published file."""
        return self.rows(
            """
            select c.table_name, t.comment as table_comment, c.column_name, c.data_type, c.comment
            from duckdb_columns() as c
            left join duckdb_tables() as t
              on t.database_name = c.database_name and t.schema_name = c.schema_name and t.table_name = c.table_name
            where c.database_name = 'release' and c.schema_name = 'main'
            order by c.table_name, c.column_index
            """
        )


#: Fact marts and their keys.
FACT_TABLES: dict[str, str] = {
    "fct_funding": "funding_id",
    "fct_execution": "execution_id",
    "fct_beneficiaries": "beneficiaries_id",
    "fct_subsidy_standards": "standard_id",
    "fct_performance": "performance_id",
    "fct_services": "service_id",
    "fct_reconciliations": "reconciliation_id",
}
