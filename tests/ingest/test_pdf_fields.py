"""PDF: what stands in form fields and in text boxes laid over a page is read with it, and said so."""

from __future__ import annotations

import re

from reportlab.pdfgen.canvas import Canvas
from test_pdf import drawn, rows_of

from ingest.documents.page_view import view_page
from ingest.documents.readers.pdf import read_pdf


def form(canvas: Canvas) -> None:
    """A table whose amounts are fields of a form."""
    canvas.grid([80, 200, 320], [640, 670, 700])
    for y, label, amount in ((680, "基本支出", "1,234.50"), (650, "项目支出", "77.25")):
        canvas.drawString(84, y, label)
        canvas.acroForm.textfield(
            name=label, value=amount, x=204, y=y - 6, width=110, height=20, fontSize=10, borderWidth=0
        )


def test_the_values_of_form_fields_stand_in_the_cells_that_they_lie_in() -> None:
    content = read_pdf(drawn(form, lambda canvas: canvas.drawString(100, 700, "说明")), "x")
    assert rows_of(content) == [["基本支出", "1,234.50"], ["项目支出", "77.25"]]
    assert [note.cause for note in content.notes] == ["read_from_fields"]
    assert "page 1 " in content.notes[0].message


def test_fields_without_a_drawing_of_their_own_are_drawn() -> None:
    data = re.sub(rb"/AP <<\s*/N [^>]*?>>", lambda match: b" " * len(match[0]), drawn(form))
    assert b"/AP" not in data
    assert rows_of(read_pdf(data, "x")) == [["基本支出", "1,234.50"], ["项目支出", "77.25"]]


def test_text_boxes_laid_over_a_page_are_read_and_links_are_no_fields() -> None:
    def page(canvas: Canvas) -> None:
        form(canvas)
        canvas.linkURL("https://example.test/1250", (80, 600, 200, 620))

    data = drawn(page).replace(b"/Subtype /Widget", b"/Subtype /Stamp ").replace(b"/AcroForm", b"/NotAForm")
    assert "1,234.50" in read_pdf(data, "x").text
    plain = drawn(
        lambda canvas: (canvas.drawString(90, 700, "说明"), canvas.linkURL("https://example.test", (9, 9, 99, 99)))
    )
    assert read_pdf(plain, "x").notes == ()


def test_the_evidence_page_shows_where_the_value_of_a_field_stands() -> None:
    view = view_page(drawn(form), "form.pdf", 1)
    place = view.text.index("1,234.50")
    left, top, right, bottom = view.boxes[place]
    assert 0.3 < left < right < 0.6 and 0.15 < top < bottom < 0.25
