"""What Jixiao holds and what needs a hand: counts of the store, the last runs, the release, failures by cause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb

from ingest.documents.archives import SEPARATOR
from ingest.paths import is_address, path_of_key
from ingest.settings import Settings
from ingest.warehouse.errors import StoreUnusable
from ingest.warehouse.fetched import read_fetched
from ingest.warehouse.locks import locked
from ingest.warehouse.release import Release, published_release
from ingest.warehouse.store import lock_path

LAST_RUNS = 5
EXAMPLES_OF_A_CAUSE = 5


@dataclass(frozen=True, slots=True)
class Run:
    """One run: when (UTC), what command, how many documents it loaded, how many inputs failed; unfinished if killed."""

    run_id: str
    started_at: datetime
    finished_at: datetime | None
    command: str
    loaded: int
    failed: int


@dataclass(frozen=True, slots=True)
class Cause:
    """Inputs that failed, or were left aside, for one cause and still are, with what to do about it."""

    cause: str
    remedy: str
    count: int
    examples: tuple[str, ...]


@dataclass(slots=True)
class Status:
    """The whole of it. Document and figure counts are of current documents; `earlier_versions` are the rest.

    `listed` counts the sources that lists name, `listed_without` those of them that never gave a document.
    """

    home: Path
    release: Release | None
    documents: dict[str, int] = field(default_factory=dict)
    figures: int = 0
    earlier_versions: int = 0
    runs: list[Run] = field(default_factory=list)
    causes: list[Cause] = field(default_factory=list)
    skipped: list[Cause] = field(default_factory=list)
    listed: int = 0
    listed_without: int = 0


def read_status(settings: Settings) -> Status:
    """Raises StoreBusy while somebody writes, and StoreUnusable."""
    status = Status(settings.home, published_release(settings.warehouse))
    fetched = read_fetched(settings.fetched)
    if fetched:
        status.listed = len(fetched.known)
        status.listed_without = sum(known.version is None for known in fetched.known)
    if not settings.store.exists():
        return status
    with locked(lock_path(settings.store), "status"):
        try:
            with duckdb.connect(str(settings.store), read_only=True) as connection:
                _read_store(
                    connection, status, frozenset(known.key for known in fetched.known) if fetched else frozenset()
                )
        except duckdb.CatalogException:
            # The first load was killed before it had made its tables: nothing is held.
            return status
        except duckdb.Error as error:
            raise StoreUnusable(f"{settings.store}: cannot be read ({str(error).splitlines()[0]}).") from error
    return status


def _read_store(connection: duckdb.DuckDBPyConnection, status: Status, listed: frozenset[str]) -> None:
    status.documents = dict(
        connection.execute(
            "select format, count(*) from raw.documents where is_current group by all order by all"
        ).fetchall()
    )
    (status.figures,) = connection.execute(
        "select count(*) from raw.figures where document_id in (select document_id from raw.documents where is_current)"
    ).fetchone()
    (status.earlier_versions,) = connection.execute(
        "select count(*) from raw.documents where not is_current"
    ).fetchone()
    status.runs = [
        Run(*row)
        for row in connection.execute(
            """
            select run_id, started_at, finished_at, command, coalesce(loaded, 0), coalesce(failed, 0)
            from raw.runs
            order by started_at desc
            limit ?
            """,
            [LAST_RUNS],
        ).fetchall()
    ]
    status.causes = _standing(connection, ("failed", "rejected"), listed)
    status.skipped = _standing(connection, ("skipped",), listed)


def _standing(connection: duckdb.DuckDBPyConnection, statuses: Sequence[str], listed: frozenset[str]) -> list[Cause]:
    """What has one of the statuses in its input's latest run, by cause; removing or mending a bad file settles it.

    Fetching is a run of its own, which settles nothing of what reading found, and the other way round. `listed` are the
    addresses that a list of sources names: removing its row settles what is wrong with an address.
    """
    latest: dict[tuple[str, bool], datetime] = {
        (source_key, is_of_fetching): at
        for source_key, is_of_fetching, at in connection.execute(
            """
            select source_key, stage = 'fetched', max(started_at)
            from raw.outcomes inner join raw.runs on outcomes.last_run_id = runs.run_id
            group by all
            """
        ).fetchall()
    }
    rows = connection.execute(
        """
        with latest as (
            select source_key, stage = 'fetched' as is_of_fetching, max(started_at) as started_at
            from raw.outcomes inner join raw.runs on outcomes.last_run_id = runs.run_id
            group by all
        )
        select cause, remedy, file, message, source_key, is_of_fetching, started_at
        from raw.outcomes
        inner join raw.runs on outcomes.last_run_id = runs.run_id
        inner join latest using (source_key, started_at)
        where is_current and list_contains(?, status) and (stage = 'fetched') = is_of_fetching
        order by cause, file
        """,
        [list(statuses)],
    ).fetchall()
    last_run = max(latest.values(), default=None)
    by_cause: dict[str, list[tuple[str | None, str]]] = {}
    for cause, remedy, file, message, source_key, is_of_fetching, at in rows:
        holder = _holder(source_key, listed)
        if holder is None:
            stands = cause in _OF_NO_FILE and at == last_run
        else:
            # A member of an archive that was loaded again without it is gone.
            stands = at >= latest.get((holder, is_of_fetching), at)
        if stands:
            by_cause.setdefault(cause, []).append((remedy, f"{file}: {message}"))
    return [
        Cause(cause, found[0][0] or "", len(found), tuple(text for _, text in found[:EXAMPLES_OF_A_CAUSE]))
        for cause, found in sorted(by_cause.items(), key=lambda item: -len(item[1]))
    ]


# What is wrong with a path where nothing is.
_OF_NO_FILE = frozenset({"not_found", "broken_link"})


def _holder(source_key: str, listed: frozenset[str]) -> str | None:
    """The source_key of the file or the address that is or holds this source; null where it is gone."""
    if is_address(source_key):
        whole = source_key.partition(SEPARATOR)[0]
        return whole if whole in listed else None
    if path_of_key(source_key).exists():
        return source_key
    for found in re.finditer(re.escape(SEPARATOR), source_key):
        if path_of_key(source_key[: found.start()]).is_file():
            return source_key[: found.start()]
    return None
