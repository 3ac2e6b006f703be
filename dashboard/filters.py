"""Filters that several pages share, each a plain parameter of the address: of marts as conditions, of departments as rows.

What can be chosen is what the release holds under the choices before it; the conditions go into SQL, so that a page reads
only what it shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd
import streamlit as st

from dashboard import layout
from dashboard.layout import Page
from dashboard.queries import fact_marts

ALL = "all"
TIERS = ("province", "prefecture", "county")


def of_mart(
    page: Page,
    table: str,
    column: str,
    conditions: dict[str, object],
    *,
    usual: str | None = None,
    any_allowed: bool = False,
    known: str = "",
    names: Mapping[str, str] | None = None,
    width: int = 190,
) -> None:
    """Choose one value of a mart's column among those held under `conditions` and add it to them; with `any_allowed` also
    all of them, which is then where it begins unless `usual` is held. `names`: names of options other than their codes'."""
    held = fact_marts.tally(page.warehouse, table, column, page.samples, conditions, known)
    counts = dict(zip(held["option"], held["n"], strict=True))
    options = [ALL] * any_allowed + list(counts)
    if not options:
        return
    chosen = page.view.choice(
        column,
        options,
        usual if usual in counts else options[0],
        st.selectbox,
        label=page.words(f"dimension.{column}"),
        width=width,
        format_func=lambda code: (
            page.words("filter.all")
            if code == ALL
            else f"{(names or {}).get(code) or layout.option_name(page, column, code)} ({counts[code]:,})"
        ),
    )
    if chosen != ALL:
        conditions[column] = chosen


def by_place(
    page: Page,
    table: str,
    conditions: dict[str, object],
    *,
    year: bool = True,
    ranked: bool = False,
    known: str = "",
) -> None:
    """Add the chosen province, tier, year and name to the conditions on a mart.

    A page that ranks starts within one tier and year, the ones with the most departments; others start at all.
    """
    words = page.words
    held = fact_marts.places_and_years(page.warehouse, table, page.samples, conditions, known)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if chosen := province(page, held["province_name"].dropna().unique()):
            conditions["province_name"] = chosen
            held = held[held["province_name"] == chosen]
        every_year = held[held["is_every_year"]].groupby("tier")[["departments", "n"]].sum()
        tiers = list(every_year.sort_values(["departments", "n"], ascending=False, kind="stable").index)
        usual_tier = next((t for t in tiers if t in TIERS), ALL) if ranked else ALL
        if (chosen := tier(page, tiers, usual_tier)) != ALL:
            conditions["tier"] = chosen
            held = held[held["tier"] == chosen]
        if year:
            by_year = held[~held["is_every_year"]].groupby("fiscal_year")["departments"].sum()
            years = {str(int(y)): int(n) for y, n in by_year.items()}
            fullest = max(years, key=lambda y: (years[y], y), default=ALL) if ranked else ALL
            chosen = page.view.choice(
                "year",
                [ALL, *sorted(years, reverse=True)],
                fullest,
                st.selectbox,
                label=words("filter.year"),
                width=130,
                format_func=lambda y: words("filter.all") if y == ALL else y,
            )
            if chosen != ALL:
                conditions["fiscal_year"] = int(chosen)
        if chosen := search(page):
            conditions["search"] = chosen


def province(page: Page, provinces: Iterable[str]) -> str:
    """A province by its name, or an empty text for all."""
    return page.view.choice(
        "province",
        ["", *sorted(provinces)],
        "",
        st.selectbox,
        label=page.words("filter.province"),
        width=190,
        format_func=lambda p: p or page.words("filter.all"),
    )


def tier(page: Page, held: Iterable[str], usual: str = ALL) -> str:
    """A tier out of those held, or "all"."""
    found = set(held)
    return page.view.choice(
        "tier",
        [ALL, *(t for t in TIERS if t in found)],
        usual,
        st.selectbox,
        label=page.words("filter.tier"),
        width=150,
        format_func=lambda t: page.words("filter.all") if t == ALL else page.words.code("tier", t),
    )


def search(page: Page) -> str:
    """A piece of a department's name."""
    return page.view.text(
        "search",
        "",
        60,
        st.text_input,
        label=page.words("filter.search"),
        placeholder=page.words("filter.search_hint"),
        width=210,
    )


def one_department(page: Page, departments: pd.DataFrame, usual: str | None = None, name: str = "dept") -> str | None:
    """One department out of those given, by name; None where there is none."""
    names = dict(zip(departments["department_id"], departments["department_name"], strict=True))
    if not names:
        return None
    return page.view.choice(
        name,
        list(names),
        usual if usual in names else next(iter(names)),
        st.selectbox,
        label=page.words("filter.department"),
        width=380,
        format_func=lambda d: str(names[d]),
    )


def real(page: Page, departments: pd.DataFrame) -> pd.DataFrame:
    """Without the invented departments, unless the page shows them."""
    if page.samples:
        return departments
    return departments[~departments["is_sample"].fillna(False).astype(bool)]
