"""Scans and pictures: read through OCR where the extra is installed, refused with what to install where it is not."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from ingest.documents import Document, DocumentError, document_from_bytes, document_from_text, read_document
from ingest.documents.readers import ocr
from ingest.figures import extract_figures
from ingest.paths import SAMPLES
from tests.ingest.printed_reports import print_report
from tests.ingest.test_pdf import meanings, rows_of

RESOLUTION = 200
BODY = (
    "云渡县民政局2022年度部门整体支出绩效自评报告\n\n全年支出1,122.33万元，预算执行率98.15%。\n\n"
    "主要项目（单位：万元）\n项目\t全年预算\t支出\t执行率\n城市低保\t310.00\t300.50\n特困供养\t80.00\t79.25\n临时救助\t42.46\t40.68"
)
PRINTED = print_report(document_from_text(BODY))

needs_ocr = pytest.mark.skipif(not ocr.is_installed(), reason="the extra ocr is not installed (make ocr)")
without_ocr = pytest.mark.skipif(ocr.is_installed(), reason="the extra ocr is installed")


def scanned(
    printed: bytes, change: Callable[[Image.Image], Image.Image] = lambda picture: picture
) -> list[Image.Image]:
    """Each page as a scanner gives it: grey, with some dirt, then changed."""
    dirt = np.random.default_rng(20221231)
    pages = []
    with pypdfium2.PdfDocument(printed) as document:
        for page in document:
            grey = np.asarray(page.render(scale=RESOLUTION / 72).to_pil().convert("L"), dtype=np.int16)
            noisy = np.clip(grey - 12 + dirt.normal(0, 6, grey.shape), 0, 255).astype(np.uint8)
            pages.append(change(Image.fromarray(noisy)))
    return pages


def as_file(pages: list[Image.Image], form: str) -> bytes:
    target = BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if form in ("PDF", "TIFF") else {}
    pages[0].save(target, form, resolution=RESOLUTION, **more)
    return target.getvalue()


def read(pages: list[Image.Image], form: str = "PDF") -> Document:
    return document_from_bytes(as_file(pages, form), f"scan.{form.lower()}")


@without_ocr
@pytest.mark.parametrize("form", ["PDF", "PNG", "JPEG", "TIFF"])
def test_without_the_extra_a_scan_is_refused_with_what_to_install(form: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read(scanned(PRINTED), form)
    assert caught.value.cause == "no_text" and "pip install 'jixiao[ocr]'" in caught.value.remedy


@without_ocr
def test_without_the_extra_the_pages_that_are_pictures_are_named() -> None:
    scan = pypdfium2.PdfDocument(as_file(scanned(PRINTED), "PDF"))
    mixed = pypdfium2.PdfDocument.new()
    with pypdfium2.PdfDocument(PRINTED) as printed:
        mixed.import_pages(printed)
        mixed.import_pages(scan)
        mixed.import_pages(scan)
    target = BytesIO()
    mixed.save(target)
    document = document_from_bytes(target.getvalue(), "mixed.pdf")
    (note,) = document.content.notes
    assert note.cause == "pages_without_text" and "pages 2-3" in note.message
    assert extract_figures(document)


@needs_ocr
@pytest.mark.slow
@pytest.mark.parametrize(("name", "ruled"), [("zaoling_2023_final_account", True), ("huaijiang_2021_self_eval", False)])
def test_a_scanned_report_gives_the_figures_of_its_text(tmp_path: Path, name: str, ruled: bool) -> None:
    text = read_document(SAMPLES / "reports" / f"{name}.txt")
    wanted = meanings(extract_figures(text))
    found = meanings(extract_figures(read(scanned(print_report(text, ruled=ruled)))))
    assert (wanted & found).total() >= 0.95 * wanted.total() > 50
    assert (found - wanted).total() <= 0.02 * wanted.total()


@needs_ocr
@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda picture: picture.rotate(90, expand=True), id="on its side"),
        pytest.param(lambda picture: picture.rotate(180), id="upside down"),
        pytest.param(
            lambda picture: picture.rotate(1.2, fillcolor=240, resample=Image.Resampling.BICUBIC), id="leaning"
        ),
    ],
)
@pytest.mark.parametrize("form", ["PNG"])
def test_a_page_that_lies_askew_is_read_upright(change, form: str) -> None:
    document = read(scanned(PRINTED, change), form)
    assert "1,122.33万元" in document.text
    assert rows_of(document.content)[1:] == [
        ["城市低保", "310.00", "300.50", ""],
        ["特困供养", "80.00", "79.25", ""],
        ["临时救助", "42.46", "40.68", ""],
    ]
    assert document.content.notes[0].cause == "read_through_ocr"


@needs_ocr
def test_a_picture_without_text_says_so() -> None:
    with pytest.raises(DocumentError) as caught:
        read([Image.new("L", (600, 800), 255)], "PNG")
    assert caught.value.cause == "no_text"


@needs_ocr
@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_a_damaged_picture_is_named(form: str) -> None:
    whole = as_file(scanned(PRINTED), form)
    with pytest.raises(DocumentError) as caught:
        document_from_bytes(whole[: len(whole) // 3], "cut")
    assert caught.value.cause == "damaged"


def test_the_number_of_threads_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JIXIAO_OCR_THREADS", raising=False)
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    assert ocr.threads() == 1
    monkeypatch.setenv("JIXIAO_OCR_THREADS", "3")
    assert ocr.threads() == 3
