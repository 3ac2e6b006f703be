"""Department: one page of all that is held of a department, to print or to keep as a file."""

import html
from functools import partial

import pandas as pd
import streamlit as st

from dashboard import charts, fact_tables, filters, formatting, layout
from dashboard.data import FACT_TABLES
from dashboard.formatting import number

page = layout.begin("department")
words, warehouse, view = page.words, page.warehouse, page.view
departments = warehouse.departments()
page.include_samples()
linked = view.address.get("dept")
visible = filters.real(page, departments)
if linked and linked in set(departments["department_id"]) and linked not in set(visible["department_id"]):
    # A link to an invented department shows it; the mark says what it is.
    visible = departments
visible = visible.sort_values("figure_count", ascending=False, kind="stable")
department_id = filters.one_department(page, visible)
if department_id is None:
    st.info(words("empty.warehouse"), icon=":material/inbox:")
    page.finish()
    st.stop()

about = visible.set_index("department_id").loc[department_id]
name = str(about["department_name"])
is_sample = formatting.is_true(about["is_sample"])
place = [words.code("tier", about["tier"]), words.code("department_kind", about["department_kind"])]
names = dict.fromkeys(p for p in (about["province_name"], about["place_name"]) if isinstance(p, str))
place = [*names, *(p for p in place if p)]
st.html(
    f"<h2>{html.escape(name)}</h2><p class='jx-note'>{html.escape(' · '.join(place))} "
    + (layout.fragment(layout.sample_badge(page)) if is_sample else "")
    + "</p>"
)
spine = warehouse.coverage()
mine = spine[spine["department_id"] == department_id]
checks = warehouse.mart("fct_reconciliations", department_id)
computed = checks[checks["verdict"] != "not_computable"]
with st.grid(min_column_width=170, gap="small"):
    st.metric(words("overview.documents"), number(about["document_count"]), border=True)
    st.metric(words("overview.figures"), number(about["figure_count"]), border=True)
    first, last = about["first_year"], about["last_year"]
    st.metric(
        words("overview.years"), f"{int(first)}–{int(last)}" if pd.notna(first) else formatting.UNKNOWN, border=True
    )
    st.metric(
        words("department.checks"),
        f"{number((computed['verdict'] == 'holds').sum())} / {number(len(computed))}"
        if len(computed)
        else formatting.UNKNOWN,
        border=True,
        help=words("department.checks_help"),
    )

saved: list[str] = []


def section(title: str, table: str, frame: pd.DataFrame) -> None:
    """A mart's rows of this department, on the page and in the file."""
    st.header(title, anchor=False)
    frame = fact_tables.in_order(table, frame)
    fact_tables.show(page, table, frame, department=False, most=60)
    plain = fact_tables.plain(page, table, frame)
    saved.append(
        f"<h2>{html.escape(title)}</h2>"
        + layout.table_html(
            list(plain.columns),
            [[None if pd.isna(v) else str(v) for v in row] for row in plain.astype(object).to_numpy()],
        )
    )


years = sorted(int(y) for y in mine["fiscal_year"])
if years:
    cells = mine.assign(
        reason=[words.code("absence_reason", r) or words("grid.no_reason") for r in mine["absence_reason"]]
    )
    figure = charts.coverage_grid(
        cells, {department_id: name}, years[-14:], {"figures": words("grid.cell"), "missing": words("grid.outside")}
    )
    layout.chart(
        page, figure, key="years", alt=words("grid.alt", n=1, first=years[0], last=years[-1]), file_name="coverage"
    )

violated = checks[checks["verdict"] == "violated"]
if not violated.empty:
    st.header(words("department.contradictions"), anchor=False)
    layout.table(
        [words("column.year"), words("check.identity"), words("check.severity"), words("column.note")],
        [
            [
                str(int(r.fiscal_year)) if pd.notna(r.fiscal_year) else None,
                layout.Link(
                    words.code("identity", r.identity), page.href("contradictions", search=name, identity=r.identity)
                ),
                words.code("severity", r.severity),
                str(getattr(r, f"explanation_{page.language}")),
            ]
            for r in violated.itertuples()
        ],
    )
held = 0
for table in FACT_TABLES:
    if table == "fct_reconciliations":
        continue
    frame = warehouse.mart(table, department_id)
    if not frame.empty:
        held += len(frame)
        section(words.code("fact_table", table), table, frame)
if not held:
    st.info(words("department.nothing"), icon=":material/inbox:")

documents = warehouse.documents(True, department_id)
st.header(words("overview.documents"), anchor=False)
layout.table(
    [words(f"column.{c}") for c in ("year", "title", "kind", "publisher", "source_class", "figures")],
    [
        [
            str(int(r.fiscal_year)) if pd.notna(r.fiscal_year) else None,
            layout.Link(str(r.title), page.href("evidence", document=r.document_id))
            if isinstance(r.title, str)
            else None,
            words.code("document_kind", r.document_kind) or words.code("document_kind", r.format),
            r.publisher if isinstance(r.publisher, str) else None,
            words.code("source_class", r.source_class),
            number(r.figure_count),
        ]
        for r in documents.itertuples()
    ],
    numeric=[5],
)


def as_file() -> bytes:
    """The profile as a page of its own: no network, no script."""
    note = words("note.samples_shown") if is_sample else ""
    body = "".join(saved)
    return (
        f'<!doctype html><html lang="{page.language}"><head><meta charset="utf-8"><title>{html.escape(name)}</title>{layout.STYLE}'
        f"<style>body{{font-family:{charts.FONT};color:{charts.INK};margin:2rem auto;max-width:75rem;padding:0 1rem}}</style></head>"
        f"<body><h1>{html.escape(name)}</h1><p>{html.escape(' · '.join(place))} {html.escape(note)}</p>{body}"
        f"<p class='jx-note'>{html.escape(words('department.file_note', release=str(warehouse.release()['release'])))}</p></body></html>"
    ).encode()


with st.container(horizontal=True):
    st.download_button(
        words("department.save"),
        partial(as_file),
        f"{department_id}.html",
        "text/html",
        key="department.save",
        on_click="ignore",
        icon=":material/download:",
    )
    with st.popover(words("download.link"), icon=":material/link:"):
        st.code(view.link(st.context.url or "", page.language), language=None, wrap_lines=True)
layout.notes([words("department.print")])
page.finish()
