"""Loading: the same input twice changes nothing, a changed one keeps its past, and each bad one is accounted for."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from ingest.documents import Document
from ingest.figures.contract import Figure
from ingest.paths import PROJECT_ROOT, SAMPLES
from ingest.settings import Settings
from ingest.warehouse import loading, locks, reports, store, versions
from ingest.warehouse.errors import StoreBusy, StoreUnusable
from ingest.warehouse.loading import load, load_into, withdraw
from ingest.warehouse.locks import locked
from ingest.warehouse.status import read_status
from ingest.warehouse.store import lock_path, open_store
from ingest.warehouse.summary import LoadSummary

TABLE_HEADER = "department,measure,value,unit,raw,document_title\n"


def plain_figures(document: Document) -> list[Figure]:
    """An extraction that anybody can check by eye: every number before 万元 is an expenditure."""
    nothing = dict.fromkeys(("programme", "residence", "care", "fund_source", "spending_type", "stage", "indicator"))
    return [
        Figure(
            file=document.file,
            document_id=document.document_id,
            department=document.profile.department,
            fiscal_year=document.profile.fiscal_year,
            measure="expenditure",
            value=float(found[1]) * 10_000,
            unit="CNY",
            per=None,
            qualifier="exact",
            raw=found[0],
            quote=found[0],
            start=found.start(),
            end=found.end(),
            page=None,
            confidence=1.0,
            **nothing,
        )
        for found in re.finditer(r"(\d+)万元", document.text)
    ]


@pytest.fixture(autouse=True)
def _plain_extraction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "extract_figures", plain_figures)


@pytest.fixture
def report(settings: Settings) -> Callable[..., Path]:
    """Write a report that states these amounts in 万元 into the source folder."""

    def write(name: str, *amounts: int, folder: Path | None = None) -> Path:
        path = (folder or settings.sources[0]) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        sentences = "".join(f"支出{amount}万元。" for amount in amounts)
        path.write_text(f"甲县民政局2023年度部门整体支出绩效自评报告\n\n{sentences}\n", encoding="utf-8")
        return path

    return write


@contextmanager
def opened(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(settings.store), read_only=True) as connection:
        yield connection


def ask(settings: Settings, sql: str) -> list[tuple]:
    with opened(settings) as connection:
        return connection.execute(sql).fetchall()


def current_values(settings: Settings) -> list[float]:
    """The values of the figures that the next release shows."""
    return [
        value
        for (value,) in ask(
            settings,
            """
            select value from raw.figures semi join (from raw.documents where is_current) using (document_id) order by 1
            """,
        )
    ]


def rebuild_load(settings: Settings) -> LoadSummary:
    """Load as a rebuild does: what is gone from the sources is withdrawn."""
    with open_store(settings.store, "rebuild", versions.extractor_version()) as opened_store:
        return load_into(opened_store, settings.sources, settings, withdraw_missing=True)


def last_outcomes(settings: Settings) -> list[tuple]:
    return ask(
        settings,
        """
        select stage, status, cause from raw.outcomes
        where last_run_id = (select max_by(run_id, started_at) from raw.runs) order by last_at, stage
        """,
    )


def test_a_report_becomes_a_document_with_figures_and_outcomes(settings: Settings, report) -> None:
    path = report("a.txt", 12, 34)
    summary = load([path], settings, command="load")
    assert summary.documents == Counter(ok=1)
    assert summary.figures == 2
    ((file, key, title, department, year, source_class, text, is_current),) = ask(
        settings,
        "select file, source_key, title, department, fiscal_year, source_class, text, is_current from raw.documents",
    )
    assert (file, key, department, year, source_class, is_current) == (
        str(path),
        str(path),
        "甲县民政局",
        2023,
        "local",
        True,
    )
    assert "自评报告" in title
    for start, end, raw in ask(settings, 'select start, "end", raw from raw.figures'):
        assert text[start:end] == raw
    assert sorted(last_outcomes(settings)) == [
        ("extracted", "ok", None),
        ("loaded", "ok", None),
        ("read", "ok", None),
    ]


def test_the_same_report_twice_changes_nothing(settings: Settings, report) -> None:
    path = report("a.txt", 12)
    load([path], settings, command="load")
    before = ask(settings, "from raw.documents"), ask(settings, "from raw.figures")
    summary = load([path], settings, command="load")
    assert summary.documents == Counter(unchanged=1)
    assert summary.figures == 0
    assert (ask(settings, "from raw.documents"), ask(settings, "from raw.figures")) == before
    assert {status for _, status, _ in last_outcomes(settings)} == {"unchanged"}


def outcomes(settings: Settings) -> list[tuple]:
    return ask(
        settings,
        """
        select split_part(file, '/', -1), stage, status, cause, run_id = last_run_id as once, is_current
        from raw.outcomes order by source_key, stage, "at", status
        """,
    )


def test_looking_again_at_what_stays_as_it_is_adds_no_row(settings: Settings, report) -> None:
    report("good.txt", 12)
    (settings.sources[0] / "empty.txt").touch()
    rows = "".join(f"甲县民政局,2023,expenditure,5,{unit},5元,甲县决算\n" for unit in ("CNY", "yuan"))
    (settings.sources[0] / "figures.csv").write_text(
        f"department,fiscal_year,measure,value,unit,raw,document_title\n{rows}", encoding="utf-8"
    )
    for _ in range(3):
        rebuild_load(settings)
    held = outcomes(settings)
    assert [row for row in held if row[0] == "empty.txt"] == [
        ("empty.txt", "read", "failed", "empty_file", False, True)
    ]
    assert [row for row in held if row[0] == "good.txt" and row[1] == "read"] == [
        ("good.txt", "read", "ok", None, True, False),
        ("good.txt", "read", "unchanged", None, False, True),
    ]
    assert [row for row in held if row[0] == "figures.csv" and row[1] == "read"] == [
        ("figures.csv", "read", "rejected", "rejected_rows", False, True)
    ]
    assert ask(settings, "select count(*) from raw.rejections") == [(1,)]
    rebuild_load(settings)
    assert outcomes(settings) == held
    assert [(run.loaded, run.failed) for run in read_status(settings).runs] == [(0, 2), (0, 2), (0, 2), (2, 2)]


def test_a_state_that_an_input_left_stays_in_the_record(settings: Settings, report) -> None:
    path = report("a.txt", 12)
    rebuild_load(settings)
    content = path.read_bytes()
    path.write_bytes(b"")
    rebuild_load(settings)
    path.write_bytes(content)
    rebuild_load(settings)
    read = [(status, is_current) for _, stage, status, _, _, is_current in outcomes(settings) if stage == "read"]
    assert read == [("ok", False), ("failed", False), ("unchanged", True)]


def test_what_failed_and_is_gone_is_settled_by_a_rebuild(settings: Settings, report) -> None:
    report("good.txt", 12)
    bad = settings.sources[0] / "empty.txt"
    bad.touch()
    rebuild_load(settings)
    bad.unlink()
    for _ in range(2):
        rebuild_load(settings)
    assert [row[1:4] for row in outcomes(settings) if row[0] == "empty.txt" and row[5]] == [
        ("read", "withdrawn", "file_gone")
    ]


def test_the_record_of_an_earlier_jixiao_is_folded(settings: Settings, report) -> None:
    report("a.txt", 12)
    rebuild_load(settings)
    with duckdb.connect(str(settings.store)) as connection:
        columns = 'run_id, source_key, file, document_id, stage, status, cause, message, remedy, figures, seconds, "at"'
        connection.execute(f"create table raw.kept as select {columns} from raw.outcomes")
        for number in (1, 2, 3):
            connection.execute(
                f"""
                insert into raw.kept
                select * replace ('run{number}' as run_id, 'unchanged' as status, "at" + interval {number} hour as "at")
                from raw.kept where stage = 'read' and run_id not like 'run%'
                """
            )
            connection.execute(
                f"insert into raw.runs (run_id, started_at, command, extractor_version) values ('run{number}', now(), 'load', 'x')"
            )
        connection.execute("drop table raw.outcomes")
        connection.execute("alter table raw.kept rename to outcomes")
        for column in ("loaded", "failed"):
            connection.execute(f"alter table raw.runs drop column {column}")
    with open_store(settings.store, "load", versions.extractor_version()):
        pass
    read = ask(
        settings,
        "select status, run_id like 'run%', last_run_id, is_current from raw.outcomes where stage = 'read' order by \"at\"",
    )
    assert [row[:2] for row in read] == [("ok", False), ("unchanged", True)]
    assert read[1][2:] == ("run3", True)
    assert not read[0][3]
    assert ask(settings, "select loaded from raw.runs where command = 'rebuild'") == [(1,)]
    rebuild_load(settings)
    assert ask(settings, "select count(*) from raw.outcomes where stage = 'read'") == [(2,)]


def test_a_changed_file_replaces_its_figures_and_keeps_its_past(settings: Settings, report) -> None:
    load([report("a.txt", 12)], settings, command="load")
    load([report("a.txt", 13, 14)], settings, command="load")
    assert current_values(settings) == [130_000, 140_000]
    rows = ask(settings, "select document_id, is_current, superseded_by from raw.documents order by is_current")
    (old, old_is_current, replaced_by), (new, new_is_current, _) = rows
    assert (old_is_current, new_is_current, replaced_by) == (False, True, new)
    assert ask(settings, f"select value from raw.figures where document_id = '{old}'") == [(120_000,)]


def test_a_file_that_goes_back_to_what_it_said_is_that_version_again(settings: Settings, report) -> None:
    for amount in (12, 13, 12):
        load([report("a.txt", amount)], settings, command="load")
    assert current_values(settings) == [120_000]
    assert ask(settings, "select count(*), count(superseded_by) from raw.documents") == [(2, 1)]


def test_two_copies_are_one_document_until_both_are_gone(settings: Settings, report) -> None:
    first, second = report("a.txt", 12), report("b.txt", 12)
    summary = rebuild_load(settings)
    assert summary.documents == Counter(ok=1, unchanged=1)
    assert ("loaded", "unchanged", "duplicate") in last_outcomes(settings)
    report("a.txt", 99)
    rebuild_load(settings)
    assert current_values(settings) == [120_000, 990_000]
    assert ask(settings, "select file from raw.documents order by file") == [(str(first),), (str(second),)]
    assert ask(settings, "select distinct file from raw.figures where value = 120000") == [(str(second),)]
    second.unlink()
    rebuild_load(settings)
    assert current_values(settings) == [990_000]


def test_a_moved_file_is_the_same_document(settings: Settings, report) -> None:
    path = report("a.txt", 12)
    load([path], settings, command="load")
    moved = path.rename(path.with_name("moved.txt"))
    summary = load([moved], settings, command="load")
    assert summary.documents == Counter(unchanged=1, withdrawn=1)
    assert ask(settings, "select source_key, is_current from raw.documents") == [(str(moved), True)]
    # Its new place is what counts from now on.
    report("moved.txt", 13)
    load([moved], settings, command="load")
    assert current_values(settings) == [130_000]


def test_a_file_that_is_gone_is_withdrawn_and_comes_back_with_the_file(settings: Settings, report) -> None:
    report("a.txt", 12)
    gone = report("deep/b.txt", 13)
    rebuild_load(settings)
    gone.unlink()
    assert rebuild_load(settings).documents == Counter(unchanged=1, withdrawn=1)
    assert ("loaded", "withdrawn", "file_gone") in last_outcomes(settings)
    assert current_values(settings) == [120_000]
    assert ask(settings, "select count(*) from raw.figures") == [(2,)]
    report("deep/b.txt", 13)
    assert rebuild_load(settings).documents == Counter(unchanged=2)
    assert current_values(settings) == [120_000, 130_000]


def test_a_source_folder_that_is_missing_as_a_whole_withdraws_nothing(settings: Settings, report) -> None:
    report("a.txt", 12)
    rebuild_load(settings)
    settings.sources[0].rename(settings.home.parent / "not mounted")
    summary = rebuild_load(settings)
    assert [problem.cause for problem in summary.problems] == ["not_found"]
    assert str(settings.sources[0]) in summary.problems[0].origin.file
    assert current_values(settings) == [120_000]


def test_what_was_loaded_by_hand_outlives_a_rebuild(settings: Settings, report, tmp_path: Path) -> None:
    elsewhere = report("c.txt", 15, folder=tmp_path / "elsewhere")
    load([elsewhere], settings, command="load")
    elsewhere.unlink()
    rebuild_load(settings)
    assert current_values(settings) == [150_000]


def test_the_operator_can_let_go_of_a_folder(settings: Settings, report) -> None:
    report("keep/a.txt", 12)
    report("go/b.txt", 13)
    load(settings.sources, settings, command="load")
    summary = withdraw([settings.sources[0] / "go"], settings, command="withdraw")
    assert summary.documents == Counter(withdrawn=1)
    assert current_values(settings) == [120_000]
    again = withdraw([settings.sources[0] / "go"], settings, command="withdraw")
    assert [problem.cause for problem in again.problems] == ["not_loaded"]


def test_a_new_extractor_reads_again_and_leaves_no_figure_of_the_old_one(
    settings: Settings, report, monkeypatch: pytest.MonkeyPatch
) -> None:
    load([report("a.txt", 12, 13)], settings, command="load")
    ((first_loaded,),) = ask(settings, "select loaded_at from raw.documents")
    monkeypatch.setattr(loading, "extractor_version", lambda: "next")
    monkeypatch.setattr(reports, "extract_figures", lambda document: plain_figures(document)[:1])
    summary = load(settings.sources, settings, command="load")
    assert summary.documents == Counter(ok=1)
    assert current_values(settings) == [120_000]
    assert ask(settings, "select extractor_version, loaded_at from raw.documents") == [("next", first_loaded)]
    assert ask(settings, "select count(*) from raw.figures") == [(1,)]


def test_a_word_added_to_the_vocabulary_is_a_new_extractor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = tmp_path / "vocabulary"
    words.mkdir()
    (words / "programmes.csv").write_text("programme\ndibao\n", encoding="utf-8")
    monkeypatch.setattr(versions, "_EXTRACTION", (words,))
    monkeypatch.setattr(versions, "PROJECT_ROOT", tmp_path)
    versions.extractor_version.cache_clear()
    before = versions.extractor_version()
    (words / "programmes.csv").write_text("programme\ndibao\ntekun\n", encoding="utf-8")
    versions.extractor_version.cache_clear()
    try:
        assert versions.extractor_version() != before
    finally:
        versions.extractor_version.cache_clear()


def test_another_version_of_a_reader_is_a_new_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    before = versions.extractor_version()
    real_version = versions.version
    monkeypatch.setattr(versions, "version", lambda name: "99" if name == "pypdfium2" else real_version(name))
    versions.extractor_version.cache_clear()
    try:
        assert versions.extractor_version() != before
    finally:
        versions.extractor_version.cache_clear()


def test_bad_files_are_each_named_and_the_rest_goes_on(settings: Settings, report, jixiao) -> None:
    folder = settings.sources[0]
    report("good.txt", 12)
    (folder / "empty.txt").touch()
    (folder / "picture.txt").write_bytes(b"GIF89a" + bytes(range(256)) * 8)
    (folder / "gb.txt").write_bytes("乙县民政局2022年度部门整体支出绩效自评报告\n\n支出77万元。\n".encode("gb18030"))
    (folder / "figures.csv").write_text(
        TABLE_HEADER + "乙县民政局,expenditure,5,CNY,5元,乙\n乙县民政局,expenditure,6,RMB,6元,乙\n", encoding="utf-8"
    )
    ended = jixiao("load", folder, settings.home / "no such folder")
    assert ended.code == 1
    assert "empty.txt: the file is empty" in ended.err
    assert "picture.txt: the file is a picture" in ended.err
    assert "no such folder: there is no such file or folder" in ended.err
    assert re.search(
        r"figures\.csv: row 3, column unit: RMB is no unit that is known\. Use one of: .*\bCNY\b", ended.err
    )
    assert "Traceback" not in ended.err
    assert current_values(settings) == [5.0, 120_000, 770_000]
    assert ask(settings, "select row_number, column_name, value, cause from raw.rejections") == [
        (3, "unit", "RMB", "unknown_unit")
    ]
    failed = {cause for _, status, cause in last_outcomes(settings) if status in ("failed", "rejected")}
    assert failed == {"empty_file", "unsupported_format", "not_found", "rejected_rows"}


def test_an_unreadable_file_is_an_outcome(settings: Settings, report, monkeypatch: pytest.MonkeyPatch) -> None:
    locked_away = report("locked.txt", 12)
    report("open.txt", 13)
    locked_away.chmod(0)
    if os.access(locked_away, os.R_OK):
        # A superuser reads everything: let the system call fail as it would for others.
        real_open = os.open

        def refuse(path: Path, *arguments: int) -> int:
            if path == locked_away:
                raise PermissionError(13, "Permission denied", str(path))
            return real_open(path, *arguments)

        monkeypatch.setattr(os, "open", refuse)
    summary = load(settings.sources, settings, command="load")
    assert [(p.cause, p.origin.file) for p in summary.problems] == [("unreadable", str(locked_away))]
    assert "Permission denied" in summary.problems[0].message
    assert current_values(settings) == [130_000]


def test_a_file_that_turns_bad_keeps_its_last_good_version(settings: Settings, report) -> None:
    path = report("a.txt", 12)
    load([path], settings, command="load")
    path.write_bytes(b"")
    assert len(rebuild_load(settings).problems) == 1
    assert current_values(settings) == [120_000]


def test_a_pipe_is_refused_and_does_not_hang(settings: Settings, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    summary = load([tmp_path / "pipe.txt"], settings, command="load")
    assert [problem.cause for problem in summary.problems] == ["not_a_file"]


def test_a_fault_in_the_extraction_costs_one_report_only(
    settings: Settings, report, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(document: Document) -> list[Figure]:
        if "13万元" in document.text:
            raise ZeroDivisionError("oh")
        return plain_figures(document)

    monkeypatch.setattr(reports, "extract_figures", faulty)
    for amount in (12, 13, 14):
        report(f"{amount}.txt", amount)
    summary = load(settings.sources, settings, command="load")
    assert [(p.stage, p.cause) for p in summary.problems] == [("extracted", "internal_error")]
    assert "ZeroDivisionError: oh" in summary.problems[0].message
    assert current_values(settings) == [120_000, 140_000]
    # It is tried again, and not taken for done.
    monkeypatch.setattr(reports, "extract_figures", plain_figures)
    load(settings.sources, settings, command="load")
    assert current_values(settings) == [120_000, 130_000, 140_000]


def test_a_document_that_the_store_refuses_is_not_half_loaded_and_costs_no_other(
    settings: Settings, report, monkeypatch: pytest.MonkeyPatch
) -> None:
    def impossible(document: Document) -> list[Figure]:
        figures = plain_figures(document)
        for figure in figures[1:]:
            if figure.value == 130_000:
                figure.raw = None  # the table says not null, and finds it only at the second figure
        return figures

    monkeypatch.setattr(reports, "extract_figures", impossible)
    report("a.txt", 1)
    report("b.txt", 12, 13)
    report("c.txt", 2)
    summary = load(settings.sources, settings, command="load")
    assert [(p.stage, p.cause) for p in summary.problems] == [("loaded", "store_error")]
    assert current_values(settings) == [10_000, 20_000]
    assert ask(settings, "select count(*) from raw.documents") == [(2,)]


def test_small_batches_give_what_one_batch_gives(settings: Settings, report, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        report(f"{number}.txt", number, number + 1)
    report("copy of 3.txt", 3, 4)
    monkeypatch.setattr(loading, "BATCH_FIGURES", 3)
    summary = load(settings.sources, settings, command="load")
    assert summary.documents == Counter(ok=7, unchanged=1)
    assert len(current_values(settings)) == 14


def test_a_load_that_is_interrupted_keeps_what_it_did(
    settings: Settings, report, jixiao, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(document: Document) -> list[Figure]:
        if "13万元" in document.text:
            raise KeyboardInterrupt
        return plain_figures(document)

    for amount in (12, 13, 14):
        report(f"{amount}.txt", amount)
    monkeypatch.setattr(reports, "extract_figures", interrupted)
    ended = jixiao("load", *settings.sources)
    assert ended.code == 130
    assert "What was loaded is kept" in ended.err
    assert current_values(settings) == [120_000]
    assert ask(settings, "select finished_at from raw.runs") == [(None,)]
    monkeypatch.setattr(reports, "extract_figures", plain_figures)
    assert load(settings.sources, settings, command="load").documents == Counter(ok=2, unchanged=1)


def table(settings: Settings, *rows: str) -> Path:
    path = settings.sources[0] / "figures.csv"
    path.write_text(TABLE_HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


FIRST, SECOND = "甲局,expenditure,5,CNY,5元,第一份", "乙局,expenditure,6,CNY,6元,第二份"


def test_a_changed_row_replaces_only_its_document(settings: Settings) -> None:
    load([table(settings, FIRST, SECOND)], settings, command="load")
    summary = load([table(settings, FIRST, SECOND.replace("6", "7"))], settings, command="load")
    assert summary.documents == Counter(ok=1, unchanged=1)
    assert current_values(settings) == [5, 7]
    assert ask(settings, "select count(*) from raw.figures") == [(3,)]


def test_rows_that_are_gone_from_a_table_are_withdrawn(settings: Settings) -> None:
    load([table(settings, FIRST, SECOND)], settings, command="load")
    summary = load([table(settings, FIRST)], settings, command="load")
    assert summary.documents == Counter(unchanged=1, withdrawn=1)
    assert current_values(settings) == [5]


@pytest.mark.parametrize("broken", [SECOND.replace("CNY", "RMB"), '"half a row', "too,few"])
def test_rows_that_turn_bad_keep_their_last_good_version(settings: Settings, broken: str) -> None:
    load([table(settings, FIRST, SECOND)], settings, command="load")
    summary = load([table(settings, FIRST, broken)], settings, command="load")
    assert summary.rejected_rows == 1
    assert current_values(settings) == [5, 6]


def test_a_csv_that_is_no_figures_table_is_noted_in_a_folder_and_refused_by_name(settings: Settings, report) -> None:
    report("a.txt", 12)
    other = settings.sources[0] / "telephone.csv"
    other.write_text("name,number\nx,1\n", encoding="utf-8")
    in_folder = load(settings.sources, settings, command="load")
    assert (in_folder.problems, [note.status for note in in_folder.notes]) == ([], ["skipped"])
    by_name = load([other], settings, command="load")
    assert [problem.cause for problem in by_name.problems] == ["not_figures_table"]


def test_a_copied_sample_is_still_known_for_invented(settings: Settings) -> None:
    sample = next((SAMPLES / "reports").glob("*_2022_self_eval.txt"))
    shutil.copy(sample, settings.sources[0] / "report.txt")
    load(settings.sources, settings, command="load")
    assert ask(settings, "select source_class from raw.documents") == [("sample",)]


def test_the_shipped_figures_load_whole_and_have_ids_of_their_own(settings: Settings) -> None:
    summary = load([SAMPLES / "figures"], settings, command="load")
    assert summary.problems == []
    ((figures, ids, documents),) = ask(
        settings, "select count(*), count(distinct figure_id), count(distinct document_id) from raw.figures"
    )
    assert figures == ids == summary.figures > 3_300
    assert documents == summary.documents["ok"] > 300
    # Shown without this machine's folders, so that any checkout gives the same rows.
    assert {file for (file,) in ask(settings, "select distinct file from raw.figures")} == {
        "samples/figures/real_reports.csv",
        "samples/figures/starter.csv",
    }


def test_only_one_process_writes(settings: Settings, report, jixiao, monkeypatch: pytest.MonkeyPatch) -> None:
    path = report("a.txt", 12)
    monkeypatch.setattr(locks, "WAIT_SECONDS", 0.1)
    with locked(lock_path(settings.store), "a long load"):
        with pytest.raises(StoreBusy, match="a long load"):
            load([path], settings, command="load")
        ended = jixiao("load", path)
        assert ended.code == 4
        assert "busy with a long load" in ended.err
        assert "try again" in ended.err
    assert jixiao("load", path).code == 0


def test_a_store_whose_first_load_was_killed_holds_nothing(settings: Settings, jixiao) -> None:
    settings.home.mkdir()
    duckdb.connect(str(settings.store)).close()
    ended = jixiao("status")
    assert ended.code == 0
    assert "0 documents" in ended.out


def test_a_damaged_store_is_named(settings: Settings, report) -> None:
    path = report("a.txt", 12)
    settings.home.mkdir()
    settings.store.write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreUnusable, match=re.escape(str(settings.store))):
        load([path], settings, command="load")


def test_a_store_of_an_earlier_version_gets_the_columns_it_lacks(settings: Settings, report) -> None:
    load([report("a.txt", 12)], settings, command="load")
    with duckdb.connect(str(settings.store)) as connection:
        connection.execute('alter table raw.figures drop column "variant"')
    load([report("b.txt", 13)], settings, command="load")
    assert current_values(settings) == [120_000, 130_000]
    assert ask(settings, "select count(*) from raw.figures where variant is null") == [(2,)]


def test_a_write_that_fails_is_undone_and_recorded(settings: Settings, report, monkeypatch: pytest.MonkeyPatch) -> None:
    path = report("a.txt", 12)
    with open_store(settings.store, "load", "v") as opened_store:
        with monkeypatch.context() as patch:
            patch.setattr(store, "_POINT_SOURCES", ("select error('no space left')",))
            summary = load_into(opened_store, [path], settings)
        assert [(p.stage, p.cause) for p in summary.problems] == [("loaded", "store_error")]
        assert "no space left" in summary.problems[0].message
        assert opened_store.connection.execute("select count(*) from raw.figures").fetchone() == (0,)
        # Nothing of it counts as done.
        assert load_into(opened_store, [path], settings).documents == Counter(ok=1)


def test_an_interruption_amid_a_write_leaves_nothing_half_done(
    settings: Settings, report, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = report("a.txt", 12)

    def interrupted(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(store.Store, "_point_sources", interrupted)
        with pytest.raises(KeyboardInterrupt):
            load([path], settings, command="load")
    assert ask(settings, "select count(*) from raw.documents") == [(0,)]
    assert ask(settings, "select count(*) from raw.figures") == [(0,)]
    assert load([path], settings, command="load").documents == Counter(ok=1)


LOAD_AND_TELL = """
import sys
sys.path.insert(0, sys.argv.pop(1))
from test_loading import plain_figures
from ingest import cli
from ingest.warehouse import loading, reports

