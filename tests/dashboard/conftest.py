"""A published release in a folder of its own for each test, and a running dashboard."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import fixture_warehouse
from dashboard_server import serve


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
