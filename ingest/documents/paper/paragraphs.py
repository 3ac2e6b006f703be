"""Where paragraphs end: at a line that is not full, before an indented one, before a wider gap or another size of font.

In: the items of pages, without running heads and feet. Out: marks on their lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np

from ingest.documents.paper.lines import Line
from ingest.documents.paper.page import Item

_UNBREAKABLE = re.compile(r"[0-9A-Za-z.,%％]+")
_CLOSING = "，。、；：！？）)”》,.;:"
# With fewer full lines than this a page does not show its margins; a line narrower than this part of it is not full.
_FEWEST_FULL = 4
_NARROW = 0.5
# A line that begins so many sizes farther to the right than the next is set apart (公开01表 at the right), not indented.
_SET_APART = 5


@dataclass(slots=True)
class _Stretch:
    """Lines of one page (and one column of it) with their margins."""

    lines: list[Line]
    left: float
    right: float
    full: int
    page_width: float


def mark_paragraphs(pages: list[tuple[float, list[Item]]]) -> None:
    """Say of each line of the pages (width in points, items) whether it is indented and whether its paragraph ends with it."""
    stretches = []
    for width, items in pages:
        lines = [item for item in items if isinstance(item, Line)]
        stretches += [_stretch(list(group), width) for _, group in groupby(lines, key=lambda line: line.column)]
    shown = [stretch for stretch in stretches if stretch.full >= _FEWEST_FULL]
    for stretch in stretches:
        if stretch.full < _FEWEST_FULL:
            like = [other for other in shown if abs(other.page_width - stretch.page_width) < 2]
            if like:
                stretch.left = min(stretch.left, float(np.median([other.left for other in like])))
                stretch.right = max(stretch.right, float(np.median([other.right for other in like])))
            elif stretch.right - stretch.left < _NARROW * stretch.page_width:
                stretch.right = max(stretch.right, stretch.page_width - stretch.left)
        for line in stretch.lines:
            line.is_indented = line.left > stretch.left + 1.2 * line.size
        _mark_ends(stretch)
    for _, items in pages:
        for item, following in pairwise(items):
            if isinstance(item, Line) and not isinstance(following, Line):
                item.ends_paragraph = True


def _stretch(lines: list[Line], page_width: float) -> _Stretch:
    # Most lines of prose are full: the margins are where the long ones begin and end.
    widest = max(line.right - line.left for line in lines)
    full = [line for line in lines if line.right - line.left >= 0.8 * widest]
    left = float(np.percentile([line.left for line in full], 20))
    return _Stretch(lines, left, max(line.right for line in full), len(full), page_width)


def _mark_ends(stretch: _Stretch) -> None:
    lines = stretch.lines
    distances = [b.baseline - a.baseline for a, b in pairwise(lines) if b.baseline > a.baseline]
    usual = float(np.median(distances)) if distances else 0.0
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        line.ends_paragraph = stretch.right - line.right > _room_needed(line, following)
        if following is not None:
            distance = following.baseline - line.baseline
            line.ends_paragraph |= (
                following.is_indented
                or line.left - following.left > _SET_APART * line.size
                or distance > max(1.45 * usual, usual + 0.5 * line.size)
                or abs(following.size - line.size) > 0.15 * line.size
                or len(line.runs) > 1
                or len(following.runs) > 1
            )


def _room_needed(line: Line, following: Line | None) -> float:
    """How much room at a line's end says that its paragraph ends: more than what begins the next line would need."""
    text = following.text if following else ""
    word = _UNBREAKABLE.match(text)
    letters = 0.6 * len(word.group()) if word else 1.0
    rest = text[word.end() if word else 1 :]
    letters += next((i for i, character in enumerate(rest) if character not in _CLOSING), 0)
    return (letters + 0.9) * line.size
