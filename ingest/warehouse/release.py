"""A release: built from the store in a new file, tested there, and published by one rename.

The published file is never written in place, so a rebuild that fails or is killed at any moment leaves it whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from ingest.settings import Settings
from ingest.warehouse.errors import BuildFailed, WarehouseError
from ingest.warehouse.fetched import read_fetched
from ingest.warehouse.loading import SPOOL, Progress, load_into
from ingest.warehouse.locks import locked
from ingest.warehouse.query import open_release, text_literal
from ingest.warehouse.reviews import Decision, read_decisions
from ingest.warehouse.schema import PREVIOUS_COPIES, RELEASE_COPIES, RELEASES, REVIEWS, Table
from ingest.warehouse.store import Store, open_store
from ingest.warehouse.summary import LoadSummary
from ingest.warehouse.versions import build_fingerprint, extractor_version

# What DuckDB 1.1 and later read.
STORAGE_VERSION = "v1.1.0"
# What builds the models, as a process of its own; dbt_build says what it is given and what it answers.
BUILDER = (sys.executable, "-m", "ingest.warehouse.dbt_build")
KEPT_LOGS = 5
# Failures of a build that its message lists; the log has all.
LISTED_FAILURES = 8

# (nodes done, nodes in all, the node that ended)
BuildProgress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Release:
    """The row of raw.releases: what a published warehouse says of itself. Counts are of current documents."""

    release: str
    built_at: datetime
    extractor_version: str
    document_count: int
    figure_count: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Rebuild:
    """What a rebuild did. `is_new` is false where nothing had changed since `release` was published; `warnings` are what tests
    found that does not stop a release, in words.
    """

    loaded: LoadSummary
    release: Release
    is_new: bool
    warnings: tuple[str, ...] = ()


def rebuild(
    settings: Settings,
    *,
    force: bool = False,
    load_progress: Progress | None = None,
    build_progress: BuildProgress | None = None,
    on_loaded: Callable[[LoadSummary], None] | None = None,
) -> Rebuild:
    """Load what is new or changed in the configured sources, build and test a release, publish it.

    `on_loaded` is called with what the loading did before the build begins. Raises StoreBusy, StoreUnusable and, with the
    published release unchanged, BuildFailed.
    """
    with locked(settings.home / "build.lock", "rebuild"):
        _remove_leftovers(settings.build)
        with open_store(settings.store, "rebuild", extractor_version()) as store:
            loaded = load_into(
                store,
                settings.sources,
                settings,
                progress=load_progress,
                fetched=read_fetched(settings.fetched),
                withdraw_missing=True,
            )
            store.finish_run()
            if on_loaded:
                on_loaded(loaded)
            decisions = read_decisions(settings.reviews)
            release = _next_release(store, settings, decisions)
            published = published_release(settings.warehouse)
            if published and published.fingerprint == release.fingerprint and not force:
                return Rebuild(loaded, published, is_new=False)
            if release.document_count == 0:
                raise BuildFailed(
                    "No document is loaded. Put reports into a folder, name it in JIXIAO_SOURCES (or load it with "
                    "`jixiao load`), and rebuild."
                )
            workshop = settings.build / release.release
            # A view keeps the name of the database that it was made in, so the file is named as it will be published.
            database = workshop / settings.warehouse.name
            try:
                _write_raw_tables(store, database, release, decisions)
                if published:
                    _write_previous(store.connection, database, settings.warehouse)
            except (OSError, duckdb.Error) as error:
                shutil.rmtree(workshop, ignore_errors=True)
                raise BuildFailed(f"The new release could not be written: {error}") from error
        try:
            warnings = _run_dbt(settings, database, release, build_progress)
            _publish(database, settings, published)
        finally:
            shutil.rmtree(workshop, ignore_errors=True)
    return Rebuild(loaded, release, is_new=True, warnings=warnings)


def published_release(warehouse: Path) -> Release | None:
    """What the published warehouse says of itself; null where there is none, or none that can be read."""
    try:
        with open_release(warehouse) as connection:
            row = connection.execute(f"select {RELEASES.column_list} from raw.releases").fetchone()
    except (WarehouseError, duckdb.Error):
        return None
    return Release(*row) if row else None


def kept_releases(settings: Settings) -> list[Path]:
    """The files of earlier releases that are kept, the newest last (names have seconds, files have more)."""
    return sorted(settings.releases.glob("*.duckdb"), key=lambda path: (path.stat().st_mtime_ns, path.name))


def _remove_leftovers(build: Path) -> None:
    """Remove what a killed rebuild left. Called with the build's lock held: nobody else is building."""
    if build.is_dir():
        for workshop in build.iterdir():
            if workshop.is_dir() and workshop.name not in ("target", "logs", SPOOL):
                shutil.rmtree(workshop, ignore_errors=True)
        logs = sorted((build / "logs").glob("*"))
        for log in logs[:-KEPT_LOGS]:
            shutil.rmtree(log, ignore_errors=True)


