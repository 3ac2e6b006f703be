"""Rows of a web page's table whose cells hold one text each, or nothing, as most do.

In: the node of a row. Out: its cells. The parser writes such a row in one call, and one pattern parts its cells: to ask it
for each cell, its attributes, its text and what follows takes three times as long.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from ingest.documents.readers.cells import CellBlock
from ingest.documents.readers.furniture import is_named_like_furniture

WHITE = re.compile(r"[ \t\r\n\f]+")
# As the parser writes a cell: in a text < is an entity. Where a value of an attribute holds one, the row is not plain.
_CELL = re.compile(r"<t[dh]([^<>]*)>([^<]*)</t[dh]>")
_ATTRIBUTE = re.compile(r' ([^\s"<>/=]+)="([^"]*)"')
_LONGEST_ATTRIBUTES = 500
# What a rowspan of 0 says: to the end of the table.
_TO_THE_END = 65_534
_DIGITS = re.compile(r"\s*(\d{1,5})")


class PlainRow(NamedTuple):
    """The cells of a row, as a `TableBlock` holds them, and how many characters their texts have."""

    cells: Sequence[CellBlock | str]
    characters: int


def plain_row(row: LexborNode, child: LexborNode | None) -> PlainRow | None:
    """The row with this first child; None where a cell holds more than a text, or is named like furniture of the page."""
    if child is not None and child.tag == "-text":
        child = child.next
    # To write a row that holds the whole page is worth nothing: its first cell tells most of them.
    text = child.child if child is not None else None
    if text is not None and (text.tag != "-text" or text.next is not None):
        return None
    written = row.html or ""
    found = _CELL.findall(written)
    if written.count("<") != 2 * len(found) + 2:
        return None
    if " " not in written and "&" not in written and written.isprintable():
        # Neither attributes nor white space: the texts as they stand.
        texts = [content for _, content in found]
        return PlainRow(texts, sum(map(len, texts)))
    cells: list[CellBlock | str] = []
    characters = 0
    for attributes, content in found:
        if "&" in content:
            content = unescape(content)
        if "\n" in content or "\t" in content:
            content = WHITE.sub(" ", content)
        if content.isspace():
            content = ""
        characters += len(content)
        if not attributes:
            cells.append(content)
            continue
        size = _size(attributes) if len(attributes) <= _LONGEST_ATTRIBUTES else None
        if size is None:
            return None
        cells.append(content if size == (1, 1) else CellBlock([content] if content else [], *size))
    return PlainRow(cells, characters)


@lru_cache(maxsize=2_000)
def _size(written: str) -> tuple[int, int] | None:
    """(rows, columns) that a cell with these attributes covers; None for one that is named like furniture."""
    attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(written)}
    return (
        None if is_named_like_furniture(attributes) else spans_of(attributes.get("rowspan"), attributes.get("colspan"))
    )


def spans_of(rows: str | None, columns: str | None) -> tuple[int, int]:
    """(rows, columns) that a cell covers, as its attributes say. A rowspan of 0 reaches to the end of the table."""
    return number_in(rows) or _TO_THE_END, number_in(columns) or 1


def number_in(value: str | None, default: int = 1) -> int:
    """The number that an attribute begins with, as browsers read it."""
    match = _DIGITS.match(value or "")
    return int(match[1]) if match else default
