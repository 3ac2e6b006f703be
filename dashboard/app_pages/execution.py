"""Execution: what reports state beside what their own amounts give, each basis by itself."""

import pandas as pd
import streamlit as st

from dashboard import charts, downloads, fact_tables, filters, formatting, layout

MOST = 24

page = layout.begin("execution")
words, warehouse, view = page.words, page.warehouse, page.view
page.include_samples()
rates = warehouse.facts("fct_execution", page.samples)
if rates.empty:
    st.info(words("empty.measure"), icon=":material/inbox:")
    page.finish()
    st.stop()

with st.container(horizontal=True, vertical_alignment="bottom"):
    bases = [b for b in words.codes("basis") if b in set(rates["basis"])]
    basis = view.choice(
        "basis",
        ["all", *bases],
        "all",
        st.selectbox,
        label=words("dimension.basis"),
        width=230,
        format_func=lambda b: words("filter.all") if b == "all" else words.code("basis", b),
    )
    scope = view.choice(
        "scope",
        ["whole", "all"],
        "whole",
        st.segmented_control,
        label=words("execution.scope"),
        required=True,
        format_func=lambda s: words(f"execution.scope_{s}"),
    )
shown = filters.by_place(page, rates)
if basis != "all":
    shown = shown[shown["basis"] == basis]
if scope == "whole":
    shown = shown[shown[["programme", "fund_source", "spending_type", "item"]].isna().all(axis=1)]
if shown.empty:
    st.info(words("empty.filter"), icon=":material/filter_alt_off:")
    page.finish()
    st.stop()

both = shown.dropna(subset=["stated_rate_pct", "recomputed_rate_pct"])
differ = both[both["verdict"] == "contradicted"]
over = shown[shown["recomputed_rate_pct"] > 100]
finding = words(
    "execution.finding",
    n=len(shown),
    departments=shown["department_id"].nunique(),
    both=len(both),
    differ=len(differ),
    over=len(over),
)
drawn = shown.head(MOST)
parts = ("programme", "fund_source", "spending_type")


def label(row: pd.Series) -> str:
    """Department, year, basis and scope of a rate."""
    scope_names = [words.code(p, row[p]) for p in parts] + ([str(row["item"])] if pd.notna(row["item"]) else [])
    name = f"{row['department_short_name']} {int(row['fiscal_year'])}\n{words.code('basis', row['basis'])}"
    return "\n".join([name, *(n for n in scope_names if n)])


bullets = drawn.assign(label=[label(row) for _, row in drawn.iterrows()])
twice = bullets["label"].duplicated(keep=False)
order = bullets.groupby("label").cumcount() + 1
bullets["label"] = [
    f"{name} ({n})" if double else name for name, n, double in zip(bullets["label"], order, twice, strict=True)
]
figure = charts.execution_bullets(
    bullets, {"recomputed": words("execution.recomputed"), "stated": words("execution.stated")}
)
with st.container(border=True):
    st.header(layout.plain(finding), anchor=False)
    notes = [words("execution.how"), words("execution.bands")]
    layout.notes(notes)
    layout.chart(page, figure, key="bullets", alt=words("execution.alt", finding=finding), file_name="jixiao-execution")
    if len(shown) > MOST:
        layout.notes([words("table.first", shown=MOST, all=len(shown))])
    layout.notes(page.notes)
    fact_tables.show(page, "fct_execution", shown, caption=words("execution.caption"))
    layout.take_away(
        page, downloads.Table(finding, fact_tables.plain(page, "fct_execution", shown), notes), "execution", figure
    )
layout.notes([words("execution.unknown", n=formatting.number(shown["recomputed_rate_pct"].isna().sum()))])
page.finish()
