"""PDF: the figures of a printed report are those of its text; tables stay tables; bad files say why they are not read."""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.documents import Document, DocumentError, document_from_text, find_documents, read_document
from ingest.documents.model import Content
from ingest.documents.readers import read_content
from ingest.documents.readers.pdf import read_pdf
from ingest.figures import extract_figures
from ingest.figures.contract import Figure
from ingest.limits import Limits
from ingest.paths import SAMPLES
from tests.ingest.printed_reports import FONT, print_report

DIMENSIONS = (
    *("measure", "value", "unit", "per", "programme", "residence", "care"),
    *("fund_source", "spending_type", "stage", "fiscal_year"),
)
REPORTS = sorted(find_documents([SAMPLES / "reports"]))


def meanings(figures: list[Figure]) -> Counter[tuple[object, ...]]:
    return Counter(tuple(getattr(figure, name) for name in DIMENSIONS) for figure in figures)


def from_bytes(tmp_path: Path, data: bytes) -> Document:
    path = tmp_path / "report.pdf"
    path.write_bytes(data)
    return read_document(path)


def kept(tmp_path: Path, reports: list[Path], **how: bool) -> tuple[int, int, int]:
    """(figures of the texts, those that their prints give too, those that only the prints give)."""
    wanted = found = added = 0
    for path in reports:
        document = read_document(path)
        texts = meanings(extract_figures(document))
        prints = meanings(extract_figures(from_bytes(tmp_path, print_report(document, **how))))
        wanted, found = wanted + texts.total(), found + (texts & prints).total()
        added += (prints - texts).total()
    return wanted, found, added


def drawn(*draw, size: tuple[float, float] = A4, rotation: int = 0) -> bytes:
    """A PDF with a page for each function, which draws on the canvas in 10 points."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=size, invariant=True)
    for function in draw:
        canvas.setPageSize(size)
        if rotation:
            canvas.setPageRotation(rotation)
        canvas.setFont(FONT, 10)
        function(canvas)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def lines(*given: tuple[float, float, str]):
    """A function that draws texts, each from x rightwards on the baseline y (points from the page's lower left corner)."""

    def draw(canvas: Canvas) -> None:
        for x, y, text in given:
            canvas.drawString(x, y, text)

    return draw


def right(canvas: Canvas, x: float, y: float, *texts: str) -> None:
    """Texts whose right ends stand at x, x + 90 …"""
    for number, text in enumerate(texts):
        canvas.drawRightString(x + 90 * number, y, text)


def rows_of(content: Content, number: int = 0) -> list[list[str]]:
    """The cells of one marked table."""
    return [[content.text[start:end] for start, end in row] for row in content.tables[number].rows]


@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "without rules"])
def test_a_printed_report_gives_the_figures_of_its_text(tmp_path: Path, ruled: bool) -> None:
    wanted, found, added = kept(tmp_path, REPORTS, ruled=ruled)
    assert wanted > 1500
    assert found >= 0.98 * wanted
    assert added <= 0.005 * wanted


def test_a_report_on_pages_on_their_side_gives_the_figures_of_its_text(tmp_path: Path) -> None:
    wanted, found, _ = kept(tmp_path, REPORTS[:3], on_its_side=True)
    assert found >= 0.98 * wanted


def test_each_figure_knows_its_page(tmp_path: Path) -> None:
    document = from_bytes(tmp_path, print_report(read_document(REPORTS[0])))
    starts = document.content.page_starts
    assert len(starts) > 1 and starts[0] == 0
    pages = [figure.page for figure in extract_figures(document)]
    assert pages == sorted(pages) and set(pages) <= set(range(1, len(starts) + 1)) and len(set(pages)) > 1


def test_running_heads_and_page_numbers_are_left_out_and_sentences_go_on_over_pages() -> None:
    long = "全年共救助困难群众一千二百人次，" * 130
    text = read_pdf(
        print_report(document_from_text(f"云渡县民政局2022年度部门整体支出绩效自评报告\n\n{long}结束。")), "x"
    ).text
    assert "公开稿" not in text and "—" not in text
    assert long in text


def test_two_numbers_near_each_other_never_become_one() -> None:
    def table(canvas: Canvas) -> None:
        canvas.drawString(80, 700, "项目")
        canvas.drawRightString(230, 700, "支出")
        canvas.drawRightString(262, 700, "进度")
        for place, (label, amount, rate) in enumerate([("低保", "42.46", "95.81%"), ("特困", "31.20", "98.03%")]):
            canvas.drawString(80, 680 - 20 * place, label)
            canvas.drawRightString(230, 680 - 20 * place, amount)
            canvas.drawString(236, 680 - 20 * place, rate)

    content = read_pdf(drawn(table), "x")
    assert rows_of(content) == [["项目", "支出", "进度"], ["低保", "42.46", "95.81%"], ["特困", "31.20", "98.03%"]]


