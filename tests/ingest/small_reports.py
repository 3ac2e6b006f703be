"""Small reports for the tests: a body in the frame of a self-evaluation, and what the extraction makes of it.

The department and its place are invented; every sentence is written for these tests.
"""

from __future__ import annotations

from ingest.documents import Document, document_from_text
from ingest.documents.flow import fold
from ingest.figures import Figure, extract_figures, read_quantities

DEPARTMENT = "云渡县民政局"
YEAR = 2022
TITLE = f"{DEPARTMENT}{YEAR}年度部门整体支出绩效自评报告"


def report(body: str, title: str = TITLE) -> Document:
    """A document with this title above this body."""
    return document_from_text(f"{title}\n\n{body}")


def figures_of(body: str, title: str = TITLE) -> list[Figure]:
    """The figures of a small report, in order; each is checked to stand where it says."""
    document = report(body, title)
    found = extract_figures(document)
    for figure in found:
        assert stands_where_it_says(figure, document.text), figure
    return found


def reasons_of(body: str, title: str = TITLE) -> list[tuple[str, str | None]]:
    """(number as written, why it is no figure) of each number of the body, in order; None for a figure."""
    return [
        (reading.quantity.raw, None if reading.measure else reading.reason)
        for reading in read_quantities(report(body, title))
        if reading.quantity.flow.offsets[reading.quantity.start] > len(title)
    ]


def stands_where_it_says(figure: Figure, text: str) -> bool:
    """Whether the span holds the number as written (lines joined, full-width digits made plain), and the quote stands.

    A number broken by the end of a page has the page's mark in a line of its own between its two parts.
    """
    assert figure.start is not None and figure.end is not None
    lines = fold(text[figure.start : figure.end]).splitlines()
    raw = "".join(figure.raw.split())
    written = {"".join("".join(parts).split()) for parts in (lines, (lines[0], lines[-1]))}
    return raw in written and bool(figure.quote) and figure.quote in text


def only(found: list[Figure]) -> Figure:
    """The one figure; fails, showing all, where there is none or more than one."""
    assert len(found) == 1, [(f.measure, f.programme, f.raw) for f in found]
    return found[0]


def fields(found: list[Figure], *names: str) -> list[tuple[object, ...]]:
    """These fields of each figure, in order."""
    return [tuple(getattr(figure, name) for name in names) for figure in found]
