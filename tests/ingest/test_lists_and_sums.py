"""Lists and sums: what the members of a list share, whose a sum after them is, and what money a spending was met from.

The sentences are written for these tests. Each rule has a case where it must not apply.
"""

from __future__ import annotations

from small_reports import fields, figures_of, reasons_of

HEALTH = "云渡县卫生健康局2022年度部门整体支出绩效自评报告"


def test_spending_is_divided_by_the_money_that_it_was_met_from() -> None:
    found = figures_of(
        "二、支出情况\n项目支出120.5万元。项目支出中，由一般公共预算安排98.2万元，由政府性基金安排22.3万元。"
    )
    assert fields(found, "measure", "fund_source", "value") == [
        ("expenditure", None, 1_205_000),
        ("expenditure", "general_public_budget", 982_000),
        ("expenditure", "government_fund", 223_000),
    ]
    planned = figures_of("二、预算情况\n全年预算120.5万元，其中由一般公共预算安排98.2万元。")
    assert {f.measure for f in planned} == {"budget"}


def test_an_amount_larger_than_a_difference_is_no_part_of_it() -> None:
    found = figures_of("“三公”经费支出9.6万元，比预算数节约1.2万元，其中接待费2.5万元、车辆运行维护费7.1万元。")
    assert fields(found, "measure", "value") == [
        ("expenditure", 96_000),
        ("expenditure", 25_000),
        ("expenditure", 71_000),
    ]


def test_a_line_that_was_handed_on_late_is_a_budget() -> None:
    found = figures_of("农村敬老院专项640万元拖到10月才分解下达各镇。")
    assert fields(found, "measure", "programme") == [("budget", "elder_care")]


def test_the_first_of_a_list_of_people_gets_what_the_last_is_said_to_get() -> None:
    found = figures_of("对失独家庭28人、伤残家庭35人发放关怀金12.6万元。", HEALTH)
    assert fields(found, "measure", "value") == [
        ("beneficiaries", 28),
        ("beneficiaries", 35),
        ("benefit_paid", 126_000),
    ]


def test_another_group_of_people_is_not_rural_because_the_one_before_was() -> None:
    found = figures_of("农村妇女住院分娩补助310人，婴幼儿听力筛查920人。", HEALTH)
    assert fields(found, "residence", "value") == [("rural", 310), (None, 920)]


def test_patients_under_care_are_reached() -> None:
    found = figures_of("管理高血压患者1.2万人，规范管理率71%。", HEALTH)
    assert fields(found, "measure", "value") == [("beneficiaries", 12_000), ("indicator_actual", 71)]


def test_people_whose_means_are_checked_are_of_no_programme() -> None:
    title = "云渡县民政局2022年工作总结"
    found = figures_of("救助站救助流浪人员21人次。全年核对家庭经济状况620人次。", title)
    assert fields(found, "programme", "value") == [("vagrant_relief", 21), (None, 620)]
    found = figures_of("困难群众救助支出进度97%。县核对中心对620人开展信息化核对。", title)
    assert fields(found, "programme", "value")[-1] == (None, 620)


def test_people_called_for_a_sample_are_no_beneficiaries() -> None:
    assert reasons_of("委托第三方电话抽样260户，老年人满意度93%。") == [("260户", "survey"), ("93%", None)]


def test_a_bound_that_some_indicators_passed_is_no_rate() -> None:
    assert figures_of("三、问题\n指标值偏低，完成率超过120%的指标有3个。") == []
