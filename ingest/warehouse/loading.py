"""Loading: from paths to rows of the store, each input accounted for.

A report or a figures table that is known by its content and the extractor's version costs a hash. A bad input becomes an
outcome with its cause and remedy, and the rest goes on.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.documents import Document, DocumentError, read_document
from ingest.documents.model import Note
from ingest.settings import Settings, absolute
from ingest.warehouse.inputs import Input, find_inputs
from ingest.warehouse.records import Origin, Outcome, Prepared, Rejection
from ingest.warehouse.reports import content_id, fault_in, prepare_report
from ingest.warehouse.store import Entry, Store, open_store, withdrawals
from ingest.warehouse.tables import read_figures_table, table_key
from ingest.warehouse.versions import extractor_version

# What is written in one transaction: enough that the commit's cost disappears, little enough that memory stays flat.
BATCH_FIGURES = 20_000
BATCH_DOCUMENTS = 500
BATCH_CHARACTERS = 20_000_000
# Rejected rows that a summary lists; raw.rejections has all of them.
LISTED_REJECTIONS = 20

# (inputs done, inputs in all, the input in hand, figures so far)
Progress = Callable[[int, int, str, int], None]


@dataclass(slots=True)
class LoadSummary:
    """What a load did. `documents` counts by status of the loaded stage; `problems` lists what an operator can put right."""

    documents: Counter[str] = field(default_factory=Counter)
    figures: int = 0
    problems: list[Outcome] = field(default_factory=list)
    notes: list[Outcome] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    rejected_rows: int = 0
    seconds: float = 0.0

    def add(self, outcome: Outcome) -> None:
        """Count one recorded outcome."""
        if outcome.is_failure:
            self.problems.append(outcome)
        elif outcome.status == "skipped" or (outcome.message and outcome.status == "ok"):
            self.notes.append(outcome)
        if outcome.stage == "loaded":
            self.documents[outcome.status] += 1
            if outcome.status == "ok":
                self.figures += outcome.figures or 0


def load(
    paths: Iterable[str | os.PathLike[str]], settings: Settings, *, command: str, progress: Progress | None = None
) -> LoadSummary:
    """Load the reports and figures tables under the paths into the store.

    Raises StoreBusy and StoreUnusable; a bad input is in the summary instead.
    """
    with open_store(settings.store, command, extractor_version()) as store:
        summary = load_into(store, paths, progress=progress)
        store.finish_run()
    return summary


def load_into(
    store: Store,
    paths: Iterable[str | os.PathLike[str]],
    *,
    progress: Progress | None = None,
    withdraw_missing: bool = False,
) -> LoadSummary:
    """Load into an open store. With `withdraw_missing`, what was loaded from these paths and is gone is withdrawn.

    Only files that are gone are withdrawn: a folder that is missing as a whole (a disk not mounted) is an error and
    leaves its documents as they are, and so does a file that has become unreadable.
    """
    started = time.perf_counter()
    paths = list(paths)
    loader = _Loader(store)
    inputs, errors = find_inputs(paths)
    for error in errors:
        path = str(absolute(error.file))
        loader.add(Entry(origin := Origin(path, path, error.file), (_failure(origin, "read", error),)))
    try:
        for number, given in enumerate(inputs):
            if progress:
                progress(number, len(inputs), given.file, loader.summary.figures)
            for entry in loader.entries_of(given):
                loader.add(entry)
        if withdraw_missing:
            for entry in withdrawals(_missing(store, paths), "file_gone", "the file is no longer there"):
                loader.add(entry)
    finally:
        # Also on Ctrl-C: what is done need not be done again.
        loader.flush()
    if progress:
        progress(len(inputs), len(inputs), "", loader.summary.figures)
    loader.summary.seconds = time.perf_counter() - started
    return loader.summary


def withdraw(paths: Iterable[str | os.PathLike[str]], settings: Settings, *, command: str) -> LoadSummary:
    """Let go of everything that was loaded from these paths, whether or not the files are still there.

    The documents stay in the store as a record and are left out of the next release. A path from which nothing was
    loaded is a failure in the summary. Raises StoreBusy and StoreUnusable.
    """
    with open_store(settings.store, command, extractor_version()) as store:
        loader = _Loader(store)
        for path in map(absolute, paths):
            held = [source for source in store.sources.values() if Path(source[0].path).is_relative_to(path)]
            for entry in withdrawals(held, "withdrawn", "withdrawn by the operator"):
                loader.add(entry)
            if not held:
                origin = Origin(str(path), str(path), str(path))
                error = DocumentError(str(path), "not_loaded", "nothing was loaded from here", "Check the path")
                loader.add(Entry(origin, (_failure(origin, "loaded", error),)))
        loader.flush()
        store.finish_run()
    return loader.summary


def _missing(store: Store, paths: Iterable[str | os.PathLike[str]]) -> list[tuple[Origin, str]]:
    """Sources under those of the paths that exist, whose file does not."""
    roots = [root for root in map(absolute, paths) if root.is_dir()]
    return [
        (origin, document_id)
        for origin, document_id in store.sources.values()
        if any(Path(origin.path).is_relative_to(root) for root in roots) and not Path(origin.path).exists()
    ]


class _Loader:
    """Turns inputs into entries, and writes them to the store in batches."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.summary = LoadSummary()
        self.buffer: list[Entry] = []
        self.buffered_figures = 0
        self.buffered_characters = 0
        # Contents that wait in the buffer: a copy of one later in the same run must not be loaded beside it.
        self.pending: set[str] = set()
        self.sources_by_document: dict[str, set[str]] = {}
        for key, (_, document_id) in store.sources.items():
            self.sources_by_document.setdefault(document_id, set()).add(key)

    def add(self, entry: Entry) -> None:
        """Write the entry with the next batch."""
        self.buffer.append(entry)
        if entry.prepared:
            self.pending.add(entry.prepared.document_id)
            self.buffered_figures += entry.prepared.figure_count
            self.buffered_characters += int(entry.prepared.document.get("characters") or 0)
        if entry.changes_source and entry.document_id:
            self.sources_by_document.setdefault(entry.document_id, set()).add(entry.origin.source_key)
        if (
            len(self.buffer) >= BATCH_DOCUMENTS
            or self.buffered_figures >= BATCH_FIGURES
            or self.buffered_characters >= BATCH_CHARACTERS
        ):
            self.flush()

    def flush(self) -> None:
        """Write what is buffered."""
        entries, self.buffer = self.buffer, []
        self.pending.clear()
        self.buffered_figures = self.buffered_characters = 0
        if entries:
            for outcome in self.store.write(entries):
                self.summary.add(outcome)

    def entries_of(self, given: Input) -> Iterator[Entry]:
        """What becomes of one input; never raises for what is in the file."""
        origin = Origin(str(given.path), str(given.path), given.file)
        try:
            if given.is_table:
                yield from self._table(given, origin)
            else:
                yield self._report(given, origin)
        except DocumentError as error:
            if error.cause == "not_figures_table" and not given.is_named:
                yield Entry(origin, (Outcome(origin, "read", "skipped", cause=error.cause, message=error.message),))
            else:
                yield Entry(origin, (_failure(origin, "read", error),))
        except Exception as error:  # a fault of ours in one file must not cost the others
            yield Entry(origin, (_failure(origin, "read", fault_in(given.file, error)),))

    def _report(self, given: Input, origin: Origin) -> Entry:
        started = time.perf_counter()
        document_id = content_id(given.path, given.file)
        if self._is_known(document_id):
            seconds = time.perf_counter() - started
            return self._unchanged(origin, document_id, ("read", "extracted", "loaded"), seconds)
        document = read_document(given.path, name=given.file)
        read = _read_outcome(origin, document, time.perf_counter() - started)
        started = time.perf_counter()
        try:
            prepared = prepare_report(document, given.path)
        except Exception as error:  # as above, and the reading has its own outcome
            return Entry(origin, (read, _failure(origin, "extracted", fault_in(given.file, error))))
        extracted = Outcome(
            origin,
            "extracted",
            "ok",
            document_id=document.document_id,
            cause=None if prepared.figure_count else "no_figures",
            message=None if prepared.figure_count else "no figure found in the text",
            figures=prepared.figure_count,
            seconds=time.perf_counter() - started,
        )
        return self._loaded(prepared, read, extracted)

    def _table(self, given: Input, origin: Origin) -> Iterator[Entry]:
        started = time.perf_counter()
        contents = read_figures_table(given.path, given.file)
        good_rows = contents.row_count - contents.rejected_row_count
        read = Outcome(
            origin,
            "read",
            "rejected" if contents.rejections else "ok",
            cause="rejected_rows" if contents.rejections else ("ignored_columns" if contents.ignored_columns else None),
            message=_table_message(contents.row_count, contents.rejections, contents.ignored_columns),
            remedy="Correct the rows that are listed and load the table again" if contents.rejections else None,
            figures=good_rows,
            seconds=time.perf_counter() - started,
        )
        self.summary.rejected_rows += contents.rejected_row_count
        room = LISTED_REJECTIONS - len(self.summary.rejections)
        self.summary.rejections += contents.rejections[: max(0, room)]
        yield Entry(origin, (read,), rejections=tuple(contents.rejections))
        for prepared in contents.documents:
            if self._is_known(prepared.document_id):
                yield self._unchanged(prepared.origin, prepared.document_id, ("loaded",), None)
            else:
                yield self._loaded(prepared)
        if contents.names_all_documents:
            held = {prepared.origin.source_key for prepared in contents.documents} | contents.unusable
            prefix = table_key(str(given.path))
            gone = [s for key, s in self.store.sources.items() if key.startswith(prefix) and key not in held]
            yield from withdrawals(gone, "rows_gone", "the table no longer has this document")

    def _is_known(self, document_id: str) -> bool:
        known = self.store.documents.get(document_id)
        return document_id in self.pending or (
            known is not None and known.extractor_version == self.store.extractor_version
        )

    def _loaded(self, prepared: Prepared, *before: Outcome) -> Entry:
        outcome = Outcome(
            prepared.origin, "loaded", "ok", document_id=prepared.document_id, figures=prepared.figure_count
        )
        self._let_go_of_moved(prepared.document_id)
        return Entry(
            prepared.origin,
            (*before, outcome),
            document_id=prepared.document_id,
            prepared=prepared,
            changes_source=True,
        )

    def _unchanged(self, origin: Origin, document_id: str, stages: tuple[str, ...], seconds: float | None) -> Entry:
        """The content is in the store: nothing to do, or at most to note that this source has it now."""
        known = self.store.documents.get(document_id)
        others = self.sources_by_document.get(document_id, set()) - {origin.source_key}
        is_new_source = self.store.sources.get(origin.source_key, (None, None))[1] != document_id
        if is_new_source:
            self._let_go_of_moved(document_id)
        outcomes = tuple(
            Outcome(
                origin,
                stage,
                "unchanged",
                document_id=document_id,
                cause="duplicate" if others else None,
                message=f"the same content as {min(others)}" if others else None,
                figures=known.figure_count if known and stage != "read" else None,
                seconds=seconds if stage == stages[0] else None,
            )
            for stage in stages
        )
        return Entry(origin, outcomes, document_id=document_id, changes_source=is_new_source)

    def _let_go_of_moved(self, document_id: str) -> None:
        """A file that is gone and whose content turns up elsewhere was moved or renamed."""
        for key in sorted(self.sources_by_document.get(document_id, ())):
            source = self.store.sources.get(key)
            if source and not Path(source[0].path).exists():
                self.sources_by_document[document_id].discard(key)
                for entry in withdrawals([source], "moved", "the file was moved or renamed"):
                    self.add(entry)


def _read_outcome(origin: Origin, document: Document, seconds: float) -> Outcome:
    profile = document.profile
    unknown = [
        name for name, value in (("department", profile.department), ("fiscal year", profile.fiscal_year)) if not value
    ]
    notes = list(document.content.notes)
    if unknown:
        notes.append(Note("profile_incomplete", f"no {' and no '.join(unknown)} found in the text"))
    return Outcome(
        origin,
        "read",
        "ok",
        document_id=document.document_id,
        cause=notes[0].cause if notes else None,
        message="; ".join(note.message for note in notes) or None,
        seconds=seconds,
    )


def _failure(origin: Origin, stage: str, error: DocumentError) -> Outcome:
    return Outcome(origin, stage, "failed", cause=error.cause, message=error.message, remedy=error.remedy)


def _table_message(row_count: int, rejections: list[Rejection], ignored_columns: tuple[str, ...]) -> str | None:
    parts = []
    if rejections:
        rows = len({rejection.row_number for rejection in rejections})
        parts.append(f"{rows} of {row_count} rows rejected, the first: {rejections[0].at_row()}")
    if ignored_columns:
        parts.append(f"unknown columns ignored: {', '.join(ignored_columns)}")
    return "; ".join(parts) or None
