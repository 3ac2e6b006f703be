"""Constant prices: what is known is brought forward, what is not is left out."""

import pandas as pd
import pytest

from dashboard.prices import at_constant_prices, change_of_prices_pct


def frame(*rows: tuple[str, int, float, float | None, float | None]) -> pd.DataFrame:
    columns = [
        "department_id",
        "fiscal_year",
        "value",
        "growth_on_year_before_pct",
        "real_growth_on_year_before_pct",
    ]
    return pd.DataFrame(rows, columns=columns)


def test_years_are_brought_to_the_prices_of_the_latest():
    # 5 % as stated are 2.941… % in real terms where prices rose by 2 %.
    made = at_constant_prices(
        frame(
            ("a", 2020, 100, None, None), ("a", 2021, 105, 5, 100 * (1.05 / 1.02 - 1)), ("a", 2022, 105, 0, -1 / 1.01)
        )
    )
    by_year = dict(zip(made["fiscal_year"], made["value"], strict=True))
    assert by_year[2022] == 105
    assert by_year[2021] == pytest.approx(105 * 1.01)
    assert by_year[2020] == pytest.approx(100 * 1.01 * 1.02)
    assert set(made["base_year"]) == {2022}


def test_a_year_before_an_unknown_change_of_prices_is_left_out():
    made = at_constant_prices(
        frame(
            ("a", 2019, 90, None, None), ("a", 2020, 100, 11, None), ("a", 2021, 105, 5, 3), ("b", 2018, 7, None, None)
        )
    )
    assert set(zip(made["department_id"], made["fiscal_year"], strict=True)) == {("a", 2021), ("a", 2020), ("b", 2018)}


def test_a_gap_between_years_ends_the_chain():
    made = at_constant_prices(frame(("a", 2018, 90, None, None), ("a", 2021, 105, 5, 3)))
    assert list(made["fiscal_year"]) == [2021]


@pytest.mark.parametrize("growth, real", [(None, 1), (1, None), (5, -100), (float("nan"), 2)])
def test_no_price_is_guessed(growth, real):
    assert change_of_prices_pct(growth, real) is None
