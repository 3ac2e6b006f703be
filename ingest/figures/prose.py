"""Figures in prose: each quantity of a paragraph with what the words around it make it mean.

In: a paragraph and what the document and its headings say. Out: `Reading`s, one a quantity: a figure's meaning, or why
it is none. The questions are answered one after another: what is measured, whose it is, of which year, how exact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ingest.documents.layout import Paragraph, heading
from ingest.figures.lexicon import Token, find_words, in_context
from ingest.figures.rates import is_rate_name, rate_measure, rate_name
from ingest.figures.subject import NOTHING, Subject, items_of_list, subject_in
from ingest.quantities.scan import Quantity, scan

SENTENCE_ENDS = "。！？；"
CLAUSE_ENDS = "，:()。！？；"


@dataclass(slots=True)
class Section:
    """What the headings above a paragraph say."""

    topic: Subject = NOTHING
    is_about_standards: bool = False
    fund_source: str | None = None
    is_finance: bool = False
    is_plan: bool = False
    year: int | None = None


@dataclass(slots=True)
class About:
    """What the document says of itself, as far as it changes how a number is read."""

    fiscal_year: int | None
    kind: str
    project: str | None = None
    is_budget_document: bool = False
    is_project: bool = False
    programmes: frozenset[str] = frozenset()


@dataclass(slots=True)
class Reading:
    """One quantity, read: `measure` is None where it is no figure, and `reason` says why."""

    quantity: Quantity
    measure: str | None = None
    subject: Subject = NOTHING
    stage: str | None = None
    indicator: str | None = None
    per: str | None = None
    unit: str = ""
    value: float | None = None
    qualifier: str = "exact"
    fiscal_year: int | None = None
    reason: str | None = None
    confidence: float = 0.95
    quote: tuple[int, int] = (0, 0)
    item: str | None = None
    variant: str | None = None


@dataclass(slots=True)
class _Place:
    """Where a quantity stands: the bounds of its sentence, clause and nearest words, and the tokens in them."""

    sentence_start: int
    clause_start: int
    near_start: int
    tail_end: int
    sentence_end: int
    near: list[Token] = field(default_factory=list)
    clause: list[Token] = field(default_factory=list)
    sentence: list[Token] = field(default_factory=list)
    tail: list[Token] = field(default_factory=list)
    lead_text: str = ""
    near_text: str = ""
    tail_text: str = ""


# Ages and dates stand inside what is said of a number; they do not part it from its words.
_PASSED_OVER = frozenset({"age", "date", "ordinal", "idiom"})
PEOPLE_UNITS = frozenset({"person", "household", "person_time"})
CASE_UNITS = frozenset({"couple", "case", "body"})
_LIST_GAP = re.compile(r"(?:、|和|及|与|以及|或|-|至|到|/)?(?:每人每月|每人每年|每月|每年|每户|每张)?(?:约|近)?$")
_JOINER = re.compile(r"[、和及与或/]|以及")


class ProseReader:
    """Reads the paragraphs of one document in order; remembers the topic from sentence to sentence."""

    def __init__(self, about: About) -> None:
        self.about = about

    def read(self, paragraph: Paragraph, section: Section) -> list[Reading]:
        """All quantities of a paragraph, in order."""
        text = paragraph.flow.text
        quantities = scan(paragraph.flow)
        if not quantities:
            return []
        _, ordinal_length = heading(text)
        quantities = [q for q in quantities if q.start >= ordinal_length]
        return _Paragraph(self.about, section, text, find_words(text, self.about.programmes), quantities).read()


class _Paragraph:
    def __init__(self, about: About, section: Section, text: str, tokens: list[Token], quantities: list[Quantity]):
        self.about, self.section, self.text, self.quantities = about, section, text, quantities
        self.tokens = in_context(tokens, section.topic.programme)
        self.readings: list[Reading] = []
        self.topic = section.topic
        self.own_topic = _own_topic(text, self.tokens)
        self.level = heading(text)[0]
        self.reports_what_was_done = bool(_REPORTED.search(text))
        self.scope = NOTHING
        self.sentence_of_scope = -1
        self.finance_sentence = False
        self._bounds()

    # -------------------------------------------------------------- places

    def _bounds(self) -> None:
        self.sentence_marks = [i for i, c in enumerate(self.text) if c in SENTENCE_ENDS]
        short = [match.span() for match in _SHORT_PARENTHESIS.finditer(self.text)]
        inside = {position for start, end in short for position in (start, end - 1)}
        self.clause_marks = [i for i, c in enumerate(self.text) if c in CLAUSE_ENDS and i not in inside]
        self.year_marks = [i for i, c in enumerate(self.text) if c in "。！？"]
        compared = [match.span() for match in _MULTIPLE_OF.finditer(self.text)]
        if compared:
            self.tokens = [t for t in self.tokens if not any(a <= t.start < b for a, b in compared)]

    def _place(self, index: int, pointers: list[int]) -> _Place:
        quantity = self.quantities[index]
        start, end = quantity.start, quantity.end
        sentence_start = _after_last(self.sentence_marks, start)
        clause_start = _after_last(self.clause_marks, start)
        before = next(
            (q for q in reversed(self.quantities[max(0, index - 4) : index]) if q.reason not in _PASSED_OVER), None
        )
        after = next((q for q in self.quantities[index + 1 : index + 5] if q.reason not in _PASSED_OVER), None)
        near_start = max(clause_start, before.end if before else 0)
        between = self.text[near_start:start]
        if before and near_start == before.end and between[-1:] in ("、", "和", "及") and between[0] not in "，、:)和及":
            # 3.68万名困难残疾人、2.95万名…: the noun after the first number is its own.
            near_start = start
        next_start = after.start if after else len(self.text)
        sentence_end = _first_from(self.sentence_marks, end, len(self.text))
        tail_end = min(_first_from(self.clause_marks, end, len(self.text)), next_start)
        if tail_end < len(self.text) and self.text[tail_end] == "(":
            close = self.text.find(")", tail_end, tail_end + 12)
            if close > 0 and close < next_start:
                tail_end = min(_first_from(self.clause_marks, close + 1, len(self.text)), next_start)
        tail_text = self.text[end:tail_end]
        if tail_text.startswith("、"):
            tail_end, tail_text = end, ""
        place = _Place(sentence_start, clause_start, near_start, tail_end, sentence_end)
        for token in self._tokens_from(sentence_start, pointers):
            if token.start >= tail_end:
                break
            if token.end <= start:
                place.sentence.append(token)
                if token.start >= clause_start:
                    place.clause.append(token)
                    if token.start >= near_start:
                        place.near.append(token)
            elif token.start >= end:
                place.tail.append(token)
        place.lead_text = self.text[clause_start:start]
        place.near_text = self.text[near_start:start]
        place.tail_text = tail_text
        return place

    def _tokens_from(self, position: int, pointers: list[int]) -> list[Token]:
        tokens = self.tokens
        while pointers[0] < len(tokens) and tokens[pointers[0]].start < position:
            pointers[0] += 1
        return tokens[pointers[0] :] if pointers[0] == 0 else _Slice(tokens, pointers[0])

    # -------------------------------------------------------------- reading

    def read(self) -> list[Reading]:
        pointers = [0]
        last_sentence = -1
        for index, quantity in enumerate(self.quantities):
            place = self._place(index, pointers)
            if place.sentence_start != last_sentence:
                self._enter_sentence(place)
                last_sentence = place.sentence_start
            reading = self._read_one(index, quantity, place)
            reading.quote = (place.clause_start, place.tail_end)
            self.readings.append(reading)
        self._bind_lists()
        self._pair_old_and_new()
        return self.readings

    def _enter_sentence(self, place: _Place) -> None:
        start = place.sentence_start
        following = self.text[start : start + 3]
        semicolon = start > 0 and self.text[start - 1] == "；"
        if not (following.startswith(("其中", "其", "另")) or semicolon):
            self.scope = NOTHING
        elif following.startswith("其中"):
            pass
        elif semicolon and not following.startswith("用于"):
            self.scope = NOTHING
        sentence = self.text[start : place.sentence_end]
        self.finance_sentence = bool(_FINANCE.search(sentence))

    def _read_one(self, index: int, quantity: Quantity, place: _Place) -> Reading:
        reading = Reading(quantity, unit=quantity.unit, value=quantity.value, per=None)
        if quantity.reason:
            reading.reason = quantity.reason
            return reading
        if quantity.unit == "none" and not self._is_money_without_unit(index, quantity, place):
            reading.reason = "no_unit"
            return reading
        if quantity.unit == "other":
            reading.reason = "other_unit"
            return reading
        if _PLACEHOLDER.search(place.lead_text[-4:] + self.text[quantity.start : quantity.end + 2]):
            reading.reason = "placeholder"
            return reading
        if place.lead_text.count("《") > place.lead_text.count("》"):
            reading.reason = "title"
            return reading
        reading.unit = quantity.unit
        reading.fiscal_year = self._year(quantity, place)
        reading.qualifier = qualifier_of(self.text, quantity)
        unit = reading.unit
        if unit == "CNY":
            self._money(index, quantity, place, reading)
        elif unit == "percent":
            self._percent(index, quantity, place, reading)
        elif unit == "point":
            self._score(quantity, place, reading)
        elif unit in PEOPLE_UNITS:
            self._people(index, quantity, place, reading)
        elif unit == "facility":
            self._facility(index, quantity, place, reading)
        elif unit == "bed":
            self._beds(index, quantity, place, reading)
        elif unit in CASE_UNITS:
            self._cases(index, quantity, place, reading)
        if (
            reading.measure
            and reading.qualifier == "exact"
            and reading.measure in ("facilities", "beds", "beneficiaries", "cases", "benefit_paid")
            and self._is_plan(place)
        ):
            reading.qualifier = "target"
        if reading.measure:
            self.topic = Subject(
                programme=reading.subject.programme if reading.subject.programme is not None else self.topic.programme,
                residence=reading.subject.residence if reading.subject.programme is not None else self.topic.residence,
            )
        return reading

    # -------------------------------------------------------------- shared answers

    def _previous(
        self, index: int, place: _Place, units: frozenset[str] | None = None, same_sentence: bool = True
    ) -> Reading | None:
        """The nearest figure before this quantity, of one of the units, in the same sentence."""
        for reading in reversed(self.readings[max(0, index - 12) : index]):
            if same_sentence and reading.quantity.start < place.sentence_start:
                return None
            if reading.measure and (units is None or reading.unit in units):
                if reading.measure in ("income", "budget", "expenditure") and self._closed_off(reading, place):
                    continue
                return reading
        return None

    def _closed_off(self, reading: Reading, place: _Place) -> bool:
        """Whether a figure stands in a parenthesis that was closed before this place: an aside, not the thread."""
        closed = self.text.rfind(")", reading.quantity.end, place.near_start + len(place.near_text))
        return (
            closed >= 0
            and self.text.rfind("(", reading.quantity.end, closed) < 0
            and self.text.rfind("(", place.sentence_start, reading.quantity.start)
            > self.text.rfind(")", place.sentence_start, reading.quantity.start)
        )

    def _continues(self, index: int, place: _Place) -> Reading | None:
        """The reading this one goes on from: 150元、300元 after 50元."""
        if not index:
            return None
        before = self.readings[index - 1]
        gap = self.text[before.quantity.end : self.quantities[index].start]
        if _LIST_GAP.match(gap) and gap and before.quantity.start >= place.sentence_start:
            return before
        return None

    def _subject(
        self, index: int, place: _Place, weak_inherits: bool = True, use_tail: bool = True
    ) -> tuple[Subject, float]:
        """Whose the quantity is: the nearest words, else the words after it, else the clause, sentence, topic, heading."""
        text = self.text
        near = subject_in(place.near, text)
        if near.programme is not None and near.is_strong:
            return self._with_residence(index, near, place), 0.97
        if use_tail and place.tail:
            tail = subject_in(place.tail, text, last=True)
            if tail.programme is not None and tail.is_strong:
                return tail.merged(near), 0.95
        clause = subject_in(place.clause, text)
        if "慰问" in place.lead_text + place.tail_text and not clause.is_strong:
            return replace(near, programme="", is_strong=True), 0.85
        if clause.programme is not None and clause.is_strong:
            return self._with_residence(index, near.merged(clause), place), 0.93
        previous = self._previous_subject(index, place)
        if previous is not None and previous.subject.programme is not None:
            subject = Subject(
                programme=previous.subject.programme, residence=previous.subject.residence, care=previous.subject.care
            )
            return self._inherit(near, subject, place), 0.9
        sentence = subject_in(place.sentence, text)
        if sentence.programme is not None and sentence.is_strong:
            return near.merged(sentence), 0.9
        if self.own_topic.programme and weak_inherits:
            return near.merged(replace(self.own_topic, is_strong=True)), 0.88
        for candidate in (near, subject_in(place.tail, text) if use_tail else NOTHING, clause, sentence):
            if candidate.programme is not None:
                return near.merged(candidate), 0.85
        if weak_inherits and self.topic.programme is not None:
            return near.merged(Subject(programme=self.topic.programme)), 0.8
        return near, 0.75

    def _inherit(self, near: Subject, subject: Subject, place: _Place) -> Subject:
        """The subject of the figure before, with what is said anew; a new care or residence replaces the old."""
        if near.residence_said:
            subject = replace(subject, residence=near.residence)
        elif "全年" in place.near_text or "共" in place.near_text or "合计" in place.near_text:
            said = {
                r.subject.residence
                for r in self.readings[-6:]
                if r.measure and r.quantity.start >= place.sentence_start
            }
            subject = replace(subject, residence=None) if len(said) > 1 else subject
        if near.care is not None:
            subject = replace(subject, care=near.care)
        elif not place.near_text.startswith("、") and place.near_start == place.clause_start:
            # A new clause: the care of the figure before was its own.
            subject = replace(subject, care=None)
        return subject

    def _with_residence(self, index: int, subject: Subject, place: _Place) -> Subject:
        """城市低保对象4.31万人，发放低保金2.24亿元: the residence said before goes on, where only one was said."""
        if subject.residence_said or re.search(r"城乡|全部|共|合计", place.near_text):
            return subject
        said = {
            r.subject.residence
            for r in self.readings[max(0, index - 8) : index]
            if r.measure and r.quantity.start >= place.sentence_start and r.subject.programme == subject.programme
        }
        return replace(subject, residence=said.pop()) if len(said) == 1 else subject

    def _previous_subject(self, index: int, place: _Place) -> Reading | None:
        """The figure before in the sentence whose people this number goes on about; of a list, its first."""
        found = None
        for reading in reversed(self.readings[max(0, index - 12) : index]):
            if reading.quantity.start < place.sentence_start:
                break
            if (
                reading.measure in ("standard", "top_up")
                and self.quantities[index].unit == "CNY"
                and self._has_people(place)
            ):
                found = found or reading
                continue
            if reading.measure in ("beneficiaries", "benefit_paid", "standard", "top_up", "cases"):
                if (
                    found is not None
                    and found.measure in ("standard", "top_up")
                    and found.subject.programme == reading.subject.programme
                ):
                    break
                found = reading
                break
            found = found or (reading if reading.measure else None)
        if found is None or found.measure != "beneficiaries" or self.quantities[index].unit != "CNY":
            return found
        names = [found]
        for reading in reversed(self.readings[: self.readings.index(found)]):
            if (
                reading.measure != "beneficiaries"
                or reading.quantity.start < place.sentence_start
                or reading.unit != found.unit
            ):
                break
            names.insert(0, reading)
        codes = [r.subject.programme for r in names]
        if set(codes) >= {"disability_living", "disability_nursing"}:
            return replace(found, subject=replace(found.subject, programme="disability_both"))
        if {"orphan", "defacto_orphan"} <= set(codes) and len(set(codes)) == 2:
            return replace(found, subject=replace(names[0].subject, care=None))
        return found

    def _year(self, quantity: Quantity, place: _Place) -> int | None:
        base = self.section.year or self.about.fiscal_year
        if base is None:
            return None
        text = self.text
        lead = text[_after_last(self.year_marks, quantity.start) : quantity.start]
        year = base
        if self.about.is_budget_document and _ALREADY.search(lead[-30:]):
            year = base - 1
        for match in _YEAR_WORDS.finditer(lead):
            word = match.group()
            compared = bool(_COMPARED.search(lead[: match.start()]))
            gap = lead[match.end() :]
            closed = gap.find(")")
            if closed >= 0 and lead.rfind("(", 0, match.start()) > lead.rfind(")", 0, match.start()):
                continue
            if _ABOUT_DOCUMENT.match(gap) or lead[: match.start()].count("《") > lead[: match.start()].count("》"):
                continue
            if not word[0].isdigit() and word in _RELATIVE and re.search(r"[，；]", gap):
                continue
            if compared and not (_DIRECT.fullmatch(gap)):
                continue
            year = _year_of(word, self.about.fiscal_year or base, year)
        if (tail := _YEAR_TAIL.match(place.tail_text)) and "目标" in place.tail_text:
            year = int(tail.group(1))
        return year

    def _is_plan(self, place: _Place) -> bool:
        lead = self.text[place.sentence_start : place.near_start] + place.near_text
        return self.section.is_plan or bool(_PLAN.search(lead[-60:])) and not _DONE.search(place.lead_text)

    # -------------------------------------------------------------- money

    def _is_money_without_unit(self, index: int, quantity: Quantity, place: _Place) -> bool:
        """4318.5万 of money (the 元 is left out), and a bare number that a range or a list gives its unit."""
        if quantity.scale in ("万", "亿") and any(t.meaning.cue == "benefit" for t in place.near):
            quantity.unit, quantity.word = "CNY", "元"
            return True
        return False

    def _money(self, index: int, quantity: Quantity, place: _Place, reading: Reading) -> None:
        reading.unit = "CNY"
        text = self.text
        continued = self._continues(index, place)
        if (
            continued is not None
            and continued.measure is None
            and continued.reason in ("growth", "not_a_level", "unit_price", "price")
            and not place.near
        ):
            reading.reason = continued.reason
            return
        per = quantity.per or per_before(place.near_text)
        if (
            per is None
            and continued is not None
            and continued.measure in ("standard", "top_up")
            and not self._own_cue(place.near)
        ):
            per = continued.per
        if _CONDITION.match(text, quantity.end) and not per:
            reading.reason = "condition"
            return
        if re.search(r"平均每(?![人户次])|每辆|每台", place.near_text):
            reading.reason = "unit_price"
            return
        if _PRICE.search(place.lead_text) and not _HELP.search(place.lead_text[-8:]):
            reading.reason = "price"
            return
        cue = self._nearest_cue(place)
        if per == "time" and quantity.scale and quantity.value >= 1_000_000:
            per = None
        if not quantity.scale and quantity.value < 10_000 and per is None and _UNIT_PRICE.search(place.near_text):
            reading.reason = "unit_price"
            return
        governing = self._governing_cue(place)
        if governing and not _REACHED.search(place.near_text):
            reading.reason = governing
            return
        if cue in ("growth", "not_level") and not _REACHED.search(place.near_text):
            reading.reason = "growth" if cue == "growth" else "not_a_level"
            return
        if any(t.meaning.cue in ("not_level",) for t in place.tail[:1]) or _DIFFERENCE.search(place.near_text):
            reading.reason = "not_a_level"
            return
        if per is not None or cue in ("top_up",) or (cue == "standard" and quantity.value < 200_000):
            self._standard(index, quantity, place, reading, per, cue, continued)
            return
        if (
            continued is not None
            and continued.measure in ("standard", "top_up")
            and continued.unit == "CNY"
            and cue in (None, "standard", "top_up")
            and not place.near
        ):
            self._standard(index, quantity, place, reading, continued.per, cue, continued)
            return
        if cue in (None, "benefit", "standard") and quantity.value <= 2_000_000 and _GRANTED.match(text[quantity.end : quantity.end + 40]) and re.search(r"对|按|每", place.lead_text):
            self._standard(index, quantity, place, reading, "time", "standard", None)
            return
        old = self._pairs_with_standard(index, place)
        if (
            cue is None
            and quantity.value < 200_000
            and re.search(r"最高|可达|不超过", place.near_text)
            and self._subject(index, place)[0].programme == "temporary_relief"
        ):
            self._standard(index, quantity, place, reading, None, "standard", None)
            return
        if old is None and cue in (None, "benefit") and not quantity.scale and quantity.value < 100_000:
            before = self._previous(index, place, frozenset({"CNY"}))
            if cue is None and before is not None and before.measure in ("standard", "top_up"):
                old = before
            elif self._speaks_of_standards(place):
                self._standard(index, quantity, place, reading, None, "standard", None)
                return
        if old is not None and (cue in (None, "standard") or "调整为" in place.near_text):
            self._standard(index, quantity, place, reading, old.per, cue, old)
            return
        self._funds(index, quantity, place, reading, cue, continued)

    def _governing_cue(self, place: _Place) -> str | None:
        """结省运行支出47.74万元, 收回违规发放…: the verb before says that what follows is a difference or no level."""
        for token in place.near:
            if token.meaning.cue in ("growth", "not_level") and token.meaning.word not in ("高于", "低于"):
                gap = self.text[token.end : place.near_start + len(place.near_text)]
                far = token.meaning.word in ("追加", "增加", "减少") and len(gap) <= 24 and not re.search(r"[到至为达后]|，", gap)
                if far or (len(gap) <= 10 and not re.search(r"[到至为达后的]|，", gap)):
                    return "growth" if token.meaning.cue == "growth" else "not_a_level"
        return None

    def _speaks_of_standards(self, place: _Place) -> bool:
        return (
            self.about.kind == "standard_notice"
            or "标准" in self.text[place.sentence_start : place.near_start]
            or self.section.is_about_standards
        )

    def _pairs_with_standard(self, index: int, place: _Place) -> Reading | None:
        """The old standard before 提高到."""
        if index and _RAISED.search(place.near_text):
            before = self.readings[index - 1]
            if before.measure in ("standard", "top_up") and before.quantity.start >= place.sentence_start:
                return before
        return None

    def _own_cue(self, tokens: list[Token]) -> bool:
        return any(t.meaning.cue in ("budget", "expenditure", "income", "carryover", "benefit") for t in tokens)

    def _nearest_cue(self, place: _Place) -> str | None:
        """The cue nearest before the quantity; a weak one only where no other stands in the clause."""
        weak = None
        for token in reversed(place.near):
            cue, value = token.meaning.cue, token.meaning.value
            if cue in (
                "budget",
                "expenditure",
                "income",
                "carryover",
                "benefit",
                "standard",
                "top_up",
                "growth",
                "not_level",
            ):
                if (
                    cue == "income"
                    and token.meaning.fund_source
                    and not _ENDS_HERE.fullmatch(self.text[token.end : place.near_start + len(place.near_text)])
                ):
                    continue
                if value == "weak":
                    weak = weak or cue
                    continue
                if cue == "growth" and weak and not place.near_text.endswith(token.meaning.word):
                    return weak
                return cue
        return weak

    def _standard(
        self,
        index: int,
        quantity: Quantity,
        place: _Place,
        reading: Reading,
        per: str | None,
        cue: str | None,
        continued: Reading | None,
    ) -> None:
        lead = self.text[place.sentence_start : quantity.start]
        clause = place.lead_text
        if (
            not (_STANDARD_SENTENCE.search(lead + place.tail_text) or _HELP.search(lead))
            and continued is None
            and self.section.topic.programme is None
            and not self._speaks_of_standards(place)
        ):
            reading.reason = "unit_price"
            return
        if _UNIT_PRICE.search(clause[-12:]) or self._in_waived_fees(place):
            reading.reason = "unit_price"
            return
        subject, sure = self._subject(index, place)
        if (
            re.search(r"补差|人均补助|人均月补助|补助水平", place.near_text)
            and subject.programme not in ("dibao", None)
            and not subject_in(place.near, self.text).is_strong
        ):
            dibao = next((r for r in reversed(self.readings) if r.subject.programme == "dibao" and r.measure), None)
            if dibao is not None and "dibao" in self.about.programmes:
                subject = dibao.subject
        is_top_up = (cue == "top_up" or bool(_TOP_UP.search(place.near_text))) and "标准" not in place.near_text
        if continued is not None and cue is None and continued.measure == "top_up":
            is_top_up = True
        if subject.programme == "dibao" and _CLASSES.search(self.text[place.sentence_start : quantity.start]):
            is_top_up = True
        if per is None:
            per = self._default_period(place, is_top_up, cue, continued)
        elif per == "time" and is_top_up and "月" in place.near_text and "户均" not in place.near_text:
            per = "month"
        before = self.readings[-1] if self.readings else None
        if (
            subject.care is None
            and before is not None
            and before.measure == "beneficiaries"
            and before.subject.care
            and before.subject.programme == subject.programme
            and before.quantity.start >= place.sentence_start
            and not self._is_one_of_a_pair()
        ):
            subject = replace(subject, care=before.subject.care)
        if re.search(r"平均每(?![人户次])|每辆|每台", place.near_text):
            reading.reason = "unit_price"
            return
        if subject.programme == "disability_both" and self._names_both_subsidies(place):
            subject = replace(subject, programme="disability_living")
        reading.measure = "top_up" if is_top_up else "standard"
        reading.per, reading.subject, reading.confidence = per, subject, sure
        reading.variant = variant_before(place.near_text)

    def _is_one_of_a_pair(self) -> bool:
        """集中供养986人、分散供养4,726人，…: what follows speaks of both."""
        last = [r for r in self.readings[-2:] if r.measure == "beneficiaries"]
        return (
            len(last) == 2
            and last[0].subject.care is not None
            and last[0].subject.care != last[1].subject.care
            and self.text[last[0].quantity.end] in "、和"
        )

    def _in_waived_fees(self, place: _Place) -> bool:
        opened = self.text.rfind("(", place.sentence_start, place.near_start + 1)
        inside = opened >= 0 and self.text.find(")", opened, place.near_start) < 0
        closed = self.text.find(")", place.near_start)
        return inside and bool(_WAIVED.search(self.text[place.sentence_start : closed + 1]))

    def _names_both_subsidies(self, place: _Place) -> bool:
        words = {t.meaning.programme for t in self.tokens if t.start <= place.near_start + len(place.near_text)}
        return bool({"disability_living", "disability_nursing"} & words)

    def _default_period(self, place: _Place, is_top_up: bool, cue: str | None, continued: Reading | None) -> str | None:
        if continued is not None and continued.per:
            return continued.per
        near = self.text[place.sentence_start : place.near_start] + place.near_text
        if _ONE_OFF.search(near):
            return "time"
        if _MONTHLY_LATER.search(self.text[place.near_start : place.sentence_end]):
            return "month"
        if _YEARLY.search(near):
            return "year"
        if re.search(r"人均[^，。；]{0,14}(?:经费|公共卫生)", near):
            return "year"
        subject, _ = self._subject(len(self.readings), place)
        return "time" if subject.programme == "temporary_relief" else "month"

    def _funds(
        self,
        index: int,
        quantity: Quantity,
        place: _Place,
        reading: Reading,
        cue: str | None,
        continued: Reading | None,
    ) -> None:
        text, about = self.text, self.about
        token = self._cue_token(place, cue)
        near = subject_in(place.near, text)
        tail = subject_in(place.tail, text)
        clause = subject_in(place.clause, text)
        previous = self._previous(index, place, frozenset({"CNY"}))
        lead = text[place.sentence_start : quantity.start]
        value = token.meaning.value if token is not None else ""
        is_people_context = self._has_people(place)
        if cue is None and _SAME_BEFORE.search(place.near_text) and not place.near:
            # 上年为28.40万元: the same figure, of another year.
            same = previous or next((r for r in reversed(self.readings[-4:]) if r.unit == "CNY" and r.measure in _ACCOUNTS), None)
            if same is not None and same.measure in _ACCOUNTS:
                reading.measure, reading.stage, reading.subject, reading.item = same.measure, same.stage, same.subject, same.item
                reading.confidence = 0.9
                return
        if self._parts_of_a_budget(place) and (
            _LEVEL_OF_MONEY.search(place.near_text)
            or value == "weak"
            and cue == "budget"
            or cue == "carryover"
            and value == "last"
        ):
            measure, stage = self._inherited_fund(previous, place, near, continued)
            reading.fiscal_year = self.section.year or about.fiscal_year
        elif cue is None:
            measure, stage = self._inherited_fund(previous, place, near, continued)
        elif cue == "benefit":
            governed = self._governing_money(place)
            from_above = any(t.meaning.cue == "income" for t in place.sentence) and not any(
                t.meaning.word.endswith("发放") for t in place.near
            )
            if governed is not None:
                measure, stage = governed
            elif value == "weak" and (near.spending_type or near.fund_source):
                measure, stage = self._inherited_fund(previous, place, near, continued)
            elif value == "weak" and about.is_project and self._in_finance():
                measure, stage = "expenditure", "final"
            elif from_above and not any(
                t.meaning.cue == "benefit" and t.meaning.value != "weak" and t.meaning.word != "补助资金"
                for t in place.near
            ):
                measure, stage = "income", "final"
            elif value == "weak" and _FISCAL_SUBSIDY.search(place.near_text):
                measure, stage = "expenditure", "final"
            else:
                measure, stage = "benefit_paid", None
        elif cue == "budget":
            measure, stage = "budget", value if value in ("initial", "revised") else None
            if value == "revised_if_money":
                stage = "revised"
            if stage is None and _FULL_YEAR_BUDGET.search(place.near_text):
                stage = "revised"
            if stage is None and re.search(r"年初", place.lead_text):
                stage = "initial"
            if stage is None and token is not None and token.meaning.word == "总预算" and "批复" in lead:
                stage = "initial"
        elif cue == "expenditure":
            measure, stage = "expenditure", "final"
            if (
                value in ("pay", "")
                and (token is not None and token.meaning.word in ("支付", "已支付", "支出", "拨付"))
                and self._is_help(place, near, previous)
            ):
                measure, stage = "benefit_paid", None
            if (
                value == "pay"
                and measure == "expenditure"
                and not self.section.is_finance
                and any(t.meaning.cue == "benefit" for t in place.near)
            ):
                measure, stage = "benefit_paid", None
            if value == "invest" and (self._is_future(place) or "拟" in lead[-20:]):
                measure, stage = "budget", None
            if (
                about.is_budget_document
                and measure == "expenditure"
                and not _DONE.search(lead)
                and reading.fiscal_year == about.fiscal_year
            ):
                stage = "initial"
        elif cue == "income":
            measure, stage = "income", "initial" if about.is_budget_document else "final"
        elif cue == "carryover":
            measure, stage = "carryover", None
            if value == "last" and reading.fiscal_year is not None and not _EXPLICIT_LAST_YEAR.search(lead):
                reading.fiscal_year -= 1
            elif "上年" in place.near_text and value == "last":
                pass
        else:
            measure, stage = "expenditure", "final"
        if measure == "expenditure" and value == "invest" and re.search(r"社会组织|协会|商会|企业", place.lead_text):
            reading.reason = "not_the_departments"
            return
        if _BOTH_TOTALS.search(place.lead_text):
            measure, stage = "income", "initial" if about.is_budget_document else "final"
        if measure is None:
            reading.reason = "no_cue"
            reading.confidence = 0.3
            return
        if (
            cue in (None, "benefit")
            and _SUM_OF_THEM.search(place.near_text)
            and (paid := [r for r in self.readings[-12:] if r.measure == "benefit_paid"])
        ):
            codes = {r.subject.programme for r in (paid if len(place.near_text) > 4 else paid[-2:])}
            code = codes.pop() if len(codes) == 1 else "social_assistance" if codes <= _ASSISTANCE else None
            if {r.subject.programme for r in paid[-2:]} == {"orphan", "defacto_orphan"}:
                code = "orphan"
            if {"disability_living", "disability_nursing"} == codes:
                code = "disability_both"
            reading.measure, reading.subject, reading.confidence = "benefit_paid", Subject(programme=code), 0.85
            return
        if measure == "benefit_paid":
            subject, sure = self._subject(index, place, use_tail=not place.near)
            if subject.programme in ("disability_living",) and near.lists_both_subsidies:
                subject = replace(subject, programme="disability_both")
            reading.measure, reading.subject, reading.confidence = (
                measure,
                replace(subject, fund_source=None, spending_type=None),
                sure,
            )
            return
        self._account(index, quantity, place, reading, measure, stage, near, tail, clause, previous, is_people_context)

    def _account(
        self, index, quantity, place, reading, measure, stage, near, tail, clause, previous, is_people_context
    ) -> None:
        """Money of the accounts: source, type, programme and named line, from the nearest words or the scope before."""
        text, about = self.text, self.about
        own = near if (near.fund_source or near.spending_type or near.programme is not None) else clause
        fund_source = near.fund_source or clause.fund_source or tail.fund_source
        spending_type = near.spending_type or clause.spending_type
        programme = near.programme if near.programme is not None else clause.programme
        residence = near.residence or clause.residence
        if programme is None and self.section.is_finance and not near.fund_source and not near.spending_type:
            opening = subject_in([t for t in place.sentence if t.end <= self._first_figure(place)], text)
            if opening.programme is not None and opening.is_strong:
                programme, residence = opening.programme, residence or opening.residence
        if fund_source is None and self.section.fund_source and not spending_type:
            whole_section = self.section.fund_source != "general_public_budget" or (
                self.level <= 3 and programme is None
            )
            if whole_section and item_in(place.near_text) is None:
                fund_source = self.section.fund_source
        if (
            programme is None
            and self.section.is_finance
            and self.own_topic.programme is not None
            and not near.fund_source
            and not near.spending_type
        ):
            programme, residence = self.own_topic.programme, residence or self.own_topic.residence
        whole = bool(_WHOLE.search(place.lead_text)) and not near.spending_type and not near.fund_source
        if (
            not whole
            and not own.programme
            and not own.fund_source
            and not own.spending_type
            and self.scope is not NOTHING
        ):
            fund_source = fund_source or self.scope.fund_source
            spending_type = spending_type or self.scope.spending_type
            programme = programme if programme is not None else self.scope.programme
            residence = residence or self.scope.residence
        elif (
            not whole
            and self.scope is not NOTHING
            and place.lead_text.startswith(("含", "其中", "用于", "主要用于"))
            or (self.scope is not NOTHING and self._in_parenthesis(place))
        ):
            fund_source = fund_source or self.scope.fund_source
            spending_type = spending_type or self.scope.spending_type
        elif (
            not whole
            and self.scope.fund_source
            and not fund_source
            and self.scope.fund_source == "government_fund"
            and not spending_type
        ):
            fund_source = self.scope.fund_source
        item = item_in(place.near_text) or item_in(place.lead_text) or item_in(place.tail_text[:8])
        if item is None and not whole and previous is not None and not (own.fund_source or own.spending_type):
            item = previous.item
        if (
            spending_type is None
            and _PROJECT_MONEY.search(text[place.sentence_start : quantity.start])
            and measure in ("budget", "expenditure", "carryover")
        ):
            spending_type = "project"
        if (
            spending_type is None
            and about.kind != "final_account"
            and measure == "budget"
            and _NAMED_LINE.search(place.near_text)
        ):
            spending_type = "project"
        if programme is None and measure in ("budget", "expenditure", "carryover", "income") and place.tail:
            programme = tail.programme if tail.programme and tail.is_strong else None
        if item and item not in ("上级资金", "救助工作经费") and "公益金" not in item and not item.endswith("支出"):
            programme = near.programme
        if programme and re.search(r"按(?:预算|所属|二级)?单位", text[place.sentence_start : place.near_start]):
            programme = None
        if (
            programme in ("disability_living", "disability_nursing")
            and near.programme is None
            and previous is None
            and self._names_both_subsidies(place)
        ):
            both = self._previous_subject(index, place)
            programme = both.subject.programme if both is not None else programme
        if (
            programme in ("disability_living", "disability_nursing")
            and near.programme is None
            and {"disability_living", "disability_nursing"} <= {t.meaning.programme for t in self.tokens}
        ):
            programme = "disability_both"
        if about.is_project and not item:
            if programme is None or programme == "":
                programme = about.project
            if spending_type is None and (self.section.is_finance or measure == "expenditure"):
                spending_type = "project"
            if measure == "carryover":
                spending_type = spending_type if near.spending_type else None
        if programme is None and measure == "expenditure" and not self._in_finance():
            programme = self._work_programme(index, place)
        if programme is None and measure == "budget" and not self._in_finance():
            programme = self._work_programme(index, place)
        if programme is None and about.kind == "standard_notice":
            programme = about.project
        if measure == "carryover" and programme is None and not self._in_finance():
            programme = self._work_programme(index, place)
        subject = Subject(
            programme=programme or None, residence=residence, fund_source=fund_source, spending_type=spending_type
        )
        if fund_source == "fiscal_appropriation" and (
            not self._beside_other_money(place)
            or (measure == "expenditure" and _WHOLE_APPROPRIATION.search(place.lead_text))
        ):
            subject = replace(subject, fund_source=None)
        if (
            reading.fiscal_year
            and about.fiscal_year
            and reading.fiscal_year > about.fiscal_year
            and measure == "expenditure"
        ):
            measure, stage = "budget", None
        reading.measure, reading.stage, reading.subject, reading.item = measure, stage, subject, item
        reading.confidence = 0.95 if place.near else 0.85
        if (
            (measure != "income" or fund_source)
            and not place.near_text.startswith("、")
            and not self._in_parenthesis(place)
        ):
            self.scope = Subject(
                programme=subject.programme,
                residence=subject.residence,
                fund_source=subject.fund_source,
                spending_type=subject.spending_type,
            )

    def _governing_money(self, place: _Place) -> tuple[str, str | None] | None:
        """拟安排…补助资金1.5亿元, 转移支付支出: the verb of the accounts before a word that only names the money."""
        if not place.near or place.near[-1].meaning.word not in _NAMES_OF_MONEY:
            return None
        for token in reversed(place.near[:-1]):
            cue, value = token.meaning.cue, token.meaning.value
            if cue == "budget" and token.meaning.word in ("拟安排", "安排", "计划安排", "拟投入", "计划投入", "年初安排"):
                return "budget", value if value in ("initial", "revised") else None
            if cue == "expenditure" and value == "invest":
                return ("budget", None) if self._is_future(place) else ("expenditure", "final")
            if cue == "benefit":
                return None
        return None

    def _first_figure(self, place: _Place) -> int:
        """Where the first number of the sentence begins that is neither date nor age."""
        for quantity in self.quantities:
            if quantity.start >= place.sentence_start and quantity.reason not in _PASSED_OVER:
                return quantity.start
        return place.sentence_start

    def _work_programme(self, index: int, place: _Place) -> str | None:
        subject, _ = self._subject(index, place)
        return subject.programme or None

    def _beside_other_money(self, place: _Place) -> bool:
        return bool(re.search(r"其他(?:资金|收入)|自有|事业收入|财政专户", self.text))

    def _in_parenthesis(self, place: _Place) -> bool:
        opened = self.text.rfind("(", place.sentence_start, place.near_start + 1)
        return opened >= 0 and self.text.find(")", opened, place.near_start) < 0

    def _in_finance(self) -> bool:
        return self.section.is_finance or self.finance_sentence

    def _is_future(self, place: _Place) -> bool:
        return self.section.is_plan or bool(
            _PLAN.search(self.text[place.sentence_start : place.near_start] + place.near_text)
        )

    def _has_people(self, place: _Place) -> bool:
        return any(
            r.measure == "beneficiaries" and r.quantity.start >= place.sentence_start for r in self.readings[-6:]
        )

    def _is_help(self, place: _Place, near: Subject, previous: Reading | None) -> bool:
        """支出 and 支付 in the accounts of work are help paid out; in the accounts of money they are spending."""
        if near.fund_source or near.spending_type or item_in(place.lead_text):
            return False
        if (self.about.is_project and self.section.is_finance) or "转移支付" in place.lead_text:
            return False
        if _PROJECT_MONEY.search(self.text[place.sentence_start : place.near_start]):
            return False
        if self._has_people(place):
            return True
        if self.finance_sentence and not re.search(r"救助|补贴|津贴|供养|低保", place.lead_text):
            return False
        programme = near.programme if near.programme is not None else subject_in(place.clause, self.text).programme
        if programme is None:
            programme = self.topic.programme
        if self.section.is_finance:
            return False
        return bool(programme) and not self.about.is_project

    def _cue_token(self, place: _Place, cue: str | None) -> Token | None:
        return next((t for t in reversed(place.near) if t.meaning.cue == cue), None) if cue else None

    def _inherited_fund(self, previous: Reading | None, place: _Place, near: Subject, continued: Reading | None):
        """Money without a cue of its own goes on with the measure before it, or is spending where only a type is named."""
        lead = place.lead_text
        rejected = self.readings[-1] if self.readings else None
        if (
            rejected is not None
            and rejected.measure is None
            and rejected.unit == "CNY"
            and rejected.reason in ("not_a_level", "growth", "condition", "price")
            and rejected.quantity.start >= place.sentence_start
            and (lead.startswith("其中") or place.near_text.startswith("、"))
        ):
            return None, None
        if previous is not None and previous.measure == "carryover" and (near.fund_source or near.spending_type):
            previous = None
        if previous is not None and previous.measure in (
            "income",
            "budget",
            "expenditure",
            "carryover",
            "benefit_paid",
        ):
            return previous.measure, previous.stage
        starts_inside = self.text[place.sentence_start : place.sentence_start + 2] == "其中"
        if starts_inside:
            for reading in reversed(self.readings):
                if reading.measure in ("income", "budget", "expenditure", "benefit_paid") or (
                    reading.measure == "carryover" and not (near.fund_source or near.spending_type)
                ):
                    return reading.measure, reading.stage
        if near.fund_source and _OF_INCOME.search(self.text[place.sentence_start : place.near_start]):
            return "income", "initial" if self.about.is_budget_document else "final"
        if near.fund_source or near.spending_type or item_in(lead):
            return (
                ("expenditure", "initial")
                if self.about.is_budget_document and not self._is_past(place)
                else ("expenditure", "final")
            )
        if self._in_finance() and self.section.is_finance:
            return "expenditure", "final"
        if (
            self._has_people(place)
            or _HELP.search(lead)
            or _HELP.search(self.text[place.sentence_start : place.near_start])
        ):
            return "benefit_paid", None
        if near.programme is not None:
            return (
                ("expenditure", "final")
                if self._in_finance() and not re.search(r"资金(?:全年|共|合计|累计)?$|金$", place.near_text)
                else ("benefit_paid", None)
            )
        return None, None

    def _parts_of_a_budget(self, place: _Place) -> bool:
        """其中：中央资金X，…，上年结转Y: sources of a budget, whatever they are called."""
        last = next((r for r in reversed(self.readings[-6:]) if r.measure in ("budget", "expenditure", "income")), None)
        inside = "其中" in self.text[place.sentence_start : place.near_start] + place.near_text
        return inside and last is not None and last.measure == "budget"

    def _is_past(self, place: _Place) -> bool:
        return bool(_DONE.search(place.lead_text))

    # -------------------------------------------------------------- shares, rates and scores

    def _percent(self, index: int, quantity: Quantity, place: _Place, reading: Reading) -> None:
        text = self.text
        after = text[quantity.end : quantity.end + 12]
        continued = self._continues(index, place)
        if continued is not None and continued.unit == "percent" and not _own_name(place.near_text):
            if continued.measure is None:
                reading.reason = continued.reason
                return
            for name in ("measure", "indicator", "subject", "stage", "fiscal_year"):
                setattr(reading, name, getattr(continued, name))
            return
        lead = place.near_text
        if _THRESHOLD.match(after) and _COMPARING.search(lead):
            reading.reason = "condition"
            return
        cue = next((t.meaning.cue for t in reversed(place.near) if t.meaning.cue == "growth"), None)
        reached = _REACHED.search(lead)
        name = rate_name(place.lead_text, text[place.sentence_start : quantity.start])
        measure = rate_measure(lead) or rate_measure(place.lead_text)
        if re.search(r"权重|分值", lead):
            reading.reason = "weight"
            return
        previous = self._previous(index, place, frozenset({"percent"}))
        if measure is None and previous is not None and previous.measure == "execution_rate":
            measure = "execution_rate" if re.search(r"则?为$", lead) else None
        if cue and not reached and measure is None:
            named = name and is_rate_name(name) and cue == "growth" and not _GROWTH_AT_END.search(lead)
            if not named or _GROWTH_NAME.search(name or ""):
                reading.reason = "growth"
                return
        if measure is None and reached and previous is not None and _RAISED.search(lead):
            measure, name = (
                ("indicator" if previous.measure.startswith("indicator") else previous.measure),
                previous.indicator,
            )
        target_word = _TARGET_VALUE.search(text[max(place.sentence_start, quantity.start - 12) : quantity.start])
        if measure is None and target_word and previous is not None:
            measure, name = "indicator", previous.indicator
        if (
            measure is None
            and previous is not None
            and previous.measure == "indicator_target"
            and _ATTAINED.search(lead)
        ):
            reading.measure, reading.indicator, reading.subject = (
                "indicator_actual",
                previous.indicator,
                previous.subject,
            )
            return
        if measure is None and previous is not None and re.match(r"(?:以上|以内|左右)?的?(?:目标|指标)", after):
            measure, name = "indicator", previous.indicator
        if measure is None and previous is not None and _SAME_BEFORE.search(lead):
            for key in ("measure", "indicator", "subject", "stage"):
                setattr(reading, key, getattr(previous, key))
            if reading.measure == "indicator_target":
                reading.measure = "indicator_actual"
            return
        task = _TASK.search(text[place.sentence_start : quantity.start])
        if measure is None and task:
            measure, name = "indicator", task.group(1) or task.group(2)
        if measure is None and name is None:
            name = self._name_after(quantity, place)
            if name:
                measure = "indicator"
        if measure is None and name and is_rate_name(name):
            measure = "indicator"
        if (
            measure is None
            and previous is not None
            and previous.measure == "execution_rate"
            and re.search(r"(?:为|达|是|仅)$", lead)
        ):
            measure = "execution_rate"
        if measure is None and _OF_A_BUDGET.search(text[place.sentence_start : quantity.start]):
            measure = "execution_rate"
        if measure is None and previous is not None and previous.indicator and not target_word and _ONLY_WHERE.fullmatch(lead):
            reading.measure, reading.indicator = previous.measure, previous.indicator
            reading.subject = replace(previous.subject, residence=subject_in(place.near, text).residence or previous.subject.residence)
            return
        if measure is None and _AT_A_DATE.search(place.lead_text) and _PROGRESS_WORDS.search(text):
            measure = "execution_rate"
        if measure is None and _PROGRESS.search(text[place.sentence_start : quantity.start]):
            measure = "execution_rate"
        if measure is None:
            reading.reason = "share_without_a_name"
            return
        if measure == "indicator" and _SHARE_OF_BUDGET.search(text[place.sentence_start : quantity.start]):
            measure = "execution_rate"
        goal = self._is_goal(quantity, place, reading, bool(target_word)) and not (task and measure == "indicator")
        subject = self._rate_subject(index, place, measure, name)
        if measure == "indicator" or goal:
            reading.measure = "indicator_target" if goal else "indicator_actual"
            reading.indicator = name or (previous.indicator if previous else None)
            if goal and previous is not None and target_word and previous.indicator:
                reading.indicator, subject = previous.indicator, previous.subject
        else:
            reading.measure = measure
            reading.stage = "final" if measure == "execution_rate" else None
            if measure == "carryover_rate":
                subject = NOTHING
        reading.subject = subject
        reading.confidence = 0.95 if measure != "indicator" or is_rate_name(name or "") else 0.8

    def _name_after(self, quantity: Quantity, place: _Place) -> str | None:
        """100%村和社区…: the words after a percentage name it where they are the things it counts."""
        tail = self.text[quantity.end : place.tail_end]
        following = self.text[quantity.end : min(place.sentence_end, quantity.end + 40)].split("，")[0]
        if re.match(r"(?:的)?(?:全覆盖|覆盖)", tail):
            before = re.split(r"[，。；:]", place.lead_text)[-1]
            return (re.sub(r"^(?:实现了?|落实|严格落实|完成)", "", before) + tail.removeprefix("的"))[:40] or None
        if (
            re.match(r"[\u4e00-\u9fff]{2,}", tail)
            and not re.match(
                r"(?:的|以上|以内|左右|比例|标准|执行|承担|给予|计算|分担|确定|核定|测算|下|上|于|时|拨付|预付|质保|以下|及|和|或|幅度)",
                tail,
            )
            and not _COMPARING.search(place.near_text)
            and len(place.near_text) <= 14
        ):
            return following[:40]
        return None

    def _rate_subject(self, index: int, place: _Place, measure: str, name: str | None) -> Subject:
        text = self.text
        near = subject_in(place.near, text, indicator=True)
        clause = subject_in(place.clause, text, indicator=True)
        if near.programme is None and clause.programme is not None:
            near = near.merged(clause)
        previous = self._previous(index, place)
        subject = near
        if measure in ("execution_rate", "carryover_rate"):
            scope = self.scope
            source = (
                previous
                if previous is not None
                and previous.measure in ("income", "budget", "expenditure", "carryover", "execution_rate")
                else None
            )
            fund_source, spending_type = (
                near.fund_source or clause.fund_source,
                near.spending_type or clause.spending_type,
            )
            programme = near.programme
            if source is not None and not (fund_source or spending_type):
                fund_source, spending_type = source.subject.fund_source, source.subject.spending_type
                programme = programme if programme is not None else source.subject.programme
            elif source is None and scope is not NOTHING and not _WHOLE.search(place.lead_text):
                programme = programme if programme is not None else scope.programme
            if programme is None and self.about.is_project:
                programme, spending_type = self.about.project, spending_type or "project"
            if spending_type is None and _PROJECT_MONEY.search(
                text[place.sentence_start : place.near_start] + place.near_text
            ):
                spending_type = "project"
            residence = source.subject.residence if source is not None else None
            return Subject(
                programme=programme or None, residence=residence, fund_source=fund_source, spending_type=spending_type
            )
        if name is not None and _DEPARTMENT_RATE.match(name):
            return replace(subject, programme=subject.programme if near.is_strong else None)
        if name is not None and "满意度" in name:
            return subject
        if subject.programme is None and previous is not None and previous.quantity.start >= place.sentence_start:
            subject = subject.merged(
                Subject(
                    programme=previous.subject.programme,
                    residence=previous.subject.residence if not near.residence_said else near.residence,
                    fund_source=previous.subject.fund_source,
                    spending_type=previous.subject.spending_type,
                )
            )
        if subject.programme is None:
            codes = {
                t.meaning.programme or t.meaning.facility
                for t in place.sentence
                if (t.meaning.programme or t.meaning.facility) and t.meaning.strength not in ("heading", "neutral")
            }
            if len(codes) == 1:
                subject = subject.merged(subject_in(place.sentence, text, indicator=True))
        if subject.programme is None and subject.is_empty and self.section.topic.programme and not self._in_finance():
            subject = subject.merged(replace(self.section.topic, residence=None))
        if subject.programme is None and self.about.is_project and self._in_finance():
            subject = replace(subject, programme=self.about.project, spending_type=subject.spending_type or "project")
        return subject

    def _is_goal(self, quantity: Quantity, place: _Place, reading: Reading, target_word: bool) -> bool:
        text = self.text
        after = text[quantity.end : quantity.end + 10]
        if target_word or re.match(r"(?:以上|以内|左右)?的?(?:目标|指标)(?!的?\d|完成)", after):
            return not re.match(r"的?工作目标", after)
        if self.section.is_plan and not _DONE.search(place.lead_text) and not self.reports_what_was_done:
            return True
        if reading.fiscal_year and self.about.fiscal_year and reading.fiscal_year > self.about.fiscal_year:
            return True
        lead = text[place.sentence_start : quantity.start]
        if _PLAN.search(lead[-50:]) and not _DONE.search(place.lead_text) and not place.lead_text.startswith("完成"):
            return True
        if (
            self.about.is_budget_document
            and reading.fiscal_year == self.about.fiscal_year
            and not self.reports_what_was_done
        ):
            return not _DONE.search(lead)
        return bool(re.search(r"(?:不低于|不少于|不超过|不高于)$|控制在$", place.near_text)) and not re.search(
            r"均|实际", place.lead_text
        )

    def _score(self, quantity: Quantity, place: _Place, reading: Reading) -> None:
        lead = place.lead_text
        before = next((r for r in reversed(self.readings[-3:]) if r.measure == "score"), None)
        if before is not None and _SAME_BEFORE.search(place.near_text):
            reading.measure, reading.unit, reading.subject = "score", "point", before.subject
            return
        if text_after_is_condition(self.text, quantity):
            reading.reason = "condition"
            return
        if quantity.value == 100 and re.search(r"总分|满分|合计$", lead):
            reading.reason = "full_marks"
            return
        if not _SCORE.search(lead) or _SUB_SCORE.search(lead) or not 30 <= quantity.value <= 110:
            reading.reason = "sub_score"
            return
        reading.measure, reading.unit = "score", "point"
        reading.subject = Subject(programme=self.about.project if self.about.is_project else None)

    # -------------------------------------------------------------- people, facilities, beds, cases

    def _people(self, index: int, quantity: Quantity, place: _Place, reading: Reading) -> None:
        text = self.text
        if quantity.word == "次" and not _HELP_TIMES.search(place.near_text):
            reading.reason = "other_unit"
            return
        if quantity.value != int(quantity.value):
            reading.reason = "average"
            return
        continued = self._continues(index, place)
        if _BACKGROUND.search(place.lead_text) and not _BENEFIT_WORDS.search(
            text[place.sentence_start : quantity.start]
        ):
            reading.reason = "background"
            return
        if re.search(r"人均|平均|每名|每个", place.near_text):
            reading.reason = "average"
            return
        if re.search(
            r"批次|公务接待|考察", text[place.clause_start - 12 if place.clause_start > 12 else 0 : quantity.start]
        ):
            reading.reason = "visitors"
            return
        cue = self._people_cue(place)
        if cue is not None:
            reading.reason = cue
            return
        if quantity.unit == "household" and re.search(
            r"企业|商户|经营主体|市场主体|个体工商", place.near_text[-8:] + place.tail_text[:8]
        ):
            reading.reason = "enterprises"
            return
        if _DIFFERENCE.search(place.near_text):
            reading.reason = "growth"
            return
        if (
            continued is not None
            and continued.measure is None
            and continued.reason in ("staff", "survey", "growth", "background", "not_a_level")
            and not place.near
        ):
            reading.reason = continued.reason
            return
        if (
            _LESS_THAN.search(place.near_text[-3:])
            or text[quantity.end : quantity.end + 2] in ("以上", "以下")
            and "大班" in text[place.sentence_start : place.sentence_end]
        ):
            reading.reason = "condition"
            return
        subject, sure = self._subject(index, place)
        if subject.programme is None and not _HELP.search(text[place.sentence_start : place.tail_end + 6]):
            reading.reason = "no_programme"
            return
        if subject.programme in _NOT_OF_PEOPLE and not _REACHES_PEOPLE.search(place.near_text):
            reading.reason = "no_programme"
            return
        tail = subject_in(place.tail, text)
        care = subject.care or (tail.care if place.tail_text and not place.tail_text.startswith("、") else None)
        previous = self._previous(index, place, PEOPLE_UNITS)
        if (
            previous is not None and subject.programme in _ASSISTANCE and previous.subject.programme not in _ASSISTANCE
            and previous.unit == reading.unit and previous.value and reading.value <= previous.value
            and ("其中" in place.lead_text or (continued is not None or place.near_text.startswith("、")) and "其中" in text[place.sentence_start : place.near_start])
        ):
            # 适老化改造1,650户，其中特困702户: parts of those reached, whatever else they receive.
            subject, care = previous.subject, previous.subject.care
        residence = subject.residence
        if residence is None and not subject.residence_said and tail.residence and not subject.programme:
            residence = tail.residence
        if subject.programme == "tekun_nursing" and not re.search(r"护理|照料|照护", place.lead_text + place.tail_text):
            subject = replace(subject, programme="tekun")
        reading.measure = "beneficiaries"
        reading.subject = Subject(programme=subject.programme or None, residence=residence, care=care)
        reading.confidence = sure if subject.programme else 0.75

    def _people_cue(self, place: _Place) -> str | None:
        """Why people are none: staff, samples, background populations, people who left."""
        for token in place.near:
            if (
                token.meaning.cue in ("leave", "not_level")
                and len(self.text[token.end : place.near_start + len(place.near_text)]) <= 10
            ):
                return "not_a_level"
        for token in reversed(place.near):
            cue = token.meaning.cue
            if cue == "staff" and _TO_STAFF.search(place.near_text):
                break
            if cue in ("staff", "survey", "background"):
                return cue
            if cue == "leave" or cue == "not_level":
                return "not_a_level"
            if cue == "growth":
                return (
                    "growth"
                    if not _REACHED.search(place.near_text) and _DIFFERENCE_WORDS.search(place.near_text)
                    else None
                )
            if token.meaning.programme:
                break
        for token in place.tail[:2]:
            if (
                (token.meaning.cue in ("staff", "background") or token.meaning.cue == "survey")
                and token.start - (place.tail_end - len(place.tail_text)) <= 8
            ):
                return token.meaning.cue
        if any(t.meaning.cue == "survey" for t in place.clause) or (
            "走访" in place.lead_text
            and any(
                t.meaning.cue == "survey"
                for t in self.tokens
                if place.sentence_start <= t.start < place.sentence_end
                and t.meaning.word in ("抽取", "问卷", "抽查", "实地核查", "现场核查")
            )
        ):
            return "survey"
        before = self.readings[-1] if self.readings else None
        if (
            before is not None
            and before.reason == "staff"
            and before.quantity.start >= place.sentence_start
            and not any(
                t.meaning.programme and t.meaning.strength == "strong" and t.meaning.facility is None
                for t in place.near
            )
            and not _HELP.search(place.near_text)
        ):
            return "staff"
        continued = self._continues(self.quantities.index(self.readings[-1].quantity) + 1 if self.readings else 0, place) if not place.near else None
        if not place.near and not (continued is not None and continued.measure):
            for token in reversed(place.clause):
                if token.meaning.cue in ("staff", "survey", "background"):
                    return token.meaning.cue
                if token.meaning.cue in ("leave", "not_level"):
                    return "not_a_level"
                if token.meaning.programme or token.meaning.cue == "benefit":
                    break
        return None

    def _facility(self, index: int, quantity: Quantity, place: _Place, reading: Reading) -> None:
        text = self.text
        if any(t.meaning.cue in ("survey", "leave", "not_level") for t in place.near) or _COMPARED_DIFFERENCE.search(
            place.near_text
        ):
            reading.reason = "survey" if any(t.meaning.cue == "survey" for t in place.near) else "not_a_level"
            return
        if "原因" in place.lead_text:
            reading.reason = "reason_given"
            return
        noun = None
        tail = place.tail_text
        continued = self._continues(index, place)
        attached = re.match(r"[\u4e00-\u9fff“(]", tail) is not None
        tail_nouns = [
            t for t in place.tail
            if t.meaning.facility is not None and not _BUILDING.search(text[quantity.end : t.start]) and t.start - quantity.end <= 24
        ]
        near_nouns = [t for t in place.near if t.meaning.facility is not None]
        gap = text[near_nouns[-1].end : quantity.start] if near_nouns else ""
        adjacent = bool(near_nouns) and len(gap) <= 8 and not re.search(r"[的、，“等]|服务|实现", gap)
        if adjacent and not (attached and _INSTITUTION_WORDS.match(tail)):
            noun = near_nouns[-1]
        elif attached and tail_nouns:
            noun = _head_noun(tail_nouns, text)
        if noun is None and continued is not None and continued.measure == "facilities" and not attached:
            reading.measure, reading.subject, reading.confidence, reading.item = (
                "facilities",
                continued.subject,
                0.9,
                continued.item,
            )
            return
        if noun is None:
            previous = self._previous(index, place, frozenset({"facility"}))
            if (
                not attached
                and previous is not None
                and previous.quantity.word == quantity.word
                and _MORE_OF_SAME.search(place.near_text)
            ):
                reading.measure = "facilities"
                reading.subject, reading.confidence, reading.item = previous.subject, 0.85, previous.item
                return
            reading.reason = "no_facility"
            return
        programme = noun.meaning.facility
        subject = subject_in(
            [t for t in (place.near if noun in near_nouns else place.tail) if t.end <= noun.end], text, last=True
        )
        if not programme and subject.programme:
            programme = (
                subject.programme
                if noun.meaning.word in ("服务站", "服务中心", "服务点", "服务站点", "服务设施", "工作站", "机构")
                else ""
            )
        reading.measure = "facilities"
        reading.subject = Subject(programme=programme or None, residence=subject.residence)
        reading.item = noun.meaning.word
        reading.confidence = 0.93

    def _beds(self, index: int, quantity: Quantity, place: _Place, reading: Reading) -> None:
        text = self.text
        around = place.near_text + place.tail_text
        previous = self._previous(index, place, frozenset({"bed"}))
        if "床" not in around and not (
            previous is not None and (not place.tail_text) and not re.search(r"照片|海报|证|卡", around)
        ):
            if not (previous is not None and text[quantity.end : quantity.end + 1] in ")的，。、；"):
                reading.reason = "no_beds"
                return
        if _COMPARED_DIFFERENCE.search(place.near_text):
            reading.reason = "growth"
            return
        reading.measure, reading.unit = "beds", "bed"
        residence = subject_in(place.near, text).residence
        programme = "elder_care" if "elder_care" in self.about.programmes else None
        reading.subject = Subject(programme=programme, residence=residence)

    def _cases(self, index: int, quantity: Quantity, place: _Place, reading: Reading) -> None:
        if _DIFFERENCE.search(place.near_text):
            reading.reason = "growth"
            return
        text, unit = self.text, quantity.unit
        previous = self._previous(index, place)
        near = subject_in(place.near, text)
        clause = subject_in(place.clause, text)
        sentence = subject_in(place.sentence, text)
        tail = subject_in(place.tail, text)
        programme = next((s.programme for s in (near, tail, clause) if s.programme), None)
        if near.programme == "":
            programme = ""
        if programme is None and previous is not None:
            programme = previous.subject.programme
        if programme is None:
            programme = sentence.programme or self.own_topic.programme or self.topic.programme
        if unit == "couple":
            if programme == "marriage" or re.search(r"婚", text[place.sentence_start : quantity.start]):
                reading.measure, reading.subject = "cases", Subject(programme="marriage")
            else:
                reading.reason = "no_case"
            return
        if unit == "body":
            reading.measure, reading.subject = "cases", Subject(programme="funeral")
            return
        lead = text[place.sentence_start : quantity.start]
        if (
            _NO_CASE.search(place.near_text + place.tail_text[:6])
            or not _CASE.search(place.lead_text + place.tail_text)
            and not (previous is not None and previous.measure == "cases" and not _NO_CASE.search(place.lead_text))
        ):
            reading.reason = "no_case"
            return
        if programme not in (
            "marriage",
            "funeral",
            "social_organisations",
            None,
            "",
            "temporary_relief",
            "charity",
            "vagrant_relief",
        ):
            programme = (
                sentence.programme
                if sentence.programme in ("marriage", "funeral", "social_organisations")
                else programme
            )
        if programme not in ("marriage", "funeral", "social_organisations") and not re.search(
            r"收养|登记|颁发|发证", lead
        ):
            reading.reason = "no_case"
            return
        reading.measure, reading.subject = "cases", Subject(programme=programme or None)
        reading.confidence = 0.9

    # -------------------------------------------------------------- what needs more than one quantity

    def _bind_lists(self) -> None:
        """分别为: quantities in a list take the names in the list before them, or the names of the list before that."""
        readings, text = self.readings, self.text
        index = 0
        last_group: list[Reading] = []
        while index < len(readings):
            group = [readings[index]]
            while index + len(group) < len(readings):
                left, right = group[-1], readings[index + len(group)]
                gap = text[left.quantity.end : right.quantity.start]
                if (
                    left.unit == right.unit
                    and left.measure == right.measure
                    and left.measure
                    and gap
                    and _LIST_GAP.fullmatch(gap)
                    and gap not in ("-", "至", "到")
                ):
                    group.append(right)
                else:
                    break
            if len(group) > 1:
                self._bind_group(group, last_group)
                last_group = group
            elif group[0].measure:
                last_group = [*last_group[-5:], group[0]] if last_group and not _is_bound(last_group) else [group[0]]
            index += len(group)

    def _bind_group(self, group: list[Reading], last_group: list[Reading]) -> None:
        first = group[0].quantity
        sentence_start = _after_last(self.sentence_marks, first.start)
        clause_start = _after_last(self.clause_marks, first.start)
        previous_end = max((r.quantity.end for r in self.readings if r.quantity.end <= first.start), default=0)
        tokens = [t for t in self.tokens if t.start >= max(clause_start, previous_end) and t.end <= first.start]
        items = items_of_list(tokens, self.text, len(group))
        if items is None and "分别" in self.text[max(clause_start, previous_end) : first.start]:
            before = [t for t in self.tokens if sentence_start <= t.start and t.end <= first.start]
            items = items_of_list(before, self.text, len(group))
        if items is None:
            near = self.text[max(clause_start, previous_end) : first.start]
            if "分别" not in near and "依次" not in near and near.strip("，、") and not _PAID_OUT.fullmatch(near):
                return
            last = next((r for r in reversed(self.readings) if r.measure and r.quantity.end <= first.start), None)
            if last is None or any(
                t.meaning.programme and t.meaning.strength == "strong"
                for t in self.tokens
                if last.quantity.end <= t.start < first.start
            ):
                return
            previous = [r for r in self.readings if r.measure and sentence_start <= r.quantity.start < first.start]
            items = _subjects_to_repeat(previous, len(group))
            if items is None:
                before = [r for r in self.readings if r.measure and r.quantity.start < first.start]
                items = _subjects_to_repeat(before, len(group))
            if items is None:
                return
            for reading, subject in zip(group, items, strict=True):
                reading.subject = replace(
                    reading.subject,
                    programme=subject.programme if subject.programme is not None else reading.subject.programme,
                    residence=subject.residence, care=subject.care,
                )  # fmt: skip
            return
        for reading, subject in zip(group, items, strict=True):
            merged = reading.subject
            if subject.programme is not None:
                merged = replace(merged, programme=subject.programme or None)
            if subject.residence_said:
                merged = replace(merged, residence=subject.residence)
            if subject.care is not None and reading.measure in ("beneficiaries", "benefit_paid", "standard", "top_up"):
                merged = replace(merged, care=subject.care)
            if subject.spending_type:
                merged = replace(merged, spending_type=subject.spending_type)
            if subject.fund_source:
                merged = replace(merged, fund_source=subject.fund_source)
            reading.subject = merged

    def _pair_old_and_new(self) -> None:
        """由X提高到Y: X is of the year before; 原标准X too; 去年同期为X too."""
        readings = self.readings
        for index, reading in enumerate(readings):
            if reading.measure is None or reading.fiscal_year is None:
                continue
            lead = self.text[max(0, reading.quantity.start - 12) : reading.quantity.start]
            if re.search(r"(?:^|[(，、])原(?:来的?|标准|定额)?[为是]?$", lead) and reading.measure in (
                "standard",
                "top_up",
            ):
                reading.fiscal_year -= 1
                continue
            if index + 1 >= len(readings):
                continue
            stop = index
            while stop + 1 < len(readings) and _LIST_GAP.fullmatch(
                self.text[readings[stop].quantity.end : readings[stop + 1].quantity.start] or "x"
            ):
                stop += 1
            if stop + 1 >= len(readings):
                continue
            gap = self.text[readings[stop].quantity.end : readings[stop + 1].quantity.start]
            if not _RAISED_GAP.fullmatch(gap) or readings[stop + 1].unit != reading.unit:
                continue
            start = max(_after_last(self.sentence_marks, reading.quantity.start), reading.quantity.start - 30)
            if re.search(r"[由从]", self.text[start : reading.quantity.start]):
                new = readings[stop + 1]
                reading.fiscal_year = (new.fiscal_year or reading.fiscal_year) - 1
                if new.measure is None:
                    new.measure, new.subject, new.per, new.indicator, new.reason = (
                        reading.measure,
                        reading.subject,
                        reading.per,
                        reading.indicator,
                        None,
                    )


def _own_topic(text: str, tokens: list[Token]) -> Subject:
    """What the paragraph's own opening words name: 1.最低生活保障。… and （二）高龄津贴。…"""
    stop = re.search(r"[。:]", text[:80])
    if not stop or not heading(text)[0] or re.search(r"[，；\d]", text[heading(text)[1] : stop.start()]):
        return NOTHING
    words = [t for t in tokens if t.end <= stop.start()]
    distinct = {t.meaning.programme for t in words if t.meaning.programme}
    if "(类)" in text[: stop.start()]:
        return subject_in(words[-3:], text)
    return subject_in(words, text, heading=True) if len(distinct) == 1 else NOTHING


