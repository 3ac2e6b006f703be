"""From a document's content to its blocks: paragraphs of prose and tables with rows of cells.

In: what a reader gave. Out: `Layout`, blocks in document order. Tables that the format marks are taken as they are; in
the text between them lines broken by a PDF are joined, page marks go, and tables are found by their shape.
"""

from __future__ import annotations

import re

from ingest.documents.amount_heads import is_amount_head
from ingest.documents.blocks import Cell, Layout, Paragraph, Row, Table
from ingest.documents.flow import Flow, fold
from ingest.documents.grids import MAX_CELLS, is_rest_of_cell, line_kinds, one_cell_a_line, rows_table
from ingest.documents.lines import (
    SENTENCE_SIGN,
    Line,
    content_span,
    heading_level,
    is_double_spaced,
    joins,
    number_cell,
    read_lines,
    wrap_width,
)
from ingest.documents.model import Content, Span, TableSpans
from ingest.documents.tags import tagged_tables
from ingest.vocabulary import alternation, words

# A merged cell that holds more than this is text to be read once, not a label of every row that it covers.
_LONGEST_LABEL = 24
_LONGEST_TITLE = 60
_LINES_ABOVE = 3
_COLUMN_NUMBERS = re.compile(rf"(?:{alternation('column_numbers')}|\d)++$")
_TITLE = re.compile(r"表(?:\([^()]{1,20}\))?$")
_CAPTION_UNIT = re.compile(r"单位:\s*[亿万千百]?元")
_NUMBER_OF_TABLE = re.compile(r"附?表(?:\d{1,2}(?!\d)|[一二三四五六七八九十]{1,3})(?!月)")
_IN_CAPTION = re.compile(r":|表\d{0,2}$|^\(?\d{4}年度?\)?$|^\d{4}年\d{1,2}月")


def lay_out(content: Content) -> Layout:
    """Find the blocks of a content. Linear in its length; never raises on any text."""
    folded = fold(content.text)
    layout = Layout(folded)
    position = 0
    for table in content.tables or tagged_tables(content.text):
        _lay_out_lines(layout, read_lines(folded, position, table.start, content.text), content.lines_are_paragraphs)
        layout.blocks.extend(_without_titles(folded, _marked_table(folded, table)))
        position = table.end
    _lay_out_lines(layout, read_lines(folded, position, len(folded), content.text), content.lines_are_paragraphs)
    _attach_captions(layout)
    return layout


def _marked_table(folded: str, table: TableSpans) -> Table:
    """A table whose cells the format marks. A merged cell labels all that it covers, but its numbers count once.

    A row's own span is that of the cells that begin in it: what is merged from above stands in an earlier row.
    """
    seen: set[Span] = set()
    rows: list[Row] = []
    for spans in table.rows:
        cells: list[Cell] = []
        own = [span for span in spans if span not in seen]
        for span in spans[:MAX_CELLS]:
            flow = Flow.of(folded, [span])
            if span in seen and flow.text and not _is_label(flow.text):
                flow = Flow.of(folded, [])
            seen.add(span)
            cells.append(Cell(flow))
        if own and any(cell.text for cell in cells):
            rows.append(Row(cells, min(start for start, _ in own), max(end for _, end in own)))
    return Table("marked", rows)


def _is_label(text: str) -> bool:
    """Whether the text of a merged cell labels what it covers; a number or a sentence is said once."""
    return len(text) <= _LONGEST_LABEL and not number_cell().match(text) and not SENTENCE_SIGN.search(text)


def _without_titles(folded: str, table: Table) -> list[Paragraph | Table]:
    """A table without the rows that are titles, units or marks of one (a sheet holds them in its cells): they are prose."""
    blocks: list[Paragraph | Table] = []
    rows: list[Row] = []
    for row in table.rows:
        texts = [cell.text for cell in row.cells if cell.text]
        may_be = len(row.cells) > 1 and (texts.count(texts[0]) == len(texts) if texts else False)
        may_be = may_be or any("单位" in text for text in texts)
        texts = list(dict.fromkeys(texts)) if may_be else []
        if not _is_title(texts, len(rows[-1].cells) if rows else 0):
            rows.append(row)
            continue
        if rows:
            blocks.append(Table(table.kind, rows))
            rows = []
        spans = {cell.text: (cell.flow.offsets[0], cell.flow.offsets[-1] + 1) for cell in row.cells if cell.text}
        flow = Flow.of(folded, [spans[text] for text in texts])
        blocks.append(Paragraph(flow, heading_level(flow.text)))
    if rows or not blocks:
        blocks.append(Table(table.kind, rows))
    return blocks


def _is_title(texts: list[str], width: int) -> bool:
    """Whether the filled cells of a row are a title; `width` is the number of cells of the row before it, 0 at first."""
    if not texts or any(number_cell().match(text) or len(text) > _LONGEST_TITLE for text in texts):
        return False
    if len(texts) == 1 and (not width or _TITLE.search(texts[0])) and not _heads_amounts(texts[0]):
        return True
    if not any(_CAPTION_UNIT.search(text) for text in texts):
        return False
    # 表3 | “三公”经费及会议费 | 单位:元: a number of its own opens a table, whatever it is called; so does a name below
    # a wider table with no more than its unit beside it.
    opens = _NUMBER_OF_TABLE.match(texts[0]) or (len(texts) == 2 < width and _CAPTION_UNIT.match(texts[1]))
    return bool(opens) or all(_IN_CAPTION.search(text) for text in texts)


