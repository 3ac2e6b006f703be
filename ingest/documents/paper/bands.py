"""Rows of a table without rules: which lines make a row.

In: the lines of a region. Out: bands of lines, a band a row. Wider gaps part rows, where there are wider ones; else each
line is one, but for the rests of labels.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.documents.lines import SENTENCE_SIGN, heading_level
from ingest.documents.paper.lines import Line, Run
from ingest.documents.paper.parts import counts_columns, is_figure

# Where gaps between rows are so many times those within, they part the rows.
_CLEARLY_WIDER = 1.5
# Of the distance between rows: nearer than this, a line is part of a row.
WITHIN_ROW = 0.75
# Distances that differ by less than this factor are alike.
_EVEN = 1.1
# A line of a cell with less room than this at its end, in sizes, is full: signs are set narrower or wider than characters.
_ROOM_OF_FULL = 1.7
# How far a label may be indented by its level, in sizes.
_DEEPEST_INDENT = 4


def is_body(line: Line) -> bool:
    """A label and numbers: two parts at least, one of those after the first a number, none a sentence."""
    return (
        len(line.runs) >= 2
        and any(is_figure(run) for run in line.runs[1:])
        and not any(len(run.text) > 24 and SENTENCE_SIGN.search(run.text) for run in line.runs)
    )


@dataclass(slots=True)
class Band:
    """Lines that make a row: their extent on the page from top to bottom."""

    lines: list[Line]
    top: float
    bottom: float

    @property
    def figures(self) -> list[Run]:
        return [run for line in self.lines for run in line.runs if is_figure(run)]

    @property
    def has_columns(self) -> bool:
        """Whether two of its parts stand beside each other."""
        runs = sorted((run.left, run.right) for line in self.lines for run in line.runs)
        return any(right <= left for (_, right), (left, _) in pairwise(runs))


def bands_of(lines: list[Line]) -> list[Band]:
    """The lines in groups that are rows: wider gaps part them, where there are wider ones; else each line is one."""
    strips: list[Band] = []
    for line in lines:
        top, bottom = line.baseline - 0.85 * line.size, line.baseline + 0.12 * line.size
        if strips and top < strips[-1].bottom - 0.5 and not _stands_below_figures(line, strips[-1]):
            strips[-1].lines.append(line)
            strips[-1].bottom = max(strips[-1].bottom, bottom)
        else:
            strips.append(Band([line], top, bottom))
    gaps = [below.top - above.bottom for above, below in pairwise(strips)]
    limit = _limit(gaps)
    if limit is not None:
        merged = [strips[0]]
        for gap, strip in zip(gaps, strips[1:], strict=True):
            if gap < limit:
                last = merged[-1]
                merged[-1] = Band([*last.lines, *strip.lines], last.top, strip.bottom)
            else:
                merged.append(strip)
        if not any(_has_figures_below_figures(band) for band in merged):
            return [part for band in merged for part in _parted(band)]
    return _with_rests(strips)


def _stands_below_figures(line: Line, strip: Band) -> bool:
    """Whether a number of the line stands below one of the strip's: they are of two rows, however close."""
    return any(
        run.left < other.right and other.left < run.right
        for run in line.runs
        if is_figure(run)
        for other in strip.figures
    )


def _parted(band: Band) -> list[Band]:
    """The row in two where one of its lines only counts the columns, and another has figures of its own."""
    counting = next((line for line in band.lines if counts_columns(line.runs)), None)
    if counting is None or not any(is_body(line) for line in band.lines if line is not counting):
        return [band]
    rest = [line for line in band.lines if is_body(line) and line is not counting]
    first = [line for line in band.lines if all(line is not other for other in rest)]
    return [Band(first, band.top, counting.bottom), Band(rest, counting.bottom, band.bottom)]


def _limit(gaps: list[float]) -> float | None:
    """The gap that parts the narrow gaps within rows from the wide ones between them; None where all are alike."""
    widths = sorted(max(gap, 0.5) for gap in gaps)
    jumps = [(high / low, (low + high) / 2) for low, high in pairwise(widths)]
    if not jumps:
        return None
    ratio, limit = max(jumps)
    return limit if ratio >= _CLEARLY_WIDER else None


