"""The store: the record of every document ever loaded, its figures, and what became of each input.

One writer at a time, guarded by a lock file. Whatever is written together is one transaction, so that a process killed
at any moment leaves each document loaded whole or not at all.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from ingest.warehouse.errors import StoreUnusable
from ingest.warehouse.locks import locked
from ingest.warehouse.records import Origin, Outcome, Prepared, Rejection
from ingest.warehouse.schema import (
    ANSWERS,
    DOCUMENTS,
    FIGURES,
    OUTCOME_KEY,
    OUTCOME_STATE,
    OUTCOMES,
    REJECTIONS,
    RUNS,
    SOURCES,
    STORE_TABLES,
    Table,
)

# What the database and the way to it raise for values that they cannot hold, lone surrogates and huge integers among them.
_REFUSALS = (duckdb.Error, pa.ArrowException, UnicodeError, OverflowError)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is written together for one document: its content or its new place, and what became of it.

    With `prepared` the document is stored; without, `document_id` names one that the store has (the source now points to
    it) or is null (the source is gone). `changes_source` is false for entries that only record outcomes. `answer` is
    remembered, as what a content gave that is no document.
    """

    origin: Origin
    outcomes: tuple[Outcome, ...]
    document_id: str | None = None
    prepared: Prepared | None = None
    changes_source: bool = False
    rejections: tuple[Rejection, ...] = ()
    answer: KnownAnswer | None = None


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """What reading a content under a name with this ending gave that is no document, as JSON."""

    content_id: str
    ending: str
    reader: str
    answer: str


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """What the store remembers of a content: under which extractor it was read, when first, and how much it gave.

    `source_key` is whose it is, and `stated` what a list of sources said of it then, as JSON; null where none named it.
    """

    extractor_version: str
    loaded_at: datetime
    figure_count: int
    source_key: str
    stated: str | None


