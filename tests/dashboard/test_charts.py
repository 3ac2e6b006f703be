"""Charts are pure: what a frame says must be what the drawing shows, missing values included."""

import itertools
import re
import xml.etree.ElementTree as ElementTree

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import charts, drawing
from dashboard.formatting import SCALES
from dashboard.labels import tiles

HOSTILE = '<a href="javascript:alert(1)">点我</a>"><script>alert(1)</script>'
WIDTHS = pytest.mark.parametrize("width", [charts.WIDE, charts.NARROW])


def frame(*rows: tuple[str, int, float]) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=["department_id", "fiscal_year", "value"])
    return made.assign(label=made["department_id"].map({"a": "甲局", "b": HOSTILE}), figure_id="f", flags="")


def tree(drawn: drawing.Drawing) -> ElementTree.Element:
    """The drawing read as XML: a fault in it, or an unescaped text, is an error here."""
    return ElementTree.fromstring(drawn.svg())


def texts(drawn: drawing.Drawing) -> list[str]:
    return [e.text or "" for e in tree(drawn).iter("{http://www.w3.org/2000/svg}text")]


def tips(drawn: drawing.Drawing) -> list[str]:
    return [e.attrib["data-tip"] for e in tree(drawn).iter() if "data-tip" in e.attrib]


def bars(drawn: drawing.Drawing) -> dict[str, float]:
    """What each bar says and how wide it is."""
    return {
        told.attrib["data-tip"]: float(next(told.iter("{http://www.w3.org/2000/svg}rect")).attrib["width"])
        for told in tree(drawn).iter()
        if "data-tip" in told.attrib and next(told.iter("{http://www.w3.org/2000/svg}rect"), None) is not None
    }


def every_chart(width: int) -> list[drawing.Drawing]:
    tile = {"name": [HOSTILE], "short": [HOSTILE], "row": [0], "column": [0], "value": [1.0], "shown": [HOSTILE]}
    rate = {"label": [HOSTILE], "recomputed_rate_pct": [97.0], "stated_rate_pct": [98.0]}
    amounts = {"row": [HOSTILE] * 2, "part": [HOSTILE, "乙"], "amount_cny": [5.0, 6.0], "figure_id": ["f", "g"]}
    apart = {"label": [HOSTILE], "ratio": [0.5], "shown": [HOSTILE], "figure_id": ["f"]}
    dots = {"label": [HOSTILE], "ratio_pct": [50.0], "attained": [False], "actual_figure_id": ["f"]}
    cells = {"department_id": ["b"], "fiscal_year": [2019], "figure_count": [0], "reason": [HOSTILE]}
    words = dict.fromkeys(("recomputed", "stated", "unknown", "ratio", "missing", "higher", "equal"), HOSTILE)

    def link(figure_id: object) -> str:
        return f'./evidence?figure={figure_id}&x="><script>'

    return [
        charts.times_apart(pd.DataFrame(apart), HOSTILE, HOSTILE, words, link=link, width=width),
        charts.compare_line(
            frame(("b", 2019, 1), ("b", 2021, 3)), ["b"], HOSTILE, None, gap=HOSTILE, link=link, width=width
        ),
        charts.compare_bar(
            frame(("b", 2019, 1)),
            {"b": HOSTILE, "c": HOSTILE},
            {"c": HOSTILE},
            HOSTILE,
            None,
            (HOSTILE, 1),
            link=link,
            width=width,
        ),
        charts.compare_dot(
            frame(("b", 2019, 1)),
            {"b": HOSTILE, "c": HOSTILE},
            ["b", "c"],
            HOSTILE,
            None,
            HOSTILE,
            link=link,
            width=width,
        ),
        charts.coverage_grid(pd.DataFrame(cells), {"b": HOSTILE}, [2019], {"figures": "{n}"}, width=width),
        charts.execution_bullets(
            pd.DataFrame(rate).assign(stated_figure_id="f", numerator_figure_id="g"), words, link=link, width=width
        ),
        charts.stacked_amounts(pd.DataFrame(amounts), HOSTILE, SCALES["yuan"], link=link, width=width),
        charts.flow([HOSTILE, "乙"], [(0, 1, 5.0)], HOSTILE, SCALES["yuan"], width=width),
        charts.through(
            [(HOSTILE, 5.0, "f")],
            HOSTILE,
            [("乙", 3.0, "f"), (HOSTILE, 1.0, None)],
            HOSTILE,
            SCALES["yuan"],
            link=link,
            width=width,
        ),
        charts.target_dots(pd.DataFrame(dots), words, link=link, width=width),
        charts.one_sided_dots(
            pd.DataFrame([{"label": HOSTILE, "value": v, "is_result": v < 100, "figure_id": "f"} for v in (85, 100)]),
            {"result": HOSTILE, "target": "target"},
            link=link,
            width=width,
        ),
        charts.tile_map(pd.DataFrame(tile).assign(province_code="440000"), words, link=link, width=width),
        charts.quick_bar(pd.DataFrame({HOSTILE: [HOSTILE], "n": [1.0]}), HOSTILE, "n", width=width),
    ]


