"""Columns of a table without rules: what the parts of its rows cover, and where the edges between them are taken to be."""

from __future__ import annotations

from itertools import pairwise

from ingest.documents.grids import MAX_CELLS
from ingest.documents.paper.bands import Band
from ingest.documents.paper.lines import Line, Run
from ingest.documents.paper.parts import FEWEST_IN_COLUMN

# Ends of one column differ by less than this, in points.
SAME_EDGE = 1.5
# What cells keep free beside numbers set at their right, in points.
_PADDING = 3.0
# A total stands in so many rows at most.
_MOST_TOTALS = 2

# From where to where the parts of a column reach.
Column = tuple[float, float]


def columns_of(bands: list[Band]) -> list[Column] | None:
    """The columns that the rows' parts make, or None where two parts of a line would share one."""
    lines = [line for band in bands for line in band.lines]
    columns = _united([(run.left, run.right) for line in lines for run in line.runs])
    if len(columns) > MAX_CELLS:
        return None
    if _collides(lines, columns):
        numbers = _united([(run.left, run.right) for line in lines for run in line.runs if run.is_number])
        words = [(run.left, run.right) for line in lines for run in line.runs if not run.is_number]
        columns = list(numbers)
        for low, high in _free(numbers):
            inside = [(a, b) for a, b in words if low < (a + b) / 2 < high]
            if inside:
                columns.append((max(low, min(a for a, _ in inside)), min(high, max(b for _, b in inside))))
        columns.sort()
        if _collides(lines, columns):
            return None
    return columns


def _free(columns: list[Column]) -> list[Column]:
    edges = [float("-inf"), *(edge for column in columns for edge in column), float("inf")]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _united(spans: list[Column]) -> list[Column]:
    united: list[Column] = []
    for low, high in sorted(spans):
        if united and low <= united[-1][1]:
            united[-1] = (united[-1][0], max(high, united[-1][1]))
        else:
            united.append((low, high))
    return united


def column_of(run: Run, columns: list[Column]) -> int:
    """The column that a part lies in most, else the nearest."""
    overlaps = [min(run.right, high) - max(run.left, low) for low, high in columns]
    return max(range(len(columns)), key=overlaps.__getitem__)


def _collides(lines: list[Line], columns: list[Column]) -> bool:
    return any(len({column_of(run, columns) for run in line.runs}) < len(line.runs) for line in lines)


def covered_by(run: Run, columns: list[Column]) -> list[int]:
    """The columns that a part of the head stands over."""
    over = [i for i, (low, high) in enumerate(columns) if run.left - 2 <= (low + high) / 2 <= run.right + 2]
    return over or [column_of(run, columns)]


def edges_of(columns: list[Column], lines: list[Line], heads: list[Run]) -> list[float]:
    """The edges of the columns; `heads` are the parts of their heads, from top to bottom.

    Where numbers end at one place their column ends close after it, and begins as far before the middle of its head; else
    the edge is halfway to the next column.
    """
    runs_of: dict[int, list[Run]] = {}
    for line in lines:
        for run in line.runs:
            runs_of.setdefault(column_of(run, columns), []).append(run)
    halfway = [(column[1] + following[0]) / 2 for column, following in pairwise(columns)]
    edges = [columns[0][0], *halfway, columns[-1][1]]
    level = [_ends_at_one_place(runs_of.get(place, [])) for place in range(len(columns))]
    # Where all numbers of a column are alike, those of the others tell how the table sets them.
    is_right = any(flag and _begins_at_several(runs_of[place]) for place, flag in enumerate(level))
    set_right = [flag and is_right for flag in level]
    for place, (low, high) in enumerate(columns):
        if not set_right[place]:
            continue
        own = [run for run in heads if edges[place] < (run.left + run.right) / 2 < edges[place + 1]]
        if place + 1 < len(columns):
            edges[place + 1] = min(high + _PADDING, edges[place + 1])
        if place and not set_right[place - 1] and own:
            begins = own[-1].left + own[-1].right - (high + _PADDING)
            if columns[place - 1][1] < begins < low:
                edges[place] = begins
    return edges


def _ends_at_one_place(runs: list[Run]) -> bool:
    """Whether a column holds numbers alone that end at one place."""
    return (
        len(runs) >= FEWEST_IN_COLUMN
        and all(run.is_number for run in runs)
        and max(run.right for run in runs) - min(run.right for run in runs) < SAME_EDGE
    )


def _begins_at_several(runs: list[Run]) -> bool:
    return max(run.left for run in runs) - min(run.left for run in runs) > SAME_EDGE


def with_totals_united(columns: list[Column], lines: list[Line]) -> list[Column]:
    """The columns without those that hold but the label of a total (合计), which stands over code and name.

    Such a one goes to the column of labels beside it that has nothing on its line.
    """
    if len(lines) < 2 * FEWEST_IN_COLUMN:
        return columns
    united = list(columns)
    place = 0
    while place < len(united) - 1:
        filled = [[run for run in line.runs if column_of(run, united) == place] for line in lines]
        rows = [number for number, runs in enumerate(filled) if runs]
        if any(run.is_number and "." in run.text for runs in filled for run in runs):
            break
        if len(rows) > _MOST_TOTALS or any(run.is_number for number in rows for run in filled[number]):
            place += 1
            continue
        beside = next(
            (
                other
                for other in (place + 1, place - 1)
                if other >= 0
                and not any(column_of(run, united) == other for number in rows for run in lines[number].runs)
                and sum(any(column_of(run, united) == other for run in line.runs) for line in lines) > len(rows)
            ),
            None,
        )
        if beside is None or not rows:
            place += 1
            continue
        low, high = sorted((place, beside))
        united[low : high + 1] = [(united[low][0], united[high][1])]
        place = low + 1
    return united


def with_empty_columns(columns: list[Column], heads: list[Line]) -> list[Column]:
    """The columns, and those that have a head but nothing below it on this page."""
    found = list(columns)
    for line in heads:
        for run in line.runs:
            lies_free = all(run.right <= low or high <= run.left for low, high in found)
            if lies_free and any(
                other is not run and column_of(other, found) == column_of(run, found) for other in line.runs
            ):
                found.append((run.left, run.right))
                found.sort()
    return found
