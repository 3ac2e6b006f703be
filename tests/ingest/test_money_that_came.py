"""Money that arrived, was arranged, or was left: what the words after an amount, or above its table, make of it."""

from __future__ import annotations

import pytest
from small_reports import YEAR, figures_of

PROJECT_TITLE = f"云渡县民政局{YEAR}年度财政支出项目绩效自评报告"


def money(body: str, **keywords: str) -> list[tuple[str, str | None, float]]:
    return [(f.measure, f.programme, f.value) for f in figures_of(body, **keywords) if f.unit == "CNY"]


def test_money_of_levels_above_that_arrived_one_after_another_is_income() -> None:
    found = money("当年中央财政困难群众救助补助资金610万元、省级补助95.5万元、州级补助21万元先后到位，县级配套48万元。")
    assert found == [
        ("income", "social_assistance", 6_100_000),
        ("income", "social_assistance", 955_000),
        ("income", "social_assistance", 210_000),
        ("budget", "social_assistance", 480_000),
    ]


@pytest.mark.parametrize(
    "sentence",
    ["未执行部分118.2万元按规定结转下年。", "剩余118.2万元由财政收回统筹。", "未支付资金118.2万元按规定结转。"],
)
def test_what_was_not_spent_is_a_balance(sentence: str) -> None:
    assert money(sentence) == [("carryover", None, 1_182_000)]


def test_money_planned_right_after_a_named_line_is_of_a_project() -> None:
    found = figures_of("本级安排养老服务专项760万元，其中适老化改造95万元。")
    assert [(f.measure, f.programme, f.spending_type) for f in found] == [
        ("budget", "elder_care", "project"),
        ("budget", "home_adaptation", "project"),
    ]


ARRANGED = (
    "表1 {}（单位：万元）\n用途\t中央资金\t省级资金\t县级资金\t合计\n"
    "城市低保\t310.20\t55.00\t40.00\t405.20\n临时救助\t98.00\t12.00\t9.50\t119.50\n合计\t408.20\t67.00\t49.50\t524.70\n"
)


def test_amounts_of_a_table_of_arranged_money_are_budgets() -> None:
    assert {f.measure for f in figures_of(ARRANGED.format("救助资金预算安排表"))} == {"budget"}


def test_amounts_of_a_table_of_spending_are_not() -> None:
    assert "budget" not in {f.measure for f in figures_of(ARRANGED.format("救助资金支出情况表"))}


def test_the_project_that_the_head_of_a_report_names_is_that_of_its_money() -> None:
    found = figures_of(
        "项目名称：困难群众救助补助资金\n项目单位：云渡县民政局\n\n"
        "一、资金情况\n\n项目预算批复812万元，实际支出800万元，预算执行率98.52%。",
        title=PROJECT_TITLE,
    )
    assert [(f.measure, f.programme) for f in found] == [
        ("budget", "social_assistance"),
        ("expenditure", "social_assistance"),
        ("execution_rate", "social_assistance"),
    ]


def test_two_projects_named_in_the_head_are_none_of_the_reports() -> None:
    found = figures_of(
        "项目名称：高龄津贴\n\n项目名称：临时救助\n\n一、资金情况\n\n全部项目预算执行率98.52%。", title=PROJECT_TITLE
    )
    assert [f.programme for f in found] == [None]


def test_amounts_beside_heads_of_a_side_are_of_that_side() -> None:
    found = figures_of(
        "金额单位：万元\n年度预算\t收入预算\t金额\t支出预算\t金额\n"
        "\t一般公共预算拨款\t382.60\t基本支出\t141.25\n\t单位其他收入\t10.50\t项目支出\t251.85\n",
        title=f"云渡县民政局{YEAR}年部门整体支出绩效目标批复表",
    )
    assert [(f.measure, f.value) for f in found] == [
        ("income", 3_826_000),
        ("expenditure", 1_412_500),
        ("income", 105_000),
        ("expenditure", 2_518_500),
    ]


def test_a_share_of_the_budget_after_the_final_account_is_the_rate_of_execution() -> None:
    found = figures_of("“三公”经费决算7.5万元，占年初预算10万元的75%。")
    assert [f.measure for f in found] == ["expenditure", "budget", "execution_rate"]


