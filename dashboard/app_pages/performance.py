"""Performance: indicators' targets against what was attained, and self-evaluation scores as the claims they are."""

from functools import partial

import pandas as pd
import streamlit as st

from dashboard import charts, fact_tables, filters, layout
from dashboard.formatting import number
from dashboard.queries import fact_marts, topics

TABLE = "fct_performance"
MOST, LISTED = 25, 100

page = layout.begin("performance")
words, warehouse, view = page.words, page.warehouse, page.view
choices = layout.choices(page)
with choices:
    page.include_samples()
    conditions: dict[str, object] = {}
    filters.by_place(page, TABLE, conditions)
counts = topics.attainment(warehouse, page.samples, conditions)
if not counts["rows"]:
    st.info(words("empty.filter"), icon=":material/filter_alt_off:")
    page.finish()
    st.stop()
indicators = fact_marts.facts(
    warehouse, TABLE, page.samples, {**conditions, "kind": "indicator"}, known="actual_value", limit=2000
)
paired = indicators[indicators["target_value"] > 0]
scores = fact_marts.facts(
    warehouse, TABLE, page.samples, {**conditions, "kind": "score"}, order="score", known="score", limit=LISTED
)

if not paired.empty:
    finding = words("performance.finding", **{k: number(counts[k]) for k in ("n", "attained", "departments")})
    attained = paired["attained"].fillna(False).astype(bool)
    # Those that miss their target are what a reader looks for.
    drawn = (
        paired.assign(
            label=[
                f"{r.department_short_name} {int(r.fiscal_year)}\n{r.indicator if isinstance(r.indicator, str) else '–'}"
                for r in paired.itertuples()
            ],
            ratio_pct=100 * paired["actual_value"] / paired["target_value"],
            attained=attained,
        )
        .sort_values("attained", kind="stable")
        .head(MOST)
    )
    layout.card(
        page,
        fact_tables.plain(page, TABLE, paired),
        partial(charts.target_dots, drawn, {"ratio": words("performance.ratio")}, link=page.evidence_href),
        key="indicators",
        finding=finding,
        subtitle=[words("performance.how")],
        warnings=layout.cautions(page, drawn),
        below=[
            words("performance.n_of_n", shown=len(drawn), all=number(counts["n"])),
            *layout.sources_of(page, drawn, "target_figure_id", "actual_figure_id"),
        ],
    )
if not scores.empty:
    one = scores.head(MOST)
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
    layout.card(
        page,
        fact_tables.plain(page, TABLE, scores),
        partial(charts.compare_bar, bars, labels, {}, words("comparable.score.unit"), None, link=page.evidence_href),
        key="scores",
        finding=words(
            "performance.scores_finding",
            n=number(counts["scores"]),
            over=number(counts["over"]),
            median=number(counts["median"]),
        ),
        subtitle=[
            f"{words('performance.scores')} · {words('comparable.score.unit')}",
            words("compare.basis_performance"),
        ],
        warnings=layout.cautions(page, one),
        below=[
            words("performance.n_of_n", shown=len(one), all=number(counts["scores"])),
            *layout.sources_of(page, one, "score_figure_id"),
        ],
    )
alone = topics.one_sided(warehouse, page.samples, conditions, LISTED)
if not alone.empty:
    percents = alone[alone["unit"] == "percent"]
    drawn = percents.head(MOST).assign(
        label=[
            f"{r.department_short_name} {int(r.fiscal_year)}\n{r.indicator if isinstance(r.indicator, str) else '–'}"
            for r in percents.head(MOST).itertuples()
        ]
    )
    every = int(alone["n"].iloc[0])
    results = int(alone["results"].iloc[0])
    layout.card(
        page,
        lambda: fact_tables.plain(page, TABLE, topics.one_sided(warehouse, page.samples, conditions)),
        partial(
            charts.one_sided_dots,
            drawn,
            {"result": words("performance.no_target"), "target": words("performance.no_result")},
            link=page.evidence_href,
        )
        if len(drawn)
        else None,
        key="alone",
        finding=words(
            "performance.alone_finding", n=number(every), results=number(results), targets=number(every - results)
        ),
        subtitle=[words("performance.alone_how")],
        warnings=layout.cautions(page, drawn),
        below=[
            words("performance.n_of_n", shown=len(drawn), all=number(every)),
            *layout.sources_of(page, drawn, "figure_id"),
        ],
    )
parts = (paired.head(LISTED), scores, alone.drop(columns=["n", "results", "is_result", "value", "figure_id"]))
listed = pd.concat([part for part in parts if not part.empty] or [paired])
st.header(words("compare.table"), anchor=False)
fact_tables.show(page, TABLE, listed, caption=words("performance.caption"), held=int(counts["rows"]))
page.finish()
