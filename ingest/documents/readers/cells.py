"""Tables as formats mark them: where each cell stands, and which rows are a table, which are lines around it.

In: rows of cells with the numbers of rows and columns that they cover. Out: a `Grid`, each cell at each place that it
covers, without empty rows and columns. Refuses tables beyond all measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.documents.lines import NOTE, SENTENCE_SIGN, heading_level, number_cell
from ingest.documents.model import DocumentError, Span

# A table of more places than this is no table of a report: spans of 60 000 columns would fill any memory.
MAX_PLACES = 2_000_000
# HTML's own limit of what a cell may span.
_WIDEST_SPAN = 1_000
# A single cell that is longer than this, or is a sentence, is prose, not a label.
_LONGEST_LABEL = 40
# Where a cell holds this share of a table's text, the table only puts it in its place.
_SHARE_OF_LAYOUT = 0.6
_LEAST_PROSE = 200

_NO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff\xad\x00]")
_LINE_OF_UNITS = re.compile(r"[^（(，。]{0,8}单位(?:[（(][^）)]*[）)])?\s*[:：]")


@dataclass(slots=True)
class CellBlock:
    """A cell as the format gives it: its blocks, and how many rows and columns it covers."""

    blocks: Sequence[Block]
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
class Place:
    """A cell in the grid: its text in one line, the tables that stand in it, and, once written, its span."""

    text: str
    cell: CellBlock
    nested: Sequence[TableBlock] = ()
    span: Span | None = None


@dataclass(slots=True)
class Grid:
    """Rows of places; a merged cell is the same `Place` wherever it covers, and None is a place without a cell.

    `filled` holds, for each row, the cells that show something in it, each once.
    """

    rows: list[list[Place | None]]
    filled: list[list[Place]] = field(init=False)

    def __post_init__(self) -> None:
        self.filled = [[place for place in dict.fromkeys(row) if place is not None] for row in self.rows]

    @classmethod
    def of(cls, table: TableBlock, file: str) -> Grid:
        """The grid of a table, as browsers lay it out. Raises DocumentError for one beyond all measure."""
        rows = _placed(table, file)
        # Without rows and columns in which nothing begins.
        seen: set[Place] = set()
        kept_rows: list[list[Place | None]] = []
        kept_columns: set[int] = set()
        for row in rows:
            has_own = False
            for column, place in enumerate(row):
                if place is not None and place not in seen:
                    seen.add(place)
                    if place.text or place.nested:
                        has_own = True
                        kept_columns.add(column)
            if has_own:
                kept_rows.append(row)
        if kept_rows and len(kept_columns) < len(kept_rows[0]):
            columns = sorted(kept_columns)
            kept_rows = [[row[column] for column in columns if column < len(row)] for row in kept_rows]
        return cls([[place if place and (place.text or place.nested) else None for place in row] for row in kept_rows])

    def places(self) -> list[Place]:
        """The cells of the grid, each once, in order."""
        return list(dict.fromkeys(place for row in self.filled for place in row))

    def is_layout(self) -> bool:
        """Whether the table only puts prose in its place: one column, or one cell with nearly all of the text."""
        if not self.rows or len(self.rows[0]) == 1:
            return True
        places = self.places()
        nested = sum(_length(place.nested) for place in places if place.nested)
        plain = sum(len(place.text) for place in places)
        largest = max(len(place.text) for place in places)
        if nested > plain:
            return True
        if not nested and (largest < _LEAST_PROSE or largest < _SHARE_OF_LAYOUT * plain):
            return False
        return sum(len(row) > 1 for row in self.filled) <= 1

    def parts(self) -> Iterator[tuple[int, int, bool]]:
        """(first row, end, whether it is a table) of the parts of the grid: prose in rows of its own leaves the table."""
        singles = [self._single(number) for number in range(len(self.rows))]
        start = 0
        for number, text in enumerate(singles):
            if text is not None and _is_prose(text):
                yield from self._stripped(singles, start, number)
                yield number, number + 1, False
                start = number + 1
        yield from self._stripped(singles, start, len(self.rows))

    def _stripped(self, singles: list[str | None], start: int, stop: int) -> Iterator[tuple[int, int, bool]]:
        """Rows without the titles and units above them and the notes below them."""
        first, last = start, stop
        while first < last and (singles[first] is not None or self._is_line_of_units(first)):
            first += 1
        while last > first and (text := singles[last - 1]) is not None and _is_below(text):
            last -= 1
        if last - first == 1 and not any(number_cell().match(place.text) for place in self.filled[first]):
            # One row of words is no table, but a line whose parts were put side by side.
            first = last
        if first > start:
            yield start, first, False
        if last > first:
            yield first, last, True
        if stop > last:
            yield last, stop, False

    def _single(self, number: int) -> str | None:
        """The text of a row's only cell; None where there are more, or it is a number or goes on in another row."""
        if len(self.filled[number]) != 1:
            return None
        place = self.filled[number][0]
        neighbours = (*self.filled[max(0, number - 1) : number], *self.filled[number + 1 : number + 2])
        if place.nested or number_cell().match(place.text) or any(place in row for row in neighbours):
            return None
        return place.text

    def _is_line_of_units(self, number: int) -> bool:
        """Whether a row is the line above a table: 编制单位：… | 单位：万元, without numbers of its own."""
        texts = [place.text for place in self.filled[number]]
        return any(map(_LINE_OF_UNITS.match, texts)) and not any(map(number_cell().match, texts))


