"""Tables of the accounts that a text gives one cell a line, with cells that got lost.

In: short lines, one a cell, of which some are numbers. Out: a `Table` whose cells stand below their heads again. The heads
tell what a record is (a code, a label, the number of the line, so many values) and whether the table has two sides; where
an empty cell left no trace and the values of a row fit no columns for certain, only the total is put below its head.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from itertools import pairwise

from ingest.documents.amount_heads import is_amount_head
from ingest.documents.blocks import Cell, Row, Table
from ingest.documents.flow import Flow
from ingest.documents.lines import Line, number_cell
from ingest.vocabulary import alternation

_MOST_HEADS = 40
_LONGEST_HEAD = 24
_AMOUNT = re.compile(r"-?\d[\d,]*(?:\.\d+)?$")
_CODE = re.compile(r"\d{3}(?:\d{2}(?:\d{2})?)?$")
_PART_OF_CODE = re.compile(r"\d{2}$")
_COLUMN_NUMBER = re.compile(r"\d{1,2}$")
_LINE_NUMBER = re.compile(r"\d{1,3}$")
_ORDINAL = re.compile(r"[一二三四五六七八九十]{1,3}、")
_YEAR_HEAD = re.compile(r"(?:19|20)\d\d年?度?")
_SUM = re.compile(r"经费”?(?:支出)?(?:预算|决算)?(?:合计|小计)$")
_TABLE_NAME = re.compile(r"表(?:\([^()]{1,20}\))?$")


@dataclass(slots=True)
class Item:
    """One line: its flow, where it stands, and how many empty cells are before it."""

    flow: Flow
    line: Line
    empty_before: int
    is_number: bool

    @property
    def text(self) -> str:
        """The text of the cell."""
        return self.flow.text


@dataclass(slots=True)
class Side:
    """One side of a table: its heads of codes, of the label and of line numbers, and the places of its values."""

    codes: list[Item]
    label: Item | None
    line: Item | None
    values: list[list[Item]]

    @property
    def width(self) -> int:
        """How many columns the side has."""
        return bool(self.codes) + (self.label is not None) + bool(self.line) + len(self.values)


@dataclass(slots=True)
class Head:
    """The heads of a table: its sides, the words above all of them, and where the body begins."""

    sides: list[Side]
    above: list[Item]
    body: int
    numbering: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Record:
    """A label with its code and line number, and its values; None for an empty cell that left a trace."""

    side: int
    code: list[Item]
    label: Item | None
    line: Item | None
    values: list[Item | None]
    unplaced: list[Item] = field(default_factory=list)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "label": re.compile(rf"(?:{alternation('head_label')}|项目\(按.*\))$"),
        "code": re.compile(rf"{alternation('head_code')}$"),
        "line": re.compile(rf"{alternation('head_line_number')}$"),
        "side": re.compile(rf"{alternation('side_income', 'side_expenditure')}$"),
        "numbers": re.compile(rf"{alternation('head_column_numbers')}$"),
        "group": re.compile(rf"{alternation('head_first_of_group')}$"),
        "total": re.compile(rf"{alternation('head_first_of_group')}|本年.{{0,6}}合计"),
        "value": re.compile(rf"(?:\d{{4}}年度?)?{alternation('head_of_amounts')}"),
    }


def _is(kind: str, item: Item) -> bool:
    return bool(_patterns()[kind].match(item.text)) or (kind == "value" and is_amount_head(item.text))


def is_label_head(item: Item) -> bool:
    """Whether an item is the head of a column of labels: 项目, 科目名称."""
    return _is("label", item)


def is_dash(item: Item) -> bool:
    """Whether an item is a sign for no value."""
    return item.is_number and not any(map(str.isdigit, item.text))


def items_of(folded: str, lines: list[Line], flows: list[Flow]) -> list[Item]:
    """The lines of a run as items. An empty line is an empty cell where the cells are not parted by empty lines anyway."""
    gaps = [0]
    for before, line in pairwise(lines):
        gaps.append(folded.count("\n", before.end, line.start))
    parted = sum(gap > 0 for gap in gaps) > 0.6 * len(gaps)
    return [
        Item(flow, line, (gap - 1) // 2 if parted and gap else 0 if parted else gap, _is_number(flow.text))
        for flow, line, gap in zip(flows, lines, gaps, strict=True)
    ]


def _is_number(text: str) -> bool:
    return bool(number_cell().match(text)) and not _YEAR_HEAD.fullmatch(text)


def is_unread_head(items: list[Item], start: int) -> bool:
    """Whether a head of codes stands here: what follows is a table of the accounts, whose rows cannot be told by counting."""
    return _is("code", items[start]) and any(_is("label", item) for item in items[start + 1 : start + 4])


def ends_of_tables(items: list[Item]) -> list[int]:
    """For each item, where a table that begins there ends at the latest: before the name of the next one."""
    ends, end = [0] * len(items), len(items)
    for index in range(len(items) - 1, -1, -1):
        end = index if _TABLE_NAME.search(items[index].text) else end
        ends[index] = end
    return ends


def table_at(items: list[Item], start: int) -> tuple[Table, int] | None:
    """The table of the accounts whose head begins at `start`, and where it ends; None where none does."""
    head = _head_at(items, start)
    if head is None:
        return _without_labels(items, start)
    records, stop = _records(items, head)
    if not records or not _place(records, head):
        return None
    return Table("cells", _rows(head, records)), stop


# ------------------------------------------------------------------ heads


def _head_at(items: list[Item], start: int) -> Head | None:
    words, position = _words_of_head(items, start)
    if len(words) < 2:
        return None
    numbering: list[Item] = []
    while position < len(items) and _is("numbers", items[position]):
        # 栏次 | 1 | 2 | 3: how many columns hold values.
        numbering.append(items[position])
        position += 1
        while position < len(items) and _COLUMN_NUMBER.match(items[position].text):
            numbering.append(items[position])
            position += 1
    count = sum(item.is_number for item in numbering)
    labels = [index for index, item in enumerate(words) if _is("label", item)]
    if not labels:
        # 收入 | 决算数 | 支出 | 决算数: the heads of the sides are those of their labels.
        labels = [index for index, item in enumerate(words) if _is("side", item)]
        labels = labels if len(labels) == 2 and labels[0] == 0 else []
    codes = [index for index, item in enumerate(words) if _is("code", item)]
    lines = [index for index, item in enumerate(words) if _is("line", item)]
    if not labels:
        return None
    if codes and (side := _repeated(words[codes[0] :])) is not None:
        # 人员经费 | 公用经费 above it: the codes say which is which.
        sides, above = [side] if not any(map(str.isdigit, "".join(item.text for item in words[: codes[0]]))) else [], []
    elif len(labels) >= 2 and (lines or not codes):
        sides, above = _two_sides(words, labels), words[: labels[0]]
        if above and len(above) != len(sides):
            return None
    elif start and any(_is(kind, items[start - 1]) for kind in ("label", "value")):
        # The words before are heads as well, so that these are not all.
        return None
    else:
        sides, above = _one_side(words, labels, codes, lines, count), []
    return Head(sides, above, position, numbering) if sides else None


def _words_of_head(items: list[Item], start: int) -> tuple[list[Item], int]:
    """The words of a head, and where they end: at the row of column numbers, or before the label of the first row."""
    stop = start
    while (
        stop < len(items)
        and stop - start <= _MOST_HEADS
        and not items[stop].is_number
        and not _ORDINAL.match(items[stop].text)
        and not (_is("numbers", items[stop]) and not _is("code", items[stop]))
    ):
        if len(items[stop].text) > _LONGEST_HEAD or _TABLE_NAME.search(items[stop].text):
            return [], stop
        stop += 1
    if stop == len(items) or stop - start > _MOST_HEADS:
        return [], stop
    is_label = items[stop].is_number and not _CODE.match(items[stop].text)
    if is_label and stop > start:
        stop -= 1
    return items[start:stop], stop


def _repeated(words: list[Item]) -> Side | None:
    """科目编码 科目名称 决算数, three times side by side: one side, whose records follow one another."""
    times, rest = divmod(len(words), 3)
    if times < 2 or rest or not _is("label", words[1]):
        return None
    texts = [item.text for item in words]
    return Side(words[:1], words[1], None, [words[2:3]]) if texts == texts[:3] * times else None


def _two_sides(words: list[Item], labels: list[int]) -> list[Side]:
    sides = []
    for begin, end in zip(labels, [*labels[1:], len(words)], strict=True):
        parts = words[begin + 1 : end]
        line = parts.pop(0) if parts and _is("line", parts[0]) else None
        if not any(_is("value", item) for item in parts):
            return []
        sides.append(Side([], words[begin], line, [[item] for item in parts]))
    return sides


def _one_side(words: list[Item], labels: list[int], codes: list[int], lines: list[int], count: int) -> list[Side]:
    """One label, with a code before it or none; heads before them span those after them. `count` is how many they say."""
    label = labels[-1]
    first = min([label, *(index for index in codes if index < label)])
    above = [[item] for index, item in enumerate(words[:first]) if index not in labels]
    known = {*codes, *lines}
    lower = [item for index, item in enumerate(words[label + 1 :], label + 1) if index not in known]
    group = next((index for index, item in enumerate(lower) if _is("group", item)), 0)
    if not above and group:
        # 科目编码 | 科目名称 | 本年支出, and below the last one 合计 | 基本支出 | 项目支出.
        above, lower = [[item] for item in lower[:group]], lower[group:]
    values = _leaves(above, lower)
    if values and not _is("value", values[0][0]):
        return []
    if not values or (count and len(values) != count) or not any(_is("value", path[-1]) for path in values):
        return []
    return [
        Side([words[index] for index in codes[:1]], words[label], next((words[index] for index in lines), None), values)
    ]


def _without_labels(items: list[Item], start: int) -> tuple[Table, int] | None:
    """A table of one row, whose heads name its lines: 预算数 over 合计, 公务接待费 …, then as many numbers as heads."""
    stop = start
    while stop < len(items) and not items[stop].is_number and stop - start <= _MOST_HEADS:
        stop += 1
    words = items[start:stop]
    # “三公”经费合计 begins the lines as 合计 does.
    groups = [index for index, item in enumerate(words) if _is("group", item) or _SUM.search(item.text)]
    if len(words) < 3 or not groups or groups[0] > 2 or not all(_is("value", item) for item in words[: groups[0]]):
        return None
    lowest = next((index for index in groups if words[index].text != words[groups[0]].text), len(words))
    values = _leaves([[item] for item in words[: groups[0]]], words[groups[0] : lowest])
    values = _leaves(values, words[lowest:]) if lowest < len(words) else values
    count = len(values)
    numbers = [item.text for item in items[stop : stop + count]]
    numbering = items[stop : stop + count] if numbers == [str(number) for number in range(1, count + 1)] else []
    body = stop + len(numbering)
    given = items[body : body + count]
    after = items[body + count : body + count + 1]
    if count < 3 or len(given) < count or not all(item.is_number for item in given) or any(i.is_number for i in after):
        return None
    head = Head([Side([], None, None, values)], [], body, numbering)
    return Table("cells", _rows(head, [Record(0, [], None, None, list(given))])), body + count


def _leaves(above: list[list[Item]], lower: list[Item]) -> list[list[Item]]:
    """The heads of the values: a group of lower heads (小计, 基本支出, 项目支出) stands below the one most like it.

    Empty where it is not certain which one that is.
    """
    if not lower:
        return above
    if not above:
        return [[item] for item in lower]
    groups: list[list[Item]] = [[]]
    for item in lower:
        if _is("group", item) and groups[-1]:
            groups.append([])
        groups[-1].append(item)
    parents = list(range(len(above)))
    if len(groups) != len(above):
        likeness = [sum(_likeness(path[-1].text, part.text) for part in groups[0]) for path in above]
        parents = [index for index in parents if likeness[index] == max(likeness) > 0]
    if len(groups) != len(parents):
        return []
    below = dict(zip(parents, groups, strict=True))
    leaves: list[list[Item]] = []
    for index, path in enumerate(above):
        leaves += [[*path, part] for part in below[index]] if index in below else [path]
    return leaves


def _likeness(one: str, other: str) -> int:
    """How many characters two heads share at their beginning or at their end, where these are two or more."""
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    end = next(
        (i for i, (a, b) in enumerate(zip(one[::-1], other[::-1], strict=False)) if a != b), min(len(one), len(other))
    )
    best = max(start, end)
    return best if best >= 2 else 0


# ------------------------------------------------------------------ records


def _records(items: list[Item], head: Head) -> tuple[list[Record], int]:
    """The records of the body, and where it ends."""
    records: list[Record] = []
    last_line = [0] * len(head.sides)
    position, stop, silent = head.body, head.body, 0
    while position < len(items):
        begin = position
        code: list[Item] = []
        if head.sides[0].codes:
            position = _code_end(items, position)
            code = items[begin:position]
        label = None
        if position < len(items) and not items[position].is_number:
            label = items[position]
            if _TABLE_NAME.search(label.text) or _is("label", label) or _is("line", label):
                break
            position += 1
        side = _side_of(records, head, items, position, last_line, label)
        shape = head.sides[side]
        line = None
        if shape.line is not None and position < len(items) and _LINE_NUMBER.match(items[position].text):
            line = items[position]
            last_line[side] = int(line.text)
            position += 1
        if label is None and line is None:
            break
        # 合计 below the codes: the empty cell after it is that of the labels.
        is_below_codes = bool(head.sides[0].codes) and not code and label is not None and not label.empty_before
        values, position = _values(items, position, head, shape, last_line, int(is_below_codes))
        records.append(Record(side, code, label, line, values))
        silent = silent + 1 if not any(values) and line is None else 0
        if silent > 2:
            break
        if not silent:
            stop = position
    while records and not any(records[-1].values) and records[-1].line is None:
        records.pop()
    return records, stop


def _code_end(items: list[Item], position: int) -> int:
    """Where the code that begins a record ends: 2140101, or 214 01 01, before a label."""
    stop = position
    while (
        stop < len(items)
        and stop - position < 3
        and (_PART_OF_CODE if stop > position else _CODE).match(items[stop].text)
    ):
        stop += 1
    return stop if stop < len(items) and not items[stop].is_number else position


def _names_of_sides(head: Head) -> list[list[str]]:
    """The words that only labels of each side hold: 收入 and 支出, in the order of the sides."""
    heads = head.above or [side.label for side in head.sides if side.label is not None]
    return [[word for word in ("收入", "支出") if word in item.text] for item in heads]


def _side_of(
    records: list[Record], head: Head, items: list[Item], position: int, last_line: list[int], label: Item | None
) -> int:
    """The side that a record stands on: by the number of its line, else the sides take turns."""
    if len(head.sides) == 1:
        return 0
    turn = (records[-1].side + 1) % len(head.sides) if records else 0
    if head.sides[turn].line is None and label is not None:
        # An empty cell that left no trace makes a side miss its turn: 收入 or 支出 in the label tells.
        named = [side for side, words in enumerate(_names_of_sides(head)) if any(word in label.text for word in words)]
        return named[0] if len(named) == 1 else turn
    if head.sides[turn].line is None or position >= len(items) or not _LINE_NUMBER.match(items[position].text):
        return turn
    number = int(items[position].text)
    following = [
        side
        for side, last in enumerate(last_line)
        if last and last < number and not any(last < other < number for other in last_line)
    ]
    return following[0] if all(last_line) and following else turn


def _values(
    items: list[Item], position: int, head: Head, shape: Side, last_line: list[int], not_values: int
) -> tuple[list[Item | None], int]:
    """The values of a record and where they end; the first empty cells, `not_values` of them at most, are no values."""
    values: list[Item | None] = []
    wanted = len(shape.values)
    while position < len(items) and len(values) < wanted:
        item = items[position]
        empties = min(max(item.empty_before - (0 if values else not_values), 0), wanted - len(values))
        if item.is_number and not _begins_record(items, position, head, shape, last_line):
            values.extend([None] * min(empties, wanted - len(values) - 1))
            values.append(item)
            position += 1
            continue
        values.extend([None] * empties)
        break
    return values, position


def _begins_record(items: list[Item], position: int, head: Head, shape: Side, last_line: list[int]) -> bool:
    """Whether a number is a code before a label, or the number of the next line, not a value."""
    text = items[position].text
    if head.sides[0].codes and _code_end(items, position) > position:
        return True
    return shape.line is not None and bool(_LINE_NUMBER.match(text)) and int(text) - 1 in last_line


def _place(records: list[Record], head: Head) -> bool:
    """Put each value below its head; those of a row that lost cells only where they fit one head. False if none is full."""
    full = 0
    last, shape = records[-1].values, head.sides[records[-1].side]
    if any(None in record.values for record in records):
        # Empty cells left a trace in this table; those at its very end have nothing behind them to show it.
        last.extend([None] * (len(shape.values) - len(last)))
    for record in records:
        shape = head.sides[record.side]
        given = [value for value in record.values if value is not None]
        if len(record.values) == len(shape.values) and (None not in record.values or _adds_up(record.values, shape)):
            full += bool(given)
            continue
        record.values, record.unplaced = [None] * len(shape.values), given
        if len(shape.values) == 1 and given:
            record.values, record.unplaced = [given[0]], given[1:]
        elif len(given) >= 2 and _is("total", shape.values[0][-1]) and _adds_up(list(given), shape):
            record.values[0], record.unplaced = given[0], given[1:]
            full += 1
    return full > 0


def _adds_up(values: list[Item | None], shape: Side) -> bool:
    """Whether the first value is the sum of the others, in a side whose first head is that of a sum; else nothing is known."""
    if not _is("total", shape.values[0][-1]):
        return True
    amounts = [_amount(value) for value in values if value is not None]
    if values[0] is None or None in amounts or len(amounts) < 2:
        return len(amounts) < 2
    first, *others = (amount for amount in amounts if amount is not None)
    return abs(first - sum(others, Decimal(0))) < Decimal("0.02")


def _amount(item: Item) -> Decimal | None:
    try:
        return Decimal(item.text.replace(",", "")) if _AMOUNT.match(item.text) else None
    except InvalidOperation:
        return None


# ------------------------------------------------------------------ rows


def _rows(head: Head, records: list[Record]) -> list[Row]:
    width = sum(side.width for side in head.sides)
    rows = []
    if head.above:
        cells: list[Item | None] = []
        for side, item in zip(head.sides, head.above, strict=True):
            cells += [item, *[None] * (side.width - 1)]
        rows.append(row_of(cells))
    depth = max(len(path) for side in head.sides for path in side.values)
    for level in range(depth):
        cells = []
        for side in head.sides:
            code = side.codes[0] if side.codes else None
            own = [code, side.label, side.line] if level == depth - 1 else [None] * 3
            cells += _kept(own, side)
            cells += [_at_level(path, level, depth) for path in side.values]
        rows.append(row_of(cells))
    if head.numbering:
        rows.append(row_of(head.numbering))
    cells, last = [], len(head.sides)
    for record in records:
        if record.side <= last and cells:
            rows.append(row_of([*cells, *[None] * (width - len(cells))]))
            cells = []
        cells += [None] * (sum(side.width for side in head.sides[: record.side]) - len(cells))
        cells += _kept([_joined(record.code), record.label, record.line], head.sides[record.side])
        cells += record.values
        last = record.side
        if record.unplaced:
            rows.append(row_of([*cells, *[None] * (width - len(cells))]))
            rows.extend(row_of([item]) for item in record.unplaced)
            cells = []
    if cells:
        rows.append(row_of([*cells, *[None] * (width - len(cells))]))
    return rows


def _kept(own: list[Item | None], side: Side) -> list[Item | None]:
    """Of the cells for a code, a label and a line number, those that the side has columns for."""
    has = (bool(side.codes), side.label is not None, side.line is not None)
    return [item for item, is_there in zip(own, has, strict=False) if is_there]


def _at_level(path: list[Item], level: int, depth: int) -> Item | None:
    """The head at a level: the lowest one stands in the lowest row, those above it right above."""
    place = level - (depth - len(path))
    return path[place] if place >= 0 else None


def _joined(code: list[Item]) -> Item | None:
    if len(code) < 2:
        return code[0] if code else None
    text = "".join(item.text for item in code)
    offsets = array("I", code[0].flow.offsets)
    for item in code[1:]:
        offsets.extend(item.flow.offsets)
    last = code[-1].line
    line = Line(code[0].line.start, last.end, text, code[0].line.after_blank)
    return Item(Flow(text, offsets), line, 0, True)


def row_of(items: Sequence[Item | None]) -> Row:
    """The row of cells, of which None is an empty one."""
    given = [item.line for item in items if item is not None]
    cells = [Cell(item.flow if item is not None else Flow("", array("I"))) for item in items]
    return Row(cells, min(line.start for line in given), max(line.end for line in given))
