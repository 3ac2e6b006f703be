"""The hard things of the genre, one small test each, with sentences written for these tests.

What each figure has to be follows the rules by which the gold tables were made.
"""

from __future__ import annotations

import pytest
from small_reports import TITLE, YEAR, fields, figures_of, only

LAST_YEAR = YEAR - 1


# ------------------------------------------------------------------ old and new standard in a clause


@pytest.mark.parametrize(
    "verb",
    [
        "提高到",
        "提高至",
        "调整为",
        "上调至",
        "提标到",
        "增加到",
    ],
)
@pytest.mark.parametrize("start", ["由", "从"])
def test_old_and_new_standard(start: str, verb: str) -> None:
    found = figures_of(f"城市低保标准{start}每人每月720元{verb}780元。")
    assert fields(found, "measure", "programme", "residence", "value", "per", "fiscal_year") == [
        ("standard", "dibao", "urban", 720, "month", LAST_YEAR),
        ("standard", "dibao", "urban", 780, "month", YEAR),
    ]


def test_old_and_new_with_the_unit_on_both() -> None:
    found = figures_of("农村低保标准从7080元/人·年提高到7200元/人·年。")
    assert fields(found, "value", "per", "fiscal_year") == [(7080, "year", LAST_YEAR), (7200, "year", YEAR)]


@pytest.mark.parametrize("last_year", ["2021年", "上年", "去年"])
def test_old_and_new_with_last_year_named(last_year: str) -> None:
    found = figures_of(f"2022年城市低保标准由{last_year}的每人每月720元提高到每人每月780元。")
    assert fields(found, "value", "fiscal_year") == [(720, LAST_YEAR), (780, YEAR)]


def test_the_original_standard_is_of_the_year_before() -> None:
    found = figures_of("低保原标准每人每月720元，现提高至780元。")
    assert fields(found, "value", "fiscal_year") == [(720, LAST_YEAR), (780, YEAR)]


def test_two_standards_raised_in_one_sentence() -> None:
    found = figures_of("农村低保标准从每人每年6600元提高到7200元，集中供养孤儿养育标准由每人每月1500元调整为1650元。")
    assert fields(found, "programme", "residence", "care", "value", "per", "fiscal_year") == [
        ("dibao", "rural", None, 6600, "year", LAST_YEAR),
        ("dibao", "rural", None, 7200, "year", YEAR),
        ("orphan", None, "institutional", 1500, "month", LAST_YEAR),
        ("orphan", None, "institutional", 1650, "month", YEAR),
    ]


def test_a_rate_that_was_raised_belongs_to_two_years() -> None:
    found = figures_of("护理型床位占比由45.0%提升至51.0%。")
    assert fields(found, "measure", "programme", "value", "fiscal_year") == [
        ("indicator_actual", "elder_care", 45, LAST_YEAR),
        ("indicator_actual", "elder_care", 51, YEAR),
    ]


def test_a_rate_that_was_raised_keeps_its_name() -> None:
    found = figures_of("护理型床位占比由上年的45.0%提升至51.0%。")
    assert {f.indicator for f in found} == {"护理型床位占比"}


# ------------------------------------------------------------------ lists


def test_a_list_of_people_is_bound_to_the_names_before_it() -> None:
    found = figures_of("截至年底，低保、特困、孤儿分别为2310人、486人、32人。")
    assert fields(found, "programme", "value") == [("dibao", 2310), ("tekun", 486), ("orphan", 32)]


def test_a_list_of_residences_shares_its_programme() -> None:
    found = figures_of("城市、农村低保对象分别为812人、1498人。")
    assert fields(found, "programme", "residence", "value") == [("dibao", "urban", 812), ("dibao", "rural", 1498)]


@pytest.mark.parametrize(
    ("sentence", "dimension", "values"),
    [
        ("城市、农村低保对象分别为812人、1498人，发放低保金分别为520.6万元、444.1万元。", "residence", ["urban", "rural"] * 2),
        ("集中供养特困人员132人，分散供养354人，全年分别发放供养金210.4万元、478.5万元。", "care", ["institutional", "home"] * 2),
    ],
)  # fmt: skip
def test_two_lists_in_one_sentence(sentence: str, dimension: str, values: list[str]) -> None:
    assert [getattr(f, dimension) for f in figures_of(sentence)] == values


