"""Numbers as people read them: yuan in 元, 万元 or 亿元 chosen by size, rates in percent, counts with separators.

Unknown (None, NaN, NA) is shown as an en dash, never as 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

UNKNOWN = "–"


@dataclass(frozen=True, slots=True)
class Scale:
    """A unit to show money in: how many yuan one of it is, and its names."""

    code: str
    yuan: int
    zh: str
    en: str

    def name(self, language: str) -> str:
        """The unit's name in "zh" or "en"."""
        return self.zh if language == "zh" else self.en


SCALES: dict[str, Scale] = {
    "yuan": Scale("yuan", 1, "元", "yuan"),
    "wan": Scale("wan", 10_000, "万元", "10 000 yuan"),
    "yi": Scale("yi", 100_000_000, "亿元", "100 million yuan"),
}


#: English counts in millions: 万 and 亿 have no everyday word.
MILLION = Scale("million", 1_000_000, "百万元", "million yuan")


def is_known(value: object) -> bool:
    """Whether a cell holds a value: not None, NaN or pandas' NA, and finite."""
    if value is None:
        return False
    try:
        return math.isfinite(float(value))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False


def is_true(value: object) -> bool:
    """Whether a flag is known to be set; None and NA are not."""
    return is_known(value) and bool(value)


def scale_for(amounts_cny: Iterable[object], language: str = "zh") -> Scale:
    """The unit that suits the largest of the amounts (in yuan): 亿元 from 100 million, 万元 from 10 000, else 元; in English
    millions, else yuan."""
    largest = max((abs(float(a)) for a in amounts_cny if is_known(a)), default=0.0)  # type: ignore[arg-type]
    if language != "zh":
        return MILLION if largest >= MILLION.yuan else SCALES["yuan"]
    if largest >= SCALES["yi"].yuan:
        return SCALES["yi"]
    return SCALES["wan"] if largest >= SCALES["wan"].yuan else SCALES["yuan"]


def number(value: object, digits: int | None = None) -> str:
    """A number with thousands separators; `digits` after the point, or as many as it needs up to two.

    What is not nothing is never shown as 0: below 0.005 it gets as many digits as show two that count.
    """
    if not is_known(value):
        return UNKNOWN
    amount = float(value)  # type: ignore[arg-type]
    if digits is None and 0 < abs(amount) < 0.005:
        return f"{amount:.{1 - math.floor(math.log10(abs(amount)))}f}".rstrip("0")
    if digits is None:
        return f"{amount:,.2f}".rstrip("0").rstrip(".")
    return f"{amount:,.{digits}f}"


def money(amount_cny: object, language: str = "zh", scale: Scale | None = None) -> str:
    """An amount in yuan with its unit: 313 129 100 is 3.13亿元; with a scale, in that unit."""
    if not is_known(amount_cny):
        return UNKNOWN
    chosen = scale or scale_for([amount_cny], language)
    if language == "zh":
        return f"{number(float(amount_cny) / chosen.yuan)}{chosen.zh}"  # type: ignore[arg-type]
    if chosen.code not in ("yuan", "million"):
        chosen = MILLION
    return f"{number(float(amount_cny) / chosen.yuan)} {chosen.en}"  # type: ignore[arg-type]


def percent(value: object) -> str:
    """A rate in percent, with two decimals at most: 97.2%."""
    return f"{number(value)}%" if is_known(value) else UNKNOWN


def points(value: object) -> str:
    """A gap in percentage points with its sign: +0.31, −2."""
    if not is_known(value):
        return UNKNOWN
    # Rounded first: a difference of two rates is rarely exactly 0 in binary.
    amount = round(float(value), 2)  # type: ignore[arg-type]
    sign = "+" if amount > 0 else "−" if amount < 0 else "±"
    return f"{sign}{number(abs(amount))}"


def plain(value: object, unit: str | None, language: str = "zh", scale: Scale | None = None) -> str:
    """A value in a canonical unit of the contract: CNY as money, percent with its sign, others with separators."""
    if unit == "CNY":
        return money(value, language, scale)
    return percent(value) if unit == "percent" else number(value)
