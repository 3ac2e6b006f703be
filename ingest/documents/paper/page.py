"""One page: its lines and tables in the order in which they are read."""

from __future__ import annotations

import numpy as np

from ingest.documents.paper.aligned import with_tables
from ingest.documents.paper.lines import Line, read_lines
from ingest.documents.paper.marks import Marks
from ingest.documents.paper.ruled import ruled_tables
from ingest.documents.paper.tables import PaperTable

Item = Line | PaperTable

# Columns of prose: this many lines on each side of a gutter in the middle of the page.
_LINES_OF_COLUMN = 8
_LETTERS_OF_COLUMN = 8
# A page with more parts of lines than this is no page of prose.
_MOST_PARTS = 2000


def read_page(marks: Marks) -> list[Item]:
    """The lines and tables of a page, in reading order."""
    tables, held = ruled_tables(marks)
    free = np.flatnonzero(~held)
    lines = read_lines(marks, free)
    gutter = _gutter(lines)
    groups = _in_columns(marks, lines, gutter) if gutter else [lines]
    items: list[Item] = []
    for column, group in enumerate(groups):
        for line in group:
            line.column = column
        items.extend(with_tables(group))
    if not tables:
        return items
    if gutter:
        # Tables stand where they begin among the columns: before the first line that begins lower in their column.
        return _inserted(items, tables)
    return sorted([*items, *tables], key=_middle_of)


def _middle_of(item: Item) -> float:
    return (item.top + item.bottom) / 2


def _inserted(items: list[Item], tables: list[PaperTable]) -> list[Item]:
    for table in tables:
        place = next(
            (
                index
                for index, item in enumerate(items)
                if item.top > table.top and item.left < table.right and item.right > table.left
            ),
            len(items),
        )
        items.insert(place, table)
    return items


def _gutter(lines: list[Line]) -> tuple[float, float] | None:
    """The empty strip between two columns of prose, or None."""
    runs = [run for line in lines for run in line.runs]
    if not 2 * _LINES_OF_COLUMN <= len(runs) <= _MOST_PARTS:
        return None
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    middle = (left + right) / 2
    near = (right - left) * 0.15
    best = None
    for edge in sorted({round(run.right) for run in runs if abs(run.right - middle) < near}):
        before = [run for run in runs if run.right <= edge + 1]
        after = [run for run in runs if run.left > edge + 1]
        if len(before) < _LINES_OF_COLUMN or len(after) < _LINES_OF_COLUMN:
            continue
        # Ragged lines and headings: most lines of the right column begin at its edge.
        starts = np.array([run.left for run in after])
        start = float(np.percentile(starts, 10))
        crossing = len(runs) - len(before) - len(after)
        if crossing > 0.25 * len(runs) or start - edge < 6 or start - edge > 60:
            continue
        prose = [len(run.text) >= _LETTERS_OF_COLUMN and not run.is_number for run in (*before, *after)]
        numbers = sum(run.is_number for run in (*before, *after))
        if sum(prose) < 0.7 * len(prose) or numbers > 0.05 * len(prose):
            continue
        score = len(before) + len(after)
        if best is None or score > best[0]:
            best = (score, edge, start)
    return (best[1], best[2]) if best else None


def _in_columns(marks: Marks, lines: list[Line], gutter: tuple[float, float]) -> list[list[Line]]:
    """The lines in reading order: between lines that cross the gutter, first the left column, then the right."""
    parting = sum(gutter) / 2
    groups: list[list[Line]] = []
    band: list[int] = []

    def close() -> None:
        chosen = np.array(band, dtype=np.int64)
        if len(chosen):
            is_left = marks.middle[chosen] < parting
            for side in (chosen[is_left], chosen[~is_left]):
                if len(side):
                    groups.append(read_lines(marks, side))
        band.clear()

    for line in lines:
        if any(run.left < gutter[0] - 2 and run.right > parting for run in line.runs):
            close()
            groups.append([line])
        else:
            band.extend(index for run in line.runs for index in run.index if index >= 0)
    close()
    return groups
