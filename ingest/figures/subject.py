"""Whose a figure is: programme, residence, care, source of money and type of spending, as nearby words say.

A list names several (城市、农村低保): its first name stands for one number, its names in turn for as many numbers.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.figures.lexicon import Token
from ingest.vocabulary import words_of


class Subject(NamedTuple):
    """Dimensions of a figure. `programme` is None where nothing is said and '' where a topic without a code is."""

    programme: str | None = None
    residence: str | None = None
    care: str | None = None
    fund_source: str | None = None
    spending_type: str | None = None
    is_strong: bool = False
    residence_said: bool = False
    lists_both_subsidies: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is said."""
        return self.programme is None and not self.fund_source and not self.spending_type

    def merged(self, other: Subject) -> Subject:
        """This subject, with what it does not say taken from another."""
        return Subject(
            programme=self.programme
            if self.programme is not None and (self.is_strong or not other.is_strong)
            else other.programme
            if other.programme is not None
            else self.programme,
            residence=self.residence if self.residence_said else other.residence,
            care=self.care or other.care,
            fund_source=self.fund_source or other.fund_source,
            spending_type=self.spending_type or other.spending_type,
            is_strong=self.is_strong or other.is_strong,
            residence_said=self.residence_said or other.residence_said,
        )


NOTHING = Subject()
BOTH_SUBSIDIES = frozenset({"disability_living", "disability_nursing"})
_STRONG = frozenset({"strong", "blank"})
# 惠及 reaches people, 涉及 concerns them: neither joins two names.
LIST_SIGN = re.compile(r"[、和与或/]|(?<![惠涉普])及")
_STOP = re.compile(r"[，。；:]")
_SUCH_AS = "等"
_CARE_PROGRAMMES = {"tekun", "tekun_nursing", "orphan", "defacto_orphan", "elder_care", "", None}
_LONGEST_BETWEEN_CARES = 6
_BARE_CARE = frozenset({"集中", "分散", "机构", "居家"})
_AFTER_CARE = tuple(words_of("after_care"))


def subject_in(tokens: list[Token], text: str, indicator: bool = False, heading: bool = False) -> Subject:
    """The subject that a run of words names.

    The name nearest the number counts (the last of `tokens`); in a list of names the first stands for all. With
    `indicator`, words that only name what is rated (救助对象) count as well.
    """
    if not tokens:
        return NOTHING
    if heading:
        tokens = [
            t
            if not t.meaning.heading
            else Token(t.start, t.end, t.meaning._replace(programme=t.meaning.heading, strength="strong"))
            for t in tokens
        ]
    strong: list[Token] = []
    weak: list[Token] = []
    residences: list[Token] = []
    cares: list[Token] = []
    fund_source = spending_type = None
    for token in tokens:
        meaning = token.meaning
        if meaning.programme is None:
            if meaning.facility:
                weak.append(token)
        elif meaning.strength in _STRONG:
            strong.append(token)
        elif meaning.strength == "weak" or (indicator and meaning.strength == "indicator"):
            weak.append(token)
        if meaning.residence is not None:
            residences.append(token)
        if meaning.care:
            cares.append(token)
        fund_source = meaning.fund_source or fund_source
        spending_type = meaning.spending_type or spending_type
    programme, is_strong, head, both = None, False, None, False
    if strong:
        head = strong[-1]
        names = [head]
        for token in reversed(strong[:-1]):
            gap = text[token.end : head.start]
            if LIST_SIGN.search(gap) and not _STOP.search(gap) and len(gap) <= 12:
                head = token
                names.append(token)
            elif gap in ("", _SUCH_AS) and head.meaning.strength == "blank":
                # 殡葬等社会公益类: the kind has no code, and its first example stands for it.
                head = token
            else:
                break
        programme, is_strong = head.meaning.programme, True
        codes = {t.meaning.programme for t in names}
        both = codes >= BOTH_SUBSIDIES
        if both and programme in BOTH_SUBSIDIES:
            # 困难残疾人生活补贴和重度残疾人护理补贴23人: one number for both is that of the two together.
            programme = "disability_both"
    elif weak:
        head = weak[-1]
        for token in reversed(weak[:-1]):
            gap = text[token.end : head.start]
            if LIST_SIGN.search(gap) and not _STOP.search(gap) and len(gap) <= 12:
                head = token
        programme = head.meaning.programme if head.meaning.programme is not None else head.meaning.facility
    residence, said = None, False
    if residences:
        nearest = residences[-1]
        # 农村 before the second name of a list does not speak for the first.
        if head is None or nearest.start <= head.end or not LIST_SIGN.search(text[head.end : nearest.start]):
            residence, said = nearest.meaning.residence or None, True
            if (
                len(residences) > 1
                and LIST_SIGN.search(text[residences[-2].end : nearest.start])
                and len(text[residences[-2].end : nearest.start]) <= 6
                and residences[-2].meaning.residence != nearest.meaning.residence
            ):
                residence = None
    care = None
    if cares:
        care, word = cares[-1].meaning.care, cares[-1].meaning.word
        if programme not in _CARE_PROGRAMMES and word not in words_of("care_of_any_programme"):
            care = None
        if programme == "elder_care" and _are_supported(cares, tokens):
            # 在敬老院集中供养86人、分散供养120人: the home is a place, the people are those supported.
            programme, is_strong = None, False
        if care == "home" and programme == "elder_care":
            care = None
        if care and word in _BARE_CARE and not _care_stands_alone(cares[-1], text):
            care = None
        if care and len(cares) > 1 and cares[-2].meaning.care != care:
            between = text[cares[-2].end : cares[-1].start]
            # 集中供养、分散供养标准均为…: said of both at once.
            care = None if LIST_SIGN.search(between) and len(between) <= _LONGEST_BETWEEN_CARES else care
    return Subject(programme, residence, care, fund_source, spending_type, is_strong, said, both)


