"""Evidence over whole reports: each figure stands where it says, and says what gave it its meaning.

Runs on the sample reports, and on the shared corpus where that lies beside the checkout.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from small_reports import stands_where_it_says

from ingest.documents import Document, layout_of, read_document
from ingest.figures import Figure, extract_figures, read_quantities
from ingest.figures.contract import FIELDS, codes
from ingest.paths import PROJECT_ROOT, SAMPLES

CORPUS = PROJECT_ROOT.parent / "shared" / "corpus"
REPORTS = sorted((SAMPLES / "reports").glob("*.txt"))
CORPUS_REPORTS = sorted(CORPUS.glob("*/docs/*.txt"))
ALL_REPORTS = [
    *REPORTS,
    *(pytest.param(path, marks=pytest.mark.corpus) for path in CORPUS_REPORTS),
    *([] if CORPUS_REPORTS else [pytest.param(CORPUS, marks=pytest.mark.skip(reason=f"there is no shared corpus at {CORPUS}"))]),
]  # fmt: skip


@pytest.fixture(params=ALL_REPORTS, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


@cache
def read(path: Path) -> tuple[Document, list[Figure]]:
    document = read_document(path)
    return document, extract_figures(document)


def test_every_figure_stands_where_it_says(path: Path) -> None:
    document, figures = read(path)
    assert figures
    wrong = [(f.raw, document.text[f.start : f.end]) for f in figures if not stands_where_it_says(f, document.text)]
    assert wrong == []


def test_figures_come_in_the_order_of_the_text_without_overlap(path: Path) -> None:
    _, figures = read(path)
    spans = [(f.start, f.end) for f in figures]
    assert spans == sorted(spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_the_quote_holds_the_number(path: Path) -> None:
    document, figures = read(path)
    for figure in figures:
        assert document.text[figure.start : figure.end] in (figure.quote or ""), (figure.raw, figure.quote)


def test_a_figure_of_a_table_names_its_header_and_its_row(path: Path) -> None:
    document, figures = read(path)
    for figure in figures:
        if figure.layout == "table":
            assert figure.column_header or figure.row_label, figure.raw
            # The cells named stand in the document, spaces and line breaks aside.
            folded = "".join(layout_of(document).folded.split())
            for label in filter(
                None, [*(figure.row_label or "").split(" / "), *(figure.column_header or "").split(" / ")]
            ):
                assert "".join(label.split()) in folded, label
        else:
            assert figure.layout == "prose"
            assert figure.column_header is figure.row_label is None


def test_every_field_has_the_type_and_the_codes_of_the_contract(path: Path) -> None:
    types = {"varchar": str, "double": (int, float), "integer": int}
    for figure in read(path)[1]:
        for field in FIELDS:
            value = getattr(figure, field.name)
            if value is None:
                assert not field.required, field.name
                continue
            assert isinstance(value, types[field.sql_type]) and not isinstance(value, bool), field.name
            if field.codes_from:
                assert value in codes(field.codes_from), (field.name, value)
            assert value != "", field.name
        assert 0 <= (figure.confidence or 0) <= 1
        assert figure.value >= 0


def test_reading_twice_gives_the_same_figures(path: Path) -> None:
    _, figures = read(path)
    assert extract_figures(read_document(path)) == figures


def test_every_number_is_a_figure_or_says_why_not(path: Path) -> None:
    document, figures = read(path)
    readings = read_quantities(document)
    assert [r.quantity.raw for r in readings if not r.measure and not r.reason and r.unit != "none"] == []
    assert sum(bool(r.measure) for r in readings) == len(figures)
