"""Money of the accounts and of help: which of income, budget, expenditure, carry-over or help paid out an amount is.

In: a place whose amount is no standard, and its nearest cue. Out: the reading, filled in; refused is money without any
word that says what it is (no_cue), and money that others invest.
"""

from __future__ import annotations

import re

from ingest.figures.accounts import PROCUREMENT, read_account
from ingest.figures.context import Context, says_done
from ingest.figures.going_on import go_on
from ingest.figures.help_paid import is_help, money_of_help, read_payment, sum_of_payments
from ingest.figures.items import item_in
from ingest.figures.lexicon import Token
from ingest.figures.place import Place
from ingest.figures.reading import ACCOUNTS, MONEY, PAID, SPENT, MeasureAndStage, Reading
from ingest.figures.received import LEVEL_OF_MONEY, SHARE_OF_LEVEL, comes_from_above
from ingest.vocabulary import alternation, words, words_of

# 上年为28.40万元, 2021年末该数为28.40万元
OF_ANOTHER_YEAR = re.compile(
    rf"(?:{alternation('last_year')}|20\d\d年)(?:度|同期|末|底)?(?:的?{alternation('that_number')})?[为是达的]?$"
)
# 较年初的212.50万元有所上升: what was there at the start is of the year before.
_AT_ITS_START = re.compile(r"[较比]年初(?:数|时)?[为是的]?$")
_COMPARED_WITH = re.compile(r"^，?(?:比|较)(?!年初)")
_SUM_NAMED = rf"{alternation('amount_counter', 'sum_before')}?[为是]?$"
_BUDGET_OF_SPENDING = re.compile(rf"(?<!项目)(?<!基本)支出(?:总?预算|(?:预算)?共?安排){_SUM_NAMED}")
_PLANNED = re.compile(
    rf"(?:年初{alternation('which_budget')}*预算{alternation('arranged')}?(?:总|数)?(?:支出|收入)|收入总?预算){_SUM_NAMED}"
)
# 收入预算安排120万元: the verb of planning does not make the income a budget.
_INCOME_ARRANGED = re.compile(rf"收入总?预算{alternation('amount_noun')}{_SUM_NAMED}")
_NEEDED = re.compile(
    rf"需(?:要|求)?[^，。；\d]{{0,14}}资金(?:{alternation('amount_counter', 'sum_before', 'about')}|为)*+$"
)
# 项目支出中，由一般公共预算安排120万元，由政府性基金安排16万元: spending by the money that it was met from.
_PAID_FROM = re.compile(rf"[，、]?[由从][^，。；、\d]{{2,16}}{alternation('arranged')}的?")
_OF_SPENDING = re.compile(r"支出(?:中|资金来源|按来源)[^。；]*$")
# 余144.51万元结转至2024年
_LEFT_OVER = re.compile(rf"{alternation('what_is_left')}{alternation('money_noun')}?(?:部分)?的?$")
_CARRIED_ON = re.compile(rf"[^，。；]{{0,6}}{alternation('carried_on')}")
# 工作经费38万元由县级财政另行安排
_ARRANGED = re.compile(rf"由[^，。；\d]{{1,14}}{alternation('arranged')}")
# 改造资金520万元仅支付264万元
_PAID_OF_IT = rf"{alternation('only')}*{alternation('paid_of_it')}了?"
_OF_WHICH_PAID = re.compile(rf"{_PAID_OF_IT}\d")
_PAID_OF = re.compile(_PAID_OF_IT)
# 养老服务专项900万元迟至11月才分解到乡镇: the line was budgeted, and nothing of it spent yet.
_HANDED_ON_LATE = re.compile(rf"[^，。；]{{0,8}}才{alternation('handed_on')}")
_FUND = re.compile(rf"(?:{alternation('money_noun')}|金)$")
_TO_NEXT_YEAR = re.compile(rf"结转(?:至|到)?(?:{alternation('carried_to_year')}|20\d\d年)")
# 52个社会组织参与乡村振兴，投入资金126万元
_OTHERS_TAKE_PART = re.compile(rf"{alternation('not_the_departments')}[^，。；]{{0,8}}参与")
# 全年政府采购预算 is no stage of the department's budget.
_FULL_YEAR_BUDGET = re.compile(r"全年(?![^，。；\d]{0,4}采购)[^，。；\d]{0,8}预算|调整后[^，。；\d]{0,6}预算")
# 市财政批复我局部门预算: what was approved is the year's first budget.
_APPROVED = re.compile(rf"(?<!追加)(?<!调整)批复(?!{alternation('after_approval')})[^，。；]*$")
_DIVIDED_BY_SOURCE = re.compile(alternation("divided_by_source"))
_LAST_YEAR_SAID = re.compile(r"(?:19|20)\d\d年(?:度)?(?:年?末|年?底)[^，。；]{0,12}$")
_BOTH_TOTALS = re.compile(
    rf"(?:收入?、支(?:出)?|收支)(?:总[预决]算|(?:[预决]算)?{alternation('sum_of_appropriation')})|收入(?:总计)?(?:和|与|、)支出总计"
)
_ITEMS_OF_OFFICE = words_of("item_of_office")
_PAYMENT_VERBS = words_of("payment_verb")
_LONGEST_LINE = 8
_OF_UNNAMED_PROJECT = 0.85


