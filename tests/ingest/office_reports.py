"""Reports as an office would publish them: web page, Word, Excel; their tables as real tables, their prose as paragraphs."""

from __future__ import annotations

import re
from decimal import Decimal
from html import escape
from io import BytesIO

import docx
import xlsxwriter
import xlwt

from ingest.documents import Document, layout_of
from ingest.documents.blocks import Paragraph, Table
from tests.ingest.printed_reports import whole_words, written

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(%?)$")

# A paragraph, or the cells of a table.
Part = str | list[list[str]]


def parts_of(document: Document) -> list[Part]:
    """The paragraphs and tables of a report, as its author wrote them."""
    return [
        written(document, block.flow) if isinstance(block, Paragraph) else _cells(document, block)
        for block in layout_of(document).blocks
    ]


def _cells(document: Document, table: Table) -> list[list[str]]:
    return [whole_words([written(document, cell.flow) for cell in row.cells]) for row in table.rows]


def as_html(parts: list[Part]) -> bytes:
    """A page of a government's site: the article between a menu, a path, a line of marks and a footer."""
    body = "\n".join(
        f"<p>{escape(part)}</p>"
        if isinstance(part, str)
        else "<table border='1'>"
        + "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in part)
        + "</table>"
        for part in parts
    )
    menu = "".join(f"<li><a href='/{word}'>{word}</a></li>" for word in ("首页", "政务公开", "财政资金", "办事服务"))
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>信息公开</title><script>var total = 1250;</script></head>"
        f"<body><div class='top-nav'><ul>{menu}</ul></div><div>当前位置：<a href='/'>首页</a> &gt; <a href='/1'>公开</a></div>"
        f"<div class='article'>{body}</div><div id='footer'>主办单位：示例 网站标识码1234567890</div></body></html>"
    ).encode()


def as_docx(parts: list[Part]) -> bytes:
    """The report as Word writes it."""
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), max(map(len, part)))
        for row, texts in zip(table.rows, part, strict=True):
            for cell, text in zip(row.cells, texts, strict=False):
                cell.text = text
    # As in every file of Word the last paragraph ends the document; LibreOffice loses a table that stands there.
    document.add_paragraph()
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def as_xlsx(parts: list[Part]) -> bytes:
    """The report on one sheet: a paragraph in the first cell of a row, an empty row before and after each table."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("报告")
    formats = {code: book.add_format({"num_format": code}) for code in _CODES}
    for row, column, text in _on_a_sheet(parts):
        number = _as_number(text)
        if number is None:
            sheet.write_string(row, column, text)
        else:
            sheet.write_number(row, column, number[0], formats[number[1]])
    book.close()
    return target.getvalue()


def as_xls(parts: list[Part]) -> bytes:
    """The same as Excel 97 wrote it."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("报告")
    formats = {code: xlwt.easyxf(num_format_str=code) for code in _CODES}
    for row, column, text in _on_a_sheet(parts):
        number = _as_number(text)
        if number is None:
            sheet.write(row, column, text)
        else:
            sheet.write(row, column, number[0], formats[number[1]])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _on_a_sheet(parts: list[Part]) -> list[tuple[int, int, str]]:
    """(row, column, text) of the cells of a sheet that holds the report."""
    cells: list[tuple[int, int, str]] = []
    row = 0
    for part in parts:
        if isinstance(part, str):
            cells.append((row, 0, part))
            row += 1
            continue
        row += 1
        for texts in part:
            cells += [(row, column, text) for column, text in enumerate(texts) if text]
            row += 1
        row += 1
    return cells


_CODES = [
    group + ("" if not digits else "." + "0" * digits) + percent
    for group in ("0", "#,##0")
    for digits in range(7)
    for percent in ("", "%")
]


def _as_number(text: str) -> tuple[float, str] | None:
    """(value, code of its format) of a text that Excel would keep as a number; None for other texts."""
    match = _NUMBER.match(text)
    if match is None or (text.lstrip("-").startswith("0") and text.lstrip("-")[1:2].isdigit()):
        return None
    value = Decimal(text.rstrip("%").replace(",", "")) / (100 if match[2] else 1)
    code = ("#,##0" if "," in text else "0") + ("." + "0" * len(match[1]) if match[1] else "") + match[2]
    return float(value), code