def test_a_list_of_standards_is_bound_to_the_people_before_it() -> None:
    found = figures_of("集中供养孤儿12人，散居孤儿20人，月人均标准分别为1900元、1300元。")
    assert fields(found, "measure", "care", "value") == [
        ("beneficiaries", "institutional", 12),
        ("beneficiaries", "home", 20),
        ("standard", "institutional", 1900),
        ("standard", "home", 1300),
    ]


def test_two_kinds_of_care_after_one_verb() -> None:
    found = figures_of("孤儿供养标准提高到集中每人每月1900元、散居每人每月1300元。")
    assert fields(found, "care", "value") == [("institutional", 1900), ("home", 1300)]


def test_a_list_of_years() -> None:
    found = figures_of("2021年和2022年分别发放低保金889.1万元、964.7万元。")
    assert fields(found, "fiscal_year", "value") == [(2021, 8_891_000), (2022, 9_647_000)]


# ------------------------------------------------------------------ parts of a whole


def test_nested_parts_of_the_departments_spending() -> None:
    found = figures_of(
        "全年部门支出5,200万元，其中：基本支出1,200万元（其中人员经费1,000万元、公用经费200万元），项目支出4,000万元。"
    )
    assert fields(found, "measure", "spending_type", "stage", "value") == [
        ("expenditure", None, "final", 52_000_000),
        ("expenditure", "basic", "final", 12_000_000),
        ("expenditure", "personnel", "final", 10_000_000),
        ("expenditure", "operating", "final", 2_000_000),
        ("expenditure", "project", "final", 40_000_000),
    ]


def test_parts_of_people_and_parts_of_money() -> None:
    found = figures_of(
        "低保对象2310人（其中城市812人、农村1498人），发放低保金964.7万元（其中城市520.6万元、农村444.1万元）。"
    )
    assert fields(found, "measure", "programme", "residence", "value") == [
        ("beneficiaries", "dibao", None, 2310),
        ("beneficiaries", "dibao", "urban", 812),
        ("beneficiaries", "dibao", "rural", 1498),
        ("benefit_paid", "dibao", None, 9_647_000),
        ("benefit_paid", "dibao", "urban", 5_206_000),
        ("benefit_paid", "dibao", "rural", 4_441_000),
    ]


def test_sources_of_income() -> None:
    found = figures_of("2022年部门收入5000万元，其中财政拨款收入4800万元，其他收入200万元。")
    assert fields(found, "measure", "fund_source", "stage", "value") == [
        ("income", None, "final", 50_000_000),
        ("income", "fiscal_appropriation", "final", 48_000_000),
        ("income", "other", "final", 2_000_000),
    ]


def test_facilities_and_their_parts() -> None:
    found = figures_of("全县共有养老机构18家（其中公办12家、民办6家），养老床位1860张，其中护理型床位948张。")
    assert fields(found, "measure", "programme", "value") == [
        ("facilities", "elder_care", 18),
        ("facilities", "elder_care", 12),
        ("facilities", "elder_care", 6),
        ("beds", "elder_care", 1860),
        ("beds", "elder_care", 948),
    ]


def test_facilities_built_and_rebuilt() -> None:
    found = figures_of("建成长者饭堂26个，其中新建6个、改造3个。")
    assert fields(found, "measure", "programme", "value") == [("facilities", "elder_meals", n) for n in (26, 6, 3)]


# ------------------------------------------------------------------ two programmes in one number


def test_both_disability_subsidies_in_one_number() -> None:
    found = figures_of("发放困难残疾人生活补贴和重度残疾人护理补贴共计356.4万元，惠及1820人。")
    assert fields(found, "measure", "programme", "value") == [
        ("benefit_paid", "disability_both", 3_564_000),
        ("beneficiaries", "disability_both", 1820),
    ]


def test_two_programmes_in_one_number_count_for_the_first() -> None:
    found = figures_of("向孤儿和事实无人抚养儿童158人发放基本生活费210.5万元。")
    assert fields(found, "measure", "programme") == [("beneficiaries", "orphan"), ("benefit_paid", "orphan")]


def test_each_subsidys_people_and_the_money_of_both() -> None:
    found = figures_of("发放困难残疾人生活补贴980人、重度残疾人护理补贴840人，共发放补贴资金196.2万元。")
    assert fields(found, "measure", "programme") == [
        ("beneficiaries", "disability_living"),
        ("beneficiaries", "disability_nursing"),
        ("benefit_paid", "disability_both"),
    ]


