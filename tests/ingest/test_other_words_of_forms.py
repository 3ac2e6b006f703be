"""Forms of self-evaluations in the words of other provinces read as the usual ones; all texts are invented."""

from __future__ import annotations

import pytest
from small_reports import YEAR, fields, figures_of, only

from ingest.documents.form_words import form_sum, indicator_head

PROJECT = f"{YEAR}年度高龄津贴项目支出绩效自评报告"


@pytest.mark.parametrize(
    ("name", "target", "actual", "weight", "score", "remark"),
    [
        ("三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析"),
        ("三级指标名称", "设定值", "实际达到值", "权重分", "自评分", "差异原因"),
        ("具体指标名称", "绩效标准", "业绩值", "满分", "实际得分", "情况说明"),
        ("明细指标", "年度指标", "完成值", "指标权重", "评价得分", "未达标原因"),
    ],
)
@pytest.mark.parametrize("sign", ["\t", "\n"])
def test_indicators_below_heads_in_other_words(
    name: str, target: str, actual: str, weight: str, score: str, remark: str, sign: str
) -> None:
    rows = [
        ["一级指标名称", "二级指标名称", name, target, actual, weight, score, remark],
        ["产出指标", "数量指标", "发放津贴人数", "≥1200人", "1236人", "10", "10", "无"],
        ["产出指标", "时效指标", "津贴发放及时率", "≥98%", "99.2%", "10", "10", "无"],
        ["效益指标", "社会效益指标", "老年人满意度", "≥90%", "95.3%", "10", "10", "无"],
    ]
    found = figures_of("\n".join(sign.join(row) for row in rows) + "\n", PROJECT)
    assert fields(found, "measure", "indicator", "value", "unit") == [
        ("indicator_target", "发放津贴人数", 1200, "person"),
        ("indicator_actual", "发放津贴人数", 1236, "person"),
        ("indicator_target", "津贴发放及时率", 98, "percent"),
        ("indicator_actual", "津贴发放及时率", 99.2, "percent"),
        ("indicator_target", "老年人满意度", 90, "percent"),
        ("indicator_actual", "老年人满意度", 95.3, "percent"),
    ]


@pytest.mark.parametrize("label", ["年度绩效目标（80分）", "年度绩效指标", "绩效目标完成情况（60分）"])
def test_the_label_beside_the_heads_of_the_classes_is_no_goal(label: str) -> None:
    rows = [
        [label, "一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分"],
        ["", "产出指标", "数量指标", "津贴发放人数（12分）", "1200人", "1236人", "12"],
        ["", "", "时效指标", "津贴发放及时率（8分）", "≥98%", "97.5%", "7.9"],
    ]
    found = figures_of("\n".join("\t".join(row) for row in rows) + "\n", PROJECT)
    assert fields(found, "measure", "value") == [
        ("indicator_target", 1200),
        ("indicator_actual", 1236),
        ("indicator_target", 98),
        ("indicator_actual", 97.5),
    ]


@pytest.mark.parametrize("sign_head", ["运算符", "指标符号", "比较符"])
@pytest.mark.parametrize("unit_head", ["指标值单位", "指标计量单位"])
def test_signs_and_units_in_columns_of_their_own(sign_head: str, unit_head: str) -> None:
    found = figures_of(
        f"三级指标\t{sign_head}\t指标值\t{unit_head}\n发放津贴人数\t≥\t1200\t人\n津贴发放及时率\t≥\t98\t%\n", PROJECT
    )
    assert fields(found, "value", "unit", "qualifier") == [(1200, "person", "at_least"), (98, "percent", "at_least")]


@pytest.mark.parametrize("label", ["合计得分", "自评总得分", "评价总分"])
def test_the_row_of_the_total_score(label: str) -> None:
    found = figures_of(
        f"三级指标\t指标值\t实际完成值\t分值\t实际得分\n津贴发放及时率\t≥98%\t99.2%\t10\t9.5\n{label}\t\t\t100\t97.5\n",
        PROJECT,
    )
    assert fields(found, "measure", "value")[-1] == ("score", 97.5)


@pytest.mark.parametrize("words", ["评分为", "最终得分为", "分数为", "自评分值为", "综合评分"])
def test_total_scores_in_prose(words: str) -> None:
    figure = only(figures_of(f"{YEAR}年度部门整体支出绩效{words}96.5分。"))
    assert (figure.measure, figure.value) == ("score", 96.5)


@pytest.mark.parametrize(
    "label", ["年度项目资金总额", "本年资金总额", "年度总资金", "项目总额", "预算总金额", "年度预算资金"]
)
def test_the_sum_of_a_form(label: str) -> None:
    assert form_sum().fullmatch(label)
    rows = ["年初预算数", "全年预算数", "全年执行数", label, "60.00", "70.00", "69.00", "其中：财政资金", "50.00", "60.00", "59.00", "其他资金", "10.00", "10.00", "10.00"]  # fmt: skip
    found = figures_of("项目名称：助餐补贴项目\n项目资金（万元）\n" + "\n".join(rows) + "\n", PROJECT)
    assert fields(found, "measure", "value", "fund_source")[:6] == [
        ("budget", 600_000, None),
        ("budget", 700_000, None),
        ("expenditure", 690_000, None),
        ("budget", 500_000, "fiscal_appropriation"),
        ("budget", 600_000, "fiscal_appropriation"),
        ("expenditure", 590_000, "fiscal_appropriation"),
    ]


def test_money_of_the_treasury_beside_other_money_in_the_head() -> None:
    found = figures_of(
        "项目支出名称\t预算数（万元）\t财政资金\t其他资金\n高龄津贴\t60.00\t50.00\t10.00\n",
        "云渡县民政局2022年部门预算",
    )
    assert fields(found, "value", "fund_source", "spending_type", "programme") == [
        (600_000, None, "project", "old_age_allowance"),
        (500_000, "fiscal_appropriation", "project", "old_age_allowance"),
        (100_000, "other", "project", "old_age_allowance"),
    ]


@pytest.mark.parametrize("unit", ["（单位：万元）", "（人民币万元）", "（万元人民币）", "/万元"])
def test_units_of_heads(unit: str) -> None:
    found = figures_of(f"项目名称\t高龄津贴\n预算金额{unit}\t年度资金总额\t60.00\n", PROJECT)
    assert fields(found, "measure", "value") == [("budget", 600_000)]
    found = figures_of(f"项目名称\t预算数{unit}\t执行数{unit}\n高龄津贴\t60.00\t59.00\n")
    assert [f.value for f in found] == [600_000, 590_000]


@pytest.mark.parametrize("text", ["指标值", "指标性质", "年度指标", "目标"])
def test_what_is_no_head_of_names_of_indicators(text: str) -> None:
    assert not indicator_head().match(text)
