"""Overview: what the release holds, how fresh it is, where it has gaps, and where its reports contradict themselves."""

import pandas as pd
import streamlit as st

from dashboard import layout
from dashboard.formatting import number
from dashboard.grid import coverage_block
from dashboard.queries import holdings, releases

page = layout.begin("overview")
words, warehouse = page.words, page.warehouse

page.include_samples()
release = releases.release(warehouse)
totals = holdings.totals(warehouse, page.samples)
if not totals["departments"]:
    st.info(words("empty.warehouse"), icon=":material/inbox:")
    page.finish()
    st.stop()

layout.facts(
    [
        (
            words("overview.departments"),
            layout.Link(number(totals["departments"]), page.href("coverage")),
            words("overview.departments_help"),
        ),
        (words("overview.years"), f"{totals['first_year']}–{totals['last_year']}", ""),
        (words("overview.documents"), layout.Link(number(totals["documents"]), page.href("release")), ""),
        (words("overview.figures"), layout.Link(number(totals["figures"]), page.href("evidence")), ""),
        (
            words("overview.contradictions"),
            layout.Link(number(totals["hard"]), page.href("contradictions", severity="hard")),
            words("overview.contradictions_help"),
        ),
        (
            words("overview.release"),
            pd.Timestamp(release["built_at"]).strftime("%Y-%m-%d"),
            str(release["release"]),
        ),
    ]
)
layout.lead(
    words(
        "overview.finding",
        hard=number(totals["hard"]),
        soft=number(totals["soft"]),
        checks=number(totals["checks"]),
        documents=number(totals["documents"]),
        departments=number(totals["departments"]),
    )
)

st.html(
    " · ".join(
        layout.fragment(layout.Link(words(f"overview.to_{target}"), page.href(target)))
        for target in ("compare", "contradictions", "coverage", "release")
    )
)
coverage_block(page)

st.header(words("overview.newest"), anchor=False)
documents = holdings.documents(warehouse, page.samples, limit=12)
shown = documents.assign(
    kind=[
        words.code("document_kind", kind) or words.code("document_kind", form)
        for kind, form in zip(documents["document_kind"], documents["format"], strict=True)
    ]
)
layout.table(
    [
        words("column.department"),
        words("column.year"),
        words("column.title"),
        words("column.kind"),
        words("column.figures"),
        words("column.source_class"),
    ],
    [
        [
            layout.document_department(page, row),
            str(int(row.fiscal_year)) if pd.notna(row.fiscal_year) else None,
            layout.document_link(page, row),
            row.kind,
            number(row.figure_count),
            words.code("source_class", row.source_class),
        ]
        for row in shown.itertuples()
    ],
    numeric=[4],
    caption=words("overview.newest_caption"),
)

absences = holdings.absences(warehouse, page.samples)
if not absences.empty:
    st.header(words("coverage.reasons"), anchor=False)
    layout.table(
        [words("column.absence_reason"), words("coverage.cells")],
        [[words.code("absence_reason", r.absence_reason), number(r.cells)] for r in absences.itertuples()],
        numeric=[1],
        caption=words("coverage.reasons_caption"),
    )
    st.html(layout.fragment(layout.Link(words("overview.to_coverage"), page.href("coverage"))))

outcomes = releases.outcomes(warehouse)
failed = outcomes[outcomes["status"].isin(["failed", "rejected"])]
if not failed.empty:
    st.header(words("overview.failed"), anchor=False)
    layout.table(
        [words("column.file"), words("column.cause"), words("column.remedy")],
        [[r.file, r.message, r.remedy] for r in failed.head(20).itertuples()],
        caption=words("overview.failed_caption", n=len(failed)),
    )
page.finish()