def read_funds(context: Context, place: Place, reading: Reading, cue: str | None) -> None:
    """Fill in what money of the accounts, or paid out as help, an amount is."""
    previous = context.previous(place, MONEY)
    if (
        cue is None
        and not place.near
        and (OF_ANOTHER_YEAR.search(place.near_text) or _AT_ITS_START.search(place.near_text))
    ):
        same = previous or context.previous_accounts()
        if previous is not None and previous.measure in ACCOUNTS and _COMPARED_WITH.search(place.near_text):
            # 总收入X，其中…，较上年的Y增加: what is compared is the whole that the sentence began with.
            same = next(
                r
                for r in context.readings
                if r.quantity.start >= place.sentence_start and r.measure == previous.measure
            )
        elif previous is None and _COMPARED_WITH.search(place.near_text):
            # 支出X，比年初预算数Y减少…；比上年Z减少…: the spending is compared again, not the budget.
            same = context.compared()
        if same is not None and same.measure in ACCOUNTS:
            reading.measure, reading.stage, reading.subject, reading.item = (
                same.measure,
                same.stage,
                same.subject,
                same.item,
            )
            reading.confidence = 0.9
            if _AT_ITS_START.search(place.near_text) and same.fiscal_year:
                reading.fiscal_year = same.fiscal_year - 1
            return
    token = place.cue_token(cue)
    measure, stage = _measure_and_stage(context, place, reading, cue, token, previous)
    invested = token is not None and token.meaning.value == "invest"
    is_of_others = words("not_the_departments").search(place.lead_text) or _OTHERS_TAKE_PART.search(place.said)
    if measure == "expenditure" and invested and is_of_others:
        reading.reason = "not_the_departments"
        return
    if _BOTH_TOTALS.search(place.lead_text):
        measure, stage = "income", context.about.stage_now
    if cue in (None, "benefit") and (total := sum_of_payments(context, place)) is not None:
        reading.measure, reading.subject, reading.confidence = "benefit_paid", total, 0.85
    elif measure is None:
        reading.reason, reading.confidence = "no_cue", 0.3
    elif measure == "benefit_paid":
        read_payment(context, place, reading)
    else:
        read_account(context, place, reading, measure, stage, previous)
        if context.about.is_project and context.about.project is None and reading.subject.programme is None:
            # The report is of one project, which nobody named: so is its money.
            reading.confidence = min(reading.confidence, _OF_UNNAMED_PROJECT)


