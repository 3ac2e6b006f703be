"""Figures of another place: 全国共有…, 全省…平均 in a county's report say nothing of the county.

In: the reporting department's place, and the words before a number. Which words reach beyond a place depends on its
tier, which its name ends with; a place of unknown tier is only told from the nation.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.vocabulary import alternation

# Of the endings of a place's name the first that fits; 地区 before 区, 自治区 before 区.
_REACH_BY_ENDING = (
    (re.compile(r"省$|自治区$|^(?:北京|天津|上海|重庆)市$"), "beyond_province"),
    (re.compile(r"地区$"), "beyond_prefecture"),
    (re.compile(r"[市州盟]$"), "beyond_city"),
    (re.compile(r"[县旗]$"), "beyond_county"),
    (re.compile(r"区$"), "beyond_district"),
)
_UNKNOWN = "beyond_province"


@cache
def words_beyond(place_name: str | None) -> re.Pattern[str]:
    """What finds, in the words before a number, a clause whose subject reaches beyond a place (全省… in a county)."""
    reach = next((name for ending, name in _REACH_BY_ENDING if ending.search(place_name or "")), _UNKNOWN)
    return re.compile(
        rf"(?:^|[，；:(])(?:其中)?{alternation('before_area')}?(?:(?:19|20)\d\d年(?:度?末|底|度)?[，]?)?"
        rf"{alternation(reach)}(?!{alternation('area_is_no_subject')})[^，；:]{{0,40}}(?:，其中[^，；]{{0,30}})*$"
    )
