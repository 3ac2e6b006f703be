"""Charts are pure: what a frame says must be what the figure draws, missing values included."""

import itertools

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import charts
from dashboard.formatting import SCALES

HOSTILE = '<a href="javascript:alert(1)">点我</a>'


def frame(*rows: tuple[str, int, float]) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=["department_id", "fiscal_year", "value"])
    return made.assign(label=made["department_id"].map({"a": "甲局", "b": HOSTILE}), figure_id="f", flags="")


def test_a_missing_year_breaks_the_line():
    figure = charts.compare_line(frame(("a", 2019, 1e8), ("a", 2021, 3e8)), ["a"], "亿元", SCALES["yi"], "")
    line = figure.data[0]
    assert list(line.x) == [2019, 2020, 2021] and list(line.y) == [1.0, None, 3.0]
    assert line.connectgaps is False


def test_departments_differ_by_marker_and_label_not_by_colour_alone():
    figure = charts.compare_line(frame(("a", 2019, 1), ("b", 2019, 2)), ["a", "b"], "元", None, "")
    assert figure.data[0].marker.symbol != figure.data[1].marker.symbol
    assert any("甲局" in a.text for a in figure.layout.annotations)


def test_names_are_never_read_as_html():
    made = [
        charts.compare_line(frame(("b", 2019, 1)), ["b"], "元", None, ""),
        charts.compare_bar(frame(("b", 2019, 1)), {"b": HOSTILE}, {}, "元", None),
        charts.compare_dot(frame(("b", 2019, 1)), {"b": HOSTILE}, ["b"], "元", None, HOSTILE),
        charts.coverage_grid(
            pd.DataFrame({"department_id": ["b"], "fiscal_year": [2019], "figure_count": [0], "reason": [HOSTILE]}),
            {"b": HOSTILE},
            [2019],
            {"figures": "{n}", "missing": "–"},
        ),
        charts.flow([HOSTILE, "乙"], [(0, 1, 5.0)], "元", SCALES["yuan"]),
        charts.tile_map(
            pd.DataFrame(
                {"name": [HOSTILE], "short": [HOSTILE], "row": [0], "column": [0], "value": [1.0], "shown": [HOSTILE]}
            ),
            {"missing": HOSTILE},
        ),
    ]
    for figure in made:
        assert "<a href" not in figure.to_json().replace("\\u003c", "<").replace('\\"', '"')


def test_bars_are_sorted_and_missing_departments_are_named_with_the_reason():
    figure = charts.compare_bar(
        frame(("a", 2023, 5), ("b", 2023, 9)), {"a": "甲局", "b": "乙局", "c": "丙局"}, {"c": "报告未提及"}, "元", None
    )
    assert list(figure.layout.yaxis.ticktext) == ["丙局", "甲局", "乙局"]
    assert list(figure.data[0].y) == [1, 2] and list(figure.data[0].x) == [5, 9]
    assert [(a.y, a.text) for a in figure.layout.annotations] == [(0, "<i>报告未提及</i>")]
    assert figure.layout.xaxis.range[0] == 0, "bars begin at zero"


def test_two_departments_of_one_name_keep_their_own_bars():
    figure = charts.compare_bar(
        frame(("a", 2023, 5), ("b", 2023, 9)), {"a": "鼓楼区民政局", "b": "鼓楼区民政局"}, {}, "元", None
    )
    assert len(set(figure.data[0].y)) == 2


def test_the_coverage_grid_draws_gaps_as_gaps():
    cells = pd.DataFrame(
        {"department_id": ["a", "a"], "fiscal_year": [2019, 2020], "figure_count": [7, 0], "reason": ["", "未取得"]}
    )
    figure = charts.coverage_grid(cells, {"a": "甲局"}, [2019, 2020, 2021], {"figures": "{n} 个", "missing": "范围外"})
    assert [list(row) for row in figure.data[0].z] == [[1, -1, None]]
    assert list(figure.data[0].text[0]) == ["7", "×", ""]
    assert "未取得" in figure.data[0].customdata[0][1]


def test_an_unknown_rate_is_not_drawn_as_zero():
    rows = pd.DataFrame({"label": ["甲", "乙"], "recomputed_rate_pct": [97.2, None], "stated_rate_pct": [None, 100.0]})
    figure = charts.execution_bullets(rows, {"recomputed": "重算", "stated": "自报"})
    assert list(figure.data[0].x) == [97.2, None] and list(figure.data[1].x) == [None, 100.0]


def test_a_rate_over_a_hundred_has_room():
    rows = pd.DataFrame({"label": ["甲"], "recomputed_rate_pct": [196.2], "stated_rate_pct": [None]})
    figure = charts.execution_bullets(rows, {"recomputed": "重算", "stated": "自报"})
    assert figure.layout.xaxis.range[1] > 196.2


@given(st.lists(st.floats(-1e6, 1e6), max_size=14), st.floats(0.001, 1e5))
def test_labels_keep_their_order_and_distance(values, gap):
    placed = charts.apart(values, gap)
    order = sorted(range(len(values)), key=lambda i: values[i])
    for low, high in itertools.pairwise(order):
        assert placed[high] - placed[low] >= gap * (1 - 1e-6)


def test_labels_far_apart_stay_where_they_are():
    assert charts.apart([1.0, 50.0, 20.0], 5) == pytest.approx([1.0, 50.0, 20.0])
