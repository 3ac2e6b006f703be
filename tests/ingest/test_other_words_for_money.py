"""Money and rates of the accounts in the words of other provinces mean what the usual words mean; all texts are invented."""

from __future__ import annotations

import pytest
from small_reports import YEAR, fields, figures_of, only, reasons_of


@pytest.mark.parametrize(
    "words",
    [
        "完成年初预算的",
        "完成年初部门预算的",
        "完成了调整预算的",
        "完成全年预算任务的",
        "达到年初预算安排数的",
        "达批复预算的",
        "为调整后的预算数的",
        "执行率：",
        "预算执行率达到了",
        "预算执行比率为",
        "资金使用进度达",
    ],
)
def test_rates_of_execution(words: str) -> None:
    found = figures_of(f"{YEAR}年度支出决算812.40万元，{words}97.35%。")
    assert fields(found, "measure", "stage", "value") == [
        ("expenditure", "final", 8_124_000),
        ("execution_rate", "final", 97.35),
    ]


def test_a_share_of_the_whole_spending_planned_is_no_rate_of_execution() -> None:
    found = figures_of(f"{YEAR}年基本支出预算120万元，占总支出预算的31.2%。")
    assert fields(found, "measure")[1:] == [("indicator_actual",)]


def test_a_colon_before_a_value_does_not_part_it_from_its_name() -> None:
    found = figures_of("支出决算：812.40万元，其中基本支出：300万元。自评得分：96.5分。")
    assert fields(found, "measure", "spending_type", "value") == [
        ("expenditure", None, 8_124_000),
        ("expenditure", "basic", 3_000_000),
        ("score", None, 96.5),
    ]


def test_a_colon_before_a_date_parts_what_stands_before_it() -> None:
    figure = only(figures_of(f"整改要求：{YEAR + 1}年9月底前支付率达到70%以上。"))
    assert (figure.measure, figure.value) == ("indicator_target", 70)
    assert reasons_of("工作如下：1.走访困难家庭。")[0][1] is not None


def test_the_rate_after_what_was_spent_the_year_before_is_of_that_year() -> None:
    found = figures_of("上年度部门支出902.18万元，资金支付进度为95.62%。")
    assert fields(found, "measure", "fiscal_year") == [("expenditure", YEAR - 1), ("execution_rate", YEAR - 1)]


def test_the_first_budget_of_the_year_in_other_words() -> None:
    found = figures_of("区财政期初预算安排资金620万元，年初部门预算安排18万元。")
    assert fields(found, "measure", "stage") == [("budget", "initial")] * 2


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("公共财政预算拨款", "general_public_budget"),
        ("基金预算财政拨款", "government_fund"),
        ("政府基金预算", "government_fund"),
        ("国有资本经营财政拨款", "state_capital"),
        ("专户管理资金", "special_account"),
        ("其它资金", "other"),
        ("其他来源资金", "other"),
        ("非财政拨款资金", "other"),
    ],
)
def test_sources_of_money(words: str, source: str) -> None:
    assert only(figures_of(f"{YEAR}年{words}支出61.50万元。")).fund_source == source
    rows = figures_of(f"单位：万元\n资金来源\t年初预算数\t决算数\n{words}\t60.00\t61.50\n合计\t90.00\t91.50\n")
    assert [f.fund_source for f in rows[:2]] == [source] * 2


def test_the_fund_of_social_insurance_is_no_government_fund() -> None:
    assert only(figures_of("社会保险基金预算支出610.50万元。")).fund_source is None


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("基本经费支出", "basic"),
        ("人员费用", "personnel"),
        ("商品和服务支出", "operating"),
        ("机关运转经费", "operating"),
        ("项目资金支出", "project"),
        ("专项资金支出", "project"),
    ],
)
def test_types_of_spending(words: str, kind: str) -> None:
    figure = only(figures_of(f"{YEAR}年部门{words}61.50万元。"))
    assert (figure.measure, figure.spending_type) == ("expenditure", kind)


