"""Heads of columns: what each says of the cells below it.

In: the text of a head. Out: a `Column` with its role; a head that says nothing known is a note, and what stands below
it is no figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.documents.amount_heads import AmountHead, read_amount_head
from ingest.documents.form_words import indicator_head
from ingest.figures.captions import Caption, MoneyUnit, money_unit, unit_of_money
from ingest.figures.lazily import kept_for_labels
from ingest.figures.lexicon import Token, find_words, in_context
from ingest.figures.reading import PEOPLE_UNITS, PER_HEAD, About, Section
from ingest.figures.subject import NOTHING, Subject, subject_in
from ingest.quantities.scan import unit_codes
from ingest.vocabulary import alternation, words

# Roles whose cells are figures, and those whose cells never are.
VALUE_ROLES = frozenset({"money", "percent", "count", "standard", "quantity"})
NOT_VALUE_ROLES = frozenset({"skip", "code", "label", "year", "note", "blank", "unit", "score", "period"})


@dataclass(slots=True)
class Column:
    """What a head says of the cells below it.

    `role` is one of VALUE_ROLES and NOT_VALUE_ROLES, target or actual; `scale` is in yuan, and `has_unit` says
    that one of the heads above the column names it; `is_generic` says that it is
    the row that tells what an amount is, `is_of_budget` that the budget which it was spent from stands beside it; `path`
    are the heads one above the other, the outermost first, and `side` is income or expenditure in a table of two sides.
    """

    index: int
    text: str
    role: str = "note"
    measure: str | None = None
    stage: str | None = None
    unit: str | None = None
    scale: int = 1
    has_unit: bool = False
    per: str | None = None
    year: int | None = None
    subject: Subject = NOTHING
    is_generic: bool = False
    is_of_budget: bool = False
    item: str | None = None
    side: str | None = None
    path: tuple[str, ...] = ()

    @property
    def full_text(self) -> str:
        """The heads above the column, the outermost first: 决算数 / 公务接待费."""
        return " / ".join(self.path) or self.text


@dataclass(slots=True)
class Frame:
    """All that stands around a cell: caption and heads, the headings above the table, the document.

    `has_projects_beside_basic` says that the rows beside 基本支出 are projects, `has_basic_lines` that one row is basic spending or a part of it; `is_form` says that the rows are of one project, as its form names it; `project` is its programme, if it has one.
    `merged_labels` holds, by its column, a label that the rows below may go on with, `balances` holds, by the column of its label, the balance (年初结转和结余) whose sources of money the rows now name;
    `wholes`, likewise, the last label that names no part (其中), and `parts` that
    of the whole which the row in hand is a part of; `more_parts` says where the rows begin that go on such parts without saying so;
    `outline` holds the labels with ordinals that the row stands below, by level.
    """

    caption: Caption
    columns: list[Column]
    section: Section
    about: About
    has_projects_beside_basic: bool = False
    has_basic_lines: bool = False
    is_form: bool = False
    project: str | None = None
    merged_labels: dict[int, str] = field(default_factory=dict)
    balances: dict[int, str] = field(default_factory=dict)
    wholes: dict[int, str] = field(default_factory=dict)
    parts: dict[int, str] = field(default_factory=dict)
    more_parts: frozenset[int] = frozenset()
    outline: dict[int, list[tuple[int, str]]] = field(default_factory=dict)

    @property
    def lists_units(self) -> bool:
        """Whether the rows are units of the department (预算单位), not lines of work."""
        return any(_is_of_units(column.text) for column in self.columns)

    @property
    def lists_projects(self) -> bool:
        """Whether the rows are projects: not where lines of basic spending stand among them."""
        is_list = self.caption.is_project_list or any(is_of_projects(column.text) for column in self.columns)
        return is_list and not self.has_basic_lines

    @property
    def lists_indicators(self) -> bool:
        """Whether the rows are indicators, by the head of their names."""
        return any(c.role == "label" and words("head_of_indicator_names").fullmatch(c.text) for c in self.columns)

    @property
    def programme(self) -> str | None:
        """The programme of the people and standards whose row and column name none: the form's, caption's or heading's."""
        named = (self.project, self.caption.subject.programme, self.section.topic.programme, self.about.project)
        return next((programme for programme in named if programme), None)

    @property
    def year(self) -> int | None:
        """The year of cells whose row and column name none."""
        return self.caption.year or self.section.year or self.about.fiscal_year

    def words(self, text: str) -> list[Token]:
        """The known words of a label, of which some take their meaning from the project."""
        return _words(text, self.project or self.caption.subject.programme, self.about)

    def named(self, text: str) -> Subject:
        """What a label names."""
        nearest = self.project or self.caption.subject.programme
        return _named(text, nearest, self.about.project, self.about.programmes)


