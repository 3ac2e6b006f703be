"""A published release in a folder of its own for each test, and a real Chromium with a running dashboard."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import fixture_warehouse
from dashboard_server import serve

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
