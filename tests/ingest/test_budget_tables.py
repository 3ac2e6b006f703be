"""The tables of a department's budget (部门预算公开表), the other half of the final accounts, in every shape of a table."""

from __future__ import annotations

import pytest
from account_tables import ABOVE, LEFT, SHAPES, Grid

from ingest.figures import extract_figures

TITLE = "云渡县交通运输局2023年部门预算公开"
GENERAL, FUND = "general_public_budget", "government_fund"
# (measure, stage, fund_source, spending_type, fiscal_year, item, value in 万元)
Row = tuple[str, str | None, str | None, str | None, int, str | None, float]
L, A = LEFT, ABOVE

TABLES: dict[str, tuple[str, Grid, list[Row]]] = {
    "whole": (
        "部门收支总表\n部门公开表1\u3000单位：万元",
        [
            ["收入", L, "支出", L],
            ["项目", "预算数", "项目", "预算数"],
            ["一、一般公共预算拨款收入", "812.50", "一、社会保障和就业支出", "110.20"],
            ["二、政府性基金预算拨款收入", "64.00", "二、交通运输支出", "790.60"],
            ["三、财政专户管理资金收入", "", "", ""],
            ["四、事业收入", "21.30", "", ""],
            ["本年收入合计", "897.80", "本年支出合计", "900.80"],
            ["上年结转结余", "3.00", "年终结转结余", "0.00"],
            ["收入总计", "900.80", "支出总计", "900.80"],
        ],
        [
            ("income", "initial", GENERAL, None, 2023, None, 812.5),
            ("budget", None, None, None, 2023, "社会保障和就业支出", 110.2),
            ("income", "initial", FUND, None, 2023, None, 64.0),
            ("budget", None, None, None, 2023, "交通运输支出", 790.6),
            ("income", "initial", None, None, 2023, "事业收入", 21.3),
            ("income", "initial", None, None, 2023, None, 897.8),
            ("budget", None, None, None, 2023, None, 900.8),
            ("carryover", None, None, None, 2022, None, 3.0),
            ("carryover", None, None, None, 2023, None, 0.0),
            ("income", "initial", None, None, 2023, None, 900.8),
            ("budget", None, None, None, 2023, None, 900.8),
        ],
    ),
    "income": (
        "部门收入总表\n部门公开表2\u3000单位：万元",
        [
            ["科目", L, "合计", "上年结转", "一般公共预算拨款收入", "政府性基金预算拨款收入", "财政专户管理资金收入", "事业收入", "其他收入"],
            ["科目编码", "科目名称", A, A, A, A, A, A, A],
            ["合计", L, "900.80", "3.00", "812.50", "64.00", "", "21.30", ""],
            ["214", "交通运输支出", "790.60", "3.00", "702.30", "64.00", "", "21.30", ""],
        ],
        [
            ("income", "initial", None, None, 2023, None, 900.8),
            ("carryover", None, None, None, 2022, None, 3.0),
            ("income", "initial", GENERAL, None, 2023, None, 812.5),
            ("income", "initial", FUND, None, 2023, None, 64.0),
            ("income", "initial", None, None, 2023, "事业收入", 21.3),
            ("income", "initial", None, None, 2023, "交通运输支出", 790.6),
            ("carryover", None, None, None, 2022, "交通运输支出", 3.0),
            ("income", "initial", GENERAL, None, 2023, "交通运输支出", 702.3),
            ("income", "initial", FUND, None, 2023, "交通运输支出", 64.0),
            ("income", "initial", None, None, 2023, "交通运输支出/事业收入", 21.3),
        ],
    ),
    "expenditure": (
        "部门支出总表\n部门公开表3\u3000单位：万元",
        [
            ["科目编码", "科目名称", "合计", "基本支出", "项目支出", "上缴上级支出"],
            ["合计", L, "900.80", "310.20", "590.60", ""],
            ["21401", "公路水路运输", "790.60", "200.00", "590.60", ""],
        ],
        [
            ("expenditure", "initial", None, None, 2023, None, 900.8),
            ("expenditure", "initial", None, "basic", 2023, None, 310.2),
            ("expenditure", "initial", None, "project", 2023, None, 590.6),
            ("expenditure", "initial", None, None, 2023, "公路水路运输", 790.6),
            ("expenditure", "initial", None, "basic", 2023, "公路水路运输", 200.0),
            ("expenditure", "initial", None, "project", 2023, "公路水路运输", 590.6),
        ],
    ),
    "general budget": (
        "一般公共预算支出表\n部门公开表5\u3000单位：万元",
        [
            ["功能分类科目", L, "2022年执行数", "2023年预算数", L, L, "2023年预算数比2022年执行数", L],
            ["科目编码", "科目名称", A, "小计", "基本支出", "项目支出", "增减额", "增减%"],
            ["合计", L, "800.10", "815.50", "310.20", "505.30", "15.40", "1.92"],
            ["2140101", "行政运行", "190.00", "200.00", "200.00", "", "10.00", "5.26"],
        ],
        [
            ("expenditure", "final", GENERAL, None, 2022, None, 800.1),
            ("budget", None, GENERAL, None, 2023, None, 815.5),
            ("budget", None, GENERAL, "basic", 2023, None, 310.2),
            ("budget", None, GENERAL, "project", 2023, None, 505.3),
            ("expenditure", "final", GENERAL, None, 2022, "行政运行", 190.0),
            ("budget", None, GENERAL, None, 2023, "行政运行", 200.0),
            ("budget", None, GENERAL, "basic", 2023, "行政运行", 200.0),
        ],
    ),
    "basic": (
        "一般公共预算基本支出表\n部门公开表6\u3000单位：万元",
        [
            ["部门预算支出经济分类科目", L, "2023年基本支出", L, L],
            ["科目编码", "科目名称", "合计", "人员经费", "公用经费"],
            ["合计", L, "310.20", "270.10", "40.10"],
            ["301", "工资福利支出", "260.00", "260.00", ""],
            ["30201", "办公费", "8.40", "", "8.40"],
        ],
        [
            ("expenditure", "initial", GENERAL, "basic", 2023, None, 310.2),
            ("expenditure", "initial", GENERAL, "personnel", 2023, None, 270.1),
            ("expenditure", "initial", GENERAL, "operating", 2023, None, 40.1),
            ("expenditure", "initial", GENERAL, "basic", 2023, "工资福利支出", 260.0),
            ("expenditure", "initial", GENERAL, "personnel", 2023, "工资福利支出", 260.0),
            ("expenditure", "initial", GENERAL, "basic", 2023, "办公费", 8.4),
            ("expenditure", "initial", GENERAL, "operating", 2023, "办公费", 8.4),
        ],
    ),
    "three public": (
        "一般公共预算“三公”经费支出表\n部门公开表8\u3000单位：万元",
        [
            ["2022年预算数", L, L, L, L, L, "2023年预算数", L, L, L, L, L],
            ["合计", "因公出国（境）费", "公务用车购置及运行费", L, L, "公务接待费", "合计", "因公出国（境）费", "公务用车购置及运行费", L, L, "公务接待费"],
            [A, A, "小计", "公务用车购置费", "公务用车运行费", A, A, A, "小计", "公务用车购置费", "公务用车运行费", A],
            ["28.00", "0.00", "21.00", "0.00", "21.00", "7.00", "26.00", "0.00", "20.00", "0.00", "20.00", "6.00"],
        ],
        [
            ("budget", None, GENERAL, None, 2022, "三公经费", 28.0),
            ("budget", None, GENERAL, None, 2022, "因公出国（境）费", 0.0),
            ("budget", None, GENERAL, None, 2022, "公务用车购置及运行维护费", 21.0),
            ("budget", None, GENERAL, None, 2022, "公务用车购置费", 0.0),
            ("budget", None, GENERAL, None, 2022, "公务用车运行维护费", 21.0),
            ("budget", None, GENERAL, None, 2022, "公务接待费", 7.0),
            ("budget", None, GENERAL, None, 2023, "三公经费", 26.0),
            ("budget", None, GENERAL, None, 2023, "因公出国（境）费", 0.0),
            ("budget", None, GENERAL, None, 2023, "公务用车购置及运行维护费", 20.0),
            ("budget", None, GENERAL, None, 2023, "公务用车购置费", 0.0),
            ("budget", None, GENERAL, None, 2023, "公务用车运行维护费", 20.0),
            ("budget", None, GENERAL, None, 2023, "公务接待费", 6.0),
        ],
    ),
    "government fund": (
        "政府性基金预算支出表\n部门公开表7\u3000单位：万元",
        [
            ["科目编码", "科目名称", "本年政府性基金预算支出", L, L],
            [A, A, "合计", "基本支出", "项目支出"],
            ["212", "城乡社区支出", "64.00", "", "64.00"],
        ],
        [
            ("expenditure", "initial", FUND, None, 2023, "城乡社区支出", 64.0),
            ("expenditure", "initial", FUND, "project", 2023, "城乡社区支出", 64.0),
        ],
    ),
}  # fmt: skip
# One cell a line, cells that left no trace are lost with the columns of their row; what is read all the same is right.
MAY_LOSE = ("one cell a line", "with gaps")


def rows_read(name: str, shape: str) -> list[Row]:
    caption, grid, _ = TABLES[name]
    return [
        (f.measure, f.stage, f.fund_source, f.spending_type, f.fiscal_year, f.item, round(f.value / 10_000, 2))
        for f in extract_figures(SHAPES[shape](grid, caption, TITLE))
    ]


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape not in MAY_LOSE])
@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_a_budget_says_the_same_in_every_shape(name: str, shape: str) -> None:
    assert rows_read(name, shape) == TABLES[name][2]


@pytest.mark.parametrize("shape", MAY_LOSE)
@pytest.mark.parametrize("name", TABLES)
def test_one_cell_a_line_nothing_of_a_budget_is_read_wrong(name: str, shape: str) -> None:
    remaining = iter(TABLES[name][2])
    assert all(row in remaining for row in rows_read(name, shape))


@pytest.mark.parametrize("shape", MAY_LOSE)
@pytest.mark.parametrize("name", ["whole", "three public"])
def test_tables_that_lose_nothing_certain_are_read_one_cell_a_line(name: str, shape: str) -> None:
    assert rows_read(name, shape) == TABLES[name][2]
