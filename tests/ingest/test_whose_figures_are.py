"""Whose a figure is: which body reports, what a paragraph's opening names, and what the words around a number add.

The sentences are written for these tests.
"""

from __future__ import annotations

from small_reports import fields, figures_of, reasons_of

TOWNSHIP = "云渡县青石镇人民政府2022年民政工作总结"


def test_a_township_reports_on_all_the_work_of_civil_affairs() -> None:
    found = figures_of("全年发放低保金86.4万元，适老化改造12户，协助县救助站送返3人。", TOWNSHIP)
    assert fields(found, "measure", "programme") == [
        ("benefit_paid", "dibao"),
        ("beneficiaries", "home_adaptation"),
        ("beneficiaries", "vagrant_relief"),
    ]


def test_a_home_does_not_change_whose_the_nursing_subsidy_is() -> None:
    found = figures_of("特困人员90人，其中在青石敬老院集中供养20人；全护理对象护理补贴每月300元。")
    assert fields(found, "measure", "programme")[-1] == ("standard", "tekun_nursing")


PROJECT = "云渡县2022年残疾人两项补贴和高龄津贴项目支出绩效自评报告"


def test_in_the_report_of_a_project_the_recipients_are_of_the_part_that_a_paragraph_is_about() -> None:
    found = figures_of(
        "三、产出\n1、困难残疾人生活补贴。享受对象640人，全年发放72.5万元。\n"
        "2、高龄长寿保健补贴。80—89周岁910人，标准50元/人·月；90—99周岁140人，标准90元/人·月。\n"
        "四、效益\n补贴对象1,810人受益。",
        PROJECT,
    )
    assert fields(found, "measure", "programme") == [
        ("beneficiaries", "disability_living"),
        ("benefit_paid", "disability_living"),
        ("beneficiaries", "old_age_allowance"),
        ("standard", "old_age_allowance"),
        ("beneficiaries", "old_age_allowance"),
        ("standard", "old_age_allowance"),
        ("beneficiaries", "disability_both"),
    ]


def test_those_whom_a_part_of_a_standard_is_for_do_not_change_its_programme() -> None:
    found = figures_of("困难残疾人生活补贴标准为每人每月90元，其中低保家庭的残疾人每人每月120元。")
    assert fields(found, "programme", "value") == [("disability_living", 90), ("disability_living", 120)]
    found = figures_of("困难残疾人生活补贴标准为每人每月90元，低保标准为每人每月620元。")
    assert fields(found, "programme", "value") == [("disability_living", 90), ("dibao", 620)]


def test_work_beside_the_project_has_its_own_money() -> None:
    found = figures_of("三、关联工作\n为老年人家庭实施适老化改造36户，投入18万元。项目投入72万元。", PROJECT)
    assert fields(found, "measure", "programme", "spending_type") == [
        ("beneficiaries", "home_adaptation", None),
        ("expenditure", "home_adaptation", None),
        ("expenditure", "disability_both", "project"),
    ]


def test_those_who_get_nothing_for_a_while_are_not_reached() -> None:
    assert reasons_of("高龄津贴因未年审暂停12人。")[-1][1] == "not_a_level"


def test_rails_and_mats_adapt_a_home() -> None:
    found = figures_of("为14户老人安装扶手，每户补助1,500元，使用资金2.1万元。")
    assert fields(found, "measure", "programme") == [
        ("beneficiaries", "home_adaptation"),
        ("standard", "home_adaptation"),
        ("benefit_paid", "home_adaptation"),
    ]


def test_the_class_in_a_parenthesis_takes_nothing_from_the_name_before_it() -> None:
    found = figures_of("二、预算安排\n1.殡葬（社会福利）86万元，用于惠民殡葬。", "云渡县民政局2023年部门预算公开")
    assert fields(found, "measure", "programme") == [("expenditure", "funeral")]