@pytest.mark.parametrize(
    "words", ["期初结转和结余", "上年结余", "以前年度结转", "往年结转结余", "上年度结转", "上年末结转结余"]
)
def test_the_balance_that_a_year_began_with_is_of_the_year_before(words: str) -> None:
    figure = only(figures_of(f"{words}61.50万元。"))
    assert (figure.measure, figure.fiscal_year) == ("carryover", YEAR - 1)


def test_a_balance_brought_forward_within_the_budget_of_a_form() -> None:
    found = figures_of(
        "项目名称：助餐补贴项目\n项目资金（万元）\t年初预算数\t全年预算数\t全年执行数\n年度资金总额\t60.00\t70.00\t69.00\n"
        "以前年度结转资金\t0.00\t10.00\t10.00\n"
    )
    assert fields(found, "measure", "value")[3:] == [("budget", 0), ("budget", 100_000), ("expenditure", 100_000)]


def test_lines_of_the_office_named_as_spending_are_budgeted_in_a_budget() -> None:
    title = f"云渡县民政局{YEAR}年部门预算公开"
    found = figures_of("“三公”支出预算18.60万元，其中公务接待费支出3.20万元、公车运行费15.40万元。", title)
    assert fields(found, "measure", "item") == [
        ("budget", "三公经费"),
        ("budget", "公务接待费"),
        ("budget", "公务用车运行维护费"),
    ]
    table = figures_of(
        "单位：万元\n预算数\t\t\n合计\t公务接待费支出\t公务用车运行费支出\n18.60\t3.20\t15.40\n",
        title,
    )
    assert fields(table, "measure", "value") == [("budget", 186_000), ("budget", 32_000), ("budget", 154_000)]


def test_whose_money_spending_was_is_no_help_paid() -> None:
    found = figures_of("全年支出482.55万元，其中中央资金186.04万元、省级补助资金177.90万元、县级配套资金118.61万元。")
    assert {(f.measure, f.stage) for f in found} == {("expenditure", "final")}


def test_help_paid_in_other_words() -> None:
    figure = only(figures_of("二、工作开展情况\n保障特困供养对象412人，全年实际支出318.40万元。")[1:])
    assert (figure.measure, figure.programme) == ("benefit_paid", "tekun")


@pytest.mark.parametrize(
    "words", ["全年预算", "调整后全年预算数", "最终预算", "全年总预算", "年末调整预算", "安排资金", "核定预算"]
)
def test_the_budget_of_a_named_project(words: str) -> None:
    figure = only(figures_of(f"县颐乐养老服务中心项目{words}860.00万元。"))
    assert (figure.measure, figure.spending_type) == ("budget", "project")
    quoted = only(figures_of(f"项目“社区助餐补贴”{words}860.00万元。"))
    assert quoted.spending_type == "project"


@pytest.mark.parametrize("words", ["收入预算安排", "收入总预算"])
def test_income_that_was_planned(words: str) -> None:
    assert fields(figures_of(f"{YEAR}年本部门{words}577.95万元。"), "measure", "stage") == [("income", "initial")]


def test_the_whole_spending_planned_is_a_budget_in_a_report_and_spending_in_a_budget() -> None:
    text = "年初批复的支出总预算为577.95万元。"
    assert fields(figures_of(text), "measure", "stage") == [("budget", "initial")]
    budget = figures_of(f"{YEAR}年支出总预算577.95万元。", f"云渡县民政局{YEAR}年部门预算公开")
    assert fields(budget, "measure", "stage") == [("expenditure", "initial")]


def test_a_colon_after_of_which_parts_nothing() -> None:
    names = "measure", "programme", "stage", "value"
    with_colon, without = (
        figures_of(f"全年支出482.55万元，其中{colon}低保资金186.04万元、特困供养资金177.90万元。")
        for colon in ("：", "")
    )
    assert fields(with_colon, *names) == fields(without, *names)
    assert fields(with_colon, "programme")[1:] == [("dibao",), ("tekun",)]


