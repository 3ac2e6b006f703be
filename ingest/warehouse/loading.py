"""Loading: from paths to rows of the store, each input accounted for, many at once.

A report or a figures table that is known by its content and the extractor's version costs a hash. A bad input becomes an
outcome with its cause and remedy, and the rest goes on. The rows are the same, in the same order, with any number of
workers.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterable, Set
from pathlib import Path

from ingest.documents import DocumentError
from ingest.documents.archives import SEPARATOR
from ingest.paths import path_key, path_of_address, shown_path
from ingest.settings import Settings, absolute
from ingest.warehouse.fetched import Fetched, forget_list
from ingest.warehouse.inputs import find_inputs
from ingest.warehouse.intake import Intake, failure
from ingest.warehouse.originals import Originals
from ingest.warehouse.records import Origin, Outcome
from ingest.warehouse.store import Entry, Store, open_store, withdrawals
from ingest.warehouse.summary import LoadSummary
from ingest.warehouse.versions import extractor_version, reader_version
from ingest.workers.crew import Crew, InOrder

# What is written in one transaction: enough that the commit's cost disappears, little enough that memory stays flat.
BATCH_FIGURES = 20_000
BATCH_DOCUMENTS = 500
BATCH_CHARACTERS = 20_000_000
# The folder of the build's in which answers wait for their turn.
SPOOL = "spool"
# (inputs done, inputs in all so far, the input in hand, figures so far)
Progress = Callable[[int, int, str, int], None]


def load(
    paths: Iterable[str | os.PathLike[str]], settings: Settings, *, command: str, progress: Progress | None = None
) -> LoadSummary:
    """Load the reports, archives and figures tables under the paths into the store.

    Raises StoreBusy, StoreUnusable and WorkersUnusable; a bad input is in the summary instead.
    """
    with open_store(settings.store, command, extractor_version()) as store:
        summary = load_into(store, paths, settings, progress=progress)
        store.finish_run()
    return summary


def load_into(
    store: Store,
    paths: Iterable[str | os.PathLike[str]],
    settings: Settings,
    *,
    progress: Progress | None = None,
    fetched: Fetched | None = None,
    withdraw_missing: bool = False,
) -> LoadSummary:
    """Load into an open store. With `withdraw_missing`, what was loaded from these paths and is gone is withdrawn.

    `fetched` is loaded first, so that a document which is in a folder as well keeps the address that it came from; what
    was fetched and no list names any more is withdrawn. Of what was found under the paths, only files that are gone are
    withdrawn: a folder that is missing as a whole (a disk not mounted) is an error and leaves its documents as they are,
    and so does a file that has become unreadable.
    """
    started = time.perf_counter()
    paths = list(paths)
    summary = LoadSummary()
    batch = _Batch(store, summary)
    inputs = [*(fetched.inputs if fetched else ()), *find_inputs(paths)]
    done, total = 0, len(inputs)
    try:
        for entry in fetched.entries(store) if fetched else ():
            batch.add(entry)
        with Crew(settings.workers, settings.limits, settings.build / SPOOL, settings.originals) as crew:
            intake = Intake(store, crew, batch.pending, reader_version(settings.limits))
            queue = InOrder(inputs, intake.begin)
            try:
                for begun in queue:
                    if progress:
                        progress(done, total, begun.given.origin.file, summary.figures)
                    for entry in intake.finish(begun, summary):
                        batch.add(entry)
                    members = intake.take_members()
                    queue.insert(members)
                    done, total = done + 1, total + len(members)
            except KeyboardInterrupt:
                # What the workers have done while an earlier input was waited for need not be done again.
                crew.stop()
                for begun in queue.finished():
                    for entry in intake.finish(begun, summary):
                        batch.add(entry)
                raise
            if withdraw_missing:
                for entry in withdrawals(_missing(store, paths), "file_gone", "the file is no longer there"):
                    batch.add(entry)
                batch.flush()
                for origin in _settled(store, paths):
                    gone = Outcome(
                        origin, "read", "withdrawn", cause="file_gone", message="the file is no longer there"
                    )
                    batch.add(Entry(origin, (gone,)))
    finally:
        # Also on Ctrl-C.
        batch.flush()
    _remove_originals(store, settings)
    if progress:
        progress(done, total, "", summary.figures)
    summary.seconds = time.perf_counter() - started
    return summary


def withdraw(paths: Iterable[str | os.PathLike[str]], settings: Settings, *, command: str) -> LoadSummary:
    """Let go of everything that was loaded from these paths, whether or not the files are still there.

    A path may be an address that a list of sources names, or a list: what it named is then no longer listed.

    The documents stay in the store as a record and are left out of the next release. A path from which nothing was
    loaded is a failure in the summary. Raises StoreBusy and StoreUnusable.
    """
    with open_store(settings.store, command, extractor_version()) as store:
        summary = LoadSummary()
        batch = _Batch(store, summary)
        for given in paths:
            path = absolute(given)
            unlisted = forget_list(settings.fetched, path)
            held = [source for source in store.sources.values() if _is_from(source[0], given, path, unlisted)]
            for entry in withdrawals(held, "withdrawn", "withdrawn by the operator"):
                batch.add(entry)
            if not held and not unlisted:
                name = shown_path(path)
                origin = Origin(path_key(path), path_key(path), name)
                error = DocumentError(name, "not_loaded", "nothing was loaded from here", "Check the path")
                batch.add(Entry(origin, (failure(origin, "loaded", error),)))
        batch.flush()
        _remove_originals(store, settings)
        store.finish_run()
    return summary


def _remove_originals(store: Store, settings: Settings) -> None:
    """Remove the originals that no source has any more; what cannot be removed stays until the next run."""
    with contextlib.suppress(OSError):
        Originals(settings.originals).remove_all_but({document_id for _, document_id in store.sources.values()})


def _is_from(origin: Origin, given: str | os.PathLike[str], path: Path, unlisted: Set[str]) -> bool:
    """Whether a document came from the path or the address that is given, or only from the list that is."""
    if not origin.is_listed:
        return origin.location.is_relative_to(path)
    local = path_of_address(origin.path)
    if local is not None and local.is_relative_to(path):
        return True
    return origin.path in unlisted or os.fspath(given) in (origin.path, origin.file)


def _settled(store: Store, paths: Iterable[str | os.PathLike[str]]) -> list[Origin]:
    """What failed under those of the paths that exist, and is gone: there is nothing left to put right."""
    roots = [root for root in map(absolute, paths) if root.is_dir()]
    return [
        origin
        for origin in store.standing_failures()
        if not origin.is_listed
        and any(origin.location.is_relative_to(root) for root in roots)
        and not _file_of(origin.location).exists()
    ]


def _file_of(path: Path) -> Path:
    """The archive of a member's path, and any other path as it is."""
    return Path(os.fspath(path).partition(SEPARATOR)[0])


