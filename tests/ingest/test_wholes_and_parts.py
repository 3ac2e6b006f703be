"""Budgets and what they consist of, in tables and sentences: lines, sources, projects; all invented."""

from __future__ import annotations

import pytest

from tests.ingest.small_reports import YEAR, fields, figures_of, only

ACCOUNTS = f"云渡县民政局{YEAR}年度部门决算"
PROJECT = f"云渡县{YEAR}年养老服务专项资金项目支出绩效评价报告"


def test_the_code_of_a_class_may_stand_in_one_cell_with_its_name() -> None:
    found = figures_of(
        "一般公共预算财政拨款支出决算表\n单位：万元\n功能科目\t合计\t基本支出\t项目支出\n"
        "2081004 殡葬\t36.50\t6.50\t30.00\n2081901 城市最低生活保障金支出\t90.20\t0.00\t90.20\n",
        ACCOUNTS,
    )
    assert fields(found, "programme", "residence", "spending_type", "item", "variant") == [
        ("funeral", None, None, "殡葬", "2081004"),
        ("funeral", None, "basic", "殡葬", "2081004"),
        ("funeral", None, "project", "殡葬", "2081004"),
        ("dibao", "urban", None, "城市最低生活保障金支出", "2081901"),
        ("dibao", "urban", "basic", "城市最低生活保障金支出", "2081901"),
        ("dibao", "urban", "project", "城市最低生活保障金支出", "2081901"),
    ]


def test_heads_with_a_year_are_goals_or_what_was_attained() -> None:
    found = figures_of(
        f"指标名称\t{YEAR - 2}年基数\t{YEAR}年计划\t{YEAR + 1}年计划\t{YEAR}年实际\n护理型床位占比\t41.5%\t50%\t55%\t52.3%\n"
    )
    assert fields(found, "measure", "value", "fiscal_year") == [
        ("indicator_actual", 41.5, YEAR - 2),
        ("indicator_target", 50, YEAR),
        ("indicator_target", 55, YEAR + 1),
        ("indicator_actual", 52.3, YEAR),
    ]


LINES = "公用经费\t60.00\n项目支出\t500.00\n其中：社会救助\t300.00\n养老服务\t{}\n合计\t{}\n"


@pytest.mark.parametrize(
    ("amount", "total", "spending_types"),
    [
        # Without 养老服务 the lines make the sum: it is a part of 项目支出 as well.
        ("200.00", "560.00", ["operating", "project", "project", "project", None]),
        # With it they do: it is a line of its own.
        ("120.00", "680.00", ["operating", "project", "project", None, None]),
    ],
)
def test_the_sum_tells_which_rows_go_on_the_parts(amount: str, total: str, spending_types: list[str | None]) -> None:
    found = figures_of(f"部门预算执行表\n单位：万元\n经费类别\t全年预算数\n{LINES.format(amount, total)}")
    assert [figure.spending_type for figure in found] == spending_types


@pytest.mark.parametrize(
    ("sentence", "stages"),
    [
        ("区财政批复我局部门预算905.20万元，其中基本支出105.20万元、项目支出800.00万元。", ["initial"] * 3),
        ("批复调整后部门预算905.20万元。", ["revised"]),
        ("全年编制政府采购预算86.00万元。", [None]),
        (
            "年中调整为905.20万元，来源如下：中央和省级补助300.00万元，市级补助205.20万元，县级预算400.00万元。",
            ["revised"] * 4,
        ),
    ],
)
def test_the_stage_of_a_budget_is_that_of_its_parts(sentence: str, stages: list[str | None]) -> None:
    found = figures_of(f"{YEAR}年年初，{sentence}" if "来源" not in sentence else f"年初预算800.00万元，{sentence}")
    found = found[-len(stages) :]
    assert [(figure.measure, figure.stage) for figure in found] == [("budget", stage) for stage in stages]


def test_the_next_budget_of_a_project_is_the_project_s() -> None:
    found = figures_of(f"建议{YEAR + 1}年年初预算安排412.00万元。", PROJECT)
    assert fields(found, "measure", "programme", "spending_type", "fiscal_year") == [
        ("budget", "elder_care", "project", YEAR + 1)
    ]


def test_a_summary_of_a_project_s_evaluation_speaks_of_its_money() -> None:
    found = figures_of("“临时救助”项目绩效自评综述：全年预算数为62.00万元，执行数为60.10万元。", ACCOUNTS)
    assert fields(found, "measure", "programme", "spending_type") == [
        ("budget", "temporary_relief", "project"),
        ("expenditure", "temporary_relief", "project"),
    ]


