"""Named lines of the accounts (三公经费, 政府采购 …): money that is not the department's whole."""

from __future__ import annotations

from functools import cache

from ahocorasick_rs import AhoCorasick

from ingest.vocabulary import read_seed

_FUNCTIONAL_CLASSES = "2"


@cache
def _automaton() -> AhoCorasick:
    return AhoCorasick([row["word"] for row in read_seed("account_items")])


def item_in(text: str) -> str | None:
    """The named line that a text speaks of: the one named last, the longest name where two end together."""
    found = _automaton().find_matches_as_indexes(text, overlapping=True)
    word, _, _ = max(found, key=lambda match: (match[2], -match[1]), default=(None, 0, 0))
    return read_seed("account_items")[word]["item"] if word is not None else None


@cache
def _items_by_word() -> dict[str, str]:
    return {row["word"]: row["item"] for row in read_seed("account_items")}


def item_named(label: str) -> str:
    """The line that a label is the name of, as the accounts write it; the label itself where no row knows it."""
    return _items_by_word().get(label, label)


def is_functional_class(code: str) -> bool:
    """Whether a code (科目编码) is of what money is spent for (功能分类, 2080201), not of what it buys (经济分类, 30101)."""
    return code.startswith(_FUNCTIONAL_CLASSES)


@cache
def _spending_types() -> dict[str, str]:
    return {row["code"]: row["spending_type"] for row in read_seed("economic_classes")}


def spending_type_of_class(code: str) -> str | None:
    """The type of spending of an economic class within basic expenditure: 30101 基本工资 is personnel; None for others."""
    return _spending_types().get(code[:3])
