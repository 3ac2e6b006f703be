"""Money of the accounts: its source, type of spending, programme and named line.

In: an amount whose measure and stage are known. Out: the reading with its subject and item, and the scope that the
amount opens for those after it (其中 …). Nothing is refused: what is not said is None.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from ingest.figures.context import Context, says_done
from ingest.figures.items import item_in
from ingest.figures.place import PASSED_OVER, Place
from ingest.figures.programme import names_both_subsidies, subject_before, subject_of
from ingest.figures.reading import ACCOUNTS, Reading
from ingest.figures.subject import BOTH_SUBSIDIES, NOTHING, Subject, subject_in
from ingest.vocabulary import alternation, words, words_of

# 年初, 调整后全年, 年末总: what may stand before 预算.
WHEN_AND_WHOSE = rf"{alternation('project_money_when', 'amount_when', 'amount_whose')}{{0,3}}"
PROJECT_MONEY = re.compile(rf"项目{WHEN_AND_WHOSE}{alternation('project_money_what')}|{alternation('project_money')}")
# 人员经费…，年末执行X: when it was counted, not that it is the whole.
WHOLE = re.compile(rf"全年(?!指标)|(?!年末(?:实际|累计)?(?:执行|支付)){alternation('whole')}")

_WHOLE_APPROPRIATION = re.compile(rf"财政拨款(?:支出)?{alternation('sum_of_appropriation')}")
_NAMED_LINE = re.compile(
    rf"{alternation('named_line')}(?:20\d\d年度?)?(?:{WHEN_AND_WHOSE}预算|(?:已|拟|计划)安排)"
    # 安排养老服务专项900万元: what is planned is the line itself.
    rf"|安排[^，。；、]{{2,12}}{alternation('named_line_of_money')}$"
)
# 高标准农田项目6月末支付率, 敬老院项目因雨季停工，年初安排…: one project is the subject of the sentence.
_NAMED_PROJECT = re.compile(
    r"([\u4e00-\u9fff”]{2,3})(?:项目|工程)[，:]?(?:20\d\d年度?)?"
    rf"(?:{alternation('project_is_subject')}|\d{{1,2}}月|(?:支出)?绩效自评(?:综述|情况|结果):)"
)
# 养老服务类项目支付率, 组织对11个项目开展自评，涉及预算资金: of whatever projects, their money is that of projects.
_OF_PROJECTS = re.compile(
    rf"(?<!部分)(?<!个别)(?:项目|专项)(?:预算|资金)?{alternation('rate_of_project')}"
    rf"|项目(?:共|合计)?\d+个，(?:共|共计)?(?:涉及|预算|资金|安排)|项目(?:支出)?{alternation('projects_evaluated')}[^，。；]{{0,6}}，(?:共|共计)?(?:涉及|全年|合计)"
    r"|项目(?:支出)?绩效自评(?:综述|情况|结果):"
    rf"|项目“[^”]{{2,24}}”的?{WHEN_AND_WHOSE}(?:资金|{alternation('amount_noun')})"
)
_SEVERAL = tuple(words_of("several_projects"))
# 年中因专项资金的下达追加…，全年预算数…: the cause of a change is not what is budgeted.
_CAUSE = re.compile(r"(?:^|[，；。])[^，。；因]{0,6}因[^，。；]*，")
_DONE_AFTER = re.compile(
    rf"[^，。；]{{0,6}}，(?:用于|{alternation('for_whom', 'work_done', 'building_work', 'carried_out')})了?"
)
_DIVIDED = re.compile(rf"[^，。；\d]*支出{alternation('divided_into')}")
_THAT_PROJECT = re.compile("(?:^|，)(?:该|本|此)项目")
_SENTENCE_BEFORE = 80
_BY_UNIT = re.compile(rf"按{alternation('by_unit')}?单位")
_PURPOSE = re.compile(rf"、(?!{alternation('level_of_government')})[\u4e00-\u9fff]{{4,16}}")
_INSIDE = tuple(words_of("inside_scope"))
_NAMES_OF_MONEY = words_of("names_of_money")
_FUNCTIONS = words_of("function_of_spending")
_ITEMS_OF_OFFICE = words_of("item_of_office")
_PARTS_OF_BASIC = frozenset({"personnel", "operating"})
_BASIC_AND_PARTS = _PARTS_OF_BASIC | {"basic"}
# In these a heading names the source of all money below it; a report on performance only groups its chapters so.
_ACCOUNTS_PUBLISHED = frozenset({"final_account", "budget"})
# 政府采购工程预算 is what is bought, of basic spending and of projects.
_COUNTED_WORK = frozenset({"beneficiaries", "facilities", "beds"})
PROCUREMENT = "政府采购"
_ITEMS_WITH_PROGRAMME = frozenset({"上级资金", "救助工作经费", "彩票公益金", "中央预算内投资"})


@dataclass(slots=True)
class _Dimensions:
    programme: str | None
    residence: str | None
    fund_source: str | None
    spending_type: str | None


def read_account(
    context: Context, place: Place, reading: Reading, measure: str, stage: str | None, previous: Reading | None
) -> None:
    """Fill in an amount of the accounts; `previous` is the amount before it in the sentence."""
    found = _from_words(place)
    _from_section(context, place, found)
    is_whole = _is_whole(place)
    _from_scope(context, place, found, is_whole)
    _source_of_section(context, place, found)
    if measure == "carryover" and (place.near_text.startswith("、") or _is_beside_income(context, place)):
        # 政府性基金412万元、上年结转125万元: the item before in a list says nothing of what is carried over.
        found.fund_source = place.near_subject.fund_source
    item = _item(place, previous, is_whole)
    line = context.line_of_class(place)
    if line is not None and item == line.name:
        # What was said of the class so far does not make it a line of the office.
        item = None
    if item in _ITEMS_OF_OFFICE and not place.near_subject.spending_type:
        # 公用经费196万元。其中“三公”经费24万元: a line of the office has no type of spending of its own.
        found.spending_type = None
    if found.spending_type is None and measure == "expenditure" and not is_whole:
        found.spending_type = spending_divided(place)
    is_procurement = (item or "").startswith(PROCUREMENT)
    if found.spending_type is None and not is_procurement and _is_project_money(context, place, measure):
        found.spending_type = "project"
    _settle_programme(context, place, found, measure, item, previous, reading.fiscal_year)
    if words("income_without_source").search(place.near_text):
        # 财政拨款2,987万元、单位事业收入安排912万元: what a unit earns has no source, whatever stands beside it.
        found.fund_source = None
    subject = Subject(
        programme=found.programme or None,
        residence=found.residence,
        fund_source=found.fund_source,
        spending_type=found.spending_type,
    )
    if found.fund_source == "fiscal_appropriation" and (
        not context.mentions_other_money or (measure == "expenditure" and _WHOLE_APPROPRIATION.search(place.lead_text))
    ):
        subject = subject._replace(fund_source=None)
    this_year = context.about.fiscal_year
    if measure == "expenditure" and reading.fiscal_year and this_year and reading.fiscal_year > this_year:
        measure, stage = "budget", None
    if measure == "income":
        subject = subject._replace(spending_type=None)
    if line is not None and measure in ("budget", "expenditure"):
        if (is_whole and is_departments(context, place)) or (item in _FUNCTIONS and item not in line.names):
            context.leave_line_of_class()
        elif item is None or item in _FUNCTIONS:
            # What a paragraph says of one class of the accounts is not the department's whole.
            item, reading.variant = line.name, line.code
    reading.measure, reading.stage, reading.subject, reading.item = measure, stage, subject, item
    reading.confidence = 0.95 if place.near else 0.85
    is_aside = place.near_text.startswith("、") or place.is_in_parenthesis
    if not is_aside and (measure != "income" or found.fund_source):
        context.scope = subject


def _is_beside_income(context: Context, place: Place) -> bool:
    """收入包括:一般公共预算290万元，政府性基金18万元，上年结转4万元: beside several sources of income, a balance is one more."""
    token = place.cue_token("carryover")
    said = [r for r in context.readings if r.quantity.start >= place.sentence_start and r.measure == "income"]
    is_last = token is not None and token.meaning.value == "last"
    return is_last and len({r.subject.fund_source for r in said if r.subject.fund_source}) > 1


# “三公”经费支出4.12万元，完成全年预算5.50万元的74.9%: the budget is of the line that was spent on.
COMPLETED_BUDGET = re.compile(r"，?[为占]?完成了?[^，。；\d]{0,6}预算数?")

_YEAR_OF_IT = re.compile("全年|本年度?|年末")


def is_departments(context: Context, place: Place) -> bool:
    """Whether a whole, in a paragraph on one class of the accounts, is the department's: 全年部门总支出, not 全年预算.

    What only names the year is the whole of the class as long as the sentence with the first amount lasts.
    """
    if COMPLETED_BUDGET.match(place.lead_text):
        return False
    has_ended = bool(context.readings) and context.readings[0].quantity.start < place.sentence_start
    said = place.lead_text if has_ended else _YEAR_OF_IT.sub("", place.lead_text)
    return bool(WHOLE.search(said))


def _own_words(place: Place) -> Subject:
    near = place.near_subject
    if _is_next_purpose(place):
        return near
    says = near.fund_source or near.spending_type or near.programme is not None
    return near if says else place.clause_subject


def _is_whole(place: Place) -> bool:
    """Whether the amount is said to be the department's whole."""
    near = place.near_subject
    if COMPLETED_BUDGET.fullmatch(place.near_text):
        return False
    return bool(WHOLE.search(place.lead_text)) and not near.spending_type and not near.fund_source


