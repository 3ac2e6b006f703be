"""Commands that read files and touch no warehouse: extract, text, quantities."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from ingest.commands.output import RowFormat, say, write_rows
from ingest.commands.progress import progress
from ingest.documents import Document, DocumentError, find_documents, read_document
from ingest.figures import extract_figures, read_quantities
from ingest.figures.contract import FIELD_NAMES
from ingest.warehouse.errors import ExitCode
from ingest.warehouse.reports import fault_in

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
    files: list[Path] = []
    for path in paths:
        try:
            files += find_documents([path])
        except DocumentError as error:
            _fail(error, failed)
    with progress("Extracting") as advance:
        for number, file in enumerate(files):
            # A bar would be torn by rows that go to the same terminal.
            if not sys.stdout.isatty():
                advance(number, len(files), str(file))
            try:
                figures = extract_figures(read_document(file))
            except DocumentError as error:
                _fail(error, failed)
                continue
            except Exception as error:  # a fault of ours in one report must not cost the others
                _fail(fault_in(str(file), error), failed)
                continue
            for figure in figures:
                yield list(figure.as_dict().values())


def _fail(error: DocumentError, failed: list[str]) -> None:
    failed.append(error.file)
    say(str(error))


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
