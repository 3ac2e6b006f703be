"""Scores: the total score of a self-evaluation (自评得分). Refused: bounds, full marks and the scores of single parts."""

from __future__ import annotations

import re

from ingest.figures.context import Context
from ingest.figures.funds import OF_ANOTHER_YEAR
from ingest.figures.place import Place
from ingest.figures.reading import About, Reading
from ingest.figures.subject import Subject
from ingest.vocabulary import alternation, words_of

# A self-evaluation is out of 100 points; with extra points it may pass them, and one below 30 is the score of a part.
LOWEST, HIGHEST = 30, 110
FULL_MARKS = 100
_LONGEST_JUDGED = 40

_SCORE = re.compile(
    rf"{alternation('score_of')}[^，。；\d]{{0,14}}?{alternation('score_name')}?{alternation('score_verb')}*$"
)
_SUB_SCORE = re.compile(rf"{alternation('sub_score')}|[该本此]项(?!目)|\d+分\)")
# 投入、过程、产出三类指标共得94.8分: the sum of the parts is the whole.
_SUM_OF_PARTS = re.compile(
    rf"(?:[两二三四五六七八]|各)[类项个大](?:一级)?指标{alternation('sum_before')}得?分?[为是]?$"
)
_FULL = re.compile(rf"{alternation('full_marks')}|合计$")
_OF_PROJECT = re.compile(r"项目(?!支出)")
_SCORE_OF_PROJECT = re.compile(r"”|项目[^，。；\d]{0,8}[得评]分")
_OF_WHOLE = re.compile(alternation("score_of_whole"))
# 经综合评定，得97分: the verb stands in a clause of its own.
_SCORE_AFTER = re.compile(
    rf"{alternation('score_judged')}[^，。；\d]{{0,8}}，{alternation('score_of')}?{alternation('score_name')}分?{alternation('score_verb')}*$"
)
_THRESHOLD = tuple(words_of("threshold_after"))


def is_total(value: float) -> bool:
    """Whether a number of points can be a total score."""
    return LOWEST <= value <= HIGHEST


def scored_subject(about: About) -> Subject:
    """Whose a total score is: the project's, or the whole department's."""
    return Subject(programme=about.project if about.is_project else None)


def _of_named_project(context: Context, place: Place) -> Subject:
    """The project whose score a department's report gives: 该项目自评得分92分 under its name or its heading."""
    own = _OF_PROJECT.search(place.said)
    if context.about.is_project or own is None or _OF_WHOLE.search(place.lead_text):
        return scored_subject(context.about)
    named = place.sentence_subject.programme or context.own_topic.programme or context.section.topic.programme
    return Subject(programme=named or None)


def _is_part_of_total(context: Context, place: Place) -> bool:
    """自评得分为94.35分。其中…，项目绩效得42分: the parts of a total that was said before."""
    total = next((r for r in reversed(context.readings) if r.measure == "score"), None)
    if total is None or "其中" not in place.said or _SCORE_OF_PROJECT.search(place.lead_text):
        return False
    return place.quantity.value < (total.value or 0)


def read_score(context: Context, place: Place, reading: Reading) -> None:
    """Fill in the total score, or why a number of points is none."""
    lead, value = place.lead_text, place.quantity.value
    before = next((r for r in reversed(context.readings[-3:]) if r.measure == "score"), None)
    if before is not None and OF_ANOTHER_YEAR.search(place.near_text):
        reading.measure, reading.subject = "score", before.subject
    elif place.text.startswith(_THRESHOLD, place.end):
        reading.reason = "condition"
    elif value == FULL_MARKS and _FULL.search(lead):
        reading.reason = "full_marks"
    elif is_total(value) and _SUM_OF_PARTS.search(lead):
        reading.measure, reading.subject = "score", scored_subject(context.about)
    elif _is_part_of_total(context, place) or (
        not (_SCORE.search(lead) or _SCORE_AFTER.search(place.said[-_LONGEST_JUDGED:]))
        or _SUB_SCORE.search(lead)
        or not is_total(value)
    ):
        reading.reason = "sub_score"
    else:
        reading.measure, reading.subject = "score", _of_named_project(context, place)
