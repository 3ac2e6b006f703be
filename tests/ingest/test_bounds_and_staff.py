"""Bounds of help, how often a thing is done, who does it, and whose a goal for spending is.

The sentences are written for these tests. Each rule has a case where it must not apply.
"""

from __future__ import annotations

import pytest
from small_reports import fields, figures_of

NOTICE = "三、临时救助标准\n"


@pytest.mark.parametrize(
    ("sentence", "value", "per"),
    [
        ("临时救助以城市低保标准为基数，单次最高不超过7,200元。", 7200, "time"),
        (NOTICE + "对困难家庭，一年内救助总额最高2.4万元。", 24_000, "year"),
        (NOTICE + "乡镇可先行给予1,500元以内的救助。", 1500, "time"),
        (NOTICE + "经县协调机制研究，最高可救助2.8万元。", 28_000, "time"),
    ],
)
def test_how_much_relief_may_be_given_at_most_is_a_standard_of_relief(sentence: str, value: int, per: str) -> None:
    found = figures_of(sentence)
    assert fields(found, "measure", "programme", "residence", "value", "per") == [
        ("standard", "temporary_relief", None, value, per)
    ]


def test_a_bound_of_other_help_is_none_of_relief() -> None:
    found = figures_of("三、高龄津贴标准\n100周岁以上每人每月最高500元。")
    assert fields(found, "measure", "programme", "per") == [("standard", "old_age_allowance", "month")]


def test_how_often_a_thing_is_done_counts_nobody() -> None:
    assert figures_of("对特困老人每周探访2次，月均入户不少于3次。") == []
    assert fields(figures_of("对特困老人上门探访210次。"), "measure", "unit") == [("beneficiaries", "person_time")]


def test_those_who_make_up_a_group_or_work_beside_another_post_are_staff() -> None:
    assert figures_of("评价小组由救助股、财务室共7人组成，个别镇仅1人兼职。") == []
    assert fields(figures_of("救助困难群众7人。"), "measure") == [("beneficiaries",)]


def test_people_found_to_be_paid_against_the_rules_are_no_beneficiaries() -> None:
    assert figures_of("低保资金核查发现并纠正冒领、重复享受等问题对象16人，发现2名死亡对象未及时核减。") == []


@pytest.mark.parametrize(
    "goal", ["力争支出进度不低于96%", "并确保部门预算执行率达到96%", "项目支出执行率确保达到96%以上"]
)
def test_a_goal_for_spending_is_not_one_for_the_work_spoken_of_before(goal: str) -> None:
    found = figures_of(f"八、下一步措施\n2023年拟安排养老服务专项260万元，新增助餐点9个，{goal}。")
    assert fields(found, "measure", "programme")[-1] == ("indicator_target", None)


def test_a_goal_for_the_spending_of_named_money_is_of_what_the_money_is_for() -> None:
    found = figures_of("八、下一步措施\n力争2023年养老服务资金支出进度达到96%。")
    assert fields(found, "measure", "programme") == [("indicator_target", "elder_care")]


def test_bodies_of_a_rank_are_no_facilities_that_were_built() -> None:
    assert figures_of("一、基本情况\n下属县殡仪馆、县婚姻登记处2家股级事业单位。") == []


def test_what_an_insurance_paid_is_help_and_its_deductible_is_none() -> None:
    title = "云渡县医疗保障局2022年度部门整体支出绩效自评报告"
    found = figures_of("大病保险赔付910人次、86万元，起付线1万元。", title)
    assert fields(found, "measure", "value") == [("beneficiaries", 910), ("benefit_paid", 860_000)]


def test_a_subsidy_per_head_of_public_health_is_yearly() -> None:
    title = "云渡县医疗保障局2022年度部门整体支出绩效自评报告"
    found = figures_of("居民医保人均财政补助标准由580元提高到610元。", title)
    assert fields(found, "measure", "per", "fiscal_year") == [("standard", "year", 2021), ("standard", "year", 2022)]


