"""Classifying: from a document to its figures.

`extract_figures` returns the figures in document order; `read_quantities` returns every number with a unit, those that
are no figure with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ingest.documents import Document, layout_of
from ingest.documents.blocks import Paragraph, Table
from ingest.documents.department_names import department_kind
from ingest.figures.amounts import Amounts
from ingest.figures.cells import left_out
from ingest.figures.columns import Column
from ingest.figures.contract import Figure
from ingest.figures.elsewhere import own_area
from ingest.figures.forms import Form, project_named_in
from ingest.figures.lexicon import find_words, main_programme_of, programmes_of
from ingest.figures.prose import read_paragraph
from ingest.figures.reading import About, Reading, TableReading
from ingest.figures.sections import Sections, items_beside_other_money
from ingest.figures.subject import subject_in
from ingest.figures.tables import read_table

__all__ = ["Figure", "extract_figures", "read_quantities"]

_BUDGET_KINDS = frozenset({"target_table", "budget"})
_KINDS_WITH_PROJECT = frozenset({"self_eval_project", "standard_notice"})
_MONEY = frozenset({"income", "budget", "expenditure", "execution_rate"})
_CARED_FOR = frozenset({"beneficiaries", "benefit_paid", "standard", "top_up"})
# A paragraph as short as this between two parts of a table is a page's head, not prose.
_PAGE_HEAD = 12


def extract_figures(document: Document) -> list[Figure]:
    """The figures of a document, in document order. Never raises on any text."""
    return [figure for figure in (_figure(document, reading) for reading in read_quantities(document)) if figure]


def read_quantities(document: Document) -> list[Reading]:
    """Every number of a document with what it means, or why it is no figure, in document order."""
    layout = layout_of(document)
    about = _about(document, layout.blocks)
    sections = Sections(about, layout.blocks)
    readings: list[Reading] = []
    columns: list[Column] = []
    form = Form()
    amounts = cache(lambda: Amounts.of(layout))
    beside_other_money = items_beside_other_money(layout.blocks)
    for place, block in enumerate(layout.blocks):
        if isinstance(block, Paragraph):
            columns = columns if len(block.flow.text) < _PAGE_HEAD else []
            form.hear(block.flow.text, about)
            section = sections.enter(block)
            if section is not None:
                if place in beside_other_money:
                    section = replace(section, has_other_money=True)
                readings.extend(read_paragraph(block, section, about))
            else:
                readings.extend(left_out(block.flow, "definition"))
        else:
            found, columns = read_table(block, sections.current(), about, amounts, columns, form)
            readings.extend(found)
    return readings


def _about(document: Document, blocks: Sequence[Paragraph | Table]) -> About:
    profile = document.profile
    kind = profile.document_kind
    body = department_kind(profile.department)
    programmes = programmes_of(body)
    project = None
    if kind in _KINDS_WITH_PROJECT:
        title = profile.title or ""
        project = subject_in(find_words(title, programmes), title).programme or None
    about = About(
        fiscal_year=profile.fiscal_year,
        kind=kind,
        project=project,
        is_budget_document=kind in _BUDGET_KINDS,
        is_project=kind == "self_eval_project",
        programmes=programmes,
        main_programme=main_programme_of(body),
        place_name=profile.place_name,
        own_area=own_area(document.text),
    )
    if about.is_project and about.project is None:
        about.project = project_named_in(blocks, about)
    return about


def _figure(document: Document, reading: Reading) -> Figure | None:
    if reading.measure is None or reading.value is None:
        return None
    flow, quantity = reading.quantity.flow, reading.quantity
    start, end = flow.span(quantity.start, quantity.end)
    subject = reading.subject
    in_table = isinstance(reading, TableReading)
    first, last = reading.row_span if in_table else flow.span(reading.quote[0], max(reading.quote[1], quantity.end))
    return Figure(
        file=document.file,
        document_id=document.document_id,
        department=document.profile.department,
        fiscal_year=reading.fiscal_year,
        measure=reading.measure,
        programme=subject.programme or None,
        residence=subject.residence,
        care=subject.care if reading.measure in _CARED_FOR else None,
        fund_source=subject.fund_source,
        spending_type=subject.spending_type,
        stage=reading.stage if reading.measure in _MONEY else None,
        indicator=reading.indicator if reading.measure.startswith("indicator") else None,
        value=round(reading.value, 6),
        unit=reading.unit,
        per=reading.per,
        qualifier=reading.qualifier,
        raw=quantity.raw,
        quote=document.text[first:last].strip(),
        start=start,
        end=end,
        page=document.content.page_of(start),
        confidence=round(reading.confidence, 2),
        item=reading.item,
        variant=reading.variant,
        layout="table" if in_table else "prose",
        row_label=reading.row_label if in_table else None,
        column_header=reading.column_header if in_table else None,
    )
