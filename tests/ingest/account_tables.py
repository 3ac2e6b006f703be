"""The tables of final accounts that the tests read: invented, laid out as bureaus publish them, with what they say.

A grid is rows of cells; `LEFT` marks a cell merged with the one to its left, `ABOVE` one merged with the one above it. It is
written as a table that the format marks, with tabs, with pipes, or one cell a line.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import Paragraph as Printed
from reportlab.platypus import SimpleDocTemplate
from reportlab.platypus import Table as PrintedTable

from ingest.documents.layout import lay_out
from ingest.documents.model import Content, Document, Span, TableSpans
from ingest.documents.profile import read_profile
from tests.ingest.printed_reports import BODY, CELL

LEFT, ABOVE = "<", "^"
Grid = list[list[str]]

TITLE = "云渡县交通运输局2022年度部门决算公开"


@dataclass
class Written:
    """A text under construction, and the tables marked in it."""

    text: str = ""

    def add(self, piece: str) -> Span:
        start = len(self.text)
        self.text += piece
        return start, len(self.text)


def marked(grid: Grid, caption: str = "", heading: str = TITLE) -> Document:
    """The grid as a reader of web pages or sheets gives it: a merged cell stands at each place that it covers."""
    written = Written(f"{heading}\n\n{caption}\n")
    start = len(written.text)
    rows: list[tuple[Span, ...]] = []
    for cells in grid:
        spans: list[Span] = []
        for index, cell in enumerate(cells):
            if cell == LEFT:
                spans.append(spans[-1])
            elif cell == ABOVE:
                spans.append(rows[-1][index])
            else:
                spans.append(written.add(cell))
                written.add("\t" if index < len(cells) - 1 else "")
        written.add("\n")
        rows.append(tuple(spans))
    table = TableSpans(tuple(rows), start, len(written.text))
    return document(written.text, (table,))


def sheet(grid: Grid, caption: str = "", heading: str = TITLE) -> Document:
    """The grid as a sheet holds it: its title, its mark and its unit are rows of the table."""
    title, *rest = caption.split("\n")
    width = len(grid[0])
    above = [[title, *[LEFT] * (width - 1)]]
    for line in rest:
        parts = line.split("　")
        above.append([*parts[:-1], *[""] * (width - len(parts)), parts[-1]])
    return marked([*above, *grid], "", heading)


def tabs(grid: Grid, caption: str = "", heading: str = TITLE) -> Document:
    """The grid with tabs between its cells: only the first place of a merged cell holds its text."""
    return document("\n".join([heading, "", caption, *("\t".join(row) for row in plain(grid)), ""]))


def pipes(grid: Grid, caption: str = "", heading: str = TITLE) -> Document:
    """The grid as Markdown writes it."""
    rows = [f"| {' | '.join(row)} |" for row in plain(grid)]
    return document("\n".join([heading, "", caption, "", rows[0], "|---" * len(grid[0]) + "|", *rows[1:], ""]))


def lines(grid: Grid, caption: str = "", heading: str = TITLE) -> Document:
    """One cell a line, empty lines between them: empty and merged cells are lost."""
    cells = [cell for row in plain(grid) for cell in row if cell]
    return document("\n\n".join([heading, *caption.split("\n"), *cells, ""]))


def lines_with_gaps(grid: Grid, caption: str = "", heading: str = TITLE) -> Document:
    """One cell a line: an empty cell is an empty line, a merged one is lost."""
    cells = [cell for row in grid for cell in row if cell not in (LEFT, ABOVE)]
    return document("\n".join([heading, "", caption, "", *cells, ""]))


SHAPES = {
    "marked": marked,
    "sheet": sheet,
    "tabs": tabs,
    "pipes": pipes,
    "one cell a line": lines,
    "with gaps": lines_with_gaps,
}


def plain(grid: Grid) -> Grid:
    return [["" if cell in (LEFT, ABOVE) else cell for cell in row] for row in grid]


def document(text: str, tables: tuple[TableSpans, ...] = ()) -> Document:
    content = Content(text, tables=tables, lines_are_paragraphs=bool(tables))
    data = text.encode()
    return Document(
        file="accounts.txt",
        document_id=hashlib.sha256(data).hexdigest()[:32],
        format="text",
        bytes=len(data),
        content=content,
        profile=read_profile(lay_out(content)),
    )


# ------------------------------------------------------------------ as files


@dataclass
class Place:
    """A cell of a grid: the first and the last row and column that it covers, and its text."""

    row: int
    column: int
    last_row: int
    last_column: int
    text: str

    @property
    def is_merged(self) -> bool:
        return (self.row, self.column) != (self.last_row, self.last_column)


def places(grid: Grid) -> list[Place]:
    """The cells of a grid, each once, in order."""
    owners: dict[tuple[int, int], Place] = {}
    for row, cells in enumerate(grid):
        for column, text in enumerate(cells):
            if text == LEFT:
                owner = owners[row, column - 1]
            elif text == ABOVE:
                owner = owners[row - 1, column]
            else:
                owner = Place(row, column, row, column, text)
            owner.last_row, owner.last_column = max(owner.last_row, row), max(owner.last_column, column)
            owners[row, column] = owner
    return list({id(place): place for place in owners.values()}.values())


def web_page(grid: Grid, caption: str) -> bytes:
    """The grid as a table of a web page."""
    rows = [
        "".join(
            f"<td colspan={p.last_column - p.column + 1} rowspan={p.last_row - p.row + 1}>{p.text}</td>"
            for p in places(grid)
            if p.row == row
        )
        for row in range(len(grid))
    ]
    lines = "".join(f"<p>{line}</p>" for line in [TITLE, *caption.split("\n")])
    return f"<html><body>{lines}<table><tr>{'</tr><tr>'.join(rows)}</tr></table></body></html>".encode()


def workbook(grid: Grid, caption: str) -> bytes:
    """The grid on a sheet of its own: title, mark and unit in the rows above it, amounts as numbers of two decimals."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    amounts = book.add_format({"num_format": "#,##0.00"})
    sheet = book.add_worksheet()
    title, mark = caption.split("\n")
    last = len(grid[0]) - 1
    sheet.merge_range(0, 0, 0, last, TITLE)
    sheet.merge_range(1, 0, 1, last, title)
    number, department, unit = mark.split("　")
    sheet.write(2, last, number)
    sheet.write(3, 0, department)
    sheet.write(3, last, unit)
    for place in places(grid):
        if place.is_merged:
            sheet.merge_range(place.row + 4, place.column, place.last_row + 4, place.last_column, place.text)
        elif "." in place.text:
            sheet.write_number(place.row + 4, place.column, float(place.text.replace(",", "")), amounts)
        elif place.text:
            sheet.write_string(place.row + 4, place.column, place.text)
    book.close()
    return target.getvalue()


def printed(grid: Grid, caption: str) -> bytes:
    """The grid as a ruled table of a PDF, on its side as offices print it."""
    merged = [place for place in places(grid) if place.is_merged]
    width = 740 / len(grid[0])
    style = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        *(("SPAN", (p.column, p.row), (p.last_column, p.last_row)) for p in merged),
    ]
    cells = [[Printed(cell, CELL) for cell in row] for row in plain(grid)]
    lines = [Printed(line, BODY) for line in [TITLE, *caption.split("\n")]]
    target = BytesIO()
    SimpleDocTemplate(target, pagesize=landscape(A4), invariant=True).build(
        [*lines, PrintedTable(cells, style=style, colWidths=[width] * len(grid[0]))]
    )
    return target.getvalue()


FILES = {"accounts.html": web_page, "accounts.xlsx": workbook, "accounts.pdf": printed}
