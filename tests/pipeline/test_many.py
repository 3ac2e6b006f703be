"""Many inputs at once: the same rows with any number of workers, clean stops, and files that harm only their own worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from ingest import limits
from ingest.limits import MEGABYTE, Limits
from ingest.paths import PROJECT_ROOT
from ingest.settings import Settings, SettingsError
from ingest.warehouse.errors import WarehouseError
from ingest.warehouse.loading import load
from ingest.workers import crew, pool

MISBEHAVING = (sys.executable, str(Path(__file__).with_name("misbehaving_child.py")))


@pytest.fixture(autouse=True)
def _workers_do_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also what this process would do by itself, as it is little."""
    monkeypatch.setattr(crew, "_TEXT_READ_HERE", 0)


@pytest.fixture
def report(settings: Settings) -> Callable[..., Path]:
    """Write a small report, with further words, into the source folder."""

    def write(name: str, amount: int, words: str = "") -> Path:
        path = settings.sources[0] / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"甲县民政局2023年度部门整体支出绩效自评报告\n\n2023年部门决算支出{amount}万元。{words}\n", encoding="utf-8"
        )
        return path

    return write


def rows_of(settings: Settings) -> dict[str, list[tuple]]:
    """What the store holds, in its order, without the times and the run."""
    with duckdb.connect(str(settings.store), read_only=True) as connection:
        return {
            table: connection.execute(f"select * exclude ({without}) from raw.{table}").fetchall()
            for table, without in (
                ("documents", "loaded_at"),
                ("figures", "ordinal"),
                ("sources", "path"),
                ("answers", "reader"),
                ("outcomes", 'run_id, seconds, "at", last_run_id, last_at'),
            )
        }


def outcomes_of(settings: Settings) -> dict[str, tuple[str, str | None]]:
    """The last outcome of each file in the store: its status and cause, by the file's name."""
    with duckdb.connect(str(settings.store), read_only=True) as connection:
        rows = connection.execute(
            """
            select file, status, cause from raw.outcomes
            where last_run_id = (select max_by(run_id, started_at) from raw.runs)
            """
        ).fetchall()
    return {Path(file).name: (status, cause) for file, status, cause in rows}


def test_any_number_of_workers_gives_the_same_rows_in_the_same_order(settings: Settings, report) -> None:
    folder = settings.sources[0]
    for number in range(30):
        report(f"{number:02}.txt", number)
    report("copy of 03.txt", 3)
    (folder / "empty 1.txt").touch()
    (folder / "empty 2.txt").touch()
    (folder / "picture.jpg").touch()
    with zipfile.ZipFile(folder / "07.zip", "w") as archive:
        for number in (5, 105, 106):
            archive.writestr(f"{number}.txt", (report("member.txt", number)).read_bytes())
    (folder / "member.txt").unlink()
    held = []
    for workers in (1, 2, 3):
        own = replace(settings, home=settings.home / str(workers), workers=workers)
        summary = load([folder], own, command="load")
        assert summary.documents == Counter(ok=32, unchanged=2)
        held.append(rows_of(own))
    assert len(held[0]["figures"]) >= 30
    assert held[0] == held[1] == held[2]