def _has_figures_below_figures(band: Band) -> bool:
    """Whether two numbers of the band stand in one column: then it is two rows."""
    reached = float("-inf")
    for run in sorted(band.figures, key=lambda run: run.left):
        if run.left < reached:
            return True
        reached = max(reached, run.right)
    return False


def _with_rests(strips: list[Band]) -> list[Band]:
    """Each strip is a row, but for words on lines of their own that go on in the row next to them."""
    bodies = [strip.bottom for strip in strips if strip.figures and strip.has_columns]
    if len(bodies) < 2:
        return strips
    pitch = median(below - above for above, below in pairwise(bodies))
    labels = min(line.left for strip in strips for line in strip.lines)
    follow_full_lines = _follow_full_lines(strips)
    # Where lines of a cell are as far apart as rows, their distance tells nothing.
    near = 0.0 if _are_even(strips) else WITHIN_ROW * pitch
    rows: list[Band] = []
    waiting: Band | None = None
    for number, strip in enumerate(strips):
        alone = len(strip.lines) == 1 and len(strip.lines[0].runs) == 1 and not strip.figures
        following = strips[number + 1] if number + 1 < len(strips) else None
        above = strip.bottom - rows[-1].bottom if rows and rows[-1].figures else float("inf")
        below = following.bottom - strip.bottom if following and following.figures else float("inf")
        if waiting is not None:
            rows.append(Band([*waiting.lines, *strip.lines], waiting.top, strip.bottom))
            waiting = None
        elif follow_full_lines and _is_words(strip) and above < float("inf") and _is_counting(rows[-1]):
            # The rest of a row of the page before.
            rows.append(strip)
        elif follow_full_lines and _is_words(strip) and above < float("inf"):
            rows[-1] = Band([*rows[-1].lines, *strip.lines], rows[-1].top, strip.bottom)
        elif alone and below <= above and (below < near or _lacks_label(following, labels, pitch, below)):
            waiting = strip
        elif alone and above < near:
            rows[-1] = Band([*rows[-1].lines, *strip.lines], rows[-1].top, strip.bottom)
        else:
            rows.append(strip)
    return rows


def _are_even(strips: list[Band]) -> bool:
    """Whether all lines are equally far apart."""
    distances = [below.bottom - above.bottom for above, below in pairwise(strips)]
    return max(distances) < _EVEN * min(distances)


def _is_counting(band: Band) -> bool:
    return counts_columns([run for line in band.lines for run in line.runs])


def _is_words(strip: Band) -> bool:
    """Whether it is one line without a number."""
    return len(strip.lines) == 1 and not any(run.is_number for run in strip.lines[0].runs)


def _follow_full_lines(strips: list[Band]) -> bool:
    """Whether all lines of words alone between rows may be the rests of labels that filled their line in the row above.

    So they are where cells begin at their top, and rows stand no farther apart than the lines of a cell.
    """
    first = next(number for number, strip in enumerate(strips) if strip.figures and strip.has_columns)
    words = [run for strip in strips[first:] for line in strip.lines for run in line.runs if not run.is_number]
    last_row: Band | None = None
    found = False
    for before, strip in pairwise(strips[first:]):
        if before.figures:
            last_row = before
        if strip.figures or not _is_words(strip) or last_row is None or _is_counting(last_row):
            continue
        for run in strip.lines[0].runs:
            if heading_level(run.text) or not _fills_line(before, run, words):
                return False
        found = True
    return found


def _fills_line(band: Band, rest: Run, words: list[Run]) -> bool:
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


def _lacks_label(band: Band | None, labels: float, pitch: float, distance: float) -> bool:
    """Whether a row has only numbers: its label stands on the line before it."""
    if band is None or distance > 1.1 * pitch:
        return False
    first = min((run for line in band.lines for run in line.runs), key=lambda run: run.left)
    return is_figure(first) and first.left > labels + 3 * band.lines[0].size
