"""Hostile text does no harm: no exception, no value that is no number, and time that grows like the text.

Time is that of this process's processor, so that a busy machine does not fail the test. A text is doubled until reading it
takes long enough to measure; the last doubling must not have cost three times the one before.
"""

from __future__ import annotations

import gc
import json
import math
import random
import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_reports import stands_where_it_says

from ingest.documents import Document, document_from_text
from ingest.figures import Figure, extract_figures, read_quantities

MEASURABLE_SECONDS = 0.2
LARGEST = 500_000
SMALLEST = 1_000
MOST_STUMBLES = 6
MOST_GROWTH = 3.0
# So many times the cost of plain prose: it catches what is linear but hopeless, on a slow machine as on a fast one.
MOST_TIMES_PROSE = 60
PROSE_CHARACTERS = 50_000

SENTENCE = "2022年发放低保金3723.79万元，惠及城镇低保对象1854户3012人，同比增长8.5%。"


def read(text: str) -> tuple[Document, list[Figure]]:
    """Read a text whole, and check what must hold of any figure whatever the text."""
    document = document_from_text(text)
    figures = extract_figures(document)
    for figure in figures:
        assert math.isfinite(figure.value), figure
        assert 0 <= (figure.start or 0) < (figure.end or 0) <= len(document.text)
    return document, figures


def cost(text: str) -> float:
    """Seconds of processor time to read a text."""
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        read(text)
        return time.process_time() - start
    finally:
        gc.enable()


