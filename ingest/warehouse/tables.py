"""Figures that somebody else extracted: CSV or JSON Lines, checked row by row against the figure contract.

In: a table with one figure a row. Out: the good rows as documents (rows that share document_title, publisher and
source_url), the bad rows with row, column, cause and remedy. Refuses a file that is no figures table at all. The text
of the rows is untrusted: it is only ever compared, measured and stored.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from ingest.documents import DocumentError
from ingest.documents.encoding import decode
from ingest.documents.files import read_bytes
from ingest.figures.contract import FIELDS, Field, codes
from ingest.paths import path_key
from ingest.vocabulary import read_seed
from ingest.warehouse.records import Origin, Prepared, Rejection, TableContents, complete_columns

SUFFIXES = frozenset({".csv", ".jsonl"})
# Least trusted first: a document is only as good as its weakest row.
SOURCE_CLASSES = ("sample", "mirror", "local", "state-media", "official")
STATED_CONFIDENCES = ("high", "medium", "low")
# Units beside a measure's canonical one that count the same thing in another way.
UNIT_FAMILIES = (frozenset({"person", "household", "person_time"}), frozenset({"couple", "case", "body"}))
# The Republic's first year; plans reach at most this far ahead.
EARLIEST_YEAR = 1949
YEARS_AHEAD = 15
LARGEST_INTEGER = 2**31 - 1
LONGEST_CELL = 1_000_000

_MUST_HAVE = ("measure", "value", "unit", "raw")
_NAMES_THE_DOCUMENT = ("document_title", "file")
_ABOUT_THE_DOCUMENT = (
    "document_title",
    "document_kind",
    "publisher",
    "published_on",
    "source_url",
    "source_class",
)
_ALIASES = {"gb2260_code": "place_code"}
_EXTRA = ("place_name", "place_code", "note", *_ABOUT_THE_DOCUMENT)
_CONTRACT = {field.name: field for field in FIELDS}
_KNOWN = frozenset(_CONTRACT) | frozenset(_EXTRA) | frozenset(_ALIASES)


class _BadCell(Exception):
    """Why a cell keeps its row from being loaded."""

    def __init__(self, column: str | None, value: object, cause: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.column, self.value, self.cause, self.message, self.remedy = column, value, cause, message, remedy


def table_key(path: str) -> str:
    """What the source keys of all documents in the figures table at `path` begin with."""
    return f"{path}#"


def read_figures_table(path: Path, file: str) -> TableContents:
    """Check the figures table at `path` (absolute; `file` is its name in messages) and group its rows by document.

    Raises DocumentError where the file cannot be read or is no figures table (cause `not_figures_table`).
    """
    lines = io.StringIO(decode(read_bytes(path, file), file)[0], newline="")
    rows = _json_rows(lines, file) if path.suffix.lower() == ".jsonl" else _csv_rows(lines, file)
    contents = TableContents()
    groups: dict[tuple[str, str, str], list[dict[str, object]]] = {}
    ignored: dict[str, None] = {}
    refused_groups: set[tuple[str, str, str]] = set()
    for row_number, cells, problem in rows:
        contents.row_count += 1
        ignored.update(dict.fromkeys(name for name in cells if name not in _KNOWN))
        # Where the cells are not told apart rightly, what else is wrong with them means nothing.
        row, problems = ({}, [problem]) if problem else _check(cells)
        if not problems:
            groups.setdefault(_group(row), []).append(row)
            continue
        contents.rejected_row_count += 1
        contents.rejections += [
            Rejection(file, row_number, p.column, _shown(p.value), p.cause, p.message, p.remedy) for p in problems
        ]
        if problem:
            contents.names_all_documents = False
        else:
            refused_groups.add(_group(row))
    if contents.row_count == 0:
        raise DocumentError(file, "empty_table", "the table has no rows", "Check that it was written completely")
    contents.ignored_columns = tuple(ignored)
    contents.documents = [_document(path, file, group, rows) for group, rows in groups.items()]
    contents.unusable = {_source_key(path, group) for group in refused_groups - groups.keys()}
    return contents


def _csv_rows(stream: Iterable[str], file: str) -> Iterator[tuple[int, dict[str, object], _BadCell | None]]:
    """Every record under the header: its number, its cells by column, and what is wrong with it as a record."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(stream)
    header = _next_record(reader)
    names = [name.strip() for name in header] if isinstance(header, list) else []
    _require_columns(names, file)
    row_number = 1
    while (record := _next_record(reader)) is not None:
        row_number += 1
        if isinstance(record, csv.Error):
            yield row_number, {}, _BadCell(None, None, "malformed", f"cannot be read: {record}", "Correct the row")
            continue
        if not record:
            continue
        problem = None
        if len(record) != len(names):
            problem = _BadCell(
                None,
                None,
                "cells",
                f"the row has {len(record)} cells, the header has {len(names)}",
                "Quote cells that hold a comma, and leave unknown cells empty",
            )
        yield row_number, dict(zip(names, record, strict=False)), problem


