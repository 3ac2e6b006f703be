"""Tables without rules: lines whose parts stand below one another, numbers among them.

In: the lines of a page outside of its ruled tables. Out: the same in order, with tables in place of their lines. Rows are
what wider gaps part, or else single lines (`bands`); columns are what the rows' parts cover (`columns`); the head is what
stands above the first number (`heads`). Where two parts of a line would fall into one column, the lines stay as they are:
better no table than two numbers in one.
"""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

from ingest.documents.lines import NOTE, heading_level
from ingest.documents.paper.bands import WITHIN_ROW, Band, bands_of, is_body
from ingest.documents.paper.columns import (
    SAME_EDGE,
    Column,
    column_of,
    columns_of,
    covered_by,
    edges_of,
    with_empty_columns,
    with_totals_united,
)
from ingest.documents.paper.heads import read_heads
from ingest.documents.paper.lines import Line, joined
from ingest.documents.paper.parts import (
    CLOSE,
    counts_columns,
    is_figure,
    with_cells_parted,
    with_heads_parted,
    with_whole_words,
)
from ingest.documents.paper.tables import PaperCell, PaperTable

_CAPTION = re.compile(r"单位\s*[:：]|[(（]续[)）]")
# Of the width of the page's text: a part that is wider is prose.
_WIDEST_PART = 0.55
# Vertical distances, in sizes of the font: farther apart, lines are of different things.
_FARTHEST = 3.2
# Rows whose numbers stand below one another may be as high as their longest label makes them.
_FARTHEST_OF_COLUMN = 6.0
_OTHER_SIZE = 0.2
# A table of more columns has no head over groups of them.
_MOST_UNDER_HEADS = 60
# How far from the middle of its columns a head may stand, as a part of a column's usual width.
_OFF_MIDDLE = 0.45
# Lines nearer than this, in sizes of the font, stand beside each other rather than below.
_BESIDE = 0.9


def with_tables(lines: list[Line]) -> list[Line | PaperTable]:
    """The lines with their tables found."""
    parted = with_cells_parted(lines)
    lines = [with_whole_words(line, above) for above, line in zip([None, *parted], parted, strict=False)]
    if not any(is_body(line) for line in lines):
        return list(lines)
    items: list[Line | PaperTable] = []
    start = 0
    for stop in _region_ends(lines):
        items.extend(_read_region(lines[start:stop]))
        start = stop
    return items


def _region_ends(lines: list[Line]) -> list[int]:
    """Where the regions end into which the lines fall: those that may be a table, and those that are not."""
    width = max(line.right for line in lines) - min(line.left for line in lines)
    may_be = [_may_be_row(line, width) for line in lines]
    for index in range(1, len(lines)):
        # The last line of a paragraph is short, like a cell; only its place tells.
        if may_be[index] and not may_be[index - 1] and len(lines[index].runs) == 1 and _ends_prose(lines, index):
            may_be[index] = False
    # A label that begins like a heading, on a line of its own beside the lines of a row; those around it may be such, too.
    for index in (*range(len(lines)), *reversed(range(len(lines)))):
        line = lines[index]
        if may_be[index] or len(line.runs) > 1 or line.right - line.left >= _WIDEST_PART * width:
            continue
        near = [other for other in (index - 1, index + 1) if 0 <= other < len(lines) and may_be[other]]
        may_be[index] = any(
            abs(lines[other].baseline - line.baseline) < _BESIDE * line.size or _is_of_cell(line, lines[other])
            for other in near
        )
    ends = []
    for index, (above, below) in enumerate(pairwise(lines), start=1):
        farthest = _FARTHEST_OF_COLUMN if _share_columns(above, below) else _FARTHEST
        apart = below.baseline - above.baseline > farthest * max(above.size, below.size)
        if apart and below.baseline - above.baseline < _FARTHEST_OF_COLUMN * above.size:
            apart = not _heads(lines[ends[-1] if ends else 0 : index], below)
        resized = abs(above.size - below.size) > _OTHER_SIZE * above.size and 1 in (len(above.runs), len(below.runs))
        if may_be[index] != may_be[index - 1] or (may_be[index] and (apart or resized)):
            ends.append(index)
    return [*ends, len(lines)]


