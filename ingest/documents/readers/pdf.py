"""PDF: lines and tables of each page, read from its characters and ruling lines with pdfium; pictures of text through OCR.

In: a file's bytes. Out: `Content` with marked tables and the offset at which each page begins. Refuses what is encrypted,
cut off, without pages or longer than the limits allow. pdfium is not made for threads: one document at a time in a process.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from ingest.documents.model import Content, DocumentError, Note
from ingest.documents.paper.marks import Marks
from ingest.documents.paper.page import read_page
from ingest.documents.paper.pages import PageItems, text_of_pages
from ingest.documents.readers import ocr
from ingest.documents.readers.pdf_marks import PageTooLarge, read_marks, unreadable_share
from ingest.documents.readers.picture import read_through_ocr
from ingest.limits import current

# A page with fewer characters than this below a picture of most of its size is a scan with a stamp or a number on it.
_FEW_CHARACTERS = 40
_MOST_OF_PAGE = 0.5
# A page with more characters without a meaning than this is as good as a picture.
_UNREADABLE = 0.3
# What may hold text that is drawn on a page without being of it. Links are none.
_WITH_TEXT = frozenset({pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP})
_MOST_ANNOTATIONS = 2_000
# What a whole PDF ends with, but for some bytes that others appended. A file made for the web has one with 0 near its head.
_END = re.compile(rb"startxref\s+[1-9]\d*\s*%%EOF")
_TAIL = 16_384


def read_pdf(data: bytes, file: str) -> Content:
    """The text of a PDF. Raises DocumentError."""
    with open_pdf(data, file) as document:
        pages: list[PageItems] = []
        silent: list[int] = []
        seen: list[int] = []
        filled: list[int] = []
        for number in range(1, len(document) + 1):
            marks = marks_of_page(document, number, file)
            if marks.is_picture and ocr.is_installed():
                marks = see_page(document, number)
                seen.append(number)
            elif marks.is_picture:
                silent.append(number)
            if marks.has_fields:
                filled.append(number)
            pages.append(PageItems(number, marks.width, marks.height, read_page(marks)))
    if not any(page.items for page in pages):
        raise _without_text(file, bool(silent), bool(seen))
    found = text_of_pages(pages)
    notes = []
    if silent:
        notes.append(Note("pages_without_text", f"no text on {_named(silent)}, only pictures: {ocr.HOW_TO_INSTALL}"))
    if seen:
        notes.append(read_through_ocr(_named(seen)))
    if filled:
        notes.append(
            Note(
                "read_from_fields",
                f"on {_named(filled)} what stands in form fields and in text boxes laid over the page was read with it",
            )
        )
    return Content(found.text, tables=found.tables, page_starts=found.page_starts, notes=tuple(notes))


def _without_text(file: str, has_pictures: bool, is_seen: bool) -> DocumentError:
    if has_pictures:
        return DocumentError(
            file,
            "no_text",
            "the PDF is a scan: its pages are pictures and hold no text",
            f"To read it, {ocr.HOW_TO_INSTALL}",
        )
    if is_seen:
        return DocumentError(
            file, "no_text", "no text was found in the pictures of the PDF", "Scan it again, straight and sharper"
        )
    return DocumentError(file, "empty_file", "all pages of the PDF are empty", "Fetch it again, or remove it")


def _named(pages: list[int]) -> str:
    """Page numbers in words: page 3; pages 3, 5-7."""
    parts: list[str] = []
    for number in pages:
        if parts and int(parts[-1].split("-")[-1]) == number - 1:
            parts[-1] = f"{parts[-1].split('-')[0]}-{number}"
        else:
            parts.append(str(number))
    return f"page {parts[0]}" if len(pages) == 1 else f"pages {', '.join(parts)}"


@contextmanager
def open_pdf(data: bytes, file: str) -> Iterator[pypdfium2.PdfDocument]:
    """An open PDF with at least one page. Raises DocumentError."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _why_not(data, file, getattr(error, "err_code", None)) from None
    try:
        if document.get_formtype() == pdfium.FORMTYPE_ACRO_FORM:
            # So that pdfium draws the values of fields that come without a drawing of theirs.
            with suppress(pypdfium2.PdfiumError):
                document.init_forms()
        count = len(document)
        if count == 0:
            raise DocumentError(
                file, "no_pages", "the PDF has no pages", "Fetch it again from its publisher, or remove it"
            )
        if not _END.search(data[-_TAIL:]):
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
    if not _END.search(data[-_TAIL:]):
        return _cut_off(file)
    return DocumentError(
        file, "damaged", "the PDF is damaged and cannot be opened", "Fetch it again from its publisher"
    )


