"""Web pages: the article with its tables is read, the page's furniture is not."""

from __future__ import annotations

import pytest

from ingest.documents import DocumentError
from ingest.documents.model import Content
from ingest.documents.readers import read_content
from ingest.documents.readers.html import flattened, read_html

ARTICLE = "<h1>云渡县民政局2022年度部门整体支出绩效自评报告</h1><p>全年发放低保金964.7万元。</p>"


def read(body: str, head: str = "") -> Content:
    return read_html(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "page.html")


def lines(content: Content) -> list[str]:
    return [line for line in content.text.split("\n") if line]


def rows(content: Content, number: int = 0) -> list[list[str]]:
    return [[content.text[start:end] for start, end in row] for row in content.tables[number].rows]


# ------------------------------------------------------------------ paragraphs


def test_each_element_that_stands_by_itself_is_a_paragraph() -> None:
    content = read("<h2>一、概况</h2><div>甲<p>乙</p>丙</div><ul><li>丁<li>戊</ul><blockquote>己</blockquote>庚")
    assert content.text == "一、概况\n\n甲\n\n乙\n\n丙\n\n丁\n\n戊\n\n己\n\n庚\n\n"
    assert content.lines_are_paragraphs


def test_elements_within_a_line_part_nothing_and_white_space_is_one_space() -> None:
    content = read(
        "<p>全年  发放<b>低保</b><span>金</span>&nbsp;964.<font>7</font>万元，\n惠及 2310&#20154;&#65288;次&#65289;。</p>"
    )
    assert lines(content) == ["全年 发放低保金 964.7万元， 惠及 2310人（次）。"]


def test_a_line_break_begins_a_line_and_two_of_them_a_paragraph() -> None:
    assert read("<p>甲<br>乙<br/><br/>丙</p>").text == "甲\n乙\n\n丙\n\n"


def test_a_page_of_broken_lines_is_read_like_a_text_of_broken_lines() -> None:
    broken = "<br>".join(["全年共救助困难群众若干人次，发放资金若干，", "支出进度达到预期，"] * 10)
    assert not read(f"<div>{broken}</div>").lines_are_paragraphs
    assert not read(f"<pre>{broken.replace('<br>', chr(10))}</pre>").lines_are_paragraphs


def test_the_numbers_that_a_browser_gives_a_list_are_written() -> None:
    content = read("<ol><li>开展救助<li>2022年低保<li></ol><ol start=5><li>养老</ol><ul><li>殡葬</ul>")
    assert lines(content) == ["1.开展救助", "2、2022年低保", "5.养老", "殡葬"]


# ------------------------------------------------------------------ the page's furniture

MENU = "<ul><li><a href=/>首页</a><li><a href=/1>政务公开</a><li><a href=/2>办事服务</a></ul>"
FURNITURE = {
    "scripts and styles": "<script>var total = '1250万元';</script><style>p{width:12px}</style><noscript>请启用</noscript>",
    "navigation": f"<nav>{MENU}</nav>",
    "an aside": "<aside><p>热点：发放1250万元</p></aside>",
    "a footer": "<footer><p>电话12345</p></footer>",
    "a class that says so": "<div class='main-nav clearfix'><p>首页</p></div><div id='siteFooter'>电话12345</div><p class=crumbs>首页</p>",
    "a menu by its links": MENU,
    "links in a line": "<div><a>首页</a> | <a>政务公开</a> | <a>办事服务</a></div>",
    "a list of news": "".join(f"<p><a>某地发放补贴{n}00万元的报道</a> [2024-03-0{n}]</p>" for n in range(1, 5)),
    "a menu in a table": "<table><tr><td><a>首页</a><td><a>政务公开</a><td><a>财政资金</a></table>",
    "the path": "<div>当前位置：<a>首页</a> &gt; <a>公开</a></div>",
    "marks of the page": "<p>发布时间：2023-08-01 浏览次数：1250 字体：大 中 小</p><p>主办单位：某县人民政府 网站标识码4401030001</p>",
    "what is hidden": "<p style='display: none'>草稿：1250万元</p><div hidden>1250万元</div>",
    "fields of a form": "<select><option>2023<option>2024</select><textarea>1250</textarea><button>查询</button>",
}  # fmt: skip


