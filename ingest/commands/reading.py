"""Commands that read files and touch no warehouse: extract, text, quantities."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from ingest.commands.output import RowFormat, say, write_rows
from ingest.commands.progress import progress
from ingest.documents import Document, DocumentError, read_document
from ingest.figures import read_quantities
from ingest.figures.contract import FIELD_NAMES
from ingest.paths import shown_path
from ingest.settings import Settings
from ingest.warehouse.errors import ExitCode
from ingest.warehouse.inputs import REPORTS, Input, find_inputs, members_as_inputs
from ingest.workers.crew import Crew, InOrder, Task, examine
from ingest.workers.jobs import Job, Listing, Reading, Refusal

QUANTITY_COLUMNS = ("file", "start", "end", "raw", "value", "unit", "measure", "reason")
# The scan's code for a bare number.
NO_UNIT = "none"

Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help="Reports, or folders with reports in them.")]
File = Annotated[str, typer.Argument(metavar="FILE", help="One report.")]
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
                columns = [answer.figures[name] for name in FIELD_NAMES]
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
    Example:
      jixiao text samples/reports/yuzhou_2022_self_eval.txt
    """
    sys.stdout.write(read_document(file).text)


def quantities(file: File, form: Format = RowFormat.TABLE) -> None:
    """Print every number of a report.

    Each number with a unit: what it measures, or the reason why it is no figure.

    \b
    Example:
      jixiao quantities report.txt --format csv
    """
    write_rows(QUANTITY_COLUMNS, _quantities(read_document(file)), form)


def _quantities(document: Document) -> Iterator[list[object]]:
    """A row per number that has a unit, its own or its table's; offsets count in the document's text."""
    for reading in read_quantities(document):
        quantity = reading.quantity
        unit = reading.unit or quantity.unit
        if unit != NO_UNIT:
            value = quantity.value if reading.value is None else reading.value
            span = quantity.flow.span(quantity.start, quantity.end)
            yield [document.file, *span, quantity.raw, value, unit, reading.measure, reading.reason]
