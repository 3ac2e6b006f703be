"""The page of a PDF with a figure marked: drawn apart from the server, found by its words, and told where it cannot be."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from dashboard.page_picture import NoPicture, PagePicture, picture_of, places_of
from ingest.documents import document_from_text, read_document
from ingest.warehouse.originals import Originals
from tests.ingest.printed_reports import print_report

BODY = (
    "云渡县民政局2022年度部门整体支出绩效自评报告\n\n全年支出1,122.33万元，城市低保支出300.50万元，农村低保支出300.50万元。\n\n"
    "（单位：万元）\n项目\t预算\t支出\n城市低保\t310.00\t300.50\n特困供养\t80.00\t79.25"
)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """(document_id, text) of a printed report whose original is kept in the dashboard's home."""
    monkeypatch.setenv("JIXIAO_HOME", str(tmp_path))
    path = tmp_path / "report.pdf"
    path.write_bytes(print_report(document_from_text(BODY)))
    document = read_document(path)
    assert Originals(tmp_path / "originals").keep(document.document_id, path.read_bytes())
    return document.document_id, document.text


def picture(text: str) -> PagePicture:
    """A page of one line a line of text, each character a box of one by one."""
    boxes: list = []
    row, column = 0, 0
    for character in text:
        boxes.append(None if character == "\n" else (column / 100, row / 100, (column + 1) / 100, (row + 0.9) / 100))
        row, column = (row + 1, 0) if character == "\n" else (row, column + 1)
    return PagePicture(b"\x89PNG\r\n\x1a\n", text, boxes)


def test_the_number_of_a_table_row_is_framed_where_it_stands_on_the_page(kept: tuple[str, str]) -> None:
    document_id, text = kept
    shown = picture_of(document_id, 1)
    assert shown.png.startswith(b"\x89PNG") and 1.2 < shown.shape < 1.6
    start = text.index("79.25")
    ((box,),) = places_of(shown, text, start, start + 5)
    ((label,),) = places_of(shown, text, text.index("特困供养"), text.index("特困供养") + 4)
    assert label[2] < box[0] and abs(label[1] - box[1]) < 0.01, "the same row, to the right of its label"
    assert 0 <= box[0] < box[2] <= 1 and 0 <= box[1] < box[3] <= 1


def test_equal_numbers_are_told_apart_by_the_words_around_them(kept: tuple[str, str]) -> None:
    document_id, text = kept
    shown = picture_of(document_id, 1)
    starts = [offset for offset in range(len(text)) if text.startswith("300.50", offset)]
    assert len(starts) == 3
    places = [places_of(shown, text, start, start + 6) for start in starts]
    assert all(len(place) == 1 for place in places) and len({str(place) for place in places}) == 3


def test_numbers_alike_that_nothing_tells_apart_are_all_shown() -> None:
    shown = picture("12.5\n12.5")
    assert len(places_of(shown, "12.5", 0, 4)) == 2
    assert places_of(shown, "77", 0, 2) == []


def test_a_number_over_two_lines_has_a_box_on_each() -> None:
    ((first, second),) = places_of(picture("支出1,12\n2.33万元"), "支出1,122.33万元", 2, 10)
    assert first[0] > second[0] and first[3] <= second[1]


def test_a_page_that_cannot_be_shown_says_why(kept: tuple[str, str], tmp_path: Path) -> None:
    document_id, _ = kept
    with pytest.raises(NoPicture) as caught:
        picture_of("0" * 32, 1)
    assert caught.value.cause == "no_original"
    with pytest.raises(NoPicture) as caught:
        picture_of("../report.pdf", 1)
    assert caught.value.cause == "no_original"
    with pytest.raises(NoPicture) as caught:
        picture_of(document_id, 9)
    assert caught.value.cause == "failed"


def test_a_hostile_file_costs_only_the_process_that_draws_it(kept: tuple[str, str], tmp_path: Path) -> None:
    hostile = b"%PDF-1.7\n" + bytes(range(256)) * 50 + b"\nstartxref\n9\n%%EOF\n"
    document_id = hashlib.sha256(hostile).hexdigest()[:32]
    Originals(tmp_path / "originals").keep(document_id, hostile)
    with pytest.raises(NoPicture) as caught:
        picture_of(document_id, 1)
    assert caught.value.cause == "failed"
