"""Department: one page of all that is held of a department, to print or to keep as a file."""

import html
from functools import partial

import pandas as pd
import streamlit as st

from dashboard import (
    charts,
    check_view,
    fact_tables,
    filters,
    findings,
    formatting,
    headlines,
    layout,
    standards_course,
)
from dashboard.formatting import SCALES, number
from dashboard.grid import reasoned
from dashboard.queries import fact_marts, holdings, identity_checks, releases
from dashboard.queries.fact_marts import FACT_TABLES
from dashboard.selection import choose_scale, scale_asked_for

page = layout.begin("department")
words, warehouse, view = page.words, page.warehouse, page.view
departments = holdings.departments(warehouse)
# What is chosen stands again in the heading: paper needs no widgets.
controls = st.container(key="noprint-department")
with controls:
    page.include_samples()
linked = view.address.get("dept")
visible = filters.real(page, departments)
if linked and linked in set(departments["department_id"]) and linked not in set(visible["department_id"]):
    # A link to an invented department shows it; the mark says what it is.
    visible = departments
visible = visible.sort_values("figure_count", ascending=False, kind="stable")
with controls, st.container(horizontal=True, vertical_alignment="bottom"):
    department_id = filters.one_department(page, visible)
    choose_scale(page)
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
of_table = {table: fact_marts.mart(warehouse, table, department_id) for table in FACT_TABLES}


saved: list[str] = []
if first_asked := headlines.of_department(page, of_table):
    layout.facts(first_asked)
    saved.append(layout.facts_html(first_asked))

mine = reasoned(page, holdings.coverage(warehouse, [department_id]))
checks = of_table["fct_reconciliations"]
computed = checks[checks["verdict"] != "not_computable"]
first, last = about["first_year"], about["last_year"]
held_checks = int((computed["verdict"] == "holds").sum())
layout.facts(
    [
        (words("overview.documents"), number(about["document_count"]), ""),
        (words("overview.figures"), number(about["figure_count"]), ""),
        (words("overview.years"), f"{int(first)}–{int(last)}" if pd.notna(first) else formatting.UNKNOWN, ""),
        (
            words("department.checks"),
            f"{number(held_checks)} / {number(len(computed))}" if len(computed) else formatting.UNKNOWN,
            words("department.checks_help"),
        ),
    ]
)


def section(title: str, table: str, frame: pd.DataFrame) -> None:
    """A mart's rows of this department, on the page and in the file."""
    st.header(title, anchor=False)
    frame = fact_tables.in_order(table, frame)
    fact_tables.show(page, table, frame, department=False, most=60, scale=scale_asked_for(page))
    plain = fact_tables.plain(page, table, frame)
    saved.append(
        f"<h2>{html.escape(title)}</h2>"
        + layout.table_html(
            list(plain.columns),
            [[None if pd.isna(v) else str(v) for v in row] for row in plain.astype(object).to_numpy()],
        )
    )


lines = standards_course.course(page, of_table["fct_subsidy_standards"])
if not lines.empty:
    unit = SCALES["yuan"].name(page.language) + words("comparable.standard_month.unit")
    draw = partial(
        charts.compare_line,
        lines,
        list(dict.fromkeys(lines["department_id"])),
        unit,
        SCALES["yuan"],
        gap=words("compare.no_value"),
        link=page.evidence_href,
    )
    span = f"{int(lines['fiscal_year'].min())}–{int(lines['fiscal_year'].max())}"
    finding = findings.change(
        lines,
        words("department.standards_of", name=name),
        "CNY",
        lambda value: formatting.money(value, page.language, SCALES["yuan"]),
        words,
    )
    own = lines.assign(department_id=department_id, department_name=name)
    layout.card(
        page,
        fact_tables.plain(page, "fct_subsidy_standards", own),
        draw,
        key="standards",
        finding=finding,
        subtitle=[
            f"{words('code.fact_table.fct_subsidy_standards')} · {unit} · {span}",
            words("compare.basis_standards"),
        ],
        warnings=layout.cautions(page, own),
        below=[
            words("department.standards_n", n=lines["department_id"].nunique()),
            *layout.sources_of(page, own, "figure_id"),
        ],
    )
    saved.append(f"<h2>{html.escape(finding)}</h2>{draw(width=charts.WIDE).svg()}")

