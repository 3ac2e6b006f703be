"""Tables that a text gives one cell a line whose rows are all alike: heads in words, then words and numbers by turns.

In: items, one a cell. Out: the `Table` with its empty cells put back, where they left an empty line. A table of income beside
spending in which a line of one side stands on the other has lost a cell without a trace; it is left alone.
"""

from __future__ import annotations

import re
from itertools import chain, islice, repeat

from ingest.documents.blocks import Table
from ingest.documents.lines import heading_level
from ingest.documents.records import Item, is_dash, is_label_head, row_of
from ingest.vocabulary import alternation, words

MOST_COLUMNS = 12
_LEVELS_OF_HEADINGS = (1, 2, 3)
_HAS_AMOUNT = re.compile(r"\d(?:元|万元|%)")
# 保障类别 stands beside 对象: the head of another column of labels.
_CLASS = re.compile(rf".{{0,6}}{alternation('head_label_end')}")
_SIDES = ("收入", "支出")

Cells = list[Item | None]


def regular_table_at(items: list[Item], numeric: list[bool | None], start: int, limit: int) -> tuple[Table | None, int]:
    """The table that begins with its head at `start` and ends before `limit`, and where it ends; (None, `start`) where none does.

    A table that lost a cell for certain is None, with its end. `numeric` says of each item whether it is a number; None of words with amounts.
    """
    if heading_level(items[start].text) in _LEVELS_OF_HEADINGS or _stands_above_heads(items, start, limit):
        return None, start
    columns, stop = _grid_at(numeric, start, limit)
    if not columns:
        return None, start
    if any(item.empty_before for item in items[start + columns : stop]):
        rows = _rows_with_empty_cells(items, start, limit, columns)
        given = sum(item is not None for row in rows for item in row)
        # Without its empty cells, the last row may have taken what stands below the table for its remark.
        if len(rows) > 2 and start + given >= stop - 1:
            return Table("cells", [row_of(row) for row in rows]), start + given
    rows: list[Cells] = [list(items[first : min(first + columns, stop)]) for first in range(start, stop, columns)]
    total = _total_at(items, stop, limit, rows[-1])
    if total:
        rows.append(total)
        stop += sum(item is not None for item in total)
    return Table("cells", [row_of(row) for row in rows]) if _keep_to_their_sides(rows) else None, stop


def _total_at(items: list[Item], start: int, limit: int, last: Cells) -> Cells:
    """合计 and its numbers below rows of several words each, whose other words are empty there; empty where none stands."""
    numbers = sum(item is not None and item.is_number for item in last)
    end = start + 1 + numbers
    is_total = start < limit and words("row_total").fullmatch(items[start].text)
    if not is_total or end > limit or not all(item.is_number for item in items[start + 1 : end]):
        return []
    are_last = all(item is not None and item.is_number for item in last[len(last) - numbers :])
    goes_on = end < limit and items[end].is_number
    if not are_last or goes_on:
        return []
    return [items[start], *[None] * (len(last) - 1 - numbers), *items[start + 1 : end]]


def _stands_above_heads(items: list[Item], start: int, limit: int) -> bool:
    """Whether the head of the labels (项目名称) comes right after: what stands here is a title, and no head of its own."""
    if start + 1 >= limit or not is_label_head(items[start + 1]):
        return False
    return not is_label_head(items[start]) and not _CLASS.fullmatch(items[start].text)


def _rows_with_empty_cells(items: list[Item], start: int, limit: int, columns: int) -> list[Cells]:
    """The head and the rows below it, as long as each column holds words alone or numbers alone; an empty cell is either."""
    rows: list[Cells] = [list(items[start : start + columns])]
    pattern: list[bool | None] = [None] * columns
    body = start + columns
    # An empty line between the head and the first row is no cell.
    cells = chain.from_iterable(
        [*[None] * min(items[at].empty_before if at > body else 0, columns), items[at]] for at in range(body, limit)
    )
    while row := list(islice(cells, columns)):
        kinds = [item.is_number if item is not None and not is_dash(item) else None for item in row]
        if len(row) < columns and not any(kinds):
            break
        # What stands in the last column may be a remark.
        if not _is_like(pattern[:-1], [*kinds, *[None] * columns][: columns - 1]):
            break
        if not any(kinds) or kinds[0]:
            break
        pattern = [kind if old is None else old for kind, old in zip(chain(kinds, repeat(None)), pattern, strict=False)]
        rows.append(row)
    return rows if _keep_to_their_sides(rows) else []


def _keep_to_their_sides(rows: list[Cells]) -> bool:
    """Whether, in a table of 收入 beside 支出, no label of one side stands below the head of the other."""
    sides = [
        (index, other)
        for index, item in enumerate(rows[0])
        if item is not None
        for own, other in (_SIDES, _SIDES[::-1])
        if words("side_income", "side_expenditure").fullmatch(item.text) and own in item.text
    ]
    if len(sides) < 2:
        return True
    return not any(
        index < len(row) and row[index] is not None and other in (row[index].text if row[index] is not None else "")
        for row in rows[1:]
        for index, other in sides
    )


def kinds_of(items: list[Item]) -> list[bool | None]:
    """Of each item whether it is a number, or None: 集中1,550元、散居1,050元 stands where others hold one amount."""
    return [None if not item.is_number and _HAS_AMOUNT.search(item.text) else item.is_number for item in items]


def _is_like(pattern: list[bool | None], row: list[bool | None]) -> bool:
    """Whether a row has numbers and words where the pattern has them."""
    return len(row) == len(pattern) and all(a == b or None in (a, b) for a, b in zip(pattern, row, strict=True))


def _grid_at(numeric: list[bool | None], start: int, limit: int) -> tuple[int, int]:
    """(columns, end) of the table that begins with its head at `start`; (0, start) where none does."""
    best = (0, 0, start)
    for columns in range(2, MOST_COLUMNS + 1):
        body = start + columns
        if body + columns > limit or any(numeric[start:body]) or numeric[body]:
            continue
        pattern = numeric[body : body + columns - 1]
        if not any(numeric[body : body + columns]):
            continue
        stop = body
        while (
            stop + columns <= limit
            and _is_like(pattern, numeric[stop : stop + columns - 1])
            and any(numeric[stop : stop + columns])
        ):
            stop += columns
        rows = (stop - body) // columns
        # The last row may have lost its empty last cell.
        if (
            rows
            and stop + columns - 1 <= limit
            and _is_like(pattern, numeric[stop : stop + columns - 1])
            and any(pattern)
        ):
            after = stop + columns - 1
            if after == limit or not numeric[after]:
                stop = after
        if rows >= 2 or (rows == 1 and not any(numeric[stop : stop + 2])):
            best = max(best, (stop - start, columns, stop))
    return best[1], best[2]