def in_one_line(text: str) -> str:
    """The text with a space for each run of white space, and without characters that have no width."""
    text = " ".join(text.split())
    return text if text.isprintable() else _NO_WIDTH.sub("", text)


def _placed(table: TableBlock, file: str) -> list[list[Place | None]]:
    """Every cell at each place that it covers, rows of one length."""
    height = len(table.rows)
    grid: list[list[Place | None]] = [[] for _ in range(height)]
    count = 0
    for number, row in enumerate(table.rows):
        places = grid[number]
        column = 0
        for cell in row:
            while column < len(places) and places[column] is not None:
                column += 1
            place = _place(cell)
            if cell.rows == 1 and cell.columns == 1:
                count += 1
                if column == len(places):
                    places.append(place)
                else:
                    places[column] = place
                column += 1
                continue
            rows, columns = max(1, min(cell.rows, height - number)), max(1, min(cell.columns, _WIDEST_SPAN))
            count += rows * columns
            if count > MAX_PLACES:
                raise _too_large(file)
            for covered in grid[number : number + rows]:
                covered.extend([None] * (column + columns - len(covered)))
                for position in range(column, column + columns):
                    # Where two cells overlap the first one keeps its place.
                    if covered[position] is None:
                        covered[position] = place
            column += columns
        if count > MAX_PLACES:
            raise _too_large(file)
    width = max(map(len, grid), default=0)
    if width * height <= MAX_PLACES:
        for places in grid:
            if len(places) < width:
                places.extend([None] * (width - len(places)))
    return grid


def _place(cell: CellBlock) -> Place:
    blocks = cell.blocks
    if len(blocks) == 1 and isinstance(blocks[0], str):
        return Place(in_one_line(blocks[0]), cell)
    text = " ".join(block for block in blocks if isinstance(block, str))
    return Place(in_one_line(text), cell, [block for block in blocks if isinstance(block, TableBlock)])


def _too_large(file: str) -> DocumentError:
    return DocumentError(
        file,
        "too_large",
        f"a table of the file has more than {MAX_PLACES} places",
        "Give the part of it that matters as a file of its own",
    )


def _length(tables: Sequence[TableBlock]) -> int:
    """How many characters the cells of tables hold."""
    return sum(
        len(block) if isinstance(block, str) else _length([block])
        for table in tables
        for row in table.rows
        for cell in row
        for block in cell.blocks
    )


def _is_prose(text: str) -> bool:
    return "。" in text or (len(text) > _LONGEST_LABEL and bool(SENTENCE_SIGN.search(text)))


def _is_below(text: str) -> bool:
    """Whether the only cell of a table's last row stands below the table: a note, the heading of what follows."""
    return bool(NOTE.match(text)) or heading_level(text) in (1, 2, 3)
