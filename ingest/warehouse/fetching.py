"""A run of `jixiao fetch`: the fetching itself, and its outcomes in the store, where `jixiao status` finds them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.fetching.record import open_record
from ingest.fetching.run import FetchSummary, ListResult, Progress, fetch_lists
from ingest.fetching.settings import FetchSettings
from ingest.paths import path_key
from ingest.settings import Settings
from ingest.warehouse.errors import StoreBusy
from ingest.warehouse.fetched import origin_of, outcome_of, unusable
from ingest.warehouse.locks import locked
from ingest.warehouse.records import Origin, Outcome, Rejection
from ingest.warehouse.store import Entry, open_store
from ingest.warehouse.versions import extractor_version


@dataclass(frozen=True, slots=True)
class Fetching:
    """A run of fetching and its outcomes; `is_recorded` is false where the store was busy."""

    summary: FetchSummary
    entries: list[Entry]
    is_recorded: bool = True

    @property
    def problems(self) -> list[Outcome]:
        """What an operator can put right, the lists first."""
        return [outcome for entry in self.entries for outcome in entry.outcomes if outcome.is_failure]

    @property
    def notes(self) -> list[Outcome]:
        """What an operator may want to know."""
        outcomes = [outcome for entry in self.entries for outcome in entry.outcomes]
        return [outcome for outcome in outcomes if not outcome.is_failure and outcome.message]

    @property
    def rejections(self) -> list[Rejection]:
        """The bad cells of the lists."""
        return [rejection for entry in self.entries for rejection in entry.rejections]


def fetch(
    lists: Sequence[tuple[Path, str]],
    settings: Settings,
    fetch_settings: FetchSettings,
    *,
    progress: Progress | None = None,
) -> Fetching:
    """Fetch what the lists (absolute path, and name in messages) name, and record what became of each source.

    Raises StoreBusy while another run fetches, and StoreUnusable.
    """
    with locked(settings.home / "fetch.lock", "fetch"):
        try:
            with open_record(settings.fetched) as record:
                summary = fetch_lists(lists, record, fetch_settings, progress=progress)
                known = record.known()
        except (OSError, sqlite3.Error) as error:
            raise unusable(settings.fetched, error) from error
    entries = [_list_entry(found) for found in summary.lists]
    entries += [Entry(origin_of(known[key]), (outcome_of(known[key]),)) for key in summary.asked if key in known]
    try:
        with open_store(settings.store, "fetch", extractor_version()) as store:
            store.write(entries)
            if not summary.is_stopped:
                store.finish_run()
    except StoreBusy:
        # A load is under way. The next rebuild records what became of each source, as every rebuild does.
        return Fetching(summary, entries, is_recorded=False)
    return Fetching(summary, entries)


def _list_entry(found: ListResult) -> Entry:
    """What became of the list itself, with its bad rows."""
    key = path_key(found.path)
    origin = Origin(key, key, found.file)
    if found.error:
        error = found.error
        return Entry(
            origin,
            (Outcome(origin, "fetched", "failed", cause=error.cause, message=error.message, remedy=error.remedy),),
        )
    rejections = tuple(
        Rejection(found.file, bad.row_number, bad.column, bad.value, bad.cause, bad.message, bad.remedy)
        for bad in found.problems
    )
    if rejections:
        rows = len({rejection.row_number for rejection in rejections})
        outcome = Outcome(
            origin,
            "fetched",
            "rejected",
            cause="rejected_rows",
            message=f"{rows} of {found.row_count} rows rejected, the first: {rejections[0].at_row()}",
            remedy="Correct the rows that are listed and fetch the list again",
        )
    elif found.ignored_columns:
        message = f"unknown columns ignored: {', '.join(found.ignored_columns)}"
        outcome = Outcome(origin, "fetched", "ok", cause="ignored_columns", message=message)
    else:
        outcome = Outcome(origin, "fetched", "ok")
    return Entry(origin, (outcome,), rejections=rejections)
