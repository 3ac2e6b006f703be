"""What was fetched: files named by their content, and a record of each address and its versions.

The record is an SQLite file, so that each document's row is on the disk before the next begins, a killed run leaves a whole
one, and a rebuild may read while a run writes. Files are never changed: a version that was fetched stays.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ingest.documents.model import Note
from ingest.documents.stated import Stated
from ingest.fetching.bodies import Body
from ingest.fetching.client import Answer, Validators
from ingest.fetching.failures import FetchFailure
from ingest.fetching.lists import Source

RECORD = "record.sqlite3"
_WAIT_SECONDS = 30.0
# Its user_version: what an earlier Jixiao wrote is told by it.
_VERSION = 1

_TABLES = """
create table sources (
    key text primary key,         -- the address in one spelling, or file: and the path
    address text not null,        -- as the list gives it
    stated text not null,         -- what the list says of the document, as JSON
    asked_at text,                -- when the address last answered with its document, or that it is unchanged
    status text,                  -- ok, unchanged, failed; null while it was never asked
    cause text, message text, remedy text,
    seconds real
) strict;
create table listings (
    list text not null,           -- absolute path of the list
    key text not null references sources (key),
    primary key (list, key)
) strict, without rowid;
create table versions (
    key text not null references sources (key),
    number integer not null,      -- 1, 2, …: the last is the current one
    sha256 text not null,         -- of the content: the name of its file
    bytes integer not null,
    fetched_at text not null,
    http_status integer,          -- null for a local file, as all below
    answered_by text,             -- the address at the end of the redirects
    etag text, last_modified text,
    content_type text,            -- as the server said: nobody relies on it
    primary key (key, number)
) strict, without rowid;
"""


@dataclass(frozen=True, slots=True)
class Version:
    """One content that a source had. `fetched_at` is in UTC, without a zone; `path` is the file that holds it."""

    sha256: str
    path: Path
    bytes: int
    fetched_at: datetime
    validators: Validators | None

    @property
    def is_whole(self) -> bool:
        """Whether its file is still there, as long as it was."""
        return _is_whole(self.path, self.bytes)


@dataclass(frozen=True, slots=True)
class Known:
    """A source that a list names: what became of it when it was last asked, and its current version if there is one."""

    key: str
    address: str
    stated: Stated
    asked_at: datetime | None
    status: str | None
    cause: str | None
    message: str | None
    remedy: str | None
    seconds: float | None
    version: Version | None


class Record:
    """The open record of the folder `folder`. For one thread. Use `open_record`."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection, self.folder = connection, folder

    @property
    def partial(self) -> Path:
        """Where bodies are written before they are whole."""
        return self.folder / "partial"

    def content(self, sha256: str) -> Path:
        """The file of a content."""
        return self.folder / "content" / sha256[:2] / sha256

    def known(self) -> dict[str, Known]:
        """Every source that a list names, by its key, in the order of the keys."""
        return {row[0]: self._known(row) for row in self._connection.execute(_KNOWN)}

    def _known(self, row: tuple) -> Known:
        key, address, stated, asked_at, *outcome, sha256, size, fetched_at, answered_by, etag, last_modified = row
        version = None
        if sha256:
            validators = Validators(answered_by, etag, last_modified) if answered_by else None
            version = Version(sha256, self.content(sha256), size, datetime.fromisoformat(fetched_at), validators)
        asked = datetime.fromisoformat(asked_at) if asked_at else None
        return Known(key, address, Stated.from_json(stated), asked, *outcome, version)

    def history(self, key: str) -> list[str]:
        """The hashes of all versions of a source, the first first."""
        rows = self._connection.execute("select sha256 from versions where key = ? order by number", [key])
        return [row[0] for row in rows]

    def name_in_list(self, list_path: Path, sources: Iterable[Source], kept: frozenset[str] | None) -> set[str]:
        """Let the list name these sources, and besides them only what it named before and is in `kept` (null: all of it).

        Returns the keys that no list names any more.
        """
        sources = list(sources)
        name = str(list_path)
        before = {row[0] for row in self._connection.execute("select key from listings where list = ?", [name])}
        gone = set() if kept is None else before - kept - {source.key for source in sources}
        with self._connection:
            self._connection.executemany(
                "insert into sources (key, address, stated) values (?, ?, ?)"
                " on conflict do update set address = excluded.address, stated = excluded.stated",
                [(source.key, source.address, source.stated.to_json()) for source in sources],
            )
            self._connection.executemany(
                "insert or ignore into listings values (?, ?)", [(name, source.key) for source in sources]
            )
            self._connection.executemany(
                "delete from listings where list = ? and key = ?", [(name, key) for key in gone]
            )
        return gone - self.known().keys()

    def save_version(
        self, key: str, body: Body, answer: Answer | None, seconds: float, note: Note | None = None
    ) -> bool:
        """Keep the body as the source's content, with the answer that it came in; false where it is the current one."""
        kept = self.content(body.sha256)
        if _is_whole(kept, body.size):
            body.path.unlink()
        else:
            kept.parent.mkdir(parents=True, exist_ok=True)
            # Readable like the databases beside it, and for nobody to change.
            body.path.chmod(0o444)
            _to_disk(body.path)
            body.path.replace(kept)
        last = self._connection.execute(
            "select number, sha256 from versions where key = ? order by number desc limit 1", [key]
        ).fetchone()
        number, sha256 = last or (0, None)
        details = [
            getattr(answer, name, None) for name in ("status", "address", "etag", "last_modified", "content_type")
        ]
        is_new = sha256 != body.sha256
        with self._connection:
            if is_new:
                self._connection.execute(
                    f"insert into versions values ({', '.join('?' * 10)})",
                    [key, number + 1, body.sha256, body.size, _now(), *details],
                )
            else:
                self._connection.execute(
                    "update versions set http_status = ?, answered_by = ?, etag = ?, last_modified = ?, content_type = ?"
                    " where key = ? and number = ?",
                    [*details, key, number],
                )
            self._asked(key, "ok" if is_new else "unchanged", seconds, note)
        return is_new

    def save_unchanged(self, key: str, seconds: float) -> None:
        """Note that the source said that its current version is still the one."""
        with self._connection:
            self._asked(key, "unchanged", seconds)

    def save_failure(self, key: str, failure: FetchFailure, seconds: float) -> None:
        """Note why the source gave nothing. Its versions stay, and it is asked again next time whatever its age."""
        with self._connection:
            self._connection.execute(
                "update sources set asked_at = null, status = 'failed', cause = ?, message = ?, remedy = ?, seconds = ?"
                " where key = ?",
                [failure.cause, failure.message, failure.remedy, seconds, key],
            )

    def _asked(self, key: str, status: str, seconds: float, note: Note | None = None) -> None:
        cause, message = note or (None, None)
        self._connection.execute(
            "update sources set asked_at = ?, status = ?, cause = ?, message = ?, remedy = null, seconds = ? where key = ?",
            [_now(), status, cause, message, seconds, key],
        )


