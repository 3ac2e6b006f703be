"""Whose standards, goals and payments are: words that only compare, lists that go on, headings that scope; all invented.

Each rule has a case beside it that it must not reach.
"""

from __future__ import annotations

import pytest

from tests.ingest.small_reports import DEPARTMENT, YEAR, fields, figures_of, only, reasons_of

NOTICE = f"关于调整云渡县{YEAR}年社会救助和社会福利保障标准的通知"
ACCOUNTS = f"{DEPARTMENT}{YEAR}年度部门决算"


def test_ways_of_care_before_a_colon_hold_for_all_grades_after_it() -> None:
    found = figures_of(
        "一、特困供养\n照料护理标准按最低工资的一定比例确定。集中供养：全护理910元/人·月，半护理520元/人·月。"
        "分散供养：全护理360元/人·月，半护理170元/人·月。",
        NOTICE,
    )
    assert fields(found, "value", "care") == [
        (910, "institutional"),
        (520, "institutional"),
        (360, "home"),
        (170, "home"),
    ]


@pytest.mark.parametrize("same", ["与社会散居孤儿同标准", "与社会散居孤儿标准一致"])
def test_what_a_standard_is_the_same_as_is_not_whose_it_is(same: str) -> None:
    found = only(figures_of(f"事实无人抚养儿童{same}，为每人每月1310元。", NOTICE))
    assert (found.programme, found.care) == ("defacto_orphan", None)


def test_a_fraction_of_a_standard_is_no_rate() -> None:
    assert reasons_of("对重病患者按不超过低保标准的20%增发保障金。", NOTICE) == [("20%", "condition")]
    assert only(figures_of("农村低保标准占城市低保标准的75%。")).measure == "indicator_actual"


def test_a_numbered_sentence_keeps_the_topic_of_the_heading() -> None:
    found = only(
        figures_of("二、特困人员救助供养\n1.基本标准按城市低保标准的1.3倍执行，即每月1013元，城乡统一。", NOTICE)
    )
    assert (found.programme, found.measure) == ("tekun", "standard")


def test_help_up_to_a_bound_is_a_standard_wherever_the_bound_stands() -> None:
    found = figures_of("六、临时救助\n一般急难情形直接审批，每人次救助额度在2600元以内。全年人次均救助1617元。", NOTICE)
    assert [figure.measure for figure in found] == ["standard", "top_up"]


def test_a_list_of_top_ups_goes_on() -> None:
    found = figures_of("城乡低保人均补差城市537元/月、农村338元/月，农村标准每月590元。")
    assert fields(found, "measure", "residence") == [("top_up", "urban"), ("top_up", "rural"), ("standard", "rural")]


def test_an_amount_for_two_groups_of_people_is_of_both() -> None:
    both = figures_of("全年为1.8万名城市低保对象、9.4万名农村低保对象发放低保金3.6亿元。")
    assert [figure.residence for figure in both] == ["urban", "rural", None]
    one = figures_of("全年救助城市低保对象1.8万名，为9.4万名农村低保对象发放低保金3.1亿元。")
    assert [figure.residence for figure in one] == ["urban", "rural", "rural"]


def test_the_old_standard_is_of_the_year_before_whatever_it_is_paid_for() -> None:
    found = figures_of("抚慰金标准由每人2万元提高到每人3万元。", f"云渡县应急管理局{YEAR}年度部门整体支出绩效自评报告")
    assert [figure.fiscal_year for figure in found] == [YEAR - 1, YEAR]


def test_basic_spending_has_the_source_that_its_own_heading_names() -> None:
    sentence = "基本支出821万元，其中：人员经费716万元；公用经费105万元。"
    named = figures_of(f"第三部分 情况说明\n五、一般公共预算财政拨款基本支出决算情况\n{sentence}", ACCOUNTS)
    assert [figure.fund_source for figure in named] == ["general_public_budget"] * 3
    other = figures_of(
        f"第三部分 情况说明\n五、一般公共预算财政拨款支出情况\n（一）基本支出决算情况\n{sentence}", ACCOUNTS
    )
    assert [figure.fund_source for figure in other] == [None] * 3


def test_money_for_relief_that_was_sought_from_above_is_income() -> None:
    found = figures_of("争取中央和省级自然灾害救助资金860万元。发放自然灾害救助资金860万元。")
    assert [figure.measure for figure in found] == ["income", "benefit_paid"]


def test_a_date_after_the_year_of_the_report_makes_no_goal() -> None:
    rate = "对21个项目逐一自评，自评覆盖率96%。"
    done = only([f for f in figures_of(f"{YEAR + 1}年2月20日成立工作组，{rate}") if f.unit == "percent"])
    assert (done.measure, done.fiscal_year) == ("indicator_actual", YEAR)
    planned = only([f for f in figures_of(f"{YEAR + 1}年2月20日前{rate}") if f.unit == "percent"])
    assert planned.measure == "indicator_target"


def test_households_of_workers_are_no_staff() -> None:
    housing = f"云渡县住房和城乡建设局{YEAR}年公租房租赁补贴项目支出绩效自评报告"
    found = figures_of("发放租赁补贴900户，其中新就业职工213户、外来务工家庭128户。", housing)
    assert [figure.value for figure in found] == [900, 213, 128]
    assert [reason for _, reason in reasons_of("局机关干部结对48户。")] == ["staff"]


def test_a_score_at_the_beginning_of_a_broken_line_is_no_ordinal() -> None:
    score = only(
        figures_of(
            "经对照指标体系逐项评价，过程管理得9.5分，履职效能得38.4分，综合以上各项，本部门总计得分\n95.5分，等次为优。"
        )
    )
    assert (score.measure, score.value) == ("score", 95.5)


def test_groups_whose_rates_follow_in_turn_are_no_part_of_the_name() -> None:
    found = figures_of(
        "3.住院费用报销比例职工、居民分别为81.6%、69.2%。参保率、结算率分别为96.1%、88.2%。",
        f"云渡县医疗保障局{YEAR}年度部门整体绩效自评报告",
    )
    assert [figure.measure for figure in found] == ["indicator_actual"] * 4
    assert [figure.indicator for figure in found[:2]] == ["住院费用报销比例"] * 2


def test_what_was_spent_at_the_end_of_the_year_is_not_the_whole() -> None:
    found = figures_of(
        "二、资金情况\n年初批复人员经费预算768万元，执行中调整为801万元，年末执行793万元，预算执行进度99%。"
    )
    assert [figure.spending_type for figure in found] == ["personnel"] * 4
    whole = figures_of("二、资金情况\n年初批复人员经费预算768万元，全年总支出1793万元。")
    assert [figure.spending_type for figure in whole] == ["personnel", None]


def test_the_average_for_a_school_year_is_a_standard() -> None:
    found = only(
        [f for f in figures_of("资助在读孤儿大学生9名，人均每学年10,000元，合计发放9万元。") if f.value == 10000]
    )
    assert (found.measure, found.per, found.programme) == ("standard", "year", "orphan")


def test_the_last_part_of_a_list_of_stations_is_of_their_kind() -> None:
    found = figures_of("建成退役军人服务站46个，其中乡镇站15个、村（社区）站31个。")
    assert fields(found, "measure", "value") == [("facilities", 46), ("facilities", 15), ("facilities", 31)]


def test_a_standard_after_those_in_homes_and_those_at_home_is_of_both() -> None:
    found = figures_of("机构集中供养112人，居家分散供养629人，特困基本生活标准每人每月910元。")
    assert [(f.measure, f.care) for f in found] == [
        ("beneficiaries", "institutional"),
        ("beneficiaries", "home"),
        ("standard", None),
    ]
