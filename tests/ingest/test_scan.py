"""Scanning: each number with its unit, whatever way it is written, and the reasons that its own form gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_reports import figures_of, only

from ingest.documents.flow import Flow, fold
from ingest.quantities.scan import Quantity, scan
from ingest.vocabulary import read_seed


def scanned(text: str) -> list[Quantity]:
    folded = fold(text)
    return scan(Flow.of(folded, [(0, len(folded))]))


def one(text: str) -> Quantity:
    quantities = scanned(text)
    assert len(quantities) == 1, [q.raw for q in quantities]
    return quantities[0]


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("964.7万元", 9_647_000, "CNY"),
        ("1.46亿元", 146_000_000, "CNY"),
        ("5百元", 500, "CNY"),
        ("3千元", 3_000, "CNY"),
        ("2百万元", 2_000_000, "CNY"),
        ("3千万元", 30_000_000, "CNY"),
        ("1.2万亿元", 1_200_000_000_000, "CNY"),
        ("12,345,678.90元", 12_345_678.9, "CNY"),
        ("200元人民币", 200, "CNY"),
        ("97.2%", 97.2, "percent"),
        ("97.2％", 97.2, "percent"),
        ("9７.2﹪", 97.2, "percent"),
        ("百分之九十八点六", 98.6, "percent"),
        ("百分之95.5", 95.5, "percent"),
        ("百分之百", 100, "percent"),
        ("1.2万人", 12_000, "person"),
        ("36人次", 36, "person_time"),
        ("1854户", 1854, "household"),
        ("1860张", 1860, "bed"),
        ("432对", 432, "couple"),
        ("1363具", 1363, "body"),
        ("96.5分", 96.5, "point"),
        ("18家", 18, "facility"),
        ("三百元", 300, "CNY"),
        ("一千二百人", 1200, "person"),
        ("三万五千元", 35_000, "CNY"),
        ("两千三百四十五户", 2345, "household"),
        ("二十三所", 23, "facility"),
        ("一千三百公里", 1300, "other"),
        ("三十五万亩", 350_000, "other"),
    ],
)
def test_a_number_and_its_unit_in_the_canonical_unit(written: str, value: float, unit: str) -> None:
    quantity = one(f"共{written}。")
    assert (quantity.value, quantity.unit, quantity.reason) == (pytest.approx(value), unit, None)
    assert quantity.raw == fold(written)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("一百二十三万四千五百六十七元", 1_234_567),
        ("一亿二千万元", 120_000_000),
        ("三亿元", 300_000_000),
        ("十五人", 15),
        ("十万元", 100_000),
        ("1亿2000万元", 120_000_000),
        ("1万2千人", 12_000),
        ("二十五万元", 250_000),
    ],
)
def test_a_numeral_is_read_whole_or_not_at_all(written: str, value: int) -> None:
    assert [(q.raw, q.value) for q in scanned(f"共发放{written}。")] == [(written, value)]


@pytest.mark.parametrize(
    "unit",
    [
        "元/人·月", "元/月·人", "元/人.月", "元/人/月", "元/月/人", "元每人每月", "元每月每人", "元／人·月", "元/人•月", "元/人●月",
        "元/人・月", "元/人*月", "元/人×月", "元/人x月", "元/人月", "元/月", "元/人、月", "元/月.人", "元／月／人", "元/床·月", "元 / 人 · 月",
    ],
)  # fmt: skip
def test_every_spelling_of_yuan_a_month(unit: str) -> None:
    quantity = one(f"780{unit}。")
    assert (quantity.value, quantity.unit, quantity.per) == (780, "CNY", "month")


@pytest.mark.parametrize(
    ("unit", "per"),
    [
        ("元/人·年", "year"), ("元/人/年", "year"), ("元每人每年", "year"), ("元/年", "year"), ("元/年·人", "year"), ("元/生·年", "year"),
        ("元/生·学年", "year"), ("元/人·天", "day"), ("元/人·日", "day"), ("元/人·次", "time"), ("元/人次", "time"), ("元/户", "time"),
        ("元/例", "time"), ("元/具", "time"),
    ],
)  # fmt: skip
def test_every_other_period_of_an_amount(unit: str, per: str) -> None:
    assert one(f"780{unit}。").per == per


@pytest.mark.parametrize(
    ("written", "per"),
    [
        ("每人每月780元", "month"),
        ("每月每人780元", "month"),
        ("人均每月780元", "month"),
        ("月人均780元", "month"),
        ("每人780元/月", "month"),
        ("780元/（人·月）", "month"),
        ("780元（每人每月）", "month"),
        ("每人每年7200元", "year"),
        ("每年每人7200元", "year"),
        ("7200元/（人·年）", "year"),
        ("7200元（每人每年）", "year"),
        ("7200元/每人每年", "year"),
        ("780元/人—月", "month"),
        ("780元/人均/月", "month"),
    ],
)
def test_the_period_of_a_standard_however_it_is_said(written: str, per: str) -> None:
    assert only(figures_of(f"农村低保标准为{written}。")).per == per


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2022年", "date"),
        ("12月", "date"),
        ("31日", "date"),
        ("第3季度", "ordinal"),
        ("80周岁", "age"),
        ("第12条", "ordinal"),
        ("第三个", "ordinal"),
        ("2.1个百分点", "difference"),
        ("〔2021〕", "document_number"),
        ("云府办[2021]19号", "document_number"),
        ("两户", "idiom"),
    ],
)
def test_the_form_of_a_number_says_why_it_is_no_figure(text: str, reason: str) -> None:
    assert scanned(text)[0].reason == reason


@pytest.mark.parametrize(
    ("written", "more"),
    [
        ("1200余人", True),
        ("1.5万余亿元", True),
        ("3千余万元", True),
        ("500多万元", True),
        ("1.2万余人", True),
        ("20余万元", True),
        ("20万元", False),
    ],
)
def test_over_is_kept_in_the_number_it_stands_in(written: str, more: bool) -> None:
    quantity = one(written)
    assert (quantity.more, quantity.raw) == (more, written)


def test_a_bare_number_in_a_list_has_the_unit_and_the_scale_of_its_end() -> None:
    assert [(q.value, q.unit) for q in scanned("2,486、11,870户")] == [(2486, "household"), (11_870, "household")]
    assert [(q.value, q.unit) for q in scanned("8.26、33.41万人")] == [(82_600, "person"), (334_100, "person")]
    assert [(q.value, q.unit) for q in scanned("50至300元")] == [(50, "CNY"), (300, "CNY")]


def test_a_bare_number_keeps_apart_from_a_unit_that_is_not_its_own() -> None:
    assert [(q.value, q.unit) for q in scanned("共3，发放20万元")] == [(3, "none"), (200_000, "CNY")]


@pytest.mark.parametrize(
    ("written", "value", "word"),
    [
        ("6.2千亿美元", 620_000_000_000, "美元"),
        ("3百亿斤", 30_000_000_000, "斤"),
        ("1.2亿千瓦", 120_000_000, "千瓦"),
        ("860万千瓦时", 8_600_000, "千瓦时"),
        ("1320平方公里", 1320, "平方公里"),
        ("150万标箱", 1_500_000, "标箱"),
        ("110GWh", 110, "GWh"),
        ("32微克/立方米", 32, "微克"),
        ("80公里/小时", 80, "公里"),
        ("4.5‰", 4.5, "‰"),
        ("26.5℃", 26.5, "℃"),
    ],
)
def test_what_a_government_counts_beside_money_and_people(written: str, value: float, word: str) -> None:
    quantity = one(f"达到{written}，")
    assert (quantity.raw, quantity.value, quantity.unit, quantity.word) == (written, value, "other", word)


def test_a_unit_in_latin_letters_ends_where_they_end() -> None:
    assert [(q.raw, q.unit) for q in scanned("5mmx型和120km，")] == [("5", "none"), ("120km", "other")]


UNIT_WORDS = sorted({row["word"] for row in read_seed("unit_words")})


@pytest.mark.parametrize("word", UNIT_WORDS)
def test_every_unit_word_of_the_seed_is_read(word: str) -> None:
    unit = {row["word"]: row["unit"] for row in read_seed("unit_words")}[word]
    quantity = scanned(f"共37{word}，")[0]
    assert (quantity.value, quantity.unit, quantity.word) == (37, unit, word)


@given(st.integers(0, 10**9), st.sampled_from(["元", "万元", "亿元", "人", "%", "户", "张"]))
def test_any_number_with_a_unit_is_found_whole(number: int, unit: str) -> None:
    for written in (f"{number}{unit}", f"{number:,}{unit}", f"{number}.25{unit}"):
        assert one(f"为{written}，").raw == written


@given(
    st.text(st.sampled_from(list("0123456789,.，。万亿千百十一二三两元人户%年月至、-/·每余多第百分之点 ")), max_size=40)
)
def test_numbers_never_overlap_and_stand_in_order(text: str) -> None:
    end = 0
    for quantity in scanned(text):
        assert end <= quantity.start < quantity.number_end <= quantity.end
        end = quantity.end
