"""Normalised text that remembers where each of its characters stood in the document's text.

In: the document's text. Out: `fold` (same length, so offsets stay) and `Flow` (pieces joined, with an offset map).
Every rule that reads a report works on a `Flow`; every span that leaves the extraction is mapped back through it.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from functools import cache

from ingest.vocabulary import read_seed

_DASHES = "—–‒―−－〜～~﹣"
_DOTS = "·•・‧∙⋅●"
_ONE_TO_ONE = {
    **{ord(c): ord("|") for c in "│┃║"},
    **{ord(c): ord("-") for c in "─━═"},
    **{ord(c): ord("+") for c in "┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╭╮╯╰"},
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **{ord(c): ord("-") for c in _DASHES},
    **{ord(c): ord("·") for c in _DOTS},
    **{ord(c): ord(" ") for c in "\u3000\xa0\u2002\u2003\u2009\u200b\ufeff\v\f"},
    ord("，"): ord("，"),
    ord(";"): ord("；"),
    ord("；"): ord("；"),
    ord("!"): ord("！"),
    ord("！"): ord("！"),
    ord("？"): ord("？"),
    ord("∕"): ord("/"),
    ord("⁄"): ord("/"),
    ord("﹪"): ord("%"),
    ord("٪"): ord("%"),
    ord("【"): ord("["),
    ord("】"): ord("]"),
    ord("﹙"): ord("("),
    ord("﹚"): ord(")"),
    ord("≧"): ord("≥"),
    ord("≦"): ord("≤"),
    ord("⩾"): ord("≥"),
    ord("⩽"): ord("≤"),
}


@cache
def _simplified() -> dict[str, str]:
    """What each character becomes, of those that become another."""
    simplified = {row["traditional"]: row["simplified"] for row in read_seed("traditional_characters")}
    uniform = simplified | {chr(code): chr(other) for code, other in _ONE_TO_ONE.items()}
    return {character: other for character, other in uniform.items() if character != other}


@cache
def _not_uniform() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(_simplified()))}]")


# A comma belongs to a number only between digits, where a line may have ended; else it ends a clause. The comma comes first
# in the patterns, and what stands before it after: so the engine looks at commas alone.
_COMMA_TO_JUDGE = re.compile(r",(?:(?<!\d,)|(?!\d))")
_LINE_END = r"[ \r]{0,8}\n\s{0,16}"
_DIGIT_BEFORE = re.compile(rf"\d(?:{_LINE_END})?$")
_DIGIT_AFTER = re.compile(rf"\s{{0,3}}\d|{_LINE_END}\d{{3}}(?!\d)")
_THREE_DIGITS = re.compile(r"\s{0,3}\d{3}(?!\d)")
_LONGEST_LINE_END = 26
# The three digits after a full-width comma may stand on the next line, or be broken by the end of a line.
_NUMBER_COMMA = re.compile(rf"，(?<=\d，)(?=(?:(?:{_LINE_END})?\d{{3}}|\d{_LINE_END}\d\d|\d\d{_LINE_END}\d)(?!\d))")

_CHINESE_YEAR = re.compile(r"[一二][〇○零九][〇○零一二三四五六七八九]{2}(?=年)")
_YEAR_DIGITS = {ord(c): str(i) for i, c in enumerate("〇一二三四五六七八九")} | {ord("○"): "0", ord("零"): "0"}


# What a converter left of a web page: tags of its layout, and entities. An angle bracket before a number is a comparison.
_MARKUP = re.compile(
    r"</?(?:p|br|div|span|b|strong|font|u|i|em|center|sup|sub|h[1-6]|table|caption|thead|tbody|tfoot|tr|td|th)(?:\s[^<>\n]{0,200})?/?>|&(?:nbsp|emsp|ensp|thinsp|gt|lt|amp|quot|ldquo|rdquo|middot|mdash)[;；]",
    re.I,
)


# The end of a cell and the beginning of the next one, which may stand on its own line: a tab parts them, as in a table of tabs.
_NEXT_CELL = re.compile(r"</t[dh]\s{0,4}>\s{0,80}<t[dh](?:\s[^<>\n]{0,200})?>", re.I)


# Markdown's bold type, also in the middle of a line: 得分**95.8分**. A number masked with asterisks (1**2万元) is left as it is.
_BOLD = re.compile(r"(?<![*\d])\*\*(?=[^\s*])([^*\n|]{1,300})(?<=\S)\*\*(?![*\d])")
# What takes no room, and is dropped as white space is, but parts nothing.
_NOTHING = "\u200b\u200b"


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _judged_comma(match: re.Match[str]) -> str:
    """The comma of a number as it is, that of a clause as the sign of a clause."""
    text, position = match.string, match.start()
    before = text[max(0, position - _LONGEST_LINE_END) : position]
    if not _DIGIT_BEFORE.search(before):
        return "，"
    # At the beginning of a line, only what makes a number whole goes on with it.
    after = _DIGIT_AFTER if before[-1].isdigit() else _THREE_DIGITS
    return "," if after.match(text, position + 1) else "，"


def fold(text: str) -> str:
    """The text with full-width forms, dashes, dots, lines of boxes, spaces and traditional characters made uniform; same length."""
    simplified = _simplified()
    folded = _not_uniform().sub(lambda match: simplified[match.group()], text)
    if "<" in text or "&" in text:
        folded = _NEXT_CELL.sub(lambda match: "\t".ljust(len(match.group())), folded)
        folded = _MARKUP.sub(_blank, folded)
    if "**" in folded:
        folded = _BOLD.sub(lambda match: f"{_NOTHING}{match[1]}{_NOTHING}", folded)
    if "," in folded:
        folded = _COMMA_TO_JUDGE.sub(_judged_comma, folded)
    folded = _NUMBER_COMMA.sub(",", folded)
    return _CHINESE_YEAR.sub(lambda match: match.group().translate(_YEAR_DIGITS), folded)


_SPACE = re.compile(r"[\s\u200b]+")
_JOINED_LEFT = re.compile(r"\d[,.]$")


class Flow:
    """A run of normalised text: `text`, and `offsets[i]`, the position of `text[i]` in the document's text."""

    __slots__ = ("offsets", "text")

    def __init__(self, text: str, offsets: Sequence[int]) -> None:
        self.text, self.offsets = text, offsets

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` begins and ends in the document's text."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def parts(self, longest: int) -> Iterator[Flow]:
        """The flow in parts of at most `longest` characters; a flow that is not longer is its own only part.

        Cut where a sentence ends, else a clause, else anywhere but in a number that is shorter than a part.
        """
        start = 0
        while len(self.text) - start > longest:
            cut = self._last_cut(start, start + longest)
            yield Flow(self.text[start : cut + 1], self.offsets[start : cut + 1])
            start = cut + 1
        yield self if start == 0 else Flow(self.text[start:], self.offsets[start:])

    def _last_cut(self, start: int, stop: int) -> int:
        for signs in ("。！？；", "，、 "):
            if (cut := max(self.text.rfind(sign, start, stop) for sign in signs)) >= start:
                return cut
        cut = stop - 1
        while cut > start and self.text[cut] in "0123456789.,":
            cut -= 1
        return cut if cut > start else stop - 1

    @classmethod
    def of(cls, folded: str, pieces: list[tuple[int, int]]) -> Flow:
        """Join pieces (spans of the folded text). White space goes, but for one space that parts two numbers or words."""
        parts: list[str] = []
        starts: list[int] = []
        for start, end in pieces:
            while True:
                gap = _SPACE.search(folded, start, end)
                stop = gap.start() if gap else end
                if stop > start:
                    parts.append(folded[start:stop])
                    starts.append(start)
                if gap is None:
                    break
                start = gap.end()
                if parts and start < end and _parts_two("".join(parts[-2:]), folded[start]):
                    parts.append(" ")
                    starts.append(gap.start())
        if len(parts) == 1:
            return cls(parts[0], range(starts[0], starts[0] + len(parts[0])))
        offsets = array("I")
        for part, start in zip(parts, starts, strict=True):
            offsets.extend(range(start, start + len(part)))
        return cls("".join(parts), offsets)


def _parts_two(last: str, following: str) -> bool:
    """True where a space keeps two things apart: 2 2023 or Word word; not in 44, 770. 21 nor between characters."""
    if following.isdigit():
        return last[-1].isdigit() and not _JOINED_LEFT.search(last)
    return last[-1].isascii() and last[-1].isalnum() and following.isascii() and following.isalpha()