def _missing(store: Store, paths: Iterable[str | os.PathLike[str]]) -> list[tuple[Origin, str]]:
    """Sources under those of the paths that exist, whose file does not."""
    roots = [root for root in map(absolute, paths) if root.is_dir()]
    gone = {
        path: any(path.is_relative_to(root) for root in roots) and not path.exists()
        for path in {origin.location for origin, _ in store.sources.values() if not origin.is_listed}
    }
    return [source for source in store.sources.values() if gone.get(source[0].location)]


class _Batch:
    """Entries that are written together."""

    def __init__(self, store: Store, summary: LoadSummary) -> None:
        self.store, self.summary = store, summary
        self.entries: list[Entry] = []
        self.figures = self.characters = 0
        # Contents that wait here: a copy of one later in the same run must not be loaded beside it.
        self.pending: set[str] = set()

    def add(self, entry: Entry) -> None:
        """Write the entry with the next batch."""
        self.entries.append(entry)
        if entry.prepared:
            self.pending.add(entry.prepared.document_id)
            self.figures += entry.prepared.figure_count
            self.characters += int(entry.prepared.document.get("characters") or 0)
        if len(self.entries) >= BATCH_DOCUMENTS or self.figures >= BATCH_FIGURES or self.characters >= BATCH_CHARACTERS:
            self.flush()

    def flush(self) -> None:
        """Write what is there. Where writing is interrupted it stays, to be written before the run ends."""
        if self.entries:
            for outcome in self.store.write(self.entries):
                self.summary.add(outcome)
        self.entries.clear()
        self.pending.clear()
        self.figures = self.characters = 0
