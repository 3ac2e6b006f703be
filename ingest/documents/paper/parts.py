"""The parts of lines: cells that stand close beside each other parted, words that are set wide made whole.

In: lines of a page. Out: the same lines, their runs the parts that cells hold.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import replace

from ingest.documents.paper.lines import Line, Run

_NUMBER = re.compile(r"[-+]?\d[\d,.]*")
# So many rows at least show where a column ends and the next begins.
FEWEST_IN_COLUMN = 3
# Lines of one cell follow each other at most this close, lines of prose do not.
CLOSE = 1.45
# The room between the two characters of a word set wide, in sizes.
_WIDEST_WORD = 5


def with_cells_parted(lines: list[Line]) -> list[Line]:
    """The lines with a number parted from the words close after it, where other numbers end and other words begin there.

    A column of numbers that ends where the next one's words begin leaves hardly a gap: 1,200.50 一、教育支出.
    """
    if sum(any(_is_after_number(run, gap) for gap in run.narrow_gaps) for line in lines for run in line.runs) < 2:
        return lines
    ends: Counter[int] = Counter()
    begins: Counter[int] = Counter()
    for line in lines:
        for run in line.runs:
            ends.update({round(run.right), *(round(low) for _, low, _ in run.narrow_gaps)})
            begins.update({round(run.left), *(round(high) for _, _, high in run.narrow_gaps)})

    def is_shared(gap: tuple[int, float, float]) -> bool:
        def shared(places: Counter[int], edge: float) -> int:
            return sum(places[round(edge) + near] for near in (-1, 0, 1))

        return shared(ends, gap[1]) >= FEWEST_IN_COLUMN and shared(begins, gap[2]) >= 2

    parted = []
    for line in lines:
        runs: list[Run] = []
        for run in line.runs:
            gap = next((gap for gap in run.narrow_gaps if _is_after_number(run, gap)), None)
            # A number that begins a line of prose has nothing before it.
            if gap is not None and runs and is_shared(gap):
                runs.extend(run.parted(gap))
            else:
                runs.append(run)
        parted.append(replace(line, runs=runs) if len(runs) > len(line.runs) else line)
    return parted


def _is_after_number(run: Run, gap: tuple[int, float, float]) -> bool:
    """Whether nothing but a number stands before the gap."""
    return bool(_NUMBER.fullmatch(run.text, 0, gap[0]))


def with_whole_words(line: Line, above: Line | None) -> Line:
    """The line with words of two characters made whole that were set wide apart: 合    计.

    Below the ends of two cells of the line above they are the rests of those: 事业收|入 beside 经营收|入.
    """
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
            and not (above and _are_rests(before, run, line, above))
        ):
            runs[-1] = Run(before.text + run.text, before.index + run.index, before.left, run.right)
        else:
            runs.append(run)
    return replace(line, runs=runs)


def _are_rests(first: Run, second: Run, line: Line, above: Line) -> bool:
    """Whether two characters of a line stand each below another part of the line close above it."""
    if line.baseline - above.baseline > CLOSE * line.size:
        return False
    over = [[run for run in above.runs if run.left < own.right and own.left < run.right] for own in (first, second)]
    return bool(over[0] and over[1]) and over[0][0] is not over[1][0]


def is_figure(run: Run) -> bool:
    return run.is_number and any(character.isdigit() for character in run.text)


def counts_columns(runs: list[Run]) -> bool:
    """Whether the figures only count the columns: 栏次 1 2 3."""
    figures = [run.text for run in sorted(runs, key=lambda run: run.left) if is_figure(run)]
    return len(figures) >= 2 and figures == [str(number) for number in range(1, len(figures) + 1)]


def with_heads_parted(line: Line, edges: list[float]) -> Line:
    """The line with two heads parted that stand close beside each other: the middle of each is in a column of its own."""
    runs: list[Run] = []
    for run in line.runs:
        rest = run
        for gap in reversed(run.narrow_gaps):
            before, after = rest.parted(gap)
            if min(len(before.text), len(after.text)) > 1 and _place_of(before, edges) < _place_of(after, edges):
                runs.append(after)
                rest = before
        runs.append(rest)
    return replace(line, runs=sorted(runs, key=lambda run: run.left)) if len(runs) > len(line.runs) else line


def _place_of(run: Run, edges: list[float]) -> int:
    """The column in which the middle of a part stands."""
    return bisect_right(edges, (run.left + run.right) / 2)