class _Slice:
    """A view of a list from a position, without copying it."""

    def __init__(self, items: list, start: int) -> None:
        self.items, self.start = items, start

    def __iter__(self):
        for index in range(self.start, len(self.items)):
            yield self.items[index]


def _after_last(marks: list[int], position: int) -> int:
    from bisect import bisect_left

    index = bisect_left(marks, position)
    return marks[index - 1] + 1 if index else 0


def _first_from(marks: list[int], position: int, default: int) -> int:
    from bisect import bisect_left

    index = bisect_left(marks, position)
    return marks[index] if index < len(marks) else default


def _year_of(word: str, base: int, current: int) -> int:
    if word[0].isdigit():
        return int(word[:4])
    if "十四五" in word or "十五五" in word:
        return 2025 if "十四五" in word else 2030
    if word in ("上年", "去年", "上一年"):
        return base - 1
    if word == "前年":
        return base - 2
    return base if word == "今年" else current


def text_after_is_condition(text: str, quantity: Quantity) -> bool:
    """80分以上的机构: a threshold."""
    return text[quantity.end : quantity.end + 4].startswith(("以上", "以下", "及以上"))


def _is_bound(group: list[Reading]) -> bool:
    return len(group) > 1


def _subjects_to_repeat(readings: list[Reading], count: int) -> list[Subject] | None:
    """The subjects of the last `count` figures of one unit, where they differ from one another."""
    for end in range(len(readings), count - 1, -1):
        last = readings[end - count : end]
        if (
            len({r.unit for r in last}) == 1
            and len({(r.subject.programme, r.subject.residence, r.subject.care) for r in last}) == count
        ):
            return [r.subject for r in last]
    # 5218户7436人、13906户22871人: every second figure.
    for unit in ("person", "household"):
        last = [r for r in readings if r.unit == unit][-count:]
        if (
            len(last) == count
            and len({(r.subject.programme, r.subject.residence, r.subject.care) for r in last}) == count
        ):
            return [r.subject for r in last]
    return None


