"""Word's numbering: the ordinal that stands before a paragraph, which its text does not hold.

In: word/numbering.xml and word/styles.xml, then the paragraphs' properties in document order. Out: ordinals such as 一、 and
（一）; none for bullets and for paragraphs without numbering.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from ingest.documents.readers.ordinals import FORMATS

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUMBERING, _STYLE_ID = f"{_W}numPr", f"{_W}styleId"
_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_LONGEST_CHAIN = 20
_HIGHEST_START = 30_000


@dataclass(slots=True)
class _Level:
    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    restarts_after: int | None = None
    is_legal: bool = False


@dataclass(slots=True)
class _List:
    """A list: its levels, and the counters that it shares with all lists of the same abstract one."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The counters of all lists of a document."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()
        self._styles = _style_numbering(styles)
        self._level_of_style: dict[tuple[str, str], int] = {}
        if numbering is not None:
            self._read(numbering)

    def _read(self, root: etree._Element) -> None:
        abstracts = {element.get(f"{_W}abstractNumId", ""): element for element in root.iter(f"{_W}abstractNum")}
        by_style = {_val(a, "styleLink"): key for key, a in abstracts.items() if _val(a, "styleLink")}
        for num in root.iter(f"{_W}num"):
            key = _val(num, "abstractNumId") or ""
            abstract = abstracts.get(key)
            if abstract is None:
                continue
            linked = by_style.get(_val(abstract, "numStyleLink"))
            key, abstract = (linked, abstracts[linked]) if linked is not None else (key, abstract)
            levels = _levels(abstract)
            numbered = _List(key, levels)
            for override in num.iter(f"{_W}lvlOverride"):
                level = _integer(override.get(f"{_W}ilvl"), 0)
                for own in override.findall(f"{_W}lvl"):
                    levels[level] = _level(own)
                start = _val(override, "startOverride")
                if start is not None:
                    numbered.starts[level] = _integer(start, 1)
            number = num.get(f"{_W}numId", "")
            self._lists[number] = numbered
            for element in abstract.iter(f"{_W}lvl"):
                style = _val(element, "pStyle")
                if style:
                    self._level_of_style[number, style] = _integer(element.get(f"{_W}ilvl"), 0)

    def ordinal(self, properties: etree._Element | None, style: str | None) -> str:
        """The ordinal of the next paragraph that has text; an empty string where it has none."""
        if not self._lists:
            return ""
        number, level = self._list_of(properties, style)
        numbered = self._lists.get(number or "")
        if numbered is None or level not in numbered.levels:
            return ""
        counters = self._counters.setdefault(numbered.abstract, [None] * _LEVELS)
        self._count(numbered, number or "", level, counters)
        own = numbered.levels[level]
        if own.number_format in ("bullet", "none"):
            return ""
        return _PLACE.sub(lambda match: self._one(numbered, own, int(match[1]) - 1, counters), own.text)

    def _count(self, numbered: _List, number: str, level: int, counters: list[int | None]) -> None:
        start = numbered.starts.get(level, numbered.levels[level].start)
        current = counters[level]
        if level in numbered.starts and (number, level) not in self._started:
            current = None
        self._started.add((number, level))
        counters[level] = start if current is None else current + 1
        for deeper in range(level + 1, _LEVELS):
            after = numbered.levels[deeper].restarts_after if deeper in numbered.levels else None
            if after is None or (after and level < after):
                counters[deeper] = None

    def _one(self, numbered: _List, own: _Level, level: int, counters: list[int | None]) -> str:
        other = numbered.levels.get(level, _Level())
        value = counters[level]
        if value is None:
            value = counters[level] = other.start
        number_format = "decimal" if own.is_legal else other.number_format
        return FORMATS.get(number_format, str)(value) if number_format not in ("bullet", "none") else ""

    def _list_of(self, properties: etree._Element | None, style: str | None) -> tuple[str | None, int]:
        """(id of the list, level) of a paragraph: its own, else its style's."""
        own = properties.find(_NUMBERING) if properties is not None else None
        number, level = (_val(own, "numId"), _val(own, "ilvl")) if own is not None else (None, None)
        style_number, style_level = self._styles.get(style or "", (None, None))
        number = style_number if number is None else number
        if number is None or number == "0":
            return None, 0
        if level is None:
            by_style = self._level_of_style.get((number, style or ""))
            level = style_level if by_style is None else str(by_style)
        return number, min(_integer(level, 0), _LEVELS - 1)


def _levels(abstract: etree._Element) -> dict[int, _Level]:
    return {_integer(element.get(f"{_W}ilvl"), 0): _level(element) for element in abstract.findall(f"{_W}lvl")}


def _level(element: etree._Element) -> _Level:
    restart = _val(element, "lvlRestart")
    is_legal = element.find(f"{_W}isLgl")
    return _Level(
        start=_integer(_val(element, "start"), 0) if _val(element, "start") is not None else 0,
        number_format=_val(element, "numFmt") or "decimal",
        text=_val(element, "lvlText") or "",
        restarts_after=_integer(restart, 0) if restart is not None else None,
        is_legal=is_legal is not None and is_legal.get(f"{_W}val", "1") not in ("0", "false", "off"),
    )


def _style_numbering(styles: etree._Element | None) -> dict[str, tuple[str | None, str | None]]:
    """(id of the list, level) that each style gives its paragraphs, its own or that of the style it is based on."""
    if styles is None:
        return {}
    own: dict[str, tuple[str | None, str | None]] = {}
    for properties in styles.iter(_NUMBERING):
        style = next(properties.iterancestors(f"{_W}style"), None)
        if style is not None:
            own[style.get(_STYLE_ID, "")] = (_val(properties, "numId"), _val(properties, "ilvl"))
    if not own:
        return {}
    based_on = {
        element.getparent().get(_STYLE_ID, ""): element.get(f"{_W}val", "") for element in styles.iter(f"{_W}basedOn")
    }
    found: dict[str, tuple[str | None, str | None]] = {}
    for name in own.keys() | based_on.keys():
        number = level = None
        current = name
        for _ in range(_LONGEST_CHAIN):
            its_number, its_level = own.get(current, (None, None))
            number, level = number or its_number, level or its_level
            current = based_on.get(current, "")
        if number is not None:
            found[name] = (number, level)
    return found


def _val(parent: etree._Element, name: str) -> str | None:
    element = parent.find(f"{_W}{name}")
    return None if element is None else element.get(f"{_W}val")


def _integer(text: str | None, default: int) -> int:
    return min(int(text), _HIGHEST_START) if text is not None and text.isascii() and text.isdigit() else default
