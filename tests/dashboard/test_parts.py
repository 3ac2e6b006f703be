"""What may be stacked in one bar."""

import pandas as pd

from dashboard.labels import compositions
from dashboard.parts import stackable

WHOLES = {"appropriation": ("budget", "fund")}


def kept(*rows: tuple[str, str, float]) -> list[tuple[str, str]]:
    frame = pd.DataFrame(rows, columns=["measure", "source", "amount_cny"])
    held = stackable(frame, "source", WHOLES, ["measure"])
    return list(zip(held["measure"], held["source"], strict=True))


def test_a_whole_gives_way_to_its_parts():
    rows = [
        ("income", "appropriation", 460.7),
        ("income", "budget", 451.1),
        ("income", "fund", 9.6),
        ("income", "other", 1.3),
    ]
    assert kept(*rows) == [("income", "budget"), ("income", "fund"), ("income", "other")]


def test_a_part_gives_way_to_the_whole_that_it_does_not_make_up():
    assert kept(("income", "appropriation", 460.7), ("income", "fund", 9.6)) == [("income", "appropriation")]


def test_a_whole_stays_where_wholes_are_preferred():
    frame = pd.DataFrame(
        {"stage": ["final"] * 3, "type": ["basic", "personnel", "project"], "amount_cny": [20, 20, 400]}
    )
    held = stackable(frame, "type", {"basic": ("personnel",)}, ["stage"], prefer_wholes=True)
    assert list(held["type"]) == ["basic", "project"]


def test_a_whole_of_another_bar_contains_nothing_of_this_one():
    rows = [("income", "appropriation", 5.0), ("expenditure", "budget", 5.0)]
    assert kept(*rows) == [("income", "appropriation"), ("expenditure", "budget")]
    assert kept() == []


def test_the_sources_and_types_that_contain_others_come_from_the_seed():
    assert compositions("fund_source")["fiscal_appropriation"] == (
        "general_public_budget",
        "government_fund",
        "state_capital",
    )
    assert compositions("spending_type") == {"basic": ("personnel", "operating")}
