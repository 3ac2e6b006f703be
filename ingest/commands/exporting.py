"""Commands that hand on what is published: export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ingest.commands.output import escaped, say
from ingest.commands.progress import progress
from ingest.settings import Settings, absolute
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
