"""Figures in prose: each quantity of a paragraph with what the words around it make it mean.

In: a paragraph and what the document and its headings say. Out: `Reading`s, one a quantity: a figure's meaning, or why
it is none. Here only the order of the questions; each is answered in a module of its own: the year, how exact, what is
measured and whose it is (by unit: money, percentages, scores, people, services), and what lists and pairs say.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.documents.blocks import Paragraph
from ingest.documents.flow import Flow
from ingest.documents.lines import heading
from ingest.figures.change import is_total_after_change
from ingest.figures.context import Context
from ingest.figures.elsewhere import words_beyond
from ingest.figures.lexicon import find_words
from ingest.figures.lists import bind_lists, drop_adjustments, mark_ranges, may_go_on_list, pair_old_and_new
from ingest.figures.money import read_money, settle_bare_money
from ingest.figures.people import read_people, settle_bare_people
from ingest.figures.percentages import read_percentage
from ingest.figures.period import year_of
from ingest.figures.place import Place
from ingest.figures.qualifier import qualifier_of
from ingest.figures.reading import CASE_UNITS, PEOPLE_UNITS, About, Reading, Section
from ingest.figures.scores import read_score
from ingest.figures.services import read_beds, read_cases, read_facilities, settle_beds, settle_certificates
from ingest.figures.stated import read_stated_indicator
from ingest.figures.subject import Subject
from ingest.quantities.scan import scan
from ingest.vocabulary import alternation, words

# Nobody writes longer ones. What a number means is asked of the words before it in its sentence, so that without an end
# to sentences the work would grow with the square of their length.
_LONGEST_PARAGRAPH = 4000
_PLACEHOLDER = re.compile(alternation("placeholder"))
# **兜底有力。** 投入…: the signs of Markdown are no placeholder.
_END_OF_BOLD = re.compile(r"^\*\*(?=\s*[\u4e00-\u9fff])")
_CAN_BE_GOALS = frozenset({"facilities", "beds", "beneficiaries", "cases", "benefit_paid"})

_ANY_AREA = words("beyond_county", "beyond_district", "beyond_city")
# 每千名老年人拥有床位38张
_PER_THOUSAND = re.compile(r"每[百千万](?:名|人|户|位)?(?!元)[\u4e00-\u9fff]")
_PER_THOUSAND_UNITS = frozenset({"person", "bed", "facility", "household"})
_LONGEST_SUBJECT = 120
# 全国城市低保标准为每人每月785元，农村为每人每年7,455元: what goes on without a place of its own.
_NEXT_OF_AREA = re.compile(r"[，、和及](?![全我本])[\u4e00-\u9fff]{0,5}[为是]?(?:每人每[年月日天])?")
_OF_CHANGE = frozenset({"growth", "difference"})

_BY_UNIT: dict[str, Callable[[Context, Place, Reading], None]] = {
    "CNY": read_money,
    "percent": read_percentage,
    "point": read_score,
    "facility": read_facilities,
    "bed": read_beds,
    **dict.fromkeys(PEOPLE_UNITS, read_people),
    **dict.fromkeys(CASE_UNITS, read_cases),
}


def read_paragraph(paragraph: Paragraph, section: Section, about: About) -> list[Reading]:
    """All quantities of a paragraph, in order; the number of a heading is none."""
    parts = paragraph.flow.parts(_LONGEST_PARAGRAPH)
    return [reading for flow in parts for reading in _read_part(flow, section, about)]


def _read_part(flow: Flow, section: Section, about: About) -> list[Reading]:
    text = flow.text
    _, ordinal_length = heading(text)
    quantities = [q for q in scan(flow) if q.start >= ordinal_length]
    if not quantities:
        return []
    context = Context(about, section, text, find_words(text, about.programmes), quantities)
    last_sentence = -1
    for index, quantity in enumerate(quantities):
        sentence = context.bounds.sentence_start(quantity.start)
        if sentence != last_sentence:
            context.enter_sentence(sentence, context.bounds.sentence_end(quantity.end))
            last_sentence = sentence
        if not may_go_on_list(context, quantity.start):
            # What comes after a list goes on about what its numbers are bound to.
            bind_lists(context)
        if quantity.reason:
            quote = context.bounds.clause_start(quantity.start), context.bounds.clause_end(quantity.end)
            reading = Reading(quantity, unit=quantity.unit, value=quantity.value, quote=quote, reason=quantity.reason)
        else:
            reading = _read_quantity(context, Place(context.bounds, quantities, index))
        context.readings.append(reading)
    bind_lists(context)
    pair_old_and_new(context)
    drop_adjustments(context)
    mark_ranges(context)
    return context.readings


_REPORTS_OF_A_YEAR = frozenset({"self_eval_department", "self_eval_project", "final_account"})
_NAMES_YEAR = re.compile(r"(?:19|20)\d\d年")


def _read_quantity(context: Context, place: Place) -> Reading:
    quantity = place.quantity
    reading = Reading(quantity, unit=quantity.unit, value=quantity.value, quote=(place.clause_start, place.tail_end))
    reading.reason = _no_figure(context, place)
    if reading.reason:
        return reading
    before = context.readings[-1] if context.readings else None
    if before is not None and before.reason in _OF_CHANGE and is_total_after_change(_gap(place, before)):
        place.resume(Place(context.bounds, context.quantities, place.index - 1))
    reading.unit = quantity.unit
    reading.fiscal_year = year_of(context, place)
    reading.qualifier = qualifier_of(context.text, quantity)
    if read_stated_indicator(context, place, reading):
        return reading
    if reader := _BY_UNIT.get(quantity.unit):
        reader(context, place, reading)
    if reading.measure:
        if reading.qualifier == "exact" and reading.measure in _CAN_BE_GOALS and context.is_plan(place):
            reading.qualifier = "target"
        if context.section.is_improvement and _is_left_for_next_year(context, place, reading):
            reading.fiscal_year += 1
        named = reading.subject if reading.subject.programme is not None else context.topic
        context.topic = Subject(programme=named.programme, residence=named.residence)
    return reading


def _is_left_for_next_year(context: Context, place: Place, reading: Reading) -> bool:
    """Whether a goal in a report's last section, which names no year, is one for the year after the report's."""
    if reading.measure == "score":
        return False
    is_goal = reading.measure == "indicator_target" or reading.qualifier == "target" or context.is_future(place)
    is_of_report = reading.fiscal_year is not None and reading.fiscal_year == context.about.fiscal_year
    is_of_a_year = context.about.kind in _REPORTS_OF_A_YEAR and not words("this_year_said").search(place.said)
    return is_goal and is_of_report and is_of_a_year and not _NAMES_YEAR.search(place.said)


def _gap(place: Place, before: Reading) -> str:
    """The words between a quantity and the one before it; empty where another sentence lies between."""
    return place.text[before.quantity.end : place.start] if before.quantity.end >= place.sentence_start else ""


def _no_figure(context: Context, place: Place) -> str | None:
    """Why a number is no figure, whatever its unit measures; None where it can be one."""
    quantity = place.quantity
    if quantity.unit == "none" and not settle_bare_money(place) and not settle_bare_people(place):
        return "no_unit"
    settle_beds(place)
    settle_certificates(place)
    if quantity.unit == "other":
        return "other_unit"
    lead = place.lead_text
    if lead.startswith("**"):
        lead = _END_OF_BOLD.sub("", lead)
    if _PLACEHOLDER.search(lead[-4:] + place.text[place.start : place.end + 2]):
        return "placeholder"
    if quantity.unit in _PER_THOUSAND_UNITS and _PER_THOUSAND.search(place.lead_text):
        return "average"
    before = context.readings[-1] if context.readings else None
    if before is not None and before.reason == "elsewhere" and _NEXT_OF_AREA.fullmatch(_gap(place, before)):
        return "elsewhere"
    said = place.said[-_LONGEST_SUBJECT:]
    if _ANY_AREA.search(said) and words_beyond(context.about.place_name, context.about.own_area).search(said):
        return "elsewhere"
    return "title" if place.lead_text.count("《") > place.lead_text.count("》") else None
