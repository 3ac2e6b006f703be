"""The originals of PDFs: kept by content as long as a source has it, within limits, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from ingest.documents import document_from_text
from ingest.settings import Settings
from ingest.warehouse.loading import load, withdraw
from ingest.warehouse.originals import Originals
from tests.ingest.printed_reports import print_report

FIRST, SECOND = "1" * 32, "2" * 32


def report(number: int) -> bytes:
    body = f"云渡县民政局2022年度部门整体支出绩效自评报告\n\n全年支出{number}.50万元。"
    return print_report(document_from_text(body))


def kept(settings: Settings) -> list[bytes]:
    return [path.read_bytes() for path in sorted(settings.originals.iterdir())] if settings.originals.exists() else []


def test_the_original_stays_while_a_source_has_it(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a.pdf").write_bytes(report(1))
    (reports / "copy.pdf").write_bytes(report(1))
    (reports / "plain.txt").write_text("云渡县民政局2022年度部门整体支出绩效自评报告\n\n全年支出3.50万元。")
    load([reports], settings, command="load")
    assert kept(settings) == [report(1)], "one copy of equal files, none of a text"
    withdraw([reports / "a.pdf"], settings, command="withdraw")
    assert kept(settings) == [report(1)], "its copy still has it"
    (reports / "copy.pdf").write_bytes(report(2))
    load([reports / "copy.pdf"], settings, command="load")
    assert kept(settings) == [report(2)], "the file has another content now"
    withdraw([reports], settings, command="withdraw")
    assert kept(settings) == []


def test_a_member_of_an_archive_is_kept_too(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    with ZipFile(tmp_path / "reports.zip", "w") as archive:
        archive.writestr("2022/a.pdf", report(1))
    load([tmp_path / "reports.zip"], settings, command="load")
    assert kept(settings) == [report(1)]


def test_where_the_original_cannot_be_kept_the_report_is_loaded_and_says_so(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    settings.home.mkdir()
    settings.originals.write_text("in the way")
    (tmp_path / "a.pdf").write_bytes(report(1))
    summary = load([tmp_path / "a.pdf"], settings, command="load")
    assert summary.documents["ok"] == 1
    assert any("original" in (note.message or "") for note in summary.notes)


def test_limits_hold_for_one_file_and_for_all(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "originals", most_bytes_each=10, most_bytes_all=15)
    assert not originals.keep(FIRST, b"x" * 11)
    assert originals.keep(FIRST, b"x" * 10) and originals.keep(FIRST, b"x" * 10)
    assert not originals.keep(SECOND, b"y" * 6) and originals.keep(SECOND, b"y" * 5)
    assert originals.remove_all_but({SECOND}) == 1
    assert originals.path_of(FIRST) is None and originals.path_of(SECOND) is not None


def test_what_a_killed_run_left_is_removed_and_never_taken_for_an_original(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "originals")
    originals.keep(FIRST, b"whole")
    (originals.folder / f"{SECOND}.0badcafe.partial").write_bytes(b"hal")
    assert originals.path_of(SECOND) is None
    originals.remove_all_but({FIRST})
    assert [path.name for path in originals.folder.iterdir()] == [FIRST]


@pytest.mark.parametrize("name", ["../store.duckdb", "", "1" * 31, "A" * 32])
def test_only_a_document_id_names_an_original(tmp_path: Path, name: str) -> None:
    (tmp_path / "store.duckdb").write_bytes(b"")
    (tmp_path / "originals").mkdir()
    assert Originals(tmp_path / "originals").path_of(name) is None
