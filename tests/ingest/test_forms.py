"""Forms of projects (项目支出绩效自评表, 绩效目标表): the project that a form names is that of its money and its score."""

from __future__ import annotations

import pytest
from small_reports import YEAR, fields, figures_of

MONEY = "measure", "programme", "spending_type", "fund_source", "value"


def form(first_row: str, body: str = "") -> str:
    return (
        f"{first_row}\n"
        "项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"
        "\t年度资金总额\t310.00\t325.00\t318.40\t10\t97.97%\t9.8\n"
        f"\t其中：财政资金\t300.00\t315.00\t310.00\t-\t98.41%\t-\n{body}"
    )


OF_THE_FORM = [
    ("budget", "temporary_relief", "project", None, 3_100_000),
    ("budget", "temporary_relief", "project", None, 3_250_000),
    ("expenditure", "temporary_relief", "project", None, 3_184_000),
    ("execution_rate", "temporary_relief", "project", None, 97.97),
    ("budget", "temporary_relief", "project", "fiscal_appropriation", 3_000_000),
    ("budget", "temporary_relief", "project", "fiscal_appropriation", 3_150_000),
    ("expenditure", "temporary_relief", "project", "fiscal_appropriation", 3_100_000),
]


@pytest.mark.parametrize(
    "first_row",
    [
        "项目名称\t城乡居民临时救助",
        "项目名称\t临时救助金发放\t主管部门\t云渡县民政局",
        "项目编码\t53010024\t项目名称\t城乡居民临时救助\t预算单位\t云渡县民政局",
        "项目（政策）名称\t临时救助资金\t\t\t起止时间\t长期",
        "项目名称：临时救助资金\t\t\t",
    ],
)
def test_the_money_below_a_project_s_name_is_that_project_s(first_row: str) -> None:
    found = figures_of(form(first_row))
    assert fields(found, *MONEY)[:7] == OF_THE_FORM


@pytest.mark.parametrize("title", [f"临时救助项目支出绩效自评表\n（{YEAR}年度）\n", "项目名称：临时救助\n"])
def test_a_title_or_a_line_above_may_name_the_project(title: str) -> None:
    found = figures_of(title + form("主管部门\t云渡县民政局"))
    assert fields(found, *MONEY)[:7] == OF_THE_FORM


def test_each_form_has_its_own_project_and_score() -> None:
    score = "总分\t\t\t\t\t100\t\t96.5\n"
    found = figures_of(
        form("项目名称\t临时救助", score) + "附表2\n" + form("项目名称\t办公楼维修", score.replace("96.5", "91.2"))
    )
    assert fields([f for f in found if f.measure == "score"], "programme", "value") == [
        ("temporary_relief", 96.5),
        (None, 91.2),
    ]
    assert {(f.programme, f.spending_type) for f in found if f.measure == "budget"} == {
        ("temporary_relief", "project"),
        (None, "project"),
    }


PROJECT_FORM = f"项目支出绩效自评表\n（{YEAR}年度）\n填报单位：云渡县民政局"
EXPLAINED = "\n附：自评说明\n\n二、资金使用\n\n实际支出318.40万元，项目自评得分96分。"


def test_the_explanation_below_a_form_is_of_the_project_that_the_form_names() -> None:
    found = figures_of(form("项目名称\t临时救助\t项目代码\t53010024") + EXPLAINED, PROJECT_FORM)
    assert fields(found, "measure", "programme", "spending_type")[-2:] == [
        ("expenditure", "temporary_relief", "project"),
        ("score", "temporary_relief", None),
    ]


def test_the_explanation_below_the_forms_of_several_projects_is_of_none_of_them() -> None:
    found = figures_of(form("项目名称\t临时救助") + form("项目名称\t高龄津贴") + EXPLAINED, PROJECT_FORM)
    assert fields(found, "measure", "programme")[-2:] == [("expenditure", None), ("score", None)]


def test_a_head_that_says_项目名称_names_no_project() -> None:
    found = figures_of("单位：万元\n项目名称\t高龄津贴发放\t执行率\n临时救助\t318.40\t97.97%\n")
    assert fields([f for f in found if f.measure == "execution_rate"], "programme") == [("temporary_relief",)]


