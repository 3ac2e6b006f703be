"""The tables of final accounts that the tests read: invented, laid out as bureaus publish them, with what they say.

A grid is rows of cells; `LEFT` marks a cell merged with the one to its left, `ABOVE` one merged with the one above it. It is
written as a table that the format marks, with tabs, with pipes, or one cell a line.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from ingest.documents.model import Content, Document, Span, TableSpans

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


def marked(grid: Grid, caption: str = "") -> Document:
    """The grid as a reader of web pages or sheets gives it: a merged cell stands at each place that it covers."""
    written = Written(f"{TITLE}\n\n{caption}\n")
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


def sheet(grid: Grid, caption: str = "") -> Document:
    """The grid as a sheet holds it: its title, its mark and its unit are rows of the table."""
    title, *rest = caption.split("\n")
    width = len(grid[0])
    above = [[title, *[LEFT] * (width - 1)]]
    for line in rest:
        parts = line.split("　")
        above.append([*parts[:-1], *[""] * (width - len(parts)), parts[-1]])
    return marked([*above, *grid])


def tabs(grid: Grid, caption: str = "") -> Document:
    """The grid with tabs between its cells: only the first place of a merged cell holds its text."""
    return document("\n".join([TITLE, "", caption, *("\t".join(row) for row in plain(grid)), ""]))


def pipes(grid: Grid, caption: str = "") -> Document:
    """The grid as Markdown writes it."""
    rows = [f"| {' | '.join(row)} |" for row in plain(grid)]
    return document("\n".join([TITLE, "", caption, "", rows[0], "|---" * len(grid[0]) + "|", *rows[1:], ""]))


def lines(grid: Grid, caption: str = "") -> Document:
    """One cell a line, empty lines between them: empty and merged cells are lost."""
    cells = [cell for row in plain(grid) for cell in row if cell]
    return document("\n\n".join([TITLE, *caption.split("\n"), *cells, ""]))


def lines_with_gaps(grid: Grid, caption: str = "") -> Document:
    """One cell a line: an empty cell is an empty line, a merged one is lost."""
    cells = [cell for row in grid for cell in row if cell not in (LEFT, ABOVE)]
    return document("\n".join([TITLE, "", caption, "", *cells, ""]))


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
    from ingest.documents.layout import lay_out
    from ingest.documents.profile import read_profile

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
