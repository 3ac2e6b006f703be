"""Filters that several pages share: province, tier, year and name, each a plain parameter of the address."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.layout import Page


def by_place(
    page: Page,
    frame: pd.DataFrame,
    *,
    year: bool = True,
    usual_year: int | None = None,
    usual_tier: str = "all",
) -> pd.DataFrame:
    """Rows of the chosen province, tier, year and name. `frame`: province_name, tier, department_name, fiscal_year.

    The year and the tier start at the usual ones where they are given, else at all: what is ranked starts within a tier.
    """
    words, view = page.words, page.view
    with st.container(horizontal=True, vertical_alignment="bottom"):
        provinces = sorted(frame["province_name"].dropna().unique())
        province = view.choice(
            "province",
            ["", *provinces],
            "",
            st.selectbox,
            label=words("filter.province"),
            width=190,
            format_func=lambda p: p or words("filter.all"),
        )
        tiers = [t for t in ("province", "prefecture", "county") if t in set(frame["tier"])]
        tier = view.choice(
            "tier",
            ["all", *tiers],
            usual_tier if usual_tier in tiers else "all",
            st.selectbox,
            label=words("filter.tier"),
            width=150,
            format_func=lambda t: words("filter.all") if t == "all" else words.code("tier", t),
        )
        if year:
            years = [str(y) for y in sorted({int(y) for y in frame["fiscal_year"].dropna()}, reverse=True)]
            chosen = view.choice(
                "year",
                ["all", *years],
                str(usual_year) if usual_year is not None and str(usual_year) in years else "all",
                st.selectbox,
                label=words("filter.year"),
                width=130,
                format_func=lambda y: words("filter.all") if y == "all" else y,
            )
        search = view.text(
            "search",
            "",
            60,
            st.text_input,
            label=words("filter.search"),
            placeholder=words("filter.search_hint"),
            width=210,
        )
    if province:
        frame = frame[frame["province_name"] == province]
    if tier != "all":
        frame = frame[frame["tier"] == tier]
    if year and chosen != "all":
        frame = frame[frame["fiscal_year"] == int(chosen)]
    if search:
        frame = frame[frame["department_name"].fillna("").str.contains(search, regex=False)]
    return frame


def fullest_year(frame: pd.DataFrame) -> int | None:
    """The year with the most departments, the later one of equals."""
    if frame.empty:
        return None
    counts = frame.groupby("fiscal_year")["department_id"].nunique()
    return int(max(counts.index, key=lambda y: (counts[y], y)))


def fullest_tier(frame: pd.DataFrame) -> str:
    """The tier with the most departments; "all" where none is known."""
    counts = frame.dropna(subset=["tier"]).groupby("tier")["department_id"].nunique()
    return str(counts.idxmax()) if len(counts) else "all"


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
