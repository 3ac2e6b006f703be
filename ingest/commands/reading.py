"""Commands that read files and touch no warehouse: extract, text, quantities."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from ingest.commands.output import RowFormat, say, write_rows
from ingest.commands.progress import progress
from ingest.documents import DocumentError
from ingest.documents.archives import SEPARATOR, Member
from ingest.figures.contract import FIELD_NAMES
from ingest.paths import shown_path
from ingest.settings import Settings, absolute
from ingest.warehouse.errors import ExitCode
from ingest.warehouse.inputs import REPORTS, Input, find_inputs, members_as_inputs
from ingest.workers.crew import Crew, InOrder, Task, examine
from ingest.workers.jobs import QUANTITY_COLUMNS, Job, Listing, Reading, Refusal, Wants

Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help="Reports, archives of them, or folders.")]
File = Annotated[str, typer.Argument(metavar="FILE", help="One report; one in an archive: archive.zip!/name.")]
Format = Annotated[RowFormat, typer.Option("--format", "-f", help="How to print the rows.")]


def extract(paths: Paths, form: Format = RowFormat.JSONL) -> None:
    """Print the figures of reports.

    One figure a row, with what it means and where it stands; nothing is loaded.

    \b
    Examples:
      jixiao extract samples/reports
      jixiao extract report.txt --format table
      jixiao extract reports/ --format csv > figures.csv
    """
    failed: list[str] = []
    write_rows(FIELD_NAMES, extracted_rows(paths, failed), form)
    if failed:
        raise typer.Exit(ExitCode.SOME_FAILED)


def extracted_rows(paths: list[str], failed: list[str]) -> Iterator[list[object]]:
    """Rows of figures, document after document; the names of inputs that cannot be read are added to `failed`."""
    settings = Settings.from_environment()
    inputs = find_inputs(paths, REPORTS, shown_path)
    done, total, figures = 0, len(inputs), 0
    with (
        tempfile.TemporaryDirectory(prefix="jixiao-") as folder,
        Crew(settings.workers, settings.limits, Path(folder) / "spool") as crew,
        progress("Extracting") as advance,
    ):
        queue = InOrder(inputs, lambda given: _Begun.of(given, crew))
        for begun in queue:
            given = begun.given
            # A bar would be torn by rows that go to the same terminal.
            if not sys.stdout.isatty():
                advance(done, total, f"{figures:,} figures, {given.origin.file}")
            answer = begun.task.answer() if begun.task else Refusal.of(begun.problem)
            if isinstance(answer, Reading):
                columns = [answer.columns[name] for name in FIELD_NAMES]
                figures += len(columns[0])
                yield from map(list, zip(*columns, strict=True))
            elif isinstance(answer, Listing):
                members = members_as_inputs(given, answer.members)
                queue.insert(members)
                total += len(members)
            elif not given.is_skipped:
                failed.append(given.origin.file)
                say(str(answer.error(given.origin.file)))
            done += 1


@dataclass(frozen=True, slots=True)
class _Begun:
    """An input whose reading was begun, or the problem that it has."""

    given: Input
    task: Task | None = None
    problem: DocumentError | None = None

    @property
    def is_done(self) -> bool:
        """Whether what becomes of it is there."""
        return self.task is None or self.task.is_done

    @classmethod
    def of(cls, given: Input, crew: Crew) -> _Begun:
        """Begin an input."""
        if given.problem:
            return cls(given, problem=given.problem)
        content_id, small_text = given.content_id, None
        if content_id is None:
            try:
                content = examine(given.path, given.origin.file)
            except DocumentError as error:
                return cls(given, problem=error)
            content_id, small_text = content.content_id, content.bytes if content.is_small_text else None
        return cls(given, crew.begin(Job(str(given.path), given.origin.file, given.chain, content_id), small_text))


def text(file: File) -> None:
    """Print a report's extracted text.

    It is what the offsets of figures (start, end) count in, as it is.

    \b
    Examples:
      jixiao text samples/reports/yuzhou_2022_self_eval.txt
      jixiao text 'reports.zip!/2023/report.txt'
    """
    sys.stdout.write(str(_read(file, Wants.NOTHING).document["text"]))


def quantities(file: File, form: Format = RowFormat.TABLE) -> None:
    """Print every number of a report.

    Each number with a unit: what it measures, or the reason why it is no figure.

    \b
    Example:
      jixiao quantities report.txt --format csv
    """
    columns = _read(file, Wants.QUANTITIES).columns
    write_rows(QUANTITY_COLUMNS, zip(*(columns[name] for name in QUANTITY_COLUMNS), strict=True), form)


def _read(file: str, wants: Wants) -> Reading:
    """One document: a file, or a member of an archive by its name. Raises DocumentError."""
    settings = Settings.from_environment()
    path, member = _parted(file)
    name = shown_path(path)
    with (
        tempfile.TemporaryDirectory(prefix="jixiao-") as folder,
        Crew(1, settings.limits, Path(folder) / "spool") as crew,
    ):
        content = examine(path, name)
        job = Job(str(absolute(path)), name, expected=content.content_id, wants=wants)
        answer = crew.begin(job, content.bytes if content.is_small_text else None).answer()
        if isinstance(answer, Listing):
            chosen = _chosen(answer.members, name, member)
            name = f"{name}{SEPARATOR}{chosen.name}"
            if chosen.problem:
                raise DocumentError(name, *chosen.problem)
            answer = crew.begin(replace(job, file=name, chain=chosen.chain, expected=chosen.content_id), None).answer()
        elif member:
            raise DocumentError(name, "no_archive", "the file is no archive", f"Leave out the name after {SEPARATOR}")
    if isinstance(answer, Reading):
        return answer
    if isinstance(answer, Refusal):
        raise answer.error(name)
    raise DocumentError(name, "no_document", "this is an archive", "Name a document in it")


def _parted(file: str) -> tuple[Path, str | None]:
    """The file, and the name of the member in it where one is named: `reports.zip!/a.txt` or `reports.zip!a.txt`."""
    if not Path(file).exists():
        for place, character in enumerate(file):
            if character == "!" and Path(file[:place]).is_file():
                return Path(file[:place]), file[place + 1 :].removeprefix("/")
    return Path(file), None


def _chosen(members: Sequence[Member], file: str, name: str | None) -> Member:
    """The member of this name, or the only one. Raises DocumentError, with the names that there are."""
    found = [member for member in members if member.name == name or (name is None and not member.is_skipped)]
    if len(found) == 1:
        return found[0]
    names = [f"{file}{SEPARATOR}{member.name}" for member in members if not member.is_skipped]
    if not names:
        raise DocumentError(file, "no_members", "the archive holds no document that is read", "Look into it")
    what = "the archive holds no such document" if name else f"the archive holds {len(names)} documents"
    raise DocumentError(file, "several_documents", what, "Name one of these:\n" + "\n".join(names))