@pytest.mark.parametrize("furniture", FURNITURE.values(), ids=FURNITURE.keys())
def test_the_furniture_of_a_page_is_left_out(furniture: str) -> None:
    assert lines(read(furniture + ARTICLE + furniture)) == lines(read(ARTICLE))


KEPT = {
    "an article that is named like furniture": f"<div class='position-content'>{ARTICLE}</div>",
    "an article in a form": f"<form>{ARTICLE}</form>",
    "an article in a header": f"<header>{ARTICLE}</header>",
    "a sentence that speaks of visits": ARTICLE + "<p>网站全年访问量达12万人次，主办单位反映良好。</p>",
    "one link": ARTICLE + "<p><a>附件：部门决算表</a></p>",
    "a class whose name only holds such a word": ARTICLE + "<p class='navigator1 searchlight menuet'>发放1250万元</p>",
}


@pytest.mark.parametrize("page", KEPT.values(), ids=KEPT.keys())
def test_what_is_no_furniture_stays(page: str) -> None:
    content = read(page)
    assert "全年发放低保金964.7万元。" in content.text
    assert page.count("<p") == len(lines(content)) - 1


def test_the_title_that_only_the_page_s_head_holds_is_written_first() -> None:
    title = "云渡县民政局2022年度部门决算公开"
    assert lines(read("<p>甲</p>", f"<title>{title}_云渡县人民政府</title>")) == [title, "甲"]
    assert lines(read("<p>甲</p>", f"<title>公开</title><meta name='articletitle' content='{title}'>")) == [title, "甲"]
    assert lines(read("<p>甲</p>", "<title>云渡县人民政府</title>")) == ["甲"]
    assert lines(read(f"<h1>{title}</h1><p>甲</p>", f"<title>{title} - 公开</title>")) == [title, "甲"]


# ------------------------------------------------------------------ tables


def test_a_merged_cell_stands_at_each_place_that_it_covers_and_is_written_once() -> None:
    content = read(
        "<table><tr><th rowspan=2>项目<th colspan=2>预算数<th rowspan=2>执行数<tr><th>年初<th>调整"
        "<tr><td>基本支出<td>300<td>310<td>305<tr><td>项目支出<td>600<td><td>590</table>"
    )
    assert rows(content) == [
        ["项目", "预算数", "预算数", "执行数"],
        ["项目", "年初", "调整", "执行数"],
        ["基本支出", "300", "310", "305"],
        ["项目支出", "600", "", "590"],
    ]
    assert content.text.count("预算数") == content.text.count("执行数") == 1
    assert lines(content)[1] == "\t年初\t调整\t"


SPANS = {
    "down to the end": ("<tr><td rowspan=0>甲<td>1<tr><td>2", [["甲", "1"], ["甲", "2"]]),
    "farther than the table": ("<tr><td rowspan=9>甲<td>1<tr><td>2", [["甲", "1"], ["甲", "2"]]),
    "a span that is none": ("<tr><td colspan=x>甲<td rowspan=-3>1<tr><td>乙<td>2", [["甲", "1"], ["乙", "2"]]),
    "a row too short": ("<tr><td>甲<td>1<td>3<tr><td>乙", [["甲", "1", "3"], ["乙", "", ""]]),
    "two that overlap": ("<tr><td>甲<td rowspan=2>1<tr><td colspan=2>乙", [["甲", "1"], ["乙", "1"]]),
    "empty rows and columns": ("<tr><td><td><tr><td>甲<td><td>1<tr><td>乙<td><td>2", [["甲", "1"], ["乙", "2"]]),
}


@pytest.mark.parametrize(("table", "expected"), SPANS.values(), ids=SPANS.keys())
def test_spans_are_laid_out_as_browsers_do(table: str, expected: list[list[str]]) -> None:
    assert rows(read(f"<table>{table}</table>")) == expected


