"""Execution: what reports state beside what their own amounts give, each basis by itself."""

from functools import partial

import pandas as pd
import streamlit as st

from dashboard import charts, fact_tables, filters, formatting, layout
from dashboard.queries import fact_marts, topics
from dashboard.queries.fact_marts import WHOLE
from dashboard.selection import choose_scale, scale_asked_for

TABLE = "fct_execution"
MOST, LISTED = 20, 100
PARTS = ("programme", "fund_source", "spending_type", "item")

page = layout.begin("execution")
words, warehouse, view = page.words, page.warehouse, page.view
choices = layout.choices(page)
with choices:
    page.include_samples()
conditions: dict[str, object] = {}
with choices, st.container(horizontal=True, vertical_alignment="bottom"):
    filters.of_mart(page, TABLE, "basis", conditions, any_allowed=True, width=230)
    scope = view.choice(
        "scope",
        ["whole", "all"],
        "whole",
        st.segmented_control,
        label=words("execution.scope"),
        required=True,
        format_func=lambda s: words(f"execution.scope_{s}"),
    )
    choose_scale(page)
if scope == "whole":
    conditions |= dict.fromkeys(PARTS, WHOLE)
with choices:
    filters.by_place(page, TABLE, conditions)
counts = topics.execution_counts(warehouse, page.samples, conditions)
if not counts["n"]:
    st.info(words("empty.filter"), icon=":material/filter_alt_off:")
    page.finish()
    st.stop()
shown = fact_marts.facts(warehouse, TABLE, page.samples, conditions, limit=LISTED)
# What can be set against the report's own amounts comes first, and of that what does not fit.
drawn = (
    shown.assign(
        rank=[
            (r.verdict != "contradicted", not pd.notna(r.recomputed_rate_pct), not pd.notna(r.stated_rate_pct))
            for r in shown.itertuples()
        ]
    )
    .sort_values("rank", kind="stable")
    .head(MOST)
)
finding = words(
    "execution.finding", **{k: formatting.number(counts[k]) for k in ("n", "departments", "both", "differ", "over")}
)


def label(row: pd.Series) -> str:
    """Department, year, basis and scope of a rate."""
    names = [words.code(p, row[p]) for p in PARTS]
    name = f"{row['department_short_name']} {int(row['fiscal_year'])}\n{words.code('basis', row['basis'])}"
    return "\n".join([name, *(n for n in names if n)])


bullets = drawn.assign(label=[label(row) for _, row in drawn.iterrows()])
for telling in (
    # Two rates on one basis are told apart by what they are a rate of, then by what the report states.
    lambda r: words("execution.of_amount", amount=formatting.money(r.denominator_cny, page.language)),
    lambda r: words("execution.stated_as", rate=formatting.percent(r.stated_rate_pct)),
):
    twice = bullets["label"].duplicated(keep=False)
    bullets["label"] = [
        f"{r.label} {telling(r)}" if double else r.label for r, double in zip(bullets.itertuples(), twice, strict=True)
    ]
warnings = layout.cautions(page, shown)
if len(set(shown["basis"])) > 1:
    warnings.append(words("warning.bases"))
layout.card(
    page,
    lambda: fact_tables.plain(page, TABLE, fact_marts.facts(warehouse, TABLE, page.samples, conditions)),
    partial(
        charts.execution_bullets,
        bullets,
        {
            "recomputed": words("execution.recomputed"),
            "stated": words("execution.stated"),
            "unknown": words("execution.neither"),
        },
        link=page.evidence_href,
    ),
    key="execution",
    finding=finding,
    subtitle=[words("execution.how"), words("execution.bands")],
    warnings=warnings,
    below=[
        words("execution.n_of_n", n=len(drawn), all=formatting.number(counts["n"])),
        words("execution.unknown", n=formatting.number(counts["unknown"])) if counts["unknown"] else "",
        *layout.sources_of(page, drawn, "stated_figure_id", "numerator_figure_id", "denominator_figure_id"),
    ],
)
st.header(words("compare.table"), anchor=False)
fact_tables.show(
    page, TABLE, shown, caption=words("execution.caption"), held=int(counts["n"]), scale=scale_asked_for(page)
)
page.finish()