def _is_next_purpose(place: Place) -> bool:
    """用于高龄津贴18万元、机构维修改造42万元: an item that no programme is named in is not of the one before it."""
    return bool(_PURPOSE.fullmatch(place.near_text)) and place.near_subject.programme is None


def _from_words(place: Place) -> _Dimensions:
    near = place.near_subject
    clause = place.clause_subject if not _is_next_purpose(place) else NOTHING
    return _Dimensions(
        programme=near.programme if near.programme is not None else clause.programme,
        residence=near.residence or clause.residence,
        fund_source=near.fund_source or clause.fund_source or place.tail_subject.fund_source,
        spending_type=near.spending_type or clause.spending_type,
    )


def _from_section(context: Context, place: Place, found: _Dimensions) -> None:
    """What the words leave out: from the sentence's opening, the section and the paragraph's topic."""
    near, section = place.near_subject, context.section
    names_no_part = not near.fund_source and not near.spending_type
    topic = context.own_topic if section.is_finance and names_no_part else NOTHING
    if found.programme is None and context.is_of_class and topic.programme is not None:
        # 社会福利(20810)殡葬(2081004): the classes above it are named as well.
        found.programme, found.residence = topic.programme, found.residence or topic.residence
    if found.programme is None and section.is_finance and names_no_part and not _is_received_anew(place):
        first = _first_figure(context, place)
        causes = [
            (place.sentence_start + m.start(), place.sentence_start + m.end()) for m in _CAUSE.finditer(place.said)
        ]
        named = [t for t in place.sentence if t.end <= first and not any(a <= t.start < b for a, b in causes)]
        opening = subject_in(named, place.text)
        if opening.programme is not None and opening.is_strong:
            found.programme, found.residence = opening.programme, found.residence or opening.residence
    is_basic = section.spending_type == "basic" and found.spending_type in _BASIC_AND_PARTS
    if found.fund_source is None and is_basic:
        # Under 一般公共预算财政拨款基本支出决算情况 basic spending and its parts are of that source.
        found.fund_source = section.source_of_type
    is_of_the_office = section.spending_type == "operating" and names_no_part and item_in(place.said) is None
    if is_of_the_office and not words("part_of_purchases").search(place.said) and found.spending_type is None:
        # Under the heading 机关运行经费 the money is that of running the office.
        found.spending_type = section.spending_type
    is_of_projects = section.spending_type == "project" and names_no_part and item_in(place.said) is None
    if is_of_projects and found.spending_type is None and not found.fund_source:
        # Under the heading 项目支出情况 money without a name is that of projects.
        found.spending_type = "project"
    if found.programme is None and topic.programme is not None:
        found.programme, found.residence = topic.programme, found.residence or topic.residence


