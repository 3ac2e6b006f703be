"""Tables of benefits, standards, goals and projects in the shapes that bureaus give them; all of them invented."""

from __future__ import annotations

import pytest
from small_reports import YEAR, fields, figures_of

BUDGET_TITLE = f"云渡县民政局{YEAR}年部门预算公开"


def test_columns_for_earlier_years_hold_attained_values_and_the_coming_year_a_target() -> None:
    found = figures_of(
        "一级指标\t二级指标\t三级指标\t前年\t上年\t预计当年实现\t指标值确定依据\n"
        "产出指标\t数量指标\t新增护理型床位\t26张\t38张\t40张\t发展规划\n",
        BUDGET_TITLE,
    )
    assert fields(found, "measure", "value", "fiscal_year") == [
        ("indicator_actual", 26, YEAR - 2),
        ("indicator_actual", 38, YEAR - 1),
        ("indicator_target", 40, YEAR),
    ]


PAID = [
    ("beneficiaries", "dibao", "urban", 812, "person"),
    ("benefit_paid", "dibao", "urban", 5_206_000, "CNY"),
    ("beneficiaries", "dibao", "rural", 1498, "person"),
    ("benefit_paid", "dibao", "rural", 14_332_500, "CNY"),
]


@pytest.mark.parametrize("head", ["全年支出(万元)", "金额(万元)", "支出金额(万元)", "发放金额(万元)"])
def test_money_beside_people_is_what_was_paid_to_them(head: str) -> None:
    found = figures_of(f"项目\t年末人数(人)\t{head}\n城市低保\t812\t520.60\n农村低保\t1,498\t1,433.25\n")
    assert fields(found, "measure", "programme", "residence", "value", "unit") == PAID


def test_money_beside_people_under_a_budget_stays_the_department_s() -> None:
    found = figures_of(
        "单位：万元\n项目\t保障人数(人)\t全年预算数\t执行数\t执行率\n城市低保\t812\t530.00\t520.60\t98.23%\n"
    )
    assert fields(found, "measure") == [("beneficiaries",), ("budget",), ("expenditure",), ("execution_rate",)]


def test_the_unit_of_a_standard_in_a_column_of_its_own_gives_its_period() -> None:
    found = figures_of(
        f"序号\t保障类别\t计量单位\t{YEAR - 1}年标准\t{YEAR}年标准\n"
        "1\t城市低保\t元/人·月\t705\t728\n2\t农村低保\t元/人·年\t6480\t7080\n3\t集中养育孤儿\t元/人·月\t1450\t1550\n"
    )
    assert fields(found, "programme", "residence", "care", "value", "per", "fiscal_year") == [
        ("dibao", "urban", None, 705, "month", YEAR - 1),
        ("dibao", "urban", None, 728, "month", YEAR),
        ("dibao", "rural", None, 6480, "year", YEAR - 1),
        ("dibao", "rural", None, 7080, "year", YEAR),
        ("orphan", None, "institutional", 1450, "month", YEAR - 1),
        ("orphan", None, "institutional", 1550, "month", YEAR),
    ]


def test_heads_that_name_lines_of_the_accounts_share_the_amount_before_them() -> None:
    found = figures_of(
        "一般公共预算“三公”经费支出表\n单位：元\n预算数合计\t因公出国（境）费\t公务用车购置费\t公务用车运行费\t公务接待费\n"
        "86,000\t0\t0\t52,000\t34,000\n",
        BUDGET_TITLE,
    )
    assert fields(found, "measure", "item", "value") == [
        ("budget", "三公经费", 86_000),
        ("budget", "因公出国（境）费", 0),
        ("budget", "公务用车购置费", 0),
        ("budget", "公务用车运行维护费", 52_000),
        ("budget", "公务接待费", 34_000),
    ]


def test_tasks_with_their_level_and_approved_money_are_projects() -> None:
    found = figures_of(
        "部门年度目标（资金单位：万元）\n任务名称\t项目级次\t主要内容\t批复金额（总额）\t其中：财政拨款\t其他资金\t实际支出金额\t预算执行率\n"
        "临时救助\t本级\t救急解难\t280.00\t260.00\t20.00\t264.73\t94.55%\n"
    )
    assert fields(found, "measure", "programme", "fund_source", "spending_type", "stage", "value") == [
        ("budget", "temporary_relief", None, "project", "initial", 2_800_000),
        ("budget", "temporary_relief", "fiscal_appropriation", "project", "initial", 2_600_000),
        ("budget", "temporary_relief", "other", "project", "initial", 200_000),
        ("expenditure", "temporary_relief", None, "project", "final", 2_647_300),
        ("execution_rate", "temporary_relief", None, "project", "final", 94.55),
    ]


def test_kinds_of_projects_in_a_budget_are_types_of_spending() -> None:
    found = figures_of(
        "收支总表\n单位：万元\n收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n一、一般公共预算拨款收入\t863.47\t一、人员类项目支出\t652.18\n"
        "二、政府性基金预算拨款收入\t50.00\t二、公用经费项目支出\t98.62\n\t\t三、特定目标类项目支出\t162.67\n",
        BUDGET_TITLE,
    )
    assert fields(found, "measure", "fund_source", "spending_type", "stage", "value") == [
        ("income", "general_public_budget", None, "initial", 8_634_700),
        ("budget", None, "personnel", None, 6_521_800),
        ("income", "government_fund", None, "initial", 500_000),
        ("budget", None, "operating", None, 986_200),
        ("budget", None, "project", None, 1_626_700),
    ]
