"""Reading: from a file to a `Document`, or a `DocumentError` that names the file, the cause and what to do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from ingest.documents.blocks import Layout
from ingest.documents.layout import lay_out
from ingest.documents.model import Content, Document, DocumentError, Profile
from ingest.documents.profile import read_profile
from ingest.documents.readers import ENDINGS, read_content

__all__ = ["Document", "DocumentError", "Profile", "document_from_text", "find_documents", "layout_of", "read_document"]

MAX_BYTES = 200_000_000


def find_documents(paths: Iterable[str | Path]) -> Iterator[Path]:
    """The report files under the paths, sorted; a path that names a file is taken whatever its ending.

    Raises DocumentError for a path that does not exist.
    """
    for path in map(Path, paths):
        if path.is_dir():
            yield from sorted(
                p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in ENDINGS and not _hidden(p, path)
            )
        elif path.exists():
            yield path
        else:
            raise DocumentError(str(path), "not_found", "there is no such file or folder", "Check the path")


def _hidden(path: Path, top: Path) -> bool:
    relative = path.relative_to(top)
    return any(part.startswith(".") for part in relative.parts) or path.name.upper().startswith("README")


def read_document(path: str | Path, name: str | None = None) -> Document:
    """Read one file. `name` is what the figures' `file` shows (the path as given by default)."""
    path, name = Path(path), name or str(path)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise DocumentError(name, "too_large", f"the file has {size} bytes, more than {MAX_BYTES}", "Split it")
        data = path.read_bytes()
    except FileNotFoundError:
        raise DocumentError(name, "not_found", "there is no such file", "Check the path") from None
    except IsADirectoryError:
        raise DocumentError(
            name, "is_a_folder", "this is a folder", "Name a file, or use a command that takes folders"
        ) from None
    except OSError as error:
        raise DocumentError(
            name, "unreadable", f"the file cannot be read ({error.strerror})", "Check its permissions"
        ) from None
    form, content = read_content(data, name)
    return _document(name, form, data, content)


def document_from_text(text: str, file: str = "text") -> Document:
    """A document made of a text in memory, for callers that have no file."""
    return _document(file, "text", text.encode("utf-8", errors="surrogatepass"), Content(text))


def _document(file: str, form: str, data: bytes, content: Content) -> Document:
    document_id = hashlib.sha256(data).hexdigest()[:32]
    return Document(file, document_id, form, len(data), content, read_profile(_layout(content)))


@lru_cache(maxsize=2)
def _layout(content: Content) -> Layout:
    return lay_out(content)


def layout_of(document: Document) -> Layout:
    """The blocks of a document (kept for the document in hand)."""
    return _layout(document.content)
