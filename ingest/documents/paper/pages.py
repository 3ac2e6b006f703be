"""From pages to one text with marked tables: what repeats on pages goes, tables and paragraphs join over them.

In: the items of each page. Out: the text, its tables and where each page begins; on demand which character of the page
each character of the text is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.documents.lines import number_cell
from ingest.documents.model import Span, TableSpans
from ingest.documents.paper.lines import Line, is_rest_of_number
from ingest.documents.paper.page import Item
from ingest.documents.paper.paragraphs import mark_paragraphs
from ingest.documents.paper.tables import PaperCell, PaperTable

# So many lines at a page's head and foot may be running ones, on at least so many pages.
_RUNNING_LINES = 3
_RUNNING_PAGES = 3
# The head and foot of a page, as parts of its height, where a number alone is the page's.
_FOOT, _HEAD = 0.88, 0.1
_MARGIN = 0.075
# Columns of two parts of a table stand at the same places, in points.
_SAME_COLUMN = 6.0

_PAGE_MARK = re.compile(
    r"[-—–―－·•~～\s]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/,，]?\s*共?\s*\d{1,4}\s*页?)?[-—–―－·•~～\s]*", re.I
)
_PAGE_WORD = re.compile(r"[页/／]|[-—–―－·•~～]")
_COUNTER = re.compile(r"(?<![\d.,])\d{1,4}(?![\d.,])")


@dataclass(slots=True)
class PageItems:
    """What stands on one page: its number from 1, its width and height in points, its items in reading order."""

    number: int
    width: float
    height: float
    items: list[Item]


@dataclass(slots=True)
class PagesText:
    """One text of many pages. `origins[i]` is the index of `text[i]` in its page's marks, or -1; empty unless asked for."""

    text: str
    tables: tuple[TableSpans, ...]
    page_starts: tuple[int, ...]
    origins: list[int] = field(default_factory=list)


def text_of_pages(pages: list[PageItems], *, with_origins: bool = False) -> PagesText:
    """The text of the pages; takes the items out of them."""
    _drop_running(pages)
    _join_tables(pages)
    mark_paragraphs([(page.width, page.items) for page in pages])
    writer = _Writer(with_origins)
    for page in pages:
        writer.begin_page()
        for item in page.items:
            if isinstance(item, PaperTable):
                writer.add_table(item)
            else:
                writer.add_line(item)
        page.items = []
    return writer.finish()


