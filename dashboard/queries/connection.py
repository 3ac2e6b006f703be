"""The published release, read-only: one connection for each release, results of queries cached by release.

In: `$JIXIAO_HOME/warehouse.duckdb`. Out: pandas frames whose columns keep the marts' names (`*_cny` in yuan, `*_pct` in
percent, null for unknown). Refuses: a missing or unreadable warehouse and a release without a mart that a page needs,
each with a message that says what to do (`WarehouseError`).

A release is attached read-only to a database in memory, one for each release (its key is the file's inode and time of
change): DuckDB would otherwise go on serving the old file under the same path until the last reader has closed it.
Readers that are still at work finish on the old release; the next run of a page sees the new one.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path

import duckdb
import pandas as pd
import streamlit as st

from ingest.paths import PROJECT_ROOT

MEMORY_LIMIT = "1GB"
THREADS = 2


class WarehouseError(Exception):
    """The release cannot be read: `cause` is a code with a text in the interface, `detail` what was found."""

    def __init__(self, cause: str, detail: str) -> None:
        super().__init__(f"{cause}: {detail}")
        self.cause, self.detail = cause, detail


def warehouse_path() -> Path:
    """Where the published release is: `$JIXIAO_HOME/warehouse.duckdb`, by default in the project's data folder."""
    return Path(os.environ.get("JIXIAO_HOME") or PROJECT_ROOT / "data").resolve() / "warehouse.duckdb"


def attach(path: Path, memory_limit: str = MEMORY_LIMIT) -> duckdb.DuckDBPyConnection:
    """A locked connection that sees the release at `path` as catalog `release`, and nothing else of the machine."""
    connection = duckdb.connect(":memory:", config={"memory_limit": memory_limit, "threads": THREADS})
    try:
        connection.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as release (read_only)")
        # Spilling to disk would write beside whatever folder the server was started in.
        connection.execute("set temp_directory = ''")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
    except duckdb.Error:
        connection.close()
        raise
    return connection


class _Current:
    """The connection to the newest release; older ones live on only as long as somebody still reads from them."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.key: tuple[str, int, int] | None = None
        self.connection: duckdb.DuckDBPyConnection | None = None

    def cursor(self) -> tuple[str, duckdb.DuckDBPyConnection]:
        path = warehouse_path()
        with self.lock:
            try:
                found = path.stat()
            except OSError as error:
                raise WarehouseError("missing", str(path)) from error
            key = (str(path), found.st_ino, found.st_mtime_ns)
            if key != self.key or self.connection is None:
                try:
                    self.connection = attach(path)
                except duckdb.Error as error:
                    raise WarehouseError("unreadable", f"{path}: {error}") from error
                self.key = key
                # What was read from an older release would only take memory.
                _cached.clear()
            cursor = self.connection.cursor()
        cursor.execute("use release")
        return "-".join(str(part) for part in key), cursor


@st.cache_resource(show_spinner=False)
def _current() -> _Current:
    return _Current()


@st.cache_resource(show_spinner=False, max_entries=600)
def _cached(key: str, sql: str, parameters: tuple[object, ...], _cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    return _run(sql, parameters, _cursor)


def _run(sql: str, parameters: tuple[object, ...], cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    try:
        return cursor.execute(sql, parameters).df()
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise WarehouseError("outdated", str(error).splitlines()[0]) from error


class Warehouse:
    """The release as it was when a page began: every query of the page reads the same one."""

    def __init__(self) -> None:
        self.key, self._cursor = _current().cursor()
        self._columns: dict[str, set[str]] = {}

    def rows(self, sql: str, *parameters: object) -> pd.DataFrame:
        """The result of a query on the marts, cached for this release.

        The frame shares its values with the cache and copies what is changed (pandas copies on write): pickling each
        result for each reader cost more than most queries.
        """
        return _cached(self.key, sql, parameters, self._cursor).copy(deep=False)

    def columns(self, table: str) -> set[str]:
        """The columns of a mart in this release."""
        if not self._columns:
            found = self.rows(
                """
                select table_name, list(column_name) as names from duckdb_columns()
                where database_name = 'release' and schema_name = 'main' group by table_name
                """
            )
            self._columns.update(
                {owner: set(names) for owner, names in zip(found["table_name"], found["names"], strict=True)}
            )
        return self._columns.get(table, set())
