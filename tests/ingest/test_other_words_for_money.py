"""Money and rates of the accounts in the words of other provinces mean what the usual words mean; all texts are invented."""

from __future__ import annotations

import pytest
from small_reports import YEAR, fields, figures_of, only, reasons_of


@pytest.mark.parametrize(
    "words",
    [
        "完成年初预算的",
        "完成年初部门预算的",
        "完成了调整预算的",
        "完成全年预算任务的",
        "达到年初预算安排数的",
        "达批复预算的",
        "为调整后的预算数的",
        "执行率：",
        "预算执行率达到了",
        "预算执行比率为",
        "资金使用进度达",
    ],
)
def test_rates_of_execution(words: str) -> None:
    found = figures_of(f"{YEAR}年度支出决算812.40万元，{words}97.35%。")
    assert fields(found, "measure", "stage", "value") == [
        ("expenditure", "final", 8_124_000),
        ("execution_rate", "final", 97.35),
    ]


def test_a_share_of_the_whole_spending_planned_is_no_rate_of_execution() -> None:
    found = figures_of(f"{YEAR}年基本支出预算120万元，占总支出预算的31.2%。")
    assert fields(found, "measure")[1:] == [("indicator_actual",)]


def test_a_colon_before_a_value_does_not_part_it_from_its_name() -> None:
    found = figures_of("支出决算：812.40万元，其中基本支出：300万元。自评得分：96.5分。")
    assert fields(found, "measure", "spending_type", "value") == [
        ("expenditure", None, 8_124_000),
        ("expenditure", "basic", 3_000_000),
        ("score", None, 96.5),
    ]


def test_a_colon_before_a_date_parts_what_stands_before_it() -> None:
    figure = only(figures_of(f"整改要求：{YEAR + 1}年9月底前支付率达到70%以上。"))
    assert (figure.measure, figure.value) == ("indicator_target", 70)
    assert reasons_of("工作如下：1.走访困难家庭。")[0][1] is not None


def test_the_rate_after_what_was_spent_the_year_before_is_of_that_year() -> None:
    found = figures_of("上年度部门支出902.18万元，资金支付进度为95.62%。")
    assert fields(found, "measure", "fiscal_year") == [("expenditure", YEAR - 1), ("execution_rate", YEAR - 1)]


def test_the_first_budget_of_the_year_in_other_words() -> None:
    found = figures_of("区财政期初预算安排资金620万元，年初部门预算安排18万元。")
    assert fields(found, "measure", "stage") == [("budget", "initial")] * 2
