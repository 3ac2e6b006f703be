"""Who does a job: this process for small plain text, a worker process for everything else.

Text costs what its length says, and a worker takes as long to start as a hundred reports to read. Every other format is
read by a library that a hostile file may crash, stall or feed without end: a worker can be ended. Where there is much
text, workers take it too.
"""

from __future__ import annotations

import hashlib
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, Self, TypeVar

from ingest import limits
from ingest.documents.archives import MAGIC
from ingest.documents.files import check_size, content_id_of, opened
from ingest.documents.readers import ENDINGS, format_of
from ingest.limits import KILOBYTE, MEGABYTE, Limits
from ingest.workers.jobs import Answer, Job
from ingest.workers.pool import Pool, WorkersUnusable
from ingest.workers.reading import answer

_SMALL_TEXT = 256 * KILOBYTE
# About what is read in the time that two workers take to start.
_TEXT_READ_HERE = MEGABYTE
# How many inputs are begun ahead of the one whose turn it is: one that takes long does not keep the others waiting.
AHEAD = 500


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds, as far as can be told without a reader: its content_id and size, and whether it is small text."""

    content_id: str
    bytes: int
    is_small_text: bool


def examine(path: Path, file: str) -> Content:
    """Hash a file. Raises DocumentError for what cannot be read or is too large."""
    with opened(path, file) as stream:
        if len(data := stream.read(_SMALL_TEXT + 1)) <= _SMALL_TEXT:
            is_text = ENDINGS.get(path.suffix.lower(), "text") == "text" and b"\0" not in data
            return Content(content_id_of(data), len(data), is_text and format_of(data, file) == "text")
        size = stream.seek(0, 2)
        check_size(size, file, is_archive=data.startswith(MAGIC))
        stream.seek(0)
        return Content(hashlib.file_digest(stream, "sha256").hexdigest()[:32], size, False)


class Task(Protocol):
    """Work that was begun; `answer` waits for it, and may be asked for once."""

    @property
    def is_done(self) -> bool:
        """Whether the answer is there."""

    def answer(self) -> Answer:
        """The answer."""


@dataclass(frozen=True, slots=True)
class _Here:
    """A job that this process does when its turn has come."""

    job: Job
    is_done = False

    def answer(self) -> Answer:
        """Do it."""
        return answer(self.job)


class Crew:
    """Does jobs, in this process and in up to `workers` others, within the limits. Use as a context.

    `spool` is a folder of its own, emptied at the start and gone at the end; in `originals`, where it is given, what is
    read from pages is kept. Raises WorkersUnusable where the spool cannot be written.
    """

    def __init__(self, workers: int, given: Limits, spool: Path, originals: Path | None = None) -> None:
        self._spool = spool
        self._pool = Pool(workers, given, spool, originals)
        self._has_company = workers > 1
        self._text_left = _TEXT_READ_HERE
        self._limits, self._limits_before = given, limits.current()

    def __enter__(self) -> Self:
        limits.use(self._limits)
        shutil.rmtree(self._spool, ignore_errors=True)
        try:
            self._spool.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WorkersUnusable(f"{self._spool}: cannot be written ({error.strerror}). Make room there.") from error
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        limits.use(self._limits_before)
        shutil.rmtree(self._spool, ignore_errors=True)

    def begin(self, job: Job, small_text: int | None) -> Task:
        """Have the job done. `small_text` is the number of bytes of what `examine` found to be small text, else None."""
        if small_text is not None and (not self._has_company or small_text <= self._text_left):
            self._text_left -= small_text
            return _Here(job)
        return self._pool.submit(job)

    def stop(self) -> None:
        """End the workers at once. Answers that are there can still be taken."""
        self._pool.stop()


T = TypeVar("T")


class InOrder(Generic[T]):
    """Begins inputs ahead and gives them back in their order: what it yields is what `begin` made of each input.

    `is_done` tells of what `begin` made whether it can be finished without waiting.
    """

    def __init__(self, inputs: Iterable[T], begin: Callable[[T], _Begun]) -> None:
        self._inputs, self._begin = iter(inputs), begin
        self._begun: deque[_Begun] = deque()

    def __iter__(self) -> Iterator[_Begun]:
        while True:
            while len(self._begun) < AHEAD and not (self._begun and self._begun[0].is_done):
                try:
                    given = next(self._inputs)
                except StopIteration:
                    break
                self._begun.append(self._begin(given))
            if not self._begun:
                return
            yield self._begun.popleft()

    def insert(self, inputs: Iterable[T]) -> None:
        """Put inputs before all that are still to come."""
        self._begun.extendleft(reversed([self._begin(given) for given in inputs]))

    def finished(self) -> Iterator[_Begun]:
        """After a stop: what was begun ahead and is done."""
        return (begun for begun in self._begun if begun.is_done)


class _Begun(Protocol):
    @property
    def is_done(self) -> bool: ...