@WIDTHS
def test_names_are_never_read_as_markup(width):
    for drawn in every_chart(width):
        kinds = {e.tag.rsplit("}", 1)[-1] for e in tree(drawn).iter()}
        assert kinds <= {"svg", "g", "a", "rect", "path", "circle", "polyline", "text"}, "no element comes from a text"
        for element in tree(drawn).iter():
            assert not any(name.startswith("on") for name in element.attrib)
            assert element.attrib.get("href", "./").startswith("./")
        assert any("javascript:alert" in said for said in [*tips(drawn), *texts(drawn)]), "it shows as text"


@WIDTHS
def test_nothing_is_drawn_outside_of_the_width(width):
    for drawn in every_chart(width):
        assert drawn.width == width
        for element in tree(drawn).iter("{http://www.w3.org/2000/svg}rect"):
            assert float(element.attrib["x"]) >= 0
            assert float(element.attrib["x"]) + float(element.attrib["width"]) <= width + 0.5


@WIDTHS
def test_money_through_a_department_is_as_thick_as_it_is_much_and_what_is_not_told_stays_empty(width):
    def bars(uses: list[tuple[str, float, object]]) -> list[dict[str, str]]:
        drawn = charts.through([("来源", 300.0, "f")], "甲局", uses, "元", SCALES["yuan"], width=width)
        return [e.attrib for e in tree(drawn).iter("{http://www.w3.org/2000/svg}rect")]

    whole = bars([("项目支出", 200.0, "f"), ("基本支出", 100.0, "f")])
    assert [round(float(b["height"])) for b in whole] == [260, 260, 173, 87]
    assert not any("stroke-dasharray" in b for b in whole)
    frame_, told, source, use = bars([("项目支出", 240.0, "f")])
    assert [round(float(b["height"])) for b in (frame_, told, source, use)] == [260, 208, 260, 208]
    assert "stroke-dasharray" in frame_ and "stroke-dasharray" not in told


@WIDTHS
def test_the_map_stands_in_the_middle_and_cuts_few_names(width):
    provinces = tiles("en")
    frame_ = pd.DataFrame(provinces).assign(name="x", value=None, shown="–")
    drawn = charts.tile_map(frame_, {"missing": "–"}, width=width)
    boxes = [e.attrib for e in tree(drawn).iter("{http://www.w3.org/2000/svg}rect")]
    left = min(float(b["x"]) for b in boxes)
    right = width - max(float(b["x"]) + float(b["width"]) for b in boxes)
    assert left == pytest.approx(right, abs=1)
    cut = [said for said in texts(drawn) if said.endswith("…")]
    assert len(cut) <= (0 if width == charts.WIDE else 2)


def test_an_image_of_its_own_holds_title_and_notes_and_is_whole():
    drawn = charts.compare_bar(frame(("a", 2023, 5)), {"a": "甲局"}, {}, "元", None)
    before, after = drawing.poster(HOSTILE, ["来源：甲", HOSTILE], drawn.width, drawn.height)
    image = ElementTree.fromstring(before + drawn.svg() + after)
    said = "".join(image.itertext())
    assert "来源：甲" in said and "alert(1)" in said and "甲局" in said
    assert "{http://www.w3.org/2000/svg}script" not in {e.tag for e in image.iter()}
    assert float(image.attrib["height"]) > drawn.height


