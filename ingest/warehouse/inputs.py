"""Which files the given paths name: reports and figures tables, each once, in a fixed order."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ingest.documents import DocumentError, find_documents
from ingest.paths import PROJECT_ROOT
from ingest.settings import absolute
from ingest.warehouse.tables import SUFFIXES


@dataclass(frozen=True, slots=True)
class Input:
    """One file to load. `path` is absolute, `file` is as given; `is_named` tells a file named by hand from a found one."""

    path: Path
    file: str
    is_table: bool
    is_named: bool


def find_inputs(paths: Iterable[str | os.PathLike[str]]) -> tuple[list[Input], list[DocumentError]]:
    """The files under the paths, sorted within each path, and an error for each path that is not there.

    In a folder, hidden files and folders are left out, and of the rest those whose ending is neither a report's nor a
    table's.
    """
    inputs: dict[Path, Input] = {}
    errors: list[DocumentError] = []
    for given in map(Path, paths):
        try:
            found = _within(given) if given.is_dir() else list(find_documents([given]))
        except DocumentError as error:
            errors.append(error)
            continue
        except OSError as error:
            errors.append(
                DocumentError(str(given), "unreadable", f"cannot be read ({error.strerror})", "Check its permissions")
            )
            continue
        if given.exists() and not (given.is_dir() or given.is_file()):
            # A pipe or a device would be read for ever.
            errors.append(DocumentError(str(given), "not_a_file", "this is neither a file nor a folder", "Name a file"))
            continue
        for path in found:
            is_table = path.suffix.lower() in SUFFIXES
            inputs.setdefault(absolute(path), Input(absolute(path), shown_name(path), is_table, path == given))
    return list(inputs.values()), errors


def shown_name(path: Path) -> str:
    """The path as given; within the project without the project's own folder, so that any checkout gives the same rows."""
    if path.is_absolute() and path.is_relative_to(PROJECT_ROOT):
        return path.relative_to(PROJECT_ROOT).as_posix()
    return str(path)


def _within(folder: Path) -> list[Path]:
    tables = [
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in SUFFIXES
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    return sorted([*tables, *find_documents([folder])])
