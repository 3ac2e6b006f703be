"""What only one topic says: how execution rates come out, how indicators and scores do."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.queries.connection import Warehouse
from dashboard.queries.fact_marts import conditions_in_sql


def execution_counts(warehouse: Warehouse, samples: bool, conditions: Mapping[str, object]) -> pd.Series:
    """What the rates under some conditions come to: n, departments, both (stated and recomputed), differ, over (100 %),
    unknown (not recomputed)."""
    where, parameters = conditions_in_sql(warehouse, "fct_execution", conditions)
    return warehouse.rows(
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


def attainment(warehouse: Warehouse, samples: bool, conditions: Mapping[str, object]) -> pd.Series:
    """What performance rows under some conditions come to: n, departments (of indicators with target and result),
    attained, scores, over (scores of 90 or more), median (of scores), rows."""
    where, parameters = conditions_in_sql(warehouse, "fct_performance", conditions)
    pair = "kind = 'indicator' and target_value > 0 and actual_value is not null"
    return warehouse.rows(
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


def one_sided(
    warehouse: Warehouse, samples: bool, conditions: Mapping[str, object], limit: int | None = None
) -> pd.DataFrame:
    """Indicators with a target or a result but not both, results first and the lowest of them: rows of fct_performance with
    the department, value and figure_id of the one side, is_result, n (how many there are) and results (of them)."""
    where, parameters = conditions_in_sql(warehouse, "fct_performance", conditions)
    return warehouse.rows(
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
