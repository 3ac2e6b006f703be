"""Annexes of standards: by class of place, grade, age and way of care, under one or two rows of heads; all invented."""

from __future__ import annotations

import pytest
from small_reports import YEAR, fields, figures_of

NOTICE = f"云渡市民政局 云渡市财政局关于提高{YEAR}年困难群众救助保障标准的通知"
TERMS = "programme", "residence", "value", "per", "fiscal_year"


@pytest.mark.parametrize("head", ["地区类别", "区域类别", "类区", "适用地区", "档次"])
def test_the_unit_of_an_upper_head_holds_for_the_old_and_the_new_standard_below_it(head: str) -> None:
    found = figures_of(
        "表1 各地区低保标准对照表\n"
        f"{head}\t城市低保（元/人·月）\t\t农村低保（元/人·年）\n"
        "\t调整前\t调整后\t调整前\t调整后\n"
        "一类地区\t815\t845\t7080\t7320\n",
        NOTICE,
    )
    assert {f.measure for f in found} == {"standard"}
    assert fields(found, *TERMS) == [
        ("dibao", "urban", 815, "month", YEAR - 1),
        ("dibao", "urban", 845, "month", YEAR),
        ("dibao", "rural", 7080, "year", YEAR - 1),
        ("dibao", "rural", 7320, "year", YEAR),
    ]


def test_a_class_of_households_has_top_ups_where_a_class_of_places_has_standards() -> None:
    found = figures_of("单位：元/人·月\n类别\t低保补助水平\nA类\t520\nB类\t380\n", NOTICE)
    assert {f.measure for f in found} == {"top_up"}
    said = figures_of("一类地区城市低保标准调整为845元/人·月；农村低保A类对象月补助480元。", NOTICE)
    assert fields(said, "measure", "value") == [("standard", 845), ("top_up", 480)]


def test_rows_and_heads_without_a_programme_take_the_caption_s() -> None:
    found = figures_of(
        "重度残疾人护理补贴标准表（单位：元/人·月）\n"
        "| 残疾等级 | 原标准 | 新标准 | 享受人数（人） |\n| --- | --- | --- | --- |\n"
        "| 一级 | 85 | 115 | 1,346 |\n| 二级 | 85 | 95 | 2,758 |\n",
        NOTICE,
    )
    assert {f.programme for f in found} == {"disability_nursing"}
    assert fields(found, "measure", "value") == [
        ("standard", 85),
        ("standard", 115),
        ("beneficiaries", 1346),
        ("standard", 85),
        ("standard", 95),
        ("beneficiaries", 2758),
    ]


def test_a_grant_paid_once_beside_standards_by_the_bed() -> None:
    found = figures_of(
        "（二）养老机构运营补贴。对民办养老机构按收住人数给予补贴：\n"
        "机构等级\t自理老人（元/床·月）\t失能老人（元/床·月）\t等级评定一次性奖励（万元）\n"
        "五星级\t160\t390\t9\n",
        NOTICE,
    )
    assert fields(found, "measure", "programme", "value", "per") == [
        ("standard", "elder_care", 160, "month"),
        ("standard", "elder_care", 390, "month"),
        ("standard", "elder_care", 90_000, "time"),
    ]


def test_grades_of_care_as_heads_are_nursing_standards_in_a_table_of_those_supported() -> None:
    found = figures_of(
        "特困人员救助供养标准表（单位：元/人·月）\n"
        "| 地区 | 城市基本生活标准 | 全护理 | 半护理 |\n| --- | --- | --- | --- |\n| 一类地区 | 1027 | 1200 | 600 |\n",
        NOTICE,
    )
    assert fields(found, *TERMS) == [
        ("tekun", "urban", 1027, "month", YEAR),
        ("tekun_nursing", None, 1200, "month", YEAR),
        ("tekun_nursing", None, 600, "month", YEAR),
    ]


def test_a_label_merged_over_rows_speaks_for_each_of_them() -> None:
    found = figures_of(
        "残疾人两项补贴标准\n补贴类别\t残疾等级\t标准（元/人·月）\n"
        "困难残疾人生活补贴\t一级\t100\n\t二级\t90\n重度残疾人护理补贴\t一级\t120\n\t二级\t110\n",
        NOTICE,
    )
    assert fields(found, "programme", "value") == [
        ("disability_living", 100),
        ("disability_living", 90),
        ("disability_nursing", 120),
        ("disability_nursing", 110),
    ]


def test_what_each_level_of_government_pays_of_a_standard_is_none() -> None:
    found = figures_of(
        "高龄津贴标准\n年龄段\t省级补助（元/人·月）\t县级承担（元/人·月）\t发放标准（元/人·月）\n80-89周岁\t20\t40\t60\n",
        NOTICE,
    )
    assert fields(found, "measure", "value") == [("standard", 60)]


def test_the_period_may_stand_in_the_heads_and_the_unit_above() -> None:
    found = figures_of(
        "表1 各县（市、区）最低生活保障标准一览表\n单位：元\n地区\t城市（月）\t农村（年）\n云东区\t790\t7080\n", NOTICE
    )
    assert fields(found, *TERMS) == [("dibao", "urban", 790, "month", YEAR), ("dibao", "rural", 7080, "year", YEAR)]


def test_a_title_between_two_tables_is_no_rest_of_a_cell() -> None:
    found = figures_of(
        "表1 低保标准\n类别\t标准（元/月）\n城市低保\t790\n"
        "表2 孤儿基本生活费标准\n供养方式\t标准（元/月）\n机构养育\t1950\n社会散居\t1450\n",
        NOTICE,
    )
    assert fields(found, "programme", "care", "value") == [
        ("dibao", None, 790),
        ("orphan", "institutional", 1950),
        ("orphan", "home", 1450),
    ]


def test_names_of_places_say_nothing_of_residence_or_programme() -> None:
    found = figures_of("乡镇\t高龄津贴人数（人）\n定城镇\t204\n敬老乡\t187\n")
    assert fields(found, "programme", "residence", "value") == [
        ("old_age_allowance", None, 204),
        ("old_age_allowance", None, 187),
    ]


@pytest.mark.parametrize(
    ("head", "per"),
    [("月保障标准（元/人）", "month"), ("年补助标准（元/人）", "year"), ("补助标准（元/人次）", "time")],
)
def test_the_period_of_a_standard_may_stand_before_its_unit(head: str, per: str) -> None:
    found = figures_of(f"保障类别\t人数（人）\t{head}\n城市低保\t418\t760\n")
    assert [figure.per for figure in found if figure.measure == "standard"] == [per]
