"""The coverage grid with its filters, as the overview and the coverage page show it."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from dashboard import charts, filters, layout
from dashboard.formatting import is_known, number
from dashboard.layout import Page
from dashboard.queries import holdings, releases

ROWS = 20
#: Columns of years that fit; older ones are reached by the choice of the last year.
YEARS = 14


def coverage_block(page: Page) -> None:
    """Departments × years with filters by province, kind, tier and name, page by page; its table and downloads."""
    words, warehouse, view = page.words, page.warehouse, page.view
    departments = filters.real(page, holdings.departments(warehouse))
    with layout.choices(page), st.container(horizontal=True, vertical_alignment="bottom"):
        province = filters.province(page, departments["province_name"].dropna().unique())
        kinds = sorted(departments["department_kind"].dropna().unique())
        kind = view.choice(
            "kind",
            ["", *kinds],
            "",
            st.selectbox,
            label=words("filter.kind"),
            width=190,
            format_func=lambda k: words.code("department_kind", k) or words("filter.all"),
        )
        tier = filters.tier(page, departments["tier"].dropna().unique())
        search = filters.search(page)
        order = view.choice(
            "order",
            ["most", "place"],
            "most",
            st.selectbox,
            label=words("grid.order"),
            width=170,
            format_func=lambda o: words(f"grid.order_{o}"),
        )
    if province:
        departments = departments[departments["province_name"] == province]
    if kind:
        departments = departments[departments["department_kind"] == kind]
    if tier != filters.ALL:
        departments = departments[departments["tier"] == tier]
    if search:
        departments = departments[departments["department_name"].fillna("").str.contains(search, regex=False)]
    if departments.empty:
        st.info(words("empty.filter"), icon=":material/filter_alt_off:")
        return
    if order == "most":
        departments = departments.sort_values(["figure_count", "department_id"], ascending=[False, True])
    pages = -(-len(departments) // ROWS)
    number_of_page = view.integer("page", 1, pages, 1)
    visible = departments.iloc[(number_of_page - 1) * ROWS : number_of_page * ROWS]
    spine = reasoned(page, holdings.coverage(warehouse, list(visible["department_id"])))
    known_years = [int(y) for y in spine["fiscal_year"].dropna()]
    if not known_years:
        st.info(words("empty.filter"), icon=":material/filter_alt_off:")
        return
    last = max(known_years)
    years = list(range(max(min(known_years), last - YEARS + 1), last + 1))
    cells, gaps = holdings.coverage_counts(warehouse, list(departments["department_id"]))

    def plain() -> pd.DataFrame:
        """The spine of every department under the filters, for a file."""
        whole = reasoned(page, holdings.coverage(warehouse, list(departments["department_id"])))
        whole = whole.merge(departments[["department_id", "department_name", "province_name"]], on="department_id")
        names = {
            "department_name": "department",
            "province_name": "province",
            "fiscal_year": "year",
            "document_count": "documents",
            "figure_count": "figures",
            "reason": "absence_reason",
        }
        return whole[["department_id", *names]].rename(columns={c: words(f"column.{n}") for c, n in names.items()})

    layout.card(
        page,
        plain,
        partial(
            charts.coverage_grid,
            spine,
            _labels(visible),
            years,
            {"figures": words("grid.cell")},
            link=lambda department_id, year: page.href(
                "department" if year is None else "evidence", dept=department_id, year=year
            ),
        ),
        key="coverage",
        finding=words("grid.finding", departments=number(len(departments)), cells=number(cells), gaps=number(gaps)),
        subtitle=[words("grid.legend")],
        below=[
            words("grid.note", shown=len(visible), all=number(len(departments))),
            words("grid.note_source", release=str(releases.release(warehouse)["release"])),
        ],
        alt=words("grid.alt", n=len(visible), first=years[0], last=years[-1]),
    )
    if pages > 1:
        st.pagination(pages, key=view.widget_key("page"))


def reasoned(page: Page, spine: pd.DataFrame) -> pd.DataFrame:
    """The spine with why a year is missing, in words; empty where it is not."""
    words = page.words
    return spine.assign(
        reason=[
            None if is_known(n) and n > 0 else words.code("absence_reason", r) or words("grid.no_reason")
            for n, r in zip(spine["figure_count"], spine["absence_reason"], strict=True)
        ]
    )


def _labels(departments: pd.DataFrame) -> dict[str, str]:
    """Names for the rows; a name that two departments share gets its province."""
    twice = departments["department_name"].duplicated(keep=False)
    return {
        row.department_id: f"{row.department_name}({row.province_name})" if double else str(row.department_name)
        for row, double in zip(departments.itertuples(), twice, strict=True)
    }
