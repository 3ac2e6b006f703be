"""The headings above a paragraph: whether it is about money or work, what is planned, and which programme it is of.

In: the paragraphs of a document in order. Out: the `Section` that each stands in; None for definitions of terms
(名词解释), which hold no figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from ingest.documents.blocks import Paragraph, Table
from ingest.documents.lines import heading
from ingest.figures.lexicon import Token, find_words
from ingest.figures.place import governing_words
from ingest.figures.reading import About, Section
from ingest.figures.subject import NOTHING, subject_in
from ingest.vocabulary import alternation, words, words_of

_PLAN = re.compile(
    rf"{alternation('heading_plan')}|目标(?:情况|及?任务|(?:的)?设[定立](?:情况)?)?$|(?:年|{alternation('heading_plan_kind')})计划$"
    rf"|{alternation('heading_plan_kind')}任务$"
)
# 3.评估完成率达到100%: the name of a rate does not say that a goal was reached.
_RATE_OF_DOING = re.compile(r"(?:完成|实现)(?:及时|按期|质量|达标)?[率度]")
_YEAR = re.compile(r"(20\d\d)年")
# 二、2024年工作情况, in a notice on the standards of 2025; a line that goes on with numbers is more than a title.
_TITLE_OF_YEAR = re.compile(r"(20\d\d)年度?(?!度|[末底初内起至]|[以之][来前后])[^，；、\d]*$")
_ANNEX = re.compile(r"附[件表录](?:[\d一二三四五六七八九十]{1,2}(?![、.]))?(?:-\d+)?[:]?(?!.*[。；])")
_OF_ONE_PROJECT = re.compile(
    rf"”?(?:项目|资金)(?:支出)?{alternation('projects_evaluated')}{alternation('evaluation_told')}"
)
_SEVERAL = tuple(words_of("several_projects"))
_SENTENCE = re.compile("[。；:，]")
_LONGEST_ANNEX = 60
_LONGEST_HEADING = 30
_LONGEST_OPENING = 16
# (一) and below: paragraphs that are items of a list, and no heads of chapters.
_LEVEL_OF_ITEMS = 3
_LONGEST_BARE_HEADING = 40
# 1. and 1、, and what stands below 1.1 of its own chapter.
_LEVEL_OF_NUMBERS, _BELOW_DECIMALS = 4, 7
_NUMBER_AND_POINT = re.compile(r"\d{1,2}[.、](?!\d)")
_DECIMAL = re.compile(r"\d{1,2}\.\d")


class Sections:
    """The headings above the paragraph in hand, by level."""

    def __init__(self, about: About, blocks: Sequence[Paragraph | Table] = ()) -> None:
        self._about = about
        self._definitions = _openings_of_definitions(blocks)
        # The level of each heading, and what it says together with those above it; None where it opens definitions.
        self._headings: list[tuple[int, Section | None]] = [(0, Section())]
        # The ordinals of these, but of the first, which is no heading.
        self._ordinals: list[str] = []
        self._annex: Section | None = None

    def enter(self, paragraph: Paragraph) -> Section | None:
        """The section that a paragraph stands in; a heading opens one. None for what holds no figures (definitions)."""
        text = paragraph.flow.text
        level, ordinal = heading(text)
        if level == _LEVEL_OF_NUMBERS and _NUMBER_AND_POINT.match(text) and self._is_below_decimals():
            level = _BELOW_DECIMALS
        annex = _ANNEX.match(text) if not level and len(text) <= _LONGEST_ANNEX else None
        self._annex = self._below(Section(), _heading_words(text[annex.end() :])) if annex else None
        if level:
            while self._headings[-1][0] >= level:
                self._headings.pop()
            above = None if paragraph.flow.offsets[0] in self._definitions else self._headings[-1][1]
            title = _heading_words(text[ordinal:])
            self._headings.append((level, self._below(above, title, text[ordinal:])))
            self._ordinals = [*self._ordinals[: len(self._headings) - 2], text[:ordinal]]
        return self._headings[-1][1]

    def _is_below_decimals(self) -> bool:
        """Whether 1. stands below 2.3: chapters are numbered without a point (2 项目绩效), and 1. begins a list."""
        is_below = any(map(_DECIMAL.match, self._ordinals))
        return is_below and not any(map(_NUMBER_AND_POINT.fullmatch, self._ordinals[:1]))

    def current(self) -> Section:
        """What the headings say together; the nearest one that says something counts.

        A table right below the line that names it as an annex (附表2) stands below none of the headings.
        """
        if self._annex is not None:
            return self._annex
        return next(section for _, section in reversed(self._headings) if section is not None)

    def _below(self, above: Section | None, title: str, text: str = "") -> Section | None:
        """What a heading says below those above it; `text` is the paragraph that the heading may be the beginning of."""
        if above is None:
            return None
        is_finance, is_plan, year, topic = _is_finance(above.is_finance, title), above.is_plan, above.year, above.topic
        if _PLAN.search(title) and not words("heading_not_plan").search(title):
            is_plan, named = True, _YEAR.search(title)
        else:
            says_done = words("heading_done").search(_RATE_OF_DOING.sub("", title))
            is_plan, named = is_plan and not says_done, _TITLE_OF_YEAR.match(title)
        year = int(named[1]) if named else year
        tokens = find_words(title, self._about.programmes)
        if len(text) > len(title):
            # 1.基本生活标准按低保标准的1.3倍执行: what it is a multiple of is no topic.
            governing = governing_words(text, find_words(text, self._about.programmes))
            named = {(t.start, t.end) for t in governing}
            tokens = [t for t in tokens if (t.start, t.end) in named]
        funds = {t.meaning.fund_source for t in tokens if t.meaning.fund_source}
        types = {t.meaning.spending_type for t in tokens if t.meaning.spending_type}
        programmes = {t.meaning.programme for t in tokens if t.meaning.programme}
        own_topic = subject_in(tokens, title, heading=True)
        if own_topic.programme is not None and len(programmes) <= 1:
            topic = own_topic
        elif not programmes and above.is_about_standards and "标准" in title:
            # (一)基本生活标准 below 二、特困人员救助供养标准: one of its standards.
            pass
        elif len(programmes) > 1 or (not programmes and len(title) > 3 and not _is_cut_short(text, title)):
            topic = NOTHING
        own_fund = funds.pop() if is_finance and len(funds) == 1 else None
        own_type = types.pop() if is_finance and len(types) == 1 and not funds else None
        return Section(
            topic=topic,
            is_about_standards=above.is_about_standards or "标准" in title,
            fund_source=own_fund or above.fund_source,
            spending_type=own_type,
            source_of_type=own_fund if own_type else None,
            is_finance=is_finance,
            is_plan=is_plan,
            is_improvement=above.is_improvement or _is_improvement(title),
            year=year,
            project=project_evaluated(title, tokens) or above.project,
        )


def _openings_of_definitions(blocks: Sequence[Paragraph | Table]) -> frozenset[int]:
    """Where the headings of definitions (名词解释) begin, without those in a list of contents.

    In a list of contents one stands beside other headings that nothing follows, and comes again further down.
    """
    found = [
        i for i, block in enumerate(blocks) if isinstance(block, Paragraph) and _names_definitions(block.flow.text)
    ]
    return frozenset(
        blocks[i].flow.offsets[0]
        for i in found
        if i == found[-1] or not any(_is_bare_heading(block) for block in (*blocks[max(0, i - 1) : i], blocks[i + 1]))
    )


def _names_definitions(text: str) -> bool:
    level, ordinal = heading(text)
    return bool(level and words("heading_definitions").match(_heading_words(text[ordinal:])))


def _is_bare_heading(block: Paragraph | Table) -> bool:
    """Whether a block is a heading and nothing else: no sentence goes on after it."""
    if not isinstance(block, Paragraph):
        return False
    text = block.flow.text
    return len(text) <= _LONGEST_BARE_HEADING and heading(text)[0] > 0 and not _SENTENCE.search(text)


def items_beside_other_money(blocks: Sequence[Paragraph | Table]) -> frozenset[int]:
    """The places of blocks that are items of one list, of which one is money beside the appropriation.

    1.财政拨款收入…, then 2.事业收入…, 3.其他收入…: each a paragraph of its own, right below the one before.
    """
    found: set[int] = set()
    for level, group in groupby(enumerate(blocks), key=lambda item: getattr(item[1], "level", 0)):
        places = [(place, block.flow.text) for place, block in group if isinstance(block, Paragraph)]
        if level >= _LEVEL_OF_ITEMS and any(words("other_money").match(t, heading(t)[1]) for _, t in places):
            found.update(place for place, _ in places)
    return frozenset(found)


def project_evaluated(title: str, tokens: list[Token]) -> str | None:
    """The programme of the one project whose evaluation a title announces: 高龄津贴项目绩效自评综述; None for all others."""
    announced = _OF_ONE_PROJECT.search(title)
    if announced is None or title[: announced.start()].endswith(_SEVERAL):
        return None
    before = [token for token in tokens if token.end <= announced.start()]
    named = subject_in(before, title)
    is_one = len({t.meaning.programme for t in before if t.meaning.programme and t.meaning.strength == "strong"}) == 1
    return named.programme if named.is_strong and named.programme and is_one else None


def _is_improvement(title: str) -> bool:
    """Whether a section says what will be done better in the next year; one of the problems as well does not."""
    return bool(words("heading_improvement").search(title)) and not words("heading_not_plan").search(title)


def _is_finance(is_finance: bool, title: str) -> bool:
    """Whether a section is about money, when the headings above it were or were not."""
    is_money = bool(words("heading_finance").search(title))
    is_work = bool(words("heading_work").search(title))
    if is_money and not is_work:
        return True
    if is_finance and not is_work:
        return True
    return is_money and bool(words("heading_money_only").search(title)) and not words("heading_not_money").search(title)


def _is_cut_short(text: str, title: str) -> bool:
    """Whether a numbered paragraph has no title of its own: its first words are the beginning of a sentence."""
    return re.split(r"[。:]", text, maxsplit=1)[0].strip("*# ") not in ("", title)


def _heading_words(text: str) -> str:
    """The heading itself, without the text that goes on in the same line."""
    title = re.split(r"[。:]", text, maxsplit=1)[0].strip("*# ")
    return title if len(title) <= _LONGEST_HEADING else re.split(r"[，；、]", title)[0][:_LONGEST_OPENING]
