"""Figures of another place: 全国共有…, 全省…平均 in a county's report say nothing of the county.

In: the reporting department's place, and the words before a number. Which words reach beyond a place depends on its
tier, which its name ends with; a place of unknown tier is only told from the nation.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from ingest.vocabulary import alternation, any_of, words_of

# Of the endings of a place's name the first that fits; 地区 before 区, 自治区 before 区.
_REACH_BY_ENDING = (
    (re.compile(r"省$|自治区$|^(?:北京|天津|上海|重庆)市$"), "beyond_province"),
    (re.compile(r"地区$"), "beyond_prefecture"),
    (re.compile(r"[市州盟]$"), "beyond_city"),
    (re.compile(r"[县旗]$"), "beyond_county"),
    (re.compile(r"区$"), "beyond_district"),
)
_AREA = re.compile(r"全[市县区州盟旗]")
_UNKNOWN = "beyond_province"


def own_area(text: str) -> str | None:
    """The area that a document speaks of most, and more than once: its own (全市 of a county that calls itself a city)."""
    counts = Counter(_AREA.findall(text))
    area, count = counts.most_common(1)[0] if counts else ("", 0)
    return area if count > 1 else None


def words_beyond(place_name: str | None, own: str | None = None) -> re.Pattern[str]:
    """What finds, in the words before a number, a clause whose subject reaches beyond a place (全省… in a county).

    `own` is the area that the document speaks of most.
    """
    reach = next((name for ending, name in _REACH_BY_ENDING if ending.search(place_name or "")), _UNKNOWN)
    return _words_of_reach(reach, own)


@cache
def _words_of_reach(reach: str, own: str | None) -> re.Pattern[str]:
    beyond = words_of(reach) - {own}
    return re.compile(
        rf"(?:^|[，；:(])(?:\d{{1,2}}[.、)])?(?:其中)?{alternation('before_area')}?(?:(?:19|20)\d\d年(?:度?末|底|度)?[，]?)?"
        rf"(?:{any_of(beyond)})(?!{alternation('area_is_no_subject')})[^，；:]{{0,40}}(?:，其中[^，；]{{0,30}})*$"
    )
