"""A table on a page: rows of cells with their text, whichever way it was found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class PaperCell:
    """A cell: its text and the index of each character in the page's marks. A merged cell is one object at many places."""

    text: str
    index: list[int]


@dataclass(slots=True)
class PaperTable:
    """Rows of equally many cells. `columns` holds the edges of the columns, one more than columns, in points."""

    rows: list[list[PaperCell]]
    columns: list[float]
    top: float
    bottom: float
    is_ruled: bool
    is_continuation: bool = False

    @property
    def left(self) -> float:
        """The left edge."""
        return self.columns[0]

    @property
    def right(self) -> float:
        """The right edge."""
        return self.columns[-1]
