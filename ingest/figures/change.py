"""Change and level: 提高到300元 states a level, 提高50元 and 比上年多50元 only a difference, which is no figure."""

from __future__ import annotations

import re

from ingest.vocabulary import alternation

_LEADS_TO = re.compile(
    rf"{alternation('change', 'change_reached')}(?:标)?(?:到|至|为|在)[^，。；\d]{{0,10}}$"
    rf"|{alternation('level_reached')}[^，。；\d]{{0,8}}$"
)
_RAISED = re.compile(rf"{alternation('change', 'change_raised')}(?:到|至|为)[^，。；\d]{{0,10}}$")
_FROM_OLD_TO_NEW = re.compile(
    rf"[^，。；\d]{{0,6}}{alternation('change', 'change_paired')}(?:到|至|为)(?:了)?{alternation('paired_period')}?"
)
_COMPARED = rf"(?:比|较)[^，。；]{{1,16}}{alternation('compared_change')}[^，。；]{{0,4}}$"
_DIFFERENCE = re.compile(
    rf"(?:{alternation('difference')}了?|(?<!大)多|(?<![至不])少|{alternation('difference_amount')})$|{_COMPARED}"
)
_COMPARED_OR_NET = re.compile(rf"{_COMPARED}|{alternation('net_change')}$")


def is_reached(near: str) -> bool:
    """Whether the words before a number say that it is the level reached (提高到, 达到)."""
    return bool(_LEADS_TO.search(near))


def is_raised(near: str) -> bool:
    """Whether the words before a number say that it replaces an older one (提高到)."""
    return bool(_RAISED.search(near))


def leads_from_old_to_new(gap: str) -> bool:
    """Whether the words between two numbers make them old and new (提高到每人每月)."""
    return bool(_FROM_OLD_TO_NEW.fullmatch(gap))


def is_difference(near: str) -> bool:
    """Whether the words before a number say that it is a difference (提高了, 比上年多)."""
    return bool(_DIFFERENCE.search(near))


def is_compared(near: str) -> bool:
    """Whether the words before a number compare it with another (比上年增加), or call it net."""
    return bool(_COMPARED_OR_NET.search(near))
