"""Sentences of the genre that are built alike: each rule with forms beside the one that it was made for.

The sentences are written for these tests.
"""

from __future__ import annotations

import pytest
from small_reports import YEAR, fields, figures_of, only, reasons_of

PROJECT = "云渡县民政局2022年度惠民殡葬项目支出绩效自评报告"


# ------------------------------------------------------------------ sections


@pytest.mark.parametrize(
    "heading", ["三、部门整体支出绩效情况", "二、部门整体支出绩效实现情况", "三、整体支出绩效分析"]
)
def test_a_section_on_the_effect_of_spending_is_about_work(heading: str) -> None:
    found = figures_of(f"{heading}\n\n（一）特困供养。现有特困人员962名，全年支出386.75万元。")
    assert fields(found, "measure", "programme") == [("beneficiaries", "tekun"), ("benefit_paid", "tekun")]


def test_a_section_on_the_management_of_spending_stays_about_money() -> None:
    found = figures_of("二、部门整体支出管理情况\n\n全年支出4,386.75万元，其中项目支出3,000万元。")
    assert fields(found, "measure") == [("expenditure",), ("expenditure",)]


# ------------------------------------------------------------------ money that is no level


@pytest.mark.parametrize(
    "sentence",
    [
        "年中因上级专项资金的下达追加205.17万元。",
        "比预算的13.5万元少支3.5万元。",
        "检查查出白条入账等问题19个，涉及资金8.37万元。",
        "审计发现3个镇多发、重发补贴2.17万元。",
        "评价组发现，某镇敬老院将特困人员护理费8.6万元用于支付水电费，不符合专款专用规定。",
        "抽查的资金量为864.2万元。",
        "残疾人就业保障金全年征收1.93亿元。",
        "受助家庭人均年增收800元。",
    ],
)
def test_money_that_is_no_level(sentence: str) -> None:
    assert reasons_of(sentence)[-1][1] is not None


@pytest.mark.parametrize(
    ("sentence", "measure"),
    [
        ("年中追加上级补助资金205.17万元。", "income"),
        ("评价发现，项目年度预算350万元，支出偏慢。", "budget"),
        ("组织对11个项目开展自评，涉及预算资金1,724万元。", "budget"),
        ("慈善会对126户重病家庭追加帮扶63万元。", "benefit_paid"),
    ],
)
def test_money_that_only_looks_like_no_level(sentence: str, measure: str) -> None:
    assert figures_of(sentence)[-1].measure == measure


def test_what_is_left_and_carried_on_is_carryover() -> None:
    found = figures_of("二、资金使用情况\n\n全年支出1,965.69万元，余144.51万元结转至2023年。", PROJECT)
    assert fields(found, "measure", "value") == [("expenditure", 19656900), ("carryover", 1445100)]


# ------------------------------------------------------------------ amounts for one case or one head


@pytest.mark.parametrize("each", ["平均每宗减免1,500元", "平均每例补助800元", "平均每具减免980元"])
def test_an_average_per_case_is_a_top_up(each: str) -> None:
    figure = only(figures_of(f"为群众减免基本殡葬服务费，{each}。"))
    assert (figure.measure, figure.programme, figure.per) == ("top_up", "funeral", "time")


def test_an_average_per_thing_is_a_unit_price() -> None:
    assert reasons_of("购置火化设备，平均每台98万元。")[-1][1] == "unit_price"


def test_what_is_spent_on_each_person_on_average_is_a_top_up() -> None:
    figure = only(figures_of("全县每名特困人员的基本生活费支出年均为8,657元。"))
    assert (figure.measure, figure.programme, figure.per) == ("top_up", "tekun", "year")


@pytest.mark.parametrize("bound", ["在2,000元以内的额度由乡镇直接审批", "2,000元以内的小额救助由乡镇审批发放"])
def test_how_much_a_township_may_grant_is_a_standard_of_relief(bound: str) -> None:
    figure = only(figures_of(f"临时救助实行分级审批，{bound}。"))
    assert (figure.measure, figure.programme, figure.qualifier) == ("standard", "temporary_relief", "at_most")


def test_a_standard_per_grave_is_paid_once() -> None:
    figure = only(figures_of("对入葬公益性公墓的困难家庭给予墓穴补助，每穴800元。"))
    assert (figure.measure, figure.programme, figure.per) == ("standard", "funeral", "time")


# ------------------------------------------------------------------ people


def test_where_people_live_sets_their_care() -> None:
    found = figures_of("全县特困对象962名，住进敬老院的126名，散居在家的836名。")
    assert fields(found, "programme", "care") == [("tekun", None), ("tekun", "institutional"), ("tekun", "home")]


def test_a_part_of_those_in_a_home_is_in_a_home() -> None:
    found = figures_of("养老机构年末入住老人278人，其中失能和半失能老人141人。")
    assert fields(found, "care") == [("institutional",), ("institutional",)]