def test_the_nursing_of_tekun_is_a_programme_of_its_own() -> None:
    found = figures_of(
        "特困人员集中供养基本生活标准1248元/月，照料护理标准：全自理180元/月、半护理360元/月、全护理720元/月。"
    )
    assert fields(found, "programme", "variant", "value", "per") == [
        ("tekun", None, 1248, "month"),
        ("tekun_nursing", "全自理", 180, "month"),
        ("tekun_nursing", "半护理", 360, "month"),
        ("tekun_nursing", "全护理", 720, "month"),
    ]


# ------------------------------------------------------------------ which year


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("2022年发放高龄津贴96万元，去年同期为88万元。", [YEAR, LAST_YEAR]),
        ("今年发放高龄津贴96万元。", [YEAR]),
        ("2021年末结转和结余120万元。", [2021]),
        ("年初结转和结余120万元，年末结转和结余85万元。", [LAST_YEAR, YEAR]),
        ("截至2022年12月底，全县共有低保对象2310人。", [2022]),
        ("截至2023年3月，全县共有低保对象2405人。", [2023]),
        ("2023年计划新建农村养老服务站7个。", [2023]),
        ("到2025年，护理型床位占比达到55%。", [2025]),
        ("发放低保金964.7万元，较上年的889.1万元增长8.5%。", [YEAR, LAST_YEAR]),
        ("上年结转和结余120万元，年末结转和结余85万元。", [LAST_YEAR, YEAR]),
    ],
)  # fmt: skip
def test_the_year_that_a_figure_is_about(sentence: str, years: list[int]) -> None:
    assert [f.fiscal_year for f in figures_of(sentence)] == years


def test_both_balances_are_carryovers() -> None:
    assert fields(figures_of("年初结转和结余120万元，年末结转和结余85万元。"), "measure", "value") == [
        ("carryover", 1_200_000),
        ("carryover", 850_000),
    ]


def test_a_month_beside_the_cumulative_figure() -> None:
    found = figures_of("12月发放低保金82.3万元，全年累计发放低保金964.7万元。")
    assert fields(found, "measure", "programme", "value", "fiscal_year") == [
        ("benefit_paid", "dibao", 823_000, YEAR),
        ("benefit_paid", "dibao", 9_647_000, YEAR),
    ]


# ------------------------------------------------------------------ targets beside actuals, plans


def test_a_goal_for_a_rate_is_a_target() -> None:
    assert fields(figures_of("到2025年，力争低保资金社会化发放率达到100%。"), "measure", "value") == [
        ("indicator_target", 100)
    ]


def test_a_target_beside_what_was_attained() -> None:
    found = figures_of("低保资金社会化发放率目标值为100%，实际完成98.5%。")
    assert fields(found, "measure", "indicator", "value") == [
        ("indicator_target", "低保资金社会化发放率", 100),
        ("indicator_actual", "低保资金社会化发放率", 98.5),
    ]


def test_a_count_that_is_still_a_plan_is_marked_as_one() -> None:
    found = figures_of("计划新增养老床位100张，实际新增120张。")
    assert fields(found, "measure", "value", "qualifier") == [("beds", 100, "target"), ("beds", 120, "exact")]


def test_a_count_that_was_the_goal_is_marked_as_one() -> None:
    found = figures_of("年初目标完成低保救助2300人，实际完成2310人。")
    assert fields(found, "value", "qualifier") == [(2300, "target"), (2310, "exact")]


def test_a_task_and_its_rate() -> None:
    found = figures_of("完成火化任务数2205具的61.8%。")
    assert fields(found, "measure", "programme", "value", "qualifier") == [
        ("cases", "funeral", 2205, "target"),
        ("indicator_actual", "funeral", 61.8, "exact"),
    ]


def test_budget_actual_and_the_rate_against_each_budget() -> None:
    found = figures_of(
        "年初预算5000万元，调整后预算5200万元，决算数4960万元，完成年初预算的99.2%，完成调整预算的95.38%。"
    )
    assert fields(found, "measure", "stage", "value") == [
        ("budget", "initial", 50_000_000),
        ("budget", "revised", 52_000_000),
        ("expenditure", "final", 49_600_000),
        ("execution_rate", "final", 99.2),
        ("execution_rate", "final", 95.38),
    ]


# ------------------------------------------------------------------ standards by period, band and grade


def test_a_standard_by_month_and_by_year() -> None:
    found = figures_of("农村低保标准为每人每年7200元（折合每月600元）。")
    assert fields(found, "measure", "value", "per") == [("standard", 7200, "year"), ("standard", 600, "month")]


