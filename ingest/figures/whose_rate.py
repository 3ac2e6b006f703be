"""Whose a rate is: its programme and residence, its source and type of money, its line and its year.

In: a percentage whose measure is known. Out: a `Subject`, an item, a year. Nothing is refused: what is not said is None.
"""

from __future__ import annotations

import re

from ingest.documents.amount_heads import read_amount_head
from ingest.figures.accounts import COMPLETED_BUDGET, WHOLE, is_departments, speaks_of_project
from ingest.figures.context import Context
from ingest.figures.items import item_in
from ingest.figures.place import Place
from ingest.figures.rates import RATES_OF_MONEY, SHARE_NAME, USE_OF_MONEY, rate_measure
from ingest.figures.reading import ACCOUNTS, Reading
from ingest.figures.subject import NOTHING, Subject
from ingest.vocabulary import alternation, words, words_of

_ITEMS_OF_OFFICE = words_of("item_of_office")
_MONEY_WITH_ITEM = ACCOUNTS | RATES_OF_MONEY
_OF_POPULATION = re.compile(rf"占[^，。；]{{0,6}}{alternation('background')}")
_SHARE_OF_MONEY = re.compile(r"占[^，。；]{0,12}(?:支出|收入|经费|资金)")
_OWN_RATE = re.compile(r"率|进度")
_LONGEST_RATE = 12
# 预算执行率为, and nothing of what it is the rate of
_OF_IT = re.compile(r"[其本]|(?:[为是约]|达到?)+$")
_DEPARTMENT_RATE = re.compile(alternation("department_rate"))
_OLD_PEOPLE = words_of("background_elderly")
# 新建公墓6处，力争全年专项资金支出率达到95%: not of the work that was spoken of before.
_OF_ALL_PROJECTS = re.compile(rf"(?:全年|年度|全部|各类|各项){alternation('project_money')}")
_RATE_OF_CHECKS = re.compile(rf"{alternation('checked')}率")
_RATING_OF = re.compile(r"^[，、]?(?:其中:?)?对[^，。；\d]{2,16}满意度")
_OLD_POPULATION = re.compile(rf"岁(?:及)?以上(?:的)?(?:户籍|常住)?{alternation('background_elderly')}(?:占|$)")


def subject_of_rate(context: Context, place: Place, measure: str, name: str | None) -> Subject:
    if measure in RATES_OF_MONEY:
        return _subject_of_rate_of_money(context, place)
    return _subject_of_indicator(context, place, name)


def subject_of_goal_of_money(context: Context, place: Place, subject: Subject) -> Subject:
    """新增助餐点9个，力争支出进度达到95%: how fast money is to be spent is not a goal for the work that was spoken of before."""
    is_of_project = context.about.is_project or context.project
    named = rated_by(place)[0].programme or None
    return subject if is_of_project else subject._replace(programme=named)


def _subject_of_rate_of_money(context: Context, place: Place) -> Subject:
    """Whose money a rate is of: what its words name, else the amount before it in the sentence, else the scope."""
    near, clause = rated_by(place)
    previous = context.previous(place)
    is_of_money = previous is not None and (previous.measure in ACCOUNTS or previous.measure == "execution_rate")
    if is_of_money and (whole := _divided_before(context, place)) is not None:
        previous = whole
    if not is_of_money and (spent := _spent_right_before(context, place)) is not None:
        previous, is_of_money = spent, True
    source = previous.subject if is_of_money else None
    fund_source = near.fund_source or clause.fund_source
    spending_type = near.spending_type or clause.spending_type
    programme = near.programme
    if source is not None and not (fund_source or spending_type):
        fund_source, spending_type = source.fund_source, source.spending_type
        programme = programme if programme is not None else source.programme
    elif source is None and context.scope is not NOTHING and not WHOLE.search(place.lead_text):
        programme = programme if programme is not None else context.scope.programme
    if not is_of_money and not (fund_source or spending_type or programme or _OWN_RATE.search(place.lead_text)):
        # 政府性基金支出进度偏慢，上半年仅为31.6%: the clause before names whose rate it is.
        fund_source, spending_type = place.sentence_subject.fund_source, place.sentence_subject.spending_type
    is_of_that_work = (speaks_of_project(place) or USE_OF_MONEY in place.near_text) and not _OF_ALL_PROJECTS.search(
        place.near_text
    )
    if programme is None and source is None and is_of_that_work and place.sentence_subject.is_strong:
        # 养老服务项目受招投标影响，6月底执行率仅21.5%: the clause before names the project.
        programme = place.sentence_subject.programme
    if context.about.is_project or context.project:
        programme, spending_type = programme or context.project or context.about.project, spending_type or "project"
    if spending_type is None and speaks_of_project(place):
        spending_type = "project"
    return Subject(
        programme=programme or None,
        residence=source.residence if source is not None else None,
        fund_source=fund_source,
        spending_type=spending_type,
    )


