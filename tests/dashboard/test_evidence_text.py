import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.evidence_text import highlight, sentence, span_of_quote


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


def said(text: str, quote: str | None, raw: str, **limits: int) -> str:
    """The sentence with [ ] around the quote and < > around the number."""
    marked = sentence(text, quote, *place(text, raw), **limits)
    for tag, sign in (('<mark class="quote">', "["), ('<mark class="raw">', "<")):
        marked = marked.replace(tag, sign)
    return html.unescape(marked.replace("</mark>", ">", 1).replace("</mark>", "]"))


def test_the_sentence_stands_in_one_piece_with_its_quote_and_number_marked():
    text = (
        "（三）资金使用的情况\n\n"
        "本年为全区困难家庭安排了 900 万元的救助预算，年末已经\n\n支出了 873 万元，完成了预算的 97%，其\n\n余结转。下一句话。"
    )
    assert said(text, "完成了预算的97%", "97%") == (
        "本年为全区困难家庭安排了 900 万元的救助预算，年末已经支出了 873 万元，[完成了预算的 <97%>]，其余结转。"
    )


def test_a_row_of_a_table_stays_a_row():
    text = "项目\t预算\t执行率\n救助\t900\t97%\n养老\t800\t95%"
    assert said(text, None, "97%") == "[救助\t900\t<97%>]"
    text = "|项目|预算|执行率|\n| 救助保障 | 25,306.42 | 27,840.15 | 96.98% |\n|养老|800|95%|\n三、年度总体目标"
    assert said(text, "| 救助保障 | 25,306.42 | 27,840.15", "25,306.42") == "[| 救助保障 | <25,306.42> | 27,840.15]"


def test_a_sentence_is_escaped_and_a_long_one_is_cut():
    assert sentence("发放<b>5 元</b>", None, 5, 8) == (
        '<mark class="quote">发放&lt;b&gt;<mark class="raw">5 元</mark>&lt;/b&gt;</mark>'
    )
    long = "甲" * 500 + "5 万元" + "乙" * 500
    assert said(long, long, "5 万元", most=10) == "… [" + "甲" * 10 + "<5 万元>" + "乙" * 10 + "] …"
    english = "We paid\n  for 30 beds\nin all"
    assert said(english, None, "30 beds") == "[for <30 beds>]"


def test_around_a_sentence_no_empty_lines_are_shown_and_the_whole_text_keeps_them():
    text = "一\n\n二\n \n支出 5 万元\n\n三"
    start, end = place(text, "5 万元")
    assert re.sub(r"</?mark[^>]*>", "", highlight(text, None, start, end)) == "一\n二\n支出 5 万元\n三"
    assert re.sub(r"</?mark[^>]*>", "", highlight(text, None, start, end, None)) == text


@given(
    st.text(alphabet="甲乙。；\n\t 5<a", min_size=1, max_size=90),
    st.integers(0, 89),
    st.integers(1, 9),
    st.text(max_size=9),
)
def test_a_sentence_is_a_piece_of_the_text_that_holds_the_number(text, start, length, quote):
    start = min(start, len(text) - 1)
    end = min(len(text), start + length)
    marked = sentence(text, quote or None, start, end)
    plain = html.unescape(re.sub(r"</?mark[^>]*>", "", marked))
    assert "".join(plain.split()) in "".join(text.split())
    assert "".join(text[start:end].split()) in "".join(plain.split())
