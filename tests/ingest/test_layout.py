"""Blocks of a text: lines joined where a page broke them, tables of every shape, and offsets that lead back."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from small_reports import TITLE, YEAR, fields, figures_of

from ingest.documents.blocks import Layout, Paragraph, Table
from ingest.documents.layout import lay_out as lay_out_content
from ingest.documents.lines import heading_level
from ingest.documents.model import Content

PROSE = (
    "云渡县民政局主要承担社会救助、养老服务、儿童福利等职责，全年各项工作按计划推进。2022年，全县共保障城市低保对象812人，发放城市低保金520.6万元；"
    "保障农村低保对象1498人，发放农村低保金1,433.25万元；保障特困供养对象486人，发放特困供养金688.9万元，照料护理费按月发放到位。"
    "对生活无着的流浪乞讨人员开展救助86人次，救助支出12.35万元，其中护送返乡41人次，较好地维护了受助人员的合法权益和社会秩序。"
    "在养老服务方面，全县现有养老机构18家，养老床位1860张；向3260名老年人发放高龄津贴196.84万元，另有老年食堂等服务稳步推进，老年人的获得感不断提升。"
    "在社会事务方面，全年办理结婚登记1854对、离婚登记432对，火化遗体1363具，减免基本殡葬服务费用45.7万元，群众满意度持续提升。"
)
ALL_OF_PROSE = [
    "812人", "520.6万元", "1498人", "1,433.25万元", "486人", "688.9万元", "86人次", "12.35万元", "41人次",
    "18家", "1860张", "3260名", "196.84万元", "1854对", "432对", "1363具", "45.7万元",
]  # fmt: skip


def lay_out(text: str) -> Layout:
    return lay_out_content(Content(text))


def wrapped(text: str, width: int) -> list[str]:
    return [text[start : start + width] for start in range(0, len(text), width)]


def paragraphs(layout: Layout) -> list[str]:
    return [block.flow.text for block in layout.blocks if isinstance(block, Paragraph)]


def tables(layout: Layout) -> list[Table]:
    return [block for block in layout.blocks if isinstance(block, Table)]


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


# ------------------------------------------------------------------ lines that a page broke


def test_the_prose_of_these_tests_is_read_whole_when_nothing_breaks_it() -> None:
    assert [f.raw for f in figures_of(PROSE)] == ALL_OF_PROSE


@pytest.mark.parametrize("separator", ["\n", "\n\n"], ids=["single", "double spaced"])
@pytest.mark.parametrize("width", range(20, 34))
def test_lines_broken_anywhere_read_like_one_paragraph(width: int, separator: str) -> None:
    """At one of these widths each number is cut in two: 1,433. at the end of one line, 25万元 at the start of the next."""
    assert [f.raw for f in figures_of(separator.join(wrapped(PROSE, width)))] == ALL_OF_PROSE


@pytest.mark.parametrize("mark", ["— 3 —", "- 3 -", "-3-", "第 3 页", "第3页 共12页", "3/12", "Page 3", "\f"])
def test_a_page_mark_in_the_middle_of_a_sentence_is_passed_over(mark: str) -> None:
    lines = wrapped(PROSE, 30)
    assert [f.raw for f in figures_of("\n".join([*lines[:4], mark, *lines[4:]]))] == ALL_OF_PROSE


@pytest.mark.parametrize(
    ("broken", "value"),
    [
        ("全年发放低保金1,234.\n5万元。", 12_345_000),
        ("全年发放低保金1,\n234.5万元。", 12_345_000),
        ("全年发放低保金1234.5\n万元。", 12_345_000),
        ("全年发放低保金12\n34.5万元。", 12_345_000),
        ("全年发放低保金1, 234. 5 万元。", 12_345_000),
        ("全年发放低保金１，２３４．５万元。", 12_345_000),
        ("全年发放低保金1 234.5万元。", 12_345_000),
    ],
)  # fmt: skip
def test_a_number_with_a_space_or_a_line_break_in_it_is_one(broken: str, value: float) -> None:
    assert [f.value for f in figures_of(broken)] == [value]


def test_headings_and_short_lines_stay_apart() -> None:
    layout = lay_out(
        f"{TITLE}\n一、部门概况\n（一）主要职责\n1.社会救助\n（1）低保\n发放低保金12万元。\n二、履职情况\n"
    )
    assert paragraphs(layout) == [
        TITLE,
        "一、部门概况",
        "(一)主要职责",
        "1.社会救助",
        "(1)低保",
        "发放低保金12万元。",
        "二、履职情况",
    ]
    assert [b.level for b in layout.blocks if isinstance(b, Paragraph)] == [0, 2, 3, 4, 5, 0, 2]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("第一部分 部门概况", 1), ("第三章 绩效", 1), ("一、概况", 2), ("十二、其他", 2), ("(三)产出", 3), ("3.低保", 4), ("12、养老", 4), ("(2)孤儿", 5),
        ("2 资金使用", 4), ("2.1 预算安排", 5), ("2.1.3预算执行", 6), ("1.2倍", 0), ("1.5 亿元", 0), ("3 名社工", 0),
        ("6.5 小时", 0), ("2.5 公顷绿地", 0), ("12.5 千瓦", 0), ("50 床位", 0), ("15 天内", 0),
        ("1.3 项目绩效目标", 5), ("7.2 具体情况", 5), ("2.4 2024年打算", 5), ("1.2 万人", 0), ("2.5 个百分点", 0),
        ("2022年发放12万元", 0), ("12.5万元", 0), ("3个养老机构", 0), ("一般公共预算", 0),
    ],
)  # fmt: skip
def test_ordinals_of_headings(text: str, level: int) -> None:
    assert heading_level(text) == level


def test_the_ordinal_of_a_heading_is_never_part_of_a_number() -> None:
    assert [f.raw for f in figures_of("1.2022年发放低保金12万元。\n\n（2）1860名老人享受高龄津贴。")] == [
        "12万元",
        "1860名",
    ]


# ------------------------------------------------------------------ tables

HEAD = ["项目", "年初预算数", "执行数"]
BODY = [["基本支出", "300.00", "318.20"], ["项目支出", "600.00", "612.00"], ["合计", "900.00", "930.20"]]
CAPTION = "部门支出情况\n单位：万元"
MONEY = [
    ("budget", "initial", "basic", 3_000_000),
    ("expenditure", "final", "basic", 3_182_000),
    ("budget", "initial", "project", 6_000_000),
    ("expenditure", "final", "project", 6_120_000),
    ("budget", "initial", None, 9_000_000),
    ("expenditure", "final", None, 9_302_000),
]


def rows_of(separator: str, left: str = "", right: str = "") -> str:
    return "\n".join(left + separator.join(row) + right for row in [HEAD, *BODY])


def pipes() -> str:
    first, *rest = rows_of(" | ", "| ", " |").split("\n")
    return "\n".join([first, "| --- | ---: | ---: |", *rest])


def ruled(corner: str, side: str) -> str:
    rule = corner + corner.join(["──────" if side == "│" else "------"] * 3) + corner
    lines = rows_of(side, side, side).split("\n")
    return "\n".join([rule, *(line for row in lines for line in (row, rule))])


SHAPES = {
    "tabs": rows_of("\t"),
    "pipes": pipes(),
    "pipes without a rule": rows_of("|", "|", "|"),
    "pipes without a closing one": rows_of(" | ", "| "),
    "columns of spaces": "\n".join("".join(f"{cell:<12}" for cell in row).rstrip() for row in [HEAD, *BODY]),
    "one cell a line": "\n".join(cell for row in [HEAD, *BODY] for cell in row),
    "one cell a line, double spaced": "\n\n".join(cell for row in [HEAD, *BODY] for cell in row),
    "ruled box": ruled("┼", "│"),
    "ruled with plus and minus": ruled("+", "|"),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_table_reads_the_same_in_every_shape(shape: str) -> None:
    found = figures_of(f"{CAPTION}\n{shape}\n")
    assert fields(found, "measure", "stage", "spending_type", "value") == MONEY
    assert {f.layout for f in found} == {"table"}
    assert fields(found, "row_label", "column_header")[0] == ("基本支出", "年初预算数")
    assert cells(tables(lay_out(f"{CAPTION}\n{shape}\n"))[0]) == [HEAD, *BODY]


def test_a_cell_that_wraps_in_a_ruled_box_is_one_cell() -> None:
    rule = "┌──────┬──────┬──────┐"
    rows = [
        "│项目　│年初预│执行数│\n│　　　│算数　│　　　│",
        "│基本支│300.00│318.20│\n│出　　│　　　│　　　│",
        "│合计　│300.00│318.20│",
    ]
    text = f"{CAPTION}\n{rule}\n" + f"\n{rule}\n".join(rows) + f"\n{rule}\n"
    assert cells(tables(lay_out(text))[0]) == [HEAD, ["基本支出", "300.00", "318.20"], ["合计", "300.00", "318.20"]]


def test_a_table_written_in_tags_within_a_text_is_a_table() -> None:
    head = '<tr><th rowspan="2">项目</th><th colspan="2">金额</th></tr>\n<tr><td>年初预算数</td><td>执行数</td></tr>'
    body = "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>\n" for row in BODY)
    layout = lay_out(f"{CAPTION}\n<table border=1><caption>表1</caption>{head}\n{body}</table>\n此后为说明。\n")
    found = tables(layout)
    assert cells(found[0]) == [["项目", "金额", "金额"], ["项目", "年初预算数", "执行数"], *BODY]
    assert paragraphs(layout)[-1] == "此后为说明。"


def test_a_cell_broken_over_two_lines_is_one_cell() -> None:
    layout = lay_out("项目\t预算数\t说明\n低保\t300\t按月\n足额发放\n孤儿\t20\t按月发放\n")
    assert cells(tables(layout)[0]) == [
        ["项目", "预算数", "说明"],
        ["低保", "300", "按月足额发放"],
        ["孤儿", "20", "按月发放"],
    ]


def test_prose_after_a_table_is_prose_again() -> None:
    layout = lay_out("项目\t预算数\n低保\t300\n\n全年发放低保金12万元。\n")
    assert [type(block) for block in layout.blocks] == [Table, Paragraph]


def test_a_merged_cell_of_a_group_speaks_for_the_rows_below_it() -> None:
    text = f"{CAPTION}\n项目\t年初预算数\t执行数\n基本支出\t300\n项目支出\t600.00\t612.00\n"
    assert fields(figures_of(text), "spending_type", "measure", "value") == [
        ("basic", "budget", 3_000_000),
        ("project", "budget", 6_000_000),
        ("project", "expenditure", 6_120_000),
    ]


@pytest.mark.parametrize(
    ("unit", "scale"), [("单位：元", 1), ("单位：万元", 10**4), ("（单位：亿元）", 10**8), ("金额单位：千元", 1000)]
)
def test_the_caption_carries_the_unit(unit: str, scale: int) -> None:
    found = figures_of(f"部门支出情况\n{unit}\n项目\t年初预算数\n基本支出\t12.5\n")
    assert [f.value for f in found] == [12.5 * scale]


def test_the_header_carries_the_unit_and_overrules_the_caption() -> None:
    found = figures_of("单位：元\n项目\t预算数（万元）\t保障人数（人）\n城市低保\t12.5\t30\n")
    assert fields(found, "measure", "value", "unit") == [("budget", 125_000, "CNY"), ("beneficiaries", 30, "person")]


def test_a_number_whose_unit_nothing_makes_certain_is_no_figure() -> None:
    assert figures_of("项目\t年初预算数\n基本支出\t12.5\n") == []


def test_an_empty_cell_and_a_dash_are_no_zero() -> None:
    found = figures_of("单位：万元\n项目\t年初预算数\t执行数\n基本支出\t\t12.5\n项目支出\t-\t—\n合计\t0\t12.5\n")
    assert fields(found, "measure", "spending_type", "value") == [
        ("expenditure", "basic", 125_000),
        ("budget", None, 0),
        ("expenditure", None, 125_000),
    ]


INDICATORS = (
    "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
    "产出指标\t数量指标\t低保对象人数\t≥2300人\t2310人\t10\t10\n"
    "\t质量指标\t资金发放准确率\t100%\t99.5%\t10\t9\n"
    "效益指标\t社会效益\t群众满意度\t≥95%\t96.5%\t10\t9\n"
    "总分\t\t\t\t\t100\t96.5\n"
)


def test_a_table_of_indicators_gives_targets_and_attained_values_but_no_weights() -> None:
    found = figures_of(INDICATORS)
    assert fields(found, "measure", "indicator", "value", "unit", "qualifier") == [
        ("indicator_target", "低保对象人数", 2300, "person", "at_least"),
        ("indicator_actual", "低保对象人数", 2310, "person", "exact"),
        ("indicator_target", "资金发放准确率", 100, "percent", "exact"),
        ("indicator_actual", "资金发放准确率", 99.5, "percent", "exact"),
        ("indicator_target", "群众满意度", 95, "percent", "at_least"),
        ("indicator_actual", "群众满意度", 96.5, "percent", "exact"),
        ("score", None, 96.5, "point", "exact"),
    ]
    assert found[0].row_label == "产出指标 / 数量指标 / 低保对象人数"
    assert found[0].column_header == "年度指标值"


def test_a_goal_in_words_leaves_the_row_without_a_target() -> None:
    found = figures_of(INDICATORS.replace("≥95%", "持续提升"))
    assert ("indicator_target", "群众满意度") not in fields(found, "measure", "indicator")
    assert ("indicator_actual", "群众满意度") in fields(found, "measure", "indicator")


def test_sources_of_money_and_the_rate_of_each() -> None:
    found = figures_of(
        "单位：万元\n资金来源\t全年预算数\t全年执行数\t执行率\n一般公共预算\t1000.5\t930.2\t92.97%\n政府性基金\t200\t180\t90%\n合计\t1200.5\t1110.2\t92.48%\n"
    )
    assert fields(found, "measure", "fund_source", "stage", "value") == [
        ("budget", "general_public_budget", "revised", 10_005_000),
        ("expenditure", "general_public_budget", "final", 9_302_000),
        ("execution_rate", "general_public_budget", "final", 92.97),
        ("budget", "government_fund", "revised", 2_000_000),
        ("expenditure", "government_fund", "final", 1_800_000),
        ("execution_rate", "government_fund", "final", 90),
        ("budget", None, "revised", 12_005_000),
        ("expenditure", None, "final", 11_102_000),
        ("execution_rate", None, "final", 92.48),
    ]


def test_standards_with_a_column_for_the_city_and_one_for_the_country() -> None:
    found = figures_of("单位：元/人·月\n类别\t城市\t农村\n低保标准\t780\t600\n特困供养标准\t1248\t960\n")
    assert fields(found, "measure", "programme", "residence", "value", "per") == [
        ("standard", "dibao", "urban", 780, "month"),
        ("standard", "dibao", "rural", 600, "month"),
        ("standard", "tekun", "urban", 1248, "month"),
        ("standard", "tekun", "rural", 960, "month"),
    ]


def test_a_column_for_each_year_gives_each_figure_its_year() -> None:
    found = figures_of(f"单位：万元\n项目\t{YEAR - 1}年决算数\t{YEAR}年决算数\n基本支出\t12.5\t13.5\n")
    assert fields(found, "measure", "fiscal_year", "value") == [
        ("expenditure", YEAR - 1, 125_000),
        ("expenditure", YEAR, 135_000),
    ]


# ------------------------------------------------------------------ what holds for any text

LINES = st.lists(
    st.text(st.sampled_from(list("项目金额预算一二(（）)1234567890.,，。\t|│ -—:：元万人%《》“”第页")), max_size=30),
    max_size=30,
)


@example("||")
@given(LINES.map("\n".join) | st.text(st.characters(), max_size=200))
def test_blocks_stand_in_order_and_every_character_at_its_offset(text: str) -> None:
    layout = lay_out(text)
    assert len(layout.folded) == len(text)
    for block in layout.blocks:
        flows = (
            [block.flow] if isinstance(block, Paragraph) else [cell.flow for row in block.rows for cell in row.cells]
        )
        for flow in flows:
            assert len(flow.text) == len(flow.offsets)
            assert all(left < right for left, right in pairwise(flow.offsets))
            for character, offset in zip(flow.text, flow.offsets, strict=True):
                assert character == layout.folded[offset] or (character == " " and layout.folded[offset].isspace())
    starts = [block.flow.offsets[0] if isinstance(block, Paragraph) else block.rows[0].start for block in layout.blocks]
    assert starts == sorted(starts)


@example("||0")
@given(LINES.map("\n".join))
def test_no_digit_is_lost_but_those_of_page_marks(text: str) -> None:
    layout = lay_out(text)
    kept: set[int] = set()
    for block in layout.blocks:
        for flow in [block.flow] if isinstance(block, Paragraph) else [c.flow for row in block.rows for c in row.cells]:
            kept.update(flow.offsets)
    position = 0
    for line in text.splitlines(keepends=True):
        content = line.strip().replace("—", "-")
        is_page_mark = not any(c not in "0123456789-/第共页,， \t" for c in content)
        if not is_page_mark:
            lost = [c for i, c in enumerate(line, position) if c.isdigit() and i not in kept]
            assert not lost, line
        position += len(line)


def test_lines_that_all_have_columns_are_rows_whatever_stands_in_them() -> None:
    """Codes before names, remarks that are sentences, rows of two parts: what a table of tabs holds, with wide gaps."""
    rows = [
        ["功能科目", "科目名称", "预算数", "执行数", "说明"],
        ["208", "社会保障和就业支出", "620.00", "618.40"],
        ["20810", "社会福利", "300.00", "298.10", "年底追加，未用完。"],
        ["2081001", "儿童福利", "120.00", "119.00"],
        ["备注", "按月填报，次月报送。"],
    ]
    text = "支出情况\n单位：万元\n" + "\n".join("    ".join(row) for row in rows) + "\n\n说明至此结束。\n"
    layout = lay_out(text)
    assert cells(tables(layout)[0]) == rows
    assert paragraphs(layout)[-1] == "说明至此结束。"


@pytest.mark.parametrize(
    "text",
    [
        "填表人：李  审核人：王  时间：6月\n联系电话：12  传真：34  邮编：56\n",
        "第一部分    部门概况    1\n第二部分    决算公开表    4\n第三部分    情况说明    9\n",
    ],
    ids=["signatures", "contents"],
)
def test_wide_gaps_alone_make_no_money(text: str) -> None:
    assert not [f for f in figures_of(text) if f.unit == "CNY"]


def test_pipes_without_borders_part_cells_of_which_the_first_may_be_empty() -> None:
    text = (
        "一级指标 | 三级指标 | 指标值 | 实际值 | 备注\n"
        "--- | --- | --- | --- | ---\n"
        "产出指标 | 救助人次 | 90人次 | 96人次 |\n"
        " | 巡访户数 | 40户 | 38户 | 两户外出\n"
    )
    assert cells(tables(lay_out(text))[0]) == [
        ["一级指标", "三级指标", "指标值", "实际值", "备注"],
        ["产出指标", "救助人次", "90人次", "96人次", ""],
        ["", "巡访户数", "40户", "38户", "两户外出"],
    ]


def test_a_line_of_links_parted_by_pipes_is_no_table() -> None:
    assert not tables(lay_out("首页 | 政务公开 | 办事服务\n云渡县民政局2023年度工作总结\n全年救助12人。\n"))


@pytest.mark.parametrize("part", ["", "\n"])
def test_what_a_converter_left_of_a_table_of_a_page_is_one_again(part: str) -> None:
    rows = [["项目", "年初预算数", "执行数"], ["基本支出", "", "318.20"], ["项目支出", "600.00", "612.00"]]
    text = "\n".join(
        f"<tr>{part}" + part.join(f'<td style="width:9em">{cell}</td>' for cell in row) + f"{part}</tr>" for row in rows
    )
    layout = lay_out(f"<table>\n{text}\n</table>\n")
    assert cells(tables(layout)[0]) == rows


def test_a_row_that_a_line_s_end_in_a_cell_broke_is_whole_again() -> None:
    text = (
        "序号\t项目名称\t预算数\t执行数\n1\t临时救助\t20.00\t18.40\n2\t困难残疾人\n生活补贴\t66.00\t65.20\n"
        "3\t高龄津贴\t30.00\t30.00\n4\t孤儿基本生活费\t12.00\t11.80\n"
    )
    table = tables(lay_out(f"单位：万元\n{text}"))[0]
    assert cells(table)[2] == ["2", "困难残疾人生活补贴", "66.00", "65.20"]


def test_short_rows_of_a_form_are_not_put_together() -> None:
    text = (
        "项目属性\t新增项目\t起止时间\t全年各月\n预算金额\t年度总额\t36.00\n"
        "一级指标\t二级指标\t三级指标\t性质\t指标值\t单位\n产出指标\t数量指标\t救助人数\t≥\t30\t人\n"
        "产出指标\t数量指标\t巡访户数\t≥\t40\t户\n产出指标\t质量指标\t准确率\t≥\t98\t%\n"
    )
    assert [len(row) for row in cells(tables(lay_out(text))[0])][:2] == [4, 3]


def test_rows_of_words_as_short_as_the_rows_of_numbers_place_no_head() -> None:
    text = (
        "项目      年初预算    全年预算    决算    结余\n"
        "合计      120.50    118.20    110.30    7.90\n"
        "特困供养      见附件      见附件\n"
        "低保      86.40    80.10\n"
        "孤儿      24.10    22.20\n"
    )
    table = tables(lay_out(text))[0]
    assert [len(row) for row in cells(table)] == [5, 5, 3, 3, 3]


def test_heads_that_lost_their_empty_cells_stand_above_their_numbers() -> None:
    text = (
        "表1 最低生活保障标准对照表\n"
        "地区类别    城市低保（元/人·月）    农村低保（元/人·年）\n"
        "调整前    调整后    调整前    调整后\n"
        "甲类地区    700    735    6000    6300\n"
        "乙类地区    660    690    5700    6000\n"
    )
    found = figures_of(text, f"云渡市{YEAR}年最低生活保障标准的通知")
    assert fields(found, "measure", "programme", "residence", "value")[:4] == [
        ("standard", "dibao", "urban", 700),
        ("standard", "dibao", "urban", 735),
        ("standard", "dibao", "rural", 6000),
        ("standard", "dibao", "rural", 6300),
    ]


def test_a_single_row_of_numbers_below_its_head_is_a_row() -> None:
    text = (
        "财政拨款“三公”经费支出决算表\n单位：万元\n"
        "预算数    决算数\n"
        "合计    公务用车购置及运行维护费    公务接待费    合计    公务用车购置及运行维护费    公务接待费\n"
        "30.00    24.00    6.00    21.50    18.20    3.30\n"
    )
    found = figures_of(text, f"云渡市民政局{YEAR}年度部门决算")
    assert fields(found, "measure", "value")[:6:5] == [("budget", 300_000), ("expenditure", 33_000)]


@pytest.mark.parametrize("mark", ["·3·", "—3—", "- 3 -", "~3~", "第3页"])
def test_a_table_goes_on_over_the_mark_of_a_page(mark: str) -> None:
    layout = lay_out(f"|项目|预算数|\n|低保|300.00|\n\n{mark}\n|孤儿|20.00|\n")
    assert cells(tables(layout)[0]) == [["项目", "预算数"], ["低保", "300.00"], ["孤儿", "20.00"]]


def test_grades_in_a_list_at_the_beginning_of_a_line_are_no_heading() -> None:
    lines = [
        "全年向农村低保中的老年人、未成年人以及患有重病的共三档，也就是",
        "一、二、三档对象另外发放生活补助，",
        "标准由县里确定。",
    ]
    assert len(paragraphs(lay_out("\n".join(lines * 4)))) == 4


FULL_LINE = "各镇街道安排干部按月入户走访并且如实记录帮扶台账逐条对照整改"


def test_a_line_of_full_width_digits_is_as_wide_as_it_is_printed() -> None:
    counted = "重点户２１８４５户、监测户６０３０户、脱贫户１２０４户以及其他"
    assert len(counted) >= len(FULL_LINE)
    broken = [*[FULL_LINE] * 8, counted, "边缘户６户。"]
    assert len(paragraphs(lay_out("\n\n".join(broken * 2)))) == 2


def test_a_bracket_still_open_at_the_end_of_a_line_goes_on() -> None:
    table = "\n".join("   ".join(row) for row in [HEAD, *BODY])
    text = "\n".join([*[FULL_LINE] * 8, "各类项目安排及支付情况见下表（单位：", "万元）：", table])
    layout = lay_out(text)
    assert paragraphs(layout)[0].endswith("见下表(单位:万元):")
    assert "单位:万元" in tables(layout)[0].caption


def test_a_unit_alone_on_its_line_belongs_to_the_head_above_it() -> None:
    lines = "重点项目\n全年预算\n（万元）\n全年支出\n（万元）\n执行率\n高龄津贴\n120.00\n118.00\n98.33%\n临时救助\n60.00\n57.00\n95.00%"
    for text in (lines, lines.replace("\n", "\n\n")):
        assert cells(tables(lay_out(text))[0])[:2] == [
            ["重点项目", "全年预算(万元)", "全年支出(万元)", "执行率"],
            ["高龄津贴", "120.00", "118.00", "98.33%"],
        ]


ALIGNED = """\
序号  对象              家庭（户）   人数（人）   发放金额（万元）
1     城市低保          1,206        1,983        1,072.50
2     农村低保            835        1,412          518.66
3     孤儿                              38           42.70
4     低保边缘家庭        106          288
合计                    2,147        3,721        1,633.86
"""


def test_cells_of_a_row_that_lost_some_stand_where_they_are_printed() -> None:
    found = cells(tables(lay_out(ALIGNED))[0])
    assert found[3:] == [
        ["3", "孤儿", "", "38", "42.70"],
        ["4", "低保边缘家庭", "106", "288", ""],
        ["", "合计", "2,147", "3,721", "1,633.86"],
    ]


def test_a_cell_between_two_columns_leaves_its_row_as_it_was() -> None:
    shifted = ALIGNED.replace(
        "                              38           42.70", "                     38            42.70"
    )
    found = cells(tables(lay_out(shifted))[0])
    assert found[3] == ["3", "孤儿", "38", "42.70"]


@pytest.mark.parametrize(
    "title", ["表2    “三公”经费及会议费                单位：元", "“三公”经费及会议费                单位：元"]
)
@pytest.mark.parametrize("sign", ["    ", "\t"])
def test_the_title_between_two_tables_opens_the_second_with_its_unit(title: str, sign: str) -> None:
    rows = ["项目  年初预算  实际支出", "基本支出  412.60  410.20", "项目支出  318.00  306.40"]
    more = ["项目  年初预算数  决算数", "公务接待费  26,000.00  18,412.00", "会议费  9,000.00  6,480.00"]
    lines = ["表1    支出情况表                单位：万元", *rows, title, *more]
    found = figures_of("\n".join(line if "单位" in line else line.replace("  ", sign) for line in lines))
    assert [figure.value for figure in found] == [
        4_126_000, 4_102_000, 3_180_000, 3_064_000,
        26_000, 18_412, 9_000, 6_480,
    ]  # fmt: skip
