"""Tables with rules: the cells are what the ruling lines enclose.

In: a page's marks. Out: tables, and which characters they hold. Lines that enclose nothing beside something else (a frame
around a page, an underline) make no table; a frame whose cells hold columns of their own is left to `aligned`.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from ingest.documents.paper.lines import Line, breaks_number, joined, read_lines
from ingest.documents.paper.marks import TOUCH, Marks
from ingest.documents.paper.tables import PaperCell, PaperTable

# A page with more rules than this is a drawing.
_MOST_RULES = 4000
# More elementary cells than this are no table that a report prints on one page.
_MOST_CELLS = 20_000
# A column or row narrower than this, in points, is a double line.
_NARROWEST = 4.0


def ruled_tables(marks: Marks) -> tuple[list[PaperTable], np.ndarray]:
    """(tables from top to bottom, whether each character stands in one of them)."""
    held = np.zeros(len(marks), dtype=bool)
    tables: list[PaperTable] = []
    horizontals, verticals = marks.horizontals, marks.verticals
    if not len(horizontals) or not len(verticals) or len(horizontals) + len(verticals) > _MOST_RULES:
        return tables, held
    for lying, standing in _nets(horizontals, verticals):
        found = _table(marks, lying, standing, held)
        if found:
            tables.append(found)
    return sorted(tables, key=lambda table: table.top), held


def _nets(horizontals: np.ndarray, verticals: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Groups of rules that touch one another, the largest first."""
    y, low, high = horizontals[:, None, 0], horizontals[:, None, 1], horizontals[:, None, 2]
    x, top, bottom = verticals[None, :, 0], verticals[None, :, 1], verticals[None, :, 2]
    touch = (low - TOUCH <= x) & (x <= high + TOUCH) & (top - TOUCH <= y) & (y <= bottom + TOUCH)
    group_of = np.arange(len(horizontals))
    for column in touch.T:
        members = np.flatnonzero(column)
        if len(members) > 1:
            groups = np.unique(group_of[members])
            group_of[np.isin(group_of, groups)] = groups[0]
    nets = []
    for group in np.unique(group_of):
        lying = group_of == group
        standing = touch[lying].any(axis=0)
        if lying.sum() >= 2 and standing.any():
            nets.append((horizontals[lying], verticals[standing]))
    return sorted(nets, key=lambda net: -_extent(net[0]))


def _extent(lying: np.ndarray) -> float:
    return (lying[:, 2].max() - lying[:, 1].min()) * (np.ptp(lying[:, 0]) + 1)


def _edges(positions: np.ndarray, outer: tuple[float, float]) -> np.ndarray:
    """The edges of columns or rows: positions of rules, and the outer ends of those that cross them."""
    edges: list[float] = []
    for position in sorted(positions.tolist()):
        if not edges or position - edges[-1] > _NARROWEST:
            edges.append(position)
    # A table that is open at its sides or its foot: its rules end where it ends.
    if edges and outer[0] < edges[0] - 2 * _NARROWEST:
        edges.insert(0, outer[0])
    if edges and outer[1] > edges[-1] + 2 * _NARROWEST:
        edges.append(outer[1])
    return np.array(edges)


def _table(marks: Marks, lying: np.ndarray, standing: np.ndarray, held: np.ndarray) -> PaperTable | None:
    columns = _edges(standing[:, 0], (lying[:, 1].min(), lying[:, 2].max()))
    rows = _edges(lying[:, 0], (standing[:, 1].min(), standing[:, 2].max()))
    width, height = len(columns) - 1, len(rows) - 1
    if width < 2 or height < 1 or width * height > _MOST_CELLS:
        return None
    cell_of = _merged_cells(lying, standing, columns, rows)
    if len(np.unique(cell_of)) < 2 or not _parts_columns(cell_of):
        return None
    eye = marks.height_of_eye
    inside = ~held & (marks.middle > columns[0]) & (marks.middle < columns[-1]) & (eye > rows[0]) & (eye < rows[-1])
    chosen = np.flatnonzero(inside)
    if not len(chosen):
        return None
    column_of = np.searchsorted(columns, marks.middle[chosen]) - 1
    row_of = np.searchsorted(rows, eye[chosen]) - 1
    owner = cell_of[row_of, column_of]
    lines_of: dict[int, list[Line]] = {}
    order = np.argsort(owner, kind="stable")
    bounds = np.flatnonzero(np.diff(owner[order])) + 1
    for members in np.split(order, bounds):
        lines_of[int(owner[members[0]])] = read_lines(marks, chosen[members])
    if _has_inner_columns(lines_of):
        return None
    held[chosen] = True
    cells, bands = _split_bands(cell_of, lines_of, columns)
    made = [[cells[number] for number in band] for band in bands]
    made = [row for row in made if any(cell.text for cell in row)]
    return PaperTable(made, columns.tolist(), float(rows[0]), float(rows[-1]), True)


