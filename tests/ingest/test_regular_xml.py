"""A workbook reads the same whichever way its XML is written, and malformed XML is refused in each."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

from ingest.documents import DocumentError
from ingest.documents.model import Content
from ingest.documents.readers.regular_xml import rows_of, strings_of
from ingest.documents.readers.xlsx import read_xlsx

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
INLINE = b'<c r="A9" t="inlineStr"><is><t xml:space="preserve"> \xe4\xb8\x81 </t></is></c>'


def workbook() -> dict[str, bytes]:
    """The parts of a workbook with all kinds of cells."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("部门支出")
    amount, share = book.add_format({"num_format": "#,##0.00"}), book.add_format({"num_format": "0.00%"})
    sheet.merge_range(0, 1, 0, 2, "预算 & <执行>")
    sheet.write(0, 0, "项目")
    sheet.write_row(1, 1, ["预算数", "“执行率”"])
    sheet.write(2, 0, "低保")
    sheet.write(2, 1, 1234.5, amount)
    sheet.write_formula(2, 2, "=B3/IF(B3>\"0\",'表 1'!A1,1)", share, 0.972)
    sheet.write(3, 0, "旧项目")
    sheet.set_row(3, None, None, {"hidden": True})
    sheet.write_boolean(4, 0, True)
    sheet.write_formula(4, 1, "=1/0", None, "#DIV/0!")
    sheet.write_formula(4, 2, '="按时"&"发放"', None, "按时&发放")
    sheet.set_row(5, 30)
    sheet.write_blank(6, 1, None, amount)
    sheet.write(7, 0, "孤儿")
    sheet.write(7, 3, 20.5)
    sheet.set_column(3, 3, None, None, {"hidden": True})
    sheet.write(8, 0, "丁")
    sheet.write(8, 1, 7)
    book.close()
    with ZipFile(target) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[SHEET] = re.sub(rb'<c r="A9"[^>]*><v>\d+</v></c>', INLINE, parts[SHEET])
    # A value with an entity is one of the things that only a parser reads.
    assert rows_of(parts[SHEET]) is None
    parts[SHEET] = parts[SHEET].replace("按时&amp;发放".encode(), "按时发放".encode())
    return parts


def read(parts: dict[str, bytes]) -> Content:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return read_xlsx(target.getvalue(), "report.xlsx")


USUAL = workbook()


def test_a_workbook_as_programs_write_it_needs_no_tree_of_its_cells() -> None:
    parted, strings = rows_of(USUAL[SHEET]), strings_of(USUAL[STRINGS])
    assert parted is not None and b"<c " not in parted[0] and b"mergeCell" in parted[0]
    assert strings is not None and "预算 & <执行>" in strings[1]
    assert read(USUAL).text.split("\n\n")[1:] == [
        "项目\t预算 & <执行>\t\n\t预算数\t“执行率”\n低保\t1,234.50\t97.20%\nTRUE\t\t按时发放",
        "孤儿",
        "丁\t7",
        "",
    ]