def _drop_running(pages: list[PageItems]) -> None:
    """Take away page numbers, and lines that stand at the same height of many pages.

    A line above a table is its caption too: where it runs, it stays where it stands first.
    """
    standing: defaultdict[tuple[str, int, bool], list[int]] = defaultdict(list)
    edges: list[list[tuple[Line, tuple[str, int, bool]]]] = []
    for page in pages:
        found = []
        for is_head, items in ((True, page.items), (False, page.items[::-1])):
            for item in items[:_RUNNING_LINES]:
                if not isinstance(item, Line) or (is_head and item.top > page.height * 0.3):
                    break
                if not is_head and item.bottom < page.height * 0.7:
                    break
                key = (_COUNTER.sub("#", item.text.replace(" ", "")), round(item.baseline / 8), is_head)
                found.append((item, key))
        edges.append(found)
        for key in {key for _, key in found}:
            standing[key].append(page.number)
    usual = max(_RUNNING_PAGES, len(pages) // 5)
    for page, found in zip(pages, edges, strict=True):
        gone: set[int] = set()
        for line, key in found:
            text, height, is_head = key
            # In the margin itself twice is enough.
            in_margin = line.bottom < page.height * _MARGIN or line.top > page.height * (1 - _MARGIN)
            enough = min(2, usual) if in_margin else usual
            numbers = {n for near in (-1, 0, 1) for n in standing.get((text, height + near, is_head), ())}
            if _is_page_mark(line, page, len(numbers) > 1) or (
                len(numbers) >= enough
                and not (is_head and page.number - 1 not in numbers and _is_above_table(page.items, line))
            ):
                gone.add(id(line))
        if gone:
            page.items = [item for item in page.items if id(item) not in gone]


def _is_page_mark(line: Line, page: PageItems, is_repeated: bool) -> bool:
    text = line.text.strip()
    if not (line.top > page.height * _FOOT or line.bottom < page.height * _HEAD) or not _PAGE_MARK.fullmatch(text):
        return False
    return is_repeated or bool(_PAGE_WORD.search(text)) or text == str(page.number)


def _is_above_table(items: list[Item], line: Line) -> bool:
    place = next(index for index, item in enumerate(items) if item is line)
    return any(isinstance(item, PaperTable) for item in items[place + 1 : place + 1 + _RUNNING_LINES])


def _join_tables(pages: list[PageItems]) -> None:
    """Join a table at a page's head to the one at the foot of the page before; the rows of both stay on their pages."""
    before: PaperTable | None = None
    captions: list[str] = []
    head: list[list[str]] = []
    for page in pages:
        place = next((i for i, item in enumerate(page.items) if isinstance(item, PaperTable)), None)
        if before is not None and place is not None:
            table = page.items[place]
            above = [item.text for item in page.items[:place] if isinstance(item, Line)]
            may_go_on = all(text in captions or "续" in text for text in above)
            if may_go_on and before.is_ruled and table.is_ruled:
                _give_same_columns(before, table)
            if may_go_on and _continues(before, table):
                del page.items[:place]
                repeated = _repeated_rows(head, table)
                _carry_over(before, table, repeated)
                table.rows = table.rows[repeated:]
                table.is_continuation = True
                if not table.rows:
                    page.items.remove(table)
                if not page.items or page.items[-1] is table:
                    before = table if table.rows else before
                    continue
        if not page.items:
            continue
        last = page.items[-1]
        before = last if isinstance(last, PaperTable) else None
        if before is not None:
            place = len(page.items) - 1
            above = [item.text for item in page.items[max(0, place - _RUNNING_LINES) : place] if isinstance(item, Line)]
            captions, head = above, [[cell.text for cell in row] for row in before.rows[:6]]


def _give_same_columns(before: PaperTable, table: PaperTable) -> None:
    """Part the merged cells of both tables where only the other has an edge, if one has all edges of the other.

    A page that shows neither the head nor a row with all columns has fewer of them: 类, 款 and 项 below one long code.
    """
    if len(before.columns) == len(table.columns):
        return
    fewer, more = sorted((before, table), key=lambda part: len(part.columns))
    near = [_nearest_edge(edge, more.columns) for edge in fewer.columns]
    is_within = all(
        abs(more.columns[place] - edge) <= _SAME_COLUMN for place, edge in zip(near, fewer.columns, strict=True)
    )
    if not is_within or near != sorted(set(near)) or near[0] or near[-1] != len(more.columns) - 1:
        return
    widths = [after - place for place, after in pairwise(near)]
    fewer.rows = [[cell for cell, width in zip(row, widths, strict=True) for _ in range(width)] for row in fewer.rows]
    fewer.columns = more.columns


def _nearest_edge(edge: float, edges: list[float]) -> int:
    return min(range(len(edges)), key=lambda place: abs(edges[place] - edge))


def _continues(before: PaperTable, table: PaperTable) -> bool:
    if len(before.columns) != len(table.columns) or before.is_ruled != table.is_ruled:
        return False
    if before.is_ruled:
        return all(abs(a - b) <= _SAME_COLUMN for a, b in zip(before.columns, table.columns, strict=True))
    # Without rules the numbers alone make the columns: their edges move with the longest of each page.
    return all(
        low < after_high and after_low < high
        for (low, high), (after_low, after_high) in zip(_spans(before), _spans(table), strict=True)
    )


def _spans(table: PaperTable) -> list[tuple[float, float]]:
    return list(zip(table.columns, table.columns[1:], strict=False))


def _repeated_rows(head: list[list[str]], table: PaperTable) -> int:
    """How many of the table's first rows repeat the head of the part before it.

    A cell of the head that is merged with one of the body may be missing in the repetition: 类 beside 栏次 and 合计.
    """
    count = 0
    for texts, row in zip(head, table.rows, strict=False):
        filled = [(text, cell.text) for text, cell in zip(texts, row, strict=True) if cell.text]
        is_whole = len(filled) == sum(map(bool, texts))
        if any(text != repeated for text, repeated in filled) or not (is_whole or len(set(filled)) > 1):
            break
        count += 1
    return count


def _carry_over(before: PaperTable, table: PaperTable, first: int) -> None:
    """Give the rest of a row that the page broke back to it: without a label, words below words, the rest of a number below it."""
    if len(table.rows) <= first or not before.rows:
        return
    row, above = table.rows[first], before.rows[-1]
    filled = [column for column, cell in enumerate(row) if cell.text]
    if (
        not filled
        or row[0].text
        or len({id(row[c]) for c in filled}) != len({id(above[c]) for c in filled})
        or not all(_is_rest(above[c].text, row[c].text) for c in filled)
    ):
        return
    for column in filled:
        if not above[column].text.endswith(row[column].text):
            above[column] = PaperCell(
                above[column].text + row[column].text, [*above[column].index, *[-1] * len(row[column].text)]
            )
    del table.rows[first]


def _is_rest(text: str, following: str) -> bool:
    """Whether a cell's text goes on in the one below it, on the next page."""
    if is_rest_of_number(text, following):
        return True
    return bool(text) and not number_cell().match(text) and not number_cell().match(following)


class _Writer:
    """Writes lines and tables one after another and remembers where they stand."""

    def __init__(self, with_origins: bool) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.origins: list[int] | None = [] if with_origins else None
        self.page_starts: list[int] = []
        self.tables: list[TableSpans] = []
        self.open: Line | None = None
        self.starts_page = False

    def begin_page(self) -> None:
        self.page_starts.append(-1)
        self.starts_page = True

    def write(self, text: str, index: list[int] | None = None) -> Span:
        """Add the text; the first on a page is where the page begins."""
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        if self.origins is not None:
            self.origins.extend(index if index is not None else [-1] * len(text))
        return start, self.length

    def mark_page(self) -> None:
        if self.starts_page:
            self.page_starts[-1] = self.length
            self.starts_page = False

    def add_line(self, line: Line) -> None:
        """Add a line of prose: to its paragraph where that goes on, else as a new one."""
        if self.open is not None:
            before = self.open
            goes_on = not before.ends_paragraph and not (self.starts_page and line.is_indented)
            if not goes_on:
                self.write("\n\n")
            elif _needs_space(before.text, line.text):
                self.write(" ")
        else:
            goes_on = False
        self.mark_page()
        if line.is_indented and not goes_on:
            self.write("　　")
        for number, run in enumerate(line.runs):
            if number:
                self.write("  ")
            self.write(run.text, run.index)
        self.open = line

    def add_table(self, table: PaperTable) -> None:
        """Add a table's rows, or the rows to the table that they continue."""
        if self.open is not None:
            self.write("\n")
            self.open = None
        self.mark_page()
        spans_of: dict[int, Span] = {}
        rows = []
        start = self.length
        for row in table.rows:
            spans = []
            for number, cell in enumerate(row):
                if number:
                    self.write("\t")
                if id(cell) not in spans_of:
                    spans_of[id(cell)] = self.write(cell.text, cell.index) if cell.text else (self.length, self.length)
                spans.append(spans_of[id(cell)])
            self.write("\n")
            rows.append(tuple(spans))
        end = self.length
        if table.is_continuation and self.tables and self.tables[-1].end == start:
            last = self.tables.pop()
            start, rows = last.start, [*last.rows, *rows]
        self.tables.append(TableSpans(tuple(rows), start, end))

    def finish(self) -> PagesText:
        if self.open is not None:
            self.write("\n")
        # A page without text begins where the next one does.
        following = self.length
        for index in range(len(self.page_starts) - 1, -1, -1):
            if self.page_starts[index] < 0:
                self.page_starts[index] = following
            following = self.page_starts[index]
        return PagesText("".join(self.parts), tuple(self.tables), tuple(self.page_starts), self.origins or [])


def _needs_space(left: str, right: str) -> bool:
    """Whether a line's end parts two words, or two numbers that cannot be one."""
    if left[-1:].isascii() and left[-1:].isalpha() and right[:1].isascii() and right[:1].isalpha():
        return True
    ends, begins = re.search(r"\d[\d,.]*$", left), re.match(r"[\d,.]+", right)
    return bool(ends and begins and (ends.group() + begins.group()).count(".") > 1)
