"""Totals of counts: the number below several, in a row of sums, that names nothing itself.

In: the readings of a table, in order. Out: a total that its column adds up to gets the meaning of what it adds up. One
that does not add up, or below numbers of several kinds, stays no figure.
"""

from __future__ import annotations

import math

from ingest.figures.cells import is_total_row
from ingest.figures.reading import Reading, TableReading
from ingest.figures.subject import Subject

# What a row names by itself: 老年助餐点 | 12 is so many facilities, 合计 | 106 is nothing without the rows above it.
_NAMED_BY_ROW = frozenset({"facilities", "cases"})
_UNNAMED = frozenset({"no_facility", "no_case", "no_cue", "no_unit"})
_FEWEST_ADDED = 2


def settle_totals(readings: list[Reading], programme: str | None) -> None:
    """Give the totals of a table's counts their meaning; `programme` is that of a sum of several programmes."""
    added: dict[str, list[TableReading]] = {}
    for reading in readings:
        if not isinstance(reading, TableReading) or not reading.column_header or not reading.row_label:
            continue
        if not is_total_row(reading.row_label):
            added.setdefault(reading.column_header, []).append(reading)
            continue
        parts = added.pop(reading.column_header, [])
        if reading.measure is None and reading.reason in _UNNAMED and _adds_up(reading, parts):
            _take_over(reading, parts, programme)


def _adds_up(total: TableReading, parts: list[TableReading]) -> bool:
    is_of_one_kind = len({(part.measure, part.unit, part.fiscal_year, part.qualifier) for part in parts}) == 1
    if len(parts) < _FEWEST_ADDED or not is_of_one_kind or parts[0].measure not in _NAMED_BY_ROW:
        return False
    return math.isclose(sum(part.value or 0 for part in parts), total.quantity.value)


def _take_over(total: TableReading, parts: list[TableReading], programme: str | None) -> None:
    first = parts[0]
    total.measure, total.unit, total.reason = first.measure, first.unit, None
    total.value, total.qualifier, total.fiscal_year = total.quantity.value, first.qualifier, first.fiscal_year
    programmes = {part.subject.programme for part in parts}
    residences = {part.subject.residence for part in parts}
    total.subject = Subject(
        programme=programmes.pop() if len(programmes) == 1 else programme,
        residence=residences.pop() if len(residences) == 1 else None,
    )
    total.confidence = min(part.confidence for part in parts)
