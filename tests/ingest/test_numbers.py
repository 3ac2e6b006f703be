"""Written numbers to values."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.quantities.numbers import arabic, chinese


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0", 0),
        ("12", 12),
        ("1,234.5", "1234.5"),
        ("44,770. 21", "44770.21"),
        ("0.50", "0.5"),
        ("12,345,678", 12345678),
    ],
)
def test_digits(written: str, value: int | str) -> None:
    assert arabic(written) == Decimal(value)


@pytest.mark.parametrize("written", ["", ",", "1.2.3", "-5", "1e5", "三", "½", "12元"])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        arabic(written)


@given(st.integers(0, 10**15))
def test_grouping_commas_change_nothing(number: int) -> None:
    assert arabic(f"{number:,}") == arabic(str(number)) == number


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("零", 0),
        ("两", 2),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("一百零八", 108),
        ("三百", 300),
        ("三百二十", 320),
        ("一千二百", 1200),
        ("两千零五", 2005),
        ("一千零五十", 1050),
        ("一万", 10_000),
        ("三万五千", 35_000),
        ("十二万三千", 123_000),
        ("一百二十三万四千五百六十七", 1_234_567),
        ("一亿", 100_000_000),
        ("二〇二二", 2022),
        ("九十八点六", "98.6"),
        ("九十八点零五", "98.05"),
        ("零点五", "0.5"),
    ],
)
def test_chinese_numerals(written: str, value: int | str) -> None:
    assert chinese(written) == Decimal(value)


@pytest.mark.parametrize(
    ("written", "value"),
    [("一亿二千万", 120_000_000), ("三亿零五百万", 305_000_000), ("两亿三千四百五十六万", 234_560_000)],
)
def test_hundreds_of_millions_with_tens_of_thousands(written: str, value: int) -> None:
    assert chinese(written) == value


@pytest.mark.parametrize("written", ["", "百分", "abc", "12", "三元"])
def test_what_is_no_numeral_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="numeral"):
        chinese(written)


def in_words(number: int) -> str:
    """The numeral of a number under 10 000, as people write it: 1005 is 一千零五."""
    digits = "零一二三四五六七八九"
    if number == 0:
        return digits[0]
    words, gap = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            words += ("零" if gap else "") + digits[digit] + name
            gap = False
        elif words:
            gap = True
    return words


@given(st.integers(0, 9999))
def test_every_numeral_under_ten_thousand(number: int) -> None:
    assert chinese(in_words(number)) == number


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_every_numeral_with_ten_thousands(high: int, low: int) -> None:
    assert chinese(f"{in_words(high)}万零{in_words(low)}") == high * 10_000 + low
