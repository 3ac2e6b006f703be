"""The work itself: from a job to its answer, in whichever process. Never raises for what is in the file."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from ingest.documents import DocumentError, document_from_bytes
from ingest.documents.archives import SEPARATOR, is_archive, list_members, member_bytes, open_archive
from ingest.documents.files import changed, content_id_of, opened, read_bytes
from ingest.documents.model import Document, Note
from ingest.documents.stated import completed
from ingest.figures import read_quantities
from ingest.warehouse.originals import FORMATS, Originals
from ingest.warehouse.reports import document_columns, fault_in, figures_of
from ingest.workers.jobs import QUANTITY_COLUMNS, Answer, Job, Listing, Reading, Refusal, Wants

# The scan's code for a bare number.
NO_UNIT = "none"
TOO_MUCH_MEMORY = Refusal(
    "too_much_memory",
    "it needs more memory than a worker may use",
    "Split it, or raise JIXIAO_MAX_MEMORY",
)


_originals: Originals | None = None


def keep_originals_in(folder: Path) -> None:
    """From now on this process keeps what it reads from pages in the folder."""
    global _originals
    _originals = Originals(folder)


def answer(job: Job) -> Answer:
    """Read the job's file or member and extract its figures, or list the archive that it is."""
    stage = "read"
    started = time.perf_counter()
    try:
        document = _document(job)
        if isinstance(document, Listing):
            return document
        if job.stated:
            document = completed(document, job.stated)
        read_seconds = time.perf_counter() - started
        started = time.perf_counter()
        stage = "extracted"
        columns = _WANTED[job.wants](document)
        about = document_columns(document, Path(job.path))
    except DocumentError as error:
        return Refusal.of(error, stage)
    except MemoryError:
        return TOO_MUCH_MEMORY
    except Exception as error:  # a fault of ours in one file must not cost the others
        return Refusal.of(fault_in(job.file, error), stage)
    return Reading(
        document.document_id,
        about,
        columns,
        _notes(document),
        read_seconds,
        time.perf_counter() - started,
    )


def _quantities(document: Document) -> dict[str, list[object]]:
    """Every number that has a unit, its own or its table's, or a scale for one (3.5万亿); offsets count in the text."""
    rows = []
    for reading in read_quantities(document):
        quantity = reading.quantity
        unit = reading.unit or quantity.unit
        if unit != NO_UNIT or quantity.scale:
            value = quantity.value if reading.value is None else reading.value
            span = quantity.flow.span(quantity.start, quantity.end)
            rows.append((document.file, *span, quantity.raw, value, unit, reading.measure, reading.reason))
    return {name: [row[place] for row in rows] for place, name in enumerate(QUANTITY_COLUMNS)}


_WANTED: dict[Wants, Callable[[Document], dict[str, list[object]]]] = {
    Wants.FIGURES: figures_of,
    Wants.QUANTITIES: _quantities,
    Wants.NOTHING: lambda document: {},
}


def _notes(document: Document) -> tuple[Note, ...]:
    profile = document.profile
    known = (("department", profile.department), ("fiscal year", profile.fiscal_year))
    unknown = [name for name, value in known if not value]
    if not unknown:
        return document.content.notes
    return (*document.content.notes, Note("profile_incomplete", f"no {' and no '.join(unknown)} found in the text"))


def _document(job: Job) -> Document | Listing:
    path = Path(job.path)
    if job.chain:
        status = path.stat()
        archive = _archive(
            path, (status.st_ino, status.st_size, status.st_mtime_ns), job.chain[:-1], job.file.partition(SEPARATOR)[0]
        )
        data = member_bytes(archive, job.chain[-1], job.file)
        if job.expected is not None and content_id_of(data) != job.expected:
            raise changed(job.file)
        return _kept(document_from_bytes(data, job.file), data)
    # An archive may be larger than any document: it is never read as a whole.
    with opened(path, job.file) as stream:
        if is_archive(stream):
            stream.seek(0, io.SEEK_END)
            return Listing(tuple(list_members(stream, stream.tell(), job.file)))
    data = read_bytes(path, job.file, job.expected)
    return _kept(document_from_bytes(data, job.file), data)


def _kept(document: Document, data: bytes) -> Document:
    """The document; its bytes are kept where they are to be, and where they cannot be it says so."""
    if _originals is None or document.format not in FORMATS:
        return document
    try:
        is_kept = _originals.keep(document.document_id, data)
    except OSError:
        is_kept = False
    if is_kept:
        return document
    note = Note("original_not_kept", "its original cannot be kept, so that its pages cannot be shown")
    return replace(document, content=replace(document.content, notes=(*document.content.notes, note)))


@lru_cache(maxsize=4)
def _archive(path: Path, stamp: tuple[int, ...], chain: tuple[int, ...], file: str) -> zipfile.ZipFile:
    """An archive, or the one at `chain` inside it, kept open for the next member. `stamp` tells versions apart."""
    if not chain:
        return open_archive(path, file)
    outer = _archive(path, stamp, chain[:-1], file)
    return open_archive(io.BytesIO(member_bytes(outer, chain[-1], file)), file)
