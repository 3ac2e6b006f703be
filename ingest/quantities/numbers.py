"""Written numbers to values: 1,234.5, 1.2万, 三百, 一千二百, 百分之九十八点六."""

from __future__ import annotations

from decimal import Decimal

SCALES = {
    "十": 10,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def arabic(text: str) -> Decimal:
    """The value of digits with grouping commas and a decimal point; raises ValueError for anything else."""
    plain = text.replace(",", "").replace(" ", "")
    if not plain or not plain.replace(".", "", 1).isdecimal():
        raise ValueError(f"not a number: {text!r}")
    return Decimal(plain)


def chinese(text: str) -> Decimal:
    """The value of a Chinese numeral, with or without 点; raises ValueError for what is none."""
    whole, _, fraction = text.partition("点")
    value = Decimal(_whole(whole))
    for place, character in enumerate(fraction, start=1):
        value += Decimal(_DIGITS[character]).scaleb(-place)
    return value


def _whole(text: str) -> int:
    if not text:
        raise ValueError("an empty numeral")
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _UNITS:
            section += (digit or 1) * _UNITS[character]
            digit = 0
        elif character == "万":
            total += (section + digit) * SCALES[character]
            section = digit = 0
        elif character == "亿":
            # All before it is counted in it: 一万亿 and 一亿.
            total = (total + section + digit) * SCALES[character]
            section = digit = 0
        else:
            raise ValueError(f"not a numeral: {text!r}")
    return total + section + digit
