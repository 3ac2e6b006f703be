"""What `jixiao export` writes: files that others can read, complete, described, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import frictionless
import openpyxl
import pytest

sys.path.append(str(Path(__file__).parents[1] / "dashboard"))

import fixture_warehouse

from ingest.settings import Settings
from ingest.spreadsheets import FORMULA_STARTS, harmless, harmless_sql
from ingest.warehouse import export as exporting
from ingest.warehouse.errors import ExitCode, ExportRefused, NoRelease
from ingest.warehouse.export import export


@pytest.fixture
def warehouse(settings: Settings) -> Path:
    """A published release with every mart and hostile texts."""
    settings.home.mkdir(exist_ok=True)
    return fixture_warehouse.build(settings.warehouse)


def cells(path: Path) -> list[list[str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def ask(sql: str, *values: object) -> list[tuple]:
    """The rows of a query on a connection of its own: the module's own is shared with every other test."""
    with duckdb.connect() as connection:
        return connection.execute(sql, list(values)).fetchall()


def rows_of(parquet: Path, condition: str = "true", *values: object) -> int:
    """How many rows of a Parquet file meet a condition."""
    return ask(f"select count(*) from '{parquet}' where {condition}", *values)[0][0]


def test_each_mart_is_a_csv_and_a_parquet_file_with_all_its_rows(warehouse: Path, tmp_path: Path) -> None:
    done = export(warehouse, tmp_path / "out")
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        marts = {
            name: connection.execute(f"select count(*) from {name}").fetchone()[0]
            for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()
        }
    assert (done.marts, done.rows) == (len(marts), sum(marts.values()))
    for name, rows in marts.items():
        assert rows_of(tmp_path / "out" / "parquet" / f"{name}.parquet") == rows, name
        assert len(cells(tmp_path / "out" / "csv" / f"{name}.csv")) == rows + 1, name


def test_frictionless_finds_no_fault(warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export(warehouse, tmp_path / "out")
    monkeypatch.chdir(tmp_path / "out")
    report = frictionless.validate("datapackage.json")
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])[:10]
    assert {task.type for task in report.tasks} == {"table", "file"}


def test_frictionless_would_find_a_changed_file(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(warehouse, tmp_path / "out")
    with (tmp_path / "out" / "csv" / "dim_programme.csv").open("a") as stream:
        stream.write("only_one_cell\n")
    monkeypatch.chdir(tmp_path / "out")
    assert not frictionless.validate("datapackage.json").valid


def test_the_funding_table_says_what_its_columns_are_in_a_budget(warehouse: Path, tmp_path: Path) -> None:
    export(warehouse, tmp_path / "out")
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    funding = next(resource for resource in package["resources"] if resource["name"] == "fct_funding")
    types = {field["name"]: field.get("columnType") for field in funding["schema"]["fields"]}
    assert types["amount_cny"] == "value"
    assert types["fiscal_year"] == "date:fiscal-year"
    assert types["stage"] == "phase:id"
    assert types["choice_reason"] is None
    assert {resource["name"] for resource in package["resources"] if "columnTypes" in resource} == {"fct_funding"}
    assert package["version"] == package["jixiao"]["release"] == "20260102T030405-aaaaaa"
    assert package["jixiao"]["checks"]["violated"] > 0


def test_no_cell_of_a_csv_or_a_workbook_is_a_formula_and_parquet_has_the_text_as_it_is(
    warehouse: Path, tmp_path: Path
) -> None:
    export(warehouse, tmp_path / "out")
    hostile = fixture_warehouse.HOSTILE_ITEM
    rows = cells(tmp_path / "out" / "csv" / "fct_figures.csv")
    assert "'" + hostile in {cell for row in rows for cell in row}
    for file in (tmp_path / "out" / "csv").iterdir():
        texts = [cell for row in cells(file) for cell in row if cell.lstrip().startswith(FORMULA_STARTS)]
        assert all(text.lstrip("-").replace(".", "").isdigit() for text in texts), (file.name, texts)
    workbook = openpyxl.load_workbook(tmp_path / "out" / "jixiao.xlsx")
    assert workbook.sheetnames[0] == "notes"
    assert not [c for sheet in workbook for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert rows_of(tmp_path / "out" / "parquet" / "fct_figures.parquet", "item = ?", hostile) > 0


@pytest.mark.parametrize(
    "text",
    [
        *(sign + "1" for sign in FORMULA_STARTS),
        " \t=1",
        "　＝1",
        "\n-1",
        "\xa0=1",
        "\x1f\u2003@x",
        "\x85+1",
        "12-3",
        "高龄津贴",
        "",
        "'=1",
        "a=1",
    ],
)
def test_sql_and_python_agree_on_what_a_spreadsheet_would_run(text: str) -> None:
    assert ask(f"select {harmless_sql('cell')} from (select ? as cell)", text) == [(harmless(text),)]


def test_unknown_stays_empty_and_is_never_zero(warehouse: Path, tmp_path: Path) -> None:
    export(warehouse, tmp_path / "out")
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        unknown = connection.execute("select count(*) from fct_execution where stated_rate_pct is null").fetchone()[0]
    header, *rows = cells(tmp_path / "out" / "csv" / "fct_execution.csv")
    assert unknown and [row[header.index("stated_rate_pct")] for row in rows].count("") == unknown


def test_an_export_takes_the_place_of_an_earlier_one_and_of_nothing_else(warehouse: Path, tmp_path: Path) -> None:
    export(warehouse, tmp_path / "out")
    stale = tmp_path / "out" / "csv" / "gone_mart.csv"
    stale.write_text("x\n")
    export(warehouse, tmp_path / "out")
    assert not stale.exists()
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work")
    with pytest.raises(ExportRefused, match="no export of Jixiao"):
        export(warehouse, mine)
    with pytest.raises(ExportRefused, match="this is a file"):
        export(warehouse, mine / "thesis.txt")
    assert (mine / "thesis.txt").read_text() == "years of work"


def test_an_export_that_fails_leaves_the_earlier_one_whole(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(warehouse, tmp_path / "out")
    before = (tmp_path / "out" / "datapackage.json").read_bytes()

    def fail(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(exporting, "_write_workbook", fail)
    with pytest.raises(ExportRefused, match="no space left"):
        export(warehouse, tmp_path / "out")
    assert (tmp_path / "out" / "datapackage.json").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if "unfinished" in path.name] == []


def test_what_a_sheet_cannot_hold_is_left_out_and_named(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "CHARACTERS_OF_A_CELL", 100)
    done = export(warehouse, tmp_path / "out")
    assert any("dim_document_text" in sentence for sentence in done.left_out)
    workbook = openpyxl.load_workbook(tmp_path / "out" / "jixiao.xlsx")
    assert "dim_document_text" not in workbook.sheetnames and "dim_release" in workbook.sheetnames
    notes = [row[1].value for row in workbook["notes"].iter_rows()]
    assert set(done.left_out) <= set(notes)


def test_without_a_release_the_command_says_what_to_do(jixiao: Callable, settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(NoRelease):
        export(settings.warehouse, tmp_path / "out")
    ended = jixiao("export", tmp_path / "out")
    assert ended.code == ExitCode.SOME_FAILED
    assert "jixiao rebuild" in ended.err
    assert not (tmp_path / "out").exists()


def test_the_command_names_the_release_and_the_folder(jixiao: Callable, warehouse: Path, tmp_path: Path) -> None:
    ended = jixiao("export", tmp_path / "out")
    assert ended.code == 0
    assert "20260102T030405-aaaaaa" in ended.out
    assert str(tmp_path / "out") in ended.out
