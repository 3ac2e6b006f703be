import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.evidence_text import highlight, span_of_quote


def place(text: str, raw: str) -> tuple[int, int]:
    start = text.index(raw)
    return start, start + len(raw)


def test_hostile_text_is_shown_letter_by_letter():
    text = "<script>alert(1)</script> 支出 30 万元 <img src=x onerror=alert(1)>"
    shown = highlight(text, text, *place(text, "30 万元"))
    assert "<script" not in shown and "<img" not in shown
    assert '<mark class="raw" id="figure">30 万元</mark>' in shown


def test_the_quote_is_found_across_broken_lines():
    text = "前文。\n惠及低保对\n象 1,024\n人,发放及时。后文"
    start, end = place(text, "1,024\n人")
    assert span_of_quote(text, "惠及低保对象1,024人,发放及时", start, end) == (text.index("惠及"), text.index("。后文"))


def test_of_two_equal_quotes_the_one_around_the_figure_is_marked():
    text = "支出 5 万元。其他。支出 5 万元。"
    second = text.rindex("5 万元")
    first, last = span_of_quote(text, "支出 5 万元", second, second + 4)
    assert (first, last) == (text.rindex("支出"), second + 4)


def test_without_a_quote_the_line_is_marked():
    text = "第一行\n支出 5 万元\n第三行"
    assert span_of_quote(text, None, *place(text, "5 万元")) == (4, 11)
    assert span_of_quote(text, "不在文中的句子", *place(text, "5 万元")) == (4, 11)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (2, 99), (5, 4)])
def test_a_place_outside_of_the_text_is_refused(start, end):
    with pytest.raises(ValueError, match="outside"):
        highlight("abcdef", None, start, end)


@given(st.text(min_size=1, max_size=120), st.integers(0, 119), st.integers(1, 20), st.text(max_size=30))
def test_marks_never_change_the_text(text, start, length, quote):
    start = min(start, len(text) - 1)
    end = min(len(text), start + length)
    shown = highlight(text, quote or None, start, end, None)
    assert html.unescape(re.sub(r"</?mark[^>]*>", "", shown)) == html.unescape(html.escape(text))
    assert re.search(r'<mark class="raw" id="figure">(.*?)</mark>', shown, re.S)[1] == html.escape(text[start:end])
