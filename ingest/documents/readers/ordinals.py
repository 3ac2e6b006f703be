"""Ordinals that a format computes and does not write: 一、, （一）, 1., ①, as the numbering of Word and lists of the web."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_IDEOGRAPHS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LARGEST_IN_WORDS = 9999
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def with_ordinal(ordinal: str, text: str) -> str:
    """The text with its ordinal before it; 1. before a number becomes 1、, else 1. and 5个 would be 1.5个."""
    if not ordinal:
        return text
    text = text.lstrip()
    if ordinal[-1] in ".．" and text[:1].isdigit():
        return f"{ordinal[:-1]}、{text}"
    return f"{ordinal} {text}" if ordinal[-1].isalnum() else ordinal + text


def chinese(number: int, digits: str = _DIGITS, places: str = "十百千") -> str:
    """12 as 十二, 105 as 一百零五; numbers above 9999 in digits."""
    if not 0 < number <= _LARGEST_IN_WORDS:
        return str(number)
    words = ""
    pending_zero = False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit == 0:
            pending_zero = bool(words)
            continue
        words += (digits[0] if pending_zero else "") + digits[digit] + (places[power - 1] if power else "")
        pending_zero = False
    return words[1:] if words.startswith("一十") else words


def _roman(number: int) -> str:
    if not 0 < number <= _LARGEST_IN_WORDS:
        return str(number)
    letters = ""
    for value, sign in _ROMAN:
        letters += sign * (number // value)
        number %= value
    return letters


def _letters(number: int) -> str:
    """27 as aa, as Word counts: the letter repeated, not the next place."""
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 30) if number > 0 else str(number)


def _circled(number: int) -> str:
    return chr(ord("①") + number - 1) if 1 <= number <= 20 else str(number)


def _parenthesised(number: int) -> str:
    return chr(ord("⑴") + number - 1) if 1 <= number <= 20 else f"({number})"


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number > 0 else str(number)


def _digit_by_digit(number: int) -> str:
    return "".join(_IDEOGRAPHS[int(digit)] for digit in str(number)) if number >= 0 else str(number)


def _legal(number: int) -> str:
    return chinese(number, _LEGAL_DIGITS, "拾佰仟")


# By the names that Word's numbering gives its formats (ST_NumberFormat).
FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate({ord("0") + i: 0xFF10 + i for i in range(10)}),
    "decimalFullWidth2": lambda number: str(number).translate({ord("0") + i: 0xFF10 + i for i in range(10)}),
    "decimalHalfWidth": str,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _parenthesised,
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "numberInDash": lambda number: f"-{number}-",
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "koreanCounting": chinese,
    "ideographDigital": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "japaneseLegal": _legal,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographEnclosedCircle": lambda number: chr(ord("㊀") + number - 1) if 1 <= number <= 10 else chinese(number),
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
}
