"""The command that asks the warehouse: sql."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from ingest.commands.output import RowFormat, fetched, write_rows
from ingest.settings import Settings
from ingest.warehouse.query import DEFAULT_MEMORY, DEFAULT_SECONDS, open_release, run_query


def sql(
    statement: Annotated[str, typer.Argument(metavar="SQL", help="One statement that reads, or - for standard input.")],
    form: Annotated[RowFormat, typer.Option("--format", "-f", help="How to print the rows.")] = RowFormat.TABLE,
    seconds: Annotated[
        float, typer.Option("--timeout", min=0.1, help="Seconds after which it is stopped.")
    ] = DEFAULT_SECONDS,
    memory: Annotated[str, typer.Option("--memory", help="Memory that it may use.")] = DEFAULT_MEMORY,
) -> None:
    """Ask the published warehouse in SQL.

    DuckDB's SQL, read-only: one statement, no files, no network, no settings.

    \b
    Examples:
      jixiao sql "show tables"
      jixiao sql "describe fct_execution"
      jixiao sql "from dim_department limit 5" --format json
    """
    if statement == "-":
        statement = sys.stdin.read()
    settings = Settings.from_environment()
    with (
        open_release(settings.warehouse, memory=memory) as connection,
        run_query(connection, statement, seconds=seconds) as cursor,
    ):
        write_rows([column[0] for column in cursor.description], fetched(cursor), form)
