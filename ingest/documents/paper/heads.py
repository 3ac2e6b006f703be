"""Heads of tables without rules: which columns each of its words stands over, in as many tiers as there are.

In: the lines above the first row, and the edges of the columns. Out: rows of cells, merged as the head's are. Nothing parts
the cells, so what is read is the way to part them that fits best: each cell of one column keeps to it, one over several
stands in their middle, above theirs; cells beside each other fill the same height, set at its top, its middle or its foot.
Where no way fits there is none: better no head than a wrong one.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ingest.documents.paper.lines import Line, Run, joined
from ingest.documents.paper.tables import PaperCell

# A head of more columns or words than this is none that a page of a report has.
_MOST_COLUMNS = 40
_MOST_WORDS = 120
_MOST_LINES_OVER_GROUP = 3
# A head that is made so that more ways seem possible is left alone.
_MOST_TRIES = 30_000
# In sizes of the font: how far apart lines of a cell are at most, and where somebody broke them; what a word may stand out of
# its column; what a cell costs that somebody broke, one whose words are those of two cells, a column without a head, and a
# cell over others.
_FARTHEST_LINES = 2.1
_BROKEN_LINES = 1.45
_OUT = 1.0
_BREAK = 0.7
_TWO_CELLS = 12.0
_EMPTY = 1.0
_GROUP = 0.3
_NOT_FULL = 1.5
# Farther off the middle of the columns below it a word is over others; so much room the outer columns may have beyond their text.
_OFF, _ROOM = 0.6, 1.0
# Where the words of cells stand in their height, and what it costs a column that this is unusual.
_ALIGNMENTS = {"middle": 0.0, "top": 0.02, "foot": 0.15}
# A head that costs more than this a column, in sizes, is not understood.
_WORST = 0.7


@dataclass(frozen=True, slots=True)
class _Word:
    """A part of a line of the head: its place on the page."""

    run: Run
    line: Line

    @property
    def middle(self) -> float:
        return (self.run.left + self.run.right) / 2

    @property
    def width(self) -> float:
        return self.run.right - self.run.left

    @property
    def height(self) -> float:
        return self.line.baseline


@dataclass(slots=True)
class _Cell:
    """A cell over the columns from `start` to `stop`, and those below it."""

    start: int
    stop: int
    words: list[_Word]
    below: list[_Cell]

    @property
    def depth(self) -> int:
        return 1 + max((cell.depth for cell in self.below), default=0)


@dataclass(slots=True)
class _Way:
    """A way to part some columns: what it costs, in points, and the cells."""

    cost: float
    cells: list[_Cell]


def read_heads(
    lines: list[Line], columns: list[tuple[float, float]], edges: list[float]
) -> list[list[PaperCell]] | None:
    """The rows of a head from its lines; None where no way fits.

    `columns` says from where to where the text below reaches in each column, `edges` where they are taken to begin and
    end: one more than columns.
    """
    words = sorted(
        (_Word(run, line) for line in lines for run in line.runs), key=lambda word: (word.height, word.middle)
    )
    if not words or len(columns) > _MOST_COLUMNS or len(words) > _MOST_WORDS:
        return None
    left, right = min(word.run.left for word in words), max(word.run.right for word in words)
    edges = [min(edges[0], left), *edges[1:-1], max(edges[-1], right + 1)]
    limits = _limits(words, columns, edges)
    size = max(line.size for line in lines)
    best: _Way | None = None
    for alignment, unusual in _ALIGNMENTS.items():
        way = _Reader(edges, limits, words, alignment).whole()
        if way is not None:
            way.cost += unusual * size * len(columns)
            best = way if best is None or way.cost < best.cost else best
    if best is None or best.cost > _WORST * size * len(columns):
        return None
    return _rows(best.cells, edges)


def _limits(words: list[_Word], columns: list[tuple[float, float]], edges: list[float]) -> list[tuple[float, float]]:
    """From where to where each edge may be: between the text of the columns beside it, their lowest heads included."""
    low, high = [column[0] for column in columns], [column[1] for column in columns]
    lowest: dict[int, _Word] = {bisect_right(edges, word.middle) - 1: word for word in words}
    for place, word in lowest.items():
        if 0 <= place < len(columns) and word.width < edges[place + 1] - edges[place]:
            low[place], high[place] = min(low[place], word.run.left), max(high[place], word.run.right)
    room = _ROOM * words[0].line.size
    between = [(before, max(before, after)) for before, after in zip(high, low[1:], strict=False)]
    return [(low[0] - room, low[0]), *between, (high[-1], high[-1] + room)]


def _rows(cells: list[_Cell], edges: list[float]) -> list[list[PaperCell]]:
    depth = max(cell.depth for cell in cells)
    rows = [[PaperCell("", []) for _ in edges[1:]] for _ in range(depth)]
    waiting = [(cell, 0) for cell in cells]
    while waiting:
        cell, tier = waiting.pop()
        pieces = [
            Line([w.run], w.run.left, w.run.right, w.line.top, w.line.bottom, w.height, w.line.size) for w in cell.words
        ]
        made = PaperCell(*joined(pieces, (edges[cell.start], edges[cell.stop])))
        last = tier if cell.below else depth - 1
        for row in rows[tier : last + 1]:
            row[cell.start : cell.stop] = [made] * (cell.stop - cell.start)
        waiting += [(below, tier + 1) for below in cell.below]
    return rows


class _Reader:
    """The best way to part a head, if its cells are set at the top, the middle or the foot of their height."""

    def __init__(
        self, edges: list[float], limits: list[tuple[float, float]], words: list[_Word], alignment: str
    ) -> None:
        self._edges = edges
        self._limits = limits
        self._words = words
        self._alignment = alignment
        self._tries = 0

    @cached_property
    def _size(self) -> float:
        return max(word.line.size for word in self._words)

    def whole(self) -> _Way | None:
        """The best way for all columns; None where there is none, or too many to be tried."""
        way = self._parted(0, len(self._edges) - 1, self._words, 1)
        return way if self._tries <= _MOST_TRIES else None

    def _parted(self, start: int, stop: int, words: list[_Word], fewest: int) -> _Way | None:
        """The best way to part the columns from start to stop into cells beside each other, `fewest` at least."""
        if not words:
            return None
        extent = words[0].height, words[-1].height
        best: dict[int, _Way] = {start: _Way(0.0, [])}
        for first in range(start, stop):
            if first not in best:
                continue
            for last in range(first + 1, stop + 1):
                if fewest > 1 and (first, last) == (start, stop):
                    continue
                found = self._cell(first, last, words, extent)
                if found is None:
                    continue
                cost = best[first].cost + found.cost
                if last not in best or cost < best[last].cost:
                    best[last] = _Way(cost, [*best[first].cells, *found.cells])
        return best.get(stop)

    def _cell(self, start: int, stop: int, words: list[_Word], extent: tuple[float, float]) -> _Way | None:
        left, right = self._edges[start], self._edges[stop]
        self._tries += 1
        if self._tries > _MOST_TRIES:
            return None
        inside = [word for word in words if left <= word.middle < right]
        if stop - start == 1:
            return _Way(self._cost_of_one(inside, left, right, extent), [_Cell(start, stop, inside, [])])
        best: _Way | None = None
        for count in range(1, min(_MOST_LINES_OVER_GROUP, len(inside) - 2) + 1):
            over, below = inside[:count], inside[count:]
            cost = self._cost_of_group(over, below, start, stop, extent)
            if cost is None or (best is not None and cost >= best.cost):
                continue
            under = self._parted(start, stop, below, 2)
            if under is not None and (best is None or cost + under.cost < best.cost):
                best = _Way(cost + under.cost, [_Cell(start, stop, over, under.cells)])
        return best

    def _cost_of_one(self, words: list[_Word], left: float, right: float, extent: tuple[float, float]) -> float:
        """What it costs that these words are the one cell of a column."""
        if not words:
            return _EMPTY * self._size
        cost = 0.0
        for word in words:
            out = max(0.0, left - word.run.left) + max(0.0, word.run.right - right)
            cost += max(0.0, out - _OUT * self._size)
        top, foot = words[0].height, words[-1].height
        off = {
            "top": abs(top - extent[0]),
            "foot": abs(foot - extent[1]),
            "middle": abs((top + foot) - sum(extent)) / 2,
        }[self._alignment]
        return cost + off + self._cost_of_wrapping(words, right - left)

    def _cost_of_wrapping(self, words: list[_Word], width: float) -> float:
        cost = 0.0
        widest = max((word.width for word in words), default=0.0)
        for above, below in pairwise(words):
            distance = below.height - above.height
            if distance < 0.5 * self._size:
                cost += _TWO_CELLS * self._size
            if distance > _FARTHEST_LINES * self._size:
                cost += _TWO_CELLS * self._size
            # A line that is not full ends because somebody ended it.
            if above.width < widest - _NOT_FULL * self._size or above.width + below.width < width - 2 * self._size:
                cost += (_BREAK if distance < _BROKEN_LINES * self._size else _TWO_CELLS) * self._size
        return cost

    def _cost_of_group(
        self, over: list[_Word], below: list[_Word], start: int, stop: int, extent: tuple[float, float]
    ) -> float | None:
        """What it costs that words stand over columns whose heads are those below; None where they cannot."""
        if any(word.height < over[-1].height + 0.4 * self._size for word in below):
            return None
        left, right = self._edges[start], self._edges[stop]
        least, most = (sum(limits) / 2 for limits in zip(self._limits[start], self._limits[stop], strict=True))
        cost = 0.0
        for word in over:
            off = max(least - word.middle, word.middle - most, 0.0)
            if off > _OFF * self._size or word.width > right - left + self._size:
                return None
            cost += off + abs(word.middle - (left + right) / 2) / 4
        return (
            cost + _GROUP * self._size + (over[0].height - extent[0]) / 2 + self._cost_of_wrapping(over, right - left)
        )
