"""Tables without rules: lines whose parts stand below one another, numbers among them.

In: the lines of a page outside of its ruled tables. Out: the same in order, with tables in place of their lines. Rows are
what wider gaps part, or else single lines; columns are what the rows' parts cover. Where two parts of a line would fall
into one column, the lines stay as they are: better no table than two numbers in one.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingest.documents.grids import MAX_CELLS
from ingest.documents.lines import NOTE, SENTENCE_SIGN, heading_level
from ingest.documents.paper.lines import Line, Run, joined
from ingest.documents.paper.tables import PaperCell, PaperTable

_CAPTION = re.compile(r"单位\s*[:：]|[(（]续[)）]")
# Of the width of the page's text: a part that is wider is prose.
_WIDEST_PART = 0.55
# Vertical distances, in sizes of the font: farther apart, lines are of different things.
_FARTHEST = 3.2
# Rows whose numbers stand below one another may be as high as their longest label makes them.
_FARTHEST_OF_COLUMN = 6.0
_SAME_EDGE = 1.5
# Where gaps between rows are so many times those within, they part the rows.
_CLEARLY_WIDER = 1.5
# Of the distance between rows: nearer than this, a line is part of a row.
_WITHIN_ROW = 0.75
_OTHER_SIZE = 0.2
# A table of more columns has no head over groups of them.
_MOST_UNDER_HEADS = 60
# Lines of one cell follow each other at most this close, lines of prose do not.
_CLOSE = 1.45
# How far from the middle of its columns a head may stand, as a part of a column's usual width.
_OFF_MIDDLE = 0.45
# Lines nearer than this, in sizes of the font, stand beside each other rather than below.
_BESIDE = 0.9
_EVEN = 1.1
# A line of a cell with less room than this at its end, in sizes, is full: signs are set narrower or wider than characters.
_ROOM_OF_FULL = 1.7
_DEEPEST_INDENT = 4
# So many rows at least show where a column ends and the next begins.
_FEWEST_IN_COLUMN = 3
_MOST_TOTALS = 2
# The room between the two characters of a word set wide, in sizes.
_WIDEST_WORD = 5

Column = tuple[float, float]


def with_tables(lines: list[Line]) -> list[Line | PaperTable]:
    """The lines with their tables found."""
    lines = [_with_whole_words(line) for line in _with_cells_parted(lines)]
    if not any(_is_body(line) for line in lines):
        return list(lines)
    items: list[Line | PaperTable] = []
    start = 0
    for stop in _region_ends(lines):
        items.extend(_read_region(lines[start:stop]))
        start = stop
    return items


def _with_cells_parted(lines: list[Line]) -> list[Line]:
    """The lines with a number parted from the words close after it, where other numbers end and other words begin there.

    A column of numbers that ends where the next one's words begin leaves hardly a gap: 1,200.50 一、教育支出.
    """
    if sum(bool(run.narrow_gaps) for line in lines for run in line.runs) < _FEWEST_IN_COLUMN:
        return lines
    ends: Counter[int] = Counter()
    begins: Counter[int] = Counter()
    for line in lines:
        for run in line.runs:
            ends.update({round(run.right), *(round(low) for _, low, _ in run.narrow_gaps)})
            begins.update({round(run.left), *(round(high) for _, _, high in run.narrow_gaps)})

    def is_shared(gap: tuple[int, float, float]) -> bool:
        return all(
            sum(places[round(edge) + near] for near in (-1, 0, 1)) >= _FEWEST_IN_COLUMN
            for places, edge in ((ends, gap[1]), (begins, gap[2]))
        )

    parted = []
    for line in lines:
        runs: list[Run] = []
        for run in line.runs:
            rest = run
            for gap in reversed(run.narrow_gaps):
                if is_shared(gap):
                    rest, after = rest.parted(gap)
                    runs.append(after)
            runs.append(rest)
        runs.sort(key=lambda run: run.left)
        parted.append(replace(line, runs=runs) if len(runs) > len(line.runs) else line)
    return parted


def _with_whole_words(line: Line) -> Line:
    """The line with words of two characters made whole that were set wide apart: 合    计."""
    # Two characters alone on a line are the ends of two cells.
    if len(line.runs) < 3 or all(len(run.text) == 1 for run in line.runs):
        return line
    runs: list[Run] = []
    for run in line.runs:
        before = runs[-1] if runs else None
        if (
            before
            and len(before.text) == len(run.text) == 1
            and min(before.text, run.text) >= "\u4e00"
            and run.left - before.right < _WIDEST_WORD * line.size
        ):
            runs[-1] = Run(before.text + run.text, before.index + run.index, before.left, run.right)
        else:
            runs.append(run)
    return replace(line, runs=runs)


def _is_body(line: Line) -> bool:
    """A label and numbers: two parts at least, one of those after the first a number, none a sentence."""
    return (
        len(line.runs) >= 2
        and any(_is_figure(run) for run in line.runs[1:])
        and not any(len(run.text) > 24 and SENTENCE_SIGN.search(run.text) for run in line.runs)
    )


def _is_figure(run: Run) -> bool:
    return run.is_number and any(character.isdigit() for character in run.text)


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
        resized = abs(above.size - below.size) > _OTHER_SIZE * above.size and 1 in (len(above.runs), len(below.runs))
        if may_be[index] != may_be[index - 1] or (may_be[index] and (apart or resized)):
            ends.append(index)
    return [*ends, len(lines)]


def _share_columns(above: Line, below: Line) -> bool:
    """Whether the rows have numbers that end, or words that begin, at the same places: two such at least, a number among them."""
    ends = sum(
        any(_is_figure(other) and abs(other.right - run.right) < _SAME_EDGE for other in above.runs)
        for run in below.runs
        if _is_figure(run)
    )
    begins = sum(any(abs(other.left - run.left) < _SAME_EDGE for other in above.runs) for run in below.runs)
    return ends > 0 and ends + begins >= 3


def _is_of_cell(line: Line, row: Line) -> bool:
    """Whether a line stands close above or below one part of a row, as the lines of a cell do."""
    return (
        len(row.runs) > 1
        and abs(row.baseline - line.baseline) < _CLOSE * line.size
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


@dataclass(slots=True)
class _Band:
    """Lines that make a row: their extent on the page from top to bottom."""

    lines: list[Line]
    top: float
    bottom: float

    @property
    def figures(self) -> list[Run]:
        return [run for line in self.lines for run in line.runs if _is_figure(run)]

    @property
    def has_columns(self) -> bool:
        """Whether two of its parts stand beside each other."""
        runs = sorted((run.left, run.right) for line in self.lines for run in line.runs)
        return any(right <= left for (_, right), (left, _) in pairwise(runs))


def _read_region(lines: list[Line]) -> list[Line | PaperTable]:
    bands = _bands(lines)
    rows = [number for number, band in enumerate(bands) if band.has_columns]
    if not rows or (not any(_is_body(line) for line in lines) and not any(b.figures and b.has_columns for b in bands)):
        return list(lines)
    before = [line for band in bands[: rows[0]] for line in band.lines]
    after = [line for band in bands[rows[-1] + 1 :] for line in band.lines]
    table = _table(bands[rows[0] : rows[-1] + 1])
    if table is None:
        return list(lines)
    return [*before, table, *after]


def _bands(lines: list[Line]) -> list[_Band]:
    """The lines in groups that are rows: wider gaps part them, where there are wider ones; else each line is one."""
    strips: list[_Band] = []
    for line in lines:
        top, bottom = line.baseline - 0.85 * line.size, line.baseline + 0.12 * line.size
        if strips and top < strips[-1].bottom - 0.5:
            strips[-1].lines.append(line)
            strips[-1].bottom = max(strips[-1].bottom, bottom)
        else:
            strips.append(_Band([line], top, bottom))
    gaps = [below.top - above.bottom for above, below in pairwise(strips)]
    limit = _limit(gaps)
    if limit is not None:
        merged = [strips[0]]
        for gap, strip in zip(gaps, strips[1:], strict=True):
            if gap < limit:
                last = merged[-1]
                merged[-1] = _Band([*last.lines, *strip.lines], last.top, strip.bottom)
            else:
                merged.append(strip)
        if not any(_has_figures_below_figures(band) for band in merged):
            return [part for band in merged for part in _parted(band)]
    return _with_rests(strips)


def _parted(band: _Band) -> list[_Band]:
    """The row in two where one of its lines only counts the columns, and another has figures of its own."""
    counting = next((line for line in band.lines if _counts_columns(line.runs)), None)
    if counting is None or not any(_is_body(line) for line in band.lines if line is not counting):
        return [band]
    rest = [line for line in band.lines if _is_body(line) and line is not counting]
    first = [line for line in band.lines if all(line is not other for other in rest)]
    return [_Band(first, band.top, counting.bottom), _Band(rest, counting.bottom, band.bottom)]


def _counts_columns(runs: list[Run]) -> bool:
    """Whether the figures only count the columns: 栏次 1 2 3."""
    figures = [run.text for run in sorted(runs, key=lambda run: run.left) if _is_figure(run)]
    return len(figures) >= 2 and figures == [str(number) for number in range(1, len(figures) + 1)]


def _limit(gaps: list[float]) -> float | None:
    """The gap that parts the narrow gaps within rows from the wide ones between them; None where all are alike."""
    widths = sorted(max(gap, 0.5) for gap in gaps)
    jumps = [(high / low, (low + high) / 2) for low, high in pairwise(widths)]
    if not jumps:
        return None
    ratio, limit = max(jumps)
    return limit if ratio >= _CLEARLY_WIDER else None


def _has_figures_below_figures(band: _Band) -> bool:
    """Whether two numbers of the band stand in one column: then it is two rows."""
    reached = float("-inf")
    for run in sorted(band.figures, key=lambda run: run.left):
        if run.left < reached:
            return True
        reached = max(reached, run.right)
    return False


def _with_rests(strips: list[_Band]) -> list[_Band]:
    """Each strip is a row, but for words on lines of their own that go on in the row next to them."""
    bodies = [strip.bottom for strip in strips if strip.figures and strip.has_columns]
    if len(bodies) < 2:
        return strips
    pitch = median(below - above for above, below in pairwise(bodies))
    labels = min(line.left for strip in strips for line in strip.lines)
    follow_full_lines = _follow_full_lines(strips)
    # Where lines of a cell are as far apart as rows, their distance tells nothing.
    near = 0.0 if _are_even(strips) else _WITHIN_ROW * pitch
    rows: list[_Band] = []
    waiting: _Band | None = None
    for number, strip in enumerate(strips):
        alone = len(strip.lines) == 1 and len(strip.lines[0].runs) == 1 and not strip.figures
        following = strips[number + 1] if number + 1 < len(strips) else None
        above = strip.bottom - rows[-1].bottom if rows and rows[-1].figures else float("inf")
        below = following.bottom - strip.bottom if following and following.figures else float("inf")
        if waiting is not None:
            rows.append(_Band([*waiting.lines, *strip.lines], waiting.top, strip.bottom))
            waiting = None
        elif follow_full_lines and _is_words(strip) and above < float("inf"):
            rows[-1] = _Band([*rows[-1].lines, *strip.lines], rows[-1].top, strip.bottom)
        elif alone and below <= above and (below < near or _lacks_label(following, labels, pitch, below)):
            waiting = strip
        elif alone and above < near:
            rows[-1] = _Band([*rows[-1].lines, *strip.lines], rows[-1].top, strip.bottom)
        else:
            rows.append(strip)
    return rows


def _are_even(strips: list[_Band]) -> bool:
    """Whether all lines are equally far apart."""
    distances = [below.bottom - above.bottom for above, below in pairwise(strips)]
    return max(distances) < _EVEN * min(distances)


def _is_words(strip: _Band) -> bool:
    """Whether it is one line without a number."""
    return len(strip.lines) == 1 and not any(run.is_number for run in strip.lines[0].runs)


def _follow_full_lines(strips: list[_Band]) -> bool:
    """Whether all lines of words alone between rows may be the rests of labels that filled their line in the row above.

    So they are where cells begin at their top, and rows stand no farther apart than the lines of a cell.
    """
    first = next(number for number, strip in enumerate(strips) if strip.figures and strip.has_columns)
    words = [run for strip in strips[first:] for line in strip.lines for run in line.runs if not run.is_number]
    last_row: _Band | None = None
    found = False
    for before, strip in pairwise(strips[first:]):
        if before.figures:
            last_row = before
        if strip.figures or not _is_words(strip) or last_row is None:
            continue
        for run in strip.lines[0].runs:
            if heading_level(run.text) or not _fills_line(before, run, words):
                return False
        found = True
    return found


def _fills_line(band: _Band, rest: Run, words: list[Run]) -> bool:
    """Whether the words of the band above a run reach as far to the right as any words of their column."""
    size = band.lines[0].size

    def over(run: Run) -> bool:
        # The first line of a label may be indented by its level, the rest of it never is.
        return run.left < max(rest.right, rest.left + _DEEPEST_INDENT * size) and rest.left < run.right

    above = [run for line in band.lines for run in line.runs if over(run)]
    if not above or any(run.is_number for run in above):
        return False
    reach = max(run.right for run in words if over(run))
    return max(run.right for run in above) > reach - _ROOM_OF_FULL * size


def _lacks_label(band: _Band | None, labels: float, pitch: float, distance: float) -> bool:
    """Whether a row has only numbers: its label stands on the line before it."""
    if band is None or distance > 1.1 * pitch:
        return False
    first = min((run for line in band.lines for run in line.runs), key=lambda run: run.left)
    return _is_figure(first) and first.left > labels + 3 * band.lines[0].size


def _columns(bands: list[_Band]) -> list[Column] | None:
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


def _column_of(run: Run, columns: list[Column]) -> int:
    """The column that a part lies in most, else the nearest."""
    overlaps = [min(run.right, high) - max(run.left, low) for low, high in columns]
    return max(range(len(columns)), key=overlaps.__getitem__)


def _collides(lines: list[Line], columns: list[Column]) -> bool:
    return any(len({_column_of(run, columns) for run in line.runs}) < len(line.runs) for line in lines)


def _covered(run: Run, columns: list[Column]) -> list[int]:
    """The columns that a part of the head stands over."""
    over = [i for i, (low, high) in enumerate(columns) if run.left - 2 <= (low + high) / 2 <= run.right + 2]
    return over or [_column_of(run, columns)]


def _table(bands: list[_Band]) -> PaperTable | None:
    """The table of these rows; None where they are none."""
    bodies = [number for number, band in enumerate(bands) if band.figures and band.has_columns]
    if len(bodies) < 2 and not (bodies and bodies[0] > 0):
        return None
    header = bodies[0]
    if len(bodies) > 1 and _counts_columns([run for line in bands[header].lines for run in line.runs]):
        header = bodies[1]
    columns = _columns([band for band in bands[header:] if band.has_columns])
    if columns is None or len(columns) < 2:
        return None
    columns = _with_totals_united(columns, [line for band in bands[header:] for line in band.lines])
    columns = _with_empty_columns(columns, [line for band in bands[:header] for line in band.lines])
    made = []
    for band, is_head in _with_heads(bands, header, columns):
        row = _row(band, columns, is_head)
        if row is None:
            return None
        made.append(row)
    edges = [columns[0][0], *((a[1] + b[0]) / 2 for a, b in pairwise(columns)), columns[-1][1]]
    return PaperTable(made, edges, bands[0].top, bands[-1].bottom, False)


def _with_totals_united(columns: list[Column], lines: list[Line]) -> list[Column]:
    """The columns without those that hold but the label of a total (合计), which stands over code and name.

    Such a one goes to the column of labels beside it that has nothing on its line.
    """
    if len(lines) < 2 * _FEWEST_IN_COLUMN:
        return columns
    united = list(columns)
    place = 0
    while place < len(united) - 1:
        filled = [[run for run in line.runs if _column_of(run, united) == place] for line in lines]
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
                and not any(_column_of(run, united) == other for number in rows for run in lines[number].runs)
                and sum(any(_column_of(run, united) == other for run in line.runs) for line in lines) > len(rows)
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


def _with_empty_columns(columns: list[Column], heads: list[Line]) -> list[Column]:
    """The columns, and those that have a head but nothing below it on this page."""
    found = list(columns)
    for line in heads:
        for run in line.runs:
            lies_free = all(run.right <= low or high <= run.left for low, high in found)
            if lies_free and any(
                other is not run and _column_of(other, found) == _column_of(run, found) for other in line.runs
            ):
                found.append((run.left, run.right))
                found.sort()
    return found


def _row(band: _Band, columns: list[Column], is_head: bool) -> list[PaperCell] | None:
    """The cells of a row, or None where two parts of one line fall into one."""
    parts: dict[int, list[Line]] = {}
    places: dict[int, list[int]] = {}
    above = _over_groups(band, columns) if is_head else {}
    for line in sorted(band.lines, key=lambda line: line.baseline):
        taken: set[int] = set()
        for run in line.runs:
            over = above.get(id(run)) or (_covered(run, columns) if is_head else [_column_of(run, columns)])
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


def _over_groups(band: _Band, columns: list[Column]) -> dict[int, list[int]]:
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


def _with_heads(bands: list[_Band], header: int, columns: list[Column]) -> list[tuple[_Band, bool]]:
    """The rows, and whether each is one of the head; lines of the head that go on in the next are one row."""
    rows: list[tuple[_Band, bool]] = []
    pitch = (
        median(b.bottom - a.bottom for a, b in pairwise(bands[header:])) if len(bands) > header + 1 else float("inf")
    )
    for band in bands[:header]:
        if rows and _continues_head(rows[-1][0], band, columns, pitch):
            last = rows[-1][0]
            rows[-1] = (_Band([*last.lines, *band.lines], last.top, band.bottom), True)
        else:
            rows.append((band, True))
    return [*rows, *((band, False) for band in bands[header:])]


def _continues_head(above: _Band, band: _Band, columns: list[Column], pitch: float) -> bool:
    """Whether a row of the head holds the rest of cells of the row above it."""
    distance = band.top - above.bottom
    size = band.lines[0].size
    runs = [run for line in band.lines for run in line.runs]
    if distance > 0.7 * size or (
        distance + size > _WITHIN_ROW * pitch and any(_column_of(r, columns) == 0 for r in runs)
    ):
        return False
    filled = {tuple(_covered(run, columns)) for line in above.lines for run in line.runs}
    return all(tuple(_covered(run, columns)) in filled for run in runs)
