"""How fast figures become a warehouse, and how fast it answers: `make bench-warehouse`.

Builds the models from generated figures (`figures.py`) twice in one run: by dbt as a rebuild does, and by DuckDB alone, which
is given the same SQL in the same order; prints time and peak memory of both, and whether the checks found what was planted.
Then asks the questions of analyses/ again and again. Each measurement is a process of its own.

Beside the seconds that pass stand those that the processors worked (user and system): on a machine that others use too, the
first tell of the others as well.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from rich import box
from rich.console import Console
from rich.table import Table

from bench.figures import generate, planted
from ingest.paths import PROJECT_ROOT

GIGABYTE = 1e9
# As of issue 5 of 2026: at most 1.5 times the plain SQL, under 4 GiB, queries within 100 ms at the 95th percentile.
MOST_TIMES, MOST_BYTES, MOST_SECONDS = 1.5, 4 * 2**30, 0.1


def main() -> None:
    """Measure, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--figures", type=int, nargs="+", default=[1_000_000, 5_000_000], help="how many figures")
    parser.add_argument("--rounds", type=int, default=20, help="how often each question is asked")
    parser.add_argument("--folder", type=Path, help="work here, and keep what was built")
    parser.add_argument("--work", nargs="+", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.work:
        task, *given = arguments.work
        print(json.dumps(WORK[task](*given)))
        return
    with tempfile.TemporaryDirectory(prefix="jixiao-bench-") as temporary:
        folder = arguments.folder or Path(temporary)
        measured = [_measure(folder / str(count), count, arguments.rounds) for count in arguments.figures]
    if len(measured) > 1:
        first, last = measured[0], measured[-1]
        print(
            f"Per figure, {last['figures']:,} against {first['figures']:,}: "
            f"{_growth(first, last, 'seconds'):.2f} times the time, "
            f"{_growth(first, last, 'processor_seconds'):.2f} times the work of the processors (1 is linear)"
        )


def _growth(first: dict, last: dict, of: str) -> float:
    """How many times as much of a build by dbt one figure takes in the last measurement as in the first."""
    return (last["dbt"][of] / last["figures"]) / (first["dbt"][of] / first["figures"])


def _measure(folder: Path, count: int, rounds: int) -> dict:
    by_dbt, plain = folder / "dbt" / "warehouse.duckdb", folder / "plain" / "warehouse.duckdb"
    shutil.rmtree(folder, ignore_errors=True)
    for database in (by_dbt, plain):
        database.parent.mkdir(parents=True)
    _say(f"{count:,} figures: generating")
    _run("generate", by_dbt, count)
    _run("seed", by_dbt)
    # The plain build starts from the same file: it holds the raw tables and the seeds.
    shutil.copy(by_dbt, plain)
    _say("building with dbt")
    dbt = _run("dbt", by_dbt)
    _say("building the same SQL without dbt")
    alone = _run("plain", plain, by_dbt.parent / "target" / "manifest.json")
    _say(f"asking the questions of analyses/ {rounds} times")
    asked = _run("ask", by_dbt, by_dbt.parent / "target", rounds)
    rows = [
        (
            name,
            f"{result['seconds']:.1f}",
            f"{result['processor_seconds']:.1f}",
            f"{result['peak_memory'] / GIGABYTE:.2f}",
        )
        for name, result in (("dbt", dbt), ("DuckDB without dbt", alone))
    ]
    _print(f"{count:,} figures", ("built by", "seconds", "processor seconds", "peak GB"), rows)
    ratio = dbt["seconds"] / alone["seconds"]
    print(f"  dbt takes {ratio:.2f} times as long: {_reached(ratio <= MOST_TIMES)} (at most {MOST_TIMES})")
    print(f"  peak memory: {_reached(dbt['peak_memory'] < MOST_BYTES)} (under 4 GiB)")
    for identity, expected in planted(count).items():
        found = dbt["violated"].get(identity, 0)
        print(f"  {identity}: {found:,} contradictions found of {expected:,} planted")
    others = {k: v for k, v in dbt["violated"].items() if k not in planted(count)}
    print(f"  other contradictions found: {others or 'none'}")
    slowest = sorted(dbt["models"].items(), key=lambda pair: -pair[1])[:5]
    print("  slowest models: " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in slowest))
    rows = [(name, f"{1000 * p95:.0f}", f"{count:,}") for name, p95, count in asked["questions"]]
    _print("Questions", ("question", "p95 ms", "rows"), rows)
    print(
        f"  95th percentile over all: {1000 * asked['p95']:.0f} ms: {_reached(asked['p95'] <= MOST_SECONDS)} (100 ms)"
    )
    return {"figures": count, "dbt": dbt, "plain": alone, "asked": asked}


