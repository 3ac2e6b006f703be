"""Tables in a text without marks: tabs, pipes, columns of spaces, one cell a line.

In: lines. Out: the kind of each line, and `Table`s whose cells map back to the text.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import chain

from ingest.documents.amount_heads import is_amount_head
from ingest.documents.blocks import Cell, Paragraph, Row, Table
from ingest.documents.flow import Flow
from ingest.documents.forms import Form, forms_in
from ingest.documents.lines import (
    MARKUP,
    SENTENCE_SIGN,
    Line,
    content_span,
    heading_level,
    is_title_of_table,
    number_cell,
    unit_words,
)
from ingest.documents.numbered_rows import numbered_tables
from ingest.documents.paper_columns import with_cells_below_their_heads
from ingest.documents.records import ends_of_tables, is_unread_head, items_of, table_at
from ingest.documents.regular_rows import kinds_of, regular_table_at
from ingest.vocabulary import words, words_of

MAX_CELLS = 200
MOST_LINES_OF_A_ROW = 20

_FEWEST_ROWS_WITHOUT_BORDERS = 3
_FEWEST_CELLS_OF_BROKEN_ROW = 3
_MOSTLY = 0.6
_WORD_AT_END = re.compile(r"[\u4e00-\u9fff、（(]$")
_WORD_AT_START = re.compile(r"[\u4e00-\u9fff）)]")
_UNIT_OF_HEAD = re.compile(r"[(](?:[亿万千百]?元|%|[人户]次?)[)]")
_CAPTION_UNIT = re.compile(r"单位[::]")


def line_kinds(folded: str, lines: list[Line]) -> tuple[list[str], dict[int, Form]]:
    """The kind of each line (pipe, tab, space, form, cells, prose), and the forms by the line that they begin at."""
    kinds = []
    for line in lines:
        stripped = line.text.strip()
        if stripped.startswith("|") and stripped.count("|") >= 2:
            kinds.append("pipe")
        elif "\t" in folded[line.start : line.end].rstrip("\n\r"):
            kinds.append("tab")
        elif _is_space_row(stripped):
            kinds.append("space")
        else:
            kinds.append("prose")
    for start, stop in _runs_without_borders(lines, kinds):
        kinds[start:stop] = ["pipe"] * (stop - start)
    for index in range(len(lines) - 2, -1, -1):
        # The head of a table of spaces has no numbers; it stands right above and has as many parts.
        is_above = kinds[index] == "prose" and kinds[index + 1] == "space" and not lines[index + 1].after_blank
        if is_above and _is_head_of_spaces(lines[index].text.strip(), lines[index + 1].text.strip()):
            kinds[index] = "space"
    for index in range(1, len(lines) - 1):
        if kinds[index] == "prose" and kinds[index - 1] == kinds[index + 1] == "space":
            parts = _WIDE_GAP.split(lines[index].text.strip())
            if len(parts) == 2 and len(parts[0]) <= 20 and number_cell().match(parts[1]):
                # A row whose other cells are empty: 其他收入    88.90
                kinds[index] = "space"
            elif len(parts) >= 3 and len(parts) == len(_WIDE_GAP.split(lines[index - 1].text.strip())):
                # A row that holds words where the others hold numbers: 群众满意  改善  改善  10  9.5
                kinds[index] = "space"
    for start, stop in _runs_of_wide_gaps(lines, kinds):
        kinds[start:stop] = ["space"] * (stop - start)
    forms = {form.start: form for form in forms_in(folded, lines, kinds)}
    for form in forms.values():
        kinds[form.start : form.stop] = ["form"] * (form.stop - form.start)
    for start, stop in _cell_runs(lines, kinds):
        kinds[start:stop] = ["cells"] * (stop - start)
    return kinds, forms


def _runs_without_borders(lines: list[Line], kinds: list[str]) -> list[tuple[int, int]]:
    """Runs of lines parted by pipes, of which the first begins with none: 名称 | 数量 | 金额.

    One line or two may be a list of links; three are rows, where one has three cells or each a label before its number.
    """
    parts = [
        line.text.strip().split("|") if kind in ("prose", "pipe") else [""]
        for line, kind in zip(lines, kinds, strict=True)
    ]
    runs = []
    index = 0
    while index < len(lines):
        stop = index
        if kinds[index] == "prose":
            while stop < len(lines) and len(parts[stop]) >= 2:
                stop += 1
        rows = parts[index:stop]
        if len(rows) >= _FEWEST_ROWS_WITHOUT_BORDERS and (
            max(map(len, rows)) > 2 or all(map(_is_label_and_value, rows))
        ):
            runs.append((index, stop))
        index = max(stop, index + 1)
    return runs


def _is_label_and_value(cells: list[str]) -> bool:
    return len(cells) == 2 and _is_label(cells[0].strip()) and bool(number_cell().match(cells[1].strip()))


def _runs_of_wide_gaps(lines: list[Line], kinds: list[str]) -> list[tuple[int, int]]:
    """Runs of lines whose parts stand in columns, whatever they hold: codes, words, a remark that is a sentence.

    One line with wide gaps may be a signature or a list of contents; three that all have columns, two with numbers, are rows,
    and so is a line of numbers below a head that has as many words. Lines of two parts above and below them are rows whose other cells are empty, or which hold a label and a text.
    """
    parts = [
        _ANY_WIDE_GAP.split(line.text.strip()) if kind in ("prose", "space") else []
        for line, kind in zip(lines, kinds, strict=True)
    ]
    columns = [len(cells) if cells and _is_label(cells[0]) and not _is_title(cells) else 0 for cells in parts]
    runs = []
    index = 0
    while index < len(lines):
        stop = index
        while stop < len(lines) and columns[stop] >= 2:
            stop += 1
        full = [place for place in range(index, stop) if columns[place] >= 3]
        numbers = [place for place in full if any(number_cell().match(cell) for cell in parts[place][1:])]
        is_single_row = len(full) == 2 and numbers == full[1:] and columns[full[0]] == columns[full[1]] > 3
        if (len(full) >= 3 and len(numbers) >= 2) or is_single_row:
            runs.append((index, stop))
        index = max(stop, index + 1)
    return runs


def _is_title(cells: list[str]) -> bool:
    """Whether a line's parts are those of a title: 表2 and its name, a name and 单位:人."""
    is_numbered = heading_level(cells[0]) == 1 or _NUMBER_OF_TABLE.fullmatch(cells[0])
    return any(map(is_title_of_table, cells)) or (len(cells) == 2 and bool(is_numbered))


