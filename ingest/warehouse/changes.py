"""What differs between any two releases: the same SQL as the mart fct_release_changes, on two files.

In: two published files. Out: rows in the columns of `CHANGE_COLUMNS`, or counts by department, year, measure and cause.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import jinja2

from ingest.paths import PROJECT_ROOT
from ingest.settings import Settings
from ingest.warehouse.errors import NoRelease
from ingest.warehouse.query import text_literal
from ingest.warehouse.release import kept_releases, published_release

MACRO = PROJECT_ROOT / "macros" / "release_changes.sql"
CHANGE_COLUMNS = (
    "department_name",
    "fiscal_year",
    "measure",
    "programme",
    "item",
    "fact_table",
    "role",
    "change",
    "cause",
    "value_before",
    "unit_before",
    "value_after",
    "unit_after",
    "file_before",
    "file_after",
)
SUMMARY_COLUMNS = ("department_name", "fiscal_year", "measure", "cause", "appeared", "changed", "gone")


def find_release(named: str | None, settings: Settings, *, default: str) -> Path:
    """The file of a release: a path, the name of a kept release, or by default the `newest` kept one or the `published`.

    Raises NoRelease, naming those that there are.
    """
    kept = kept_releases(settings)
    if named is None:
        found = settings.warehouse if default == "published" else kept[-1] if kept else None
        if found and found.exists():
            return found
        raise NoRelease(
            "There are no two releases to compare yet: each `jixiao rebuild` that publishes keeps the one before "
            "(JIXIAO_KEPT_RELEASES)."
        )
    for path in (Path(named), settings.releases / f"{named}.duckdb"):
        if path.is_file():
            return path
    published = published_release(settings.warehouse)
    if published and published.release == named:
        return settings.warehouse
    names = ", ".join(path.stem for path in kept) or "none"
    raise NoRelease(f"{named}: there is no such release. Name a file, or one of those that are kept: {names}.")


@contextmanager
def compare(before: Path, after: Path, *, summary: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A cursor over what differs, a row a fact and role in CHANGE_COLUMNS, or counts in SUMMARY_COLUMNS.

    Raises NoRelease where a file is no release of this kind.
    """
    with duckdb.connect() as connection:
        for name, path in (("before", before), ("after", after)):
            try:
                connection.execute(f"attach {text_literal(path)} as {name} (read_only)")
                connection.execute(f"from {name}.main.fct_fact_values limit 0")
            except duckdb.Error as error:
                first_line = str(error).splitlines()[0]
                raise NoRelease(f"{path}: this is no release that can be compared ({first_line}).") from error
        connection.execute(f"create temp view changes as {_changes_sql()}")
        yield connection.execute(_summary_sql() if summary else _rows_sql())


def _changes_sql() -> str:
    relations = []
    for name in ("before", "after"):
        relations += [
            f"{name}.main.fct_fact_values",
            f"(select document_id, source_key, extractor_version from {name}.raw.documents where is_current)",
            f"(select figure_id, correction_reason from {name}.main.fct_figures where correction_reason is not null)",
        ]
    macro = jinja2.Environment(autoescape=False).from_string(MACRO.read_text(encoding="utf-8"))
    return macro.module.release_changes(*relations)


def _rows_sql() -> str:
    return f"select {', '.join(CHANGE_COLUMNS)} from changes order by all"


def _summary_sql() -> str:
    counts = ", ".join(f"count(*) filter (change = '{change}') as {change}" for change in SUMMARY_COLUMNS[4:])
    return f"select {', '.join(SUMMARY_COLUMNS[:4])}, {counts} from changes group by all order by all"
