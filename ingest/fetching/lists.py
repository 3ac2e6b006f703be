"""A list of sources: CSV with a header and one document a row, its address or its path below the list's own folder.

Out: the good rows, and what is wrong with the others by row and column. Refuses a file that is no such list. A row's words
are untrusted: they are only ever compared, measured and stored.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from ingest.documents.encoding import decode
from ingest.documents.model import DocumentError
from ingest.documents.stated import Stated
from ingest.fetching.addresses import AddressError, is_government, normal_address
from ingest.figures.contract import codes
from ingest.paths import is_address
from ingest.vocabulary import read_rows, read_seed

# Columns that every list has, and those that it may have.
ADDRESS, DEPARTMENT, YEAR, KIND, NOTE = "address", "department", "year", "kind", "note"
OPTIONAL = ("title", "publisher", "published_on", "source_class")
COLUMNS = (ADDRESS, DEPARTMENT, YEAR, KIND, NOTE, *OPTIONAL)
LARGEST_LIST = 50_000_000
LONGEST_CELL = 10_000
# The Republic's first year; plans reach at most this far ahead.
EARLIEST_YEAR, YEARS_AHEAD = 1949, 15
# Endings of tables of figures, which are loaded and not read as reports.
_TABLES = frozenset({".csv", ".jsonl"})


@dataclass(frozen=True, slots=True)
class Source:
    """One good row. `key` names the document for good: its address in one spelling, or its file as a file: address.

    `address` is as the row gives it; `path` is the absolute path of a local file, which must lie below `folder`, the list's,
    once links are followed; null for an address on the web.
    """

    key: str
    address: str
    folder: Path
    path: Path | None
    stated: Stated


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A cell that keeps its row from being fetched. `row_number` counts records; 1 is the header."""

    row_number: int
    column: str | None
    value: str | None
    cause: str
    message: str
    remedy: str


@dataclass(slots=True)
class SourceList:
    """A list after the check."""

    sources: list[Source] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    # Keys of rows that are wrong elsewhere: they are in the list, so what was fetched for them earlier stays.
    unusable: set[str] = field(default_factory=set)
    # False where a row is so broken that nobody knows which document it means.
    names_all: bool = True
    ignored_columns: tuple[str, ...] = ()
    row_count: int = 0


