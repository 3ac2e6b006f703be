import math

import pandas as pd
import pytest

from dashboard import formatting
from dashboard.formatting import SCALES


@pytest.mark.parametrize(
    ("amount", "language", "shown"),
    [
        (313129100, "zh", "3.13亿元"),
        (2561300, "zh", "256.13万元"),
        (857, "zh", "857元"),
        (99999999, "zh", "10,000万元"),
        (0, "zh", "0元"),
        (-46591700, "zh", "-4,659.17万元"),
        (313129100, "en", "313.13 million yuan"),
        (857, "en", "857 yuan"),
        (256130, "en", "256,130 yuan"),
        (None, "zh", "–"),
        (float("nan"), "en", "–"),
        (pd.NA, "zh", "–"),
    ],
)
def test_money_takes_the_unit_of_its_size(amount, language, shown):
    assert formatting.money(amount, language) == shown


def test_one_scale_for_all_shown_amounts():
    assert formatting.scale_for([None, 5, 20_000]) is SCALES["wan"]
    assert formatting.scale_for([-3e8, 5]) is SCALES["yi"]
    assert formatting.scale_for([None, math.nan]) is SCALES["yuan"]
    assert formatting.money(857, "zh", SCALES["wan"]) == "0.09万元"
    # The chart's axis and its sentence in one unit: English has no word for 万 and 亿.
    english = formatting.scale_for([459_130_000], "en")
    assert (english.name("en"), formatting.money(459_130_000, "en", english)) == ("million yuan", "459.13 million yuan")
    assert formatting.scale_for([5], "en") is SCALES["yuan"]
    assert formatting.money(459_130_000, "en", SCALES["yi"]) == "459.13 million yuan"


def test_unknown_is_never_zero():
    assert {f(None) for f in (formatting.number, formatting.percent, formatting.points, formatting.money)} == {"–"}
    assert formatting.number(float("inf")) == "–"
    assert (formatting.percent(0), formatting.number(0), formatting.points(0)) == ("0%", "0", "±0")


def test_points_carry_their_sign():
    assert formatting.points(97.2 - 97.2000001) == "±0"
    assert (formatting.points(-3.48), formatting.points(2)) == ("−3.48", "+2")


def test_what_is_not_nothing_is_never_shown_as_zero():
    assert [formatting.number(v) for v in (0.0012, -0.00004, 0.00123456)] == ["0.0012", "-0.00004", "0.0012"]
    assert formatting.number(0) == "0" and formatting.number(0.005) == "0.01"
    assert formatting.money(3_000, scale=SCALES["yi"]) == "0.00003亿元"
