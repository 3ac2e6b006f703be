"""Which files the given paths name: reports, archives and figures tables, each once, in a fixed order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ingest.documents import DocumentError
from ingest.documents.archives import ENDING as ARCHIVE
from ingest.documents.archives import SEPARATOR, Member
from ingest.documents.files import not_a_file, unreadable
from ingest.documents.finding import missing, walk
from ingest.documents.readers import ENDINGS
from ingest.documents.stated import Stated
from ingest.paths import PROJECT_ROOT, path_key, shown_path
from ingest.settings import absolute
from ingest.warehouse.records import Origin
from ingest.warehouse.tables import SUFFIXES

REPORTS = frozenset({*ENDINGS, ARCHIVE})


@dataclass(frozen=True, slots=True)
class Input:
    """One file, or one member of an archive, to load; or what is known to be unreadable, with its `problem`.

    `path` is where it is read from, absolute; `origin` says what it is known by. `is_named` tells a file named by hand from
    a found one, `is_skipped` a problem that nobody has to put right. `chain` and `content_id` are those of a member;
    `stated` and `fetched_at` (UTC, without a zone) of what a list of sources names.
    """

    origin: Origin
    path: Path
    is_table: bool = False
    is_named: bool = False
    chain: tuple[int, ...] = ()
    content_id: str | None = None
    problem: DocumentError | None = None
    is_skipped: bool = False
    stated: Stated | None = None
    fetched_at: datetime | None = None


def find_inputs(
    paths: Iterable[str | os.PathLike[str]],
    endings: frozenset[str] = REPORTS | SUFFIXES,
    named: Callable[[Path], str] | None = None,
) -> list[Input]:
    """The files under the paths that have one of the endings, sorted within each path, and what cannot be read there.

    In a folder, hidden files and folders and READMEs are left out. A file that is named is taken whatever its ending.
    `named` gives the name by which a file is shown, `shown_name` by default.
    """
    inputs: dict[Path, Input] = {}
    for given in map(Path, paths):
        for found in _found(given, endings, named or shown_name):
            inputs.setdefault(found.path, found)
    return list(inputs.values())


def members_as_inputs(archive: Input, members: Iterable[Member]) -> list[Input]:
    """The members of an archive as inputs: shown, and known, as the archive's name and their own."""
    inputs = []
    for member in members:
        file = f"{archive.origin.file}{SEPARATOR}{member.name}"
        origin = Origin(member_key(archive.origin, member.name), archive.origin.path, file)
        problem = DocumentError(file, *member.problem) if member.problem else None
        inputs.append(
            Input(
                origin,
                archive.path,
                chain=member.chain,
                content_id=member.content_id,
                problem=problem,
                is_skipped=member.is_skipped,
                # The title is the archive's.
                stated=replace(archive.stated, title=None) if archive.stated else None,
                fetched_at=archive.fetched_at,
            )
        )
    return inputs


def member_key(archive: Origin, name: str) -> str:
    """The source_key of a member."""
    return f"{archive.path}{SEPARATOR}{name}"


def shown_name(path: Path) -> str:
    """The path as given; within the project without the project's own folder, so that any checkout gives the same rows."""
    if path.is_absolute() and path.is_relative_to(PROJECT_ROOT):
        return path.relative_to(PROJECT_ROOT).as_posix()
    return shown_path(path)


def _found(given: Path, endings: frozenset[str], named: Callable[[Path], str]) -> Iterator[Input]:
    try:
        if given.is_dir():
            for found in walk(given, endings):
                yield _input(found.path, named(found.path), problem=found.problem, is_skipped=found.is_skipped)
        elif given.is_file():
            yield _input(given, named(given), is_named=True)
        elif given.exists():
            # A pipe or a device would be read for ever.
            yield _input(given, named(given), is_named=True, problem=not_a_file(shown_path(given)))
        else:
            yield _input(given, named(given), is_named=True, problem=missing(given))
    except OSError as error:
        yield _input(given, named(given), is_named=True, problem=unreadable(shown_path(given), error))


def _input(
    path: Path, file: str, *, is_named: bool = False, problem: DocumentError | None = None, is_skipped: bool = False
) -> Input:
    full = absolute(path)
    key = path_key(full)
    is_table = path.suffix.lower() in SUFFIXES
    return Input(Origin(key, key, file), full, is_table, is_named, problem=problem, is_skipped=is_skipped)