@pytest.mark.parametrize("over_the_year", ["全年", "全年折合", "年折合"])
def test_a_monthly_standard_and_its_sum_over_the_year(over_the_year: str) -> None:
    found = figures_of(f"低保标准为每人每月780元，{over_the_year}9360元。")
    assert fields(found, "value", "per") == [(780, "month"), (9360, "year")]


def test_standards_by_age_band() -> None:
    found = figures_of("高龄津贴标准为：80—89周岁每人每月50元，90—99周岁每人每月100元，100周岁及以上每人每月300元。")
    assert fields(found, "measure", "programme", "value", "per") == [
        ("standard", "old_age_allowance", value, "month") for value in (50, 100, 300)
    ]


@pytest.mark.parametrize("sign", ["—", "-", "至", "～"])
def test_an_age_band_is_kept_whole(sign: str) -> None:
    found = figures_of(f"高龄津贴标准为：80{sign}89周岁每人每月50元，100周岁及以上每人每月300元。")
    assert found[0].variant is not None
    assert found[0].variant.startswith("80")
    assert found[1].variant == "100周岁及以上"


def test_standards_by_grade() -> None:
    found = figures_of("困难残疾人生活补贴每人每月80元，重度残疾人护理补贴一级每人每月120元、二级每人每月90元。")
    assert fields(found, "programme", "variant", "value") == [
        ("disability_living", None, 80),
        ("disability_nursing", "一级", 120),
        ("disability_nursing", "二级", 90),
    ]


def test_dibao_by_class_of_household_is_a_top_up() -> None:
    found = figures_of("城市低保A类每人每月补差450元，B类每人每月380元。")
    assert fields(found, "measure", "programme", "residence", "value", "per") == [
        ("top_up", "dibao", "urban", 450, "month"),
        ("top_up", "dibao", "urban", 380, "month"),
    ]


def test_top_ups_are_no_standards() -> None:
    found = figures_of("城市低保月人均补差462元，农村低保月人均补差318元。")
    assert fields(found, "measure", "residence", "value", "per") == [
        ("top_up", "urban", 462, "month"),
        ("top_up", "rural", 318, "month"),
    ]


def test_what_is_paid_out_a_month_is_no_standard() -> None:
    found = figures_of("惠及残疾人980人，每月发放补贴7.84万元。")
    assert fields(found, "measure", "value") == [("beneficiaries", 980), ("benefit_paid", 78_400)]


# ------------------------------------------------------------------ ways of writing numbers


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("发放临时救助金三百元。", 300),
        ("发放临时救助金1.2万元。", 12_000),
        ("发放临时救助金十万元。", 100_000),
        ("發放臨時救助金３．６萬元。", 36_000),
        ("发放临时救助金 12. 5 万元。", 125_000),
        ("发放临时救助金12，345，678元。", 12_345_678),
    ],
)
def test_an_amount_however_it_is_written(sentence: str, value: float) -> None:
    found = only(figures_of(sentence))
    assert (found.measure, found.programme, found.value) == ("benefit_paid", "temporary_relief", value)


@pytest.mark.parametrize(
    ("sentence", "value"), [("共惠及低保对象一千二百人。", 1200), ("共惠及低保对象1.2万人。", 12_000), ("共惠及低保對象１，０２０人。", 1020)]
)  # fmt: skip
def test_people_however_they_are_counted(sentence: str, value: float) -> None:
    found = only(figures_of(sentence))
    assert (found.measure, found.programme, found.value) == ("beneficiaries", "dibao", value)


def test_a_report_in_traditional_characters() -> None:
    found = figures_of(
        "2022年，全縣發放農村低保金３２５．６萬元，惠及低保對象１，０２０人。",
        title="雲渡縣民政局2022年度部門整體支出績效自評報告",
    )
    assert fields(found, "measure", "programme", "residence", "value", "department") == [
        ("benefit_paid", "dibao", "rural", 3_256_000, "云渡县民政局"),
        ("beneficiaries", "dibao", "rural", 1020, "云渡县民政局"),
    ]


# ------------------------------------------------------------------ how exact


