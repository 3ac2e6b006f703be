"""Tables of counts: by place, by year, with the unit in the head or in the cell, printed in columns of spaces; all invented."""

from __future__ import annotations

import pytest
from small_reports import YEAR, fields, figures_of

WHAT = "measure", "programme", "value", "unit"


def test_a_unit_in_the_head_counts_things_though_money_stands_beside_them() -> None:
    found = figures_of(
        "乡镇\t新建公益性公墓（处）\t火化量（具）\t拨付资金（万元）\n云东镇\t2\t1,206\t115.40\n云西乡\t1\t870\t92.30\n"
    )
    assert fields(found, "measure", "programme", "residence", "value")[:2] == [
        ("facilities", "funeral", None, 2),
        ("cases", "funeral", None, 1206),
    ]
    assert [f.value for f in found] == [2, 1206, 1_154_000, 1, 870, 923_000]


def test_the_row_names_what_a_quantity_with_its_own_unit_counts() -> None:
    found = figures_of(
        "支出内容\t实施数量\t支出金额（万元）\n基本殡葬服务费免除\t814例\t87.11\n农村公益性公墓建设\t11处\t742.50\n"
    )
    assert fields(found, *WHAT)[::2] == [("cases", "funeral", 814, "case"), ("facilities", "funeral", 11, "facility")]


def test_a_part_is_of_the_kind_that_the_row_above_names() -> None:
    found = figures_of(f"项目\t{YEAR - 1}年底\t{YEAR}年底\n养老机构（家）\t64\t71\n其中：公办（家）\t13\t15\n")
    assert fields(found, *WHAT, "fiscal_year") == [
        ("facilities", "elder_care", 64, "facility", YEAR - 1),
        ("facilities", "elder_care", 71, "facility", YEAR),
        ("facilities", "elder_care", 13, "facility", YEAR - 1),
        ("facilities", "elder_care", 15, "facility", YEAR),
    ]


def test_years_begin_the_rows_of_a_table_printed_in_columns_of_spaces() -> None:
    found = figures_of(
        "表2 近三年救助情况\n"
        "年度    临时救助（人次）  特困人员（人）  资金支出（万元）\n"
        f"{YEAR - 1}年  4,936  4,105  1,380.26\n"
        f"{YEAR}年  5,402  4,021  1,618.90\n",
        f"云渡区{YEAR}年度临时救助和特困人员救助供养专项资金绩效评价报告",
    )
    assert fields(found, "measure", "programme", "value", "fiscal_year") == [
        ("beneficiaries", "temporary_relief", 4936, YEAR - 1),
        ("beneficiaries", "tekun", 4105, YEAR - 1),
        ("expenditure", "temporary_relief", 13_802_600, YEAR - 1),
        ("beneficiaries", "temporary_relief", 5402, YEAR),
        ("beneficiaries", "tekun", 4021, YEAR),
        ("expenditure", "temporary_relief", 16_189_000, YEAR),
    ]


@pytest.mark.parametrize("head", ["项目", "项  目", "项    目"])
def test_a_spread_head_and_a_label_as_wide_as_its_column_stay_one_cell_each(head: str) -> None:
    found = figures_of(
        "收入支出决算总表\n单位：元\n"
        f"{head}                    决算数            {head}                   决算数\n"
        "一、一般公共预算财政拨款收入  1,286,520.37    一、社会保障和就业支出   917,406.18\n"
        "二、其他收入                  86,350.25       二、灾害防治及应急管理支出 446,804.19\n"
        "本年收入合计                  1,372,870.62    本年支出合计           1,364,210.37\n"
        "总  计                        1,372,870.62    总  计               1,372,870.62\n",
        f"云渡区应急管理局{YEAR}年度部门决算",
    )
    assert fields(found, "measure", "value") == [
        ("income", 1_286_520.37),
        ("expenditure", 917_406.18),
        ("income", 86_350.25),
        ("expenditure", 446_804.19),
        ("income", 1_372_870.62),
        ("expenditure", 1_364_210.37),
        ("income", 1_372_870.62),
        ("expenditure", 1_372_870.62),
    ]


def test_sources_after_其中_are_parts_of_the_same_whole() -> None:
    found = figures_of(
        "资金类别（万元）\t年初预算数\t实际支出\t执行率（%）\n基本支出\t100.00\t98.00\t98.00\n项目支出\t310.00\t300.00\t96.77\n"
        "其中：一般公共预算\t290.00\t285.00\t98.28\n政府性基金\t20.00\t15.00\t75.00\n合计\t410.00\t398.00\t97.07\n"
    )
    assert [f.spending_type for f in found] == ["basic"] * 3 + ["project"] * 9 + [None] * 3


def test_a_total_out_of_fewer_points_than_a_hundred_is_no_score_of_the_whole() -> None:
    table = "三级指标\t年度指标值\t实际完成值\t分值\t得分\n救助人次\t≥80人次\t85人次\t{0}\t{1}\n合计\t\t\t{0}\t{1}\n"
    assert [f.value for f in figures_of(table.format(90, "88.7")) if f.measure == "score"] == []
    assert [f.value for f in figures_of(table.format(100, "98.7")) if f.measure == "score"] == [98.7]


def test_lines_that_with_basic_spending_make_the_sum_are_projects() -> None:
    head = "序号\t项 目\t预算数（调整后）\t决算数\t执行率(%)\n"
    rows = "1\t基本支出\t100.00\t98.00\t98.00\n2\t信息化建设\t50.00\t40.00\t80.00\n3\t设施维护\t{0}\t20.00\t80.00\n"
    total = "\t合 计\t175.00\t158.00\t90.29\n"
    found = figures_of(f"金额单位：万元\n{head}{rows.format('25.00')}{total}")
    assert {f.stage for f in found if f.measure == "budget"} == {"revised"}
    assert [f.spending_type for f in found] == ["basic"] * 3 + ["project"] * 6 + [None] * 3
    does_not_add_up = figures_of(f"金额单位：万元\n{head}{rows.format('24.00')}{total}")
    assert "project" not in {f.spending_type for f in does_not_add_up}


def test_the_name_of_a_class_of_spending_is_no_programme() -> None:
    found = figures_of("单位：万元\n收入\t决算数\t支出\t决算数\n一、财政拨款收入\t10.00\t一、城乡社区支出\t9.00\n")
    assert fields(found, "measure", "programme") == [("income", None), ("expenditure", None)]
