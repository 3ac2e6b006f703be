"""What a chart shows, in one sentence: frames in, plain text out. The words are in the translations."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from dashboard.formatting import number
from dashboard.labels import Words


def levels(frame: pd.DataFrame, year: int | str, what: str, show: Callable[[object], str], words: Words) -> str:
    """The highest and the lowest department of a year or a span of years. `frame`: label, value."""
    held = frame.sort_values("value", ascending=False)
    if held.empty:
        return words("finding.nothing", year=year, what=what)
    top = held.iloc[0]
    if len(held) == 1:
        return words("finding.one", year=year, what=what, label=top["label"], value=show(top["value"]))
    bottom = held.iloc[-1]
    if top["value"] == bottom["value"]:
        return words("finding.equal", year=year, what=what, n=len(held), value=show(top["value"]))

    def named(row: pd.Series) -> str:
        """The department, and how many more have the same value."""
        same = int((held["value"] == row["value"]).sum())
        return words("finding.among", label=row["label"], n=same) if same > 1 else str(row["label"])

    return words(
        "finding.levels",
        year=year,
        what=what,
        top=named(top),
        top_value=show(top["value"]),
        bottom=named(bottom),
        bottom_value=show(bottom["value"]),
    )


def change(frame: pd.DataFrame, what: str, unit: str, show: Callable[[object], str], words: Words) -> str:
    """The department that changed most between its first and last year. `frame`: department_id, label, fiscal_year, value."""
    best: tuple[float, pd.Series, pd.Series] | None = None
    for _, rows in frame.sort_values("fiscal_year").groupby("department_id", sort=False):
        first, last = rows.iloc[0], rows.iloc[-1]
        if first["fiscal_year"] == last["fiscal_year"] or not first["value"]:
            continue
        # Rates change by points; a percentage of a percentage would mislead.
        by = last["value"] - first["value"] if unit == "percent" else 100 * (last["value"] / first["value"] - 1)
        if best is None or abs(by) > abs(best[0]):
            best = (by, first, last)
    if best is None:
        year = int(frame["fiscal_year"].max())
        return levels(frame[frame["fiscal_year"] == year], year, what, show, words)
    by, first, last = best
    key = "finding.unchanged" if by == 0 else "finding.rose" if by > 0 else "finding.fell"
    amount = number(abs(by), 1).removesuffix(".0") + (words("finding.points") if unit == "percent" else "%")
    several = frame["department_id"].nunique() > 1
    sentence = words(
        key,
        what=what,
        label=last["label"],
        start=int(first["fiscal_year"]),
        end=int(last["fiscal_year"]),
        start_value=show(first["value"]),
        end_value=show(last["value"]),
        by=amount,
    )
    return sentence + (words("finding.most") if several and by else "")
