"""The release itself: what it is called, what its run did and could not do, what its columns mean."""

from __future__ import annotations

import pandas as pd

from dashboard.queries.connection import Warehouse, WarehouseError

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


def release(warehouse: Warehouse) -> pd.Series:
    """release, built_at, extractor_version, document_count, figure_count."""
    found = warehouse.rows("select * from dim_release order by built_at desc limit 1")
    if found.empty:
        raise WarehouseError("outdated", "dim_release is empty")
    return found.iloc[0]


def outcomes(warehouse: Warehouse) -> pd.DataFrame:
    """What became of each file in the latest run."""
    return warehouse.rows("select file, stage, status, cause, message, remedy from fct_outcomes order by file, stage")


def changes(warehouse: Warehouse) -> pd.DataFrame:
    """What the latest run did to the release: status (loaded, unchanged, withdrawn, failed) and n (files)."""
    return warehouse.rows(f"select status, count(*) as n from ({_CHANGES}) group by status order by status")


def changed(warehouse: Warehouse, limit: int) -> pd.DataFrame:
    """The files that the latest run loaded, withdrew or could not read, withdrawn and failed first, invented ones last."""
    return warehouse.rows(
        f"""
        select c.file, c.status, c.message, t.document_id, t.title, t.department_id, d.department_name, t.source_class,
               t.format, t.figure_count
        from ({_CHANGES}) as c
        left join dim_document as t using (document_id) left join dim_department as d on d.department_id = t.department_id
        where c.status <> 'unchanged'
        order by c.status = 'loaded', c.status, t.source_class = 'sample', t.figure_count desc nulls last, c.file
        limit ?
        """,
        limit,
    )


def changed_facts(warehouse: Warehouse, limit: int) -> pd.DataFrame:
    """Facts whose value appeared, changed or went since the release before, real ones and changed ones first."""
    return warehouse.rows(
        """
        select department_id, department_name, fiscal_year, measure, programme, change, cause, value_before, unit_before,
               value_after, unit_after, figure_id_after, is_sample, previous_release, count(*) over () as n
        from fct_release_changes
        order by is_sample, change = 'appeared', change, fiscal_year desc nulls last, department_name, measure, role, fact_id
        limit ?
        """,
        limit,
    )


def dictionary(warehouse: Warehouse) -> pd.DataFrame:
    """Every column of every mart with its type and description, from the comments in the published file."""
    return warehouse.rows(
        """
        select c.table_name, t.comment as table_comment, c.column_name, c.data_type, c.comment
        from duckdb_columns() as c
        left join duckdb_tables() as t
          on t.database_name = c.database_name and t.schema_name = c.schema_name and t.table_name = c.table_name
        where c.database_name = 'release' and c.schema_name = 'main'
        order by c.table_name, c.column_index
        """
    )
