"""Tables that a text still holds in the tags of a web page (<table><tr><td>), though it is no web page any more.

In: the text. Out: a `TableSpans` for each, as a reader of web pages gives them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.documents.model import Span, TableSpans

MOST_SPANNED = 50
CHARACTERS_OF_A_PLACE = 4

_TABLE = re.compile(r"<table\b[^<>]{0,200}>", re.I)
_TAG = re.compile(r"<(/?)(tr|td|th|table|caption)\b([^<>]{0,200})>", re.I)
_SPAN = {name: re.compile(rf"{name}\s*=\s*[\"']?(\d{{1,3}})", re.I) for name in ("colspan", "rowspan")}


def tagged_tables(text: str) -> tuple[TableSpans, ...]:
    """The tables of a text that stand in tags, in order; a table without its end is none. Linear in the text's length."""
    if "<" not in text:
        return ()
    tables: list[TableSpans] = []
    position = 0
    lowered = text.lower()
    while (opening := _TABLE.search(text, position)) and (end := lowered.find("</table>", opening.end())) >= 0:
        rows, start = _rows(text, opening.end(), end)
        if rows:
            tables.append(TableSpans(tuple(rows), start, end))
        position = end + len("</table>")
    return tuple(tables)


@dataclass(slots=True)
class _Grid:
    """Rows under construction: the cells of rows above that reach down, by column, and how many places may be spanned."""

    spare: int
    rows: list[list[Span]] = field(default_factory=list)
    below: dict[int, tuple[Span, int]] = field(default_factory=dict)

    def begin_row(self) -> None:
        self.fill()
        self.rows.append([])

    def add(self, span: Span, attributes: str) -> None:
        """Add a cell at the next free place of the last row, and at those that it spans."""
        self.fill()
        row = self.rows[-1]
        columns, deep = _spanned(attributes, "colspan"), _spanned(attributes, "rowspan")
        if columns * deep > 1:
            columns, deep = (columns, deep) if columns * deep <= self.spare else (1, 1)
            self.spare -= columns * deep
        for _ in range(columns):
            if deep > 1:
                self.below[len(row)] = (span, deep - 1)
            row.append(span)

    def fill(self) -> None:
        """Put the cells of rows above that reach down into their places, up to the next free one."""
        while self.rows and len(self.rows[-1]) in self.below:
            row = self.rows[-1]
            span, left = self.below.pop(len(row))
            if left > 1:
                self.below[len(row)] = (span, left - 1)
            row.append(span)


def _rows(text: str, start: int, end: int) -> tuple[list[tuple[Span, ...]], int]:
    """The rows between two places, and where the first begins; a cell stands at each place that it spans."""
    # As many places as a table in tags can be expected to span: a small text never becomes a large table.
    grid = _Grid(spare=(end - start) // CHARACTERS_OF_A_PLACE)
    opened: tuple[int, str] | None = None
    first = end
    for tag in _TAG.finditer(text, start, end):
        name, is_closing = tag[2].lower(), bool(tag[1])
        if opened is not None:
            grid.add((opened[0], tag.start()), opened[1])
            opened = None
        if name == "tr" and not is_closing:
            grid.begin_row()
            first = min(first, tag.start())
        elif name in ("td", "th") and not is_closing and grid.rows:
            opened = (tag.end(), tag[3])
    if opened is not None:
        grid.add((opened[0], end), opened[1])
    grid.fill()
    return [tuple(row) for row in grid.rows if row], first


def _spanned(attributes: str, name: str) -> int:
    match = _SPAN[name].search(attributes)
    return min(max(int(match[1]), 1), MOST_SPANNED) if match else 1
