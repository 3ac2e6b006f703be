"""Word: the body in its order, with what Word computes and shows, without what it does not show."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from ingest.documents import DocumentError
from ingest.documents.model import Content
from ingest.documents.readers import read_content
from ingest.documents.readers.docx import read_docx
from ingest.documents.readers.ordinals import FORMATS, chinese, with_ordinal

_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OTHER_SPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def word(body: str, **parts: str) -> bytes:
    """A DOCX with this body; further parts of the folder word/ by name."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr(
            "word/document.xml", f"<w:document {_SPACE} {_OTHER_SPACES}><w:body>{body}</w:body></w:document>"
        )
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {_SPACE} {_OTHER_SPACES}>{xml}</w:{name}>")
    return target.getvalue()


def p(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def table(*rows: Iterable[str]) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def read(body: str, **parts: str) -> Content:
    return read_docx(word(body, **parts), "report.docx")


def lines(content: Content) -> list[str]:
    return [line for line in content.text.split("\n") if line]


def rows(content: Content, number: int = 0) -> list[list[str]]:
    return [[content.text[start:end] for start, end in row] for row in content.tables[number].rows]


# ------------------------------------------------------------------ order and tables


def test_paragraphs_and_tables_stand_in_the_order_of_the_body() -> None:
    document = docx.Document()
    document.add_paragraph("一、概况")
    first = document.add_table(2, 2)
    for cell, text in zip([c for row in first.rows for c in row.cells], ["甲", "1", "乙", "2"], strict=True):
        cell.text = text
    document.add_paragraph("二、结语")
    document.sections[0].header.paragraphs[0].text = "内部资料 1250万元"
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    target = BytesIO()
    document.save(target)
    form, content = read_content(target.getvalue(), "a.docx")
    assert form == "docx"
    assert lines(content) == ["一、概况", "甲\t1", "乙\t2", "二、结语"]


def test_merged_cells_of_word_stand_at_each_place() -> None:
    document = docx.Document()
    grid = document.add_table(4, 4)
    texts = ["项目", "预算数", "", "执行数", "", "年初", "调整", "", "基本支出", "300", "310", "305", "合计", "300", "310", "305"]  # fmt: skip
    for cell, text in zip([c for row in grid.rows for c in row.cells], texts, strict=True):
        if text:
            cell.text = text
    grid.cell(0, 0).merge(grid.cell(1, 0))
    grid.cell(0, 1).merge(grid.cell(0, 2))
    grid.cell(0, 3).merge(grid.cell(1, 3))
    target = BytesIO()
    document.save(target)
    content = read_docx(target.getvalue(), "a.docx")
    assert rows(content)[:3] == [
        ["项目", "预算数", "预算数", "执行数"],
        ["项目", "年初", "调整", "执行数"],
        ["基本支出", "300", "310", "305"],
    ]


def test_a_merge_ends_where_the_next_begins_and_rows_may_be_indented() -> None:
    begin, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    content = read(
        table(
            [tc("甲", begin), tc("1"), tc("2")],
            [tc("", go_on), tc("3"), tc("4")],
            [tc("乙", begin), tc("5"), tc("6")],
            [tc("", go_on), tc("7", '<w:gridSpan w:val="2"/>')],
            ['<w:trPr><w:gridBefore w:val="1"/></w:trPr>', tc("8"), tc("9")],
        )
    )
    assert rows(content) == [["甲", "1", "2"], ["甲", "3", "4"], ["乙", "5", "6"], ["乙", "7", "7"], ["", "8", "9"]]


def test_a_frame_of_one_cell_is_prose_and_a_table_in_it_a_table() -> None:
    inner = table([tc("甲"), tc("1")], [tc("乙"), tc("2")])
    content = read(table([f"<w:tc>{p('一、概况')}{inner}{p('二、结语')}</w:tc>"]))
    assert lines(content) == ["一、概况", "甲\t1", "乙\t2", "二、结语"]
    assert len(content.tables) == 1


def test_rows_that_were_deleted_or_are_hidden_are_left_out() -> None:
    content = read(
        table(
            [tc("甲"), tc("1")],
            ["<w:trPr><w:del w:id='1'/></w:trPr>", tc("乙"), tc("2")],
            ["<w:trPr><w:hidden/></w:trPr>", tc("丙"), tc("3")],
            [tc("丁"), tc("4")],
        )
    )
    assert rows(content) == [["甲", "1"], ["丁", "4"]]


# ------------------------------------------------------------------ what stands in a paragraph

_RUN = "<w:r><w:t>{}</w:t></w:r>"
PIECES = {
    "runs that divide a number": (_RUN.format("支出1,2") + _RUN.format("34.5万元"), "支出1,234.5万元"),
    "what was inserted": (f"<w:ins>{_RUN.format('支出12万元')}</w:ins>", "支出12万元"),
    "what was deleted": (
        _RUN.format("支出") + "<w:del><w:r><w:delText>99</w:delText></w:r></w:del>" + _RUN.format("12万元"),
        "支出12万元",
    ),
    "what was moved away": (f"<w:moveFrom>{_RUN.format('99')}</w:moveFrom><w:moveTo>{_RUN.format('12万元')}</w:moveTo>", "12万元"),
    "hidden text": ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>99</w:t></w:r>" + _RUN.format("12万元"), "12万元"),
    "text that is not hidden after all": ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>12万元</w:t></w:r>', "12万元"),
    "a link and a field": (
        f"<w:hyperlink>{_RUN.format('支出')}</w:hyperlink><w:fldSimple>{_RUN.format('12')}</w:fldSimple>"
        "<w:r><w:instrText>PAGE 99</w:instrText></w:r>" + _RUN.format("万元"),
        "支出12万元",
    ),
    "a control": (f"<w:sdt><w:sdtPr/><w:sdtContent>{_RUN.format('12万元')}</w:sdtContent></w:sdt>", "12万元"),
    "a break of the line": ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:br w:type='page'/></w:r>", "甲\n乙"),
    "a formula": ("<m:oMath><m:r><m:t>执行率=12÷15</m:t></m:r></m:oMath>", "执行率=12÷15"),
    "pronunciation": (f"<w:r><w:ruby><w:rt>{_RUN.format('sui')}</w:rt><w:rubyBase>{_RUN.format('岁')}</w:rubyBase></w:ruby></w:r>", "岁"),
    "a tab after an ordinal": ("<w:r><w:t>一、</w:t><w:tab/><w:t>概况</w:t></w:r>", "一、 概况"),
    "tabs that part cells": ("<w:r><w:t>低保</w:t><w:tab/><w:t>300</w:t><w:tab/><w:t>290</w:t></w:r>", "低保\t300\t290"),
}  # fmt: skip


@pytest.mark.parametrize(("runs", "expected"), PIECES.values(), ids=PIECES.keys())
def test_what_word_shows_is_read(runs: str, expected: str) -> None:
    assert read(f"<w:p>{runs}</w:p>").text == expected + "\n\n"


def test_the_text_of_a_box_follows_its_paragraph_once() -> None:
    box = f"<w:txbxContent>{p('框内：支出12万元。')}</w:txbxContent>"
    drawing = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    content = read(f"<w:p>{_RUN.format('段落')}<w:r>{drawing}</w:r>{_RUN.format('之后')}</w:p>")
    assert lines(content) == ["段落之后", "框内：支出12万元。"]


def test_of_alternatives_in_the_body_one_is_read() -> None:
    choice = f"<mc:Choice Requires='x'>{p('甲')}</mc:Choice><mc:Fallback>{p('乙')}</mc:Fallback>"
    assert lines(read(f"<mc:AlternateContent>{choice}</mc:AlternateContent><mc:AlternateContent/>{p('丙')}")) == [
        "甲",
        "丙",
    ]


def test_a_note_follows_what_cites_it_and_its_sign_touches_no_number() -> None:
    cite = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    notes = (
        f'<w:footnote w:type="separator" w:id="-1">{p("线")}</w:footnote>'
        f'<w:footnote w:id="2">{p("含上级补助3万元。")}</w:footnote><w:footnote w:id="3">{p("按月发放。")}</w:footnote>'
    )
    cell = f"<w:tc><w:p>{_RUN.format('520')}{cite.format(3)}</w:p></w:tc>"
    content = read(
        f"<w:p>{_RUN.format('支出12')}{cite.format(2)}{_RUN.format('万元')}</w:p>"
        + table([tc("城市"), tc("690")], [tc("农村"), cell])
        + p("结语"),
        footnotes=notes,
    )
    assert lines(content) == ["支出12万元", "注：含上级补助3万元。", "城市\t690", "农村\t520", "注：按月发放。", "结语"]


def test_tables_of_contents_are_left_out() -> None:
    styles = '<w:style w:styleId="11"><w:name w:val="toc 1"/></w:style><w:style w:styleId="a"><w:name w:val="Normal"/></w:style>'
    body = p("一、概况 12", '<w:pStyle w:val="11"/>') + p("一、概况", '<w:pStyle w:val="a"/>')
    assert lines(read(body, styles=styles)) == ["一、概况"]


# ------------------------------------------------------------------ numbering


def numbering(*levels: tuple[str, str], more: str = "") -> str:
    """A list 1 of an abstract list 0 with these levels (format, text), starting with 1."""
    xml = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="0">{xml}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'


def item(text: str, level: int = 0, number: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


HEADINGS = numbering(("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))


def test_headings_get_the_ordinals_that_word_computes() -> None:
    body = (
        item("概况") + item("职责", 1) + item("机构", 1) + item("内设", 2) + item("2022年变化", 2) + item("收支")
        + item("收入", 1) + item("财政", 2) + p("正文") + item("其他", 2)
    )  # fmt: skip
    assert lines(read(body, numbering=HEADINGS)) == [
        "一、概况", "（一）职责", "（二）机构", "1.内设", "2、2022年变化", "二、收支",
        "（一）收入", "1.财政", "正文", "2.其他",
    ]  # fmt: skip


def test_an_empty_paragraph_takes_no_ordinal() -> None:
    assert lines(read(item("概况") + item("") + item("收支"), numbering=HEADINGS)) == ["一、概况", "二、收支"]


def test_levels_may_show_those_above_them_in_digits() -> None:
    legal = numbering(("chineseCounting", "第%1章"), ("decimal", "%1.%2")).replace(
        '<w:numFmt w:val="decimal"/>', '<w:numFmt w:val="decimal"/><w:isLgl/>'
    )
    assert lines(read(item("概况") + item("职责", 1) + item("机构", 1), numbering=legal)) == [
        "第一章 概况",
        "1.1 职责",
        "1.2 机构",
    ]


def test_two_lists_of_one_kind_count_on_and_a_list_may_start_anew() -> None:
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = item("甲") + item("乙", number=2) + item("丙", number=3) + item("丁", number=3)
    assert lines(read(body, numbering=numbering(("decimal", "%1、"), more=more))) == [
        "1、甲",
        "2、乙",
        "1、丙",
        "2、丁",
    ]


def test_a_style_and_the_one_it_is_based_on_may_number_a_paragraph() -> None:
    styles = (
        '<w:style w:styleId="h1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="own"><w:basedOn w:val="h1"/></w:style>'
        '<w:style w:styleId="loop"><w:basedOn w:val="loop"/></w:style>'
    )
    off = '<w:pStyle w:val="h1"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        p("概况", '<w:pStyle w:val="h1"/>') + p("收支", '<w:pStyle w:val="own"/>') + p("正文", off)
        + p("附注", '<w:pStyle w:val="loop"/>')
    )  # fmt: skip
    assert lines(read(body, styles=styles, numbering=HEADINGS)) == ["一、概况", "二、收支", "正文", "附注"]


def test_bullets_are_no_ordinals() -> None:
    assert lines(read(item("甲"), numbering=numbering(("bullet", "")))) == ["甲"]


@pytest.mark.parametrize(
    ("name", "number", "written"),
    [
        ("chineseCounting", 10, "十"), ("chineseCounting", 11, "十一"), ("chineseCountingThousand", 20, "二十"),
        ("chineseCountingThousand", 105, "一百零五"), ("chineseCountingThousand", 110, "一百一十"), ("ideographDigital", 10, "一〇"),
        ("chineseLegalSimplified", 12, "壹拾贰"), ("decimalEnclosedCircle", 3, "③"), ("decimalEnclosedCircle", 21, "21"),
        ("decimalFullWidth", 12, "１２"), ("upperLetter", 27, "AA"), ("lowerRoman", 14, "xiv"), ("ideographTraditional", 2, "乙"),
        ("decimalZero", 7, "07"), ("chineseCounting", 0, "0"), ("lowerLetter", 0, "0"),
    ],
)  # fmt: skip
def test_formats_of_ordinals(name: str, number: int, written: str) -> None:
    assert FORMATS[name](number) == written


def test_every_number_in_words_is_another_one() -> None:
    assert len({chinese(number) for number in range(1, 10_000)}) == 9_999


@pytest.mark.parametrize(
    ("ordinal", "text", "whole"),
    [("1.", "养老", "1.养老"), ("1.", "5个机构", "1、5个机构"), ("（一）", "12万元", "（一）12万元"), ("1", "养老", "1 养老"), ("", "养老", "养老")],
)  # fmt: skip
def test_an_ordinal_never_becomes_part_of_a_number(ordinal: str, text: str, whole: str) -> None:
    assert with_ordinal(ordinal, text) == whole


# ------------------------------------------------------------------ bad files


def repacked(change: Callable[[str, bytes], bytes]) -> bytes:
    """A good DOCX whose parts were changed."""
    target = BytesIO()
    with ZipFile(BytesIO(word(p("甲")))) as good, ZipFile(target, "w", ZIP_DEFLATED) as bad:
        for name in good.namelist():
            bad.writestr(name, change(name, good.read(name)))
    return target.getvalue()


BOMB = (
    b'<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY a%d "%s">' % (n, (b"&a%d;" % (n - 1) if n > 1 else b"&a;") * 10) for n in range(1, 9)
    ) + b"]>"
)  # fmt: skip
BAD = {
    "cut off": (word(p("甲" * 500))[:-200], "damaged"),
    "cut off at its beginning": (word(p("甲"))[:60], "damaged"),
    "broken XML": (repacked(lambda name, data: data[:-20] if "document" in name else data), "damaged"),
    "no XML": (repacked(lambda name, data: b"\0" * 50 if "document" in name else data), "damaged"),
    "an XML bomb": (repacked(lambda name, data: BOMB + data if "document" in name else data), "xml_doctype"),
    "a document type in UTF-16": (
        repacked(lambda name, data: ('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x>' + data.decode()).encode("utf-16")
                 if "document" in name else data), "xml_doctype",
    ),
    "a part of zeros": (repacked(lambda name, data: data + b" " * 20_000_000 if "document" in name else data), "too_large_unpacked"),
    "no text": (word(""), "no_text"),
    "no body": (repacked(lambda name, data: b"<x/>" if "document" in name else data), "no_text"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "cause"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_refused_with_cause_and_remedy(data: bytes, cause: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_content(data, "inbox/report.docx")
    assert (refused.value.cause, refused.value.file) == (cause, "inbox/report.docx")
    assert refused.value.remedy


def test_an_archive_that_needs_a_password_says_so() -> None:
    data = bytearray(word(p("甲")))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = -1
        while (position := data.find(sign, position + 1)) >= 0:
            data[position + offset] |= 1
    with pytest.raises(DocumentError) as refused:
        read_docx(bytes(data), "a.docx")
    assert refused.value.cause == "encrypted"


def test_a_file_of_strict_open_xml_reads_the_same() -> None:
    strict = repacked(
        lambda name, data: data.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"
        )
    )  # fmt: skip
    assert lines(read_docx(strict, "a.docx")) == ["甲"]


def test_nothing_outside_is_fetched() -> None:
    """A relationship that leads outside the file names no part of it."""
    relationships = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" TargetMode="External" Type="x/officeDocument" Target="http://127.0.0.1:9/document.xml"/>'
        '<Relationship Id="b" Type="x/officeDocument" Target="../../../../etc/passwd"/></Relationships>'
    )
    target = BytesIO(word(p("甲")))
    with ZipFile(target, "a") as archive:
        archive.writestr("_rels/.rels", relationships)
    assert lines(read_docx(target.getvalue(), "a.docx")) == ["甲"]
