"""Commands of the review: `jixiao review list | accept | correct | reject | undo`."""

from __future__ import annotations

import getpass
from dataclasses import asdict, fields
from typing import Annotated

import typer

from ingest.commands.output import RowFormat, write_rows
from ingest.settings import Settings
from ingest.warehouse.reviews import MEANING, Decision, decide, read_decisions
from ingest.warehouse.reviews import undo as take_back

review = typer.Typer(
    no_args_is_help=True,
    help="Decide on figures.\n\nA decision is in the next release, outlives every rebuild and re-extraction, and can be undone.",
)

FigureId = Annotated[str, typer.Argument(metavar="FIGURE_ID", help="A figure of the published release (fct_figures).")]
Reason = Annotated[str, typer.Option("--reason", "-r", help="Why, in words; it is published with the figure.")]
Reviewer = Annotated[
    str | None, typer.Option("--reviewer", help="Who decides; the user of this machine by default. It is published.")
]


@review.command("list")
def list_decisions(form: Annotated[RowFormat, typer.Option("--format", "-f")] = RowFormat.TABLE) -> None:
    """Print every decision ever taken, the oldest first."""
    decisions = read_decisions(Settings.from_environment().reviews)
    write_rows([field.name for field in fields(Decision)], (list(asdict(d).values()) for d in decisions), form)


@review.command()
def accept(figure_id: FigureId, reason: Reason, reviewer: Reviewer = None) -> None:
    """Say that a figure was looked at and is right."""
    _decide(figure_id, "accept", reason, reviewer)


@review.command()
def correct(
    figure_id: FigureId,
    reason: Reason,
    value: Annotated[
        float | None,
        typer.Argument(metavar="[VALUE]", help="The right value, in the figure's unit; none if it is right."),
    ] = None,
    meanings: Annotated[
        list[str] | None,
        typer.Option("--set", help=f"What it means: NAME=CODE, or NAME= for nothing. Names: {', '.join(MEANING)}."),
    ] = None,
    reviewer: Reviewer = None,
) -> None:
    """Say what the value of a figure is, or what it means.

    \b
    Examples:
      jixiao review correct 4f0c… 13000000 --reason "a digit was lost"
      jixiao review correct 4f0c… --set programme=temporary_aid --set fiscal_year=2022 --reason "see the heading"
    """
    pairs = [text.partition("=") for text in meanings or ()]
    if wrong := [name for name, sign, _ in pairs if not sign]:
        raise typer.BadParameter(f"{wrong[0]!r} is no NAME=CODE", param_hint="--set")
    _decide(figure_id, "correct", reason, reviewer, value, {name: code for name, _, code in pairs})


@review.command()
def reject(figure_id: FigureId, reason: Reason, reviewer: Reviewer = None) -> None:
    """Leave a figure out of every fact; it stays visible as rejected."""
    _decide(figure_id, "reject", reason, reviewer)


@review.command()
def undo(
    review_id: Annotated[str, typer.Argument(metavar="REVIEW_ID", help="A decision of `jixiao review list`.")],
    reason: Reason,
    reviewer: Reviewer = None,
) -> None:
    """Take a decision back."""
    _tell(take_back(Settings.from_environment(), review_id, reviewer=reviewer or getpass.getuser(), reason=reason))


def _decide(
    figure_id: str,
    action: str,
    reason: str,
    reviewer: str | None,
    value: float | None = None,
    meaning: dict[str, str] | None = None,
) -> None:
    name, settings = reviewer or getpass.getuser(), Settings.from_environment()
    _tell(decide(settings, figure_id, action, reviewer=name, reason=reason, value=value, meaning=meaning))


def _tell(decision: Decision) -> None:
    print(
        f"{decision.review_id}: {decision.action} {decision.figure_id}. It is in force from the next `jixiao rebuild`."
    )
