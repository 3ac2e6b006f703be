"""Publishing: a tested new file takes the published one's place in one step, or nothing changes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from small_project import QUICK_BUILDER, write_figures

from ingest.paths import PROJECT_ROOT
from ingest.settings import Settings
from ingest.warehouse import locks, release
from ingest.warehouse.errors import BuildFailed, StoreBusy
from ingest.warehouse.locks import locked
from ingest.warehouse.release import published_release, rebuild


def ask(warehouse: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def values(settings: Settings) -> list[float]:
    return [value for (value,) in ask(settings.warehouse, "select value from fct_figures order by value")]


def left_in_build(settings: Settings) -> set[str]:
    """What is in the build folder beside dbt's own target folder and the logs."""
    return {path.name for path in settings.build.iterdir()} - {"target", "logs"}


def test_a_rebuild_publishes_a_complete_file_and_leaves_nothing_behind(small: Settings) -> None:
    seen: list[tuple[int, int, str]] = []
    done = rebuild(small, build_progress=lambda *step: seen.append(step))
    assert done.is_new
    assert (done.release.document_count, done.release.figure_count) == (1, 2)
    assert values(small) == [5, 6]
    assert ask(small.warehouse, "from dim_release") == [(done.release.release, 2)]
    assert ask(small.warehouse, "select release, fingerprint from raw.releases") == [
        (done.release.release, done.release.fingerprint)
    ]
    # A view finds its tables in the published file, under whatever name a reader attaches it.
    assert ask(small.warehouse, "from figures_by_measure") == [("expenditure", 2)]
    with duckdb.connect() as other:
        other.execute(f"attach '{small.warehouse}' as anything (read_only)")
        assert other.execute("from anything.figures_by_measure").fetchall() == [("expenditure", 2)]
    tables = {
        table for (table,) in ask(small.warehouse, "select table_name from duckdb_tables() where schema_name='raw'")
    }
    previous = {"reviews", "previous_releases", "previous_fact_values", "previous_documents", "previous_corrections"}
    assert tables == {"documents", "figures", "outcomes", "rejections", "runs", "releases"} | previous
    assert left_in_build(small) == set()
    assert list((small.build / "logs").iterdir()) == []
    assert [step[:2] for step in seen] == [(number, 4) for number in range(1, 5)]
    assert {path.name for path in small.home.iterdir()} == {
        *("store.duckdb", "store.lock", "build.lock", "build", "warehouse.duckdb")
    }


def test_the_file_is_written_for_duckdb_1_1(quick: Settings) -> None:
    rebuild(quick)
    with quick.warehouse.open("rb") as file:
        header = file.read(24)
    # Bytes 8 to 11 are the magic, then comes the version of the storage: 64 is what DuckDB 0.10 to 1.1 read.
    assert header[8:12] == b"DUCK"
    assert int.from_bytes(header[12:20], "little") == 64


def test_all_versions_are_in_the_release_and_only_the_current_in_the_facts(quick: Settings) -> None:
    rebuild(quick)
    write_figures(quick, 7)
    rebuild(quick)
    assert values(quick) == [7]
    assert ask(quick.warehouse, "select value from raw.figures order by value") == [(5,), (6,), (7,)]


def test_nothing_is_built_where_nothing_changed(quick: Settings) -> None:
    first = rebuild(quick)
    inode = quick.warehouse.stat().st_ino
    again = rebuild(quick)
    assert not again.is_new
    assert again.release == first.release
    assert quick.warehouse.stat().st_ino == inode
    forced = rebuild(quick, force=True)
    assert forced.is_new
    assert quick.warehouse.stat().st_ino != inode


@pytest.mark.parametrize(
    "change",
    [
        lambda quick: write_figures(quick, 5, 6, 7),
        lambda quick: (quick.sources[0] / "empty.txt").touch(),
        lambda quick: (quick.project / "models" / "another.sql").write_text("select 1 as one"),
        lambda quick: quick.warehouse.write_bytes(b"damaged"),
        lambda quick: quick.warehouse.unlink(),
    ],
    ids=["a figure", "a bad input", "a model", "a damaged release", "no release"],
)
def test_a_change_of_what_goes_in_is_a_new_release(quick: Settings, change: Callable[[Settings], object]) -> None:
    rebuild(quick)
    change(quick)
    assert rebuild(quick).is_new
    assert not rebuild(quick).is_new


def broken_test(settings: Settings) -> None:
    write_figures(settings, 5, -6)


def broken_sql(settings: Settings) -> None:
    (settings.project / "models" / "wrong.sql").write_text("select nonsense from nowhere")