def test_a_part_of_both_kinds_of_care_is_of_neither() -> None:
    found = figures_of("特困人员集中供养1,203人，分散供养6,500人，其中城市216人。")
    assert found[-1].care is None


def test_all_who_moved_into_a_home_are_in_it() -> None:
    found = figures_of("敬老院实际入住特困人员94人、社会老人73人。")
    assert fields(found, "programme", "care") == [("tekun", "institutional"), ("elder_care", "institutional")]


def test_grades_of_those_supported_are_not_of_the_nursing_subsidy() -> None:
    found = figures_of("在册特困人员948人，按自理能力分，全护理107人、半护理286人、全自理555人。")
    assert {figure.programme for figure in found} == {"tekun"}
    found = figures_of("发放特困人员照料护理补贴，其中全护理107人、半护理286人。")
    assert {figure.programme for figure in found} == {"tekun_nursing"}


@pytest.mark.parametrize(
    "sentence",
    [
        "核实停发低保966人，其中死亡721人。",
        "同一家庭全年临时救助不超过2次。",
        "补贴暂停后未能及时恢复，共有73人次申诉。",
        "与18名经办人员座谈。",
        "选送运动员21人参加省级比赛。",
    ],
)
def test_people_who_were_not_helped(sentence: str) -> None:
    assert all(reason is not None for _, reason in reasons_of(sentence))


def test_services_at_home_that_begin_with_meals_are_care() -> None:
    assert only(figures_of("全年提供助餐、助浴、助洁等上门服务3.9万人次。")).programme == "elder_care"
    assert only(figures_of("全年提供老年助餐服务3.9万人次。")).programme == "elder_meals"


def test_those_whose_outlays_are_hard_to_bear_have_no_programme() -> None:
    found = figures_of("纳入监测的低保边缘人口6,213人、刚性支出困难人口884人。")
    assert fields(found, "programme") == [("dibao_edge",), (None,)]


# ------------------------------------------------------------------ facilities and beds


@pytest.mark.parametrize("sentence", ["走访4所敬老院。", "储备帐篷640顶、折叠床2,150张。"])
def test_what_was_visited_or_stored_is_no_facility_and_no_bed(sentence: str) -> None:
    assert figures_of(sentence) == []


@pytest.mark.parametrize("sentence", ["抽取三个镇和3个康复机构开展现场评价。", "举办集体颁证活动1场，参加新人12对。"])
def test_a_sample_of_places_and_guests_of_a_ceremony_are_no_services(sentence: str) -> None:
    assert figures_of(sentence) == []


def test_facilities_that_work_was_done_on_after_those_built() -> None:
    found = figures_of("新建农村公益性公墓3处，改造提升6处。")
    assert fields(found, "measure", "programme", "value") == [
        ("facilities", "funeral", 3),
        ("facilities", "funeral", 6),
    ]


# ------------------------------------------------------------------ what goes on from the figure before


def test_those_without_a_programme_keep_the_residence_they_were_named_with() -> None:
    found = figures_of(
        "农村义务教育学生营养改善惠及学生1.78万人，膳食补助标准每生每天5元，全年支出膳食补助资金736万元。"
    )
    assert {figure.residence for figure in found} == {"rural"}
    found = figures_of("农村义务教育学生营养改善惠及学生1.78万人。每名学生每年资助500元。")
    assert found[-1].residence is None


def test_standards_in_turn_belong_to_the_people_in_turn() -> None:
    found = figures_of(
        "日间照料残疾人384人，寄宿托养146人，居家托养570人，托养补助标准分别为每人每月800元、1,800元、200元。"
    )
    assert [figure.care for figure in found if figure.measure == "standard"] == [None, "institutional", None]


def test_spending_that_is_compared_twice_is_spending_both_times() -> None:
    sentence = "机关运行经费支出192万元，比年初预算数210万元减少18万元；比2021年度198万元减少6万元。"
    found = figures_of(sentence)
    assert fields(found, "measure", "fiscal_year") == [("expenditure", 2022), ("budget", 2022), ("expenditure", 2021)]


def test_what_was_spent_as_a_share_of_the_budget_is_a_rate_of_execution() -> None:
    assert figures_of("“三公”经费预算9.8万元，决算6.33万元，占预算的64.59%。")[-1].measure == "execution_rate"
    assert figures_of("项目支出320万元，占全年支出的64.59%。")[-1].measure == "indicator_actual"


# ------------------------------------------------------------------ scores and projects


def test_the_parts_of_a_total_score_are_none() -> None:
    found = figures_of("我局整体支出绩效自评得分为94.35分。其中预算编制得18.5分，项目绩效得42分，结果应用得20分。")
    assert [figure.value for figure in found] == [94.35]


def test_a_project_among_others_keeps_its_score() -> None:
    found = figures_of("整体支出绩效自评得分94分。其中“养老服务提升”项目自评得分92.5分。")
    assert [figure.value for figure in found] == [94, 92.5]


