"""Amounts that a sentence divides, and counts that go on from what was named before them; all invented.

Each rule has a case beside it that it must not reach.
"""

from __future__ import annotations

import pytest

from tests.ingest.small_reports import YEAR, fields, figures_of, only, reasons_of

LOTTERY = f"云渡县{YEAR}年度福利彩票公益金项目绩效评价报告"


@pytest.mark.parametrize("opening", ["按用途划分：", "按照使用方向分，", "分类别看，"])
def test_parts_by_purpose_are_of_the_amount_in_the_sentence_before(opening: str) -> None:
    found = figures_of(
        f"二、资金情况\n预算安排公益金900万元。{opening}老年人福利类520万元；残疾人福利类380万元，占42.2%。", LOTTERY
    )
    assert fields(found, "measure", "stage", "programme")[:3] == [
        ("budget", None, None),
        ("budget", None, "elder_care"),
        ("budget", None, None),
    ]


def test_what_was_left_over_is_not_divided_by_purpose() -> None:
    found = figures_of("二、资金情况\n全年支出900万元，年末结转61万元。按类别划分：城市低保520万元，农村低保380万元。")
    assert [figure.measure for figure in found] == ["expenditure", "carryover", "expenditure", "expenditure"]


def test_which_of_two_budgets_has_these_sources_is_not_said() -> None:
    budgets = "项目年初预算800万元，全年预算900万元"
    apart = figures_of(f"二、资金情况\n{budgets}。资金来源为：中央资金620万元，省级资金280万元。", LOTTERY)
    assert fields(apart, "measure", "stage")[2:] == [("budget", None), ("budget", None)]
    within = figures_of(f"二、资金情况\n{budgets}，其中：中央资金620万元，省级资金280万元。", LOTTERY)
    assert fields(within, "measure", "stage")[2:] == [("budget", "revised"), ("budget", "revised")]


def test_the_first_example_of_a_kind_without_a_code_stands_for_it() -> None:
    found = figures_of("二、资金情况\n安排殡葬等社会公益类项目预算36万元，安排社会公益类项目预算52万元。", LOTTERY)
    assert [figure.programme for figure in found] == ["funeral", None]


def test_no_more_than_a_share_of_the_budget_was_spent() -> None:
    found = figures_of("二、资金情况\n公益性公墓项目预算260万元，实际支付130万元，仅占预算的50%。")
    assert fields(found, "measure", "stage")[2] == ("execution_rate", "final")


@pytest.mark.parametrize(
    ("sentence", "counted"),
    [
        ("社区日间照料中心建成12个，尚有2个在建。", [(12, "exact"), (2, "target")]),
        ("社区日间照料中心建成12个，另有2个获评五星级。", [(12, "exact"), (2, "exact")]),
        ("社区日间照料中心建成12个，另有2个问题未整改。", [(12, "exact")]),
        ("部分老年食堂就餐人数不足，日均低于20人的有5家。", [(5, "exact")]),
    ],
)
def test_so_many_of_the_facilities_named_before(sentence: str, counted: list[tuple[int, str]]) -> None:
    found = figures_of(sentence)
    assert [(figure.value, figure.qualifier) for figure in found if figure.measure == "facilities"] == counted


def test_facilities_to_which_something_happened_are_not_counted() -> None:
    assert reasons_of("有2所敬老院因道路施工推迟开放。") == [("2所", "reason_given")]
    assert only(figures_of("2所敬老院因地制宜开展活动。")).measure == "facilities"


def test_the_goal_after_an_attained_value_is_of_the_same_people() -> None:
    found = figures_of("问卷显示，老年人及家属满意度93.7%，高于90%的目标值。")
    assert fields(found, "measure", "programme", "indicator") == [
        ("indicator_actual", "elder_care", "老年人及家属满意度"),
        ("indicator_target", "elder_care", "老年人及家属满意度"),
    ]


