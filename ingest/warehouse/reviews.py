"""Reviewers' decisions on figures: accept, correct, reject, undo. A log beside the store that is only ever appended to.

A decision outlives every rebuild and re-extraction, so it lives in a file of its own, `$JIXIAO_HOME/reviews.jsonl`: a JSON
object a line, in the order in which they were made. It names the figure by its id and by what was seen (document, measure,
number as written, value, sentence), so that the models can tell whether it still fits. Nothing here opens the store: a
decision can be taken while a rebuild runs, and is in the release after.

A correction may give a value, and what the number means: its measure, programme, year, unit and so on. It replaces what was
read as a whole, and a later decision replaces it as a whole.

Refuses: a figure that the published release does not have, a decision without reviewer or reason, a correction that corrects
nothing or breaks the contract of a figure.
"""

from __future__ import annotations

import fcntl
import json
import math
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from ingest.settings import Settings
from ingest.warehouse.errors import ReviewOvertaken, ReviewRefused
from ingest.warehouse.query import open_release
from ingest.warehouse.tables import row_problems

ACTIONS = ("accept", "correct", "reject", "undo")
# A reason is a sentence or two, a reviewer a name or an address.
LONGEST = {"reason": 2000, "reviewer": 200}
#: What a correction may say of a figure beside its value; the models apply the same columns (int_reviewed_figures).
MEANING = (
    *(
        "fiscal_year",
        "measure",
        "programme",
        "residence",
        "care",
        "fund_source",
        "spending_type",
        "stage",
        "unit",
        "per",
    ),
    *("item", "variant", "indicator"),
)
LONGEST_MEANING = 200


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the log. `decided_at` is ISO 8601 in UTC; `expected_value` is in `unit`, as it was read.

    `corrected_value` (in the corrected unit, where that is corrected too) and `corrected_meaning` (a JSON object of MEANING's
    names, null where the figure says nothing of it) are set for correct alone, `undoes` (a review_id) for undo alone; the
    figure of an undo is that of the decision that it takes back.
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
    corrected_meaning: str | None = None
    undoes: str | None = None


def decide(
    settings: Settings,
    figure_id: str,
    action: str,
    *,
    reviewer: str,
    reason: str,
    value: float | None = None,
    meaning: Mapping[str, object] | None = None,
    seen_until: str | None = None,
) -> Decision:
    """Record a decision on a figure of the published release. Raises NoRelease and ReviewRefused.

    A correction has a `value`, a `meaning` (MEANING's names; null or an empty text: the figure says nothing of it), or both;
    what of them is as it was read is no correction. `seen_until` is for who decides on a page that was drawn a while ago: the review_id of the last entry on the figure that
    stood there, empty for none. Where somebody else has decided on it since, this is refused (ReviewOvertaken).
    """
    if action not in ACTIONS[:3]:
        raise ReviewRefused(f"{action}: there is no such decision. Take one of: {', '.join(ACTIONS[:3])}.")
    seen, read = _figure(settings.warehouse, figure_id)
    corrected: dict[str, object] = {}
    if action == "correct":
        value, corrected = _correction(figure_id, read, value, meaning or {})
    elif value is not None or meaning:
        raise ReviewRefused(f"Only a correction has a value or a meaning; to {action} a figure, leave them out.")

    def check(log: list[Decision]) -> None:
        if latest_on(log, figure_id) != seen_until:
            raise ReviewOvertaken(
                f"{figure_id}: somebody else has decided on it meanwhile. Look at that decision first.", "overtaken"
            )

    text = json.dumps(corrected, ensure_ascii=False, sort_keys=True) if corrected else None
    made = _decision(action, reviewer, reason, seen, corrected_value=value, corrected_meaning=text)
    return _append(settings.reviews, made, check if seen_until is not None else None)


def undo(settings: Settings, review_id: str, *, reviewer: str, reason: str) -> Decision:
    """Take an earlier decision back. Raises ReviewRefused where there is none of this id, or it was taken back before."""
    log = read_decisions(settings.reviews)
    earlier = next((decision for decision in log if decision.review_id == review_id), None)
    if earlier is None or earlier.action == "undo":
        raise ReviewRefused(f"{review_id}: there is no such decision. `jixiao review list` shows all.")

    def check(log: list[Decision]) -> None:
        if any(decision.undoes == review_id for decision in log):
            raise ReviewOvertaken(f"{review_id}: this decision was taken back already.", "overtaken")

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