@pytest.mark.parametrize(
    "sentence", ["托养项目受消防审批影响，年末支出进度仅86.4%。", "二是食堂项目上半年支出进度仅为21.5%。"]
)
def test_the_progress_of_one_project_is_of_projects(sentence: str) -> None:
    figure = only(figures_of(sentence))
    assert (figure.measure, figure.spending_type) == ("execution_rate", "project")


def test_the_cause_of_a_change_says_nothing_of_the_budget() -> None:
    figure = only(figures_of("年中因上级专项资金下达追加205万元，形成全年预算数7,845万元。"))
    assert (figure.measure, figure.stage, figure.spending_type) == ("budget", "revised", None)


# ------------------------------------------------------------------ goals beside what was attained


@pytest.mark.parametrize(
    "sentence",
    [
        "发放及时率87.5%，低于设定的95%。",
        "护理型床位占比48.7%，距离60%的省定目标还有差距。",
        "护理型床位占比56.9%，超额实现了省上下达的55%的目标。",
        "知晓率82.6%，未达到年初设定的90%。",
        "满意度为91%，高于绩效目标设定的90%。",
    ],
)
def test_a_value_is_measured_against_its_goal(sentence: str) -> None:
    actual, target = figures_of(sentence)
    assert (actual.measure, target.measure) == ("indicator_actual", "indicator_target")
    assert target.indicator == actual.indicator


def test_a_goal_for_several_rates_is_that_of_the_first() -> None:
    found = figures_of("困难群众满意度为95.7%，养老机构入住老人满意度93.2%，均达到90%以上的目标。")
    assert fields(found, "measure", "programme")[-1] == ("indicator_target", "social_assistance")


def test_less_than_others_is_no_goal() -> None:
    assert reasons_of("预算执行率为86%，低于全市平均水平5个百分点。")[-1][1] == "difference"


# ------------------------------------------------------------------ whose money it is


@pytest.mark.parametrize(
    ("sentence", "programme"),
    [
        ("投入福彩公益金42万元，为140户困难重度残疾老年人家庭实施适老化改造。", "home_adaptation"),
        ("投入资金96万元，完成特殊困难老年人家庭适老化改造240户；建成养老床位100张。", "home_adaptation"),
        ("全县有养老机构27家。投入资金186万元，完成160户适老化改造，建成老年助餐点9个。", "elder_care"),
    ],
)
def test_money_is_for_the_work_that_the_next_clause_says_was_done(sentence: str, programme: str) -> None:
    found = [figure for figure in figures_of(sentence) if figure.measure == "expenditure"]
    assert only(found).programme == programme


def test_what_a_charity_raised_it_pays_out() -> None:
    found = figures_of("慈善协会募集善款286万元，支出231万元，受益群众3,140人次。")
    assert fields(found, "measure", "programme") == [("benefit_paid", "charity"), ("beneficiaries", "charity")]


def test_a_standard_that_another_is_the_same_as_does_not_name_it() -> None:
    figure = only(figures_of("事实无人抚养儿童参照社会散居孤儿标准，按每人每月1,100元发放。"))
    assert (figure.programme, figure.care) == ("defacto_orphan", None)
    figure = only(figures_of("参照散居孤儿标准，按每人每月1,100元发放。"))
    assert figure.programme == "orphan"


def test_a_share_that_each_got_was_paid_once() -> None:
    found = figures_of("为2,913名冬春生活困难群众发放救助款97.6万元，人均补助335元。")
    assert (found[-1].measure, found[-1].per) == ("top_up", "time")
    found = figures_of("城市低保对象2,100人，发放低保金1,100万元，人均补差436元。")
    assert (found[-1].measure, found[-1].per) == ("top_up", "month")


def test_those_served_by_facilities_of_both_kinds_are_of_neither() -> None:
    found = figures_of("建成城市社区养老服务中心19个、农村幸福院203个，开展上门照料服务3.4万人次。")
    assert fields(found, "residence") == [("urban",), ("rural",), (None,)]


def test_households_of_a_sample_are_no_beneficiaries() -> None:
    assert figures_of("抽取3个镇，调阅台账760份，入户核实受助家庭85户。") == []
    assert [figure.value for figure in figures_of("入户核实低保家庭3,285户，纳入低保120户。")] == [3285, 120]


# ------------------------------------------------------------------ amounts for each, and for whom


def test_an_amount_for_each_person_is_a_standard_whatever_stands_around_it() -> None:
    found = figures_of("现有孤儿126名、事实无人抚养儿童538名，分别按每人每月1,500元、1,100元标准发放基本生活费。")
    assert fields(found, "measure", "programme")[2:] == [("standard", "orphan"), ("standard", "defacto_orphan")]


def test_the_old_are_paid_by_their_age() -> None:
    found = figures_of("80—89周岁老人每人每月50元，90—99周岁每人每月100元，共惠及3,415人。")
    assert {figure.programme for figure in found} == {"old_age_allowance"}
    assert only(figures_of("80周岁以上失能老人护理补贴每人每月100元。")).programme == "elder_care"


