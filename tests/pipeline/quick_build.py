"""Stands in for dbt where a test is about publishing: builds the small project's models by itself, in a tenth of a second.

It is given and answers what ingest.warehouse.dbt_build is and does, and like that ends when its standard input closes.
"""

from __future__ import annotations

import json
import os
import re
import sys
import threading
import time
from pathlib import Path

import duckdb

SECONDS_A_MODEL = float(os.environ.get("QUICK_BUILD_SECONDS", "0"))


def end_with_parent() -> None:
    while os.read(0, 1024):
        pass
    os._exit(1)


def main() -> None:
    project, _target, logs = map(Path, sys.argv[1:])
    threading.Thread(target=end_with_parent, daemon=True).start()
    (logs / "dbt.log").write_text("a quick build\n", encoding="utf-8")
    models = sorted((project / "models").glob("*.sql"))
    with duckdb.connect(os.environ["JIXIAO_BUILD_DATABASE"]) as connection:
        for index, model in enumerate(models, 1):
            sql = model.read_text(encoding="utf-8")
            kind = "view" if "materialized='view'" in sql else "table"
            query = re.sub(r"\{\{ config.*?\}\}", "", re.sub(r"\{\{ ref\('(\w+)'\) \}\}", r"main.\1", sql))
            connection.execute(f"create {kind} main.{model.stem} as {query}")
            time.sleep(SECONDS_A_MODEL)
            print(json.dumps({"node": model.stem, "index": index, "total": len(models)}), flush=True)
    print(json.dumps({"success": True, "nodes": len(models), "warnings": [], "failures": []}), flush=True)


if __name__ == "__main__":
    main()
