import csv
import io
import json

import pandas as pd
import pyarrow.parquet as pq
import pytest

from dashboard import downloads
from dashboard.downloads import Table
from ingest.spreadsheets import FORMULA_STARTS, harmless

TABLE = Table(
    "=标题",
    pd.DataFrame(
        {
            "部门": ["荔湾区", '=HYPERLINK("http://example.invalid")', "@x", " +1", "＝1"],
            "数值": [313129100.0, None, -5.0, 0.0, 1.5],
            "年度": pd.array([2023, None, 2021, 2020, 2019], dtype="Int64"),
        }
    ),
    ["来源：=cmd|' /C calc'!A0", "说明"],
)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "＋1", "\n=1"])
def test_texts_that_a_spreadsheet_would_run_are_quoted(text):
    assert harmless(text) == "'" + text


def test_numbers_and_plain_texts_stay_as_they_are():
    assert [harmless(v) for v in (-5.0, 0, None, "荔湾区-民政局", "97.2%")] == [-5.0, 0, None, "荔湾区-民政局", "97.2%"]


def test_csv_opens_in_excel_with_its_notes_and_runs_nothing():
    content = downloads.to_csv(TABLE)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0] == ["部门", "数值", "年度"]
    assert rows[1] == ["荔湾区", "313129100.0", "2023"]
    assert rows[2] == ['\'=HYPERLINK("http://example.invalid")', "", ""], "unknown is empty, never 0"
    assert rows[3][1] == "-5.0", "a negative number stays a number"
    assert rows[6] == []
    assert [r[0] for r in rows[7:]] == ["'=标题", "来源：=cmd|' /C calc'!A0", "说明"]
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA_STARTS) and cell != "-5.0"]


def test_parquet_keeps_types_and_notes():
    read = pq.read_table(io.BytesIO(downloads.to_parquet(TABLE)))
    assert read.column("数值").to_pylist()[:2] == [313129100.0, None]
    assert json.loads(read.schema.metadata[b"jixiao"])["notes"] == list(TABLE.notes)


def test_xlsx_holds_texts_as_texts():
    pytest.importorskip("xlsxwriter", reason="XLSX downloads need XlsxWriter")
    import zipfile

    with zipfile.ZipFile(io.BytesIO(downloads.to_xlsx(TABLE))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "HYPERLINK" in strings and "313129100" in sheet and "来源" in strings
