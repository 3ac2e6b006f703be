"""What a reader returns: one `Document`, whatever the format.

`text` is what `jixiao text FILE` prints and what every offset counts in (Unicode code points).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple


class DocumentError(Exception):
    """A file that cannot be read as a report: names the file, the cause (a code), what was found and what to do."""

    def __init__(self, file: str, cause: str, message: str, remedy: str) -> None:
        super().__init__(f"{file}: {message}. {remedy}")
        self.file, self.cause, self.message, self.remedy = file, cause, message, remedy


@dataclass(frozen=True, slots=True)
class Profile:
    """What the document says of itself; null where it does not say."""

    title: str | None = None
    department: str | None = None
    place_name: str | None = None
    fiscal_year: int | None = None
    document_kind: str = "other"


# Where a piece of text begins and ends in a content's text.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TableSpans:
    """A table that the format itself marks: rows of cells, each the span of its text in the content's text.

    Every row has at least one cell. A merged cell stands at each place that it covers, with the same span; an empty cell
    is an empty span. Rows do not overlap and stand in order, and no other text stands between `start` and `end`.
    """

    rows: tuple[tuple[Span, ...], ...]
    start: int
    end: int


class Note(NamedTuple):
    """What a reader has to say of a file that it could read: a cause (a code), and the message."""

    cause: str
    message: str


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader gives, whatever the format.

    `tables` are in order and do not overlap; `page_starts` holds the offset at which each page begins (empty for formats
    without pages); `lines_are_paragraphs` says that no line is the rest of the one before it; `notes` names what was left out.
    """

    text: str
    encoding: str = "utf-8"
    tables: tuple[TableSpans, ...] = ()
    page_starts: tuple[int, ...] = ()
    lines_are_paragraphs: bool = False
    notes: tuple[Note, ...] = ()

    def page_of(self, offset: int) -> int | None:
        """The page on which the offset stands, from 1; None for formats without pages."""
        return bisect_right(self.page_starts, offset) or None if self.page_starts else None


@dataclass(frozen=True, slots=True)
class Document:
    """One readable document. `document_id` is the first 32 hex digits of the SHA-256 of the file's bytes."""

    file: str
    document_id: str
    format: str
    bytes: int
    content: Content
    profile: Profile

    @property
    def text(self) -> str:
        """The text that every offset counts in."""
        return self.content.text

    @property
    def encoding(self) -> str:
        """The encoding of the file's text."""
        return self.content.encoding
