"""Reports of units and of functional classes: whose a figure is where the sentence does not say it."""

from __future__ import annotations

import pytest
from small_reports import fields, figures_of, only, report

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


def test_what_a_budget_lists_under_its_spending_is_planned() -> None:
    body = "二、一般公共预算支出情况\n一般公共预算支出900万元，其中：\n1. 行政运行210万元；\n2. 老年福利640万元；\n"
    found = fields(figures_of(body, "云渡县民政局2024年部门预算公开"), "measure", "stage", "value")
    assert found == [("expenditure", "initial", v) for v in (9_000_000, 2_100_000, 6_400_000)]


@pytest.mark.parametrize(
    "sentence",
    [
        "纳入绩效目标管理的项目9个，预算资金640万元。",
        "重点项目“社区助餐补贴”全年预算640万元。",
    ],
)
def test_money_of_projects_that_are_counted_or_named(sentence: str) -> None:
    assert only([f for f in figures_of(sentence) if f.measure == "budget"]).spending_type == "project"


@pytest.mark.parametrize(
    ("sentence", "indicator", "value"),
    [
        ("二是乡镇敬老院入住率不高，仅为41.5%；", "乡镇敬老院入住率", 41.5),
        ("三是配套资金到位率仍偏低，个别街道只到位57%；", "配套资金到位率", 57),
    ],
)
def test_a_rate_that_is_judged_before_its_value(sentence: str, indicator: str, value: float) -> None:
    found = only(figures_of(sentence))
    assert (found.measure, found.indicator, found.value) == ("indicator_actual", indicator, value)


def test_a_level_that_is_judged_is_no_rate() -> None:
    assert figures_of("救助水平不高，仅为全省平均的80%。") == []


def test_an_age_in_a_list_of_those_helped_is_a_group_and_in_a_population_background() -> None:
    helped = figures_of("救助男性812人次、女性206人次，60周岁以上老年人97人次。")
    assert [f.value for f in helped] == [812, 206, 97]
    listed = figures_of("享受抚恤补助的优抚对象2,310人，其中残疾军人412人、60周岁以上农村籍退役士兵980人。")
    assert [f.value for f in listed] == [2310, 412, 980]
    assert figures_of("全县常住人口61万人、60周岁以上老年人12万人。") == []


def test_the_income_of_a_trade_is_not_the_departments() -> None:
    assert figures_of("全年实现旅游总收入31.6亿元，门票收入1.2亿元。") == []


def test_a_plan_goes_on_in_the_year_that_it_named() -> None:
    found = figures_of("2023年8月底前完成项目评审。拟投入260万元建设信息平台，计划新建助餐点12个。")
    assert fields(found, "value", "fiscal_year") == [(2_600_000, 2023), (12, 2023)]
    assert only(figures_of("2023年8月底前完成项目评审。全年投入260万元建设信息平台。")).fiscal_year == 2022


def test_grades_in_a_list_are_not_the_residences_of_the_list_before() -> None:
    found = figures_of(
        "城市、农村特困人员基本生活标准分别为每人每月1,200元、900元，失能、半失能特困人员照料护理标准分别为每人每月800元、300元。"
    )
    assert [f.residence for f in found] == ["urban", "rural", None, None]


def test_what_a_task_asks_for_is_a_goal_and_no_difference() -> None:
    found = figures_of("完成家庭适老化改造310户，超额完成300户的年度任务。")
    assert fields(found, "value", "qualifier") == [(310, "exact"), (300, "target")]
    assert [f.value for f in figures_of("完成家庭适老化改造310户，超额完成30户。")] == [310]


def test_kinds_of_facilities_with_another_name_in_parentheses() -> None:
    found = figures_of("建成养老服务中心（站）96个，其中县级2个、乡镇（街道）14个、村（社区）80个。")
    assert [(f.measure, f.value) for f in found] == [("facilities", v) for v in (96, 2, 14, 80)]


