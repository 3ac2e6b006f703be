"""The coverage grid with its filters, as the overview and the coverage page show it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import charts, downloads, layout
from dashboard.formatting import is_known, number
from dashboard.layout import Page

ROWS = 20
#: Columns of years that fit; older ones are reached by the choice of the last year.
YEARS = 14


def coverage_block(page: Page) -> None:
    """Departments × years with filters by province, kind, tier and name, page by page; its table and downloads."""
    words, warehouse, view = page.words, page.warehouse, page.view
    departments = warehouse.departments()
    if not page.samples:
        departments = departments[~departments["is_sample"].fillna(False).astype(bool)]
    spine = warehouse.coverage()
    st.header(words("grid.title"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        provinces = sorted(departments["province_name"].dropna().unique())
        province = view.choice(
            "province",
            ["", *provinces],
            "",
            st.selectbox,
            label=words("filter.province"),
            width=190,
            format_func=lambda p: p or words("filter.all"),
        )
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
        tiers = [t for t in ("province", "prefecture", "county") if t in set(departments["tier"])]
        tier = view.choice(
            "tier",
            ["", *tiers],
            "",
            st.selectbox,
            label=words("filter.tier"),
            width=150,
            format_func=lambda t: words.code("tier", t) or words("filter.all"),
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
    if tier:
        departments = departments[departments["tier"] == tier]
    if search:
        departments = departments[departments["department_name"].fillna("").str.contains(search, regex=False)]
    if departments.empty:
        st.info(words("empty.filter"), icon=":material/filter_alt_off:")
        return
    if order == "most":
        departments = departments.sort_values(["figure_count", "department_id"], ascending=[False, True])
    spine = spine[spine["department_id"].isin(set(departments["department_id"]))].copy()
    spine["reason"] = [words.code("absence_reason", r) or words("grid.no_reason") for r in spine["absence_reason"]]
    pages = -(-len(departments) // ROWS)
    number_of_page = view.integer("page", 1, pages, 1)
    visible = departments.iloc[(number_of_page - 1) * ROWS : number_of_page * ROWS]
    part = spine[spine["department_id"].isin(set(visible["department_id"]))]
    known_years = [int(y) for y in part["fiscal_year"].dropna()]
    if not known_years:
        st.info(words("empty.filter"), icon=":material/filter_alt_off:")
        return
    last = max(known_years)
    years = list(range(max(min(known_years), last - YEARS + 1), last + 1))
    labels = _labels(visible)
    gaps = int((~spine["figure_count"].fillna(0).astype(bool)).sum())
    layout.lead(
        words("grid.finding", departments=number(len(departments)), cells=number(len(spine)), gaps=number(gaps))
    )
    figure = charts.coverage_grid(
        part, labels, years, {"figures": words("grid.cell"), "missing": words("grid.outside")}
    )
    steps = [
        f"{low}–{high - 1}" for low, high in zip(charts.COVERAGE_STEPS, charts.COVERAGE_STEPS[1:], strict=False)
    ] + [f"≥ {charts.COVERAGE_STEPS[-1]}"]
    swatches = "".join(
        f'<span><span class="jx-swatch" style="background:{color}"></span>{text}</span>'
        for color, text in zip(charts.COVERAGE_COLORS, steps, strict=True)
    )
    st.html(
        f'<p class="jx-legend"><span>{words("grid.legend")}</span>{swatches}'
        f'<span><span class="jx-swatch" style="background:#f1f1ef">×</span>{words("grid.legend_missing")}</span>'
        f'<span><span class="jx-swatch"></span>{words("grid.outside")}</span></p>'
    )
    layout.chart(
        page,
        figure,
        key="grid",
        alt=words("grid.alt", n=len(visible), first=years[0], last=years[-1]),
        file_name="coverage",
    )
    if pages > 1:
        st.pagination(pages, key=view.widget_key("page"))
    layout.notes([words("grid.note", shown=len(visible), all=len(departments))])
    table = spine.merge(departments[["department_id", "department_name", "province_name"]], on="department_id")
    table = table[
        ["department_id", "department_name", "province_name", "fiscal_year", "document_count", "figure_count", "reason"]
    ]
    table.loc[table["figure_count"].map(lambda n: is_known(n) and n > 0), "reason"] = None
    table.columns = pd.Index(
        [
            "department_id",
            *(
                words(f"column.{c}")
                for c in ("department", "province", "year", "documents", "figures", "absence_reason")
            ),
        ]
    )
    layout.take_away(
        page, downloads.Table(words("grid.title"), table, [words("grid.note_download")]), "coverage", figure
    )


def _labels(departments: pd.DataFrame) -> dict[str, str]:
    """Names for the rows; a name that two departments share gets its province."""
    twice = departments["department_name"].duplicated(keep=False)
    return {
        row.department_id: f"{row.department_name}({row.province_name})" if double else str(row.department_name)
        for row, double in zip(departments.itertuples(), twice, strict=True)
    }
