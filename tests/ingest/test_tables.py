"""Tables of benefits, standards, goals and projects in the shapes that bureaus give them; all of them invented."""

from __future__ import annotations

import pytest
from small_reports import YEAR, fields, figures_of

BUDGET_TITLE = f"云渡县民政局{YEAR}年部门预算公开"


def test_columns_for_earlier_years_hold_attained_values_and_the_coming_year_a_target() -> None:
    found = figures_of(
        "一级指标\t二级指标\t三级指标\t前年\t上年\t预计当年实现\t指标值确定依据\n"
        "产出指标\t数量指标\t新增护理型床位\t26张\t38张\t40张\t发展规划\n",
        BUDGET_TITLE,
    )
    assert fields(found, "measure", "value", "fiscal_year") == [
        ("indicator_actual", 26, YEAR - 2),
        ("indicator_actual", 38, YEAR - 1),
        ("indicator_target", 40, YEAR),
    ]


PAID = [
    ("beneficiaries", "dibao", "urban", 812, "person"),
    ("benefit_paid", "dibao", "urban", 5_206_000, "CNY"),
    ("beneficiaries", "dibao", "rural", 1498, "person"),
    ("benefit_paid", "dibao", "rural", 14_332_500, "CNY"),
]


@pytest.mark.parametrize("head", ["全年支出(万元)", "金额(万元)", "支出金额(万元)", "发放金额(万元)"])
def test_money_beside_people_is_what_was_paid_to_them(head: str) -> None:
    found = figures_of(f"项目\t年末人数(人)\t{head}\n城市低保\t812\t520.60\n农村低保\t1,498\t1,433.25\n")
    assert fields(found, "measure", "programme", "residence", "value", "unit") == PAID


def test_money_beside_people_under_a_budget_stays_the_department_s() -> None:
    found = figures_of(
        "单位：万元\n项目\t保障人数(人)\t全年预算数\t执行数\t执行率\n城市低保\t812\t530.00\t520.60\t98.23%\n"
    )
    assert fields(found, "measure") == [("beneficiaries",), ("budget",), ("expenditure",), ("execution_rate",)]


def test_the_unit_of_a_standard_in_a_column_of_its_own_gives_its_period() -> None:
    found = figures_of(
        f"序号\t保障类别\t计量单位\t{YEAR - 1}年标准\t{YEAR}年标准\n"
        "1\t城市低保\t元/人·月\t705\t728\n2\t农村低保\t元/人·年\t6480\t7080\n3\t集中养育孤儿\t元/人·月\t1450\t1550\n"
    )
    assert fields(found, "programme", "residence", "care", "value", "per", "fiscal_year") == [
        ("dibao", "urban", None, 705, "month", YEAR - 1),
        ("dibao", "urban", None, 728, "month", YEAR),
        ("dibao", "rural", None, 6480, "year", YEAR - 1),
        ("dibao", "rural", None, 7080, "year", YEAR),
        ("orphan", None, "institutional", 1450, "month", YEAR - 1),
        ("orphan", None, "institutional", 1550, "month", YEAR),
    ]


def test_heads_that_name_lines_of_the_accounts_share_the_amount_before_them() -> None:
    found = figures_of(
        "一般公共预算“三公”经费支出表\n单位：元\n预算数合计\t因公出国（境）费\t公务用车购置费\t公务用车运行费\t公务接待费\n"
        "86,000\t0\t0\t52,000\t34,000\n",
        BUDGET_TITLE,
    )
    assert fields(found, "measure", "item", "value") == [
        ("budget", "三公经费", 86_000),
        ("budget", "因公出国（境）费", 0),
        ("budget", "公务用车购置费", 0),
        ("budget", "公务用车运行维护费", 52_000),
        ("budget", "公务接待费", 34_000),
    ]


def test_tasks_with_their_level_and_approved_money_are_projects() -> None:
    found = figures_of(
        "部门年度目标（资金单位：万元）\n任务名称\t项目级次\t主要内容\t批复金额（总额）\t其中：财政拨款\t其他资金\t实际支出金额\t预算执行率\n"
        "临时救助\t本级\t救急解难\t280.00\t260.00\t20.00\t264.73\t94.55%\n"
    )
    assert fields(found, "measure", "programme", "fund_source", "spending_type", "stage", "value") == [
        ("budget", "temporary_relief", None, "project", "initial", 2_800_000),
        ("budget", "temporary_relief", "fiscal_appropriation", "project", "initial", 2_600_000),
        ("budget", "temporary_relief", "other", "project", "initial", 200_000),
        ("expenditure", "temporary_relief", None, "project", "final", 2_647_300),
        ("execution_rate", "temporary_relief", None, "project", "final", 94.55),
    ]


