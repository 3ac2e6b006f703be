"""Heads of a table: which rows are heads, and what heads that stand one above the other say of each column.

In: the rows of a table as texts. Out: the number of rows that a head takes, and its `Column`s. A head may be several rows
deep: the upper ones span the lower ones, and a row that only counts the columns (栏次 1 2 3) belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.documents.amount_heads import is_amount_head
from ingest.documents.form_words import indicator_head
from ingest.documents.lines import FORM_LABEL
from ingest.figures.captions import NUMBER_ONLY, Caption, money_unit
from ingest.figures.columns import (
    ACTUAL,
    TARGET,
    Column,
    is_label,
    is_one_off,
    is_share_of_amounts,
    is_share_of_level,
    is_skipped,
    kind_of_label,
    read_column,
    says_role,
    side_of,
    unit_in_name,
)
from ingest.figures.items import item_in
from ingest.figures.reading import About
from ingest.quantities.scan import unit_codes
from ingest.vocabulary import alternation, words

_MOST_ROWS = 6
_FEWEST_SPANNED = 3
_LONGEST_HEAD = 40
_LONGEST_PART = 24
_INDICATOR_HEAD = re.compile(
    rf"(?:{alternation('head_in_indicators', 'head_weight', 'head_score')}|{indicator_head().pattern}|(?:年度|全年|实施周期)?(?:指标|目标|完成|实际完成)值|偏差原因.*|预算金额.*)$"
)
_GENERIC_BESIDE_SIDE = re.compile(rf"{alternation('head_generic_side')}|\d{{4}}年(?:度)?预算数?")
_APPROPRIATION = re.compile(rf"(?:其中:?)?(?:当年|本年)?{alternation('form_appropriation')}(?:[(].{{0,6}}[)])?$")
_COLUMN_NUMBERS = re.compile(rf"{alternation('head_column_numbers')}$")
_ORDINAL = re.compile(r"[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十]{1,3}[)]")
_SENTENCE_SIGN = re.compile("[。；]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_FIRST = re.compile(r"20\d\d年")
_VALUE_FIRST = re.compile(r"[≥≤约]?\d[\d,.]*[万亿]?(?:%|元|人|户|个|张|件|对|具|次|家|所)")
_SMALL_NUMBER = re.compile(r"\d{1,2}")
_PARENTHESIS = re.compile(r"\(.*?\)")

Texts = Sequence[str]


def is_header(texts: Texts, columns: list[Column]) -> bool:
    """Whether a row is a head: words without numbers, of which some are words that heads use."""
    filled = [t for t in texts if t]
    if len(set(filled)) < 2 or any(has_value(t) or _is_no_head(t) for t in filled):
        return False
    if any(c.role in ("target", "actual") for c in columns):
        # In a table of indicators a goal may be words (进一步提高): only the usual heads begin a new part.
        return sum(bool(_INDICATOR_HEAD.match(t)) for t in filled) >= 2
    if words("form_beside").fullmatch(filled[0]) and not any(is_label(t) for t in filled[:2]):
        # 主管部门 | 云渡县民政局 | 资金使用单位 | …: the labels of a form, each beside its value.
        return False
    if sum(is_amount_head(t) for t in filled) >= 2:
        return True
    if sum(bool(_INDICATOR_HEAD.match(t)) for t in filled) >= 2:
        # 年度总体目标 | 预期目标 | | 实际完成情况 begins a new part of a form, over merged cells.
        return True
    known = sum(is_skipped(t) or is_label(t) or says_role(t) for t in filled)
    if not columns:
        return known >= 1
    # A row of the body may lack its numbers (本年收入合计 | | 本年支出合计 | ): a head below it names its rows or is full.
    return known >= 2 and (len(filled) == len(texts) or any(is_label(t) or is_skipped(t) for t in filled))


def _is_no_head(text: str) -> bool:
    """Whether a cell is a sentence or begins with an ordinal: 改进措施 | 按旬比对；2023年预算拟安排438万元。"""
    return len(text) > _LONGEST_HEAD or bool(_ORDINAL.match(text) or _SENTENCE_SIGN.search(text))


def has_value(text: str) -> bool:
    """Whether a cell begins with a value; a year is none."""
    if NUMBER_ONLY.match(text):
        return not _YEAR.fullmatch(text)
    return bool(_VALUE_FIRST.match(text)) and not _YEAR_FIRST.match(text)


def head_size(rows: Sequence[Texts], start: int, columns: list[Column]) -> int:
    """How many rows, from `start` on, make a head; 0 where no head begins there. `columns` are those in force above it."""
    stop = start
    if not is_header(rows[start], columns):
        if not _may_span(rows[start]) or start + 1 >= len(rows):
            return 0
        # 收入 | 支出 or 人员经费 | 公用经费 above the head proper, which it spans.
        below = rows[start + 1]
        if not _spans(rows[start], below) or not (is_header(below, columns) or _names_lines(below)):
            return 0
        stop += 1
    stop += 1
    while stop < len(rows) and stop - start < _MOST_ROWS:
        if not (is_numbering(rows[stop]) or _goes_on(rows[stop - 1], rows[stop])):
            break
        stop += 1
    return stop - start


def _may_span(texts: Texts) -> bool:
    filled = [t for t in texts if t]
    # One head over all columns spans them only where it says what they hold (预算数); else it is a title.
    says_something = len(set(filled)) >= 2 or (len(texts) >= _FEWEST_SPANNED and bool(filled) and says_role(filled[0]))
    return (
        says_something
        and not FORM_LABEL.match(filled[0])
        and not any(has_value(t) or len(t) > _LONGEST_PART or _ORDINAL.match(t) for t in filled)
    )


def _names_lines(texts: Texts) -> bool:
    """Whether a row of words names lines of the accounts: 三公经费合计 | 公务接待费 | 会议费, below 预算数."""
    filled = [t for t in texts if t]
    return (
        len(filled) >= _FEWEST_SPANNED
        and not any(map(has_value, filled))
        and sum(bool(item_in(t)) for t in filled) >= 2
    )


def _spans(upper: Texts, lower: Texts) -> bool:
    """Whether a row of heads is above more of them: some of its cells are merged, and the row below has more words."""
    merged = sum(bool(t) for t in upper) < len(upper) or any(a == b for a, b in pairwise(upper))
    return merged and len({t for t in upper if t}) < sum(bool(t) for t in lower)


def _goes_on(upper: Texts, lower: Texts) -> bool:
    """Whether a row right below a head names parts of it."""
    filled = [t for t in lower if t]
    if len(filled) < 2 or any(has_value(t) or len(t) > _LONGEST_PART or _ORDINAL.match(t) for t in filled):
        return False
    if not lower[0]:
        return True
    if len(upper) == len(lower) and any(b and not a for a, b in zip(upper, lower, strict=True)):
        # Below a merged cell, whose text stands at its first place only.
        return any(is_label(t) or is_skipped(t) or says_role(t) for t in filled)
    same = sum(bool(a) and a == b for a, b in zip(upper, lower, strict=False))
    return (bool(same) and same < len(filled)) or (is_header(lower, []) and _spans(upper, lower))


def is_numbering(texts: Texts) -> bool:
    """Whether a row only counts the columns: 栏次 | 1 | 2 | 3, 类 | 款 | 项 | 栏次 | 1 | 2, or nothing but 1 | 2 | 3."""
    filled = [t for t in texts if t]
    numbers = [int(t) for t in filled if _SMALL_NUMBER.fullmatch(t)]
    words = [t for t in filled if not _SMALL_NUMBER.fullmatch(t)]
    if not numbers or numbers != list(range(1, len(numbers) + 1)):
        return False
    if not words:
        return len(numbers) >= 3
    return any(_COLUMN_NUMBERS.match(t) for t in words) and all(len(t) <= 4 for t in words)


def read_heads(rows: Sequence[Texts], caption: Caption, about: About) -> list[Column]:
    """The columns of a head, whose rows stand one above the other.

    A unit at one head of the lowest row that speaks for all of them is written into the caption.
    """
    stack = [texts for texts in rows if not is_numbering(texts)] or list(rows)
    lowest = stack[-1]
    if caption.scale is None:
        units = [unit for t in lowest if (unit := money_unit(t))]
        if units and not all(money_unit(t) for t in lowest if t and not is_skipped(t)):
            caption.scale, caption.is_money = units[0].scale, True
    paths = _paths(stack)
    first = paths[0][0] if paths and paths[0] else ""
    is_indicators = any(indicator_head().match(t) for t in lowest) or (
        # 任务数 | 完成数 by place are counts, though they are set and attained.
        kind_of_label(first) not in ("place", "institution")
        and any(TARGET.search(t) for t in lowest)
        and any(ACTUAL.search(t) for t in lowest)
    )
    has_two_sides = {side_of(head) for path in paths for head in path} >= {"income", "expenditure"}
    columns = [_read_path(index, paths, caption, about, is_indicators, has_two_sides) for index in range(len(paths))]
    if is_indicators and not any(column.role in ("target", "actual") for column in columns):
        # 指标名称 | 单位 | 2022年 | 2023年: neither goals nor what was attained, but counts by year.
        is_indicators = False
        columns = [_read_path(index, paths, caption, about, False, has_two_sides) for index in range(len(paths))]
    _settle_units(columns)
    _settle_appropriations(columns)
    _settle_planned_amounts(columns)
    _settle_whole_amounts(columns)
    _give_parts_their_measure(columns)
    _settle_execution(columns)
    _settle_grants(columns)
    _leave_out_shares(columns)
    _leave_out_parts_of_a_whole(columns)
    _leave_out_those_in_charge(columns)
    if is_indicators:
        _make_goals_beside_names_labels(columns)
    if caption.measure is None and _counts_people(columns):
        for column in columns:
            is_of_accounts = about.is_project and "支出" in column.text
            if column.role == "money" and column.measure in ("expenditure", "amount") and not is_of_accounts:
                column.measure, column.is_generic = "benefit_paid", False
        _pair_payments_with_people(columns)
    return columns


def _paths(stack: list[Texts]) -> list[tuple[str, ...]]:
    """The heads above each column, the outermost first; a merged head stands for all the places that it covers."""
    width = max(map(len, stack))
    paths: list[list[str]] = [[] for _ in range(width)]
    for depth, texts in enumerate(stack):
        last = ""
        # Where the format marks what is merged, a cell stands at all its places; else it stands at the first of them.
        is_marked = any(a and a == b for a, b in pairwise(texts))
        for index, path in enumerate(paths):
            text = texts[index] if index < len(texts) else ""
            is_above = any(index < len(lower) and lower[index] for lower in stack[depth + 1 :])
            if not text and is_above and not is_marked:
                text = last
            last = text or last
            if text and (not path or path[-1] != text):
                path.append(text)
    return [tuple(path) for path in paths]


def _read_path(
    index: int,
    paths: list[tuple[str, ...]],
    caption: Caption,
    about: About,
    is_indicators: bool,
    has_two_sides: bool,
) -> Column:
    path = paths[index]
    text = path[-1] if path else ""
    following = _PARENTHESIS.sub("", paths[index + 1][-1]) if index + 1 < len(paths) and paths[index + 1] else ""
    is_side = text in ("收入", "支出") and (
        _GENERIC_BESIDE_SIDE.fullmatch(following) or (following.startswith(text) and is_amount_head(following[2:]))
    )
    # 收入预算 | 金额, 支出构成 | 预算金额: the amounts stand beside what they are of.
    is_side = is_side or (words("head_of_lines_of_side").fullmatch(text) and is_amount_head(following))
    if is_side or (words("head_of_side").fullmatch(text) and words("head_plain_amount").fullmatch(following)):
        return Column(index, text, "label", path=path, side="income" if "收入" in text else "expenditure")
    column = read_column(index, text, caption, about, is_indicators)
    for head in reversed(path[:-1]):
        if not (has_two_sides and side_of(head)):
            _take_from_above(column, read_column(index, head, caption, about, False))
            if column.role == "money" and column.stage is None and column.measure == "budget":
                # 年初 and 调整 below 预算数 are 年初预算数 and 调整预算数.
                stage = read_column(index, text + head, caption, about, False).stage
                column.stage = stage if stage != "final" else None
    column.path = path
    if has_two_sides:
        column.side = next((side for head in path if (side := side_of(head))), None)
    if column.role == "money":
        named = (item_in(head) for head in reversed(path))
        column.item = next((item for item in named if item), None)
    return column


def _counts_people(columns: list[Column]) -> bool:
    """Whether a table is of benefits: people or standards beside what was paid, and neither a budget nor its execution.

    Where facilities are counted as well (新建公墓(处)), the money went into them too.
    """
    has_people = any(
        c.role == "standard" or (c.role in ("count", "quantity") and c.measure == "beneficiaries") for c in columns
    )
    builds = any((named := unit_in_name(c.text)) and unit_codes().get(named[1]) == "facility" for c in columns)
    return has_people and not builds and not any(c.measure in ("budget", "execution_rate", "income") for c in columns)


def _pair_payments_with_people(columns: list[Column]) -> None:
    """生活补贴人数 | 发放金额 | 护理补贴人数 | 发放金额: of several payments each is of the people right before it."""
    pairs = [
        (people, paid)
        for people, paid in pairwise(columns)
        if people.role == "count" and paid.measure == "benefit_paid" and paid.subject.programme is None
    ]
    if len(pairs) == sum(c.measure == "benefit_paid" for c in columns) > 1:
        for people, paid in pairs:
            paid.subject = paid.subject.merged(people.subject)


def _take_from_above(column: Column, above: Column) -> None:
    """总额, 财政拨款, 年初 under 预算金额(万元): the head above speaks for its parts."""
    is_open = column.role in ("note", "part", "quantity") or (
        column.role == "money" and column.measure in (None, "amount")
    )
    is_part = bool(column.subject.spending_type) or (
        column.measure == "expenditure" and item_in(column.text) is not None
    )
    # 基本支出 and 公务接待费支出 under 2023年预算数 are parts of the budget, 基本支出结转 under 年初结转和结余 one of that balance.
    is_open = is_open or (column.role == "money" and is_part and above.measure != "amount")
    if above.role == "money" and is_open:
        _take_over(column, above)
    if column.role == "standard" and above.per and money_unit(column.text) is None:
        # 调整前 | 调整后 below 城市低保(元/人·月).
        column.per, column.scale, column.has_unit = above.per, above.scale, True
    if column.role not in ("label", "code", "skip", "blank"):
        column.subject = column.subject.merged(above.subject)
        column.year = column.year or above.year


def _take_over(column: Column, other: Column) -> None:
    column.role, column.measure, column.stage, column.scale = "money", other.measure, other.stage, other.scale
    column.has_unit = column.has_unit or other.has_unit


def _settle_units(columns: list[Column]) -> None:
    """指标名称 | 单位 | 2023年: right after the names and before values by time, 单位 is of the values, not of a department."""
    for before, column, after in zip(columns, columns[1:], columns[2:], strict=False):
        if (
            column.text == "单位"
            and before.role == "label"
            and after.role == "quantity"
            and not kind_of_label(before.text)
        ):
            column.role = "period"


def _make_goals_beside_names_labels(columns: list[Column]) -> None:
    """年度绩效目标(80分) before 一级指标 names what the rows are of, 绩效目标 says in words what is meant to come of it."""
    last_label = max((column.index for column in columns if column.role == "label"), default=0)
    for column in columns[:last_label]:
        # Nothing stands before the names but what they are parts of: 绩效目标完成情况 | 一级指标 | 二级指标.
        is_before_names = column.index == 0 and columns[1].role == "label" and column.role == "actual"
        is_goal = column.role == "target" and _PARENTHESIS.sub("", column.text).endswith(("指标", "目标"))
        if is_goal or is_before_names:
            column.role, column.measure = "label", None


def _settle_planned_amounts(columns: list[Column]) -> None:
    """计划数 | 支出数 | 支出进度: beside what was spent of it and how far, and no count, what was planned is the budget."""
    measures = {c.measure for c in columns}
    counts = [c for c in columns if c.role in ("count", "quantity")]
    if not {"expenditure", "execution_rate"} <= measures or "budget" in measures or len(counts) != 1:
        return
    if words("head_planned").fullmatch(counts[0].text):
        counts[0].role, counts[0].measure = "money", "budget"


def _settle_appropriations(columns: list[Column]) -> None:
    """财政资金 | 其他资金: beside other money, the money of the treasury is its appropriation."""
    if not any(c.subject.fund_source == "other" for c in columns):
        return
    for column in columns:
        if column.subject.fund_source is None and _APPROPRIATION.match(column.text):
            column.subject = column.subject._replace(fund_source="fiscal_appropriation")
            if column.role == "note" or column.measure == "amount":
                column.role, column.measure = "part", None


def _settle_whole_amounts(columns: list[Column]) -> None:
    """资金总额 | 中央资金 | 县级资金 | 实际支出 | 支出进度: what was spent and how far beside it, the whole is the budget."""
    measures = [c.measure for c in columns]
    if "execution_rate" not in measures or "expenditure" not in measures or "budget" in measures:
        return
    for column in columns[: measures.index("expenditure")]:
        if column.role == "money" and column.measure == "amount":
            column.measure, column.is_generic = "budget", False


def _settle_execution(columns: list[Column]) -> None:
    """年初预算数 | 决算数 | 完成率: beside a budget and its execution, what was completed is the budget.

    决算数 is then what was spent of it, also where a row names no more than a source of money.
    """
    spent = [c for c in columns if c.role == "money" and c.measure == "expenditure"]
    if not spent or not any(c.role == "money" and c.measure == "budget" for c in columns):
        return
    for column in columns:
        if column.role == "note" and words("head_completed").fullmatch(column.text):
            column.role, column.measure, column.stage = "percent", "execution_rate", "final"
    if any(c.measure == "execution_rate" for c in columns):
        lines = {c.item for c in columns if c.role == "money" and c.measure == "budget"}
        for column in spent:
            column.is_of_budget = True
            # 指标数 | 已下达用款计划 | 支出进度: what was spent of the budget is of the budget's line, whatever it is called.
            column.item = column.item if column.item in lines else None


def _settle_grants(columns: list[Column]) -> None:
    """一次性奖励(万元) beside standards by the month is a standard as well, paid once."""
    if not any(c.role == "standard" and c.per for c in columns) or any(c.role == "count" for c in columns):
        return
    for column in columns:
        if column.role in ("note", "money", "standard") and is_one_off(column.text) and money_unit(column.text):
            column.role, column.measure, column.per = "standard", "standard", "time"


def _leave_out_parts_of_a_whole(columns: list[Column]) -> None:
    """支出占比(%) beside the amounts that it is worked out from is no figure."""
    if any(c.role == "money" for c in columns):
        for column in columns:
            if column.measure == "indicator_actual" and is_share_of_amounts(column.text):
                column.role, column.measure = "skip", None


def _leave_out_those_in_charge(columns: list[Column]) -> None:
    """项目名称 | 项目单位 | 预算金额: who carries a project out is no name of it."""
    names = next((c.index for c in columns if words("head_of_projects").fullmatch(c.text)), len(columns))
    for column in columns[names + 1 :]:
        if column.role in ("note", "label") and words("form_beside").fullmatch(column.text):
            column.role = "skip"


def _leave_out_shares(columns: list[Column]) -> None:
    """省级补助 | 县级配套 beside 发放标准: what each level pays of a standard is no standard."""
    standards = [c for c in columns if c.role == "standard"]
    shares = [c for c in standards if is_share_of_level(c.text)]
    if len(shares) < len(standards):
        for column in shares:
            column.role, column.measure = "skip", None


def _give_parts_their_measure(columns: list[Column]) -> None:
    """其中：财政拨款 after 预算数 is a part of it: the measure is that of the column before."""
    last: Column | None = None
    for column in columns:
        if column.role == "money" and column.measure not in (None, "amount"):
            last = column
        elif column.role == "part" and column.index and columns[column.index - 1].role == "count":
            # 入住老人 | 其中:特困人员
            before = columns[column.index - 1]
            column.role, column.measure, column.unit = "count", before.measure, before.unit
            column.subject = column.subject._replace(care=column.subject.care or before.subject.care)
        elif column.role == "part" and last is not None:
            _take_over(column, last)
            column.year = column.year or last.year
        elif column.role == "count" and column.index and column.text.startswith("其中"):
            # 入住老人 | 其中:特困供养人员: those who live in a home, by a head that counts people by itself.
            before = columns[column.index - 1]
            if before.role == "count":
                column.subject = column.subject._replace(care=column.subject.care or before.subject.care)
        elif column.role == "note" and last is not None and (item := item_in(column.text)):
            _take_over(column, last)
            column.item = item
        elif column.role == "part":
            column.role, column.measure = "money", "amount"
