"""Indicators that a sentence states with their target: 保障人数目标值≥52000人，完成52310人.

In: a place whose quantity is no percentage (those are read with the rates). Out: the reading, filled in, where the words
before the number name an indicator and its target, or where it is the value attained right after one.
"""

from __future__ import annotations

import re

from ingest.figures.context import Context
from ingest.figures.place import Place
from ingest.figures.reading import Reading
from ingest.figures.subject import Subject, subject_in
from ingest.vocabulary import alternation, words_of

_TARGET = re.compile(
    rf"([\u4e00-\u9fff（）()“”]{{2,24}}?)(?:的)?{alternation('target_of_indicator')}(?:均?[为是]|:)*"
    rf"{alternation('at_least', 'at_most')}?$"
)
_NAME = rf"((?:[\u4e00-\u9fff“”]|\(.{{1,6}}\)){{2,24}}?{alternation('indicator_name_end')})"
_SAYS_TARGET = re.compile(
    rf"{alternation('target_of_indicator', 'target_value')}(?:均?[为是]|:)*{alternation('at_least', 'at_most')}?$"
)
_NAMED_TARGET = re.compile(rf"{_NAME}(?:指标)?[，:(]?{_SAYS_TARGET.pattern}")
_BOUNDED = re.compile(rf"{_NAME}:?[≥≤]$")
_NO_NAMES = tuple(words_of("no_indicator_name"))
_LONGEST = 60
_ATTAINED = re.compile(rf"[，,、](?:{alternation('attained')})(?:值|数)?(?:为|是|达到?|:)*$")


def _named_target(place: Place) -> re.Match[str] | None:
    """低保保障人数:年初目标18,000人, 发放津贴人数≥18,000人: a name of an indicator, its sign or word of a target, the number."""
    span = max(place.sentence_start, place.start - _LONGEST), place.start
    named = None
    # Most numbers have neither before them, and a name may begin anywhere.
    if _SAYS_TARGET.search(place.text, *span):
        named = _NAMED_TARGET.search(place.text, *span)
    if named is None and place.text.endswith(("≥", "≤"), *span):
        named = _BOUNDED.search(place.text, *span)
    return None if named is None or named[1].endswith(_NO_NAMES) else named


def read_stated_indicator(context: Context, place: Place, reading: Reading) -> bool:
    """Fill in a target or the value attained after it; False, and nothing changed, where the words say neither."""
    if place.quantity.unit == "percent":
        return False
    before = context.readings[-1] if context.readings else None
    target = (_TARGET.search(place.text, place.near_start, place.start) if "值" in place.near_text else None) or (
        _named_target(place)
    )
    if target:
        name = target[1]
        named = subject_in(place.bounds.tokens_within(target.start(1), target.end(1)), place.text, indicator=True)
        project = context.about.project if context.about.is_project else None
        reading.measure, reading.indicator = "indicator_target", name
        reading.subject = Subject(programme=named.programme or project or None, residence=named.residence)
        reading.confidence = 0.85
        return True
    is_beside = before is not None and before.quantity.end >= place.sentence_start and before.unit == reading.unit
    if is_beside and before.measure == "indicator_target":
        gap = place.text[before.quantity.end : place.start]
        if _ATTAINED.fullmatch(gap):
            reading.measure, reading.indicator = "indicator_actual", before.indicator
            reading.subject, reading.confidence = before.subject, before.confidence
            return True
    return False
