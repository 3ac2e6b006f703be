"""Reports of units and of functional classes: whose a figure is where the sentence does not say it."""

from __future__ import annotations

import pytest
from small_reports import fields, figures_of, only

STATION = "云渡县救助管理站2022年度单位整体支出绩效自评报告"
ACCOUNTS = "云渡县民政局2022年度部门决算"


@pytest.mark.parametrize(
    ("title", "sentence", "programme"),
    [
        (STATION, "全年接待求助人员312人次。", "vagrant_relief"),
        (STATION, "核定床位64张。", "vagrant_relief"),
        ("云渡县殡仪馆2022年度单位整体支出绩效自评报告", "全年惠及1,204人。", "funeral"),
        ("云渡县民政局2022年度部门整体支出绩效自评报告", "核定床位64张。", "elder_care"),
    ],
)
def test_what_a_unit_exists_for_is_said_once_in_its_name(title: str, sentence: str, programme: str) -> None:
    assert only(figures_of(f"一、工作开展情况\n{sentence}\n", title)).programme == programme


def test_a_units_report_that_names_another_programme_is_about_that() -> None:
    found = only(figures_of("一、工作开展情况\n为困境儿童46人建立档案。\n", STATION))
    assert found.programme == "children_in_difficulty"


def test_the_money_of_a_functional_class_does_not_take_its_source_from_the_heading() -> None:
    body = (
        "四、一般公共预算财政拨款支出决算情况说明\n"
        "一般公共预算财政拨款支出年初预算为900万元，支出决算为880万元。其中：\n"
        "（一）“社会福利（款）老年福利（项）”。年初预算为310万元，支出决算为300万元。\n"
        "（二）“临时救助（款）流浪乞讨人员救助支出（项）”。年初预算为90万元，支出决算为88万元。\n"
    )
    found = fields(figures_of(body, ACCOUNTS), "measure", "value", "fund_source", "programme")
    assert found == [
        ("budget", 9_000_000, "general_public_budget", None),
        ("expenditure", 8_800_000, "general_public_budget", None),
        ("budget", 3_100_000, None, None),
        ("expenditure", 3_000_000, None, None),
        ("budget", 900_000, None, "vagrant_relief"),
        ("expenditure", 880_000, None, "vagrant_relief"),
    ]


def test_a_threshold_that_includes_itself_is_no_spending() -> None:
    assert figures_of("单位价值80万元（含）以上设备2台。\n") == []