def test_households_counted_right_before_their_persons_have_their_programme() -> None:
    found = figures_of("对因病致困的563户1,204人实施临时救助。")
    assert fields(found, "programme", "unit") == [("temporary_relief", "household"), ("temporary_relief", "person")]


def test_what_may_be_given_in_a_year_at_most_is_of_the_year() -> None:
    figure = only(figures_of("临时救助标准实行上限管理，同一家庭全年累计不超过3万元。"))
    assert (figure.measure, figure.per, figure.qualifier) == ("standard", "year", "at_most")


def test_money_lent_is_not_paid() -> None:
    assert reasons_of("小额信贷新增放贷5,260万元，贴息286万元。")[0][1] == "not_a_level"


# ------------------------------------------------------------------ the report of one project


def test_a_share_in_the_report_of_a_project_is_of_the_project() -> None:
    found = figures_of("四、实施情况\n\n五个镇的免除人数占全县的45.82%。", PROJECT)
    assert only(found).programme == "funeral"
    found = figures_of("四、实施情况\n\n老年人口占户籍人口的15.82%。", PROJECT)
    assert only(found).programme is None


def test_next_years_plan_is_no_money_of_the_project() -> None:
    found = figures_of("六、有关建议\n\n一是2023年继续安排1,680万元用于惠民殡葬。", PROJECT)
    assert fields(found, "measure", "spending_type", "fiscal_year") == [("budget", None, 2023)]
    found = figures_of("六、有关建议\n\n2023年本级预算已安排865万元。", PROJECT)
    assert fields(found, "measure", "spending_type") == [("budget", "project")]


def test_beds_for_patients_are_no_care_for_the_old() -> None:
    assert figures_of("全县有乡镇卫生院21所，开放床位3,652张。")[-1].programme is None
    assert figures_of("镇卫生院新增护理床位50张。")[-1].programme == "elder_care"


# ------------------------------------------------------------------ parts and wholes


def test_after_an_aside_the_whole_goes_on() -> None:
    found = figures_of("在册低保2.31万户（其中城市0.42万户）、4.62万人（其中城市0.61万人）。")
    assert fields(found, "residence") == [(None,), ("urban",), (None,), ("urban",)]


def test_after_parts_of_several_programmes_the_whole_goes_on() -> None:
    found = figures_of("残疾人两项补贴发放1,176万元，其中生活补贴441万元、护理补贴735万元，惠及1.05万人。")
    assert found[-1].programme == "disability_both"
    found = figures_of("发放救助资金812万元，其中城市低保金212万元、农村低保金600万元，惠及1.05万人。")
    assert found[-1].programme == "dibao"


def test_care_of_both_kinds_at_once_is_of_neither() -> None:
    assert only(figures_of("特困人员集中供养、分散供养标准均为每人每月1,131元。")).care is None
    found = figures_of("集中供养、分散供养特困人员分别为812人、2,316人。")
    assert fields(found, "care") == [("institutional",), ("home",)]


def test_spending_divided_by_purpose_is_of_the_accounts() -> None:
    found = figures_of("项目支出中，困难群众救助补助3,986万元、养老服务体系建设652万元。")
    assert fields(found, "measure", "programme", "spending_type") == [
        ("expenditure", "social_assistance", "project"),
        ("expenditure", "elder_care", "project"),
    ]
    assert only(figures_of("全年支出低保救助资金2,100万元。")).measure == "benefit_paid"


def test_money_carried_over_in_a_list_of_sources_has_no_source_of_the_one_before() -> None:
    found = figures_of("部门预算收入6,523万元，其中一般公共预算5,986万元、政府性基金412万元、上年结转125万元。")
    assert (found[-1].measure, found[-1].fund_source) == ("carryover", None)


def test_a_year_that_is_said_is_the_old_values_own() -> None:
    found = figures_of("全县养老床位由2020年的3,216张增加到4,126张，低保对象由2021年末的8,236人增至9,012人。")
    assert fields(found, "fiscal_year") == [(2020,), (2022,), (2021,), (2022,)]
    found = figures_of("从2022年7月1日起，低保标准由每人每月760元提高到790元。")
    assert fields(found, "fiscal_year") == [(2021,), (2022,)]


def test_what_each_was_let_off_on_average_is_a_top_up() -> None:
    found = figures_of("共减免基本殡葬服务费1,862具，减免费用223.4万元，人均减免1,200元。")
    assert (found[-1].measure, found[-1].programme, found[-1].per) == ("top_up", "funeral", "time")


def test_the_limit_up_to_which_a_township_may_grant_relief_is_a_standard() -> None:
    found = figures_of("小额临时救助审批额度由1,000元提高到2,000元。")
    assert fields(found, "measure", "fiscal_year") == [("standard", 2021), ("standard", 2022)]


