"""A dbt project of four nodes, so that publishing is tested in seconds; the real one has its own test."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from small_project import PROJECT, QUICK_BUILDER, write_figures

from ingest.settings import Settings
from ingest.warehouse import release


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, release.Rebuild]:
    """The release that `make warehouse` publishes on a fresh clone, built once for all tests that only read it; no name in it
    may be open.
    """
    settings = Settings(home=tmp_path_factory.mktemp("shipped"), strict_names=True)
    return settings, release.rebuild(settings)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small dbt project."""
    folder = tmp_path / "project"
    for name, content in PROJECT.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


@pytest.fixture
def small(settings: Settings, project: Path) -> Settings:
    """Settings that build the small project from a source folder with one figures table of two rows."""
    write_figures(settings, 5, 6)
    return replace(settings, project=project)


@pytest.fixture
def quick(small: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The same, built without dbt: for tests of publishing that need many rebuilds."""
    monkeypatch.setattr(release, "BUILDER", QUICK_BUILDER)
    return small