def test_hash_seeds_do_not_matter(settings: Settings, report, monkeypatch: pytest.MonkeyPatch) -> None:
    for sample in sorted((PROJECT_ROOT / "samples" / "reports").glob("*.txt"))[:6]:
        (settings.sources[0] / sample.name).write_bytes(sample.read_bytes())
    held = []
    for seed in ("1", "2"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        own = replace(settings, home=settings.home / seed, workers=2)
        load(settings.sources, own, command="load")
        held.append(rows_of(own))
    assert held[0] == held[1]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_second_run_starts_no_worker(
    settings: Settings, report, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    settings = replace(settings, workers=workers)
    report("a.txt", 12)
    (settings.sources[0] / "empty.txt").touch()
    (settings.sources[0] / "damaged.zip").write_bytes(b"PK\x03\x04" + bytes(50))
    with zipfile.ZipFile(settings.sources[0] / "b.zip", "w") as archive:
        archive.writestr("empty.txt", "")
        archive.write(report("member.txt", 13), "member.txt")
    first = load(settings.sources, settings, command="load")
    assert first.failed == 3

    def refuse(*_: object) -> None:
        raise AssertionError("work was begun again")

    monkeypatch.setattr(crew.Crew, "begin", refuse)
    again = load(settings.sources, settings, command="load")
    assert (again.documents, again.figures) == (Counter(unchanged=3), 0)
    # What failed is told of again, as it still has to be put right.
    assert [(p.origin, p.cause) for p in again.problems] == [(p.origin, p.cause) for p in first.problems]


def test_other_limits_try_again_what_was_refused(settings: Settings, report) -> None:
    path = report("a.txt", 12)
    assert load([path], replace(settings, limits=Limits(bytes=50)), command="load").problems[0].cause == "too_large"
    assert load([path], settings, command="load").documents == Counter(ok=1)


@pytest.mark.parametrize(
    ("words", "cause", "message"),
    [
        ("CRASH", "worker_died", "SIGSEGV"),
        ("EXIT", "worker_died", "code 3"),
        ("SPIN", "too_slow", "more than 1 seconds"),
        ("SLEEP", "too_slow", "more than 1 seconds"),
        ("EAT", "too_much_memory", "more memory"),
    ],
)
def test_a_hostile_file_is_stopped_in_its_own_process(
    settings: Settings, report, monkeypatch: pytest.MonkeyPatch, words: str, cause: str, message: str
) -> None:
    monkeypatch.setattr(pool, "COMMAND", MISBEHAVING)
    monkeypatch.setattr(limits, "CLOCK", 1.0)
    for number in range(6):
        report(f"{number}.txt", number)
    report("3 bad.txt", 99, words)
    seconds = 1 if cause == "too_slow" else 60
    limited = replace(settings, workers=2, limits=Limits(seconds=seconds, memory=300 * MEGABYTE))
    summary = load(settings.sources, limited, command="load")
    assert summary.documents == Counter(ok=6)
    (problem,) = summary.problems
    assert (problem.cause, Path(problem.origin.file).name) == (cause, "3 bad.txt")
    assert message in problem.message
    assert problem.remedy
    assert not list((settings.build / "spool").glob("*"))


def test_what_a_library_prints_does_not_get_between_the_answers(
    settings: Settings, report, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pool, "COMMAND", MISBEHAVING)
    report("a.txt", 12, "BABBLE")
    assert load(settings.sources, replace(settings, workers=2), command="load").documents == Counter(ok=1)
    assert capfd.readouterr() == ("", "")


def test_workers_that_cannot_start_are_no_fault_of_the_files(
    settings: Settings, report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "COMMAND", (sys.executable, "-c", "raise SystemExit('broken installation')"))
    report("a.txt", 12)
    with pytest.raises(WarehouseError, match="broken installation"):
        load(settings.sources, replace(settings, workers=2), command="load")
    assert outcomes_of(settings) == {}


def test_a_worker_may_stand_in_a_folder_with_modules_of_its_own(
    settings: Settings, report, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('the wrong module')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    report("a.txt", 12)
    assert load(settings.sources, replace(settings, workers=2), command="load").documents == Counter(ok=1)


def test_a_leftover_of_a_killed_run_is_no_answer(settings: Settings, report) -> None:
    spool = settings.build / "spool"
    spool.mkdir(parents=True)
    (spool / "1.json").write_text('["Refusal", {"cause": "old", "message": "", "remedy": ""}]', encoding="utf-8")
    report("a.txt", 12)
    assert load(settings.sources, replace(settings, workers=2), command="load").documents == Counter(ok=1)
    assert not spool.exists()


SLOW_LOAD = """
import sys
from ingest import cli
from ingest.workers import crew, pool
crew._TEXT_READ_HERE = 0
pool.COMMAND = (sys.executable, sys.argv.pop(1))
cli.main()
"""


def start_load(settings: Settings) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", SLOW_LOAD, MISBEHAVING[1], "load", str(settings.sources[0])],
        cwd=PROJECT_ROOT,
        env=os.environ | {"JIXIAO_WORKERS": "2"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        # Whoever runs the tests in the background ignores Ctrl-C, and so would what they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def workers_of(process: int) -> list[int]:
    """The processes that a process started."""
    return list(map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split())) + [
        int(child)
        for task in Path(f"/proc/{process}/task").iterdir()
        if task.name != str(process)
        for child in (task / "children").read_text().split()
    ]


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads Linux's list of processes")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_stop_ends_the_workers_and_a_resume_repeats_nothing(
    settings: Settings, report, monkeypatch: pytest.MonkeyPatch, how: signal.Signals
) -> None:
    # The first input keeps one worker waiting for ever; the other one does all the rest meanwhile.
    report("0.txt", 0, "SLEEP")
    for number in range(1, 9):
        report(f"{number}.txt", number)
    running = start_load(settings)
    spool = settings.build / "spool"
    wait_for(lambda: len(list(spool.glob("*.json"))) == 8)
    workers = workers_of(running.pid)
    assert len(workers) == 2
    running.send_signal(how)
    _, told = running.communicate(timeout=60)
    wait_for(lambda: not any(map(is_running, workers)), seconds=10)
    report("0.txt", 0)
    summary = load(settings.sources, settings, command="load")
    if how is signal.SIGINT:
        assert running.returncode == 130
        assert b"What was loaded is kept" in told
        assert b"Traceback" not in told
        assert summary.documents == Counter(ok=1, unchanged=8)
    else:
        assert summary.documents == Counter(ok=9)
    assert not spool.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("JIXIAO_WORKERS", "0"),
        ("JIXIAO_WORKERS", "many"),
        ("JIXIAO_MAX_BYTES", "lots"),
        ("JIXIAO_MAX_MEMORY", "5"),
        ("JIXIAO_MAX_SECONDS", "inf"),
        ("JIXIAO_MAX_PAGES", "1.5"),
    ],
)
def test_a_limit_that_cannot_be_meant_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} is '{value}'"):
        Settings.from_environment({name: value})


def test_limits_are_set_in_the_environment() -> None:
    given = Settings.from_environment(
        {"JIXIAO_WORKERS": "7", "JIXIAO_MAX_BYTES": "1.5 MB", "JIXIAO_MAX_SECONDS": "2.5", "JIXIAO_MAX_PAGES": "9"}
    )
    assert given.workers == 7
    assert given.limits == Limits(bytes=1_500_000, seconds=2.5, pages=9)
