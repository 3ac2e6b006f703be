"""What headings, ordinals and names of projects say of the figures below them: their year, programme and kind of spending.

All reports are written for these tests; the department and its place are invented.
"""

from __future__ import annotations

import pytest

from tests.ingest.small_reports import DEPARTMENT, YEAR, fields, figures_of

NOTICE = f"{DEPARTMENT}关于调整{YEAR}年社会救助标准暨通报{YEAR - 1}年救助工作的通知"
ACCOUNTS = f"{DEPARTMENT}{YEAR}年度部门决算公开"

# ------------------------------------------------------------------ years


def test_a_title_of_another_year_gives_its_year_to_what_stands_below_it() -> None:
    found = figures_of(
        "一、救助标准\n城市低保标准每人每月812元。\n"
        f"二、{YEAR - 1}年救助工作情况\n1.低保。年末农村低保对象431人，发放低保金96.2万元。\n"
        "三、下一步安排\n新增护理型床位40张。",
        NOTICE,
    )
    assert [figure.fiscal_year for figure in found] == [YEAR, YEAR - 1, YEAR - 1, YEAR]


@pytest.mark.parametrize("title", [f"{YEAR - 2}年以来工作情况", f"{YEAR - 2}年至今工作情况", f"截至{YEAR - 1}年底情况"])
def test_a_title_that_a_time_begins_or_ends_in_gives_no_year(title: str) -> None:
    found = figures_of(f"一、{title}\n1.低保。农村低保对象431人。", NOTICE)
    assert [figure.fiscal_year for figure in found] == [YEAR]


def test_a_year_in_an_ordered_sentence_stays_in_it() -> None:
    found = figures_of(f"1.{YEAR - 1}年农村低保对象431人。\n（1）发放低保金96.2万元。\n2.实施临时救助38人次。")
    assert [figure.fiscal_year for figure in found] == [YEAR - 1, YEAR, YEAR]


# ------------------------------------------------------------------ functional classes


@pytest.mark.parametrize("opening", ["3．殡葬（2081004）。", "殡葬（2081004）。", "社会福利（20810）殡葬（2081004）："])
def test_a_functional_class_with_its_code_names_the_programme(opening: str) -> None:
    found = figures_of(
        f"五、一般公共预算财政拨款支出决算情况说明\n{opening}年初预算41.20万元，支出决算38.65万元，完成年初预算的93.81%。",
        ACCOUNTS,
    )
    assert fields(found, "measure", "programme") == [
        ("budget", "funeral"),
        ("expenditure", "funeral"),
        ("execution_rate", "funeral"),
    ]


def test_an_opening_with_other_digits_is_no_functional_class() -> None:
    found = figures_of("五、支出决算情况说明\n3．殡葬等3项（2081）。年初预算41.20万元，支出决算38.65万元。", ACCOUNTS)
    assert fields(found, "measure", "programme") == [("budget", None), ("expenditure", None)]


# ------------------------------------------------------------------ projects


def test_the_score_of_a_named_project_opens_its_money() -> None:
    found = figures_of(
        "部门整体支出绩效自评得分为94.2分。“婚俗改革”项目自评得分96分，全年预算数31万元，执行数30.5万元，完成预算的98.39%。"
    )
    assert fields(found, "measure", "programme", "spending_type") == [
        ("score", None, None),
        ("score", "marriage", None),
        ("budget", "marriage", "project"),
        ("expenditure", "marriage", "project"),
        ("execution_rate", "marriage", "project"),
    ]


def test_the_scores_of_several_projects_open_the_money_of_none_of_them() -> None:
    found = figures_of("“婚俗改革”等项目自评得分96分，全年预算数310万元。")
    assert fields(found[1:], "measure", "programme") == [("budget", None)]


EVALUATED = "项目全年预算数为12万元，执行数为11.8万元，完成预算的98.33%。"