def _generate(database: str, count: str) -> dict:
    generate(Path(database), int(count))
    return {}


def _dbt(database: str, *command: str) -> list[tuple[str, float]]:
    """Run dbt on the database; returns what it ran with the seconds of each node."""
    from dbt.cli.main import dbtRunner

    os.environ |= {"JIXIAO_BUILD_DATABASE": database, "DO_NOT_TRACK": "1"}
    work = Path(database).parent
    result = dbtRunner().invoke(
        [
            *("--no-send-anonymous-usage-stats", "--no-version-check", "--log-level", "error"),
            *("--log-path", str(work / "logs")),
            *(*command, "--project-dir", str(PROJECT_ROOT), "--profiles-dir", str(PROJECT_ROOT)),
            *("--target-path", str(work / "target")),
        ]
    )
    if not result.success:
        sys.exit(f"dbt {command[0]} failed: {result.exception or [r.message for r in result.result if r.message]}")
    return [(node.node.name, node.execution_time) for node in result.result]


def _seed(database: str) -> dict:
    _dbt(database, "seed")
    return {}


def _build_by_dbt(database: str) -> dict:
    with _Stopwatch() as took:
        nodes = _dbt(database, "run")
    # dbt still holds the file in this process, so it is opened as dbt has it.
    with duckdb.connect(database) as connection:
        violated = connection.execute(
            "select identity, count(*) from fct_reconciliations where verdict = 'violated' group by identity"
        ).fetchall()
    return {**took.measured, "models": dict(nodes), "violated": dict(violated)}


def _build_plain(database: str, manifest: str) -> dict:
    """Run the models' compiled SQL in the order of their dependence, one after the other."""
    nodes = json.loads(Path(manifest).read_text(encoding="utf-8"))["nodes"]
    models = {key: node for key, node in nodes.items() if node["resource_type"] == "model"}
    with _Stopwatch() as took, duckdb.connect(database) as connection:
        for schema in sorted({node["schema"] for node in models.values()}):
            connection.execute(f"create schema if not exists {schema}")
        done: set[str] = set()
        while len(done) < len(models):
            for key, node in models.items():
                needs = {parent for parent in node["depends_on"]["nodes"] if parent in models}
                if key not in done and needs <= done:
                    kind = node["config"]["materialized"]
                    connection.execute(f"create {kind} {node['relation_name']} as {node['compiled_code']}")
                    done.add(key)
    return took.measured


def _ask(database: str, target: str, rounds: str) -> dict:
    """Ask each question of analyses/ `rounds` times on an open connection; returns the 95th percentile of each, in seconds."""
    _dbt(database, "compile", "--select", "resource_type:analysis")
    questions = sorted((Path(target) / "compiled" / "jixiao" / "analyses").glob("*.sql"))
    answers, every = [], []
    with duckdb.connect(database) as connection:
        for question in questions:
            sql, seconds, rows = question.read_text(encoding="utf-8"), [], 0
            for _ in range(int(rounds)):
                started = time.perf_counter()
                rows = len(connection.execute(sql).fetchall())
                seconds.append(time.perf_counter() - started)
            answers.append((question.stem, _p95(seconds), rows))
            every += seconds
    return {"questions": answers, "p95": _p95(every)}


def _p95(seconds: list[float]) -> float:
    return sorted(seconds)[min(len(seconds) - 1, int(0.95 * len(seconds)))]


class _Stopwatch:
    """Measures what is done inside `with`, all threads of this process; `measured` holds it afterwards.

    `seconds` passed, `processor_seconds` worked (user and system), `peak_memory` in bytes (of the process since its start).
    """

    def __enter__(self) -> _Stopwatch:
        self._started, self._worked = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *error: object) -> None:
        # Linux counts in kilobytes, macOS in bytes.
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        self.measured = {
            "seconds": time.perf_counter() - self._started,
            "processor_seconds": time.process_time() - self._worked,
            "peak_memory": peak,
        }


WORK = {"generate": _generate, "seed": _seed, "dbt": _build_by_dbt, "plain": _build_plain, "ask": _ask}


def _run(task: str, *given: object) -> dict:
    command = [sys.executable, "-m", "bench.warehouse", "--work", task, *map(str, given)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT_ROOT)
    if ended.returncode:
        sys.exit(f"{task} could not be measured: {(ended.stderr.strip() or ended.stdout.strip())[-2000:]}")
    return json.loads(ended.stdout.splitlines()[-1])


def _reached(is_reached: bool) -> str:
    return "reached" if is_reached else "not reached"


def _say(text: str) -> None:
    print(f"  {text} …", file=sys.stderr)


def _print(title: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    table = Table(box=box.SIMPLE, pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    print(title)
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
