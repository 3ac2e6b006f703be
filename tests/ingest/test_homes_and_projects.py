"""Reports of homes and evaluations of one project: who lives there, whose people, what is a fee, a bound or a balance.

All sentences are written for these tests; each rule has a case beside it that it must not reach.
"""

from __future__ import annotations

import pytest

from tests.ingest.small_reports import DEPARTMENT, YEAR, fields, figures_of, only, reasons_of

HOME = f"云渡县社会福利院{YEAR}年度单位整体支出绩效自评报告"
ALLOWANCE = f"{DEPARTMENT}{YEAR}年度高龄津贴项目支出绩效评价报告"

# ------------------------------------------------------------------ who lives in a home


def test_all_parts_of_those_who_live_in_a_home_live_there() -> None:
    found = figures_of("在院服务对象91人，其中：特困人员47人，孤儿12人，代养老人32人。", HOME)
    assert [figure.care for figure in found] == ["institutional"] * 4


def test_parts_of_people_counted_elsewhere_live_nowhere_in_particular() -> None:
    found = figures_of("困难群众91人，其中：特困人员47人，孤儿12人。")
    assert [figure.care for figure in found] == [None, None]


def test_patients_are_of_no_programme_of_the_home() -> None:
    found = figures_of("为在院老人体检63人次。接诊418人次，转院9人次。", HOME)
    assert fields(found, "value", "programme") == [(63, "elder_care"), (418, None), (9, None)]


@pytest.mark.parametrize(
    ("sentence", "written"),
    [
        ("收费执行核定的价格，每人每月1480元至2650元。", [("1480元", "price"), ("2650元", "price")]),
        ("执行核定的养育标准，每人每月1480元。", [("1480元", None)]),
    ],
)
def test_what_a_home_charges_is_no_standard(sentence: str, written: list[tuple[str, str | None]]) -> None:
    assert reasons_of(sentence, HOME) == written


def test_heating_is_of_the_programme_of_those_who_are_helped_if_they_have_one() -> None:
    found = figures_of(
        "救助流浪人员31人次。为420名群众发放冬季取暖补贴12.6万元。向农村低保对象发放冬季取暖补贴33万元。"
    )
    assert [figure.programme for figure in found if figure.measure == "benefit_paid"] == [None, "dibao"]


# ------------------------------------------------------------------ evaluations of one project


def test_old_people_are_those_of_the_project_on_the_old_age_allowance() -> None:
    found = figures_of(
        "总体目标：让高龄老人按月领到津贴，全年发放人数不少于3100人。\n老人满意度96.4%，养老机构床位使用率61%。",
        ALLOWANCE,
    )
    assert fields(found, "measure", "programme") == [
        ("beneficiaries", "old_age_allowance"),
        ("indicator_actual", "old_age_allowance"),
        ("indicator_actual", "elder_care"),
    ]


def test_a_table_of_payments_is_of_the_project() -> None:
    found = figures_of(
        "分季度发放情况\n季度\t80—89周岁（人）\t金额（万元）\n第一季度\t1,840\t21.31\n第二季度\t1,856\t21.49", ALLOWANCE
    )
    assert {(f.measure, f.programme) for f in found} == {
        ("beneficiaries", "old_age_allowance"),
        ("benefit_paid", "old_age_allowance"),
    }


def test_the_money_that_an_evaluation_looks_at_was_spent() -> None:
    assert only(figures_of("本次评价资金96.4万元。", ALLOWANCE)).measure == "expenditure"


def test_what_each_drew_in_a_year_is_an_average_by_the_year() -> None:
    found = only(figures_of("全年人均领取津贴462元。", ALLOWANCE))
    assert (found.measure, found.per, found.programme) == ("top_up", "year", "old_age_allowance")


@pytest.mark.parametrize(
    ("sentence", "reasons"),
    [
        ("决策、过程的得分率分别为91.00%、84.12%。", ["weight", "weight"]),
        ("对低于40%的进行约谈。", ["condition"]),
        ("按未执行额度的20%扣减下年预算。", ["condition"]),
        ("按预算的96%完成支付。", [None]),
    ],
)
def test_shares_that_are_scores_bounds_or_cuts(sentence: str, reasons: list[str | None]) -> None:
    assert [reason for _, reason in reasons_of(sentence)] == reasons


