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
from collections.abc import Mapping, Sequence
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
                # What was read from an older release would only take memory.
                _cached.clear()
            cursor = self.connection.cursor()
        cursor.execute("use release")
        return "-".join(str(part) for part in key), cursor


@st.cache_resource(show_spinner=False)
def _current() -> _Current:
    return _Current()


@st.cache_resource(show_spinner=False, max_entries=600)
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


_FUNDING = ("stage", "fund_source", "spending_type", "programme", "item", "account_code")
_EXECUTION = ("basis", "programme", "fund_source", "spending_type", "item", "account_code")
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
        self._columns: dict[str, set[str]] = {}

    def rows(self, sql: str, *parameters: object) -> pd.DataFrame:
        """The result of a query on the marts, cached for this release.

        The frame shares its values with the cache and copies what is changed (pandas copies on write): pickling each
        result for each reader cost more than most queries.
        """
        return _cached(self.key, sql, parameters, self._cursor).copy(deep=False)

    def columns(self, table: str) -> set[str]:
        """The columns of a mart in this release."""
        if not self._columns:
            found = self.rows(
                """
                select table_name, list(column_name) as names from duckdb_columns()
                where database_name = 'release' and schema_name = 'main' group by table_name
                """
            )
            self._columns.update(
                {owner: set(names) for owner, names in zip(found["table_name"], found["names"], strict=True)}
            )
        return self._columns.get(table, set())

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
            with held as (
                select department_id, province_name from dim_department where ? or not is_sample
            ),
            years as (select y.* from dim_department_year as y join held using (department_id)),
            checks as (select r.verdict, r.severity from fct_reconciliations as r join held using (department_id))
            select
                (select count(*) from held) as departments,
                (select count(distinct province_name) from held) as provinces,
                (select count(*) from dim_document join held using (department_id)) as documents,
                (select sum(figure_count)::bigint from years) as figures,
                (select min(fiscal_year) filter (figure_count > 0) from years) as first_year,
                (select max(fiscal_year) filter (figure_count > 0) from years) as last_year,
                (select count(*) filter (verdict = 'violated' and severity = 'hard') from checks) as hard,
                (select count(*) filter (verdict = 'violated' and severity = 'soft') from checks) as soft,
                (select count(*) filter (verdict <> 'not_computable') from checks) as checks
            """,
            samples,
        ).iloc[0]

    def departments(self) -> pd.DataFrame:
        """Each department with its place, kind and how much is held of it."""
        return self.rows(
            """
            with held as (
                select department_id, sum(figure_count)::bigint as figure_count,
                       min(fiscal_year) filter (figure_count > 0) as first_year,
                       max(fiscal_year) filter (figure_count > 0) as last_year
                from dim_department_year group by department_id
            ),
            papers as (select department_id, count(*) as document_count from dim_document group by department_id)
            select d.department_id, d.department_name, d.department_short_name, d.department_kind, d.place_code,
                   d.place_name, d.province_name, d.province_code, d.tier, d.region_class, d.is_sample,
                   coalesce(papers.document_count, 0) as document_count, coalesce(held.figure_count, 0) as figure_count,
                   held.first_year, held.last_year
            from dim_department as d left join held using (department_id) left join papers using (department_id)
            order by d.is_sample, d.place_code nulls last, d.department_name
            """
        )

    def coverage(self, departments: Sequence[str]) -> pd.DataFrame:
        """The spine of some departments: each year between its first and last, with counts and the reason of a gap."""
        return self.rows(
            """
            select department_id, fiscal_year, document_count, figure_count, has_funding, has_execution,
                   has_beneficiaries, has_standards, has_performance, absence_reason
            from dim_department_year where department_id in (select unnest(?))
            order by department_id, fiscal_year
            """,
            tuple(departments),
        )

    def coverage_counts(self, departments: Sequence[str]) -> tuple[int, int]:
        """Department-years of some departments, and how many of them hold no figure."""
        found = self.rows(
            """
            select count(*) as cells, count(*) filter (coalesce(figure_count, 0) = 0) as gaps
            from dim_department_year where department_id in (select unnest(?))
            """,
            tuple(departments),
        ).iloc[0]
        return int(found["cells"]), int(found["gaps"])

    def coverage_by_year(self, samples: bool) -> pd.DataFrame:
        """Department-years by year: departments, held, and how many have each family of figures; the latest year first."""
        families = ", ".join(f"count(*) filter (has_{f}) as {f}" for f in FAMILIES)
        return self.rows(
            f"""
            select y.fiscal_year, count(*) as departments, count(*) filter (y.figure_count > 0) as held, {families}
            from dim_department_year as y join dim_department as d using (department_id)
            where ? or not d.is_sample group by y.fiscal_year order by y.fiscal_year desc
            """,
            samples,
        )

    def absences(self, samples: bool) -> pd.DataFrame:
        """How many department-years are missing, by reason: absence_reason, cells; the most frequent first."""
        return self.rows(
            """
            select y.absence_reason, count(*) as cells
            from dim_department_year as y join dim_department as d using (department_id)
            where coalesce(y.figure_count, 0) = 0 and y.absence_reason is not null and (? or not d.is_sample)
            group by y.absence_reason order by cells desc, y.absence_reason
            """,
            samples,
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

    def changes(self) -> pd.DataFrame:
        """What the latest run did to the release: status (loaded, unchanged, withdrawn, failed) and n (files)."""
        return self.rows(f"select status, count(*) as n from ({_CHANGES}) group by status order by status")

    def changed(self, limit: int) -> pd.DataFrame:
        """The files that the latest run loaded, withdrew or could not read, withdrawn and failed first."""
        return self.rows(
            f"""
            select c.file, c.status, c.message, t.document_id, t.title, t.department_id, d.department_name, t.source_class,
                   t.figure_count
            from ({_CHANGES}) as c
            left join dim_document as t using (document_id) left join dim_department as d on d.department_id = t.department_id
            where c.status <> 'unchanged' order by c.status = 'loaded', c.status, t.figure_count desc nulls last, c.file limit ?
            """,
            limit,
        )

    def changed_facts(self, limit: int) -> pd.DataFrame:
        """Facts whose value appeared, changed or went since the release before, real ones and changed ones first."""
        return self.rows(
            """
            select department_id, department_name, fiscal_year, measure, programme, change, cause, value_before, unit_before,
                   value_after, unit_after, figure_id_after, is_sample, previous_release, count(*) over () as n
            from fct_release_changes
            order by is_sample, change = 'appeared', change, fiscal_year desc nulls last, department_name, measure, role, fact_id
            limit ?
            """,
            limit,
        )

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

    def compare_held(self, comparable: Comparable, chosen: Mapping[str, str], samples: bool) -> pd.DataFrame:
        """The departments that hold a comparable: department_id, tier, years (how many), course (a hash of its values
        over the years: departments that share one standard have the same)."""
        return self.rows(
            f"""
            with one as (
                select f.department_id, d.tier, f.fiscal_year, first(f.{comparable.value} order by f.{comparable.identity}) as value
                from {comparable.table} as f join dim_department as d using (department_id)
                where {comparable.condition} and f.{comparable.value} is not null and f.fiscal_year is not null
                  and (? or not d.is_sample) and {self._chosen(comparable)}
                group by f.department_id, d.tier, f.fiscal_year
            )
            select department_id, tier, count(*) as years, hash(list((fiscal_year, value) order by fiscal_year))::varchar as course
            from one group by department_id, tier order by years desc, department_id
            """,
            samples,
            *[chosen[d] for d in comparable.dimensions],
        )

    def comparable_years(self, comparable: Comparable, chosen: Mapping[str, str]) -> pd.DataFrame:
        """How many real departments hold a comparable: tier, fiscal_year, n."""
        return self.rows(
            f"""
            select d.tier, f.fiscal_year, count(distinct f.department_id) as n
            from {comparable.table} as f join dim_department as d using (department_id)
            where {comparable.condition} and f.{comparable.value} is not null and f.fiscal_year is not null
              and not d.is_sample and d.tier is not null and {self._chosen(comparable)}
            group by all order by all
            """,
            *[chosen[d] for d in comparable.dimensions],
        )

    @staticmethod
    def _chosen(comparable: Comparable) -> str:
        """The condition on each dimension of a comparable, one parameter each."""
        return " and ".join([f"coalesce(f.{d}, '{WHOLE}') = ?" for d in comparable.dimensions] or ["true"])

    def compare(
        self,
        comparable: Comparable,
        chosen: Mapping[str, str],
        samples: bool,
        departments: Sequence[str] | None = None,
        year: int | None = None,
        tier: str | None = None,
    ) -> pd.DataFrame:
        """One row per department and year for a comparable and one value of each of its dimensions.

        Columns: department_id, department_name, place_name, province_name, tier, is_sample, fiscal_year, value, figure_id,
        fact_id, document_id, title, publisher, source_url, source_class, statement_count, is_disputed, is_restated, and the
        growth on the year before, as stated and in real terms, in percent (null where the mart has none).
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
        growth = "".join(
            f"{f'f.{c}' if c in available else 'null::double'} as {c}, "
            for c in ("growth_on_year_before_pct", "real_growth_on_year_before_pct")
        )
        return self.rows(
            f"""
            select {growth}d.department_id, d.department_name, d.department_short_name, d.place_name, d.province_name,
                   d.province_code, d.tier, d.is_sample, f.fiscal_year, f.{comparable.value} as value, f.{comparable.figure} as figure_id,
                   f.{comparable.identity} as fact_id, t.document_id, t.title, t.publisher, t.source_url, t.source_class,
                   f.statement_count, {marks}
            from {comparable.table} as f
            join dim_department as d using (department_id)
            left join fct_figures as g on g.figure_id = f.{comparable.figure} and g.department_id = f.department_id
            left join dim_document as t on t.document_id = g.document_id
            where {comparable.condition} and f.{comparable.value} is not null and f.fiscal_year is not null
              and (? or not d.is_sample) and {self._chosen(comparable)}
              and (? or f.department_id in (select unnest(?))) and (?::integer is null or f.fiscal_year = ?)
              and (?::varchar is null or d.tier = ?)
            order by d.department_id, f.fiscal_year, {headline} f.{comparable.identity}
            """,
            samples,
            *[chosen[d] for d in comparable.dimensions],
            departments is None,
            tuple(departments or ("",)),
            year,
            year,
            tier,
            tier,
        )

    def neighbours(self, department_id: str) -> list[str]:
        """The departments whose places are nearest to a department's, the nearest first; none where the release has no such
        table."""
        if not self.columns("bridge_peer_neighbours"):
            return []
        found = self.rows(
            "select neighbour_department_id from bridge_peer_neighbours where department_id = ? order by neighbour_rank",
            department_id,
        )
        return found["neighbour_department_id"].tolist()

    def per_population(self, facts: Sequence[str]) -> pd.DataFrame:
        """Values per resident of some facts: fact_id, per_resident_value, population_persons, population_basis,
        population_vintage; the resident population before the registered one."""
        return self.rows(
            """
            select fact_id, per_resident_value, unit, population_persons, population_kind, population_basis, population_vintage
            from fct_per_resident where fact_id in (select unnest(?))
            order by fact_id, population_kind <> 'resident', population_kind
            """,
            tuple(facts),
        )

    def sources(self, figures: Sequence[str], departments: Sequence[str]) -> pd.DataFrame:
        """The documents behind figures of some departments: figure_id, title, publisher, fiscal_year (of the document),
        source_class.

        The departments are what makes it fast: figures lie department by department, so that all but a few blocks of
        millions are passed over (28 to 77 ms instead of 470 on five million).
        """
        return self.rows(
            """
            select f.figure_id, t.title, t.publisher, t.fiscal_year, t.source_class
            from fct_figures as f join dim_document as t using (document_id)
            where f.figure_id in (select unnest(?)) and f.department_id in (select unnest(?))
            """,
            tuple(figures),
            tuple(departments),
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
        # Only the conditions that apply: blocks that a condition rules out are not read, those of an "or" are.
        asked = {
            "f.document_id = ?": document_id,
            "f.department_id = ?": department_id,
            "f.fiscal_year = ?": year,
            "f.measure = ?": measure,
            "contains(concat_ws(' ', f.raw, f.quote, f.indicator, f.item, t.title), ?)": search or None,
        }
        kept = {condition: value for condition, value in asked.items() if value is not None}
        if not samples and document_id is None:
            kept["t.source_class is distinct from ?"] = "sample"
        return self.rows(
            f"""
            select f.figure_id, d.department_name, f.fiscal_year, f.measure, f.programme, f.residence, f.care, f.stage,
                   f.fund_source, f.spending_type, f.item, f.indicator, f.variant, f.value, f.unit, f.per, f.raw, t.title, f.confidence
            from fct_figures as f
            left join dim_department as d using (department_id)
            left join dim_document as t using (document_id)
            where {" and ".join(kept) or "true"}
            order by t.fiscal_year desc nulls last, f.document_id, f.start nulls last, f.figure_id limit ?
            """,
            *kept.values(),
            limit,
        )

    # ---- topics -----------------------------------------------------------------------------------------------

    def checks(
        self, samples: bool, conditions: Mapping[str, object], limit: int | None = None, skip: int = 0
    ) -> pd.DataFrame:
        """Checks of identities, violated and hard first, with the department and the document's title."""
        where, parameters = self._where("fct_reconciliations", conditions)
        return self.rows(
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

    def check_counts(self, samples: bool) -> pd.DataFrame:
        """Checks by identity, severity and verdict: n, and the departments that they are of."""
        return self.rows(
            """
            select f.identity, f.severity, f.verdict, count(*) as n, count(distinct f.department_id) as departments
            from fct_reconciliations as f left join dim_department as d using (department_id)
            where ? or not coalesce(d.is_sample, false) group by all order by all
            """,
            samples,
        )

    def check_figures(self, checks: pd.DataFrame) -> pd.DataFrame:
        """The figures that checks rest on: reconciliation_id, figure_id, measure, raw, quote, title. `checks`:
        reconciliation_id, department_id."""
        # Only where every check has a department can the others' figures be passed over.
        known = bool(checks["department_id"].notna().all())
        return self.rows(
            f"""
            with sides as (
                select reconciliation_id, unnest(figure_ids) as figure_id from fct_reconciliations
                where reconciliation_id in (select unnest(?))
            )
            select distinct s.reconciliation_id, f.figure_id, f.measure, f.raw, f.quote, f.document_id, f."start", t.title
            from sides as s join fct_figures as f using (figure_id) left join dim_document as t using (document_id)
            where {"f.department_id in (select unnest(?))" if known else "? is not null"}
            order by f.document_id, f."start" nulls last, f.figure_id
            """,
            tuple(checks["reconciliation_id"]),
            tuple(sorted(set(checks["department_id"]))) if known else ("",),
        )

    def mart(self, table: str, department_id: str) -> pd.DataFrame:
        """The rows of one fact mart for one department."""
        if table not in FACT_TABLES:
            raise ValueError(f"{table} is not a fact mart")
        return self.rows(
            f"select * from {table} where department_id = ? order by fiscal_year desc, {FACT_TABLES[table]}",
            department_id,
        )

    def _where(self, table: str, conditions: Mapping[str, object]) -> tuple[str, list[object]]:
        """SQL and parameters of conditions on a mart `f` and its department `d`: column → value, where WHOLE is null, a
        tuple is any of its values, and `search` a piece of the department's name. Raises ValueError for another name."""
        own = self.columns(table)
        parts, parameters = ["true"], []
        for column, value in conditions.items():
            if column == "search":
                parts.append("contains(d.department_name, ?)")
            elif column in own:
                name = f"f.{column}"
                if value == WHOLE:
                    parts.append(f"{name} is null")
                    continue
                parts.append(f"{name} in (select unnest(?))" if isinstance(value, tuple) else f"{name} = ?")
            elif column in ("province_name", "tier"):
                parts.append(f"d.{column} = ?")
            else:
                raise ValueError(f"{table} has no column {column}")
            parameters.append(value)
        return " and ".join(parts), parameters

    def facts(
        self,
        table: str,
        samples: bool,
        conditions: Mapping[str, object],
        *,
        order: str = "",
        ascending: bool = False,
        limit: int | None = None,
        known: str = "",
        latest: bool = False,
    ) -> pd.DataFrame:
        """Rows of one fact mart with the departments' names, by department and year, or by `order`, the largest first unless
        `ascending`; only those whose column `known` is known, where one is named; with `latest` one row a department, its
        headline of its latest year."""
        self._check(table, order, known)
        where, parameters = self._where(table, conditions)
        way = f"f.{order} {'asc' if ascending else 'desc'} nulls last, " if order else ""
        return self.rows(
            f"""
            select f.* exclude (is_sample), d.department_name, d.department_short_name, d.province_name, d.place_name,
                   d.place_code, d.tier, d.is_sample
            from {table} as f join dim_department as d using (department_id)
            where (? or not d.is_sample) and {where}{f" and f.{known} is not null" if known else ""}
            {self._one_each(table) if latest else ""}
            order by {way}d.department_id, f.fiscal_year, f.{FACT_TABLES[table]}
            limit coalesce(?, 1000000)
            """,
            samples,
            *parameters,
            limit,
        )

    def _one_each(self, table: str) -> str:
        """SQL that keeps one row of each department: its headline of its latest year."""
        headline = "f.is_headline desc, " if "is_headline" in self.columns(table) else ""
        return (
            "qualify row_number() over (partition by f.department_id "
            f"order by f.fiscal_year desc, {headline}f.{FACT_TABLES[table]}) = 1"
        )

    def spread(
        self, table: str, value: str, samples: bool, conditions: Mapping[str, object], *, latest: bool = False
    ) -> pd.Series:
        """How a value is spread over rows of a fact mart: n, departments, lowest, highest, median, at_lowest and at_highest
        (how many have these), first_year, last_year; of standards also averages, with_minimum and below_minimum."""
        self._check(table, value)
        where, parameters = self._where(table, conditions)
        more = (
            """, count(*) filter (is_average) as averages, count(ratio_to_minimum) as with_minimum,
               count(*) filter (ratio_to_minimum < 1) as below_minimum"""
            if "ratio_to_minimum" in self.columns(table)
            else ""
        )
        return self.rows(
            f"""
            with kept as (
                select f.* from {table} as f join dim_department as d using (department_id)
                where (? or not d.is_sample) and {where} and f.{value} is not null
                {self._one_each(table) if latest else ""}
            )
            select count(*) as n, count(distinct department_id) as departments, min({value}) as lowest, max({value}) as highest,
                   median({value}) as median, min(fiscal_year) as first_year, max(fiscal_year) as last_year,
                   count(*) filter ({value} = (select min({value}) from kept)) as at_lowest,
                   count(*) filter ({value} = (select max({value}) from kept)) as at_highest{more}
            from kept
            """,
            samples,
            *parameters,
        ).iloc[0]

    def tally(
        self, table: str, column: str, samples: bool, conditions: Mapping[str, object], known: str = ""
    ) -> pd.DataFrame:
        """What a column of a fact mart (or the department's province_name or tier) holds under conditions: option (null as
        WHOLE), n (rows) and departments, the most departments first."""
        self._check(table, known)
        if column not in self.columns(table) and column not in ("province_name", "tier"):
            raise ValueError(f"{table} has no column {column}")
        where, parameters = self._where(table, conditions)
        name = f"d.{column}" if column in ("province_name", "tier") else f"f.{column}"
        return self.rows(
            f"""
            select coalesce({name}::varchar, '{WHOLE}') as option, count(*) as n, count(distinct f.department_id) as departments
            from {table} as f left join dim_department as d using (department_id)
            where (? or not coalesce(d.is_sample, false)) and {where}{f" and f.{known} is not null" if known else ""}
            group by all order by departments desc, n desc, option
            """,
            samples,
            *parameters,
        )

    def places_and_years(
        self, table: str, samples: bool, conditions: Mapping[str, object], known: str = ""
    ) -> pd.DataFrame:
        """How many rows (n) and departments of a fact mart each province_name, tier and fiscal_year has under conditions, and each
        province_name and tier over all years (is_every_year). A department has one province and one tier, so that its counts
        add up over these: one query, kept for all choices of place and year, instead of one for each filter and choice.
        """
        self._check(table, known)
        where, parameters = self._where(table, conditions)
        return self.rows(
            f"""
            with years as (
                select f.department_id, f.fiscal_year, count(*) as n
                from {table} as f left join dim_department as d using (department_id)
                where (? or not coalesce(d.is_sample, false)) and {where}{f" and f.{known} is not null" if known else ""}
                group by f.department_id, f.fiscal_year
            )
            select d.province_name, d.tier, y.fiscal_year, grouping(y.fiscal_year) = 1 as is_every_year,
                   sum(y.n)::bigint as n, count(distinct y.department_id) as departments
            from years as y left join dim_department as d using (department_id)
            group by grouping sets ((d.province_name, d.tier), (d.province_name, d.tier, y.fiscal_year))
            order by all
            """,
            samples,
            *parameters,
        )

    def courses(
        self, table: str, value: str, samples: bool, conditions: Mapping[str, object], fewest: int, most: int
    ) -> pd.DataFrame:
        """The departments with the most years of a value, at least `fewest`: department_id and departments (how many have any
        year). Of those whose values are the same in every year the first stands for all."""
        self._check(table, value)
        where, parameters = self._where(table, conditions)
        return self.rows(
            f"""
            with one as (
                select f.department_id, f.fiscal_year, first(f.{value} order by f.is_headline desc, f.{FACT_TABLES[table]}) as value
                from {table} as f join dim_department as d using (department_id)
                where (? or not d.is_sample) and {where} and f.{value} is not null
                group by f.department_id, f.fiscal_year
            ),
            courses as (
                select department_id, count(*) as years, hash(list((fiscal_year, value) order by fiscal_year)) as course
                from one group by department_id
            )
            select min(department_id) as department_id, any_value(years) as years, (select count(*) from courses) as departments
            from courses where years >= ? group by course order by years desc, department_id limit ?
            """,
            samples,
            *parameters,
            fewest,
            most,
        )

    def execution_counts(self, samples: bool, conditions: Mapping[str, object]) -> pd.Series:
        """What the rates under some conditions come to: n, departments, both (stated and recomputed), differ, over (100 %),
        unknown (not recomputed)."""
        where, parameters = self._where("fct_execution", conditions)
        return self.rows(
            f"""
            select count(*) as n, count(distinct f.department_id) as departments,
                   count(*) filter (stated_rate_pct is not null and recomputed_rate_pct is not null) as both,
                   count(*) filter (verdict = 'contradicted') as differ,
                   count(*) filter (recomputed_rate_pct > 100) as over,
                   count(*) filter (recomputed_rate_pct is null) as unknown
            from fct_execution as f join dim_department as d using (department_id)
            where (? or not d.is_sample) and {where}
            """,
            samples,
            *parameters,
        ).iloc[0]

    def attainment(self, samples: bool, conditions: Mapping[str, object]) -> pd.Series:
        """What performance rows under some conditions come to: n, departments (of indicators with target and result),
        attained, scores, over (scores of 90 or more), median (of scores), rows."""
        where, parameters = self._where("fct_performance", conditions)
        pair = "kind = 'indicator' and target_value > 0 and actual_value is not null"
        return self.rows(
            f"""
            select count(*) filter ({pair}) as n, count(distinct f.department_id) filter ({pair}) as departments,
                   count(*) filter ({pair} and attained) as attained,
                   count(score) filter (kind = 'score') as scores,
                   count(*) filter (kind = 'score' and score >= 90) as over,
                   median(score) filter (kind = 'score') as median, count(*) as rows
            from fct_performance as f join dim_department as d using (department_id)
            where (? or not d.is_sample) and {where}
            """,
            samples,
            *parameters,
        ).iloc[0]

    def one_sided(self, samples: bool, conditions: Mapping[str, object], limit: int | None = None) -> pd.DataFrame:
        """Indicators with a target or a result but not both, results first and the lowest of them: rows of fct_performance with
        the department, value and figure_id of the one side, is_result, n (how many there are) and results (of them)."""
        where, parameters = self._where("fct_performance", conditions)
        return self.rows(
            f"""
            select f.* exclude (is_sample), d.department_name, d.department_short_name, d.province_name, d.place_name,
                   d.place_code, d.tier, d.is_sample, f.actual_value is not null as is_result,
                   coalesce(f.actual_value, f.target_value) as value, coalesce(f.actual_figure_id, f.target_figure_id) as figure_id,
                   count(*) over () as n, count(f.actual_value) over () as results
            from fct_performance as f join dim_department as d using (department_id)
            where (? or not d.is_sample) and {where} and f.kind = 'indicator' and (f.actual_value is null) <> (f.target_value is null)
            order by f.unit <> 'percent', f.actual_value is null, value, d.department_id, f.fiscal_year, f.performance_id
            limit coalesce(?, 1000000)
            """,
            samples,
            *parameters,
            limit,
        )

    def _check(self, table: str, *columns: str) -> None:
        """Raise ValueError for what is no fact mart or no column of it: names go into SQL as they are."""
        if table not in FACT_TABLES:
            raise ValueError(f"{table} is not a fact mart")
        for column in columns:
            if column and column not in self.columns(table):
                raise ValueError(f"{table} has no column {column}")

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


#: What became of each document in the latest run: one that was read and then loaded counts once.
_CHANGES = """
    select file, any_value(document_id) as document_id, any_value(message) filter (status <> 'ok') as message,
           case when bool_or(status in ('failed', 'rejected')) then 'failed'
                when bool_or(status = 'withdrawn') then 'withdrawn'
                when bool_or(status = 'unchanged') then 'unchanged'
                else 'loaded' end as status
    from fct_outcomes
    where run_id is not distinct from (select arg_max(run_id, recorded_at) from fct_outcomes)
      and (stage = 'loaded' or status in ('failed', 'rejected', 'withdrawn', 'unchanged'))
    group by file, document_id
"""

#: Families of figures that the spine of department and year tells of.
FAMILIES = ("funding", "execution", "beneficiaries", "standards", "performance")

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