@pytest.mark.parametrize(
    ("words", "qualifier", "raw"),
    [
        ("低保对象1200人", "exact", "1200人"),
        ("低保对象1200余人", "over", "1200余人"),
        ("低保对象1200多人", "over", "1200多人"),
        ("低保对象超过1200人", "over", "1200人"),
        ("低保对象突破1200人", "over", "1200人"),
        ("近1200名低保对象", "under", "1200名"),
        ("约1200名低保对象", "about", "1200名"),
        ("低保对象1200人左右", "about", "1200人"),
        ("低保对象1200人以上", "at_least", "1200人"),
        ("低保对象不低于1200人", "at_least", "1200人"),
        ("低保对象不少于1200人", "at_least", "1200人"),
        ("低保对象不超过1200人", "at_most", "1200人"),
        ("低保对象1200人以内", "at_most", "1200人"),
    ],
)
def test_how_exact_a_count_is(words: str, qualifier: str, raw: str) -> None:
    found = only(figures_of(f"全年惠及{words}。"))
    assert (found.qualifier, found.raw, found.value) == (qualifier, raw, 1200)


@pytest.mark.parametrize(
    ("sentence", "qualifiers"),
    [
        ("城市低保标准不低于780元/人·月。", ["at_least"]),
        ("临时救助标准最高不超过5000元/户。", ["at_most"]),
        ("城市低保标准不低于每人每月780元。", ["at_least"]),
        ("特困人员供养标准为每人每月1014元至1560元。", ["at_least", "at_most"]),
    ],
)  # fmt: skip
def test_how_exact_a_standard_is(sentence: str, qualifiers: list[str]) -> None:
    assert [f.qualifier for f in figures_of(sentence)] == qualifiers


def test_a_range_is_two_figures() -> None:
    found = figures_of("特困人员供养标准为每人每月1014元至1560元。")
    assert fields(found, "measure", "programme", "value", "per") == [
        ("standard", "tekun", 1014, "month"),
        ("standard", "tekun", 1560, "month"),
    ]


# ------------------------------------------------------------------ figures repeated, other kinds of documents


def test_a_figure_stated_twice_is_two_figures_with_places_of_their_own() -> None:
    found = figures_of("全年发放低保金964.7万元。\n\n综上，发放低保金964.7万元。")
    assert fields(found, "measure", "value") == [("benefit_paid", 9_647_000)] * 2
    assert found[0].start != found[1].start


def test_the_score_of_the_whole_and_of_a_project() -> None:
    whole = only(figures_of("部门整体支出绩效自评得分为96.5分，等级为优。"))
    assert (whole.measure, whole.value, whole.programme) == ("score", 96.5, None)
    project = only(figures_of("项目自评得分为94分。", title="云渡县民政局2022年度高龄津贴项目支出绩效自评报告"))
    assert (project.measure, project.value, project.programme) == ("score", 94, "old_age_allowance")


def test_money_in_a_budget_is_initial() -> None:
    found = figures_of("2022年部门收入5000万元，部门支出5000万元。", title="云渡县民政局2022年部门预算公开")
    assert fields(found, "measure", "stage", "fiscal_year") == [
        ("income", "initial", 2022),
        ("expenditure", "initial", 2022),
    ]


@pytest.mark.parametrize("department", ["教育局", "卫生健康局", "人力资源和社会保障局", "水利局"])
def test_funding_execution_and_score_of_any_department(department: str) -> None:
    found = figures_of(
        "2022年部门全年预算数5200万元，执行数4960万元，预算执行率95.38%，其中基本支出1200万元，项目支出3760万元。\n\n部门整体支出绩效自评得分为92分。",
        title=TITLE.replace("民政局", department),
    )
    assert fields(found, "measure", "programme", "spending_type", "stage", "value") == [
        ("budget", None, None, "revised", 52_000_000),
        ("expenditure", None, None, "final", 49_600_000),
        ("execution_rate", None, None, "final", 95.38),
        ("expenditure", None, "basic", "final", 12_000_000),
        ("expenditure", None, "project", "final", 37_600_000),
        ("score", None, None, None, 92),
    ]


def test_work_of_the_civil_affairs_bureau_has_no_code_in_a_health_bureaus_report() -> None:
    """Words that other departments use as well (老年人, 床位) are no work of civil affairs there; 低保户 are who they are."""
    found = figures_of(
        "为65岁以上老年人体检2310人。医院床位300张。签约服务490户，其中低保户88户。",
        title=TITLE.replace("民政局", "卫生健康局"),
    )
    assert fields(found, "programme", "value") == [(None, 2310), (None, 300), (None, 490), ("dibao", 88)]