_KNOWN = """
select
    sources.key, address, stated, asked_at, status, cause, message, remedy, seconds,
    sha256, bytes, fetched_at, answered_by, etag, last_modified
from sources
left join versions on
    versions.key = sources.key
    and versions.number = (select max(number) from versions where versions.key = sources.key)
where exists (select 1 from listings where listings.key = sources.key)
order by sources.key
"""


@contextmanager
def open_record(folder: Path) -> Iterator[Record]:
    """The record in the folder, made where there is none. Raises sqlite3.Error and OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    with _connected(folder) as connection:
        (version,) = connection.execute("pragma user_version").fetchone()
        if not version:
            connection.executescript(f"begin; {_TABLES} pragma user_version = {_VERSION}; commit;")
        record = Record(connection, folder)
        record.partial.mkdir(exist_ok=True)
        yield record


def is_record(folder: Path) -> bool:
    """Whether anything was ever fetched into the folder."""
    return (folder / RECORD).exists()


def read_known(folder: Path) -> dict[str, Known] | None:
    """Every source that a list names; null where nothing was ever fetched. Raises sqlite3.Error."""
    if not is_record(folder):
        return None
    with _connected(folder) as connection:
        (version,) = connection.execute("pragma user_version").fetchone()
        return Record(connection, folder).known() if version else None


@contextmanager
def _connected(folder: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(folder / RECORD, timeout=_WAIT_SECONDS)
    try:
        # A killed machine must not lose what a killed process cannot.
        connection.execute("pragma synchronous = full")
        yield connection
    finally:
        connection.close()


def _is_whole(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size


def _to_disk(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def _now() -> str:
    """The time in UTC, without a zone, as the tables of the store hold it."""
    return datetime.now(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