def test_kinds_of_projects_in_a_budget_are_types_of_spending() -> None:
    found = figures_of(
        "收支总表\n单位：万元\n收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n一、一般公共预算拨款收入\t863.47\t一、人员类项目支出\t652.18\n"
        "二、政府性基金预算拨款收入\t50.00\t二、公用经费项目支出\t98.62\n\t\t三、特定目标类项目支出\t162.67\n",
        BUDGET_TITLE,
    )
    assert fields(found, "measure", "fund_source", "spending_type", "stage", "value") == [
        ("income", "general_public_budget", None, "initial", 8_634_700),
        ("budget", None, "personnel", None, 6_521_800),
        ("income", "government_fund", None, "initial", 500_000),
        ("budget", None, "operating", None, 986_200),
        ("budget", None, "project", None, 1_626_700),
    ]


FORM = [
    "项目名称",
    "惠民殡葬补助",
    "项目属性",
    "延续项目",
    "预算资金（万元）",
    "总额",
    "960.00",
    "其中：财政拨款",
    "900.00",
    "其他资金",
    "60.00",
]
FUNERAL = [
    ("budget", "funeral", None, "project", 9_600_000),
    ("budget", "funeral", "fiscal_appropriation", "project", 9_000_000),
    ("budget", "funeral", "other", "project", 600_000),
]


@pytest.mark.parametrize("separator", ["\n", "\n\n", "\t"], ids=["a line", "double spaced", "tabs"])
def test_the_money_of_a_project_in_a_form(separator: str) -> None:
    text = "\t".join(FORM[:4]) + "\n" + "\t".join(FORM[4:]) if separator == "\t" else separator.join(FORM)
    found = figures_of(f"项目支出绩效目标表\n{text}\n", BUDGET_TITLE)
    assert fields(found, "measure", "programme", "fund_source", "spending_type", "value") == FUNERAL


def test_an_amount_right_after_its_label_in_a_form() -> None:
    found = figures_of("项目名称\n惠民殡葬补助\n年度预算金额（元）\n9,600,000\n", BUDGET_TITLE)
    assert fields(found, "measure", "programme", "value") == [("budget", "funeral", 9_600_000)]


def test_words_of_a_form_in_prose_make_no_form() -> None:
    assert figures_of("项目名称\n惠民殡葬补助\n本项目按规定实施，资金由财政安排。\n12\n", BUDGET_TITLE) == []


GOALS = [
    ("indicator_target", "遗体火化率", 98, "percent", "at_least"),
    ("indicator_target", "每具遗体补助标准", 1200, "CNY", "at_most"),
    ("indicator_target", "补助资金拨付时限", 15, "other", "at_most"),
]


@pytest.mark.parametrize(
    "body",
    [
        "三级指标　　指标值\n遗体火化率\n≥98%\n群众知晓情况\n逐步提高\n每具遗体补助标准\n≤1200元\n补助资金拨付时限\n≤15个工作日\n",
        "三级指标\n指标值\n遗体火化率\n≥98%\n每具遗体补助标准\n≤1200元\n补助资金拨付时限\n≤15个工作日\n",
        "三级指标\n指标性质\n年度指标值\n计量单位\n遗体火化率\n≥\n98\n%\n每具遗体补助标准\n≤\n1200\n元\n补助资金拨付时限\n≤\n15\n个工作日\n",
        "一级指标\n二级指标\n三级指标\n指标值\n产出指标\n质量指标\n遗体火化率\n≥98%\n成本指标\n每具遗体补助标准\n≤1200元\n时效指标\n补助资金拨付时限\n≤15个工作日\n",
    ],
    ids=["heads in a line", "a name and its value", "sign and unit", "classes lost"],
)
def test_goals_one_cell_a_line(body: str) -> None:
    found = figures_of(f"年度绩效目标\n{body}（二）其他事项\n", BUDGET_TITLE)
    assert fields(found, "measure", "indicator", "value", "unit", "qualifier") == GOALS