@pytest.mark.parametrize("opening", ["其中：", "其中", "包括", "分别为"])
def test_sources_of_a_budget(opening: str) -> None:
    found = figures_of(f"全年预算安排482.55万元，{opening}中央资金186.04万元、省级资金177.90万元、县级配套118.61万元。")
    assert fields(found, "measure") == [("budget",)] * 4


def test_a_head_that_begins_with_of_which_without_a_colon_is_a_part() -> None:
    found = figures_of("单位：万元\n项目名称\t预算数\t其中财政资金\t其他资金\n助餐补贴\t60.00\t50.00\t10.00\n")
    assert fields(found, "measure", "fund_source") == [
        ("budget", None),
        ("budget", "fiscal_appropriation"),
        ("budget", "other"),
    ]


def test_amounts_without_commas_that_look_like_a_month_of_a_year() -> None:
    found = figures_of("单位：万元\n项目\t年初预算数\t全年预算数\t决算数\n基本支出\t1802.30\t1948.76\t2015.08\n")
    assert fields(found, "measure", "value") == [
        ("budget", 18_023_000),
        ("budget", 19_487_600),
        ("expenditure", 20_150_800),
    ]


def test_a_month_of_a_year_in_a_table_is_no_amount() -> None:
    found = figures_of("项目\t建成时间\t预算数（万元）\n助餐点建设\t2022.08\t60.00\n")
    assert [f.value for f in found] == [600_000]


def test_a_rate_after_a_semicolon_is_of_the_amount_before_it() -> None:
    found = figures_of("项目支出930.00万元；执行率96.36%。")
    assert fields(found, "measure", "spending_type")[1:] == [("execution_rate", "project")]
    parts = figures_of("全年支出930.00万元，其中项目支出120.00万元；执行率96.36%。")
    assert parts[-1].spending_type is None


@pytest.mark.parametrize("words", ["获拨中央", "取得省级", "争取到上级", "上级拨入"])
def test_money_from_above_in_other_words(words: str) -> None:
    figure = only(figures_of(f"{words}困难群众救助补助资金52.36万元。"))
    assert (figure.measure, figure.stage) == ("income", "final")


@pytest.mark.parametrize("words", ["共计", "总额", "金额为", "达"])
def test_other_income_with_words_before_its_amount(words: str) -> None:
    figure = only(figures_of(f"其他收入{words}20.50万元。"))
    assert (figure.measure, figure.fund_source) == ("income", "other")


def test_the_name_of_the_currency_before_an_amount_changes_nothing() -> None:
    text = "年初预算{0}812.40万元，支出决算为{0}790.15万元，其中基本支出{0}300.00万元，发放低保金{0}120.50万元。"
    names = "measure", "stage", "programme", "spending_type", "value"
    assert fields(figures_of(text.format("人民币")), *names) == fields(figures_of(text.format("")), *names)


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        (
            "该项目资金来源：上年结转资金30万元，省级补助资金90万元，县级配套资金60万元。",
            ["carryover", "budget", "budget"],
        ),
        ("年初结转和结余30万元，中央补助资金90万元，省级资金60万元。", ["carryover", "budget", "budget"]),
        ("年末结转结余90万元，其中中央资金60万元、省级补助资金30万元。", ["carryover", "carryover", "carryover"]),
    ],
)
def test_money_of_a_level_is_part_of_a_balance_only_where_the_balance_is_divided(
    text: str, measures: list[str]
) -> None:
    found = figures_of(text, f"甲县民政局{YEAR}年度养老服务项目绩效自评报告")
    assert [figure.measure for figure in found] == measures


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("收到上级财政拨付资金后发放孤儿生活费52.36万元。", "benefit_paid"),
        ("申请中央资金支持改建敬老院发放运营补贴52.36万元。", "benefit_paid"),
        ("收到省级灾后救助补助资金52.36万元。", "income"),
        ("收到中央财政用于发放低保金的补助资金52.36万元。", "income"),
        ("申请省级困难群众救助补助资金52.36万元。", "income"),
    ],
)
def test_what_is_paid_out_of_money_from_above_is_not_received(text: str, measure: str) -> None:
    assert only(figures_of(text)).measure == measure
