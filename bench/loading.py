"""How fast and in how much memory many reports are loaded: `make bench-loading`.

Loads the same reports with one worker and with as many as there are processors, then again unchanged, and ten times as
many. Each measurement is a process of its own; of the first two the best of several rounds counts, taken in turn. Prints
ratios, as what else the machine does meets all alike.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from bench.memory import peaks
from bench.reports import reports
from ingest.settings import Settings, default_workers

MEGABYTE = 1_000_000


def main() -> None:
    """Measure, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=1000, help="documents to load, and ten times as many")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of which the best counts")
    parser.add_argument("--measure", nargs=3, metavar=("FOLDER", "HOME", "WORKERS"), help="one measurement, as JSON")
    arguments = parser.parse_args()
    if arguments.measure:
        folder, home, workers = arguments.measure
        print(json.dumps(measure(Path(folder), Path(home), int(workers))))
        return
    with tempfile.TemporaryDirectory(prefix="jixiao-bench-") as temporary:
        _compare(Path(temporary), arguments.documents, arguments.rounds)


def measure(folder: Path, home: Path, workers: int) -> dict[str, float]:
    """Load a folder into the store of a data folder: seconds, figures, and peaks of memory in bytes."""
    from ingest.warehouse.loading import load

    started = time.perf_counter()
    with peaks() as memory:
        summary = load([folder], replace(Settings(home=home), workers=workers), command="load")
    seconds = time.perf_counter() - started
    return {
        "seconds": seconds,
        "loaded": summary.documents["ok"],
        "unchanged": summary.documents["unchanged"],
        "figures": summary.figures,
        "own_memory": memory.own,
        "worker_memory": memory.child,
    }


def _compare(folder: Path, documents: int, rounds: int) -> None:
    few, many = _write(folder / "few", documents), _write(folder / "many", 10 * documents)
    size = sum(path.stat().st_size for path in few.iterdir()) / MEGABYTE
    workers = default_workers()
    best: dict[int, dict[str, float]] = {}
    for _ in range(rounds):
        for count in dict.fromkeys((1, workers)):
            shutil.rmtree(folder / "home", ignore_errors=True)
            result = _run(few, folder / "home", count)
            if count not in best or result["seconds"] < best[count]["seconds"]:
                best[count] = result
    print(f"{documents} documents, {size:.1f} MB, best of {rounds}")
    for count, result in best.items():
        ratio = best[1]["seconds"] / result["seconds"]
        print(
            f"  {count} workers: {result['seconds']:.2f} s, {documents / result['seconds']:.0f} files/s, {ratio:.2f} times as fast as one"
        )
    first = _run(many, folder / "large", workers)
    again = _run(many, folder / "large", workers)
    if again["loaded"] or again["unchanged"] != 10 * documents:
        sys.exit(f"the second run loaded {again['loaded']} documents again")
    print(f"{10 * documents} documents, {workers} workers")
    print(f"  first run:  {first['seconds']:.1f} s, {10 * documents / first['seconds']:.0f} files/s")
    print(
        f"  second run: {again['seconds']:.1f} s, {first['seconds'] / again['seconds']:.0f} times as fast as the first"
    )
    for name, key in (("here", "own_memory"), ("in the largest worker", "worker_memory")):
        small, large = best[workers][key], first[key]
        # Little text is read without workers.
        ratio = f", {large / small:.2f} times that of a tenth of the documents" if small else ""
        print(f"  peak of memory {name}: {large / MEGABYTE:.0f} MB{ratio}")


def _write(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number, text in enumerate(reports(count)):
        (folder / f"{number:06d}.txt").write_text(text, encoding="utf-8")
    return folder


def _run(folder: Path, home: Path, workers: int) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.loading", "--measure", str(folder), str(home), str(workers)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode:
        sys.exit(f"could not be measured: {ended.stderr.strip().splitlines()[-1:]}")
    return json.loads(ended.stdout)


if __name__ == "__main__":
    main()
