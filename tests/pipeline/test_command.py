"""The command `jixiao`: help, exit codes, what goes to which stream, settings."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from small_project import write_figures

from ingest.documents import read_document
from ingest.figures import extract_figures
from ingest.figures.contract import FIELD_NAMES
from ingest.paths import SAMPLES
from ingest.settings import DEFAULT_SOURCES, Settings, SettingsError
from ingest.warehouse.release import rebuild

COMMANDS = ("rebuild", "dashboard", "load", "fetch", "withdraw", "status", "sql", "extract", "text", "quantities")
REPORT = sorted((SAMPLES / "reports").glob("*_self_eval.txt"))[0]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself_with_an_example(jixiao, command: str) -> None:
    ended = jixiao(command, "--help")
    assert ended.code == 0
    assert re.search(rf"Examples?:\n\s+.*jixiao {command}", ended.out)


def test_asking_the_warehouse_does_not_wait_for_what_reads_reports() -> None:
    asked = (
        "import sys, typer, ingest.cli as cli; typer.main.get_command(cli.app).commands['sql'];"
        "print([name for name in sys.modules if name.startswith('ingest.figures')])"
    )
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_help_names_every_command_setting_and_exit_code(jixiao) -> None:
    ended = jixiao("--help")
    for word in (*COMMANDS, "JIXIAO_HOME", "JIXIAO_SOURCES", "JIXIAO_PORT"):
        assert word in ended.out
    assert [code for code in "01234" if re.search(rf"{code} [a-z]", ended.out.split("Exit codes:")[1])] == list("01234")


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["load"], ["sql"], ["sql", "select 1", "--format", "xml"], ["dashboard", "--port", "0"]]
)
def test_wrong_usage_is_exit_code_2(jixiao, arguments: list[str]) -> None:
    ended = jixiao(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert "Usage: jixiao" in ended.err


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("JIXIAO_PORT", "web"),
        ("JIXIAO_PORT", "70000"),
        ("JIXIAO_HOME", "{file}"),
        ("JIXIAO_STRICT_NAMES", "perhaps"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_named(
    jixiao, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str
) -> None:
    file = tmp_path / "file"
    file.touch()
    value = value.format(file=file)
    monkeypatch.setenv(name, value)
    ended = jixiao("status")
    assert (ended.code, ended.out) == (2, "")
    assert name in ended.err
    assert value in ended.err


def test_settings_have_defaults_and_are_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings.from_environment({}) == Settings()
    assert Settings.from_environment({"JIXIAO_HOME": " ", "JIXIAO_SOURCES": ""}).sources == DEFAULT_SOURCES
    monkeypatch.chdir(tmp_path)
    given = Settings.from_environment(
        {"JIXIAO_HOME": "here/../there", "JIXIAO_SOURCES": os.pathsep.join(["a", "", "/b"]), "JIXIAO_PORT": "9000"}
    )
    assert given.home == tmp_path / "there"
    assert given.sources == (tmp_path / "a", Path("/b"))
    assert given.port == 9000
    assert given.warehouse == tmp_path / "there" / "warehouse.duckdb"
    with pytest.raises(SettingsError, match="JIXIAO_PORT"):
        Settings.from_environment({"JIXIAO_PORT": "-1"})


def test_extract_prints_one_figure_a_line_and_touches_no_warehouse(jixiao, settings: Settings) -> None:
    ended = jixiao("extract", REPORT)
    figures = [json.loads(line) for line in ended.out.splitlines()]
    assert figures == [figure.as_dict() for figure in extract_figures(read_document(REPORT))] != []
    assert tuple(figures[0]) == FIELD_NAMES
    assert {figure["file"] for figure in figures} == {str(REPORT)}
    assert not settings.home.exists()


def test_the_offsets_of_figures_count_in_what_text_prints(jixiao) -> None:
    text = jixiao("text", REPORT).out
    figures = [json.loads(line) for line in jixiao("extract", REPORT).out.splitlines()]
    assert figures
    for figure in figures:
        assert digits(text[figure["start"] : figure["end"]]) == digits(figure["raw"])


def digits(text: str) -> str:
    """The digits in a text, full-width ones too."""
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", text))


def test_extract_as_csv_and_as_a_table_has_the_same_figures(jixiao) -> None:
    lines = jixiao("extract", REPORT).out.splitlines()
    rows = list(csv.DictReader(io.StringIO(jixiao("extract", REPORT, "--format", "csv").out)))
    assert [float(row["value"]) for row in rows] == [json.loads(line)["value"] for line in lines]
    table = jixiao("extract", REPORT, "--format", "table").out
    assert all(row["raw"] in table for row in rows)


def test_extract_goes_on_past_a_bad_file(jixiao, tmp_path: Path) -> None:
    shutil.copy(REPORT, tmp_path / "b.txt")
    (tmp_path / "a.txt").touch()
    ended = jixiao("extract", tmp_path, tmp_path / "missing")
    assert ended.code == 1
    assert {json.loads(line)["file"] for line in ended.out.splitlines()} == {str(tmp_path / "b.txt")}
    assert f"{tmp_path / 'a.txt'}: the file is empty" in ended.err
    assert f"{tmp_path / 'missing'}: there is no such file or folder" in ended.err


@pytest.mark.parametrize("command", ["text", "quantities"])
def test_a_file_that_cannot_be_read_is_named(jixiao, tmp_path: Path, command: str) -> None:
    ended = jixiao(command, tmp_path / "missing.txt")
    assert (ended.code, ended.out) == (1, "")
    assert "missing.txt: there is no such file" in ended.err


def test_quantities_has_every_figure_and_says_why_the_rest_are_none(jixiao) -> None:
    found = [json.loads(line) for line in jixiao("quantities", REPORT, "--format", "jsonl").out.splitlines()]
    figures = [json.loads(line) for line in jixiao("extract", REPORT).out.splitlines()]
    spans = {(quantity["start"], quantity["end"]) for quantity in found if quantity["measure"]}
    assert {(figure["start"], figure["end"]) for figure in figures} <= spans
    others = [quantity for quantity in found if not quantity["measure"]]
    assert others
    text = jixiao("text", REPORT).out
    assert all(text[quantity["start"] : quantity["end"]].strip() for quantity in found)


def test_quantities_lists_a_scale_whose_unit_is_left_out_and_leaves_out_a_bare_number(jixiao, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("全省经济总量突破3.5万亿，热线电话12345，班列开行9580列。\n", encoding="utf-8")
    found = [json.loads(line) for line in jixiao("quantities", report, "--format", "jsonl").out.splitlines()]
    assert [(q["raw"], q["value"], q["unit"], q["reason"]) for q in found] == [
        ("3.5万亿", 3.5e12, "none", "no_unit"),
        ("9580列", 9580, "other", "other_unit"),
    ]


def test_status_tells_what_is_held_and_what_to_put_right(quick: Settings, jixiao) -> None:
    assert "none published yet" in jixiao("status").out
    rebuild(quick)
    bad = quick.sources[0] / "empty.txt"
    bad.touch()
    assert jixiao("load", bad).code == 1
    told = jixiao("status").out
    assert "1 documents (1 figures_table), 2 figures" in told
    assert published_line(told).startswith("Release: 2")
    assert "empty_file: 1. Fetch it again" in told
    assert f"{bad}: the file is empty" in told
    as_json = json.loads(jixiao("status", "--format", "json").out)
    assert as_json["figures"] == 2
    assert [cause["cause"] for cause in as_json["causes"]] == ["empty_file"]
    assert [run["command"] for run in as_json["runs"]] == ["load", "rebuild"]
    # Removing the file settles it.
    bad.unlink()
    assert "To put right" not in jixiao("status").out


def published_line(told: str) -> str:
    return next(line for line in told.splitlines() if line.startswith("Release"))


def test_withdrawing_takes_a_document_out_of_the_next_release(quick: Settings, jixiao) -> None:
    more = quick.home.parent / "more.csv"
    shutil.copy(write_figures(quick, 8), more)
    write_figures(quick, 5)
    jixiao("load", more)
    assert rebuild(quick).release.document_count == 2
    ended = jixiao("withdraw", more)
    assert (ended.code, ended.out.split(" (")[0]) == (0, "loaded 0 documents with 0 figures, 0 unchanged, 1 withdrawn")
    assert rebuild(quick).release.document_count == 1


def test_no_terminal_codes_reach_a_pipe(quick: Settings, tmp_path: Path) -> None:
    environment = os.environ | {"FORCE_COLOR": "", "TERM": "xterm-256color"}
    for arguments in (["extract", str(REPORT), "-f", "table"], ["load", str(REPORT)], ["status"], ["--help"]):
        done = subprocess.run(
            [sys.executable, "-m", "ingest.cli", *arguments], capture_output=True, env=environment, check=True
        )
        assert b"\x1b" not in done.stdout + done.stderr


def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    command = f"'{sys.executable}' -m ingest.cli extract '{SAMPLES / 'reports'}' | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["file"]
    assert "Traceback" not in done.stderr


def test_the_dashboard_listens_on_this_machine_only(
    jixiao, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda program, arguments: started.append(arguments))
    monkeypatch.setattr(os, "chdir", lambda folder: None)
    monkeypatch.setenv("JIXIAO_HOME", os.path.relpath(settings.home))
    monkeypatch.setenv("JIXIAO_PORT", "9123")
    ended = jixiao("dashboard")
    assert ended.code == 0
    (arguments,) = started
    options = dict(zip(arguments[5::2], arguments[6::2], strict=True))
    assert options["--server.address"] == "127.0.0.1"
    assert options["--server.port"] == "9123"
    assert options["--browser.gatherUsageStats"] == "false"
    assert Path(arguments[4]).is_file()
    assert os.environ["JIXIAO_HOME"] == str(settings.home)
    assert "no warehouse is published yet" in ended.err
    assert "http://127.0.0.1:9123" in ended.err
