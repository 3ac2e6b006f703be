"""Named lines of the accounts (三公经费, 政府采购 …): money that is not the department's whole."""

from __future__ import annotations

from functools import cache

from ingest.vocabulary import read_seed


@cache
def _items() -> tuple[tuple[str, str], ...]:
    rows = [(row["word"], row["item"]) for row in read_seed("account_items")]
    return tuple(sorted(rows, key=lambda row: len(row[0]), reverse=True))


def item_in(text: str) -> str | None:
    """The named line that a text speaks of: the one named last, the longest name where two end together."""
    best, place = None, -1
    for word, item in _items():
        position = text.rfind(word)
        if position >= 0 and position + len(word) > place:
            best, place = item, position + len(word)
    return best