def _next_release(store: Store, settings: Settings, decisions: list[Decision]) -> Release:
    """The release that the store gives now: its name, its counts and the fingerprint of all that goes into it."""
    connection = store.connection
    digest = hashlib.sha256(build_fingerprint(settings.project).encode())
    # What was published in spite of an unknown name is not what a strict build would publish.
    digest.update(b"strict names" if settings.strict_names else b"")
    digest.update("".join(table.ddl() for table in (*RELEASE_COPIES, *PREVIOUS_COPIES, RELEASES, REVIEWS)).encode())
    documents = connection.execute(
        """
        select document_id, source_key, file, extractor_version, stated from raw.documents where is_current order by all
        """
    ).fetchall()
    # A failure is shown in the release too, so one that comes or goes is a change.
    failures = connection.execute(
        """
        select source_key, stage, status, cause, message from raw.outcomes
        where is_current and last_run_id = ? and status in ('failed', 'rejected') order by all
        """,
        [store.run_id],
    ).fetchall()
    decided = [decision.review_id for decision in decisions]
    digest.update(json.dumps([documents, failures, decided], ensure_ascii=False).encode())
    (figure_count,) = connection.execute(
        """
        select count(*) from raw.figures
        where document_id in (select document_id from raw.documents where is_current)
        """
    ).fetchone()
    built_at = datetime.now(UTC).replace(tzinfo=None)
    return Release(
        release=f"{built_at:%Y%m%dT%H%M%S}-{digest.hexdigest()[:6]}",
        built_at=built_at,
        extractor_version=store.extractor_version,
        document_count=len(documents),
        figure_count=figure_count,
        fingerprint=digest.hexdigest(),
    )


def _write_raw_tables(store: Store, database: Path, release: Release, decisions: list[Decision]) -> None:
    """Write the store's tables, all versions of all documents, the decisions and the release's own row into a new file."""
    database.parent.mkdir(parents=True)
    connection = store.connection
    connection.execute(f"attach {text_literal(database)} as release (storage_version '{STORAGE_VERSION}')")
    try:
        connection.execute("create schema release.raw")
        for table, order in RELEASE_COPIES.items():
            connection.execute(table.ddl("release.raw"))
            connection.execute(
                f"insert into release.raw.{table.name} ({table.column_list})"
                f" select {table.column_list} from raw.{table.name} order by {order}"
            )
        for table in (RELEASES, REVIEWS, *PREVIOUS_COPIES):
            connection.execute(table.ddl("release.raw"))
        _insert(connection, RELEASES, [release])
        _insert(connection, REVIEWS, decisions)
    finally:
        connection.execute("detach release")


def _insert(connection: duckdb.DuckDBPyConnection, table: Table, rows: Sequence[object]) -> None:
    """Insert objects whose attributes are the table's columns."""
    marks = ", ".join("?" for _ in table.columns)
    for row in rows:
        connection.execute(
            f"insert into release.raw.{table.name} values ({marks})",
            [getattr(row, name) for name in table.column_names],
        )


def _write_previous(connection: duckdb.DuckDBPyConnection, database: Path, previous: Path) -> None:
    """Add what the published release says, so that the new one can say what changed; nothing where it cannot be compared."""
    connection.execute(f"attach {text_literal(database)} as release")
    connection.execute(f"attach {text_literal(previous)} as previous (read_only)")
    try:
        connection.execute("begin")
        for table, query in PREVIOUS_COPIES.items():
            connection.execute(f"insert into release.raw.{table.name} select {table.column_list} {query}")
        connection.execute("commit")
    except (duckdb.BinderException, duckdb.CatalogException):
        # An earlier Jixiao's release, whose marts had other names.
        connection.execute("rollback")
    finally:
        connection.execute("detach previous")
        connection.execute("detach release")


