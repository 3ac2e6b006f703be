"""Where a quantity stands: its sentence, clause and nearest words, and the known words in each.

In: the text of a paragraph, its words and its quantities. Out: a `Place` for each quantity. All positions count in the
paragraph's flow. The *near* words are those between the number before and this one, within the clause; the *tail* is
what follows up to the end of the clause or the next number.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from ingest.figures.change import without_change
from ingest.figures.lazily import lazily
from ingest.figures.lexicon import Token
from ingest.figures.subject import NOTHING, Subject, subject_in
from ingest.quantities.scan import Quantity
from ingest.vocabulary import alternation, words_of

# 孤儿:128人, 特困人员:约3.9万人, 执行率:97.5%: such a colon leads from a name to its number; one before a date or an item of
# a list does not.
_NO_VALUE = r"(?:19|20)\d\d(?:年|-\d)|\d{1,2}(?:月|[.、](?!\d))"
_PERIOD = alternation("per_month", "per_year", "per_day")
CLAUSE_ENDS = re.compile(
    rf"[，()。！？；]|(?<!其中):(?!{_PERIOD}?{alternation('about', 'under', 'at_least', 'at_most')}?(?!{_NO_VALUE})\d)"
)
_SENTENCE_ENDS = frozenset("。！？；")
_YEAR_ENDS = frozenset("。！？")

# Ages and dates stand inside what is said of a number; they do not part it from its words.
PASSED_OVER = frozenset({"age", "date", "ordinal", "idiom"})

# 563户1,204人, 563户、1,204人, 563户共1,204人: the persons are those of the households.
PERSONS_OF_HOUSEHOLDS = re.compile(rf"[、/，(]?(?:{alternation('sum_before')}|计)?")

_CURRENCY = "人民币"
_LOOK_BACK = 4
# Characters between a count and the noun that it counts.
_FARTHEST_NOUN = 3
_SAME_NOUN = re.compile(r"(?:[、和与及或的等]|以及)?")
_FOR_ANOTHER = re.compile(rf"(?<=[\u4e00-\u9fff])[、和]{alternation('for_whom')}$")
_LONGEST_SENTENCE = 600
_SHORT_PARENTHESIS = re.compile(r"\([^()\d，。；:]{1,8}\)")
_INCLUDED = re.compile(rf"\({alternation('including')}[^()\d]{{1,30}}\)")
_FOR_THEM = re.compile(rf"(?:^|[^\u4e00-\u9fff]){alternation('for_whom')}$")
_JOINS_PEOPLE = ("和", "及", "与", "、")
_MULTIPLE_OF = re.compile(
    rf"{alternation('multiple_sign')}[^，。；\d]{{0,16}}{alternation('multiple_base')}"
    r"[^，。；\d]{0,4}\d[\d.]*(?:[至\-]\d+)?(?:倍|%)"
)
_SAME_AS = re.compile(
    rf"{alternation('same_as')}[^，。；\d]{{1,16}}标准|[与和同跟][^，。；\d]{{1,16}}?(?:同标准|标准{alternation('equal')})"
)
_SAME_AS_SIGNS = (*words_of("same_as"), "同标准", *(f"标准{word}" for word in words_of("equal")))


class Bounds:
    """The signs that end the sentences, clauses and statements of a year in a text, and its words, by position."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        clauses = [match.start() for match in CLAUSE_ENDS.finditer(text)]
        sentences = [mark for mark in clauses if text[mark] in _SENTENCE_ENDS]
        if "(" in text:
            asides = {mark for match in _SHORT_PARENTHESIS.finditer(text) for mark in (match.start(), match.end() - 1)}
            clauses = [mark for mark in clauses if mark not in asides]
        self._clauses, self._sentences = _cut(clauses, len(text)), _cut(sentences, len(text))
        self._years = _cut([mark for mark in sentences if text[mark] in _YEAR_ENDS], len(text))
        self.tokens = tokens
        self._token_starts = [token.start for token in self.tokens]
        self._token_ends = [token.end for token in self.tokens]
        self._subjects: dict[tuple[int, int, bool], Subject] = {}

    def sentence_start(self, position: int) -> int:
        """Where the sentence begins that a position stands in."""
        return self._sentences[bisect_left(self._sentences, position) - 1] + 1

    def sentence_end(self, position: int) -> int:
        """Where the sentence ends that a position stands in."""
        return self._sentences[bisect_left(self._sentences, position)]

    def clause_start(self, position: int) -> int:
        """Where the clause begins that a position stands in."""
        return self._clauses[bisect_left(self._clauses, position) - 1] + 1

    def clause_end(self, position: int) -> int:
        """Where the clause ends that a position stands in."""
        return self._clauses[bisect_left(self._clauses, position)]

    def year_start(self, position: int) -> int:
        """Where the words begin that can give a position its year: semicolons do not part them from it."""
        return self._years[bisect_left(self._years, position) - 1] + 1

    def tokens_within(self, start: int, end: int) -> list[Token]:
        """The words that lie wholly between two positions."""
        return self.tokens[bisect_left(self._token_starts, start) : bisect_right(self._token_ends, end)]

    def tokens_beginning(self, start: int, end: int) -> list[Token]:
        """The words that begin between two positions."""
        return self.tokens[bisect_left(self._token_starts, start) : bisect_left(self._token_starts, end)]

    def subject_within(self, start: int, end: int, indicator: bool = False) -> Subject:
        """What the words between two positions name; of the nearest words, the clause and the sentence often the same."""
        first, last = bisect_left(self._token_starts, start), bisect_right(self._token_ends, end)
        if first >= last:
            return NOTHING
        subject = self._subjects.get((first, last, indicator))
        if subject is None:
            subject = subject_in(self.tokens[first:last], self.text, indicator)
            self._subjects[first, last, indicator] = subject
        return subject