def test_a_number_below_names_that_is_no_code_stays_a_value() -> None:
    found = figures_of("项目\t保障人数（人）\n城市低保\t20812\n")
    assert only(found).value == 20_812


@pytest.mark.parametrize("join", ["，其中", "。其中"])
def test_those_who_get_temporary_relief_are_its_own_whatever_else_they_receive(join: str) -> None:
    found = figures_of(
        f"全年实施临时救助812户1,460人次{join}低保对象730人次、特困人员52人次。因病救助690人次，支出81.5万元。"
    )
    assert fields(found, "measure", "programme", "value") == [
        ("beneficiaries", "temporary_relief", 812),
        ("beneficiaries", "temporary_relief", 1460),
        ("beneficiaries", "temporary_relief", 730),
        ("beneficiaries", "temporary_relief", 52),
        ("beneficiaries", "temporary_relief", 690),
        ("benefit_paid", "temporary_relief", 815_000),
    ]


def test_a_group_that_is_no_part_of_those_relieved_keeps_its_programme() -> None:
    found = figures_of("全年实施临时救助460人次，其中流浪乞讨人员救助88人次。低保对象730人。")
    assert fields(found, "programme", "value") == [("temporary_relief", 460), ("vagrant_relief", 88), ("dibao", 730)]


def test_help_named_right_before_a_group_without_a_programme_is_its_programme() -> None:
    found = figures_of("临时救助城乡困难家庭311户902人次，发放资金86.20万元。走访困难家庭120户。")
    assert fields(found, "programme", "value") == [
        ("temporary_relief", 311),
        ("temporary_relief", 902),
        ("temporary_relief", 862_000),
        (None, 120),
    ]


def test_a_clause_about_other_people_of_the_same_programme_ends_their_residence() -> None:
    found = figures_of("城市低保标准为每人每月705元，农村低保分三类，分别按每人每月480元、390元、300元补助。")
    assert fields(found, "programme", "residence", "value") == [
        ("dibao", "urban", 705),
        ("dibao", "rural", 480),
        ("dibao", "rural", 390),
        ("dibao", "rural", 300),
    ]


def test_each_whole_may_have_parts_of_which_only_the_first_says_so() -> None:
    found = figures_of(
        "单位：万元\n资金类别\t年初预算数\n基本支出\t150.00\n其中：人员经费\t120.00\n公用经费\t30.00\n"
        "项目支出\t500.00\n其中：社会救助\t320.00\n养老服务\t180.00\n部门整体支出合计\t650.00\n"
    )
    assert fields(found, "spending_type", "programme", "value") == [
        ("basic", None, 1_500_000),
        ("personnel", None, 1_200_000),
        ("operating", None, 300_000),
        ("project", None, 5_000_000),
        ("project", "social_assistance", 3_200_000),
        ("project", "elder_care", 1_800_000),
        (None, None, 6_500_000),
    ]


def test_the_average_beside_what_was_paid_is_a_top_up_and_temporary_relief_is_paid_once() -> None:
    found = figures_of(
        "救助类型\t救助人次\t发放资金（万元）\t人均（元）\n临时救助\t400\t48.00\t1200\n城市低保\t300\t18.00\t600\n"
    )
    assert fields([f for f in found if f.measure == "top_up"], "programme", "value", "per") == [
        ("temporary_relief", 1200, "time"),
        ("dibao", 600, "month"),
    ]


def test_the_sum_executed_of_a_budget_was_spent() -> None:
    found = figures_of(f"{YEAR}年专项资金预算执行总额为311.80万元，其中用于临时救助120.00万元。")
    assert fields(found, "measure", "value") == [("expenditure", 3_118_000), ("expenditure", 1_200_000)]


def test_sources_of_income_go_on_after_a_semicolon() -> None:
    found = figures_of(
        "收入预算726.40万元，其中：一般公共预算563.90万元，占收入预算的77.63%，比上年增加31.20万元；"
        "政府性基金预算112.50万元；单位自有资金50.00万元。收、支总预算均为726.40万元。",
        f"云渡县民政局{YEAR}年部门预算公开",
    )
    assert fields([f for f in found if f.unit == "CNY"], "measure", "fund_source", "value") == [
        ("income", None, 7_264_000),
        ("income", "general_public_budget", 5_639_000),
        ("income", "government_fund", 1_125_000),
        ("income", "other", 500_000),
        ("income", None, 7_264_000),
    ]


def test_a_part_of_what_is_carried_over_is_carried_over() -> None:
    found = figures_of("年末财政拨款结转85.40万元，其中政府性基金76.90万元。")
    assert fields(found, "measure", "fund_source", "value") == [
        ("carryover", None, 854_000),
        ("carryover", "government_fund", 769_000),
    ]


