"""The text of a department's budget for the year to come: what is planned is budgeted, also where a sentence goes on.

The sentences are written for these tests.
"""

from __future__ import annotations

from small_reports import fields, figures_of

BUDGET = "云渡县民政局2023年部门预算公开"


def test_income_and_spending_in_one_number_are_the_income() -> None:
    found = figures_of("一、收支预算\n2023年收支总预算4,186万元，收支预算总计4,186万元。", BUDGET)
    assert fields(found, "measure", "stage", "value") == [("income", "initial", 41_860_000)] * 2


def test_spending_that_is_arranged_is_spending() -> None:
    found = figures_of("二、支出\n2023年一般公共预算支出安排3,900万元。年初预算安排120万元。", BUDGET)
    assert fields(found, "measure", "stage") == [("expenditure", "initial"), ("budget", "initial")]


def test_the_parts_of_a_line_that_is_budgeted_are_budgeted_in_the_sentences_that_go_on() -> None:
    found = figures_of(
        "三、“三公”经费\n“三公”经费预算数为9.5万元，与上年持平。其中：公务接待费1.5万元；公务用车运行维护费8万元，其中公务用车购置0万元。\n"
        "四、政府采购\n政府采购预算总额210万元，其中：政府采购货物预算60万元；面向中小企业采购150万元。",
        BUDGET,
    )
    assert fields(found, "measure", "value") == [
        ("budget", 95_000),
        ("budget", 15_000),
        ("budget", 80_000),
        ("budget", 0),
        ("budget", 2_100_000),
        ("budget", 600_000),
        ("budget", 1_500_000),
    ]


def test_in_a_report_of_what_was_spent_the_same_parts_are_spending() -> None:
    found = figures_of("三、“三公”经费\n“三公”经费预算数为9.5万元。公务接待费支出1.5万元。")
    assert fields(found, "measure", "value") == [("budget", 95_000), ("expenditure", 15_000)]


def test_a_table_of_projects_with_their_indicators_holds_their_money_too() -> None:
    found = figures_of(
        "重点项目绩效目标如下：\n"
        "项目名称\t预算数（万元）\t绩效指标\t指标值\n"
        "残疾人两项补贴\t312.50\t享受补贴人数\t≥1,900人\n"
        "\t\t资金发放及时率\t100%\n"
        "惠民殡葬\t86.00\t节地生态安葬率\t≥40%\n",
        BUDGET,
    )
    assert fields(found, "measure", "programme", "spending_type", "value") == [
        ("budget", "disability_both", "project", 3_125_000),
        ("indicator_target", "disability_both", None, 1900),
        ("indicator_target", "disability_both", None, 100),
        ("budget", "funeral", "project", 860_000),
        ("indicator_target", "funeral", None, 40),
    ]
    assert found[1].confidence < 0.9


def test_words_of_what_is_meant_are_no_goal_and_go_on_over_the_rows_of_a_project() -> None:
    found = figures_of(
        "项目名称\t预算数（万元）\t绩效目标\t三级指标\t指标值\n"
        "特困人员救助供养\t51.00\t应养尽养\t供养人数\t≥41人\n"
        "\t\t\t资金发放及时率\t100%\n",
        BUDGET,
    )
    assert fields(found, "measure", "programme", "indicator") == [
        ("budget", "tekun", None),
        ("indicator_target", "tekun", "供养人数"),
        ("indicator_target", "tekun", "资金发放及时率"),
    ]


def test_what_was_spent_of_a_project_may_stand_before_its_indicators() -> None:
    found = figures_of(
        "项目名称\t全年预算数（万元）\t全年执行数（万元）\t执行率\t绩效指标\t目标值\t完成值\n"
        "高龄津贴\t21.00\t20.85\t99.29%\t发放人数\t≥190人\t191人\n"
    )
    assert fields(found, "measure", "stage", "value") == [
        ("budget", "revised", 210_000),
        ("expenditure", "final", 208_500),
        ("execution_rate", "final", 99.29),
        ("indicator_target", None, 190),
        ("indicator_actual", None, 191),
    ]


def test_what_is_brought_forward_beside_the_sources_of_income_is_of_none_of_them() -> None:
    found = figures_of("一、收入\n收入包括：一般公共预算拨款290万元，政府性基金预算拨款18万元，上年结转4万元。", BUDGET)
    assert fields(found, "measure", "fund_source") == [
        ("income", "general_public_budget"),
        ("income", "government_fund"),
        ("carryover", None),
    ]


def test_a_balance_beside_one_source_of_income_is_of_that_source() -> None:
    found = figures_of("三、政府性基金收支\n政府性基金预算财政拨款收入96万元，年初结转和结余2万元。其他资金收入3万元。")
    assert fields(found, "measure", "fund_source")[:2] == [
        ("income", "government_fund"),
        ("carryover", "government_fund"),
    ]


def test_amounts_on_the_side_of_spending_are_spending_whatever_the_head_calls_them() -> None:
    found = figures_of(
        "单位：万元\n收入来源\t金额\t支出结构\t金额\n财政拨款\t420.00\t基本支出\t180.00\n事业收入\t60.00\t项目支出\t300.00\n",
        BUDGET,
    )
    assert fields(found, "measure", "stage", "value") == [
        ("income", "initial", 4_200_000),
        ("expenditure", "initial", 1_800_000),
        ("income", "initial", 600_000),
        ("expenditure", "initial", 3_000_000),
    ]
