"""Forms that a text gives one cell a line: the name and the money of a project, and the goals set for it.

In: lines that hold no table by their signs. Out: the runs of lines that are such a form, and the `Table` of each. A form is
known by its own words (项目名称, 预算资金(万元), 三级指标), so that a few numbers among many words are enough.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.documents.amount_heads import is_amount_head
from ingest.documents.budget_forms import pairs_at, tasks_at
from ingest.documents.form_cells import AMOUNT, Form, Spans, empty_at, is_cell, is_value, is_word, span_of
from ingest.documents.form_words import UNIT_OF_HEAD, form_sum, indicator_head
from ingest.documents.lines import Line, heading_level, number_cell
from ingest.vocabulary import alternation, words

_LONGEST_LABEL = 16
_MOST_BETWEEN = 12
_MOST_HEADS = 12
_FEWEST_ROWS = 2
_FEWEST_COLUMNS = 2
_MOST_SCORES = 2
_FEWEST_SCORES = 2
_WIDE_GAP = re.compile(r"\s{2,}|\t")
_GROUP_OF_ROWS = re.compile(r"按[^，。；\d]{2,8}分$")
_TITLE = re.compile(r"表(?:\([^()]{1,20}\))?$")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "name": re.compile(rf"{alternation('form_name')}$"),
        "money": re.compile(rf"(?:{alternation('form_money')}|{form_sum().pattern}){UNIT_OF_HEAD}$"),
        "column": re.compile(rf"{alternation('head_weight', 'head_score')}(?:[(].{{1,12}}[)])?$"),
        "sum": re.compile(rf"(?:其中:?)?{form_sum().pattern}:?$"),
        "unit": re.compile(rf".{{0,12}}{UNIT_OF_HEAD}$"),
        "goal": re.compile(rf"{indicator_head().pattern}$"),
        # 年初目标值(A): what a formula below the table calls it.
        "value": re.compile(rf".{{0,8}}{alternation('head_target', 'head_actual')}(?:[(].{{1,8}}[)])?$"),
        "beside": re.compile(
            rf"(?:{alternation('head_skip', 'head_unit', 'head_score', 'head_in_indicators')}|{indicator_head().pattern}).{{0,8}}$"
        ),
        "alone": re.compile(
            rf"(?:{alternation('head_skip', 'head_unit', 'head_score', 'head_in_indicators')}|{indicator_head().pattern})(?:[(]|$)"
        ),
        "remark": re.compile(rf"{alternation('head_remark')}"),
        "category": re.compile(rf"{alternation('indicator_category')}[^、]{{0,8}}$"),
    }


def forms_in(folded: str, lines: list[Line], kinds: list[str]) -> list[Form]:
    """The forms among the lines, in order; lines that belong to a table by their signs are passed over."""
    texts = [line.text.strip() if kind == "prose" else "" for line, kind in zip(lines, kinds, strict=True)]
    found: list[Form] = []
    stop = 0
    for index, text in enumerate(texts):
        if index < stop or not text:
            continue
        form = pairs_at(texts, lines, index)
        if form is None and (_first_words().match(text) or indicator_head().match(text) or is_amount_head(text)):
            form = (
                tasks_at(texts, lines, index)
                or _money_at(texts, lines, index)
                or _columns_of_money_at(texts, lines, index)
                or _goals_at(folded, texts, lines, index)
            )
        if form is not None:
            found.append(form)
            stop = form.stop
    return found


@cache
def _first_words() -> re.Pattern[str]:
    return words("form_name", "form_money", "head_of_task")


# ------------------------------------------------------------------ a project and its money


def _money_at(texts: list[str], lines: list[Line], start: int) -> Form | None:
    """项目名称 | … | 预算资金(万元) | 总额 | 1,126.00 | 其中:财政拨款 | 1,126.00: from its first line on."""
    rows: list[list[tuple[int, int]]] = []
    money = start
    if _patterns()["name"].match(texts[start]):
        limit = min(start + _MOST_BETWEEN, len(texts))
        money = next((i for i in range(start + 2, limit) if _patterns()["money"].match(texts[i])), start)
        if money == start or not all(map(is_cell, texts[start:money])):
            return None
        for index in range(start, money - 1, 2):
            rows.append([span_of(lines[index]), span_of(lines[index + 1])])
    elif not _patterns()["money"].match(texts[start]):
        return None
    stop = money + 1
    if stop < len(texts) and AMOUNT.match(texts[stop]):
        stop += 1
    while (
        stop + 1 < len(texts)
        and is_cell(texts[stop])
        and len(texts[stop]) <= _LONGEST_LABEL
        and not number_cell().match(texts[stop])
        and AMOUNT.match(texts[stop + 1])
    ):
        stop += 2
    if stop < money + 2:
        return None
    rows.append([span_of(line) for line in lines[money:stop]])
    return Form(start, stop, rows)


def _columns_of_money_at(texts: list[str], lines: list[Line], start: int) -> Form | None:
    """全年预算数(A) | 全年执行数(B) | 执行率, then 年度资金总额 and its sources, each with as many numbers as there are heads.

    The head of the labels, if there is one, stands right above and gives the unit: 资金投入情况, (万元).
    """
    body = start
    while body < len(texts) and body - start < _MOST_HEADS and _is_column_of_money(texts[body]):
        body += 1
    count = body - start
    if count < _FEWEST_COLUMNS or body >= len(texts) or not _patterns()["sum"].match(texts[body]):
        return None
    first = start
    if start and _patterns()["unit"].match(texts[start - 1]):
        first = start - 1
        if first and texts[first].startswith("(") and is_word(texts[first - 1]):
            first -= 1
    label = (lines[first].start, lines[start - 1].end) if first < start else empty_at(lines[start])
    rows = [[label, *map(span_of, lines[start:body])]]
    is_scored = bool(_patterns()["column"].match(texts[body - 1])) and count > _FEWEST_COLUMNS
    position = body
    while position < len(texts):
        # 按支出性质分 parts the rows into groups and has no values of its own.
        position += position + 1 < len(texts) and bool(_GROUP_OF_ROWS.match(texts[position]))
        values = _numbers_at(texts, position + 1, count)
        # Only the sum is scored: below it the last cell is empty and left no line.
        is_whole = values == count or (is_scored and len(rows) > 1 and values == count - 1)
        if not is_whole or not is_cell(texts[position]) or not is_word(texts[position]):
            break
        empty = [empty_at(lines[position])] * (count - values)
        rows.append([*map(span_of, lines[position : position + 1 + values]), *empty])
        position += 1 + values
    return Form(start, position, rows) if len(rows) > 1 else None


def _numbers_at(texts: list[str], start: int, most: int) -> int:
    """How many numbers stand one below the other from `start` on, no more than `most`."""
    stop = start
    while stop < min(start + most, len(texts)) and number_cell().match(texts[stop]):
        stop += 1
    return stop - start


def _is_column_of_money(text: str) -> bool:
    return is_amount_head(text) or bool(_patterns()["column"].match(text))


# ------------------------------------------------------------------ goals


def _goals_at(folded: str, texts: list[str], lines: list[Line], start: int) -> Form | None:
    """三级指标 | 指标值, then a name and its value by turns; merged cells of the classes before the name may be lost."""
    heads, body = _heads_of_goals(folded, texts, lines, start)
    labels = next((i for i, (text, _) in enumerate(heads) if not _patterns()["goal"].match(text)), len(heads))
    values = [text for text, _ in heads[labels:]]
    if not labels or not any(_patterns()["value"].match(text) for text in values):
        return None
    rows = [[span for _, span in heads]]
    # An empty line above a head is a merged cell of the head row: it stands above the values of that head as well.
    are_lines = body - start >= len(heads)
    gaps = [are_lines and lines[start + place].after_blank for place in range(labels, len(heads))]
    position = body
    while position < len(texts):
        end, count = _row_of_goals(texts, lines, position, labels, values)
        if not end:
            break
        empty = [empty_at(lines[position])]
        named = [span_of(line) for line in lines[position : position + count]]
        rows.append([*empty * (labels - count), *named, *_values_in_place(lines[position + count : end], gaps)])
        position = end
    if len(rows) <= _FEWEST_ROWS:
        return None
    end = _end_of_total(texts, position)
    if end and (places := _places_of_scores(heads, end - position - 1)):
        # 总分 | 100 | 96.62: the cells between are empty and left no line.
        row = [empty_at(lines[position])] * len(heads)
        row[0] = span_of(lines[position])
        for place, line in zip(places, lines[position + 1 : end], strict=True):
            row[place] = span_of(line)
        rows.append(row)
        position = end
    return Form(start, position, rows)


def _values_in_place(lines: list[Line], gaps: list[bool]) -> Spans:
    """The values of a row, of which those that are missing stand before the lines that an empty line is above, else last.

    `gaps` says of each head of a value whether an empty line stands above the head itself.
    """
    spans: Spans = []
    for line in lines:
        is_gap = line.after_blank and len(spans) < len(gaps) and not gaps[len(spans)]
        spans += [empty_at(line), span_of(line)] if is_gap else [span_of(line)]
    if len(spans) > len(gaps):
        # More empty lines than cells are missing: they part all lines alike.
        spans = list(map(span_of, lines))
    return [*spans, *[empty_at(lines[0])] * (len(gaps) - len(spans))]


def _end_of_total(texts: list[str], start: int) -> int:
    """Where the row of the total score that begins at `start` ends: a label and one number or two; 0 without one."""
    if start >= len(texts) or not words("row_score_total").fullmatch(texts[start]):
        return 0
    end = start + 1
    while end < len(texts) and end - start <= _MOST_SCORES and AMOUNT.match(texts[end].removesuffix("分")):
        end += 1
    return end if end > start + 1 else 0


def _places_of_scores(heads: list[tuple[str, tuple[int, int]]], count: int) -> list[int]:
    """The last heads of scores and weights, as many as there are numbers; empty where there are fewer such heads."""
    places = [i for i, (text, _) in enumerate(heads) if words("head_weight", "head_score").fullmatch(text)]
    return places[-count:] if len(places) >= count else []


def _heads_of_goals(
    folded: str, texts: list[str], lines: list[Line], start: int
) -> tuple[list[tuple[str, tuple[int, int]]], int]:
    """The heads, one a line or all in one line with wide gaps, each with its span; and where the body begins."""
    parts = [part for part in _WIDE_GAP.split(texts[start]) if part]
    if not parts or not _patterns()["goal"].match(parts[0]):
        return [], start
    if len(parts) >= 2:
        heads, at = [], lines[start].start
        for part in parts:
            at = folded.index(part, at)
            heads.append((part, (at, at + len(part))))
            at += len(part)
        return heads, start + 1
    stop = start
    has_value = False
    while stop < len(texts) and stop - start < _MOST_HEADS and _is_head_of_goals(texts[stop]):
        if has_value and words("goals_of_all_rows").fullmatch(texts[stop]):
            # 绩效指标, merged over all rows, stands before the first of them; 指标内容 is the head of the last column.
            return [(texts[i], span_of(lines[i])) for i in range(start, stop)], stop + 1
        has_value = has_value or bool(_patterns()["value"].match(texts[stop]))
        stop += 1
    return [(texts[i], span_of(lines[i])) for i in range(start, stop)], stop


def _is_head_of_goals(text: str) -> bool:
    if not text or len(text) > _LONGEST_LABEL:
        return False
    return any(_patterns()[kind].match(text) for kind in ("goal", "value", "beside", "remark"))


def _goes_on(text: str) -> bool:
    """单位床位建设成本 begins like a head and goes on as a name; 得分(自评) is a head."""
    return bool(_patterns()["beside"].match(text)) and not _patterns()["alone"].match(text)


def _row_of_goals(texts: list[str], lines: list[Line], start: int, labels: int, values: list[str]) -> tuple[int, int]:
    """Where the row that begins at `start` ends, and how many labels it has; (0, 0) where none does."""
    if words("row_score_total").fullmatch(texts[start]):
        return 0, 0
    count = 0
    while count < labels - 1 and start + count < len(texts) and _patterns()["category"].match(texts[start + count]):
        count += 1
    if start + count < len(texts) and number_cell().match(texts[start + count]) and count:
        # What looks like a class is the indicator's own name: 服务对象满意度 | ≥95%.
        count -= 1
    if count < labels - 1 and not _has_scores(texts, start + count + 1, values):
        # 部门管理 | 预算执行率 | ≥95%: a class in the department's own words, told by where the scores stand.
        count += _has_scores(texts, start + count + 2, values)
    name, end = start + count, start + count + 1 + len(values)
    if _is_head_of_remarks(values[-1]) and (
        not _has_remark(texts, end - 1) or _begins_row(texts, lines, start, end - 1, values)
    ):
        end -= 1
    # A class that begins the next row ends this one: its last cells were empty.
    end = next((i for i in range(name + 2, min(end, len(texts))) if _patterns()["category"].match(texts[i])), end)
    cells = texts[start:end]
    if end > len(texts) or not all(map(is_cell, cells)) or not is_word(texts[name]) or _TITLE.search(texts[name]):
        return 0, 0
    if words("row_score_total").fullmatch(texts[name]):
        return 0, 0
    if any(
        _is_head_of_goals(text) and not is_value(text) and not _goes_on(text)
        for text in cells[: count + 1]
        if not _patterns()["category"].match(text)
    ):
        return 0, 0
    if heading_level(texts[start]) in (1, 2, 3):
        return 0, 0
    body = texts[name + 1 : end]
    is_in_words = len(body) > 1 and body[0] == body[1]
    if not any(is_value(text) for text in body) and len(values) > 1 and not is_in_words:
        # 稳步提升 | 稳步提升 is a goal in words that was attained; other words are no row of goals.
        return 0, 0
    return end, count + 1


def _is_head_of_remarks(text: str) -> bool:
    """Whether the last head is one of remarks: 偏差原因, or 指标内容 where the names have a column of their own before."""
    return bool(_patterns()["remark"].match(text) or _patterns()["goal"].match(text))


def _has_scores(texts: list[str], start: int, values: list[str]) -> bool:
    """Whether the values from `start` on are plain numbers wherever the heads say weight or score, in two columns or more."""
    places = [start + i for i, text in enumerate(values) if words("head_weight", "head_score").fullmatch(text)]
    return len(places) >= _FEWEST_SCORES and all(p < len(texts) and bool(AMOUNT.match(texts[p])) for p in places)


def _begins_row(texts: list[str], lines: list[Line], start: int, index: int, values: list[str]) -> bool:
    """Whether the cell after the row that began at `start` begins the next: after an empty line, or by where scores stand."""
    if lines[index].after_blank and not any(line.after_blank for line in lines[start + 1 : index]):
        return True
    return _has_scores(texts, index + 1, values) and not _has_scores(texts, index + 2, values)


def _has_remark(texts: list[str], index: int) -> bool:
    """Whether a cell is the remark that ends a row, not the class or the name that begins the next."""
    if index >= len(texts) or not is_word(texts[index]) or _patterns()["category"].match(texts[index]):
        return False
    is_name = index + 1 < len(texts) and is_value(texts[index + 1])
    # 查处违规资金 | 不发生 | 不发生: a goal in words that was attained.
    following = texts[index + 1 : index + 3]
    is_name = is_name or (len(set(following)) == 1 < len(following) and is_word(following[0]))
    return not is_name and not heading_level(texts[index])