def test_a_missing_year_breaks_the_line():
    drawn = charts.compare_line(frame(("a", 2019, 1e8), ("a", 2021, 3e8)), ["a"], "亿元", SCALES["yi"], gap="没有数值")
    assert tips(drawn) == ["甲局 2020\n没有数值", "甲局 2019\n1 亿元", "甲局 2021\n3 亿元"]
    thread = next(e for e in tree(drawn).iter() if e.attrib.get("data-tip", "").endswith("没有数值"))
    assert next(iter(thread)).attrib["stroke-dasharray"], "the years between are not joined by a line"


def test_departments_differ_by_mark_and_label_not_by_colour_alone():
    drawn = charts.compare_line(
        frame(("a", 2019, 1), ("c", 2019, 2)).assign(label=["甲局", "丙局"]), ["a", "c"], "元", None
    )
    outlines = {
        tuple(e.tag + e.attrib.get("d", "") for e in told.iter() if e is not told)
        for told in tree(drawn).iter()
        if "data-tip" in told.attrib
    }
    assert len(outlines) == 2
    assert {"甲局", "丙局"} <= set(texts(drawn))


def test_bars_are_sorted_begin_at_zero_and_missing_departments_are_named_with_the_reason():
    drawn = charts.compare_bar(
        frame(("a", 2023, 5), ("b", 2023, 10)), {"a": "甲局", "b": "乙局", "c": "丙局"}, {"c": "报告未提及"}, "元", None
    )
    widths = bars(drawn)
    assert list(widths) == ["乙局\n10 元", "甲局\n5 元"]
    assert widths["乙局\n10 元"] == pytest.approx(2 * widths["甲局\n5 元"], abs=0.2), "bars begin at zero"
    assert "报告未提及" in texts(drawn) and "丙局" in texts(drawn)


def test_two_departments_of_one_name_keep_their_own_bars():
    drawn = charts.compare_bar(
        frame(("a", 2023, 5), ("b", 2023, 9)), {"a": "鼓楼区民政局", "b": "鼓楼区民政局"}, {}, "元", None
    )
    assert texts(drawn).count("鼓楼区民政局") == 2 and len(bars(drawn)) == 2


def test_marks_lead_to_the_evidence_and_take_no_tab_stop():
    drawn = charts.compare_bar(
        frame(("a", 2023, 5)), {"a": "甲局"}, {}, "元", None, link=lambda f: f"./evidence?figure={f}"
    )
    links = list(tree(drawn).iter("{http://www.w3.org/2000/svg}a"))
    assert [(e.attrib["href"], e.attrib["tabindex"], e.attrib["aria-label"]) for e in links] == [
        ("./evidence?figure=f", "-1", "甲局\n5 元")
    ]


def test_a_mark_never_leads_out_of_the_dashboard():
    drawn = charts.compare_bar(
        frame(("a", 2023, 5)), {"a": "甲局"}, {}, "元", None, link=lambda f: "javascript:alert(1)"
    )
    assert not list(tree(drawn).iter("{http://www.w3.org/2000/svg}a"))


def test_the_coverage_grid_draws_gaps_as_gaps():
    cells = pd.DataFrame(
        {"department_id": ["a", "a"], "fiscal_year": [2019, 2020], "figure_count": [7, 0], "reason": ["", "未取得"]}
    )
    drawn = charts.coverage_grid(cells, {"a": "甲局"}, [2019, 2020, 2021], {"figures": "{n} 个"})
    assert tips(drawn) == ["甲局", "甲局 2019\n7 个", "甲局 2020\n未取得"]
    assert "7" in texts(drawn) and "×" in texts(drawn) and "0" not in texts(drawn)


def test_an_unknown_rate_is_not_drawn_as_zero():
    rows = pd.DataFrame({"label": ["甲", "乙"], "recomputed_rate_pct": [97.2, None], "stated_rate_pct": [None, 100.0]})
    rows = rows.assign(stated_figure_id="f", numerator_figure_id="f")
    drawn = charts.execution_bullets(rows, {"recomputed": "重算", "stated": "自报", "unknown": "没有"})
    assert tips(drawn) == ["甲\n重算 97.2%", "乙\n自报 100%"]
    assert "97.2%" in texts(drawn) and "(100%)" in texts(drawn), "a rate that is only stated stands in brackets"


