"""Reading: from a file to a `Document`, or a `DocumentError` that names the file, the cause and what to do."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from ingest.documents.blocks import Layout
from ingest.documents.files import content_id_of, read_bytes
from ingest.documents.finding import find_documents
from ingest.documents.layout import lay_out
from ingest.documents.model import Content, Document, DocumentError, Profile
from ingest.documents.profile import read_profile
from ingest.documents.readers import read_content
from ingest.paths import is_unicode, shown_path

__all__ = [
    "Document",
    "DocumentError",
    "Profile",
    "document_from_bytes",
    "document_from_text",
    "find_documents",
    "layout_of",
    "read_document",
]


def read_document(path: str | Path, name: str | None = None) -> Document:
    """Read one file. `name` is what the figures' `file` shows (the path as given by default). Raises DocumentError."""
    path = Path(path)
    name = name or shown_path(path)
    return document_from_bytes(read_bytes(path, name), name)


def document_from_bytes(data: bytes, name: str) -> Document:
    """Read a file's bytes; the format is told by them and by the name. Raises DocumentError."""
    form, content = read_content(data, name)
    return _document(name, form, data, content)


def document_from_text(text: str, file: str = "text") -> Document:
    """A document made of a text in memory, for callers that have no file."""
    return _document(file, "text", text.encode("utf-8", errors="surrogatepass"), Content(text))


def _document(file: str, form: str, data: bytes, content: Content) -> Document:
    if not is_unicode(content.text):
        # Some formats can name half a character, which nothing that stores text can hold.
        content = replace(content, text="".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in content.text))
    return Document(file, content_id_of(data), form, len(data), content, read_profile(_layout(content)))


@lru_cache(maxsize=2)
def _layout(content: Content) -> Layout:
    return lay_out(content)


def layout_of(document: Document) -> Layout:
    """The blocks of a document (kept for the document in hand)."""
    return _layout(document.content)
