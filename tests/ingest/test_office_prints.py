"""PDF as the programs of offices print it: narrow gaps, high rows, wrapped labels, pages that break tables."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas
from test_pdf import drawn, right, rows_of

from ingest.documents import document_from_text
from ingest.documents.lines import number_cell
from ingest.documents.paper import heads
from ingest.documents.paper.lines import Line, Run
from ingest.documents.readers.pdf import read_pdf
from ingest.figures import extract_figures
from tests.ingest.printed_reports import FONT


def test_a_number_close_before_the_next_columns_words_is_parted_from_them() -> None:
    def page(canvas: Canvas) -> None:
        for row, (amount, label, other) in enumerate(
            (
                ("187,317,008.29", "一、教育支出", "12.00"),
                ("0.00", "二、卫生支出", "30.50"),
                ("366.73", "三、住房支出", "4.10"),
            )
        ):
            canvas.drawString(60, 700 - 18 * row, f"{'甲乙丙'[row]}项收入")
            canvas.drawRightString(300, 700 - 18 * row, amount)
            canvas.drawString(302, 700 - 18 * row, label)
            canvas.drawRightString(500, 700 - 18 * row, other)
        canvas.drawString(60, 600, "全年支出5.20")
        canvas.drawString(60 + canvas.stringWidth("全年支出5.20") + 2, 600, "万元，用于办公。")

    content = read_pdf(drawn(page), "x")
    assert rows_of(content) == [
        ["甲项收入", "187,317,008.29", "一、教育支出", "12.00"],
        ["乙项收入", "0.00", "二、卫生支出", "30.50"],
        ["丙项收入", "366.73", "三、住房支出", "4.10"],
    ]
    assert "全年支出5.20万元，用于办公。" in content.text


def test_rows_of_many_heights_are_one_table() -> None:
    def page(canvas: Canvas) -> None:
        for row, height in enumerate((700, 682, 640, 622, 570)):
            canvas.drawString(60, height, f"第{'一二三四五'[row]}类")
            right(canvas, 300, height, f"{row}1.50", f"{row}2.25")

    assert [row[1] for row in rows_of(read_pdf(drawn(page), "x"))] == ["01.50", "11.50", "21.50", "31.50", "41.50"]


def test_labels_that_wrap_in_rows_without_a_gap_between_them_stay_whole() -> None:
    labels = [
        ["210", "卫生健康"],
        ["21001", "　卫生健康管", "理事务"],
        ["2100101", "　　行政运", "行"],
        ["2100202", "　　中医医院"],
    ]

    def page(canvas: Canvas) -> None:
        height = 700
        canvas.drawString(60, height, "合计")
        right(canvas, 300, height, "99.50", "88.25")
        for number, (code, *names) in enumerate(labels):
            for line, name in enumerate(names):
                height -= 13
                canvas.drawString(100, height, name)
                if not line:
                    canvas.drawString(61, height, code)
                    right(canvas, 300, height, f"{number}1.50", f"{number}2.25")

    assert [row[:2] for row in rows_of(read_pdf(drawn(page), "x"))] == [
        ["合计", ""],
        ["210", "卫生健康"],
        ["21001", "卫生健康管理事务"],
        ["2100101", "行政运行"],
        ["2100202", "中医医院"],
    ]


def test_rows_with_a_label_and_no_number_are_no_rests_of_others() -> None:
    def page(canvas: Canvas) -> None:
        rows = (
            ("甲项收入", "1.50"),
            ("乙项", ""),
            ("丙项收入合计", "3.50"),
            ("丁项", ""),
            ("戊项", "5.50"),
            ("己项", "6.50"),
        )
        for number, (label, amount) in enumerate(rows):
            canvas.drawString(60, 700 - 13 * number, label)
            if amount:
                right(canvas, 300, 700 - 13 * number, amount, "7.25")

    assert [row[0] for row in rows_of(read_pdf(drawn(page), "x"))] == [
        "甲项收入",
        "乙项",
        "丙项收入合计",
        "丁项",
        "戊项",
        "己项",
    ]


def test_the_label_of_a_total_over_code_and_name_makes_no_column() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(90, 700, "合计")
        right(canvas, 300, 700, "99.50", "88.25")
        for number in range(6):
            canvas.drawString(40, 680 - 20 * number, f"210010{number}")
            canvas.drawString(130, 680 - 20 * number, "公共卫生")
            right(canvas, 300, 680 - 20 * number, f"{number}1.50", f"{number}2.25")

    rows = rows_of(read_pdf(drawn(page), "x"))
    assert {len(row) for row in rows} == {4}
    assert "".join(rows[0][:2]) == "合计" and rows[1] == ["2100100", "公共卫生", "01.50", "02.25"]


def test_a_note_below_a_table_is_no_row_of_it() -> None:
    def page(canvas: Canvas) -> None:
        for number in range(3):
            canvas.drawString(60, 700 - 18 * number, "办公费")
            right(canvas, 300, 700 - 18 * number, f"{number}1.50", f"{number}2.25")
        canvas.drawString(60, 648, "注：末位有出入")

    content = read_pdf(drawn(page), "x")
    assert len(rows_of(content)) == 3 and content.text.strip().endswith("注：末位有出入")


def test_a_table_goes_on_where_its_next_page_shows_merged_columns_alone() -> None:
    columns = [60, 90, 120, 160, 300, 400, 500]

    def first(canvas: Canvas) -> None:
        for y in (140, 120, 100, 80):
            canvas.line(60, y, 500, y)
        for x in columns:
            canvas.line(x, 80 if x in (60, 160, 300, 400, 500) else 120, x, 140)
        for x, text in zip(columns, ("类", "款", "项", "科目名称", "基本支出", "项目支出"), strict=False):
            canvas.drawString(x + 3, 126, text)
        for y, code in ((106, "210"), (86, "21001")):
            canvas.drawString(63, y, code)
            canvas.drawString(163, y, "卫生支出")
            right(canvas, 395, y, "1.50", "2.50")

    def second(canvas: Canvas) -> None:
        canvas.grid([60, 160, 300, 400, 500], [760, 780, 800])
        for y, code in ((786, "21002"), (766, "21003")):
            canvas.drawString(63, y, code)
            canvas.drawString(163, y, "医院支出")
            right(canvas, 395, y, "3.50", "4.50")

    content = read_pdf(drawn(first, second), "x")
    assert len(content.tables) == 1
    rows = rows_of(content)
    assert rows[0] == ["类", "款", "项", "科目名称", "基本支出", "项目支出"]
    assert rows[-1] == ["21003", "21003", "21003", "医院支出", "3.50", "4.50"]
    spans = content.tables[0].rows[-1]
    assert spans[0] == spans[1] == spans[2]


def test_a_mark_at_the_right_margin_is_a_line_of_its_own() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawCentredString(290, 740, "收入支出决算总表")
        canvas.drawRightString(530, 720, "公开01表")
        canvas.drawString(60, 704, "部门：云渡县水务局")
        canvas.drawRightString(530, 688, "金额单位：元")
        canvas.grid([60, 300, 530], [640, 660, 680])
        for y in (666, 646):
            canvas.drawString(64, y, "事业收入")
            canvas.drawRightString(526, y, "12.50")

    assert "公开01表\n" in read_pdf(drawn(page), "x").text


def test_signs_in_place_of_a_number_too_wide_for_its_column_are_no_label() -> None:
    assert number_cell().match("###") and not number_cell().match("#1楼")


def test_two_heads_close_beside_each_other_are_two() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "科目")
        canvas.drawCentredString(240, 700, "本年收入的合计")
        canvas.drawCentredString(314, 700, "财政拨款的收入")
        for number in range(4):
            canvas.drawString(60, 680 - 18 * number, "公路养护")
            canvas.drawRightString(272, 680 - 18 * number, f"{10**number}2.50")
            canvas.drawRightString(346, 680 - 18 * number, f"{10**number}1.50")

    assert rows_of(read_pdf(drawn(page), "x"))[0] == ["科目", "本年收入的合计", "财政拨款的收入"]


def test_heads_that_wrap_stand_beside_groups_that_do_not() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(60, 690, "科目")
        for x, upper, lower in ((230, "年初结转", "和结余"), (470, "年末结转", "和结余")):
            canvas.drawCentredString(x, 696, upper)
            canvas.drawCentredString(x, 684, lower)
        canvas.drawCentredString(350, 700, "本年支出")
        canvas.drawCentredString(310, 680, "基本支出")
        canvas.drawCentredString(390, 680, "项目支出")
        for number in range(4):
            canvas.drawString(60, 655 - 18 * number, "公路养护")
            for place in range(4):
                canvas.drawRightString(260 + 80 * place, 655 - 18 * number, f"{10**number}{place}.50")

    assert rows_of(read_pdf(drawn(page), "x"))[:2] == [
        ["科目", "年初结转和结余", "本年支出", "本年支出", "年末结转和结余"],
        ["科目", "年初结转和结余", "基本支出", "项目支出", "年末结转和结余"],
    ]


def test_a_head_that_a_page_repeats_without_its_merged_cells_is_left_out() -> None:
    def page(first: int, last: int, has_word: bool):
        def draw(canvas: Canvas) -> None:
            rows = [780 - 20 * number for number in range(last - first + 2)]
            canvas.grid([60, 160, 300, 400], [800, *rows])
            # The cell goes on beside the first row of the table, so that only there its word is seen.
            heads = ((64, "编码" if has_word else ""), (164, "栏次"), (364, "1"))
            for x, text in heads:
                canvas.drawString(x, 786, text)
            for number in range(first, last + 1):
                y = 766 - 20 * (number - first)
                canvas.drawString(64, y, f"2100{number:03}")
                canvas.drawString(164, y, "公共卫生")
                canvas.drawRightString(396, y, f"{number}.25")

        return draw

    content = read_pdf(drawn(page(1, 30, True), page(31, 40, False)), "x")
    assert len(content.tables) == 1
    assert [row[0] for row in rows_of(content)] == ["编码", *(f"2100{number:03}" for number in range(1, 41))]


def test_a_sign_of_a_number_too_wide_is_no_label_of_the_next_one() -> None:
    text = "支出决算表\n单位：万元\n\n科目名称\t本年支出合计\t基本支出\n公共卫生\t###\t12.50\n中医医院\t30.00\t7.50\n"
    assert {figure.item for figure in extract_figures(document_from_text(text))} == {"公共卫生", "中医医院"}


def test_large_words_across_a_table_are_a_watermark_and_a_title_above_it_is_none() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont(FONT, 26)
        canvas.drawCentredString(250, 730, "云渡县2023年决算公开")
        canvas.setFont(FONT, 60)
        canvas.drawString(90, 640, "内部资料")
        canvas.setFont(FONT, 10)
        canvas.grid([60, 200, 320, 440], [620, 640, 660, 680, 700])
        for y, label in ((686, "科目"), (666, "基本支出"), (646, "项目支出"), (626, "支出合计")):
            canvas.drawString(64, y, label)
            right(canvas, 310, y, "1,234.50", "77.25")

    content = read_pdf(drawn(page), "x")
    assert "云渡县2023年决算公开" in content.text and not set("内部资料") & set(content.text)
    assert rows_of(content)[1][0] == "基本支出"


def test_room_around_numbers_in_prose_parts_nothing() -> None:
    # Word sets numbers a quarter of a character apart from the words around them.
    def page(canvas: Canvas) -> None:
        for row in range(8):
            x, y = 70.0, 700 - 18 * row
            for piece in (
                "全年发放低保金",
                f"{row + 1}2.50",
                "万元，惠及困难群众",
                f"{row + 1}02",
                "户，比上年增加不少，群众满意",
            ):
                canvas.drawString(x, y, piece)
                x += canvas.stringWidth(piece) + 2.5

    text = read_pdf(drawn(page), "x").text
    assert "  " not in text and "12.50万元，惠及困难群众102户" in text


def test_the_rest_of_a_broken_label_is_no_repeated_head() -> None:
    def first(canvas: Canvas) -> None:
        canvas.grid([60, 200, 320, 440], [60, 80, 100])
        for x, text in ((64, "收入"), (204, "支出"), (324, "金额")):
            canvas.drawString(x, 86, text)
        for x, text in ((64, "事业收入"), (204, "十一、城乡社区"), (324, "12.50")):
            canvas.drawString(x, 66, text)

    def second(canvas: Canvas) -> None:
        canvas.grid([60, 200, 320, 440], [760, 780, 800])
        canvas.drawString(204, 786, "支出")
        for x, text in ((64, "其他收入"), (204, "十二、农林水支出"), (324, "30.50")):
            canvas.drawString(x, 766, text)

    rows = rows_of(read_pdf(drawn(first, second), "x"))
    assert rows[1:] == [["事业收入", "十一、城乡社区支出", "12.50"], ["其他收入", "十二、农林水支出", "30.50"]]


def test_a_number_that_the_page_breaks_is_one_and_two_numbers_stay_two() -> None:
    def table(canvas: Canvas, top: int, *rows: tuple[str, ...]) -> None:
        canvas.grid([60, 160, 300, 400], [top - 20 * number for number in range(len(rows) + 1)])
        for number, cells in enumerate(rows):
            for x, text in zip((64, 164, 304), cells, strict=True):
                canvas.drawString(x, top - 14 - 20 * number, text)

    def read(above: str, rest: str) -> list[list[str]]:
        first = lambda canvas: table(canvas, 120, ("编码", "科目", "支出"), ("2100410", "突发公共卫生", above))  # noqa: E731
        second = lambda canvas: table(canvas, 800, ("", "事件应急处置", rest), ("221", "住房保障", "3.20"))  # noqa: E731
        return rows_of(read_pdf(drawn(first, second), "x"))[1:-1]

    assert read("15,371,4", "00.51") == [["2100410", "突发公共卫生事件应急处置", "15,371,400.51"]]
    assert read("15,371.40", "7.51") == [["2100410", "突发公共卫生", "15,371.40"], ["", "事件应急处置", "7.51"]]


def test_labels_that_wrap_are_whole_on_a_page_that_begins_with_the_rest_of_one() -> None:
    names = ["　水利工程运|行与维护", "　水土保持", "　农村基础设|施建设"]

    def body(canvas: Canvas, height: int, names: list[str], first: int) -> int:
        for number, name in enumerate(names, start=first):
            for line, part in enumerate(name.split("|")):
                canvas.drawString(100, height, part)
                if not line:
                    canvas.drawString(61, height, f"213030{number}")
                    right(canvas, 300, height, f"{number}1.50", f"{number}2.25")
                height -= 13
        return height

    def head(canvas: Canvas, height: int) -> int:
        for x, text in ((61, "编码"), (104, "科目")):
            canvas.drawString(x, height, text)
        for x, text in ((270, "支出"), (366, "收入")):
            canvas.drawString(x, height, text)
        canvas.drawString(104, height - 13, "栏次")
        right(canvas, 285, height - 13, "1", "2")
        return height - 26

    def first(canvas: Canvas) -> None:
        height = body(canvas, head(canvas, 140), names[:2], 1)
        body(canvas, height, ["　污水处理设"], 3)

    def second(canvas: Canvas) -> None:
        height = head(canvas, 780)
        canvas.drawString(100, height, "施建设")
        body(canvas, height - 13, names, 4)

    rows = rows_of(read_pdf(drawn(first, second), "x"))
    assert [row[1] for row in rows if row[0].startswith("213")] == [
        *("水利工程运行与维护", "水土保持", "污水处理设施建设"),
        *("水利工程运行与维护", "水土保持", "农村基础设施建设"),
    ]


def test_a_head_of_endless_possibilities_is_left_alone() -> None:
    tries = 0

    def count(*arguments: object) -> object:
        nonlocal tries
        tries += 1
        return cell(*arguments)

    cell = heads._Reader._cell
    # Words in the middle of every two columns, one tier above the other.
    words = [(20.0 * place, 20.0 * tier) for tier in range(1, 5) for place in range(1, 30)]
    lines = [Line([Run("字", [0], x - 2, x + 2)], x - 2, x + 2, y - 5, y, y, 5.0) for x, y in words]
    columns = [(20.0 * place + 4, 20.0 * place + 16) for place in range(30)]
    edges = [20.0 * place for place in range(31)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(heads._Reader, "_cell", count)
        heads.read_heads(lines, columns, edges)
    assert tries < 3 * 31_000
