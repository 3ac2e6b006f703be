"""PDF: lines and tables of each page, read from its characters and ruling lines with pdfium; pictures of text through OCR.

In: a file's bytes. Out: `Content` with marked tables and the offset at which each page begins. Refuses what is encrypted,
cut off, without pages or longer than the limits allow. pdfium is not made for threads: one document at a time in a process.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.documents.model import Content, DocumentError, Note
from ingest.documents.paper.page import read_page
from ingest.documents.paper.pages import PageItems, text_of_pages
from ingest.documents.readers.pdf_marks import PageTooLarge, read_marks, unreadable_share
from ingest.limits import current

HOW_TO_INSTALL = "install the reader of scans (OCR): pip install 'jixiao[ocr]'"
# A page with more characters without a meaning than this is as good as a picture.
_UNREADABLE = 0.3
_TAIL = 4096


def read_pdf(data: bytes, file: str) -> Content:
    """The text of a PDF. Raises DocumentError."""
    with open_pdf(data, file) as document:
        pages: list[PageItems] = []
        silent: list[int] = []
        for number in range(1, len(document) + 1):
            page, is_silent = _read_page(document, number, file)
            pages.append(page)
            if is_silent:
                silent.append(number)
    if not any(page.items for page in pages):
        raise _without_text(file, bool(silent))
    found = text_of_pages(pages)
    notes = (
        (Note("pages_without_text", f"{_named(silent)} no text that can be read: {HOW_TO_INSTALL}"),) if silent else ()
    )
    return Content(found.text, tables=found.tables, page_starts=found.page_starts, notes=notes)


def _without_text(file: str, has_pictures: bool) -> DocumentError:
    if has_pictures:
        return DocumentError(
            file,
            "no_text",
            "the PDF is a scan: its pages are pictures and hold no text",
            f"To read it, {HOW_TO_INSTALL}",
        )
    return DocumentError(file, "empty_file", "all pages of the PDF are empty", "Fetch it again, or remove it")


def _named(pages: list[int]) -> str:
    """Page numbers in words: page 3 holds; pages 3, 5-7 hold."""
    parts: list[str] = []
    for number in pages:
        if parts and int(parts[-1].split("-")[-1]) == number - 1:
            parts[-1] = f"{parts[-1].split('-')[0]}-{number}"
        else:
            parts.append(str(number))
    return f"page {parts[0]} holds" if len(pages) == 1 else f"pages {', '.join(parts)} hold"


@contextmanager
def open_pdf(data: bytes, file: str) -> Iterator[pypdfium2.PdfDocument]:
    """An open PDF with at least one page. Raises DocumentError."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _why_not(data, file, getattr(error, "err_code", None)) from None
    try:
        count = len(document)
        if count == 0:
            raise DocumentError(
                file, "no_pages", "the PDF has no pages", "Fetch it again from its publisher, or remove it"
            )
        if not re.search(rb"startxref\s+\d+\s+%%EOF", data[-_TAIL:]):
            raise _cut_off(file)
        if count > current().pages:
            raise DocumentError(
                file,
                "too_many_pages",
                f"the PDF has {count} pages, more than {current().pages}",
                "Split it into parts, or raise JIXIAO_MAX_PAGES",
            )
        yield document
    finally:
        document.close()


def _cut_off(file: str) -> DocumentError:
    return DocumentError(
        file, "truncated", "the PDF is cut off: its end is missing", "Fetch it again from its publisher"
    )


def _why_not(data: bytes, file: str, code: int | None) -> DocumentError:
    if code == pdfium.FPDF_ERR_PASSWORD:
        return DocumentError(
            file,
            "encrypted",
            "the PDF is encrypted and asks for a password",
            "Ask its publisher for a copy without a password, or save one with a PDF reader",
        )
    if code == pdfium.FPDF_ERR_SECURITY:
        return DocumentError(
            file,
            "encrypted",
            "the PDF is encrypted in a way that cannot be opened here",
            "Ask its publisher for a copy without protection",
        )
    if not re.search(rb"startxref\s+\d+\s+%%EOF", data[-_TAIL:]):
        return _cut_off(file)
    return DocumentError(
        file, "damaged", "the PDF is damaged and cannot be opened", "Fetch it again from its publisher"
    )


def _read_page(document: pypdfium2.PdfDocument, number: int, file: str) -> tuple[PageItems, bool]:
    """(the page's items, whether it shows something but has no text that can be read)."""
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return PageItems(number, 0.0, 0.0, []), True
    try:
        marks = read_marks(page)
        if not len(marks) or unreadable_share(marks) > _UNREADABLE:
            return PageItems(number, marks.width, marks.height, []), pdfium.FPDFPage_CountObjects(page.raw) > 0
        return PageItems(number, marks.width, marks.height, read_page(marks)), False
    except PageTooLarge as error:
        raise DocumentError(
            file,
            "page_too_large",
            f"page {number} holds {error.args[0]} characters, more than a page of a report can",
            "Take the page out of the file",
        ) from None
    finally:
        page.close()
