"""The tables of final accounts printed: a page on its side, title and unit above, heads merged, with rules or without."""

from __future__ import annotations

from html import escape
from io import BytesIO

from account_tables import ABOVE, LEFT, Grid
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import Paragraph as Printed
from reportlab.platypus import SimpleDocTemplate
from reportlab.platypus import Table as PrintedTable

from tests.ingest.printed_reports import BODY, CELL, HEAD, NUMBER, is_number


def print_accounts(title: str, caption: str, grid: Grid, *, ruled: bool = True) -> bytes:
    """The grid as one table of a PDF, below the title and the lines of the caption."""
    target = BytesIO()
    head = heads_of(grid)
    cells = [
        [
            ""
            if cell in (LEFT, ABOVE)
            else Printed(escape(cell), HEAD if row < head else NUMBER if is_number(cell) else CELL)
            for cell in cells
        ]
        for row, cells in enumerate(grid)
    ]
    style: list[tuple] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    style += [("SPAN", (left, top), (right, bottom)) for top, left, bottom, right in merged(grid)]
    if ruled:
        style.append(("GRID", (0, 0), (-1, -1), 0.4, colors.black))
    width = landscape(A4)[0] - 80
    above = [Printed(escape(line), BODY) for line in (title, *caption.split("\n"))]
    table = PrintedTable(cells, [width / len(grid[0])] * len(grid[0]), repeatRows=head, style=style)
    template = SimpleDocTemplate(target, pagesize=landscape(A4), leftMargin=40, rightMargin=40, invariant=True)
    template.build([*above, table])
    return target.getvalue()


def as_page(title: str, caption: str, grid: Grid) -> str:
    """The same as a web page that a browser prints, with embedded fonts and a rule at each side of each cell."""
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in merged(grid)}
    rows = ""
    for number, cells in enumerate(grid):
        rows += "<tr>"
        for column, cell in enumerate(cells):
            if cell not in (LEFT, ABOVE):
                down, across = spans.get((number, column), (1, 1))
                rows += (
                    f"<td rowspan={down} colspan={across} class={'n' if is_number(cell) else 't'}>{escape(cell)}</td>"
                )
        rows += "</tr>"
    style = (
        "@page{size:A4 landscape;margin:15mm}body{font:10pt serif}table{border-collapse:collapse;width:100%}"
        "td{border:1px solid #000;padding:2pt 4pt}.n{text-align:right}"
    )
    above = "".join(f"<p>{escape(line)}</p>" for line in (title, *caption.split("\n")))
    return f"<!DOCTYPE html><meta charset=utf-8><style>{style}</style>{above}<table>{rows}</table>"


def heads_of(grid: Grid) -> int:
    """How many rows stand above the first number."""
    return next(row for row, cells in enumerate(grid) if any("." in cell for cell in cells))


def merged(grid: Grid) -> list[tuple[int, int, int, int]]:
    """(top, left, bottom, right) of each merged cell."""
    found = []
    for top, cells in enumerate(grid):
        for left, cell in enumerate(cells):
            if cell in (LEFT, ABOVE):
                continue
            right = left
            while right + 1 < len(cells) and cells[right + 1] == LEFT:
                right += 1
            bottom = top
            while bottom + 1 < len(grid) and grid[bottom + 1][left] == ABOVE:
                bottom += 1
            if (bottom, right) != (top, left):
                found.append((top, left, bottom, right))
    return found
