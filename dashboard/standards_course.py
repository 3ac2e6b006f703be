"""How a department's own standards went over the years, as lines for a profile.

In: the department's rows of fct_subsidy_standards. Out: a row for each line and year, those of the most years first; no row
where no standard has two years, for one point is no course.
"""

from __future__ import annotations

import pandas as pd

from dashboard.layout import Page
from dashboard.queries.fact_marts import WHOLE
from dashboard.selection import group_name

#: Lines that are told apart on one chart.
MOST = 6
_GROUP = ["programme", "residence", "care"]


def course(page: Page, standards: pd.DataFrame) -> pd.DataFrame:
    """The lines: department_id (a key for each line, as charts want it), label, fiscal_year, value (yuan per person and
    month), figure_id, and the mart's columns. `standards`: the department's rows."""
    held = standards[standards["is_headline"].fillna(False).astype(bool)].dropna(
        subset=["standard_cny_per_month", "fiscal_year"]
    )
    held = held.drop_duplicates([*_GROUP, "fiscal_year"])
    groups = held[_GROUP].fillna(WHOLE)
    keys = groups.agg("-".join, axis=1) if len(held) else pd.Series(dtype=str)
    years = keys.map(keys.value_counts())
    held = held.assign(
        department_id=keys,
        label=[group_name(page, group) for group in groups.to_dict("records")],
        value=held["standard_cny_per_month"],
        figure_id=held["standard_figure_id"],
        years=years,
    )
    held = held[held["years"] >= 2].sort_values(
        ["years", "department_id", "fiscal_year"], ascending=[False, True, True]
    )
    return held[held["department_id"].isin(list(dict.fromkeys(held["department_id"]))[:MOST])]