def _head_noun(nouns: list[Token], text: str) -> Token:
    """The noun that a number counts: the last of those that stand together right after it."""
    head = nouns[0]
    for noun in nouns[1:]:
        if noun.start - head.end <= 3 and not _JOINER.search(text[head.end : noun.start]):
            head = noun
        else:
            break
    return head


def _own_name(text: str) -> bool:
    return bool(re.search(r"率|度|比例|占比|比重|面|进度", text))


# ------------------------------------------------------------------ grammar

_PERIOD_BEFORE = (
    (
        re.compile(
            r"(?:每人每月|每月每人|每生每月|每床每月|每户每月|每月|人均月|月人均|月标准|月补贴|月均|月补助)[^，。；、\d]{0,14}$"
        ),
        "month",
    ),
    (
        re.compile(
            r"(?:每人每年|年均|年人均|人均年|每年每人|每生每年|每床每年|每户每年|每学年|每年|每人每学年|每年度|年度累计)[^，。；、\d]{0,14}$"
        ),
        "year",
    ),
    (re.compile(r"(?:每人每天|每生每天|每天|每日|每人每日)[^，。；、\d]{0,8}$"), "day"),
    (
        re.compile(
            r"(?:每人每次|每次|每人次|户均|每户|每张|每具|每例|每人|每餐|每对|每床|每个|每家|每所|每村|每名|每件|每位|单次|次均|一次性)[^，。；、\d]{0,12}$"
        ),
        "time",
    ),
)


