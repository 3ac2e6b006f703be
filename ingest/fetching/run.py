"""A run of `jixiao fetch`: each source of the lists asked, at most one at a time of a host, and what became of each.

In: paths of lists. Out: the record and its files, and a `FetchSummary`. A source that fails costs nobody else anything.
"""

from __future__ import annotations

import queue
import shutil
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingest.documents.model import DocumentError, Note
from ingest.fetching.addresses import host_of
from ingest.fetching.bodies import Body
from ingest.fetching.client import Answer, Client
from ingest.fetching.failures import FetchFailure, Stopped
from ingest.fetching.hosts import Clock, Hosts
from ingest.fetching.lists import RowProblem, Source, read_list
from ingest.fetching.local import copy_local
from ingest.fetching.pages import check_page
from ingest.fetching.record import Known, Record
from ingest.fetching.robots import Robots
from ingest.fetching.settings import FetchSettings

# (sources done, sources in all, the source that was done)
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class ListResult:
    """What a list gave: its absolute path, its name as given, its rows, and what is wrong with it or with some of them."""

    path: Path
    file: str
    row_count: int = 0
    problems: tuple[RowProblem, ...] = ()
    ignored_columns: tuple[str, ...] = ()
    error: DocumentError | None = None


@dataclass(slots=True)
class FetchSummary:
    """What a run did.

    `asked` are the keys of the sources that were asked; `new`, `changed`, `unchanged` and `failed` count them. `fresh` counts
    those that were asked not long ago; `gone` are the keys that no list names any more.
    """

    lists: list[ListResult] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    fresh: int = 0
    failed: int = 0
    gone: set[str] = field(default_factory=set)
    is_stopped: bool = False
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _Found:
    """What asking one source gave: a new body with the answer that it came in (null for a local file), or a failure.

    With neither, the source is unchanged. `note` is what an operator should know of the body, `fault` is what keeps anything
    at all from being written.
    """

    source: Source
    seconds: float = 0.0
    body: Body | None = None
    answer: Answer | None = None
    note: Note | None = None
    failure: FetchFailure | None = None
    fault: OSError | None = None


def fetch_lists(
    lists: Sequence[tuple[Path, str]], record: Record, settings: FetchSettings, *, progress: Progress | None = None
) -> FetchSummary:
    """Fetch what the lists (absolute path, and name in messages) name.

    On Ctrl-C, what is done is kept, and the summary is of that, with `is_stopped` set. Raises OSError and sqlite3.Error
    where nothing can be written.
    """
    summary = FetchSummary()
    began = time.monotonic()
    due = _due(lists, record, settings, summary)
    known = record.known()
    run = _Run(record, settings, known)
    total = summary.fresh + len(due)

    def keep(found: _Found) -> None:
        _keep(record, summary, known, found)
        if progress:
            progress(summary.fresh + len(summary.asked), total, found.source.address)

    try:
        for found in run.results(due):
            keep(found)
    except KeyboardInterrupt:
        summary.is_stopped = True
        for found in run.stop():
            keep(found)
    finally:
        run.stop()
        shutil.rmtree(record.partial, ignore_errors=True)
    summary.seconds = time.monotonic() - began
    return summary


def _due(
    lists: Sequence[tuple[Path, str]], record: Record, settings: FetchSettings, summary: FetchSummary
) -> dict[str, Source]:
    """Read the lists into the record; the sources that must be asked, by key."""
    named: dict[str, Source] = {}
    for path, file in lists:
        try:
            found = read_list(path, file)
        except DocumentError as error:
            summary.lists.append(ListResult(path, file, error=error))
            continue
        kept = frozenset(found.unusable) if found.names_all else None
        summary.gone |= record.name_in_list(path, found.sources, kept)
        summary.lists.append(ListResult(path, file, found.row_count, tuple(found.problems), found.ignored_columns))
        named |= {source.key: source for source in found.sources}
    known = record.known()
    since = datetime.now(UTC).replace(tzinfo=None) - timedelta(seconds=settings.max_age)
    due = {key: source for key, source in named.items() if not _is_fresh(known[key], since)}
    summary.gone -= named.keys()
    summary.fresh = len(named) - len(due)
    return due


