"""Figures that somebody else extracted: good rows load, a bad row says where, what and what to do."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.documents import DocumentError, document_from_text
from ingest.figures import extract_figures
from ingest.figures.contract import codes
from ingest.paths import SAMPLES
from ingest.warehouse.records import Rejection, TableContents
from ingest.warehouse.schema import FIGURES
from ingest.warehouse.tables import read_figures_table

GOOD = {
    "department": "甲区民政局",
    "place_name": "乙省丙市甲区",
    "gb2260_code": "000001",
    "fiscal_year": "2023",
    "measure": "standard",
    "programme": "dibao",
    "residence": "urban",
    "value": "857",
    "unit": "CNY",
    "per": "month",
    "qualifier": "exact",
    "raw": "857元/人·月",
    "document_title": "甲区低保标准",
    "publisher": "甲区民政局",
    "source_url": "",
    "source_class": "official",
    "confidence": "high",
    "note": "from 2023-07-01",
}


def write_csv(path: Path, rows: list[dict[str, str]], encoding: str = "utf-8") -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def read(path: Path) -> TableContents:
    return read_figures_table(path, path.name)


def only_rejection(contents: TableContents) -> Rejection:
    assert len(contents.rejections) == contents.rejected_row_count == 1
    return contents.rejections[0]


def test_a_good_row_keeps_all_that_it_says(tmp_path: Path) -> None:
    contents = read(write_csv(tmp_path / "t.csv", [GOOD]))
    (document,) = contents.documents
    assert contents.rejections == []
    assert tuple(document.figures) == FIGURES.column_names
    figure = {name: values[0] for name, values in document.figures.items()}
    assert (
        figure
        | {
            "department": "甲区民政局",
            "place_code": "000001",
            "fiscal_year": 2023,
            "value": 857.0,
            "per": "month",
            "confidence": None,
            "stated_confidence": "high",
            "note": "from 2023-07-01",
            "care": None,
            "file": "t.csv",
            "document_id": document.document_id,
            "ordinal": 1,
        }
        == figure
    )
    assert document.document["title"] == "甲区低保标准"
    assert document.document["source_url"] is None


@pytest.mark.parametrize(
    ("changes", "row_column", "cause", "remedy"),
    [
        ({"unit": "RMB"}, "unit", "unknown_unit", "CNY"),
        ({"unit": "person"}, "unit", "unit_misfit", "Use one of: CNY"),
        ({"measure": "salary"}, "measure", "unknown_measure", "beneficiaries"),
        ({"programme": "lowest"}, "programme", "unknown_programme", "tekun"),
        ({"residence": "city"}, "residence", "unknown_residence", "rural, urban"),
        ({"per": "week"}, "per", "unknown_per", "month"),
        ({"qualifier": "maybe"}, "qualifier", "unknown_qualifier", "exact"),
        ({"value": ""}, "value", "missing", "Give it"),
        ({"raw": "  "}, "raw", "missing", "Give it"),
        ({"value": "1,234"}, "value", "not_a_number", "no separators"),
        ({"value": "inf"}, "value", "not_a_number", "digits"),
        ({"value": "nan"}, "value", "not_a_number", "digits"),
        ({"value": "1_000"}, "value", "not_a_number", "digits"),
        ({"value": "１２"}, "value", "not_a_number", "digits"),
        ({"fiscal_year": "23"}, "fiscal_year", "year", "1949"),
        ({"fiscal_year": "2023.5"}, "fiscal_year", "year", "1949"),
        ({"fiscal_year": "3023"}, "fiscal_year", "year", "1949"),
        ({"gb2260_code": "44"}, "gb2260_code", "place_code", "six digits"),
        ({"confidence": "1.5"}, "confidence", "confidence", "from 0 to 1"),
        ({"confidence": "sure"}, "confidence", "confidence", "high, medium, low"),
        ({"source_class": "blog"}, "source_class", "unknown_source_class", "official"),
        ({"measure": "beneficiaries", "unit": "person", "value": "-3"}, "value", "negative", "Correct"),
        ({"start": "3.5"}, "start", "not_an_integer", "Correct"),
        ({"start": "99999999999"}, "start", "not_an_integer", "Correct"),
    ],
)
def test_a_bad_cell_is_rejected_with_its_place_and_what_to_do(
    tmp_path: Path, changes: dict[str, str], row_column: str, cause: str, remedy: str
) -> None:
    table = write_csv(tmp_path / "t.csv", [{"start": ""} | GOOD, GOOD | changes, GOOD | {"value": "900"}])
    contents = read(table)
    rejection = only_rejection(contents)
    assert (rejection.file, rejection.row_number, rejection.column) == ("t.csv", 3, row_column)
    assert rejection.cause == cause
    assert remedy in rejection.remedy
    assert str(rejection).startswith(f"t.csv: row 3, column {row_column}: ")
    assert contents.documents[0].figures["value"] == [857.0, 900.0]


def test_an_unknown_unit_names_every_unit_that_is_allowed(tmp_path: Path) -> None:
    rejection = only_rejection(read(write_csv(tmp_path / "t.csv", [GOOD | {"unit": "块"}])))
    assert rejection.value == "块"
    assert all(unit in rejection.remedy for unit in codes("units"))


def test_all_that_is_wrong_with_a_row_is_told_at_once(tmp_path: Path) -> None:
    contents = read(write_csv(tmp_path / "t.csv", [GOOD | {"unit": "RMB", "value": "x", "fiscal_year": "1"}]))
    assert contents.rejected_row_count == 1
    assert {rejection.column for rejection in contents.rejections} == {"unit", "value", "fiscal_year"}


def test_counts_of_one_kind_may_be_in_any_unit_of_that_kind(tmp_path: Path) -> None:
    rows = [
        GOOD | {"measure": measure, "unit": unit, "per": "", "value": "3"}
        for measure, unit in [
            ("beneficiaries", "household"),
            ("beneficiaries", "person_time"),
            ("cases", "couple"),
            ("indicator_actual", "percent"),
            ("facilities", "facility"),
        ]
    ]
    assert read(write_csv(tmp_path / "t.csv", rows)).rejections == []
    wrong = read(write_csv(tmp_path / "t.csv", [rows[0] | {"unit": "bed"}]))
    assert only_rejection(wrong).cause == "unit_misfit"


def test_a_number_that_a_spreadsheet_wrote_as_a_float_is_still_a_year(tmp_path: Path) -> None:
    contents = read(write_csv(tmp_path / "t.csv", [GOOD | {"fiscal_year": "2023.0", "confidence": "0.85"}]))
    (document,) = contents.documents
    assert document.figures["fiscal_year"] == [2023]
    assert document.figures["confidence"] == [0.85]
    assert document.figures["stated_confidence"] == [None]


def test_rows_of_one_title_publisher_and_address_are_one_document(tmp_path: Path) -> None:
    rows = [
        GOOD,
        GOOD | {"department": "丁区民政局", "gb2260_code": "000002", "place_name": "乙省丙市丁区"},
        GOOD | {"publisher": "丙市民政局"},
        GOOD | {"source_url": "https://example.org/a", "fiscal_year": "2022"},
    ]
    contents = read(write_csv(tmp_path / "t.csv", rows))
    assert [document.figure_count for document in contents.documents] == [2, 1, 1]
    shared, *_ = contents.documents
    # What differs within a document is a figure's, not the document's.
    assert shared.document["department"] is None
    assert shared.document["fiscal_year"] == 2023
    assert shared.figures["place_code"] == ["000001", "000002"]
    assert len({document.origin.source_key for document in contents.documents}) == 3


def test_a_document_is_only_as_good_as_its_weakest_source(tmp_path: Path) -> None:
    contents = read(write_csv(tmp_path / "t.csv", [GOOD, GOOD | {"source_class": "mirror"}]))
    assert contents.documents[0].document["source_class"] == "mirror"


def test_figures_alike_in_all_but_their_place_have_ids_of_their_own(tmp_path: Path) -> None:
    contents = read(write_csv(tmp_path / "t.csv", [GOOD, GOOD, GOOD | {"value": "900"}]))
    ids = contents.documents[0].figures["figure_id"]
    assert len(set(ids)) == 3
    again = read(write_csv(tmp_path / "t.csv", [GOOD, GOOD, GOOD | {"value": "900"}]))
    assert again.documents[0].figures["figure_id"] == ids


def test_the_order_of_columns_and_empty_ones_do_not_make_another_document(tmp_path: Path) -> None:
    first = read(write_csv(tmp_path / "a.csv", [GOOD])).documents[0]
    second = read(write_csv(tmp_path / "b.csv", [dict(reversed(GOOD.items())) | {"item": ""}])).documents[0]
    assert first.document_id == second.document_id


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encodings_that_spreadsheets_write_are_read(tmp_path: Path, encoding: str) -> None:
    contents = read(write_csv(tmp_path / "t.csv", [GOOD] * 5, encoding))
    assert contents.documents[0].figures["department"] == ["甲区民政局"] * 5


def test_unknown_columns_are_named_and_ignored(tmp_path: Path) -> None:
    contents = read(write_csv(tmp_path / "t.csv", [GOOD | {"colour": "red", "weight": "3"}]))
    assert contents.ignored_columns == ("colour", "weight")
    assert len(contents.documents) == 1


def test_a_row_with_too_many_or_too_few_cells_is_rejected(tmp_path: Path) -> None:
    table = write_csv(tmp_path / "t.csv", [GOOD])
    good_line = table.read_text(encoding="utf-8").splitlines()[1]
    table.write_text(
        table.read_text(encoding="utf-8") + good_line + ",surplus\nshort,row\n\n" + good_line + "\n", "utf-8"
    )
    contents = read(table)
    assert {r.row_number for r in contents.rejections if r.cause == "cells"} == {3, 4}
    assert contents.documents[0].figure_count == 2


def test_a_document_all_of_whose_rows_are_bad_is_remembered_as_being_there(tmp_path: Path) -> None:
    contents = read(write_csv(tmp_path / "t.csv", [GOOD, GOOD | {"document_title": "另一份", "unit": "RMB"}]))
    assert [document.document["title"] for document in contents.documents] == ["甲区低保标准"]
    (unusable,) = contents.unusable
    assert "另一份" in unusable


@pytest.mark.parametrize(
    ("content", "cause", "says"),
    [
        (b"", "empty_file", "empty"),
        (b"measure,value\nstandard,3\n", "not_figures_table", "unit, raw"),
        (b"measure,value,unit,raw\nstandard,3,CNY,3\n", "not_figures_table", "document_title or file"),
        (b"measure,value,unit,raw,document_title\n", "empty_table", "no rows"),
        (b"measure,value,unit,raw,file,value\n1,2,3,4,5,6\n", "repeated_column", "value"),
        (b"measure,value,unit,raw,file,gb2260_code,place_code\n1,2,3,4,5,6,7\n", "repeated_column", "place_code"),
        (bytes(range(256)) * 4, "not_text", "binary"),
    ],
)
def test_a_file_that_is_no_figures_table_says_so(tmp_path: Path, content: bytes, cause: str, says: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with pytest.raises(DocumentError) as caught:
        read(path)
    assert (caught.value.file, caught.value.cause) == ("t.csv", cause)
    assert says in caught.value.message
    assert caught.value.remedy


def test_json_lines_are_read_as_csv_is(tmp_path: Path) -> None:
    typed = GOOD | {"value": 857, "fiscal_year": 2023, "source_url": None}
    table = tmp_path / "t.jsonl"
    lines = [json.dumps(typed), "", "{not json", "[1]", json.dumps(typed | {"value": [1]}), json.dumps({"value": 1})]
    table.write_text("\n".join(lines), encoding="utf-8")
    contents = read(table)
    as_csv = read(write_csv(tmp_path / "t.csv", [GOOD]))
    assert contents.documents[0].figures["value"] == as_csv.documents[0].figures["value"]
    assert {(r.row_number, r.cause) for r in contents.rejections if r.row_number < 6} == {
        (3, "malformed"),
        (4, "malformed"),
        (5, "type"),
    }
    assert {r.column for r in contents.rejections if r.row_number == 6} == {"measure", "unit", "raw"}


def test_half_a_character_is_rejected_not_stored(tmp_path: Path) -> None:
    table = tmp_path / "t.jsonl"
    table.write_text(json.dumps(GOOD | {"note": "\ud800"}), encoding="utf-8")
    assert only_rejection(read(table)).cause == "encoding"


def test_control_characters_of_a_bad_cell_do_not_reach_the_terminal(tmp_path: Path) -> None:
    rejection = only_rejection(read(write_csv(tmp_path / "t.csv", [GOOD | {"unit": "\x1b[31mRMB"}])))
    assert "\x1b" not in (rejection.value or "")


def test_what_extract_prints_can_be_loaded(tmp_path: Path) -> None:
    report = next((SAMPLES / "reports").glob("*_2022_self_eval.txt"))
    figures = extract_figures(document_from_text(report.read_text(encoding="utf-8"), file="r.txt"))
    assert figures
    table = tmp_path / "t.jsonl"
    table.write_text("\n".join(json.dumps(figure.as_dict()) for figure in figures), encoding="utf-8")
    contents = read(table)
    assert contents.rejections == []
    (document,) = contents.documents
    assert document.figures["value"] == [figure.value for figure in figures]
    assert document.figures["quote"] == [figure.quote for figure in figures]


@given(
    st.lists(
        st.fixed_dictionaries(
            {}, optional={name: st.text(max_size=20) | st.sampled_from(sorted(set(GOOD.values()))) for name in GOOD}
        ),
        min_size=1,
        max_size=6,
    )
)
def test_any_cells_end_as_a_figure_or_a_rejection(tmp_path_factory: pytest.TempPathFactory, rows: list[dict]) -> None:
    table = tmp_path_factory.mktemp("any") / "t.jsonl"
    table.write_text("\n".join(json.dumps(row) for row in [GOOD, *rows]), encoding="utf-8")
    contents = read(table)
    loaded = sum(document.figure_count for document in contents.documents)
    assert contents.row_count == len(rows) + 1
    assert loaded == contents.row_count - contents.rejected_row_count
    assert {r.row_number for r in contents.rejections} <= set(range(2, len(rows) + 2))
