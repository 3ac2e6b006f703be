"""Commands that write: load, withdraw, rebuild."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from ingest.commands.output import escaped, say
from ingest.commands.progress import progress
from ingest.settings import Settings, absolute
from ingest.warehouse.errors import ExitCode
from ingest.warehouse.loading import Progress
from ingest.warehouse.loading import load as load_paths
from ingest.warehouse.loading import withdraw as withdraw_paths
from ingest.warehouse.release import rebuild as rebuild_release
from ingest.warehouse.summary import LoadSummary

# Failed inputs that a summary lists; `jixiao status` has the rest.
LISTED_PROBLEMS = 20

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...",
        help="Reports (text, HTML, Word, Excel, PDF), .zip archives, tables of figures (.csv, .jsonl), or folders.",
    ),
]


def load(paths: Paths) -> None:
    """Load reports and tables of figures.

    A table holds figures that somebody else extracted; docs/operations.md lists its columns. The same input twice changes
    nothing, a changed file replaces its figures. What is loaded is shown after the next `jixiao rebuild`.

    \b
    Examples:
      jixiao load reports/
      jixiao load figures.csv report.txt
    """
    with _load_progress() as advance:
        summary = load_paths(paths, Settings.from_environment(), command="load", progress=advance)
    _tell(summary)
    _exit_by(summary)


def withdraw(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, folders, addresses or lists of sources.")
    ],
) -> None:
    """Leave out what was loaded from paths.

    It is out of the next release; the store keeps it as a record, and loading it again brings it back.

    \b
    Example:
      jixiao withdraw samples/
    """
    summary = withdraw_paths(paths, Settings.from_environment(), command="withdraw")
    _tell(summary)
    _exit_by(summary)


def rebuild(
    force: Annotated[bool, typer.Option("--force", help="Build also when nothing has changed.")] = False,
    project: Annotated[
        Path | None, typer.Option("--project-dir", help="Folder of the dbt project (this checkout's by default).")
    ] = None,
) -> None:
    """Load the sources, build, test and publish.

    Loads what is new or changed in JIXIAO_SOURCES and lets go of what is no longer there. A build that fails leaves the
    published warehouse as it was.

    \b
    Examples:
      jixiao rebuild
      JIXIAO_SOURCES=reports:more/figures.csv jixiao rebuild
    """
    settings = Settings.from_environment()
    if project is not None:
        settings = replace(settings, project=absolute(project))
    with _load_progress() as load_advance, progress("Building") as build_advance:
        done = rebuild_release(
            settings, force=force, load_progress=load_advance, build_progress=build_advance, on_loaded=_tell
        )
    release = done.release
    counts = f"{release.document_count} documents, {release.figure_count} figures"
    if done.is_new:
        for warning in done.warnings:
            say(f"warning: {warning}")
        print(f"Published release {release.release}: {counts}")
    else:
        print(f"Nothing has changed since release {release.release}: {counts}")
    print(escaped(str(settings.warehouse)))
    _exit_by(done.loaded)


@contextmanager
def _load_progress() -> Iterator[Progress]:
    try:
        with progress("Loading") as advance:
            yield lambda done, total, file, figures: advance(done, total, f"{figures:,} figures, {file}")
    except KeyboardInterrupt:
        say("Stopped. What was loaded is kept, and the same command goes on from there; nothing was published.")
        raise


def _tell(summary: LoadSummary) -> None:
    """What was loaded, to standard output; what was not and why, to standard error."""
    counts = summary.documents
    parts = [f"loaded {counts['ok']} documents with {summary.figures} figures", f"{counts['unchanged']} unchanged"]
    if counts["withdrawn"]:
        parts.append(f"{counts['withdrawn']} withdrawn")
    if summary.problems:
        parts.append(f"{summary.failed} with failures")
    print(f"{', '.join(parts)} ({summary.seconds:.1f} s)")
    for note in summary.notes[:LISTED_PROBLEMS]:
        say(f"note: {note.origin.file}: {note.message}")
    tell_more(summary.noted)
    for problem in summary.problems[:LISTED_PROBLEMS]:
        say(f"{problem.status}: {problem.origin.file}: {problem.message}. {problem.remedy}")
    tell_more(summary.failed)
    for rejection in summary.rejections:
        say(f"rejected: {rejection}")
    if summary.rejected_rows > len({(r.file, r.row_number) for r in summary.rejections}):
        say("… and more rows: the table raw.rejections of the store lists all")


def tell_more(count: int) -> None:
    """Say that a summary leaves out some of the things that it lists."""
    if count > LISTED_PROBLEMS:
        say(f"… and {count - LISTED_PROBLEMS} more: jixiao status")


def _exit_by(summary: LoadSummary) -> None:
    if summary.problems:
        raise typer.Exit(ExitCode.SOME_FAILED)
