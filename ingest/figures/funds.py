"""Money of the accounts and of help: which of income, budget, expenditure, carry-over or help paid out an amount is.

In: a place whose amount is no standard, and its nearest cue. Out: the reading, filled in; refused is money without any
word that says what it is (no_cue), and money that others invest.
"""

from __future__ import annotations

import re

from ingest.figures.accounts import PROCUREMENT, PROJECT_MONEY, read_account, spending_divided
from ingest.figures.context import Context, says_done
from ingest.figures.items import item_in
from ingest.figures.lexicon import Token
from ingest.figures.place import Place
from ingest.figures.programme import subject_of
from ingest.figures.reading import ACCOUNTS, ASSISTANCE, MONEY, PER_HEAD, Reading
from ingest.figures.subject import BOTH_SUBSIDIES, Subject
from ingest.vocabulary import alternation, words, words_of

# 募集善款783万元，用于助学、助医等项目支出641.5万元: the projects are those listed, no type of spending.
_LISTED_PROJECTS = re.compile("等项目支出")

MeasureAndStage = tuple[str | None, str | None]
_SPENT: MeasureAndStage = ("expenditure", "final")
_PAID: MeasureAndStage = ("benefit_paid", None)
_UNKNOWN: MeasureAndStage = (None, None)

# 上年为28.40万元, 2021年末该数为28.40万元
OF_ANOTHER_YEAR = re.compile(
    rf"(?:{alternation('last_year')}|20\d\d年)(?:度|同期|末|底)?(?:的?{alternation('that_number')})?[为是达的]?$"
)

