"""How fast PDFs are read, and how much of their tables is kept.

    .venv/bin/python -m bench.pdf --baselines .venv/bench/bin/python

Pages of prose beside pypdfium2's bare text, pages with tables beside pdfplumber, on the same files in the same run. Each
measurement is a process of its own (pdf_work.py); the best of several rounds counts, taken in turn.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from rich import box
from rich.console import Console
from rich.table import Table

from bench.reports import reports

FONT = "STSong-Light"
ITEMS = (
    "行政运行",
    "儿童福利",
    "殡葬",
    "城市最低生活保障金支出",
    "农村特困人员救助供养支出",
    "临时救助支出",
    "其他民政管理事务支出",
)
HEAD = ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
ROWS_A_PAGE = 30
EDGES = (60, 130, 290, 370, 450, 530)
# (file, measured, what it is, whether it runs among the baselines' packages)
RUNS = (
    ("prose", "pdfium", "prose: bare pypdfium2 text", False),
    ("prose", "jixiao", "prose: Jixiao", False),
    ("ruled", "pdfplumber", "tables with rules: pdfplumber", True),
    ("ruled", "jixiao", "tables with rules: Jixiao", False),
    ("aligned", "jixiao", "tables without rules: Jixiao", False),
)
# (ours, theirs, at least this many times as fast, in words), as of issue 4 of 2026.
AIMS = (
    (("prose", "jixiao"), ("prose", "pdfium"), 1 / 3, "at least a third of bare pypdfium2 on prose"),
    (("ruled", "jixiao"), ("ruled", "pdfplumber"), 1.0, "no slower than pdfplumber on tables"),
)
ROWS_KEPT = 0.95


def main() -> None:
    """Measure, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--baselines", type=Path, required=True, help="Python of the baselines' environment")
    parser.add_argument("--pages", type=int, default=60, help="pages of each file")
    parser.add_argument("--prose", type=Path, help="a PDF to measure prose with instead of the one that is made")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of which the best counts")
    arguments = parser.parse_args()
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    with tempfile.TemporaryDirectory(prefix="jixiao-bench-") as folder:
        _write(Path(folder), arguments.pages)
        if arguments.prose:
            (Path(folder) / "prose.pdf").write_bytes(arguments.prose.read_bytes())
        best: dict[tuple[str, str], dict[str, float]] = {}
        for number in range(arguments.rounds):
            for file, measured, what, is_baseline in RUNS:
                print(f"round {number + 1} of {arguments.rounds}: {what}", file=sys.stderr)
                python = arguments.baselines if is_baseline else Path(sys.executable)
                result = _run(python, measured, Path(folder) / f"{file}.pdf")
                if (file, measured) not in best or result["seconds"] < best[file, measured]["seconds"]:
                    best[file, measured] = result
    _show(best)


def _run(python: Path, measured: str, path: Path) -> dict[str, float]:
    command = [str(python), str(Path(__file__).with_name("pdf_work.py")), measured, str(path)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])
    return json.loads(answer.stdout)


def _show(best: dict[tuple[str, str], dict[str, float]]) -> None:
    table = Table("", "pages/s", "table rows kept", box=box.SIMPLE)
    for file, measured, what, _ in RUNS:
        result = best[file, measured]
        rows = f"{result['rows']} of {result['rows_in_all']}" if result.get("rows_in_all") else "–"
        table.add_row(what, f"{result['pages'] / result['seconds']:.0f}", rows)
    console = Console()
    console.print(table)
    for ours, theirs, least, words in AIMS:
        ratio = best[theirs]["seconds"] / best[ours]["seconds"]
        console.print(f"{words}: {ratio:.2f} times, {'reached' if ratio >= least else 'NOT reached'}")
    for file in ("ruled", "aligned"):
        share = best[file, "jixiao"]["rows"] / best[file, "jixiao"]["rows_in_all"]
        console.print(
            f"at least {ROWS_KEPT:.0%} of the rows of {file} tables: {share:.1%}, {'reached' if share >= ROWS_KEPT else 'NOT reached'}"
        )


def _write(folder: Path, pages: int) -> None:
    (folder / "prose.pdf").write_bytes(_prose(pages))
    for name, is_ruled in (("ruled", True), ("aligned", False)):
        data, rows = _tables(pages, is_ruled)
        (folder / f"{name}.pdf").write_bytes(data)
        (folder / f"{name}.json").write_text(json.dumps(rows), encoding="utf-8")


def _prose(pages: int) -> bytes:
    """Pages of 36 full lines: the samples, with other numbers each time."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=A4)
    text = "".join("".join(report.split()) for report in reports(max(4, pages // 2)))
    place = 0
    for _ in range(pages):
        canvas.setFont(FONT, 12)
        for line in range(36):
            stop = place
            width = 0.0
            while width < 450 and stop < len(text):
                width += pdfmetrics.stringWidth(text[stop], FONT, 12)
                stop += 1
            canvas.drawString(72, 770 - 19.5 * line, text[place:stop])
            place = stop if stop < len(text) else 0
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _tables(pages: int, is_ruled: bool) -> tuple[bytes, list[list[str]]]:
    """Pages with a table each, and the rows that they hold."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=A4)
    chance = random.Random(4)
    kept: list[list[str]] = []
    for page in range(pages):
        canvas.setFont(FONT, 12)
        canvas.drawCentredString(297, 800, f"支出决算表（{page + 1}）")
        canvas.setFont(FONT, 9)
        canvas.drawRightString(530, 782, "单位：万元")
        if is_ruled:
            canvas.grid(list(EDGES), [775 - 22 * line for line in range(ROWS_A_PAGE + 2)])
        for line in range(ROWS_A_PAGE + 1):
            y = 775 - 22 * line - 14
            if line == 0:
                row = list(HEAD)
            else:
                amounts = [f"{chance.uniform(0, 99999):,.2f}" for _ in range(3)]
                row = [f"20{chance.randrange(10**5, 10**6 - 1)}", ITEMS[line % len(ITEMS)], *amounts]
                kept.append(row)
            for column, text in enumerate(row):
                if column < 2 or line == 0:
                    canvas.drawString(EDGES[column] + 4, y, text)
                else:
                    canvas.drawRightString(EDGES[column + 1] - 4, y, text)
        canvas.showPage()
    canvas.save()
    return target.getvalue(), kept


if __name__ == "__main__":
    main()
