"""Every number in a flow with its unit: value in the canonical unit, span, and why it is no figure where that is plain.

In: a `Flow`. Out: `Quantity`, in order. One pass of one regular expression, linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ingest.documents.flow import Flow
from ingest.quantities.numbers import SCALES, arabic, chinese
from ingest.vocabulary import read_seed, words_of


@dataclass(slots=True)
class Quantity:
    """A number with a unit. `start` and `end` count in the flow; `unit` is a code of the contract or 'none'.

    `word` is the unit as written, `per` what a unit of money says (元/人·月 is month), `more` is True for 余 and 多.
    `reason` says why it is no figure, where its own form shows it (a date, an age, an ordinal …).
    """

    flow: Flow
    start: int
    end: int
    number_end: int
    value: float
    unit: str
    word: str
    scale: str = ""
    per: str | None = None
    more: bool = False
    reason: str | None = None

    @property
    def raw(self) -> str:
        """Number and unit as written, lines joined."""
        return self.flow.text[self.start : self.end]


# What follows the first digit of a number.
# 1 234.5万元 is one number where words and a unit stand around it; 表1 234.5 and 2022 120人 are two.
_SPACED = r"(?<=[\u4e00-\u9fff：:、，]\d)(?<![表图第件]\d)\d{0,2}(?: \d{3})+(?=(?:\.\d+)?(?:[余多]?[万亿]|[元人户%]))"
_ARABIC = rf"(?:{_SPACED}|\d{{0,2}}(?:,\d{{3}})+(?!\d)|\d*)(?:\.\d+)?"
# The first character of a Chinese numeral, and what follows it.
_CHINESE_FIRST = "[一二三四五六七八九十两]"
_CHINESE = r"[一二三四五六七八九十百千万亿零〇]{0,20}"
# 百分点, 千米, 千克 and 千瓦 are units of their own, no hundreds and thousands.
_SCALE = r"万[余多]?亿|[十百千][余多]?[亿万]|亿|万|千(?![米克瓦卡伏])|百(?!分[点之])"
# 1亿2000万, 1万2千: what follows a scale is counted in the next.
_REST = r"(?:(?<=亿)\d{1,4}(?:\.\d+)?万|(?<=万)\d千)"
_PER_HEAD = r"每?(?:人|户|生|床)均?[·./*、xX×-]?/?每?(?:学年|学期|月|年|日|天)"
_PER = (
    rf"(?:/(?:\({_PER_HEAD}\)|{_PER_HEAD})"
    r"|\(每(?:人|户|生|床)每(?:学年|学期|月|年|日|天)\)"
    r"|(?:/|每)(?:学年|学期|季度|季|公里|人次|人|月|年|日|天|次|户|具|床|张|生|餐|份|顿|例|件|家|个|亩)"
    r"(?:(?:[·./*、xX×每]|(?<=人)|(?<=月)|(?<=年)|(?<=床)|(?<=生))(?:学年|学期|人|月|年|日|天|次|床|生))?)?"
)
_TO_PEOPLE = re.compile(r"[为对]$|帮助$|救助$|资助$|安置$")
_AFTER_ORDINAL = re.compile(r"第$|[〔\[(]$")
_LIST_SIGNS = ("、", "和", "及", "与")
_RANGE = ("-", "至", "到")
_DATE_WORDS = {"年", "月", "日", "号", "季度", "世纪", "届", "版", "代"}
_AGE_WORDS = {"岁", "周岁"}
_DIFFERENCE_WORDS = {"百分点", "个百分点"}
_BEFORE_DOCUMENT = {"〔", "["}
_AFTER_DOCUMENT = {"〕", "]", "号"}


@cache
def unit_codes() -> dict[str, str]:
    """The code of each unit as written (人 is person)."""
    return {row["word"]: row["unit"] for row in read_seed("unit_words")}


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted((word for word in unit_codes() if word != "元"), key=len, reverse=True)
    # A unit in Latin letters ends where they end: 5m, not 5min.
    any_unit = "|".join(
        re.escape(word) + ("(?![A-Za-z])" if word[-1].isascii() and word[-1].isalpha() else "") for word in words
    )
    chinese_unit = "|".join(
        map(re.escape, sorted(words_of("counted_in_numerals"), key=lambda word: (-len(word), word)))
    )
    return re.compile(
        # The first character stands before all alternatives, so that the engine passes over what can begin none of them.
        rf"[\d百一二三四五六七八九十两]"
        rf"(?:(?<=百)分之(?P<percent>[一二三四五六七八九十百零〇两点]+|\d+(?:\.\d+)?)"
        rf"|(?<=\d){_ARABIC}(?P<number_end>)(?:\s(?!\d))?(?P<more>[余多])?(?P<scale>{_SCALE})?(?P<rest>{_REST})?(?P<more2>[余多])?"
        rf"(?:(?P<money>元(?:人民币)?(?P<per>{_PER}))|(?P<unit>{any_unit})(?:(?P<unitper>/[人月年日次户])|/(?:{any_unit}))?)?"
        rf"|(?<={_CHINESE_FIRST}){_CHINESE}(?P<numeral_end>)(?P<more3>[余多])?"
        rf"(?:(?P<money2>元(?P<per2>{_PER}))|(?P<unit2>{chinese_unit})))"
    )


def scan(flow: Flow) -> list[Quantity]:
    """All numbers of a flow, in order. A number without a unit of its own has unit 'none'."""
    quantities: list[Quantity] = []
    for match in _pattern().finditer(flow.text):
        if match["number_end"] is not None:
            quantities.append(_of_digits(flow, match))
            continue
        try:
            quantities.append(_of_percent(flow, match) if match["percent"] else _of_numeral(flow, match))
        except (ValueError, KeyError):
            # Characters of numerals that make no number: 十十, 零点.
            continue
    if len(quantities) > 1:
        _share_units(quantities)
    return quantities


def _of_digits(flow: Flow, match: re.Match[str]) -> Quantity:
    """1,234.5万元, 97%, 2023年, 12."""
    written, more, more_after, word = match.group("scale", "more", "more2", "unit")
    (start, end), number_end = match.span(), match.end("number_end")
    plain = flow.text[start:number_end].replace(",", "").replace(" ", "")
    if match["money"]:
        word, unit, per = "元", "CNY", match["per"]
    elif word:
        unit, per = unit_codes()[word], match["unitper"]
    else:
        word, unit, per = "", "none", None
    # A scale without a unit: 8.35万 in a list, 4318.5万 of money; the list or the context settles it.
    scale = ""
    if written:
        # 1.5万余亿: the 余 stands inside the scale.
        scale = written.replace("余", "").replace("多", "")
        value = float(Decimal(plain) * SCALES[scale] + _rest(match["rest"]))
    else:
        value = float(plain)
    quantity = Quantity(
        flow, start, end, number_end, value, unit, word, scale,
        _per(per) if per else None, bool(more or more_after or scale != (written or "")),
    )  # fmt: skip
    if value > _LARGEST:
        quantity.value, quantity.reason = _LARGEST, "beyond_measure"
    else:
        quantity.reason = _own_reason(flow.text, quantity)
    return quantity


def _of_percent(flow: Flow, match: re.Match[str]) -> Quantity:
    """百分之九十八, 百分之98; ValueError or KeyError for what is no number."""
    written = match["percent"]
    value = float(arabic(written) if written[0].isdigit() else chinese(written.rstrip("点")))
    reason = "beyond_measure" if value > _LARGEST else None
    return Quantity(flow, *match.span(), match.end(), min(value, _LARGEST), "percent", "%", reason=reason)


def _of_numeral(flow: Flow, match: re.Match[str]) -> Quantity:
    """三百元, 一千二百人; ValueError or KeyError for what is no number."""
    text, start, number_end = flow.text, match.start(), match.end("numeral_end")
    value = float(chinese(text[start:number_end]))
    word = "元" if match["money2"] else match["unit2"]
    unit = "CNY" if match["money2"] else unit_codes().get(word, "other")
    reason = "ordinal" if _AFTER_ORDINAL.search(text, max(0, start - 1), start) else None
    if (
        reason is None
        and unit in ("person", "household")
        and value < 20
        and not _TO_PEOPLE.search(text, max(0, start - 2), start)
    ):
        # 一人一档, 两户: words of the language more often than counts.
        reason = "idiom"
    if reason is None and value == 1 and unit in ("bed", "case", "couple", "other"):
        reason = "idiom"
    return Quantity(
        flow, start, match.end(), number_end, value, unit, word, per=_per(match["per2"] or ""),
        more=bool(match["more3"]), reason=reason,
    )  # fmt: skip


# More than all money, people and things there are: such digits are noise, and their value may pass that of a float.
_LARGEST = 1e18


def _rest(text: str | None) -> Decimal:
    """The value of what follows a scale: 2000万 of 1亿2000万."""
    return arabic(text[:-1]) * SCALES[text[-1]] if text else Decimal(0)


_PERIODS = (("月", "month"), ("学年", "year"), ("年", "year"), ("日", "day"), ("天", "day"))


def _per(suffix: str) -> str | None:
    if not suffix:
        return None
    for sign, period in _PERIODS:
        if sign in suffix:
            return period
    return "time"


def _own_reason(text: str, quantity: Quantity) -> str | None:
    """Why a number is no figure, where its own form shows it; None otherwise."""
    start, end, word = quantity.start, quantity.end, quantity.word
    before = text[start - 1 : start]
    if before == "第" and word != "%":
        return "ordinal"
    if word in _DATE_WORDS:
        return "date"
    if word in _AGE_WORDS:
        return "age"
    if word in _DIFFERENCE_WORDS:
        return "difference"
    if before in _BEFORE_DOCUMENT or text[end : end + 1] in _AFTER_DOCUMENT:
        return "document_number"
    if word == "" and before == "《":
        return "title"
    return None


def _share_units(quantities: list[Quantity]) -> None:
    """2,486、11,870户 and 8.26、33.41万人: a bare number in a list has the unit of the number that ends it."""
    text = quantities[0].flow.text
    right = quantities[-1]
    for left in reversed(quantities[:-1]):
        gap = text[left.end : right.start]
        if len(gap) <= 1 and (gap in _LIST_SIGNS or gap in _RANGE or gap == "/"):
            _take_unit(left, right, gap)
        right = left


def _take_unit(left: Quantity, right: Quantity, gap: str) -> None:
    """Give a number what the one after the sign between them says of both."""
    if right.reason in ("age", "date") and left.unit == "none" and gap in _RANGE:
        # 80-89周岁, 1-12月
        left.reason = right.reason
    if left.unit == right.unit == "CNY" and left.per is None and gap in _LIST_SIGNS:
        # 分别为210元、420元、840元每人每月: the period of the last is that of all.
        left.per = right.per
    if left.unit != "none" or left.reason or right.unit in ("none", "other") or right.reason:
        return
    if not left.scale and right.scale:
        left.value *= SCALES[right.scale]
        left.scale = right.scale
    left.unit, left.word, left.per = right.unit, right.word, right.per
