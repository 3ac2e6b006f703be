"""Coverage: which department and year holds what, what is missing and why, and what became of each file."""

import pandas as pd
import streamlit as st

from dashboard import downloads, layout
from dashboard.formatting import number
from dashboard.grid import coverage_block
from dashboard.queries import holdings, releases
from dashboard.queries.holdings import FAMILIES

#: What becomes of a file, in its order.
STEPS = {step: place for place, step in enumerate(("fetched", "read", "extracted", "loaded"))}

page = layout.begin("coverage")
words, warehouse, view = page.words, page.warehouse, page.view
page.include_samples()
coverage_block(page)

by_year = holdings.coverage_by_year(warehouse, page.samples)
if not by_year.empty:
    st.header(words("coverage.by_family"), anchor=False)
    layout.table(
        [words("column.year"), words("coverage.with_any"), *(words(f"coverage.{f}") for f in FAMILIES)],
        [
            [
                str(int(r.fiscal_year)),
                f"{number(r.held)} / {number(r.departments)}",
                *(number(getattr(r, f)) for f in FAMILIES),
            ]
            for r in by_year.head(12).itertuples()
        ],
        numeric=range(1, 7),
        caption=words("coverage.by_family_caption"),
    )
    st.header(words("coverage.reasons"), anchor=False)
    layout.table(
        [words("column.absence_reason"), words("coverage.cells")],
        [
            [words.code("absence_reason", r.absence_reason), number(r.cells)]
            for r in holdings.absences(warehouse, page.samples).itertuples()
        ],
        numeric=[1],
        caption=words("coverage.reasons_caption"),
    )
outcomes = releases.outcomes(warehouse)
if not outcomes.empty:
    st.header(words("coverage.files"), anchor=False)
    counts = outcomes.groupby(["stage", "status"]).size().reset_index(name="n")
    counts = counts.sort_values("stage", key=lambda stages: stages.map(STEPS), kind="stable")
    layout.table(
        [words("coverage.step"), words("coverage.status"), words("column.documents")],
        [[words.code("step", r.stage), words.code("status", r.status), number(r.n)] for r in counts.itertuples()],
        numeric=[2],
        caption=words("coverage.files_caption"),
    )
    shown = outcomes.assign(
        step=[words.code("step", s) for s in outcomes["stage"]],
        status=[words.code("status", s) for s in outcomes["status"]],
    )
    failed = shown[outcomes["status"].isin(["failed", "rejected"])]
    if not failed.empty:
        layout.table(
            [words("column.file"), words("coverage.step"), words("column.cause"), words("column.remedy")],
            [
                [
                    str(r.file),
                    r.step,
                    r.message if isinstance(r.message, str) else None,
                    r.remedy if isinstance(r.remedy, str) else None,
                ]
                for r in failed.head(100).itertuples()
            ],
            caption=words("overview.failed_caption", n=len(failed)),
        )
    named = {
        "file": "column.file",
        "step": "coverage.step",
        "status": "coverage.status",
        "cause": "column.code",
        "message": "column.cause",
        "remedy": "column.remedy",
    }
    table = pd.DataFrame(shown[list(named)]).rename(columns={c: words(n) for c, n in named.items()})
    layout.take_away(page, downloads.Table(words("coverage.files"), table), "outcomes")
page.finish()
