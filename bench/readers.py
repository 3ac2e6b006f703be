"""How fast files are read, and what is kept of them: `make bench-readers`.

The samples, each time with other numbers, are written in every format, once as many small files and once as one long one.
Jixiao's reader and the bare libraries read the same files in the same run, each in a process of its own on one core
(reading.py). Then: how many of the figures of each text its files give. A page is 1 000 characters of the text.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from bench.reports import one_report, reports
from ingest.documents import Document, document_from_bytes, document_from_text
from ingest.figures import extract_figures
from tests.ingest.office_reports import as_docx, as_html, as_xls, as_xlsx, parts_of

HERE = Path(__file__).parent
CHARACTERS_OF_A_PAGE = 1000
LONG = 600_000
# As of issue 4 of 2026: at least this share of the bare library's speed.
AIM = 1 / 3
SAME = (
    "measure",
    "value",
    "unit",
    "per",
    "programme",
    "residence",
    "fund_source",
    "spending_type",
    "stage",
    "fiscal_year",
)

WRITERS: dict[str, Callable[[Document], bytes]] = {
    "html": lambda document: as_html(parts_of(document)),
    "docx": lambda document: as_docx(parts_of(document)),
    "xlsx": lambda document: as_xlsx(parts_of(document)),
    "xls": lambda document: as_xls(parts_of(document)),
}
# For each format the bare libraries of reading.py; the first is the one that the aim is set against: the fastest of those
# that issue 4 names, for XLS, of which it says nothing, the one that reads it here.
BARE = {
    "html": ("selectolax", "lxml_html", "selectolax_text"),
    "docx": ("zip_lxml", "python_docx", "zip_lxml_text"),
    "xlsx": ("calamine", "openpyxl"),
    "xls": ("xlrd", "calamine"),
}
IN_THE_ENVIRONMENT_OF_BASELINES = frozenset({"calamine"})


def main() -> None:
    """Measure, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--baselines", type=Path, required=True, help="Python of the baselines' environment")
    parser.add_argument("--documents", type=int, default=60, help="small files to measure with")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of which the best counts")
    parser.add_argument("--formats", nargs="+", choices=WRITERS, default=list(WRITERS), help="formats to measure")
    parser.add_argument("--json", type=Path, help="write what was measured to this file as well")
    arguments = parser.parse_args()
    many = [document_from_text(text) for text in reports(arguments.documents)]
    long = [document_from_text(one_report(LONG))]
    measured: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(prefix="jixiao-bench-") as folder:
        for form in arguments.formats:
            for size, documents in (("small files", many), ("one long file", long)):
                print(f"  {form}, {size} …", file=sys.stderr)
                place = Path(folder, form, size)
                _write(place, form, documents)
                pages = sum(len(document.text) for document in documents) / CHARACTERS_OF_A_PAGE
                measured[f"{form}, {size}"] = {
                    name: pages / _run(name, place, arguments)["seconds"] for name in (f"jixiao-{form}", *BARE[form])
                }
    _show_speed(measured)
    kept = {form: _kept(form, many[: len(many) // 2]) for form in arguments.formats}
    _show_kept(kept)
    if arguments.json:
        arguments.json.write_text(json.dumps({"pages_per_second": measured, "kept": kept}, indent=1) + "\n")


def _write(folder: Path, form: str, documents: Iterable[Document]) -> None:
    folder.mkdir(parents=True)
    for number, document in enumerate(documents):
        (folder / f"{number:05d}.{form}").write_bytes(WRITERS[form](document))


def _run(name: str, folder: Path, arguments: argparse.Namespace) -> dict[str, float]:
    python = arguments.baselines if name in IN_THE_ENVIRONMENT_OF_BASELINES else sys.executable
    command = [str(python), str(HERE / "reading.py"), name, str(folder), str(arguments.rounds)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode:
        sys.exit(f"{name} could not be measured: {ended.stderr.strip().splitlines()[-1:]}. Run: {' '.join(command)}")
    return json.loads(ended.stdout)


def _kept(form: str, documents: Iterable[Document]) -> dict[str, int]:
    """How many figures the texts have, how many of them their files give too, and how many only the files give."""
    counts: Counter[str] = Counter()
    for document in documents:
        expected = _meanings(document)
        found = _meanings(document_from_bytes(WRITERS[form](document), f"report.{form}"))
        counts["expected"] += expected.total()
        counts["kept"] += (expected & found).total()
        counts["added"] += (found - expected).total()
    return dict(counts)


def _meanings(document: Document) -> Counter[tuple[object, ...]]:
    return Counter(tuple(getattr(figure, name) for name in SAME) for figure in extract_figures(document))


def _show_speed(measured: dict[str, dict[str, float]]) -> None:
    rows = []
    for what, speeds in measured.items():
        (_, ours), *bare = speeds.items()
        for number, (name, speed) in enumerate(bare):
            aim = "" if number else "reached" if ours >= AIM * speed else "not reached"
            rows.append((what if not number else "", f"{ours:,.0f}" if not number else "", name, f"{speed:,.0f}", f"{ours / speed:.2f}", aim))  # fmt: skip
    columns = ("", "Jixiao, pages/s", "bare library", "pages/s", "Jixiao is × as fast", "a third")
    _print("Reading on one core", columns, rows)


def _show_kept(kept: dict[str, dict[str, int]]) -> None:
    rows = [
        (form, f"{c['expected']:,}", f"{c['kept'] / c['expected']:.2%}", f"{c['added']:,}") for form, c in kept.items()
    ]
    _print("Figures of the texts that their files give too", ("", "figures", "kept", "only in the file"), rows)


def _print(title: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    table = Table(box=box.SIMPLE, pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    print(title)
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
