"""Rows of indicators: a name, and a figure for each target and attained value that is a number.

In: a row of a table whose heads name targets or attained values. Out: its readings, or None where it is no row of an
indicator. Refused: values whose unit neither cell, column of units nor name makes certain, and single scores.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.documents.blocks import Cell, Row
from ingest.figures.captions import NUMBER_ONLY, period_of_suffix
from ingest.figures.cells import left_out
from ingest.figures.columns import Column, Frame
from ingest.figures.lexicon import is_of_general_field
from ingest.figures.qualifier import qualifier_of
from ingest.figures.reading import Reading, TableReading
from ingest.figures.scores import FULL_MARKS, LOWEST, is_total, scored_subject
from ingest.figures.subject import Subject, subject_in
from ingest.quantities.numbers import SCALES
from ingest.quantities.scan import Quantity, scan, unit_codes
from ingest.vocabulary import alternation, words

_CATEGORY = re.compile(rf"{alternation('indicator_category')}[^、]{{0,8}}(?:指标)?(?:\(\d+分\))?$")
_SCORE_TOTAL = re.compile(rf"{alternation('row_score_total')}$")
_SCORE = re.compile(rf"{alternation('row_score_total', 'row_score')}$")
_NOT_A_NAME = re.compile(rf"{alternation('not_an_indicator_name')}|[一二三四五六七八九十百]+[个人户]")
# 补贴发放人数(10分): how much an indicator counts is no part of its name.
_WEIGHT_AT_END = re.compile(r"[(]\d{1,3}(?:\.\d{1,2})?分[)]$")
_MONEY = re.compile(r"(万|亿)?元(?:/(.+))?$")
_SIGNS = {"≥": "at_least", "≤": "at_most"}
_NO_VALUE = frozenset({"date", "age", "ordinal", "beyond_measure"})
# 80-89周岁老人补贴人数 is a name, 500人 a value.
_BEGINS_NAME = re.compile(r"[“\u4e00-\u9fff]|\d{1,3}(?:-\d{1,3})?周?岁")
_TIMES = "次"
_THING = "个"
_LONGEST_SIGN = 4
_LIMITS_OF_TIME = frozenset({"日", "天", "月"})


def read_score_cell(cell: Cell, texts: list[str], frame: Frame, label: str | None = None) -> TableReading | None:
    """The total score that a cell holds, in a row whose label says so, or below a sum with the label given; else None."""
    label = label or next((t for t in texts if _SCORE.match(t)), None)
    quantities = scan(cell.flow)
    if label is None or not quantities or not is_total(quantities[0].value):
        return None
    return TableReading(
        quantities[0],
        measure="score",
        unit="point",
        value=quantities[0].value,
        fiscal_year=frame.about.fiscal_year,
        subject=Subject(programme=frame.project) if frame.project else scored_subject(frame.about),
        row_label=label,
    )


def read_indicator_row(
    row: Row, frame: Frame, is_value_cell: Callable[[str], bool], programme: str | None = None
) -> list[Reading] | None:
    """The readings of a row of an indicator; None where the row has no name of one.

    `programme` is that of the project which the row names beside the indicator: of those that name none themselves.
    """
    texts = _with_empty_ends([cell.text for cell in row.cells], frame.columns)
    if any(_SCORE_TOTAL.match(t) for t in texts):
        return _score_row(row, texts, frame)
    name_index, positions = _name_and_values(texts, frame.columns, is_value_cell)
    if name_index is None:
        return None
    readings: list[Reading] = []
    before = next(i for i, text in enumerate(texts) if text) - next(i for i, cell in enumerate(row.cells) if cell.text)
    for index, cell in enumerate(row.cells, before):
        if index in positions:
            found = _value(row, cell, texts, index, name_index, positions[index], frame)
            for reading in found:
                if reading.measure and programme and reading.subject.programme is None:
                    reading.subject, reading.confidence = reading.subject._replace(programme=programme), 0.85
            readings.extend(found)
        elif texts[index] and index > name_index:
            readings.extend(left_out(cell.flow, "not_a_value_column"))
    return readings


def _with_empty_ends(texts: list[str], columns: list[Column]) -> list[str]:
    """The texts of a row whose last cells, empty, were left out: it has a name below the heads of names, and values after it.

    Where a column holds units, it tells how many cells were left out before the name as well.
    """
    values = [c.index for c in columns if c.role in ("target", "actual")]
    own = max((c.index for c in columns[: values[0]] if c.role == "label"), default=None) if values else None
    missing = len(columns) - len(texts)
    if own is None or missing <= 0:
        return texts
    has_units = any(c.role == "unit" for c in columns)
    for before in range(missing + 1 if has_units else 1):
        placed = [""] * before + texts + [""] * (missing - before)
        is_whole = has_units or values[-1] < len(texts)
        if is_whole and _stands_below(placed, own, values, columns):
            return placed
    return texts


def _stands_below(texts: list[str], own: int, values: list[int], columns: list[Column]) -> bool:
    """Whether each text of a row stands where its head has it: the name, between it and the values units and signs alone."""
    name = texts[own]
    is_shifted = any(_looks_like_name(texts[index]) for index in values)
    if (
        not _looks_like_name(name)
        or not _names_indicator(texts, own, is_shifted)
        or not any(texts[index] for index in values)
    ):
        return False
    units = [c.index for c in columns if c.role == "unit"]
    return all(_is_unit(texts[index]) for index in units if texts[index]) and not any(
        text and index not in units and not (units and _is_sign_or_weight(text))
        for index, text in enumerate(texts[own + 1 : values[0]], own + 1)
    )


def _is_sign_or_weight(text: str) -> bool:
    return len(text) <= _LONGEST_SIGN and not _looks_like_name(text)


def _is_unit(word: str) -> bool:
    return word.lstrip("亿万千") in unit_codes() or bool(_MONEY.match(word))


def _score_row(row: Row, texts: list[str], frame: Frame) -> list[Reading]:
    """The row of the total score: the score in its column or at the end of the row; other numbers are weights."""
    readings: list[Reading] = []
    fits = len(texts) == len(frame.columns)
    scored = [c.index for c in frame.columns if c.role == "score"]
    numbers = [i for i, t in enumerate(texts) if re.fullmatch(r"\d+(?:\.\d+)?分?", t)]
    weights = [float(texts[i].rstrip("分")) for i in numbers[:-1]]
    if weights and LOWEST <= weights[-1] < FULL_MARKS:
        # 合计 | 90 | 88.7: the other ten points were given elsewhere.
        return [reading for i in numbers for reading in left_out(row.cells[i].flow, "sub_score")]
    scores_alone = len(numbers) == 1 and float(texts[numbers[0]].rstrip("分")) != FULL_MARKS
    for i in numbers:
        if scores_alone or (fits and i in scored) or (i == numbers[-1] and len(numbers) > 1):
            reading = read_score_cell(row.cells[i], texts, frame)
            if reading is not None:
                reading.row_span = (row.start, row.end)
                readings.append(reading)
        else:
            readings.extend(left_out(row.cells[i].flow, "weight"))
    return readings


def _name_and_values(
    texts: list[str], columns: list[Column], is_value_cell: Callable[[str], bool]
) -> tuple[int | None, dict[int, Column]]:
    """Where the indicator's name stands, and the column of each value; in a row that lost cells, by their order."""
    value_columns = [c for c in columns if c.role in ("target", "actual")]
    if len(texts) == len(columns) and any(texts[c.index] for c in value_columns):
        first_value = min(c.index for c in value_columns)
        named = {c.index: c for c in value_columns if texts[c.index]}
        own = max((c.index for c in columns[:first_value] if c.role == "label"), default=None)
        is_shifted = any(_looks_like_name(texts[c.index]) for c in value_columns)
        if own is not None and _looks_like_name(texts[own]) and _names_indicator(texts, own, is_shifted):
            # The cell below 三级指标 is a name: what stands below the values is one, though it be in words (持续提升).
            return own, named
        name_index = _label_index(texts, columns, first_value)
        between = texts[name_index + 1 : first_value] if name_index is not None else []
        is_shifted = is_shifted or any(is_value_cell(text) for text in between)
        if name_index is not None and not is_shifted:
            return name_index, named
    names = [i for i, t in enumerate(texts) if t and _looks_like_name(t) and not _CATEGORY.match(t)]
    if not names:
        return None, {}
    first_value = next((i for i in range(names[0] + 1, len(texts)) if _is_bare_value(texts[i], is_value_cell)), None)
    if first_value is not None:
        # What stands in words after the values is a remark.
        names = [i for i in names if i < first_value]
    after = [i for i in range(names[-1] + 1, len(texts)) if texts[i] and is_value_cell(texts[i])]
    with_unit = [i for i in after if not NUMBER_ONLY.match(texts[i])]
    return names[-1], dict(zip(with_unit or after, value_columns, strict=False))


