"""Whose a figure is: which body reports, what a paragraph's opening names, and what the words around a number add.

The sentences are written for these tests.
"""

from __future__ import annotations

import pytest
from small_reports import YEAR, fields, figures_of, only, reasons_of

TOWNSHIP = "云渡县青石镇人民政府2022年民政工作总结"


def test_a_township_reports_on_all_the_work_of_civil_affairs() -> None:
    found = figures_of("全年发放低保金86.4万元，适老化改造12户，协助县救助站送返3人。", TOWNSHIP)
    assert fields(found, "measure", "programme") == [
        ("benefit_paid", "dibao"),
        ("beneficiaries", "home_adaptation"),
        ("beneficiaries", "vagrant_relief"),
    ]


def test_a_home_does_not_change_whose_the_nursing_subsidy_is() -> None:
    found = figures_of("特困人员90人，其中在青石敬老院集中供养20人；全护理对象护理补贴每月300元。")
    assert fields(found, "measure", "programme")[-1] == ("standard", "tekun_nursing")


PROJECT = "云渡县2022年残疾人两项补贴和高龄津贴项目支出绩效自评报告"


def test_in_the_report_of_a_project_the_recipients_are_of_the_part_that_a_paragraph_is_about() -> None:
    found = figures_of(
        "三、产出\n1、困难残疾人生活补贴。享受对象640人，全年发放72.5万元。\n"
        "2、高龄长寿保健补贴。80—89周岁910人，标准50元/人·月；90—99周岁140人，标准90元/人·月。\n"
        "四、效益\n补贴对象1,810人受益。",
        PROJECT,
    )
    assert fields(found, "measure", "programme") == [
        ("beneficiaries", "disability_living"),
        ("benefit_paid", "disability_living"),
        ("beneficiaries", "old_age_allowance"),
        ("standard", "old_age_allowance"),
        ("beneficiaries", "old_age_allowance"),
        ("standard", "old_age_allowance"),
        ("beneficiaries", "disability_both"),
    ]


def test_what_a_sentence_opens_with_is_the_part_of_the_project_that_it_is_about() -> None:
    found = figures_of(
        "三、产出情况\n困难残疾人生活补贴：补贴对象1,440人次，支出13.6万元。\n"
        "重度残疾人护理补贴：补贴对象2,160人次，支出20.1万元，一级每人每月100元。\n"
        "两项补贴合计补贴对象3,600人次，支出33.7万元。",
        PROJECT,
    )
    assert fields(found, "programme", "value") == [
        ("disability_living", 1440),
        ("disability_living", 136_000),
        ("disability_nursing", 2160),
        ("disability_nursing", 201_000),
        ("disability_nursing", 100),
        ("disability_both", 3600),
        ("disability_both", 337_000),
    ]


def test_those_whom_a_part_of_a_standard_is_for_do_not_change_its_programme() -> None:
    found = figures_of("困难残疾人生活补贴标准为每人每月90元，其中低保家庭的残疾人每人每月120元。")
    assert fields(found, "programme", "value") == [("disability_living", 90), ("disability_living", 120)]
    found = figures_of("困难残疾人生活补贴标准为每人每月90元，低保标准为每人每月620元。")
    assert fields(found, "programme", "value") == [("disability_living", 90), ("dibao", 620)]


def test_work_beside_the_project_has_its_own_money() -> None:
    found = figures_of("三、关联工作\n为老年人家庭实施适老化改造36户，投入18万元。项目投入72万元。", PROJECT)
    assert fields(found, "measure", "programme", "spending_type") == [
        ("beneficiaries", "home_adaptation", None),
        ("expenditure", "home_adaptation", None),
        ("expenditure", "disability_both", "project"),
    ]


def test_those_who_get_nothing_for_a_while_are_not_reached() -> None:
    assert reasons_of("高龄津贴因未年审暂停12人。")[-1][1] == "not_a_level"


def test_rails_and_mats_adapt_a_home() -> None:
    found = figures_of("为14户老人安装扶手，每户补助1,500元，使用资金2.1万元。")
    assert fields(found, "measure", "programme") == [
        ("beneficiaries", "home_adaptation"),
        ("standard", "home_adaptation"),
        ("benefit_paid", "home_adaptation"),
    ]


def test_the_class_in_a_parenthesis_takes_nothing_from_the_name_before_it() -> None:
    found = figures_of("二、预算安排\n1.殡葬（社会福利）86万元，用于惠民殡葬。", "云渡县民政局2023年部门预算公开")
    assert fields(found, "measure", "programme") == [("expenditure", "funeral")]


