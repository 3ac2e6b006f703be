"""From characters to lines of text: what stands on one baseline, in order, parted where a wide gap parts it."""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from dataclasses import dataclass

import numpy as np

from ingest.documents.lines import number_cell
from ingest.documents.paper.marks import Marks

# Gaps, in sizes of the font: from here on two runs; between digits a cell's border is nearer than between words.
_GAP = 0.9
_GAP_OF_DIGITS = 0.4
_GAP_OF_WORDS = 0.15
# From here on a gap after a number, or between two Chinese characters, may part cells: their columns tell.
_GAP_AFTER_NUMBER = 0.12
_GAP_OF_CHARACTERS = 0.25
# Two baselines nearer than this, in sizes of the smaller font, are one line.
_ONE_LINE = 0.45

_DIGITS = "0123456789０１２３４５６７８９"

# The same character with another code: radicals that fonts give in place of the characters, and ligatures.
_RADICALS = {
    code: character
    for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00))
    for character in [unicodedata.normalize("NFKC", chr(code))]
    if len(character) == 1 and character != chr(code)
}


def _flags_of(characters: str) -> np.ndarray:
    flags = np.zeros(0x10000, dtype=bool)
    flags[[ord(character) for character in characters]] = True
    return flags


_IS_DIGIT, _IS_DIGIT_SIGN = _flags_of(_DIGITS), _flags_of(_DIGITS + ".,%．，％")


