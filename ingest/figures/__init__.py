"""Classifying: from a document to its figures.

`extract_figures` returns the figures in document order; `read_quantities` returns every number with a unit, those that
are no figure with the reason.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.documents import Document, layout_of
from ingest.documents.layout import Paragraph, heading
from ingest.documents.profile import department_kind
from ingest.figures.contract import Figure
from ingest.figures.lexicon import find_words, programmes_of
from ingest.figures.prose import About, ProseReader, Reading, Section
from ingest.figures.subject import NOTHING, subject_in
from ingest.figures.tables import Amounts, TableReading, read_table

__all__ = ["Figure", "extract_figures", "read_quantities"]

_FINANCE_HEADING = re.compile(r"收支|预算|决算|资金|支出|收入|三公|采购|经费|结转|财政|执行")
_WORK_HEADING = re.compile(
    r"绩效目标|履职|产出|效果|效益|成效|任务|重点工作|指标|工作开展|自评|问题|措施|打算|建议|概况|职责|职能|目标"
)
_PLAN_HEADING = re.compile(
    r"打算|工作计划|下一步|下步|工作安排|思路|展望|目标(?:情况|及任务|(?:的)?设[定立](?:情况)?)?$|计划$|(?:重点|主要|年度|工作)任务$"
)
_PLAN_NOT = re.compile(r"完成|实现|分析|执行|评价|问题|不足")
_BUDGET_KINDS = frozenset({"target_table", "budget"})


def extract_figures(document: Document) -> list[Figure]:
    """The figures of a document, in document order. Never raises on any text."""
    return [figure for figure in (_figure(document, reading) for reading in read_quantities(document)) if figure]


def read_quantities(document: Document) -> list[Reading]:
    """Every number of a document with what it means, or why it is no figure, in document order."""
    layout = layout_of(document)
    about = _about(document)
    prose = ProseReader(about)
    sections = _Sections(about)
    readings: list[Reading] = []
    columns: list = []
    amounts = cache(lambda: Amounts.of(layout))
    for block in layout.blocks:
        if isinstance(block, Paragraph):
            columns = columns if len(block.flow.text) < 12 else []
            section = sections.enter(block)
            if section is not None:
                readings.extend(prose.read(block, section))
        else:
            found, columns = read_table(block, sections.current(), about, prose, amounts, columns)
            readings.extend(found)
    return readings


def _about(document: Document) -> About:
    profile = document.profile
    kind = profile.document_kind
    project = None
    if kind in ("self_eval_project", "standard_notice"):
        title = profile.title or ""
        project = (
            subject_in(find_words(title, programmes_of(department_kind(profile.department))), title).programme or None
        )
    return About(
        fiscal_year=profile.fiscal_year, kind=kind, project=project,
        is_budget_document=kind in _BUDGET_KINDS, is_project=kind == "self_eval_project",
        programmes=programmes_of(department_kind(profile.department)),
    )  # fmt: skip


class _Sections:
    """The headings above the paragraph in hand, by level."""

    def __init__(self, about: About) -> None:
        self.about = about
        self.stack: list[tuple[int, str]] = []

    def enter(self, paragraph: Paragraph) -> Section | None:
        """The section that a paragraph stands in; a heading opens one. None for what holds no figures (definitions)."""
        level, ordinal = heading(paragraph.flow.text)
        if level:
            self.stack = [entry for entry in self.stack if entry[0] < level]
            self.stack.append((level, _heading_words(paragraph.flow.text[ordinal:])))
        if any(re.match(r"名词解释", words) for _, words in self.stack):
            return None
        return self.current()

    def current(self) -> Section:
        """What the headings say together; the nearest one that says something counts."""
        section = Section()
        for _level, words in self.stack:
            if _FINANCE_HEADING.search(words) and not _WORK_HEADING.search(words):
                section.is_finance = True
            elif _WORK_HEADING.search(words) or not section.is_finance:
                section.is_finance = (
                    bool(_FINANCE_HEADING.search(words))
                    and bool(re.search(r"资金|收支|预算执行|经费", words))
                    and not re.search(r"问题|目标|措施", words)
                )
            if _PLAN_HEADING.search(words) and not _PLAN_NOT.search(words):
                section.is_plan = True
                year = re.search(r"(20\d\d)年", words)
                section.year = int(year.group(1)) if year else section.year
            elif re.search(r"完成|实现|成效|情况", words):
                section.is_plan = False
            tokens = find_words(words, self.about.programmes)
            topic = subject_in(tokens, words, heading=True)
            funds = {t.meaning.fund_source for t in tokens if t.meaning.fund_source}
            if len(funds) == 1 and section.is_finance:
                section.fund_source = funds.pop()
            section.is_about_standards = section.is_about_standards or "标准" in words
            distinct = {t.meaning.programme for t in tokens if t.meaning.programme}
            if topic.programme is not None and len(distinct) <= 1:
                section.topic = topic
            elif len(distinct) > 1 or len(words) > 3:
                section.topic = NOTHING if len(distinct) != 1 else section.topic
        return section


def _heading_words(text: str) -> str:
    """The heading itself, without the text that goes on in the same line."""
    words = re.split(r"[。:]", text, maxsplit=1)[0].strip("*# ")
    return (
        words
        if len(words) <= 30 and not re.search(r"[，；]", words)
        else re.split(r"[，；、]", words)[0][:16]
        if len(words) > 30
        else words
    )


def _figure(document: Document, reading: Reading) -> Figure | None:
    if reading.measure is None or reading.value is None:
        return None
    flow, quantity = reading.quantity.flow, reading.quantity
    start, end = flow.span(quantity.start, quantity.end)
    subject = reading.subject
    in_table = isinstance(reading, TableReading)
    if in_table:
        quote = document.text[reading.row_span[0] : reading.row_span[1]].strip()
    else:
        quote_start, quote_end = reading.quote
        first, last = flow.span(quote_start, max(quote_end, quantity.end))
        quote = document.text[first:last].strip()
    money = reading.measure in ("income", "budget", "expenditure", "execution_rate")
    return Figure(
        file=document.file,
        document_id=document.document_id,
        department=document.profile.department,
        fiscal_year=reading.fiscal_year,
        measure=reading.measure,
        programme=subject.programme or None,
        residence=subject.residence,
        care=subject.care if reading.measure in ("beneficiaries", "benefit_paid", "standard", "top_up") else None,
        fund_source=subject.fund_source,
        spending_type=subject.spending_type,
        stage=reading.stage if money else None,
        indicator=reading.indicator if reading.measure.startswith("indicator") else None,
        value=round(reading.value, 6),
        unit=reading.unit,
        per=reading.per,
        qualifier=reading.qualifier,
        raw=quantity.raw,
        quote=quote,
        start=start,
        end=end,
        page=None,
        confidence=round(reading.confidence, 2),
        item=reading.item,
        variant=reading.variant,
        layout="table" if in_table else "prose",
        row_label=reading.row_label if in_table else None,
        column_header=reading.column_header if in_table else None,
    )