def test_attained_values_one_cell_a_line_with_remarks_here_and_there() -> None:
    rows = [
        "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因及改进措施",
        "产出指标", "数量指标", "低保对象人数", "≥2300人", "2310人", "10", "10",
        "质量指标", "资金发放准确率", "100%", "99.5%", "10", "9", "个别信息有误",
        "效益指标", "社会效益", "群众满意度", "≥95%", "96.5%", "10", "10",
    ]  # fmt: skip
    found = figures_of("绩效指标完成情况\n" + "\n".join(rows) + "\n（二）其他事项\n")
    assert fields(found, "measure", "indicator", "value") == [
        ("indicator_target", "低保对象人数", 2300),
        ("indicator_actual", "低保对象人数", 2310),
        ("indicator_target", "资金发放准确率", 100),
        ("indicator_actual", "资金发放准确率", 99.5),
        ("indicator_target", "群众满意度", 95),
        ("indicator_actual", "群众满意度", 96.5),
    ]


@pytest.mark.parametrize("separator", ["\n\n", "\t"], ids=["a line", "tabs"])
def test_sources_on_one_side_and_types_of_spending_on_the_other(separator: str) -> None:
    rows = [
        ["资金来源", f"{YEAR}年预算数", "支出结构", f"{YEAR}年预算数"],
        ["一般公共预算", "862.35", "人员经费", "316.40"],
        ["政府性基金预算", "130.00", "项目支出", "675.95"],
        ["单位自有资金", "40.00", "其中：对下转移支付", "240.00"],
        ["合计", "1,032.35", "合计", "1,032.35"],
    ]
    body = (
        "\n".join("\t".join(row) for row in rows) if separator == "\t" else "\n\n".join(c for row in rows for c in row)
    )
    found = figures_of(f"部门总体资金情况\n单位：万元\n\n{body}\n", f"云渡县民政局{YEAR}年部门整体支出绩效目标表")
    assert fields(found, "measure", "fund_source", "spending_type", "stage", "value") == [
        ("income", "general_public_budget", None, "initial", 8_623_500),
        ("budget", None, "personnel", None, 3_164_000),
        ("income", "government_fund", None, "initial", 1_300_000),
        ("budget", None, "project", None, 6_759_500),
        ("income", "other", None, "initial", 400_000),
        ("budget", None, "project", None, 2_400_000),
        ("income", None, None, "initial", 10_323_500),
        ("budget", None, None, None, 10_323_500),
    ]


COUNTS = [
    ("cases", "marriage", 1854, "couple", YEAR),
    ("cases", "marriage", 1920, "couple", YEAR - 1),
    ("cases", "funeral", 1363, "body", YEAR),
    ("cases", "funeral", 1401, "body", YEAR - 1),
]


@pytest.mark.parametrize(
    "table",
    [
        f"业务\t{YEAR}年1—11月\t{YEAR - 1}年1—11月\n结婚登记（对）\t1,854\t1,920\n遗体火化（具）\t1,363\t1,401\n",
        "业务\t单位\t本年数\t上年数\n结婚登记\t对\t1,854\t1,920\n遗体火化\t具\t1,363\t1,401\n",
        f"<table><tr><td>事项</td><td>{YEAR}年</td><td>{YEAR - 1}年</td></tr>\n"
        "<tr><td>结婚登记（对）</td><td>1,854</td><td>1,920</td></tr><tr><td>遗体火化（具）</td><td>1,363</td><td>1,401</td></tr></table>\n",
    ],
    ids=["years", "a column of units", "tags"],
)
def test_rows_that_name_what_is_counted_and_its_unit(table: str) -> None:
    assert fields(figures_of(table), "measure", "programme", "value", "unit", "fiscal_year") == COUNTS


def test_years_as_rows_and_what_is_counted_as_heads() -> None:
    found = figures_of(f"年度\t结婚登记（对）\t遗体火化（具）\n{YEAR}\t1,854\t1,363\n{YEAR - 1}\t1,920\t1,401\n")
    assert sorted(fields(found, "measure", "programme", "value", "unit", "fiscal_year")) == sorted(COUNTS)


