"""The names of departments and places: 湛江市坡头区民政局 is a place of the reference table and a department's ending."""

from __future__ import annotations

import re
from functools import cache

from ingest.vocabulary import alternation, read_rows, read_seed

_NAME_BREAK = re.compile(
    rf"[\s,，。；:、()《》“”|\[\]<>\d.·]|{alternation('not_of_a_name')}|和(?=[^\u4e00-\u9fff]|$)|年度?"
)
_PLACE_END = re.compile(r"[省市县区州盟旗]$|自治[区州县]$|兵团$|开发区$|新区$|高新区$")
# 8个镇和县救助管理站: the sign joins two names, and 和县 is not meant.
_JOINS_NAMES = re.compile("[和及与同]")
_IN_A_WORD = re.compile(r"[\u4e00-\u9fff]")
# 云渡县青石, 云渡县人民政府青石: the county and the name of its township, before 镇人民政府 or 街道办事处.
_PLACE_AND_TOWNSHIP = re.compile(r"(.+[省市县区旗州盟])(?:人民政府)?[^省市县区旗]{1,6}")
_LONGEST_PLACE = 16
_TOWNSHIP = "township"


@cache
def _kind_by_ending() -> dict[str, str]:
    """What a department's name ends with (民政局, 卫生健康委员会) and the kind it then is of, the longest ending first."""
    rows = sorted(read_seed("department_endings"), key=lambda row: len(row["ending"]), reverse=True)
    return {row["ending"]: row["department_kind"] for row in rows}


@cache
def endings() -> re.Pattern[str]:
    """Any ending of a department's name."""
    return re.compile("|".join(map(re.escape, _kind_by_ending())))


def names_in(text: str) -> list[str]:
    """The full names of departments in a text: the places right before the ending, and the ending."""
    names = []
    for match in endings().finditer(text):
        window = text[max(0, match.start() - 24) : match.start()]
        prefix = _places_at_end(window)
        if prefix is None:
            breaks = list(_NAME_BREAK.finditer(window))
            prefix = _after_another(window[breaks[-1].end() :] if breaks else window)
        names_place = _PLACE_END.search(prefix) or (is_of_township(match.group()) and _PLACE_AND_TOWNSHIP.match(prefix))
        if len(prefix) >= 2 and names_place:
            names.append(prefix + match.group())
    return names


def is_of_township(name: str) -> bool:
    """Whether a body is that of a township or a street (镇人民政府, 街道办事处), of which a county has many."""
    return department_kind(name) == _TOWNSHIP


@cache
def _place_names() -> frozenset[str]:
    """The names of all places of the reference table, as they stand before a department's name."""
    return frozenset(row["place_name"] for row in read_rows("reference", "places"))


def _places_at_end(window: str) -> str | None:
    """湛江市坡头区 at the end of a text: the longest chain of known places, the larger before the smaller."""
    places, best = _place_names(), None
    ends = {len(window)}
    for start in range(len(window) - 2, -1, -1):
        if any(window[start:end] in places for end in ends):
            ends.add(start)
            if not (_JOINS_NAMES.match(window[start]) and _IN_A_WORD.match(window[max(0, start - 1)])):
                best = window[start:]
    return best


def _after_another(prefix: str) -> str:
    """市财政局县 → what follows the ending of another department's name."""
    ends = [m.end() for m in re.finditer(r"[局厅委会](?=[\u4e00-\u9fff]{2,})", prefix)]
    return prefix[ends[-1] :] if ends else prefix


def may_be_of(name: str, place: str | None) -> bool:
    """Whether a department is of a place, where both are known."""
    other = place_of(name)
    return not (place and other) or place.endswith(other) or other.endswith(place)


def place_at_start(title: str | None) -> str | None:
    """The places that a title begins with, of the reference table: 某省某县2023年…项目支出绩效自评报告."""
    plain = title or ""
    ends = range(min(len(plain), _LONGEST_PLACE), 1, -1)
    return next((plain[:end] for end in ends if _places_at_end(plain[:end]) == plain[:end]), None)


def department_kind(department: str | None) -> str | None:
    """The kind of a department by the ending of its name: 民政局 is civil_affairs; None for an unknown ending."""
    name = department or ""
    return next((kind for ending, kind in _kind_by_ending().items() if name.endswith(ending)), None)


def place_of(department: str | None) -> str | None:
    """The place in a department's full name: 荔湾区 of 荔湾区民政局, a township's county; None where it names none."""
    if not department:
        return None
    match = endings().search(department)
    if match is None:
        return None
    place = department[: match.start()]
    county = (
        _PLACE_AND_TOWNSHIP.fullmatch(place) if is_of_township(department) and not _PLACE_END.search(place) else None
    )
    return (county[1] if county else place) or None
