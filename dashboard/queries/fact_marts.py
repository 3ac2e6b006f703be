"""Rows of one fact mart and their summaries, under conditions that pages share.

Names of marts and columns go into SQL as they are, so each is looked up first: ValueError for another one. Values are parameters.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.queries.connection import Warehouse

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

#: A dimension's null in addresses and widgets: the whole, or not said.
WHOLE = "whole"


def mart(warehouse: Warehouse, table: str, department_id: str) -> pd.DataFrame:
    """The rows of one fact mart for one department."""
    if table not in FACT_TABLES:
        raise ValueError(f"{table} is not a fact mart")
    return warehouse.rows(
        f"select * from {table} where department_id = ? order by fiscal_year desc, {FACT_TABLES[table]}",
        department_id,
    )


def facts(
    warehouse: Warehouse,
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
    _check(warehouse, table, order, known)
    where, parameters = conditions_in_sql(warehouse, table, conditions)
    way = f"f.{order} {'asc' if ascending else 'desc'} nulls last, " if order else ""
    return warehouse.rows(
        f"""
        select f.* exclude (is_sample), d.department_name, d.department_short_name, d.province_name, d.place_name,
               d.place_code, d.tier, d.is_sample
        from {table} as f join dim_department as d using (department_id)
        where (? or not d.is_sample) and {where}{f" and f.{known} is not null" if known else ""}
        {_one_each(warehouse, table) if latest else ""}
        order by {way}d.department_id, f.fiscal_year, f.{FACT_TABLES[table]}
        limit coalesce(?, 1000000)
        """,
        samples,
        *parameters,
        limit,
    )


def spread(
    warehouse: Warehouse,
    table: str,
    value: str,
    samples: bool,
    conditions: Mapping[str, object],
    *,
    latest: bool = False,
) -> pd.Series:
    """How a value is spread over rows of a fact mart: n, departments, lowest, highest, median, at_lowest and at_highest
    (how many have these), first_year, last_year; of standards also averages, with_minimum and below_minimum."""
    _check(warehouse, table, value)
    where, parameters = conditions_in_sql(warehouse, table, conditions)
    more = (
        """, count(*) filter (is_average) as averages, count(ratio_to_minimum) as with_minimum,
           count(*) filter (ratio_to_minimum < 1) as below_minimum"""
        if "ratio_to_minimum" in warehouse.columns(table)
        else ""
    )
    return warehouse.rows(
        f"""
        with kept as (
            select f.* from {table} as f join dim_department as d using (department_id)
            where (? or not d.is_sample) and {where} and f.{value} is not null
            {_one_each(warehouse, table) if latest else ""}
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
    warehouse: Warehouse, table: str, column: str, samples: bool, conditions: Mapping[str, object], known: str = ""
) -> pd.DataFrame:
    """What a column of a fact mart (or the department's province_name or tier) holds under conditions: option (null as
    WHOLE), n (rows) and departments, the most departments first."""
    _check(warehouse, table, known)
    if column not in warehouse.columns(table) and column not in ("province_name", "tier"):
        raise ValueError(f"{table} has no column {column}")
    where, parameters = conditions_in_sql(warehouse, table, conditions)
    name = f"d.{column}" if column in ("province_name", "tier") else f"f.{column}"
    return warehouse.rows(
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
    warehouse: Warehouse, table: str, samples: bool, conditions: Mapping[str, object], known: str = ""
) -> pd.DataFrame:
    """How many rows (n) and departments of a fact mart each province_name, tier and fiscal_year has under conditions, and each
    province_name and tier over all years (is_every_year). A department has one province and one tier, so that its counts
    add up over these: one query, kept for all choices of place and year, instead of one for each filter and choice.
    """
    _check(warehouse, table, known)
    where, parameters = conditions_in_sql(warehouse, table, conditions)
    return warehouse.rows(
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
    warehouse: Warehouse,
    table: str,
    value: str,
    samples: bool,
    conditions: Mapping[str, object],
    fewest: int,
    most: int,
) -> pd.DataFrame:
    """The departments with the most years of a value, at least `fewest`: department_id and departments (how many have any
    year). Of those whose values are the same in every year the first stands for all."""
    _check(warehouse, table, value)
    where, parameters = conditions_in_sql(warehouse, table, conditions)
    return warehouse.rows(
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


def _one_each(warehouse: Warehouse, table: str) -> str:
    """SQL that keeps one row of each department: its headline of its latest year."""
    headline = "f.is_headline desc, " if "is_headline" in warehouse.columns(table) else ""
    return (
        "qualify row_number() over (partition by f.department_id "
        f"order by f.fiscal_year desc, {headline}f.{FACT_TABLES[table]}) = 1"
    )


def conditions_in_sql(warehouse: Warehouse, table: str, conditions: Mapping[str, object]) -> tuple[str, list[object]]:
    """SQL and parameters of conditions on a mart `f` and its department `d`: column → value, where WHOLE is null, a
    tuple is any of its values, and `search` a piece of the department's name. Raises ValueError for another name."""
    own = warehouse.columns(table)
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


def _check(warehouse: Warehouse, table: str, *columns: str) -> None:
    """Raise ValueError for what is no fact mart or no column of it: names go into SQL as they are."""
    if table not in FACT_TABLES:
        raise ValueError(f"{table} is not a fact mart")
    for column in columns:
        if column and column not in warehouse.columns(table):
            raise ValueError(f"{table} has no column {column}")
