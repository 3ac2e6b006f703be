"""From a document's text to its blocks: paragraphs of prose and tables with rows of cells.

In: the text. Out: `Layout`, blocks in document order, each over `Flow`s that map back to the text. Lines broken by a PDF
are joined, page marks go, and tables are found in the five shapes that published reports have: tabs, pipes, columns of
spaces, one cell a line, and ruled boxes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from ingest.documents.flow import Flow, fold
from ingest.vocabulary import read_seed

MAX_CELLS = 200


@dataclass(slots=True)
class Paragraph:
    """A paragraph of prose, or a heading of `level` 1, 2, 3 … (0 is plain text)."""

    flow: Flow
    level: int = 0


@dataclass(slots=True)
class Cell:
    """One cell. `text` is the flow's text; an empty cell has an empty flow."""

    flow: Flow

    @property
    def text(self) -> str:
        """The normalised text of the cell."""
        return self.flow.text


@dataclass(slots=True)
class Row:
    """One row of a table: its cells and its span in the document's text."""

    cells: list[Cell]
    start: int
    end: int


@dataclass(slots=True)
class Table:
    """A table: its shape (tab, pipe, space, cells), its rows with the headers among them, and the lines above it."""

    kind: str
    rows: list[Row]
    caption: str = ""


@dataclass(slots=True)
class Layout:
    """The folded text and the blocks in document order."""

    folded: str
    blocks: list[Paragraph | Table] = field(default_factory=list)


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    text: str
    after_blank: bool

    @property
    def width(self) -> int:
        """Columns on paper: a Chinese character is two wide."""
        return len(self.text) + sum(character > "\u2e7f" for character in self.text)


_PAGE_MARK = re.compile(
    r"^(?:第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|-+\s*\d{1,4}\s*-+|\d{1,3}\s*/\s*\d{1,3}|-\s*\d{1,4}|page\s*\d+)$",
    re.I,
)
_MARKUP = re.compile(r"#{1,6}\s*|\*\*|</?(?:p|br|div|span|strong|b)\s*/?>", re.I)
_TERMINAL = "。！？；:"
_HEADINGS = (
    re.compile(r"第[一二三四五六七八九十百]+(?:部分|章|节|篇)"),
    re.compile(r"[一二三四五六七八九十]{1,3}、|附件?\s*\d?(?=[::]|$)"),
    re.compile(r"\([一二三四五六七八九十]{1,3}\)"),
    re.compile(
        r"\d{1,2}[.、](?!\d)|\d{1,2}[.、](?=20\d\d年)|\d(?=20\d\d年)|[①-⑳]"
        r"|\d{1,2}(?=[\u4e00-\u9fff])(?!\d*[年月日号时万亿余多个名人户项家所处座间条次元张对件份期位级类档具台例宗起岁]|\d*(?:周岁|至|平方|公里|批|场))"
    ),
    re.compile(r"\(\d{1,2}\)|\d{1,2}\)|[A-Za-z][.、]"),
)
_TABLE_TITLE = re.compile(r"(?:附?表|图)\s*[\d一二三四五六七八九十]+")
_FORM_LABEL = re.compile(
    r"(?:填报|报送|评价|实施|预算|主管|编制)(?:单位|部门|日期|时间|人)|(?:单位|部门|项目)名称|联系(?:人|电话)"
)
_NUMBER_END = re.compile(r"\d[\d,.]*\s*$|[≥≤约至]\s*$")


@cache
def _unit_words() -> str:
    words = sorted((row["word"] for row in read_seed("unit_words")), key=len, reverse=True)
    return "|".join(map(re.escape, words))


@cache
def _unit_start() -> re.Pattern[str]:
    return re.compile(rf"[万亿]?(?:{_unit_words()})")


