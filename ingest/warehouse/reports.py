"""One report, read and its figures extracted, made ready for the store."""

from __future__ import annotations

import traceback
from pathlib import Path

from ingest.documents import Document, DocumentError
from ingest.figures import extract_figures
from ingest.paths import SAMPLES
from ingest.warehouse.records import complete_columns, figure_columns

# Every report written for this project says so under its title, within this many characters.
_SAMPLE_MARK, _SAMPLE_MARK_WITHIN = "示例文本", 400


def document_columns(document: Document, path: Path) -> dict[str, object]:
    """The document's columns of raw.documents, without what the store fills; `path` is where it was read."""
    profile = document.profile
    return {
        "format": document.format,
        "title": profile.title,
        "department": profile.department,
        "place_name": profile.place_name,
        "fiscal_year": profile.fiscal_year,
        "document_kind": profile.document_kind,
        "source_class": "sample" if _is_invented(document, path) else "local",
        "encoding": document.encoding,
        "bytes": document.bytes,
        "characters": len(document.text),
        "text": document.text,
    }


def figures_of(document: Document) -> dict[str, list[object]]:
    """The document's figures as columns of raw.figures."""
    return complete_columns(document.document_id, figure_columns(extract_figures(document)))


def fault_in(file: str, error: Exception) -> DocumentError:
    """A fault of ours in reading `file`, as an outcome: where it happened, for whoever mends it."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return DocumentError(
        file,
        "internal_error",
        f"{type(error).__name__}: {error} ({Path(last.filename).name}, line {last.lineno})",
        "This is a fault in Jixiao: report it with the file",
    )


def _is_invented(document: Document, path: Path) -> bool:
    """Invented reports must never pass for data about a real place, also when copied out of samples/."""
    return path.is_relative_to(SAMPLES) or _SAMPLE_MARK in document.text[:_SAMPLE_MARK_WITHIN]
