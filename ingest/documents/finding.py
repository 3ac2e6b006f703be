"""Which files a folder holds: those that may be reports, and what is not read, with the reason.

Links to files are followed, links to folders are not, so that no loop is possible. Hidden files and folders and files
named README are left out without a word.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.documents.files import not_a_file, unreadable
from ingest.documents.model import DocumentError
from ingest.documents.readers import ENDINGS
from ingest.paths import shown_path

_OTHER_ARCHIVES = frozenset({".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".cab", ".iso"})


@dataclass(frozen=True, slots=True)
class Found:
    """One entry of a folder. `problem` says why it cannot be read; `is_skipped`, that nobody would have expected it to."""

    path: Path
    problem: DocumentError | None = None
    is_skipped: bool = False


def find_documents(paths: Iterable[str | Path]) -> Iterator[Path]:
    """The report files under the paths, sorted; a path that names a file is taken whatever its ending.

    Raises DocumentError for a path that does not exist.
    """
    for path in map(Path, paths):
        if path.is_dir():
            yield from (found.path for found in walk(path, frozenset(ENDINGS)) if not found.problem)
        elif path.exists():
            yield path
        else:
            raise missing(path)


def missing(path: Path) -> DocumentError:
    """What is raised for a path that is given and not there."""
    name = shown_path(path)
    try:
        path.stat()
    except OSError as error:
        if path.is_symlink():
            return _broken_link(name, error)
        if error.errno not in (errno.ENOENT, errno.ENOTDIR):
            return unreadable(name, error)
    return DocumentError(name, "not_found", "there is no such file or folder", "Check the path")


def walk(folder: Path, endings: frozenset[str]) -> Iterator[Found]:
    """Everything under the folder, sorted: files with one of the endings (in small letters), and what is not read.

    A folder that cannot be listed is an entry with its problem; only hidden files and READMEs are passed over.
    """
    yield from sorted(_walk(folder, endings), key=lambda found: found.path)


def _walk(top: Path, endings: frozenset[str]) -> Iterator[Found]:
    folders = [top]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as listing:
                entries = list(listing)
        except OSError as error:
            name = shown_path(folder)
            yield Found(
                folder,
                DocumentError(
                    name, "unreadable", f"the folder cannot be read ({error.strerror})", "Check its permissions"
                ),
            )
            continue
        for entry in entries:
            path = folder / entry.name
            # ~$ begins the name of the file by which an office program notes that it has another one open.
            if entry.name.startswith((".", "~$")):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
            elif not entry.name.upper().startswith("README"):
                yield _found(path, endings)


def _found(path: Path, endings: frozenset[str]) -> Found:
    name = shown_path(path)
    try:
        mode = path.stat().st_mode
    except OSError as error:
        is_broken = path.is_symlink() and error.errno in (errno.ENOENT, errno.ELOOP)
        return Found(path, _broken_link(name, error) if is_broken else unreadable(name, error))
    if stat.S_ISDIR(mode):
        problem = DocumentError(
            name, "linked_folder", "a link to a folder, which is not followed", "Name the folder itself"
        )
        return Found(path, problem, is_skipped=True)
    if not stat.S_ISREG(mode):
        return Found(path, not_a_file(name))
    if path.suffix.lower() in endings:
        return Found(path)
    return Found(path, unknown_ending(name, path.suffix), is_skipped=True)


def unknown_ending(name: str, suffix: str) -> DocumentError:
    """What is said of a file or a member of an archive whose name is not that of a report."""
    if suffix.lower() in _OTHER_ARCHIVES:
        return DocumentError(name, "other_archive", f"{suffix} archives are not read", "Unpack it, or make it a .zip")
    what = f"{suffix} is the ending of no format that is read" if suffix else "a name without ending"
    return DocumentError(name, "unknown_ending", what, "If it is a report, give it the ending of its format")


def _broken_link(name: str, error: OSError) -> DocumentError:
    if error.errno == errno.ELOOP:
        return unreadable(name, error)
    return DocumentError(name, "broken_link", "the symbolic link leads nowhere", "Remove or mend the link")
