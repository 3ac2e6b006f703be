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


PROJECT = "云渡县2022年养老服务体系建设项目支出绩效自评报告"


def test_an_unnamed_purpose_is_of_the_project_and_not_of_the_purpose_before_it() -> None:
    found = figures_of(
        "二、资金使用\n实际支出96万元，主要用于高龄津贴40万元、房屋维修改造36万元、助餐20万元。", PROJECT
    )
    assert fields(found, "measure", "programme", "value") == [
        ("expenditure", "elder_care", 960_000),
        ("expenditure", "old_age_allowance", 400_000),
        ("expenditure", "elder_care", 360_000),
        ("expenditure", "elder_meals", 200_000),
    ]


def test_what_was_given_to_people_who_were_counted_is_paid_out() -> None:
    found = figures_of("三、项目实施\n为310名低收入老人发放养老服务补贴18.6万元。", PROJECT)
    assert fields(found, "measure", "value") == [("beneficiaries", 310), ("benefit_paid", 186_000)]
    found = figures_of("二、重点项目资金使用情况\n住院分娩补助120人、3.6万元，其他支出2.1万元。", HEALTH)
    assert fields(found, "measure", "value") == [
        ("beneficiaries", 120),
        ("benefit_paid", 36_000),
        ("expenditure", 21_000),
    ]


def test_the_name_of_help_that_is_money_says_that_it_was_paid() -> None:
    found = figures_of("（三）救助资金拨付\n全年支出特困供养金86万元，支出临时救助金12万元。")
    assert fields(found, "measure", "programme") == [("benefit_paid", "tekun"), ("benefit_paid", "temporary_relief")]
    found = figures_of("（三）临时救助金额不超过3,000元的由乡镇直接审批。")
    assert fields(found, "measure", "value") == [("standard", 3000)]


def test_an_age_before_an_amount_makes_it_a_standard() -> None:
    found = figures_of("尊老金按每人每月80周岁50元、90周岁100元发放。")
    assert fields(found, "measure", "programme", "value") == [
        ("standard", "old_age_allowance", 50),
        ("standard", "old_age_allowance", 100),
    ]


def test_an_aside_is_no_member_of_a_list() -> None:
    found = figures_of(
        "孤儿45人（集中养育6人、社会散居39人），事实无人抚养儿童28人，全年分别支出71万元、42万元。",
        HEALTH.replace("卫生健康", "民政"),
    )
    assert fields([f for f in found if f.measure == "benefit_paid"], "programme", "care", "value") == [
        ("orphan", None, 710_000),
        ("defacto_orphan", None, 420_000),
    ]


def test_a_standard_after_orphans_at_home_and_children_like_them_is_of_those_at_home() -> None:
    found = figures_of("散居孤儿8人、事实无人抚养儿童31人，标准1,350元/人·月，共发放62万元。")
    assert fields(found, "measure", "programme", "care")[2:] == [
        ("standard", "orphan", "home"),
        ("benefit_paid", "orphan", None),
    ]


def test_money_for_people_who_all_live_alike_is_of_that_care() -> None:
    alike = figures_of("为入住机构的失能老人给予集中照护，惠及62人，支付48万元。")
    assert fields(alike, "measure", "care") == [("beneficiaries", "institutional"), ("benefit_paid", "institutional")]
    told_apart = figures_of("特困人员90人，其中集中供养62人，全年支付48万元。")
    assert fields(told_apart, "measure", "care")[-1] == ("benefit_paid", None)


def test_the_old_after_a_semicolon_are_still_those_of_the_allowance() -> None:
    text = "2、老年人福利\n高龄津贴按年龄发放：80周岁以上50元／月·人{}全年为260名老人发放18万元。"
    assert fields(figures_of(text.format("；")), "measure", "programme")[1:] == [
        ("beneficiaries", "old_age_allowance"),
        ("benefit_paid", "old_age_allowance"),
    ]
    apart = figures_of("2、养老服务\n高龄津贴80周岁以上50元／月·人。全年为260名老人提供养老服务。")
    assert fields(apart, "measure", "programme")[-1] == ("beneficiaries", "elder_care")


def test_a_count_after_those_of_both_subsidies_is_of_both() -> None:
    title = "云渡县2022年残疾人两项补贴项目绩效评价报告"
    found = figures_of(
        "三、产出\n年底困难残疾人生活补贴享受620人；重度残疾人护理补贴享受910人。全年累计发放1.8万人次。", title
    )
    assert fields(found, "programme", "value") == [
        ("disability_living", 620),
        ("disability_nursing", 910),
        ("disability_both", 18_000),
    ]


def test_a_parenthesis_says_which_year_a_word_of_time_means() -> None:
    found = figures_of("生活补贴标准每人每月110元；此前（2021年）残疾人生活补贴为每人每月90元。")
    assert fields(found, "measure", "value", "fiscal_year") == [("standard", 110, 2022), ("standard", 90, 2021)]
    found = figures_of("按照县里方案（2021年）要求，残疾人生活补贴为每人每月90元。")
    assert fields(found, "value", "fiscal_year") == [(90, 2022)]


def test_satisfaction_below_the_summary_of_a_project_is_of_the_project() -> None:
    found = figures_of("1.惠民殡葬项目绩效自评综述：火化遗体310具，群众满意度96%。\n2.其他工作情况：群众满意度95%。")
    assert fields(found, "programme", "value") == [("funeral", 310), ("funeral", 96), (None, 95)]


def test_facilities_that_are_left_are_planned_where_they_are_being_built() -> None:
    found = figures_of("改造农村敬老院12所，剩余3所正在施工。新建骨灰堂6处，列入规划待建2处。")
    assert fields(found, "measure", "programme", "value", "qualifier") == [
        ("facilities", "elder_care", 12, "exact"),
        ("facilities", "elder_care", 3, "target"),
        ("facilities", "funeral", 6, "exact"),
        ("facilities", "funeral", 2, "target"),
    ]
    assert len(figures_of("改造农村敬老院12所，剩余3所。")) == 1


def test_homes_of_those_supported_are_facilities_and_may_be_called_homes_alone() -> None:
    found = figures_of("特困供养服务机构入住率低，全县15所机构共有床位820张。")
    assert fields(found, "measure", "programme", "value") == [
        ("facilities", "elder_care", 15),
        ("beds", "elder_care", 820),
    ]


def test_places_that_were_chosen_are_no_facilities() -> None:
    assert figures_of("选择青石、白水3个镇的卫生院查看凭证。", HEALTH) == []
    assert fields(figures_of("3个镇的敬老院全部挂牌。"), "measure", "value") == [("facilities", 3)]


def test_those_who_were_paid_too_much_are_no_beneficiaries() -> None:
    assert figures_of("通过火化数据比对发现超发19人。") == []