@pytest.mark.parametrize(
    "opening", ["1.高龄津贴项目绩效自评综述：", "（二）“高龄津贴”项目绩效自评结果。", "高龄津贴项目自评情况："]
)
def test_the_money_below_the_evaluation_of_a_project_is_its_own(opening: str) -> None:
    found = figures_of(f"十一、预算绩效情况说明\n{opening}根据年初设定的目标，自评得分为96分。{EVALUATED}", ACCOUNTS)
    assert fields(found[1:], "measure", "programme", "spending_type") == [
        ("budget", "old_age_allowance", "project"),
        ("expenditure", "old_age_allowance", "project"),
        ("execution_rate", "old_age_allowance", "project"),
    ]


@pytest.mark.parametrize(
    "opening",
    ["1.高龄津贴等项目绩效自评综述：", "1.部门项目绩效自评结果。", "1.高龄津贴、婚俗改革项目绩效自评综述。"],
)
def test_the_evaluation_of_several_projects_names_none(opening: str) -> None:
    found = figures_of(f"十一、预算绩效情况说明\n{opening}{EVALUATED}", ACCOUNTS)
    assert {figure.programme for figure in found} <= {None}


def test_a_form_without_a_name_is_of_the_project_whose_evaluation_it_stands_below() -> None:
    form = "资金来源\t全年预算数\t全年执行数\t执行率\n年度资金总额\t170.00\t169.74\t99.85%\n其中：中央补助资金\t130.00\t130.00\t100.00%"
    above = "十一、预算绩效情况说明\n（二）高龄津贴项目自评综述。自评96分。\n项目支出绩效自评表（金额单位：万元）\n"
    found = [figure for figure in figures_of(above + form, ACCOUNTS) if figure.measure != "score"]
    assert {(figure.programme, figure.spending_type) for figure in found} == {("old_age_allowance", "project")}


def test_a_table_of_the_department_below_such_an_evaluation_stays_the_departments() -> None:
    table = "项目\t全年预算数\t全年执行数\n基本支出\t170.00\t169.74\n项目支出\t130.00\t130.00"
    above = "十一、预算绩效情况说明\n（二）高龄津贴项目自评综述。自评96分。\n收支情况表（金额单位：万元）\n"
    found = [figure for figure in figures_of(above + table, ACCOUNTS) if figure.measure != "score"]
    assert {figure.programme for figure in found} == {None}


def test_a_project_whose_spending_is_slow_is_the_subject_of_its_rate() -> None:
    found = figures_of("养老服务体系项目支出缓慢，资金执行率仅为64.7%。敬老院二期工程2021年度安排资金45万元。")
    assert fields(found, "measure", "programme", "spending_type") == [
        ("execution_rate", "elder_care", "project"),
        ("budget", "elder_care", "project"),
    ]


# ------------------------------------------------------------------ tables with an outline

SPENDING = [
    ["支出类别", "全年预算", "决算数", "执行率"],
    ["一、基本支出", "62.00", "61.38", "99.00%"],
    ["（一）人员经费", "50.00", "50.00", "100.00%"],
    ["（二）其他", "12.00", "11.38", "94.83%"],
    ["二、项目支出", "40.00", "35.20", "88.00%"],
    ["（一）高龄津贴", "24.00", "22.08", "92.00%"],
    ["（二）院舍修缮", "16.00", "13.12", "82.00%"],
    ["合计", "102.00", "96.58", "94.69%"],
]


def _lines(rows: list[list[str]]) -> str:
    return "表1 支出明细表（单位：万元）\n" + "\n".join("\t".join(row) for row in rows)


def _with_numbers_apart(row: list[str]) -> list[str]:
    ordinal, sign, name = row[0].partition("、" if "、" in row[0] else "）")
    return [ordinal + sign.strip("、"), name, *row[1:]] if sign else ["", *row]


