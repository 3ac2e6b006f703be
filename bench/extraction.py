"""How fast reports become figures: `make bench`.

Measures extraction on one core beside three baselines on the same text in the same run, memory for 100 and 1000
documents, and time for a report ten times as long. Each measurement is a process of its own (work.py). The best of several
rounds counts, taken in turn, so that what else the machine does meets all alike.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from bench.reports import one_report, reports

HERE = Path(__file__).parent
MEGABYTE = 1_000_000
# Recognizers-Text takes half a minute for a megabyte.
SLOW_SHARE_DOCUMENTS = 10

# (name in work.py, what it is, whether it runs among the baselines' packages, whether it gets few documents)
RUNS = (
    ("extraction", "Jixiao: text to figures", False, False),
    ("quantities", "Jixiao: text to quantities", False, False),
    ("bare_scan", "bare scan with re", False, False),
    ("jionlp", "JioNLP, money", True, False),
    ("recognizers", "Recognizers-Text, number with unit", True, True),
)
# (baseline, at most this many times slower (below 1: at least 1/x times faster), in words), as of issue 3 of 2026.
AIMS = (
    ("bare_scan", 8.0, "within 8 times of the bare scan"),
    ("jionlp", 1 / 4, "at least 4 times JioNLP"),
    ("recognizers", 1 / 100, "at least 100 times Recognizers-Text"),
)


def main() -> None:
    """Measure, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--baselines", type=Path, required=True, help="Python of the baselines' environment")
    parser.add_argument("--documents", type=int, default=200, help="documents to measure speed with")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of which the best counts")
    parser.add_argument("--json", type=Path, help="write what was measured to this file as well")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jixiao-bench-") as folder:
        measured = {
            "speed": _speed(Path(folder), arguments),
            "memory": _memory(Path(folder)),
            "length": _length(Path(folder)),
        }
    if arguments.json:
        arguments.json.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")


def _speed(folder: Path, arguments: argparse.Namespace) -> dict[str, dict[str, float]]:
    texts = list(reports(arguments.documents))
    many, few = _write(folder / "many", texts), _write(folder / "few", texts[:SLOW_SHARE_DOCUMENTS])
    best: dict[str, dict[str, float]] = {}
    for round_number in range(arguments.rounds):
        for name, what, is_baseline, is_slow in RUNS:
            _say(f"round {round_number + 1} of {arguments.rounds}: {what}")
            result = _run(name, few if is_slow else many, arguments.baselines if is_baseline else None)
            result["megabytes_per_second"] = result["bytes"] / MEGABYTE / result["seconds"]
            if name not in best or result["megabytes_per_second"] > best[name]["megabytes_per_second"]:
                best[name] = result
    ours = best["extraction"]["megabytes_per_second"]
    rows = []
    for name, what, *_ in RUNS:
        result = best[name]
        speed, per_megabyte = result["megabytes_per_second"], result["found"] / result["bytes"] * MEGABYTE
        ratio = ours / speed
        relation = (
            "–" if name == "extraction" else f"{ratio:.1f} × as fast" if ratio >= 1 else f"{1 / ratio:.1f} × slower"
        )
        rows.append((what, f"{result['bytes'] / MEGABYTE:.2f}", f"{speed:.3f}", f"{per_megabyte:,.0f}", relation))
    columns = ("", "MB read", "MB/s", "found per MB", "Jixiao is")
    _print(f"Speed on one core, best of {arguments.rounds}", columns, rows)
    for name, limit, words in AIMS:
        reached = best[name]["megabytes_per_second"] / ours <= limit
        print(f"  aim: {words}: {'reached' if reached else 'not reached'}")
    return best


def _memory(folder: Path) -> dict[str, dict[str, float]]:
    results = {}
    for count in (100, 1000):
        _say(f"memory: {count} documents")
        results[str(count)] = _run("extraction", _write(folder / str(count), reports(count)))
    rows = [(count, f"{r['peak_memory'] / MEGABYTE:.0f}", f"{r['seconds']:.1f}") for count, r in results.items()]
    _print("Peak of memory", ("documents", "MB", "seconds"), rows)
    return results


def _length(folder: Path) -> dict[str, dict[str, float]]:
    results = {}
    for megabytes in (2, 20):
        _say(f"length: one report of {megabytes} MB")
        text = one_report(megabytes * MEGABYTE)
        results[str(megabytes)] = _run("extraction", _write(folder / f"{megabytes} MB", [text]))
    rows = [(size, f"{r['seconds']:.2f}", f"{r['peak_memory'] / MEGABYTE:.0f}") for size, r in results.items()]
    _print("One long report", ("MB", "seconds", "peak MB"), rows)
    short, long = results["2"], results["20"]
    ratio = (long["seconds"] / long["bytes"]) / (short["seconds"] / short["bytes"])
    print(f"  time per byte of the long report: {ratio:.2f} times that of the short one (1 is linear)")
    return results


def _write(folder: Path, texts: Iterable[str]) -> Path:
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number:05d}.txt").write_text(text, encoding="utf-8")
    return folder


def _run(name: str, folder: Path, python: Path | None = None) -> dict[str, float]:
    command = [str(python or sys.executable), str(HERE / "work.py"), name, str(folder)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode:
        sys.exit(f"{name} could not be measured: {ended.stderr.strip().splitlines()[-1:]}. Run: {' '.join(command)}")
    return json.loads(ended.stdout)


def _say(text: str) -> None:
    print(f"  {text} …", file=sys.stderr)


def _print(title: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    table = Table(box=box.SIMPLE, pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", no_wrap=True)
    for row in rows:
        table.add_row(*map(str, row))
    print(title)
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
