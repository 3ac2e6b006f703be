"""A published release in a folder of its own for each test, and a real Chromium with a running dashboard."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.paths import PROJECT_ROOT

sys.path.insert(0, str(Path(__file__).parent))

import fixture_warehouse

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A JIXIAO_HOME with the fixture's release published."""
    monkeypatch.setenv("JIXIAO_HOME", str(tmp_path))
    fixture_warehouse.build(tmp_path / "warehouse.duckdb")
    return tmp_path


@pytest.fixture
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A JIXIAO_HOME whose release holds nothing."""
    monkeypatch.setenv("JIXIAO_HOME", str(tmp_path))
    fixture_warehouse.build_empty(tmp_path / "warehouse.duckdb")
    return tmp_path


def chromium_path() -> str | None:
    """The Chromium to drive: JIXIAO_CHROMIUM, else the first of the usual names that is installed."""
    return os.environ.get("JIXIAO_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """A real Chromium; skipped with the reason where none is installed, a failure where one is required."""
    path = chromium_path()
    if path is None:
        reason = f"no Chromium found ({', '.join(CHROMIUM_NAMES)} or JIXIAO_CHROMIUM)"
        if os.environ.get("JIXIAO_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield chromium
        chromium.close()


def serve(home: Path) -> Iterator[str]:
    """The dashboard on a free port of this machine, reading the release in `home`; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (home / "dashboard.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "dashboard/app.py", "--server.port", str(port)],
        cwd=PROJECT_ROOT,
        env={**os.environ, "JIXIAO_HOME": str(home)},
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


@pytest.fixture(scope="session")
def served_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The JIXIAO_HOME of the shared server."""
    home = tmp_path_factory.mktemp("served")
    fixture_warehouse.build(home / "warehouse.duckdb")
    return home


@pytest.fixture(scope="session")
def server(served_home: Path) -> Iterator[str]:
    """The address of a dashboard that all browser tests share."""
    yield from serve(served_home)