class Place:
    """A quantity among its words. What the words name is worked out once, when it is asked for."""

    def __init__(self, bounds: Bounds, quantities: list[Quantity], index: int) -> None:
        text = bounds.text
        quantity = quantities[index]
        start, end = quantity.start, quantity.end
        before = None
        for nearest in reversed(quantities[max(0, index - _LOOK_BACK) : index]):
            if nearest.reason not in PASSED_OVER:
                before = nearest
                break
        following = quantities[index + 1 : index + 1 + _LOOK_BACK]
        after = _first_counted(following)
        self.bounds, self.text, self.index, self.quantity = bounds, text, index, quantity
        self.start, self.end = start, end
        self.sentence_start = bounds.sentence_start(start)
        self.clause_start = bounds.clause_start(start)
        self.near_start = _near_start(text, self.clause_start, before, start)
        self.tail_end = _tail_end(bounds, end, after)
        # 支出人民币12万元 is 支出12万元.
        self.lead_text = text[self.clause_start : start].removesuffix(_CURRENCY)
        self.near_text = text[self.near_start : start].removesuffix(_CURRENCY)
        if (
            after is not None
            and quantity.unit == "household"
            and after.unit == "person"
            and PERSONS_OF_HOUSEHOLDS.fullmatch(text, end, after.start)
        ):
            # 563户1,204人实施临时救助: what follows the persons is said of the households as well.
            beyond = quantities[index + 2] if index + 2 < len(quantities) else None
            self.tail_end = _tail_end(bounds, after.end, beyond)
        elif after is not None and quantity.unit == after.unit == "person" and self._goes_on_with(after):
            # 为812名老年人和96名百岁老人发放津贴: what is given to the second group is given to the first as well.
            beyond = _first_counted(following[following.index(after) + 1 :])
            self.tail_end = _tail_end(bounds, after.end, beyond)
        self.tail_text = text[end : self.tail_end]

    def _goes_on_with(self, after: Quantity) -> bool:
        """Whether the people right after are a second group of a list that nobody's programme is named for yet (为…和…)."""
        gap = self.text[self.end : after.start]
        return (
            gap.endswith(_JOINS_PEOPLE)
            and CLAUSE_ENDS.search(_SHORT_PARENTHESIS.sub("", gap)) is None
            and _FOR_THEM.search(self.near_text) is not None
            and not self.bounds.subject_within(self.end, after.start).is_strong
        )

    def resume(self, before: Place) -> None:
        """Take over the words before the amount of a change: in 支出增加120万元，达到5200万元 the 5200 is spending."""
        self.clause_start, self.near_start = before.clause_start, before.near_start
        came_to = self.text[before.end : self.start].lstrip("，；、")
        self.lead_text = without_change(before.lead_text) + came_to
        self.near_text = without_change(before.near_text) + came_to

    @property
    def sentence_end(self) -> int:
        """Where the sentence ends."""
        return self.bounds.sentence_end(self.end)

    @lazily
    def said(self) -> str:
        """The sentence up to the quantity."""
        return self.text[self.sentence_start : self.start].removesuffix(_CURRENCY)

    @property
    def sentence_text(self) -> str:
        """The whole sentence."""
        return self.text[self.sentence_start : self.sentence_end]

    @lazily
    def said_before(self) -> str:
        """The sentence up to the nearest words."""
        return self.text[self.sentence_start : self.near_start]

    @lazily
    def sentence(self) -> list[Token]:
        """The known words of the sentence before the quantity."""
        return self.bounds.tokens_within(self.sentence_start, self.start)

    @lazily
    def clause(self) -> list[Token]:
        """The known words of the clause before the quantity."""
        return self.bounds.tokens_within(self.clause_start, self.start)

    @lazily
    def near(self) -> list[Token]:
        """The known words between the number before and the quantity, within the clause."""
        return self.bounds.tokens_within(self.near_start, self.start)

    @lazily
    def tail(self) -> list[Token]:
        """The known words after the quantity, within the clause and before the next number."""
        return self.bounds.tokens_beginning(self.end, self.tail_end)

    @lazily
    def near_subject(self) -> Subject:
        """What the nearest words name."""
        return self.bounds.subject_within(self.near_start, self.start)

    @lazily
    def clause_subject(self) -> Subject:
        """What the clause names."""
        return self.bounds.subject_within(self.clause_start, self.start)

    @lazily
    def sentence_subject(self) -> Subject:
        """What the sentence names."""
        return self.bounds.subject_within(self.sentence_start, self.start)

    @lazily
    def tail_subject(self) -> Subject:
        """What the words after the quantity name."""
        return subject_in(self.tail, self.text)

    @lazily
    def counted_subject(self) -> Subject:
        """What the words after the quantity name, of whom its own noun speaks first: 6,812名重度残疾人…发放两项补贴."""
        whole, tail = self.tail_subject, self.tail
        if not tail or tail[0].start - self.end > _FARTHEST_NOUN or self.quantity.unit not in ("person", "household"):
            return whole
        noun = [tail[0]]
        for token in tail[1:]:
            is_verb = token.meaning.cue is not None and token.meaning.programme is None
            if is_verb or not _SAME_NOUN.fullmatch(self.text, noun[-1].end, token.start):
                break
            noun.append(token)
        counted = subject_in(noun, self.text)
        is_part = whole.programme == "disability_both" and (counted.programme or "").startswith("disability")
        return counted._replace(care=counted.care or whole.care) if is_part else whole

    @property
    def is_in_parenthesis(self) -> bool:
        """Whether the nearest words stand in a parenthesis that the sentence opened."""
        opened = self.text.rfind("(", self.sentence_start, self.near_start + 1)
        return opened >= 0 and self.text.find(")", opened, self.near_start) < 0

    def cue_token(self, cue: str | None) -> Token | None:
        """The nearest word that gives a cue; None without one."""
        return next((t for t in reversed(self.near) if t.meaning.cue == cue), None) if cue else None


