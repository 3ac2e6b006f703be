"""From what was fetched to inputs of a load, and to what the store is told of each source.

An address is known in the store by itself: another content under it is a new version of the same source.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.documents import DocumentError
from ingest.fetching.record import Known, Version, is_record, open_record, read_known
from ingest.paths import path_of_address
from ingest.warehouse.errors import StoreUnusable
from ingest.warehouse.inputs import Input, shown_name
from ingest.warehouse.records import Origin, Outcome
from ingest.warehouse.store import Entry, Store, withdrawals


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the lists name, as it was when it was last asked."""

    known: tuple[Known, ...]

    @property
    def inputs(self) -> list[Input]:
        """The current version of each source that has one."""
        return [_input(known, version) for known in self.known if (version := known.version)]

    def entries(self, store: Store) -> Iterator[Entry]:
        """What became of each source when it was last asked, and the withdrawal of those that no list names any more."""
        for known in self.known:
            if known.status:
                yield Entry(origin_of(known), (outcome_of(known),))
        keys = {known.key for known in self.known}
        gone = [source for source in store.sources.values() if source[0].is_listed and source[0].path not in keys]
        yield from withdrawals(gone, "unlisted", "no list of sources names it any more")


def read_fetched(folder: Path) -> Fetched | None:
    """What was fetched into the folder; null where nothing ever was. Raises StoreUnusable."""
    try:
        known = read_known(folder)
    except sqlite3.Error as error:
        raise unusable(folder, error) from error
    return None if known is None else Fetched(tuple(known.values()))


def forget_list(folder: Path, path: Path) -> set[str]:
    """Let the list at this absolute path name nothing; the keys that no list names any more. Raises StoreUnusable."""
    try:
        if not is_record(folder):
            return set()
        with open_record(folder) as record:
            return record.name_in_list(path, (), frozenset())
    except (OSError, sqlite3.Error) as error:
        raise unusable(folder, error) from error


def origin_of(known: Known) -> Origin:
    """What the store knows a source by, and shows it as: a web address as the list gives it, a local file by its path."""
    path = path_of_address(known.key)
    return Origin(known.key, known.key, known.address if path is None else shown_name(path))


def _input(known: Known, version: Version) -> Input:
    origin, problem = origin_of(known), None
    if not version.is_whole:
        problem = DocumentError(
            origin.file, "content_gone", "the file that was fetched is no longer there", "Run `jixiao fetch` again"
        )
    return Input(origin, version.path, problem=problem, stated=known.stated, fetched_at=version.fetched_at)


def outcome_of(known: Known) -> Outcome:
    """What became of a source that was asked, when it last was."""
    return Outcome(
        origin_of(known),
        "fetched",
        str(known.status),
        document_id=known.version.sha256[:32] if known.version else None,
        cause=known.cause,
        message=known.message,
        remedy=known.remedy,
        seconds=known.seconds,
    )


def unusable(folder: Path, error: Exception) -> StoreUnusable:
    """What to say where the record or its files cannot be read or written."""
    reason = getattr(error, "strerror", None) or error
    return StoreUnusable(
        f"{folder}: what is fetched cannot be kept or read there ({reason}). Make room or the folder writable; if its record is "
        "damaged, move the folder away and fetch again."
    )
