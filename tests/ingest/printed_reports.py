"""Reports printed to PDF, as an office would: wrapped lines, running heads, page numbers, tables with rules or without."""

from __future__ import annotations

from io import BytesIO

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate
from reportlab.platypus import Paragraph as Printed
from reportlab.platypus import Table as PrintedTable

from ingest.documents import Document, layout_of
from ingest.documents.blocks import Paragraph, Table
from ingest.documents.flow import Flow
from ingest.documents.lines import number_cell

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

BODY = ParagraphStyle("body", fontName=FONT, fontSize=12, leading=20, wordWrap="CJK", firstLineIndent=24)
CELL = ParagraphStyle("cell", fontName=FONT, fontSize=9, leading=12, wordWrap="CJK")
NUMBER = ParagraphStyle("number", parent=CELL, alignment=TA_RIGHT)
HEAD = ParagraphStyle("head", parent=CELL, alignment=TA_CENTER)
_ROOM = 6


def print_report(document: Document, *, ruled: bool = True, on_its_side: bool = False) -> bytes:
    """The report as a PDF: A4, page numbers at the foot, the title at the head of each page, heads of tables repeated."""
    size = landscape(A4) if on_its_side else A4
    width = size[0] - 144
    story: list[Flowable] = []
    for block in layout_of(document).blocks:
        if isinstance(block, Paragraph):
            story.append(Printed(_escaped(written(document, block.flow)), BODY))
        else:
            story.append(_table(document, block, width, ruled))
    target = BytesIO()
    title = document.profile.title or "报告"

    def decorate(canvas, template) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawCentredString(size[0] / 2, size[1] - 40, f"{title}（公开稿）")
        canvas.drawCentredString(size[0] / 2, 34, f"— {template.page} —")

    template = BaseDocTemplate(target, pagesize=size, invariant=True)
    frame = Frame(72, 60, width, size[1] - 120, 0, 0, 0, 0)
    template.addPageTemplates([PageTemplate(frames=[frame], onPage=decorate)])
    template.build(story)
    return target.getvalue()


def written(document: Document, flow: Flow) -> str:
    return "".join(document.text[offset] for offset in flow.offsets)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _table(document: Document, table: Table, width: float, ruled: bool) -> PrintedTable:
    texts = [whole_words([written(document, cell.flow) for cell in row.cells]) for row in table.rows]
    columns = max(map(len, texts))
    texts = [row + [""] * (columns - len(row)) for row in texts]
    needed = [max(min(_width(row[column]), 150) for row in texts) + 2 * _ROOM for column in range(columns)]
    # Where the page is too narrow the words give way: an office program breaks no number.
    least = [
        max((_width(row[c]) for row in texts if is_number(row[c])), default=20) + 2 * _ROOM for c in range(columns)
    ]
    spare, wanted = width - sum(least), sum(needed) - sum(least)
    if sum(needed) > width and spare > 0:
        needed = [low + (high - low) * spare / wanted for low, high in zip(least, needed, strict=True)]
    scale = min(1.0, width / sum(needed))
    cells = [
        [Printed(_escaped(text), HEAD if number == 0 else NUMBER if is_number(text) else CELL) for text in row]
        for number, row in enumerate(texts)
    ]
    style = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), _ROOM),
        ("RIGHTPADDING", (0, 0), (-1, -1), _ROOM),
    ]
    if ruled:
        style.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    repeated = 1 if not any(is_number(text) for text in texts[0]) else 0
    return PrintedTable(cells, [scale * one for one in needed], repeatRows=repeated, style=style)


def whole_words(texts: list[str]) -> list[str]:
    """The cells with words made whole that a typewriter spread over columns of spaces: 项    目."""
    whole: list[str] = []
    for text in texts:
        if len(text) == 1 and whole and whole[-1] in ("项", "收", "支") and text in "目入出":
            whole[-1] += text
        else:
            whole.append(text)
    return whole


def _width(text: str) -> float:
    return sum(9.0 if character > "\u2e7f" else 5.2 for character in text) + 2


def is_number(text: str) -> bool:
    return bool(number_cell().match(text))
