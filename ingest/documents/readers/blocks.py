"""What readers of marked formats find, and how it becomes a `Content`.

In: paragraphs and tables of cells, in document order. Out: text with paragraphs parted by an empty line and table rows
one a line, cells parted by tabs, and the spans of the tables' cells. Tables that only lay prose out become prose;
titles, units and notes that stand in rows of their own above and below a table leave it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.documents.lines import SENTENCE_SIGN, heading_level, number_cell
from ingest.documents.model import Content, DocumentError, Note, Span, TableSpans

# A table of more places than this is no table of a report: spans of 60 000 columns would fill any memory.
MAX_PLACES = 2_000_000
# HTML's own limit of what a cell may span.
_WIDEST_SPAN = 1_000
# A single cell that is longer than this, or is a sentence, is prose, not a label.
_LONGEST_LABEL = 40
# Where a cell holds this share of a table's text, the table only puts it in its place.
_SHARE_OF_LAYOUT = 0.6
_LEAST_PROSE = 200
# Between the parts of a line that stand side by side: 公开01表    金额单位：万元.
_BETWEEN_PARTS = "    "

_WHITE = re.compile(r"[ \t\r\n\f\v\xa0]+")
_LINE_WHITE = re.compile(r"[ \r\f\v\xa0]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_NO_WIDTH = {ord(character): None for character in "\u200b\u200c\u200d\u2060\ufeff\xad\x00"}
_LINE_OF_UNITS = re.compile(r"[^（(，。]{0,8}单位(?:[（(][^）)]*[）)])?\s*[:：]")
_NOTE = re.compile(r"[（(]?(?:备?注|说明|附注)\d?\s*[:：]")


@dataclass(slots=True)
class CellBlock:
    """A cell as the format gives it: its blocks, and how many rows and columns it covers."""

    blocks: list[Block]
    rows: int = 1
    columns: int = 1


@dataclass(slots=True)
class TableBlock:
    """A table as the format gives it: the cells that begin in each row, from left to right."""

    rows: list[list[CellBlock]]
    is_layout: bool = False


# A paragraph (its lines parted by newlines) or a table.
Block = str | TableBlock


@dataclass(slots=True, eq=False)
class _Place:
    """A cell in the grid: its text, its first row and column, and the tables that stand in it."""

    text: str
    row: int
    column: int
    cell: CellBlock
    nested: list[TableBlock]


_Grid = list[list[_Place | None]]


def content_of(
    blocks: Iterable[Block],
    file: str,
    encoding: str = "utf-8",
    lines_are_paragraphs: bool = True,
    notes: tuple[Note, ...] = (),
) -> Content:
    """The content that the blocks make. Raises DocumentError where they hold no text, or a table beyond all measure."""
    writer = _Writer(file)
    writer.write(blocks)
    text = "".join(writer.parts)
    if not text.strip():
        raise DocumentError(
            file,
            "no_text",
            "the file holds no text",
            "If its pages are pictures, give it as PDF or as pictures; else fetch it again from its publisher",
        )
    return Content(text, encoding, tuple(writer.tables), lines_are_paragraphs=lines_are_paragraphs, notes=notes)


@dataclass(slots=True)
class _Writer:
    file: str
    parts: list[str] = field(default_factory=list)
    tables: list[TableSpans] = field(default_factory=list)
    length: int = 0

    def write(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if isinstance(block, str):
                self._paragraph(block)
            else:
                self._table(block)

    def _append(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _paragraph(self, text: str) -> None:
        lines = (_LINE_WHITE.sub(" ", line).strip() for line in text.translate(_NO_WIDTH).split("\n"))
        kept = _EMPTY_LINES.sub("\n\n", "\n".join(lines).strip("\n"))
        if kept:
            self._append(kept + "\n\n")

    def _table(self, table: TableBlock) -> None:
        grid = _without_empty(_grid(table, self.file))
        if table.is_layout or _is_layout(grid):
            for place in _each(grid):
                self.write(place.cell.blocks)
        else:
            for first, last, is_table in _parts(grid):
                if is_table:
                    self._rows(grid[first:last])
                else:
                    for row in grid[first:last]:
                        self._paragraph(_BETWEEN_PARTS.join(place.text for place in _each([row]) if place.text))
                for row in grid[first:last]:
                    self._nested(row)

    def _nested(self, row: list[_Place | None]) -> None:
        """Write the tables that stand in the cells of a row, under the row's label."""
        places = list(_each([row]))
        label = next((place.text for place in places if place.text), "")
        for place in places:
            for table in place.nested:
                self._paragraph(place.text or label)
                self._table(table)

    def _rows(self, grid: _Grid) -> None:
        start = self.length
        spans: dict[int, Span] = {}
        rows: list[tuple[Span, ...]] = []
        for row in grid:
            if rows:
                self._append("\n")
            cells: list[Span] = []
            for number, place in enumerate(row):
                if number:
                    self._append("\t")
                if place is None:
                    cells.append((self.length, self.length))
                    continue
                if id(place) not in spans:
                    begin = self.length
                    self._append(place.text)
                    spans[id(place)] = (begin, self.length)
                cells.append(spans[id(place)])
            rows.append(tuple(cells))
        self.tables.append(TableSpans(tuple(rows), start, self.length))
        self._append("\n\n")


def _cell_text(text: str) -> str:
    """The text of a cell in one line."""
    return _WHITE.sub(" ", text.translate(_NO_WIDTH)).strip()


