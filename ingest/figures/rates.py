"""What a percentage is called, and which measure its name makes it."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache

from ingest.vocabulary import alternation, read_seed, words_of


@cache
def _names() -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """For each measure the names of its rates as words, and without the 的 that leads to the number."""
    names: dict[str, list[str]] = defaultdict(list)
    for row in read_seed("rate_words"):
        if row["measure"] != "indicator":
            names[row["measure"]].append(row["word"])
    return tuple((measure, tuple(w), tuple(word.removesuffix("的") for word in w)) for measure, w in names.items())


# Some of the words are made of others (持续稳定在): a run of them is never read a second way, so the longest stand first.
_AFTER_NAME = re.compile(
    rf"(?:[由从](?:上年|去年|(?:19|20)\d\d年)[末底度]?的?|比重的?|{alternation('rate_after_name')}|[:(=])*+$"
)
# 年初部门预算, 调整后的预算数, 财政批复预算资金: a budget, in whatever words.
BUDGET = (
    rf"(?:其|本)?(?:{alternation('amount_when', 'amount_whose', 'amount_noun', 'which_budget')}的?){{0,4}}"
    rf"预算(?:{alternation('amount_noun', 'amount_counter', 'task')}){{0,3}}"
)
_OF_BUDGET = re.compile(rf"{alternation('part_of_budget')}了?{BUDGET}的?$")
_RATE_END = re.compile(rf"{alternation('rate_end')}$|^占")
# 第一季度, 本年度: 度 ends the name of a period as well.
_PERIOD_END = re.compile(r"[季年月]度$")
_SHARE = re.compile(rf"(占(?!比)[^，。；、()%]{{0,24}}?)(?:的?比重|的?比例)?{alternation('share_reached')}*$")
_LEADING = re.compile(rf"^(?:{alternation('rate_leading')}|截至\S{{0,12}}?[底末]|我[市区县局省厅])+")
_GROUPS_IN_TURN = re.compile(
    rf"(?<=[率例度])[\u4e00-\u9fff]{{1,6}}[、和](?![^，。；]*(?:{alternation('rate_end')})分别)[\u4e00-\u9fff]{{1,6}}分别(?:为|是|达到?)$"
)
_LONGEST_NAME = 40
# 补贴标准执行率: how far a rule is kept, not how much of a budget was spent.
_NOT_OF_MONEY = tuple(words_of("rate_not_of_money"))
# 发放及时率目标98%: what is said of the number is no part of the name; 完成目标 is one.
_TARGET_AT_END = re.compile(rf"(?<=[率度面比])的?{alternation('target_value')}$|^{alternation('target_value')}$")
RATES_OF_MONEY = frozenset({"execution_rate", "carryover_rate"})
# 占地区生产总值的比重, but not 占比
SHARE_NAME = re.compile(r"占(?!比)")
USE_OF_MONEY = "使用率"
# The name, and the words between it and its number.
_LONGEST_LEAD = 120


def rate_measure(text: str) -> str | None:
    """execution_rate or carryover_rate where the words end in the name of one, else None."""
    text = text[-_LONGEST_LEAD:]
    plain = _without_what_follows(text)
    if plain.endswith(_NOT_OF_MONEY):
        return None
    if _OF_BUDGET.search(plain):
        return "execution_rate"
    return next((measure for measure, full, bare in _names() if plain.endswith(bare) or text.endswith(full)), None)


@lru_cache(maxsize=64)
def _without_what_follows(text: str) -> str:
    """The words up to the end of the name: 执行率 of 执行率达到. Each percentage asks it of the same words several times."""
    return _AFTER_NAME.sub("", text)


def rate_name(clause: str) -> str | None:
    """The name of the percentage that ends a clause: 护理型床位占比 of 护理型床位占比达到; None where no name stands there."""
    # 报销比例职工、居民分别为: the groups whose values follow in turn are no part of the name.
    clause = _GROUPS_IN_TURN.sub("", clause[-_LONGEST_LEAD:])
    share = _SHARE.search(clause)
    if share:
        return share.group(1).removesuffix("的")
    plain = _without_what_follows(clause)
    # 3.参保率: the point is the ordinal's.
    name = re.split(r"[，。；、:()%\d]", plain)[-1].lstrip(". ") if plain else ""
    name = _LEADING.sub("", name) if len(name) > 4 else name
    name = _TARGET_AT_END.sub("", name)
    return name[-_LONGEST_NAME:] if len(name) >= 2 and is_rate_name(name) else None


def is_rate_name(name: str) -> bool:
    """Whether a name is one that percentages have: …率, …度, …占比, 占…"""
    return bool(_RATE_END.search(name)) and not _PERIOD_END.search(name)