def _spent_right_before(context: Context, place: Place) -> Reading | None:
    """支出1,076万元；执行率99.49%: the amount that a rate without any other words follows, in a sentence of its own."""
    before = context.readings[-1] if context.readings else None
    if before is None or before.measure not in ("budget", "expenditure"):
        return None
    gap = place.text[before.quantity.end : place.start]
    name = read_amount_head(_OF_IT.sub("", gap[1:])) if len(gap) <= _LONGEST_RATE else None
    is_rate_alone = gap.startswith("；") and name is not None and name.measure == "execution_rate"
    said = place.text[place.bounds.sentence_start(before.quantity.start) : before.quantity.start]
    return before if is_rate_alone and "其中" not in said else None


def year_of_amount(context: Context, place: Place, year: int | None) -> int | None:
    """上年度支出41,902.18万元，执行率95.62%: the rate is of the year of the amount right before it."""
    before = context.readings[-1] if context.readings else None
    is_spent = before is not None and before.measure == "expenditure" and before.quantity.start >= place.sentence_start
    rate = place.near_text.lstrip("，、")
    is_of_it = len(rate) <= _LONGEST_RATE and "，" not in rate and rate_measure(rate) == "execution_rate"
    return before.fiscal_year if is_spent and is_of_it else year


def _divided_before(context: Context, place: Place) -> Reading | None:
    """支出1,076万元，其中甲436万元、乙640万元，执行率99.49%: the amount that was divided, whose rate follows its parts."""
    divided = place.said.rfind("其中")
    if divided < 0 or place.near_start != place.clause_start or "其中" in place.lead_text:
        return None
    divided += place.sentence_start
    whole = next((r for r in reversed(context.readings) if r.measure and r.quantity.start < divided), None)
    parts = [r for r in context.readings if r.measure in ACCOUNTS and r.quantity.start > divided]
    is_whole = whole is not None and whole.measure in ACCOUNTS and whole.quantity.start >= place.sentence_start
    return whole if is_whole and len(parts) > 1 and not rated_by(place)[0].is_strong else None


def item_of_rate(context: Context, place: Place) -> str | None:
    """The line of the office's own money, or the class, that a rate is of: what its words name, else the amount before it.

    三公经费支出…万元，完成预算的82.97%: not the rate of the department's whole money.
    """
    item = item_in(place.lead_text)
    if item is None and (not WHOLE.search(place.lead_text) or COMPLETED_BUDGET.match(place.lead_text)):
        previous = context.previous(place)
        item = previous.item if previous is not None and previous.measure in _MONEY_WITH_ITEM else None
    if item in _ITEMS_OF_OFFICE:
        return item
    line = context.line_of_class(place)
    # 社会福利(款)老年福利(项)。…完成年初预算的92%: not the rate of the department's whole money either.
    is_of_class = line is not None and (item is None or item in line.names) and not is_departments(context, place)
    return line.name if is_of_class else None


