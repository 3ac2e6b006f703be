"""Where a quantity stands: its sentence, clause and nearest words, and the known words in each.

In: the text of a paragraph, its words and its quantities. Out: a `Place` for each quantity. All positions count in the
paragraph's flow. The *near* words are those between the number before and this one, within the clause; the *tail* is
what follows up to the end of the clause or the next number.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from ingest.figures.change import without_change
from ingest.figures.lexicon import Token
from ingest.figures.subject import Subject, subject_in
from ingest.quantities.scan import Quantity
from ingest.vocabulary import alternation, words_of

SENTENCE_ENDS = re.compile("[。！？；]")
CLAUSE_ENDS = re.compile("[，:()。！？；]")
YEAR_ENDS = re.compile("[。！？]")

# Ages and dates stand inside what is said of a number; they do not part it from its words.
PASSED_OVER = frozenset({"age", "date", "ordinal", "idiom"})

_LOOK_BACK = 4
# Characters between a count and the noun that it counts.
_FARTHEST_NOUN = 3
_SAME_NOUN = re.compile(r"(?:[、和与及或的等]|以及)?")
_LONGEST_SENTENCE = 600
_SHORT_PARENTHESIS = re.compile(r"\([^()\d，。；:]{1,8}\)")
_MULTIPLE_OF = re.compile(
    rf"{alternation('multiple_sign')}[^，。；\d]{{0,16}}{alternation('multiple_base')}"
    r"[^，。；\d]{0,4}\d[\d.]*(?:[至\-]\d+)?(?:倍|%)"
)
_SAME_AS = re.compile(rf"{alternation('same_as')}[^，。；\d]{{1,16}}标准")
_SAME_AS_SIGNS = words_of("same_as")


class Bounds:
    """The signs that end the sentences, clauses and statements of a year in a text, and its words, by position."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        in_parenthesis = {
            position for match in _SHORT_PARENTHESIS.finditer(text) for position in (match.start(), match.end() - 1)
        }
        self._sentences = _cut(_positions(text, SENTENCE_ENDS), len(text))
        self._clauses = _cut([i for i in _positions(text, CLAUSE_ENDS) if i not in in_parenthesis], len(text))
        self._years = _cut(_positions(text, YEAR_ENDS), len(text))
        self.tokens = _without_multiples(text, tokens)
        self._token_starts = [token.start for token in self.tokens]
        self._token_ends = [token.end for token in self.tokens]

    def sentence_start(self, position: int) -> int:
        """Where the sentence begins that a position stands in."""
        return _after_last(self._sentences, position)

    def sentence_end(self, position: int) -> int:
        """Where the sentence ends that a position stands in."""
        return _first_from(self._sentences, position, len(self.text))

    def clause_start(self, position: int) -> int:
        """Where the clause begins that a position stands in."""
        return _after_last(self._clauses, position)

    def clause_end(self, position: int) -> int:
        """Where the clause ends that a position stands in."""
        return _first_from(self._clauses, position, len(self.text))

    def year_start(self, position: int) -> int:
        """Where the words begin that can give a position its year: semicolons do not part them from it."""
        return _after_last(self._years, position)

    def tokens_within(self, start: int, end: int) -> list[Token]:
        """The words that lie wholly between two positions."""
        return self.tokens[bisect_left(self._token_starts, start) : bisect_right(self._token_ends, end)]

    def tokens_beginning(self, start: int, end: int) -> list[Token]:
        """The words that begin between two positions."""
        return self.tokens[bisect_left(self._token_starts, start) : bisect_left(self._token_starts, end)]


