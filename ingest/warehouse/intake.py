"""What becomes of one input: from a file or a member of an archive to entries for the store.

An input is begun (hashed, and given to a worker where it is new) and finished when its turn has come; only then is it
settled whether an earlier one of the same run has the same content.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from ingest.documents import DocumentError
from ingest.documents.archives import SEPARATOR
from ingest.warehouse.inputs import Input, member_key, members_as_inputs
from ingest.warehouse.records import Origin, Outcome, Prepared, Rejection
from ingest.warehouse.reports import fault_in
from ingest.warehouse.store import Entry, KnownAnswer, Store, withdrawals
from ingest.warehouse.summary import LoadSummary
from ingest.warehouse.tables import read_figures_table, table_key
from ingest.workers.crew import Crew, Task, examine
from ingest.workers.jobs import Answer, Job, Listing, Reading, Refusal, from_json, to_json


@dataclass(frozen=True, slots=True)
class Begun:
    """An input that was begun. `task` is null where nothing had to be done, as far as was known then."""

    given: Input
    content_id: str | None = None
    job: Job | None = None
    small_text: int | None = None
    task: Task | None = None
    problem: DocumentError | None = None
    seconds: float = 0.0

    @property
    def is_done(self) -> bool:
        """Whether it can be finished without waiting and without work."""
        return not self.given.is_table and (self.task is None or self.task.is_done)


class Intake:
    """Begins and finishes inputs. `pending` has the contents that will be in the store with its next write."""

    def __init__(self, store: Store, crew: Crew, pending: set[str], reader: str) -> None:
        self.store, self.crew, self.pending, self.reader = store, crew, pending, reader
        self._members: list[Input] = []
        # Contents that a worker has been given, and what this run has found of those that are no documents.
        self._at_work: set[tuple[str, str]] = set()
        self._answers: dict[tuple[str, str], Answer] = {}
        self._sources_by_document: dict[str, set[str]] = {}
        self._sources_by_path: dict[str, set[str]] = {}
        for key, (origin, document_id) in store.sources.items():
            self._sources_by_document.setdefault(document_id, set()).add(key)
            self._sources_by_path.setdefault(origin.path, set()).add(key)

    def begin(self, given: Input) -> Begun:
        """Hash the input and have it read where that gives anything new; never raises for what is in the file."""
        if given.problem or given.is_table:
            return Begun(given, problem=given.problem)
        started = time.perf_counter()
        content_id, small_text = given.content_id, None
        try:
            if content_id is None:
                content = examine(given.path, given.origin.file)
                content_id = content.content_id
                small_text = content.bytes if content.is_small_text else None
        except DocumentError as error:
            return Begun(given, problem=error)
        except Exception as error:  # a fault of ours in one file must not cost the others
            return Begun(given, problem=fault_in(given.origin.file, error))
        job = Job(str(given.path), given.origin.file, given.chain, content_id, stated=given.stated)
        key = content_id, _ending(given)
        task = None
        if key not in self._at_work and not self._is_known(content_id, given) and self._answer(key) is None:
            self._at_work.add(key)
            task = self.crew.begin(job, small_text)
        return Begun(given, content_id, job, small_text, task, seconds=time.perf_counter() - started)

    def finish(self, begun: Begun, summary: LoadSummary) -> Iterator[Entry]:
        """The entries of a begun input, in order; never raises for what is in the file."""
        given = begun.given
        if begun.problem:
            yield _unread(given, begun.problem)
        elif given.is_table:
            try:
                yield from self._table(given, summary)
            except DocumentError as error:
                is_skipped = error.cause == "not_figures_table" and not given.is_named
                yield _unread(given, error, is_skipped=is_skipped)
            except Exception as error:  # a fault of ours in one file must not cost the others
                yield _unread(given, fault_in(given.origin.file, error))
        else:
            yield from self._file(begun)

    def take_members(self) -> list[Input]:
        """The members of the archive that was finished last, to be loaded next."""
        members, self._members = self._members, []
        return members

    def _file(self, begun: Begun) -> Iterator[Entry]:
        key = begun.content_id, _ending(begun.given)
        if self._is_known(begun.content_id, begun.given):
            yield from self._unchanged(
                begun.given.origin, begun.content_id, ("read", "extracted", "loaded"), begun.seconds
            )
            yield from self._let_go_of_members(begun.given, ())
            return
        answer = self._answer(key)
        is_new = answer is None
        if answer is None:
            # Without a task an earlier input with this content was at work, and its failure settled nothing.
            answer = (begun.task or self.crew.begin(begun.job, begun.small_text)).answer()
        remembered = None
        if is_new and (isinstance(answer, Listing) or (isinstance(answer, Refusal) and answer.is_lasting)):
            self._answers[key] = answer
            remembered = KnownAnswer(*key, self.reader, to_json(answer))
        if isinstance(answer, Reading):
            yield from self._report(begun, answer)
        elif isinstance(answer, Listing):
            yield from self._archive(begun, answer, remembered)
        else:
            yield _refused(begun, answer, remembered)

    def _report(self, begun: Begun, reading: Reading) -> Iterator[Entry]:
        origin, document_id = begun.given.origin, reading.document_id
        figures = len(reading.columns["figure_id"])
        read = Outcome(
            origin,
            "read",
            "ok",
            document_id=document_id,
            cause=reading.notes[0].cause if reading.notes else None,
            message="; ".join(note.message for note in reading.notes) or None,
            seconds=reading.read_seconds,
        )
        extracted = Outcome(
            origin,
            "extracted",
            "ok",
            document_id=document_id,
            cause=None if figures else "no_figures",
            message=None if figures else "no figure found in the text",
            figures=figures,
            seconds=reading.extract_seconds,
        )
        prepared = Prepared(origin, document_id, _as_listed(reading.document, begun.given), reading.columns)
        yield from self._loaded(prepared, read, extracted)
        yield from self._let_go_of_members(begun.given, ())

    def _archive(self, begun: Begun, listing: Listing, remembered: KnownAnswer | None) -> Iterator[Entry]:
        given = begun.given
        self._members = members_as_inputs(given, listing.members)
        count = sum(not member.is_skipped for member in listing.members)
        outcome = Outcome(
            given.origin,
            "read",
            "ok" if remembered else "unchanged",
            cause=None if count else "no_members",
            message=f"an archive of {count} documents" if count else "an archive with no document that is read",
            seconds=begun.seconds,
        )
        yield Entry(given.origin, (outcome,), answer=remembered)
        yield from self._let_go_of_members(given, {member.name for member in listing.members})

    def _let_go_of_members(self, given: Input, names: Iterable[str]) -> Iterator[Entry]:
        """What was loaded from the archive at this path under other names is no longer in it."""
        prefix = f"{given.origin.path}{SEPARATOR}"
        held = {member_key(given.origin, name) for name in names}
        keys = self._sources_by_path.get(given.origin.path, ())
        gone = sorted(key for key in keys if key.startswith(prefix) and key not in held)
        if gone and not given.chain:
            sources = [self.store.sources[key] for key in gone if key in self.store.sources]
            yield from withdrawals(sources, "member_gone", "the archive no longer has this document")

    def _table(self, given: Input, summary: LoadSummary) -> Iterator[Entry]:
        started = time.perf_counter()
        contents = read_figures_table(given.path, given.origin.file)
        good_rows = contents.row_count - contents.rejected_row_count
        read = Outcome(
            given.origin,
            "read",
            "rejected" if contents.rejections else "ok",
            cause="rejected_rows" if contents.rejections else ("ignored_columns" if contents.ignored_columns else None),
            message=_table_message(contents.row_count, contents.rejections, contents.ignored_columns),
            remedy="Correct the rows that are listed and load the table again" if contents.rejections else None,
            figures=good_rows,
            seconds=time.perf_counter() - started,
        )
        summary.add_rejections(contents)
        yield Entry(given.origin, (read,), rejections=tuple(contents.rejections))
        for prepared in contents.documents:
            if self._is_known(prepared.document_id, given):
                yield from self._unchanged(prepared.origin, prepared.document_id, ("loaded",), None)
            else:
                yield from self._loaded(prepared)
        if contents.names_all_documents:
            held = {prepared.origin.source_key for prepared in contents.documents} | contents.unusable
            prefix = table_key(given.origin.path)
            keys = self._sources_by_path.get(given.origin.path, ())
            gone = sorted(key for key in keys if key.startswith(prefix) and key not in held)
            sources = [self.store.sources[key] for key in gone if key in self.store.sources]
            yield from withdrawals(sources, "rows_gone", "the table no longer has this document")

    def _is_known(self, document_id: str, given: Input) -> bool:
        """Whether the document is in the store as this extractor reads it, completed by what the list says of it now."""
        if document_id in self.pending:
            return True
        known = self.store.documents.get(document_id)
        if known is None or known.extractor_version != self.store.extractor_version:
            return False
        if given.stated is None or known.stated == given.stated.to_json():
            return True
        # Of two sources with one content, that of the document decides what is said of it.
        return known.stated is not None and known.source_key != given.origin.source_key

    def _answer(self, key: tuple[str, str]) -> Answer | None:
        """What is known of a content that is no document."""
        if key in self._answers:
            return self._answers[key]
        held = self.store.answer_of(*key, self.reader)
        return from_json(held) if held else None

    def _loaded(self, prepared: Prepared, *before: Outcome) -> Iterator[Entry]:
        outcome = Outcome(
            prepared.origin, "loaded", "ok", document_id=prepared.document_id, figures=prepared.figure_count
        )
        yield from self._let_go_of_moved(prepared.document_id)
        self._points_to(prepared.origin, prepared.document_id)
        yield Entry(
            prepared.origin,
            (*before, outcome),
            document_id=prepared.document_id,
            prepared=prepared,
            changes_source=True,
        )

    def _unchanged(
        self, origin: Origin, document_id: str, stages: tuple[str, ...], seconds: float | None
    ) -> Iterator[Entry]:
        """The content is in the store: nothing to do, or at most to note that this source has it now."""
        known = self.store.documents.get(document_id)
        others = self._sources_by_document.get(document_id, set()) - {origin.source_key}
        is_new_source = self.store.sources.get(origin.source_key, (None, None))[1] != document_id
        if is_new_source:
            yield from self._let_go_of_moved(document_id)
            self._points_to(origin, document_id)
        outcomes = tuple(
            Outcome(
                origin,
                stage,
                "unchanged",
                document_id=document_id,
                cause="duplicate" if others else None,
                message=f"the same content as {min(others)}" if others else None,
                figures=known.figure_count if known and stage != "read" else None,
                seconds=seconds if stage == stages[0] else None,
            )
            for stage in stages
        )
        yield Entry(origin, outcomes, document_id=document_id, changes_source=is_new_source)

    def _points_to(self, origin: Origin, document_id: str) -> None:
        self._sources_by_document.setdefault(document_id, set()).add(origin.source_key)
        self._sources_by_path.setdefault(origin.path, set()).add(origin.source_key)

    def _let_go_of_moved(self, document_id: str) -> Iterator[Entry]:
        """A file that is gone and whose content turns up elsewhere was moved or renamed."""
        for key in sorted(self._sources_by_document.get(document_id, ())):
            source = self.store.sources.get(key)
            if source and source[0].is_gone:
                self._sources_by_document[document_id].discard(key)
                yield from withdrawals([source], "moved", "the file was moved or renamed")


def _as_listed(document: dict[str, object], given: Input) -> dict[str, object]:
    """The columns of raw.documents, with those that a list of sources fills where one names the document."""
    stated = given.stated
    if stated is None:
        return document
    is_invented = document["source_class"] == "sample"
    return document | {
        "publisher": stated.publisher,
        "published_on": stated.published_on,
        "source_url": stated.source_url,
        "source_class": document["source_class"] if is_invented else stated.source_class or "local",
        "fetched_at": given.fetched_at,
        "stated": stated.to_json(),
    }


def failure(origin: Origin, stage: str, error: DocumentError, *, status: str = "failed") -> Outcome:
    """The outcome that an error is."""
    return Outcome(origin, stage, status, cause=error.cause, message=error.message, remedy=error.remedy)


def _unread(given: Input, error: DocumentError, *, is_skipped: bool = False) -> Entry:
    if given.is_skipped or is_skipped:
        return Entry(given.origin, (failure(given.origin, "read", error, status="skipped"),))
    return Entry(given.origin, (failure(given.origin, "read", error),))


def _refused(begun: Begun, refusal: Refusal, remembered: KnownAnswer | None) -> Entry:
    origin = begun.given.origin
    outcomes = [failure(origin, refusal.stage, refusal.error(origin.file))]
    if refusal.stage == "extracted":
        outcomes.insert(0, Outcome(origin, "read", "ok", document_id=begun.content_id))
    return Entry(origin, tuple(outcomes), answer=remembered)


def _ending(given: Input) -> str:
    """What the name says of the format, where the bytes do not: the same bytes may be read under another name."""
    return PurePosixPath(given.origin.file).suffix.lower()


def _table_message(row_count: int, rejections: list[Rejection], ignored_columns: tuple[str, ...]) -> str | None:
    parts = []
    if rejections:
        rows = len({rejection.row_number for rejection in rejections})
        parts.append(f"{rows} of {row_count} rows rejected, the first: {rejections[0].at_row()}")
    if ignored_columns:
        parts.append(f"unknown columns ignored: {', '.join(ignored_columns)}")
    return "; ".join(parts) or None
