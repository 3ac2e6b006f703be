"""Of which year a figure is, and for which period (每月, 每年 …) an amount per head is paid."""

from __future__ import annotations

import re
from bisect import bisect_right

from ingest.figures.context import Context
from ingest.figures.place import Place
from ingest.figures.programme import subject_of
from ingest.figures.reading import Reading
from ingest.quantities.numbers import chinese
from ingest.vocabulary import alternation, words, words_of

# Help that is given once: nobody is buried every month.
_ONE_OFF = frozenset({"temporary_relief", "funeral", "home_adaptation", "marriage"})
_LAST_YEAR = words_of("last_year")
_NEXT_YEAR = words_of("next_year")
_LONGEST_AS_OF = 6
_LONGEST_SENTENCE = 120
_RELATIVE = _LAST_YEAR | _NEXT_YEAR | {"前年"}
_TIME_BEFORE = re.compile(rf"{alternation('time_explained', 'last_year')}[(]$")
_SAME_YEAR = frozenset({"本年", "当年"})
_YEAR_WORDS = re.compile(
    rf"(?:19|20)\d\d年(?!\d{{1,2}}月\d{{1,2}}日至)|{alternation('last_year')}(?!{alternation('carried_over')})|今年|本年|当年|(?<!以)前年"
    rf"|{alternation('next_year')}"
    r"|“?(?P<plan>[一二三四五六七八九十]{1,3})五”?(?:规划|时期|期间)?期?末"
)
_DAY = re.compile(r"\d{1,2}月\d{1,2}日(?![之以]?前)")
_COMPARED = re.compile(r"(?:比|较|与|同|和|相比|超)(?:[^，。；、]{0,4})$")
_DIRECT = re.compile(r"(?:度|的|同期|同口径)?(?:为|的)?[^，。；\d]{0,4}")
_OF_A_DOCUMENT = re.compile(
    rf"度?(?:部门)?(?:预算|决算|预决算)(?:、|{alternation('document_of_year')}(?![数金总资为我]))"
)
_TARGET_YEAR = re.compile(r"(20\d\d)年")
_ALREADY = re.compile(rf"月(?:底|份|末)?(?:[^，。；\d]{{0,12}}实际|{alternation('already_done')})")
# The first five-year plan (一五) ended in 1957; 十三五, the thirteenth, in 2020 after the gap of 1963 to 1965.
_YEARS_OF_PLAN, _YEAR_BEFORE_PLANS = 5, 1955

_PERIODS_BEFORE = tuple(
    # 12月发放 is a date.
    (re.compile(rf"(?<!\d){alternation(f'per_{period}')}[^，。；、\d]{{0,{reach}}}$"), period)
    for period, reach in (("month", 14), ("year", 14), ("day", 8), ("time", 12))
)
# 标准为月720元: neither a date (12月) nor a stretch of time (当月).
_MONTH_ALONE = re.compile(r"(?<![\d一二三四五六七八九十当本上次首逐个同全累下半])月(?:补|发)?$")
_YEAR_ALONE = re.compile(r"(?:标准|补助|补贴|津贴|生活费|金|[为按])年$")
_YEARLY_PER_HEAD = re.compile(
    rf"[人生]均[^，。；]{{0,14}}{alternation('yearly_per_head')}|{alternation('yearly_per_head')}[^，。；]{{0,8}}人均"
)


# 本科4,000元、专科3,000元，均为一次性补助: said of all that the sentence lists.
_ALL_ONE_OFF = re.compile(rf"，[^，。；\d]{{0,4}}[均都皆][为是属系]{alternation('one_off')}")
_CARRIED_TO = tuple(f"{word}{to}" for word in words_of("carried_over") for to in ("", "至", "到"))
# 由2022年的59%上升至63%: the second value is of the year of the document again.
_CAME_TO = re.compile(r"\d[^，。；]*[升高加长降低少大整增减缩扩提]{1,2}[到至为]")