def repeated(piece: str) -> Callable[[int], str]:
    return lambda size: (piece * (size // len(piece) + 1))[:size]


def shuffled(characters: str) -> Callable[[int], str]:
    return lambda size: "".join(random.Random(size).choices(characters, k=size))


def around(head: str, piece: str, tail: str) -> Callable[[int], str]:
    return lambda size: head + repeated(piece)(size) + tail


REPEATED = [
    # numbers without end
    "1", "1,", "123,", "1.", "1 ", "1\u00a0", "1-", "1至", "1、", "12,345.67", "三", "百", "三百二十", "百分之", "百分之九", "1万", "1亿2000万元", "٣", "1\u0301",
    # brackets and quotes, open, closed and nested
    "(", "（", ")", "()", "(1元", "(1元)", "((1元)", "〔", "《", "《1元", "》", "“", "“1个”",
    # units and periods
    "每人每月", "1元/", "1元", "1元/人·月", "1元每人每月", "1人", "1户1人", "1人次", "1张床位", "1%", "1分", "1对", "三百元", "万元", "元",
    # words of the genre, with and without numbers
    "最低生活保障", "低保、", "低保1人、", "低保对象1人，", "低保1人。", "养老机构1家、", "城市、农村", "集中供养1人、分散供养1人，", "其中：1元；", "其中", "分别为1人、",
    "预算1元，", "预算1元", "执行率9%，", "执行率为", "率", "占", "占9%", "完成", "完成任务9%，", "不低于标准", "不低于标准1倍", "参照", "A、", "A类1元、",
    "从1元提高到", "由1元调整为1元，", "比上年增长", "比上年增长1元，", "较", "增加1元", "2023年", "2023年1元，", "上年比", "上年1元", "80-89周岁每人每月50元、",
    "工作人员1人", "自评得分90分，", "绩效", "得分为", "全年", "截至", "已", "XX", "XX1元", "××", "减免1元(", "名词解释", "计划", "力争9%，",
    # departments and dates in the head
    "民政局", "省市县民政局", "云渡县民政局", "关于", "年度", "单位：万元", "填报单位：", "部门名称：云渡县民政局 ",
    # lines
    "\n", "\r", "\u2028", "元\n", "1\n", "-1-\n", "第1页\n", "一、低保\n", "(一)低保1人\n", "1.低保。发放1元\n", "一、低保\n二、孤儿1人\n", "名词解释\n", "低保\n\n", "附件1\n",
    # tables of every shape
    "\t", "1\t", "项目\t预算数\n低保\t1\n", "|", "|1", "|项目|金额|\n|低保|1|\n", "| --- ", " ", "　", "a 1 ", "低保 1 2 3\n", "合 计 ", "项目\n金额\n1\n2\n", "a\tb\n续\n",
    "单位：万元\n项目\t预算数\n低保\t1\n", "三级指标\t指标值\t完成值\n低保率\t9%\t8%\n", "**", "|**1**", "#", "<br>", "│1│\n", "+---+\n",
    "+-+\n|1|\n", "<table>", "<table><tr><td rowspan=50 colspan=50>1</table>", "<tr><td>1", "项目\n行次\n金额\n", "一、收入\n1\n2.00\n", "科目编码\n", "合计\n预算数\n",
    "项目名称\n低保\n项目资金(万元)\n1\n", "三级指标\n指标值\n", "三级指标\n指标值\n低保率\n9%\n", "收入\t\t支出\n项目\t金额\t项目\t金额\n低保\t1\t低保\t1\n", "业务\t2022年\n登记(对)\t1\n",
    # what is no text
    "\x00", "\x1b[0m", "\ud800", "1\udfff元", "\u202e1元", "\u200b", "1\u200b元", "😀1人", "\ufeff", "\ufffd", "\x1c1元",
]  # fmt: skip

SHAPES: dict[str, Callable[[int], str]] = {repr(piece): repeated(piece) for piece in REPEATED}
SHAPES |= {
    "prose in one line": repeated(SENTENCE),
    "one sentence without an end": repeated(SENTENCE.replace("。", "，")),
    "prose in paragraphs": repeated(SENTENCE + "\n\n"),
    "prose wrapped by pages": lambda size: "\n".join(repeated(SENTENCE)(size)[i : i + 38] for i in range(0, size, 38)),
    "a unit after a million digits": around("发放", "9", "元"),
    "a unit after a long numeral": around("发放", "一", "元"),
    "a percentage in words": around("百分之", "九", "。"),
    "decimals": around("1.", "9", "%"),
    "a number after many words": around("", "最低生活保障", "1人"),
    "a number after many years": around("", "上年比", "1元"),
    "a rate after a long name": around("", "率", "9%"),
    "a rate after words that are made of others": around("火化率", "持续稳定在", "的甲9%"),
    "what was recovered after words that are made of others": around("补贴1.8万元，", "均已现已", "甲"),
    "money that arrived after words that are made of others": around("中央补助资金1万元", "均已现已", "甲"),
    "money that is needed after words that are made of others": around("需资金", "约为数额", "甲9万元"),
    "beds counted after words that are made of others": around("床位", "达到近约为", "甲9个"),
    "a table below a line of digits": around("", "1", "项\n收入 1 640.20 支出 31 210.35\n收入 2 85.00 支出 32 85.00\n收入 27 725.20 支出 58 295.35\n"),
    "many periods after one amount": around("1元", "每人每月", ""),
    "names, then their numbers": lambda size: repeated("低保、")(size // 2) + "分别为" + repeated("1人、")(size // 2),
    "a row of ten thousand columns and more": lambda size: "\t".join(["预算数"] * (size // 8)) + "\n" + "\t".join(["123"] * (size // 8)),
    "a row of pipes": lambda size: "|" + "|".join(["预算数"] * (size // 8)) + "|\n|" + "|".join(["123"] * (size // 8)) + "|\n",
    "many targets in a row": lambda size: "三级指标\t" + "\t".join(["实际值"] * (size // 8)) + "\n低保率\t" + "\t".join(["123"] * (size // 8)),
    "a body of records below one head": around("项目\n行次\n金额\n项目\n行次\n金额\n", "低保\n1\n2.00\n", ""),
    "a body of goals below one head": around("三级指标\n指标值\n", "低保率\n9%\n", ""),
    "rows of words below a head": around("项目\t金额\n", "项目\t金额\t低保\n", ""),
    "one row of a box": around("+-+\n|1|\n+-+\n|1|\n+-+\n", "|1|\n", ""),
    "one cell of prose": around("|项目|金额|\n|", "低保，1人。", "|1|\n"),
    "nested brackets": lambda size: "(" * (size // 2) + "1元" + ")" * (size // 2),
    "departments that differ": lambda size: "".join(f"{chr(0x4E00 + i % 9000)}{chr(0x4E00 + i * 7 % 9000)}市民政局" for i in range(size // 6)),
    "cells that differ": shuffled("项目\n1金额率。"),
    "punctuation": shuffled("，。；：、（）()《》“”[]|/\\-—·.,;:!?"),
    "digits and units": shuffled("0123456789,.万亿元人户个%、，至-/·每月"),
    "words and numbers": shuffled("低保特困孤儿人元万户年月日0123456789，。；：（）\n\t|"),
    "any characters": lambda size: "".join(map(chr, random.Random(size).choices(range(0x110000), k=size))),
    "control characters": shuffled("".join(map(chr, range(32))) + "1元"),
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def seconds_a_character() -> float:
    """What a character of plain prose costs on this machine; the words are loaded before it is measured."""
    read(f"{SENTENCE}\n\n项目\t预算数\n低保\t1\n")
    return cost(repeated(SENTENCE)(PROSE_CHARACTERS)) / PROSE_CHARACTERS


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_like_the_text(shape: str, seconds_a_character: float) -> None:
    make = SHAPES[shape]
    size, before = SMALLEST, cost(make(SMALLEST))
    size, spent = 2 * size, cost(make(2 * size))
    while spent < MEASURABLE_SECONDS and size < LARGEST:
        size, before, spent = 2 * size, spent, cost(make(2 * size))
    if spent < MEASURABLE_SECONDS:
        return
    for _ in range(MOST_STUMBLES):
        if spent < MOST_GROWTH * before:
            break
        # Once more, in case the machine stumbled.
        before, spent = min(before, cost(make(size // 2))), min(spent, cost(make(size)))
    assert spent < MOST_GROWTH * before, f"{size // 2} characters: {before:.2f} s, {size}: {spent:.2f} s"
    assert spent < MOST_TIMES_PROSE * seconds_a_character * size, f"{size} characters: {spent:.2f} s"


# ------------------------------------------------------------------ great sizes, once

GREAT: dict[str, tuple[Callable[[int], str], int]] = {
    "a line of ten megabytes": (repeated(SENTENCE), 4_000_000),
    "a sentence of two megabytes": (repeated(SENTENCE.replace("。", "，")), 800_000),
    "a million digits": (around("发放", "7", "元"), 1_000_000),
    "a million line breaks": (repeated("\n"), 1_000_000),
    "a million open brackets": (repeated("("), 1_000_000),
    "a million nested brackets": (SHAPES["nested brackets"], 1_000_000),
    "a period a hundred thousand times": (around("1元", "每人每月", ""), 400_000),
    "a million numerals": (around("", "三", "元"), 1_000_000),
    "a table of ten thousand columns": (lambda size: "\n".join("\t".join([cell] * (size // 30)) for cell in ("预算数", *["12.5"] * 5)), 300_000),
    "a table of a hundred thousand rows": (around("单位：万元\n项目\t预算数\t执行数\n", "低保\t12.5\t12\n", ""), 1_100_000),
    "a million tabs": (repeated("\t"), 1_000_000),
    "a million zero characters": (repeated("\0"), 1_000_000),
    "a million lone surrogates": (repeated("\ud800"), 1_000_000),
}  # fmt: skip
# Ten times the text takes ten times the time; what is read in no time at all is compared with a moment.
MOST_GROWTH_TENFOLD = 20
MOMENT = 0.05


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", GREAT)
def test_a_great_size_ends(name: str) -> None:
    make, size = GREAT[name]
    tenth, spent = cost(make(size // 10)), cost(make(size))
    assert spent < MOST_GROWTH_TENFOLD * max(tenth, MOMENT), (
        f"{size // 10} characters: {tenth:.2f} s, {size}: {spent:.1f} s"
    )


# ------------------------------------------------------------------ any text at all

PIECES = st.sampled_from(
    [
        *REPEATED,
        SENTENCE,
        "\n\n",
        "\t12.5\t",
        "|12.5|",
        "单位：万元\n",
        "分别为",
        "其中：",
        "，",
        "。",
        "、",
        "1.2",
        "2022年",
    ]
)
ANY_TEXT = st.text(st.characters(), max_size=300) | st.lists(PIECES, max_size=40).map("".join)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY_TEXT)
def test_any_text_is_read_without_an_error_and_with_evidence(text: str) -> None:
    document, figures = read(text)
    # Half a character, which no output can carry, is replaced; every offset stays.
    assert document.text == "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    for figure in figures:
        assert stands_where_it_says(figure, document.text)
        json.dumps(figure.as_dict(), allow_nan=False)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY_TEXT)
def test_every_number_of_any_text_is_a_figure_or_says_why_not(text: str) -> None:
    for reading in read_quantities(document_from_text(text)):
        assert (reading.measure is None) == bool(reading.reason)


@pytest.mark.parametrize("number", ["9" * 400, "9" * 5000 + ".5", "1" + ",000" * 200])
@pytest.mark.parametrize(
    "sentence",
    [
        "发放低保金{}元。",
        "惠及低保对象{}人。",
        "预算执行率{}%。",
        "单位：万元\n项目\t预算数\n低保\t{}\n",
    ],
)
def test_a_number_beyond_all_measure_is_no_figure(sentence: str, number: str) -> None:
    _, figures = read(sentence.format(number))
    assert figures == []
