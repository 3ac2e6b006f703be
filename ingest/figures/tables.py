"""Figures in tables: each cell with a number, read by its column's head, its row's labels and the caption.

In: a table and what the document and its headings say. Out: `Reading`s as in prose, with the head cells and row labels
that gave the meaning. A number whose unit neither caption, head nor cell makes certain is no figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from ingest.documents.blocks import Row, Table
from ingest.documents.form_words import form_sum
from ingest.figures.amounts import Amounts
from ingest.figures.captions import NUMBER_ONLY, Caption, read_caption, unit_of_money
from ingest.figures.cells import left_out
from ingest.figures.cells_in_words import read_cells_in_words
from ingest.figures.columns import Column, Frame, says_money
from ingest.figures.forms import Form
from ingest.figures.heads import has_value, head_size, is_header, read_heads
from ingest.figures.lines_of_spending import has_basic_lines, has_projects_beside_basic, rows_that_go_on_parts
from ingest.figures.reading import About, Reading, Section
from ingest.figures.rows import read_row
from ingest.figures.totals import settle_totals

_DIGIT = re.compile(r"\d")
_ROWS_WITH_UNIT = 3
_UNIT_CELL = re.compile(r"[(]?(?:金额)?单位:(?:人民币)?[(]?([亿万千百]?元)[)]{0,2}")


def read_table(
    table: Table, section: Section, about: About, amounts: Callable[[], Amounts], before: list[Column], form: Form
) -> tuple[list[Reading], list[Column]]:
    """All quantities of a table, in order, and its last columns: a table that goes on over a page has no head of its own.

    `amounts` is asked only where the unit is in doubt; `before` are the last columns of the table before;
    `form` is the form of a project that the paragraphs and tables before began, and goes on with what this one names.
    """
    readings: list[Reading] = []
    caption = read_caption(table.caption, about)
    _take_unit_from_rows(caption, table)
    frame = Frame(caption, [], section, about)
    if any(is_header([cell.text for cell in row.cells], []) for row in table.rows):
        speaks_of_money = any(says_money(cell.text) for row in table.rows for cell in row.cells)
        if caption.scale != 1 and speaks_of_money and not caption.counted:
            caption.scale = amounts().scale_of(table, caption.scale)
            caption.is_money = caption.is_money or caption.scale is not None
    elif table.rows and len(before) == len(table.rows[0].cells):
        frame.columns = before
    elif table.rows and caption.is_money and all(_is_pairs([cell.text for cell in row.cells]) for row in table.rows):
        width = max(len(row.cells) for row in table.rows)
        frame.columns = [_column_of_pair(index, caption.scale or 1) for index in range(width)]
    frame.has_projects_beside_basic = has_projects_beside_basic(table)
    frame.has_basic_lines = has_basic_lines(table, about)
    frame.more_parts = rows_that_go_on_parts(table)
    form.scale = None
    # Below the heading 高龄津贴项目自评综述 a form that does not name its project (年度资金总额 …) is of that one.
    labels = (cell.text for row in table.rows for cell in row.cells)
    is_of_project = section.project is not None and any(map(form_sum().fullmatch, labels))
    grid = [[cell.text for cell in row.cells] for row in table.rows]
    body = 0
    for index, row in enumerate(table.rows):
        if index < body:
            continue
        texts = grid[index]
        kind = form.enter(texts, frame)
        frame.is_form, frame.project = form.is_named, form.project
        if is_of_project and not form.is_named:
            frame.is_form, frame.project = True, section.project
        if kind is not None:
            frame.columns = []
            _add_row(readings, row, form.read(row, frame) if kind == "money" else [])
            continue
        size = head_size(grid, index, frame.columns)
        if size:
            body = index + size
            form.scale = None
            frame.columns = read_heads(grid[index:body], caption, about)
            frame.merged_labels.clear()
            for head in table.rows[index:body]:
                _add_row(readings, head, [])
            continue
        if not frame.columns and caption.is_money and _is_pairs(texts):
            # 基本支出总额 | 6,126.01 | 项目支出总额 | 14,674.88 above the first head of a form.
            pairs = replace(frame, columns=[_column_of_pair(i, caption.scale or 1) for i in range(len(texts))])
            _add_row(readings, row, read_row(row, pairs, set()))
            continue
        in_words, found = read_cells_in_words(row, frame, section, about)
        _add_row(readings, row, found + read_row(row, frame, in_words))
    settle_totals(readings, frame.programme)
    return readings, frame.columns


def _take_unit_from_rows(caption: Caption, table: Table) -> None:
    """单位:万元 in a cell of the first rows, beside the name of the department, is that of the caption."""
    cells = (cell.text for row in table.rows[:_ROWS_WITH_UNIT] for cell in row.cells)
    units = (match[1] for text in cells if (match := _UNIT_CELL.fullmatch(text)))
    if caption.scale is None and (unit := next(units, None)):
        caption.scale, caption.is_money = unit_of_money(unit), True


def _add_row(readings: list[Reading], row: Row, found: list[Reading]) -> None:
    """Add the readings of a row, and the numbers of its other cells: heads and labels hold no figures."""
    flows = {id(reading.quantity.flow) for reading in found}
    readings.extend(found)
    for cell in row.cells:
        if id(cell.flow) not in flows and _DIGIT.search(cell.text):
            readings.extend(left_out(cell.flow, "label"))


def _is_pairs(texts: list[str]) -> bool:
    """Whether a row is labels and amounts by turns: 人员经费合计 | 1,001.57 | 公用经费合计 | 184.73."""
    return len(texts) % 2 == 0 and all(
        bool(NUMBER_ONLY.match(text)) if index % 2 else bool(text) and not has_value(text)
        for index, text in enumerate(texts)
    )


def _column_of_pair(index: int, scale: int) -> Column:
    """The column of a table of pairs: its labels say what its amounts are."""
    return Column(index, "", "money", "amount", scale=scale) if index % 2 else Column(index, "", "label")
