"""Bytes to text: every encoding that reports come in reads the same, and what is no text says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.documents import DocumentError, read_document
from ingest.documents.encoding import decode

SIMPLIFIED = "云渡县民政局2022年度部门整体支出绩效自评报告\n全年发放低保金964.7万元，惠及2310人。\n" * 4
TRADITIONAL = "雲渡縣民政局2022年度部門整體支出績效自評報告\n全年發放低保金964.7萬元，惠及2310人。\n" * 4


@pytest.mark.parametrize(
    ("text", "written", "named"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8"),
        (SIMPLIFIED, "utf-16", "utf-16"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (TRADITIONAL, "utf-8", "utf-8"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (TRADITIONAL, "gb18030", "gb18030"),
        ("2022 budget report, 964.7", "ascii", "utf-8"),
    ],
)
def test_a_text_reads_the_same_in_every_encoding(text: str, written: str, named: str) -> None:
    assert decode(text.encode(written), "report.txt") == (text, named)


def test_characters_outside_gbk_are_read_as_gb18030() -> None:
    text = "𬭩口镇与㙍头村2022年发放低保金12万元，资金支出情况说明。"
    assert decode(text.encode("gb18030"), "report.txt")[0] == text


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_of_other_systems_become_newlines(ending: str) -> None:
    assert decode(SIMPLIFIED.replace("\n", ending).encode(), "report.txt")[0] == SIMPLIFIED


NO_TEXT = {
    "nothing": (b"", "empty_file"),
    "white space": (b" \r\n\t ", "empty_file"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "not_text"),
    "a zip archive": (b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(range(0, 256, 3)) * 8, "not_text"),
    "bytes of no encoding": (bytes(range(128, 256)) * 8, "unknown_encoding"),
}


@pytest.mark.parametrize(("data", "cause"), NO_TEXT.values(), ids=NO_TEXT.keys())
def test_what_is_no_text_is_refused_by_name_cause_and_remedy(data: bytes, cause: str) -> None:
    with pytest.raises(DocumentError) as refused:
        decode(data, "inbox/report.txt")
    assert refused.value.cause == cause
    assert str(refused.value).startswith("inbox/report.txt: ")
    assert refused.value.remedy


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"], ids=["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("rest", [b"", b" \r\n"], ids=["alone", "before white space"])
def test_a_byte_order_mark_without_a_text_is_an_empty_file(mark: bytes, rest: bytes) -> None:
    with pytest.raises(DocumentError) as refused:
        decode(
            mark + rest.decode().encode({b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(mark, "utf-8")),
            "report.txt",
        )
    assert refused.value.cause == "empty_file"


def test_a_pdf_is_no_text_though_its_bytes_could_be_gb18030() -> None:
    with pytest.raises(DocumentError) as refused:
        decode(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"1 0 obj << /Type /Catalog >> endobj\n" * 40, "report.txt")
    assert refused.value.cause == "not_text"


@pytest.mark.parametrize("written", ["utf-8", "gb18030"])
def test_a_file_cut_in_the_middle_of_a_character_is_never_read_as_garbage(written: str) -> None:
    """A wrong decoding would be worse than a refusal: its figures would be wrong and nobody would know."""
    data = SIMPLIFIED.rstrip("\n").encode(written)[:-1]
    try:
        text, _ = decode(data, "report.txt")
    except DocumentError as error:
        assert error.cause == "unknown_encoding"
    else:
        assert text.startswith(SIMPLIFIED[:100])


@pytest.mark.parametrize(
    ("name", "make", "cause"),
    [
        ("missing.txt", lambda path: None, "not_found"),
        ("folder.txt", lambda path: path.mkdir(), "is_a_folder"),
        ("empty.txt", lambda path: path.touch(), "empty_file"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, make, cause: str) -> None:
    make(tmp_path / name)
    with pytest.raises(DocumentError) as refused:
        read_document(tmp_path / name)
    assert (refused.value.cause, refused.value.file) == (cause, str(tmp_path / name))


def test_the_id_of_a_document_is_that_of_its_bytes_wherever_it_lies(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    paths = [tmp_path / "one.txt", tmp_path / "a" / "two.txt"]
    for path in paths:
        path.write_text(SIMPLIFIED, encoding="utf-8")
    one, two = map(read_document, paths)
    assert one.document_id == two.document_id
    assert len(one.document_id) == 32
    paths[1].write_text(SIMPLIFIED + "。", encoding="utf-8")
    assert read_document(paths[1]).document_id != one.document_id
