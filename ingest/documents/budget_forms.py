"""Parts of a department's budget form that a text gives one cell a line: its money by type and source, and its tasks.

In: lines. Out: the `Form` that begins at one, if its rows are all there: their heads say how many cells each has.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.documents.form_cells import AMOUNT, Form, Spans, empty_at, is_cell, is_word, span_of
from ingest.documents.form_words import UNIT_OF_HEAD
from ingest.documents.lines import Line
from ingest.vocabulary import alternation, words

_FEWEST_ROWS = 2
_FEWEST_PARTS = 2
_COLUMNS_OF_PAIRS = 4
_MOST_HEADS_OF_TASKS = 6


@cache
def _money() -> re.Pattern[str]:
    return re.compile(rf"{alternation('form_money', 'head_of_task_money')}{UNIT_OF_HEAD}$")


def pairs_at(texts: list[str], lines: list[Line], start: int) -> Form | None:
    """部门预算支出 | 预算金额(万元) | 收入来源 | 预算金额(万元), then a label and its amount on each side."""
    stop = start + _COLUMNS_OF_PAIRS
    heads = texts[start:stop]
    if len(heads) < _COLUMNS_OF_PAIRS or not _is_pair(heads[:2], _money()) or not _is_pair(heads[2:], _money()):
        return None
    if not is_word(heads[2]) or _money().match(heads[0]):
        return None
    rows = [[span_of(line) for line in lines[start:stop]]]
    while _is_pair(texts[stop : stop + 2], AMOUNT) and _is_pair(texts[stop + 2 : stop + 4], AMOUNT):
        rows.append([span_of(line) for line in lines[stop : stop + _COLUMNS_OF_PAIRS]])
        stop += _COLUMNS_OF_PAIRS
    if len(rows) == 1 or _is_pair(texts[stop : stop + 2], AMOUNT):
        # One side goes on alone: which one, the lines do not say.
        return None
    return Form(start, stop, rows)


def _is_pair(texts: list[str], second: re.Pattern[str]) -> bool:
    return len(texts) == 2 and is_cell(texts[0]) and is_word(texts[0]) and bool(second.match(texts[1]))


def tasks_at(texts: list[str], lines: list[Line], start: int) -> Form | None:
    """名称 | 主要实施内容 | 拟投入的资金(万元) | 期望达到的目标: each row has one amount among its words.

    The name of the whole list may stand before the name of a row, where its merged cell begins.
    """
    limit = min(start + _MOST_HEADS_OF_TASKS, len(texts))
    money = next((i for i in range(start + 1, limit) if _money().match(texts[i])), None)
    if money is None or not all(is_cell(text) and is_word(text) for text in texts[start:money]):
        return None
    if parts := _parts_of_money(texts, money + 1):
        return _parted_tasks_at(texts, lines, start, money, parts)
    before = money - start
    for after in (2, 1, 0):
        rows, stop = _tasks(texts, lines, money + 1 + after, before, after)
        if len(rows) >= _FEWEST_ROWS and is_cell(texts[money + after]):
            empty = empty_at(lines[start])
            return Form(start, stop, [[empty, *map(span_of, lines[start : money + 1 + after])], *rows])
    return None


def _parts_of_money(texts: list[str], start: int) -> int:
    """How many heads of parts (总额, 财政拨款, 其他资金) stand below the head of the money; 0 for fewer than two."""
    stop = start
    while stop < len(texts) and words("form_sum", "form_part_of_sum").fullmatch(texts[stop]):
        stop += 1
    return stop - start if stop - start >= _FEWEST_PARTS else 0


def _parted_tasks_at(texts: list[str], lines: list[Line], start: int, money: int, parts: int) -> Form | None:
    """任务名称 | 主要内容 | 预算金额(万元), with 总额 | 财政拨款 | 其他资金 below the last: so many words, then so many amounts."""
    before, body = money - start, money + 1 + parts
    empty = empty_at(lines[start])
    heads = [span_of(line) for line in lines[start : money + 1]]
    rows = [[*heads, *[empty] * (parts - 1)], [*[empty] * before, *map(span_of, lines[money + 1 : body])]]
    position = body
    while position < len(texts):
        is_total = bool(words("row_total").fullmatch(texts[position]))
        named = 1 if is_total else before
        end = position + named + parts
        amounts = texts[position + named : end]
        if len(amounts) < parts or not all(AMOUNT.match(amount) for amount in amounts):
            break
        if not is_cell(texts[position]) or not all(map(is_word, texts[position : position + named])):
            break
        cells = [span_of(line) for line in lines[position:end]]
        rows.append([*cells[:named], *[empty_at(lines[position])] * (before - named), *cells[named:]])
        position = end
        if is_total:
            break
    return Form(start, position, rows) if len(rows) > _FEWEST_ROWS else None


def _tasks(texts: list[str], lines: list[Line], body: int, before: int, after: int) -> tuple[list[Spans], int]:
    """The rows with so many cells in words before the amount and after it, each with a cell before for the list's name."""
    rows: list[Spans] = []
    position = body
    while True:
        lead = next((n for n in (0, 1) if _is_task(texts, position + n, before, after)), None)
        if lead is None or not all(map(is_word, texts[position : position + lead])):
            return rows, position
        first = position + lead
        end = first + before + 1 + after
        cells = [span_of(line) for line in lines[first:end]]
        rows.append([span_of(lines[position]) if lead else empty_at(lines[position]), *cells])
        position = end


def _is_task(texts: list[str], start: int, before: int, after: int) -> bool:
    cells = texts[start : start + before + 1 + after]
    return (
        len(cells) == before + 1 + after
        and is_cell(cells[0])
        and bool(AMOUNT.match(cells[before]))
        and all(is_word(cell) for index, cell in enumerate(cells) if index != before)
    )