@cache
def _number_cell() -> re.Pattern[str]:
    """A cell that holds a number (with a sign of comparison and a unit, if any) or stands for none: -, /, *."""
    return re.compile(
        rf"(?:[≥≤<>=约近]|不低于|不超过|不少于)?\s*[-+]?\d[\d,. ]*\s*[万亿]?余?(?:{_unit_words()})?"
        r"(?:/[^\d\s，。]{1,6})?(?:以上|以内|及以上)?$|[-/*×—]+$"
    )


def heading_level(text: str) -> int:
    """1 for 第一部分, 2 for 一、, 3 for (一), 4 for 1., 5 for (1); 0 for none."""
    return heading(text)[0]


def heading(text: str) -> tuple[int, int]:
    """(level, length of the ordinal) of a line that begins with an ordinal; (0, 0) for others."""
    for level, pattern in enumerate(_HEADINGS, start=1):
        match = pattern.match(text)
        if match:
            return level, match.end()
    return 0, 0


def lay_out(text: str) -> Layout:
    """Find the blocks of a text. Linear in its length; never raises on any text."""
    folded = fold(text)
    layout = Layout(folded)
    lines = _lines(folded)
    if not lines:
        return layout
    double_spaced = _is_double_spaced(lines)
    width = _wrap_width(lines)
    kinds = _line_kinds(folded, lines)
    index = 0
    while index < len(lines):
        kind = kinds[index]
        stop = index + 1
        if kind in ("tab", "pipe", "space"):
            while stop < len(lines) and (
                kinds[stop] == kind or (kind == "tab" and _is_rest_of_cell(lines, kinds, stop))
            ):
                stop += 1
            layout.blocks.append(_rows_table(folded, lines[index:stop], kind))
        elif kind == "cells":
            while stop < len(lines) and kinds[stop] == "cells":
                stop += 1
            layout.blocks.extend(_one_cell_a_line(folded, lines[index:stop]))
        else:
            while (
                stop < len(lines)
                and kinds[stop] == "prose"
                and _joins(lines[stop - 1], lines[stop], width, double_spaced)
            ):
                stop += 1
            flow = Flow.of(folded, [_content(folded, line) for line in lines[index:stop]])
            if flow.text:
                layout.blocks.append(Paragraph(flow, heading_level(flow.text)))
        index = stop
    _attach_captions(layout)
    return layout


def _is_rest_of_cell(lines: list[_Line], kinds: list[str], index: int) -> bool:
    """A line without tabs between two rows, not parted by an empty line, is the rest of a broken cell."""
    return (
        kinds[index] == "prose"
        and index + 1 < len(lines)
        and kinds[index + 1] == "tab"
        and not lines[index].after_blank
        and not lines[index + 1].after_blank
        and not heading_level(lines[index].text)
    )


def _lines(folded: str) -> list[_Line]:
    lines: list[_Line] = []
    position, blank = 0, True
    for piece in folded.splitlines(keepends=True):
        start, end = position, position + len(piece)
        position = end
        stripped = piece.strip()
        if not stripped:
            blank = True
            continue
        if _PAGE_MARK.match(stripped):
            continue
        start += len(piece) - len(piece.lstrip("\n\r\x1c\x1d\x1e\x85\u2028\u2029 "))
        lines.append(_Line(start, end, folded[start:end].rstrip(), blank))
        blank = False
    return lines


def _content(folded: str, line: _Line) -> tuple[int, int]:
    """The line's span without Markdown's signs at its beginning."""
    match = _MARKUP.match(folded, line.start, line.end)
    return (match.end() if match else line.start), line.end


def _is_double_spaced(lines: list[_Line]) -> bool:
    """A PDF's text often has an empty line after each line: then emptiness does not part paragraphs."""
    if len(lines) < 12:
        return False
    blanks = sum(line.after_blank for line in lines)
    long_lines = [line for line in lines if line.width > 30]
    open_ends = sum(line.text[-1] not in _TERMINAL + "，、)" for line in long_lines)
    return blanks > 0.75 * len(lines) and open_ends > 0.3 * len(long_lines) and len(long_lines) >= 8