def _is_fresh(known: Known, since: datetime) -> bool:
    return (
        known.asked_at is not None and known.asked_at > since and known.version is not None and known.version.is_whole
    )


def _keep(record: Record, summary: FetchSummary, known: dict[str, Known], found: _Found) -> None:
    """Write down what asking one source gave, and count it."""
    key = found.source.key
    if found.fault:
        raise found.fault
    if found.failure:
        record.save_failure(key, found.failure, found.seconds)
        summary.failed += 1
    elif found.body is None:
        record.save_unchanged(key, found.seconds)
        summary.unchanged += 1
    elif not record.save_version(key, found.body, found.answer, found.seconds, found.note):
        summary.unchanged += 1
    elif known[key].version:
        summary.changed += 1
    else:
        summary.new += 1
    summary.asked.append(key)


class _Run:
    """The threads of a run: one a host, a host at a time each."""

    def __init__(self, record: Record, settings: FetchSettings, known: dict[str, Known]) -> None:
        self._settings, self._known, self._partial = settings, known, record.partial
        self._hosts = Hosts(settings.delay)
        self._client = Client(settings, self._hosts, record.partial)
        self._robots = Robots(self._client, settings, self._hosts)
        self._threads = ThreadPoolExecutor(settings.hosts_at_once, thread_name_prefix="fetch")
        self._results: queue.SimpleQueue[_Found] = queue.SimpleQueue()

    def results(self, due: dict[str, Source]) -> Iterator[_Found]:
        """What asking each source gave, as it comes."""
        by_host: dict[str, list[Source]] = {}
        for source in due.values():
            by_host.setdefault("" if source.path else host_of(source.key), []).append(source)
        # The host with the most to ask decides how long the run takes.
        for sources in sorted(by_host.values(), key=len, reverse=True):
            self._threads.submit(self._ask_all, sources)
        for _ in due:
            yield self._results.get()

    def stop(self) -> Iterator[_Found]:
        """End what is under way; returns what was done and not yet given."""
        self._hosts.stop()
        self._threads.shutdown(cancel_futures=True)
        left = []
        while not self._results.empty():
            left.append(self._results.get())
        return iter(left)

    def _ask_all(self, sources: list[Source]) -> None:
        for source in sources:
            began = time.monotonic()
            try:
                self._hosts.wait(0)
                found = self._asked(source)
            except Stopped:
                return
            except FetchFailure as failure:
                found = _Found(source, failure=failure)
            except OSError as error:
                found = _Found(source, fault=error)
            except Exception as error:  # a fault of ours in one source must not cost the others
                found = _Found(source, failure=_fault(error))
            self._results.put(replace(found, seconds=time.monotonic() - began))

    def _asked(self, source: Source) -> _Found:
        if source.path:
            return _Found(source, body=copy_local(source.path, source.folder, self._partial, self._settings.max_bytes))
        version = self._known[source.key].version
        answer = self._client.get(
            source.key,
            Clock(self._settings.seconds),
            # Without the file, only the whole document will do.
            validators=version.validators if version and version.is_whole else None,
            check=self._robots.check,
        )
        if answer.body is None:
            return _Found(source, answer=answer)
        try:
            note = check_page(answer.body, source.key, version)
        except BaseException:
            answer.body.path.unlink()
            raise
        return _Found(source, body=answer.body, answer=answer, note=note)


def _fault(error: Exception) -> FetchFailure:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return FetchFailure(
        "internal_error",
        f"{type(error).__name__}: {error} ({Path(last.filename).name}, line {last.lineno})",
        "This is a fault in Jixiao: report it with the address",
    )
