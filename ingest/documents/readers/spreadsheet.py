"""Spreadsheets: from the cells of sheets to blocks, the same for XLSX and XLS.

In: sheets with the texts of their cells as they are shown. Out: for each sheet its name as a heading, and a table for each
run of rows without an empty row between them. What the file hides (sheets, rows, columns) its reader was not shown and
is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ingest.documents.readers.blocks import Block, CellBlock, TableBlock

_NAME_OF_NO_MEANING = re.compile(r"(?i)(?:sheet|工作表|表)\s*\d*")


@dataclass(slots=True)
class Sheet:
    """A sheet: its cells' texts by row and column, and its merged ranges (first row, first column, last row, last column)."""

    name: str
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


def blocks_of(sheets: Iterable[Sheet]) -> Iterator[Block]:
    """The blocks of the sheets, in order."""
    for sheet in sheets:
        tables = list(_tables(sheet))
        if tables and not _NAME_OF_NO_MEANING.fullmatch(sheet.name.strip()):
            yield sheet.name.strip()
        yield from tables


def _tables(sheet: Sheet) -> Iterator[TableBlock]:
    """The runs of rows of a sheet."""
    rows = {
        number: shown
        for number, cells in sorted(sheet.rows.items())
        if number not in sheet.hidden_rows and (shown := _shown(cells, sheet.hidden_columns))
    }
    spans: dict[int, list[tuple[int, int, int, int]]] = {}
    joined: set[int] = set()
    for first_row, first_column, last_row, last_column in sheet.merged:
        if first_row in rows and first_column in rows[first_row]:
            spans.setdefault(first_row, []).append((first_row, first_column, last_row, last_column))
            if last_row - first_row < len(rows) + 1000:
                joined.update(range(first_row + 1, last_row + 1))
    run: list[int] = []
    before = None
    for number in rows:
        is_gap = before is not None and any(
            between not in joined and between not in sheet.hidden_rows for between in range(before + 1, number)[:2]
        )
        if is_gap:
            yield _table(rows, run, spans)
            run = []
        run.append(number)
        before = number
    if run:
        yield _table(rows, run, spans)


def _shown(cells: dict[int, str], hidden: list[tuple[int, int]]) -> dict[int, str]:
    """The cells that hold something and stand in no hidden column."""
    return {
        column: text
        for column, text in cells.items()
        if text and not text.isspace() and not any(first <= column <= last for first, last in hidden)
    }


def _table(
    rows: dict[int, dict[int, str]], run: list[int], spans: dict[int, list[tuple[int, int, int, int]]]
) -> TableBlock:
    """The rows of a run as a table of the columns in which something stands."""
    columns = sorted({column for number in run for column in rows[number]})
    last_of_run = run[-1]
    # Covered places get no cell of their own: row → columns.
    covered: dict[int, set[int]] = {}
    sizes: dict[tuple[int, int], tuple[int, int]] = {}
    for number in run:
        for first_row, first_column, last_row, last_column in spans.get(number, ()):
            down = (
                [other for other in run if first_row <= other <= min(last_row, last_of_run)]
                if last_row > first_row
                else [number]
            )
            across = [column for column in columns if first_column <= column <= last_column]
            sizes[number, first_column] = (len(down), len(across))
            for other in down:
                covered.setdefault(other, set()).update(across)
            covered[number].discard(first_column)
    table: list[list[CellBlock]] = []
    for number in run:
        cells = rows[number]
        hidden = covered.get(number, ())
        row: list[CellBlock] = []
        for column in columns:
            if column in hidden:
                continue
            text = cells.get(column)
            if text is None:
                row.append(CellBlock([]))
            elif (number, column) in sizes:
                row.append(CellBlock([text], *sizes[number, column]))
            else:
                row.append(CellBlock([text]))
        table.append(row)
    return TableBlock(table)