def _names_indicator(texts: list[str], own: int, is_shifted: bool) -> bool:
    """Whether the cell below 三级指标 names an indicator; 服务对象满意度 does where the class before it is filled as well."""
    return not _CATEGORY.match(texts[own]) or (bool(own and _CATEGORY.match(texts[own - 1])) and not is_shifted)


def _is_bare_value(text: str, is_value_cell: Callable[[str], bool]) -> bool:
    return bool(text) and is_value_cell(text) and not _looks_like_name(text)


def _label_index(texts: list[str], columns: list[Column], first_value: int) -> int | None:
    """The column of the indicator's name: the last words before the first value that are no category."""
    for i in range(first_value - 1, -1, -1):
        text = texts[i]
        is_words = re.match(r"[“\u4e00-\u9fff\d]", text) and not NUMBER_ONLY.match(text)
        if is_words and columns[i].role not in ("skip", "unit", "score"):
            return i if i == first_value - 1 or not _CATEGORY.match(text) else None
    return None


def _looks_like_name(text: str) -> bool:
    return (
        len(text) >= 3
        and bool(_BEGINS_NAME.match(text))
        and not _NOT_A_NAME.match(text)
        and not re.search(r"^[^\d]{0,4}\d+(?:\.\d+)?%$", text)
    )


