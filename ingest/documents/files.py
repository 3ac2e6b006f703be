"""A file's bytes, read once: whatever is no file, is too large, cannot be read or changes meanwhile is refused."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ingest.documents.model import DocumentError
from ingest.limits import MEGABYTE, current

_CHANGED = "the file changed while it was read"
_CHUNK = MEGABYTE


def content_id_of(data: bytes) -> str:
    """The document_id of a content: the first 32 hex digits of its SHA-256."""
    return hashlib.sha256(data).hexdigest()[:32]


def content_id(path: Path, file: str) -> str:
    """The document_id that reading `path` would give, without holding its bytes. Raises DocumentError."""
    with opened(path, file) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:32]


def read_bytes(path: Path, file: str, expected: str | None = None) -> bytes:
    """The bytes of a file; with `expected` only if that is their content_id. Raises DocumentError."""
    with opened(path, file) as stream:
        check_size(os.fstat(stream.fileno()).st_size, file)
        # Not more, however fast the file grows.
        data = stream.read(current().bytes + 1)
        check_size(len(data), file)
    if expected is not None and content_id_of(data) != expected:
        raise changed(file)
    return data


def check_size(size: int, file: str, *, is_archive: bool = False) -> None:
    """Raises DocumentError where a document, or an archive, of this many bytes is larger than its limit."""
    most, name = (
        (current().archive_bytes, "JIXIAO_MAX_ARCHIVE") if is_archive else (current().bytes, "JIXIAO_MAX_BYTES")
    )
    if size > most:
        raise DocumentError(
            file, "too_large", f"the file has {size} bytes, more than {most}", f"Split it, or raise {name}"
        )


def changed(file: str) -> DocumentError:
    """What is raised for a file that is not what it was when its reading began."""
    return DocumentError(file, "changed_while_read", _CHANGED, "Load it again when it is written completely")


@contextmanager
def opened(path: Path, file: str) -> Iterator[BinaryIO]:
    """The file open for reading; raises DocumentError for what is no file, cannot be read, or has changed by the end."""
    try:
        # Opening a pipe would otherwise wait for somebody to write to it.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            os.close(descriptor)
            raise is_a_folder(file) if stat.S_ISDIR(before.st_mode) else not_a_file(file)
        with os.fdopen(descriptor, "rb", buffering=_CHUNK) as stream:
            yield stream
            after = os.fstat(descriptor)
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise changed(file)
    except OSError as error:
        raise unreadable(file, error) from None


def is_a_folder(file: str) -> DocumentError:
    """What is raised for a folder where a file is needed."""
    return DocumentError(file, "is_a_folder", "this is a folder", "Name a file, or use a command that takes folders")


def not_a_file(file: str) -> DocumentError:
    """What is raised for a pipe, a socket or a device."""
    return DocumentError(file, "not_a_file", "this is neither a file nor a folder", "Name a file, or remove it")


def unreadable(file: str, error: OSError) -> DocumentError:
    """What is raised for a path that the system refuses to open."""
    if error.errno == errno.ENOENT:
        return DocumentError(file, "not_found", "there is no such file", "Check the path")
    if error.errno == errno.ELOOP:
        return DocumentError(file, "broken_link", "the symbolic link leads back to itself", "Remove or mend the link")
    if error.errno == errno.ENAMETOOLONG:
        return DocumentError(file, "not_found", "the path is longer than the system allows", "Check the path")
    return DocumentError(
        file,
        "unreadable",
        f"the file cannot be read ({error.strerror})",
        "Check that it is there, and its permissions",
    )