@pytest.mark.parametrize("label", ["预算规模", "资金规模", "项目资金", "预算申请"])
def test_the_budget_of_a_form_may_stand_in_one_row(label: str) -> None:
    found = figures_of(
        "项目编码\t53010025\t项目名称\t临时救助\n"
        f"{label}（万元）\t预算数\t310.00\t其中：财政资金\t300.00\t其他资金\t10.00\n",
        f"云渡县民政局{YEAR}年部门预算公开",
    )
    assert fields(found, "measure", "programme", "fund_source", "value") == [
        ("budget", "temporary_relief", None, 3_100_000),
        ("budget", "temporary_relief", "fiscal_appropriation", 3_000_000),
        ("budget", "temporary_relief", "other", 100_000),
    ]


def test_goals_and_results_in_sentences_stand_below_their_heads() -> None:
    found = figures_of(
        form(
            "项目名称\t临时救助",
            "年度总体目标\t预期目标\t\t\t实际完成情况\n"
            "\t及时救助遇困群众，救助对象满意度达到95%。\t\t\t全年救助困难群众1,205人次，救助对象满意度达到96.3%。\n",
        )
    )
    assert fields(found[-3:], "measure", "value") == [
        ("indicator_target", 95),
        ("beneficiaries", 1205),
        ("indicator_actual", 96.3),
    ]


def test_how_often_a_thing_was_done_is_no_number_of_visits() -> None:
    found = figures_of("三级指标\t年度指标值\t实际完成值\n政策培训次数\t≥4次\t5次\n流动救助次数\t≥40次\t45次\n")
    assert [f.unit for f in found] == ["other", "other", "person_time", "person_time"]


def test_what_a_head_gets_a_month_is_paid_by_the_form_s_project() -> None:
    found = figures_of(
        form(
            "项目名称\t高龄津贴",
            "一级指标\t二级指标\t三级指标\t年度指标值\t全年完成值\n"
            "产出指标\t成本指标\t80至89周岁人均标准\t50元/人·月\t50元/人·月\n"
            "\t时效指标\t资金发放及时率\t100%\t100%\n",
        )
    )
    assert fields(found[-4:], "programme", "value") == [
        ("old_age_allowance", 50),
        ("old_age_allowance", 50),
        (None, 100),
        (None, 100),
    ]


def test_the_total_of_a_form_given_one_cell_a_line_is_its_score() -> None:
    cells = (
        "三级指标 指标值 实际完成值 分值 得分 救助人次 ≥80人次 85人次 50 50 发放准确率 100% 98% 50 46.6 总分 100 96.6"
    )
    found = figures_of("临时救助项目支出绩效自评表\n" + "\n".join(cells.split()) + "\n")
    assert fields(found, "measure", "value") == [
        ("indicator_target", 80),
        ("indicator_actual", 85),
        ("indicator_target", 100),
        ("indicator_actual", 98),
        ("score", 96.6),
    ]
    assert found[-1].programme == "temporary_relief"


TRANSFER = """项目支出绩效自评情况
中央对地方专项转移支付区域绩效自评表
（{year}年度）
转移支付（项目）名称
困难群众救助补助资金
中央主管部门
财政部、民政部
资金使用单位
各县（区）民政局
资金投入情况
（万元）

全年预算数（A）
全年执行数（B）
预算执行率（B/A×100%）
年度资金总额：
969.50
916.82
94.57%
其中：中央财政资金
926.00
876.82
94.69%
其他资金
43.50
40.00
91.95%
绩效指标
一级指标
二级指标
三级指标
指标值
全年实际完成值
未完成原因和改进措施
产出指标
数量指标
临时救助人次
≥700人次
708人次

效益指标
社会效益指标
受助家庭生活状况
持续改善
持续改善

满意度指标
服务对象满意度指标
政策知晓率
≥80%
83.5%

说明
无
"""


def test_the_form_of_a_transfer_given_one_cell_a_line() -> None:
    found = figures_of(TRANSFER.format(year=YEAR))
    assert fields(found[:9], "measure", "programme", "stage", "value") == [
        ("budget", "social_assistance", "revised", 9_695_000),
        ("expenditure", "social_assistance", "final", 9_168_200),
        ("execution_rate", "social_assistance", "final", 94.57),
        ("budget", "social_assistance", "revised", 9_260_000),
        ("expenditure", "social_assistance", "final", 8_768_200),
        ("execution_rate", "social_assistance", "final", 94.69),
        ("budget", "social_assistance", "revised", 435_000),
        ("expenditure", "social_assistance", "final", 400_000),
        ("execution_rate", "social_assistance", "final", 91.95),
    ]
    assert fields(found[9:], "measure", "indicator", "value") == [
        ("indicator_target", "临时救助人次", 700),
        ("indicator_actual", "临时救助人次", 708),
        ("indicator_target", "政策知晓率", 80),
        ("indicator_actual", "政策知晓率", 83.5),
    ]


