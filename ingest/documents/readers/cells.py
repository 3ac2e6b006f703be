"""Tables as formats mark them: where each cell stands, and which rows are a table, which are lines around it.

In: rows of cells with the numbers of rows and columns that they cover. Out: a `Grid`, each cell at each place that it
covers, without empty rows and columns. Refuses tables beyond all measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, compress

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
    """A table as the format gives it: the cells that begin in each row, from left to right.

    A text is a cell of one paragraph (or, if empty, of none) that covers one place.
    """

    rows: Sequence[Sequence[CellBlock | str]]
    is_layout: bool = False


# A paragraph (its lines parted by newlines) or a table.
Block = str | TableBlock


@dataclass(slots=True, eq=False)
class Place:
    """A cell that covers several places of the grid, or holds more than a line: its text in one, its tables, once written its span."""

    text: str
    cell: CellBlock
    nested: Sequence[TableBlock] = ()
    span: Span | None = None


# What stands at a place of the grid: a plain cell's text in one line, or a cell that covers more places.
Cell = str | Place


def text_of(cell: Cell) -> str:
    """The text of a cell."""
    return cell if isinstance(cell, str) else cell.text


@dataclass(slots=True)
class Grid:
    """Rows of cells; a merged cell is the same `Place` wherever it covers, and a place where nothing is shown is empty or None.

    `filled` holds, for each row, the cells that show something in it, each once; `is_plain` says that all cells are texts.
    """

    rows: Sequence[Sequence[Cell | None]]
    filled: Sequence[Sequence[Cell]]
    is_plain: bool = False

    @classmethod
    def of(cls, table: TableBlock, file: str) -> Grid:
        """The grid of a table, as browsers lay it out. Raises DocumentError for one beyond all measure."""
        texts = _plain_rows(table)
        if texts is not None:
            if all(map(all, texts)) and any(texts):
                return cls(texts, texts, is_plain=True)
            kept = [row for row in texts if any(row)]
            shown = [any(column) for column in zip(*kept, strict=True)]
            if not all(shown):
                kept = [list(compress(row, shown)) for row in kept]
            return cls(kept, [row if all(row) else list(filter(None, row)) for row in kept], is_plain=True)
        rows = _placed(table, file)
        # Without rows and columns in which nothing begins.
        seen: set[Place] = set()
        kept_rows: list[list[Cell | None]] = []
        kept_columns: set[int] = set()
        width = len(rows[0]) if rows else 0
        for row in rows:
            begun = [
                column for column, cell in enumerate(row) if cell and (cell.__class__ is str or _begins(cell, seen))
            ]
            if begun:
                kept_rows.append(row)
                if len(kept_columns) < width:
                    kept_columns.update(begun)
        if kept_rows and len(kept_columns) < width:
            columns = sorted(kept_columns)
            kept_rows = [[row[column] for column in columns if column < len(row)] for row in kept_rows]
        return cls(kept_rows, [_each_once(row) for row in kept_rows])

    def cells(self) -> list[Cell]:
        """The cells of the grid in order, each merged one once."""
        cells = chain.from_iterable(self.filled)
        return list(cells) if self.is_plain else _each_once(cells)

    def is_layout(self) -> bool:
        """Whether the table only puts prose in its place: one column, or one cell with nearly all of the text."""
        if not self.rows or len(self.rows[0]) == 1:
            return True
        cells = self.cells()
        nested = 0
        if self.is_plain:
            lengths = list(map(len, cells))
        else:
            nested = sum(_length(cell.nested) for cell in cells if cell.__class__ is not str and cell.nested)
            lengths = [len(cell if cell.__class__ is str else cell.text) for cell in cells]
        plain, largest = sum(lengths), max(lengths)
        if nested > plain:
            return True
        if not nested and (largest < _LEAST_PROSE or largest < _SHARE_OF_LAYOUT * plain):
            return False
        return sum(len(row) > 1 for row in self.filled) <= 1

    def parts(self) -> Iterator[tuple[int, int, bool]]:
        """(first row, end, whether it is a table) of the parts of the grid: prose in rows of its own leaves the table."""
        singles = [self._single(number) if len(cells) == 1 else None for number, cells in enumerate(self.filled)]
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
        if last - first == 1 and not any(number_cell().match(text_of(cell)) for cell in self.filled[first]):
            # One row of words is no table, but a line whose parts were put side by side.
            first = last
        if first > start:
            yield start, first, False
        if last > first:
            yield first, last, True
        if stop > last:
            yield last, stop, False

    def _single(self, number: int) -> str | None:
        """The text of a row's only cell; None where it is a number or goes on in another row."""
        cell = self.filled[number][0]
        if isinstance(cell, str):
            return None if number_cell().match(cell) else cell
        neighbours = (*self.filled[max(0, number - 1) : number], *self.filled[number + 1 : number + 2])
        if cell.nested or number_cell().match(cell.text) or any(cell is other for row in neighbours for other in row):
            return None
        return cell.text

    def _is_line_of_units(self, number: int) -> bool:
        """Whether a row is the line above a table: 编制单位：… | 单位：万元, without numbers of its own."""
        texts = [text_of(cell) for cell in self.filled[number]]
        return any(map(_LINE_OF_UNITS.match, texts)) and not any(map(number_cell().match, texts))