def _value(
    row: Row, cell: Cell, texts: list[str], index: int, name_index: int, column: Column, frame: Frame
) -> list[Reading]:
    """The target or attained value of a cell: its first number; none where the value is in words."""
    quantity = _first_quantity(cell, texts[name_index])
    if quantity is None:
        return []
    fits = len(texts) == len(frame.columns)
    name = _WEIGHT_AT_END.sub("", texts[name_index].rstrip("。.．:"))
    reading = TableReading(quantity, unit=quantity.unit, value=quantity.value)
    reading.row_label = " / ".join(dict.fromkeys(t for t in texts[: name_index + 1] if t))
    reading.column_header, reading.row_span = column.text, (row.start, row.end)
    sign = texts[index - 1] if index and fits else ""
    reading.qualifier = _SIGNS.get(sign) or qualifier_of(cell.text, quantity)
    reading.fiscal_year = column.year or frame.year
    unit_index = next((c.index for c in frame.columns if c.role == "unit"), None)
    unit_word = texts[unit_index] if unit_index is not None and fits else ""
    if quantity.unit == "none" and not _settle_unit(reading, name, unit_word):
        reading.reason = "no_unit"
        return [reading]
    if reading.unit == "person_time" and _counts_times(quantity, unit_word) and not _is_of_help(name):
        # 核查次数, 培训次数: how often a thing was done reached nobody by itself.
        reading.unit = "other"
    if reading.unit == "facility" and _THING in (quantity.word, unit_word) and not _names_facility(name, frame):
        # 公益性岗位数: 个 counts things of any kind.
        reading.unit = "other"
    if reading.unit == "CNY":
        reading.per = quantity.per or _period_of_name(name)
    if reading.unit == "other" and quantity.reason == "date":
        quantity.reason = None
    subject = subject_in(frame.words(name), name, indicator=True)
    reading.measure, reading.indicator = column.measure, name
    is_paid_by_project = subject.programme is None and reading.per and reading.unit == "CNY"
    if frame.project and (is_paid_by_project or _says_field_alone(subject, frame.project)):
        # What a head gets by the month, in the form of a project, is what that project pays; its 老年人 are its own.
        subject = subject._replace(programme=frame.project)
    if reading.unit == "CNY" and subject.programme is None:
        # The money of an indicator is some programme's, though its name does not say which.
        reading.confidence = 0.85
    reading.subject = Subject(programme=subject.programme or None, residence=subject.residence, care=subject.care)
    return [reading]


def _says_field_alone(subject: Subject, project: str) -> bool:
    """Whether a weak word (老年人) says no more than the field that a project belongs to."""
    return not subject.is_strong and is_of_general_field(project, subject.programme)


def _counts_times(quantity: Quantity, unit_word: str) -> bool:
    return _TIMES in (quantity.word, unit_word)


def _names_facility(name: str, frame: Frame) -> bool:
    return any(t.meaning.facility is not None for t in frame.words(name)) or bool(words("facility_ending").search(name))


def _is_of_help(name: str) -> bool:
    return bool(words("help_times").search(name)) and not words("inspected").search(name)


def _first_quantity(cell: Cell, name: str) -> Quantity | None:
    quantities = scan(cell.flow)
    found = [q for q in quantities if q.reason not in _NO_VALUE]
    if not found and (words("time_limit").search(cell.text) or words("name_of_time_limit").search(name)):
        # 收到文件30日内: a time limit is a target like any other.
        found = [q for q in quantities if q.word in _LIMITS_OF_TIME]
    return found[0] if found else None


def _period_of_name(name: str) -> str | None:
    if words("name_per_month").search(name):
        return "month"
    return "time" if words("name_per_time").search(name) else None


def _settle_unit(reading: Reading, name: str, unit_word: str) -> bool:
    """Give a bare value the unit that the unit column or the name's parenthesis makes certain; False without one."""
    inside = re.search(r"\(([^()]{1,8})\)$", name)
    word = unit_word or (inside.group(1) if inside else "")
    codes, value, scale = unit_codes(), reading.quantity.value, 1
    for prefix in ("亿", "万", "千"):
        if word.startswith(prefix) and word[len(prefix) :] in codes:
            scale, word = SCALES[prefix], word[len(prefix) :]
    money = _MONEY.match(word)
    if money:
        reading.unit, reading.value = "CNY", value * scale * SCALES.get(money[1] or "", 1)
        reading.quantity.per = period_of_suffix(money[2])
        return True
    if word not in codes:
        return False
    reading.unit, reading.value = codes[word], value * scale
    return reading.unit != "none"