def test_two_numbers_below_each_other_in_one_cell_stay_two() -> None:
    def table(canvas: Canvas) -> None:
        canvas.grid([80, 140, 180], [640, 680, 700])
        right(canvas, 135, 686, "项目")
        right(canvas, 178, 686, "支出")
        right(canvas, 135, 660, "低保")
        right(canvas, 178, 668, "42.46")
        right(canvas, 178, 648, "95.81%")

    assert rows_of(read_pdf(drawn(table), "x"))[1] == ["低保", "42.46 95.81%"]


def test_a_number_that_its_narrow_cell_breaks_stays_one() -> None:
    def table(canvas: Canvas) -> None:
        canvas.grid([80, 140, 178], [640, 680, 700])
        canvas.drawString(84, 686, "项目")
        canvas.drawString(142, 686, "支出")
        canvas.drawString(84, 660, "低保")
        canvas.drawString(142, 668, "1,234,5")
        canvas.drawString(142, 652, "67.89")

    assert rows_of(read_pdf(drawn(table), "x"))[1] == ["低保", "1,234,567.89"]


def test_numbers_that_all_narrow_cells_of_a_row_break_make_one_row() -> None:
    def table(canvas: Canvas) -> None:
        canvas.grid([80, 140, 180, 220], [640, 680, 700])
        for x, text in ((84, "项目"), (146, "预算"), (186, "支出")):
            canvas.drawString(x, 686, text)
        canvas.drawString(84, 668, "困难群众")
        canvas.drawString(84, 652, "救助")
        for x, first, rest in ((174, "3,406.", "40"), (214, "3,380.", "25")):
            canvas.drawRightString(x, 668, first)
            canvas.drawRightString(x, 652, rest)

    def other(canvas: Canvas) -> None:
        canvas.grid([80, 140, 178, 216], [640, 680, 700])
        for x, text in ((84, "项目"), (146, "预算"), (186, "支出")):
            canvas.drawString(x, 686, text)
        canvas.drawString(84, 668, "困难群众")
        canvas.drawString(84, 652, "救助")
        for x, first, rest in ((172, "3,406.4", "0"), (210, "3,380.2", "5")):
            canvas.drawRightString(x, 668, first)
            canvas.drawRightString(x, 652, rest)

    for draw in (table, other):
        assert rows_of(read_pdf(drawn(draw), "x"))[1:] == [["困难群众救助", "3,406.40", "3,380.25"]]


def test_whole_numbers_below_each_other_in_one_cell_stay_two() -> None:
    def table(canvas: Canvas) -> None:
        canvas.grid([80, 140, 220], [640, 680, 700])
        right(canvas, 135, 686, "项目")
        right(canvas, 210, 686, "人数")
        right(canvas, 135, 660, "低保")
        right(canvas, 214, 668, "123")
        right(canvas, 214, 648, "45")

    assert rows_of(read_pdf(drawn(table), "x"))[1] == ["低保", "123 45"]


def test_merged_cells_stand_at_each_place_that_they_cover() -> None:
    def table(canvas: Canvas) -> None:
        for y in (700, 660, 640):
            canvas.line(80, y, 320, y)
        canvas.line(160, 680, 320, 680)
        for x, top in ((80, 700), (160, 700), (240, 680), (320, 700)):
            canvas.line(x, 640, x, top)
        canvas.drawString(90, 676, "项目")
        canvas.drawCentredString(240, 686, "2022年支出")
        canvas.drawCentredString(200, 666, "基本支出")
        canvas.drawCentredString(280, 666, "项目支出")
        canvas.drawString(90, 646, "合计")
        right(canvas, 230, 646, "1,200.50", "880.30")

    content = read_pdf(drawn(table), "x")
    assert rows_of(content) == [
        ["项目", "2022年支出", "2022年支出"],
        ["项目", "基本支出", "项目支出"],
        ["合计", "1,200.50", "880.30"],
    ]
    spans = content.tables[0].rows
    assert spans[0][1] == spans[0][2] and spans[0][0] == spans[1][0]


def test_rows_without_rules_between_them_are_rows() -> None:
    def table(canvas: Canvas) -> None:
        canvas.grid([80, 160, 260, 360], [600, 680, 700])
        for x, text in ((84, "项目"), (164, "预算"), (264, "支出")):
            canvas.drawString(x, 686, text)
        for place, row in enumerate(
            (("低保", "10.00", "9.50"), ("特困", "20.00", "19.80"), ("临时救助", "5.00", "4.10"))
        ):
            canvas.drawString(84, 660 - 20 * place, row[0])
            canvas.drawRightString(255, 660 - 20 * place, row[1])
            canvas.drawRightString(355, 660 - 20 * place, row[2])

    assert rows_of(read_pdf(drawn(table), "x"))[1:] == [
        ["低保", "10.00", "9.50"],
        ["特困", "20.00", "19.80"],
        ["临时救助", "5.00", "4.10"],
    ]


