"""Numbers of spreadsheets as they are shown: 0.972 in the format 0.00% is 97.20%, a serial number is its date.

In: a value and the code of its format (Excel's, as XLSX and XLS hold it). Out: the text of the cell. Where a format cuts a
number down to a power or a fraction (1.2E+06, 1 1/3), and where it is none that is known, the number is written in full.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache

GENERAL = "General"
# The formats that a file names by number alone (ECMA-376 18.8.30), those of dates as a Chinese Excel shows them.
BUILT_IN: dict[int, str] = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "¥#,##0;¥-#,##0", 6: "¥#,##0;¥-#,##0",
    7: "¥#,##0.00;¥-#,##0.00", 8: "¥#,##0.00;¥-#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: 'h"时"mm"分"', 35: 'h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-"', 42: '¥#,##0;¥-#,##0;"-"', 43: '#,##0.00;-#,##0.00;"-"', 44: '¥#,##0.00;¥-#,##0.00;"-"',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: 'yyyy"年"m"月"', 56: 'm"月"d"日"', 57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}  # fmt: skip

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_WEEKDAYS = "一二三四五六日"
_SIGNIFICANT = 15
# Beyond this no report counts, and a decimal with all its places would be longer than its context allows.
_LARGEST = 10**15
_MOST_PLACES = 15
_PRECISE = Context(prec=60)
_LONGEST_CODE = 500
# The day before the first one that Excel counts; it takes 1900 for a leap year, so days before March 1900 are one off.
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LEAP_DAY_THAT_WAS_NOT = 60
_LAST_SERIAL = 2_958_466

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式)'
    r"|(?P<noon>AM/PM|A/P|上午/下午)|(?P<power>E[+-])|(?P<date>y+|m+|d+|h+|s+|aaaa?|e+)|(?P<digit>[0#?])"
    r"|(?P<sign>[.,%/@])|(?P<other>.)",
    re.I | re.S,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_USUAL = re.compile(r"(#,##0|0)(?:\.(0*))?")
_ELAPSED = re.compile(r"(?i)h+|m+|s+")


@dataclass(frozen=True, slots=True)
class _Usual:
    """A format such as ¥#,##0.00 or 0.0%: at least one whole digit, so many decimals, words around them."""

    before: str
    is_grouped: bool
    decimals: int
    percents: int
    after: str

    def shown(self, value: float) -> str:
        number = Decimal(repr(value)).scaleb(2 * self.percents)
        rounded = abs(number).quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP, _PRECISE)
        sign = "-" if number < 0 and rounded else ""
        return f"{sign}{self.before}{rounded:{',' if self.is_grouped else ''}f}{self.after}"


@dataclass(frozen=True, slots=True)
class _Section:
    """One of a format's parts (positive; negative; zero; text): its tokens, as (kind, text)."""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, float] | None = None
    kinds: frozenset[str] = frozenset()
    usual: _Usual | None = None

    @classmethod
    def of(cls, tokens: list[tuple[str, str]], condition: tuple[str, float] | None) -> _Section:
        """The section that these tokens make."""
        settled = tuple(_settled(tokens))
        return cls(settled, condition, frozenset(kind for kind, _ in settled), _usual(settled))

    def has(self, *kinds: str) -> bool:
        """Whether any token is of one of the kinds."""
        return not self.kinds.isdisjoint(kinds)


def _usual(tokens: tuple[tuple[str, str], ...]) -> _Usual | None:
    """The usual format that the tokens make; None for others, which are shown place by place."""
    places = [index for index, (kind, text) in enumerate(tokens) if kind == "digit" or (kind, text) == ("sign", ".")]
    if not places:
        return None
    first, last = places[0], places[-1]
    inner = "".join(text for _, text in tokens[first : last + 1])
    match = _USUAL.fullmatch(inner)
    around = [*tokens[:first], *tokens[last + 1 :]]
    if match is None or any(kind != "literal" and (kind, text) != ("sign", "%") for kind, text in around):
        return None
    before, after = ("".join(text for _, text in some) for some in (tokens[:first], tokens[last + 1 :]))
    percents = sum((kind, text) == ("sign", "%") for kind, text in around)
    if len(match[2] or "") > _MOST_PLACES or percents > 1:
        return None
    return _Usual(before.lstrip(), match[1].startswith("#"), len(match[2] or ""), percents, after.rstrip())


@lru_cache(maxsize=50_000)
def displayed(value: float, code: str, is_1904: bool = False) -> str:
    """The number as a spreadsheet shows it in the format with this code."""
    if code == GENERAL or not code:
        return in_full(value)
    sections = _sections(code[:_LONGEST_CODE])
    section, is_absolute = _section_for(value, sections)
    if section is None:
        return in_full(value)
    shown = abs(value) if is_absolute else value
    if section.has("date", "elapsed"):
        return _date(value, section, is_1904)
    if section.has("power", "fraction", "general"):
        return _with_general(shown, section)
    return _number(shown, section)