def per_before(near: str) -> str | None:
    """The period that the words right before an amount of money give it."""
    for pattern, period in _PERIOD_BEFORE:
        match = pattern.search(near)
        if match and not (period == "time" and re.search(r"月|年", match.group()[2:])):
            return period
    return None


_QUALIFIERS = (
    (re.compile(r"(?:≥|>=|不低于|不少于|至少|不得低于|最低|大于等于|不小于)$"), "at_least"),
    (re.compile(r"(?:≤|<=|不超过|不高于|最高不超过|不得超过|不大于|控制在|最高|以内|小于等于)$"), "at_most"),
    (re.compile(r"(?:超过|突破|超|逾|达到近|>)$"), "over"),
    (re.compile(r"(?:近|接近|将近|<)$"), "under"),
    (re.compile(r"(?:约|大约|约为|左右|大概|预计约)$"), "about"),
)


def qualifier_of(text: str, quantity: Quantity) -> str:
    """How exact a figure is said to be, from the words right before and after it."""
    if quantity.more:
        return "over"
    after = text[quantity.end : quantity.end + 4]
    if after.startswith(("以上", "及以上", "起")):
        return "at_least"
    if after.startswith(("以内", "以下", "之内")):
        return "at_most"
    if after.startswith("左右"):
        return "about"
    before = text[max(0, quantity.start - 8) : quantity.start]
    for pattern, name in _QUALIFIERS:
        if pattern.search(before):
            return name
    return "exact"