def _source_of_section(context: Context, place: Place, found: _Dimensions) -> None:
    """The source of money that the headings name, where neither the words nor the amount before (其中 …) named one."""
    section = context.section
    if found.fund_source is not None or not section.fund_source or found.spending_type:
        return
    is_of_section = section.fund_source != "general_public_budget" or (
        context.about.kind in _ACCOUNTS_PUBLISHED
        and context.level <= 3
        and not context.is_of_class
        and found.programme is None
    )
    item = item_in(place.near_text)
    if is_of_section and (item is None or item in _FUNCTIONS):
        found.fund_source = section.fund_source


def _is_received_anew(place: Place) -> bool:
    """争取救助资金X，争取彩票公益金Y: a line of the accounts with a verb of its own is not of what was named before it."""
    return item_in(place.near_text) is not None and any(
        t.meaning.cue == "income" and t.meaning.value != "weak" for t in place.near
    )


def _first_figure(context: Context, place: Place) -> int:
    """Where the first number of the sentence begins that is neither date nor age."""
    quantities = context.quantities
    for index in range(bisect_left(quantities, place.sentence_start, key=lambda q: q.start), len(quantities)):
        if quantities[index].reason not in PASSED_OVER:
            return quantities[index].start
    return place.sentence_start


def _from_scope(context: Context, place: Place, found: _Dimensions, is_whole: bool) -> None:
    """What the amount before opened: its source and type hold for its parts."""
    scope, own = context.scope, _own_words(place)
    found.fund_source = found.fund_source or _source_of_basic(context, own)
    if scope is NOTHING:
        return
    if _is_next_purpose(place):
        scope = scope._replace(programme=None, residence=None)
    if not is_whole and not own.programme and not own.fund_source and not own.spending_type:
        found.fund_source = found.fund_source or scope.fund_source
        found.spending_type = found.spending_type or scope.spending_type
        found.programme = found.programme if found.programme is not None else scope.programme
        found.residence = found.residence or scope.residence
    elif (not is_whole and place.lead_text.startswith(_INSIDE)) or place.is_in_parenthesis:
        found.fund_source = found.fund_source or scope.fund_source
        found.spending_type = found.spending_type or scope.spending_type
    elif not is_whole and scope.fund_source == "government_fund" and not found.spending_type:
        found.fund_source = found.fund_source or scope.fund_source


