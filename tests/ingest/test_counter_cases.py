"""Where a rule of the genre must not reach: each sentence looks like one that a rule was made for, and is another.

The sentences are written for these tests; test_hard_things.py has the ones that the rules were made for.
"""

from __future__ import annotations

import pytest
from small_reports import DEPARTMENT, TITLE, YEAR, fields, figures_of, reasons_of

LAST_YEAR = YEAR - 1


def raws(body: str, title: str = TITLE) -> list[str]:
    return [figure.raw for figure in figures_of(body, title)]


# ------------------------------------------------------------------ numbers that stand side by side


@pytest.mark.parametrize(
    ("sentence", "written"),
    [
        ("全年发放低保金1 234.5万元。", ["1 234.5万元"]),
        ("2022 120人享受低保。", ["120人"]),
        ("12月发放低保金2 345万元。", ["2 345万元"]),
    ],
)
def test_two_numbers_beside_each_other_are_not_joined(sentence: str, written: list[str]) -> None:
    assert raws(sentence) == written


def test_the_number_of_a_table_is_not_part_of_the_next_number() -> None:
    assert [raw for raw, _ in reasons_of("相关支出详见附表1 234.5万元。")] == ["1", "234.5万元"]


def test_a_comma_at_the_start_of_a_line_ends_a_clause_where_no_digits_follow() -> None:
    assert raws("惠及低保对象12\n,发放低保金34.5万元。") == ["34.5万元"]


# ------------------------------------------------------------------ years


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("上年财政拨款结转120万元。", [LAST_YEAR]),
        ("“十四五”末，护理型床位占比达到55%。", [2025]),
        ("到十五五规划末，护理型床位占比达到60%。", [2030]),
        ("2021年和2022年发放低保金分别为889.1万元、964.7万元。", [2021, 2022]),
        ("2021年、2022年城市、农村低保标准分别为每人每月720元、600元。", [2021, 2022]),
        ("2022年城市、农村低保对象分别为812人、1498人。", [YEAR, YEAR]),
    ],
)
def test_each_figure_has_the_year_that_is_said_of_it(sentence: str, years: list[int]) -> None:
    assert [figure.fiscal_year for figure in figures_of(sentence)] == years


def test_a_plain_level_of_a_standard_is_not_the_original_one() -> None:
    found = figures_of("中原镇低保标准为每人每月720元，高原补贴每人每月80元。")
    assert {figure.fiscal_year for figure in found} == {YEAR}


# ------------------------------------------------------------------ lists


def test_a_list_that_names_its_own_residence_does_not_take_that_of_the_list_before() -> None:
    found = figures_of("城市、农村低保标准分别为每月780元、600元，农村低保A、B类对象每人每月分别补助351元、332元。")
    assert fields(found, "residence", "value")[2:] == [("rural", 351), ("rural", 332)]


@pytest.mark.parametrize(
    ("sentence", "qualifiers"),
    [
        ("火化率由59.1%至63.4%。", ["exact", "exact"]),
        ("集中供养、分散供养标准为每人每月1560元、1014元。", ["exact", "exact"]),
        ("临时救助标准为每人1000元至5000元。", ["at_least", "at_most"]),
    ],
)
def test_only_the_ends_of_a_range_are_bounds(sentence: str, qualifiers: list[str]) -> None:
    assert [figure.qualifier for figure in figures_of(sentence)] == qualifiers


# ------------------------------------------------------------------ sums and standards


@pytest.mark.parametrize(
    ("sentence", "measures"),
    [
        ("每月发放补贴7.84万元。", ["benefit_paid"]),
        ("每月为每名孤儿发放基本生活费1900元。", ["standard"]),
        ("农村幸福院运营补助每年不低于1.2万元。", ["standard"]),
        ("对每家敬老院每年安排运营补贴3万元。", ["standard"]),
        ("低保标准为每人每月780元，全年发放低保金964.7万元。", ["standard", "benefit_paid"]),
    ],
)
def test_an_amount_of_a_period_is_a_standard_only_of_one(sentence: str, measures: list[str]) -> None:
    body = f"发放养老服务补贴和孤儿补贴。{sentence}"
    assert [figure.measure for figure in figures_of(body)] == measures


# ------------------------------------------------------------------ change and level


@pytest.mark.parametrize(
    ("sentence", "levels"),
    [
        ("部门支出较上年增加120万元，达到5200万元。", ["5200万元"]),
        ("部门支出增加120万元，同比增长2.4%。", []),
        ("部门支出增加120万元，达到历史最高，项目支出4000万元。", ["4000万元"]),
        ("预算执行率比上年提高2.1个百分点，达97.2%。", ["97.2%"]),
        ("增速达8.5%。", []),
        ("低保对象增加75人，增至2310人。", ["2310人"]),
    ],
)
def test_what_came_of_a_change_counts_and_the_change_does_not(sentence: str, levels: list[str]) -> None:
    assert raws(sentence) == levels


def test_money_that_was_paid_back_is_no_level_and_what_it_was_used_for_is() -> None:
    assert raws("追缴多领的低保金1.2万元。发放低保金12万元。") == ["12万元"]


# ------------------------------------------------------------------ plans


def test_goals_reached_are_no_plans() -> None:
    found = figures_of("超额完成年度目标，救助低保对象2310人。目标完成率100%。")
    assert fields(found, "measure", "qualifier")[0] == ("beneficiaries", "exact")


# ------------------------------------------------------------------ other places


@pytest.mark.parametrize(
    ("sentence", "levels"),
    [
        ("全国共有孤儿14.4万人，其中集中养育5.1万人。", []),
        ("截至年底，全省孤儿5316人。", []),
        ("全省首批试点发放低保金12万元。", ["12万元"]),
        ("工作走在全省前列，发放低保金12万元。", ["12万元"]),
        ("按照全省统一部署，发放低保金12万元。", ["12万元"]),
        ("全省孤儿5316人，我县孤儿32人。", ["32人"]),
        ("全县孤儿32人。", ["32人"]),
    ],
)
def test_figures_of_another_place_are_none_and_those_beside_them_are(sentence: str, levels: list[str]) -> None:
    assert raws(sentence) == levels


def test_a_province_speaks_of_itself() -> None:
    title = TITLE.replace(DEPARTMENT, "青海省民政厅")
    assert raws("全省孤儿5316人。全国孤儿14.4万人。", title) == ["5316人"]
    assert reasons_of("全国孤儿14.4万人。", title) == [("14.4万人", "elsewhere")]


# ------------------------------------------------------------------ income that is no money of the department


def test_a_low_income_is_no_income() -> None:
    found = figures_of("月补贴标准为城乡低收入80—89周岁老年人270元、90周岁以上450元。")
    assert {figure.measure for figure in found} == {"standard"}
