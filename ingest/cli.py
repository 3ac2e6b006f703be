"""The command `jixiao`: what it can do, and the exit code that tells how it ended.

Data goes to standard output; progress, notes and failures go to standard error.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module

import typer

from ingest.commands.output import say
from ingest.documents import DocumentError
from ingest.settings import SettingsError
from ingest.warehouse.errors import ExitCode, WarehouseError

# The module of each command, in the order of the help.
_MODULES = {
    "rebuild": "loading",
    "dashboard": "showing",
    "load": "loading",
    "fetch": "fetching",
    "withdraw": "loading",
    "status": "telling",
    "sql": "asking",
    "export": "exporting",
    "diff": "exporting",
    "extract": "reading",
    "text": "reading",
    "quantities": "reading",
    "score": "scoring",
    "review": "reviewing",
}


class _Commands(Mapping):
    """Commands by name, imported when they are asked for: `jixiao sql` does not wait for what reads reports."""

    def __getitem__(self, name: str) -> object:
        if name not in _MODULES:
            raise KeyError(name)
        return _command(name)

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


@cache
def _command(name: str) -> object:
    found = getattr(import_module(f"ingest.commands.{_MODULES[name]}"), name)
    holder = typer.Typer(**_STYLE)
    if isinstance(found, typer.Typer):
        holder.add_typer(found, name=name)
    else:
        holder.command(name)(found)
    return typer.main.get_group(holder).commands[name]


class _Group(typer.core.TyperGroup):
    def __init__(self, **attributes: object) -> None:
        super().__init__(**attributes | {"commands": _Commands()})


_STYLE = {
    "add_completion": False,
    "pretty_exceptions_enable": False,
    "rich_markup_mode": None,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}
app = typer.Typer(name="jixiao", cls=_Group, no_args_is_help=True, **_STYLE)


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