@pytest.mark.parametrize("is_apart", [False, True], ids=["in the label", "in a column of its own"])
def test_lines_below_project_spending_are_projects(is_apart: bool) -> None:
    rows = [["序号", *SPENDING[0]], *map(_with_numbers_apart, SPENDING[1:])] if is_apart else SPENDING
    found = [figure for figure in figures_of(_lines(rows)) if figure.measure == "expenditure"]
    assert fields(found, "programme", "spending_type") == [
        (None, "basic"),
        (None, "personnel"),
        (None, "basic"),
        (None, "project"),
        ("old_age_allowance", "project"),
        (None, "project"),
        (None, None),
    ]


def test_an_ordinal_of_the_same_level_opens_no_part() -> None:
    rows = [SPENDING[0], ["一、项目支出", "40.00", "35.20", "88.00%"], ["二、院舍修缮", "16.00", "13.12", "82.00%"]]
    assert [f.spending_type for f in figures_of(_lines(rows)) if f.measure == "budget"] == ["project", None]


# ------------------------------------------------------------------ notices of standards


def test_a_heading_of_one_of_its_standards_keeps_the_programme_of_the_one_above_it() -> None:
    found = figures_of(
        "**二、特困人员供养标准**\n\n（一）基本生活标准。市辖区每人每月995元，其他县每人每月969元。\n\n（二）人员通讯补助。工作人员每人每月60元。",
        NOTICE,
    )
    assert fields(found, "programme", "value")[:2] == [("tekun", 995), ("tekun", 969)]
    assert [figure.programme for figure in found[2:]] == [None]


@pytest.mark.parametrize(
    ("sentence", "cares"),
    [
        ("分散供养对象中，全护理、半护理人员每人每月分别为300元、150元。", ["home", "home"]),
        ("集中供养对象中，全护理、半护理人员每人每月分别为495元、248元。", ["institutional", "institutional"]),
        ("供养对象中，全护理、半护理人员每人每月分别为495元、248元。", [None, None]),
    ],
)
def test_the_care_of_those_whose_grades_follow_is_that_of_each_grade(sentence: str, cares: list[str | None]) -> None:
    found = figures_of(f"二、特困人员供养标准\n（二）照料护理标准。{sentence}", NOTICE)
    assert [figure.care for figure in found] == cares


def test_a_grant_that_goes_on_the_standards_of_a_paragraph_is_of_its_programme() -> None:
    found = figures_of("（一）高龄津贴。百岁老人每人每月500元，并发放一次性慰问金800元。", NOTICE)
    assert fields(found, "programme", "per", "value") == [
        ("old_age_allowance", "month", 500),
        ("old_age_allowance", "time", 800),
    ]


def test_a_facility_is_nearer_than_the_field_that_the_paragraph_is_about() -> None:
    found = figures_of("（三）养老服务补贴。社区长者食堂给予每年3万元运营补贴。", NOTICE)
    assert fields(found, "programme", "value") == [("elder_meals", 30_000)]
    found = figures_of("（三）特困供养。社区长者食堂给予每人每月300元补助。", NOTICE)
    assert fields(found, "programme", "value") == [("tekun", 300)]


def test_what_a_home_gets_for_each_bed_is_of_no_way_of_care() -> None:
    found = figures_of("对入住失能老人的民办养老机构每床每月补贴200元。", NOTICE)
    assert fields(found, "programme", "care") == [("elder_care", None)]


@pytest.mark.parametrize(
    ("sentence", "residence"),
    [
        ("桐城市低保标准每人每月752元。", None),
        ("安庆市桐城市低保标准每人每月752元。", None),
        ("运城市城市低保标准每人每月752元。", "urban"),
        ("相应城市低保标准每人每月752元。", "urban"),
        ("上海城市低保标准每人每月752元。", "urban"),
    ],
)
def test_a_place_whose_name_ends_in_城市_is_no_city_population(sentence: str, residence: str | None) -> None:
    assert [figure.residence for figure in figures_of(sentence, NOTICE)] == [residence]


# ------------------------------------------------------------------ sources of money