def test_heads_of_amounts_without_a_sum_below_them_are_no_form() -> None:
    found = figures_of("全年预算数\n全年执行数\n这里没有数字，也没有合计。\n")
    assert found == []


def test_the_form_of_a_transfer_as_rows() -> None:
    found = figures_of(
        "转移支付（项目）名称\t困难群众救助补助资金\n"
        "中央主管部门\t民政部\n地方主管部门\t云渡县民政局\t资金使用单位\t云渡县民政局\n"
        "资金投入情况（万元）\t\t全年预算数（A）\t全年执行数（B）\t预算执行率（B/A）\n"
        "\t年度资金总额：\t969.50\t916.82\t94.57%\n\t其中：中央补助\t926.00\t876.82\t94.69%\n"
        "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t全年实际完成值\t未完成原因\n"
        "\t成本指标\t\t城市低保标准\t不低于上年\t728元/人·月\n"
    )
    assert fields(found, "measure", "programme", "value") == [
        ("budget", "social_assistance", 9_695_000),
        ("expenditure", "social_assistance", 9_168_200),
        ("execution_rate", "social_assistance", 94.57),
        ("budget", "social_assistance", 9_260_000),
        ("expenditure", "social_assistance", 8_768_200),
        ("execution_rate", "social_assistance", 94.69),
        ("indicator_actual", "dibao", 728),
    ]


OWN_CLASSES = """民生绩效目标表
二级指标
三级指标
目标值
完成值
分值
得分
原因和措施

内部管理
资金执行率
≥96%
97.1%
5
5

台账完备
完备
完备
2
2

民生保障
低保家庭户数
≥900户
880户
6
5.8
两个月未开展入户，申请减少

助餐点满意度
≥91%
94%
8
8

总分
100
98.8
"""


@pytest.mark.parametrize("is_parted", [True, False])
def test_classes_in_a_department_s_own_words_are_told_by_where_the_scores_stand(is_parted: bool) -> None:
    found = figures_of(OWN_CLASSES if is_parted else OWN_CLASSES.replace("\n\n", "\n"))
    assert fields(found, "measure", "indicator", "value") == [
        ("indicator_target", "资金执行率", 96),
        ("indicator_actual", "资金执行率", 97.1),
        ("indicator_target", "低保家庭户数", 900),
        ("indicator_actual", "低保家庭户数", 880),
        ("indicator_target", "助餐点满意度", 91),
        ("indicator_actual", "助餐点满意度", 94),
        ("score", None, 98.8),
    ]


def test_names_of_indicators_may_begin_with_an_age_or_repeat_their_class() -> None:
    found = figures_of(
        "项目支出名称\t高龄津贴\n主管部门\t云渡县民政局\t实施单位\t云渡县民政局\n"
        "绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
        "\t产出指标\t数量指标\t90周岁以上老年人数\t≥300人\t312人\t50\t50\n"
        "\t满意度指标\t服务对象满意度\t服务对象满意度\t≥90%\t92%\t10\t10\n",
        f"{YEAR}年度项目支出绩效自评表",
    )
    assert fields(found, "indicator", "programme", "value") == [
        ("90周岁以上老年人数", "old_age_allowance", 300),
        ("90周岁以上老年人数", "old_age_allowance", 312),
        ("服务对象满意度", None, 90),
        ("服务对象满意度", None, 92),
    ]


