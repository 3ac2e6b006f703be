"""What readers of marked formats find, and how it becomes a `Content`.

In: paragraphs and tables of cells, in document order. Out: text with paragraphs parted by an empty line and table rows
one a line, cells parted by tabs, and the spans of the tables' cells. What a table is, and what only stands in one, the
`cells` module tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.documents.model import Content, DocumentError, Note, Span, TableSpans
from ingest.documents.readers.cells import Block, Cell, CellBlock, Grid, TableBlock, in_one_line, text_of

__all__ = ["Block", "CellBlock", "TableBlock", "content_of"]

# Between the parts of a line that stand side by side: 公开01表    金额单位：万元.
_BETWEEN_PARTS = "    "
_EMPTY_LINES = re.compile(r"\n{3,}")


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
    if not text:
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

    def _paragraph(self, text: str) -> None:
        if "\n" in text or "\t" in text:
            # Tabs within a line part cells that no format marks.
            lines = ("\t".join(map(in_one_line, line.split("\t"))).strip() for line in text.split("\n"))
            text = _EMPTY_LINES.sub("\n\n", "\n".join(lines).strip("\n"))
        else:
            text = in_one_line(text)
        if text:
            self._line(text)

    def _line(self, text: str) -> None:
        """Write a paragraph whose lines are as they are to be."""
        self.parts += (text, "\n\n")
        self.length += len(text) + 2

    def _table(self, table: TableBlock) -> None:
        grid = Grid.of(table, self.file)
        if table.is_layout or grid.is_layout():
            for cell in grid.cells():
                if isinstance(cell, str):
                    self._line(cell)
                else:
                    self.write(cell.cell.blocks)
            return
        for first, last, is_table in grid.parts():
            if is_table and grid.is_plain:
                self._plain_rows(grid.rows[first:last])
            elif is_table:
                self._rows(grid.rows[first:last])
            else:
                for cells in grid.filled[first:last]:
                    self._paragraph(_BETWEEN_PARTS.join(map(text_of, cells)))
            for cells in () if grid.is_plain else grid.filled[first:last]:
                self._nested(cells)

    def _nested(self, cells: Sequence[Cell]) -> None:
        """Write the tables that stand in the cells of a row, under the row's label."""
        for cell in cells:
            if isinstance(cell, str) or not cell.nested:
                continue
            for table in cell.nested:
                self._paragraph(cell.text or next((text_of(other) for other in cells if text_of(other)), ""))
                self._table(table)
            cell.nested = ()

    def _plain_rows(self, rows: Sequence[Sequence[str]]) -> None:
        start = position = self.length
        spans: list[tuple[Span, ...]] = []
        for row in rows:
            cells: list[Span] = []
            for cell in row:
                end = position + len(cell)
                cells.append((position, end))
                position = end + 1
            spans.append(tuple(cells))
        self.parts += ("\n".join(map("\t".join, rows)), "\n\n")
        self._end_table(spans, start, position)

    def _rows(self, rows: Sequence[Sequence[Cell | None]]) -> None:
        start = position = self.length
        parts = self.parts
        spans: list[tuple[Span, ...]] = []
        for row in rows:
            cells: list[Span] = []
            for cell in row:
                if not cell:
                    cells.append((position, position))
                elif cell.__class__ is str:
                    cells.append((position, position := position + len(cell)))
                    parts.append(cell)
                else:
                    if cell.span is None:
                        cell.span = (position, position := position + len(cell.text))
                        parts.append(cell.text)
                    cells.append(cell.span)
                parts.append("\t")
                position += 1
            parts[-1] = "\n"
            spans.append(tuple(cells))
        parts.append("\n")
        self._end_table(spans, start, position)

    def _end_table(self, spans: list[tuple[Span, ...]], start: int, position: int) -> None:
        """Note a table whose last row and its line ends are written up to `position`; an empty line follows."""
        self.length = position + 1
        self.tables.append(TableSpans(tuple(spans), start, position - 1))
