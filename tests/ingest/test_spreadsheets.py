"""Excel: each number as its format shows it, each sheet with its tables, nothing that the file hides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter.worksheet import Worksheet

from ingest.documents import DocumentError
from ingest.documents.model import Content
from ingest.documents.readers import read_content
from ingest.documents.readers.number_formats import displayed, in_full
from ingest.documents.readers.xls import read_xls
from ingest.documents.readers.xlsx import read_xlsx

# ------------------------------------------------------------------ numbers as they are shown

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '
SHOWN = [
    (0.972, "0.00%", "97.20%"),
    (0.97196, "0.00%", "97.20%"),
    (0.972, "0%", "97%"),
    (1.0, "0.0%", "100.0%"),
    (1234567.891, "#,##0.00", "1,234,567.89"),
    (1234.5, "#,##0.00", "1,234.50"),
    (999.995, "#,##0.00", "1,000.00"),
    (2.675, "0.00", "2.68"),
    (0.5, "0", "1"),
    (0.0, "#,##0.00", "0.00"),
    (-0.001, "0.00", "0.00"),
    (-1234.5, "#,##0.00", "-1,234.50"),
    (-1234.5, "#,##0.00_);(#,##0.00)", "(1,234.50)"),
    (-12.0, "0.00;[Red]-0.00", "-12.00"),
    (0.0, ACCOUNTING, "-"),
    (1234.5, ACCOUNTING, "1,234.50"),
    (-1234.5, ACCOUNTING, "-1,234.50"),
    (5.0, "#.##", "5"),
    (0.5, "#.##", ".5"),
    (5.25, "0.##", "5.25"),
    (12.0, '0"人"', "12人"),
    (12.5, '#,##0.0"万元"', "12.5万元"),
    (12.5, "\\≥0.0", "≥12.5"),
    (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
    (12345678.0, "#,##0,", "12,346"),
    (12345678.0, '0.00,,"百万"', "12.35百万"),
    (12345.0, '0!.0,"万"', "1.2万"),
    (12345678.0, "000-0000-0000", "000-1234-5678"),
    (5.0, "000", "005"),
    (0.25, "# ?/?", "0.25"),
    (123456.0, "0.00E+00", "123456"),
    (15.0, "[>=10]0.0;[<10]0.00", "15.0"),
    (5.0, "[>=10]0.0;[<10]0.00", "5.00"),
    (12.0, "0.00;;", "12.00"),
    (0.0, "0.00;-0.00;", ""),
    (12.0, "@", "12"),
    (12.0, "G/通用格式\"人\"", "12人"),
    (12.0, chr(34) + "约" + chr(34), "约"),
    (964.7, "General", "964.7"),
    (0.1 + 0.2, "General", "0.3"),
    (1e15, "General", "1000000000000000"),
    (1e28, "0.00", "1" + "0" * 28),
    (12.5, "0." + "0" * 60, "12.5"),
    (12.5, "0" + "%" * 60, "12.5"),
    (1.5e-7, "General", "0.00000015"),
    (float("nan"), "0.00", ""),
    (float("inf"), "General", ""),
]  # fmt: skip


@pytest.mark.parametrize(("value", "code", "text"), SHOWN, ids=[f"{code} of {value}" for value, code, _ in SHOWN])
def test_a_number_is_written_as_it_is_shown(value: float, code: str, text: str) -> None:
    assert displayed(value, code) == text


DATES = [
    (45046.0, "yyyy/m/d", "2023/4/30"),
    (45046.0, "yyyy-mm-dd", "2023-04-30"),
    (45046.0, 'yyyy"年"m"月"d"日"', "2023年4月30日"),
    (45046.0, "[$-804]yyyy年m月d日;@", "2023年4月30日"),
    (45046.0, "yy.mm", "23.04"),
    (45046.0, "mmm-yy", "Apr-23"),
    (45046.0, "e", "2023"),
    (45046.75, "yyyy/m/d h:mm", "2023/4/30 18:00"),
    (45046.75, "h:mm AM/PM", "6:00 PM"),
    (45046.75, "上午/下午h时mm分", "下午6时00分"),
    (45046.999999999, "yyyy/m/d h:mm:ss", "2023/5/1 0:00:00"),
    (1.5, "[h]:mm", "36:00"),
    (0.0625, "mm:ss", "30:00"),
    (45046.0, "aaaa", "星期日"),
    (59.0, "yyyy/m/d", "1900/2/28"),
    (61.0, "yyyy/m/d", "1900/3/1"),
    (-1.0, "yyyy/m/d", "-1"),
    (9999999.0, "yyyy/m/d", "9999999"),
]


@pytest.mark.parametrize(("value", "code", "text"), DATES, ids=[f"{code} of {value}" for value, code, _ in DATES])
def test_a_date_is_no_serial_number(value: float, code: str, text: str) -> None:
    assert displayed(value, code) == text


def test_a_workbook_may_count_from_1904() -> None:
    assert displayed(45046.0 - 1462, "yyyy/m/d", is_1904=True) == "2023/4/30"


@given(st.floats(), st.text(st.sampled_from(list('0#?.,%;@"\\!_*[]<>=-+E/ymdhsaGeneral年¥万$')), max_size=30))
def test_any_format_gives_a_text(value: float, code: str) -> None:
    assert isinstance(displayed(value, code), str)


@given(st.integers(-(10**12), 10**12).map(lambda number: number / 100))
def test_a_usual_format_keeps_the_value(value: float) -> None:
    for code in ("#,##0.00", "0.00", ACCOUNTING.split(";")[0], "General"):
        assert float(displayed(value, code).replace(",", "")) == value
    assert float(in_full(value)) == value


# ------------------------------------------------------------------ sheets

Draw = Callable[[xlsxwriter.Workbook, Worksheet], None]


def workbook(*draw: Draw, **options: object) -> bytes:
    """An XLSX with a sheet for each function, which draws on it; the sheets are named 表一, 表二 …"""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, **options})
    for function, name in zip(draw, ["表一", "表二", "表三"], strict=False):
        function(book, book.add_worksheet(name))
    book.close()
    return target.getvalue()


def read(*draw: Draw) -> Content:
    return read_xlsx(workbook(*draw), "report.xlsx")


def lines(content: Content) -> list[str]:
    return [line for line in content.text.split("\n") if line]


def rows(content: Content, number: int = 0) -> list[list[str]]:
    return [[content.text[start:end] for start, end in row] for row in content.tables[number].rows]


def grid(*texts: list[object], first: int = 0) -> Draw:
    def draw(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        for number, row in enumerate(texts, first):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(number, column, value)

    return draw


SMALL = grid(["项目", "预算数"], ["低保", 300], ["孤儿", 20.5])


def test_each_sheet_is_its_name_and_its_tables() -> None:
    content = read(SMALL, grid(["甲", 1], [None, None], ["乙", 2], ["丙", 3]))
    assert lines(content) == ["表一", "项目\t预算数", "低保\t300", "孤儿\t20.5", "表二", "甲\t1", "乙\t2", "丙\t3"]
    assert len(content.tables) == 3


def test_a_name_that_the_program_gave_is_no_heading() -> None:
    target = BytesIO()
    book = xlsxwriter.Workbook(target)
    SMALL(book, book.add_worksheet())
    book.close()
    assert lines(read_xlsx(target.getvalue(), "a.xlsx"))[0] == "项目\t预算数"


def test_numbers_dates_and_formulas_are_read_as_shown() -> None:
    def draw(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        for column, (value, code) in enumerate([(0.972, "0.00%"), (1234.5, "#,##0.00"), (0.5, 9), (1234.5, 4)]):
            sheet.write_number(0, column, value, book.add_format({"num_format": code}))
        sheet.write_datetime(1, 0, datetime(2023, 4, 30), book.add_format({"num_format": 'yyyy"年"m"月"d"日"'}))
        sheet.write_datetime(1, 1, datetime(2023, 4, 30), book.add_format({"num_format": 14}))
        sheet.write_formula(1, 2, "=SUM(B1:B9)", book.add_format({"num_format": "0.0"}), 12.25)
        sheet.write_formula(1, 3, '="合"&"计"', None, "合计")
        sheet.write_boolean(2, 0, True)
        sheet.write_rich_string(2, 1, "低", book.add_format({"bold": True}), "保金")
        sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")
        sheet.write_string(2, 3, "12\n34\t56")

    assert rows(read(draw)) == [
        ["97.20%", "1,234.50", "50%", "1,234.50"],
        ["2023年4月30日", "2023/4/30", "12.3", "合计"],
        ["TRUE", "低保金", "", "12 34 56"],
    ]


def test_merged_cells_of_a_sheet_stand_at_each_place() -> None:
    def draw(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.merge_range(0, 0, 0, 3, "部门支出表")
        sheet.write(1, 3, "单位：万元")
        sheet.merge_range(2, 0, 3, 0, "项目")
        sheet.merge_range(2, 1, 2, 2, "预算数")
        sheet.merge_range(2, 3, 3, 3, "执行数")
        grid([None, "年初", "调整"], ["基本支出", 300, 310, 305], ["合计", 300, 310, 305], first=3)(book, sheet)
        sheet.merge_range(7, 0, 7, 3, "注：含上年结转。")

    content = read(draw)
    assert lines(content)[:3] == ["表一", "部门支出表", "单位：万元"]
    assert rows(content)[:3] == [
        ["项目", "预算数", "预算数", "执行数"],
        ["项目", "年初", "调整", "执行数"],
        ["基本支出", "300", "310", "305"],
    ]
    assert lines(content)[-1] == "注：含上年结转。"


def test_what_the_file_hides_is_left_out_and_hidden_sheets_are_named() -> None:
    def draw(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        grid(["项目", "草稿", "预算数"], ["低保", 1, 300], ["旧项目", 2, 99], ["孤儿", 3, 20])(book, sheet)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})

    def hide(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        SMALL(book, sheet)
        sheet.hide()

    content = read(draw, hide)
    assert rows(content) == [["项目", "预算数"], ["低保", "300"], ["孤儿", "20"]]
    assert len(content.tables) == 1
    assert [note.cause for note in content.notes] == ["hidden_sheets"]
    assert "表二" in content.notes[0].message


def test_prose_between_tables_is_prose() -> None:
    content = read(
        grid(["一、概况"], ["全年救助困难群众2310人，支出12万元。"], ["二、收支"], ["项目", "预算数"], ["低保", 300], ["孤儿", 20])
    )  # fmt: skip
    assert lines(content)[:4] == ["表一", "一、概况", "全年救助困难群众2310人，支出12万元。", "二、收支"]
    assert rows(content) == [["项目", "预算数"], ["低保", "300"], ["孤儿", "20"]]


def test_cells_far_apart_cost_no_more_than_what_they_hold() -> None:
    def draw(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.write(0, 0, "甲")
        sheet.write(1_048_575, 16_383, "乙")
        sheet.merge_range(5, 0, 6, 1, "丙")

    far = repacked(SHEET, lambda data: data.replace(b'ref="A6:B7"', b'ref="A6:XFD1000000"'), workbook(draw))
    assert lines(read_xlsx(far, "a.xlsx")) == ["表一", "甲", "丙", "乙"]


def test_areas_that_overlap_as_none_can_cost_no_more_than_the_sheet() -> None:
    count = 2000
    areas = "".join(f'<mergeCell ref="A{row}:J{count}"/>' for row in range(1, count + 1)).encode()
    sheet = workbook(grid(*[[f"第{row}行", *range(10)] for row in range(count)]))
    broken = repacked(
        SHEET, lambda data: data.replace(b"</sheetData>", b"</sheetData><mergeCells>" + areas + b"</mergeCells>"), sheet
    )
    assert lines(read_xlsx(broken, "a.xlsx"))[1].startswith("第0行")


# ------------------------------------------------------------------ XLS


def old_workbook(draw: Callable[[xlwt.Workbook], None]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    draw(book)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def test_an_old_workbook_reads_the_same() -> None:
    def draw(book: xlwt.Workbook) -> None:
        sheet = book.add_sheet("部门支出")
        sheet.write_merge(0, 1, 0, 0, "项目")
        sheet.write_merge(0, 0, 1, 2, "预算数")
        for column, text in enumerate(["年初", "执行率"], 1):
            sheet.write(1, column, text)
        sheet.write(2, 0, "低保")
        sheet.write(2, 1, 1234.5, xlwt.easyxf(num_format_str="#,##0.00"))
        sheet.write(2, 2, 0.972, xlwt.easyxf(num_format_str="0.00%"))
        sheet.write(3, 0, "旧项目")
        sheet.write(3, 1, 99)
        sheet.row(3).hidden = True
        sheet.write(4, 0, date(2023, 4, 30), xlwt.easyxf(num_format_str="yyyy/m/d"))
        sheet.write(4, 1, xlwt.Formula("1/0"))
        sheet.write(4, 2, True)
        hidden = book.add_sheet("草稿")
        hidden.write(0, 0, "1250万元")
        hidden.visibility = 1

    form, content = read_content(old_workbook(draw), "a.xls")
    assert form == "xls"
    assert lines(content)[0] == "部门支出"
    assert rows(content) == [
        ["项目", "预算数", "预算数"],
        ["项目", "年初", "执行率"],
        ["低保", "1,234.50", "97.20%"],
        ["2023/4/30", "", "TRUE"],
    ]
    assert [note.cause for note in content.notes] == ["hidden_sheets"]


# ------------------------------------------------------------------ bad files


def repacked(part: str, change: Callable[[bytes], bytes], whole: bytes | None = None) -> bytes:
    """An XLSX (a small good one by default) one of whose parts was changed."""
    target = BytesIO()
    with ZipFile(BytesIO(whole or workbook(SMALL))) as good, ZipFile(target, "w", ZIP_DEFLATED) as bad:
        for name in good.namelist():
            data = good.read(name)
            bad.writestr(name, change(data) if name == part else data)
    return target.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def changed(change: Callable[[bytes, int], bytes]) -> bytes:
    """An XLSX whose bytes were changed from where its sheet begins."""
    whole = workbook(SMALL)
    with ZipFile(BytesIO(whole)) as archive:
        return change(whole, archive.getinfo(SHEET).header_offset)


BAD = {
    "cut off": (workbook(SMALL)[:-300], "damaged"),
    "a sheet cut off": (repacked(SHEET, lambda data: data[:-100]), "damaged"),
    "an XML bomb": (repacked("xl/sharedStrings.xml", lambda data: b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + data), "xml_doctype"),
    "a sheet of zeros": (repacked(SHEET, lambda data: data + b"\n" * 30_000_000), "too_large_unpacked"),
    "nothing in it": (workbook(lambda book, sheet: None), "no_text"),
    "a sheet of another name": (changed(lambda data, start: data[:start] + data[start:].replace(b"sheet1", b"sheet9", 1)), "damaged"),
    "a sheet of another size": (changed(lambda data, start: data[: start + 30] + b"x" + data[start + 30 :]), "damaged"),
    "a sheet whose bytes changed": (changed(lambda data, start: data[: start + 60] + b"\xff" * 30 + data[start + 90 :]), "damaged"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "cause"), BAD.values(), ids=BAD.keys())
def test_a_bad_workbook_is_refused_with_cause_and_remedy(data: bytes, cause: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_content(data, "inbox/report.xlsx")
    assert (refused.value.cause, refused.value.file) == (cause, "inbox/report.xlsx")
    assert refused.value.remedy


@pytest.mark.parametrize("length", [600, 1500, 3000, 5000])
def test_an_old_workbook_that_was_cut_off_is_refused(length: int) -> None:
    whole = old_workbook(lambda book: book.add_sheet("甲").write(0, 0, "乙"))
    with pytest.raises(DocumentError) as refused:
        read_content(whole[:length], "report.xls")
    assert refused.value.cause == "damaged"


WRONG = {
    "strings that are not there": (SHEET, lambda data: data.replace(b'<c r="A2" t="s"><v>2</v>', b'<c r="A2" t="s"><v>99</v>')),
    "styles that are not there": (SHEET, lambda data: data.replace(b'<c r="B2"', b'<c r="B2" s="77"')),
    "a number that is none": (SHEET, lambda data: data.replace(b"<v>300</v>", b"<v>1e999x</v>")),
    "cells without their places": (SHEET, lambda data: data.replace(b' r="B2"', b"").replace(b' r="A2"', b"").replace(b' r="2"', b"")),
}  # fmt: skip


@pytest.mark.parametrize(("part", "change"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_in_a_workbook_costs_no_other_cell(part: str, change: Callable[[bytes], bytes]) -> None:
    changed = repacked(part, change)
    assert rows(read_xlsx(changed, "a.xlsx"))[-1] == ["孤儿", "20.5"]


@pytest.mark.parametrize("cut", range(0, 5000, 97))
def test_an_old_workbook_broken_anywhere_is_read_or_refused(cut: int) -> None:
    data = bytearray(old_workbook(lambda book: book.add_sheet("甲").write(0, 0, "乙")))
    data[512 + cut : 520 + cut] = b"\xff" * 8
    try:
        read_xls(bytes(data), "a.xls")
    except DocumentError as error:
        assert error.cause in ("damaged", "no_text", "encrypted")
