"""Tables whose cells a format merges: heads and labels reach every cell that they cover, each number counts once.

The same form is a web page, a Word file and a sheet: a department's self-evaluation as bureaus publish it, invented.
"""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
import xlsxwriter

from ingest.documents import Document, document_from_bytes
from ingest.documents.layout import lay_out
from ingest.documents.model import Content, TableSpans
from ingest.figures import Figure, extract_figures, read_quantities
from tests.ingest.small_reports import stands_where_it_says

LEFT, ABOVE = "<", "^"
Grid = list[list[str]]
TITLE = "云渡县民政局2022年度部门整体支出绩效自评表"
FORM: Grid = [
    [TITLE, *[LEFT] * 8],
    ["部门名称", LEFT, "云渡县民政局", *[LEFT] * 6],
    ["年度预算执行情况（万元）", LEFT, "预算资金", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    [ABOVE, ABOVE, "年度资金总额", "1,200.00", "1,250.00", "1,200.50", "10", "96.04%", "9.6"],
    [ABOVE, ABOVE, "其中：财政拨款", "1,000.00", "1,050.00", "1,010.50", "", "", ""],
    ["年度总体目标", "预期目标", *[LEFT] * 3, "实际完成情况", *[LEFT] * 3],
    [ABOVE, "保障城乡低保对象2300人，按月发放。", *[LEFT] * 3, "全年保障城乡低保对象2310人，发放低保金964.7万元。", *[LEFT] * 3],
    ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因及改进措施"],
    [ABOVE, "产出指标", "数量指标", "临时救助人次", "≥800人次", "812人次", "20", "20", ""],
    [ABOVE, ABOVE, "质量指标", "资金发放准确率", "100%", "99.5%", "20", "19", "个别账户有误"],
    [ABOVE, "效益指标", "社会效益", "群众满意度", "≥95%", "96.5%", "20", "20", ""],
    ["总分", *[LEFT] * 5, "100", "98.6", ""],
]  # fmt: skip
FIGURES = [
    ("budget", "initial", None, 12_000_000, "年度预算执行情况(万元) / 年度资金总额", "年初预算数"),
    ("budget", "revised", None, 12_500_000, "年度预算执行情况(万元) / 年度资金总额", "全年预算数"),
    ("expenditure", "final", None, 12_005_000, "年度预算执行情况(万元) / 年度资金总额", "全年执行数"),
    ("execution_rate", "final", None, 96.04, "年度预算执行情况(万元) / 年度资金总额", "执行率"),
    ("budget", "initial", None, 10_000_000, "年度预算执行情况(万元) / 其中:财政拨款", "年初预算数"),
    ("budget", "revised", None, 10_500_000, "年度预算执行情况(万元) / 其中:财政拨款", "全年预算数"),
    ("expenditure", "final", None, 10_105_000, "年度预算执行情况(万元) / 其中:财政拨款", "全年执行数"),
    ("beneficiaries", None, None, 2300, None, None),
    ("beneficiaries", None, None, 2310, None, None),
    ("benefit_paid", None, None, 9_647_000, None, None),
    ("indicator_target", None, "临时救助人次", 800, "绩效指标 / 产出指标 / 数量指标 / 临时救助人次", "年度指标值"),
    ("indicator_actual", None, "临时救助人次", 812, "绩效指标 / 产出指标 / 数量指标 / 临时救助人次", "实际完成值"),
    ("indicator_target", None, "资金发放准确率", 100, "绩效指标 / 产出指标 / 质量指标 / 资金发放准确率", "年度指标值"),
    ("indicator_actual", None, "资金发放准确率", 99.5, "绩效指标 / 产出指标 / 质量指标 / 资金发放准确率", "实际完成值"),
    ("indicator_target", None, "群众满意度", 95, "绩效指标 / 效益指标 / 社会效益 / 群众满意度", "年度指标值"),
    ("indicator_actual", None, "群众满意度", 96.5, "绩效指标 / 效益指标 / 社会效益 / 群众满意度", "实际完成值"),
    ("score", None, None, 98.6, "总分", None),
]


def areas(grid: Grid) -> list[tuple[int, int, int, int, str]]:
    """(row, column, rows, columns, text) of each cell of a grid."""
    found = []
    for row, cells in enumerate(grid):
        for column, text in enumerate(cells):
            if text in (LEFT, ABOVE):
                continue
            columns = rows = 1
            while column + columns < len(cells) and cells[column + columns] == LEFT:
                columns += 1
            while row + rows < len(grid) and grid[row + rows][column] == ABOVE:
                rows += 1
            found.append((row, column, rows, columns, text))
    return found


def page(grid: Grid) -> Document:
    cells = areas(grid)
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td rowspan={down} colspan={across}>{text}</td>" for at, _, down, across, text in cells if at == row
        )
        + "</tr>"
        for row in range(len(grid))
    )
    return document_from_bytes(f"<html><body><table>{rows}</table></body></html>".encode(), "form.html")


