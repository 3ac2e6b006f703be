"""Change and level: 提高到300元 states a level, 提高50元 and 比上年多50元 only a difference, which is no figure."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.vocabulary import alternation

# Several questions about one number ask the same of the words before it.
_MOST_KEPT = 64
_LEADS_TO = re.compile(
    rf"{alternation('change', 'change_reached')}(?:标)?(?:到|至|为|在)[^，。；\d]{{0,10}}$"
    # 下达 and 送达 reach nobody's level.
    rf"|(?<![下送传转]){alternation('level_reached')}[^，。；\d]{{0,8}}$"
)
# 增幅达8.5% reaches no level.
_CHANGE_ITSELF = re.compile(rf"{alternation('growth_noun')}[^，。；\d]{{0,6}}$")
_RAISED = re.compile(rf"{alternation('change', 'change_raised')}(?:到|至|为)[^，。；\d]{{0,10}}$")
_FROM_OLD_TO_NEW = re.compile(
    rf"[^，。；\d]{{0,6}}{alternation('change', 'change_paired')}(?:到|至|为)(?:了)?{alternation('at_least', 'at_most', 'about')}?{alternation('per_month', 'per_year', 'per_day', 'per_time')}?"
    rf"{alternation('at_least', 'at_most', 'about')}?"
)
_COMPARED = rf"(?:比|较)[^，。；]{{1,16}}{alternation('compared_change')}[^，。；]{{0,4}}$"
_DIFFERENCE = re.compile(
    rf"(?:(?<!最){alternation('difference')}(?!保)了?(?:[^，。；\d到至为]{{0,10}}标准)?|(?<!大)多|(?<![至不])少|{alternation('difference_amount')})$|{_COMPARED}"
    rf"|超[出过][^，。；\d]{{0,8}}{alternation('task_done')}数?$"
)
_TOTAL_AFTER_CHANGE = re.compile(
    rf"[，；、]?(?:后|总数|总额|共)?(?:{alternation('level_reached')}|"
    rf"{alternation('change', 'change_reached')}(?:到|至|为))了?{alternation('per_month', 'per_year', 'per_day')}?(?:约|近)?"
)
_CHANGED = re.compile(
    rf"(?:，?(?:比|较|与)[^，。；\d]{{1,14}}?)?(?:同比|环比)?{alternation('change', 'difference', 'change_reached')}"
    r"(?:了|近|约|幅度?为?)*$"
)
_COMPARED_OR_NET = re.compile(rf"{_COMPARED}|{alternation('net_change')}$")


@lru_cache(maxsize=_MOST_KEPT)
def is_reached(near: str) -> bool:
    """Whether the words before a number say that it is the level reached (提高到, 达到)."""
    return bool(_LEADS_TO.search(near)) and not _CHANGE_ITSELF.search(near)


def is_raised(near: str) -> bool:
    """Whether the words before a number say that it replaces an older one (提高到)."""
    return bool(_RAISED.search(near))


def leads_from_old_to_new(gap: str) -> bool:
    """Whether the words between two numbers make them old and new (提高到每人每月)."""
    return bool(_FROM_OLD_TO_NEW.fullmatch(gap))


def is_total_after_change(gap: str) -> bool:
    """Whether the words between the amount of a change and a number make the number what it came to: …，达到."""
    return bool(_TOTAL_AFTER_CHANGE.fullmatch(gap))


def without_change(text: str) -> str:
    """What changed, of the words before the amount of a change: 预算执行率 of 预算执行率较上年提高."""
    return _CHANGED.sub("", text)


@lru_cache(maxsize=_MOST_KEPT)
def is_difference(near: str) -> bool:
    """Whether the words before a number say that it is a difference (提高了, 比上年多)."""
    return bool(_DIFFERENCE.search(near))


def is_compared(near: str) -> bool:
    """Whether the words before a number compare it with another (比上年增加), or call it net."""
    return bool(_COMPARED_OR_NET.search(near))