class Place:
    """A quantity among its words. What the words name is worked out once, when it is asked for."""

    def __init__(self, bounds: Bounds, quantities: list[Quantity], index: int) -> None:
        text = bounds.text
        quantity = quantities[index]
        start, end = quantity.start, quantity.end
        before = next(
            (q for q in reversed(quantities[max(0, index - _LOOK_BACK) : index]) if q.reason not in PASSED_OVER), None
        )
        after = next((q for q in quantities[index + 1 : index + 1 + _LOOK_BACK] if q.reason not in PASSED_OVER), None)
        self.bounds, self.text, self.index, self.quantity = bounds, text, index, quantity
        self.start, self.end = start, end
        self.sentence_start = bounds.sentence_start(start)
        self.sentence_end = bounds.sentence_end(end)
        self.clause_start = bounds.clause_start(start)
        self.near_start = _near_start(text, self.clause_start, before, start)
        self.tail_end = _tail_end(bounds, end, after)
        self.lead_text = text[self.clause_start : start]
        self.near_text = text[self.near_start : start]
        self.tail_text = text[end : self.tail_end]

    def resume(self, before: Place) -> None:
        """Take over the words before the amount of a change: in 支出增加120万元，达到5200万元 the 5200 is spending."""
        self.clause_start, self.near_start = before.clause_start, before.near_start
        came_to = self.text[before.end : self.start].lstrip("，；、")
        self.lead_text = without_change(before.lead_text) + came_to
        self.near_text = without_change(before.near_text) + came_to

    @cached_property
    def said(self) -> str:
        """The sentence up to the quantity."""
        return self.text[self.sentence_start : self.start]

    @property
    def sentence_text(self) -> str:
        """The whole sentence."""
        return self.text[self.sentence_start : self.sentence_end]

    @cached_property
    def said_before(self) -> str:
        """The sentence up to the nearest words."""
        return self.text[self.sentence_start : self.near_start]

    @cached_property
    def sentence(self) -> list[Token]:
        """The known words of the sentence before the quantity."""
        return self.bounds.tokens_within(self.sentence_start, self.start)

    @cached_property
    def clause(self) -> list[Token]:
        """The known words of the clause before the quantity."""
        return self.bounds.tokens_within(self.clause_start, self.start)

    @cached_property
    def near(self) -> list[Token]:
        """The known words between the number before and the quantity, within the clause."""
        return self.bounds.tokens_within(self.near_start, self.start)

    @cached_property
    def tail(self) -> list[Token]:
        """The known words after the quantity, within the clause and before the next number."""
        return self.bounds.tokens_beginning(self.end, self.tail_end)

    @cached_property
    def near_subject(self) -> Subject:
        """What the nearest words name."""
        return subject_in(self.near, self.text)

    @cached_property
    def clause_subject(self) -> Subject:
        """What the clause names."""
        return subject_in(self.clause, self.text)

    @cached_property
    def sentence_subject(self) -> Subject:
        """What the sentence names."""
        return subject_in(self.sentence, self.text)

    @cached_property
    def tail_subject(self) -> Subject:
        """What the words after the quantity name."""
        return subject_in(self.tail, self.text)

    @cached_property
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


def _near_start(text: str, clause_start: int, before: Quantity | None, start: int) -> int:
    if before is None or before.end < clause_start:
        return clause_start
    between = text[before.end : start]
    # 3.68万名困难残疾人、2.95万名…: the noun after the first number is its own.
    return start if between[-1:] in ("、", "和", "及") and between[0] not in "，、:)和及" else before.end


def _tail_end(bounds: Bounds, end: int, after: Quantity | None) -> int:
    text = bounds.text
    next_start = after.start if after else len(text)
    tail_end = min(bounds.clause_end(end), next_start)
    if text[tail_end : tail_end + 1] == "(":
        close = text.find(")", tail_end, tail_end + 12)
        if 0 < close < next_start:
            tail_end = min(bounds.clause_end(close + 1), next_start)
    return end if text[end:tail_end].startswith("、") else tail_end


def _without_multiples(text: str, tokens: list[Token]) -> list[Token]:
    """The words without those that name what a standard is a multiple of, or is the same as, and not its programme.

    不低于低保标准的1.3倍; 事实无人抚养儿童参照散居孤儿标准发放, where the clause names whose standard it is.
    """
    compared = [match.span() for match in _MULTIPLE_OF.finditer(text)]
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


def _positions(text: str, signs: re.Pattern[str]) -> list[int]:
    return [match.start() for match in signs.finditer(text)]


def _cut(marks: list[int], end: int) -> list[int]:
    """The marks, with more of them where two stand too far apart: no sentence is that long, and each costs its square."""
    cut: list[int] = []
    last = -1
    for mark in (*marks, end):
        while mark - last > _LONGEST_SENTENCE:
            last += _LONGEST_SENTENCE
            cut.append(last)
        if mark < end:
            cut.append(mark)
        last = mark
    return cut


def _after_last(marks: list[int], position: int) -> int:
    index = bisect_left(marks, position)
    return marks[index - 1] + 1 if index else 0


def _first_from(marks: list[int], position: int, default: int) -> int:
    index = bisect_left(marks, position)
    return marks[index] if index < len(marks) else default