def test_spending_after_the_name_of_a_project_is_that_project_s() -> None:
    found = figures_of("2、残疾人两项补贴项目：执行数133.90万元，生活补贴享受对象374人。")
    assert fields(found, "measure", "programme", "spending_type", "value")[0] == (
        "expenditure",
        "disability_both",
        "project",
        1_339_000,
    )


def test_a_standard_for_each_pupil_over_the_year_is_yearly() -> None:
    found = figures_of(
        "“三包”年生均标准提高至：学前4,400元、小学5,000元。", f"云渡县教育局{YEAR}年度部门整体支出绩效自评报告"
    )
    assert fields(found, "measure", "value", "per") == [("standard", 4400, "year"), ("standard", 5000, "year")]


def test_the_sum_of_the_scores_of_all_parts_is_the_score() -> None:
    table = "一级指标\t决策\t过程\t产出\t效益\t合计\n权重\t20\t20\t40\t20\t100\n得分\t19.2\t18.9\t38.6\t19.5\t96.2\n"
    assert fields(figures_of(table), "measure", "value") == [("score", 96.2)]
    assert figures_of(table.replace("96.2", "16.2")) == []


def test_grades_that_follow_in_a_list_are_paid_for_the_same_period() -> None:
    found = figures_of("80至89周岁老人每人每月55元、90至99周岁110元、100周岁以上280元。")
    assert fields(found, "measure", "programme", "value", "per") == [
        ("standard", "old_age_allowance", value, "month") for value in (55, 110, 280)
    ]


def test_what_is_bought_has_no_type_of_spending() -> None:
    found = figures_of(
        "项目预算安排90.00万元。政府采购预算40.00万元，其中政府采购工程预算25.00万元、政府采购服务预算15.00万元。"
    )
    assert fields(found, "spending_type", "value")[1:] == [(None, 400_000), (None, 250_000), (None, 150_000)]


# ------------------------------------------------------------------ totals and parts of counts in tables


def test_a_total_of_facilities_that_adds_up_is_one_of_the_whole_field() -> None:
    rows = "日间照料中心\t9\t42.00\n老年助餐点\t12\t60.00\n"
    head = "养老服务设施情况表\n设施类型\t数量（个）\t投入资金（万元）\n"
    found = [f for f in figures_of(f"{head}{rows}合计\t21\t102.00\n") if f.measure == "facilities"]
    assert fields(found, "programme", "value") == [("elder_care", 9), ("elder_meals", 12), ("elder_care", 21)]
    found = [f for f in figures_of(f"{head}{rows}合计\t23\t102.00\n") if f.measure == "facilities"]
    assert fields(found, "value") == [(9,), (12,)]


def test_the_money_of_a_kind_of_facility_is_of_its_own_programme() -> None:
    found = figures_of("养老服务设施情况表\n设施类型\t数量（个）\t投入资金（万元）\n老年助餐点\t12\t60.00\n")
    assert fields(found, "measure", "programme") == [("facilities", "elder_meals"), ("expenditure", "elder_meals")]


def test_a_part_is_of_the_residence_of_its_whole() -> None:
    found = figures_of(
        "保障类别\t人数（人）\t全年发放资金（万元）\n城市特困供养\t318\t341.50\n农村特困供养\t2,745\t2,163.28\n其中：集中供养\t612\t598.77\n"
    )
    assert fields(found, "programme", "residence", "care")[-2:] == [("tekun", "rural", "institutional")] * 2


# ------------------------------------------------------------------ people, by what is said of them


def test_who_is_among_recipients_is_one_of_them_whatever_else_they_are() -> None:
    figure = only(figures_of("低保对象中按单人户纳入的重度残疾人和重病患者947人。"))
    assert figure.programme == "dibao"


def test_who_is_checked_is_of_no_programme_that_was_spoken_of_before() -> None:
    found = figures_of("全年救助流浪乞讨人员94人次。经信息系统核对2,508户。复核低保对象1,200户。")
    assert [f.programme for f in found if f.unit == "household"][:1] == [None]


def test_people_counted_by_age_who_draw_a_benefit_are_no_population() -> None:
    title = "云渡县人力资源和社会保障局2022年度部门整体支出绩效自评报告"
    assert fields(figures_of("其中60周岁以上领取待遇人员7.92万人。", title), "measure") == [("beneficiaries",)]
    assert figures_of("其中60周岁以上人员7.92万人。", title) == []


# ------------------------------------------------------------------ goals


