"""Help paid out: whether money that a word of help names was paid to people, or is money of the accounts.

In: an amount near a word of help or of paying. Out: its measure and stage, or the reading filled in. Nothing is refused.
"""

from __future__ import annotations

import re

from ingest.figures.accounts import PROJECT_MONEY, spending_divided
from ingest.figures.context import Context
from ingest.figures.going_on import go_on, goes_on_from_donations
from ingest.figures.items import item_in
from ingest.figures.lexicon import Token
from ingest.figures.place import Place
from ingest.figures.programme import subject_of
from ingest.figures.reading import ASSISTANCE, PAID, PER_HEAD, SPENT, MeasureAndStage, Reading
from ingest.figures.received import LEVEL_OF_MONEY
from ingest.figures.subject import BOTH_SUBSIDIES, Subject
from ingest.vocabulary import alternation, words, words_of

_MATCHING = re.compile(rf"{alternation('matching_money')}(?:共|合计)?$")
_FISCAL_SUBSIDY = re.compile(rf"{alternation('fiscal_subsidy')}[^，。；]{{0,10}}$")
_SUM_OF_THEM = re.compile(
    rf"(?:(?:[两三四五]类|[两三四五]项|上述|以上)[^，。；]{{0,6}}{alternation('sum_before')}|^[，；]?合计)(?:约|近)?$"
)
_NAMES_OF_MONEY = words_of("names_of_money")
_ITEMS_OF_HELP = words_of("item_of_help")
_BUDGET_VERBS = words_of("budget_verb")


def money_of_help(context: Context, place: Place, token: Token, previous: Reading | None) -> MeasureAndStage:
    """Money that a word of help names: help paid out, unless the words around it make it money of the accounts."""
    near, is_weak = place.near_subject, token.meaning.value == "weak"
    if place.near[-1].meaning.spending_type:
        # 尊老金项目支出612万元: a kind of spending, named after the help.
        return go_on(context, place, previous)
    whole = previous
    if whole is None and place.text.startswith("其中", place.sentence_start):
        whole = context.previous_accounts()
    is_part_of_income = whole is not None and whole.measure == "income" and "其中" in place.said
    if is_part_of_income and place.near[-1].meaning.word in _NAMES_OF_MONEY:
        # 下达资金1,423万元，其中…补助资金368万元: what was received, by its purposes.
        return whole.measure, whole.stage
    if context.about.is_project and LEVEL_OF_MONEY.search(place.near_text) and token.meaning.word in _NAMES_OF_MONEY:
        return "budget", None
    if is_weak and "其中" in place.said and previous is not None and previous.measure == "budget":
        # 预算安排500万元，其中运营补贴286万元: a budget by its purposes.
        return previous.measure, previous.stage
    if is_weak and spending_divided(place) is not None:
        return "expenditure", context.about.stage_now
    governed = _governing_money(context, place)
    if governed is not None:
        return governed
    if is_weak and (near.spending_type or near.fund_source):
        return go_on(context, place, previous)
    if is_weak and context.about.is_project and context.speaks_of_finance and not _is_given_to_people(context, place):
        is_given = context.section.is_finance and LEVEL_OF_MONEY.search(place.near_text)
        return ("budget", None) if is_given else SPENT
    if near.programme is None and not context.has_people(place) and words("paid_after").match(place.tail_text):
        # 技术推广补助资金218万元全部支付: money of the accounts, spent.
        return SPENT
    if _is_sought_from_above(place):
        # What one project was given from above is its budget.
        return ("budget", None) if context.about.is_project else ("income", "final")
    return SPENT if is_weak and _FISCAL_SUBSIDY.search(place.near_text) else PAID


def _is_given_to_people(context: Context, place: Place) -> bool:
    """为390名老人发放服务补贴18万元: a verb of paying out after those who were counted, whatever the money is called."""
    paid = words("payout_verb").search(place.near_text)
    return paid is not None and context.has_people(place) and not context.section.is_finance


def _is_sought_from_above(place: Place) -> bool:
    """争取上级…补助资金: money received, where no verb of paying out stands before it."""
    if not any(t.meaning.cue == "income" for t in place.sentence):
        return False
    return not any(
        t.meaning.word.endswith("发放")
        or (t.meaning.cue == "benefit" and t.meaning.value != "weak" and t.meaning.word not in _NAMES_OF_MONEY)
        for t in place.near
    )