_USED_FOR = re.compile(r"用于(?!.{0,20}收入)")
# 年末结转12万元，支出全部用于…，其中：甲9万元: the parts are of the spending, not of the balance before it.
_SPENT_SINCE = re.compile(r"支出[^，。；\d]{0,6}用于")
# 较年初的212.50万元有所上升: what was there at the start is of the year before.
_AT_ITS_START = re.compile(r"[较比]年初(?:数|时)?[为是的]?$")
# 中央和省级下达转移支付资金, 中央、自治区已下拨我市…资金
_HANDED_DOWN = re.compile(
    rf"{alternation('government_above')}(?:财政)?(?:[向对给]{alternation('our_area')})?(?:共|已|累计|当年|全年|提前)*{alternation('handed_down')}[^，。；]{{0,40}}$"
)
# 收到中央…资金, 获拨省级…资金, 争取到上级…资金; 申请中央…资金 where the amount is what was asked for.
_RECEIVED = re.compile(
    rf"(?:(?:{alternation('received')}|{alternation('asked_for')}(?=到))(?:到位|到|了)*|(?P<asked>{alternation('asked_for')})了?)"
    rf"{alternation('government_above')}(?P<what>[^，。；]{{0,40}})$"
)
# 收到上级资金后发放生活费: what was paid out of it.
_PAID_OUT_OF_IT = re.compile(
    rf"{alternation('money_noun')}[^，。；]*?(?:后|{alternation('payout_verb')})|(?<!用于)发放"
)
# 申请中央资金支持改建敬老院: what was done with the money; not 资金支持共计.
_DONE_WITH_IT = re.compile(rf"{alternation('money_noun')}[^，。；]{{5,}}$")
# 分三批下达：第一批29,530万元，第二批…
_BATCH = re.compile(r"第[一二三四五六]批(?:资金)?(?:为|:)?$")
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
# 中央补助资金800万元、省级补助资金120万元先后到位
_FROM_ABOVE = re.compile(rf"[，、]?(?:其中:?|[^，。；、\d]{{1,6}})?{alternation('government_above')}")
_ARRIVED_AFTER = re.compile(
    rf"(?:[、和及][^，。；、\d]{{0,24}}\d[\d,.]*[万亿]?元)*{alternation('already', 'one_after_another')}*+{alternation('amount_arrived')}"
)
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
_GIVEN_TO_US = re.compile(rf"补助{alternation('our_area')}[^，。；\d]{{0,24}}$")
# 52个社会组织参与乡村振兴，投入资金126万元
_OTHERS_TAKE_PART = re.compile(rf"{alternation('not_the_departments')}[^，。；]{{0,8}}参与")
# 方案分年度测算财政投入：2023年300万元、2024年420万元
_ESTIMATE = re.compile(rf"{alternation('estimated')}[^，。；\d]{{0,10}}投入(?:[为:]|(?:19|20)\d\d年)*$")
_MATCHING = re.compile(rf"{alternation('matching_money')}(?:共|合计)?$")
_LEVEL_OF_MONEY = re.compile(
    rf"{alternation('level_of_government')}[级本财政]*(?:彩票公益金)?{alternation('money_given')}?(?:资金|预算)?$"
)
_SHARE_OF_LEVEL = re.compile(rf"[，、]?(?:其中:?)?{_LEVEL_OF_MONEY.pattern}")
_FISCAL_SUBSIDY = re.compile(rf"{alternation('fiscal_subsidy')}[^，。；]{{0,10}}$")
# 全年政府采购预算 is no stage of the department's budget.
_FULL_YEAR_BUDGET = re.compile(r"全年(?![^，。；\d]{0,4}采购)[^，。；\d]{0,8}预算|调整后[^，。；\d]{0,6}预算")
# 市财政批复我局部门预算: what was approved is the year's first budget.
_APPROVED = re.compile(rf"(?<!追加)(?<!调整)批复(?!{alternation('after_approval')})[^，。；]*$")
_DIVIDED_BY_SOURCE = re.compile(alternation("divided_by_source"))
_LAST_YEAR_SAID = re.compile(r"(?:19|20)\d\d年(?:度)?(?:年?末|年?底)[^，。；]{0,12}$")
_BOTH_TOTALS = re.compile(
    rf"(?:收入?、支(?:出)?|收支)(?:总[预决]算|(?:[预决]算)?{alternation('sum_of_appropriation')})|收入(?:总计)?(?:和|与|、)支出总计"
)
# …总额2,845万元。按用途划分：甲1,594万元；乙312万元: the sentence, up to the next stop, divides the amount before it.
_DIVIDES_AMOUNT_BEFORE = re.compile(
    rf"其中|{alternation('divided_by_source')}"
    r"|(?:按照?[^，。；:\d]{2,10}(?:划分|分类|区分|[来可]?分为?|来?看)|[分从][^，。；:\d]{2,10}看)[:，]"
)
_SUM_OF_THEM = re.compile(
    rf"(?:(?:[两三四五]类|[两三四五]项|上述|以上)[^，。；]{{0,6}}{alternation('sum_before')}|^[，；]?合计)(?:约|近)?$"
)
_OF_INCOME = re.compile(rf"收入{alternation('income_parts')}")
_MONEY_AT_END = re.compile(rf"资金{alternation('money_end')}?$|金$")
_NAMES_OF_MONEY = words_of("names_of_money")
_ITEMS_OF_HELP = words_of("item_of_help")
_ITEMS_OF_OFFICE = words_of("item_of_office")
_BUDGET_VERBS = words_of("budget_verb")
_PAYMENT_VERBS = words_of("payment_verb")
_REFUSED = frozenset({"not_a_level", "growth", "condition", "price"})
_LONGEST_LINE = 8
_OF_UNNAMED_PROJECT = 0.85
_NEXT_OF_PEOPLE = frozenset({"、", "，", "共", "、共", "，共"})


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
    if cue in (None, "benefit") and (total := _sum_of_payments(context, place)) is not None:
        reading.measure, reading.subject, reading.confidence = "benefit_paid", total, 0.85
    elif measure is None:
        reading.reason, reading.confidence = "no_cue", 0.3
    elif measure == "benefit_paid":
        _read_payment(context, place, reading)
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
        return _inherited(context, place, previous)
    is_batch = _BATCH.search(place.near_text) and words("handed_down").search(place.said)
    is_batch = is_batch or _GIVEN_TO_US.search(place.lead_text)
    has_arrived = _FROM_ABOVE.match(place.near_text) and _ARRIVED_AFTER.match(place.text, place.end)
    if (
        is_batch
        or (cue in (None, "benefit", "expenditure") and has_arrived)
        or (
            cue in (None, "benefit", "income")
            and (_HANDED_DOWN.search(place.lead_text) or _is_received(place.lead_text))
        )
    ):
        return ("budget", None) if context.about.is_project else ("income", context.about.stage_now)
    if cue in (None, "benefit") and _NEEDED.search(place.near_text):
        return "budget", None
    if (
        cue in (None, "carryover", "expenditure")
        and _LEFT_OVER.search(place.near_text)
        and _CARRIED_ON.match(place.tail_text)
    ):
        return "carryover", None
    is_share = previous is not None and _SHARE_OF_LEVEL.fullmatch(place.near_text)
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
        return _inherited(context, place, previous)
    if cue == "benefit":
        return _of_benefit(context, place, token, previous)
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
    return _SPENT


def _is_received(lead_text: str) -> bool:
    """收到中央…资金: the amount is money that came from above, not what was paid out of it."""
    received = _RECEIVED.search(lead_text)
    if received is None or _PAID_OUT_OF_IT.search(received["what"]):
        return False
    return received["asked"] is None or not _DONE_WITH_IT.search(received["what"])


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
        return _SPENT
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
    return kind in (("budget", "weak"), ("carryover", "last")) or bool(_LEVEL_OF_MONEY.search(place.near_text))