@pytest.mark.parametrize(
    ("sentence", "measure"),
    [
        ("加强宣传，使政策知晓率提升至90%以上。", "indicator_target"),
        ("加强宣传，已使政策知晓率提升至90%以上。", "indicator_actual"),
    ],
)
def test_what_is_to_be_raised_in_a_section_of_improvements_is_a_goal(sentence: str, measure: str) -> None:
    assert only(figures_of(f"六、下一步改进措施\n{sentence}")).measure == measure


def test_the_rate_that_a_budget_expects_of_the_year_that_ends_is_no_goal() -> None:
    found = figures_of(
        f"{YEAR - 1}年全年预算数116.30万元，预计全年支出113.20万元，执行率97.33%。", f"云渡县民政局{YEAR}年部门预算公开"
    )
    assert fields(found, "measure")[-1] == ("execution_rate",)


# ------------------------------------------------------------------ two programmes in one number, parts of a home's people


@pytest.mark.parametrize(
    ("sentence", "programme"),
    [
        ("特困人员406人，全年发放基本生活费和照料护理费913.60万元。", "tekun"),
        ("特困人员406人，全年发放照料护理费913.60万元。", "tekun_nursing"),
    ],
)
def test_money_for_living_and_nursing_is_of_what_is_named_first(sentence: str, programme: str) -> None:
    assert figures_of(sentence)[-1].programme == programme


def test_those_supported_who_live_in_a_home_for_the_old_stay_those_supported() -> None:
    found = figures_of("在院老人327人，其中特困老人64人。完成适老化改造306户，其中特困老人42户。")
    assert fields(found, "programme", "care") == [
        ("elder_care", "institutional"),
        ("tekun", "institutional"),
        ("home_adaptation", None),
        ("home_adaptation", None),
    ]


def test_what_a_charity_pays_for_projects_it_lists_is_help() -> None:
    found = figures_of("县慈善总会募集善款83万元，用于助学、助医等项目支出41.5万元。")
    assert fields(found, "measure", "programme", "value") == [("benefit_paid", "charity", 415_000)]


@pytest.mark.parametrize(
    "sentence",
    [
        "有5个长者食堂日就餐人数在10人以下。",
        "对32所学校开展收费和食堂财务专项检查。",
        "民政局包括3个股室及1个下属单位（救助服务中心）。",
    ],
)
def test_bounds_inspections_and_own_units_count_nothing_that_was_reached(sentence: str) -> None:
    assert [f.raw for f in figures_of(sentence)] == (["5个"] if "长者食堂" in sentence else [])


def test_old_people_whose_health_is_looked_after_are_no_population() -> None:
    title = "云渡县卫生健康局2022年度部门整体支出绩效自评报告"
    found = figures_of("规范管理65岁及以上老年人4.86万人、高血压患者3.92万人。全县65岁及以上老年人5.1万人。", title)
    assert fields(found, "measure", "value") == [("beneficiaries", 48_600), ("beneficiaries", 39_200)]


def test_without_a_sum_the_rows_that_a_whole_holds_are_its_parts() -> None:
    found = figures_of(
        "单位：元\n支出类别\t全年预算数\t全年执行数\n人员经费\t615,000.00\t614,000.00\n"
        "项目支出\t9,570,000.00\t9,210,000.00\n其中：城乡低保\t4,860,000.00\t4,790,000.00\n"
        "特困供养\t1,620,000.00\t1,580,000.00\n残疾人两项补贴\t1,140,000.00\t1,140,000.00\n"
    )
    budgets = [(f.programme, f.spending_type) for f in found if f.measure == "budget"]
    assert budgets == [
        (None, "personnel"),
        (None, "project"),
        ("dibao", "project"),
        ("tekun", "project"),
        ("disability_both", "project"),
    ]


def test_without_a_sum_rows_that_the_whole_cannot_hold_are_none_of_its_parts() -> None:
    found = figures_of(
        "单位：元\n支出类别\t全年预算数\t全年执行数\n项目支出\t5,000,000.00\t4,900,000.00\n"
        "其中：城乡低保\t4,860,000.00\t4,790,000.00\n特困供养\t1,620,000.00\t1,580,000.00\n高龄津贴\t1,140,000.00\t1,140,000.00\n"
    )
    types = [f.spending_type for f in found if f.measure == "budget"]
    assert types[1:] == ["project", None, None]


def test_money_called_a_projects_is_of_the_project_that_the_heading_names() -> None:
    found = figures_of(
        "四、重点项目绩效目标\n\n（一）残疾人两项补贴\n\n项目资金（万元）\t年度资金总额\t421.00\t其中：财政拨款\t400.00\t其他资金\t21.00\n",
        title=f"云渡县民政局{YEAR}年部门整体及项目支出绩效目标表",
    )
    assert [(f.measure, f.programme, f.spending_type) for f in found] == [("budget", "disability_both", "project")] * 3