def _source_of_basic(context: Context, own: Subject) -> str | None:
    """一般公共预算财政拨款基本支出X，其中人员经费Y；公用经费Z: the parts of basic spending have its source."""
    if own.spending_type not in _PARTS_OF_BASIC or (before := context.previous_accounts()) is None:
        return None
    is_beside = before.subject.spending_type in _PARTS_OF_BASIC and before.subject.spending_type != own.spending_type
    return before.subject.fund_source if is_beside or before.subject.spending_type == "basic" else None


def _item(place: Place, previous: Reading | None, is_whole: bool) -> str | None:
    # 事业收入60万元、其他收入50万元: the line before in a list is not that of the next source.
    is_next_source = place.near_text.startswith("、") and place.near_subject.fund_source is not None
    said = place.near_text if is_next_source else place.lead_text
    item = item_in(place.near_text) or item_in(said) or item_in(place.tail_text[:8])
    own = _own_words(place)
    if item is None and not is_whole and previous is not None and not (own.fund_source or own.spending_type):
        return previous.item
    return item


def _is_next_years_work(context: Context, place: Place, year: int | None) -> bool:
    """2025年计划投入…: what is meant to be put into the work of another year is no money of the project."""
    # 下年年初预算拟安排…: what the project's own budget will be.
    names_the_money = "年初预算" in place.near_text or any(t.meaning.word in _NAMES_OF_MONEY for t in place.near)
    if names_the_money:
        return False
    this_year = context.about.fiscal_year
    if year is not None and this_year is not None and year > this_year and not says_done(place.lead_text):
        return True
    if not context.is_future(place):
        return False
    return bool(words("meant").search(place.near_text)) or any(
        t.meaning.value in ("invest", "plan") and "投入" in t.meaning.word for t in place.near
    )


def spending_divided(place: Place) -> str | None:
    """The type of spending that a sentence divides by purpose: project in 项目支出中，救助补助986万元、养老服务652万元."""
    divided = _DIVIDED.match(place.said)
    if divided is None:
        return None
    named = subject_in(
        place.bounds.tokens_within(place.sentence_start, place.sentence_start + divided.end()), place.text
    )
    return named.spending_type


def speaks_of_project(place: Place) -> bool:
    """Whether the sentence before a place makes its money that of a project."""
    if PROJECT_MONEY.search(_CAUSE.sub("", place.said)) or _OF_PROJECTS.search(place.said):
        return True
    return named_project(place)


def named_project(place: Place) -> bool:
    """Whether the sentence before a place is about one project (养老服务项目因…停工，年初安排…)."""
    named = _NAMED_PROJECT.search(place.said)
    # 11月份因项目调整核减: the reason for something, and no project's name.
    return named is not None and not named[1].endswith((*_SEVERAL, "因"))


def _is_project_money(context: Context, place: Place, measure: str) -> bool:
    if measure in ("budget", "expenditure", "carryover") and speaks_of_project(place):
        return True
    is_named_line = measure == "budget" and _NAMED_LINE.search(place.near_text)
    if measure == "expenditure" and words("paid_after").match(place.tail_text):
        is_named_line = words("named_line").search(place.near_text)
    return bool(is_named_line) and context.about.kind != "final_account"


def _done_with(context: Context, place: Place, measure: str) -> str | None:
    """The programme that an investment without a name pays for, where the clause after it says what was done."""
    token = place.cue_token("expenditure")
    if measure != "expenditure" or token is None or token.meaning.value != "invest" or context.speaks_of_finance:
        return None
    done = _DONE_AFTER.match(place.text, place.end)
    if done is None:
        return None
    stop = min(place.bounds.clause_end(done.end()), place.sentence_end)
    named = subject_in(place.bounds.tokens_within(done.end(), stop), place.text)
    works = {
        t.meaning.programme or t.meaning.facility
        for t in place.bounds.tokens_within(stop, place.sentence_end)
        if t.meaning.strength in ("strong", "") and (t.meaning.programme or t.meaning.facility)
    }
    # …，建成助餐点9个: money for several works is of what they have in common.
    return named.programme if named.is_strong and works <= {named.programme} else None


