"""The blocks of a document: paragraphs of prose and tables with rows of cells, each over `Flow`s that map back to the text."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.documents.flow import Flow


@dataclass(slots=True)
class Paragraph:
    """A paragraph of prose, or a heading of `level` 1, 2, 3 … (0 is plain text)."""

    flow: Flow
    level: int = 0


@dataclass(slots=True)
class Cell:
    """One cell. `text` is the flow's text; an empty cell has an empty flow."""

    flow: Flow

    @property
    def text(self) -> str:
        """The normalised text of the cell."""
        return self.flow.text


@dataclass(slots=True)
class Row:
    """One row of a table: its cells and its span in the document's text."""

    cells: list[Cell]
    start: int
    end: int


@dataclass(slots=True)
class Table:
    """A table: its shape (tab, pipe, space, cells), its rows with the headers among them, and the lines above it."""

    kind: str
    rows: list[Row]
    caption: str = ""


@dataclass(slots=True)
class Layout:
    """The folded text and the blocks in document order."""

    folded: str
    blocks: list[Paragraph | Table] = field(default_factory=list)