def _wrap_width(lines: list[_Line]) -> int:
    """The width at which lines were broken, or 0 for text whose lines are paragraphs."""
    widths = sorted(line.width for line in lines if line.width >= 24)
    if len(widths) < 8:
        return 0
    usual = widths[int(len(widths) * 0.8)]
    near = sum(abs(width - usual) <= 6 for width in widths)
    return usual if usual <= 150 and near >= 0.25 * len(widths) else 0


def _joins(previous: _Line, line: _Line, width: int, double_spaced: bool) -> bool:
    """Whether a line goes on where the line before it broke off."""
    left, right = previous.text, line.text.lstrip()
    gap = line.after_blank and not double_spaced
    if _NUMBER_END.search(left) and (_unit_start().match(right) or (right[0].isdigit() and not gap)):
        return True
    if _TABLE_TITLE.match(right) or _FORM_LABEL.match(right):
        return False
    if left[-1] in "，、(“《":
        return True
    opened = left.count("(") > left.count(")") or left.count("《") > left.count("》")
    if heading_level(right):
        # A line broken just before a number is rare, a heading is common: only a full line that ends open goes on.
        full = bool(width) and previous.width >= width - 3 and left[-1] not in _TERMINAL
        return full and not gap and heading_level(right) >= 4
    if left[-1] in _TERMINAL:
        return bool(width) and not gap and previous.width >= width - 5 and not line.text.startswith(" ")
    if heading_level(left) in (1, 2, 3) and not _SENTENCE_SIGN.search(left):
        return False
    if _SENTENCE_SIGN.search(left) and previous.width >= 40:
        # A sentence that did not end: the page or the column did.
        return not right.startswith(("附件", "附:"))
    if gap:
        return False
    return opened or (bool(width) and previous.width >= width * 0.85)


# ---------------------------------------------------------------- tables

_SENTENCE_SIGN = re.compile(r"[，。；！？]")
_CAPTION_UNIT = re.compile(r"单位[::]")


def _line_kinds(folded: str, lines: list[_Line]) -> list[str]:
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
    for index in range(len(lines) - 2, -1, -1):
        # The head of a table of spaces has no numbers; it stands right above and has as many parts.
        if kinds[index] == "prose" and kinds[index + 1] == "space" and not lines[index + 1].after_blank:
            parts = _WIDE_GAP.split(_SPREAD_WORD.sub(r"\1\2", lines[index].text.strip()))
            if (
                len(parts) >= 3
                and not _SENTENCE_SIGN.search(lines[index].text)
                and all(len(part) <= 16 for part in parts)
            ):
                kinds[index] = "space"
    for index in range(1, len(lines) - 1):
        # A row whose other cells are empty: 其他收入    88.90
        if kinds[index] == "prose" and kinds[index - 1] == kinds[index + 1] == "space":
            parts = _WIDE_GAP.split(lines[index].text.strip())
            if len(parts) == 2 and len(parts[0]) <= 20 and _number_cell().match(parts[1]):
                kinds[index] = "space"
    for start, stop in _cell_runs(lines, kinds):
        for index in range(start, stop):
            kinds[index] = "cells"
    return kinds


_UNIT_OR_DATE = re.compile(r"^(?:[万亿]?元|[年月日号户人名个%])")


