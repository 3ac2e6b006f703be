"""Names that tables and forms of the accounts give to amounts: 年初预算数, 调整后全年预算金额, 累计支付数, 预算执行进度.

In: the text of a head. Out: whether it is such a name, and the measure and stage that it tells. Every province words them
in its own way, but from the same few parts: when or by whom (年初, 部门), what happened to the money (预算, 批复, 支付), and
that it is a number of yuan or a rate (数, 金额, 进度). Refused: what has other words in it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from ingest.vocabulary import alternation, words_of

_PARENTHESIS = re.compile(r"[(][^()]{1,16}[)]")
_YEAR = re.compile(r"(?:(?:19|20)\d\d年度?)?")
_PARTS = ("amount_when", "amount_whose", "amount_noun", "amount_counter", "amount_rate")


class AmountHead(NamedTuple):
    """What a head says of the amounts below it; `is_general` that it leaves open what they are of (本年预算数)."""

    measure: str | None
    stage: str | None
    is_general: bool = False


@lru_cache(maxsize=4096)
def read_amount_head(text: str) -> AmountHead | None:
    """The measure (budget, expenditure, execution_rate) and stage that a head names; None for other heads.

    The measure of the rate at which money arrived is None.
    """
    plain = _YEAR.sub("", _PARENTHESIS.sub("", text), count=1)
    if not _whole().fullmatch(plain):
        return None
    parts = _part().findall(plain)
    nouns = [part for part in parts if part in words_of("amount_noun")]
    is_counted, is_rate = parts[-1] in words_of("amount_counter"), parts[-1] in words_of("amount_rate")
    if is_rate:
        return _rate(parts, nouns[-1])
    is_timed = not words_of("amount_when").isdisjoint(parts) and not words_of("amount_quota").issuperset(nouns)
    return _amount(parts, nouns) if is_counted or is_timed else None


def is_amount_head(text: str) -> bool:
    """Whether a text is no more than the head of a column of amounts, or of the rates worked out from them."""
    return read_amount_head(text) is not None


def _rate(parts: list[str], noun: str) -> AmountHead | None:
    if noun in words_of("amount_arrived"):
        return AmountHead(None, None)
    if noun in words_of("amount_used") and not (_says("amount_whose", parts) or _says("amount_planned", parts)):
        # 使用率 alone is of beds and rooms.
        return None
    known = "amount_carried_out" if parts[-1] in words_of("amount_share") else "amount_with_rate"
    # 支出比例 is the share of a sum.
    return AmountHead("execution_rate", "final") if noun in words_of(known) else None


def _amount(parts: list[str], nouns: list[str]) -> AmountHead | None:
    is_first, is_planned = _says("amount_first", parts), _says("amount_planned", nouns)
    if nouns[-1] in words_of("amount_arrived"):
        return AmountHead("budget", None)
    if nouns[-1] in words_of("amount_spent") and not (is_first and is_planned):
        return AmountHead("expenditure", "final", is_general=words_of("amount_accounted").issuperset(nouns))
    if not (is_planned or is_first):
        # 下达数 and 安排数 may count homes or tasks.
        return None
    if is_first:
        return AmountHead("budget", "initial")
    stage = "revised" if _says("amount_changed", parts) else "initial" if _says("amount_approved", nouns) else None
    return AmountHead("budget", stage, is_general=stage is None)


def _says(word_class: str, parts: list[str]) -> bool:
    return not words_of(word_class).isdisjoint(parts)


@cache
def _part() -> re.Pattern[str]:
    return re.compile(alternation(*_PARTS))


@cache
def _whole() -> re.Pattern[str]:
    before = alternation("amount_when", "amount_whose")
    noun = alternation("amount_noun")
    return re.compile(
        rf"(?:{before}|{noun}){{0,4}}{noun}{before}?{noun}?(?:{alternation('amount_counter', 'amount_rate')})?"
    )
