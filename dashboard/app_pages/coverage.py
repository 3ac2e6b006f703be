"""Coverage: which department and year holds what, what is missing and why, and what became of each file."""

import pandas as pd
import streamlit as st

from dashboard import downloads, filters, layout
from dashboard.formatting import number
from dashboard.grid import coverage_block

page = layout.begin("coverage")
words, warehouse, view = page.words, page.warehouse, page.view
page.include_samples()
coverage_block(page)

departments = filters.real(page, warehouse.departments())
spine = warehouse.coverage()
spine = spine[spine["department_id"].isin(set(departments["department_id"]))]
if not spine.empty:
    st.header(words("coverage.by_family"), anchor=False)
    families = ("funding", "execution", "beneficiaries", "standards", "performance")
    by_year = spine.groupby("fiscal_year").agg(
        departments=("department_id", "nunique"),
        held=("figure_count", lambda c: int((c > 0).sum())),
        **{f: (f"has_{f}", "sum") for f in families},
    )
    by_year = by_year.sort_index(ascending=False).head(12)
    layout.table(
        [words("column.year"), words("coverage.with_any"), *(words(f"coverage.{f}") for f in families)],
        [
            [str(int(year)), f"{number(r.held)} / {number(r.departments)}", *(number(getattr(r, f)) for f in families)]
            for year, r in zip(by_year.index, by_year.itertuples(), strict=True)
        ],
        numeric=range(1, 7),
        caption=words("coverage.by_family_caption"),
    )
    st.header(words("coverage.reasons"), anchor=False)
    reasons = spine["absence_reason"].dropna().value_counts()
    layout.table(
        [words("column.absence_reason"), words("coverage.cells")],
        [[words.code("absence_reason", reason), number(n)] for reason, n in reasons.items()],
        numeric=[1],
        caption=words("coverage.reasons_caption"),
    )
outcomes = warehouse.outcomes()
if not outcomes.empty:
    st.header(words("coverage.files"), anchor=False)
    counts = outcomes.groupby(["stage", "status"]).size().reset_index(name="n")
    layout.table(
        [words("coverage.step"), words("coverage.status"), words("column.documents")],
        [[words.code("step", r.stage), words.code("status", r.status), number(r.n)] for r in counts.itertuples()],
        numeric=[2],
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
    table = pd.DataFrame(shown[["file", "step", "status", "cause", "message", "remedy"]])
    layout.take_away(page, downloads.Table(words("coverage.files"), table), "outcomes")
page.finish()