def _is_space_row(stripped: str) -> bool:
    """局机关 5,106.20 4,962.75 97.19%: a label and at least two numbers, parted by spaces, and nothing of a sentence."""
    if " " not in stripped or len(stripped) > 160 or _SENTENCE_SIGN.search(stripped):
        return False
    wide = _WIDE_GAP.split(_SPREAD_WORD.sub(r"\1\2", stripped))
    if len(wide) >= 3 and all(len(cell) <= 24 for cell in wide):
        numbers = [bool(_number_cell().match(cell)) for cell in wide]
        if any(numbers[1:]) and not numbers[0] and sum(numbers) >= len(wide) // 2:
            return True
    cells = stripped.split()
    if len(cells) < 3 or len(cells) > 20:
        return False
    numbers = sum(bool(_number_cell().match(cell)) and any(c.isdigit() for c in cell) for cell in cells)
    words = [cell for cell in cells if not _number_cell().match(cell)]
    if numbers < 2 or not words or len(words) > 3 or any(_UNIT_OR_DATE.match(word) and len(word) < 4 for word in words):
        return False
    # The label comes first (a running number may stand before it), and numbers follow one another to the end.
    return numbers >= len(words) and all(_number_cell().match(cell) for cell in cells[-2:])


_WIDE_GAP = re.compile(r"\s{2,}")
_SPREAD_WORD = re.compile(r"([总合项小])\s+([计目])(?=\s|$)")


def _cell_runs(lines: list[_Line], kinds: list[str]) -> list[tuple[int, int]]:
    """Runs of lines that each hold one cell: short, without the signs of a sentence, a third of them numbers."""
    runs = []
    index = 0
    while index < len(lines):
        stop = index
        while stop < len(lines) and kinds[stop] == "prose" and _is_cell(lines[stop].text):
            stop += 1
        if stop - index >= 8:
            numbers = sum(bool(_number_cell().match(line.text.strip())) for line in lines[index:stop])
            if numbers >= 0.3 * (stop - index):
                runs.append((index, stop))
        index = max(stop, index + 1)
    return runs


def _is_cell(text: str) -> bool:
    text = text.strip()
    return len(text) <= 32 and not _SENTENCE_SIGN.search(text) and not _CAPTION_UNIT.search(text)


def _rows_table(folded: str, lines: list[_Line], kind: str) -> Table:
    separator = {"tab": re.compile(r"\t"), "pipe": re.compile(r"\|"), "space": re.compile(r"\s+")}[kind]
    if kind == "space" and sum(len(_WIDE_GAP.findall(line.text.strip())) >= 2 for line in lines) > len(lines) / 2:
        separator = _WIDE_GAP
    rows: list[Row] = []
    for line in lines:
        start, end = line.start, line.start + len(folded[line.start : line.end].rstrip("\n\r"))
        if kind == "pipe":
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
            pieces = [(last.cells[-1].flow.offsets[0], last.end)] if last.cells[-1].text else []
            last.cells[-1] = Cell(Flow.of(folded, [*pieces, (start, end)]))
            last.end = end
            continue
        spans = []
        position = start
        for sign in separator.finditer(folded, start, end):
            if kind == "space" and folded[sign.start() - 1] in "总合小" and folded[sign.end()] == "计":
                continue
            spans.append((position, sign.start()))
            position = sign.end()
            if len(spans) > MAX_CELLS:
                break
        spans.append((position, end))
        rows.append(Row([Cell(Flow.of(folded, [_without_markup(folded, span)])) for span in spans], line.start, end))
    return Table(kind, rows)


