"""Whose a figure is: which body reports, what a paragraph's opening names, and what the words around a number add.

The sentences are written for these tests.
"""

from __future__ import annotations

from small_reports import fields, figures_of

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