@kept_for_labels
def _named(text: str, nearest: str | None, project: str | None, programmes: frozenset[str]) -> Subject:
    """What a label names; a row's label is asked for each of its numbers, and forms share their labels."""
    return subject_in(in_context(in_context(find_words(text, programmes), nearest), project), text)


def _words(text: str, nearest: str | None, about: About) -> list[Token]:
    """The known words of a text; what takes its meaning from a context has it from the nearest that gives it one."""
    return in_context(in_context(find_words(text, about.programmes), nearest), about.project)


_UNIT_OF_DEPARTMENT = re.compile(rf"{alternation('by_unit')}?单位(?:名称)?$")
_OF_PROJECTS = re.compile(rf"{alternation('head_of_projects')}$")
_YEARS_AGO = tuple(
    (words(word_class), years) for word_class, years in (("head_two_years_ago", 2), ("row_last_year", 1))
)
_SKIP = re.compile(alternation("head_skip"))
_CODE = re.compile(rf"(?:{alternation('head_code')}|.{{0,20}}(?:编码|代码))$")
_SIDE_OF_INCOME = re.compile(rf"{alternation('side_income')}$")
_SIDE_OF_EXPENDITURE = re.compile(rf"{alternation('side_expenditure')}$")
_LABEL = re.compile(rf"(?:{alternation('head_label')}|{indicator_head().pattern}|项目\(按.*\))$")
_LABEL_ENDING = re.compile(rf"[\u4e00-\u9fff()、/]{{0,8}}{alternation('head_label_ending')}$")
_OF_PLACES = re.compile(rf"{alternation('head_of_places')}(?:名称)?$")
_SHARE_OF_AMOUNTS = re.compile(rf"^占|(?:{alternation('row_share')}|构成)(?:[(].{{0,4}}[)])?$")
_SHARE_OF_LEVEL = re.compile(
    rf"(?:其中:?)?{alternation('head_level_of_government')}{alternation('head_share_of_level')}"
)
_MONEY_OF_LEVEL = re.compile(
    rf"{alternation('head_level_of_government')}{alternation('head_share_of_level', 'head_money_of_level')}?$"
)
_ONE_OFF = re.compile(
    rf"{alternation('head_one_off')}.*{alternation('head_grant')}|{alternation('head_grant')}.*\(一次性\)"
)
# 2024年计划 and 2022年基数 are a goal and a value attained only where the year says of when.
TARGET = re.compile(rf"{alternation('head_target')}|指标$|(?:19|20)\d\d年度?{alternation('head_target_of_year')}$")
ACTUAL = re.compile(rf"{alternation('head_actual')}|完成$|(?:19|20)\d\d年度?{alternation('head_actual_of_year')}$")
_EARLIER = re.compile(rf"(?:{alternation('head_two_years_ago')}|{alternation('row_last_year')})$")
_YEAR = re.compile(r"((?:19|20)\d\d)年?")
_STAGE_IN_PARENTHESES = re.compile(rf"\(({alternation('stage_in_parentheses')})(?:数|后)?\)")
_SOURCE_OF_BUDGET = re.compile(rf"({alternation('source_with_budget')})预算")
_GENERIC = re.compile(rf"{alternation('head_generic')}|\d{{4}}年预算数")
_BEFORE_AND_AFTER = ((re.compile(alternation("head_before")), -1), (re.compile(alternation("head_after")), 0))
_YEARS = re.compile(rf"{alternation('head_year')}$")
_OF_CHANGE = re.compile(alternation("head_of_change"))
_TIME = re.compile(
    rf"(?:(?:19|20)\d\d(?:年度?)?(?:\d{{1,2}}(?:-\d{{1,2}})?月)?(?:末|底)?|{alternation('head_time')}|{alternation('row_last_year')})"
    rf"(?:{alternation('head_quantity')})?$"
)
_NAME_AND_UNIT = re.compile(r"([^()]{2,20})\(([^()0-9]{1,4})\)$")
_PERIOD = re.compile(rf"{alternation('head_period_kind')}?周期$|计发单位")
_UNIT_WORD = re.compile(rf"{alternation('head_unit')}$")
_SCORE = re.compile(rf"{alternation('head_score')}$")
_RATE = re.compile(rf"{alternation('head_rate')}$")
_EXECUTION_RATE = re.compile(rf"{alternation('head_execution_rate')}|完成(?:年初|全年|调整后?)?预算")
_PER_YEAR = re.compile(r"年(?!末|初|度|标准|\d)|/年")

