"""A text's lines: which are headings, which go on where the line before broke off, at what width they were broken."""

from __future__ import annotations

import re
from dataclasses import InitVar, dataclass, field
from functools import cache

from ingest.vocabulary import alternation, read_seed

_NARROW = re.compile(r"[\0-\u2e7f]+")


@dataclass(slots=True)
class Line:
    start: int
    end: int
    text: str
    after_blank: bool
    after_rule: bool = False
    # The line as written: a full-width digit or sign is as wide on paper as a Chinese character, though `text` has made it narrow.
    written: InitVar[str | None] = None
    # Columns on paper: a Chinese character is two wide.
    width: int = field(init=False)

    def __post_init__(self, written: str | None) -> None:
        shown = self.text if written is None else written
        self.width = len(shown) + len(_NARROW.sub("", shown))


# The line between two rows of a box: +------+-----+
_RULE = re.compile(r"[+|][-=+| :]{2,}$")
_PAGE_MARK = re.compile(
    r"^(?:第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|[-·•.~*_]+\s*\d{1,4}\s*[-·•.~*_]+|\d{1,3}\s*/\s*\d{1,3}|-\s*\d{1,4}|page\s*\d+)$",
    re.I,
)
MARKUP = re.compile(r"#{1,6}\s*|\u200b+|\*\*|</?(?:p|br|div|span|strong|b)\s*/?>", re.I)
_TERMINAL = "。！？；:"
# What stands below a table and says something of it: 注：…
NOTE = re.compile(r"[（(]?(?:备?注|说明|附注)\d?\s*[:：]")
SENTENCE_SIGN = re.compile(r"[，。；！？]")
# What follows a number that counts something, and is no ordinal.
_COUNTED = "(?![年月日号时万亿余多个名人户项家所处座间条次元张对件份期位级类档具台例宗起岁倍亩吨]|(?:周岁|至|平方|公里|批|场|百分|分(?:[，。；、)]|$)))"
_TABLE_TITLE = re.compile(r"(?:附?表|图)\s*[\d一二三四五六七八九十]+")
_UNIT_OR_YEAR = re.compile(r"[(]?(?:金额)?单位[:：]|[(](?:截[至止]到?)?\d{4}年度?[^()，。；]{0,10}[)]$")
_NAME_OF_TABLE = re.compile(r"[\u4e00-\u9fff]{4}表(?:[(][^()]{1,20}[)])?$")
FORM_LABEL = re.compile(
    rf"{alternation('form_label_doing')}{alternation('form_label_who')}|{alternation('form_label_named')}名称|联系(?:人|电话)"
)
# A line with a sentence sign in it that ends open is broken off from this width on, where lines were broken at a width or not.
_SHORTEST_BROKEN, _SHORTEST_UNBROKEN = 16, 40
_ENDS_NUMBER = frozenset("0123456789,.万亿余多≥≤约至")
_NUMBER_END = re.compile(r"\d[\d,.]*\s*[万亿]?[余多]?\s*$|[≥≤约至]\s*$")
# The number of an attachment is no part of the year that begins the next line.
_ATTACHMENT = re.compile(r"附[件表]?\s*\d{0,2}(?:-\d)?[:：]?$")
_AMOUNT = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?$")
_REST_OF_NUMBER = re.compile(r"\d|,\d{3}(?!\d)")


@cache
def unit_words() -> str:
    """All unit words as alternatives of a pattern, the longest first."""
    words = sorted((row["word"] for row in read_seed("unit_words")), key=len, reverse=True)
    return "|".join(map(re.escape, words))


