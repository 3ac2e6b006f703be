"""Choosing what to compare: a comparable and one value of each of its dimensions, and its full name in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import pandas as pd
import streamlit as st

from dashboard import layout
from dashboard.formatting import SCALES, Scale, scale_for
from dashboard.layout import Page
from dashboard.queries import comparison
from dashboard.queries.comparables import COMPARABLES, Comparable
from dashboard.queries.fact_marts import WHOLE


def choose_measure(page: Page, usual: str = "standard_month") -> Comparable:
    """The measure to compare by."""
    return COMPARABLES[
        page.view.choice(
            "measure",
            list(COMPARABLES),
            usual,
            st.selectbox,
            label=page.words("filter.measure"),
            width=270,
            format_func=lambda key: page.words(f"comparable.{key}.name"),
        )
    ]


def choose_scale(page: Page) -> Callable[[Iterable[object]], Scale]:
    """The unit to show money in: by its size, or the one that the reader wants. Gives what settles it for some amounts."""
    key = page.view.choice(
        "unit",
        ["auto", *SCALES],
        "auto",
        st.segmented_control,
        label=page.words("compare.unit"),
        required=True,
        format_func=lambda u: page.words("compare.unit_auto") if u == "auto" else SCALES[u].name(page.language),
    )
    return partial(scale_for, language=page.language) if key == "auto" else lambda amounts: SCALES[key]


def scale_asked_for(page: Page) -> Scale | None:
    """The unit that the reader wants money in; None where each amount is shown in the one that suits it."""
    return SCALES.get(str(page.view.chosen("unit")))


#: Years before the newest within which a department's last value is still of today.
RECENT = 3


def usual_departments(held: pd.DataFrame, most: int = 6) -> list[str]:
    """Departments to begin with: of the tier whose fullest ones have the most years, each with a course of its own that goes
    on until lately.

    Places that share one standard would draw the same line over each other. `held`: department_id, tier, years, last_year,
    course.
    """
    best: list[str] = []
    best_years = 0
    known = held[held["tier"].notna()]
    for _, rows in known.groupby("tier") if len(known) else [("", held)]:
        ended = rows["last_year"] < held["last_year"].max() - RECENT
        fullest = (
            rows.assign(ended=ended)
            .drop_duplicates("course")
            .sort_values(["ended", "years", "department_id"], ascending=[True, False, True])
            .head(most)
        )
        if fullest["years"].sum() > best_years:
            best, best_years = list(fullest["department_id"]), int(fullest["years"].sum())
    return best


#: A comparison begins with the whole of these, where any department states it: a named line of the accounts that many
#: happen to report is no first answer to "how much did they spend", nor what was paid by May.
BEGIN_WHOLE = {
    "funding": ("programme", "item", "fund_source", "spending_type"),
    "execution": ("programme", "item", "fund_source", "spending_type"),
    "beneficiaries": ("variant", "months"),
    "services": ("months",),
}


def choose_dimensions(page: Page, comparable: Comparable) -> dict[str, str] | None:
    """One value for each dimension, offered only where the release holds more than one; None where it holds nothing."""
    words, view = page.words, page.view
    held = comparison.combinations(page.warehouse, comparable, page.samples)
    if held.empty:
        return None
    chosen: dict[str, str] = {}
    for dimension in comparable.dimensions:
        counts = held.groupby(dimension, sort=False)["departments"].max().sort_values(ascending=False, kind="stable")
        whole = [d for d in BEGIN_WHOLE.get(comparable.family, ()) if d in comparable.dimensions and d not in chosen]
        begin = held[(held[whole] == WHOLE).all(axis=1)]
        options, default = list(counts.index), str((held if begin.empty else begin).iloc[0][dimension])
        if len(options) > 1:
            chosen[dimension] = view.choice(
                dimension,
                options,
                default,
                st.selectbox,
                label=words(f"dimension.{dimension}"),
                width=230,
                format_func=lambda code, d=dimension, c=counts: (
                    f"{layout.option_name(page, d, code)} ({words('compare.held', n=int(c[code]))})"
                ),
            )
        else:
            chosen[dimension] = view.choice(dimension, options, default)
        held = held[held[dimension] == chosen[dimension]]
    return chosen


def full_name(page: Page, comparable: Comparable, chosen: dict[str, str]) -> str:
    """The measure with its dimensions: 城镇最低生活保障补助标准, 支出（决算，一般公共预算）."""
    what = page.words(f"comparable.{comparable.key}.name")
    names = {d: layout.option_name(page, d, code) for d, code in chosen.items() if code != WHOLE}
    before = [names[d] for d in ("residence", "programme") if d in names]
    behind = [n for d, n in names.items() if d not in ("residence", "programme", "unit")]
    if page.language == "zh":
        return "".join(before) + what + (f"（{'，'.join(behind)}）" if behind else "")
    return " ".join([*before[:1], *(n[:1].lower() + n[1:] for n in before[1:]), what]) + (
        f" ({', '.join(behind)})" if behind else ""
    )


def group_name(page: Page, conditions: Mapping[str, object], names: Mapping[str, str] | None = None) -> str:
    """A programme with the residence and care that were chosen: 城镇最低生活保障. `names`: of WHOLE for the programme."""
    programme = str(conditions.get("programme", WHOLE))
    parts = [
        layout.option_name(page, column, str(conditions[column]))
        for column in ("residence", "care")
        if conditions.get(column, WHOLE) != WHOLE
    ]
    named = (names or {}).get(programme) or layout.option_name(page, "programme", programme)
    if page.language == "zh":
        return "".join([*parts, named])
    return " ".join([*parts[:1], *(n[:1].lower() + n[1:] for n in [*parts, named][1:])]) if parts else named


def unit_words(page: Page, comparable: Comparable, chosen: dict[str, str]) -> str:
    """The unit without its scale: /人·月, %, 人; where the unit is a dimension, the chosen one."""
    if "unit" in comparable.dimensions:
        return page.words.code("unit", chosen["unit"])
    return page.words(f"comparable.{comparable.key}.unit")