def test_a_charity_helps_people_that_have_no_programme_of_their_own() -> None:
    found = figures_of("县慈善会资助困难家庭学生46名，发放助学金9.2万元。")
    assert fields(found, "measure", "programme") == [("beneficiaries", "charity"), ("benefit_paid", "charity")]
    assert figures_of("慈善会成立以来，走访慰问困难家庭46户。")[0].programme is None


def test_people_found_to_need_help_are_not_those_of_the_sentence_before() -> None:
    found = figures_of("特困人员312人，分散供养280人。依托平台主动发现困难群众640户。")
    assert fields(found, "programme", "value") == [("tekun", 312), ("tekun", 280), (None, 640)]


def test_those_counted_among_families_are_of_these_families() -> None:
    found = figures_of(
        "为低保家庭中的在校学生、患有慢性病的居民、重度残疾人等84人上浮保障金。低保家庭中的重度残疾人享受护理补贴30人。"
    )
    assert fields(found, "programme", "value") == [("dibao", 84), ("disability_nursing", 30)]


def test_meals_of_pupils_are_not_those_of_the_old() -> None:
    found = figures_of("为1,260名学生提供营养改善计划供餐，每人每天补助5元。为320名老人供餐。")
    assert fields(found, "programme", "value") == [(None, 1260), (None, 5), ("elder_meals", 320)]


def test_a_rate_of_insurance_is_not_of_the_programme_before_it() -> None:
    found = figures_of("适老化改造60户，城乡居民医保参保率达到96%，失能老人照护率达到70%。")
    assert fields(found, "programme", "value") == [("home_adaptation", 60), (None, 96), ("elder_care", 70)]


def test_the_insurance_of_employees_in_towns_says_nothing_of_where_people_live() -> None:
    found = figures_of("城镇职工基本养老保险参保1.6万人，失业保险参保0.5万人。城镇特困人员21人。")
    assert fields(found, "residence", "value") == [(None, 16_000), (None, 5_000), ("urban", 21)]


def test_a_home_for_those_in_need_of_care_is_a_home() -> None:
    found = figures_of("建成失能特困人员集中照护中心2个。")
    assert fields(found, "measure", "programme") == [("facilities", "elder_care")]


def test_what_several_kinds_of_children_got_is_of_the_kind_named_first() -> None:
    found = figures_of(
        "孤儿14名；事实无人抚养儿童61名，参照散居孤儿标准执行；累计发放儿童基本生活费118万元，三类儿童合计发放120万元。"
    )
    assert fields(found, "programme", "care")[-2:] == [("orphan", None), ("orphan", None)]


def test_grades_after_an_amount_without_one_are_of_the_nursing_subsidy() -> None:
    found = figures_of(
        "困难残疾人生活补贴享受310人、重度残疾人护理补贴享受280人，补贴标准分别是每月80元和一级每月110元、二级每月70元。"
    )
    assert fields(found, "programme", "value")[2:] == [
        ("disability_living", 80),
        ("disability_nursing", 110),
        ("disability_nursing", 70),
    ]


def test_an_average_that_goes_on_from_a_standard_is_one() -> None:
    found = figures_of("城市特困人员基本生活标准平均每人每月1,100元，农村特困人员平均每人每月900元。")
    assert fields(found, "measure", "residence") == [("standard", "urban"), ("standard", "rural")]
    assert figures_of("农村特困人员平均每人每月900元。")[0].measure == "top_up"


def test_a_rate_kept_within_bounds_was_attained_and_the_one_set_before_was_the_goal() -> None:
    found = figures_of("差错率控制在2%以内，群众满意度94%，较年初设定的90%高4个百分点。")
    assert fields(found, "measure", "value") == [
        ("indicator_actual", 2),
        ("indicator_actual", 94),
        ("indicator_target", 90),
    ]


def test_a_budget_approved_at_the_start_of_the_year_is_the_first_one() -> None:
    found = figures_of("2022年初批复部门预算支出412万元，全年支出420万元。")
    assert fields(found, "measure", "stage") == [("budget", "initial"), ("expenditure", "final")]


def test_a_project_may_be_named_for_its_inspections() -> None:
    assert figures_of("拟安排食品抽检项目资金45万元。")[0].measure == "budget"
    assert reasons_of("抽检资金45万元。")[0][1] == "survey"


def test_a_check_of_health_is_no_care_for_the_old() -> None:
    found = figures_of("家庭医生签约1.3万人，65岁以上老年人免费体检2,100人。为老年人上门服务310人次。")
    assert fields(found, "programme", "value") == [(None, 13_000), (None, 2100), ("elder_care", 310)]