def _heads(lines: list[Line], row: Line) -> bool:
    """Whether the lines are heads of the row below them: no numbers, two of their parts at least in the middle of its own."""
    if any(is_figure(run) for line in lines for run in line.runs) or not is_body(row):
        return False
    middles = [run.left + run.right for line in lines for run in line.runs]
    return sum(any(abs(run.left + run.right - middle) < row.size for middle in middles) for run in row.runs) >= 2


def _share_columns(above: Line, below: Line) -> bool:
    """Whether the rows have numbers that end, or words that begin, at the same places: two such at least, a number among them."""
    ends = sum(
        any(is_figure(other) and abs(other.right - run.right) < SAME_EDGE for other in above.runs)
        for run in below.runs
        if is_figure(run)
    )
    begins = sum(any(abs(other.left - run.left) < SAME_EDGE for other in above.runs) for run in below.runs)
    return ends > 0 and ends + begins >= 3


def _is_of_cell(line: Line, row: Line) -> bool:
    """Whether a line stands close above or below one part of a row, as the lines of a cell do."""
    return (
        len(row.runs) > 1
        and abs(row.baseline - line.baseline) < CLOSE * line.size
        and abs(row.size - line.size) < _OTHER_SIZE * line.size
        and any(run.left < line.right and line.left < run.right for run in row.runs)
    )


def _may_be_row(line: Line, width: float) -> bool:
    if any(_CAPTION.search(run.text) for run in line.runs) or NOTE.match(line.text):
        return False
    if len(line.runs) == 1:
        return line.right - line.left < _WIDEST_PART * width and not 0 < heading_level(line.text) <= 3
    return all(run.right - run.left < _WIDEST_PART * width for run in line.runs)


def _ends_prose(lines: list[Line], index: int) -> bool:
    above, line = lines[index - 1], lines[index]
    return (
        line.left < above.left + 0.5 * line.size
        and line.baseline - above.baseline < 2.2 * line.size
        and abs(line.size - above.size) < _OTHER_SIZE * line.size
        and not any(_CAPTION.search(run.text) for run in above.runs)
    )


def _read_region(lines: list[Line]) -> list[Line | PaperTable]:
    bands = bands_of(lines)
    rows = [number for number, band in enumerate(bands) if band.has_columns]
    if not rows or (not any(is_body(line) for line in lines) and not any(b.figures and b.has_columns for b in bands)):
        return list(lines)
    before = [line for band in bands[: rows[0]] for line in band.lines]
    after = [line for band in bands[rows[-1] + 1 :] for line in band.lines]
    table = _table(bands[rows[0] : rows[-1] + 1])
    if table is None:
        return list(lines)
    return [*before, table, *after]


def _table(bands: list[Band]) -> PaperTable | None:
    """The table of these rows; None where they are none."""
    bodies = [number for number, band in enumerate(bands) if band.figures and band.has_columns]
    if len(bodies) < 2 and not (bodies and bodies[0] > 0):
        return None
    header = bodies[0]
    if len(bodies) > 1 and counts_columns([run for line in bands[header].lines for run in line.runs]):
        header = bodies[1]
    columns = columns_of([band for band in bands[header:] if band.has_columns])
    if columns is None or len(columns) < 2:
        return None
    columns = with_totals_united(columns, [line for band in bands[header:] for line in band.lines])
    columns = with_empty_columns(columns, [line for band in bands[:header] for line in band.lines])
    heads = [run for band in bands[:header] for line in band.lines for run in line.runs]
    edges = edges_of(columns, [line for band in bands[header:] for line in band.lines], heads)
    for band in bands[:header]:
        band.lines = [line if counts_columns(line.runs) else with_heads_parted(line, edges) for line in band.lines]
    made = _head_rows(bands[:header], columns, edges)
    if made is None:
        made = []
        for band in _with_rests_of_heads(bands, header, columns):
            row = _row(band, columns, is_head=True)
            if row is None:
                return None
            made.append(row)
    for band in bands[header:]:
        row = _row(band, columns, is_head=False)
        if row is None:
            return None
        made.append(row)
    return PaperTable(made, edges, bands[0].top, bands[-1].bottom, False)