def _run_dbt(settings: Settings, database: Path, release: Release, progress: BuildProgress | None) -> tuple[str, ...]:
    """Run the models and their tests on the new file; returns what tests warned of. Raises BuildFailed."""
    logs = settings.build / "logs" / release.release
    logs.mkdir(parents=True)
    output = logs / "output.txt"
    with output.open("wb") as stream:
        child = subprocess.Popen(
            [*BUILDER, str(settings.project), str(settings.build / "target"), str(logs)],
            cwd=settings.project,
            env=os.environ
            | {
                "JIXIAO_BUILD_DATABASE": str(database),
                "JIXIAO_STRICT_NAMES": str(int(settings.strict_names)),
                "DO_NOT_TRACK": "1",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stream,
        )
        try:
            result = _follow(child, progress)
            code = child.wait()
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
            child.stdin.close()
            child.stdout.close()
    if code == 0 and result.get("success"):
        shutil.rmtree(logs, ignore_errors=True)
        return tuple(_in_words(warning) for warning in result["warnings"])
    raise BuildFailed(_failure_message(result, code, logs))


def _follow(child: subprocess.Popen[bytes], progress: BuildProgress | None) -> dict[str, object]:
    """Report the child's progress until it ends; returns the last thing that it said."""
    done, message = 0, {}
    for line in child.stdout:
        message = json.loads(line)
        if "node" in message:
            done += 1
            if progress:
                progress(done, message["total"], message["node"])
    return message


def _failure_message(result: dict[str, object], code: int, logs: Path) -> str:
    failures = result.get("failures") or []
    if failures:
        listed = [f"  {_in_words(failure)}" for failure in failures[:LISTED_FAILURES]]
        if len(failures) > LISTED_FAILURES:
            listed.append(f"  … and {len(failures) - LISTED_FAILURES} more")
        what = f"{len(failures)} models or tests failed:\n" + "\n".join(listed)
    elif code < 0:
        what = f"dbt was ended by the signal {signal.Signals(-code).name}"
    else:
        what = f"dbt ended with code {code}"
    return f"{what}\nThe log is in {logs}"


def _in_words(found: dict[str, object]) -> str:
    """What a model or test that failed or warned says, and the rows that it found."""
    rows = "".join(f"\n    {' '.join(row.split())}" for row in found["rows"])
    return f"{found['node']}: {' '.join(found['message'].split()) or found['status']}{rows}"


def _publish(database: Path, settings: Settings, replaced: Release | None) -> None:
    """Check the new file, bring it to the disk and put it in the published one's place. Raises BuildFailed."""
    try:
        with duckdb.connect(str(database)) as connection:
            _check_readable(connection)
            connection.execute("checkpoint")
    except duckdb.Error as error:
        raise BuildFailed(f"The new release cannot be read: {error}") from error
    _sync(database)
    # Only a release that is really replaced is an earlier one.
    if replaced:
        _keep(settings, replaced.release)
    warehouse = settings.warehouse
    # A log left by somebody who opened the published file for writing would be replayed on the new one.
    warehouse.with_name(warehouse.name + ".wal").unlink(missing_ok=True)
    database.replace(warehouse)
    _sync(warehouse.parent)


def _keep(settings: Settings, release: str) -> None:
    """Keep the release that is about to be replaced, and let go of those beyond the number that is kept.

    A second name for the same file: it costs nothing until the first is replaced, and nobody waits for a copy.
    """
    settings.releases.mkdir(parents=True, exist_ok=True)
    kept = settings.releases / f"{release}.duckdb"
    if settings.kept_releases and not kept.exists():
        try:
            kept.hardlink_to(settings.warehouse)
        except OSError:
            shutil.copyfile(settings.warehouse, kept)
    old = kept_releases(settings)
    for path in old[: len(old) - settings.kept_releases]:
        path.unlink(missing_ok=True)


def _check_readable(connection: duckdb.DuckDBPyConnection) -> None:
    relations = connection.execute(
        """
        select schema_name, table_name from duckdb_tables() where not internal
        union all select schema_name, view_name from duckdb_views() where not internal
        """
    ).fetchall()
    if not any(schema == "main" for schema, _ in relations):
        raise BuildFailed("The new release has no marts: the dbt project makes no table in the schema main.")
    for schema, relation in relations:
        connection.execute(f'select * from "{schema}"."{relation}" limit 0')


def _sync(path: Path) -> None:
    """Have the file, or the folder's entries, reach the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