def test_a_clause_since_the_last_figure_names_what_follows() -> None:
    found = figures_of(
        "特困人员基本生活标准为每人每月1,014元，照料护理标准按自理能力分为三档，每人每月分别为46元、230元、460元。"
    )
    assert [figure.programme for figure in found] == ["tekun", *["tekun_nursing"] * 3]


def test_part_of_a_population_is_one_too() -> None:
    found = figures_of("全县60周岁以上老年人9.86万人，占总人口的21.3%，其中80周岁以上1.32万人。")
    assert fields(found, "unit") == [("percent",)]


def test_one_project_in_quotes_is_the_subject_of_its_sentence() -> None:
    found = figures_of("一是“高龄津贴”项目，全年预算860万元，支出843万元，执行率98.02%，自评得分98分。")
    assert {figure.programme for figure in found} == {"old_age_allowance"}
    assert [figure.spending_type for figure in found][:3] == ["project"] * 3


def test_what_was_given_is_worth_no_level_and_couples_reconciled_are_no_case() -> None:
    assert figures_of("捐建的设备价值86万元。") == []
    assert figures_of("开展婚姻家庭辅导，劝和286对。") == []


def test_titles_within_a_paragraph_name_what_follows_them() -> None:
    found = figures_of(
        "1．救助保障更加精准。①低保。支出8,632万元。②特困供养。全年支出1,236万元。③临时救助。救助1,632人次。④其他。发放取暖补贴12万元。"
    )
    assert [figure.programme for figure in found] == ["dibao", "tekun", "temporary_relief", None]


# ------------------------------------------------------------------ indicators in words


@pytest.mark.parametrize(
    ("sentence", "programme"),
    [
        ("低保保障人数：年初目标18,000人，实际完成18,632人。", "dibao"),
        ("数量指标：发放高龄津贴人数≥18,000人，实际18,632人。", "old_age_allowance"),
        ("困难群众救助人数，目标值≥18,000人，完成值18,632人。", "social_assistance"),
        ("临时救助人次指标值为18,000人次，实际完成18,632人次。", "temporary_relief"),
    ],
)
def test_an_indicator_in_words_has_its_target_and_its_value(sentence: str, programme: str) -> None:
    found = figures_of(sentence)
    assert fields(found, "measure", "programme", "value") == [
        ("indicator_target", programme, 18000),
        ("indicator_actual", programme, 18632),
    ]


@pytest.mark.parametrize("sentence", ["适老化改造计划600户，实际完成548户。", "适老化改造任务数600户，完成548户。"])
def test_a_task_that_is_no_indicator_stays_what_it_counts(sentence: str) -> None:
    found = figures_of(sentence)
    assert fields(found, "measure", "qualifier") == [("beneficiaries", "target"), ("beneficiaries", "exact")]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("服务对象满意度指标：目标值≥90%，完成值95.6%。", "服务对象满意度"),
        ("时效指标：发放及时率目标≥98%，实际99.2%。", "发放及时率"),
    ],
)
def test_a_rate_in_words_has_its_target_and_its_value(sentence: str, name: str) -> None:
    found = figures_of(sentence)
    assert fields(found, "measure", "indicator") == [("indicator_target", name), ("indicator_actual", name)]


def test_a_target_in_parentheses_is_of_the_rate_before_them() -> None:
    found = figures_of("未完成的是护理型床位占比（目标60%，实际55.2%）。")
    assert fields(found, "measure", "programme") == [
        ("indicator_target", "elder_care"),
        ("indicator_actual", "elder_care"),
    ]


def test_the_care_of_a_list_of_grades_is_named_before_it() -> None:
    found = figures_of("分散供养特困人员照料护理标准：一级每人每月450元，二级每人每月230元，三级每人每月50元。")
    assert {figure.care for figure in found} == {"home"}


# ------------------------------------------------------------------ the report of one project, whatever its title

SUBSIDIES = "云渡县2022年度残疾人两项补贴项目绩效评价报告"


@pytest.mark.parametrize(
    "title",
    [
        SUBSIDIES,
        "残疾人两项补贴项目2022年度绩效自评报告",
        "云渡县民政局2022年残疾人两项补贴资金使用情况绩效评价报告",
        "云渡县2022年残疾人两项补贴项目财政重点绩效评价报告",
    ],
)
def test_titles_of_the_evaluation_of_a_project(title: str) -> None:
    figure = only(figures_of("二、资金情况\n\n项目年初预算1,020万元。", title))
    assert (figure.programme, figure.spending_type) == ("disability_both", "project")


def test_a_title_with_the_department_and_its_projects_is_the_departments() -> None:
    title = "云渡县民政局2022年度部门整体支出及项目支出绩效自评报告"
    figure = only(figures_of("二、资金情况\n\n全年支出1,020万元。", title))
    assert (figure.programme, figure.spending_type) == (None, None)


