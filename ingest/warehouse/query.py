"""SQL on the published warehouse, for people and programs that are not trusted with more than reading it.

The connection is read-only, reaches no file, no network and no extension, its settings are locked, and one statement
that reads is run, within limits of time and memory.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from ingest.warehouse.errors import NoRelease, QueryRefused

# A sandbox is all of these together: reading outside the file, writing, and switching any of it off again.
SANDBOX = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    # A query that outgrows its memory fails instead of writing beside the warehouse.
    "temp_directory": "",
    "lock_configuration": "true",
}
DEFAULT_SECONDS = 60.0
DEFAULT_MEMORY = "1GB"

# PIVOT arrives as several statements of its own making (MULTI), none of which the user wrote.
_READING = frozenset({duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN, duckdb.StatementType.MULTI})


def text_literal(value: object) -> str:
    """The value as a string in SQL, for statements that take no parameters, such as `attach`."""
    return "'" + str(value).replace("'", "''") + "'"


def identifier(name: str) -> str:
    """The name of a table or a column as SQL takes any name."""
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def open_release(warehouse: Path, *, memory: str = DEFAULT_MEMORY) -> Iterator[duckdb.DuckDBPyConnection]:
    """A sandboxed read-only connection to the published warehouse. Raises NoRelease."""
    if not warehouse.exists():
        raise NoRelease(f"{warehouse}: there is no published warehouse yet. Run `jixiao rebuild` first.")
    try:
        connection = duckdb.connect(str(warehouse), read_only=True, config=SANDBOX | {"memory_limit": memory})
    except duckdb.Error as error:
        raise NoRelease(
            f"{warehouse}: cannot be opened ({_first_line(error)}). Run `jixiao rebuild --force` to build it anew."
        ) from error
    try:
        yield connection
    finally:
        connection.close()


def check_statement(statement: str) -> None:
    """Raises QueryRefused unless the text is one statement that reads."""
    try:
        statements = duckdb.extract_statements(statement)
    except duckdb.Error as error:
        raise QueryRefused(str(error)) from error
    if not statements:
        raise QueryRefused("There is no statement. Write one, such as: select * from dim_department limit 5")
    if len(statements) > 1:
        raise QueryRefused(f"There are {len(statements)} statements. Run them one at a time.")
    if statements[0].type not in _READING:
        raise QueryRefused(
            f"A statement of the kind {statements[0].type.name} is not run here: the warehouse is read-only. "
            "Use SELECT, FROM, WITH, DESCRIBE, SUMMARIZE, SHOW, PIVOT or EXPLAIN."
        )


@contextmanager
def run_query(
    connection: duckdb.DuckDBPyConnection, statement: str, *, seconds: float = DEFAULT_SECONDS
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Run one reading statement; yields a cursor to fetch from, and stops it after `seconds`, fetching included.

    Raises QueryRefused with DuckDB's own message where the statement is wrong or outgrows its limits.
    """
    check_statement(statement)
    cursor = connection.cursor()
    expired = threading.Event()

    def stop() -> None:
        expired.set()
        cursor.interrupt()

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        # No replacement of names by Python's variables, and no parameters: the text is run as it is.
        cursor.execute(statement)
        yield cursor
    except duckdb.Error as error:
        if expired.is_set():
            raise QueryRefused(
                f"The query was stopped after {seconds:g} seconds. Narrow it down, or allow it more time."
            ) from error
        if isinstance(error, duckdb.OutOfMemoryException):
            raise QueryRefused(
                f"The query needs more memory than it may use. Narrow it down. ({_first_line(error)})"
            ) from error
        raise QueryRefused(str(error)) from error
    finally:
        timer.cancel()
        cursor.close()


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