def _is_label(text: str) -> bool:
    return len(text) <= _LONGEST_LABEL and not SENTENCE_SIGN.search(text)


def _is_head_of_spaces(text: str, below: str) -> bool:
    """Whether a line is a head above a line of a table of spaces: wide gaps, or one space where there are as many words."""
    if SENTENCE_SIGN.search(text):
        return False
    parts = _WIDE_GAP.split(_closed_up(text))
    if len(parts) >= 3 or _are_sides(parts):
        return all(len(part) <= _LONGEST_HEAD for part in parts)
    cells, following = _closed_up(text).split(), _closed_up(below).split()
    if _are_sides(cells) or (len(cells) >= 2 and all(map(_counts_columns, cells))):
        # 收入 支出, or 栏次 1 栏次 2
        return True
    # 项目 行次 金额 项目 行次 金额; the numbers of the columns may stand between it and the first row.
    is_as_wide = len(cells) == len(following) or all(map(_counts_columns, following))
    return (
        is_as_wide
        and len(cells) >= 4
        and all(len(cell) <= _LONGEST_HEAD and not _HAS_DIGIT.search(cell) for cell in cells)
        and sum(map(_is_head_of_numbers, cells)) >= 2
    )


def _is_head_of_numbers(cell: str) -> bool:
    return is_amount_head(cell) or bool(
        words("head_of_amounts", "head_line_number", "head_first_of_group").fullmatch(cell)
    )


def _counts_columns(cell: str) -> bool:
    return bool(words("head_column_numbers").fullmatch(cell) or _COLUMN_NUMBER.fullmatch(cell))


def _are_sides(parts: list[str]) -> bool:
    """Whether two heads are the sides of a table of two sides: 收入 | 支出."""
    return len(parts) == 2 and bool(
        words("side_income").fullmatch(parts[0]) and words("side_expenditure").fullmatch(parts[1])
    )