def year_of(context: Context, place: Place) -> int | None:
    """The year that a place's sentence names last, else that of the headings or the document; None where none does.

    A year that only dates a document, stands in a parenthesis that was closed, or is compared with does not count.
    """
    about = context.about
    base = context.section.year or about.fiscal_year
    if base is None:
        return None
    start = context.bounds.year_start(place.start)
    year, is_named = base, False
    if about.is_budget_document and _ALREADY.search(context.text, max(start, place.start - 30), place.start):
        year = base - 1
    named = context.places_of(_YEAR_WORDS)
    for match in reversed(named[: bisect_right(named, place.start, key=re.Match.end)]):
        if match.start() < start:
            break
        if _counts(context.text, start, match, place.start):
            if _is_date_since(context, match):
                continue
            is_named = True
            # 本年 and 当年 are the year said before.
            if match.group() not in _SAME_YEAR:
                year = _year_named(match, about.fiscal_year or base)
                break
    if not is_named and not about.is_budget_document:
        # 2023年底前完成…。拟投入460万元: a plan goes on in the year that the sentence before named.
        before = _year_named_before(context, place, base)
        year = before if before > year and context.is_future(place) else year
    if "目标" in place.tail_text and (tail := _TARGET_YEAR.match(place.tail_text)):
        year = int(tail.group(1))
    return year


def _is_date_since(context: Context, year: re.Match[str]) -> bool:
    """2024年2月20日成立自评组，…: the date of an event after the year that a report is on; 2024年2月20日前完成 is a plan."""
    about = context.about
    is_since = not about.is_budget_document and year.group()[:4].isdigit() and about.fiscal_year is not None
    if words("as_of").search(context.text, max(0, year.start() - _LONGEST_AS_OF), year.start()):
        # 截至2024年2月20日: the day that a figure was counted on.
        return False
    return is_since and int(year.group()[:4]) > about.fiscal_year and bool(_DAY.match(context.text, year.end()))


def _year_named_before(context: Context, place: Place, base: int) -> int:
    start, end = max(0, place.sentence_start - _LONGEST_SENTENCE), place.sentence_start
    named = context.places_of(_YEAR_WORDS)
    for match in reversed(named[: bisect_right(named, end, key=re.Match.end)]):
        if match.start() < start:
            break
        if _counts(context.text, start, match, end):
            return base if match.group() in _SAME_YEAR else _year_named(match, context.about.fiscal_year or base)
    return base


def _counts(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """Whether a year in the statement `text[start:end]` is that of the number after it."""
    before, gap = text[start : match.start()], text[match.end() : end]
    if ")" in gap and before.rfind("(") > before.rfind(")"):
        # 此前(2022年)为每月95元: the parenthesis says which year the word before it means.
        return gap.startswith(")") and bool(_TIME_BEFORE.search(before))
    if _OF_A_DOCUMENT.match(gap) or before.count("《") > before.count("》"):
        return False
    if before.endswith(_CARRIED_TO):
        return False
    if before.endswith(("由", "从")) and _CAME_TO.search(gap):
        return False
    if match.group() in _RELATIVE and ("，" in gap or "；" in gap):
        return False
    return not _COMPARED.search(before[-8:]) or bool(_DIRECT.fullmatch(gap))


def _year_named(match: re.Match[str], base: int) -> int:
    word = match.group()
    if word[0].isdigit():
        return int(word[:4])
    if match["plan"]:
        return _YEAR_BEFORE_PLANS + _YEARS_OF_PLAN * int(chinese(match["plan"]))
    if word in _LAST_YEAR:
        return base - 1
    if word in _NEXT_YEAR:
        return base + 1
    return base - 2 if word == "前年" else base


def per_before(near: str) -> str | None:
    """The period that the words right before an amount of money give it; None where they give none."""
    if _MONTH_ALONE.search(near):
        return "month"
    if _YEAR_ALONE.search(near):
        return "year"
    for pattern, period in _PERIODS_BEFORE:
        match = pattern.search(near)
        if match and not (period == "time" and re.search(r"月|年", match.group()[2:])):
            return period
    return None


def period_unsaid(context: Context, place: Place, continued: Reading | None) -> str:
    """The period of a standard that names none: that of the amount it goes on from, of its sentence, of its programme."""
    if continued is not None and continued.per:
        return continued.per
    if words("one_off").search(place.said) or _ALL_ONE_OFF.search(place.text, place.end, place.sentence_end):
        return "time"
    if words("monthly_later").search(place.text[place.near_start : place.sentence_end]):
        return "month"
    if words("yearly").search(place.said) or _YEARLY_PER_HEAD.search(place.said):
        return "year"
    subject, _ = subject_of(context, place)
    return "time" if subject.programme in _ONE_OFF else "month"