def _next_record(reader: Iterator[list[str]]) -> list[str] | csv.Error | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        return error


def _json_rows(stream: Iterable[str], file: str) -> Iterator[tuple[int, dict[str, object], _BadCell | None]]:
    """The same of JSON Lines, where a record's number is its line's."""
    header_seen = False
    for row_number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            cells = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield row_number, {}, _BadCell(None, None, "malformed", f"is no JSON ({error})", "Write one object a line")
            continue
        if not isinstance(cells, dict):
            yield row_number, {}, _BadCell(None, None, "malformed", "is no JSON object", "Write one object a line")
            continue
        if not header_seen:
            _require_columns(list(cells), file)
            header_seen = True
        yield row_number, cells, None


def _require_columns(names: list[str], file: str) -> None:
    missing = [name for name in _MUST_HAVE if name not in names]
    if not any(name in names for name in _NAMES_THE_DOCUMENT):
        missing.append(" or ".join(_NAMES_THE_DOCUMENT))
    if missing:
        raise DocumentError(
            file,
            "not_figures_table",
            f"this is no figures table: it has no column {', '.join(missing)}",
            "Name the columns as docs/operations.md lists them, in the first line",
        )
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise DocumentError(
            file, "repeated_column", f"the column {', '.join(repeated)} occurs twice", "Keep one column of each name"
        )
    both = [name for name, meant in _ALIASES.items() if name in names and meant in names]
    if both:
        raise DocumentError(
            file,
            "repeated_column",
            f"the columns {both[0]} and {_ALIASES[both[0]]} mean the same",
            "Keep one of them",
        )


def row_problems(cells: dict[str, object]) -> list[str]:
    """What is wrong with one figure given as the cells of such a table, a sentence each, with what to do."""
    return [f"{problem.message}. {problem.remedy}." for problem in _check(cells)[1]]


def _check(cells: dict[str, object]) -> tuple[dict[str, object], list[_BadCell]]:
    """The row's known cells in their types, nulls left out, and all that is wrong with them."""
    row: dict[str, object] = {}
    problems: list[_BadCell] = []
    for name, cell in cells.items():
        column = _ALIASES.get(name, name)
        if name not in _KNOWN or column == "document_id" or cell == "":
            continue
        try:
            value = _typed_text(column, name, cell) if isinstance(cell, str) else _typed(column, name, cell)
        except _BadCell as problem:
            problems.append(problem)
            continue
        if value is not None:
            row[column] = value
    broken = {problem.column for problem in problems}
    for name in _MUST_HAVE:
        if name not in row and name not in broken:
            problems.append(_BadCell(name, None, "missing", f"{name} is empty", "Give it: a figure needs it"))
    problems += _contradictions(row)
    return row, problems


def _contradictions(row: dict[str, object]) -> Iterator[_BadCell]:
    """What is wrong between cells that are each right."""
    measure, unit, value = row.get("measure"), row.get("unit"), row.get("value")
    if measure and unit and unit not in (fitting := _units_of(str(measure))):
        yield _BadCell(
            "unit",
            unit,
            "unit_misfit",
            f"the unit {unit} does not fit the measure {measure}",
            f"Use one of: {', '.join(sorted(fitting))}",
        )
    if isinstance(value, float) and value < 0 and unit in frozenset().union(*UNIT_FAMILIES):
        yield _BadCell("value", value, "negative", f"{value:g} {unit} is less than none", "Correct the value")


@cache
def _units_of(measure: str) -> frozenset[str]:
    canonical = {row["measure"]: row["canonical_unit"] for row in read_seed("measures")}[measure]
    if not canonical:
        return codes("units")
    return next((family for family in UNIT_FAMILIES if canonical in family), frozenset({canonical}))


@lru_cache(maxsize=20_000)
def _typed_text(column: str, name: str, cell: str) -> object:
    """The same for a text, remembered: most cells of a table say what others said."""
    return _typed(column, name, cell)