def _figure(warehouse: Path, figure_id: str) -> tuple[dict[str, object], dict[str, object]]:
    """What a decision on a figure says of it, and all of it as it was read: a decision before may have changed both."""
    with open_release(warehouse) as connection:
        found = connection.execute(
            """
            select r.*, d.source_key from raw.figures as r inner join raw.documents as d using (document_id)
            where r.figure_id = ? and exists (from main.fct_figures as f where f.figure_id = r.figure_id)
            """,
            [figure_id],
        )
        row = found.fetchone()
        names = [column[0] for column in found.description]
    if row is None:
        raise ReviewRefused(
            f"{figure_id}: the published release has no such figure. Take its id from fct_figures.", "no_such_figure"
        )
    read = dict(zip(names, row, strict=True))
    return {name: read[_READ_AS.get(name, name)] for name in _SEEN}, read


_READ_AS = {"as_written": "raw", "expected_value": "value"}


def _correction(
    figure_id: str, read: dict[str, object], value: float | None, meaning: Mapping[str, object]
) -> tuple[float | None, dict[str, object]]:
    """What of a correction differs from what was read. Raises ReviewRefused where nothing does, or the result is no figure."""
    given = {name: _plain(name, text) for name, text in meaning.items()}
    corrected = {name: new for name, new in given.items() if new != read.get(name)}
    value = None if value == read["value"] else value
    if value is not None and not math.isfinite(value):
        raise ReviewRefused(f"A correction of {figure_id} needs a finite value, in {read['unit']}.", "not_finite")
    if value is None and not corrected:
        raise ReviewRefused(
            f"{figure_id} was read as {read['value']:g} {read['unit']}, and a correction needs something that differs from "
            "what was read: give the right value or meaning, or accept the figure instead.",
            "nothing_differs",
        )
    columns = ("raw", "value", *(name for name in MEANING if name in read))
    result = {name: read[name] for name in columns} | corrected | ({"value": value} if value is not None else {})
    if problems := row_problems({name: cell for name, cell in result.items() if cell is not None}):
        raise ReviewRefused(f"{figure_id} would be no figure: " + " ".join(problems), "no_figure", problems=problems)
    return value, corrected


def _plain(name: str, given: object) -> object:
    """A corrected meaning as the log keeps it: a text, a whole number for a year, null for nothing."""
    if name not in MEANING:
        raise ReviewRefused(f"{name}: there is no such meaning. Take one of: {', '.join(MEANING)}.")
    text = "" if given is None else " ".join(str(given).split())
    if len(text) > LONGEST_MEANING:
        raise ReviewRefused(
            f"{name} has {len(text)} characters. Write at most {LONGEST_MEANING}.", "too_long", most=LONGEST_MEANING
        )
    if name == "fiscal_year" and text:
        if not (text.isascii() and text.isdigit() and len(text) == 4):
            raise ReviewRefused(f"{text} is no year. Write its four digits.", "no_year")
        return int(text)
    return text or None


def _decision(action: str, reviewer: str, reason: str, seen: dict[str, object], **more: object) -> Decision:
    given = {"reviewer": " ".join(reviewer.split()), "reason": " ".join(reason.split())}
    for name, text in given.items():
        if not text or len(text) > LONGEST[name]:
            raise ReviewRefused(
                f"A decision needs a {name} of 1 to {LONGEST[name]} characters.", f"no_{name}", most=LONGEST[name]
            )
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
        raise ReviewRefused(
            f"{path}: cannot be written ({error.strerror}). Nothing was decided.", "not_written"
        ) from error
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
        if decision.corrected_meaning is not None and not set(json.loads(decision.corrected_meaning)) <= set(MEANING):
            raise ValueError("its corrected meaning has a name that is none")
    except (ValueError, TypeError, AttributeError) as error:
        raise ReviewRefused(
            f"{path}, line {number}: this is no decision ({error}). Mend or remove the line."
        ) from error
    return decision