def test_the_source_of_the_amount_before_is_nearer_than_that_of_the_heading() -> None:
    found = figures_of(
        "四、财政拨款支出与预算对比。一般公共预算财政拨款支出年初预算215.40万元，支出决算236.45万元，完成年初预算的109.8%。",
        ACCOUNTS,
    )
    assert {figure.fund_source for figure in found} == {"general_public_budget"}


@pytest.mark.parametrize(
    "line", ["（一）2080801死亡抚恤，支出决算18.46万元。", "（一）死亡抚恤（2080801），支出决算18.46万元。"]
)
def test_a_class_of_the_accounts_is_known_by_its_code_before_or_after_its_name(line: str) -> None:
    found = figures_of(f"二、一般公共预算财政拨款支出决算情况说明\n{line}", ACCOUNTS)
    assert fields(found, "measure", "fund_source") == [("expenditure", None)]


@pytest.mark.parametrize(
    ("rest", "source"),
    [
        ("2.事业收入0万元。\n3.其他收入13.20万元。", "fiscal_appropriation"),
        ("2.上级补助收入0万元。", None),
        ("二、支出情况\n1.其他收入安排的支出13.20万元。", None),
    ],
)
def test_money_beside_the_appropriation_may_be_an_item_of_the_same_list(rest: str, source: str | None) -> None:
    found = figures_of(f"（一）本年收入111.51万元，具体情况如下：\n1.财政拨款收入98.31万元。\n{rest}", ACCOUNTS)
    assert [f.fund_source for f in found if f.value == 983_100] == [source]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("1.2080801死亡抚恤支出年初预算20.00万元，支出决算18.46万元，完成年初预算的92.3%。", ("死亡抚恤", "2080801")),
        (
            "（一）死亡抚恤（2080801）年初预算20.00万元，支出决算18.46万元，完成年初预算的92.3%。",
            ("死亡抚恤", "2080801"),
        ),
        (
            "1.社会保障和就业支出（类）退役安置（款）退役士兵安置（项）年初预算20.00万元，支出决算18.46万元，完成年初预算的92.3%。",
            ("退役士兵安置", None),
        ),
        ("1.全年支出年初预算20.00万元，支出决算18.46万元，完成年初预算的92.3%。", (None, None)),
    ],
)
def test_what_is_said_of_one_class_of_the_accounts_is_not_the_departments_whole(
    line: str, named: tuple[str | None, str | None]
) -> None:
    found = figures_of(f"二、一般公共预算财政拨款支出决算情况说明\n{line}", ACCOUNTS)
    assert [figure.measure for figure in found] == ["budget", "expenditure", "execution_rate"]
    assert [figure.item for figure in found] == [named[0]] * 3
    assert [figure.variant for figure in found[:2]] == [named[1]] * 2


@pytest.mark.parametrize(("line", "item"), [("“三公”经费支出3.86万元", "三公经费"), ("全年支出386.00万元", None)])
def test_the_budget_that_was_completed_is_of_what_was_spent(line: str, item: str | None) -> None:
    found = figures_of(f"{line}，完成全年预算600.00万元的64.33%。", ACCOUNTS)
    assert fields(found, "measure", "stage", "item") == [
        ("expenditure", "final", item),
        ("budget", "revised", item),
        ("execution_rate", "final", item),
    ]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        (
            "本年支出合计640万元，其中社会保障和就业支出（类）600万元；住房保障支出（类）40万元。",
            [None, "社会保障和就业支出", "住房保障支出"],
        ),
        (
            "1.社会保障和就业支出（类）支出600万元；2.卫生健康支出（类）支出30万元；3.住房保障支出（类）支出10万元。",
            ["社会保障和就业支出", "卫生健康支出", "住房保障支出"],
        ),
        (
            "1.社会保障和就业支出（类）民政管理事务（款）支出600万元，主要用于人员经费；卫生健康支出30万元；住房保障支出10万元。",
            ["民政管理事务", "卫生健康支出", "住房保障支出"],
        ),
        (
            "（一）社会福利（款）老年福利（项）支出60万元。全年部门总支出为640万元，支出预算执行率96%。",
            ["老年福利", None, None],
        ),
        ("1.2080801死亡抚恤支出18万元；2.2080802伤残抚恤支出22万元。", ["死亡抚恤", None]),
        (
            "1.社会福利（款）老年福利（项）。全年预算60万元，全年支出57万元，全年预算执行率95%。",
            ["老年福利", "老年福利", "老年福利"],
        ),
    ],
)
def test_a_class_of_the_accounts_ends_where_another_or_the_whole_is_named(line: str, named: list[str | None]) -> None:
    found = figures_of(f"二、支出决算情况说明\n{line}", ACCOUNTS)
    assert [figure.item for figure in found] == named