_VARIANT = re.compile(
    r"(?:\d{2,3}(?:-\d{2,3})?周?岁(?:以上|及以上)?|[一二三四](?:、[一二三四])*级|[一二三四A-D](?:、[一二三四A-D])*类|全自理|半自理|半护理|全护理|失能|半失能|百岁)"
)


def variant_before(near: str) -> str | None:
    """The grade, band or class that a standard applies to: the last one named before the amount."""
    found = _VARIANT.findall(near)
    return found[-1] if found else None


from ingest.figures.items import item_in  # noqa: E402

_FINANCE = re.compile(
    r"预算|决算|财政拨款|基本支出|项目支出|资金支出|收入|结转|结余|三公|采购|公用经费|人员经费|政府性基金|执行数|资金来源|专项资金"
)
_PLACEHOLDER = re.compile(r"XX|××|\*\*|xx")
_CONDITION = re.compile(
    r"(?:及)?以上(?:的|支出|资金|项目|设备|通用|专用|大额|重大|\)|的?[\u4e00-\u9fff]{0,4}(?:项目|支出|设备|资产)|补贴须|资金须)|以下(?:的|支出|项目)|的(?:专项资金进行|限额)"
)
_PRICE = re.compile(r"价格|票价|收费|单价|售价|租金(?!补贴)|门票|套餐|成本价")
_HELP = re.compile(
    r"救助|走访|慰问|惠及|资助|帮扶|帮助|排查|纳入|保障|发放|服务|受益|享受|减免|免除|免费|补助|补贴|关爱|探访|安置|接待|参保|就诊|就业|援助|扶助|救治|收住|入住|供养|养育|奖励|评估|核查|比对|核对|就读|参加|培养|接种|筛查|体检|签约|优抚|登记在册|建档|在册|覆盖|助学|奖补|贴息|免学费|营养餐"
)
_REACHED = re.compile(
    r"(?:提高|调整|提升|增加|上调|调增|调升|增长|上升|扩大|降低|下降|减少|压减|压降|控制|降|提|调)(?:标)?(?:到|至|为|在)[^，。；\d]{0,10}$|(?:达到|达|增至|提至|降至|升至|突破)[^，。；\d]{0,8}$"
)
_RAISED = re.compile(
    r"(?:提高|调整|提升|增加|上调|调增|调升|增长|上升|扩大|提标|降低|下降|调|提|升|增)(?:到|至|为)[^，。；\d]{0,10}$"
)
_RAISED_GAP = re.compile(
    r"[^，。；\d]{0,6}(?:提高|调整|提升|增加|上调|调增|调升|增长|上升|扩大|提标|降低|下降|压减|缩短|压缩|调|提|升|增|降)(?:到|至|为)(?:了)?(?:每人每月|每人每年|每月|每年)?"
)
_DIFFERENCE = re.compile(
    r"(?:提高了?|增加了?|减少了?|增长了?|下降了?|降低了?|(?<!大)多|(?<![至不])少|节约|节省|结省|节支|减支|净增|净减少?|压减|上浮|下浮|相差|高出|低了?)$|比[^，。；]{1,16}(?:增加|减少|提高|下降|增长|多|少|扩大)[^，。；]{0,4}$|较[^，。；]{1,16}(?:增加|减少|提高|下降|增长|多|少|扩大)[^，。；]{0,4}$"
)
_COMPARED_DIFFERENCE = re.compile(
    r"(?:比|较)[^，。；]{1,16}(?:增加|减少|提高|下降|增长|多|少|扩大)[^，。；]{0,4}$|净增$|净减少?$"
)
_DIFFERENCE_WORDS = re.compile(r"比|较|同比|净|了$")
_STANDARD_SENTENCE = re.compile(
    r"标准|补贴|补助|发放|津贴|低保|供养|资助|奖励|救助|生活费|养育|护理|慰问|祝寿|敬老|尊老|经费|定额|奖补|伙食|补差|助学"
)
_ENDS_HERE = re.compile(r"(?:合计|总计|决算数?|预算数?)?[为是]?(?:约|近)?")
_NAMES_OF_MONEY = frozenset({"补助资金", "补贴资金", "救助资金", "补助", "补贴", "奖补"})
_OF_INCOME = re.compile(r"收入(?:中|包括|构成|来源|按)")
_ACCOUNTS = frozenset({"income", "budget", "expenditure", "carryover"})
_BOTH_TOTALS = re.compile(r"收入?、支(?:出)?(?:决算)?(?:总计|合计|总额)|收入(?:总计)?(?:和|与|、)支出总计")
_NAMED_LINE = re.compile(r"(?:专项|工程|建设|改造|运维|购置|配套|补助资金|专项经费)(?:全年|年初|调整后?)?预算")
_LEVEL_OF_MONEY = re.compile(
    r"(?:中央|省|市|县|区|州|旗|盟|本级|上级|自治区|县区)[级本财政]*(?:彩票公益金)?(?:补助|资金|配套|专项|拨款|安排)?(?:资金)?$"
)
_SUM_OF_THEM = re.compile(r"(?:(?:[两三四五]类|[两三四五]项|上述|以上)[^，。；]{0,6}(?:合计|共计|共|总计)|^[，；]?合计)(?:约|近)?$")
_PAID_OUT = re.compile(r"[，；]?(?:当年|全年|累计|共|年内|本年)*(?:分别)?(?:发放|支付|支出|拨付)(?:资金|补贴|补助)?$")
_MULTIPLE_OF = re.compile(
    r"(?:不低于|不超过|高于|低于|相当于|参照|按照?|给予)[^，。；\d]{0,16}(?:标准|水平|支出)[^，。；\d]{0,4}\d[\d.]*(?:[至\-]\d+)?(?:倍|%)"
)
_SHORT_PARENTHESIS = re.compile(r"\([^()\d，。；:]{1,8}\)")
_ABOUT_DOCUMENT = re.compile(r"度?(?:部门)?(?:预算|决算|预决算)(?:信息|公开|于|和|、|的|表|草案)")
_ALREADY = re.compile(r"月(?:底|份|末)?(?:已|累计|共)")
_REPORTED = re.compile(r"已(?!有)|截至|截止|累计发放|共发放|完成了|实现了|共排查|圆满完成")
_GROWTH_NAME = re.compile(r"节约|下浮|增长|下降|上浮|上升|同比|增幅|幅度|降幅|涨幅|提高")
_TASK = re.compile(
    r"((?:完成|占|为)[^，。；()\d]{0,10}(?:任务|目标|计划|测算)数?)(?:\([^()]*\)|[\d,.万亿]*[\u4e00-\u9fff]{0,3})?的$|(完成[^，。；()\d]{0,10}(?:任务|目标)数?)$"
)
_OF_A_BUDGET = re.compile(r"(?:完成|占|为)(?:年初|全年|年度|调整后?)?预算数?[\d,.]+[万亿]?元的$")
_ONLY_WHERE = re.compile(r"[，、]?(?:城市|农村|城镇|城区|乡镇|农村牧区|城乡)?(?:地区)?(?:分别)?(?:达到|为|达|是)")
_AT_A_DATE = re.compile(r"(?:\d+月底?|季度|上半年|年底|年末)(?:仅|只有|为|达到?)*$")
_PROGRESS_WORDS = re.compile(r"支出进度|执行率|执行进度|支付进度|支付率|支出率")
_SHARE_OF_BUDGET = re.compile(
    r"支出[^，；。]{0,14}，?[^，；。]{0,4}占(?:年初|全年|年度)?预算数?[\d,.万亿元]*的?$|^[^，；。]{0,30}支出[\d,.]+[万亿]?元，占(?:年初|全年|年度)?预算数?[\d,.万亿元]*的?$"
)
_ATTAINED = re.compile(r"(?:^|，)(?:实际|实际完成|实际值|完成)(?:值|率)?[为是达到]*$")
_SAME_BEFORE = re.compile(r"(?:上年|去年|上一年|20\d\d年)(?:度|同期|末|底)?[为是达的]?$")
_DEPARTMENT_RATE = re.compile(r"部门|项目|资金|财政|预算|绩效|资产|信息公开|公开|自评|重点工作|“?三公|政府采购|采购")
_TO_STAFF = re.compile(r"(?:受益|惠及|享受)[^，。；、]{0,6}$|参保")
_ASSISTANCE = frozenset(
    {
        "dibao",
        "dibao_edge",
        "tekun",
        "tekun_nursing",
        "temporary_relief",
        "vagrant_relief",
        "price_subsidy",
        "orphan",
        "defacto_orphan",
        None,
    }
)
_NOT_OF_PEOPLE = frozenset({"social_organisations", "volunteering", "place_names", "community_governance"})
_REACHES_PEOPLE = re.compile(r"惠及|服务(?:群众|居民|对象|[^，。；]{0,6}$)|受益")
_HELP_TIMES = re.compile(
    r"(?:救助|帮扶|探访|走访|慰问|上门服务|援助|就诊|送餐|助餐|巡访|送医|康复服务)[^，。；、]{0,8}$"
)
_BACKGROUND = re.compile(
    r"户籍人口|常住人口|老年人口|总人口|岁(?:及)?以上(?:的)?(?:户籍)?(?:老年人口|人口|老人|老年人|长者)(?:总数|达|达到|有|共)?$|持证残疾人(?:共|有)?$"
)
_BENEFIT_WORDS = re.compile(r"发放|享受|津贴|补贴|慰问|受益|惠及|补助")
_GRANTED = re.compile(r"(?:[^，。；]{0,16}给予|(?:至[\d.]+万?元)?(?:的)?)(?:一次性)?[^，。；\d]{0,6}(?:补助|奖补|奖励|补贴|资助)")
_UNIT_PRICE = re.compile(
    r"(?:价格|收费|火化费|接运费|寄存费|冷藏费|租金|单价|每公里|每份|门票|学费|成本)[^，。；]{0,4}$"
)
_WAIVED = re.compile(r"减免|免除|免费|代付")
_TOP_UP = re.compile(r"补差|补助水平|月人均|人均月|每人次|次均|人均救助|人均补|平均补助|人均发放|月均补助|户均补")
_CLASSES = re.compile(
    r"[一二三四ABCabcＡＢＣ](?:、[一二三四ABC])*(?:至[一二三四])?(?:、[一二三四ABC])*类|[一二三四]档(?:、[一二三四]档)+"
)
_ONE_OFF = re.compile(r"一次性|每次|单次|慰问|每户|每张|每具|每例|次均")
_MONTHLY_LATER = re.compile(r"\(均为每人每月|均为每人每月|\(元/人·月\)|/月\)")
_YEARLY = re.compile(r"每年|年标准|/年|全年标准")
_FISCAL_SUBSIDY = re.compile(r"财政补助[^，。；]{0,10}$|财政补贴[^，。；]{0,10}$")
_FULL_YEAR_BUDGET = re.compile(r"全年[^，。；\d]{0,8}预算|调整后[^，。；\d]{0,6}预算")
_RELATIVE = frozenset({"上年", "去年", "上一年", "前年"})
_EXPLICIT_LAST_YEAR = re.compile(r"(?:19|20)\d\d年(?:度)?(?:年?末|年?底)[^，。；]{0,12}$")
_PROJECT_MONEY = re.compile(r"项目(?:年初|年度|全年|年中|当年|总)?(?:安排|预算|结转|投入|下达)|专项资金|项目概算|该项目")
_WHOLE = re.compile(r"全年(?!指标)|本年|合计|总计|总额|部门|年末|总支出|总收入|我局|我厅")
_WHOLE_APPROPRIATION = re.compile(r"财政拨款(?:支出)?(?:合计|总计|总额)")
_PLAN = re.compile(
    r"力争|力促|争取(?!中央|上级|省|资金|到)|计划(?=新|投|安|建|完|于|在|将|实|到|开|改|增|发)|拟(?!订|定|制)|将(?!于|在|其)(?=[^，。；]{0,30}$)|预计|规划建设|在建|确保(?!了)|任务数|目标(?:是|为|:)"
)
_DONE = re.compile(r"已(?!有)|完成了|建成|实际|累计(?!投入)|投入运营|实现了|截至|截止")
_YEAR_WORDS = re.compile(
    r"(?:19|20)\d\d年(?!\d{1,2}月\d{1,2}日至)|上年|去年|上一年|今年|本年|当年|前年|“?十四五”?末|“?十五五”?末"
)
_COMPARED = re.compile(r"(?:比|较|与|同|和|相比|超)(?:[^，。；、]{0,4})$")
_DIRECT = re.compile(r"(?:度|的|同期|同口径)?(?:为|的)?[^，。；\d]{0,4}")
_YEAR_TAIL = re.compile(r"(20\d\d)年")
_THRESHOLD = re.compile(
    r"(?:以上|以下|及以上)?的(?:项目|县|市|区|部门|单位|地区|乡镇|镇|街道|\()|时[，启]|以上的(?:项目|县)"
)
_COMPARING = re.compile(r"(?:低于|高于|超过|不足|达到|未达)$")
_GROWTH_AT_END = re.compile(
    r"(?:增长|下降|增加|减少|提高|降低|同比|上升|上浮|下浮|增幅|降幅|压减|节约)(?:了|约|近|达|为|均在|超过)?$"
)
_TARGET_VALUE = re.compile(r"(?:目标值|指标值|目标|预期值|计划值|年初定|目标定)(?:为|是|\(|:|分别为|≥|应?达到?)?$")
_PROGRESS = re.compile(r"支出进度|执行进度|支付进度|支出偏慢")
_SCORE = re.compile(
    r"(?:整体支出|绩效|自评|综合|总|合计|评价|得分)[^，。；\d]{0,14}?(?:得分|评分|总分|分数|自评|得|自评总分|总得分|分值|合计|自评分)?(?:为|是|:|共|共计|合计|达到?|得分)*$"
)
_SUB_SCORE = re.compile(
    r"该项|本项|此项|指标得|指标完成|执行率|扣|低于|高于|满分|不足|\d+分\)|权重|预算执行|预算编制|过程|产出|效果|效益|满意度|投入|决策|履职|管理得|建设得|目标设|单项"
)
_LESS_THAN = re.compile(r"不足|不到|平均")
_BUILDING = re.compile(r"建成|设立|新建|开展|实现|拥有|打造|配备")
_INSTITUTION_WORDS = re.compile(
    r"(?:县级|市级|正科级|副科级|处级|公益|直属|下属|二级|一级|事业|内设|方面|环节|阶段|独立|职能|预算|核算|科室|处室|股室|单位|乡镇|街道|村|社区|部门|区|县|项目|点位|试点|名|床)"
)
_MORE_OF_SAME = re.compile(
    r"(?:累计|其中|已建成|建成|完工|竣工|投用|在建|运营|新增|新建|完成|共|达|公办|民办|公建民营|改扩建|扩建|改建|投入|正常|实际|分别|总数|城市|农村|乡镇|镇级|村级|区级|县级|市级|[A-E]级|[一二三四五]星级|\d?A级?)"
)
_CASE = re.compile(
    r"登记|证|收养|减免|免除|奖补|申请|火化|安葬|办理|结婚|离婚|补领|补发|颁|注销|变更|成立|殡葬|丧葬|婚"
)
_NO_CASE = re.compile(
    r"信访|建议|提案|文件|凭证|转办|事故|投诉|纠纷|案件|隐患|报道|信息|物品|捐赠|资产|固定资产|设备|问题|线索|新闻|制度|来信|来访|热线"
)
