"""What stands on one page before it is read: characters with their boxes, and ruling lines.

Coordinates are points from the page's top left corner as it is read (y grows downwards), whatever the file's own are.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

# Ends of lines and strokes are drawn with this much carelessness, in points.
TOUCH = 2.5


@dataclass(slots=True)
class Marks:
    """The characters of a page in the file's order, as equally long arrays, and its ruling lines.

    `codes` are Unicode code points, never white space; `spaced` says that white space stood before. `size` is the font's.
    `turns` is by how many quarter turns clockwise the page was turned for its text to be upright;
    `is_picture` says that it shows more than its characters tell, `has_fields` that some stood in fields or boxes laid over it.
    `horizontals` has rows of (y, from x, to x), `verticals` of (x, from y, to y).
    """

    width: float
    height: float
    codes: np.ndarray
    left: np.ndarray
    right: np.ndarray
    top: np.ndarray
    bottom: np.ndarray
    baseline: np.ndarray
    size: np.ndarray
    spaced: np.ndarray
    turns: int = 0
    is_picture: bool = False
    has_fields: bool = False
    horizontals: np.ndarray = field(default_factory=lambda: np.empty((0, 3)))
    verticals: np.ndarray = field(default_factory=lambda: np.empty((0, 3)))

    def __len__(self) -> int:
        return len(self.codes)

    @classmethod
    def none(cls, width: float, height: float) -> Marks:
        """An empty page."""
        empty = np.empty(0)
        return cls(width, height, empty.astype(np.uint32), *[empty] * 6, empty.astype(bool))

    def only(self, chosen: np.ndarray) -> Marks:
        """The page with the chosen characters alone (an array of flags)."""
        if chosen.all():
            return self
        arrays = {name: getattr(self, name)[chosen] for name in _ARRAYS}
        return replace(self, **arrays)

    @property
    def middle(self) -> np.ndarray:
        """The horizontal middle of each character."""
        return (self.left + self.right) / 2

    @property
    def height_of_eye(self) -> np.ndarray:
        """Where the eye sees each character: a third of its size above the baseline."""
        return self.baseline - self.size / 3


_ARRAYS = ("codes", "left", "right", "top", "bottom", "baseline", "size", "spaced")


def merged_rules(rules: np.ndarray) -> np.ndarray:
    """The rules with those on one line that touch or overlap made one; sorted by position, then by beginning."""
    if not len(rules):
        return rules
    rules = rules[np.lexsort((rules[:, 1], rules[:, 0]))]
    merged: list[list[float]] = []
    # Strokes of one line differ by a hair in position: group them first, then join along the line.
    groups = np.concatenate(([0], np.cumsum(np.diff(rules[:, 0]) > TOUCH / 2)))
    for group in range(groups[-1] + 1):
        members = rules[groups == group]
        position = float(np.median(members[:, 0]))
        start, end = None, 0.0
        for _, low, high in members[np.argsort(members[:, 1], kind="stable")]:
            if start is None:
                start, end = low, high
            elif low <= end + TOUCH:
                end = max(end, high)
            else:
                merged.append([position, start, end])
                start, end = low, high
        merged.append([position, start, end])
    return np.array(merged)