def _are_supported(cares: list[Token], tokens: list[Token]) -> bool:
    """Whether the words speak of people supported (供养), not of the care of the elderly."""
    return any(t.meaning.word.endswith("供养") for t in cares) and not any(
        t.meaning.programme == "elder_care" and t.meaning.strength == "strong" and t.meaning.facility is None
        for t in tokens
    )


def _care_stands_alone(token: Token, text: str) -> bool:
    """集中812人, (集中: but not 集中学习12次."""
    following = text[token.end : token.end + 2]
    before = text[token.start - 1 : token.start]
    if before == "(" and following.startswith(")"):
        return True
    if token.meaning.word in ("机构", "居家") and (
        before not in ("", "、", "，", "；", "。", "(", ":", "为", "住", "准") or not following[:1].isdigit()
    ):
        return False
    return not following or not ("\u4e00" <= following[0] <= "\u9fff") or text.startswith(_AFTER_CARE, token.end)


def items_of_list(tokens: list[Token], text: str, count: int) -> list[Subject] | None:
    """The last list of `count` names in the words, each with its own subject; None where there is no such list.

    What an item leaves out (城市 in 城市、农村低保标准) it has from the items after it.
    """
    named = [
        t
        for t in tokens
        if t.meaning.programme
        or t.meaning.residence
        or t.meaning.care
        or t.meaning.spending_type
        or t.meaning.fund_source
    ]
    named = [t for t in named if t.meaning.strength not in ("weak", "indicator", "heading")]
    if not named:
        return None
    items: list[list[Token]] = [[named[0]]]
    for token in named[1:]:
        gap = text[items[-1][-1].end : token.start]
        if _STOP.search(gap) or len(gap) > 24:
            items = [[token]]
        elif LIST_SIGN.search(gap):
            items.append([token])
        else:
            items[-1].append(token)
    if len(items) != count:
        if len(items) > count:
            items = items[-count:]
        else:
            return None
    subjects = [subject_in(item, text) for item in items]
    keys = {(s.programme, s.residence, s.care, s.spending_type, s.fund_source) for s in subjects}
    if len(keys) < 2:
        return None
    programme = next((s.programme for s in reversed(subjects) if s.programme is not None), None)
    filled = [s if s.programme is not None or programme is None else s._replace(programme=programme) for s in subjects]
    return filled