def test_a_word_that_ends_in_a_sign_of_exactness_is_none() -> None:
    assert figures_of("家庭医生签约1.3万人。")[0].qualifier == "exact"
    assert figures_of("临时救助约130人。")[0].qualifier == "about"


def test_what_is_paid_once_to_whoever_is_in_difficulty_is_of_no_programme() -> None:
    found = figures_of(
        "1.困难群众救助。发放一次性生活补贴28万元，惠及困难群众1,400人。为低保对象发放一次性生活补贴9万元。"
    )
    assert fields(found, "programme", "value") == [(None, 280_000), (None, 1400), ("dibao", 90_000)]


def test_a_class_of_the_accounts_is_no_work_in_communities() -> None:
    found = figures_of(
        "二、支出情况\n全年支出312万元，其中一般公共服务支出110万元、城乡社区支出98万元、社会保障和就业支出62万元。",
        TOWNSHIP,
    )
    assert fields(found, "measure", "programme") == [("expenditure", None)] * 4


def test_kinds_of_the_facilities_counted_before_a_comparison() -> None:
    found = figures_of("全县有养老机构42家，比上年减少3家；其中公办15家、民办27家。")
    assert [(f.measure, f.programme, f.value) for f in found] == [
        ("facilities", "elder_care", 42),
        ("facilities", "elder_care", 15),
        ("facilities", "elder_care", 27),
    ]


def test_registrations_are_of_what_the_paragraph_registers() -> None:
    found = figures_of("全县依法登记社会组织318个，比上年增长2%；当年新登记9件，注销4件。")
    assert [(f.measure, f.programme, f.value) for f in found] == [
        ("cases", "social_organisations", 9),
        ("cases", "social_organisations", 4),
    ]


def test_money_of_civil_affairs_as_a_whole_is_of_no_programme() -> None:
    found = figures_of("养老床位合计1,240张。全年民政事业费支出3.18亿元；中央财政向我县转移支付民政事业费1.92亿元。")
    assert [(f.measure, f.programme) for f in found if f.unit == "CNY"] == [("expenditure", None), ("income", None)]


@pytest.mark.parametrize(
    ("sentence", "programmes"),
    [
        ("精神障碍社区康复在两镇启动，设立服务点3处。", ["mental_rehabilitation"]),
        ("由居家养老服务中心12个承接，带动设立村级服务点46个。", ["elder_care", "elder_care"]),
        ("完成适老化改造。全县设立服务点46个。", [None]),
        ("老年人满意度93.2%，其中对上门时间的满意度88.4%。", ["elder_care", "elder_care"]),
        ("2024年计划新建公益性公墓5处，力争全年专项资金支出率达到94%。", ["funeral", None]),
    ],
)
def test_what_names_no_programme_is_of_the_work_of_its_sentence(sentence: str, programmes: list[str | None]) -> None:
    assert [figure.programme for figure in figures_of(sentence)] == programmes


@pytest.mark.parametrize("sentence", ["对1.2万户申请家庭开展经济状况核对。", "全年核对1.2万户。"])
def test_who_is_checked_is_of_no_programme_below_a_heading_of_help(sentence: str) -> None:
    assert only(figures_of(f"三、履职情况\n（一）社会救助。{sentence}")).programme is None


def test_a_rate_of_checks_is_of_those_who_were_checked() -> None:
    found = figures_of(
        "三、履职情况\n（一）社会救助。对1.2万户申请家庭开展经济状况核对，核对率100%。救助对象核查率98%。"
    )
    assert [figure.programme for figure in found] == [None, None, "social_assistance"]


def test_the_grade_after_a_comma_is_paid_for_the_same_period() -> None:
    found = figures_of("居家上门服务按重度失能每人每月280元、中度失能180元给予补助。")
    assert fields(found, "measure", "value", "per") == [("standard", 280, "month"), ("standard", 180, "month")]


def test_an_average_for_each_bed_is_no_standard() -> None:
    found = figures_of("家庭养老床位补贴标准为每张不超过3,600元，实际每张平均3,412元。")
    assert fields(found, "measure", "value", "per") == [("standard", 3600, "time"), ("top_up", 3412, "time")]


def test_grades_after_the_severely_disabled_are_of_their_subsidy() -> None:
    found = figures_of(
        "困难残疾人生活补贴覆盖512人，重度残疾人护理补贴覆盖648人，其中一级110元/人·月、二级90元/人·月。"
    )
    assert [(f.programme, f.value) for f in found if f.per] == [("disability_nursing", 110), ("disability_nursing", 90)]