CELLS = {
    "plain": "<td>甲<td>1",
    "white space": "<td> 甲\n 乙 <td>\t1　<td>   <td>\n",
    "entities": "<td>甲&amp;lt;&lt;乙&gt;<td>1&nbsp;2<td>&#39;",
    "heads": "<th scope=row>甲</th><td>1",
    "a hidden cell": "<td>甲<td style='display:none'>9<td hidden>8<td>1",
    "a cell named like a menu": "<td>甲<td class=nav>首页<td id=siteFooter>电话<td>1",
    "spans": "<td colspan=2>甲<td rowspan='2'>1<td colspan=0>2",
    "brackets in an attribute": "<td title='a<b>c'>甲<td title='</td><td>'>1",
    "quotes in an attribute": "<td title='a\"b'>甲<td title=a\"' class='x\"nav'>1",
    "a comment": "<td>甲<!-- 乙 --><td><!-- 丙 -->1",
    "an empty row": "",
}


@pytest.mark.parametrize("cells", CELLS.values(), ids=CELLS.keys())
def test_a_row_whose_cells_hold_one_text_each_is_read_as_any_other(cells: str) -> None:
    # An element in the last cell of the row has it read node by node.
    others = "<tr><td>丙<td>3<td>4<td>5<tr><td>丁<td>6<td>7<td>8"
    at_once, one_by_one = (
        read(f"<p>{ARTICLE}</p><table><tr>{cells}{others}</table>"),
        read(f"<p>{ARTICLE}</p><table><tr>{cells}<wbr>{others}</table>"),
    )
    assert (at_once.text, at_once.tables) == (one_by_one.text, one_by_one.tables)


def test_cells_of_a_formula_break_no_table() -> None:
    formula = "<math><td>x</td><tr><td>y</td></tr></math>"
    table = f"<table><caption>{formula}</caption><tr><td>甲{formula}乙</td><td>1</td></tr><tr><td>丙<td>2</table>"
    assert all(word in read(table).text for word in "甲乙丙12xy")


def test_a_cell_of_several_paragraphs_is_one_line() -> None:
    content = read("<table><tr><td><p>低保</p><p>资金</p><td>12<br>34</td><tr><td>孤儿<td>5\t6</table>")
    assert rows(content) == [["低保 资金", "12 34"], ["孤儿", "5 6"]]


def test_the_caption_of_a_table_stands_before_it() -> None:
    content = read("<table><caption>表1 部门支出　单位：万元</caption><tr><td>甲<td>1<tr><td>乙<td>2</table>")
    assert lines(content)[0] == "表1 部门支出 单位：万元"
    assert rows(content) == [["甲", "1"], ["乙", "2"]]


def test_a_table_that_only_lays_the_page_out_is_prose() -> None:
    prose = "全县民政工作围绕救助、养老、儿童福利等职责展开，各项资金按时到位。" * 10
    content = read(f"<table><tr><td>栏目<td><p>一、概况</p><p>{prose}</p></table>")
    assert content.tables == ()
    assert lines(content) == ["栏目", "一、概况", prose]


def test_a_table_within_a_page_of_tables_is_found() -> None:
    inner = "<table><tr><td>甲<td>1<tr><td>乙<td>2</table>"
    content = read(f"<table><tr><td>左<td><p>单位：万元</p>{inner}<p>以上为决算数。</p></table>")
    assert [rows(content, n) for n in range(len(content.tables))] == [[["甲", "1"], ["乙", "2"]]]
    assert lines(content) == ["左", "单位：万元", "甲\t1", "乙\t2", "以上为决算数。"]


def test_a_table_within_a_cell_follows_its_table() -> None:
    inner = "<table><tr><td>甲<td>1<tr><td>乙<td>2</table>"
    content = read(
        f"<table><tr><td>项目名称<td>低保资金发放项目<tr><td>资金构成<td>{inner}<tr><td>负责处室<td>社会救助科</table>"
    )
    assert rows(content, 0) == [["项目名称", "低保资金发放项目"], ["资金构成", ""], ["负责处室", "社会救助科"]]
    assert rows(content, 1) == [["甲", "1"], ["乙", "2"]]
    assert content.text[content.tables[0].end : content.tables[1].start].strip() == "资金构成"


