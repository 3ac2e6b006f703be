"""Money without a word of its own: it goes on with what was said before it, in its sentence or the one before.

In: an amount that no cue governs, and the amount before it. Out: its measure and stage. Refused is what goes on from an
amount that was no figure.
"""

from __future__ import annotations

import re

from ingest.figures.accounts import spending_divided
from ingest.figures.context import Context, says_done
from ingest.figures.items import item_in
from ingest.figures.place import Place
from ingest.figures.reading import ACCOUNTS, PAID, SPENT, UNKNOWN, MeasureAndStage, Reading
from ingest.vocabulary import alternation, words

# 募集善款783万元，用于助学、助医等项目支出641.5万元: the projects are those listed, no type of spending.
_LISTED_PROJECTS = re.compile("等项目支出")
_USED_FOR = re.compile(r"用于(?!.{0,20}收入)")
# 年末结转12万元，支出全部用于…，其中：甲9万元: the parts are of the spending, not of the balance before it.
_SPENT_SINCE = re.compile(r"支出[^，。；\d]{0,6}用于")
# 方案分年度测算财政投入：2023年300万元、2024年420万元
_ESTIMATE = re.compile(rf"{alternation('estimated')}[^，。；\d]{{0,10}}投入(?:[为:]|(?:19|20)\d\d年)*$")
# …总额2,845万元。按用途划分：甲1,594万元；乙312万元: the sentence, up to the next stop, divides the amount before it.
_DIVIDES_AMOUNT_BEFORE = re.compile(
    rf"其中|{alternation('divided_by_source')}"
    r"|(?:按照?[^，。；:\d]{2,10}(?:划分|分类|区分|[来可]?分为?|来?看)|[分从][^，。；:\d]{2,10}看)[:，]"
)
_OF_INCOME = re.compile(rf"收入{alternation('income_parts')}")
_MONEY_AT_END = re.compile(rf"资金{alternation('money_end')}?$|金$")
_REFUSED = frozenset({"not_a_level", "growth", "condition", "price"})
_NEXT_OF_PEOPLE = frozenset({"、", "，", "共", "、共", "，共"})


def goes_on_from_donations(context: Context, place: Place) -> bool:
    """募集善款286万元，支出231万元: what a charity raised it pays out as help."""
    before = context.readings[-1] if context.readings else None
    is_beside = before is not None and before.quantity.start >= place.sentence_start and before.unit == "CNY"
    return is_beside and before.measure is None and bool(words("donated").search(place.said_before))


def go_on(context: Context, place: Place, previous: Reading | None) -> MeasureAndStage:
    """Money without a cue of its own goes on with the measure before it, or is spending where only a type is named."""
    near, lead = place.near_subject, place.lead_text
    names_a_part = bool(near.fund_source or near.spending_type)
    if _LISTED_PROJECTS.search(place.near_text) and not near.programme and goes_on_from_donations(context, place):
        return PAID
    if _goes_on_from_refused(context, place):
        return UNKNOWN
    if previous is None and _ESTIMATE.search(place.said):
        return "budget", None
    is_part = near.fund_source and previous is not None and place.near_text.startswith(("其中", "，其中"))
    if previous is not None and previous.measure == "carryover" and names_a_part and not is_part:
        previous = _income_listed(context, place)
    if previous is not None and previous.measure == "income" and _USED_FOR.search(lead):
        return "expenditure", context.about.stage_now
    if (
        previous is not None
        and previous.measure == "carryover"
        and _SPENT_SINCE.search(place.text, previous.quantity.end, place.start)
    ):
        return "expenditure", context.about.stage_now
    if previous is not None and (previous.measure in ACCOUNTS or previous.measure == "benefit_paid"):
        return previous.measure, previous.stage
    if _DIVIDES_AMOUNT_BEFORE.match(place.text, place.bounds.year_start(place.start)):
        divided = _divided_before(context, place, names_a_part)
        if divided is not None:
            return divided
    if near.fund_source and (_OF_INCOME.search(place.said_before) or _goes_on_sources_of_income(context, place)):
        return "income", context.about.stage_now
    if place.near_text in _NEXT_OF_PEOPLE and context.has_people(place) and not context.about.is_project:
        # 住院分娩补助310人、9.6万元: what those who were counted got, below a heading of money too.
        return PAID
    if names_a_part or item_in(lead) or context.section.is_finance or spending_divided(place) is not None:
        is_planned = context.about.is_budget_document and not says_done(lead)
        return ("expenditure", "initial") if is_planned else SPENT
    if context.has_people(place) or words("help").search(lead) or words("help").search(place.said_before):
        return PAID
    if near.programme is None:
        return UNKNOWN
    return SPENT if context.speaks_of_finance and not _MONEY_AT_END.search(place.near_text) else PAID


def _income_listed(context: Context, place: Place) -> Reading | None:
    """收入1,012万元，其中年初结转68万元、财政拨款921万元: the income whose list began with what was brought forward."""
    divided = place.sentence_start + place.said.rfind("其中")
    if divided < place.sentence_start or not place.near_text.startswith("、"):
        return None
    before = [r for r in context.readings if r.measure and place.sentence_start <= r.quantity.start < divided]
    return before[-1] if before and before[-1].measure == "income" else None


def _divided_before(context: Context, place: Place, names_a_part: bool) -> MeasureAndStage | None:
    """What the amount is that a sentence divides: the last one before it, or the part of it right before a semicolon.

    Where the sentence before stated a budget at several stages, that of its parts is not said.
    """
    statement = place.bounds.year_start(place.start)
    says_of_which = place.text.startswith("其中", statement)
    whole: Reading | None = None
    for reading in reversed(context.readings):
        if whole is not None and reading.quantity.start < context.bounds.year_start(whole.quantity.start):
            break
        if whole is not None:
            is_other_stage = reading.measure == whole.measure == "budget" and reading.stage != whole.stage
            if is_other_stage and not says_of_which:
                return "budget", None
        elif reading.measure in ("income", "budget", "expenditure", "benefit_paid") or (
            # 支出X，结转Y。按类别划分：…: what was left over is not divided by what it was for.
            reading.measure == "carryover" and not names_a_part and says_of_which
        ):
            whole = reading
    return (whole.measure, whole.stage) if whole is not None else None


def _goes_on_sources_of_income(context: Context, place: Place) -> bool:
    """收入预算X，其中：一般公共预算Y，占…；政府性基金预算Z: after a semicolon the list of sources goes on."""
    before = context.previous_accounts()
    return (
        context.text[place.sentence_start - 1 : place.sentence_start] == "；"
        and before is not None
        and before.measure == "income"
        and before.subject.fund_source is not None
        and "。" not in context.text[before.quantity.end : place.start]
    )


def _goes_on_from_refused(context: Context, place: Place) -> bool:
    """Whether the amount is a part of one that was no figure."""
    before = context.readings[-1] if context.readings else None
    return (
        before is not None
        and before.measure is None
        and before.unit == "CNY"
        and before.reason in _REFUSED
        # 比预算数节约3.64万元，其中接待费5.04万元: what is more than the difference is no part of it.
        and not (before.reason == "growth" and (place.quantity.value or 0) > (before.value or 0))
        and before.quantity.start >= place.sentence_start
        and (place.lead_text.startswith("其中") or place.near_text.startswith("、"))
    )