_INCOME = re.compile(
    rf"(?:(?:19|20)\d\d年度?)?{alternation('amount_when')}?收入(?:(?P<planned>预算)|决算){alternation('amount_counter')}?"
)
_COUNTED_THINGS = frozenset({"facility", "case", "body", "couple"})

# 兑付资金, 拨付总额
_AMOUNT_SAID = f"(?:{alternation('head_amount_paid')})"
# The first that matches counts: 年初结转 before 结转, 年初预算 before 预算.
_MONEY: tuple[tuple[re.Pattern[str], str, str | None], ...] = (
    (_EXECUTION_RATE, "execution_rate", "final"),
    (words("head_carryover_rate"), "carryover_rate", None),
    (words("head_carryover_last"), "carryover_last", None),
    (words("head_carryover"), "carryover", None),
    (words("head_budget"), "budget", None),
    (
        re.compile(rf"{alternation('head_expenditure')}|^执行$|{alternation('head_handed_out')}{_AMOUNT_SAID}"),
        "expenditure",
        "final",
    ),
    (words("head_budget_initial"), "budget", "initial"),
    (words("head_budget_revised"), "budget", "revised"),
    (
        re.compile(
            rf"{alternation('head_benefit_paid')}|{alternation('head_given_out')}{_AMOUNT_SAID}"
            rf"|^{alternation('head_given_out')}|{alternation('head_given_out')}$"
        ),
        "benefit_paid",
        None,
    ),
    (re.compile(rf"{alternation('head_top_up')}|^[人户次]均$"), "top_up", None),
    (words("head_standard"), "standard", None),
    (words("head_budget_other"), "budget", None),
    (words("head_income"), "income", "final"),
    (words("head_spending"), "expenditure", "final"),
    (re.compile(rf"^{alternation('head_amount')}|决算$"), "amount", None),
)
_COUNTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (words("head_person_time"), "person_time"),
    (re.compile(rf"{alternation('head_household')}|户\)$|^户$"), "household"),
    (re.compile(rf"{alternation('head_person')}|人\)$|^人$"), "person"),
    (re.compile(r"床位|张\)$"), "bed"),
)


@kept_for_labels
def _is_of_units(text: str) -> bool:
    return bool(_UNIT_OF_DEPARTMENT.match(text))


@kept_for_labels
def is_of_projects(text: str) -> bool:
    """Whether a head is that of the names of projects."""
    return bool(_OF_PROJECTS.match(text))


@kept_for_labels
def is_label(text: str) -> bool:
    """Whether a head is that of a column of labels."""
    return bool(_LABEL.match(text) or _LABEL_ENDING.match(text) or kind_of_label(text))


def kind_of_label(text: str) -> str | None:
    """What a column of labels holds besides names of work: place (定城镇 is not 城镇), institution, recipient; else None."""
    if _OF_PLACES.match(text):
        return "place"
    if words("head_of_institutions").fullmatch(text):
        return "institution"
    return "recipient" if words("head_of_recipients").fullmatch(text) else None


def is_share_of_amounts(text: str) -> bool:
    """Whether a head is that of the share which an amount has in a sum: 支出占比(%), 占总支出比例."""
    return bool(_SHARE_OF_AMOUNTS.search(text))


def is_share_of_level(text: str) -> bool:
    """Whether a head is that of what one level of government pays of a standard: 省级补助, 县级配套."""
    return bool(_SHARE_OF_LEVEL.match(text))


def is_one_off(text: str) -> bool:
    """Whether a head is that of a grant paid once: 等级评定一次性奖励."""
    return bool(_ONE_OFF.search(text))


@kept_for_labels
def says_role(text: str) -> bool:
    """Whether a head says what is below it: a target, an amount, a count, a year, a period."""
    return bool(
        TARGET.search(text)
        or ACTUAL.search(text)
        or says_money(text)
        or any(pattern.search(text) for pattern, _ in _COUNTS)
        or _YEARS.match(text)
        or _OF_CHANGE.match(text)
        or _PERIOD.search(text)
        or says_time(text)
        or unit_in_name(text)
    )