years = sorted(int(y) for y in mine["fiscal_year"])
if years:
    draw = partial(
        charts.coverage_grid,
        mine,
        {department_id: name},
        years[-14:],
        {"figures": words("grid.cell")},
        link=lambda department, year: page.href("evidence", dept=department, year=year),
    )
    held_years = int((mine["figure_count"].fillna(0) > 0).sum())
    layout.card(
        page,
        mine[["department_id", "fiscal_year", "document_count", "figure_count", "reason"]].rename(
            columns={
                "fiscal_year": words("column.year"),
                "document_count": words("column.documents"),
                "figure_count": words("column.figures"),
                "reason": words("column.absence_reason"),
            }
        ),
        draw,
        key="years",
        finding=words("department.years", name=name, all=len(years), n=held_years, first=years[0], last=years[-1]),
        subtitle=[words("grid.legend")],
        below=[words("grid.note_source", release=str(releases.release(warehouse)["release"]))],
        alt=words("grid.alt", n=1, first=years[0], last=years[-1]),
    )
    saved.append(draw(width=charts.WIDE).svg())

violated = checks[checks["verdict"] == "violated"]
if not violated.empty:
    st.header(words("department.contradictions"), anchor=False)
    rest_on = identity_checks.check_figures(warehouse, violated)

    def said(what: str, sentence: str) -> str:
        """A check's sentence, with what it is about in front where the sentence does not begin with it."""
        return sentence if not what or sentence.startswith(what.split(" · ")[0]) else f"{what} · {sentence}"

    of_check, none = dict(list(rest_on.groupby("reconciliation_id"))), rest_on.head(0)
    parts = (
        [words("column.year"), words("check.identity"), words("check.severity"), words("column.note")],
        [
            [
                str(int(r.fiscal_year)) if pd.notna(r.fiscal_year) else None,
                layout.Link(
                    words.code("identity", r.identity), page.href("contradictions", search=name, identity=r.identity)
                ),
                words.code("severity", r.severity),
                said(check_view.about(page, of_check.get(r.reconciliation_id, none)), sentence),
            ]
            for r, sentence in zip(
                violated.itertuples(),
                (check_view.sentence(page, row) for row in fact_tables.records(violated)),
                strict=True,
            )
        ],
    )
    layout.table(*parts)
    saved.append(f"<h2>{html.escape(words('department.contradictions'))}</h2>{layout.table_html(*parts)}")
held = 0
for table in FACT_TABLES:
    if table == "fct_reconciliations":
        continue
    frame = of_table[table]
    if not frame.empty:
        held += len(frame)
        section(words.code("fact_table", table), table, frame)
if not held:
    st.info(words("department.nothing"), icon=":material/inbox:")

documents = holdings.documents(warehouse, True, department_id)
st.header(words("overview.documents"), anchor=False)
papers = (
    [words(f"column.{c}") for c in ("year", "title", "kind", "publisher", "source_class", "figures")],
    [
        [
            str(int(r.fiscal_year)) if pd.notna(r.fiscal_year) else None,
            layout.document_link(page, r),
            words.code("document_kind", r.document_kind) or words.code("document_kind", r.format),
            r.publisher if isinstance(r.publisher, str) else None,
            words.code("source_class", r.source_class),
            number(r.figure_count),
        ]
        for r in documents.itertuples()
    ],
    [5],
)
layout.table(*papers)
saved.append(f"<h2>{html.escape(words('overview.documents'))}</h2>{layout.table_html(*papers)}")


def as_file() -> bytes:
    """The profile as a page of its own: no network, no script."""
    about_it = " · ".join([*place, words("note.samples_shown") if is_sample else ""])
    return layout.document(
        name,
        f"<p>{html.escape(about_it)}</p>{''.join(saved)}"
        f"<p class='jx-note'>{html.escape(words('department.file_note', release=str(releases.release(warehouse)['release'])))}</p>"
        f"<p class='jx-note'>{html.escape(words('note.link', link=page.permalink()))}</p>",
        page.language,
    )


with st.container(horizontal=True):
    st.download_button(
        words("department.save"),
        as_file,
        f"{department_id}.html",
        "text/html",
        key="department.save",
        on_click="ignore",
        icon=":material/download:",
    )
    with st.popover(words("download.link"), icon=":material/link:"):
        st.code(page.permalink(), language=None, wrap_lines=True)
layout.notes([words("department.print")])
page.finish()