def test_a_form_one_cell_a_line_ends_with_its_total_and_costs_have_classes_of_their_own() -> None:
    cells = (
        "项目名称 助餐点运营补贴 主管部门 云渡县民政局 "
        "绩效指标 一级指标 二级指标 三级指标 年度指标值 完成值 分值 得分 偏差原因 "
        "产出指标 数量指标 助餐点数量 ≥40家 44家 30 30 成本指标 经济成本指标 项目预算控制数 ≤90万元 81.5万元 10 10 "
        "满意度指标 服务对象满意度指标 就餐老年人满意度 ≥90% 93% 10 10 总分 100 98.2 "
        "项目支出绩效自评表 项目名称 流浪乞讨人员救助 主管部门 云渡县民政局 "
        "项目资金（万元） 年初预算 全年预算 全年执行 分值 执行率 得分 年度资金总额 60.00 66.00 64.00 10 96.97% 9.7"
    )
    found = figures_of("\n".join(cells.split()) + "\n", f"{YEAR}年度项目支出绩效自评表")
    assert fields(found, "measure", "programme", "value") == [
        ("indicator_target", "elder_meals", 40),
        ("indicator_actual", "elder_meals", 44),
        ("indicator_target", None, 900_000),
        ("indicator_actual", None, 815_000),
        ("indicator_target", "elder_meals", 90),
        ("indicator_actual", "elder_meals", 93),
        ("score", "elder_meals", 98.2),
        ("budget", "vagrant_relief", 600_000),
        ("budget", "vagrant_relief", 660_000),
        ("expenditure", "vagrant_relief", 640_000),
        ("execution_rate", "vagrant_relief", 96.97),
    ]


def test_totals_beside_each_other_above_the_first_head_of_a_form() -> None:
    found = figures_of(
        "单位名称：云渡县民政局  金额单位：万元\n基本支出总额\t210.50\t项目支出总额\t640.00\n"
        "\t预算数（A）\t执行数（B）\t执行率（B/A）\n部门整体支出总额\t900.00\t850.50\t94.50%\n",
        f"{YEAR}年度云渡县民政局部门整体绩效自评表",
    )
    assert fields(found, "measure", "spending_type", "value")[:2] == [
        ("expenditure", "basic", 2_105_000),
        ("expenditure", "project", 6_400_000),
    ]


@pytest.mark.parametrize("label", ["年度财政资金总额", "年度金额：", "年度资金总额"])
def test_the_whole_money_of_a_form_is_no_line_of_it(label: str) -> None:
    found = figures_of(
        "项目名称\t残疾人两项补贴\t\t\n"
        "预算执行情况（万元）\t\t预算数（A）\t执行数（B）\n"
        f"\t{label}\t412.00\t406.50\n"
        "\t其中：中央资金\t112.00\t112.00\n",
        f"{YEAR}年度项目支出绩效自评表",
    )
    assert [figure.item for figure in found] == [None, None, "中央资金", "中央资金"]


def test_how_much_an_indicator_counts_is_no_part_of_its_name() -> None:
    found = figures_of("三级指标\t年度指标值\t实际完成值\t得分\n补贴发放人数（12分）\t≥630人\t648人\t12\n")
    assert {figure.indicator for figure in found} == {"补贴发放人数"}


def test_the_budget_that_a_form_means_for_the_next_year_is_the_project_s() -> None:
    found = figures_of(
        "项目名称\t残疾人两项补贴\t\t\n"
        "预算执行情况（万元）\t\t预算数（A）\t执行数（B）\n"
        "\t年度资金总额\t412.00\t406.50\n"
        f"改进措施\t与公安、卫健部门按旬比对数据；{YEAR + 1}年预算拟安排438万元，确保按时发放。\t\t\n",
        f"{YEAR}年度项目支出绩效自评表",
    )
    assert fields(found[2:], "measure", "programme", "fiscal_year") == [("budget", "disability_both", YEAR + 1)]


STRIPPED = (
    "预算执行情况（万元）\t\t\t预算数（A）\t\t执行数（B）\t\t执行率（B/A）\t\t得分\n"
    "\t年度资金总额\t\t412.00\t\t406.50\t\t98.67%\t\t9.87\n"
    "\t其中：中央资金\t\t112.00\t\t110.88\t\t99.00%\t\t\n"
    "\t省级资金\t\t300.00\t\t295.62\t\t98.54%\t\t\n"
)


def test_rows_that_lost_their_empty_ends_stand_where_their_gaps_say() -> None:
    """Many tools strip each line: the first cells of a row are then not those of the first columns."""
    name = "项目名称\t高龄津贴\t\t\t\t\t\t项目编码\t0317\t\n"
    title = f"{YEAR}年度项目支出绩效自评表"
    whole = figures_of(name + STRIPPED, title)
    stripped = figures_of("\n".join(line.strip() for line in (name + STRIPPED).splitlines()), title)
    meaning = "measure", "programme", "spending_type", "item", "value"
    assert len(whole) == 9
    assert fields(stripped, *meaning) == fields(whole, *meaning)
    # Nothing but gaps says which head a value stands below.
    assert {f.confidence < 0.9 for f in stripped} == {True} and {f.confidence for f in whole} == {0.95}