def test_titles_units_and_notes_leave_the_table() -> None:
    content = read(
        "<table><tr><td colspan=3>部门支出表<tr><td>编制单位：某局<td><td>单位：万元<tr><td>项目<td>预算数<td>决算数"
        "<tr><td>基本支出<td>1<td>2<tr><td colspan=3>注：本表含上年结转。</table>"
    )
    assert lines(content)[:2] == ["部门支出表", "编制单位：某局 单位：万元"]
    assert rows(content) == [["项目", "预算数", "决算数"], ["基本支出", "1", "2"]]
    assert lines(content)[-1] == "注：本表含上年结转。"


# ------------------------------------------------------------------ encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"])
@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "", "no-such-thing"])
def test_the_bytes_tell_the_encoding_also_where_the_page_lies(encoding: str, declared: str) -> None:
    text = "全年發放低保金964.7萬元，惠及2310人，資金支出情況良好。" * 4
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    form, content = read_content(f"<html><head>{meta}</head><body><p>{text}</p></body>".encode(encoding), "a.html")
    assert (form, content.text.strip()) == ("html", text)


def test_a_few_broken_characters_cost_the_page_nothing_but_themselves() -> None:
    article = "<p>全年发放低保金964.7万元，惠及2310人，资金支出情况良好。</p>" * 40
    data = f"<html><head><meta charset=gbk></head><body>{article}</body></html>".encode("gbk")
    content = read_html(data.replace("良好".encode("gbk"), b"\xff\xff\xff", 1), "a.html")
    assert content.text.count("964.7万元") == 40
    with pytest.raises(DocumentError) as refused:
        read_html(data.replace("情况".encode("gbk"), b"\xff\xff\xff\xff\xff\xff"), "a.html")
    assert refused.value.cause == "unknown_encoding"


# ------------------------------------------------------------------ hostile pages


def test_a_page_without_a_text_says_so() -> None:
    with pytest.raises(DocumentError) as refused:
        read("<script>document.write('1250')</script><img src=scan.png>")
    assert refused.value.cause == "no_text"


@pytest.mark.parametrize("opening", ["<div>", "<b><i>", "<table><tr><td>", "<ul><li>", "<font><div class=nav>"])
def test_a_page_may_nest_as_deep_as_it_likes(opening: str) -> None:
    assert "全年发放低保金964.7万元。" in read(opening * 3000 + "全年发放低保金964.7万元。").text


def test_elements_deeper_than_browsers_nest_them_are_read_as_lines() -> None:
    # The parser would look through all open elements at each of them.
    page = "".join(f"<div class='nest'>第{number}层支出{number}万元" for number in range(12_000)) + "</div>" * 12_000
    flat = flattened(f"<body>{page}<p>另有支出5万元</p>")
    assert flat.count("<div") == flat.count("</div>") == 500
    text = read(page + "<p>另有支出5万元</p>").text
    assert all(f"第{number}层支出{number}万元" in text for number in (0, 499, 500, 11_999))
    assert text.rstrip().endswith("另有支出5万元")


@pytest.mark.parametrize("spans", ["colspan=1000", "rowspan=65534 colspan=1000"])
def test_a_table_of_endless_spans_is_refused(spans: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read("<table>" + f"<tr><td {spans}>甲<td>乙" * 3000 + "</table>")
    assert refused.value.cause == "too_large"


@pytest.mark.parametrize("cut", range(1, 400, 7))
def test_a_page_that_was_cut_off_is_read_as_far_as_it_goes_or_refused(cut: int) -> None:
    page = f"<html><body>{ARTICLE}<table><tr><td rowspan=2>甲<td>1<tr><td>2</table><!-- x --></body></html>".encode()
    try:
        read_html(page[:cut], "a.html")
    except DocumentError as error:
        assert error.cause in ("no_text", "unknown_encoding")