def _merged_cells(lying: np.ndarray, standing: np.ndarray, columns: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """A number for each elementary cell of the grid: those that no rule parts have the same."""
    width, height = len(columns) - 1, len(rows) - 1
    middle_x, middle_y = (columns[1:] + columns[:-1]) / 2, (rows[1:] + rows[:-1]) / 2
    wall = np.zeros((height, width + 1), dtype=bool)
    for x, top, bottom in standing:
        wall[:, np.abs(columns - x).argmin()] |= (top - TOUCH <= middle_y) & (middle_y <= bottom + TOUCH)
    floor = np.zeros((height + 1, width), dtype=bool)
    for y, left, right in lying:
        floor[np.abs(rows - y).argmin(), :] |= (left - TOUCH <= middle_x) & (middle_x <= right + TOUCH)
    cell_of = np.full((height, width), -1)
    number = 0
    for row in range(height):
        for column in range(width):
            if cell_of[row, column] >= 0:
                continue
            # Merged cells are rectangles: as far to the right as no wall stands, then down while no floor parts them.
            right = column + 1
            while right < width and not wall[row, right] and cell_of[row, right] < 0:
                right += 1
            below = row + 1
            while (
                below < height
                and not floor[below, column:right].any()
                and not wall[below, column + 1 : right].any()
                and (cell_of[below, column:right] < 0).all()
                and (right == width or wall[below, right])
            ):
                below += 1
            cell_of[row:below, column:right] = number
            number += 1
    return cell_of


def _parts_columns(cell_of: np.ndarray) -> bool:
    """Whether any row has two cells beside each other."""
    return bool((cell_of[:, 1:] != cell_of[:, :-1]).any())


def _has_inner_columns(lines_of: dict[int, list[Line]]) -> bool:
    """Whether cells hold columns that no rule parts: two or more numbers on one line, in several lines."""
    parted = sum(
        sum(run.is_number for run in line.runs) >= 2
        for lines in lines_of.values()
        for line in lines
        if len(line.runs) > 1
    )
    lines = sum(len(lines) for lines in lines_of.values())
    return parted >= 2 and parted > 0.2 * lines


def _split_bands(
    cell_of: np.ndarray, lines_of: dict[int, list[Line]], columns: np.ndarray
) -> tuple[dict[object, PaperCell], list[list[object]]]:
    """The cells by key and the rows of keys. A band without inner floors becomes a row for each line of its numbers."""
    cells: dict[object, PaperCell] = {}
    edges: dict[int, tuple[float, float]] = {}
    for number in np.unique(cell_of).tolist():
        covered = np.where(cell_of == number)[1]
        edges[number] = float(columns[covered.min()]), float(columns[covered.max() + 1])
    bands: list[list[object]] = []
    for row, band in enumerate(cell_of.tolist()):
        own = [number for number in dict.fromkeys(band) if _is_only_in(cell_of, number, row)]
        anchors = _anchors([(lines_of.get(number, []), edges[number]) for number in own])
        if len(anchors) < 2:
            for number in band:
                if number not in cells:
                    cells[number] = PaperCell(*joined(lines_of.get(number, []), edges[number]))
            bands.append(list(band))
            continue
        for part, _ in enumerate(anchors):
            keys: list[object] = []
            for number in band:
                key: object = (number, part) if number in own else number
                if key not in cells:
                    lines = lines_of.get(number, [])
                    if number in own:
                        lines = [line for line in lines if _nearest(anchors, line.baseline) == part]
                    cells[key] = PaperCell(*joined(lines, edges[number]))
                keys.append(key)
            bands.append(keys)
    return cells, bands


def _is_only_in(cell_of: np.ndarray, number: int, row: int) -> bool:
    return not (
        (row and (cell_of[row - 1] == number).any()) or (row + 1 < len(cell_of) and (cell_of[row + 1] == number).any())
    )


def _anchors(cells: list[tuple[list[Line], tuple[float, float]]]) -> list[float]:
    """The baselines of a band's rows, where no rule parts them: two columns of numbers whose lines stand level.

    None where a narrow cell breaks a number over its lines: those are no rows.
    """
    numbers = []
    for lines, edges in cells:
        if any(breaks_number(above, below, edges) for above, below in pairwise(lines)):
            return []
        baselines = [line.baseline for line in lines if all(run.is_number for run in line.runs)]
        if len(baselines) >= 2 and len(baselines) >= 0.8 * len(lines):
            numbers.append(baselines)
    if len(numbers) < 2:
        return []
    numbers.sort(key=len, reverse=True)
    anchors, others = numbers[0], numbers[1:]
    level = sum(any(abs(a - b) < 2 for a in anchors) for other in others for b in other)
    return anchors if level >= 0.8 * sum(map(len, others)) else []


def _nearest(anchors: list[float], baseline: float) -> int:
    return min(range(len(anchors)), key=lambda part: abs(anchors[part] - baseline))
