"""How much one input may cost: bytes, pages, seconds, memory, and what may be inside an archive.

A reader asks `current()`; whoever runs readers sets it for the process with `use()`. A reader that works for long on each
of many pieces (a page to be recognised) calls `still_going()` after each, so that its time counts from there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

KILOBYTE, MEGABYTE, GIGABYTE = 1_000, 1_000_000, 1_000_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one document, and of one archive.

    `bytes` is the size of a document, outside an archive or unpacked; `pages` those of a paged format; `seconds`
    processor time (and `CLOCK` times as many on the clock) for a document, or for a page of one that recognises pages;
    `memory` bytes that a worker may use beyond its own. An archive may have `archive_bytes`, hold `members` members, be
    nested `depth` deep (1: no archive inside), and unpack to `ratio` times its size.
    """

    bytes: int = 200 * MEGABYTE
    pages: int = 2_000
    seconds: float = 120.0
    memory: int = 2 * GIGABYTE
    archive_bytes: int = 4 * GIGABYTE
    members: int = 10_000
    depth: int = 3
    ratio: int = 200

    @property
    def clock_seconds(self) -> float:
        """Seconds on the clock after which work is given up, also where it waits and uses no processor."""
        return CLOCK * self.seconds


# A machine that is busy with other things makes honest work wait.
CLOCK = 3.0

_in_force = Limits()
_tell: Callable[[], None] | None = None


def current() -> Limits:
    """The limits in force in this process."""
    return _in_force


def use(limits: Limits, tell: Callable[[], None] | None = None) -> None:
    """Set the limits of this process, and what is called when a reader says that it is still going."""
    global _in_force, _tell
    _in_force, _tell = limits, tell


def still_going() -> None:
    """A piece of the document in hand is done: the seconds of the next piece begin now."""
    if _tell:
        _tell()