def test_the_sum_of_all_kinds_of_indicators_is_the_score() -> None:
    found = figures_of("投入、产出、效果三类指标共得93.6分，其中预算执行得9.4分。")
    assert fields(found, "measure", "value") == [("score", 93.6)]


# ------------------------------------------------------------------ payments


def test_two_payments_beside_two_groups_of_people_are_each_of_its_own() -> None:
    found = figures_of(
        "各乡镇发放情况\n乡镇　　生活补贴人数（人）　金额（元）　护理补贴人数（人）　金额（元）\n"
        "中原镇　　306　　246,080　　418　　468,720\n高原镇　42　　33,360　　95　　106,480",
        f"{DEPARTMENT}{YEAR}年度残疾人两项补贴项目绩效自评报告",
    )
    assert [f.programme for f in found if f.measure == "benefit_paid"] == [
        "disability_living",
        "disability_nursing",
    ] * 2
    assert [f.value for f in found if f.measure == "beneficiaries"] == [306, 418, 42, 95]


def test_the_sum_after_a_grant_is_of_those_who_got_it() -> None:
    found = figures_of("发放特困供养金61.2万元。发放低保金96.2万元。对12名成年孤儿每人一次性补助20,000元，合计24万元。")
    assert (found[-1].measure, found[-1].programme, found[-1].value) == ("benefit_paid", "orphan", 240_000)


def test_a_sum_without_a_grant_is_of_all_payments_before_it() -> None:
    found = figures_of("发放特困供养金61.2万元，发放低保金96.2万元，两项合计157.4万元。")
    assert found[-1].programme == "social_assistance"


# ------------------------------------------------------------------ the accounts


def test_what_was_spent_after_a_balance_is_no_balance() -> None:
    found = figures_of(
        "三、政府性基金收支情况\n年末结转和结余30.2万元，支出全部用于彩票公益金项目，其中：敬老院改造94.6万元、殡仪馆建设50万元。"
    )
    assert fields(found, "measure", "programme") == [
        ("carryover", None),
        ("expenditure", "elder_care"),
        ("expenditure", "funeral"),
    ]


def test_what_a_balance_is_kept_for_is_a_balance() -> None:
    found = figures_of("三、结转情况\n年末结转和结余30.2万元，主要用于敬老院改造项目24.6万元。")
    assert found[-1].measure == "carryover"


def test_that_number_of_another_year_is_of_the_same_kind() -> None:
    found = figures_of(f"年末结转和结余资金84.6万元，结转结余率为2.8%；{YEAR - 1}年末该数为105.3万元。")
    assert fields(found, "measure", "fiscal_year") == [
        ("carryover", YEAR),
        ("carryover_rate", YEAR),
        ("carryover", YEAR - 1),
    ]


def test_the_budget_of_income_is_planned() -> None:
    found = figures_of("二、收支情况\n年初批复收入预算268.4万元。全年实现收入309.4万元。", HOME)
    assert fields(found, "measure", "stage") == [("income", "initial"), ("income", "final")]


def test_the_cause_of_a_change_does_not_name_the_programme_of_the_whole() -> None:
    found = figures_of("二、预算执行情况\n因困难群众救助补助资金下达，调整预算数为302.6万元。")
    assert only(found).programme is None


def test_a_distribution_of_balances_is_none_of_them() -> None:
    assert [f.value for f in figures_of("三、支出情况\n结余分配1.2万元，年末结转和结余136.4万元。")] == [1_364_000]


def test_transfers_in_a_column_of_what_was_spent_are_spent() -> None:
    found = figures_of(
        "重点项目支出情况（单位：万元）\n项目名称\t年初预算\t全年预算\t执行数\t执行率\n"
        "计划生育转移支付\t326.00\t341.85\t340.27\t99.54%\n乡村医生补助\t91.00\t91.00\t91.00\t100.00%"
    )
    assert [f.measure for f in found] == ["budget", "budget", "expenditure", "execution_rate"] * 2


@pytest.mark.parametrize("sentence", ["接待来访团组9个、82人次。", "流动救助车出车260次。"])
def test_visitors_and_rides_are_no_help(sentence: str) -> None:
    assert figures_of(sentence) == []