def told(document):
    print(document.file, flush=True)
    return plain_figures(document)

reports.extract_figures = told
loading.BATCH_DOCUMENTS = 1
cli.main()
"""


@pytest.mark.slow
def test_a_load_killed_at_any_moment_has_each_document_whole_or_not_at_all(settings: Settings, report) -> None:
    for number in range(40):
        report(f"{number}.txt", *range(number, number + 20))
    command = [sys.executable, "-c", LOAD_AND_TELL, str(Path(__file__).parent), "load", str(settings.sources[0])]
    held = 0
    for told in (1, 2, 5, 9):
        running = subprocess.Popen(
            command, cwd=PROJECT_ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        for _ in range(told):
            assert running.stdout.readline()
        running.kill()
        running.communicate()
        counts = ask(
            settings,
            """
            select count(figures.document_id) from raw.documents left join raw.figures using (document_id)
            group by documents.document_id
            """,
        )
        assert set(counts) <= {(20,)}
        assert ask(settings, "select count(*) from raw.sources") == [(len(counts),)]
        assert ask(settings, "select count(*) from raw.outcomes where stage = 'loaded' and status = 'ok'") == [
            (len(counts),)
        ]
        # What was told of before the last one is held, and nothing that was held is read again.
        assert held + told - 1 <= len(counts) < 40
        held = len(counts)
    load(settings.sources, settings, command="load")
    assert ask(settings, "select count(*) from raw.documents") == [(40,)]