def test_a_count_whose_unit_nothing_names_is_no_figure() -> None:
    assert figures_of(f"业务\t{YEAR}年\n结婚登记\t1,854\n") == []


def test_a_code_is_no_amount_whatever_the_head_of_its_column_is_joined_with() -> None:
    found = figures_of(
        "支出决算表\n单位：万元\n项目支出功能分类科目编码\t科目名称\t本年支出合计\n214\t交通运输支出\t905.65\n",
        "云渡县交通运输局2022年度部门决算公开",
    )
    assert fields(found, "value", "item", "variant") == [(9_056_500, "交通运输支出", "214")]


def test_a_fund_table_of_a_project_with_what_was_brought_forward() -> None:
    found = figures_of(
        "项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"
        "\t年度资金总额\t100.00\t120.00\t110.00\t10\t91.67%\t9.2\n"
        "\t其中：当年财政拨款\t80.00\t100.00\t90.00\t—\t90.00%\t—\n"
        "\t上年结转资金\t20.00\t20.00\t20.00\t—\t100.00%\t—\n"
        "\t其他资金\t\t\t\t—\t\t—\n"
    )
    assert fields(found, "measure", "stage", "fund_source", "item", "value") == [
        ("budget", "initial", None, None, 1_000_000),
        ("budget", "revised", None, None, 1_200_000),
        ("expenditure", "final", None, None, 1_100_000),
        ("execution_rate", "final", None, None, 91.67),
        ("budget", "initial", "fiscal_appropriation", None, 800_000),
        ("budget", "revised", "fiscal_appropriation", None, 1_000_000),
        ("expenditure", "final", "fiscal_appropriation", None, 900_000),
        ("execution_rate", "final", "fiscal_appropriation", None, 90),
        ("budget", "initial", None, "上年结转资金", 200_000),
        ("budget", "revised", None, "上年结转资金", 200_000),
        ("expenditure", "final", None, "上年结转资金", 200_000),
        ("execution_rate", "final", None, "上年结转资金", 100),
    ]


def test_the_year_before_is_taken_once_though_head_and_row_both_name_it() -> None:
    found = figures_of("单位：万元\n项目\t年初结转\t本年收入\n上年结转资金\t12.50\t\n")
    assert fields(found, "measure", "value", "fiscal_year") == [("carryover", 125_000, YEAR - 1)]


# ------------------------------------------------------------------ rows that are numbered, budgets and what was completed

NUMBERED = ["序号", "项目名称", "全年预算数（万元）", "其中：当年财政拨款", "其他资金"]


def test_the_numbers_of_the_rows_tell_where_each_begins() -> None:
    rows = [["1", "高龄津贴补助", "820.00", "820.00", "0.00"], ["2", "临时救助金", "260.00", "240.00", "20.00"]]
    found = figures_of("主要项目\n\n" + "\n".join([*NUMBERED, *rows[0], *rows[1]]) + "\n")
    assert fields(found, "measure", "programme", "fund_source", "value") == [
        ("budget", "old_age_allowance", None, 8_200_000),
        ("budget", "old_age_allowance", "fiscal_appropriation", 8_200_000),
        ("budget", "old_age_allowance", "other", 0),
        ("budget", "temporary_relief", None, 2_600_000),
        ("budget", "temporary_relief", "fiscal_appropriation", 2_400_000),
        ("budget", "temporary_relief", "other", 200_000),
    ]


def test_rows_that_their_numbers_do_not_fit_are_not_told_by_them() -> None:
    rows = [["1", "高龄津贴补助", "820.00", "0.00"], ["2", "临时救助金", "260.00", "240.00", "20.00"]]
    found = figures_of("主要项目\n\n" + "\n".join([*NUMBERED, *rows[0], *rows[1]]) + "\n")
    assert (None, 8_200_000) not in fields(found, "programme", "value")
    assert ("old_age_allowance", 20_000) not in fields(found, "programme", "value")