def test_a_standard_that_one_level_pays_in_whole_is_one() -> None:
    found = only(figures_of("农村幸福院由县财政按照每个每年2万元标准落实运营补助。"))
    assert (found.measure, found.programme, found.per) == ("standard", "elder_care", "year")


# ------------------------------------------------------------------ lists, short names, other departments


def test_what_is_given_to_two_groups_names_the_programme_of_both() -> None:
    found = figures_of("- 为812名70周岁以上老年人和96名80周岁以上老年人发放高龄津贴33万元。")
    assert fields(found, "value", "programme") == [
        (812, "old_age_allowance"),
        (96, "old_age_allowance"),
        (330_000, "old_age_allowance"),
    ]


def test_a_second_group_does_not_speak_for_a_first_that_is_named() -> None:
    found = figures_of("为12名孤儿和31名百岁老人发放慰问金4.3万元。")
    assert [figure.programme for figure in found[:2]] == ["orphan", "old_age_allowance"]


@pytest.mark.parametrize(
    ("sentence", "counted"),
    [
        ("农村日间照料中心重建设、轻运营，有5个中心停运。", [(5, "elder_care")]),
        ("社区养老服务站运营能力弱，仍有4个站点月均服务不足百人次。", [(4, "elder_care")]),
        ("农村低保对象减少，有5个中心停运。", []),
    ],
)
def test_the_short_name_of_a_facility_means_the_one_named_before(sentence: str, counted: list[tuple[int, str]]) -> None:
    assert fields(figures_of(sentence), "value", "programme") == counted


def test_facilities_that_came_to_a_grade_are_some_of_those_before() -> None:
    found = figures_of(
        "39家乡镇卫生院全部达到基本标准，11家达到推荐标准。", f"云渡县卫生健康局{YEAR}年度部门整体绩效自评报告"
    )
    assert fields(found, "measure", "value") == [("facilities", 39), ("facilities", 11)]


def test_the_old_who_cannot_live_alone_are_cared_for_in_the_report_of_any_department() -> None:
    found = figures_of(
        "医养结合床位236张；为106名失能老年人提供上门服务。", f"云渡县卫生健康局{YEAR}年度部门整体绩效自评报告"
    )
    assert fields(found, "measure", "programme") == [("beds", "elder_care"), ("beneficiaries", "elder_care")]


def test_a_heading_of_two_programmes_leaves_the_people_to_the_one_before_them() -> None:
    found = figures_of("3.临时救助及救助管理。临时救助36人次；救助流浪乞讨人员43人次；帮助6人回归家庭。")
    assert [figure.programme for figure in found] == ["temporary_relief", "vagrant_relief", "vagrant_relief"]


def test_a_rate_that_is_to_recover_is_a_goal() -> None:
    found = only(figures_of("五、下一步工作安排\n老人入住率恢复至75%以上。", HOME))
    assert (found.measure, found.value, found.programme) == ("indicator_target", 75, "elder_care")


# ------------------------------------------------------------------ lines that broke off


def test_an_amount_that_a_sentence_goes_on_after_begins_no_paragraph() -> None:
    found = figures_of("按来源划分：一般公共预算财政拨款支出\n\n502.13万元，财政专户支出18.6万元。")
    assert [figure.fund_source for figure in found] == ["general_public_budget", "special_account"]


def test_a_short_line_in_the_middle_of_a_sentence_goes_on_where_lines_were_broken() -> None:
    said = "各乡镇按照要求推进各项工作，切实改善服务，积极回应群众关切。" * 9
    lines = [said[start : start + 30] for start in range(0, len(said), 30)]
    found = figures_of("\n".join([*lines, "基本支出27.4万元，占总支", "出的34.4%；项目支出52.2万元。"]))
    assert [figure.value for figure in found] == [274_000, 34.4, 522_000]


def test_short_lines_that_nobody_broke_stay_apart() -> None:
    found = figures_of("孤儿12名，比上年少\n低保对象96人，比上年少")
    assert [(figure.programme, figure.quote) for figure in found] == [("orphan", "孤儿12名"), ("dibao", "低保对象96人")]


def test_a_line_of_an_amount_alone_is_none_of_the_line_above() -> None:
    assert figures_of("一般公共预算财政拨款支出\n\n502.13") == []