class _BadCell(Exception):
    def __init__(self, column: str | None, value: str | None, cause: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.column, self.value, self.cause, self.message, self.remedy = column, value, cause, message, remedy

    def in_row(self, number: int) -> RowProblem:
        return RowProblem(number, self.column, self.value, self.cause, self.message, self.remedy)


def read_list(path: Path, file: str) -> SourceList:
    """Check the list at `path` (`file` is its name in messages).

    Raises DocumentError where it cannot be read or is no list of sources.
    """
    csv.field_size_limit(LARGEST_LIST)
    reader = csv.reader(io.StringIO(_text(path, file), newline=""), strict=True)
    header = _record(reader)
    names = [name.strip().lower() for name in header] if isinstance(header, list) else []
    if ADDRESS not in names or len(set(names)) < len(names):
        raise DocumentError(
            file,
            "not_a_source_list",
            f"this is no list of sources: it has no column {ADDRESS}, or one twice",
            f"Name the columns in the first line: {', '.join(COLUMNS)}",
        )
    found = SourceList(ignored_columns=tuple(name for name in names if name and name not in COLUMNS))
    rows_by_key: dict[str, int] = {}
    number = 1
    while (record := _record(reader)) is not None:
        number += 1
        if isinstance(record, list) and not any(cell.strip() for cell in record):
            continue
        found.row_count += 1
        if isinstance(record, csv.Error) or len(record) != len(names):
            found.names_all = False
            found.problems.append(_broken(record, number, len(names)))
            continue
        _add(found, {name: cell.strip() for name, cell in zip(names, record, strict=True)}, number, path, rows_by_key)
    return found


def _add(found: SourceList, cells: dict[str, str], number: int, path: Path, rows_by_key: dict[str, int]) -> None:
    """Check one row and put it where it belongs."""
    key = None
    values: dict[str, object] = {}
    problems: list[_BadCell] = []
    try:
        key, file = _location(cells[ADDRESS], path.parent)
        if (first := rows_by_key.setdefault(key, number)) != number:
            raise _BadCell(ADDRESS, cells[ADDRESS], "repeated", f"row {first} has it already", "Remove one of the rows")
    except _BadCell as problem:
        problems.append(problem)
    for column, (name, read) in _READ.items():
        try:
            if cells.get(column):
                values[name] = read(column, cells[column])
        except _BadCell as problem:
            problems.append(problem)
    if problems:
        found.problems += [problem.in_row(number) for problem in problems]
        found.names_all &= key is not None
        found.unusable |= {key} if key and rows_by_key[key] == number else set()
        return
    if file is None:
        values |= {"source_url": key, "source_class": values.get("source_class") or _class_of(key)}
    found.sources.append(Source(key, cells[ADDRESS], path.parent, file, Stated(**values)))


def _class_of(address: str) -> str:
    """Nobody but a government has a name under gov.cn; what another site holds is a copy until the row says otherwise."""
    return "official" if is_government(address) else "mirror"


def _location(text: str, folder: Path) -> tuple[str, Path | None]:
    """(key, path) of the cell `address`; the path is null for an address on the web."""
    if not text:
        raise _BadCell(
            ADDRESS, None, "missing", "address is empty", "Write an address, or a path below the list's folder"
        )
    if is_address(text):
        try:
            key = normal_address(text)
        except AddressError as error:
            raise _BadCell(
                ADDRESS,
                text,
                "address",
                f"this is no address to fetch: {error}",
                "Write http:// or https:// and the rest",
            ) from error
        ending = PurePosixPath(unquote(urlsplit(key).path)).suffix
        path = None
    else:
        path = _below(text, folder)
        key, ending = path.as_uri(), path.suffix
    if ending.lower() in _TABLES:
        raise _BadCell(
            ADDRESS, text, "figures_table", "tables of figures are not fetched", "Save it and use `jixiao load`"
        )
    return key, path


def _below(text: str, folder: Path) -> Path:
    """The path that the text means, which lies below the folder as far as its own words go; links are checked later."""
    if "\0" in text:
        raise _BadCell(ADDRESS, text, "address", "it holds a NUL character", "Correct the path")
    path = Path(folder, text)
    if ".." in path.parts or not path.is_relative_to(folder):
        raise _BadCell(
            ADDRESS,
            text,
            "outside_folder",
            f"the path leads out of the list's folder {folder}",
            "Put the file below the folder of the list",
        )
    return path


def _plain(column: str, text: str) -> str:
    if len(text) > LONGEST_CELL:
        raise _BadCell(column, text[:100], "too_long", f"{len(text)} characters are too many", "Shorten it")
    return text


def _year(column: str, text: str) -> int:
    latest = date.today().year + YEARS_AHEAD
    digits = text.removesuffix("度").removesuffix("年")
    year = int(digits) if digits.isascii() and digits.isdigit() and len(digits) == 4 else 0
    if not EARLIEST_YEAR <= year <= latest:
        raise _BadCell(
            column, text, "year", f"{text} is no plausible year", f"Write a year from {EARLIEST_YEAR} to {latest}"
        )
    return year


def _kind(column: str, text: str) -> str:
    by_name = {row["name_zh"]: row["document_kind"] for row in read_seed("document_kinds")}
    return _code(column, by_name.get(text, text), codes("document_kinds"))


def _class(column: str, text: str) -> str:
    return _code(column, text, frozenset(row["source_class"] for row in read_rows("reference", "source_classes")))


def _code(column: str, text: str, allowed: frozenset[str]) -> str:
    if text not in allowed:
        listed = ", ".join(sorted(allowed))
        raise _BadCell(
            column, text, f"unknown_{column}", f"{text} is no {column} that is known", f"Use one of: {listed}"
        )
    return text


def _day(column: str, text: str) -> str:
    """A day, a month or a year: 2024-08-30, 2024-08, 2024."""
    try:
        date.fromisoformat(text + "0000-01-01"[len(text) :] if len(text) in (4, 7, 10) else "")
    except ValueError:
        raise _BadCell(
            column, text, "date", f"{text} is no date", "Write 2024-08-30, or as much of it as is known: 2024-08, 2024"
        ) from None
    return text


# Column → the field of Stated that it fills, and how it is read.
_READ: dict[str, tuple[str, Callable[[str, str], object]]] = {
    DEPARTMENT: ("department", _plain),
    YEAR: ("fiscal_year", _year),
    KIND: ("document_kind", _kind),
    NOTE: ("note", _plain),
    "title": ("title", _plain),
    "publisher": ("publisher", _plain),
    "published_on": ("published_on", _day),
    "source_class": ("source_class", _class),
}


def _text(path: Path, file: str) -> str:
    try:
        if (size := path.stat().st_size) > LARGEST_LIST:
            raise DocumentError(file, "too_large", f"the list has {size} bytes, more than {LARGEST_LIST}", "Split it")
        return decode(path.read_bytes(), file)[0]
    except FileNotFoundError:
        raise DocumentError(
            file,
            "not_found",
            "there is no such list of sources",
            f"Write one, with the columns {', '.join(COLUMNS)}; what it named before stays until `jixiao withdraw`",
        ) from None
    except OSError as error:
        raise DocumentError(
            file, "unreadable", f"the list cannot be read ({error.strerror})", "Check its permissions"
        ) from error


def _record(reader: Iterator[list[str]]) -> list[str] | csv.Error | None:
    """The next record, or why it is none; null at the end."""
    try:
        return next(reader, None)
    except csv.Error as error:
        return error


def _broken(record: list[str] | csv.Error, number: int, cells: int) -> RowProblem:
    if isinstance(record, csv.Error):
        return RowProblem(
            number,
            None,
            None,
            "malformed",
            f"cannot be read: {record}",
            "Close each quotation mark, and double one in a text",
        )
    return RowProblem(
        number,
        None,
        None,
        "cells",
        f"the row has {len(record)} cells, the header has {cells}",
        "Quote cells that hold a comma, and leave unknown cells empty",
    )
