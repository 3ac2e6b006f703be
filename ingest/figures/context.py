"""What is known while the quantities of one paragraph are read, one after another.

The figures read so far, the topic they left, and the scope (source of money, type of spending) that an amount opens for
the amounts after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.documents.lines import heading
from ingest.figures.items import item_named
from ingest.figures.lazily import lazily
from ingest.figures.lexicon import Token, in_context
from ingest.figures.place import Bounds, Place, governing_words
from ingest.figures.reading import ACCOUNTS, About, Reading, Section
from ingest.figures.sections import project_evaluated
from ingest.figures.subject import BOTH_SUBSIDIES, NOTHING, Subject, subject_in
from ingest.quantities.scan import Quantity
from ingest.vocabulary import alternation, words, words_of

LIST_GAP = re.compile(
    rf"(?:、|和|及|与|以及|或|-|至|到|/)?{alternation('list_period', 'per_month', 'per_year', 'per_day')}?(?:约|近)?$"
)

_GOES_ON = tuple(words_of("scope_goes_on"))
# How many figures back the thread of a sentence is followed.
_THREAD = 12

_PLAN = re.compile(
    rf"{alternation('plan')}|争取(?!{alternation('plan_not_from')})|计划(?=:|{alternation('plan_verb')})|拟(?!订|定|制)"
    r"|将(?!于|在|其)(?=[^，。；]{0,30}$)|确保(?!了)|目标(?:是|为|:)"
)
_TITLE_BEFORE = re.compile(
    r"(?:(?<=[。；:])\s*(?:[①-⑳]|[(]?\d{1,2}[).、]|[一二三四五六七八九十]{1,2}是)|^一是)[\u4e00-\u9fff“”、]{2,16}。\s*$"
)
_LONGEST_TITLE = 28
_COMPARES = re.compile("[比较]")
_PLAN_NOUN = re.compile(
    rf"{alternation('plan_noun')}|{alternation('goal_alone')}[为是]?$|{alternation('plan_to_do')}完成(?![率度的了]|情况)"
)
_DONE = re.compile(rf"{alternation('done')}|已(?!有)|累计(?!投入)")
_TASK_AFTER = re.compile(rf"的[^，。；\d]{{0,6}}{alternation('task_done')}|{alternation('task_done')}数?(?=[，。；]|$)")
_OPENING_END = re.compile("[。:]")
# A functional class of the accounts, by its level or by its code: 社会福利(款), 殡葬(2081004).
_CLASS = re.compile(r"[(](?:[类款项]|2\d{2}(?:\d{2}){0,2})[)]")
# (一)2080801死亡抚恤: the code of a class in front of its name.
_CODE_OF_CLASS = re.compile(
    rf"(?P<code>2\d{{6}})(?![万亿元])(?P<name>[\u4e00-\u9fff、]{{2,30}}?)(?=支出|{alternation('after_class')}|[，。:(\d]|$)"
)
# 退役安置(款)退役士兵安置(项), 殡葬(2081004): a class, those above it before it, and nothing between them.
_NAME_OF_CLASS = re.compile(r"(?P<name>[\u4e00-\u9fff、]{2,30})[(](?:[类款项]|(?P<code>2\d{2}(?:\d{2}){0,2}))[)]")
_CHAIN_OF_CLASSES = re.compile(rf"(?:{re.sub(r'[?]P<[a-z]+>', '?:', _NAME_OF_CLASS.pattern)})+")
_ANOTHER_CLASS = re.compile(rf"{_CLASS.pattern}|(?<!\d){_CODE_OF_CLASS.pattern}")
_REPORTED = re.compile(rf"{alternation('reported')}|已(?!有)")


@dataclass(frozen=True, slots=True)
class LineOfClass:
    """The functional class of the accounts that a paragraph opens with: its name, its code, and where another is named.

    `names` are its own and those of the classes above it.
    """

    name: str
    code: str | None
    names: frozenset[str]
    until: int


class Context:
    """One paragraph in its section and document, and the readings of it so far, in order."""

    def __init__(
        self, about: About, section: Section, text: str, tokens: list[Token], quantities: list[Quantity]
    ) -> None:
        # 不低于低保标准的1.3倍 first: 护理 after it is still that of the programme before.
        tokens = in_context(governing_words(text, tokens), section.topic.programme or about.project)
        self.about, self.section, self.text, self.quantities = about, section, text, quantities
        self.bounds = Bounds(text, tokens)
        self.readings: list[Reading] = []
        # How many of the readings were bound to the names of their lists.
        self.bound = 0
        self.topic = section.topic
        if self.topic.programme is None and about.main_programme:
            # A relief station's report seldom says whom it helps.
            self.topic = Subject(programme=about.main_programme)
        self.level, ordinal = heading(text)
        # Such a paragraph is about one functional class of the accounts: 社会福利（款）老年福利（项）。
        self._line_of_class = _line_of_class(text, ordinal)
        self.is_of_class = _opens_with_class(text) or self._line_of_class is not None
        self.own_topic = _own_topic(text, tokens, ordinal) if self.level or self.is_of_class else NOTHING
        self.scope = NOTHING
        self.is_finance_sentence = False
        # The one project that the headings or the opening words say the paragraph evaluates.
        self.project = _project_opened(text, tokens) or section.project
        self._places: dict[re.Pattern[str], list[re.Match[str]]] = {}

    @property
    def tokens(self) -> list[Token]:
        """The known words of the paragraph."""
        return self.bounds.tokens

    @lazily
    def reports_what_was_done(self) -> bool:
        """Whether the paragraph speaks of what was done."""
        return bool(_REPORTED.search(self.text))

    @lazily
    def mentions_other_money(self) -> bool:
        """Whether the paragraph, or the list it is an item of, speaks of money beside the appropriation (其他资金, 自有 …)."""
        return self.section.has_other_money or bool(words("other_money").search(self.text))

    @lazily
    def names_each_subsidy(self) -> bool:
        """Whether the paragraph names both subsidies for disabled people."""
        return {t.meaning.programme for t in self.tokens} >= BOTH_SUBSIDIES

    def places_of(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """Where a pattern stands in the paragraph, found once."""
        found = self._places.get(pattern)
        if found is None:
            found = self._places[pattern] = list(pattern.finditer(self.text))
        return found

    @property
    def speaks_of_finance(self) -> bool:
        """Whether the headings or the sentence speak of the accounts."""
        return self.section.is_finance or self.is_finance_sentence

    def enter_sentence(self, start: int, end: int) -> None:
        """Begin the sentence between two positions: the scope goes on only where the sentence says so (其中 …)."""
        opening = self.text[start : start + 3]
        after_semicolon = start > 0 and self.text[start - 1] == "；"
        goes_on = opening.startswith("其中") or (
            opening.startswith("用于") if after_semicolon else opening.startswith(_GOES_ON)
        )
        if not goes_on:
            self.scope = NOTHING
        titled = _TITLE_BEFORE.search(self.text, max(0, start - _LONGEST_TITLE), start)
        if titled is not None:
            self._enter_title(titled)
        self.is_finance_sentence = bool(words("finance_sentence").search(self.text[start:end]))

    def _enter_title(self, titled: re.Match[str]) -> None:
        """②特困供养。支出…: a title within the paragraph ends the topic of the one before it."""
        named = self.bounds.tokens_within(titled.start(), titled.end())
        is_one = len({t.meaning.programme for t in named if t.meaning.programme}) == 1
        title = subject_in(named, self.text, heading=True) if is_one else NOTHING
        if "是" not in titled.group()[:3]:
            self.own_topic, self.topic = title, title if is_one else self.section.topic
        elif is_one:
            # 一是做好救助工作。 is a sentence as well: it does not claim groups of people that have no programme.
            self.own_topic, self.topic = NOTHING, title

    def previous(self, place: Place, units: frozenset[str] | None = None) -> Reading | None:
        """The nearest figure before a place, of one of the units, in the same sentence."""
        for reading in reversed(self.readings[-_THREAD:]):
            if reading.quantity.start < place.sentence_start:
                return None
            if reading.measure and (units is None or reading.unit in units):
                if reading.measure in ("income", "budget", "expenditure") and self.is_closed_off(reading, place):
                    continue
                return reading
        return None

    def line_of_class(self, place: Place) -> LineOfClass | None:
        """The functional class that a place is still about; None after another was named, and after a whole."""
        line = self._line_of_class
        return line if line is not None and place.start < line.until else None

    def leave_line_of_class(self) -> None:
        """What follows is of the department, or of another class."""
        self._line_of_class = None

    def continued(self, place: Place) -> Reading | None:
        """The reading that a place goes on from: 150元、300元 after 50元."""
        if not self.readings:
            return None
        before = self.readings[-1]
        gap = self.text[before.quantity.end : place.start]
        return before if gap and LIST_GAP.match(gap) and before.quantity.start >= place.sentence_start else None

    def previous_accounts(self) -> Reading | None:
        """The nearest figure of the accounts among the last ones, whatever its sentence."""
        return next((r for r in reversed(self.readings[-4:]) if r.unit == "CNY" and r.measure in ACCOUNTS), None)

    def compared(self) -> Reading | None:
        """The figure that the words before compare with another year's: the whole of the nearest one's statement.

        What it was compared with already (比年初预算数…减少；比上年…) is passed over.
        """
        for reading in reversed(self.readings[-_THREAD:]):
            start = reading.quantity.start
            clause = self.text[self.bounds.clause_start(start) : start]
            if reading.unit == "CNY" and reading.measure in ACCOUNTS and not _COMPARES.match(clause):
                statement = self.bounds.year_start(start)
                return next(r for r in self.readings if r.quantity.start >= statement and r.measure == reading.measure)
        return None

    def has_people(self, place: Place) -> bool:
        """Whether the sentence counted people before a place."""
        return any(
            r.measure == "beneficiaries" and r.quantity.start >= place.sentence_start for r in self.readings[-6:]
        )

    def is_plan(self, place: Place) -> bool:
        """Whether what a place states is a goal."""
        if self.section.is_plan or _PLAN_NOUN.search(place.lead_text) or is_of_task(place):
            return True
        return bool(_PLAN.search(place.said[-60:])) and not says_done(place.lead_text)

    def is_future(self, place: Place) -> bool:
        """Whether the sentence speaks of what is meant to be done."""
        return self.section.is_plan or says_plan(place.said) or bool(_PLAN_NOUN.search(place.lead_text))

    def speaks_of_standards(self, place: Place) -> bool:
        """Whether document, headings or sentence speak of standards."""
        return self.about.kind == "standard_notice" or "标准" in place.said_before or self.section.is_about_standards

    def is_closed_off(self, reading: Reading, place: Place) -> bool:
        """Whether a figure stands in a parenthesis that was closed before a place: an aside, not the thread."""
        text, start, end = self.text, reading.quantity.start, reading.quantity.end
        closed = text.rfind(")", end, place.start)
        return (
            closed >= 0
            and text.rfind("(", end, closed) < 0
            and text.rfind("(", place.sentence_start, start) > text.rfind(")", place.sentence_start, start)
        )


def is_of_task(place: Place) -> bool:
    """300户的年度任务: what a task asks for, whether or not it was reached."""
    return bool(_TASK_AFTER.match(place.tail_text))


def says_done(text: str) -> bool:
    """Whether words speak of what was done."""
    return bool(_DONE.search(text))


def says_plan(text: str) -> bool:
    """Whether words speak of what is meant to be done."""
    return bool(_PLAN.search(text))


def _project_opened(text: str, tokens: list[Token]) -> str | None:
    opening = _OPENING_END.split(text[:80], maxsplit=1)[0]
    return project_evaluated(opening, [token for token in tokens if token.end <= len(opening)])


def _opens_with_class(text: str) -> bool:
    opening = _OPENING_END.split(text[:80], maxsplit=1)[0]
    return bool(_CLASS.search(opening))


def _line_of_class(text: str, ordinal: int) -> LineOfClass | None:
    """The functional class that a paragraph opens with; None for others."""
    coded = _CODE_OF_CLASS.match(text, ordinal)
    chain = coded or _CHAIN_OF_CLASSES.match(text, ordinal)
    if chain is None:
        return None
    classes = [coded] if coded else list(_NAME_OF_CLASS.finditer(text, chain.start(), chain.end()))
    # Its own code or level may stand after the name of a class whose code came first.
    another = _ANOTHER_CLASS.search(text, chain.end() + 1)
    names = [item_named(named["name"]) for named in classes]
    until = another.start() if another else len(text)
    return LineOfClass(names[-1], classes[-1]["code"], frozenset(names), until)


def _own_topic(text: str, tokens: list[Token], ordinal: int) -> Subject:
    """What the paragraph's own opening words name: 1.最低生活保障。… and （二）高龄津贴。…"""
    stop = _OPENING_END.search(text[:80])
    if not stop or re.search(r"[，；\d]", _CLASS.sub("", text[ordinal : stop.start()])):
        return NOTHING
    opening = [t for t in tokens if t.end <= stop.start()]
    classes = [m.end() for m in _CLASS.finditer(text, 0, stop.start())]
    if classes:
        # The last class named is the narrowest.
        narrowest = [t for t in opening if t.start >= (classes[-2] if len(classes) > 1 else 0)]
        return subject_in(narrowest, text)
    distinct = {t.meaning.programme for t in opening if t.meaning.programme}
    is_one = len(distinct) == 1 or distinct == BOTH_SUBSIDIES
    return subject_in(opening, text, heading=True) if is_one else NOTHING
