"""Reviewers' decisions on figures: accept, correct, reject, undo. A log beside the store that is only ever appended to.

A decision outlives every rebuild and re-extraction, so it lives in a file of its own, `$JIXIAO_HOME/reviews.jsonl`: a JSON
object a line, in the order in which they were made. It names the figure by its id and by what was seen (document, measure,
number as written, value, sentence), so that the models can tell whether it still fits. Nothing here opens the store: a
decision can be taken while a rebuild runs, and is in the release after.

Refuses: a figure that the published release does not have, a decision without reviewer or reason, a correction without
another value.
"""

from __future__ import annotations

import fcntl
import json
import math
import os
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from ingest.settings import Settings
from ingest.warehouse.errors import ReviewOvertaken, ReviewRefused
from ingest.warehouse.query import open_release

ACTIONS = ("accept", "correct", "reject", "undo")
# A reason is a sentence or two, a reviewer a name or an address.
LONGEST = {"reason": 2000, "reviewer": 200}


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the log. `decided_at` is ISO 8601 in UTC; `expected_value` is in `unit`, as it was read.

    `corrected_value` is set for correct alone, `undoes` (a review_id) for undo alone; the figure of an undo is that of the
    decision that it takes back.
    """

    review_id: str
    decided_at: str
    reviewer: str
    action: str
    reason: str
    figure_id: str
    document_id: str
    source_key: str
    measure: str
    as_written: str
    expected_value: float
    unit: str
    quote: str | None = None
    corrected_value: float | None = None
    undoes: str | None = None


def decide(
    settings: Settings,
    figure_id: str,
    action: str,
    *,
    reviewer: str,
    reason: str,
    value: float | None = None,
    seen_until: str | None = None,
) -> Decision:
    """Record a decision on a figure of the published release. Raises NoRelease and ReviewRefused.

    `seen_until` is for who decides on a page that was drawn a while ago: the review_id of the last entry on the figure that
    stood there, empty for none. Where somebody else has decided on it since, this is refused (ReviewOvertaken).
    """
    if action not in ACTIONS[:3]:
        raise ReviewRefused(f"{action}: there is no such decision. Take one of: {', '.join(ACTIONS[:3])}.")
    seen = _figure(settings.warehouse, figure_id)
    if action == "correct":
        if value is None or not math.isfinite(value):
            raise ReviewRefused(f"A correction of {figure_id} needs the right value, in {seen['unit']}.")
        if value == seen["expected_value"]:
            raise ReviewRefused(f"{figure_id} was read as {value:g} {seen['unit']} already. Accept it instead.")
    elif value is not None:
        raise ReviewRefused(f"Only a correction has a value; to {action} a figure, leave it out.")

    def check(log: list[Decision]) -> None:
        if latest_on(log, figure_id) != seen_until:
            raise ReviewOvertaken(
                f"{figure_id}: somebody else has decided on it meanwhile. Look at that decision first."
            )

    made = _decision(action, reviewer, reason, seen, corrected_value=value)
    return _append(settings.reviews, made, check if seen_until is not None else None)


def undo(settings: Settings, review_id: str, *, reviewer: str, reason: str) -> Decision:
    """Take an earlier decision back. Raises ReviewRefused where there is none of this id, or it was taken back before."""
    log = read_decisions(settings.reviews)
    earlier = next((decision for decision in log if decision.review_id == review_id), None)
    if earlier is None or earlier.action == "undo":
        raise ReviewRefused(f"{review_id}: there is no such decision. `jixiao review list` shows all.")

    def check(log: list[Decision]) -> None:
        if any(decision.undoes == review_id for decision in log):
            raise ReviewOvertaken(f"{review_id}: this decision was taken back already.")

    seen = {name: getattr(earlier, name) for name in _SEEN}
    return _append(settings.reviews, _decision("undo", reviewer, reason, seen, undoes=review_id), check)


def latest_on(log: list[Decision], figure_id: str) -> str:
    """The review_id of the last entry on a figure, an undo included; empty where there is none."""
    return next((decision.review_id for decision in reversed(log) if decision.figure_id == figure_id), "")


def read_decisions(path: Path) -> list[Decision]:
    """All decisions, the oldest first; none where there is no file. Raises ReviewRefused naming the line that is broken."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeError) as error:
        raise ReviewRefused(f"{path}: cannot be read ({error}). Restore it from its backup.") from error
    return [_parsed(path, number, line) for number, line in enumerate(lines, start=1) if line.strip()]


_SEEN = ("figure_id", "document_id", "source_key", "measure", "as_written", "expected_value", "unit", "quote")


def _figure(warehouse: Path, figure_id: str) -> dict[str, object]:
    with open_release(warehouse) as connection:
        row = connection.execute(
            """
            select f.figure_id, f.document_id, d.source_key, f.measure, f.raw, f.value_as_read, f.unit, f.quote
            from main.fct_figures as f inner join raw.documents as d using (document_id)
            where f.figure_id = ?
            """,
            [figure_id],
        ).fetchone()
    if row is None:
        raise ReviewRefused(f"{figure_id}: the published release has no such figure. Take its id from fct_figures.")
    return dict(zip(_SEEN, row, strict=True))


def _decision(action: str, reviewer: str, reason: str, seen: dict[str, object], **more: object) -> Decision:
    given = {"reviewer": " ".join(reviewer.split()), "reason": " ".join(reason.split())}
    for name, text in given.items():
        if not text or len(text) > LONGEST[name]:
            raise ReviewRefused(f"A decision needs a {name} of 1 to {LONGEST[name]} characters.")
    return Decision(
        review_id=f"r{secrets.token_hex(6)}",
        decided_at=datetime.now(UTC).isoformat(timespec="microseconds").removesuffix("+00:00"),
        action=action,
        **given,
        **seen,  # type: ignore[arg-type]
        **more,  # type: ignore[arg-type]
    )


def _append(path: Path, decision: Decision, check: Callable[[list[Decision]], None] | None = None) -> Decision:
    """Write the line whole and bring it to the disk; two at once write one after the other.

    `check` refuses by what the log says when nobody else can write to it any more.
    """
    line = json.dumps(asdict(decision), ensure_ascii=False).encode() + b"\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise ReviewRefused(f"{path}: cannot be written ({error.strerror}). Nothing was decided.") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if check is not None:
            check(read_decisions(path))
        size = os.fstat(descriptor).st_size
        # What a crash left of a line must not swallow the next.
        broken = size and os.pread(descriptor, 1, size - 1) != b"\n"
        os.write(descriptor, b"\n" * bool(broken) + line)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return decision


def _parsed(path: Path, number: int, line: str) -> Decision:
    try:
        row = json.loads(line)
        decision = Decision(**{field.name: row.get(field.name) for field in fields(Decision)})
        datetime.fromisoformat(decision.decided_at)
        needed = (decision.review_id, decision.reviewer, decision.reason, decision.figure_id, decision.document_id)
        if decision.action not in ACTIONS or not all(isinstance(text, str) and text for text in needed):
            raise ValueError("a field is missing or has a value that it cannot have")
        float(decision.expected_value)
    except (ValueError, TypeError, AttributeError) as error:
        raise ReviewRefused(
            f"{path}, line {number}: this is no decision ({error}). Mend or remove the line."
        ) from error
    return decision
