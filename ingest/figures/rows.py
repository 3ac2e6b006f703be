"""Rows of a table: which cells hold values, which column each belongs to, and which labels it has.

In: a row and the frame around it. Out: a reading for each number in its value cells, in order.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.documents.blocks import Cell, Row
from ingest.documents.flow import Flow
from ingest.documents.lines import heading
from ingest.figures.captions import period_of_suffix, unit_of_money
from ingest.figures.cells import CellInRow, is_source_alone, is_source_of, is_total_row, left_out, read_cell
from ingest.figures.columns import NOT_VALUE_ROLES, VALUE_ROLES, Column, Frame, is_of_projects, kind_of_label, year_in
from ingest.figures.indicators import read_indicator_row, read_score_cell
from ingest.figures.reading import PER_HEAD, Reading, TableReading
from ingest.vocabulary import alternation, words

_DATE = re.compile(r"^(?:19|20)\d\d(?:[年\-/]\d{1,2}|\.(?:0?[1-9]|1[0-2])(?!\d))|^\d{1,2}月\d{1,2}日")
# 2015.08 below a head of money is an amount, below another a month.
_AMOUNT_LIKE_A_MONTH = re.compile(r"(?:19|20)\d\d\.\d\d$")
_LABEL_WITH_DIGITS = re.compile(
    r"[(]?\d{1,2}[.、)][\u4e00-\u9fff]|[\d\-]+周?岁|[\u4e00-\u9fff()]{2,}\d{1,3}(?:-\d+)?周?岁"
)
_BALANCE = re.compile(rf"^(?:{alternation('balance_before')}|年末|期末|年终).{{0,8}}(?:结转|结余)")
# A sign in place of a value: none, or one too wide for its column.
_NO_VALUE = re.compile(r"[-/]|#+")
_SUB_NUMBER = re.compile(r"\d{1,2}\.\d{1,2}$")
_ORDINAL_ALONE = re.compile(r"\d{1,2}|[(]?[一二三四五六七八九十]{1,3}[)]?")
_CODE = re.compile(r"\d{2,7}$")
# 2081006养老服务: a class of the accounts, its code and its name in one cell.
_CODE_AND_NAME = re.compile(r"([23]\d{2,6})(?=[\u4e00-\u9fff]{2})")
_DIGIT = re.compile(r"\d")
_SHARE = re.compile(rf"{alternation('row_share')}|比例$")
_OPEN_ROLES = frozenset({"skip", "code", "year", "note", "unit", "score", "period", "target", "actual"})
_OF_MONEY = frozenset({"money", "percent"})
_LONGEST_VALUE = 60
# What gaps alone place is likely right, but nothing says so.
_PLACED_BY_GAPS = 0.85
_LONGEST_LABEL = 40
_LONGEST_NOTE = 12


def is_value_cell(text: str) -> bool:
    """Whether a cell holds a value; 1.人员经费 and 80-89周岁老人 are labels that have digits in them."""
    return (
        0 < len(text) <= _LONGEST_VALUE
        and _DIGIT.search(text) is not None
        and not _DATE.match(text)
        and not _LABEL_WITH_DIGITS.match(text)
    )


def read_row(row: Row, frame: Frame, skip: set[int]) -> list[Reading]:
    """The readings of a row; cells at the places in `skip` were read as prose. Without heads all is left out."""
    columns, texts = frame.columns, [cell.text for cell in row.cells]
    if lost := _cells_lost_before(texts, columns):
        whole = Row([Cell(Flow.of("", []))] * lost + row.cells, row.start, row.end)
        readings = read_row(whole, frame, {index + lost for index in skip})
        for reading in readings:
            reading.confidence = min(reading.confidence, _PLACED_BY_GAPS)
        return readings
    codes: dict[int, str] = {}
    if len(texts) == len(columns):
        texts, codes = _without_codes(texts, columns)
        texts = _with_merged_labels(texts, frame)
    if not columns:
        return [r for cell in row.cells if is_value_cell(cell.text) for r in left_out(cell.flow, "no_header")]
    of_money = {c.index for c in columns if c.role == "money"} if len(texts) == len(columns) else set()
    values = [
        i
        for i, t in enumerate(texts)
        if i not in skip and (is_value_cell(t) or (i in of_money and _AMOUNT_LIKE_A_MONTH.match(t)))
    ]
    if not values:
        return []
    if any(c.role in ("target", "actual") for c in columns):
        project = _project_of_row(texts, frame)
        readings = read_indicator_row(row, frame, is_value_cell, project and frame.named(project).programme)
        if readings is not None:
            money = _money_of_project(row, texts, frame, project)
            flows = {id(reading.quantity.flow) for reading in money}
            return money + [reading for reading in readings if id(reading.quantity.flow) not in flows]
    readings = []
    fits = _fits(texts, columns)
    row_year, row_period = _year_and_period(texts, columns) if fits else (None, None)
    row_scale = _scale_of_row(texts, columns) if fits else None
    if fits:
        _follow_labels(texts, frame, goes_on_parts=row.start in frame.more_parts)
    kinds = {texts[c.index]: kind for c in columns if fits and c.role == "label" and (kind := kind_of_label(c.text))}
    for index in values:
        column = columns[index] if fits else _column_by_order(index, columns, values)
        label_of_scores = _label_of_scores(texts, column)
        if column is None or column.role in NOT_VALUE_ROLES or label_of_scores:
            score = (
                read_score_cell(row.cells[index], texts, frame, label_of_scores)
                if column is not None and (column.role == "score" or label_of_scores)
                else None
            )
            readings.extend([score] if score else left_out(row.cells[index].flow, "not_a_value_column"))
            continue
        labels = _labels(index, texts, columns, fits)
        code = _code(index, texts, columns, codes) if fits else ""
        if any(_SHARE.match(label) for label in labels):
            readings.extend(left_out(row.cells[index].flow, "share_of_a_table"))
            continue
        place = CellInRow(row.cells[index], index, column, labels, code, frame, row_year, row_scale, readings, kinds)
        readings.extend(read_cell(place))
    for reading in readings:
        if isinstance(reading, TableReading):
            reading.row_span = (row.start, row.end)
            if row_period and reading.measure in PER_HEAD:
                reading.per = row_period
    return readings


def _project_of_row(texts: list[str], frame: Frame) -> str | None:
    """The name of the project that a row of indicators is one of: 项目名称 | 预算数 | 绩效指标 | 指标值; None in other tables."""
    if len(texts) != len(frame.columns):
        return None
    names = (texts[c.index] for c in frame.columns if c.role == "label" and is_of_projects(c.text))
    return next((name for name in names if name), None)


def _money_of_project(row: Row, texts: list[str], frame: Frame, project: str | None) -> list[Reading]:
    """The amounts, and the rates of execution, that stand between the name of a project and its first indicator."""
    if project is None:
        return []
    first = next(c.index for c in frame.columns if c.role in ("target", "actual"))
    found = (c for c in frame.columns[:first] if c.role in _OF_MONEY and is_value_cell(texts[c.index]))
    cells = [CellInRow(row.cells[c.index], c.index, c, [project], "", frame, None, None, []) for c in found]
    readings = [reading for cell in cells for reading in read_cell(cell)]
    for reading in readings:
        reading.row_span = (row.start, row.end)
    return readings


def _label_of_scores(texts: list[str], column: Column | None) -> str | None:
    """The label of a row of scores, below a sum: 决策 | 过程 | 产出 | 合计, then 得分 | 19.5 | 19.9 | 39.6 | 98.6; else None."""
    label = next((text for text in texts if text), "")
    is_sum = column is not None and is_total_row(column.text)
    return label if is_sum and words("head_score").fullmatch(label) else None


def _without_codes(texts: list[str], columns: list[Column]) -> tuple[list[str], dict[int, str]]:
    """The texts of a row without the codes that its labels begin with, and these codes by their column."""
    names, codes = list(texts), {}
    for column in columns:
        found = _CODE_AND_NAME.match(texts[column.index]) if column.role == "label" else None
        if found is not None:
            names[column.index], codes[column.index] = texts[column.index][found.end() :], found[1]
    return names, codes


def _with_merged_labels(texts: list[str], frame: Frame) -> list[str]:
    """The texts of a row, where an empty label takes that of the row above: 重度残疾人护理补贴 | 一级, then | 二级.

    A label is merged over rows only where another one follows it; one that follows a sum or a new label is its own.
    """
    labels = list(pairwise(c.index for c in frame.columns if c.role == "label"))
    filled = list(texts)
    for index, following in labels:
        if texts[index]:
            frame.merged_labels = {place: text for place, text in frame.merged_labels.items() if place < index}
            if not is_value_cell(texts[index]) and texts[following]:
                frame.merged_labels[index] = texts[index]
    for index, following in reversed(labels):
        # From the right, as a label that goes on may itself be followed by one that does.
        if not filled[index] and filled[following] and not is_total_row(filled[following]):
            filled[index] = frame.merged_labels.get(index, "")
    return filled


def _year_and_period(texts: list[str], columns: list[Column]) -> tuple[int | None, str | None]:
    """The year and the period that the row has in columns of their own."""
    years = [year for c in columns if c.role == "year" and c.index < len(texts) and (year := year_in(texts[c.index]))]
    period = next(
        (period_of_suffix(texts[c.index]) for c in columns if c.role == "period" and c.index < len(texts)), None
    )
    return years[-1] if years else None, period


def _fits(texts: list[str], columns: list[Column]) -> bool:
    """Whether the cells stand below their columns: as many as these, or only the last ones lost."""
    if len(texts) >= len(columns):
        return len(texts) == len(columns)
    roles = [column.role for column in columns]
    return any(role in VALUE_ROLES for role in roles[: len(texts)]) and all(
        (role in VALUE_ROLES) == is_value_cell(text) or role in _OPEN_ROLES
        for text, role in zip(texts, roles, strict=False)
        if text
    )


def _cells_lost_before(texts: list[str], columns: list[Column]) -> int:
    """How many empty cells a row lost at its beginning, as the gaps between its other cells show; 0 where they do not.

    Lines whose ends were stripped: 年度资金总额 | | 286.00 | | 281.40 below 预算执行情况 | | | 预算数 | | 执行数.
    """
    missing = len(columns) - len(texts)
    if missing <= 0 or "" not in texts[1:-1] or _fits(texts, columns):
        return 0
    if any(c.role in ("target", "actual") for c in columns):
        return 0
    fitting = [lost for lost in range(1, missing + 1) if _stands_below(texts, columns[lost:])]
    return fitting[0] if len(fitting) == 1 else 0


def _stands_below(texts: list[str], columns: list[Column]) -> bool:
    """Whether every value stands below a head of values, a percentage below one of rates, and words below none of them."""
    placed = [(text, column.role) for text, column in zip(texts, columns, strict=False) if text]
    values = [(text, role) for text, role in placed if is_value_cell(text)]
    return (
        any(role in VALUE_ROLES for _, role in values)
        and all(role in VALUE_ROLES or role in ("score", "skip") for _, role in values)
        and all(role == "percent" for text, role in values if text.endswith("%"))
        and all(is_value_cell(text) or role not in VALUE_ROLES for text, role in placed)
    )


def _follow_labels(texts: list[str], frame: Frame, goes_on_parts: bool) -> None:
    """Note which columns of labels now name the sources of a balance (年初结转和结余, then 一般公共预算财政拨款), and of what
    whole the rows that begin with 其中, or with a lower ordinal, are parts, and those that go on such parts (`goes_on_parts`).
    """
    for column, label in zip(frame.columns, texts, strict=False):
        if column.role != "label" or not label:
            continue
        if goes_on_parts and column.index in frame.parts:
            continue
        before = texts[column.index - 1] if column.index else ""
        if label.startswith("其中") or _SUB_NUMBER.match(before):
            frame.parts[column.index] = frame.wholes.get(column.index, "")
        elif (whole := _follow_outline(label, before, column.index, frame)) is not None:
            frame.wholes[column.index], frame.parts[column.index] = label, whole
        elif column.index not in frame.parts or not is_source_of(label, frame):
            frame.wholes[column.index] = label
            frame.parts.pop(column.index, None)
        if _BALANCE.search(label):
            frame.balances[column.index] = label
        elif column.index in frame.balances and not is_source_alone(label, frame):
            del frame.balances[column.index]


def _follow_outline(label: str, before: str, index: int, frame: Frame) -> str | None:
    """The whole of which a label is a part by its ordinal: 二、项目支出, then (一)养老服务; None for all others.

    `before` is the cell to its left, where the ordinal may stand by itself.
    """
    level = heading(f"{before}、")[0] if _ORDINAL_ALONE.fullmatch(before) else heading(label)[0]
    if not level:
        if is_total_row(label):
            frame.outline.pop(index, None)
        return None
    above = [(upper, text) for upper, text in frame.outline.get(index, []) if upper < level]
    frame.outline[index] = [*above, (level, label)]
    return above[-1][1] if above else None


def _code(index: int, texts: list[str], columns: list[Column], codes: dict[int, str]) -> str:
    """The code of the class (科目编码) that a value is of: from one column, or from those of 类, 款 and 项.

    `codes` are those that stood in one cell with the name.
    """
    code = ""
    for column in columns[:index]:
        if column.role == "label" and columns[column.index - 1].role != "code":
            code = codes.get(column.index, "")
        text = texts[column.index]
        if column.role == "code" and _CODE.match(text):
            code = text if text.startswith(code) else code + text
    return code


def _scale_of_row(texts: list[str], columns: list[Column]) -> int | None:
    """The scale in yuan of the unit of money that the row has in a column of its own: 元/人·月; None for others."""
    units = (unit_of_money(texts[c.index]) for c in columns if c.role == "period" and c.index < len(texts))
    return next((scale for scale in units if scale), None)


def _column_by_order(index: int, columns: list[Column], values: list[int]) -> Column | None:
    """In a row that lost cells, its values take the value columns in order, if there are as many."""
    for wanted in (
        [c for c in columns if c.role not in ("label", "blank", "note", "unit")],
        [c for c in columns if c.role in VALUE_ROLES],
    ):
        if len(values) == len(wanted):
            return wanted[values.index(index)]
    return columns[index] if index < len(columns) else None


def _labels(index: int, texts: list[str], columns: list[Column], fits: bool) -> list[str]:
    """The words to the left of a value, back to the value before it: what the row says the value is of.

    `fits` is False for a row that lost cells, whose cells do not stand below their columns.
    """
    labels: list[str] = []
    has_label_columns = fits and any(c.role == "label" for c in columns[:index])
    for position in range(index - 1, -1, -1):
        text, role = texts[position], columns[position].role if fits else None
        if role in VALUE_ROLES and any(c.role in ("label", "code") for c in columns[position + 1 : index]):
            # What stands on the other side of a table of two sides.
            break
        if role == "code" and is_value_cell(text):
            continue
        if (
            role in VALUE_ROLES
            and not is_value_cell(text)
            and any(c.role in ("label", "note") for c in columns[:position])
        ):
            # What stands in words below a head of values (见目录) is no label where a column of labels stands before it.
            continue
        if not text or len(text) > _LONGEST_LABEL:
            continue
        if has_label_columns and role == "note" and len(text) > _LONGEST_NOTE:
            continue
        if is_value_cell(text) and role not in ("skip", "code", "year"):
            if labels or any(c.role == "label" for c in columns[position + 1 : index]):
                break
            continue
        if _NO_VALUE.fullmatch(text) or role == "skip" or (role == "code" and len(text) == 1):
            continue
        if not labels or labels[0] != text:
            labels.insert(0, text)
    return labels
