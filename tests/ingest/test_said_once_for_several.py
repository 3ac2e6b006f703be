"""What one word says of several numbers, and where it stops: lists, weights, samples, slogans, parentheses; all invented."""

from __future__ import annotations

import pytest

from tests.ingest.small_reports import DEPARTMENT, YEAR, fields, figures_of, reasons_of

FUNERAL = f"{DEPARTMENT}{YEAR}年度惠民殡葬项目支出绩效自评报告"


@pytest.mark.parametrize(
    ("sentence", "programmes"),
    [
        (
            "困难残疾人生活补贴、重度残疾人护理补贴分别发放298.6万元、112.4万元，月均享受806人和920人。",
            ["disability_living", "disability_nursing"] * 2,
        ),
        (
            "为1,860名低保、空巢老人购买居家养老服务，每人每月60元，其中失能老人91名按每月200元执行。",
            ["elder_care"] * 4,
        ),
        ("孤儿（含事实无人抚养儿童）保障标准为每人每月1,967元。", ["orphan"]),
        (
            "发放特困人员照料护理补贴41.2万元。供养标准统一为1,632元/人·月。",
            ["tekun_nursing", "tekun"],
        ),
        ("认定低保边缘家庭931户，对重残人员按单人户施保61人。", ["dibao_edge", "dibao"]),
        ("全县有残疾人托养机构3家、床位126张。", [None, None]),
        ("全县有养老机构3家、床位126张。", ["elder_care", "elder_care"]),
    ],
)
def test_the_programme_of_each_number(sentence: str, programmes: list[str | None]) -> None:
    assert [figure.programme for figure in figures_of(sentence)] == programmes


def test_the_care_of_an_aside_does_not_go_on() -> None:
    found = figures_of("供养特困人员418人（集中71人），每人每月基本生活费1,217元。")
    assert fields(found, "measure", "care") == [
        ("beneficiaries", None),
        ("beneficiaries", "institutional"),
        ("standard", None),
    ]


@pytest.mark.parametrize(
    ("sentence", "reasons"),
    [
        ("评价指标权重按决策10%、过程20%、产出40%、效益30%设置。", ["weight"] * 4),
        ("抽查凭证86份、涉及金额214万元，未发现超范围支出。", ["other_unit", "survey"]),
        ("抽查发现，12名已死亡对象未及时停发低保金。", ["no_help"]),
        ("推进“1个中心+9个站点”养老服务综合体建设。", ["no_facility", "no_facility"]),
        ("所属单位有县福利院、县殡仪馆、县养老服务中心3家。", ["not_a_level"]),
    ],
)
def test_what_one_word_makes_no_figure(sentence: str, reasons: list[str]) -> None:
    assert [reason for _, reason in reasons_of(sentence)] == reasons


@pytest.mark.parametrize(
    ("sentence", "meanings"),
    [
        # The same words where they say something else.
        ("抽查凭证86份，全年支出低保金214万元。", [("benefit_paid", 2_140_000)]),
        ("建成“幸福里”养老服务中心9个。", [("facilities", 9)]),
        ("全县17个乡镇公益性公墓覆盖率94.1%。", [("indicator_actual", 94.1)]),
        ("全县17个乡镇敬老院完成改造。", [("facilities", 17)]),
        ("高龄津贴每人每月最低40元。", [("standard", 40)]),
        ("高龄津贴标准低40元。", []),
        ("养老机构33家，其中公办19家、社会办14家。", [("facilities", 33), ("facilities", 19), ("facilities", 14)]),
        ("全年免除费用7.56万元，例均约1,380元。", [("benefit_paid", 75_600), ("top_up", 1380)]),
        ("“三公”经费支出9.42万元，为预算数的56.07%。", [("expenditure", 94_200), ("execution_rate", 56.07)]),
    ],
)
def test_what_stays_a_figure(sentence: str, meanings: list[tuple[str, float]]) -> None:
    assert fields(figures_of(sentence, FUNERAL if "例均" in sentence else f"{DEPARTMENT}{YEAR}年度部门整体支出绩效自评报告"), "measure", "value") == meanings  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "meanings"),
    [
        ("力争98%以上的预算执行率。", [("indicator_target", "预算执行率", 98)]),
        ("力争上半年预算执行率不低于55%，全年达到98%。", [("indicator_target", "预算执行率", 55), ("indicator_target", "预算执行率", 98)]),
    ],
)  # fmt: skip
def test_goals_for_rates_named_after_or_before(sentence: str, meanings: list[tuple[str, str, float]]) -> None:
    found = figures_of(sentence)
    assert [(f.measure, (f.indicator or "")[-5:], f.value) for f in found] == meanings


def test_a_rate_is_of_the_year_of_the_amount_before_it() -> None:
    found = figures_of("全年支出4,876万元，执行率97.14%。上年度部门支出4,190万元，执行率95.62%。")
    assert fields(found, "measure", "fiscal_year") == [
        ("expenditure", YEAR),
        ("execution_rate", YEAR),
        ("expenditure", YEAR - 1),
        ("execution_rate", YEAR - 1),
    ]


def test_money_estimated_year_by_year_is_budgeted() -> None:
    found = figures_of(f"一、资金安排\n方案分年度测算财政投入：{YEAR}年300万元、{YEAR + 1}年420万元。")
    assert fields(found, "measure", "fiscal_year", "value") == [
        ("budget", YEAR, 3_000_000),
        ("budget", YEAR + 1, 4_200_000),
    ]


def test_money_received_anew_is_not_of_the_programme_before() -> None:
    found = figures_of("二、收入支出情况\n全年争取中央困难群众救助补助资金61万元，争取中央彩票公益金3.2万元。")
    assert fields(found, "measure", "programme") == [("income", "social_assistance"), ("income", None)]
