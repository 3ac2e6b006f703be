"""Runs `dbt build` in a process of its own, so that a crash in it cannot take the rebuild with it.

Started as `python -m ingest.warehouse.dbt_build PROJECT TARGET LOGS`, with the database's path in JIXIAO_BUILD_DATABASE.
Out, on standard output: a JSON object a line, `{"node": …, "index": …, "total": …}` as work goes on and at the end
`{"success": …, "warnings": …, "failures": [{"node": …, "status": …, "message": …}]}`. All else goes to standard error.

It ends when its standard input closes: a rebuild that was killed leaves no orphan that goes on building.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from typing import TextIO

FAILED = frozenset({"error", "fail", "runtime error", "partial success"})


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
        ]
    )
    nodes = getattr(result.result, "results", None) or []
    failures = [
        {"node": node.node.name, "status": str(node.status), "message": (node.message or "").strip()}
        for node in nodes
        if str(node.status) in FAILED
    ]
    if result.exception is not None:
        failures.append({"node": "dbt", "status": "error", "message": str(result.exception).strip()})
    warnings = sum(str(node.status) == "warn" for node in nodes)
    _send({"success": result.success, "nodes": len(nodes), "warnings": warnings, "failures": failures}, protocol)
    sys.exit(0 if result.success else 1)


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
