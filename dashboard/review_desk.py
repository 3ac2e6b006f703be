"""The reviewer's desk: what was decided and is not in the release yet, and the dashboard's one way to decide.

In: the log of decisions (`ingest/warehouse/reviews.py`, the functions that the command uses too). Refuses: whatever they
refuse, and anybody who has no access at the moment of deciding. The review page alone imports this, for those who may.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from dashboard import review_access
from ingest.documents.flow import Flow, fold
from ingest.quantities.scan import scan
from ingest.settings import Settings
from ingest.warehouse import reviews
from ingest.warehouse.errors import ReviewRefused
from ingest.warehouse.reviews import Decision

LONGEST, MEANING = reviews.LONGEST, reviews.MEANING


@dataclass(frozen=True, slots=True)
class Desk:
    """The log as it is now, and which of its entries the release has taken in."""

    log: list[Decision]
    published: Collection[str]

    @property
    def pending(self) -> list[Decision]:
        """What was decided or taken back since the release, the newest first."""
        return [decision for decision in reversed(self.log) if decision.review_id not in self.published]

    def seen_until(self, figure_id: str) -> str:
        """The last entry on a figure, for whoever decides on what is shown now."""
        return reviews.latest_on(self.log, figure_id)

    def standing(self, figure_id: str, in_force: str | None) -> Decision | None:
        """The decision on a figure that holds, or will from the next release; `in_force`: the one that the release applies.

        That one may have been made on another version of the file, where the figure had another id.
        """
        undone = {decision.undoes for decision in self.log}
        for decision in reversed(self.log):
            is_about = decision.figure_id == figure_id or decision.review_id == in_force
            if is_about and decision.action != "undo" and decision.review_id not in undone:
                return decision
        return None


def open_desk(published: Collection[str]) -> Desk:
    """The desk as of now. Raises ReviewRefused where the log cannot be read."""
    return Desk(reviews.read_decisions(Settings.from_environment().reviews), published)


def decide(
    figure_id: str,
    action: str,
    *,
    reviewer: str,
    reason: str,
    value: float | None,
    meaning: Mapping[str, object],
    seen_until: str,
) -> Decision:
    """Record a decision of whoever this run is for. Raises ReviewRefused and NoRelease."""
    return reviews.decide(
        Settings.from_environment(),
        figure_id,
        action,
        reviewer=_name(reviewer),
        reason=reason,
        value=value,
        meaning=meaning,
        seen_until=seen_until,
    )


def undo(review_id: str, *, reviewer: str, reason: str) -> Decision:
    """Take a decision back. Raises ReviewRefused."""
    return reviews.undo(Settings.from_environment(), review_id, reviewer=_name(reviewer), reason=reason)


def corrected(standing: Decision | None) -> tuple[float | None, dict[str, object]]:
    """What a standing correction says: its value and its meaning, none where it is no correction."""
    if standing is None or standing.action != "correct":
        return None, {}
    return standing.corrected_value, json.loads(standing.corrected_meaning or "{}")


def parse_value(text: str, unit: str) -> float | None:
    """What a reviewer typed as a value in the canonical unit: 13000000, 1,300万元 or 85%; None where it is no such value."""
    try:
        value = float(text.replace(",", "").replace("，", "").strip())
        return value if math.isfinite(value) else None
    except ValueError:
        folded = fold(text)
        found = scan(Flow.of(folded, [(0, len(folded))]))
        return found[0].value if len(found) == 1 and found[0].unit == unit else None


def _name(typed: str) -> str:
    """The name to publish: the one that goes with the login, else what was typed. Raises ReviewRefused without access."""
    access = review_access.current()
    if not access.granted:
        raise ReviewRefused("You may not decide here (any more). Log in again, or ask the operator.", "no_access")
    return access.reviewer or typed