def marks_of_page(document: pypdfium2.PdfDocument, number: int, file: str) -> Marks:
    """The characters and rules of a page; `is_picture` where it shows something but has no text that can be read.

    Raises DocumentError for a page of more characters than a report's can have.
    """
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return replace(Marks.none(0.0, 0.0), is_picture=True)
    try:
        has_fields = _has_fields(page)
        if has_fields:
            before = _characters_on(page)
            pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
            page.close()
            page = document[number - 1]
            has_fields = _characters_on(page) > before
        marks = replace(read_marks(page), has_fields=has_fields)
        if len(marks) and unreadable_share(marks) > _UNREADABLE:
            return replace(Marks.none(marks.width, marks.height), is_picture=True)
        if len(marks) < _FEW_CHARACTERS and _has_picture(page, marks):
            return replace(marks, is_picture=True)
        return marks
    except PageTooLarge as error:
        raise DocumentError(
            file,
            "page_too_large",
            f"page {number} holds {error.args[0]} characters, more than a page of a report can",
            "Take the page out of the file",
        ) from None
    finally:
        page.close()


def _has_fields(page: pypdfium2.PdfPage) -> bool:
    """Whether anything lies on the page that may hold text of its own: a field of a form, a text box of an annotation."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if annotation:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            pdfium.FPDFPage_CloseAnnot(annotation)
            if kind in _WITH_TEXT:
                return True
    return False


def _characters_on(page: pypdfium2.PdfPage) -> int:
    text = page.get_textpage()
    try:
        return pdfium.FPDFText_CountChars(text.raw)
    finally:
        text.close()


def _has_picture(page: pypdfium2.PdfPage, marks: Marks) -> bool:
    """Whether a page with hardly any text shows something: a picture of most of its size, or, without any text, anything."""
    if not len(marks):
        return pdfium.FPDFPage_CountObjects(page.raw) > 0
    for picture in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) > _MOST_OF_PAGE * marks.width * marks.height:
            return True
    return False


def see_page(document: pypdfium2.PdfDocument, number: int) -> Marks:
    """The characters and rules of a page as OCR sees them; the extra must be installed."""
    page = None
    try:
        page = document[number - 1]
        picture = draw_page(page, ocr.RESOLUTION, ocr.LONGEST_SIDE)
    except pypdfium2.PdfiumError:
        return Marks.none(0.0, 0.0)
    finally:
        if page is not None:
            page.close()
    return ocr.see(picture.array, picture.resolution)


class Drawn(NamedTuple):
    """A page as a picture: RGB, and how many pixels it has an inch."""

    array: np.ndarray
    resolution: float


def draw_page(page: pypdfium2.PdfPage, resolution: float, longest_side: int) -> Drawn:
    """A page as a picture of that many pixels an inch, or as many as its longer side may have."""
    scale = min(resolution / 72, longest_side / max(1.0, *page.get_size()))
    bitmap = page.render(scale=scale, rev_byteorder=True, may_draw_forms=False)
    try:
        return Drawn(bitmap.to_numpy()[:, :, :3].copy(), scale * 72)
    finally:
        bitmap.close()