def _first_counted(quantities: list[Quantity]) -> Quantity | None:
    """The first that is neither an age nor a date, nor another number inside what is said of the one before."""
    return next((quantity for quantity in quantities if quantity.reason not in PASSED_OVER), None)


def _near_start(text: str, clause_start: int, before: Quantity | None, start: int) -> int:
    if before is None or before.end < clause_start:
        return clause_start
    between = text[before.end : start]
    # 3.68万名困难残疾人、2.95万名…: the noun after the first number is its own.
    if between[-1:] in ("、", "和", "及") and between[0] not in "，、:)和及":
        return start
    # 为1.2万名困难残疾人发放生活补贴、为1.86万名…: what was done for the first is not said of the second.
    again = _FOR_ANOTHER.search(between)
    return before.end + again.start() if again is not None and before.unit == "person" else before.end


def _tail_end(bounds: Bounds, end: int, after: Quantity | None) -> int:
    text = bounds.text
    next_start = after.start if after else len(text)
    tail_end = min(bounds.clause_end(end), next_start)
    if text[tail_end : tail_end + 1] == "(":
        close = text.find(")", tail_end, tail_end + 12)
        if 0 < close < next_start:
            tail_end = min(bounds.clause_end(close + 1), next_start)
    return end if text[end:tail_end].startswith("、") else tail_end


