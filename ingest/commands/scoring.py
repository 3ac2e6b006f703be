"""The command score: extracted figures against gold tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from ingest.commands.output import RowFormat, say, write_rows
from ingest.commands.reading import extracted_rows
from ingest.figures.contract import FIELD_NAMES
from ingest.scoring import SURE, Fault, Scores, ScoringError, Tally, read_figures
from ingest.scoring import score as scores_of
from ingest.warehouse.errors import ExitCode

_TALLY_COLUMNS = ("gold", "found", "right", "wrong", "missed", "false", "precision", "recall", "strict F1", "loose F1")
_FAULT_COLUMNS = ("document", "kind", "measure", "raw", "extracted, not gold", "quote")
_FIGURES_ENDINGS = (".jsonl", ".ndjson")

Extracted = Annotated[
    str, typer.Argument(metavar="EXTRACTED", help="Figures (.jsonl), or a report or a folder of reports to extract.")
]
Gold = Annotated[Path, typer.Argument(metavar="GOLD", help="The folder of gold tables.", exists=True, file_okay=False)]
List = Annotated[bool, typer.Option("--list", help="Print every miss, false figure and wrong dimension too.")]
Format = Annotated[RowFormat, typer.Option("--format", "-f", help="table or json.")]
AtLeast = Annotated[
    float | None, typer.Option("--at-least", min=0, max=1, help="End with exit code 1 where the strict F1 is lower.")
]


def score(
    extracted: Extracted, gold: Gold, listed: List = False, form: Format = RowFormat.TABLE, at_least: AtLeast = None
) -> None:
    """Score figures against gold tables.

    Precision, recall and F1 in all, by measure and by layout, the worst documents, and whether confidence keeps its word.
    Strict counts a figure as right where its value, unit, measure and every dimension are; loose leaves dimensions out.

    \b
    Examples:
      jixiao score samples/reports samples/gold
      jixiao score figures.jsonl samples/gold --list
      jixiao score samples/reports samples/gold --at-least 0.97
    """
    if form not in (RowFormat.TABLE, RowFormat.JSON):
        raise typer.BadParameter("scores are printed as table or json", param_hint="--format")
    failed: list[str] = []
    try:
        if extracted.lower().endswith(_FIGURES_ENDINGS):
            scores = scores_of(read_figures(extracted), gold)
        else:
            rows = extracted_rows([extracted], failed)
            scores = scores_of((dict(zip(FIELD_NAMES, row, strict=True)) for row in rows), gold)
    except (ScoringError, OSError) as error:
        say(str(error))
        raise typer.Exit(ExitCode.USAGE) from None
    if form is RowFormat.JSON:
        print(json.dumps(_as_json(scores, listed), ensure_ascii=False))
    else:
        _print(scores, listed)
    if at_least is not None and scores.total.strict[2] < at_least:
        say(f"The strict F1 is {scores.total.strict[2]:.4f}, below {at_least}.")
        raise typer.Exit(ExitCode.SOME_FAILED)
    if failed:
        raise typer.Exit(ExitCode.SOME_FAILED)


def _print(scores: Scores, listed: bool) -> None:
    for title, tallies in (
        ("By measure", {**scores.by_measure, "ALL": scores.total}),
        ("By layout", scores.by_layout),
        ("Worst documents", dict(scores.worst())),
    ):
        print(title)
        write_rows(("", *_TALLY_COLUMNS), [[name, *_cells(tally)] for name, tally in tallies.items()], RowFormat.TABLE)
    print("Wrong dimensions")
    write_rows(("dimension", "figures"), scores.wrong_dimensions.most_common(), RowFormat.TABLE)
    print("Confidence")
    calibration = scores.calibration
    rows: list[list[object]] = [
        [f"≥ {b.lowest:.2f}", b.figures, b.right, _rounded(b.precision)] for b in calibration.bins
    ]
    if calibration.without:
        rows.insert(0, ["none stated", calibration.without, None, None])
    write_rows(("confidence", "figures", "right", "precision"), rows, RowFormat.TABLE)
    if calibration.sure.precision is not None:
        print(
            f"Of the figures with confidence ≥ {SURE}, {calibration.sure.precision:.2%} are right; "
            f"they are {calibration.sure_share:.1%} of all."
        )
    if listed:
        print("Faults")
        write_rows(_FAULT_COLUMNS, [_fault_cells(fault) for fault in scores.faults], RowFormat.TABLE)


def _cells(tally: Tally) -> list[object]:
    precision, recall, strict = map(_rounded, tally.strict)
    wrong = tally.matched - tally.right
    return [tally.gold, tally.found, tally.right, wrong, tally.missed, tally.false, precision, recall, strict, _rounded(tally.loose[2])]  # fmt: skip


def _rounded(ratio: float | None) -> str | None:
    return None if ratio is None else f"{ratio:.4f}"


def _fault_cells(fault: Fault) -> list[object]:
    row = fault.gold or fault.found or {}
    wrong = "; ".join(f"{name}: {ours or '∅'}, not {gold or '∅'}" for name, (ours, gold) in fault.wrong.items())
    return [fault.document, fault.kind, row["measure"], row.get("raw"), wrong or None, row.get("quote")]


def _as_json(scores: Scores, listed: bool) -> dict[str, object]:
    calibration = scores.calibration
    result: dict[str, object] = {
        "total": _tally_as_json(scores.total),
        "by_measure": {name: _tally_as_json(tally) for name, tally in scores.by_measure.items()},
        "by_layout": {name: _tally_as_json(tally) for name, tally in scores.by_layout.items()},
        "by_document": {name: _tally_as_json(tally) for name, tally in scores.by_document.items()},
        "wrong_dimensions": dict(scores.wrong_dimensions),
        "calibration": {
            "sure": {
                "at_least": SURE,
                "figures": calibration.sure.figures,
                "right": calibration.sure.right,
                "precision": calibration.sure.precision,
                "share": calibration.sure_share,
            },
            "bins": [
                {"at_least": b.lowest, "figures": b.figures, "right": b.right, "precision": b.precision}
                for b in calibration.bins
            ],
            "without_confidence": calibration.without,
        },
    }
    if listed:
        result["faults"] = [
            {
                "document": fault.document,
                "kind": fault.kind,
                "wrong": {name: {"extracted": ours, "gold": gold} for name, (ours, gold) in fault.wrong.items()},
                "gold": fault.gold,
                "extracted": fault.found,
            }
            for fault in scores.faults
        ]
    return result


def _tally_as_json(tally: Tally) -> dict[str, object]:
    names = ("precision", "recall", "f1")
    return {
        "gold": tally.gold,
        "found": tally.found,
        "matched": tally.matched,
        "right": tally.right,
        "missed": tally.missed,
        "false": tally.false,
        **{f"strict_{name}": ratio for name, ratio in zip(names, tally.strict, strict=True)},
        **{f"loose_{name}": ratio for name, ratio in zip(names, tally.loose, strict=True)},
    }
