"""One comparable of many departments or of two: which are held, their values by year, per resident, with whom to compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.queries.comparables import Comparable, months_of
from dashboard.queries.connection import Warehouse


def combinations(warehouse: Warehouse, comparable: Comparable, samples: bool) -> pd.DataFrame:
    """Which combinations of a comparable's dimensions are held, most departments first: dimensions, departments, values."""
    order = "".join(f", {d}" for d in comparable.dimensions)
    return warehouse.rows(
        f"""
        select {comparable.select()} count(distinct f.department_id) as departments, count(*) as "values"
        from {comparable.table} as f join dim_department as d using (department_id)
        where {comparable.condition} and f.{comparable.value} is not null and f.fiscal_year is not null
          and (? or not d.is_sample)
        group by all order by departments desc, "values" desc{order}
        """,
        samples,
    )


def compare_held(
    warehouse: Warehouse, comparable: Comparable, chosen: Mapping[str, str], samples: bool
) -> pd.DataFrame:
    """The departments that hold a comparable: department_id, tier, years (how many), last_year, course (a hash of its values
    over the years: departments that share one standard have the same)."""
    return warehouse.rows(
        f"""
        with one as (
            select f.department_id, d.tier, f.fiscal_year, first(f.{comparable.value} order by f.{comparable.identity}) as value
            from {comparable.table} as f join dim_department as d using (department_id)
            where {comparable.condition} and f.{comparable.value} is not null and f.fiscal_year is not null
              and (? or not d.is_sample) and {comparable.chosen()}
            group by f.department_id, d.tier, f.fiscal_year
        )
        select department_id, tier, count(*) as years, max(fiscal_year) as last_year, hash(list((fiscal_year, value) order by fiscal_year))::varchar as course
        from one group by department_id, tier order by years desc, department_id
        """,
        samples,
        *[chosen[d] for d in comparable.dimensions],
    )


def comparable_years(warehouse: Warehouse, comparable: Comparable, chosen: Mapping[str, str]) -> pd.DataFrame:
    """How many real departments hold a comparable: tier, fiscal_year, n."""
    return warehouse.rows(
        f"""
        select d.tier, f.fiscal_year, count(distinct f.department_id) as n
        from {comparable.table} as f join dim_department as d using (department_id)
        where {comparable.condition} and f.{comparable.value} is not null and f.fiscal_year is not null
          and not d.is_sample and d.tier is not null and {comparable.chosen()}
        group by all order by all
        """,
        *[chosen[d] for d in comparable.dimensions],
    )


def compare(
    warehouse: Warehouse,
    comparable: Comparable,
    chosen: Mapping[str, str],
    samples: bool,
    departments: Sequence[str] | None = None,
    year: int | None = None,
    tier: str | None = None,
) -> pd.DataFrame:
    """One row per department and year for a comparable and one value of each of its dimensions.

    Columns: department_id, department_name, place_name, province_name, tier, is_sample, fiscal_year, value, figure_id,
    fact_id, document_id, title, publisher, source_url, source_class, statement_count, is_disputed, is_restated, months (that
    the value is of: 1-8, or the whole year), and the growth on the year before, as stated and in real terms, in percent
    (null where the mart has none).
    """
    available = warehouse.columns(comparable.table)
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
        "f.is_disputed, f.is_restated" if "is_disputed" in available else "false as is_disputed, false as is_restated"
    )
    growth = "".join(
        f"{f'f.{c}' if c in available else 'null::double'} as {c}, "
        for c in ("growth_on_year_before_pct", "real_growth_on_year_before_pct")
    )
    return warehouse.rows(
        f"""
        select {growth}d.department_id, d.department_name, d.department_short_name, d.place_name, d.province_name,
               d.province_code, d.tier, d.is_sample, f.fiscal_year, f.{comparable.value} as value, f.{comparable.figure} as figure_id,
               f.{comparable.identity} as fact_id, t.document_id, t.title, t.publisher, t.source_url, t.source_class,
               f.statement_count, {marks}, {months_of(available)} as months
        from {comparable.table} as f
        join dim_department as d using (department_id)
        left join fct_figures as g on g.figure_id = f.{comparable.figure} and g.department_id = f.department_id
        left join dim_document as t on t.document_id = g.document_id
        where {comparable.condition} and f.{comparable.value} is not null and f.fiscal_year is not null
          and (? or not d.is_sample) and {comparable.chosen()}
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


def compare_two(warehouse: Warehouse, comparable: Comparable, one: str, two: str) -> pd.DataFrame:
    """Every value of a comparable that two departments have: department_id, dimensions, fiscal_year, value, figure_id,
    fact_id, months_of (the months that it is of: 1-8, or the whole year)."""
    available = warehouse.columns(comparable.table)
    headline = "not f.is_headline," if "is_headline" in available else ""
    return warehouse.rows(
        f"""
        select f.department_id, {comparable.select()} f.fiscal_year, f.{comparable.value} as value, f.{comparable.figure} as figure_id,
            f.{comparable.identity} as fact_id, {months_of(available)} as months_of
        from {comparable.table} as f
        where {comparable.condition} and f.{comparable.value} is not null and f.fiscal_year is not null
          and f.department_id in (?, ?)
        order by f.department_id, f.fiscal_year, {headline} f.{comparable.identity}
        """,
        one,
        two,
    )


def neighbours(warehouse: Warehouse, department_id: str) -> list[str]:
    """The departments whose places are nearest to a department's, the nearest first; none where the release has no such
    table."""
    if not warehouse.columns("bridge_peer_neighbours"):
        return []
    found = warehouse.rows(
        "select neighbour_department_id from bridge_peer_neighbours where department_id = ? order by neighbour_rank",
        department_id,
    )
    return found["neighbour_department_id"].tolist()


def per_population(warehouse: Warehouse, facts: Sequence[str]) -> pd.DataFrame:
    """Values per resident of some facts: fact_id, per_resident_value, population_persons, population_basis,
    population_vintage; the resident population before the registered one."""
    return warehouse.rows(
        """
        select fact_id, per_resident_value, unit, population_persons, population_kind, population_basis, population_vintage
        from fct_per_resident where fact_id in (select unnest(?))
        order by fact_id, population_kind <> 'resident', population_kind
        """,
        tuple(facts),
    )
