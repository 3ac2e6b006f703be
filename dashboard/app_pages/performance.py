"""Performance: indicators' targets against what was attained, and self-evaluation scores as the claims they are."""

import pandas as pd
import streamlit as st

from dashboard import charts, downloads, fact_tables, filters, formatting, layout

MOST = 30

page = layout.begin("performance")
words, warehouse, view = page.words, page.warehouse, page.view
page.include_samples()
rows = warehouse.facts("fct_performance", page.samples)
if rows.empty:
    st.info(words("empty.measure"), icon=":material/inbox:")
    page.finish()
    st.stop()
shown = filters.by_place(page, rows)
indicators = shown[shown["kind"] == "indicator"]
paired = indicators.dropna(subset=["target_value", "actual_value"])
paired = paired[paired["target_value"] > 0]
scores = shown[(shown["kind"] == "score") & shown["score"].notna()]
if shown.empty:
    st.info(words("empty.filter"), icon=":material/filter_alt_off:")

if not paired.empty:
    attained = int(paired["attained"].fillna(False).astype(bool).sum())
    finding = words(
        "performance.finding", n=len(paired), attained=attained, departments=paired["department_id"].nunique()
    )
    drawn = paired.head(MOST).assign(
        label=lambda f: (
            f["department_short_name"]
            + " "
            + f["fiscal_year"].astype(int).astype(str)
            + " · "
            + f["indicator"].fillna("–").str.slice(0, 18)
        ),
        ratio_pct=lambda f: 100 * f["actual_value"] / f["target_value"],
        attained=lambda f: f["attained"].fillna(False).astype(bool),
    )
    figure = charts.target_dots(drawn, {"ratio": words("performance.ratio")})
    notes = [words("performance.how")]
    with st.container(border=True):
        st.header(layout.plain(finding), anchor=False)
        layout.notes(notes)
        layout.chart(page, figure, key="targets", alt=finding, file_name="jixiao-indicators")
        if len(paired) > MOST:
            layout.notes([words("table.first", shown=MOST, all=len(paired))])
        layout.notes(page.notes)
        layout.take_away(
            page,
            downloads.Table(finding, fact_tables.plain(page, "fct_performance", indicators), notes),
            "indicators",
            figure,
        )
if not scores.empty:
    st.header(words("performance.scores"), anchor=False)
    over = int((scores["score"] >= 90).sum())
    layout.lead(
        words(
            "performance.scores_finding", n=len(scores), over=over, median=formatting.number(scores["score"].median())
        )
    )
    one = scores.sort_values("score", ascending=False).head(MOST)
    bars = one.assign(
        value=one["score"],
        figure_id=one["score_figure_id"],
        flags=[words.code("grade", g) for g in one["grade"]],
        department_id=one["performance_id"],
    )
    labels = {
        r.performance_id: f"{r.department_name} {int(r.fiscal_year)}"
        + (f" · {words.code('programme', r.programme)}" if isinstance(r.programme, str) else "")
        for r in one.itertuples()
    }
    layout.chart(
        page,
        charts.compare_bar(bars, labels, {}, words("comparable.score.unit"), None),
        key="scores",
        alt=words("performance.scores"),
        file_name="jixiao-scores",
    )
    layout.notes([words("compare.basis_performance")])
if not shown.empty:
    st.header(words("compare.table"), anchor=False)
    fact_tables.show(page, "fct_performance", pd.concat([indicators, scores]), caption=words("performance.caption"))
page.finish()
