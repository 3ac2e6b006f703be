"""SQL that a reader writes, run where it can do no harm.

In: one statement and the release. Out: at most `ROWS` rows. Refuses, each with a code that the interface explains: nothing
or more than one statement, anything but a query, a query over the time, memory or size limits, and SQL that DuckDB
cannot run. The connection is of its own: read-only release, no files, no network, no settings (see `data.attach`).
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from dashboard.queries.connection import attach

ROWS = 10_000
SECONDS = 10.0
MEMORY = "512MB"
LONGEST = 20_000
#: Cells longer than this are cut: a result of whole reports would not reach the browser.
LONGEST_CELL = 2_000


class Refused(Exception):
    """A statement that is not run or was stopped: `cause` is a code with a text in the interface."""

    def __init__(self, cause: str, detail: str = "") -> None:
        super().__init__(f"{cause}: {detail}")
        self.cause, self.detail = cause, detail


@dataclass(frozen=True)
class Result:
    """Rows of a query, whether more were left out, and how long it took in seconds."""

    frame: pd.DataFrame
    truncated: bool
    seconds: float


#: One query at a time for each server: two readers' limits would add up otherwise.
_turn = threading.BoundedSemaphore(2)


def check(sql: str) -> str:
    """The one query in `sql`, without what surrounds it; raises Refused where it is not one query."""
    if len(sql) > LONGEST:
        raise Refused("too_long", str(LONGEST))
    try:
        statements = duckdb.extract_statements(sql)
    except duckdb.Error as error:
        raise Refused("syntax", str(error)) from error
    if not statements:
        raise Refused("nothing")
    if len(statements) > 1:
        raise Refused("several", str(len(statements)))
    if statements[0].type not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
        raise Refused("not_a_query", statements[0].type.name)
    return statements[0].query


def run(sql: str, path: Path, *, seconds: float = SECONDS, rows: int = ROWS) -> Result:
    """Run one query on the release at `path` within the limits."""
    query = check(sql)
    if not _turn.acquire(timeout=seconds):
        raise Refused("busy")
    try:
        return _run(query, path, seconds, rows)
    finally:
        _turn.release()


def _run(query: str, path: Path, seconds: float, rows: int) -> Result:
    connection = attach(path, MEMORY)
    connection.execute("use release")
    stopped = threading.Event()

    def interrupt() -> None:
        stopped.set()
        connection.interrupt()

    timer = threading.Timer(seconds, interrupt)
    began = time.monotonic()
    timer.start()
    try:
        answer = connection.execute(query)
        names = [column[0] for column in answer.description or []]
        found = answer.fetchmany(rows + 1)
    except duckdb.InterruptException as error:
        raise Refused("too_slow", f"{seconds:g}") from error
    except duckdb.OutOfMemoryException as error:
        raise Refused("too_much_memory", MEMORY) from error
    except duckdb.PermissionException as error:
        raise Refused("outside", str(error)) from error
    except duckdb.Error as error:
        if stopped.is_set():
            raise Refused("too_slow", f"{seconds:g}") from error
        raise Refused("failed", str(error)) from error
    finally:
        timer.cancel()
        connection.close()
    frame = pd.DataFrame([[_cell(v) for v in row] for row in found[:rows]], columns=_unique(names))
    return Result(frame.infer_objects(), len(found) > rows, time.monotonic() - began)


def _cell(value: object) -> object:
    if isinstance(value, str):
        return value if len(value) <= LONGEST_CELL else value[:LONGEST_CELL] + "…"
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)[:LONGEST_CELL]


def _unique(names: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    made = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        made.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return made