@pytest.mark.parametrize("heading", ["二、年度主要目标任务", "（三）项目绩效目标"])
def test_the_name_of_a_rate_does_not_say_that_its_goal_was_reached(heading: str) -> None:
    found = figures_of(f"{heading}\n1. 新建助餐点6个；\n2. 能力评估完成率达到96%；\n3. 康复服务率达到88%以上。\n")
    assert fields(found, "measure", "value", "qualifier") == [
        ("facilities", 6, "target"),
        ("indicator_target", 96, "exact"),
        ("indicator_target", 88, "at_least"),
    ]


def test_a_table_of_the_special_money_spent_is_of_projects() -> None:
    found = figures_of(
        "（四）专项资金。各专项支出如下表（单位：元）：\n\n"
        "项目    年度预算    实际支出    完成率\n"
        "儿童康复    386,000.00    371,200.00    96.17%\n"
        "托养服务    150,000.00    150,000.00    100.00%\n"
    )
    assert {figure.spending_type for figure in found} == {"project"}


def test_chapters_may_be_numbered_in_formal_numerals() -> None:
    work = "1、社会救助\n全年特困人员照护费支出16.9万元。"
    found = figures_of(f"贰、整体支出情况\n（一）支出。部门总支出640万元。\n叁、主要绩效\n{work}")
    assert [(f.measure, f.programme) for f in found] == [("expenditure", None), ("benefit_paid", "tekun_nursing")]
    found = figures_of(f"贰、整体支出情况\n（一）支出。部门总支出640万元。\n{work}")
    assert found[-1].measure == "expenditure"


@pytest.mark.parametrize("heading", ["1.3 项目绩效目标", "1.3 年度绩效目标", "1.3 绩效目标"])
def test_a_list_below_a_heading_with_a_decimal_is_of_that_heading(heading: str) -> None:
    found = figures_of(
        f"1 项目概况\n1.1 立项背景\n按年度计划实施。\n{heading}\n"
        "1. 建设助餐点6个；\n2. 老年人满意度达到88%以上。\n"
        "2 项目完成情况\n2.1 产出情况\n1. 建设助餐点7个。\n2. 老年人满意度91%。\n"
    )
    assert fields(found, "measure", "value", "qualifier") == [
        ("facilities", 6, "target"),
        ("indicator_target", 88, "at_least"),
        ("facilities", 7, "exact"),
        ("indicator_actual", 91, "exact"),
    ]


def test_chapters_with_a_point_are_not_below_the_decimals_of_the_one_before() -> None:
    found = figures_of("1.绩效目标\n1.1 年度目标\n满意度达到90%。\n2.完成情况\n群众满意度94%。\n")
    assert fields(found, "measure", "value") == [("indicator_target", 90), ("indicator_actual", 94)]


@pytest.mark.parametrize("heading", ["7.2 具体情况", "3.1 项目管理", "2.4 2024年打算"])
def test_a_heading_with_a_decimal_counts_nothing(heading: str) -> None:
    assert figures_of(f"3 殡葬管理\n{heading}\n全年按计划推进。\n") == []
