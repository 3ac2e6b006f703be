"""The peaks of memory of a measurement: this process's own, and that of the largest process that it started."""

from __future__ import annotations

import contextlib
import re
import resource
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_SECONDS_BETWEEN = 0.05


@dataclass(slots=True)
class Peaks:
    """Bytes of memory. `child` is 0 where the system does not tell."""

    own: int = 0
    child: int = 0


@contextlib.contextmanager
def peaks() -> Iterator[Peaks]:
    """Watch while the block runs; what it yields is complete afterwards.

    The children are looked at as they run: what the system adds up of them at their end begins with the memory of the
    process that started them.
    """
    found = Peaks()
    ended = threading.Event()
    watch = threading.Thread(target=_watch, args=(found, ended), daemon=True)
    watch.start()
    try:
        yield found
    finally:
        ended.set()
        watch.join()
        # Linux counts in kilobytes, macOS in bytes.
        unit = 1 if sys.platform == "darwin" else 1024
        found.own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def children() -> list[str]:
    """The processes that this one has started, by number; none where the system does not tell."""
    found: list[str] = []
    for task in Path("/proc/self/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += task.read_text(encoding="ascii").split()
    return found


def _watch(found: Peaks, ended: threading.Event) -> None:
    own = Path("/proc/self/cmdline")
    while not ended.wait(_SECONDS_BETWEEN):
        for child in children():
            with contextlib.suppress(OSError, TypeError):
                # For a moment a new process has its parent's memory, and its name.
                if Path(f"/proc/{child}/cmdline").read_bytes() == own.read_bytes():
                    continue
                status = Path(f"/proc/{child}/status").read_text(encoding="utf-8", errors="replace")
                found.child = max(found.child, int(re.search(r"VmHWM:\s*(\d+) kB", status)[1]) * 1024)
