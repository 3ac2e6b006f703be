"""SQL: one query on the marts, with tables and examples at hand, limits that say so, and a quick chart."""

from functools import partial

import pandas as pd
import streamlit as st

from dashboard import charts, downloads, layout, sandbox
from dashboard.formatting import number
from dashboard.queries import releases
from dashboard.queries.connection import warehouse_path

#: Questions that the marts answer, shortest first; the words are in the translations.
EXAMPLES: dict[str, str] = {
    "standards": """select d.province_name, d.department_name, s.fiscal_year, s.standard_cny_per_month, s.top_up_cny_per_month
from fct_subsidy_standards as s
join dim_department as d using (department_id)
where s.programme = 'dibao' and s.residence = 'urban' and s.is_headline and not d.is_sample
order by s.standard_cny_per_month desc
limit 50""",
    "execution": """select d.department_name, e.fiscal_year, e.basis, e.stated_rate_pct, e.recomputed_rate_pct, e.gap_pct_points, e.verdict
from fct_execution as e
join dim_department as d using (department_id)
where not d.is_sample
order by d.department_name, e.fiscal_year, e.basis""",
    "contradictions": """select d.department_name, r.fiscal_year, r.identity, r.severity, r.explanation_zh
from fct_reconciliations as r
join dim_department as d using (department_id)
where r.verdict = 'violated' and not d.is_sample
order by r.severity, d.department_name""",
    "evidence": """select f.measure, f.value, f.unit, f.raw, t.title, t.source_url
from fct_figures as f
join dim_document as t using (document_id)
where f.department_id = '440103-civil_affairs'
order by f.fiscal_year, f.ordinal""",
}

page = layout.begin("sql")
words, warehouse, view = page.words, page.warehouse, page.view
view.idle("label", "value")
example = view.choice(
    "example",
    list(EXAMPLES),
    "standards",
    st.selectbox,
    label=words("sql.example"),
    width=420,
    format_func=lambda e: words(f"sql.example_{e}"),
)
typed = view.widget_key("q")
if st.session_state.get("sql.last_example", example) != example:
    # A newly chosen example replaces what was typed.
    st.session_state[typed] = EXAMPLES[example]
st.session_state["sql.last_example"] = example
left, right = st.columns([3, 1], gap="large")
with left:
    sql = view.text(
        "q",
        EXAMPLES[example],
        sandbox.LONGEST,
        st.text_area,
        label=words("sql.query"),
        height=230,
        max_chars=sandbox.LONGEST,
    )
    st.button(words("sql.run"), type="primary", icon=":material/play_arrow:")
    layout.notes(
        [words("sql.limits", rows=number(sandbox.ROWS), seconds=f"{sandbox.SECONDS:g}", memory=sandbox.MEMORY)]
    )
with right, st.container(height=330, border=True):
    dictionary = releases.dictionary(warehouse)
    for table, columns in dictionary.groupby("table_name"):
        with st.expander(str(table)):
            layout.notes(
                [
                    f"{c.column_name} · {str(c.data_type).lower()} · "
                    + words.meaning(c.table_name, c.column_name, c.comment)
                    for c in columns.itertuples()
                ]
            )
try:
    result = sandbox.run(sql, warehouse_path())
except sandbox.Refused as error:
    st.error(
        words(f"sql.refused_{error.cause}") + ("\n\n" + layout.code(error.detail) if error.detail else ""),
        icon=":material/block:",
    )
else:
    frame = result.frame
    layout.lead(
        words("sql.rows", n=number(len(frame)), seconds=f"{result.seconds:.2f}")
        + (words("sql.truncated", rows=number(sandbox.ROWS)) if result.truncated else "")
    )
    # Text goes to the table as text: nothing in it is read as Markdown, a link or HTML.
    st.dataframe(
        frame,
        hide_index=True,
        column_config={c: st.column_config.TextColumn(c) for c in frame.columns if frame[c].dtype == object},
        alt=words("sql.result"),
        placeholder="",
    )
    numbers = [c for c in frame.columns if pd.api.types.is_numeric_dtype(frame[c])]
    texts = [c for c in frame.columns if c not in numbers]
    if numbers and texts and len(frame):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            drawn = view.flag("chart", False, st.toggle, label=words("sql.chart"))
            if drawn:
                label = view.choice("label", texts, texts[0], st.selectbox, label=words("sql.chart_label"), width=230)
                value = view.choice(
                    "value", numbers, numbers[-1], st.selectbox, label=words("sql.chart_value"), width=230
                )
        if drawn:
            layout.card(
                page,
                frame[[label, value]],
                partial(charts.quick_bar, frame, label, value),
                key="quick",
                finding=words("sql.chart_title", value=value, label=label),
                subtitle=[words("sql.chart_note")],
                below=[words("sql.source", sql=" ".join(sql.split()))],
            )
            if view.flag("zoom", False, st.toggle, label=words("sql.zoom")):
                # Imported when it is asked for: Plotly costs more than the rest of the page.
                from dashboard.explorer import MOST_ROWS, explorer

                st.plotly_chart(explorer(frame, label, value), key="explorer")
                layout.notes([words("sql.zoom_note", rows=number(MOST_ROWS))])
    layout.take_away(page, downloads.Table(words("sql.result"), frame, [sql]), "result")
page.finish()
