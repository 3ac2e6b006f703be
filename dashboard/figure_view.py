"""One figure as the evidence page and the review show it: value, meaning, words, page, other statements, history of reviews.

In: a row of `fct_figures` with its document. Out: elements of the page; every text of a report is escaped.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard import formatting, layout, page_picture
from dashboard.evidence_text import highlight, sentence, span_of_quote
from dashboard.layout import Badge, Page, Quote
from dashboard.queries import evidence, reviews

#: Statements of one fact that are listed.
MOST_STATEMENTS = 40


def value_text(page: Page, row: pd.Series) -> str:
    """A figure's value with its unit and period, in the reader's language."""
    words = page.words
    text = formatting.plain(row["value"], row["unit"], page.language)
    if row["unit"] not in ("CNY", "percent"):
        text += " " + words.code("unit", row["unit"])
    per = words.code("per", row.get("per"))
    return f"{text} / {per}" if per else text


#: Columns of a figure that hold codes, in the order of saying them.
CODED = ("measure", "programme", "residence", "care", "fund_source", "spending_type", "stage")
#: Columns of a figure that say what it is.
MEANING = (*CODED, "item", "indicator", "variant")


def meaning(page: Page, row: pd.Series) -> list[str]:
    """What the figure is: measure and each dimension that applies, named."""
    named = [page.words.code(c, row.get(c)) for c in CODED]
    indicator = row.get("indicator")
    free = [page.words.code("item", row.get("item")), indicator if isinstance(indicator, str) else ""]
    return [n for n in [*named, *free, page.words.code("variant", row.get("variant"))] if n]


def show_sentence(row: pd.Series, text: str | None) -> None:
    """The sentence or table row that states the figure, with the figure marked; nothing where none is known."""
    quote = row["quote"] if isinstance(row["quote"], str) else None
    if text is not None and pd.notna(row["start"]) and 0 <= row["start"] < row["end"] <= len(text):
        marked = sentence(text, quote, int(row["start"]), int(row["end"]))
    elif quote:
        marked = html.escape(" ".join(quote.split()))
    else:
        return
    st.html(f'<blockquote class="jx-sentence" lang="zh">{marked}</blockquote>')


def show_words(page: Page, row: pd.Series, text: str, context: int | None) -> None:
    """The report's text around the figure, with the figure marked."""
    words = page.words
    quote = row["quote"] if isinstance(row["quote"], str) else None
    try:
        marked = highlight(text, quote, int(row["start"]), int(row["end"]), context)
    except ValueError as error:
        st.error(layout.plain(error), icon=":material/error:")
    else:
        st.html(
            f'<div class="jx-text" lang="zh" tabindex="0" role="region" aria-label="{words("evidence.as_written")}">{marked}</div>'
        )
    layout.notes([words("evidence.place", start=int(row["start"]), end=int(row["end"]))])


def show_page(page: Page, row: pd.Series, text: str) -> None:
    """The page of the PDF or picture on which the figure stands, as an image with the figure marked."""
    words, number = page.words, int(row["page"])
    try:
        with st.spinner(words("evidence.drawing")):
            picture = page_picture.picture_of(str(row["document_id"]), number)
    except page_picture.NoPicture as error:
        layout.notes([words(f"evidence.page.{error.cause}", page=number)])
        return
    places = page_picture.places_of(picture, text, int(row["start"]), int(row["end"]))
    quote = row["quote"] if isinstance(row["quote"], str) else None
    first, last = span_of_quote(text, quote, int(row["start"]), int(row["end"]))
    around = page_picture.places_of(picture, text, first, last) if len(places) == 1 else []
    layout.page_picture(
        picture.address,
        picture.shape,
        words("evidence.page.label", page=number, raw=str(row["raw"])),
        around[0] if len(around) == 1 else [],
        [box for place in places for box in place],
    )
    found = "one" if len(places) == 1 else "several" if places else "none"
    layout.notes([words(f"evidence.page.{found}", page=number, n=len(places))])


def show_statements(page: Page, figure_id: str) -> bool:
    """Each fact that a figure is behind with every statement of it, the chosen first; False where it is behind none."""
    words, warehouse = page.words, page.warehouse
    facts = evidence.facts_of(warehouse, figure_id)
    for fact in facts.drop_duplicates(["fact_table", "fact_id"]).itertuples():
        statements = evidence.statements(warehouse, fact.fact_table, fact.fact_id)
        layout.table(
            [words(f"column.{c}") for c in ("role", "value", "year", "raw", "title", "chosen", "reason")],
            [
                [
                    words.code("role", s["role"]),
                    value_text(page, s)
                    if s["figure_id"] == figure_id
                    else page.evidence(s["figure_id"], value_text(page, s)),
                    str(int(s["fiscal_year"])) if pd.notna(s["fiscal_year"]) else None,
                    Quote(str(s["raw"])),
                    str(s["title"]) if pd.notna(s["title"]) else None,
                    words("yes") if s["is_chosen"] else words("no"),
                    words.code("reason", s["reason"]),
                ]
                for _, s in statements.head(MOST_STATEMENTS).iterrows()
            ],
            numeric=[1],
            caption=words("evidence.fact_caption", fact=words.code("fact_table", fact.fact_table), n=len(statements)),
        )
    return not facts.empty


def moment(value: object) -> str:
    """A time in UTC to the minute."""
    return pd.Timestamp(value).strftime("%Y-%m-%d %H:%M UTC")


def show_history(page: Page, figure_id: str) -> None:
    """Every decision on a figure that the release knows: when, who, what, whether it holds, and why; nothing where none."""
    words = page.words
    history = reviews.history(page.warehouse, figure_id)
    if history.empty:
        return
    st.header(words("review.history"), anchor=False)
    layout.table(
        [words(f"review.column.{c}") for c in ("when", "who", "what", "state", "why")],
        [
            [
                moment(r["decided_at"]),
                Quote(str(r["reviewer"])),
                decided(page, r),
                Badge(words.code("review_state", r["state"]), "good" if r["state"] == "in_force" else "plain"),
                Quote(str(r["reason"])),
            ]
            for _, r in history.iterrows()
        ],
        caption=words("review.history_caption"),
    )


def decided(page: Page, row: Mapping[str, object] | pd.Series) -> str:
    """What a decision says: the action, and for a correction both values and what it means instead."""
    words = page.words
    parts = [words.code("review_action", row["action"])]
    meaning = json.loads(row["corrected_meaning"]) if isinstance(row["corrected_meaning"], str) else {}
    if formatting.is_known(row["corrected_value"]):
        after_unit = meaning.get("unit") or row["unit"]
        before = formatting.plain(row["expected_value"], str(row["unit"]), page.language)
        parts.append(f"{before} → {formatting.plain(row['corrected_value'], after_unit, page.language)}")
    for name, code in meaning.items():
        shown = words.code(name, code) if code is not None else words("review.none")
        parts.append(words("review.means_now", name=words(f"review.meaning.{name}"), value=shown))
    return words.join(parts) if len(parts) > 2 else " ".join(parts)
