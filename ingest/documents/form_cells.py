"""What the lines of a form are, one cell a line: labels, amounts, values; and the form that is made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.documents.blocks import Cell, Row, Table
from ingest.documents.flow import Flow
from ingest.documents.lines import Line, number_cell

LONGEST_CELL = 40
# A space in a number is a slip of whoever typed it: 36, 914.20.
AMOUNT = re.compile(r"-?\d[\d,]*(?:, ?\d{3})*(?:\. ?\d+)?$")
_SENTENCE = re.compile(r"[。；！？]|，.*，")
_SIGN = re.compile(r"[≥≤><=]{1,2}$|定性$")
# ≤30日: what is compared is a value, whatever its unit.
_COMPARED = re.compile(r"[≥≤><=]{1,2}\s*\d[^，。；:]{0,12}$")

Spans = list[tuple[int, int]]


@dataclass(slots=True)
class Form:
    """The lines of a form, from `start` up to `stop`, as rows of spans in the document's text."""

    start: int
    stop: int
    rows: list[Spans]

    def table(self, folded: str) -> Table:
        """The form as a table."""
        rows = []
        for spans in self.rows:
            cells = [Cell(Flow.of(folded, [span] if span[1] > span[0] else [])) for span in spans]
            given = [span for span in spans if span[1] > span[0]]
            rows.append(Row(cells, min(start for start, _ in given), max(end for _, end in given)))
        return Table("cells", rows)


def is_cell(text: str) -> bool:
    """Whether a line can be a cell: short, and no sentence; the full stop after a name makes none."""
    return bool(text) and len(text) <= LONGEST_CELL and not _SENTENCE.search(text.removesuffix("。"))


def is_value(text: str) -> bool:
    """Whether a cell holds a number or a sign of comparison."""
    return bool(number_cell().match(text) or _SIGN.match(text) or _COMPARED.match(text))


def is_word(text: str) -> bool:
    """Whether a cell holds words."""
    return bool(text) and not is_value(text)


def span_of(line: Line) -> tuple[int, int]:
    """Where a line stands in the document's text."""
    return line.start, line.end


def empty_at(line: Line) -> tuple[int, int]:
    """The span of an empty cell before a line."""
    return line.start, line.start
