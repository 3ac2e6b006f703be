"""What a load did, for whoever started it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from ingest.warehouse.records import Outcome, Rejection, TableContents

# Rejected rows, and outcomes to tell of, that a summary lists; the store has all of them.
LISTED_REJECTIONS = 20
LISTED_OUTCOMES = 100


@dataclass(slots=True)
class LoadSummary:
    """What a load did. `documents` counts by status of the loaded stage.

    `problems` lists the first of what an operator can put right and `notes` of what is worth a line; `failed` and `noted`
    count all of them.
    """

    documents: Counter[str] = field(default_factory=Counter)
    figures: int = 0
    problems: list[Outcome] = field(default_factory=list)
    failed: int = 0
    notes: list[Outcome] = field(default_factory=list)
    noted: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    rejected_rows: int = 0
    seconds: float = 0.0

    def add(self, outcome: Outcome) -> None:
        """Count one recorded outcome."""
        if outcome.is_failure:
            self.failed += 1
            _list(self.problems, outcome)
        elif outcome.status == "skipped" or (outcome.message and outcome.status == "ok"):
            self.noted += 1
            _list(self.notes, outcome)
        if outcome.stage == "loaded":
            self.documents[outcome.status] += 1
            if outcome.status == "ok":
                self.figures += outcome.figures or 0

    def add_rejections(self, contents: TableContents) -> None:
        """Count the rejected rows of a figures table."""
        self.rejected_rows += contents.rejected_row_count
        self.rejections += contents.rejections[: max(0, LISTED_REJECTIONS - len(self.rejections))]


def _list(outcomes: list[Outcome], outcome: Outcome) -> None:
    if len(outcomes) < LISTED_OUTCOMES:
        outcomes.append(outcome)