@dataclass(slots=True)
class Run:
    """Characters of a line without a wide gap: text, the index of each character in the page's marks (-1: a space).

    `narrow_gaps` are the gaps within it that may part cells, each (where it is in the text, its left, its right).
    """

    text: str
    index: list[int]
    left: float
    right: float
    narrow_gaps: tuple[tuple[int, float, float], ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether it is a number with at most its unit, or a sign that stands for none."""
        return bool(number_cell().match(self.text))

    def parted(self, at: tuple[int, float, float]) -> tuple[Run, Run]:
        """The two runs that one of its narrow gaps parts."""
        place, low, high = at
        before = tuple(gap for gap in self.narrow_gaps if gap[0] < place)
        after = tuple((gap[0] - place, *gap[1:]) for gap in self.narrow_gaps if gap[0] > place)
        return (
            Run(
                self.text[:place].rstrip(" "), self.index[: len(self.text[:place].rstrip(" "))], self.left, low, before
            ),
            Run(self.text[place:], self.index[place:], high, self.right, after),
        )


@dataclass(slots=True)
class Line:
    """A line: its runs from left to right, its place on the page in points, and which of the page's columns it is of."""

    runs: list[Run]
    left: float
    right: float
    top: float
    bottom: float
    baseline: float
    size: float
    ends_paragraph: bool = False
    is_indented: bool = False
    column: int = 0

    @property
    def text(self) -> str:
        """Its text, runs parted by two spaces."""
        return "  ".join(run.text for run in self.runs)


def text_of(codes: np.ndarray) -> str:
    """The characters of an array of code points."""
    return codes.astype("<u4").tobytes().decode("utf-32-le", errors="replace").translate(_RADICALS)


def read_lines(marks: Marks, chosen: np.ndarray) -> list[Line]:
    """The lines of the chosen characters (an array of indices), from top to bottom.

    A character drawn twice on the same spot (to look bold) counts once.
    """
    if not len(chosen):
        return []
    order = chosen[np.argsort(marks.baseline[chosen], kind="stable")]
    baseline, size = marks.baseline[order], marks.size[order]
    breaks = np.diff(baseline) > _ONE_LINE * np.minimum(size[1:], size[:-1])
    line_of = np.concatenate(([0], np.cumsum(breaks)))
    order = order[np.lexsort((marks.left[order], line_of))]
    order, line_of = _once(marks, order, line_of)
    left, right, size = marks.left[order], marks.right[order], marks.size[order]
    codes, spaced = marks.codes[order], marks.spaced[order]
    gap = (left[1:] - right[:-1]) / np.maximum(size[1:], size[:-1])
    new_line = np.diff(line_of) > 0
    digits = _IS_DIGIT_SIGN[codes[:-1] & 0xFFFF] & _IS_DIGIT[codes[1:] & 0xFFFF]
    wide = new_line | (gap > _GAP) | (digits & (gap > _GAP_OF_DIGITS))
    word = (codes < 0x250) & (codes > 0x20)
    space = ~wide & (gap > _GAP_OF_WORDS) & spaced[1:] & word[:-1] & word[1:]
    text = text_of(codes)
    indices = order.tolist()
    run_starts = [0, *(np.flatnonzero(wide) + 1).tolist()]
    run_stops = [*run_starts[1:], len(order)]
    run_left, run_right = left[run_starts].tolist(), right[[stop - 1 for stop in run_stops]].tolist()
    narrow = (
        ~wide
        & (codes[1:] > 0x2E7F)
        & np.where(
            codes[:-1] > 0x2E7F, gap > _GAP_OF_CHARACTERS, _IS_DIGIT[codes[:-1] & 0xFFFF] & (gap > _GAP_AFTER_NUMBER)
        )
    )
    marked = deque(np.flatnonzero(space | narrow).tolist())
    runs: list[Run] = []
    for start, stop, from_x, to_x in zip(run_starts, run_stops, run_left, run_right, strict=True):
        run_text, index = text[start:stop], indices[start:stop]
        inserted = 0
        gaps = []
        while marked and marked[0] < stop:
            before = marked.popleft()
            at = before + 1 - start + inserted
            if narrow[before]:
                gaps.append((at, float(right[before]), float(left[before + 1])))
            else:
                run_text, index = run_text[:at] + " " + run_text[at:], [*index[:at], -1, *index[at:]]
                inserted += 1
        runs.append(Run(run_text, index, from_x, to_x, tuple(gaps)))
    starts = np.concatenate(([0], np.flatnonzero(new_line) + 1))
    edges = zip(
        np.minimum.reduceat(marks.top[order], starts).tolist(),
        np.maximum.reduceat(marks.bottom[order], starts).tolist(),
        (np.add.reduceat(marks.baseline[order], starts) / np.diff([*starts, len(order)])).tolist(),
        np.maximum.reduceat(size, starts).tolist(),
        np.searchsorted(run_starts, starts).tolist(),
        [*np.searchsorted(run_starts, starts[1:]).tolist(), len(runs)],
        strict=True,
    )
    return [
        Line(runs[first:stop], runs[first].left, runs[stop - 1].right, top, bottom, baseline, font)
        for top, bottom, baseline, font, first, stop in edges
    ]


def _once(marks: Marks, order: np.ndarray, line_of: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Without the characters that stand on the same spot as an equal one before them."""
    left, right = marks.left[order], marks.right[order]
    again = (
        (np.diff(line_of) == 0)
        & (marks.codes[order[1:]] == marks.codes[order[:-1]])
        & (left[1:] - left[:-1] < 0.35 * (right[1:] - left[1:]))
    )
    if not again.any():
        return order, line_of
    kept = np.concatenate(([True], ~again))
    return order[kept], line_of[kept]


_NUMBER_END = re.compile(r"[\d０-９][\d０-９.,，．]*$")
_NUMBER_START = re.compile(r"[.,，．]?[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?")
_ONE_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_PART_OF_NUMBER = re.compile(r"\d[\d,]*\.?")
# What a cell keeps free at an edge at most, in points, and what a digit takes, in sizes.
_PADDING = 7.0
_DIGIT_ROOM = 0.7


def joined(lines: list[Line], edges: tuple[float, float]) -> tuple[str, list[int]]:
    """The lines of one cell as one text (and the index of each character); `edges` are the cell's left and right.

    Two numbers on two lines never become one: only a line that fills its cell goes on in the next.
    """
    text, index = "", []
    for number, line in enumerate(lines):
        line_text, line_index = _line_text(line)
        if number:
            parts = not _goes_on(lines[number - 1], text, line_text, edges)
            if parts:
                text += " "
                index.append(-1)
        text += line_text
        index += line_index
    return text, index


def _line_text(line: Line) -> tuple[str, list[int]]:
    if len(line.runs) == 1:
        return line.runs[0].text, line.runs[0].index
    index = list(line.runs[0].index)
    for run in line.runs[1:]:
        index += [-1, -1, *run.index]
    return line.text, index


def breaks_number(before: Line, following: Line, edges: tuple[float, float]) -> bool:
    """Whether a number that began on a line of a cell goes on in the next."""
    return _is_one_number(_line_text(before)[0], _line_text(following)[0]) and _goes_on(
        before, _line_text(before)[0], _line_text(following)[0], edges
    )


def is_rest_of_number(text: str, following: str) -> bool:
    """Whether a text is no number but becomes one with what follows: 15,371,4|00.51."""
    whole = text.replace("．", ".").replace("，", ",")
    return (
        bool(_PART_OF_NUMBER.fullmatch(whole)) and not _ONE_NUMBER.fullmatch(whole) and _is_one_number(text, following)
    )


def _is_one_number(text: str, following: str) -> bool:
    ends, begins = _NUMBER_END.search(text), _NUMBER_START.match(following)
    if not ends or not begins:
        return False
    return bool(_ONE_NUMBER.fullmatch((ends.group() + begins.group()).replace("．", ".").replace("，", ",")))


def _goes_on(before: Line, text: str, following: str, edges: tuple[float, float]) -> bool:
    """Whether nothing parts a line of a cell from the one before it, whose text so far is `text`."""
    ends, begins = _NUMBER_END.search(text), _NUMBER_START.match(following)
    if ends and begins:
        if not _is_one_number(text, following):
            return False
        return _is_full(before, edges) or ends.group()[-1] in ".,，．" or begins.group()[0] in ".,，．"
    return not (text[-1:].isascii() and text[-1:].isalnum() and following[:1].isascii() and following[:1].isalpha())


def _is_full(line: Line, edges: tuple[float, float]) -> bool:
    """Whether a digit more would not have had room in the line, beside the space that the cell keeps free at its edges."""
    before, after = line.left - edges[0], edges[1] - line.right
    kept_free = max(0.0, min(before, after, _PADDING))
    return before + after - 2 * kept_free < _DIGIT_ROOM * line.size