def page_of_table(canvas: Canvas, first: int, caption: bool = True) -> None:
    if caption:
        canvas.drawCentredString(300, 780, "支出决算表")
        canvas.drawRightString(500, 764, "单位：万元")
    canvas.grid([100, 300, 400, 500], [760 - 20 * row for row in range(33)])
    for x, text in ((110, "科目"), (310, "基本支出"), (410, "项目支出")):
        canvas.drawString(x, 746, text)
    for row in range(1, 32):
        canvas.drawString(110, 746 - 20 * row, f"科目{first + row}")
        canvas.drawRightString(395, 746 - 20 * row, f"{first + row}.25")
        canvas.drawRightString(495, 746 - 20 * row, f"{first + row}.75")
    canvas.drawCentredString(300, 40, f"第 {first // 31 + 1} 页")


def test_a_table_over_pages_is_one_table_with_one_head() -> None:
    content = read_pdf(drawn(*(lambda canvas, first=first: page_of_table(canvas, first) for first in (0, 31, 62))), "x")
    assert len(content.tables) == 1
    rows = rows_of(content)
    assert len(rows) == 94 and rows[0] == ["科目", "基本支出", "项目支出"] and rows[93] == ["科目93", "93.25", "93.75"]
    assert content.text.count("单位：万元") == 1 and content.text.index("单位：万元") < content.tables[0].start
    assert content.page_of(content.text.index("科目31\t")) == 1 and content.page_of(content.text.index("科目32\t")) == 2


def test_a_row_that_the_page_breaks_is_one_row() -> None:
    def first(canvas: Canvas) -> None:
        canvas.grid([100, 200, 400, 500], [60, 120, 140])
        for x, text in ((110, "项目"), (210, "内容"), (410, "支出")):
            canvas.drawString(x, 126, text)
        canvas.drawString(110, 106, "救助")
        canvas.drawString(202, 106, "按月发放低保金和特困供养金，同时对")
        canvas.drawRightString(490, 106, "12.50")

    def second(canvas: Canvas) -> None:
        canvas.grid([100, 200, 400, 500], [760, 780, 800])
        canvas.drawString(202, 786, "遇到急难的家庭给予临时救助。")
        canvas.drawString(110, 766, "养老")
        canvas.drawString(202, 766, "护理培训")
        canvas.drawRightString(490, 766, "3.20")

    content = read_pdf(drawn(first, second), "x")
    assert rows_of(content)[1:] == [
        ["救助", "按月发放低保金和特困供养金，同时对遇到急难的家庭给予临时救助。", "12.50"],
        ["养老", "护理培训", "3.20"],
    ]
    assert content.page_of(content.text.index("护理培训")) == 2


def test_a_word_set_wide_is_one_label() -> None:
    def table(canvas: Canvas) -> None:
        for place, (label, amount, rate) in enumerate(
            [("低保支出", "42.46", "95.81%"), ("特困支出", "31.20", "98.03%")]
        ):
            canvas.drawString(80, 680 - 20 * place, label)
            right(canvas, 230, 680 - 20 * place, amount, rate)
        canvas.drawString(80, 640, "合")
        canvas.drawString(110, 640, "计")
        right(canvas, 230, 640, "73.66", "96.70%")

    assert rows_of(read_pdf(drawn(table), "x"))[2] == ["合计", "73.66", "96.70%"]


def test_columns_that_wander_never_join_two_numbers() -> None:
    def table(canvas: Canvas) -> None:
        for place in range(4):
            canvas.drawString(80, 680 - 20 * place, f"项目{place}")
            canvas.drawString(200 + 30 * place, 680 - 20 * place, f"{place}2.46")
            canvas.drawString(260 + 30 * place, 680 - 20 * place, f"{place}5.81")

    text = read_pdf(drawn(table), "x").text
    for place in range(4):
        for number in (f"{place}2.46", f"{place}5.81"):
            assert re.search(rf"(?<![\d.]){re.escape(number)}(?![\d.])", text), (number, text)


def test_a_column_with_a_head_and_nothing_below_it_is_a_column() -> None:
    def table(canvas: Canvas) -> None:
        for x, text in ((80, "项目"), (200, "预算"), (300, "支出"), (380, "备注")):
            canvas.drawString(x, 700, text)
        for place, (label, amount, spent) in enumerate(
            [("低保支出", "42.46", "41.20"), ("特困支出", "31.20", "30.18")]
        ):
            canvas.drawString(80, 680 - 20 * place, label)
            right(canvas, 230, 680 - 20 * place, amount, spent)

    assert rows_of(read_pdf(drawn(table), "x"))[:2] == [
        ["项目", "预算", "支出", "备注"],
        ["低保支出", "42.46", "41.20", ""],
    ]


