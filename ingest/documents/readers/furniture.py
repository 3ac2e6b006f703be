"""What shows itself as furniture of a web page: menus, paths, footers, what is hidden.

An element shows it by what it is, its attributes or their names, a line by its words. The words are rows in
seeds/vocabulary/word_classes.csv.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from ingest.vocabulary import any_of, words, words_of

_ROLES_LEFT_OUT = frozenset(["navigation", "banner", "contentinfo", "complementary", "search"])
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_LONGEST_LINE = 240


def is_hidden(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element with these attributes is not shown."""
    return "hidden" in attributes or _is_hidden(attributes.get("style"))


def is_named_like_furniture(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element of its own lines with these attributes is hidden, or says that it is a menu or the like."""
    return (
        is_hidden(attributes)
        or _is_furniture_name(attributes.get("class"))
        or _is_furniture_name(attributes.get("id"))
        or attributes.get("role") in _ROLES_LEFT_OUT
    )


def is_furniture_line(text: str) -> bool:
    """Whether a paragraph is a line of the page, not of the article: who keeps the site, how often it was read."""
    return len(text) <= _LONGEST_LINE and "。" not in text and bool(words("page_furniture_text").search(text))


@lru_cache(maxsize=10_000)
def _is_hidden(style: str | None) -> bool:
    return bool(style and _HIDDEN.search(style))


@lru_cache(maxsize=10_000)
def _is_furniture_name(name: str | None) -> bool:
    """Whether a class or id names a piece of furniture by a word of its own: main-nav, siteFooter, crumbs."""
    return bool(name and _furniture_names().search(name))


@cache
def _furniture_names() -> re.Pattern[str]:
    names = any_of(words_of("page_furniture_name"))
    return re.compile(rf"(?:(?<![a-zA-Z])(?i:{names})|(?<=[a-z])(?=[A-Z])(?i:{names}))s?(?![a-z])")
