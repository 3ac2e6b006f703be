"""The same report in every format gives the same figures."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from ingest.documents import Document, document_from_text, find_documents, read_document
from ingest.documents.readers import format_of
from ingest.figures import extract_figures
from ingest.figures.contract import Figure
from ingest.paths import SAMPLES
from tests.ingest.office_reports import as_docx, as_html, as_xls, as_xlsx, parts_of
from tests.ingest.small_reports import stands_where_it_says

SAME = (
    "measure", "value", "unit", "per", "programme", "residence", "care", "fund_source", "spending_type", "stage",
    "fiscal_year", "indicator", "qualifier", "item", "variant",
)  # fmt: skip
REPORTS = sorted(find_documents([SAMPLES / "reports"]))
WRITERS = {".html": as_html, ".docx": as_docx, ".xlsx": as_xlsx, ".xls": as_xls}


def meanings(figures: list[Figure]) -> Counter[tuple[object, ...]]:
    return Counter(tuple(getattr(figure, name) for name in SAME) for figure in figures)


def written(document: Document, ending: str, folder: Path) -> Document:
    path = folder / f"report{ending}"
    path.write_bytes(WRITERS[ending](parts_of(document)))
    return read_document(path)


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_report_gives_the_figures_of_its_text_in_every_format(path: Path, ending: str, tmp_path: Path) -> None:
    document = read_document(path)
    found = written(document, ending, tmp_path)
    figures = extract_figures(found)
    expected, got = meanings(extract_figures(document)), meanings(figures)
    assert got == expected
    assert all(stands_where_it_says(figure, found.text) for figure in figures)
    assert found.profile == document.profile


def test_text_that_keeps_some_tags_of_a_page_is_text_and_a_page_named_as_text_is_a_page() -> None:
    residue = '<div class="editor"><p align="center">云渡县民政局</p>\n一、概况\n发放低保金12万元。\n项目      金额\n'
    assert format_of(residue.encode(), "report.txt") == "text"
    assert format_of(residue.encode(), "report.html") == "html"
    page = "<div><p>一、概况</p>\n<p>发放低保金12万元。</p></div>"
    assert format_of(page.encode(), "report.txt") == "html"
    assert format_of(f"<html><body>\n{residue}\n</body></html>".encode(), "report.txt") == "html"


@pytest.mark.parametrize("ending", WRITERS)
def test_the_text_of_a_file_read_again_as_text_gives_nearly_the_same(ending: str, tmp_path: Path) -> None:
    """What `jixiao text` prints shows a table as rows of tabs: enough for a person, and for the reader of text."""
    from_file, from_text = Counter(), Counter()
    for number, path in enumerate(REPORTS):
        document = written(read_document(path), ending, tmp_path)
        figures = (extract_figures(document), extract_figures(document_from_text(document.text)))
        from_file += Counter((number, *meaning) for meaning in meanings(figures[0]).elements())
        from_text += Counter((number, *meaning) for meaning in meanings(figures[1]).elements())
    assert (from_file & from_text).total() >= 0.99 * from_file.total() > 1500