def broken_project(settings: Settings) -> None:
    (settings.project / "dbt_project.yml").write_text("name: [")


def no_mart(settings: Settings) -> None:
    project = settings.project / "dbt_project.yml"
    project.write_text(project.read_text() + "models:\n  +schema: elsewhere\n")


def unreadable_view(settings: Settings) -> None:
    (settings.project / "models" / "dim_release.sql").write_text(
        "{{ config(materialized='table', post_hook='create view main.astray as select 1; drop table raw.runs; "
        "create table raw.runs (a integer); create view main.lost as select a from raw.runs; drop table raw.runs') }} select 1"
    )


@pytest.mark.parametrize(
    ("breaks", "says"),
    [
        (broken_test, "no_figure_is_negative"),
        (broken_sql, "wrong: "),
        (broken_project, "dbt: "),
        (no_mart, "no marts"),
        (unreadable_view, "cannot be read"),
    ],
)
def test_a_build_that_fails_leaves_the_published_release(
    small: Settings, breaks: Callable[[Settings], None], says: str, jixiao, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(release, "BUILDER", QUICK_BUILDER)
        before = rebuild(small).release
    content = small.warehouse.read_bytes()
    breaks(small)
    ended = jixiao("rebuild", "--project-dir", small.project)
    assert ended.code == 3
    assert says in ended.err
    assert "published before is as it was" in ended.err
    assert "Traceback" not in ended.err
    assert small.warehouse.read_bytes() == content
    assert published_release(small.warehouse) == before
    assert left_in_build(small) == set()


def test_the_log_of_a_failed_build_is_kept_and_named(small: Settings) -> None:
    broken_sql(small)
    with pytest.raises(BuildFailed) as caught:
        rebuild(small)
    (logs,) = (small.build / "logs").iterdir()
    assert str(logs) in str(caught.value)
    assert "wrong" in (logs / "dbt.log").read_text(encoding="utf-8")
    for number in range(release.KEPT_LOGS + 1):
        (small.build / "logs" / f"0{number}").mkdir()
    (small.project / "models" / "wrong.sql").unlink()
    rebuild(small)
    assert len(list((small.build / "logs").iterdir())) == release.KEPT_LOGS


def test_a_crash_of_dbt_is_a_failed_build(quick: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rebuild(quick).release
    monkeypatch.setattr(release, "BUILDER", (sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"))
    with pytest.raises(BuildFailed, match="ended by the signal SIGKILL"):
        rebuild(quick, force=True)
    assert published_release(quick.warehouse) == before
    assert left_in_build(quick) == set()


def test_an_empty_store_is_not_published_over_a_full_one(quick: Settings) -> None:
    before = rebuild(quick).release
    (quick.sources[0] / "figures.csv").unlink()
    with pytest.raises(BuildFailed, match="No document is loaded"):
        rebuild(quick)
    assert published_release(quick.warehouse) == before


def test_readers_keep_what_they_have_open_and_find_the_new_release_when_they_reopen(quick: Settings) -> None:
    rebuild(quick)
    reading = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import duckdb, sys\n"
            f"c = duckdb.connect({str(quick.warehouse)!r}, read_only=True)\n"
            "print('open', flush=True); sys.stdin.readline()\n"
            "print(c.execute('select sum(value) from fct_figures').fetchone()[0])\n",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert reading.stdout.readline() == "open\n"
    write_figures(quick, 100)
    rebuild(quick)
    said, _ = reading.communicate("\n", timeout=30)
    assert float(said) == 11
    assert values(quick) == [100]


def test_a_log_left_beside_the_published_file_is_not_replayed_on_the_next(quick: Settings) -> None:
    rebuild(quick)
    left = quick.warehouse.with_name("warehouse.duckdb.wal")
    left.write_bytes(b"left by somebody who opened it for writing")
    write_figures(quick, 7)
    rebuild(quick)
    assert not left.exists()
    assert values(quick) == [7]


def test_two_rebuilds_at_once_are_one_and_a_message(quick: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "WAIT_SECONDS", 0.1)
    with locked(quick.home / "build.lock", "rebuild"), pytest.raises(StoreBusy, match="busy with rebuild"):
        rebuild(quick)


def test_loading_goes_on_while_a_build_runs(quick: Settings, jixiao) -> None:
    other = quick.home.parent / "more.csv"
    other.write_text(
        write_figures(quick, 5, 6).read_text(encoding="utf-8").replace("甲县决算", "乙县决算"), encoding="utf-8"
    )
    codes: list[int] = []

    def load_at_first_step(done: int, total: int, node: str) -> None:
        if done == 1:
            codes.append(jixiao("load", other).code)

    rebuild(quick, build_progress=load_at_first_step)
    assert codes == [0]
    # It was too late for that release, and is in the next.
    assert len(values(quick)) == 2
    assert rebuild(quick).is_new
    assert len(values(quick)) == 4


class Rebuilding:
    """A rebuild in a process of its own, to be killed."""

    def __init__(self, settings: Settings, builder: tuple[str, ...]) -> None:
        self.settings = settings
        program = (
            f"from ingest import cli; from ingest.warehouse import release; release.BUILDER = {builder!r}; cli.main()"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, "rebuild", "--force", "--project-dir", str(settings.project)],
            cwd=PROJECT_ROOT,
            env=os.environ | {"QUICK_BUILD_SECONDS": "0.05"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def wait_until(self, reached: Callable[[], bool], seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not reached():
            assert self.process.poll() is None, "the rebuild ended before it was killed"
            assert time.monotonic() < deadline, "the moment to kill it never came"
            time.sleep(0.002)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.mark.slow
def test_a_rebuild_killed_at_any_moment_leaves_a_complete_release(quick: Settings) -> None:
    rebuild(quick)
    started = time.monotonic()
    Rebuilding(quick, QUICK_BUILDER).process.wait()
    whole = time.monotonic() - started
    complete = {(5.0, 6.0)}
    ended_early = 0
    moments = 12
    for number in range(moments):
        write_figures(quick, 5, 6, 10 + number)
        complete.add((5.0, 6.0, 10.0 + number))
        running = Rebuilding(quick, QUICK_BUILDER)
        time.sleep(whole * 1.1 * number / moments)
        ended_early += running.process.poll() is None
        running.kill()
        # Complete, and of one piece: an earlier or the later release.
        assert tuple(values(quick)) in complete
        assert ask(quick.warehouse, "from figures_by_measure") == [("expenditure", len(values(quick)))]
        assert ask(quick.warehouse, "select release from dim_release") == ask(
            quick.warehouse, "select release from raw.releases"
        )
    assert ended_early > moments / 2, "the rebuilds ended before they could be killed"
    # Whatever was left, the next rebuild takes up and clears away.
    rebuild(quick)
    assert values(quick)[-1] == 10 + moments - 1
    assert left_in_build(quick) == set()


@pytest.mark.slow
@pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="finds child processes through /proc, which only Linux has"
)
def test_a_killed_rebuild_leaves_no_process_that_goes_on_building(small: Settings) -> None:
    rebuild(small)
    (small.project / "models" / "slow.sql").write_text(
        "{{ config(materialized='table') }} select sum(a.range * b.range) as s from range(1000000) as a, range(1000000) as b"
    )
    running = Rebuilding(small, release.BUILDER)
    children = Path(f"/proc/{running.process.pid}/task/{running.process.pid}/children")
    running.wait_until(lambda: bool(children.read_text().split()))
    (child,) = map(int, children.read_text().split())
    log = small.build / "logs"
    running.wait_until(lambda: any("slow" in path.read_text(errors="replace") for path in log.rglob("dbt.log")))
    assert left_in_build(small), "nothing was under way"
    running.kill()
    deadline = time.monotonic() + 10
    while (
        Path(f"/proc/{child}").exists()
        and "Z" not in Path(f"/proc/{child}/stat").read_text().rsplit(")")[-1].split()[0]
    ):
        assert time.monotonic() < deadline, "dbt went on building"
        time.sleep(0.05)
    (small.project / "models" / "slow.sql").unlink()
    rebuild(small)
    assert left_in_build(small) == set()


def test_a_project_elsewhere_is_taken_by_its_folder(quick: Settings, jixiao) -> None:
    ended = jixiao("rebuild", "--project-dir", quick.project)
    assert ended.code == 0
    assert "1 documents, 2 figures" in ended.out
    assert str(quick.warehouse) in ended.out
    (quick.sources[0] / "empty.txt").touch()
    partly = jixiao("rebuild", "--project-dir", quick.project)
    assert partly.code == 1
    assert "empty.txt" in partly.err
    assert "Published release" in partly.out


def test_a_home_that_cannot_be_written_is_named(quick: Settings) -> None:
    blocked = quick.home.parent / "file"
    blocked.touch()
    with pytest.raises(Exception, match=str(blocked)):
        rebuild(replace(quick, home=blocked / "home"))
