"""What needs more than one quantity: lists bound to the names before them (分别为), and old and new values.

In: the readings of a paragraph. Out: the same readings, changed in place.
"""

from __future__ import annotations

import math
import re
from itertools import pairwise

from ingest.figures.change import leads_from_old_to_new
from ingest.figures.context import LIST_GAP, Context
from ingest.figures.lexicon import Token
from ingest.figures.reading import PER_HEAD, Reading
from ingest.figures.subject import Subject, items_of_list
from ingest.vocabulary import alternation, words

_CARED_FOR = frozenset({"beneficiaries", "benefit_paid", "standard", "top_up"})
_LIST_OF_YEARS = re.compile(r"(?:(?:19|20)\d\d年?度?[末底]?[、和及与]){1,9}(?:19|20)\d\d年")
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_SAID = re.compile(r"(?:19|20)\d\d年")
_FROM = re.compile(r".*[由从]", re.DOTALL)
# 孤儿45人(…: what is counted before a parenthesis, which divides it.
_DIVIDED = re.compile(r"\d[\d,.]*[万亿]?[\u4e00-\u9fff]{1,2}$")
_RANGE_SIGNS = ("-", "至", "到")
_PAID_OUT = re.compile(
    rf"[，；]?{alternation('paid_when')}*{alternation('in_turn')}?{alternation('paid_verb')}{alternation('paid_what')}?$"
)
_REACHED = re.compile(rf"[，；]?{alternation('paid_when')}*(?:[月日年]均)?{alternation('reached_in_turn')}")
_OLD_STANDARD = re.compile(
    rf"(?:(?:^|[(，、])原|{alternation('old_standard')})的?{alternation('in_turn')}?[为是]?{alternation('per_month', 'per_year', 'per_day')}?$"
)


def may_go_on_list(context: Context, start: int) -> bool:
    """Whether a number that begins at `start` may go on the list that the last readings are."""
    return bool(context.readings) and bool(LIST_GAP.fullmatch(context.text, context.readings[-1].quantity.end, start))


def bind_lists(context: Context) -> None:
    """Quantities in a list take the names in the list before them, or the names of the list before that.

    Lists that were bound before are left alone.
    """
    readings, index = context.readings, context.bound
    context.bound = len(readings)
    while index < len(readings):
        stop = index + 1
        while stop < len(readings) and _is_in_list(context.text, readings[stop - 1], readings[stop]):
            stop += 1
        if stop - index > 1:
            _bind(context, index, stop)
        index = stop


def _is_in_list(text: str, left: Reading, right: Reading) -> bool:
    if not left.measure or left.unit != right.unit or left.measure != right.measure:
        return False
    gap = text[left.quantity.end : right.quantity.start]
    return gap not in ("", *_RANGE_SIGNS) and bool(LIST_GAP.fullmatch(gap))


def _bind(context: Context, index: int, stop: int) -> None:
    group, bounds = context.readings[index:stop], context.bounds
    start = group[0].quantity.start
    previous_end = context.readings[index - 1].quantity.end if index else 0
    near_start = max(bounds.clause_start(start), previous_end)
    near = context.text[near_start:start]
    if words("in_turn").search(near) and (
        years := _years_named(context.text[bounds.sentence_start(start) : start], len(group))
    ):
        for reading, year in zip(group, years, strict=True):
            reading.fiscal_year = year
    items = items_of_list(bounds.tokens_within(near_start, start), context.text, len(group))
    if items is None and words("in_turn").search(near):
        items = items_of_list(bounds.tokens_within(bounds.sentence_start(start), start), context.text, len(group))
    if items is not None:
        for reading, subject in zip(group, items, strict=True):
            reading.subject = _named(reading, subject)
        return
    is_in_turn = bool(words("in_turn").search(near)) or group[0].measure in PER_HEAD
    if is_in_turn and len(group) == 2 and _names_both_residences(_words_of_both(context, near_start, start)):
        for reading, residence in zip(group, ("urban", "rural"), strict=True):
            reading.subject = reading.subject._replace(residence=residence)
        return
    if is_in_turn and len(group) == 2 and context.names_each_subsidy and _is_of_both_subsidies(group):
        # 两项补贴分别支出X、Y, in the order of their names.
        for reading, programme in zip(group, ("disability_living", "disability_nursing"), strict=True):
            reading.subject = reading.subject._replace(programme=programme)
        return
    follows_in_turn = (
        words("in_turn").search(near)
        or _PAID_OUT.fullmatch(near)
        or _REACHED.fullmatch(near)
        or leads_from_old_to_new(near)
    )
    if near.strip("，、") and not follows_in_turn:
        return
    for reading, subject in zip(group, _named_before(context, index, len(group)), strict=False):
        programme = subject.programme if subject.programme is not None else reading.subject.programme
        reading.subject = reading.subject._replace(programme=programme, residence=subject.residence, care=subject.care)


