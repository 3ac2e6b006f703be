"""Spreadsheets: from the cells of sheets to blocks, the same for XLSX and XLS.

In: sheets with the texts of their cells as they are shown. Out: for each sheet its name as a heading, and a table for each
run of rows without an empty row between them. What the file hides (sheets, rows, columns) its reader was not shown and
is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from ingest.documents.model import Content, Note
from ingest.documents.readers.blocks import Block, CellBlock, TableBlock, content_of

_LONGEST_NOTE = 200
_NAME_OF_NO_MEANING = re.compile(r"(?i)(?:sheet|工作表|表)\s*\d*")


# First row, first column, last row, last column.
Area = tuple[int, int, int, int]


@dataclass(slots=True)
class Sheet:
    """A sheet: its cells' texts by row and column, and its merged areas.

    A hidden one has no cells.
    """

    name: str
    is_hidden: bool = False
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


def content_of_sheets(sheets: list[Sheet], file: str) -> Content:
    """The content of a workbook, with a note of the sheets that it hides. Raises DocumentError for an empty one."""
    hidden = [sheet.name for sheet in sheets if sheet.is_hidden]
    message = f"{len(hidden)} hidden sheets were left out: {'、'.join(hidden)[:_LONGEST_NOTE]}"
    return content_of(_blocks(sheets), file, notes=(Note("hidden_sheets", message),) if hidden else ())


def _blocks(sheets: Iterable[Sheet]) -> Iterator[Block]:
    for sheet in sheets:
        if sheet.is_hidden:
            continue
        tables = list(_tables(sheet))
        if tables and not _NAME_OF_NO_MEANING.fullmatch(sheet.name.strip()):
            yield sheet.name.strip()
        yield from tables


def _tables(sheet: Sheet) -> Iterator[TableBlock]:
    """The runs of rows of a sheet."""
    if _are_all_shown(sheet):
        rows = dict(sorted(sheet.rows.items()))
    else:
        rows = {
            number: shown
            for number, cells in sorted(sheet.rows.items())
            if number not in sheet.hidden_rows and (shown := _shown(cells, sheet.hidden_columns))
        }
    merged = [area for area in sheet.merged if area[1] in rows.get(area[0], ())]
    joined = _union((first, last) for first, _, last, _ in merged)
    spans: dict[int, list[Area]] = {}
    for area in merged:
        spans.setdefault(area[0], []).append(area)
    run: list[int] = []
    for number in rows:
        if (
            run
            and number > run[-1] + 1
            and any(
                between not in sheet.hidden_rows and not _is_within(between, joined)
                for between in range(run[-1] + 1, number)
            )
        ):
            yield _table(rows, run, spans)
            run = []
        run.append(number)
    if run:
        yield _table(rows, run, spans)


def _union(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges of rows, in order, those that touch or overlap made one."""
    union: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if union and first <= union[-1][1]:
            union[-1] = (union[-1][0], max(last, union[-1][1]))
        else:
            union.append((first, last))
    return union


def _is_within(row: int, ranges: list[tuple[int, int]]) -> bool:
    index = bisect_right(ranges, row, key=lambda limits: limits[0]) - 1
    return index >= 0 and row <= ranges[index][1]


def _are_all_shown(sheet: Sheet) -> bool:
    """Whether the sheet hides nothing, and all its rows and cells hold something."""
    if sheet.hidden_rows or sheet.hidden_columns or not all(sheet.rows.values()):
        return False
    texts = list(chain.from_iterable(map(dict.values, sheet.rows.values())))
    return all(texts) and not any(map(str.isspace, texts))


def _shown(cells: dict[int, str], hidden: list[tuple[int, int]]) -> dict[int, str]:
    """The cells that hold something and stand in no hidden column."""
    return {
        column: text
        for column, text in cells.items()
        if text and not text.isspace() and not any(first <= column <= last for first, last in hidden)
    }


def _table(rows: dict[int, dict[int, str]], run: list[int], spans: dict[int, list[Area]]) -> TableBlock:
    """The rows of a run as a table of the columns in which something stands."""
    columns = sorted(set().union(*(rows[number] for number in run)))
    # Covered places get no cell of their own: row → columns.
    covered: dict[int, set[int]] = {}
    sizes: dict[tuple[int, int], tuple[int, int]] = {}
    # Merged areas cannot overlap, so that together they cover no more than the table: where they do, the file is broken.
    places_left = len(run) * len(columns)
    for number in run:
        for first_row, first_column, last_row, last_column in spans.get(number, ()):
            down = run[bisect_left(run, first_row) : bisect_right(run, last_row)]
            across = columns[bisect_left(columns, first_column) : bisect_right(columns, last_column)]
            places_left -= len(down) * len(across)
            if places_left < 0:
                break
            sizes[number, first_column] = (len(down), len(across))
            for other in down:
                covered.setdefault(other, set()).update(across)
            covered[number].discard(first_column)
    table: list[list[CellBlock | str]] = []
    for number in run:
        cells = rows[number]
        hidden = covered.get(number)
        if hidden is None:
            # Most rows have a cell in each column, and write them in their order.
            table.append(
                list(cells.values()) if list(cells) == columns else [cells.get(column, "") for column in columns]
            )
            continue
        row: list[CellBlock | str] = []
        for column in columns:
            if column in hidden:
                continue
            text = cells.get(column, "")
            size = sizes.get((number, column))
            row.append(CellBlock([text], *size) if text and size else text)
        table.append(row)
    return TableBlock(table)