@cache
def _heading_start() -> re.Pattern[str]:
    """An ordinal at the beginning of a line: a group for each level, from 1; the first that fits counts."""
    # After a space or a point the number may be a quantity of any unit: 6.5 小时.
    of_no_unit = rf"{_COUNTED}(?!{unit_words()})(?=[\u4e00-\u9fff])"
    like_units = alternation("heading_like_unit")
    return re.compile(
        # 壹、贰、叁、 stand above 一、 where a report has both.
        r"(第[一二三四五六七八九十百]+(?:部分|章|节|篇)|[壹贰叁参肆伍陆柒捌玖拾]{1,3}、)"
        # 一、二、三类对象 at the beginning of a broken line is a list of grades.
        r"|([一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十]{1,3}[、类级档等])|附件?\s*\d?(?=[::]|$))"
        r"|(\([一二三四五六七八九十]{1,3}\))"
        r"|(\d{1,2}[.、](?!\d)|\d{1,2}[.、](?=2\d{6}[\u4e00-\u9fff])|\d{1,2}[.、](?=20\d\d年)|\d(?=20\d\d年)|[①-⑳]"
        rf"|\d{{1,2}}(?:{_COUNTED}(?=[\u4e00-\u9fff])| {of_no_unit}))"
        # 2.3 年度绩效目标, 2.4 项目管理: words that begin like a unit, and no half of one.
        rf"|(\(\d{{1,2}}\)|\d{{1,2}}\)|[A-Za-z][.、]|1?\d\.\d{{1,2}} {{0,2}}{of_no_unit}|1?\d\.\d{{1,2}}(?: {{0,2}}(?={like_units})| {{1,2}}(?=20\d\d年)))"
        rf"|(\d{{1,2}}(?:\.\d{{1,2}}){{2,3}} {{0,2}}{of_no_unit})"
    )


@cache
def unit_start() -> re.Pattern[str]:
    """A unit at the beginning of a line: its number ends the line before."""
    return re.compile(rf"[万亿]?(?:{unit_words()})")


@cache
def _amount_in_sentence() -> re.Pattern[str]:
    """A number with its unit, at the beginning of a line, that a sentence goes on after."""
    return re.compile(rf"\d[\d,]*(?:\.\d+)?[万亿]?(?:{unit_words()})[，；。]")


@cache
def number_cell() -> re.Pattern[str]:
    """A cell that holds a number (with a sign of comparison and a unit, if any) or stands for none: -, /, *, ### (too wide)."""
    return re.compile(
        rf"(?:[≥≤<>=约近]|{alternation('at_least', 'at_most')})?\s*[-+]?\d[\d,. ]*\s*[万亿]?余?(?:{unit_words()})?"
        rf"(?:/[^\d\s，。]{{1,6}})?{alternation('how_exact_after')}?$|[-/*×—#]+$"
    )


def is_title_of_table(text: str) -> bool:
    """Whether a line is the title of a table or gives its unit: 表2 特困供养标准, (2024年度), 单位:万元."""
    return bool(_TABLE_TITLE.match(text) or is_unit_or_year(text) or _NAME_OF_TABLE.search(text))


def is_unit_or_year(text: str) -> bool:
    """Whether a line above a table gives no more than its unit or its year: 单位:万元, (2024年度)."""
    return bool(_UNIT_OR_YEAR.match(text))


def heading_level(text: str) -> int:
    """1 for 第一部分 and 壹、, 2 for 一、, 3 for (一), 4 for 1., 5 for (1) and 1.1, 6 for 1.1.1; 0 for none."""
    return heading(text)[0]


def heading(text: str) -> tuple[int, int]:
    """(level, length of the ordinal) of a line that begins with an ordinal; (0, 0) for others."""
    match = _heading_start().match(text)
    return (match.lastindex or 0, match.end()) if match else (0, 0)


def read_lines(folded: str, start: int, stop: int, text: str) -> list[Line]:
    """The lines of `folded[start:stop]` that hold something, without page marks; `text` is the text before it was folded."""
    lines: list[Line] = []
    position, blank, ruled = start, True, False
    for piece in folded[start:stop].splitlines(keepends=True):
        start, end = position, position + len(piece)
        position = end
        stripped = piece.strip()
        if not stripped:
            blank = True
            continue
        if _PAGE_MARK.match(stripped):
            continue
        if "+" in stripped and _RULE.match(stripped):
            ruled = True
            continue
        start += len(piece) - len(piece.lstrip("\n\r\x1c\x1d\x1e\x85\u2028\u2029 "))
        shown = folded[start:end].rstrip()
        lines.append(Line(start, end, shown, blank, ruled, text[start : start + len(shown)]))
        blank = ruled = False
    return lines