def test_what_was_completed_beside_a_budget_is_its_execution() -> None:
    found = figures_of(
        "单位：万元\n资金来源\t年初预算数\t决算数\t完成率\n一般公共预算财政拨款\t820.00\t779.00\t95%\n其他资金\t20.00\t15.00\t75%\n"
    )
    assert fields(found, "measure", "fund_source", "stage", "value") == [
        ("budget", "general_public_budget", "initial", 8_200_000),
        ("expenditure", "general_public_budget", "final", 7_790_000),
        ("execution_rate", "general_public_budget", "final", 95),
        ("budget", "other", "initial", 200_000),
        ("expenditure", "other", "final", 150_000),
        ("execution_rate", "other", "final", 75),
    ]


def test_what_was_completed_of_tasks_is_no_execution() -> None:
    found = figures_of("任务名称\t任务数(人)\t完成数(人)\t完成率\n临时救助\t820\t779\t95%\n")
    assert "execution_rate" not in {figure.measure for figure in found}


def test_an_income_beside_its_budget_stays_income() -> None:
    found = figures_of("单位：万元\n项目\t年初预算数\t决算数\t完成率\n一般公共预算财政拨款收入\t820.00\t779.00\t95%\n")
    assert fields(found, "measure", "value")[1] == ("income", 7_790_000)


@pytest.mark.parametrize(("unit", "value"), [("万元", 325_000), ("元", 32.5), ("亿元", 3_250_000_000)])
def test_the_column_of_units_scales_the_value_of_an_indicator(unit: str, value: float) -> None:
    found = figures_of(f"三级指标\t指标性质\t指标值\t度量单位\n培训费支出\t≤\t32.5\t{unit}\n")
    assert fields(found, "measure", "unit", "value") == [("indicator_target", "CNY", value)]


def test_what_was_spent_of_a_budget_is_of_the_budgets_line_whatever_its_head_calls_it() -> None:
    found = figures_of(
        "预算执行情况表\n单位：万元\n\n类别\t指标数\t已下达用款计划\t结余指标\t支出进度\n"
        "基本支出\t1,000.00\t950.00\t50.00\t95.00%\n总预算\t3,000.00\t2,400.00\t600.00\t80.00%\n"
    )
    assert [(f.measure, f.value, f.item) for f in found if f.value in (3e7, 2.4e7, 80)] == [
        ("budget", 3e7, None),
        ("expenditure", 2.4e7, None),
        ("execution_rate", 80, None),
    ]


def test_a_list_of_projects_may_name_who_carries_each_out() -> None:
    found = figures_of(
        "项目支出表\n单位：万元\n项目名称\t项目单位\t预算金额\t一般公共预算\t政府性基金预算\n"
        "高龄津贴\t云渡县民政局\t310.00\t310.00\t0.00\n敬老院改造\t云渡县民政局\t96.00\t40.00\t56.00\n",
        BUDGET_TITLE,
    )
    assert fields(found, "measure", "programme", "fund_source", "spending_type", "value", "item") == [
        ("budget", "old_age_allowance", None, "project", 3_100_000, "高龄津贴"),
        ("budget", "old_age_allowance", "general_public_budget", "project", 3_100_000, "高龄津贴"),
        ("budget", "old_age_allowance", "government_fund", "project", 0, "高龄津贴"),
        ("budget", "elder_care", None, "project", 960_000, "敬老院改造"),
        ("budget", "elder_care", "general_public_budget", "project", 400_000, "敬老院改造"),
        ("budget", "elder_care", "government_fund", "project", 560_000, "敬老院改造"),
    ]


def test_a_project_s_name_beside_the_label_of_who_carries_it_out_is_still_a_name() -> None:
    found = figures_of("项目名称\t临时救助\t项目单位\t云渡县民政局\n项目资金（万元）\t310.00\n")
    assert fields(found, "measure", "programme", "value") == [("budget", "temporary_relief", 3_100_000)]


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("一般公共预算支出按功能科目列示如下（单位：万元）：", "general_public_budget"),
        ("全年支出按功能科目列示如下（单位：万元）：", None),
    ],
)
def test_the_sentence_above_a_table_may_limit_it_to_one_source(sentence: str, source: str | None) -> None:
    found = figures_of(
        f"{sentence}\n功能分类\t全年预算\t决算\t执行率\n农林水支出\t120.00\t114.00\t95.00%\n"
        "城乡社区支出\t80.00\t76.00\t95.00%\n合计\t200.00\t190.00\t95.00%\n"
    )
    assert len(found) == 9
    assert {(f.fund_source, f.programme) for f in found} == {(source, None)}