def test_the_rate_after_the_parts_of_an_amount_is_that_of_the_amount() -> None:
    sentence = "实际支出1,076万元，其中困难残疾人生活补贴436万元、重度残疾人护理补贴640万元，预算执行率99.49%。"
    found = figures_of(f"二、资金情况\n\n{sentence}", SUBSIDIES)
    assert [figure.programme for figure in found] == [
        "disability_both", "disability_living", "disability_nursing", "disability_both",
    ]  # fmt: skip


def test_those_who_were_given_what_a_project_gives_are_its_own() -> None:
    assert only(figures_of("三、产出\n\n全年累计发放13.46万人次。", SUBSIDIES)).programme == "disability_both"
    assert figures_of("三、产出\n\n抽调业务骨干9人组成评价组。", SUBSIDIES) == []


@pytest.mark.parametrize(
    "sentence", ["2个乡镇存在死亡后继续领取补贴情况，涉及12人、1.86万元，已全部追回。", "2023年拟提高补贴标准10元。"]
)
def test_what_was_taken_back_and_by_how_much_a_standard_rises_are_none(sentence: str) -> None:
    assert figures_of(f"五、存在问题\n\n{sentence}", SUBSIDIES) == []


def test_how_far_a_standard_is_kept_is_no_rate_of_money() -> None:
    assert only(figures_of("补贴标准执行率100%。")).measure == "indicator_actual"
    assert only(figures_of("资金执行率96%。")).measure == "execution_rate"


# ------------------------------------------------------------------ lists of people and of payments


def test_each_group_of_a_list_has_what_was_done_for_it() -> None:
    found = figures_of("为1.2万名困难残疾人发放生活补贴、为1.86万名重度残疾人发放护理补贴。")
    assert fields(found, "programme") == [("disability_living",), ("disability_nursing",)]


def test_those_whom_a_list_of_payments_reached_are_of_its_first() -> None:
    found = figures_of("发放特困供养金6,126万元、护理费812万元，保障6,236人。")
    assert fields(found, "programme") == [("tekun",), ("tekun_nursing",), ("tekun",)]


def test_a_budget_by_its_purposes_is_budgeted() -> None:
    found = figures_of("预算安排500万元，其中运营补贴286万元、能力提升补贴94万元。")
    assert fields(found, "measure") == [("budget",)] * 3


def test_a_goal_in_parentheses_after_facilities_is_their_goal() -> None:
    found = figures_of("新建老年助餐点12个（目标10个）。")
    assert fields(found, "measure", "value", "qualifier") == [
        ("facilities", 12, "exact"),
        ("facilities", 10, "target"),
    ]


def test_what_is_given_names_the_programme_whoever_it_is_given_to() -> None:
    found = figures_of("为80周岁以上低保老年人和90周岁以上老年人6,342名发放高龄津贴817.9万元。")
    assert {figure.programme for figure in found} == {"old_age_allowance"}
    assert figures_of("为低保对象6,342名代缴养老保险费89万元。")[0].programme == "dibao"


def test_those_in_the_guarantee_are_of_dibao() -> None:
    found = figures_of("（一）社会救助。期末在保8,214户、13,652人。")
    assert {figure.programme for figure in found} == {"dibao"}


def test_fallen_prices_and_intentions_are_no_figures() -> None:
    assert figures_of("殡葬用品平均降价幅度超过50%，达成就业意向260人。") == []


def test_a_service_across_provinces_is_of_no_programme() -> None:
    assert only(figures_of("推进“跨省通办”，网办率37.5%。")).programme is None
    assert {figure.programme for figure in figures_of("办理结婚登记174对，其中“跨省通办”26对。")} == {"marriage"}


# ------------------------------------------------------------------ bounds, samples and changes


@pytest.mark.parametrize(
    "sentence",
    [
        "日均就餐低于20人的助餐点运营困难。",
        "现场核查3个县（区）的18处服务设施。",
        "剔除无效工单326张、涉及资金2.61万元。",
        "社区工作者人均年增资约4,200元。",
    ],
)
def test_bounds_samples_and_rises_are_no_figures(sentence: str) -> None:
    assert figures_of(sentence) == []


def test_what_takes_the_first_budget_to_the_last_is_a_change() -> None:
    found = figures_of("2022年年初预算数7,905.2万元，预算调整数575.5万元，全年预算数8,480.7万元。")
    assert fields(found, "stage", "value") == [("initial", 79052000), ("revised", 84807000)]
    found = figures_of("2022年年初预算数7,905.2万元，调整预算数8,480.7万元。")
    assert fields(found, "stage") == [("initial",), ("revised",)]


def test_a_section_on_payments_made_in_full_is_about_work() -> None:
    found = figures_of("二、主要工作\n\n2.资金足额发。特困供养资金全年896万元。")
    assert fields(found, "measure", "programme") == [("benefit_paid", "tekun")]