def governing_words(text: str, tokens: list[Token]) -> list[Token]:
    """The words of a text without those of asides and comparisons, which say nothing of the numbers around them."""
    return _without_multiples(text, _without_included(text, tokens))


def _without_included(text: str, tokens: list[Token]) -> list[Token]:
    """The words without those that a parenthesis only adds to a name: what it includes, or the class that it is one of.

    散居孤儿(含事实无人抚养儿童), 殡葬(社会福利).
    """
    if "(" not in text:
        return tokens
    included = [m.span() for m in _INCLUDED.finditer(text)]
    kept: list[Token] = []
    for token in tokens:
        is_included = any(start <= token.start and token.end <= end for start, end in included)
        if not is_included and not (kept and _is_class_of(token, kept[-1], text)):
            kept.append(token)
    return kept


def _is_class_of(token: Token, named: Token, text: str) -> bool:
    """Whether a word without a programme stands alone in a parenthesis right after one that names a programme."""
    return (
        token.meaning.strength == "blank"
        and named.meaning.strength == "strong"
        and named.end == token.start - 1
        and text[named.end] == "("
        and text.startswith(")", token.end)
    )


def _without_multiples(text: str, tokens: list[Token]) -> list[Token]:
    """The words without those that name what a standard is a multiple of, or is the same as, and not its programme.

    不低于低保标准的1.3倍; 事实无人抚养儿童参照散居孤儿标准发放, where the clause names whose standard it is.
    """
    compared = [m.span() for m in _MULTIPLE_OF.finditer(text)] if "倍" in text or "%" in text else []
    if any(sign in text for sign in _SAME_AS_SIGNS):
        own = [t.end for t in tokens if t.meaning.programme and t.meaning.strength == "strong"]
        compared += [m.span() for m in _SAME_AS.finditer(text) if _is_named(own, text, m.start())]
        compared.sort()
    if not compared:
        return tokens
    starts = [start for start, _ in compared]
    kept = []
    for token in tokens:
        at = bisect_right(starts, token.start) - 1
        if at < 0 or token.start >= compared[at][1]:
            kept.append(token)
    return kept


def _is_named(ends: list[int], text: str, position: int) -> bool:
    """Whether a programme, of which the names end at `ends`, is named in the clause before a position."""
    at = bisect_right(ends, position) - 1
    return at >= 0 and not CLAUSE_ENDS.search(text, ends[at], position)


def _cut(marks: list[int], end: int) -> list[int]:
    """The marks between those of the text's two ends, and more of them where two stand too far apart.

    No sentence is as long as that, and each costs its square.
    """
    cut = [-1]
    for mark in (*marks, end):
        while mark - cut[-1] > _LONGEST_SENTENCE:
            cut.append(cut[-1] + _LONGEST_SENTENCE)
        cut.append(mark)
    return cut
