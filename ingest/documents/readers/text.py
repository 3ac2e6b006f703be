"""Plain text and Markdown: the lines as they stand."""

from __future__ import annotations

from ingest.documents.encoding import decode
from ingest.documents.model import Content


def read_text(data: bytes, file: str) -> Content:
    """The text of a plain text file. Raises DocumentError for an empty file and for bytes that are no text."""
    return Content(*decode(data, file))