def _governing_money(context: Context, place: Place) -> MeasureAndStage | None:
    """拟安排…补助资金1.5亿元, 转移支付支出: the verb of the accounts before a word that only names the money."""
    if not place.near:
        return None
    if place.near[-1].meaning.word not in _NAMES_OF_MONEY:
        # 年初预算已安排学生资助县级配套资金186万元: what is helped with it only names the money.
        is_money = _MATCHING.search(place.near_text)
        is_planned = any(t.meaning.cue == "budget" and t.meaning.value != "weak" for t in place.near)
        return ("budget", _planned_stage(place)) if is_money and is_planned else None
    for token in reversed(place.near[:-1]):
        cue, value = token.meaning.cue, token.meaning.value
        if cue == "budget" and token.meaning.word in _BUDGET_VERBS:
            return "budget", value if value in ("initial", "revised") else None
        if cue == "expenditure" and value == "invest":
            return ("budget", None) if context.is_future(place) else SPENT
        if cue == "benefit":
            return None
    return None


def _planned_stage(place: Place) -> str | None:
    """The stage of the nearest word that plans an amount and has one (年初预算)."""
    values = (t.meaning.value for t in reversed(place.near) if t.meaning.cue == "budget")
    return next((value for value in values if value in ("initial", "revised")), None)


def is_help(context: Context, place: Place) -> bool:
    """支出 and 支付 in the accounts of work are help paid out; in the accounts of money they are spending."""
    near = place.near_subject
    if not near.programme and goes_on_from_donations(context, place):
        return True
    item = item_in(place.lead_text)
    is_of_the_accounts = item is not None and not (item in _ITEMS_OF_HELP and context.has_people(place))
    if near.fund_source or near.spending_type or is_of_the_accounts:
        return False
    if (context.about.is_project and context.section.is_finance) or "转移支付" in place.lead_text:
        return False
    if PROJECT_MONEY.search(place.said_before):
        return False
    if context.has_people(place):
        return True
    if context.is_finance_sentence and not words("help_money").search(place.lead_text):
        return False
    is_of_finance = context.section.is_finance and context.about.kind != "standard_notice"
    if is_of_finance or (context.about.is_project and not near.is_strong):
        return False
    programme = near.programme if near.programme is not None else place.clause_subject.programme
    return bool(programme if programme is not None else context.topic.programme)


def sum_of_payments(context: Context, place: Place) -> Subject | None:
    """两项合计8,000万元 after payments: whose their sum is; None where no payments are summed up."""
    if not _SUM_OF_THEM.search(place.near_text):
        return None
    in_sentence = [r for r in context.readings[-12:] if r.measure and r.quantity.start >= place.sentence_start]
    if in_sentence and in_sentence[-1].measure in PER_HEAD and all(r.measure != "benefit_paid" for r in in_sentence):
        # 对12名孤儿每人补助2万元，合计24万元: the sum of what each of them got.
        return in_sentence[-1].subject
    paid = [r for r in context.readings[-12:] if r.measure == "benefit_paid"]
    if not paid:
        return None
    codes = {r.subject.programme for r in (paid if len(place.near_text) > 4 else paid[-2:])}
    if codes == BOTH_SUBSIDIES:
        return Subject(programme="disability_both")
    if {r.subject.programme for r in paid[-2:]} == {"orphan", "defacto_orphan"}:
        return Subject(programme="orphan")
    if len(codes) == 1:
        return Subject(programme=codes.pop())
    return Subject(programme="social_assistance" if codes <= ASSISTANCE else None)


def read_payment(context: Context, place: Place, reading: Reading) -> None:
    # 发放4,398万元低保金: what was given stands after the amount, where nothing before it names it.
    names_it = any(t.meaning.programme is not None for t in place.near)
    subject, sure = subject_of(context, place, use_tail=not names_it)
    reading.measure, reading.confidence = "benefit_paid", sure
    reading.subject = subject._replace(fund_source=None, spending_type=None)
