"""A check of an identity (勾稽关系) in words: what it is about, its two sides, the relation between them and the gap.

In: rows of `fct_reconciliations` and of the figures that they rest on. Out: plain text, in the reader's language; or, of one
figure's violated checks, lines on the page.
"""

from __future__ import annotations

import html
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard import figure_view, formatting, layout
from dashboard.layout import Badge, Page
from dashboard.queries import identity_checks


def value_text(page: Page, value: object, unit: object) -> str:
    """A side's value with its unit."""
    text = formatting.plain(value, unit if isinstance(unit, str) else None, page.language)
    name = page.words.code("unit", unit) if unit not in ("CNY", "percent") else ""
    return f"{text} {name}".strip()


def about(page: Page, figures: pd.DataFrame) -> str:
    """What every figure of a check has in common, named: 支出 · 决算 · 项目支出; empty where they share nothing."""
    if figures.empty:
        return ""
    shared = figures.iloc[0].copy()
    for column in (c for c in figure_view.MEANING if c in figures.columns):
        if figures[column].nunique(dropna=False) > 1:
            shared[column] = None
    return " · ".join(figure_view.meaning(page, shared))


def relation(page: Page, row: Mapping[str, object]) -> str:
    """How the left side should stand to the right one; empty where the release does not say it."""
    known = row.get("relation")
    return page.words(f"check.should.{known}") if known in ("equal", "at_most", "at_least", "different") else ""


def gap_text(page: Page, row: Mapping[str, object]) -> str:
    """The gap and the tolerance in the unit of the check; empty where it could not be computed."""
    unit = row["unit"]
    if pd.isna(row["gap"]):
        return ""
    gap = abs(float(row["gap"]))  # type: ignore[arg-type]
    if unit == "percent":
        return page.words("check.gap", gap=formatting.number(gap), tolerance=formatting.number(row["tolerance"]))
    return page.words(
        "check.gap_amount",
        gap=formatting.plain(gap, str(unit), page.language),
        tolerance=formatting.plain(row["tolerance"], str(unit), page.language),
    )


def sentence(page: Page, row: Mapping[str, object]) -> str:
    """Both sides, how they should stand to each other, and the gap, in one line."""
    words = page.words
    left, right = (
        f"{words.check_label(row[f'{side}_label'])} {value_text(page, row[f'{side}_value'], row['unit'])}"
        for side in ("left", "right")
    )
    sides = " ".join(part for part in (left, relation(page, row), right) if part)
    gap = gap_text(page, row)
    return words("check.sentence", sides=sides, gap=gap) if gap else sides


def show_violated(page: Page, checks: pd.DataFrame, figure_id: str) -> None:
    """What a figure is at odds with: each of its violated checks in a sentence, leading to the other figures of the check.
    `checks`: those of the figure."""
    words = page.words
    violated = checks[checks["verdict"] == "violated"]
    if violated.empty:
        return
    behind = identity_checks.check_figures(page.warehouse, violated[["reconciliation_id", "department_id"]])
    behind = behind[behind["figure_id"] != figure_id]
    for check in violated.to_dict("records"):
        severity = Badge(words.code("severity", check["severity"]), "alarm" if check["severity"] == "hard" else "plain")
        said = f"{words.code('identity', check['identity'])}: {sentence(page, check)}"
        st.html(f"<p class='jx-note'>{layout.fragment([severity, said])}</p>")
        others = behind[behind["reconciliation_id"] == check["reconciliation_id"]]
        if len(others):
            links = [page.evidence(f["figure_id"], str(f["raw"])) for _, f in others.iterrows()]
            st.html(f"<p class='jx-note'>{html.escape(words('review.others'))}: {layout.fragment(links)}</p>")