def _measure_and_stage(
    context: Context, place: Place, reading: Reading, cue: str | None, token: Token | None, previous: Reading | None
) -> MeasureAndStage:
    if _is_part_of_a_budget(context, place, token):
        reading.fiscal_year = context.section.year or context.about.fiscal_year
        return go_on(context, place, previous)
    if comes_from_above(place, cue):
        return ("budget", None) if context.about.is_project else ("income", context.about.stage_now)
    if cue in (None, "benefit") and _NEEDED.search(place.near_text):
        return "budget", None
    if (
        cue in (None, "carryover", "expenditure")
        and _LEFT_OVER.search(place.near_text)
        and _CARRIED_ON.match(place.tail_text)
    ):
        return "carryover", None
    is_share = previous is not None and SHARE_OF_LEVEL.fullmatch(place.near_text)
    if is_share and (
        _is_received_beside(place, previous)
        or previous.measure == "expenditure"
        or _is_part_of_a_balance(place, reading, previous)
    ):
        # 中央资金X、省级补助资金Y、县级配套资金Z: whose money it was, neither help that was paid nor a budget.
        return previous.measure, previous.stage
    if cue in (None, "benefit", "carryover", "expenditure"):
        told = _told_by_its_clause(context, place, cue, previous)
        if told is not None:
            return told
    if token is None or token.meaning.value in ("item", "weak"):
        whole = _line_budgeted(context, place, previous)
        if whole is not None:
            return whole.measure, whole.stage
    if token is None:
        return go_on(context, place, previous)
    if cue == "benefit":
        return money_of_help(context, place, token, previous)
    if cue == "budget" and _PAID_FROM.fullmatch(place.near_text) and _OF_SPENDING.search(place.said):
        return "expenditure", context.about.stage_now
    if cue == "budget" and _INCOME_ARRANGED.search(place.near_text):
        return "income", "initial"
    if cue == "budget":
        is_of_this_year = reading.fiscal_year == context.about.fiscal_year
        is_of_spending = _BUDGET_OF_SPENDING.search(place.near_text) and not _is_of_the_office(place)
        if context.about.is_budget_document and is_of_this_year and is_of_spending:
            return "expenditure", "initial"
        stage = _budget_stage(place, token)
        if stage is None and "其中" in place.said and previous is not None and previous.measure == "budget":
            # 年初预算X，其中基本支出预算Y: a part of the budget is of its stage.
            stage = previous.stage
        return "budget", stage
    is_part_of_budget = previous is not None and previous.measure == "budget" and context.about.is_budget_document
    is_item = token.meaning.value == "item" or (cue == "expenditure" and _is_of_the_office(place))
    if is_item and is_part_of_budget:
        # “三公”经费预算6.8万元，其中公务接待费1.3万元: the parts of a budget are budgeted.
        return previous.measure, previous.stage
    planned = _PLANNED.search(place.near_text)
    if planned:
        # 年初部门预算总收入, 年初部门预算总支出: what the year was planned to bring and to cost.
        return ("income" if cue == "income" else "budget"), "initial"
    if cue == "expenditure":
        return _of_expenditure(context, place, reading, token)
    if cue == "income":
        is_source = words("income_without_source").search(place.near_text) or place.near_subject.fund_source == "other"
        is_listed = place.near_text.startswith(("、", "其中", "，其中"))
        if is_source and is_listed and "其中" in place.said and previous is not None and previous.measure == "budget":
            # 预算910万元，其中财政拨款800万元、事业收入60万元、其他收入50万元: a budget, by its sources.
            return previous.measure, previous.stage
        is_weak = token.meaning.value == "weak" and "其中" in place.said
        if is_weak and previous is not None and previous.measure == "expenditure":
            # 支出35,045万元，其中县级专项6,812万元、上级专项28,233万元: spending, by whose money it was.
            return previous.measure, previous.stage
        return "income", context.about.stage_now
    if cue == "carryover":
        is_last_years = token.meaning.value == "last" and not _LAST_YEAR_SAID.search(place.said)
        if is_last_years and reading.fiscal_year is not None:
            reading.fiscal_year -= 1
        return "carryover", None
    return SPENT


def _is_received_beside(place: Place, previous: Reading) -> bool:
    """中央资金800万元、州级补助12万元先后到位: the next item of a list of money that came in."""
    return previous.measure == "income" and place.near_text.startswith("、")


