"""Rows of a table in columns of spaces that lost their empty cells: each cell goes where it stands on paper.

In: the rows of a table, of which some have fewer cells than its head. Out: the same rows, with empty cells where the full
rows have cells and these have none. A row whose cells stand below no column for certain is left as it is.
"""

from __future__ import annotations

import re
from array import array
from itertools import pairwise

from ingest.documents.blocks import Cell, Row
from ingest.documents.flow import Flow
from ingest.documents.lines import number_cell

_FEWEST_FULL_ROWS = 2
_FEWEST_COLUMNS = 3
_WIDE = re.compile(r"[^\0-\u2e7f]")

# The first place of a cell on its line and the place after its last; a Chinese character takes two.
Extent = tuple[int, int]


def with_cells_below_their_heads(folded: str, rows: list[Row]) -> list[Row]:
    """The rows of a table whose head is one of them; each is looked at once."""
    body = next((index for index, row in enumerate(rows) if any(map(_is_number, row.cells))), 0)
    width = len(rows[body - 1].cells) if body else 0
    full = [row for row in rows[body:] if len(row.cells) == width and all(cell.text for cell in row.cells)]
    if width < _FEWEST_COLUMNS or len(full) < _FEWEST_FULL_ROWS or len(full) == len(rows) - body:
        return rows
    extents = [[_extent(folded, row, cell) for cell in row.cells] for row in full]
    columns = [
        (min(start for start, _ in column), max(end for _, end in column)) for column in zip(*extents, strict=True)
    ]
    if any(end > start for (_, end), (start, _) in pairwise(columns)):
        return rows
    is_numbered = all(row.cells[0].text.isdigit() for row in full)
    return [*rows[:body], *(_placed(folded, row, columns, is_numbered) for row in rows[body:])]


def _placed(folded: str, row: Row, columns: list[Extent], is_numbered: bool) -> Row:
    if (
        len(row.cells) >= len(columns)
        or not all(cell.text for cell in row.cells)
        or not any(map(_is_number, row.cells))
    ):
        return row
    places = [_column_of(_extent(folded, row, cell), columns) for cell in row.cells]
    if is_numbered and places[0] == 0 and not row.cells[0].text.isdigit() and 1 not in places:
        # 小计 below the running numbers is the label of its row.
        places[0] = 1
    if None in places or len(set(places)) < len(places):
        return row
    cells = [Cell(Flow("", array("I"))) for _ in columns]
    for place, cell in zip(places, row.cells, strict=True):
        cells[place or 0] = cell
    return Row(cells, row.start, row.end)


def _column_of(extent: Extent, columns: list[Extent]) -> int | None:
    """The one column that a cell stands in; None for none and for several."""
    found = [index for index, (start, end) in enumerate(columns) if extent[0] < end and start < extent[1]]
    return found[0] if len(found) == 1 else None


def _extent(folded: str, row: Row, cell: Cell) -> Extent:
    offsets = cell.flow.offsets
    start = _width(folded[row.start : offsets[0]])
    return start, start + _width(folded[offsets[0] : offsets[-1] + 1])


def _width(text: str) -> int:
    return len(text) + len(_WIDE.findall(text))


def _is_number(cell: Cell) -> bool:
    return bool(number_cell().match(cell.text))