@kept_for_labels
def says_money(text: str) -> bool:
    """Whether a head says what kind of money or rate is below it."""
    return any(pattern.search(text) for pattern, *_ in _MONEY) or _amount_head(text) is not None


def _amount_head(text: str) -> AmountHead | None:
    """What a head that is no more than the name of an amount or of a rate of execution says."""
    found = read_amount_head(text)
    return found if found is not None and found.measure else None


def says_time(text: str) -> bool:
    """Whether a head is no more than a time: 2023年, 2023年1-11月, 本年, 上年."""
    return bool(_TIME.match(text))


def unit_in_name(text: str) -> tuple[str, str] | None:
    """The name and the unit of a text that ends in its unit: 结婚登记(对) is 结婚登记 and 对; None without a known unit."""
    match = _NAME_AND_UNIT.match(text)
    return (match[1], match[2]) if match and (match[2] in unit_codes() or unit_of_money(match[2])) else None


def year_in(text: str) -> int | None:
    """The year that a cell of a column of years begins with."""
    match = _YEAR.match(text)
    return int(match[1]) if match else None


@kept_for_labels
def is_skipped(text: str) -> bool:
    """Whether a head is that of a column of numbers that are never figures: running numbers, codes, weights, remarks."""
    return bool(_SKIP.match(text) or _CODE.match(text))


def side_of(text: str) -> str | None:
    """The side of a table of two sides that a head opens: income or expenditure; None for other heads."""
    return "income" if _SIDE_OF_INCOME.match(text) else "expenditure" if _SIDE_OF_EXPENDITURE.match(text) else None


def read_column(index: int, text: str, caption: Caption, about: About, is_indicators: bool) -> Column:
    """What one head, by itself, says of its column."""
    plain = re.sub(r"\(.*?\)", "", text)
    if (stage := _STAGE_IN_PARENTHESES.search(text)) is not None:
        # 预算数(调整后) is 调整后预算数.
        plain = stage[1] + plain
    year, unit = _YEAR.search(text), money_unit(text)
    column = Column(index, text, year=int(year[1]) if year else None)
    column.scale = unit.scale if unit else caption.scale or 1
    column.per = unit.per if unit else None
    if column.per == "time":
        # 月保障标准(元/人): the period stands before the unit.
        column.per = _period_in(plain) or "time"
    column.has_unit = unit is not None
    if (
        _read_plain_role(column, plain, caption, about, is_indicators)
        or (is_indicators and _read_indicator_role(column, plain, about))
    ):  # fmt: skip
        return column
    tokens = _words(text, caption.subject.programme, about)
    if unit is not None and column.per:
        column.role, column.measure = (
            "standard",
            "top_up" if re.search(r"补差|人均(?!\w{0,4}标准)", plain) else "standard",
        )
        column.subject = subject_in(tokens, text)
        return column
    if _RATE.search(plain) and not words("head_rate_of_money").search(plain) and _amount_head(plain) is None:
        column.role, column.measure = "percent", "indicator_actual"
        return column
    named = unit_in_name(text)
    counts_people = named is not None and unit_codes().get(named[1]) in PEOPLE_UNITS
    if is_label(plain) and not counts_people:
        column.role = "label"
        return column
    column.subject = subject_in(tokens, text)
    if named is not None and unit_codes().get(named[1]) in _COUNTED_THINGS:
        # 火化量(具), 新建公墓(处): counted by the unit of the head, however much the words speak of money.
        column.role = "quantity"
        return column
    _read_value_role(column, plain, caption, unit)
    if (
        column.role == "note"
        and not is_indicators
        and (says_time(plain) or named or words("head_of_quantities", "head_of_recipient_counts").fullmatch(plain))
    ):
        # A column for each year, or for each kind of work with its unit: the row and the head together name what is counted.
        column.role = "quantity"
        column.measure = "beneficiaries" if words("head_of_recipient_counts").fullmatch(plain) else None
        years = next((years for pattern, years in _YEARS_AGO if pattern.search(plain)), 0)
        if column.year is None and years and about.fiscal_year:
            column.year = about.fiscal_year - years
    return column


