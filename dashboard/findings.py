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
    top, bottom = held.iloc[0], held.iloc[-1]
    return extremes(
        (top["label"], top["value"], int((held["value"] == top["value"]).sum())),
        (bottom["label"], bottom["value"], int((held["value"] == bottom["value"]).sum())),
        year,
        what,
        show,
        words,
    )


def extremes(
    top: tuple[str, float, int],
    bottom: tuple[str, float, int],
    year: int | str,
    what: str,
    show: Callable[[object], str],
    words: Words,
) -> str:
    """The highest and the lowest: each a label, the value and how many have it."""
    if top[1] == bottom[1]:
        if top[2] == 1:
            return words("finding.one", year=year, what=what, label=top[0], value=show(top[1]))
        return words("finding.equal", year=year, what=what, n=top[2], value=show(top[1]))
    named = [words("finding.among", label=label, n=n) if n > 1 else str(label) for label, _, n in (top, bottom)]
    return words(
        "finding.levels",
        year=year,
        what=what,
        top=named[0],
        top_value=show(top[1]),
        bottom=named[1],
        bottom_value=show(bottom[1]),
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