def test_a_share_of_the_population_that_is_old_is_of_no_programme() -> None:
    found = figures_of("（二）养老服务\n全县65周岁以上老年人口占户籍人口22.4%，低保对象占户籍人口的2.1%。")
    assert fields(found, "measure", "programme") == [("indicator_actual", None), ("indicator_actual", "dibao")]


def test_the_use_of_money_is_its_execution() -> None:
    found = figures_of("二、支出\n“三公”经费支出3.2万元，使用率61.5%。")
    assert fields(found, "measure", "value")[-1] == ("execution_rate", 61.5)
    found = figures_of("三、问题\n临时救助备用金支出不均衡，最低的使用率仅28%；养老床位使用率54%。")
    assert fields(found, "measure", "programme") == [
        ("execution_rate", "temporary_relief"),
        ("indicator_actual", "elder_care"),
    ]


def test_what_is_paid_once_to_people_in_difficulty_is_of_no_programme() -> None:
    found = figures_of("农村低保标准每人每年5,400元；春节前为困难群众发放一次性生活补贴186万元，发放低保金910万元。")
    assert fields(found, "measure", "programme") == [
        ("standard", "dibao"),
        ("benefit_paid", None),
        ("benefit_paid", "dibao"),
    ]


def test_what_each_child_gets_by_the_month_may_be_said_of_the_care_alone() -> None:
    found = figures_of("孤儿9名，散居每月1,150元，集中养育每月1,600元。高龄补贴惠及百岁老人6名，月补300元。")
    assert fields(found, "measure", "programme", "care", "per") == [
        ("beneficiaries", "orphan", None, None),
        ("standard", "orphan", "home", "month"),
        ("standard", "orphan", "institutional", "month"),
        ("beneficiaries", "old_age_allowance", None, None),
        ("standard", "old_age_allowance", None, "month"),
    ]


def test_a_task_counts_what_was_done_before_it() -> None:
    found = figures_of("新增床位41张，超额完成市里下达的40张任务；新建助餐点12个，完成市里下达的10个任务。")
    assert fields(found, "measure", "value", "qualifier") == [
        ("beds", 41, "exact"),
        ("beds", 40, "target"),
        ("facilities", 12, "exact"),
        ("facilities", 10, "target"),
    ]
    assert fields(figures_of("新建助餐点12个，完成10个事项。"), "value") == [(12,)]


def test_a_population_that_something_is_bought_for_is_reached() -> None:
    found = figures_of("重度残疾人护理补贴90人，标准每月80元。为1.1万名持证残疾人购买意外伤害保险。")
    assert fields(found, "measure", "programme", "value")[-1] == ("beneficiaries", None, 11_000)
    assert figures_of("全县有1.1万名持证残疾人。") == []


def test_where_a_home_stands_says_nothing_of_people_named_anew() -> None:
    found = figures_of("新建农村敬老院3所，居家上门服务失能老人410人次。")
    assert fields(found, "residence", "value") == [("rural", 3), (None, 410)]


def test_a_share_that_is_to_be_passed_is_a_goal() -> None:
    found = figures_of("六、整改方向\n护理型床位比例争取超过60%。")
    assert fields(found, "measure", "indicator", "value") == [("indicator_target", "护理型床位比例", 60)]


VETERANS = "云渡县退役军人事务局2022年部门整体支出绩效自评"


def test_amounts_by_whose_standard_something_is_paid_are_standards() -> None:
    found = figures_of("为立功军人家庭按二等功9,000元、三等功2,000元的标准发放一次性慰问金。", VETERANS)
    assert fields(found, "measure", "value", "per") == [("standard", 9000, "time"), ("standard", 2000, "time")]
    found = figures_of("轮椅车燃油补贴按照每辆每年240元的标准发放。购置轮椅，每辆900元。", VETERANS)
    assert fields(found, "measure", "value", "per") == [("standard", 240, "year")]
