"""What all tests share: a data folder of their own, the command line run in this process, and a real Chromium."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# pytest puts tests/ on the path, where the folder tests/ingest would otherwise stand for the package.
sys.path.append(str(Path(__file__).parents[1]))

from ingest import cli
from ingest.settings import Settings

# The same examples in every run, so that a change fails for what it changed; `--hypothesis-profile=roaming` seeks others.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.register_profile("roaming", deadline=None, max_examples=2000)
hypothesis.settings.load_profile("steady")

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


@pytest.fixture(scope="session", autouse=True)
def _data_of_the_operator_is_out_of_reach(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test can write into the JIXIAO_HOME of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIXIAO_HOME", str(tmp_path_factory.mktemp("jixiao-home")))
        patch.delenv("JIXIAO_SOURCES", raising=False)
        patch.delenv("JIXIAO_PORT", raising=False)
        patch.delenv("JIXIAO_STRICT_NAMES", raising=False)
        yield


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code and what it wrote."""

    code: int
    out: str
    err: str


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings with a data folder and an (existing, empty) source folder of the test's own, as the command sees them too."""
    sources = tmp_path / "sources"
    sources.mkdir()
    monkeypatch.setenv("JIXIAO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("JIXIAO_SOURCES", str(sources))
    return Settings.from_environment()


@pytest.fixture
def jixiao(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    """Run `jixiao` with these arguments in this process."""

    def run(*arguments: str | Path) -> Ended:
        monkeypatch.setattr(sys, "argv", ["jixiao", *map(str, arguments)])
        capsys.readouterr()
        try:
            cli.main()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        captured = capsys.readouterr()
        return Ended(code, captured.out, captured.err)

    return run


def chromium_path() -> str | None:
    """The Chromium to drive: JIXIAO_CHROMIUM, else the first of the usual names that is installed."""
    return os.environ.get("JIXIAO_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
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