def test_a_sum_of_payments_is_one_where_no_word_says_so() -> None:
    found = figures_of("城市低保全年发放5,875万元；农村低保全年发放1.8亿元；两项合计近2.4亿元。")
    assert fields(found, "measure", "programme")[-1] == ("benefit_paid", "dibao")


def test_the_name_of_a_rate_in_parentheses() -> None:
    figure = only(figures_of("年末结转结余与支出之比（结转结余率）为5.02%。"))
    assert figure.measure == "carryover_rate"


def test_a_grant_for_rent_is_no_price() -> None:
    found = figures_of("创业补贴每人6,000元、创业租金补贴每人每年5,000元。")
    assert fields(found, "measure") == [("standard",), ("standard",)]


def test_that_project_is_the_one_named_before() -> None:
    found = figures_of("敬老院改造项目开工迟，该项目全年预算1,600万元，至年底支付912万元。")
    assert fields(found, "measure", "programme", "spending_type") == [
        ("budget", "elder_care", "project"),
        ("expenditure", "elder_care", "project"),
    ]
    figure = only(figures_of("信息化建设滞后，该项目全年预算160万元。"))
    assert (figure.programme, figure.spending_type) == (None, "project")


def test_money_meant_for_work_that_is_named_after_it() -> None:
    assert figures_of("2023年拟投入1,200万元续建养老设施。")[0].programme == "elder_care"


def test_those_who_moved_into_a_home_live_in_it() -> None:
    assert only(figures_of("敬老院收住失能特困人员318人。")).care == "institutional"


def test_the_standard_of_those_in_institutions() -> None:
    found = figures_of("孤儿养育标准机构1,600元/人/月、散居1,100元/人/月。")
    assert fields(found, "care") == [("institutional",), ("home",)]


def test_company_in_hospital_is_nursing() -> None:
    assert only(figures_of("特困人员住院期间需要陪护的，每人每天补助120元。")).programme == "tekun_nursing"


def test_a_part_in_parentheses_has_the_care_of_its_whole() -> None:
    found = figures_of("集中供养特困人员236人（含失能86人），分散供养890人。")
    assert fields(found, "care") == [("institutional",), ("institutional",), ("home",)]


def test_two_standards_of_town_and_country_come_in_that_order() -> None:
    found = figures_of("城乡居民最低生活保障标准达到月人均756元、540元。")
    assert fields(found, "residence") == [("urban",), ("rural",)]


@pytest.mark.parametrize(
    "sentence",
    ["全县52个社会组织参与乡村振兴，投入资金126万元。", "离婚登记撤回申请312对。", "低保对象较年初新增36人。"],
)
def test_what_others_invest_and_what_was_withdrawn_are_none(sentence: str) -> None:
    assert figures_of(sentence) == []


def test_spending_by_whose_money_it_was_is_spending() -> None:
    found = figures_of("项目支出35,045万元，其中县级专项6,812万元、上级专项28,233万元。")
    assert fields(found, "measure") == [("expenditure",)] * 3


def test_amounts_by_class_of_household_are_top_ups() -> None:
    found = figures_of("农村低保A、B、C类对象月补助额依次为510元、390元、290元。")
    assert fields(found, "measure", "programme", "per") == [("top_up", "dibao", "month")] * 3


def test_a_quota_per_pupil_is_of_the_year() -> None:
    found = figures_of("义务教育学校生均公用经费基准定额小学720元、初中940元。")
    assert fields(found, "measure", "per") == [("standard", "year"), ("standard", "year")]


@pytest.mark.parametrize(
    "sentence", ["抽调11名财务人员参加。", "抽评学校15所。", "停保641户1,183人。", "带动岗位就业64人。"]
)
def test_who_was_called_in_sampled_or_taken_off_is_none(sentence: str) -> None:
    assert figures_of(sentence) == []


def test_titles_that_are_counted_in_words_name_what_follows_them() -> None:
    found = figures_of(
        "一是保障低保。在册1.2万人。二是实施临时救助。全年救助困难群众3,966人次。三是做好流浪救助。全年救助412人次。"
    )
    assert [figure.programme for figure in found] == ["dibao", "temporary_relief", "vagrant_relief"]


def test_matching_money_that_was_planned_is_budgeted() -> None:
    figure = only(figures_of("年初预算已安排学生资助县级配套资金186万元。"))
    assert (figure.measure, figure.stage) == ("budget", "initial")
    assert only(figures_of("发放困难群众救助补助资金860万元。")).measure == "benefit_paid"


def test_a_line_of_the_office_has_no_type_of_spending_of_its_own() -> None:
    found = figures_of("基本支出中公用经费196万元。其中“三公”经费年初预算24万元。")
    assert fields(found, "spending_type", "item") == [("operating", None), (None, "三公经费")]


def test_a_sentence_that_counts_no_programme_leaves_the_topic() -> None:
    found = figures_of("（一）临时救助。一是程序更加优化。全年救助1,632人次。二是标准稳步提高。支出286万元。")
    assert {figure.programme for figure in found} == {"temporary_relief"}