def _head_rows(bands: list[Band], columns: list[Column], edges: list[float]) -> list[list[PaperCell]] | None:
    """The rows of the head; None where it cannot be told which words stand where.

    The line that counts the columns, and what stands below it (类 款 项 beside the first row), are rows of their own.
    """
    lines = sorted((line for band in bands for line in band.lines), key=lambda line: line.baseline)
    above = next((number for number, line in enumerate(lines) if counts_columns(line.runs)), len(lines))
    rows = read_heads(lines[:above], columns, edges) if above else []
    if rows is None:
        return None
    for line in lines[above:]:
        row = _row(Band([line], line.top, line.bottom), list(pairwise(edges)), is_head=False)
        if row is None:
            return None
        rows.append(row)
    return rows


def _row(band: Band, columns: list[Column], is_head: bool) -> list[PaperCell] | None:
    """The cells of a row, or None where two parts of one line fall into one."""
    parts: dict[int, list[Line]] = {}
    places: dict[int, list[int]] = {}
    above = _over_groups(band, columns) if is_head else {}
    for line in sorted(band.lines, key=lambda line: line.baseline):
        taken: set[int] = set()
        for run in line.runs:
            over = above.get(id(run)) or (covered_by(run, columns) if is_head else [column_of(run, columns)])
            over = [column for column in over if column not in taken]
            if not over:
                return None
            taken.update(over)
            key = next((first for first, covered in places.items() if over[0] in covered), over[0])
            places[key] = sorted({*places.get(key, []), *over})
            piece = Line([run], run.left, run.right, line.top, line.bottom, line.baseline, line.size)
            parts.setdefault(key, []).append(piece)
    row = [PaperCell("", []) for _ in columns]
    for key, pieces in parts.items():
        cell = PaperCell(*joined(pieces, columns[key]))
        for column in places[key]:
            row[column] = cell
    return row


def _over_groups(band: Band, columns: list[Column]) -> dict[int, list[int]]:
    """For a line of the head that parts all columns into groups: which columns each part stands over, by the part's id.

    Each part stands in the middle of two columns or more, and every column has one above it; else empty.
    """
    runs = band.lines[0].runs
    if len(band.lines) != 1 or len(runs) < 2 or not 2 * len(runs) <= len(columns) <= _MOST_UNDER_HEADS:
        return {}
    edges = [columns[0][0], *((a[1] + b[0]) / 2 for a, b in pairwise(columns)), columns[-1][1]]
    farthest = _OFF_MIDDLE * (edges[-1] - edges[0]) / len(columns)
    # The best way to give the first parts the columns up to each: (how far off in all, where each group ends).
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [0])}
    for run in runs:
        following: dict[int, tuple[float, list[int]]] = {}
        for start, (off, ends) in best.items():
            for stop in range(start + 2, len(columns) + 1):
                distance = abs(run.left + run.right - edges[start] - edges[stop]) / 2
                if distance <= farthest and (stop not in following or off + distance < following[stop][0]):
                    following[stop] = (off + distance, [*ends, stop])
        best = following
    if len(columns) not in best:
        return {}
    ends = best[len(columns)][1]
    return {id(run): list(range(*group)) for run, group in zip(runs, pairwise(ends), strict=True)}


def _with_rests_of_heads(bands: list[Band], header: int, columns: list[Column]) -> list[Band]:
    """The rows of the head; lines that go on in the next are one row."""
    rows: list[Band] = []
    pitch = (
        median(b.bottom - a.bottom for a, b in pairwise(bands[header:])) if len(bands) > header + 1 else float("inf")
    )
    for band in bands[:header]:
        if rows and _continues_head(rows[-1], band, columns, pitch):
            last = rows[-1]
            rows[-1] = Band([*last.lines, *band.lines], last.top, band.bottom)
        else:
            rows.append(band)
    return rows


def _continues_head(above: Band, band: Band, columns: list[Column], pitch: float) -> bool:
    """Whether a row of the head holds the rest of cells of the row above it."""
    distance = band.top - above.bottom
    size = band.lines[0].size
    runs = [run for line in band.lines for run in line.runs]
    if distance > 0.7 * size or (
        distance + size > WITHIN_ROW * pitch and any(column_of(r, columns) == 0 for r in runs)
    ):
        return False
    filled = {tuple(covered_by(run, columns)) for line in above.lines for run in line.runs}
    return all(tuple(covered_by(run, columns)) in filled for run in runs)
