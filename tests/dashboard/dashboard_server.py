"""A dashboard of its own for a test: a free port of this machine, ended with the test."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.paths import PROJECT_ROOT


def serve(home: Path, **environment: str) -> Iterator[str]:
    """The dashboard on a free port of this machine, reading the release in `home`, with more variables; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (home / "dashboard.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "dashboard/server.py", "--server.port", str(port)],
        cwd=PROJECT_ROOT,
        env={**os.environ, "JIXIAO_HOME": str(home), **environment},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(150):
            if server.poll() is not None:
                pytest.fail(f"the dashboard ended: {(home / 'dashboard.log').read_text()}")
            try:
                with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                    break
            except OSError:
                time.sleep(0.2)
        else:
            pytest.fail(f"the dashboard did not start: {(home / 'dashboard.log').read_text()}")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=10)
        log.close()
