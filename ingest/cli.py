"""The command `jixiao`: what it can do, and the exit code that tells how it ended.

Data goes to standard output; progress, notes and failures go to standard error.
"""

from __future__ import annotations

import sys

import typer

from ingest.commands.asking import sql, status
from ingest.commands.exporting import diff, export
from ingest.commands.fetching import fetch
from ingest.commands.loading import load, rebuild, withdraw
from ingest.commands.output import say
from ingest.commands.reading import extract, quantities, text
from ingest.commands.reviewing import review
from ingest.commands.scoring import score
from ingest.commands.showing import dashboard
from ingest.documents import DocumentError
from ingest.settings import SettingsError
from ingest.warehouse.errors import ExitCode, WarehouseError

app = typer.Typer(
    name="jixiao",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(
    epilog="Exit codes: 0 all good; 1 some inputs failed, the rest is done; 2 wrong usage or settings; "
    "3 the build or its tests failed, the published warehouse is as it was; 4 another jixiao is writing."
)
def jixiao() -> None:
    """Jixiao (绩效) reads government departments' performance reports into a warehouse that can be compared.

    \b
    Start with:
      jixiao rebuild      load the sources, build, test and publish the warehouse
      jixiao dashboard    show it in a browser
      jixiao sql "show tables"

    \b
    Environment:
      JIXIAO_HOME     where the data lives (data/ in the checkout)
      JIXIAO_SOURCES  folders and files that a rebuild loads, joined by : (the shipped samples)
      JIXIAO_PORT     the dashboard's port (8501)
      JIXIAO_KEPT_RELEASES  earlier releases that stay for `jixiao diff` (3)
      JIXIAO_STRICT_NAMES   1: a department's name that no rule settles fails the build (0)
      JIXIAO_WORKERS  how many processes read at once (the processors)
      JIXIAO_MAX_…    limits of one input: docs/operations.md
      JIXIAO_FETCH_…  how `jixiao fetch` asks, and its limits: docs/operations.md
    """


for command in (rebuild, dashboard, load, fetch, withdraw, status, sql, export, diff, extract, text, quantities, score):
    app.command()(command)
app.add_typer(review, name="review")


def main() -> None:
    """Run the command line; the only place where a failure becomes an exit code."""
    try:
        app(prog_name="jixiao")
    except WarehouseError as error:
        say(str(error))
        sys.exit(error.exit_code)
    except DocumentError as error:
        say(str(error))
        sys.exit(ExitCode.SOME_FAILED)
    except SettingsError as error:
        say(str(error))
        sys.exit(ExitCode.USAGE)


if __name__ == "__main__":
    main()
