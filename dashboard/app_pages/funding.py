"""Funding: one department's money of one year, stage by stage, by source and by type of spending."""

import pandas as pd
import streamlit as st

from dashboard import charts, downloads, fact_tables, filters, formatting, layout

page = layout.begin("funding")
words, warehouse, view = page.words, page.warehouse, page.view
page.include_samples()
money = warehouse.facts("fct_funding", page.samples)
if money.empty:
    st.info(words("empty.measure"), icon=":material/inbox:")
    page.finish()
    st.stop()

counts = (
    money.groupby(["department_id", "department_name"], sort=False)
    .size()
    .sort_values(ascending=False, kind="stable")
    .reset_index()
)
with st.container(horizontal=True, vertical_alignment="bottom"):
    department = filters.one_department(page, counts)
    mine = money[money["department_id"] == department]
    years = [str(y) for y in sorted({int(y) for y in mine["fiscal_year"]}, reverse=True)]
    fullest = str(filters.fullest_year(mine))
    by_rows = mine["fiscal_year"].value_counts()
    year = int(
        view.choice(
            "year",
            years,
            str(int(by_rows.index[0])) if len(by_rows) else fullest,
            st.selectbox,
            label=words("filter.year"),
            width=130,
        )
    )
mine = mine[mine["fiscal_year"] == year]
name = str(mine["department_name"].iloc[0])
scale = formatting.scale_for(mine["amount_cny"])
unit = scale.name(page.language)
#: The way of the money: what came in, what was planned at each stage, what was spent, what was left.
ORDER = [
    ("income", None),
    ("budget", "initial"),
    ("budget", "revised"),
    ("budget", None),
    ("expenditure", None),
    ("carryover", None),
]


def position(row: pd.Series) -> tuple[int, str]:
    """Where a measure and stage stand on the way of the money."""
    pair = (row["measure"], row["stage"] if row["measure"] == "budget" and isinstance(row["stage"], str) else None)
    return (ORDER.index(pair) if pair in ORDER else len(ORDER), str(row["stage"]))


mine = mine.loc[sorted(mine.index, key=lambda i: (*position(mine.loc[i]), -mine.loc[i, "amount_cny"]))]
whole = mine[mine[["programme", "item"]].isna().all(axis=1)]
totals = whole[whole[["fund_source", "spending_type"]].isna().all(axis=1)]


def row_name(row: pd.Series) -> str:
    """Measure and stage."""
    return " · ".join(n for n in (words.code("measure", row["measure"]), words.code("stage", row["stage"])) if n)


spent = totals[totals["measure"] == "expenditure"]
budgets = totals[totals["measure"] == "budget"]
if not spent.empty and not budgets.empty:
    finding = words(
        "funding.finding",
        name=name,
        year=year,
        spent=formatting.money(spent["amount_cny"].max(), page.language),
        budgets=words.join(
            [
                f"{words.code('stage', r.stage) or words('whole.stage')} {formatting.money(r.amount_cny, page.language)}"
                for r in budgets.itertuples()
            ]
        ),
    )
else:
    finding = words("funding.partly", name=name, year=year, n=len(mine))
notes = [words("funding.note", unit=unit), words("compare.basis_funding")]
with st.container(border=True):
    st.header(layout.plain(finding), anchor=False)
    layout.notes(notes)
    first: object = None
    blocks = [
        ("funding.totals", totals, None),
        ("funding.by_source", whole[whole["fund_source"].notna() & whole["spending_type"].isna()], "fund_source"),
        (
            "funding.by_type",
            whole[whole["spending_type"].isin(["basic", "project", "business"]) & whole["fund_source"].isna()],
            "spending_type",
        ),
    ]
    for title, rows, part in blocks:
        if rows.empty:
            continue
        st.markdown(f"**{layout.plain(words(title))}**")
        parts = rows.assign(
            row=[row_name(r) for _, r in rows.iterrows()],
            part=words("whole.item") if part is None else [words.code(part, v) for v in rows[part]],
        )
        figure = charts.stacked_amounts(parts, unit, scale)
        first = first or figure
        layout.chart(
            page,
            figure,
            key=title,
            alt=f"{finding} {words(title)}",
            file_name=f"jixiao-funding-{title.rsplit('.', 1)[-1]}",
        )
    crossed = whole[whole["fund_source"].notna() & whole["spending_type"].notna() & (whole["measure"] == "expenditure")]
    if len(crossed) >= 2:
        st.markdown(f"**{layout.plain(words('funding.flow'))}**")
        sources, types = list(dict.fromkeys(crossed["fund_source"])), list(dict.fromkeys(crossed["spending_type"]))
        nodes = [words.code("fund_source", s) for s in sources] + [words.code("spending_type", t) for t in types]
        links = [
            (sources.index(r.fund_source), len(sources) + types.index(r.spending_type), float(r.amount_cny))
            for r in crossed.itertuples()
        ]
        layout.chart(
            page,
            charts.flow(nodes, links, unit, scale),
            key="flow",
            alt=words("funding.flow"),
            file_name="jixiao-funding-flow",
        )
    layout.notes(page.notes)
    layout.take_away(
        page, downloads.Table(finding, fact_tables.plain(page, "fct_funding", mine), notes), "funding", first
    )
st.header(words("compare.table"), anchor=False)
fact_tables.show(
    page,
    "fct_funding",
    mine,
    department=False,
    caption=f"{name} {year}",
)
page.finish()
