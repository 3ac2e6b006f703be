"""Runs `dbt build` in a process of its own, so that a crash in it cannot take the rebuild with it.

Started as `python -m ingest.warehouse.dbt_build PROJECT TARGET LOGS`, with the database's path in JIXIAO_BUILD_DATABASE; with
JIXIAO_STRICT_NAMES=1 the project's variable strict_names is true.
Out, on standard output: a JSON object a line, `{"node": …, "index": …, "total": …}` as work goes on and at the end
`{"success": …, "nodes": …, "warnings": […], "failures": […]}`, both of `{"node": …, "status": …, "message": …, "rows": […]}`: rows are
the first that a test found, in words. All else goes to standard error.

It ends when its standard input closes: a rebuild that was killed leaves no orphan that goes on building.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from typing import TextIO

import duckdb

FAILED = frozenset({"error", "fail", "runtime error", "partial success"})
# Rows that a test found and its message shows.
SHOWN_ROWS = 5


def main() -> None:
    """Run dbt on the arguments that the command line gives; exits with 0 where the build and all its tests passed."""
    project, target, logs = sys.argv[1:]
    # dbt and its plugins may print: keep the protocol to ourselves.
    protocol, sys.stdout = sys.stdout, sys.stderr
    threading.Thread(target=_end_with_parent, daemon=True).start()

    # Importing dbt takes seconds: the watch is on before.
    from dbt.cli.main import dbtRunner

    runner = dbtRunner(callbacks=[lambda event: _report_progress(event, protocol)])
    result = runner.invoke(
        [
            *("--no-send-anonymous-usage-stats", "--no-version-check", "--no-use-colors", "--log-level", "none"),
            *("--log-level-file", "info", "--log-path", logs),
            *("build", "--project-dir", project, "--profiles-dir", project, "--target-path", target),
            *("--vars", json.dumps({"strict_names": os.environ.get("JIXIAO_STRICT_NAMES") == "1"})),
        ]
    )
    nodes = getattr(result.result, "results", None) or []
    failures = [_described(node) for node in nodes if str(node.status) in FAILED]
    if result.exception is not None:
        failures.append({"node": "dbt", "status": "error", "message": str(result.exception).strip(), "rows": []})
    warnings = [_described(node) for node in nodes if str(node.status) == "warn"]
    _send({"success": result.success, "nodes": len(nodes), "warnings": warnings, "failures": failures}, protocol)
    sys.exit(0 if result.success else 1)


def _described(node: object) -> dict[str, object]:
    return {
        "node": node.node.name,
        "status": str(node.status),
        "message": (node.message or "").strip(),
        "rows": _found_rows(node) if str(node.status) in ("fail", "warn") else [],
    }


def _found_rows(node: object) -> list[str]:
    """The first rows that a test found: what is wrong says more than how often."""
    try:
        with duckdb.connect(os.environ["JIXIAO_BUILD_DATABASE"]) as connection:
            found = connection.execute(f"from ({node.node.compiled_code}\n) limit {SHOWN_ROWS}")
            names = [column[0] for column in found.description]
            return [
                ", ".join(f"{name}: {value}" for name, value in zip(names, row, strict=True) if value is not None)
                for row in found.fetchall()
            ]
    except duckdb.Error:
        # A unit test's difference is in its message already.
        return []


def _report_progress(event: object, protocol: TextIO) -> None:
    """Tell what has ended. dbt's result events differ in how they name the total; those of other kinds have no index."""
    data = event.data
    total = getattr(data, "total", None) or getattr(data, "num_models", None)
    if event.info.name.endswith("Result") and total and hasattr(data, "index"):
        _send({"node": data.node_info.node_name, "index": data.index, "total": total}, protocol)


def _send(message: dict[str, object], protocol: TextIO) -> None:
    protocol.write(json.dumps(message) + "\n")
    protocol.flush()


def _end_with_parent() -> None:
    # Unbuffered: a buffered reader would hold a lock that the interpreter needs to shut down.
    while os.read(0, 1024):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