def in_full(value: float) -> str:
    """The number without separators, with as many digits as a spreadsheet keeps (15)."""
    try:
        number = Decimal(f"{value:.{_SIGNIFICANT}g}")
    except InvalidOperation:
        return ""
    if not number.is_finite():
        return ""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=2_000)
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[_Section] = []
    tokens: list[tuple[str, str]] = []
    condition: tuple[str, float] | None = None
    for match in _TOKEN.finditer(code + ";"):
        kind, text = match.lastgroup or "", match[match.lastgroup] if match.lastgroup else ""
        if kind == "other" and text == ";":
            sections.append(_Section.of(tokens, condition))
            tokens, condition = [], None
        elif kind == "bracket":
            if _ELAPSED.fullmatch(text):
                tokens.append(("elapsed", text.lower()))
            elif found := _CONDITION.fullmatch(text.strip()):
                condition = (found[1], float(found[2]))
            elif text.startswith("$") and (currency := text[1:].split("-")[0]):
                tokens.append(("literal", currency))
        elif kind in ("quoted", "escaped", "other"):
            tokens.append(("literal", text))
        elif kind:
            tokens.append((kind, text))
    return tuple(sections)


def _settled(tokens: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Tokens whose kind their neighbours tell: m for minutes, a bar of a fraction, a point that is only a sign."""
    kinds = {kind for kind, _ in tokens}
    is_date = bool(kinds & {"date", "elapsed"})
    has_digits = "digit" in kinds
    settled: list[tuple[str, str]] = []
    for index, (kind, text) in enumerate(tokens):
        if kind == "date":
            text = text.lower()
            if text[0] == "m" and len(text) <= 2 and _is_minute(tokens, index):
                text = text.replace("m", "n")
        if kind == "sign" and text == "@":
            kind = "text"
        elif kind == "sign" and (is_date or not has_digits) and text != "%":
            kind = "literal"
        elif kind == "sign" and text == "/":
            kind = "fraction"
        elif kind == "digit" and is_date:
            kind, text = "part_of_second", "0"
        settled.append((kind, text))
    return settled


def _is_minute(tokens: list[tuple[str, str]], index: int) -> bool:
    def near(step: int) -> str:
        position = index + step
        while 0 <= position < len(tokens):
            if tokens[position][0] in ("date", "elapsed"):
                return tokens[position][1][0].lower()
            position += step
        return ""

    return near(-1) == "h" or near(1) == "s"


def _section_for(value: float, sections: tuple[_Section, ...]) -> tuple[_Section | None, bool]:
    """(the section for a value, whether it shows the value without its sign)."""
    numeric = [section for section in sections[:3] if not section.has("text") or section.has("digit")]
    if not numeric:
        return None, False
    if any(section.condition for section in numeric):
        for section in numeric:
            if section.condition is None or _holds(value, section.condition):
                return section, section is not numeric[0] and value < 0 and section.condition is not None
        return numeric[-1], False
    if len(numeric) == 1:
        return numeric[0], False
    if value < 0:
        return numeric[1], True
    if value == 0 and len(numeric) == 3:
        return numeric[2], False
    return numeric[0], False


def _holds(value: float, condition: tuple[str, float]) -> bool:
    sign, limit = condition
    return {
        "<": value < limit,
        "<=": value <= limit,
        ">": value > limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[sign]


def _with_general(value: float, section: _Section) -> str:
    """The number in full among the section's words."""
    before: list[str] = []
    after: list[str] = []
    is_after = False
    for kind, text in section.tokens:
        if kind == "literal":
            (after if is_after else before).append(text)
        elif kind in ("digit", "general"):
            is_after = True
    return ("".join(before) + in_full(value) + "".join(after)).strip()


def _number(value: float, section: _Section) -> str:
    if not section.has("digit"):
        return "".join(text for kind, text in section.tokens if kind in ("literal", "sign")).strip()
    if not abs(value) < _LARGEST:
        return in_full(value)
    if section.usual is not None:
        return section.usual.shown(float(value))
    return _place_by_place(value, section.tokens)


def _place_by_place(value: float, tokens: tuple[tuple[str, str], ...]) -> str:
    """The number in a format of its own: words between digits, thousands left out, as many digits as there are."""
    places = [index for index, (kind, _) in enumerate(tokens) if kind == "digit"]
    point = next((i for i, token in enumerate(tokens) if token == ("sign", ".")), len(tokens))
    whole_places = [i for i in places if i < point]
    fraction_places = [i for i in places if i > point]
    number = Decimal(repr(float(value)))
    for kind, text in tokens:
        if (kind, text) == ("sign", "%"):
            number *= 100
    last_whole = max(whole_places, default=-1)
    for i, token in enumerate(tokens):
        is_scale = token == ("sign", ",") and (i > places[-1] or last_whole < i < point)
        if is_scale:
            number /= 1000
    is_grouped = any(
        token == ("sign", ",") and whole_places and whole_places[0] < i < last_whole for i, token in enumerate(tokens)
    )
    if len(fraction_places) > _MOST_PLACES or abs(number) > _LARGEST * 10**_MOST_PLACES:
        return in_full(value)
    rounded = abs(number).quantize(Decimal(1).scaleb(-len(fraction_places)), ROUND_HALF_UP, _PRECISE)
    whole, _, fraction = f"{rounded:f}".partition(".")
    shown = _whole_digits(whole, whole_places, tokens, is_grouped)
    kept = len(fraction)
    while kept and fraction[kept - 1] == "0" and tokens[fraction_places[kept - 1]][1] != "0":
        kept -= 1
    for position, place in enumerate(fraction_places):
        shown[place] = fraction[position] if position < kept else ""
    text = ""
    for i, (kind, sign) in enumerate(tokens):
        if i in shown:
            text += shown[i]
        elif kind == "literal" or (kind, sign) == ("sign", "%"):
            text += sign
        elif i == point and kept:
            text += "."
    is_negative = number < 0 and rounded != 0
    return ("-" if is_negative else "") + text.strip()


def _whole_digits(
    whole: str, places: list[int], tokens: tuple[tuple[str, str], ...], is_grouped: bool
) -> dict[int, str]:
    """What stands at each place of the whole part: its digit, or all that are left at the first one."""
    digits = "" if whole == "0" else whole
    shown: dict[int, str] = {}
    done = 0
    for position, place in enumerate(reversed(places)):
        is_first = position == len(places) - 1
        if digits:
            piece, digits = (digits, "") if is_first else (digits[-1], digits[:-1])
        else:
            piece = "0" if tokens[place][1] == "0" else ""
        if is_grouped and piece:
            grouped = ""
            for digit in reversed(piece):
                grouped = digit + ("," if done and done % 3 == 0 else "") + grouped
                done += 1
            piece = grouped
        shown[place] = piece
    return shown


def _date(value: float, section: _Section, is_1904: bool) -> str:
    if not 0 <= value < _LAST_SERIAL:
        return in_full(value)
    if section.has("elapsed"):
        return _elapsed(value, section)
    days = value + 1 if not is_1904 and value < _LEAP_DAY_THAT_WAS_NOT else value
    # To the millisecond, as spreadsheets round: 0.999999999 of a day is midnight, not a second before it.
    moment = (_EPOCH_1904 if is_1904 else _EPOCH) + timedelta(milliseconds=round(days * 86_400_000))
    has_noon = section.has("noon")
    text = ""
    for kind, sign in section.tokens:
        if kind == "date":
            text += _part_of_date(moment, sign, has_noon)
        elif kind == "noon":
            names = ("上午", "下午") if "午" in sign else ("AM", "PM")
            text += names[moment.hour >= 12]
        elif kind == "part_of_second":
            continue
        elif kind in ("literal", "sign"):
            text += sign
    return text.strip().rstrip(".")


def _part_of_date(moment: datetime, sign: str, has_noon: bool) -> str:
    letter, length = sign[0], len(sign)
    if letter in "ye":
        return f"{moment.year % 100:02}" if letter == "y" and length <= 2 else str(moment.year)
    if letter == "m":
        return _MONTHS[moment.month - 1] if length >= 3 else f"{moment.month:0{length}}"
    if letter == "a":
        return ("星期" if length == 4 else "") + _WEEKDAYS[moment.weekday()]
    if letter == "d":
        return f"{moment.day:0{length}}" if length <= 2 else "星期" + _WEEKDAYS[moment.weekday()]
    hour = (moment.hour - 1) % 12 + 1 if has_noon else moment.hour
    number = {"h": hour, "n": moment.minute, "s": moment.second}[letter]
    return f"{number:0{min(length, 2)}}"


def _elapsed(value: float, section: _Section) -> str:
    """Hours, minutes or seconds that go on counting: [h]:mm of 1.5 days is 36:00."""
    seconds = round(value * 86_400)
    text = ""
    for kind, sign in section.tokens:
        if kind == "elapsed":
            text += f"{seconds // {'h': 3600, 'm': 60, 's': 1}[sign[0]]:0{min(len(sign), 2)}}"
        elif kind == "date" and sign[0] in "nms":
            part = seconds % 60 if sign[0] == "s" else seconds // 60 % 60
            text += f"{part:0{min(len(sign), 2)}}"
        elif kind in ("literal", "sign"):
            text += sign
    return text