def _length(tables: Iterable[TableBlock]) -> int:
    """How many characters the cells of tables hold."""
    return sum(
        len(block) if isinstance(block, str) else _length([block])
        for table in tables
        for row in table.rows
        for cell in row
        for block in cell.blocks
    )


def _grid(table: TableBlock, file: str) -> _Grid:
    """Every cell at each place that it covers, as HTML lays its tables out; a place without a cell is None."""
    height = len(table.rows)
    grid: _Grid = [[] for _ in range(height)]
    count = 0
    for number, row in enumerate(table.rows):
        column = 0
        for cell in row:
            places = grid[number]
            while column < len(places) and places[column] is not None:
                column += 1
            text = _cell_text(" ".join(block for block in cell.blocks if isinstance(block, str)))
            nested = [block for block in cell.blocks if isinstance(block, TableBlock)]
            place = _Place(text, number, column, cell, nested)
            rows, columns = max(1, min(cell.rows, height - number)), max(1, min(cell.columns, _WIDEST_SPAN))
            count += rows * columns
            if count > MAX_PLACES:
                raise DocumentError(
                    file,
                    "too_large",
                    f"a table of the file has more than {MAX_PLACES} places",
                    "Give the part of it that matters as a file of its own",
                )
            for covered in grid[number : number + rows]:
                covered.extend([None] * (column + columns - len(covered)))
                for position in range(column, column + columns):
                    # Where two cells overlap the first one keeps its place.
                    if covered[position] is None:
                        covered[position] = place
            column += columns
    width = max(map(len, grid), default=0)
    if width * height <= MAX_PLACES:
        for places in grid:
            places.extend([None] * (width - len(places)))
    return grid


def _without_empty(grid: _Grid) -> _Grid:
    """The grid without rows and columns in which no text and no table begins."""
    rows: set[int] = set()
    columns: set[int] = set()
    for place in _each(grid):
        if place.text or place.nested:
            rows.add(place.row)
            columns.add(place.column)
    if len(rows) == len(grid) and grid and len(columns) == len(grid[0]):
        return grid
    kept = sorted(columns)
    return [[row[column] for column in kept if column < len(row)] for number, row in enumerate(grid) if number in rows]


def _each(grid: _Grid) -> Iterable[_Place]:
    """The cells of a grid, each once, in order."""
    seen: set[int] = set()
    for row in grid:
        for place in row:
            if place is not None and id(place) not in seen:
                seen.add(id(place))
                yield place


def _is_layout(grid: _Grid) -> bool:
    """Whether a table only puts prose in its place: one column, or one cell with nearly all of the text."""
    if not grid or len(grid[0]) == 1:
        return True
    places = [place for place in _each(grid) if place.text or place.nested]
    nested = sum(_length(place.nested) for place in places)
    plain = sum(len(place.text) for place in places)
    is_one_row = sum(len(list(_each([row]))) > 1 for row in grid) <= 1
    if nested > plain or (nested and is_one_row):
        return True
    largest = max((len(place.text) for place in places), default=0)
    if largest < _LEAST_PROSE or largest < _SHARE_OF_LAYOUT * plain:
        return False
    return is_one_row


def _parts(grid: _Grid) -> Iterable[tuple[int, int, bool]]:
    """(first row, end, whether it is a table) of the parts of a grid: prose in rows of its own leaves the table."""
    singles = [_single(grid, number) for number in range(len(grid))]
    start = 0
    for number in range(len(grid) + 1):
        is_prose = number < len(grid) and (text := singles[number]) is not None and _is_prose(text)
        if number < len(grid) and not is_prose:
            continue
        if number > start:
            yield from _stripped(grid, singles, start, number)
        if is_prose:
            yield number, number + 1, False
        start = number + 1


def _stripped(grid: _Grid, singles: list[str | None], start: int, stop: int) -> Iterable[tuple[int, int, bool]]:
    """The part of a grid, without the titles and units above it and the notes below it."""
    first, last = start, stop
    while first < last and (singles[first] is not None or _is_line_of_units(grid, first)):
        first += 1
    while (
        last > first
        and (text := singles[last - 1]) is not None
        and (_NOTE.match(text) or heading_level(text) in (1, 2, 3))
    ):
        last -= 1
    if last - first == 1 and not any(number_cell().match(place.text) for place in _each(grid[first:last])):
        # One row of words is no table, but a line whose parts were put side by side.
        first = last
    if first > start:
        yield start, first, False
    if last > first:
        yield first, last, True
    if stop > last:
        yield last, stop, False


def _single(grid: _Grid, number: int) -> str | None:
    """The text of a row's only cell; None where there are more, or it is a number or goes on in another row."""
    filled = [place for place in _each([grid[number]]) if place.text or place.nested]
    if len(filled) != 1 or filled[0].nested or number_cell().match(filled[0].text):
        return None
    place = filled[0]
    neighbours = (*grid[max(0, number - 1) : number], *grid[number + 1 : number + 2])
    return None if any(place in row for row in neighbours) else place.text


def _is_prose(text: str) -> bool:
    return "。" in text or (len(text) > _LONGEST_LABEL and bool(SENTENCE_SIGN.search(text)))


def _is_line_of_units(grid: _Grid, number: int) -> bool:
    """Whether a row is the line above a table: 编制单位：… | 单位：万元, without numbers of its own."""
    texts = [place.text for place in _each([grid[number]]) if place.text]
    return any(_LINE_OF_UNITS.match(text) for text in texts) and not any(number_cell().match(text) for text in texts)