def _without_markup(folded: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    while match := _MARKUP.match(folded, start, end):
        if match.end() == start:
            break
        start = match.end()
    for tail in ("</p>", "**", "<br>", "<br/>"):
        if folded[start:end].rstrip().endswith(tail):
            end = start + len(folded[start:end].rstrip()) - len(tail)
    return start, end


def _one_cell_a_line(folded: str, lines: list[_Line]) -> list[Paragraph | Table]:
    """Fold runs of cells into rows: a head in words, then rows whose columns are all numbers or all words."""
    flows = [Flow.of(folded, [_content(folded, line)]) for line in lines]
    numeric = [bool(_number_cell().match(flow.text)) and not _YEAR_HEAD.fullmatch(flow.text) for flow in flows]
    blocks: list[Paragraph | Table] = []
    start = 0
    while start < len(flows):
        columns, stop = _grid_at(numeric, start)
        if not columns:
            if flows[start].text:
                blocks.append(Paragraph(flows[start], heading_level(flows[start].text)))
            start += 1
            continue
        rows = []
        for first in range(start, stop, columns):
            last = min(first + columns, stop)
            rows.append(Row([Cell(flow) for flow in flows[first:last]], lines[first].start, lines[last - 1].end))
        blocks.append(Table("cells", rows))
        start = stop
    return blocks


_YEAR_HEAD = re.compile(r"(?:19|20)\d\d年?度?")
MAX_COLUMNS = 12


def _grid_at(numeric: list[bool], start: int) -> tuple[int, int]:
    """(columns, end) of the table that begins with its head at `start`; (0, start) where none does."""
    best = (0, 0, start)
    for columns in range(2, MAX_COLUMNS + 1):
        body = start + columns
        if body + columns > len(numeric) or any(numeric[start:body]) or numeric[body]:
            continue
        pattern = numeric[body : body + columns - 1]
        if not any(numeric[body : body + columns]):
            continue
        stop = body
        while (
            stop + columns <= len(numeric)
            and numeric[stop : stop + columns - 1] == pattern
            and any(numeric[stop : stop + columns])
        ):
            stop += columns
        rows = (stop - body) // columns
        # The last row may have lost its empty last cell.
        if (
            rows
            and stop + columns - 1 <= len(numeric)
            and numeric[stop : stop + columns - 1] == pattern
            and any(pattern)
        ):
            after = stop + columns - 1
            if after == len(numeric) or not numeric[after]:
                stop = after
        if rows >= 2 or (rows == 1 and not any(numeric[stop : stop + 2])):
            best = max(best, (stop - start, columns, stop))
    return best[1], best[2]


_OWN_HEADER = re.compile(r"^(?:表\s*\d+|附表)|单位[::]")


def _attach_captions(layout: Layout) -> None:
    """Give each table the short lines above it: they carry its title, its unit and, for columns of spaces, its header."""
    for index, block in enumerate(layout.blocks):
        if not isinstance(block, Table):
            continue
        lines: list[str] = []
        for before in reversed(layout.blocks[max(0, index - 3) : index]):
            if isinstance(before, Table):
                break
            lines.insert(0, before.flow.text[-160:])
            if len(before.flow.text) > 60 or before.flow.text[-1:] in ":：":
                break
        block.caption = "\n".join(lines)
        before = layout.blocks[index - 1] if index else None
        if block.kind == "space" and isinstance(before, Paragraph) and before.flow.text:
            header = _header_of_spaces(layout.folded, before, len(block.rows[0].cells))
            if header:
                block.rows.insert(0, header)


def _header_of_spaces(folded: str, paragraph: Paragraph, columns: int) -> Row | None:
    """The header row in the paragraph above a table of spaces: its last words, as many as the table has columns."""
    start, end = paragraph.flow.offsets[0], paragraph.flow.offsets[-1] + 1
    if end - start > 400:
        return None
    words: list[list[int]] = []
    for position in range(start, end):
        character = folded[position]
        if character == " ":
            words.append([])
        elif not character.isspace():
            if not words:
                words.append([])
            words[-1].append(position)
    words = [word for word in words if word]
    texts = ["".join(folded[p] for p in word) for word in words]
    if len(words) < columns or any(_SENTENCE_SIGN.search(text) for text in texts[-columns:]):
        return None
    cells = []
    for word in words[-columns:]:
        span = (word[0] + (folded[word[0]] == "("), word[-1] + 1)
        flow = Flow.of(folded, [span])
        if flow.text.endswith(")") and "(" not in flow.text:
            flow = Flow(flow.text[:-1], flow.offsets[:-1])
        cells.append(Cell(flow))
    if any(_number_cell().match(cell.text) for cell in cells):
        return None
    return Row(cells, start, end)