def test_a_table_in_an_annex_stands_below_no_heading_of_the_report() -> None:
    body = (
        "一、2022年工作情况\n全年为高龄老人31人发放津贴。\n"
        "三、2023年工作计划\n新建助餐点2个。\n\n"
        "附表 各社区保障情况\n社区\t城市低保户数（户）\t城市低保人数（人）\n东桥社区\t18\t29\n西桥社区\t21\t40\n"
    )
    found = figures_of(body, "云渡县民政局2022年工作总结及2023年工作计划")
    assert fields(found, "value", "fiscal_year") == [
        (31, 2022),
        (2, 2023),
        (18, 2022),
        (29, 2022),
        (21, 2022),
        (40, 2022),
    ]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("困难群众救助补助资金转移支付2022年度绩效自评报告", "self_eval_project"),
        ("云渡县2022年高龄津贴绩效评价报告", "self_eval_project"),
        ("云渡县民政局2022年度部门整体绩效评价报告", "self_eval_department"),
        ("云渡县社会福利院2022年度单位决算", "final_account"),
    ],
)
def test_the_kind_of_a_report_whose_year_stands_inside_its_name(title: str, kind: str) -> None:
    assert report("一、基本情况\n无。\n", title).profile.document_kind == kind


def test_a_subsidy_for_prices_is_no_price() -> None:
    found = figures_of("发放价格临时补贴1,180人次、3.42万元。每份收费12元。")
    assert fields(found, "measure", "value") == [("beneficiaries", 1180), ("benefit_paid", 34_200)]


def test_beds_of_a_relief_station_among_those_of_homes() -> None:
    found = figures_of("县救助管理站救助204人次，站内床位36张。全县养老机构床位2,100张。")
    assert [f.programme for f in found if f.measure == "beds"] == ["vagrant_relief", "elder_care"]


def test_what_goes_beyond_a_task_is_a_difference() -> None:
    assert [f.value for f in figures_of("完成适老化改造210户，超出县定任务60户。")] == [210]


def test_a_facility_with_its_short_name_in_parentheses() -> None:
    assert only(figures_of("建成社会救助服务联合体（“助联体”）7家。")).measure == "facilities"


def test_a_standard_and_that_of_the_year_before_in_parentheses() -> None:
    found = figures_of("严格落实城市低保标准742元/人/月（2021年为705元/人/月）。")
    assert fields(found, "value", "fiscal_year", "per", "raw") == [
        (742, 2022, "month", "742元/人/月"),
        (705, 2021, "month", "705元/人/月"),
    ]
    assert figures_of("全年提高了低保标准30元。") == []


def test_a_rate_that_stays_what_it_was() -> None:
    assert only(figures_of("全县火化率继续保持100%。")).indicator == "火化率"


def test_the_table_of_income_and_spending_with_single_spaces_between_its_columns() -> None:
    body = (
        "收入支出决算总表\n公开01表\n部门：云渡县民政局 金额单位：万元\n收入 支出\n"
        "项目 行次 金额 项目（按功能分类） 行次 金额\n栏次 1 栏次 2\n"
        "一、一般公共预算财政拨款收入 1 1,640.20 一、一般公共服务支出 31 1,210.35\n"
        "二、政府性基金预算财政拨款收入 2 85.00 二、其他支出 32 85.00\n"
        "本年收入合计 27 1,725.20 本年支出合计 58 1,295.35\n"
    )
    found = fields(figures_of(body, ACCOUNTS), "measure", "value", "fund_source", "item")
    assert found == [
        ("income", 16_402_000, "general_public_budget", None),
        ("expenditure", 12_103_500, None, "一般公共服务支出"),
        ("income", 850_000, "government_fund", None),
        ("expenditure", 850_000, None, "其他支出"),
        ("income", 17_252_000, None, None),
        ("expenditure", 12_953_500, None, None),
    ]


def test_a_plan_for_several_years_is_of_its_first() -> None:
    plan = report("一、目标\n无。\n", "云渡县特困人员供养服务提升实施方案（2023—2025年）")
    assert plan.profile.fiscal_year == 2023


def test_chapters_of_a_self_evaluation_do_not_name_the_source_of_their_money() -> None:
    body = (
        "二、一般公共预算支出情况\n（一）基本支出情况\n“三公”经费实际支出17.9万元。\n"
        "（二）项目支出情况\n2022年共计3,504万元，主要用于困难群众救助。\n"
    )
    found = fields(figures_of(body), "measure", "value", "fund_source", "spending_type")
    assert found == [("expenditure", 179_000, None, None), ("expenditure", 35_040_000, None, "project")]
    published = figures_of("二、一般公共预算财政拨款支出情况\n（一）总体情况\n支出决算数为900万元。\n", ACCOUNTS)
    assert only(published).fund_source == "general_public_budget"


def test_what_must_be_reached_is_a_goal() -> None:
    assert only(figures_of("护理等级复评率必须达到100%。")).measure == "indicator_target"
    assert only(figures_of("护理等级复评率达到98%。")).measure == "indicator_actual"
