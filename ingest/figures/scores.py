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
_FULL_MARKS = 100

_SCORE = re.compile(
    rf"{alternation('score_of')}[^，。；\d]{{0,14}}?{alternation('score_name')}?{alternation('score_verb')}*$"
)
_SUB_SCORE = re.compile(rf"{alternation('sub_score')}|\d+分\)")
_FULL = re.compile(rf"{alternation('full_marks')}|合计$")
_THRESHOLD = tuple(words_of("threshold_after"))


def is_total(value: float) -> bool:
    """Whether a number of points can be a total score."""
    return LOWEST <= value <= HIGHEST


def scored_subject(about: About) -> Subject:
    """Whose a total score is: the project's, or the whole department's."""
    return Subject(programme=about.project if about.is_project else None)


def read_score(context: Context, place: Place, reading: Reading) -> None:
    """Fill in the total score, or why a number of points is none."""
    lead, value = place.lead_text, place.quantity.value
    before = next((r for r in reversed(context.readings[-3:]) if r.measure == "score"), None)
    if before is not None and OF_ANOTHER_YEAR.search(place.near_text):
        reading.measure, reading.subject = "score", before.subject
    elif place.text.startswith(_THRESHOLD, place.end):
        reading.reason = "condition"
    elif value == _FULL_MARKS and _FULL.search(lead):
        reading.reason = "full_marks"
    elif not _SCORE.search(lead) or _SUB_SCORE.search(lead) or not is_total(value):
        reading.reason = "sub_score"
    else:
        reading.measure, reading.subject = "score", scored_subject(context.about)
