"""Write docs/data_dictionary.md from the dbt project's own descriptions, so that it cannot say anything else.

In: the dbt project beside this folder. Out: the page (`render`), or the file when run as a script:
`python scripts/data_dictionary.py`. A test keeps the committed page equal to what `render` gives.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parents[1]
PAGE = PROJECT_ROOT / "docs" / "data_dictionary.md"
SEED_FOLDERS = (("vocabulary", "Vocabulary (词表)"), ("reference", "Reference data (参考数据)"))
INTRODUCTION = """# Data dictionary

What an analyst finds in the published warehouse. This page is written by `python scripts/data_dictionary.py` from the
descriptions under `models/` and `seeds/`, which also stand as comments in the file itself (`duckdb_columns()`).

Money is in yuan (`*_cny`), rates are in percent (`*_pct`), an unknown is null and never 0. Facts of reports written for this
project (样例) carry `is_sample`.
"""


class ParseError(Exception):
    """dbt could not read the project; carries what dbt said."""


def read_manifest() -> dict:
    """The manifest of the project as it stands, parsed in a folder of its own; no database is opened.

    Raises ParseError where dbt cannot read the project.
    """
    with tempfile.TemporaryDirectory() as folder:
        finished = subprocess.run(
            [
                *(sys.executable, "-m", "dbt.cli.main", "--no-use-colors", "--log-path", folder, "parse"),
                *("--project-dir", str(PROJECT_ROOT), "--profiles-dir", str(PROJECT_ROOT)),
                *("--target-path", folder, "--no-partial-parse"),
            ],
            capture_output=True,
            text=True,
            cwd=PROJECT_ROOT,
            env={**os.environ, "JIXIAO_BUILD_DATABASE": str(Path(folder) / "unused.duckdb")},
        )
        if finished.returncode:
            raise ParseError(finished.stdout[-4000:] + finished.stderr[-4000:])
        return json.loads((Path(folder) / "manifest.json").read_text(encoding="utf-8"))


def render(manifest: dict) -> str:
    """The page in Markdown: each mart with its columns, types and meaning, then each seed."""
    nodes = manifest["nodes"].values()
    marts = sorted(
        (node for node in nodes if node["resource_type"] == "model" and node["fqn"][1] == "marts"),
        key=lambda node: node["name"],
    )
    parts = [INTRODUCTION, "## Marts (schema `main`)\n", _contents(marts)]
    parts.extend(_table(mart, link=True) for mart in marts)
    for folder, heading in SEED_FOLDERS:
        seeds = sorted(
            (node for node in nodes if node["resource_type"] == "seed" and node["fqn"][1] == folder),
            key=lambda node: node["name"],
        )
        parts.append(f"## {heading}, schema `reference`\n")
        parts.extend(_table(seed, link=False) for seed in seeds)
    return "\n".join(parts).rstrip() + "\n"


def _contents(marts: list[dict]) -> str:
    lines = ["| table | what it is |", "|---|---|"]
    lines.extend(f"| [`{mart['name']}`](#{mart['name']}) | {_cell(mart['description'])} |" for mart in marts)
    return "\n".join(lines) + "\n"


def _table(node: dict, *, link: bool) -> str:
    lines = [f"### {node['name']}", "", _cell(node["description"]), ""]
    if link:
        grain = next(line for line in node["raw_code"].splitlines() if line.startswith("-- One row"))
        lines += [grain.removeprefix("-- "), "", "| column | type | meaning |", "|---|---|---|"]
        lines.extend(
            f"| `{column['name']}` | {column['data_type']} | {_cell(column['description'])} |"
            for column in node["columns"].values()
        )
    else:
        lines += ["| column | meaning |", "|---|---|"]
        lines.extend(f"| `{column['name']}` | {_cell(column['description'])} |" for column in node["columns"].values())
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(render(read_manifest()), encoding="utf-8")
    print(f"Wrote {PAGE.relative_to(PROJECT_ROOT)}")