def test_places_that_are_counted_before_another_name_are_no_facilities() -> None:
    found = figures_of(
        "资金下达到9个乡镇和县救助管理站。支持2个县（市、区）实施养老院改造。全县6个乡镇敬老院正常运行。"
    )
    assert fields(found, "measure", "value") == [("facilities", 6)]


def test_a_part_of_the_initial_budget_is_initial_and_money_of_the_unit_is_set_against_the_appropriation() -> None:
    found = figures_of(
        "2022年年初预算为500万元，其中基本支出预算120万元，项目支出预算380万元。"
        "2022年初部门预算安排900万元，其中财政拨款860万元、单位资金40万元。"
    )
    assert fields(found, "stage", "fund_source", "value") == [
        ("initial", None, 5_000_000),
        ("initial", None, 1_200_000),
        ("initial", None, 3_800_000),
        ("initial", None, 9_000_000),
        ("initial", "fiscal_appropriation", 8_600_000),
        ("initial", "other", 400_000),
    ]


def test_a_facility_without_a_row_is_known_by_the_ending_of_its_name() -> None:
    found = figures_of("新建就业帮扶中心8个。建成3个民间剪纸活动室。局机关下设5个机关服务保障中心。开展培训4个班次。")
    assert fields(found, "measure", "value") == [("facilities", 8), ("facilities", 3)]
    assert max(figure.confidence for figure in found) < 0.9


def test_what_was_attained_instead_of_a_goal_per_head_is_per_head_as_well() -> None:
    found = figures_of(
        "城市低保补助水平为月人均不低于300元，实际达到412元。农村低保分档补差，A档每人每月380元、B档210元。"
    )
    assert fields(found, "measure", "programme", "residence", "per", "value") == [
        ("top_up", "dibao", "urban", "month", 300),
        ("top_up", "dibao", "urban", "month", 412),
        ("top_up", "dibao", "rural", "month", 380),
        ("top_up", "dibao", "rural", "month", 210),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("运维所需的救助站工作经费25万元由县级财政另行安排。", [("budget", 250_000)]),
        ("敬老院维修资金400万元仅支付150万元。", [("budget", 4_000_000), ("expenditure", 1_500_000)]),
        (
            "全年收到省级困难群众救助补助资金800万元、市级养老服务奖补60万元。",
            [("income", 8_000_000), ("income", 600_000)],
        ),
        ("省级福利彩票公益金另补助我县养老服务设施建设资金90万元。", [("income", 900_000)]),
        ("社工站采购项目尾款12万元结转下年支付。", [("carryover", 120_000)]),
        ("对年度考核优秀的6家助餐点各奖励2万元。", [("facilities", 6), ("standard", 20_000)]),
    ],
)
def test_what_the_clause_around_an_amount_makes_of_it(text: str, expected: list[tuple[str, float]]) -> None:
    assert fields(figures_of(text), "measure", "value") == expected


def test_a_reward_is_paid_once() -> None:
    assert figures_of("对年度考核优秀的6家助餐点各奖励2万元。")[-1].per == "time"


def test_goals_of_the_last_section_are_of_the_next_year_unless_they_name_another() -> None:
    found = figures_of(
        "六、改进措施\n一是加快支出，力争年中支出进度达到50%。二是拟新建助餐点4个。2022年执行率96%。\n"
        "七、存在问题及改进措施\n全年新增床位9张。\n"
    )
    assert fields(found, "fiscal_year", "value") == [
        (YEAR + 1, 50),
        (YEAR + 1, 4),
        (YEAR, 96),
        (YEAR, 9),
    ]


def test_bold_type_within_a_line_is_no_part_of_the_text_and_a_masked_number_is_no_bold() -> None:
    found = figures_of("自评得分**95.5分**。**发放低保金**：全年**12.5万元**。罚款1**2万元，退回3**4万元。")
    assert fields(found, "measure", "value") == [("score", 95.5), ("benefit_paid", 125_000)]


def test_goals_in_quotes_are_goals() -> None:
    found = figures_of("提出“老年人月探访率达到100%、公墓建设覆盖率达到95%”的总体目标。")
    assert [f.measure for f in found] == ["indicator_target", "indicator_target"]


def test_a_list_in_turn_goes_on_from_the_sentence_that_it_stands_in() -> None:
    found = figures_of(
        "孤儿60名，其中机构养育20名、亲属抚养40名，基本生活费标准分别为每月1,900元和1,400元。"
        "高龄津贴发放900人，其中80—89岁700人、90—99岁180人、百岁以上20人，月标准依次为30元、50元、300元。"
    )
    assert [(f.programme, f.care, f.value) for f in found if f.measure == "standard"] == [
        ("orphan", "institutional", 1900),
        ("orphan", "home", 1400),
        ("old_age_allowance", None, 30),
        ("old_age_allowance", None, 50),
        ("old_age_allowance", None, 300),
    ]
