"""The command that brings documents from the web: fetch."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from ingest.commands.loading import LISTED_PROBLEMS, tell_more
from ingest.commands.output import say
from ingest.commands.progress import progress
from ingest.fetching.settings import SECONDS_OF_AN_HOUR, FetchSettings
from ingest.settings import Settings, absolute
from ingest.warehouse.errors import ExitCode
from ingest.warehouse.fetching import Fetching
from ingest.warehouse.fetching import fetch as fetch_sources

DEFAULT_LIST = "sources.csv"


def fetch(
    lists: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="LIST",
            help="Lists of sources: CSV with a column address. By default sources.csv in JIXIAO_HOME.",
        ),
    ] = None,
    max_age: Annotated[
        float | None,
        typer.Option(
            "--max-age", min=0, help="Hours within which an address is not asked again (JIXIAO_FETCH_AGE, 0)."
        ),
    ] = None,
) -> None:
    """Fetch what lists of sources name.

    A list is a CSV with the columns address (or a path below the list's folder), department, year, kind, note. What is
    fetched is kept by its content under JIXIAO_HOME; the next `jixiao rebuild` loads it. An address that was fetched before
    costs a conditional request, a document that changed is a new version beside the old one.

    \b
    Examples:
      jixiao fetch sources.csv
      jixiao fetch --max-age 24
    """
    settings, fetch_settings = Settings.from_environment(), FetchSettings.from_environment()
    if max_age is not None:
        fetch_settings = replace(fetch_settings, max_age=max_age * SECONDS_OF_AN_HOUR)
    given = lists or [str(settings.home / DEFAULT_LIST)]
    with progress("Fetching") as advance:
        done = fetch_sources([(absolute(path), path) for path in given], settings, fetch_settings, progress=advance)
    _tell(done)
    if done.summary.is_stopped:
        say("Stopped. What was fetched is kept, and the same command goes on from there.")
        raise KeyboardInterrupt
    if done.problems:
        raise typer.Exit(ExitCode.SOME_FAILED)


def _tell(done: Fetching) -> None:
    """What was fetched, to standard output; what was not and why, to standard error."""
    summary = done.summary
    parts = [f"fetched {summary.new} new documents and {summary.changed} changed", f"{summary.unchanged} unchanged"]
    if summary.fresh:
        parts.append(f"{summary.fresh} asked not long ago")
    if summary.gone:
        parts.append(f"{len(summary.gone)} no longer listed")
    if summary.failed:
        parts.append(f"{summary.failed} failed")
    print(f"{', '.join(parts)} ({summary.seconds:.1f} s)")
    for note in done.notes[:LISTED_PROBLEMS]:
        say(f"note: {note.origin.file}: {note.message}")
    tell_more(len(done.notes))
    for problem in done.problems[:LISTED_PROBLEMS]:
        say(f"{problem.status}: {problem.origin.file}: {problem.message}. {problem.remedy}")
    tell_more(len(done.problems))
    for rejection in done.rejections[:LISTED_PROBLEMS]:
        say(f"rejected: {rejection}")
    if len(done.rejections) > LISTED_PROBLEMS:
        say("… and more rows: the table raw.rejections of the store lists all")
    if not done.is_recorded:
        say("The store is busy: `jixiao status` shows what failed after the next rebuild.")
    elif summary.new or summary.changed or summary.gone:
        say("`jixiao rebuild` loads it.")