def _is_of_both_subsidies(group: list[Reading]) -> bool:
    return all(reading.subject.programme == "disability_both" for reading in group)


def _words_of_both(context: Context, near_start: int, start: int) -> list[Token]:
    """The words right before a list; those of the sentence where a change stands between (城乡标准提标7.5%，分别达到…)."""
    bounds = context.bounds
    before = [r for r in context.readings if r.quantity.end == near_start]
    is_change = bool(before) and before[0].measure is None and before[0].unit == "percent"
    return bounds.tokens_within(bounds.sentence_start(start) if is_change else near_start, start)


def _names_both_residences(tokens: list[Token]) -> bool:
    """城乡低保标准分别为…: one word for both, in the order in which it is said."""
    said = [t.meaning.residence for t in tokens if t.meaning.residence is not None]
    return said == [""]


def _years_named(said: str, count: int) -> list[int] | None:
    """2021年和2022年分别…: the years that the numbers of a list belong to in turn; None without as many of them."""
    named = _LIST_OF_YEARS.findall(said)
    years = [int(year) for year in _YEAR.findall(named[-1])] if named else []
    return years if len(years) == count else None


def _named(reading: Reading, subject: Subject) -> Subject:
    """The subject of a reading, with all that its name in a list says."""
    named = reading.subject
    if subject.programme is not None:
        named = named._replace(programme=subject.programme or None)
    if subject.residence_said:
        named = named._replace(residence=subject.residence)
    if subject.care is not None and reading.measure in _CARED_FOR:
        named = named._replace(care=subject.care)
    return named._replace(
        spending_type=subject.spending_type or named.spending_type,
        fund_source=subject.fund_source or named.fund_source,
    )


def _named_before(context: Context, index: int, count: int) -> list[Subject]:
    """The subjects of the list of figures before, in the sentence first; none where a programme is named in between."""
    before = [r for r in context.readings[:index] if r.measure]
    if not before:
        return []
    start = context.readings[index].quantity.start
    sentence_start = context.bounds.sentence_start(start)
    in_sentence = [r for r in before if r.quantity.start >= sentence_start]
    if len(in_sentence) > count:
        # 孤儿45人(集中养育6人、散居39人)，事实无人抚养儿童28人，分别支出…: the aside is no part of the list.
        in_sentence = [r for r in in_sentence if not _is_aside(context.text, r)] or in_sentence
    found = _to_repeat(in_sentence, count) or _in_turn(context, in_sentence, start, count)
    if not found:
        earlier = _to_repeat(before, count) or []
        # Farther back only programmes are sure to be meant; 农村 of another sentence is not.
        found = earlier if all(subject.programme for subject in earlier) else []
        said = {r.subject.programme for r in in_sentence if r.subject.programme}
        if said and said.isdisjoint(subject.programme for subject in found):
            # 孤儿26名，其中…。高龄津贴6,857人，标准依次为…: what the sentence itself speaks of is nearer.
            found = []
    between = context.bounds.tokens_beginning(before[-1].quantity.end, start)
    named = {t.meaning.programme for t in between if t.meaning.programme and t.meaning.strength == "strong"}
    # 城市、农村低保812人、1498人，发放低保金…: to name their one programme again is to name no other.
    repeats = named == {subject.programme for subject in found} and not any(
        t.meaning.residence or t.meaning.care for t in between
    )
    if not named or repeats:
        return found
    residences = [subject.residence for subject in found]
    if (
        len(named) == 1
        and set(residences) == {"urban", "rural"}
        and count == len(set(residences))
        and not any(t.meaning.residence for t in between)
        # 失能、半失能特困人员…分别为: such a list has names of its own.
        and len(words("variant").findall(context.text, before[-1].quantity.end, start)) < count
    ):
        # 城乡低保标准分别为…，特困人员标准分别为…: the second programme in the same order.
        return [Subject(programme=next(iter(named)), residence=residence) for residence in residences]
    return []


def _is_aside(text: str, reading: Reading) -> bool:
    """Whether a figure stands in a parenthesis after another one: what divides it, and no member of its list."""
    opened = text.rfind("(", 0, reading.quantity.start)
    closed = text.find(")", reading.quantity.end)
    divides = opened > 0 and _DIVIDED.search(text, max(0, opened - 12), opened) is not None
    return divides and closed >= 0 and text.find(")", opened, reading.quantity.start) < 0