def _work_in_hand(context: Context, place: Place, measure: str) -> str | None:
    """为老年人家庭实施适老化改造175户，投入87.5万元, in the report of another project: the work that was counted right before."""
    token = place.cue_token("expenditure")
    if measure != "expenditure" or token is None or token.meaning.value != "invest" or context.speaks_of_finance:
        return None
    before = context.readings[-1] if context.readings else None
    if before is None or before.quantity.start < place.sentence_start or before.measure not in _COUNTED_WORK:
        return None
    named = before.subject.programme
    return named if context.about.is_project and named != context.about.project else None


def _project_meant(place: Place) -> str | None:
    """敬老院改造项目开工迟，该项目全年预算1,600万元: the project that the words before name, in the sentence or before it."""
    if place.sentence_subject.is_strong:
        return place.sentence_subject.programme
    start = place.sentence_start
    before = subject_in(place.bounds.tokens_within(max(0, start - _SENTENCE_BEFORE), start), place.text)
    return before.programme if before.is_strong else None


def _settle_programme(
    context: Context,
    place: Place,
    found: _Dimensions,
    measure: str,
    item: str | None,
    previous: Reading | None,
    year: int | None,
) -> None:
    """The programme, where the words alone do not settle it; for a project's report its own programme and type."""
    about, near, tail = context.about, place.near_subject, place.tail_subject
    is_spent_for = near.programme is None and words("spent_for").match(place.tail_text)
    if near.programme is None and (done_with := _done_with(context, place, measure)) is not None:
        # 投入42万元，为140户家庭实施适老化改造: the work of the next clause, and no money of the report's own project.
        found.programme, found.spending_type = done_with, near.spending_type
        return
    if near.programme is None and (in_hand := _work_in_hand(context, place, measure)) is not None:
        found.programme, found.spending_type = in_hand, near.spending_type
        return
    is_named_after = tail.is_strong or is_spent_for
    if (found.programme is None or is_spent_for) and measure in ACCOUNTS and tail.programme and is_named_after:
        found.programme = tail.programme
    if item and item not in _ITEMS_WITH_PROGRAMME and "公益金" not in item and not item.endswith("支出"):
        found.programme = near.programme
    if found.programme and _BY_UNIT.search(place.said_before):
        found.programme = None
    if found.programme in BOTH_SUBSIDIES and near.programme is None:
        if previous is None and names_both_subsidies(context, place):
            before = subject_before(context, place)
            found.programme = before.programme if before is not None else found.programme
        if found.programme in BOTH_SUBSIDIES and context.names_each_subsidy:
            found.programme = "disability_both"
    if about.is_project and (not item or item in _ITEMS_WITH_PROGRAMME):
        found.programme = found.programme or about.project
        is_of_project = context.section.is_finance or (
            measure in ("budget", "expenditure") and not _is_next_years_work(context, place, year)
        )
        # What it costs to run a project's work (工作经费) is no money of the project.
        if found.spending_type is None and is_of_project and not words("cost_of_work").search(place.near_text):
            found.spending_type = "project"
        if measure == "carryover":
            found.spending_type = found.spending_type if near.spending_type else None
    if context.project and measure in ("budget", "expenditure") and not item and not found.fund_source:
        # Below 高龄津贴项目绩效自评综述 the budget and what was spent of it are the project's.
        found.programme = found.programme if found.programme is not None else context.project
        found.spending_type = found.spending_type or "project"
    if found.programme is None and measure in ("budget", "expenditure") and _THAT_PROJECT.search(place.said):
        found.programme = _project_meant(place)
    if found.programme is None and measure in ("budget", "expenditure") and named_project(place):
        # “高龄津贴”项目，全年预算860万元: the sentence is about one project, whose name says of which programme it is.
        found.programme = place.sentence_subject.programme if place.sentence_subject.is_strong else None
    is_work = not context.speaks_of_finance and not (item and item in _ITEMS_OF_OFFICE)
    if found.programme is None and is_work and measure in ("expenditure", "budget"):
        found.programme = subject_of(context, place)[0].programme or None
    if found.programme is None and about.kind == "standard_notice":
        found.programme = about.project
    if found.programme is None and is_work and measure == "carryover":
        found.programme = subject_of(context, place)[0].programme or None