def test_the_old_who_are_given_an_allowance_by_age_are_those_of_the_old_age_allowance() -> None:
    found = figures_of("为1,310名95周岁以上高龄老人发放津贴68.4万元。")
    assert [f.programme for f in found] == ["old_age_allowance", "old_age_allowance"]


def test_standards_by_age_are_of_the_allowance_that_the_sentence_names_after_them() -> None:
    found = figures_of(
        "居家适老化改造96户。按照80-89周岁每人每月40元、90周岁以上每人每月90元的标准，为4,120名老年人发放高龄津贴230万元。"
    )
    assert [f.programme for f in found] == ["home_adaptation", *["old_age_allowance"] * 4]


def test_a_quoted_project_that_is_an_example_is_that_of_the_money_after_it() -> None:
    found = figures_of("以“临时救助”项目为例，全年预算数86万元，执行数80万元，完成预算的93.02%。")
    assert [(f.measure, f.programme, f.spending_type) for f in found] == [
        ("budget", "temporary_relief", "project"),
        ("expenditure", "temporary_relief", "project"),
        ("execution_rate", "temporary_relief", "project"),
    ]


def test_sums_of_both_subsidies_in_turn_are_in_the_order_of_their_names() -> None:
    found = figures_of(
        "困难残疾人生活补贴月均发放226人，重度残疾人护理补贴月均发放274人，两项补贴分别支出31万元、29万元。"
    )
    assert [f.programme for f in found if f.unit == "CNY"] == ["disability_living", "disability_nursing"]


def test_the_new_standard_after_a_parenthesis_has_the_period_of_the_old_one() -> None:
    found = figures_of("农村低保标准由每人每年6,960元（折合每人每月580元）调整为7,440元（折合每人每月620元）。")
    assert [(f.value, f.per, f.fiscal_year) for f in found] == [
        (6960, "year", YEAR - 1),
        (580, "month", YEAR - 1),
        (7440, "year", YEAR),
        (620, "month", YEAR),
    ]


def test_a_group_of_two_kinds_of_children_is_of_the_first_and_lives_in_both() -> None:
    found = figures_of("建档农村留守儿童412人，走访慰问留守和困境儿童690人次。")
    assert fields(found, "programme", "residence") == [
        ("left_behind_children", "rural"),
        ("left_behind_children", None),
    ]


@pytest.mark.parametrize("heading", ["", "（一）巩固拓展脱贫攻坚成果。"])
def test_money_of_no_programme_is_paid_where_those_before_it_live(heading: str) -> None:
    found = figures_of(f"三、工作情况\n{heading}实施农村危房改造46户，拨付补助资金92.4万元，D级危房每户2.8万元。")
    assert fields(found, "measure", "programme", "residence") == [
        ("beneficiaries", None, "rural"),
        ("benefit_paid", None, "rural"),
        ("standard", None, "rural"),
    ]


def test_other_people_do_not_live_where_those_before_them_do() -> None:
    found = figures_of("三、工作情况\n（一）公共卫生。农村妇女免费筛查860人，救助确诊患者18人。")
    assert fields(found, "residence", "value") == [("rural", 860), (None, 18)]


@pytest.mark.parametrize(
    ("sentence", "measure"),
    [
        ("兑付种粮农民一次性补贴46.20万元。", "benefit_paid"),
        ("为每位农民发放一次性补贴0.46万元。", "standard"),
        ("能力评估每人次补助75元。", "standard"),
        ("评估机构按每人次75元补助。", "standard"),
        ("床位建设平均每张补助2,800元。", "top_up"),
        ("家庭养老床位床均补贴2,800元。", "top_up"),
        ("发放救助金9万元，救助60人次，每人次补助1,500元。", "top_up"),
        ("平均每人次1,500元。", "top_up"),
    ],
)
def test_what_each_gets_and_what_all_get(sentence: str, measure: str) -> None:
    assert figures_of(f"三、工作情况\n（一）临时救助。{sentence}")[-1].measure == measure


def test_a_group_of_the_population_after_a_semicolon_is_background() -> None:
    said = "全县常住人口31.6万人，其中老年人6.4万人，占20.3%；失能、部分失能老年人{}人。"
    assert [r for _, r in reasons_of(said.format("2,134"))][-1] == "background"
    helped = figures_of("全县老年人口6.4万人；为失能、部分失能老年人2,134人提供上门服务。")
    assert only(helped).measure == "beneficiaries"


def test_certificates_counted_as_books_are_cases() -> None:
    found = figures_of("新办残疾人证318本，换发526本；印制宣传册2,000本。", f"云渡县残疾人联合会{YEAR}年度绩效自评报告")
    assert fields(found, "measure", "value", "unit") == [("cases", 318, "case"), ("cases", 526, "case")]
