"""How exact a figure is said to be (约, 余, 不低于 …)."""

from __future__ import annotations

import re

from ingest.quantities.scan import Quantity
from ingest.vocabulary import alternation, words_of

_KINDS = ("at_least", "at_most", "over", "under", "about")
_BEFORE = re.compile("|".join(f"({alternation(kind)})$" for kind in _KINDS))
# 家庭医生签约6.3万人: the word ends in the sign, but is not one.
_NO_SIGN = re.compile(rf"{alternation('ends_in_sign')}$")
_AT_LEAST_AFTER = tuple(words_of("at_least_after"))
_AT_MOST_AFTER = tuple(words_of("at_most_after"))
_PERIOD = re.compile(r"(?:每[人户生床])?每(?:学年|学期|月|年|日|天)$")
_LONGEST = 12


def qualifier_of(text: str, quantity: Quantity) -> str:
    """The code of the words right before and after a quantity in its text; 'exact' where they say nothing."""
    if quantity.more:
        return "over"
    after = text[quantity.end : quantity.end + 4]
    if after.startswith(_AT_LEAST_AFTER):
        return "at_least"
    if after.startswith(_AT_MOST_AFTER):
        return "at_most"
    if after.startswith("左右"):
        return "about"
    # 不低于每人每月780元: the period stands between.
    before = text[max(0, quantity.start - _LONGEST) : quantity.start]
    if "每" in before:
        before = _PERIOD.sub("", before)
    found = None if _NO_SIGN.search(before) else _BEFORE.search(before)
    return _KINDS[found.lastindex - 1] if found else "exact"