@WIDTHS
def test_a_rate_over_a_hundred_has_room(width):
    rows = pd.DataFrame({"label": ["甲"], "recomputed_rate_pct": [196.2], "stated_rate_pct": [None]})
    drawn = charts.execution_bullets(
        rows.assign(stated_figure_id="f", numerator_figure_id="f"),
        {"recomputed": "重算", "stated": "自报", "unknown": ""},
        width=width,
    )
    for element in tree(drawn).iter("{http://www.w3.org/2000/svg}rect"):
        assert float(element.attrib["x"]) + float(element.attrib["width"]) <= width


def test_a_number_below_nothing_is_a_bar_to_the_left():
    drawn = charts.compare_bar(frame(("a", 2023, -5), ("b", 2023, 5)), {"a": "甲", "b": "乙"}, {}, "元", None)
    starts = {
        told.attrib["data-tip"]: float(next(told.iter("{http://www.w3.org/2000/svg}rect")).attrib["x"])
        for told in tree(drawn).iter()
        if "data-tip" in told.attrib
    }
    assert starts["甲\n-5 元"] < starts["乙\n5 元"]


@given(st.floats(-1e12, 1e12), st.floats(1e-6, 1e12), st.integers(2, 10))
def test_ticks_are_few_within_bounds_and_evenly_apart(low, spread, about):
    high = low + spread
    made = drawing.ticks(low, high, about)
    assert len(made) <= 2 * about + 2
    if high > low:
        slack = 1e-6 * max(abs(low), abs(high), spread)
        assert all(low - slack <= t <= high + slack for t in made)


@given(st.text(max_size=80), st.floats(20, 400))
def test_wrapped_text_loses_no_character_but_spaces(text, room):
    lines = drawing.wrap(text.replace("\n", " "), room, most=10_000)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)


@given(st.text(max_size=60))
def test_any_text_makes_a_readable_drawing(text):
    canvas = drawing.Canvas(100, 20)
    with canvas.told(text, "./evidence?figure=" + text):
        canvas.text(1, 1, text)
    ElementTree.fromstring(canvas.finish().svg())


@given(st.lists(st.floats(-1e6, 1e6), max_size=14), st.floats(0.001, 1e5))
def test_labels_keep_their_order_and_distance(values, gap):
    placed = charts.apart(values, gap)
    order = sorted(range(len(values)), key=lambda i: values[i])
    for low, high in itertools.pairwise(order):
        assert placed[high] - placed[low] >= gap * (1 - 1e-6)


def test_labels_far_apart_stay_where_they_are():
    assert charts.apart([1.0, 50.0, 20.0], 5) == pytest.approx([1.0, 50.0, 20.0])


def test_the_median_has_its_value_and_crosses_no_number():
    held = frame(("a", 2023, 914), ("b", 2023, 660))
    drawn = charts.compare_bar(held, {"a": "甲局", "b": "乙局"}, {}, "元", None, ("中位数（2 个）", 673.5))
    assert "中位数（2 个） 673.5" in texts(drawn)
    assert drawn.body.index("中位数") < drawn.body.index("914"), "drawn before the numbers, so behind them"


@WIDTHS
def test_twice_and_half_are_as_far_from_equal_and_on_their_own_sides(width):
    held = pd.DataFrame(
        {"label": ["甲", "乙", "丙"], "ratio": [2.0, 0.5, 1.0], "shown": ["2 倍", "0.5 倍", "1 倍"], "figure_id": "f"}
    )
    drawn = charts.times_apart(held, "左岸局", "右岸局", {"higher": "{name}较高", "equal": "相等"}, width=width)
    ends = [
        [float(x) for x in re.findall(r"([\d.]+),", line.attrib["points"])]
        for told in tree(drawn).iter()
        if "data-tip" in told.attrib
        for line in told.iter("{http://www.w3.org/2000/svg}polyline")
    ]
    twice, half, equal = (end - start for start, end in ends)
    assert twice == pytest.approx(-half, abs=0.2) and twice > 20 and equal == 0
    assert {"左岸局较高 →", "← 右岸局较高", "相等"} <= set(texts(drawn))


def test_a_long_name_goes_on_in_a_second_line():
    name = "Urban minimum livelihood guarantee (Dibao) households reached by the department"
    drawn = charts.compare_bar(frame(("a", 2023, 5)), {"a": name}, {}, "yuan", None)
    assert not any("…" in t for t in texts(drawn))
    assert any(t.startswith("Urban minimum") for t in texts(drawn)) and any(
        t.endswith("department") for t in texts(drawn)
    )
