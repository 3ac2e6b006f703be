"""The command that tells what is held and what failed: status."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from ingest.commands.output import escaped
from ingest.settings import Settings
from ingest.warehouse.status import Status, read_status


class StatusFormat(StrEnum):
    """How the status is written."""

    TEXT = "text"
    JSON = "json"


def status(
    form: Annotated[
        StatusFormat, typer.Option("--format", "-f", help="For people or for programs.")
    ] = StatusFormat.TEXT,
) -> None:
    """Show what is held and what failed.

    Documents, figures, the published release, the last runs, and the inputs that failed, by cause, with what to do.

    \b
    Example:
      jixiao status
    """
    held = read_status(Settings.from_environment())
    if form is StatusFormat.JSON:
        print(json.dumps(asdict(held), ensure_ascii=False, default=str, indent=2))
    else:
        print(escaped(_described(held), keep="\n"))


def _described(held: Status) -> str:
    lines = [f"Data in {held.home}"]
    documents = sum(held.documents.values())
    by_format = ", ".join(f"{count} {name}" for name, count in held.documents.items())
    lines.append(f"Store: {documents} documents ({by_format or 'none yet'}), {held.figures} figures")
    if held.earlier_versions:
        lines.append(f"       {held.earlier_versions} documents that are no longer current")
    if held.listed:
        without = f", {held.listed_without} of them without a document yet" if held.listed_without else ""
        lines.append(f"Listed: {held.listed} sources{without}")
    if held.release:
        release = held.release
        lines.append(
            f"Release: {release.release}, built {release.built_at:%Y-%m-%d %H:%M} UTC, "
            f"{release.document_count} documents, {release.figure_count} figures"
        )
    else:
        lines.append("Release: none published yet; run `jixiao rebuild`")
    if held.runs:
        lines += ["", "Last runs (UTC)"]
    for run in held.runs:
        ended = "" if run.finished_at else ", did not finish"
        lines.append(
            f"  {run.started_at:%Y-%m-%d %H:%M:%S}  {run.command:<9} {run.loaded} loaded, {run.failed} failed{ended}"
        )
    for title, causes in (("To put right", held.causes), ("Left aside", held.skipped)):
        if causes:
            lines += ["", title]
        for cause in causes:
            lines.append(f"  {cause.cause}: {cause.count}. {cause.remedy}".rstrip())
            lines += [f"    {example}" for example in cause.examples]
            if cause.count > len(cause.examples):
                lines.append(f"    … and {cause.count - len(cause.examples)} more")
    return "\n".join(lines)
