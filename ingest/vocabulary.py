"""The words of the genre, read from seeds/vocabulary/: the same rows that dbt loads.

Code holds grammar; the words themselves are rows of data. A clash between rows is an error that names the file.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from itertools import product

from ingest.paths import SEEDS


def read_seed(name: str) -> tuple[dict[str, str], ...]:
    """All rows of seeds/vocabulary/<name>.csv, cells stripped, as dictionaries by column."""
    return read_rows("vocabulary", name)


@cache
def read_rows(folder: str, name: str) -> tuple[dict[str, str], ...]:
    """All rows of seeds/<folder>/<name>.csv, cells stripped, as dictionaries by column."""
    with (SEEDS / folder / f"{name}.csv").open(encoding="utf-8", newline="") as rows:
        return tuple({key: (value or "").strip() for key, value in row.items() if key} for row in csv.DictReader(rows))


_GROUP = re.compile(r"\{([^{}]*)\}")


def spellings(pattern: str) -> list[str]:
    """All names that a family of names spells: 高龄{老人|}{津贴|补贴} is 高龄老人津贴, 高龄老人补贴, 高龄津贴 and 高龄补贴.

    A word without braces spells itself. ValueError for a brace without its partner.
    """
    if "{" not in pattern and "}" not in pattern:
        return [pattern]
    # A split at groups puts what stands between them at even places, and what stands in them at odd ones.
    parts = _GROUP.split(pattern)
    if any(sign in part for part in parts for sign in "{}"):
        raise ValueError(
            f"seeds/vocabulary/ has a family of names with a brace without its partner, {pattern}: close it"
        )
    choices = [part.split("|") if place % 2 else [part] for place, part in enumerate(parts)]
    return ["".join(chosen) for chosen in product(*choices)]


@cache
def words_of(word_class: str) -> frozenset[str]:
    """The words of one class of seeds/vocabulary/word_classes.csv; ValueError for a class that has none."""
    found = frozenset(
        word for row in read_seed("word_classes") if row["class"] == word_class for word in spellings(row["word"])
    )
    if not found or "" in found:
        raise ValueError(
            f"seeds/vocabulary/word_classes.csv has no words, or an empty one, in the class {word_class}: add them there"
        )
    return found


@cache
def alternation(*word_classes: str) -> str:
    """A group of a regular expression that matches any word of the classes, the longest first."""
    return f"(?:{any_of(frozenset().union(*map(words_of, word_classes)))})"


@cache
def words(*word_classes: str) -> re.Pattern[str]:
    """A compiled expression that finds any word of the classes."""
    return re.compile(alternation(*word_classes))


def any_of(found: frozenset[str]) -> str:
    """The words as alternatives of a regular expression, escaped, the longest first."""
    return "|".join(map(re.escape, sorted(found, key=lambda word: (-len(word), word))))