def _is_part_of_a_balance(place: Place, reading: Reading, previous: Reading) -> bool:
    """年末结转120万元，其中中央资金100万元、省级20万元; 上年结转50万元，省级补助200万元 are sources of money beside each other."""
    is_balance = previous.measure == "carryover" and previous.fiscal_year == reading.fiscal_year
    return is_balance and ("其中" in place.near_text or ("其中" in place.said and place.near_text.startswith("、")))


def _line_budgeted(context: Context, place: Place, previous: Reading | None) -> Reading | None:
    """“三公”经费预算6.8万元。其中：公务接待费1.3万元；…: the line of the office whose budget the sentences before divide."""
    item = item_in(place.lead_text)
    if not context.about.is_budget_document or item is None:
        return None
    goes_on = place.said.startswith("其中") or context.text[place.sentence_start - 1 : place.sentence_start] == "；"
    whole = context.previous_accounts() if previous is None and goes_on else previous
    is_line = whole is not None and whole.measure == "budget" and whole.item in _ITEMS_OF_OFFICE
    return whole if is_line and item in _ITEMS_OF_OFFICE else None


def _is_of_the_office(place: Place) -> bool:
    """公务接待费支出: a line of the office itself, whatever the word for spending after it; purchases are none."""
    item = item_in(place.near_text)
    return item in _ITEMS_OF_OFFICE and not item.startswith(PROCUREMENT)


def _told_by_its_clause(
    context: Context, place: Place, cue: str | None, previous: Reading | None
) -> MeasureAndStage | None:
    """What the clause around an amount makes of it, whatever names it: arranged, paid in part, handed on; None for others."""
    is_fund = _FUND.search(place.near_text) or words("named_line").search(place.near_text[-_LONGEST_LINE:])
    if _TO_NEXT_YEAR.match(place.tail_text):
        return "carryover", None
    if is_fund and (
        _ARRANGED.match(place.tail_text)
        or _OF_WHICH_PAID.match(place.text, place.end)
        or _HANDED_ON_LATE.match(place.tail_text)
    ):
        return "budget", None
    if previous is None:
        return None
    is_next = place.text[previous.quantity.end : place.start] == place.near_text
    if is_next and previous.measure == "budget" and _PAID_OF.fullmatch(place.near_text):
        return SPENT
    if cue == "benefit" and previous.measure == "income" and place.near_text.startswith("、"):
        # 收到救助补助资金X、养老服务奖补Y
        return previous.measure, previous.stage
    return None


def _is_part_of_a_budget(context: Context, place: Place, token: Token | None) -> bool:
    """其中：中央资金X，…，上年结转Y: sources of a budget, whatever they are called."""
    if not _DIVIDED_BY_SOURCE.search(place.said):
        return False
    last = next((r for r in reversed(context.readings[-6:]) if r.measure in ("budget", "expenditure", "income")), None)
    if last is None or last.measure != "budget":
        return False
    kind = (token.meaning.cue, token.meaning.value) if token is not None else None
    return kind in (("budget", "weak"), ("carryover", "last")) or bool(LEVEL_OF_MONEY.search(place.near_text))


def _budget_stage(place: Place, token: Token) -> str | None:
    value = token.meaning.value
    if value in ("initial", "revised"):
        return value
    if value == "revised_if_money" or _FULL_YEAR_BUDGET.search(place.near_text):
        return "revised"
    is_approved = _APPROVED.search(place.lead_text) or (token.meaning.word == "总预算" and "批复" in place.said)
    if words("amount_first").search(place.lead_text) or is_approved:
        return "initial"
    return None


def _of_expenditure(context: Context, place: Place, reading: Reading, token: Token) -> MeasureAndStage:
    about, value = context.about, token.meaning.value
    if value in ("pay", "") and token.meaning.word in _PAYMENT_VERBS and is_help(context, place):
        return PAID
    names_help = any(t.meaning.cue == "benefit" for t in place.near)
    if value == "pay" and names_help and not context.section.is_finance:
        return PAID
    if value == "invest" and (context.is_future(place) or words("estimated").search(place.said[-20:])):
        return "budget", None
    if about.is_budget_document and reading.fiscal_year == about.fiscal_year and not says_done(place.said):
        return "expenditure", "initial"
    return SPENT
