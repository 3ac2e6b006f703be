"""Cells of a table that hold sentences: read as prose is, about what the labels of their row name.

In: a row, what stands around it, and the sections above the table. Out: the places of such cells, and their readings.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.documents.blocks import Paragraph, Row
from ingest.figures.columns import VALUE_ROLES, Frame
from ingest.figures.prose import read_paragraph
from ingest.figures.reading import About, Reading, Section
from ingest.figures.subject import Subject
from ingest.vocabulary import words

_SENTENCE_SIGN = re.compile(r"[，。；]")
_DIGIT = re.compile(r"\d")
_VALUE_AFTER_WORD = re.compile(r"[\u4e00-\u9fff]\d")
_LONGEST_PLAIN_CELL = 24
_LONGEST_LABEL = 14


def read_cells_in_words(row: Row, frame: Frame, section: Section, about: About) -> tuple[set[int], list[Reading]]:
    """The places of the cells of a row that hold sentences with numbers, and all quantities in them, in order."""
    texts = [cell.text for cell in row.cells]
    has_values = len(texts) == len(frame.columns) and any(c.role in VALUE_ROLES for c in frame.columns)
    places = {
        index for index, text in enumerate(texts) if _is_prose(text) or (has_values and _is_remark(index, text, frame))
    }
    if not places:
        return places, []
    of_form = replace(about, project=frame.project) if frame.project else about
    readings: list[Reading] = []
    for index in sorted(places):
        own_section = Section(
            topic=_topic(index, texts, frame),
            is_plan=section.is_plan or _is_of_goals(index, frame),
            year=section.year,
        )
        readings.extend(read_paragraph(Paragraph(row.cells[index].flow), own_section, of_form))
    return places, readings


def _is_prose(text: str) -> bool:
    """Whether a cell holds sentences with numbers: a long one with commas, or a shorter one that ends as a sentence."""
    is_long = len(text) > _LONGEST_PLAIN_CELL and _SENTENCE_SIGN.search(text)
    return bool((is_long or (len(text) > _LONGEST_LABEL and text.endswith("。"))) and _DIGIT.search(text))


def _is_remark(index: int, text: str, frame: Frame) -> bool:
    """Whether a short cell, beside the values of its row, says in words what stands behind them: 月均200人×月均补差."""
    if not _VALUE_AFTER_WORD.search(text):
        return False
    column = frame.columns[index]
    return column.role == "note" or bool(words("head_remark").match(column.text))


def _topic(index: int, texts: list[str], frame: Frame) -> Subject:
    """What the sentences in a cell are about: what the labels of its row name, else the form's project."""
    if len(texts) == len(frame.columns):
        labels = "，".join(texts[c.index] for c in frame.columns if c.role == "label" and c.index != index)
        named = frame.named(labels)
        if named.programme:
            return Subject(programme=named.programme, residence=named.residence)
    return Subject(programme=frame.project)


def _is_of_goals(index: int, frame: Frame) -> bool:
    """Whether a cell stands below a head of goals: 预期目标 beside 实际完成情况."""
    return index < len(frame.columns) and frame.columns[index].role == "target"