def test_a_share_that_must_not_fall_below_a_bound_is_a_goal() -> None:
    goal = only(figures_of(f"{YEAR + 1}年公益金用于养老服务的比例不得低于55%。"))
    assert (goal.measure, goal.qualifier, goal.programme) == ("indicator_target", "at_least", "elder_care")


def test_disabled_workers_who_are_helped_are_no_staff() -> None:
    assert only(figures_of("为46名福利企业残疾职工配发轮椅。")).measure == "beneficiaries"
    assert reasons_of("组织46名职工体检。") == [("46名", "staff")]


CHILDREN = f"云渡县儿童福利院{YEAR}年度单位整体支出绩效自评报告"


def test_beds_of_a_children_s_home_are_not_for_the_old() -> None:
    assert only(figures_of("全院核定床位60张。", CHILDREN)).programme is None
    assert only(figures_of("全院核定床位60张。", f"云渡县社会福利院{YEAR}年度绩效自评报告")).programme == "elder_care"


def test_whom_a_children_s_home_helps_beside_its_own() -> None:
    found = figures_of(
        "家庭寄养儿童9名；临时监护困境儿童6名。救助流浪未成年人7人次。为14名社会残障儿童提供康复训练。", CHILDREN
    )
    assert [figure.programme for figure in found] == ["orphan", "children_in_difficulty", "vagrant_relief", None]


def test_a_list_with_lines_of_basic_spending_is_no_list_of_projects() -> None:
    rows = "孤儿基本生活费\t35.00\n医疗康复专项\t24.00\n合计\t{}\n"
    mixed = figures_of(
        f"明细表\n单位：万元\n项目名称\t全年预算数\n在职人员经费\t118.00\n{rows.format('177.00')}", CHILDREN
    )
    assert [figure.spending_type for figure in mixed] == ["personnel", None, "project", None]
    projects = figures_of(f"明细表\n单位：万元\n项目名称\t全年预算数\n{rows.format('59.00')}", CHILDREN)
    assert [figure.spending_type for figure in projects] == ["project"] * 3


def test_sources_of_income_go_on_after_what_was_brought_forward() -> None:
    found = figures_of("收入决算总额806万元，其中年初结转结余48万元、财政拨款742万元、其他收入16万元。")
    assert fields(found, "measure", "fund_source", "value") == [
        ("income", None, 8_060_000),
        ("carryover", None, 480_000),
        ("income", "fiscal_appropriation", 7_420_000),
        ("income", "other", 160_000),
    ]


def test_what_a_unit_earns_has_no_source_beside_the_appropriation() -> None:
    found = figures_of("预算调整为920万元，其中财政拨款700万元、单位事业收入安排180万元、其他收入安排40万元。")
    assert fields(found, "measure", "fund_source", "value") == [
        ("budget", None, 9_200_000),
        ("budget", "fiscal_appropriation", 7_000_000),
        ("budget", None, 1_800_000),
        ("budget", "other", 400_000),
    ]


def test_sources_of_a_budget_called_income_are_parts_of_the_budget() -> None:
    found = figures_of("部门预算调整为920万元，其中财政拨款700万元、事业收入180万元、其他收入40万元。")
    assert fields(found, "measure", "stage", "fund_source", "item") == [
        ("budget", "revised", None, None),
        ("budget", "revised", "fiscal_appropriation", None),
        ("budget", "revised", None, "事业收入"),
        ("budget", "revised", "other", None),
    ]
    # What came in beside a budget is income all the same.
    beside = figures_of("年初预算920万元。全年收入935万元，其中财政拨款740万元、事业收入195万元。")
    assert [figure.measure for figure in beside] == ["budget", "income", "income", "income"]


def test_a_rate_after_a_line_of_special_money_is_of_projects() -> None:
    found = figures_of("一是医疗能力提升专项支付进度偏慢，6月底支付进度仅27.6%。")
    assert fields(found, "measure", "spending_type") == [("execution_rate", "project")]
