"""Words and tables of departments beside civil affairs: rural revitalisation, disabled persons' federations and others.

The sentences are written for these tests; the department and its place are invented.
"""

from __future__ import annotations

import pytest

from tests.ingest.small_reports import YEAR, fields, figures_of, only, reasons_of

RURAL = f"云渡县乡村振兴局{YEAR}年度衔接资金项目绩效自评报告"
DISABLED = f"云渡县残疾人联合会{YEAR}年工作总结"

# ------------------------------------------------------------------ rural revitalisation


def test_what_was_planned_beside_what_was_spent_and_how_far_is_the_budget() -> None:
    found = figures_of(
        "单位：万元\n项目类别\t计划数\t支出数\t支出进度\n产业类\t300.00\t285.00\t95%\n合计\t450.00\t430.20\t95.6%\n",
        RURAL,
    )
    assert fields(found, "measure", "stage", "value") == [
        ("budget", None, 3_000_000),
        ("expenditure", "final", 2_850_000),
        ("execution_rate", "final", 95),
        ("budget", None, 4_500_000),
        ("expenditure", "final", 4_302_000),
        ("execution_rate", "final", 95.6),
    ]


def test_what_was_planned_beside_what_was_completed_is_no_money() -> None:
    found = figures_of("单位：万元\n项目\t计划数\t完成数\t支出数\t支出进度\n新建敬老院\t3所\t2所\t40.00\t80%\n", RURAL)
    assert fields(found, "unit", "value")[:2] == [("facility", 3), ("facility", 2)]


def test_households_and_persons_of_a_population_reached_nobody() -> None:
    assert reasons_of("全县脱贫人口2,408户7,915人。", RURAL) == [("2,408户", "background"), ("7,915人", "background")]
    found = figures_of("为脱贫人口免费体检2,408人。", RURAL)
    assert fields(found, "measure", "value") == [("beneficiaries", 2408)]


@pytest.mark.parametrize("earned", ["脱贫人口人均纯收入达到14,836元。", "农户人均可支配收入为15,200元。"])
def test_what_people_earn_is_no_income_of_the_department(earned: str) -> None:
    assert figures_of(earned, RURAL) == []


def test_an_insurance_premium_paid_for_others_is_of_none_of_their_programmes() -> None:
    found = figures_of("将312人纳入特困供养；为农户代缴城乡居民医保33.6万元。", RURAL)
    assert fields(found, "measure", "programme") == [("beneficiaries", "tekun"), ("benefit_paid", None)]


@pytest.mark.parametrize(("name", "unit"), [("开发公益性岗位数", "other"), ("新建助餐点数", "facility")])
def test_things_that_an_indicator_counts_are_facilities_only_by_their_name(name: str, unit: str) -> None:
    found = figures_of(f"三级指标\t目标值\t实际值\n{name}\t12个\t13个\n", RURAL)
    assert fields(found, "unit", "value") == [(unit, 12), (unit, 13)]


# ------------------------------------------------------------------ a federation of disabled persons


def test_a_facility_may_be_named_in_quotation_marks() -> None:
    found = figures_of("建成社区“暖心家园”11个，累计达到26个。", DISABLED)
    assert fields(found, "measure", "value") == [("facilities", 11), ("facilities", 26)]


def test_certificates_of_disability_are_cases() -> None:
    found = figures_of("全年换发残疾人证543件，其中上门办证79件；答复信访28件。", DISABLED)
    assert fields(found, "measure", "value") == [("cases", 543), ("cases", 79)]


def test_gifts_in_kind_are_paid_by_their_value_in_money() -> None:
    found = figures_of("走访残疾人家庭58户，发放慰问金及物资折款3.48万元。", DISABLED)
    assert fields(found, "measure", "value") == [("beneficiaries", 58), ("benefit_paid", 34_800)]
    assert figures_of("接收社会捐赠物资折款3.48万元。", DISABLED) == []


@pytest.mark.parametrize(
    ("end", "per"), [("，均为一次性补助。", "time"), ("，按月发放。", "month"), ("，一次性告知。", "month")]
)
def test_that_all_of_a_list_is_paid_once_may_be_said_after_it(end: str, per: str) -> None:
    found = figures_of(f"补助标准分别为：本科生4,000元、大专生3,000元{end}", DISABLED)
    assert fields(found, "measure", "per") == [("standard", per), ("standard", per)]


def test_people_looked_up_house_by_house_were_reached() -> None:
    figure = only(figures_of("对874名残疾人逐户上门核实。", DISABLED))
    assert (figure.measure, figure.programme, figure.value) == ("beneficiaries", None, 874)


@pytest.mark.parametrize(
    ("sentence", "written"),
    [
        ("安置公益性岗位残疾人64人。", ["64人"]),
        ("聘用公益性岗位人员12人，帮扶残疾人。", []),
        ("流浪乞讨人员救助安置中心事业编制3名。", []),
    ],
)
def test_whom_a_public_job_was_found_for_is_reached(sentence: str, written: list[str]) -> None:
    assert [f.raw for f in figures_of(sentence, DISABLED)] == written


def test_who_boards_in_a_home_is_cared_for_there_and_a_boarding_school_is_none() -> None:
    found = figures_of("寄宿制托养86人、日间照料112人，寄宿制托养机构2家。", DISABLED)
    assert fields(found, "measure", "care") == [
        ("beneficiaries", "institutional"),
        ("beneficiaries", None),
        ("facilities", None),
    ]
    found = figures_of("资助寄宿制学生86人。", f"云渡县教育局{YEAR}年工作总结")
    assert [f.care for f in found] == [None]


def test_the_money_planned_for_a_kind_of_project_is_its_budget() -> None:
    found = figures_of("单位：万元\n项目类型\t计划资金\t实际支出\t支出率\n产业发展\t200.00\t196.00\t98%\n", RURAL)
    assert fields(found, "measure", "value") == [("budget", 2e6), ("expenditure", 1.96e6), ("execution_rate", 98)]