def _in_turn(context: Context, readings: list[Reading], start: int, count: int) -> list[Subject]:
    """日间照料384人，寄宿托养146人，居家托养570人，标准分别为…: as many people as numbers, though some are told apart by no code."""
    last = [r for r in readings if r.measure == "beneficiaries"][-count:]
    if count < 2 or len(last) != count or not words("in_turn").search(context.text, last[-1].quantity.end, start):
        return []
    subjects = [r.subject for r in last]
    return subjects if len({(s.programme, s.residence, s.care) for s in subjects}) > 1 else []


def _to_repeat(readings: list[Reading], count: int) -> list[Subject] | None:
    """The subjects of the last `count` figures of one unit, where they differ from one another."""
    for end in range(len(readings), count - 1, -1):
        last = readings[end - count : end]
        if len({r.unit for r in last}) == 1 and _differ(last):
            return [r.subject for r in last]
    # 5218户7436人、13906户22871人: every second figure.
    for unit in ("person", "household"):
        last = [r for r in readings if r.unit == unit][-count:]
        if len(last) == count and _differ(last):
            return [r.subject for r in last]
    return None


def _differ(readings: list[Reading]) -> bool:
    return len({(r.subject.programme, r.subject.residence, r.subject.care) for r in readings}) == len(readings)


def mark_ranges(context: Context) -> None:
    """1014元至1560元: the ends of a range are bounds; 由45%到51% is a change."""
    text = context.text
    for low, high in pairwise(context.readings):
        if low.measure is None or low.measure != high.measure or low.unit != high.unit or low.value >= high.value:
            continue
        between = text[low.quantity.end : high.quantity.start]
        lead = text[context.bounds.clause_start(low.quantity.start) : low.quantity.start]
        if between in _RANGE_SIGNS and low.qualifier == high.qualifier == "exact" and not re.search("[由从]", lead):
            low.qualifier, high.qualifier = "at_least", "at_most"


def drop_adjustments(context: Context) -> None:
    """年初预算17,905.20万元，预算调整数5,575.50万元，全年预算23,480.70万元: what takes the first to the last is a change."""
    for first, change, last in zip(context.readings, context.readings[1:], context.readings[2:], strict=False):
        if not (first.measure == change.measure == last.measure == "budget" and first.unit == last.unit == "CNY"):
            continue
        in_all = (first.value or 0) + (change.value or 0)
        if first.stage == "initial" and change.value and math.isclose(in_all, last.value or 0, rel_tol=1e-6):
            change.measure, change.reason = None, "growth"


def pair_old_and_new(context: Context) -> None:
    """由X提高到Y, 原标准X: X is of the year before; a Y without a meaning of its own has that of X."""
    readings, text = context.readings, context.text
    old_until = -1
    for index, reading in enumerate(readings):
        if reading.measure is None or reading.fiscal_year is None:
            continue
        start = reading.quantity.start
        goes_on = 0 <= old_until < start and LIST_GAP.fullmatch(text, old_until, start)
        if reading.measure in PER_HEAD and (goes_on or _OLD_STANDARD.search(text[max(0, start - 16) : start])):
            reading.fiscal_year -= 1
            old_until = reading.quantity.end
            continue
        new = _new_value(context, index)
        if new is None:
            continue
        sentence_start = context.bounds.sentence_start(start)
        led = _FROM.match(text, max(sentence_start, start - 30), start)
        if led is not None:
            if not _YEAR_SAID.search(text, led.end(), start):
                # 由2020年的3,216张增加到4,126张: a year that is said is the old value's own.
                reading.fiscal_year = (new.fiscal_year or reading.fiscal_year) - 1
            if new.measure is None:
                new.measure, new.subject, new.per = reading.measure, reading.subject, reading.per
                new.indicator, new.reason = reading.indicator, None


def _new_value(context: Context, index: int) -> Reading | None:
    """The value that the one at `index`, or the list that it stands in, was raised or lowered to."""
    readings, text = context.readings, context.text
    stop = index
    while stop + 1 < len(readings):
        gap = text[readings[stop].quantity.end : readings[stop + 1].quantity.start]
        is_aside = gap.startswith("(") and text.startswith(")", readings[stop + 1].quantity.end)
        if gap and (is_aside or LIST_GAP.fullmatch(gap)):
            # 每月810元(年9720元)调整为…: what the parenthesis adds does not part the old from the new.
            stop += 1
            continue
        new = readings[stop + 1]
        return new if leads_from_old_to_new(gap) and new.unit == readings[index].unit else None
    return None
