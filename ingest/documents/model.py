"""What a reader returns: one `Document`, whatever the format.

`text` is what `jixiao text FILE` prints and what every offset counts in (Unicode code points).
"""

from __future__ import annotations

from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class Document:
    """One readable document. `document_id` is the first 32 hex digits of the SHA-256 of the file's bytes."""

    file: str
    document_id: str
    format: str
    encoding: str
    bytes: int
    text: str
    profile: Profile
