"""Whether the lines of a table of spending are projects: basic spending, then named lines, then their sum.

In: a table. Out: a yes only where the sum says so; a table that names 项目支出 itself, or whose lines do not add up, is
left to its own words.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from ingest.documents.blocks import Row, Table
from ingest.figures.cells import is_total_row
from ingest.figures.columns import is_skipped
from ingest.vocabulary import words

_ORDINAL = re.compile(r"(?:[一二三四五六七八九十]+、|[(].[)]|\d+[.、])")
_AMOUNT = re.compile(r"\d[\d,]*(?:\.\d+)?$")
_RUNNING_NUMBER = re.compile(r"\d{1,2}$")
_BASIC, _PROJECTS = "基本支出", "项目支出"
_FEWEST_PROJECTS = 2
_ROUNDING = Decimal("0.02")


def has_projects_beside_basic(table: Table) -> bool:
    """Whether all lines beside 基本支出 are projects, since together with it they make the sum."""
    lines = [line for row in table.rows if (line := _line(row)) is not None]
    labels = [label for label, _ in lines]
    is_told_apart = _BASIC in labels or (
        any(words("personnel_line").fullmatch(label) for label in labels)
        and any(words("operating_line").fullmatch(label) for label in labels)
    )
    if not is_told_apart or any(_PROJECTS in label for label in labels):
        return False
    sums = [amount for label, amount in lines if is_total_row(label)]
    parts = [amount for label, amount in lines if not is_total_row(label) and not label.startswith("其中")]
    return len(sums) == 1 and len(parts) > _FEWEST_PROJECTS and abs(sum(parts, Decimal(0)) - sums[0]) <= _ROUNDING


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