def content_span(folded: str, line: Line) -> tuple[int, int]:
    """The line's span without Markdown's signs at its beginning."""
    match = MARKUP.match(folded, line.start, line.end)
    return (match.end() if match else line.start), line.end


def is_double_spaced(lines: list[Line]) -> bool:
    """A PDF's text often has an empty line after each line: then emptiness does not part paragraphs."""
    if len(lines) < 12:
        return False
    blanks = sum(line.after_blank for line in lines)
    long_lines = [line for line in lines if line.width > 30]
    open_ends = sum(line.text[-1] not in _TERMINAL + "，、)" for line in long_lines)
    return blanks > 0.75 * len(lines) and open_ends > 0.3 * len(long_lines) and len(long_lines) >= 8


def wrap_width(lines: list[Line]) -> int:
    """The width at which lines were broken, or 0 for text whose lines are paragraphs."""
    widths = sorted(line.width for line in lines if line.width >= 24)
    if len(widths) < 8:
        return 0
    usual = widths[int(len(widths) * 0.8)]
    near = sum(abs(width - usual) <= 6 for width in widths)
    return usual if usual <= 150 and near >= 0.25 * len(widths) else 0


def joins(previous: Line, line: Line, width: int, double_spaced: bool) -> bool:
    """Whether a line goes on where the line before it broke off."""
    left, right = previous.text, line.text.lstrip()
    gap = line.after_blank and not double_spaced
    if _ATTACHMENT.match(left):
        return False
    if (not width or previous.width < width / 2) and _AMOUNT.match(left) and _AMOUNT.match(right):
        # Lines as short as these broke off nowhere: 100, then 96.62, are two cells.
        return False
    if (
        left[-1] in _ENDS_NUMBER
        and _NUMBER_END.search(left)
        and not FORM_LABEL.match(right)
        and (unit_start().match(right) or (_REST_OF_NUMBER.match(right) and not gap))
    ):
        return True
    if _TABLE_TITLE.match(right) or FORM_LABEL.match(right):
        return False
    if left[-1] in "，、(“《":
        return True
    opened = left.count("(") > left.count(")") or left.count("《") > left.count("》")
    if heading_level(right):
        # A line broken just before a number is rare, a heading is common: only a full line that ends open goes on.
        full = bool(width) and previous.width >= width - 3 and left[-1] not in _TERMINAL
        return full and not gap and heading_level(right) >= 4
    if left[-1] == ":" and not gap and left.rfind("(") > left.rfind(")") and ")" in right:
        # (单位: at the end of a line: a bracket still open ends nothing.
        return True
    if left[-1] in _TERMINAL:
        return bool(width) and not gap and previous.width >= width - 5 and not line.text.startswith(" ")
    if heading_level(left) in (1, 2, 3) and not SENTENCE_SIGN.search(left):
        # (一)高龄津贴:80周岁以上老人… is a heading and what it says: a full line goes on.
        return ":" in left[:-1] and bool(width) and not gap and previous.width >= width * 0.85
    if SENTENCE_SIGN.search(left) and previous.width >= (_SHORTEST_BROKEN if width else _SHORTEST_UNBROKEN):
        # A sentence that did not end: the page or the column did.
        return not right.startswith(("附件", "附:"))
    if "\u4e00" <= left[-1] <= "\u9fff" and _amount_in_sentence().match(right):
        # 一般公共预算财政拨款支出, then 502.1万元，…: an amount that a sentence goes on after begins none.
        return True
    if gap:
        return False
    return opened or (bool(width) and previous.width >= width * 0.85)
