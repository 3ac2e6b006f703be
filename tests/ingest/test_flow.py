"""Folding and joining: the text that rules read is uniform, and each of its characters knows where it stood."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.documents.flow import Flow, fold

# What reports are made of, so that a run of random characters meets the rules for digits, commas and spaces.
REPORT_CHARACTERS = st.sampled_from(
    list("0123456789０１２３.,，．、。 　\n\t元萬亿％—～·・()（）二〇年零一AaＡ発縣低保")
)
ANY_TEXT = st.text(st.characters()) | st.text(REPORT_CHARACTERS, max_size=60)


@given(ANY_TEXT)
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(ANY_TEXT)
def test_what_was_folded_folds_to_itself(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("１，２３４．５％", "1,234.5%"),
        ("發放補貼２０萬元", "发放补贴20万元"),
        ("二〇二二年", "2022年"),
        ("二○二二年", "2022年"),
        ("一九九八年", "1998年"),
        ("80—89周岁", "80-89周岁"),
        ("50～100元", "50-100元"),
        ("元／人•月", "元/人·月"),
        ("（单位:万元）", "(单位:万元)"),
        ("3，412，560元", "3,412,560元"),
    ],
)
def test_ways_of_writing_become_one(written: str, read: str) -> None:
    assert fold(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("预算100，支出90", "预算100，支出90"),
        ("发放12万元,惠及30人", "发放12万元，惠及30人"),
        ("1，2，3", "1，2，3"),
        ("2021年，300人", "2021年，300人"),
    ],
)
def test_a_comma_between_clauses_stays_one(written: str, read: str) -> None:
    assert fold(written) == read


def flow_of(text: str, *pieces: tuple[int, int]) -> Flow:
    return Flow.of(fold(text), list(pieces) or [(0, len(text))])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1 0 1 4. 5", "1 0 1 4.5"),
        ("44, 770. 21 万元", "44,770.21万元"),
        ("低 保 金", "低保金"),
        ("2 2023", "2 2023"),
        ("total budget", "total budget"),
        ("  12  ", "12"),
        ("万 元", "万元"),
    ],
)
def test_spaces_go_but_for_those_that_part_two_numbers_or_words(written: str, read: str) -> None:
    assert flow_of(written).text == read


def test_a_number_broken_over_two_lines_is_one_number() -> None:
    text = "发放低保金1,234.\n56万元"
    line_end = text.index("\n")
    flow = flow_of(text, (0, line_end), (line_end + 1, len(text)))
    assert flow.text == "发放低保金1,234.56万元"
    start = flow.text.index("1,")
    first, last = flow.span(start, start + len("1,234.56万元"))
    assert text[first:last] == "1,234.\n56万元"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\n\n", "\n    ", "  \n", " \n\u3000\u3000"])
@pytest.mark.parametrize("broken", ["2{},316人", "2,{}316人", "56,2{}14人", "5６，２{}１４人", "５６，{}２１４人"])
def test_a_number_is_one_however_its_line_ends_and_the_next_begins(broken: str, line_end: str) -> None:
    text = broken.format(line_end)
    cut = text.index("\n")
    flow = flow_of(text, (0, cut), (len(text) - len(text[cut:].lstrip()), len(text)))
    assert flow.text in {"2,316人", "56,214人"}


@given(ANY_TEXT, st.lists(st.integers(0, 60), max_size=6))
def test_each_character_of_a_flow_is_the_one_at_its_offset(text: str, cuts: list[int]) -> None:
    folded = fold(text)
    bounds = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    flow = Flow.of(folded, list(pairwise(bounds)))
    assert len(flow.text) == len(flow.offsets)
    assert list(flow.offsets) == sorted(set(flow.offsets))
    for character, offset in zip(flow.text, flow.offsets, strict=True):
        assert character == folded[offset] or (character == " " and folded[offset].isspace())


@given(ANY_TEXT)
def test_joining_loses_white_space_and_nothing_else(text: str) -> None:
    assert "".join(flow_of(text).text.split()) == "".join(fold(text).split())