def _each_once(cells: Iterable[Cell | None]) -> list[Cell]:
    """The cells without the places at which nothing is shown, a merged cell where it stands first."""
    found: list[Cell] = []
    seen: set[Place] = set()
    for cell in cells:
        if cell and (cell.__class__ is str or _begins(cell, seen)):
            found.append(cell)
    return found


def _begins(cell: Place, seen: set[Place]) -> bool:
    """Whether a merged cell, which is remembered, was not seen before."""
    if cell in seen:
        return False
    seen.add(cell)
    return True


def in_one_line(text: str) -> str:
    """The text with a space for each run of white space, and without characters that have no width."""
    if text.isprintable() and " " not in text:
        return text
    text = " ".join(text.split())
    return text if text.isprintable() else _NO_WIDTH.sub("", text)


def _plain_rows(table: TableBlock) -> Sequence[Sequence[str]] | None:
    """The rows of a table whose cells are all texts of one line, made of one length; None for other tables."""
    rows = table.rows
    try:
        # The cells are looked at together, because in most tables none of them has to change.
        joined = "".join(chain.from_iterable(rows))
    except TypeError:
        return None
    if "\n" in joined:
        return None
    if not joined.isprintable() or " " in joined:
        rows = [list(map(in_one_line, row)) for row in rows]
    lengths = set(map(len, rows))
    width = max(lengths, default=0)
    if width * len(rows) > MAX_PLACES:
        return None
    return rows if len(lengths) <= 1 else [[*row, *[""] * (width - len(row))] for row in rows]


def _placed(table: TableBlock, file: str) -> list[list[Cell | None]]:
    """Every cell at each place that it covers, rows of one length."""
    height = len(table.rows)
    grid: list[list[Cell | None]] = [[] for _ in range(height)]
    # The places that cells of rows above cover, which are not free.
    covered: list[set[int]] = [set() for _ in range(height)]
    count = 0
    for number, row in enumerate(table.rows):
        places, taken = grid[number], covered[number]
        count += len(row)
        if not taken and all(cell.__class__ is str and "\n" not in cell for cell in row):
            places.extend(map(in_one_line, row))
            continue
        column = 0
        for cell in row:
            while column in taken:
                column += 1
            if isinstance(cell, str) or (cell.rows == 1 and cell.columns == 1):
                shown = _shown(cell)
                if column < len(places):
                    places[column] = shown
                else:
                    places.extend([None] * (column - len(places)))
                    places.append(shown)
                column += 1
                continue
            rows, columns = max(1, min(cell.rows, height - number)), max(1, min(cell.columns, _WIDEST_SPAN))
            count += rows * columns
            if count > MAX_PLACES:
                raise _too_large(file)
            shown = _shown(cell)
            for below in range(number, number + rows):
                line = grid[below]
                line.extend([None] * (column + columns - len(line)))
                for position in range(column, column + columns):
                    # Where two cells overlap the first one keeps its place.
                    if position not in covered[below]:
                        line[position] = shown
                        covered[below].add(position)
            column += columns
        if count > MAX_PLACES:
            raise _too_large(file)
    width = max(map(len, grid), default=0)
    if width * height <= MAX_PLACES:
        for places in grid:
            if len(places) < width:
                places.extend([None] * (width - len(places)))
    return grid


def _shown(cell: CellBlock | str) -> Cell | None:
    """What stands at each place of a cell; None where it shows nothing."""
    if isinstance(cell, str):
        if "\n" not in cell:
            return in_one_line(cell) or None
        cell = CellBlock([cell])
    blocks = cell.blocks
    if cell.rows == 1 and cell.columns == 1 and len(blocks) == 1 and isinstance(blocks[0], str):
        text = in_one_line(blocks[0])
        if "\n" not in blocks[0]:
            return text or None
        return Place(text, cell) if text else None
    text = in_one_line(" ".join(block for block in blocks if isinstance(block, str)))
    nested = [block for block in blocks if not isinstance(block, str)]
    return Place(text, cell, nested) if text or nested else None


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
        for block in ((cell,) if isinstance(cell, str) else cell.blocks)
    )


def _is_prose(text: str) -> bool:
    return "。" in text or (len(text) > _LONGEST_LABEL and bool(SENTENCE_SIGN.search(text)))


def _is_below(text: str) -> bool:
    """Whether the only cell of a table's last row stands below the table: a note, the heading of what follows."""
    return bool(NOTE.match(text)) or heading_level(text) in (1, 2, 3)
