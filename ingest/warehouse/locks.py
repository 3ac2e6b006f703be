"""One writer at a time: an advisory lock on a file, which the system releases when its holder ends, however it ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.warehouse.errors import StoreBusy, StoreUnusable

# A reader or a short load may hold the lock for a moment: only a longer wait is worth a message.
WAIT_SECONDS = 3.0


@contextmanager
def locked(path: Path, purpose: str) -> Iterator[None]:
    """Hold the lock file `path` exclusively; `purpose` is what others are told while they are kept waiting.

    Raises StoreBusy after WAIT_SECONDS, naming the holder, and StoreUnusable where the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreUnusable(
            f"{path.parent}: cannot be written ({error.strerror}). Make the folder writable or set JIXIAO_HOME to one that is."
        ) from error
    try:
        _acquire(descriptor, path)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{purpose} (process {os.getpid()})".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, path: Path) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                holder = os.pread(descriptor, 500, 0).decode(errors="replace") or "another process"
                raise StoreBusy(f"{path.parent}: busy with {holder}. Wait until it ends and try again.") from None
            time.sleep(0.05)
