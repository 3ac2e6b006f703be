"""What the sum of a table of spending says of its lines: which are projects beside basic spending, which are parts of another.

In: a table. Out: a yes, or the rows, only where the sum says so; a table whose lines do not add up is left to its own
words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from ingest.documents.blocks import Row, Table
from ingest.figures.cells import is_total_row
from ingest.figures.columns import is_skipped
from ingest.figures.lexicon import find_words
from ingest.figures.reading import About
from ingest.figures.subject import subject_in
from ingest.vocabulary import words

_ORDINAL = re.compile(r"(?:[一二三四五六七八九十]+、|[(].[)]|\d+[.、])")
_AMOUNT = re.compile(r"\d[\d,]*(?:\.\d+)?$")
_RUNNING_NUMBER = re.compile(r"\d{1,2}$")
_PROJECTS = "项目支出"
_PART = "其中"
_OF_BASIC = frozenset({"basic", "personnel", "operating"})
_FEWEST_PROJECTS = 2
_ROUNDING = Decimal("0.02")


def has_projects_beside_basic(table: Table) -> bool:
    """Whether all lines beside 基本支出 are projects, since together with it they make the sum."""
    lines = _lines(table)
    labels = [label for label, _ in lines]
    is_told_apart = any(words("basic_line").fullmatch(label) for label in labels) or (
        any(words("personnel_line").fullmatch(label) for label in labels)
        and any(words("operating_line").fullmatch(label) for label in labels)
    )
    if not is_told_apart or any(_PROJECTS in label for label in labels):
        return False
    sums = [amount for label, amount in lines if is_total_row(label)]
    parts = [amount for label, amount in lines if not is_total_row(label) and not label.startswith(_PART)]
    return len(sums) == 1 and len(parts) > _FEWEST_PROJECTS and abs(_sum(parts) - sums[0]) <= _ROUNDING


def has_basic_lines(table: Table, about: About) -> bool:
    """Whether a row is basic spending or a part of it (在职人员经费): the rows beside it are then no list of projects."""
    return any(
        subject_in(find_words(label, about.programmes), label).spending_type in _OF_BASIC for label, _ in _lines(table)
    )


def rows_that_go_on_parts(table: Table) -> frozenset[int]:
    """Where the rows begin, in the document's text, that are parts as well as the one above them that says 其中.

    项目支出 | 500.00, 其中:社会救助 | 300.00, 养老服务 | 200.00: without 养老服务 the lines make the sum.
    """
    rows = [(row, line) for row in table.rows if (line := _line(row)) is not None]
    sums = [amount for _, (label, amount) in rows if is_total_row(label)]
    marked = [i for i, (_, (label, _)) in enumerate(rows) if label.startswith(_PART)]
    if not sums and marked:
        return _rows_within_the_whole(rows, marked[0])
    if len(sums) != 1 or not marked:
        return frozenset()
    lines = [(label, amount) for _, (label, amount) in rows]
    counted_twice = _sum(a for label, a in lines if not is_total_row(label) and not label.startswith(_PART)) - sums[0]
    more: list[int] = []
    goes_on = True
    for row, (label, amount) in rows[marked[0] + 1 :]:
        if label.startswith(_PART):
            goes_on = True
            continue
        # A row that is more than what was counted twice is the next whole: 项目支出 after 其中:人员经费 and 公用经费.
        goes_on = goes_on and not is_total_row(label) and counted_twice > _ROUNDING and amount <= counted_twice
        if goes_on:
            counted_twice -= amount
            more.append(row.start)
    return frozenset(more) if abs(counted_twice) <= _ROUNDING else frozenset()


def _rows_within_the_whole(rows: list[tuple[Row, tuple[str, Decimal]]], first: int) -> frozenset[int]:
    """项目支出 | 95.00, 其中:低保 | 48.00, 特困供养 | 16.00 … to the end: without a sum, parts are the rows that the whole holds.

    They all have to fit, and none may name a kind of spending of its own.
    """
    more = rows[first + 1 :]
    parts = [amount for _, (_, amount) in rows[first:]]
    is_one_list = first > 0 and not any(words("names_of_accounts").search(label) for _, (label, _) in more)
    if not is_one_list or len(more) < _FEWEST_PROJECTS or _sum(parts) > rows[first - 1][1][1] + _ROUNDING:
        return frozenset()
    return frozenset(row.start for row, (label, _) in more if not label.startswith(_PART))


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


def _lines(table: Table) -> list[tuple[str, Decimal]]:
    return [line for row in table.rows if (line := _line(row)) is not None]


def _line(row: Row) -> tuple[str, Decimal] | None:
    """The label of a row, without its number, and its first amount; None for a head."""
    label = ""
    for index, cell in enumerate(row.cells):
        text = cell.text
        if not text or is_skipped(text) or (not label and _RUNNING_NUMBER.match(text) and index == 0):
            continue
        if label and _AMOUNT.match(text):
            try:
                return label, Decimal(text.replace(",", ""))
            except InvalidOperation:
                return None
        label = label or _ORDINAL.sub("", text)
    return None