def _subject_of_indicator(context: Context, place: Place, name: str | None) -> Subject:
    """Whose an indicator is: what its words name, else the figure before it, the sentence, the headings."""
    subject, _ = rated_by(place)
    if name is not None and context.about.is_project and words("rate_of_arrival").search(name):
        return subject._replace(programme=subject.programme or context.about.project, spending_type="project")
    if name is not None and _DEPARTMENT_RATE.match(name):
        return subject._replace(programme=subject.programme if subject.is_strong else None)
    before = context.readings[-1] if context.readings else None
    if name is not None and _OF_POPULATION.match(name):
        is_of_background = (before is not None and before.reason == "background") or _OLD_POPULATION.search(
            place.near_text
        )
        # 60岁以上老年人占户籍人口的24.7%: a population too, whichever programme its word hints at.
        if is_of_background or (subject.programme and not subject.is_strong):
            return subject._replace(programme=None)
    if context.about.is_project and context.about.project and not subject.is_strong and _names_only_the_old(place):
        # 老人满意度 in the report of the old-age allowance: the old are the project's own people.
        subject = subject._replace(programme=context.about.project)
    previous = context.previous(place)
    if name is not None and ("满意度" in name or words("satisfaction").fullmatch(name)):
        is_part = "其中" in place.said and _RATING_OF.search(place.near_text)
        if subject.programme is None and is_part and previous is not None and "满意度" in (previous.indicator or ""):
            # 老年人满意度93.6%，其中对服务频次的满意度87.3%: what the same people were asked of.
            subject = subject._replace(programme=previous.subject.programme)
        # Below 惠民殡葬项目绩效自评综述 those who are satisfied are the project's own people.
        return subject if subject.programme is not None else subject._replace(programme=context.project)
    counted = previous.subject if previous is not None and previous.measure == "beneficiaries" else None
    is_of_checks = name is not None and _RATE_OF_CHECKS.fullmatch(name) and subject.programme is None
    if is_of_checks and counted is not None:
        # 对1.2万户开展核对，核对率100%: of those who were checked, of whatever programme they are.
        return subject._replace(programme=counted.programme)
    if name is not None and _SHARE_OF_MONEY.match(name) and (previous is None or previous.measure not in ACCOUNTS):
        return (
            subject
            if not context.about.is_project
            else subject._replace(programme=subject.programme or context.about.project)
        )
    if subject.programme is None and previous is not None:
        before = previous.subject
        subject = subject.merged(
            Subject(
                programme=before.programme,
                residence=before.residence if not subject.residence_said else subject.residence,
                fund_source=before.fund_source,
                spending_type=before.spending_type,
            )
        )
    if subject.programme is None:
        codes = {
            t.meaning.programme or t.meaning.facility
            for t in place.sentence
            if (t.meaning.programme or t.meaning.facility) and t.meaning.strength not in ("heading", "neutral")
        }
        if len(codes) == 1:
            subject = subject.merged(place.bounds.subject_within(place.sentence_start, place.start, indicator=True))
    topic = context.section.topic
    if subject.is_empty and topic.programme and not context.speaks_of_finance:
        subject = subject.merged(topic._replace(residence=None))
    is_share = name is not None and bool(SHARE_NAME.match(name)) and not words("of_a_sample").search(name)
    if is_share and subject.programme is None and context.about.is_project and not _OF_POPULATION.match(name):
        # 五个镇的免除人数占全县的45.82%: a share in a project's report is of its own, unless it is one of a population.
        subject = subject._replace(programme=context.about.project)
    if subject.programme is None and context.about.is_project and context.speaks_of_finance:
        spending_type = subject.spending_type or "project"
        subject = subject._replace(programme=context.about.project, spending_type=spending_type)
    return subject


def _names_only_the_old(place: Place) -> bool:
    """Whether the word nearest before a place that hints at a programme is no more than one for old people."""
    hint = next((t for t in reversed(place.clause) if t.meaning.programme or t.meaning.facility), None)
    return hint is not None and hint.meaning.word in _OLD_PEOPLE


def rated_by(place: Place) -> tuple[Subject, Subject]:
    """What the nearest words and the clause name, words that only name what is rated among them."""
    near = place.bounds.subject_within(place.near_start, place.start, indicator=True)
    clause = place.bounds.subject_within(place.clause_start, place.start, indicator=True)
    if near.programme is None and clause.programme is not None:
        near = near.merged(clause)
    return near, clause
