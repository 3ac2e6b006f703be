"""One reader a format: from a file's bytes to a `Content`. The format is told by the bytes, then by the ending.

A reader is a function of (bytes, name of the file for errors) and raises `DocumentError` for what it cannot read.
"""

from __future__ import annotations

from collections.abc import Callable

from ingest.documents.model import Content
from ingest.documents.readers.pdf import read_pdf
from ingest.documents.readers.text import read_text

Reader = Callable[[bytes, str], Content]

READERS: dict[str, Reader] = {"text": read_text, "pdf": read_pdf}
# The endings by which a folder's reports are found.
ENDINGS: dict[str, str] = {".txt": "text", ".md": "text", ".text": "text", ".pdf": "pdf"}


def read_content(data: bytes, file: str) -> tuple[str, Content]:
    """(format, content) of a file's bytes. Raises DocumentError."""
    form = format_of(data, file)
    return form, READERS[form](data, file)


def format_of(data: bytes, file: str) -> str:
    """The format of a file's bytes: what they show, else what the name's ending says, else text."""
    # A mail gateway or a web server may have put some bytes before a PDF's own.
    if b"%PDF-" in data[:1024]:
        return "pdf"
    return "text"
