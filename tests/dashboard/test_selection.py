"""What a comparison begins with."""

import pandas as pd

from dashboard.selection import usual_departments


def held(*rows: tuple[str, str | None, int, int, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["department_id", "tier", "years", "last_year", "course"])


def test_a_comparison_begins_with_courses_that_go_on_until_lately():
    rows = held(
        ("old", "prefecture", 9, 2017, "1"),
        ("long", "prefecture", 6, 2024, "2"),
        ("short", "prefecture", 3, 2025, "3"),
        ("same", "prefecture", 3, 2025, "3"),
        ("county", "county", 4, 2025, "4"),
    )
    assert usual_departments(rows, 2) == ["long", "short"]
    assert usual_departments(rows, 3) == ["long", "short", "old"]
    assert usual_departments(rows[rows["tier"] == "county"]) == ["county"]
    assert usual_departments(held(("x", None, 2, 2020, "1"))) == ["x"]
    assert usual_departments(held()) == []
