"""What the release holds: departments, their years and documents, and why a year is missing."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.queries.connection import Warehouse

#: Families of figures that the spine of department and year tells of.
FAMILIES = ("funding", "execution", "beneficiaries", "standards", "performance")


def totals(warehouse: Warehouse, samples: bool) -> pd.Series:
    """Counts of what is held: departments, provinces, documents, figures, first_year, last_year, hard, soft, checks."""
    return warehouse.rows(
        """
        with held as (
            select department_id, province_name from dim_department where ? or not is_sample
        ),
        years as (select y.* from dim_department_year as y join held using (department_id)),
        checks as (select r.verdict, r.severity from fct_reconciliations as r join held using (department_id))
        select
            (select count(*) from held) as departments,
            (select count(distinct province_name) from held) as provinces,
            -- A table of figures that covers many departments is of none, and held all the same.
            (select count(*) from dim_document where ? or source_class is distinct from 'sample') as documents,
            (select sum(figure_count)::bigint from years) as figures,
            (select min(fiscal_year) filter (figure_count > 0) from years) as first_year,
            (select max(fiscal_year) filter (figure_count > 0) from years) as last_year,
            (select count(*) filter (verdict = 'violated' and severity = 'hard') from checks) as hard,
            (select count(*) filter (verdict = 'violated' and severity = 'soft') from checks) as soft,
            (select count(*) filter (verdict <> 'not_computable') from checks) as checks
        """,
        samples,
        samples,
    ).iloc[0]


def departments(warehouse: Warehouse) -> pd.DataFrame:
    """Each department with its place, kind and how much is held of it."""
    return warehouse.rows(
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


def coverage(warehouse: Warehouse, departments: Sequence[str]) -> pd.DataFrame:
    """The spine of some departments: each year between its first and last, with counts and the reason of a gap."""
    return warehouse.rows(
        """
        select department_id, fiscal_year, document_count, figure_count, has_funding, has_execution,
               has_beneficiaries, has_standards, has_performance, absence_reason
        from dim_department_year where department_id in (select unnest(?))
        order by department_id, fiscal_year
        """,
        tuple(departments),
    )


def coverage_counts(warehouse: Warehouse, departments: Sequence[str]) -> tuple[int, int]:
    """Department-years of some departments, and how many of them hold no figure."""
    found = warehouse.rows(
        """
        select count(*) as cells, count(*) filter (coalesce(figure_count, 0) = 0) as gaps
        from dim_department_year where department_id in (select unnest(?))
        """,
        tuple(departments),
    ).iloc[0]
    return int(found["cells"]), int(found["gaps"])


def coverage_by_year(warehouse: Warehouse, samples: bool) -> pd.DataFrame:
    """Department-years by year: departments, held, and how many have each family of figures; the latest year first."""
    families = ", ".join(f"count(*) filter (has_{f}) as {f}" for f in FAMILIES)
    return warehouse.rows(
        f"""
        select y.fiscal_year, count(*) as departments, count(*) filter (y.figure_count > 0) as held, {families}
        from dim_department_year as y join dim_department as d using (department_id)
        where ? or not d.is_sample group by y.fiscal_year order by y.fiscal_year desc
        """,
        samples,
    )


def absences(warehouse: Warehouse, samples: bool) -> pd.DataFrame:
    """How many department-years are missing, by reason: absence_reason, cells; the most frequent first."""
    return warehouse.rows(
        """
        select y.absence_reason, count(*) as cells
        from dim_department_year as y join dim_department as d using (department_id)
        where coalesce(y.figure_count, 0) = 0 and y.absence_reason is not null and (? or not d.is_sample)
        group by y.absence_reason order by cells desc, y.absence_reason
        """,
        samples,
    )


def documents(
    warehouse: Warehouse, samples: bool, department_id: str | None = None, limit: int | None = None
) -> pd.DataFrame:
    """Documents, newest year first; of a department also those that cover others as well."""
    return warehouse.rows(
        """
        select t.document_id, t.title, t.department_id, d.department_name, t.fiscal_year, t.document_kind, t.format,
               t.publisher, t.published_on, t.source_url, t.source_class, t.file, t.figure_count, t.loaded_at
        from dim_document as t left join dim_department as d using (department_id)
        where (? or t.source_class is distinct from 'sample')
          and (
              ?::varchar is null or t.department_id = ?
              or t.document_id in (select document_id from fct_figures where department_id = ?)
          )
        order by t.fiscal_year desc nulls last, t.figure_count desc, t.title limit coalesce(?, 1000000)
        """,
        samples,
        department_id,
        department_id,
        department_id,
        limit,
    )