Change = Callable[[bytes], bytes]
# Ways to write the same, each of which only a parser reads.
OTHER_WAYS: dict[str, tuple[str, Change]] = {
    "with a prefix": (SHEET, lambda part: re.sub(rb"<(/?)(?=[a-z])", rb"<\1x:", part).replace(b"xmlns=", b"xmlns:x=")),
    "strings with a prefix": (STRINGS, lambda part: re.sub(rb"<(/?)(?=[a-z])", rb"<\1x:", part).replace(b"xmlns=", b"xmlns:x=")),
    "in other quotes": (SHEET, lambda part: re.sub(rb' r="(\w+)"', rb" r='\1'", part)),
    "rows in other quotes": (SHEET, lambda part: part.replace(b' hidden="1"/><', b" hidden='1'/><").replace(b'" hidden="1">', b"\" hidden='1'>")),
    "with white space in tags": (SHEET, lambda part: part.replace(b'hidden="1">', b'hidden = "1">')),
    "in another order": (SHEET, lambda part: re.sub(rb'<c (r="\w+") (s="\d")', rb"<c \2 \1", part)),
    "without references": (SHEET, lambda part: re.sub(rb'(<row )r="[1-5]" |(<c )r="[A-D][1-5]" ?', rb"\1\2", part).replace(b'<c t="s"><v>2</v>', b'<c r="B2" t="s"><v>2</v>')),
    "with comments": (SHEET, lambda part: part.replace(b"</c>", b"</c><!-- <c r='A1'/> -->", 3)),
    "with instructions": (SHEET, lambda part: part.replace(b"</c>", b"</c><?x <row> ?>", 3)),
    "with sections": (STRINGS, lambda part: part.replace("低保".encode(), "<![CDATA[低保]]>".encode())),
    "with numbers of characters": (STRINGS, lambda part: part.replace("低保".encode(), b"&#20302;&#x4fdd;")),
    "with runs": (STRINGS, lambda part: part.replace("<t>低保</t>".encode(), "<r><t>低</t></r><r><rPr/><t>保</t></r>".encode())),
    "in UTF-16": (SHEET, lambda part: part.decode().replace("UTF-8", "UTF-16").encode("utf-16")),
    "strings in GB18030": (STRINGS, lambda part: part.decode().replace("UTF-8", "GB18030").encode("gb18030")),
}  # fmt: skip


@pytest.mark.parametrize(("name", "change"), OTHER_WAYS.values(), ids=OTHER_WAYS.keys())
def test_a_workbook_written_in_another_way_reads_the_same(name: str, change: Change) -> None:
    part = change(USUAL[name])
    assert part != USUAL[name]
    assert (rows_of if name == SHEET else strings_of)(part) is None
    assert read({**USUAL, name: part}) == read(USUAL)


MALFORMED: dict[str, tuple[str, Change]] = {
    "a row that does not end": (SHEET, lambda part: part.replace(b"</row>", b"", 1)),
    "a row that ends twice": (SHEET, lambda part: part.replace(b"</row>", b"</row></row>", 1)),
    "the last row does not end": (SHEET, lambda part: part.replace(b"</row></sheetData>", b"</sheetData>")),
    "a cell that does not end": (SHEET, lambda part: part.replace(b"</c>", b"", 1)),
    "a bracket between cells": (SHEET, lambda part: part.replace(b"</c>", b"</c><", 1)),
    "an entity that is none": (STRINGS, lambda part: part.replace("低保".encode(), b"&dibao;")),
    "a character that is none": (STRINGS, lambda part: part.replace("低保".encode(), b"\x01")),
    "bytes that are no text": (STRINGS, lambda part: part.replace("低保".encode(), b"\xff\xfe")),
    "a part that does not end": (SHEET, lambda part: part.removesuffix(b"</worksheet>")),
    "rows that do not end": (SHEET, lambda part: part.replace(b"</sheetData>", b"")),
}  # fmt: skip


@pytest.mark.parametrize(("name", "change"), MALFORMED.values(), ids=MALFORMED.keys())
def test_malformed_parts_are_refused(name: str, change: Change) -> None:
    part = change(USUAL[name])
    assert part != USUAL[name]
    with pytest.raises(DocumentError) as refused:
        read({**USUAL, name: part})
    assert refused.value.cause == "damaged"


def test_a_cell_outside_of_rows_is_read_by_the_parser_alone() -> None:
    # Well-formed, but no workbook: what a parser makes of it counts.
    for part in (
        USUAL[SHEET].replace(b"<sheetData>", b'<sheetData><c r="A1"><v>5</v></c>'),
        USUAL[SHEET].replace(b'<row r="6"', b'<row r="6"/><c r="A6"><v>5</v></c><row r="6"', 1),
    ):
        assert rows_of(part) is None
        assert read({**USUAL, SHEET: part}) == read(USUAL)