def _heads_amounts(text: str) -> bool:
    return is_amount_head(text) or bool(words("head_of_amounts").fullmatch(text))


def _lay_out_lines(layout: Layout, lines: list[Line], lines_are_paragraphs: bool) -> None:
    """Add the blocks of lines between two marked tables."""
    if not lines:
        return
    folded = layout.folded
    double_spaced = is_double_spaced(lines)
    width = wrap_width(lines)
    kinds, forms = line_kinds(folded, lines)
    index = 0
    while index < len(lines):
        kind = kinds[index]
        stop = index + 1
        if kind in ("tab", "pipe", "space"):
            while stop < len(lines) and (
                kinds[stop] == kind or (kind == "tab" and is_rest_of_cell(lines, kinds, stop))
            ):
                stop += 1
            table = rows_table(folded, lines[index:stop], kind)
            if table.rows:
                layout.blocks.extend(_without_titles(folded, table))
        elif kind == "form":
            stop = forms[index].stop
            layout.blocks.append(forms[index].table(folded))
        elif kind == "cells":
            while stop < len(lines) and kinds[stop] == "cells":
                stop += 1
            layout.blocks.extend(one_cell_a_line(folded, lines[index:stop]))
        else:
            while (
                stop < len(lines)
                and kinds[stop] == "prose"
                and not lines_are_paragraphs
                and joins(lines[stop - 1], lines[stop], width, double_spaced)
            ):
                stop += 1
            flow = Flow.of(folded, [content_span(folded, line) for line in lines[index:stop]])
            if flow.text:
                layout.blocks.append(Paragraph(flow, heading_level(flow.text)))
        index = stop


def _attach_captions(layout: Layout) -> None:
    """Give each table the short lines above it: they carry its title, its unit and, for columns of spaces, its header."""
    for index, block in enumerate(layout.blocks):
        if not isinstance(block, Table):
            continue
        top = index
        may_lack_head = block.kind == "space" or (block.kind == "marked" and _begins_with_values(block))
        if may_lack_head and (found := _header_above(layout, index, len(block.rows[0].cells), block.kind)) is not None:
            top, header = found
            block.rows.insert(0, header)
        lines: list[str] = []
        for before in reversed(layout.blocks[max(0, top - _LINES_ABOVE) : index]):
            if isinstance(before, Table):
                break
            lines.insert(0, before.flow.text[-160:])
            if len(before.flow.text) > 60 or before.flow.text[-1:] in ":：":
                break
        block.caption = "\n".join(lines)
        above = layout.blocks[index - 1] if index else None
        if not lines and block.kind == "cells" and isinstance(above, Table) and above.kind == "cells":
            # Two heads one below the other (预算数, then 决算数) are parts of one table.
            block.caption = above.caption


def _begins_with_values(table: Table) -> bool:
    """Whether the first row of a table is no head: all after its label are values."""
    return len(table.rows[0].cells) > 2 and all(number_cell().match(cell.text) for cell in table.rows[0].cells[1:])


def _header_above(layout: Layout, index: int, columns: int, kind: str) -> tuple[int, Row] | None:
    """The header row in the paragraphs above the table of spaces at `index`, and where the lines of the head begin.

    Above a table that a page shows by its columns, a scan may leave the head a line of its own: as many words as columns.

    Between the two may stand the line that numbers the columns (栏次), and above the header its upper tier (收入 支出).
    """
    for place in range(index - 1, max(-1, index - 1 - _LINES_ABOVE), -1):
        above = layout.blocks[place]
        if not isinstance(above, Paragraph) or not above.flow.text:
            return None
        header = _header_of_spaces(layout.folded, above, columns, is_whole=kind == "marked")
        if header is not None:
            return (place - 1 if place and _is_upper_tier(layout.blocks[place - 1]) else place), header
        if not _COLUMN_NUMBERS.match(above.flow.text):
            return None
    return None


def _is_upper_tier(block: Paragraph | Table) -> bool:
    return isinstance(block, Paragraph) and bool(words("upper_tier").fullmatch(block.flow.text))


def _header_of_spaces(folded: str, paragraph: Paragraph, columns: int, is_whole: bool) -> Row | None:
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
    if (
        len(words) < columns
        or (is_whole and len(words) != columns)
        or any(SENTENCE_SIGN.search(text) for text in texts[-columns:])
    ):
        return None
    cells = []
    for word in words[-columns:]:
        span = (word[0] + (folded[word[0]] == "("), word[-1] + 1)
        flow = Flow.of(folded, [span])
        if flow.text.endswith(")") and "(" not in flow.text:
            flow = Flow(flow.text[:-1], flow.offsets[:-1])
        cells.append(Cell(flow))
    if any(number_cell().match(cell.text) for cell in cells):
        return None
    return Row(cells, start, end)
