"""Rows to standard output: a table for people, CSV and JSON for programs. Nothing else is ever written there.

What is shown comes from reports and from SQL, and neither is trusted: control characters, which a terminal would obey, are
shown as escapes in a table.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import islice
from typing import TextIO

import duckdb
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

# A table is for reading; whoever wants more takes CSV or JSON.
ROWS_OF_A_TABLE = 1000
WIDEST_LINE = 100_000
ROWS_AT_A_TIME = 10_000


class RowFormat(StrEnum):
    """How rows are written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[object]], form: RowFormat) -> None:
    """Write rows (each as long as `columns`) to standard output as they come, in flat memory; a table is cut at 1000."""
    columns = _told_apart(columns)
    if form is RowFormat.TABLE:
        _write_table(columns, rows)
    elif form is RowFormat.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_plain(cell) for cell in row] for row in rows)
    elif form is RowFormat.JSONL:
        for row in rows:
            print(_json(columns, row))
    else:
        separator = "[\n"
        for row in rows:
            sys.stdout.write(separator + _json(columns, row))
            separator = ",\n"
        print("\n]" if separator.startswith(",") else "[]")


def fetched(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[object, ...]]:
    """The rows of a query, some thousands in memory at a time."""
    while rows := cursor.fetchmany(ROWS_AT_A_TIME):
        yield from rows


def say(text: str) -> None:
    """A line to standard error: progress, notes and failures, which must not mix with data."""
    print(escaped(text, keep="\n"), file=sys.stderr)


def escaped(text: str, keep: str = "") -> str:
    """The text with whatever is not printable (but `keep`) shown as an escape; every kind of space becomes a space."""
    return "".join(
        c if c.isprintable() or c in keep else " " if c.isspace() and c not in "\n\r" else _escape(c) for c in text
    )


def _escape(character: str) -> str:
    return character.encode("unicode_escape", errors="backslashreplace").decode("ascii")


def _told_apart(columns: Sequence[str]) -> list[str]:
    """Column names, with a number after one that occurs again (`a`, `a_2`): a JSON object has each name once."""
    names: list[str] = []
    for column in columns:
        name, number = column, 1
        while name in names:
            number += 1
            name = f"{column}_{number}"
        names.append(name)
    return names


def _write_table(columns: Sequence[str], rows: Iterable[Sequence[object]], stream: TextIO | None = None) -> None:
    rows = iter(rows)
    shown = list(islice(rows, ROWS_OF_A_TABLE))
    table = Table(box=box.SIMPLE, pad_edge=False)
    for position, column in enumerate(columns):
        numeric = all(isinstance(row[position], (int, float, Decimal)) for row in shown if row[position] is not None)
        table.add_column(Text(escaped(column)), justify="right" if numeric and shown else "left", overflow="fold")
    for row in shown:
        table.add_row(*(Text("–", style="dim") if cell is None else Text(escaped(_readable(cell))) for cell in row))
    stream = stream or sys.stdout
    # Into a file or a pipe, a line is as wide as its row.
    Console(file=stream, width=None if stream.isatty() else WIDEST_LINE, highlight=False).print(table)
    if next(rows, None) is not None:
        say(f"Only the first {ROWS_OF_A_TABLE} rows are shown; --format csv gives all.")


def _readable(cell: object) -> str:
    if isinstance(cell, float):
        # 15 digits are what a double holds for certain: 926.4, not 926.4000000000001.
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    return str(_plain(cell))


def _plain(cell: object) -> object:
    """A cell as text or number for CSV; null is empty."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, (datetime, date, time)):
        return cell.isoformat(sep=" ") if isinstance(cell, datetime) else cell.isoformat()
    if isinstance(cell, (dict, list, tuple)):
        return json.dumps(cell, ensure_ascii=False, default=_json_cell)
    return cell


def _json(columns: Sequence[str], row: Sequence[object]) -> str:
    cells = (str(c) if isinstance(c, float) and not math.isfinite(c) else c for c in row)
    return json.dumps(dict(zip(columns, cells, strict=True)), ensure_ascii=False, default=_json_cell)


def _json_cell(cell: object) -> object:
    """What JSON has no type for."""
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    if isinstance(cell, (datetime, date, time)):
        return _plain(cell)
    if isinstance(cell, (set, frozenset)):
        return sorted(cell)
    if isinstance(cell, timedelta):
        return str(cell)
    if isinstance(cell, (bytes, bytearray, memoryview)):
        return bytes(cell).hex()
    return str(cell)