def _below_both_halves(rows: list[Row]) -> list[Row]:
    """The rows, where 收入 | 支出 stand above the halves of the head below them."""
    if len(rows) < 2 or not _are_sides([cell.text for cell in rows[0].cells]) or len(rows[1].cells) % 2:
        return rows
    empties = _empty_cells(len(rows[1].cells) // 2 - 1)
    first, second = rows[0].cells
    return [Row([first, *empties, second, *empties], rows[0].start, rows[0].end), *rows[1:]]


_ANY_WIDE_GAP = re.compile(r"\s{2,}")
_LONGEST_LABEL = 40
_NUMBER_OF_TABLE = re.compile(r"附?表\s*[\d一二三四五六七八九十]*|附件\s*[\d一二三四五六七八九十]*")
_HAS_DIGIT = re.compile(r"\d")
_COLUMN_NUMBER = re.compile(r"\d{1,2}")
_LONGEST_HEAD = 16
_UNIT_OR_DATE = re.compile(r"^(?:[万亿]?元|[年月日号户人名个%])")


def _is_space_row(stripped: str) -> bool:
    """局机关 5,106.20 4,962.75 97.19%: a label and at least two numbers, parted by spaces, and nothing of a sentence."""
    if " " not in stripped or len(stripped) > 160 or SENTENCE_SIGN.search(stripped):
        return False
    wide = _WIDE_GAP.split(_closed_up(stripped))
    if len(wide) >= 3 and all(len(cell) <= 24 for cell in wide):
        numbers = [bool(number_cell().match(cell)) for cell in wide]
        numbers[0] = numbers[0] and not _YEAR_LABEL.match(wide[0])
        if any(numbers[1:]) and not numbers[0] and sum(numbers) >= len(wide) // 2:
            return True
    cells = _closed_up(stripped).split()
    if len(cells) < 3 or len(cells) > 20:
        return False
    numbers = sum(bool(number_cell().match(cell)) and any(c.isdigit() for c in cell) for cell in cells)
    words = [cell for cell in cells if not number_cell().match(cell)]
    if numbers < 2 or not words or len(words) > 3 or any(_UNIT_OR_DATE.match(word) and len(word) < 4 for word in words):
        return False
    # The label comes first (a running number may stand before it), and numbers follow one another to the end.
    return numbers >= len(words) and all(number_cell().match(cell) for cell in cells[-2:])


# One space parts cells where an amount ends a long label's cell, or a label follows an amount.
_WIDE_GAP = re.compile(r"\s{2,}|(?<=[\u4e00-\u9fff)])\s(?=-?\d[\d,]*\.\d+(?:\s|$))|(?<=\.\d\d)\s(?=[\u4e00-\u9fff(])")
_YEAR_LABEL = re.compile(r"(?:19|20)\d\d年?度?$")


@cache
def _spread_words() -> re.Pattern[str]:
    """Words that a page spreads over their column (项  目, 合    计), and numbers with a space before their unit (186 人)."""
    spread = "|".join(r"[^\S\n]+".join(word) for word in sorted(words_of("spread_words"), key=len, reverse=True))
    return re.compile(rf"(?<!\S)(?:{spread}|[≥≤<>=]{{0,2}} ?\d[\d,.]* (?:{unit_words()}))(?!\S)")


def _closed_up(text: str) -> str:
    return _spread_words().sub(lambda word: "".join(word[0].split()), text) if " " in text else text


def _cell_runs(lines: list[Line], kinds: list[str]) -> list[tuple[int, int]]:
    """Runs of lines that each hold one cell: short, without the signs of a sentence, a third of them numbers."""
    runs = []
    index = 0
    while index < len(lines):
        stop = index
        while stop < len(lines) and kinds[stop] == "prose" and _is_cell(lines[stop].text):
            stop += 1
        if stop - index >= 8:
            numbers = sum(bool(number_cell().match(line.text.strip())) for line in lines[index:stop])
            if numbers >= 0.3 * (stop - index):
                runs.append((index, stop))
        index = max(stop, index + 1)
    return runs


def _is_cell(text: str) -> bool:
    text = text.strip()
    return len(text) <= 32 and not SENTENCE_SIGN.search(text) and not _CAPTION_UNIT.search(text)


def is_rest_of_cell(lines: list[Line], kinds: list[str], index: int) -> bool:
    """A line without tabs between two rows, not parted by an empty line, is the rest of a broken cell.

    It is a title where a head follows it: words alone, after rows with numbers.
    """
    return (
        kinds[index] == "prose"
        and index + 1 < len(lines)
        and kinds[index + 1] == "tab"
        and not lines[index].after_blank
        and not lines[index + 1].after_blank
        and not heading_level(lines[index].text)
        and not is_title_of_table(lines[index].text)
        and (_HAS_DIGIT.search(lines[index + 1].text) is not None or _HAS_DIGIT.search(lines[index - 1].text) is None)
    )


def rows_table(folded: str, lines: list[Line], kind: str) -> Table:
    separator = {"tab": re.compile(r"\t"), "pipe": re.compile(r"\|"), "space": re.compile(r"\s+")}[kind]
    if (
        kind == "space"
        and sum(len(_WIDE_GAP.findall(line.text.strip())) >= 2 for line in lines) > len(lines) / 2
        and not _are_parted_by_any_space(lines)
    ):
        separator = _WIDE_GAP
    has_borders = kind == "pipe" and lines[0].text.strip().startswith("|")
    is_boxed = kind == "pipe" and sum(line.after_rule for line in lines) > max(2, len(lines) / 3)
    rows: list[Row] = []
    pieces: list[list[list[tuple[int, int]]]] = []
    for line in lines:
        start, end = line.start, line.start + len(folded[line.start : line.end].rstrip("\n\r"))
        if kind == "pipe":
            if has_borders:
                start = folded.index("|", start) + 1
                end = start + len(folded[start:end].rstrip().removesuffix("|"))
            if not folded[start:end].strip(" |:-"):
                continue
        if kind == "space":
            start += len(folded[start:end]) - len(folded[start:end].lstrip())
            end = start + len(folded[start:end].rstrip())
        if kind == "tab" and "\t" not in folded[start:end] and rows:
            # A line without a tab inside a table is the rest of a broken cell.
            last = rows[-1]
            begun = [(last.cells[-1].flow.offsets[0], last.end)] if last.cells[-1].text else []
            last.cells[-1] = Cell(Flow.of(folded, [*begun, (start, end)]))
            last.end = end
            continue
        spans = []
        position = start
        spread = [word.span() for word in _spread_words().finditer(folded, start, end)] if kind == "space" else []
        for sign in separator.finditer(folded, start, end):
            if any(first < sign.start() < last for first, last in spread):
                continue
            spans.append((position, sign.start()))
            position = sign.end()
            if len(spans) > MAX_CELLS:
                break
        spans.append((position, end))
        if (
            is_boxed
            and not line.after_rule
            and rows
            and len(spans) == len(pieces[-1])
            and len(pieces[-1][0]) < MOST_LINES_OF_A_ROW
        ):
            # Between two lines of a box all that stands in a column is one cell.
            for parts, span in zip(pieces[-1], spans, strict=True):
                parts.append(span)
            rows[-1] = Row([Cell(Flow.of(folded, parts)) for parts in pieces[-1]], rows[-1].start, end)
            continue
        pieces.append([[_without_markup(folded, span)] for span in spans])
        rows.append(Row([Cell(Flow.of(folded, parts)) for parts in pieces[-1]], line.start, end))
    if kind == "tab":
        rows = _with_broken_cells_joined(folded, rows)
    if kind == "space":
        rows = with_cells_below_their_heads(folded, _with_heads_in_place(_below_both_halves(rows)))
    return Table(kind, rows)


def _with_broken_cells_joined(folded: str, rows: list[Row]) -> list[Row]:
    """The rows, of which those that an end of line within a cell broke in two or more are whole again.

    Each part ends and begins with words, and together they have as many cells as most rows and the row above.
    """
    widths = Counter(len(row.cells) for row in rows)
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    if width < _FEWEST_CELLS_OF_BROKEN_ROW or count < _MOSTLY * len(rows) or count == len(rows):
        return rows
    whole: list[Row] = []
    index = 0
    while index < len(rows):
        stop, cells = index + 1, rows[index].cells
        goes_on = bool(whole) and len(whole[-1].cells) == width
        while (
            goes_on and stop < len(rows) and len(cells) < width and _is_broken_between(cells[-1], rows[stop].cells[0])
        ):
            cells = [*cells[:-1], _joined(folded, cells[-1], rows[stop].cells[0]), *rows[stop].cells[1:]]
            stop += 1
        if len(cells) == width and stop > index + 1:
            whole.append(Row(cells, rows[index].start, rows[stop - 1].end))
            index = stop
        else:
            whole.append(rows[index])
            index += 1
    return whole


def _is_broken_between(last: Cell, first: Cell) -> bool:
    return bool(last.text and first.text and _WORD_AT_END.search(last.text) and _WORD_AT_START.match(first.text))


def _joined(folded: str, *cells: Cell) -> Cell:
    return Cell(Flow.of(folded, [(cell.flow.offsets[0], cell.flow.offsets[-1] + 1) for cell in cells]))


def _are_parted_by_any_space(lines: list[Line]) -> bool:
    """Whether wide gaps leave some rows short of cells, and single spaces give each line as many."""
    texts = [_closed_up(line.text.strip()) for line in lines]
    return len({len(_WIDE_GAP.split(text)) for text in texts}) > 1 and len({len(text.split()) for text in texts}) == 1


def _with_heads_in_place(rows: list[Row]) -> list[Row]:
    """The rows, where a head that lost its empty cells gets them back: what it names stands above the columns of numbers.

    A head with a cell for each number stands above the numbers; one with a cell for every two or three is the upper tier.
    """
    body = next((index for index, row in enumerate(rows) if _is_row_of_numbers(row)), 0)
    numbered = [row for row in rows[body:] if _is_row_of_numbers(row)]
    if not body or not numbered:
        return rows
    width = Counter(len(row.cells) for row in numbered).most_common(1)[0][0]
    fullest = next(row for row in numbered if len(row.cells) == width)
    labels = next(index for index, cell in enumerate(fullest.cells) if _is_number_of_column(cell, index))
    numbers = width - labels
    top = body
    while top and not any(
        _HAS_DIGIT.search(cell.text) and not words("head_of_amounts").search(cell.text) for cell in rows[top - 1].cells
    ):
        top -= 1
    placed = rows[:top]
    for row in rows[top:body]:
        given = len(row.cells)
        names_labels = words("head_label", "head_code", "head_running_number").fullmatch(row.cells[0].text)
        if given == numbers and labels and not names_labels:
            row = Row([*_empty_cells(labels), *row.cells], row.start, row.end)
        elif labels < given < width and numbers % (given - labels) == 0:
            spread = [[cell, *_empty_cells(numbers // (given - labels) - 1)] for cell in row.cells[labels:]]
            row = Row([*row.cells[:labels], *chain.from_iterable(spread)], row.start, row.end)
        placed.append(row)
    return placed + rows[body:]


def _is_row_of_numbers(row: Row) -> bool:
    return sum(_is_number_of_column(cell, index) for index, cell in enumerate(row.cells)) >= 2


def _is_number_of_column(cell: Cell, index: int) -> bool:
    """Whether a cell holds a number, and not a running number or the code of an account before its name."""
    return bool(number_cell().match(cell.text)) and not (index == 0 and cell.text.isdigit())


def _empty_cells(count: int) -> list[Cell]:
    return [Cell(Flow.of("", [])) for _ in range(count)]


def _without_markup(folded: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    while match := MARKUP.match(folded, start, end):
        if match.end() == start:
            break
        start = match.end()
    for tail in ("</p>", "**", "<br>", "<br/>"):
        if folded[start:end].rstrip().endswith(tail):
            end = start + len(folded[start:end].rstrip()) - len(tail)
    return start, end


def one_cell_a_line(folded: str, lines: list[Line]) -> list[Paragraph | Table]:
    """Fold runs of cells into rows: tables of the accounts, and heads in words above rows that are all alike."""
    lines, flows = _with_units_of_heads(folded, lines)
    items = items_of(folded, lines, flows)
    numeric = kinds_of(items)
    numbered, ends = numbered_tables(items), ends_of_tables(items)
    blocks: list[Paragraph | Table] = []
    start = 0
    while start < len(flows):
        if start in numbered:
            table, start = numbered[start]
            blocks.append(table)
            continue
        found = table_at(items, start)
        if found is not None:
            blocks.append(found[0])
            start = found[1]
            continue
        if is_unread_head(items, start):
            stop = ends[start]
            blocks.extend(Paragraph(flow) for flow in flows[start:stop] if flow.text)
            start = stop
            continue
        regular, stop = regular_table_at(items, numeric, start, ends[start])
        if regular is not None and not any(at in numbered for at in range(start + 1, stop)):
            blocks.append(regular)
            start = stop
            continue
        stop = start + 1 if regular is not None else max(stop, start + 1)
        blocks.extend(Paragraph(flow, heading_level(flow.text)) for flow in flows[start:stop] if flow.text)
        start = stop
    return blocks


def _may_have_unit(head: str) -> bool:
    """Whether a cell may be a head whose unit stands on the next line: words, that do not end in a unit themselves."""
    return not head.endswith(")") and not number_cell().match(head)


def _with_units_of_heads(folded: str, lines: list[Line]) -> tuple[list[Line], list[Flow]]:
    """The lines and what they hold, where a unit alone in parentheses belongs to the head above it: 全年预算数, (万元)."""
    joined: list[Line] = []
    flows: list[Flow] = []
    for line in lines:
        span = content_span(folded, line)
        flow = Flow.of(folded, [span])
        if joined and _UNIT_OF_HEAD.fullmatch(flow.text) and _may_have_unit(flows[-1].text):
            above = joined[-1]
            flows[-1] = Flow.of(folded, [content_span(folded, above), span])
            joined[-1] = Line(above.start, line.end, flows[-1].text, above.after_blank)
            continue
        joined.append(line)
        flows.append(flow)
    return joined, flows