@dataclass(slots=True)
class Store:
    """An open store with the lock held. Use `open_store`."""

    connection: duckdb.DuckDBPyConnection
    run_id: str
    extractor_version: str
    documents: dict[str, KnownDocument] = field(default_factory=dict)
    sources: dict[str, tuple[Origin, str]] = field(default_factory=dict)
    # (content_id, ending, reader) of the answers that are held.
    answers: set[tuple[str, str, str]] = field(default_factory=set)

    def answer_of(self, content_id: str, ending: str, reader: str) -> str | None:
        """What reading this content gave, as JSON, where it is remembered and was no document."""
        if (content_id, ending, reader) not in self.answers:
            return None
        row = self.connection.execute(
            "select answer from raw.answers where content_id = ? and ending = ? and reader = ?",
            [content_id, ending, reader],
        ).fetchone()
        return row[0] if row else None

    def write(self, entries: Sequence[Entry]) -> list[Outcome]:
        """Write the entries in one transaction; returns the outcomes as recorded.

        Where the transaction fails, each entry is tried alone, so that one cannot take the others with it; the one that
        fails is recorded as a failure. Raises StoreUnusable where nothing at all can be written.
        """
        try:
            self._write(entries)
        except _REFUSALS as error:
            if len(entries) > 1:
                return [outcome for entry in entries for outcome in self.write([entry])]
            return self._write_failure(entries[0], error)
        return [outcome for entry in entries for outcome in entry.outcomes]

    def _write_failure(self, entry: Entry, error: Exception) -> list[Outcome]:
        failure = Outcome(
            entry.origin,
            "loaded",
            "failed",
            document_id=entry.document_id,
            cause="store_error",
            message=f"the store refused it: {str(error).splitlines()[0]}",
            remedy="Check the space on the disk, and report this message where there is enough",
        )
        kept = tuple(outcome for outcome in entry.outcomes if outcome.stage != "loaded")
        try:
            self._write([replace(entry, outcomes=(*kept, failure), prepared=None, changes_source=False)])
        except _REFUSALS as second:
            raise StoreUnusable(f"The store cannot be written: {str(second).splitlines()[0]}") from error
        return [*kept, failure]

    def _write(self, entries: Sequence[Entry]) -> None:
        now = _now()
        loaded_at = {entry.document_id: now for entry in entries if entry.prepared}
        loaded_at |= {key: self.documents[key].loaded_at for key in loaded_at if key in self.documents}
        with self._transaction():
            self._replace_documents([entry.prepared for entry in entries if entry.prepared], loaded_at)
            self._point_sources([entry for entry in entries if entry.changes_source])
            self._record([outcome for entry in entries for outcome in entry.outcomes], now)
            self._replace_rejections(entries)
            self._remember([entry.answer for entry in entries if entry.answer])
        for entry in entries:
            if entry.answer:
                self.answers.add((entry.answer.content_id, entry.answer.ending, entry.answer.reader))
            if entry.prepared:
                self.documents[entry.prepared.document_id] = KnownDocument(
                    self.extractor_version,
                    loaded_at[entry.prepared.document_id],
                    entry.prepared.figure_count,
                    entry.prepared.origin.source_key,
                    entry.prepared.document.get("stated"),
                )
            if entry.changes_source and entry.document_id is None:
                self.sources.pop(entry.origin.source_key, None)
            elif entry.changes_source:
                self.sources[entry.origin.source_key] = (entry.origin, str(entry.document_id))

    def finish_run(self) -> None:
        """Record that the run ended of itself."""
        self.connection.execute("update raw.runs set finished_at = ? where run_id = ?", [_now(), self.run_id])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self.connection.execute("begin")
        try:
            yield
        except BaseException:
            self.connection.execute("rollback")
            raise
        self.connection.execute("commit")

    def _replace_documents(self, prepared: Sequence[Prepared], loaded_at: Mapping[str | None, datetime]) -> None:
        """Insert the documents; one that was read before, under another extractor, gives way with its figures."""
        if not prepared:
            return
        with self._rows("incoming", pa.table({"document_id": [p.document_id for p in prepared]})):
            for table in (FIGURES, DOCUMENTS):
                self.connection.execute(
                    f"delete from raw.{table.name} where document_id in (select document_id from incoming)"
                )
        self._insert(
            DOCUMENTS,
            [
                p.document
                | {
                    "document_id": p.document_id,
                    "source_key": p.origin.source_key,
                    "file": p.origin.file,
                    "extractor_version": self.extractor_version,
                    "loaded_at": loaded_at[p.document_id],
                    "is_current": True,
                }
                for p in prepared
            ],
        )
        schema = FIGURES.arrow_schema
        figures = pa.concat_tables(pa.table(p.figures, schema=schema) for p in prepared)
        self._insert_arrow(FIGURES, figures)

    def _record(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        """Record what became of inputs: one that is as it was is only seen again, of one that changed both states stay."""
        if not outcomes:
            return
        # Where one input is met twice, it is what it was left as.
        rows = {
            (row["source_key"], row["stage"]): row
            for row in (_outcome_row(outcome, self.run_id, now) for outcome in outcomes)
        }
        columns = {name: [row.get(name) for row in rows.values()] for name in OUTCOMES.column_names}
        with self._rows("incoming", pa.table(columns, schema=OUTCOMES.arrow_schema)):
            for statement in _RECORD_OUTCOMES:
                self.connection.execute(statement)
        self.connection.execute(
            "update raw.runs set loaded = coalesce(loaded, 0) + ?, failed = coalesce(failed, 0) + ? where run_id = ?",
            [
                sum(outcome.stage == "loaded" and outcome.status == "ok" for outcome in outcomes),
                sum(outcome.is_failure for outcome in outcomes),
                self.run_id,
            ],
        )

    def _replace_rejections(self, entries: Sequence[Entry]) -> None:
        """Keep the bad rows of each table as it was read last: a table that is read again is told anew."""
        stages = ("read", "fetched")
        read = {entry.origin.file for entry in entries if any(outcome.stage in stages for outcome in entry.outcomes)}
        if read:
            with self._rows("incoming", pa.table({"file": sorted(read)})):
                self.connection.execute("delete from raw.rejections where file in (select file from incoming)")
        self._insert(REJECTIONS, [_rejection_row(r, self.run_id) for entry in entries for r in entry.rejections])

    def standing_failures(self) -> list[Origin]:
        """The files that could not be read, or were left aside, when they were met last; none that was met in this run."""
        rows = self.connection.execute(
            """
            select source_key, any_value(file) from raw.outcomes
            where is_current and stage in ('read', 'extracted')
            group by source_key
            having bool_or(status in ('failed', 'rejected', 'skipped')) and not bool_or(status = 'withdrawn')
                and max(last_run_id) <> ?
            order by source_key
            """,
            [self.run_id],
        ).fetchall()
        return [Origin(source_key, source_key, file) for source_key, file in rows]

    def _remember(self, answers: Sequence[KnownAnswer]) -> None:
        """Keep the answers; those of another reader about the same content give way."""
        if not answers:
            return
        rows = [{name: getattr(answer, name) for name in ANSWERS.column_names} for answer in answers]
        with self._rows("incoming", pa.table({name: [row[name] for row in rows] for name in ("content_id", "ending")})):
            self.connection.execute("delete from raw.answers where (content_id, ending) in (from incoming)")
        self._insert(ANSWERS, rows)

    def _point_sources(self, entries: Sequence[Entry]) -> None:
        """Let each source point to its content, and settle which documents are current and what replaced the others."""
        if not entries:
            return
        moves = pa.table(
            {
                "source_key": [e.origin.source_key for e in entries],
                "path": [e.origin.path for e in entries],
                "file": [e.origin.file for e in entries],
                "document_id": [e.document_id for e in entries],
                "previous": [self._content_of(e.origin.source_key) for e in entries],
            },
            schema=pa.schema([(n, pa.string()) for n in ("source_key", "path", "file", "document_id", "previous")]),
        )
        with self._rows("moves", moves):
            for statement in _POINT_SOURCES:
                self.connection.execute(statement)

    def _content_of(self, source_key: str) -> str | None:
        known = self.sources.get(source_key)
        return known[1] if known else None

    def _insert(self, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
        if rows:
            columns = {name: [row.get(name) for row in rows] for name in table.column_names}
            self._insert_arrow(table, pa.table(columns, schema=table.arrow_schema))

    def _insert_arrow(self, table: Table, rows: pa.Table) -> None:
        with self._rows("incoming", rows):
            self.connection.execute(
                f"insert into raw.{table.name} ({table.column_list}) select {table.column_list} from incoming"
            )

    @contextmanager
    def _rows(self, name: str, rows: pa.Table) -> Iterator[None]:
        self.connection.register(name, rows)
        yield
        # Not after a failure: the aborted transaction would answer, and its answer hide what went wrong.
        self.connection.unregister(name)


def _same(names: Sequence[str]) -> str:
    return " and ".join(f"held.{name} is not distinct from incoming.{name}" for name in names)


# `incoming` has one row per input and stage.
_RECORD_OUTCOMES = (
    f"""
    update raw.outcomes as held
    set last_run_id = incoming.run_id, last_at = incoming."at", file = incoming.file
    from incoming
    where held.is_current and {_same(OUTCOME_KEY)} and {_same(OUTCOME_STATE)}
    """,
    f"""
    update raw.outcomes as held
    set is_current = false
    from incoming
    where held.is_current and {_same(OUTCOME_KEY)} and not ({_same(OUTCOME_STATE)})
    """,
    f"""
    insert into raw.outcomes ({OUTCOMES.column_list})
    select {OUTCOMES.column_list} from incoming
    where not exists (from raw.outcomes as held where held.is_current and {_same(OUTCOME_KEY)})
    """,
)

# A store of before has a row per run: those of one state that follow each other become one, and runs get their counts.
_FOLD_OUTCOMES = (
    """
    update raw.runs as runs
    set loaded = counts.loaded, failed = counts.failed
    from (
        select
            run_id,
            count(*) filter (where stage = 'loaded' and status = 'ok') as loaded,
            count(*) filter (where status in ('failed', 'rejected')) as failed
        from raw.outcomes
        group by run_id
    ) as counts
    where runs.run_id = counts.run_id
    """,
    f"""
    create temp table folded as
    with marked as (
        select
            *,
            row_number() over (partition by {", ".join(OUTCOME_KEY)} order by "at", run_id)
            - row_number() over (partition by {", ".join((*OUTCOME_KEY, *OUTCOME_STATE))} order by "at", run_id) as island
        from raw.outcomes
    )
    select
        arg_min(run_id, ("at", run_id)) as run_id,
        arg_max(file, ("at", run_id)) as file,
        {", ".join((*OUTCOME_KEY, *OUTCOME_STATE))},
        arg_min(seconds, ("at", run_id)) as seconds,
        min("at") as "at",
        arg_max(run_id, ("at", run_id)) as last_run_id,
        max("at") as last_at
    from marked
    group by {", ".join((*OUTCOME_KEY, *OUTCOME_STATE))}, island
    """,
    "delete from raw.outcomes",
    f"""
    insert into raw.outcomes by name
    select *, row_number() over (partition by {", ".join(OUTCOME_KEY)} order by last_at desc, last_run_id desc) = 1 as is_current
    from folded
    """,
    "drop table folded",
)

# `moves` has one row per source: where it points now (null: it is gone) and what it pointed to before.
_POINT_SOURCES = (
    "delete from raw.sources where source_key in (select source_key from moves)",
    """
    insert into raw.sources
    select source_key, path, file, document_id from moves where document_id is not null
    """,
    # What no source points to any more is superseded by what took its place, or gone.
    """
    update raw.documents as documents
    set is_current = false, superseded_by = moves.document_id
    from moves
    where documents.document_id = moves.previous
        and moves.document_id is distinct from moves.previous
        and not exists (from raw.sources where sources.document_id = moves.previous)
    """,
    # A file that went back to an earlier content makes that version current again.
    """
    update raw.documents as documents
    set is_current = true, superseded_by = null
    where documents.document_id in (select document_id from moves) and not documents.is_current
    """,
    # A document whose own file is gone or changed, while a copy of it remains, is from then on the copy's.
    """
    update raw.documents as documents
    set source_key = remaining.source_key, file = remaining.file
    from (
        select document_id, min(source_key) as source_key, arg_min(file, source_key) as file
        from raw.sources
        where document_id in (select document_id from moves union all select previous from moves)
        group by document_id
    ) as remaining
    where documents.document_id = remaining.document_id
        and not exists (
            from raw.sources
            where sources.source_key = documents.source_key and sources.document_id = documents.document_id
        )
    """,
    """
    update raw.figures as figures
    set file = documents.file
    from raw.documents as documents
    where figures.document_id = documents.document_id
        and documents.document_id in (select document_id from moves union all select previous from moves)
        and figures.file <> documents.file
    """,
)


@contextmanager
def open_store(path: Path, command: str, extractor_version: str) -> Iterator[Store]:
    """The store at `path`, created where there is none, locked for `command` and with a run begun.

    Raises StoreBusy and StoreUnusable.
    """
    with locked(lock_path(path), command), _connected(path) as connection:
        connection.execute("begin")
        for statement in _schema_statements(connection):
            connection.execute(statement)
        connection.execute("commit")
        run_id = f"{_now():%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
        store = Store(connection, run_id, extractor_version)
        store._insert(
            RUNS,
            [
                {
                    "run_id": run_id,
                    "started_at": _now(),
                    "command": command,
                    "extractor_version": extractor_version,
                }
            ],
        )
        store.documents = _known_documents(connection)
        store.answers = set(connection.execute("select content_id, ending, reader from raw.answers").fetchall())
        store.sources = {
            row[0]: (Origin(*row[:3]), row[3])
            for row in connection.execute(f"select {SOURCES.column_list} from raw.sources").fetchall()
        }
        yield store


def lock_path(store: Path) -> Path:
    """The lock file that guards the store."""
    return store.with_suffix(".lock")


@contextmanager
def _connected(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    try:
        connection = duckdb.connect(str(path))
    except duckdb.Error as error:
        raise StoreUnusable(
            f"{path}: cannot be opened ({str(error).splitlines()[0]}). If it is damaged, move it away and load again."
        ) from error
    try:
        yield connection
    finally:
        connection.close()


def _schema_statements(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """What makes the raw tables as this version of Jixiao knows them; a store of an earlier one gets the columns it lacks."""
    yield "create schema if not exists raw"
    held: dict[str, set[str]] = {}
    for table, column in connection.execute(
        "select table_name, column_name from duckdb_columns() where schema_name = 'raw'"
    ).fetchall():
        held.setdefault(table, set()).add(column)
    for table in STORE_TABLES:
        yield table.ddl()
        for column in table.columns:
            if column.name not in held.get(table.name, {column.name}):
                yield f'alter table raw.{table.name} add column "{column.name}" {column.sql_type}'
    if "is_current" not in held.get(OUTCOMES.name, {"is_current"}):
        yield from _FOLD_OUTCOMES


def _known_documents(connection: duckdb.DuckDBPyConnection) -> dict[str, KnownDocument]:
    rows = connection.execute(
        """
        select document_id, extractor_version, loaded_at, coalesce(counts.figures, 0), source_key, stated
        from raw.documents
        left join (select document_id, count(*) as figures from raw.figures group by all) as counts using (document_id)
        """
    ).fetchall()
    return {row[0]: KnownDocument(*row[1:]) for row in rows}


def _outcome_row(outcome: Outcome, run_id: str, now: datetime) -> dict[str, object]:
    names = ("document_id", "stage", "status", "cause", "message", "remedy", "figures", "seconds")
    origin = {"source_key": outcome.origin.source_key, "file": outcome.origin.file}
    seen = {"run_id": run_id, "at": now, "last_run_id": run_id, "last_at": now, "is_current": True}
    return {name: getattr(outcome, name) for name in names} | origin | seen


def _rejection_row(rejection: Rejection, run_id: str) -> dict[str, object]:
    names = ("file", "row_number", "value", "cause", "message", "remedy")
    return {name: getattr(rejection, name) for name in names} | {"column_name": rejection.column, "run_id": run_id}


def _now() -> datetime:
    """The time in UTC, as the tables hold it: without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def withdrawals(gone: Iterable[tuple[Origin, str]], cause: str, message: str) -> list[Entry]:
    """Entries that let sources (with the document_id that each has) go: their documents stay in the store, not current."""
    return [
        Entry(
            origin,
            (Outcome(origin, "loaded", "withdrawn", document_id=document_id, cause=cause, message=message),),
            changes_source=True,
        )
        for origin, document_id in gone
    ]