def _read_plain_role(column: Column, plain: str, caption: Caption, about: About, is_indicators: bool) -> bool:
    """Settle a column that its head alone makes blank, a year, a period, old and new standards, a unit or no value."""
    if not column.text:
        column.role = "blank"
        return True
    if _YEARS.match(plain):
        column.role = "year"
        return True
    if _PERIOD.search(plain):
        column.role = "period"
        return True
    if caption.is_about_standards or "标准" in plain or about.kind == "standard_notice":
        for pattern, shift in _BEFORE_AND_AFTER:
            if pattern.match(plain):
                column.role, column.measure, column.per = "standard", "standard", column.per or caption.per
                column.year = (about.fiscal_year or 0) + shift or None
                return True
    if _UNIT_WORD.match(plain) and (is_indicators or not is_label(plain)):
        column.role = "unit" if is_indicators else "period"
        return True
    if _CODE.match(plain):
        column.role = "code"
        return True
    if _SKIP.match(plain):
        column.role = "score" if _SCORE.match(plain) else "skip"
        return True
    return False


def _read_indicator_role(column: Column, plain: str, about: About) -> bool:
    """Settle a column of attained values, labels or targets in a table of indicators."""
    if ACTUAL.search(plain) or _EARLIER.match(plain):
        column.role, column.measure = "actual", "indicator_actual"
        years = next((years for pattern, years in _YEARS_AGO if pattern.search(plain)), 0)
        if column.year is None and years and about.fiscal_year:
            column.year = about.fiscal_year - years
    elif is_label(plain) and not plain.endswith("值"):
        column.role = "label"
    elif TARGET.search(plain):
        column.role, column.measure = "target", "indicator_target"
    else:
        return False
    return True


def _read_value_role(column: Column, plain: str, caption: Caption, unit: MoneyUnit | None) -> None:
    """Settle a column of counts, parts of money, money, rates and standards."""
    text = column.text
    for pattern, code in _COUNTS:
        if pattern.search(text) and "均" not in text:
            column.role, column.measure, column.unit = "count", "beds" if code == "bed" else "beneficiaries", code
            return
    if caption.counted and unit is None and not _SHARE_OF_AMOUNTS.search(text):
        column.role, column.measure, column.unit = "count", "beneficiaries", caption.counted
        return
    is_source = column.subject.fund_source and not words("head_whole_amount").search(plain)
    is_part = re.match(r"其中:?.", plain) and not _EXECUTION_RATE.search(plain)
    if is_source or is_part or (caption.is_money and _MONEY_OF_LEVEL.match(plain)):
        column.role = "part"
        return
    if (income := _INCOME.fullmatch(plain)) is not None:
        # 收入决算数 beside 支出决算数: what came in, by the accounts or by the budget.
        column.role, column.measure = "money", "income"
        column.stage = "initial" if income["planned"] else "final"
        return
    # 预算 in the name of a source (一般公共预算拨款收入) does not make a head one of a budget.
    said = _SOURCE_OF_BUDGET.sub(r"\1", plain)
    named = _amount_head(said)
    money = (
        (named.measure, named.stage)
        if named is not None
        else next(((measure, stage) for pattern, measure, stage in _MONEY if pattern.search(said)), None)
    )
    if money is not None:
        column.role, (column.measure, column.stage) = "money", money
        column.is_generic = bool(_GENERIC.fullmatch(plain)) or (named is not None and named.is_general)
        if column.measure in ("execution_rate", "carryover_rate"):
            column.role = "percent"
        if column.measure in PER_HEAD:
            column.role = "standard"
            column.per = column.per or caption.per or _period_in(text)
            if unit is None:
                column.scale = caption.standard_scale or caption.scale or 1
        return
    if column.subject.spending_type:
        column.role = "part"
    elif column.subject.programme is not None and caption.is_money:
        is_standard = bool(caption.per or caption.is_about_standards)
        column.role, column.measure = ("standard", "standard") if is_standard else ("money", "amount")
        column.per = caption.per or (_period_in(text) if is_standard else None)
    elif (caption.per or (caption.is_about_standards and caption.is_money)) and (
        column.subject.residence or column.subject.care or words("variant").match(plain)
    ):
        # 城市 | 农村 or 全护理 | 半护理 below 单位:元/人·月: the rows or the caption say what the standards are for.
        column.role, column.measure, column.per = "standard", "standard", caption.per or _period_in(text)
        column.scale = caption.standard_scale or 1


def _period_in(text: str) -> str | None:
    if "月" in text:
        return "month"
    return "year" if _PER_YEAR.search(re.sub(r"(?:19|20)\d\d年", "", text)) else None