def _of_benefit(context: Context, place: Place, token: Token, previous: Reading | None) -> MeasureAndStage:
    """Money that a word of help names: help paid out, unless the words around it make it money of the accounts."""
    near, is_weak = place.near_subject, token.meaning.value == "weak"
    whole = previous
    if whole is None and place.text.startswith("其中", place.sentence_start):
        whole = context.previous_accounts()
    is_part_of_income = whole is not None and whole.measure == "income" and "其中" in place.said
    if is_part_of_income and place.near[-1].meaning.word in _NAMES_OF_MONEY:
        # 下达资金1,423万元，其中…补助资金368万元: what was received, by its purposes.
        return whole.measure, whole.stage
    if context.about.is_project and _LEVEL_OF_MONEY.search(place.near_text) and token.meaning.word in _NAMES_OF_MONEY:
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
        return _inherited(context, place, previous)
    if is_weak and context.about.is_project and context.speaks_of_finance and not _is_given_to_people(context, place):
        is_given = context.section.is_finance and _LEVEL_OF_MONEY.search(place.near_text)
        return ("budget", None) if is_given else _SPENT
    if near.programme is None and not context.has_people(place) and words("paid_after").match(place.tail_text):
        # 技术推广补助资金218万元全部支付: money of the accounts, spent.
        return _SPENT
    if _comes_from_above(place):
        return "income", "final"
    return _SPENT if is_weak and _FISCAL_SUBSIDY.search(place.near_text) else _PAID


def _is_given_to_people(context: Context, place: Place) -> bool:
    """为390名老人发放服务补贴18万元: a verb of paying out after those who were counted, whatever the money is called."""
    paid = words("payout_verb").search(place.near_text)
    return paid is not None and context.has_people(place) and not context.section.is_finance


def _comes_from_above(place: Place) -> bool:
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
            return ("budget", None) if context.is_future(place) else _SPENT
        if cue == "benefit":
            return None
    return None


def _planned_stage(place: Place) -> str | None:
    """The stage of the nearest word that plans an amount and has one (年初预算)."""
    values = (t.meaning.value for t in reversed(place.near) if t.meaning.cue == "budget")
    return next((value for value in values if value in ("initial", "revised")), None)


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
    if value in ("pay", "") and token.meaning.word in _PAYMENT_VERBS and _is_help(context, place):
        return _PAID
    names_help = any(t.meaning.cue == "benefit" for t in place.near)
    if value == "pay" and names_help and not context.section.is_finance:
        return _PAID
    if value == "invest" and (context.is_future(place) or words("estimated").search(place.said[-20:])):
        return "budget", None
    if about.is_budget_document and reading.fiscal_year == about.fiscal_year and not says_done(place.said):
        return "expenditure", "initial"
    return _SPENT


def _is_help(context: Context, place: Place) -> bool:
    """支出 and 支付 in the accounts of work are help paid out; in the accounts of money they are spending."""
    near = place.near_subject
    if not near.programme and _goes_on_from_donations(context, place):
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


def _goes_on_from_donations(context: Context, place: Place) -> bool:
    """募集善款286万元，支出231万元: what a charity raised it pays out as help."""
    before = context.readings[-1] if context.readings else None
    is_beside = before is not None and before.quantity.start >= place.sentence_start and before.unit == "CNY"
    return is_beside and before.measure is None and bool(words("donated").search(place.said_before))


def _inherited(context: Context, place: Place, previous: Reading | None) -> MeasureAndStage:
    """Money without a cue of its own goes on with the measure before it, or is spending where only a type is named."""
    near, lead = place.near_subject, place.lead_text
    names_a_part = bool(near.fund_source or near.spending_type)
    if _LISTED_PROJECTS.search(place.near_text) and not near.programme and _goes_on_from_donations(context, place):
        return _PAID
    if _goes_on_from_refused(context, place):
        return _UNKNOWN
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
        return _PAID
    if names_a_part or item_in(lead) or context.section.is_finance or spending_divided(place) is not None:
        is_planned = context.about.is_budget_document and not says_done(lead)
        return ("expenditure", "initial") if is_planned else _SPENT
    if context.has_people(place) or words("help").search(lead) or words("help").search(place.said_before):
        return _PAID
    if near.programme is None:
        return _UNKNOWN
    return _SPENT if context.speaks_of_finance and not _MONEY_AT_END.search(place.near_text) else _PAID


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


def _sum_of_payments(context: Context, place: Place) -> Subject | None:
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


def _read_payment(context: Context, place: Place, reading: Reading) -> None:
    # 发放4,398万元低保金: what was given stands after the amount, where nothing before it names it.
    names_it = any(t.meaning.programme is not None for t in place.near)
    subject, sure = subject_of(context, place, use_tail=not names_it)
    reading.measure, reading.confidence = "benefit_paid", sure
    reading.subject = subject._replace(fund_source=None, spending_type=None)
