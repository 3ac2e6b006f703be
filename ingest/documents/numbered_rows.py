"""Tables that a text gives one cell a line whose rows are numbered: the running numbers tell where each row begins.

In: items, one a cell, of which the first is the head 序号. Out: the `Table` with its empty cells put back: those that left
an empty line, and remarks at the end of a row. A row of sums may stand among the others without a number.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.documents.blocks import Table
from ingest.documents.lines import heading_level
from ingest.documents.records import Item, is_dash, row_of
from ingest.vocabulary import words

MOST_COLUMNS = 12
_FEWEST_COLUMNS = 3
_FEWEST_ROWS = 2
_NUMBER_IN_ROW = re.compile(r"(\d{1,3})(?:\.\d{1,2})?$")

Cells = list[Item | None]


def numbered_tables(items: list[Item]) -> dict[int, tuple[Table, int]]:
    """The tables whose heads begin with 序号, by where each begins, and where it ends.

    Left out are those whose rows cannot be told apart. Linear in the number of items.
    """
    starts = [at for at, item in enumerate(items) if words("head_running_number").fullmatch(item.text)]
    found = {}
    for start, stop in pairwise([*starts, len(items)]):
        # The next such head begins another table.
        table = _table(items[start:stop])
        if table is not None:
            found[start] = table[0], start + table[1]
    return found


def _table(items: list[Item]) -> tuple[Table, int] | None:
    """The table that begins with the first item, and how many of them it has."""
    columns = _columns(items)
    if not _FEWEST_COLUMNS <= columns <= MOST_COLUMNS:
        return None
    head, body = items[:columns], items[columns:]
    remarks = _count_of_remarks(head)
    with_traces = _with_empty_cells(body)
    for cells in (with_traces, list(body)) if len(with_traces) > len(body) else (with_traces,):
        rows = _rows(cells, columns, remarks)
        if sum(row[0] is not None for row in rows) >= _FEWEST_ROWS and _agree(rows, columns - remarks):
            given = sum(item is not None for row in rows for item in row)
            return Table("cells", [row_of(head), *map(row_of, rows)]), columns + given
    return None


def _columns(items: list[Item]) -> int:
    """How many heads there are: up to the number 1 before the label of the first row; 0 where there is none."""
    stop = 0
    while stop < len(items) and stop <= MOST_COLUMNS and items[stop].text != "1":
        stop += 1
    return stop if stop + 1 < len(items) and not items[stop + 1].is_number else 0


def _count_of_remarks(head: list[Item]) -> int:
    """How many of the last heads are of remarks, which most rows do without."""
    count = 0
    while count < len(head) and words("head_remark").fullmatch(head[-1 - count].text):
        count += 1
    return count


def _with_empty_cells(items: list[Item]) -> Cells:
    cells: Cells = []
    for item in items:
        cells += [*[None] * min(item.empty_before, MOST_COLUMNS), item]
    return cells


def _rows(cells: Cells, columns: int, remarks: int) -> list[Cells]:
    rows: list[Cells] = []
    position, number = 0, 0
    while position < len(cells):
        lead = _lead(cells, position, number)
        if lead is None:
            break
        width, number = columns - lead, _number_of(cells[position], number)
        end = _end_of_row(cells, position, width, remarks, number)
        if end is None:
            break
        rows.append([*[None] * lead, *cells[position:end], *[None] * (position + width - end)])
        position = end
    return rows


def _number_of(item: Item | None, last: int) -> int:
    found = _NUMBER_IN_ROW.match(item.text) if item is not None else None
    return int(found[1]) if found else last


def _lead(cells: Cells, position: int, last: int) -> int | None:
    """How many empty cells before a row that begins here left no trace: 0 or, before a sum, 1; None where no row begins.

    A row begins with the number after the `last` one, or a part of it (1.1), and a label; a sum may have no number.
    """
    first, second = [*cells[position : position + 2], None, None][:2]
    if first is None:
        return 0 if second is not None and _is_sum(second) else None
    if _is_sum(first):
        return 1
    found = _NUMBER_IN_ROW.match(first.text)
    if found is None or second is None or second.is_number:
        return None
    is_next = first.text == str(last + 1) or (last and "." in first.text and int(found[1]) == last)
    return 0 if is_next else None


def _is_sum(item: Item) -> bool:
    return bool(words("row_total").match(item.text)) and not item.is_number


def _end_of_row(cells: Cells, position: int, width: int, remarks: int, number: int) -> int | None:
    """Where a row ends: before the next one, or before what stands below the table; its remarks may be missing."""
    for end in range(position + width, position + width - remarks - 1, -1):
        if end > len(cells):
            continue
        last = cells[end - 1]
        is_text = last is not None and end == position + width and heading_level(last.text) and not last.is_number
        if not (remarks and is_text) and (end == len(cells) or _lead(cells, end, number) is not None):
            return end
    end = position + width
    # What stands below the table is no number.
    following = next((cell for cell in cells[end : end + 2] if cell is not None), None)
    return end if end <= len(cells) and (following is None or not following.is_number) else None


def _agree(rows: list[Cells], columns: int) -> bool:
    """Whether each column, but those of remarks, holds numbers alone or words alone; a dash is either."""
    for column in range(1, columns):
        given = [row[column] for row in rows]
        if len({item.is_number for item in given if item is not None and not is_dash(item)}) > 1:
            return False
    return True