def test_a_column_that_names_its_programme_is_of_it_in_the_table_of_a_project_of_both() -> None:
    found = figures_of(
        "表1 资金分季度支出情况（单位：万元）\n季度\t困难残疾人生活补贴\t重度残疾人护理补贴\t小计\n"
        "一季度\t12.50\t20.50\t33.00\n合计\t12.50\t20.50\t33.00\n",
        f"云渡县{YEAR}年度残疾人两项补贴项目绩效评价报告",
    )
    assert [f.programme for f in found] == ["disability_living", "disability_nursing", "disability_both"] * 2


def test_a_table_counted_in_people_holds_no_money() -> None:
    found = figures_of(
        "表2 特困人员结构（单位：人）\n供养方式\t全自理\t半自理\t小计\n集中供养\t48\t16\t64\n分散供养\t201\t19\t220\n",
        f"云渡县{YEAR}年度特困人员救助供养项目绩效评价报告",
    )
    assert [(f.measure, f.care, f.value) for f in found] == [
        ("beneficiaries", "institutional", 48),
        ("beneficiaries", "institutional", 16),
        ("beneficiaries", "institutional", 64),
        ("beneficiaries", "home", 201),
        ("beneficiaries", "home", 19),
        ("beneficiaries", "home", 220),
    ]


def test_the_unit_may_follow_the_name_of_a_table_in_one_line() -> None:
    found = figures_of(
        "表2 一般公共预算财政拨款支出决算表金额单位：元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
        "2081001\t儿童福利\t146,905.00\t46,905.00\t100,000.00\n",
        f"云渡县民政局{YEAR}年度部门决算公开说明",
    )
    assert fields(found, "measure", "fund_source", "value")[0] == ("expenditure", "general_public_budget", 146_905)


def test_an_amount_of_money_may_be_named_instead_of_a_unit() -> None:
    found = figures_of("主要救助项目一览（金额：万元）\n类别\t户数\t人数\t全年支付\n城市低保\t107\t188\t102.50\n")
    assert fields(found, "measure", "value") == [
        ("beneficiaries", 107),
        ("beneficiaries", 188),
        ("benefit_paid", 1_025_000),
    ]


def test_a_remark_beside_amounts_is_read_as_words_about_its_row() -> None:
    found = figures_of(
        "2022年部门预算编制情况（单位：万元）\n"
        "支出事项\t2021年执行数\t2022年预算数\t编制依据\n"
        "特困人员供养\t610.00\t655.50\t在册1,020人×12个月\n"
        "孤儿生活费\t88.40\t92.10\t散居每人每月1,280元\n"
    )
    remarks = [f for f in found if f.unit == "person" or f.per]
    assert [(f.measure, f.programme, f.value, f.per) for f in remarks] == [
        ("beneficiaries", "tekun", 1020, None),
        ("standard", "orphan", 1280, "month"),
    ]


def test_a_value_below_an_unknown_head_without_a_word_is_no_remark() -> None:
    found = figures_of("单位：万元\n支出事项\t预算数\t口径\n特困人员供养\t610.00\t1,020人\n孤儿生活费\t88.40\t≥300人\n")
    assert [f.measure for f in found] == ["budget", "budget"]


def test_a_part_of_a_contracts_price_is_no_rate() -> None:
    found = figures_of("养老驿站装修合同价92万元，首付款30%已付，尾款5%留作质保。")
    assert [f.unit for f in found if f.unit == "percent"] == []


def test_a_space_before_a_unit_parts_no_cells_of_a_table_of_spaces() -> None:
    found = figures_of(
        "三级指标 年度指标值 全年完成值 分值 得分\n"
        "低保对象人数 ≥ 300 人 312 人 10 10\n救助发放及时率 ≥ 95 % 97.5 % 10 10\n适老化改造户数 40 户 42 户 10 10\n"
    )
    assert [(f.measure, f.value, f.unit) for f in found] == [
        ("indicator_target", 300, "person"),
        ("indicator_actual", 312, "person"),
        ("indicator_target", 95, "percent"),
        ("indicator_actual", 97.5, "percent"),
        ("indicator_target", 40, "household"),
        ("indicator_actual", 42, "household"),
    ]