def word(grid: Grid) -> Document:
    file = docx.Document()
    table = file.add_table(len(grid), len(grid[0]))
    for row, column, rows, columns, text in areas(grid):
        cell = table.cell(row, column).merge(table.cell(row + rows - 1, column + columns - 1))
        cell.text = text
    file.add_paragraph()
    target = BytesIO()
    file.save(target)
    return document_from_bytes(target.getvalue(), "form.docx")


def sheet(grid: Grid) -> Document:
    target = BytesIO()
    book = xlsxwriter.Workbook(target)
    drawn = book.add_worksheet("自评表")
    for row, column, rows, columns, text in areas(grid):
        if rows * columns > 1:
            drawn.merge_range(row, column, row + rows - 1, column + columns - 1, text)
        else:
            drawn.write_string(row, column, text)
    book.close()
    return document_from_bytes(target.getvalue(), "form.xlsx")


WRITERS = [page, word, sheet]


def told(figure: Figure) -> tuple[object, ...]:
    return (figure.measure, figure.stage, figure.indicator, figure.value, figure.row_label, figure.column_header)


@pytest.mark.parametrize("write", WRITERS)
def test_a_form_of_merged_cells_gives_its_figures_with_their_heads_and_labels(write) -> None:
    document = write(FORM)
    figures = extract_figures(document)
    assert [told(figure) for figure in figures] == FIGURES
    assert [figure.qualifier for figure in figures if figure.measure == "beneficiaries"] == ["target", "exact"]
    assert all(stands_where_it_says(figure, document.text) for figure in figures)
    assert (document.profile.title, document.profile.department, document.profile.fiscal_year) == (
        TITLE,
        "云渡县民政局",
        2022,
    )


@pytest.mark.parametrize("write", WRITERS)
def test_a_row_s_quote_is_the_row_alone_though_its_label_is_merged_from_above(write) -> None:
    quotes = {figure.raw: figure.quote for figure in extract_figures(write(FORM))}
    assert quotes["1,050.00"].split() == ["其中：财政拨款", "1,000.00", "1,050.00", "1,010.50"]
    assert quotes["99.5%"].startswith("质量指标")


@pytest.mark.parametrize("write", WRITERS)
def test_a_number_in_a_merged_cell_counts_once(write) -> None:
    grid = [
        ["项目", "预算数（万元）", LEFT, "保障人数"],
        [ABOVE, "年初", "调整", ABOVE],
        ["城市低保", "300", "310", "812"],
        ["农村低保", "600", "650", ABOVE],
        ["合计", "900", LEFT, "812"],
    ]
    document = write([["云渡县民政局2022年度预算执行表", LEFT, LEFT, LEFT], *grid])
    raws = [reading.quantity.raw for reading in read_quantities(document)]
    assert [raw for raw in raws if raw in ("812", "900")] == ["812", "900", "812"]
    assert [
        (figure.stage, figure.programme, figure.residence, figure.value, figure.column_header)
        for figure in extract_figures(document)
        if figure.measure == "budget"
    ][:4] == [
        ("initial", "dibao", "urban", 3_000_000, "预算数(万元) / 年初"),
        ("revised", "dibao", "urban", 3_100_000, "预算数(万元) / 调整"),
        ("initial", "dibao", "rural", 6_000_000, "预算数(万元) / 年初"),
        ("revised", "dibao", "rural", 6_500_000, "预算数(万元) / 调整"),
    ]


@pytest.mark.parametrize("write", WRITERS)
def test_the_name_of_a_project_over_several_columns_names_it(write) -> None:
    grid = [
        ["2022年度项目支出绩效自评表", *[LEFT] * 4],
        ["项目名称", "城乡低保补助资金", *[LEFT] * 3],
        ["项目资金（万元）", "年度资金总额", LEFT, "1,250.00", LEFT],
        [ABOVE, "其中：财政拨款", LEFT, "1,050.00", LEFT],
    ]
    budgets = [f for f in extract_figures(write(grid)) if f.measure == "budget"]
    assert [(f.programme, f.value) for f in budgets] == [("dibao", 12_500_000), ("dibao", 10_500_000)]


def test_the_head_of_a_table_without_one_may_stand_as_a_line_above_it() -> None:
    """A page that was scanned gives the head as a line of words, and the rows below it as a table."""
    text = "绩效指标\n指标  目标值  实际值\n低保平均标准\t≥700元/人·月\t712元/人·月\n助餐点数\t40个\t44个\n"
    rows, start = [], text.index("低保")
    for line in text[start:].splitlines():
        spans, at = [], start
        for cell in line.split("\t"):
            spans.append((at, at + len(cell)))
            at += len(cell) + 1
        rows.append(tuple(spans))
        start += len(line) + 1
    table = lay_out(Content(text, tables=(TableSpans(tuple(rows), rows[0][0][0], len(text)),))).blocks[-1]
    assert [cell.text for cell in table.rows[0].cells] == ["指标", "目标值", "实际值"]
    assert len(table.rows) == 3
