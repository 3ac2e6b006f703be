"""Commands that hand on what is published and say what changed: export, diff."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ingest.commands.output import RowFormat, escaped, fetched, say, write_rows
from ingest.commands.progress import progress
from ingest.settings import Settings, absolute
from ingest.warehouse.changes import CHANGE_COLUMNS, SUMMARY_COLUMNS, compare, find_release
from ingest.warehouse.export import export as export_release


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or one with an earlier export.")],
) -> None:
    """Write the published marts as files.

    Each mart as Parquet and as CSV, one workbook (jixiao.xlsx) with notes, and datapackage.json, which describes all of it
    (Frictionless Data Package: `frictionless validate DIR/datapackage.json`).

    \b
    Example:
      jixiao export exports/
    """
    with progress("Exporting") as advance:
        done = export_release(Settings.from_environment().warehouse, absolute(folder), progress=advance)
    for sentence in done.left_out:
        say(f"note: {sentence}")
    print(f"Exported release {done.release}: {done.marts} marts, {done.rows} rows")
    print(escaped(str(done.folder)))


def diff(
    before: Annotated[
        str | None,
        typer.Argument(metavar="BEFORE", help="A kept release or a file; by default the newest that is kept."),
    ] = None,
    after: Annotated[
        str | None, typer.Argument(metavar="AFTER", help="A kept release or a file; by default the published one.")
    ] = None,
    summary: Annotated[
        bool, typer.Option("--summary", help="Count by department, year, measure and cause instead.")
    ] = False,
    form: Annotated[RowFormat, typer.Option("--format", "-f", help="How to print the rows.")] = RowFormat.TABLE,
) -> None:
    """Show what changed between two releases.

    One row a fact whose value appeared, changed or went, with the cause: a new report, a new version of a file, a report
    that was withdrawn, a correction, a new extractor, or reference data and rules.

    \b
    Examples:
      jixiao diff
      jixiao diff 20261121T103000-ab12cd --summary
      jixiao diff old.duckdb new.duckdb --format csv
    """
    settings = Settings.from_environment()
    earlier = find_release(before, settings, default="newest")
    later = find_release(after, settings, default="published")
    with compare(earlier, later, summary=summary) as cursor:
        write_rows(SUMMARY_COLUMNS if summary else CHANGE_COLUMNS, fetched(cursor), form)