def _typed(column: str, name: str, cell: object) -> object:
    """The cell in its column's type, or null. Raises _BadCell; `name` is the column as the table calls it."""
    if isinstance(cell, (bool, list, dict)):
        raise _BadCell(name, cell, "type", f"a {type(cell).__name__} is no cell", "Write a text, a number or null")
    text = "" if cell is None else str(cell).strip()
    if not text:
        return None
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _BadCell(name, cell, "encoding", "the text holds half of a character", "Write it again") from None
    if column == "confidence":
        return text if text in STATED_CONFIDENCES else _confidence(name, text)
    if column == "source_class":
        return _code(name, text, SOURCE_CLASSES)
    if column == "document_kind":
        return _code(name, text, codes("document_kinds"))
    if column == "place_code" and not (len(text) == 6 and text.isascii() and text.isdigit()):
        raise _BadCell(name, text, "place_code", f"{text} is no GB/T 2260 code", "Write six digits, or leave it empty")
    field = _CONTRACT.get(column)
    return text if field is None else _contract_value(field, name, text)


def _contract_value(field: Field, name: str, text: str) -> object:
    if field.codes_from:
        return _code(name, text, codes(field.codes_from))
    if field.sql_type == "double":
        return _number(name, text)
    if field.sql_type == "integer":
        return _year(name, text) if field.name == "fiscal_year" else _integer(name, text)
    return text


def _code(name: str, text: str, allowed: Iterable[str]) -> str:
    if text in allowed:
        return text
    listed = ", ".join(sorted(allowed))
    raise _BadCell(name, text, f"unknown_{name}", f"{text} is no {name} that is known", f"Use one of: {listed}")


def _number(name: str, text: str) -> float:
    try:
        # Python's own float() also takes 1_000 and other scripts' digits, which no table means.
        value = float(text) if text.isascii() and "_" not in text else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise _BadCell(
            name, text, "not_a_number", f"{text} is no finite number", "Write digits and a point, with no separators"
        )
    return value


def _integer(name: str, text: str) -> int:
    value = _number(name, text)
    if value != int(value) or not 0 <= value <= LARGEST_INTEGER:
        raise _BadCell(name, text, "not_an_integer", f"{text} is no whole number from 0 on", "Correct the number")
    return int(value)


def _year(name: str, text: str) -> int:
    latest = date.today().year + YEARS_AHEAD
    value = _number(name, text)
    if value != int(value) or not EARLIEST_YEAR <= value <= latest:
        raise _BadCell(
            name, text, "year", f"{text} is no plausible year", f"Write a year from {EARLIEST_YEAR} to {latest}"
        )
    return int(value)


def _confidence(name: str, text: str) -> float:
    try:
        value = _number(name, text)
    except _BadCell:
        value = math.nan
    if not 0 <= value <= 1:
        raise _BadCell(
            name,
            text,
            "confidence",
            f"{text} is no confidence",
            f"Write {', '.join(STATED_CONFIDENCES)} or a number from 0 to 1",
        )
    return value


def _group(row: dict[str, object]) -> tuple[str, str, str]:
    """What tells the documents of a table apart: title (or file), publisher, address."""
    title = row.get("document_title") or row.get("file") or ""
    return str(title), str(row.get("publisher") or ""), str(row.get("source_url") or "")


def _source_key(path: Path, group: tuple[str, str, str]) -> str:
    return table_key(path_key(path)) + "|".join(group)


def _document(path: Path, file: str, group: tuple[str, str, str], rows: list[dict[str, object]]) -> Prepared:
    content = hashlib.sha256(b"figures_table\n")
    for row in rows:
        content.update(json.dumps(row, ensure_ascii=False, sort_keys=True).encode())
    document_id = content.hexdigest()[:32]
    source_class = min((str(row.get("source_class", "local")) for row in rows), key=SOURCE_CLASSES.index)
    document = {
        "format": "figures_table",
        "title": group[0] or None,
        "publisher": group[1] or None,
        "source_url": group[2] or None,
        "source_class": source_class,
        **{
            name: _only({row.get(name) for row in rows})
            for name in ("department", "place_name", "place_code", "fiscal_year", "document_kind", "published_on")
        },
    }
    columns: dict[str, list[object]] = {
        name: [row.get(name) for row in rows] for name in (*_CONTRACT, "place_name", "place_code", "note")
    }
    confidences = columns["confidence"]
    columns["confidence"] = [c if isinstance(c, float) else None for c in confidences]
    columns["stated_confidence"] = [c if isinstance(c, str) else None for c in confidences]
    columns["file"] = [file] * len(rows)
    return Prepared(
        Origin(_source_key(path, group), path_key(path), file),
        document_id,
        document,
        complete_columns(document_id, columns),
    )


def _only(values: set[object]) -> object:
    """The one value that all rows share, else null."""
    return next(iter(values)) if len(values) == 1 else None


def _shown(value: object) -> str | None:
    """A cell for a message: short, and without control characters."""
    if value is None:
        return None
    text = "".join(c if c.isprintable() else "�" for c in str(value))
    return text if len(text) <= 200 else text[:200] + "…"