def test_a_department_whose_name_is_missing_still_gives_figures() -> None:
    found = only(figures_of("全年发放低保金12万元。", title="2022年度部门整体支出绩效自评报告"))
    assert (found.department, found.programme, found.value) == (None, "dibao", 120_000)


def test_figures_of_services() -> None:
    found = figures_of("办理结婚登记1854对，离婚登记432对，火化遗体1363具，救助流浪乞讨人员86人次。")
    assert fields(found, "measure", "programme", "unit", "value") == [
        ("cases", "marriage", "couple", 1854),
        ("cases", "marriage", "couple", 432),
        ("cases", "funeral", "body", 1363),
        ("beneficiaries", "vagrant_relief", "person_time", 86),
    ]


# ------------------------------------------------------------------ goals named by a noun, markup, silent tables


def test_a_goal_named_by_a_noun_is_that_of_its_own_clause() -> None:
    found = figures_of("全年火化任务数2205具，完成遗体火化1951具。")
    assert fields(found, "measure", "value", "qualifier") == [("cases", 2205, "target"), ("cases", 1951, "exact")]


def test_markup_of_a_web_page_is_no_text() -> None:
    found = figures_of("<p>&nbsp;&nbsp;发放低保<br/>金12万元</p>")
    assert fields(found, "measure", "programme", "value") == [("benefit_paid", "dibao", 120_000)]


def test_the_second_value_of_a_rise_is_of_the_year_of_the_report() -> None:
    found = figures_of(f"火化率由{LAST_YEAR}年的59.1%上升至63.4%。")
    assert fields(found, "indicator", "value", "fiscal_year") == [("火化率", 59.1, LAST_YEAR), ("火化率", 63.4, YEAR)]


def test_a_silent_table_takes_the_only_unit_that_the_report_declares() -> None:
    declared = "单位：万元\n项目\t预算数\t执行数\n低保\t120\t110\n\n以上为全年情况，以下为项目情况。\n\n"
    silent = "项目名称\t预算数\t执行数\n敬老院改造\t40\t30\n适老化改造\t20\t10\n"
    assert [f.value for f in figures_of(declared + silent)][2:] == [400_000, 300_000, 200_000, 100_000]
    assert figures_of(silent) == []


def test_two_declared_units_leave_a_silent_table_unread() -> None:
    two = "单位：万元\n项目\t预算数\n低保\t120\n\n以上为预算情况说明。\n\n单位：元\n项目\t预算数\n孤儿\t900\n\n以上为全年情况。\n\n"
    silent = "项目名称\t预算数\t执行数\n敬老院改造\t40\t30\n适老化改造\t20\t10\n"
    assert [f.value for f in figures_of(two + silent)] == [1_200_000, 900]


def test_a_title_limits_its_table_to_one_source_of_money() -> None:
    found = figures_of(
        "一般公共预算财政拨款支出决算表\n单位：万元\n科目名称\t小计\t基本支出\t项目支出\n行政运行\t41\t41\t0\n"
    )
    assert fields(found, "value", "fund_source", "spending_type") == [
        (410_000, "general_public_budget", None),
        (410_000, "general_public_budget", "basic"),
        (0, "general_public_budget", "project"),
    ]


def test_a_remark_after_the_values_is_no_name() -> None:
    head = "一级指标\t二级指标\t三级指标\t指标值\t完成值\t分值\t得分\t偏差原因\n"
    found = figures_of(
        head + "产出指标\t数量指标\t救助人数\t30人\t36人\t5\t5\t\n临时救助人次\t35人次\t32人次\t3\t2.8\t申请量回落\n"
    )
    assert fields(found, "indicator", "raw")[2:] == [("临时救助人次", "35人次"), ("临时救助人次", "32人次")]


def test_the_column_of_last_year() -> None:
    found = figures_of("三级指标\t指标值\t上年完成值\n救助人数\t>=30人\t26人\n")
    assert fields(found, "measure", "value", "qualifier", "fiscal_year") == [
        ("indicator_target", 30, "at_least", YEAR),
        ("indicator_actual", 26, "exact", LAST_YEAR),
    ]


def test_the_name_of_a_programme_that_ends_in_plan_plans_nothing() -> None:
    found = figures_of("一、营养改善计划\n资助学生满意度为98.5%。\n\n二、2023年工作计划\n资助学生满意度为99%。\n")
    assert fields(found, "measure", "value") == [("indicator_actual", 98.5), ("indicator_target", 99)]