def test_the_order_on_the_page_is_kept() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(100, 780, "支出情况见下表。")
        canvas.drawRightString(500, 764, "单位：万元")
        canvas.grid([100, 300, 500], [700, 730, 760])
        canvas.drawString(110, 740, "低保支出")
        canvas.drawString(310, 740, "12.50")
        canvas.drawString(110, 710, "特困支出")
        canvas.drawString(310, 710, "30.50")
        canvas.drawString(100, 680, "以上支出均按规定使用。")

    content = read_pdf(drawn(page), "x")
    places = [content.text.index(part) for part in ("见下表", "单位", "低保支出", "特困支出", "以上支出")]
    assert places == sorted(places)
    assert content.tables[0].start <= places[2] and content.tables[0].end <= places[4]


def test_two_columns_of_prose_are_read_one_after_the_other() -> None:
    left = ["全年发放低保金九百万元，惠及困", "难群众三千余人，比上年有所增加"] * 6
    other = ["养老机构新增护理型床位二百张，", "改造敬老院三所，并培训护理人员"] * 6
    page = lines(
        *((70, 760 - 18 * row, text) for row, text in enumerate(left)),
        *((250, 760 - 18 * row, text) for row, text in enumerate(other)),
    )
    text = read_pdf(drawn(page), "x").text
    assert "".join(left) in text and "".join(other) in text
    assert text.index(left[-1]) < text.index(other[0])


def test_text_drawn_twice_to_look_bold_is_read_once() -> None:
    page = lines((100, 700, "支出1,122.33万元"), (100.3, 700, "支出1,122.33万元"), (100, 680, "执行率99.10%"))
    assert read_pdf(drawn(page), "x").text.split() == ["支出1,122.33万元", "执行率99.10%"]


def test_a_watermark_across_the_page_and_invisible_text_are_left_out() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(100, 700, "全年支出1,122.33万元。")
        canvas.saveState()
        canvas.translate(120, 500)
        canvas.rotate(45)
        canvas.drawString(0, 0, "内部资料请勿外传")
        canvas.restoreState()
        hidden = canvas.beginText(100, 650)
        hidden.setTextRenderMode(3)
        hidden.textLine("支出9,999.99万元")
        canvas.drawText(hidden)

    assert read_pdf(drawn(page), "x").text.strip() == "全年支出1,122.33万元。"


def test_invisible_text_below_a_scan_is_its_text() -> None:
    def page(canvas: Canvas) -> None:
        hidden = canvas.beginText(100, 650)
        hidden.setTextRenderMode(3)
        hidden.textLine("支出1,122.33万元")
        canvas.drawText(hidden)

    assert read_pdf(drawn(page), "x").text.strip() == "支出1,122.33万元"


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_page_is_read_upright(rotation: int) -> None:
    def page(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(300, 300)
        canvas.rotate(rotation)
        canvas.grid([0, 80, 160], [0, 20, 40])
        for x, y, text in ((5, 26, "低保"), (85, 26, "12.50"), (5, 6, "特困"), (85, 6, "30.50")):
            canvas.drawString(x, y, text)
        canvas.drawString(0, 50, "各项支出情况（单位：万元）")
        canvas.restoreState()

    for given in (rotation, 0):
        content = read_pdf(drawn(page, size=(600, 600), rotation=given), "x")
        assert rows_of(content) == [["低保", "12.50"], ["特困", "30.50"]], given
        assert content.text.strip().startswith("各项支出情况"), given


def cause_of(data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        read_pdf(data, "report.pdf")
    assert str(caught.value).startswith("report.pdf: ") and caught.value.remedy
    return caught.value.cause


def test_bad_files_say_why_they_are_not_read() -> None:
    good = drawn(lines((100, 700, "支出1,122.33万元")))
    assert cause_of(good[: len(good) // 2]) == "truncated"
    assert cause_of(good[:-30]) == "truncated"
    assert cause_of(b"%PDF-1.7\n" + bytes(range(256)) * 20 + b"\nstartxref\n9\n%%EOF\n") == "damaged"
    assert cause_of(drawn(lines())) == "empty_file"


def test_an_encrypted_file_says_so() -> None:
    target = BytesIO()
    canvas = Canvas(target, encrypt="secret")
    canvas.drawString(100, 700, "42.46")
    canvas.save()
    assert cause_of(target.getvalue()) == "encrypted"


def test_a_file_of_too_many_pages_is_refused_without_reading_them() -> None:
    assert cause_of(drawn(*[lines()] * (Limits().pages + 1))) == "too_many_pages"


def test_the_bytes_tell_a_pdf_whatever_its_name() -> None:
    data = drawn(lines((100, 700, "支出1,122.33万元")))
    assert read_content(data, "report.txt")[0] == "pdf"