@pytest.mark.parametrize("ordinal", ["", "4.", "2、", "3)"])
def test_the_nations_standard_in_a_note_is_not_the_places(ordinal: str) -> None:
    assert figures_of(f"{ordinal}全国城市低保平均标准为每人每月756元，农村为每人每年7,120元。") == []


def test_the_places_own_standard_after_the_nations_is_read() -> None:
    found = figures_of("全国城市低保平均标准为每人每月756元，我县为每人每月690元。")
    assert [f.value for f in found] == [690]


@pytest.mark.parametrize("heads", ["收入\t收入决算数\t支出\t支出决算数", "项目\t收入决算数\t项目\t支出决算数"])
def test_heads_that_say_of_which_side_their_amounts_are(heads: str) -> None:
    found = figures_of(
        f"单位：万元\n{heads}\n一、财政拨款收入\t95.40\t一、社会保障和就业支出\t88.10\n"
        "二、其他收入\t2.60\t二、卫生健康支出\t9.90\n本年收入合计\t98.00\t本年支出合计\t98.00\n",
        title=f"云渡县民政局{YEAR}年度部门决算公开",
    )
    assert [f.measure for f in found] == ["income", "expenditure"] * 3
    assert {f.stage for f in found} == {"final"}


def test_what_is_carried_on_for_use_next_year_is_a_balance() -> None:
    assert money("年末结转下年使用资金86.4万元。") == [("carryover", None, 864_000)]


def test_lines_of_each_side_beside_budgeted_amounts() -> None:
    found = figures_of(
        "金额单位：万元\n收入来源\t预算金额\t支出构成\t预算金额\n"
        "一般公共预算拨款\t431.20\t基本支出\t120.75\n其他收入\t8.10\t项目支出\t318.55\n合计\t439.30\t合计\t439.30\n",
        title=f"云渡县民政局{YEAR}年部门整体支出绩效目标申报表",
    )
    assert [f.measure for f in found] == ["income", "budget"] * 3
    assert [f.spending_type for f in found] == [None, "basic", None, "project", None, None]


def test_help_paid_is_help_also_where_a_notice_of_standards_speaks_of_its_funding() -> None:
    found = money(
        "一、低保标准\n\n城市低保标准为每人每月690元。\n\n二、资金保障\n\n上年全县累计支出救助资金2,310万元，其中低保资金1,420万元、临时救助资金88万元。",
        title=f"云渡县民政局关于调整{YEAR}年社会救助标准的通知",
    )
    assert [measure for measure, *_ in found[1:]] == ["benefit_paid"] * 3


def test_amounts_that_nothing_tells_from_income_or_spending_are_not_sure() -> None:
    table = "表1 救助资金{}（单位：万元）\n用途\t中央资金\t省级资金\n城市低保\t310.20\t55.00\n临时救助\t98.00\t12.00\n"
    assert all(f.confidence < 0.9 for f in figures_of(table.format("构成表")))
    assert all(f.confidence >= 0.9 for f in figures_of(table.format("预算安排表")))


def test_money_of_a_project_that_nobody_names_is_not_sure() -> None:
    body = "一、资金情况\n\n项目预算批复812万元，实际支出800万元。"
    unnamed = figures_of(body, title=PROJECT_TITLE)
    named = figures_of(f"项目名称：临时救助\n\n{body}", title=PROJECT_TITLE)
    assert all(f.confidence < 0.9 for f in unnamed)
    assert all(f.confidence >= 0.9 for f in named)


def test_spending_on_a_project_that_is_named_after_the_help_is_of_the_accounts() -> None:
    found = figures_of("二、预算执行\n\n尊老金项目支出612.3万元，临时救助项目支出88万元。")
    assert [(f.measure, f.programme, f.spending_type) for f in found] == [
        ("expenditure", "old_age_allowance", "project"),
        ("expenditure", "temporary_relief", "project"),
    ]


def test_what_a_project_was_given_from_above_is_its_budget() -> None:
    body = "一、资金下达\n\n本年共下达补助资金812万元，其中：中央资金610万元，省级资金202万元。"
    assert {
        measure for measure, *_ in money(body, title=f"云渡县民政局{YEAR}年困难群众救助补助资金项目绩效自评报告")
    } == {"budget"}
    assert {measure for measure, *_ in money(body)} == {"income"}
