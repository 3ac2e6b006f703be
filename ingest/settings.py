"""What an operator can set, read once from the environment: JIXIAO_HOME, JIXIAO_SOURCES, JIXIAO_PORT, JIXIAO_KEPT_RELEASES.

In: environment variables. Out: one `Settings`. Refuses: a value that cannot be meant, naming the variable and a remedy.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.paths import PROJECT_ROOT, SAMPLES

DEFAULT_HOME = PROJECT_ROOT / "data"
DEFAULT_PORT = 8501
DEFAULT_KEPT_RELEASES = 3
DEFAULT_SOURCES = (SAMPLES / "reports", SAMPLES / "figures")


class SettingsError(Exception):
    """An environment variable that cannot be used: names it, its value, and what to set instead."""


def absolute(path: str | os.PathLike[str]) -> Path:
    """The path made absolute and free of `..`, with `~` expanded, without following links."""
    return Path(os.path.abspath(Path(path).expanduser()))  # noqa: PTH100 (resolve() would follow links)


@dataclass(frozen=True, slots=True)
class Settings:
    """Where Jixiao keeps its data, what it loads on a rebuild, and where the dashboard listens.

    `home` is an absolute folder (it need not exist yet); `sources` are absolute folders or files; `port` is 1 to 65535;
    `kept_releases` is how many earlier releases stay for comparison, 0 or more; `project` is the folder of the dbt project.
    """

    home: Path = DEFAULT_HOME
    sources: tuple[Path, ...] = DEFAULT_SOURCES
    port: int = DEFAULT_PORT
    kept_releases: int = DEFAULT_KEPT_RELEASES
    project: Path = PROJECT_ROOT

    @property
    def store(self) -> Path:
        """The record of all that was ever loaded; one writer."""
        return self.home / "store.duckdb"

    @property
    def warehouse(self) -> Path:
        """The published release; only ever replaced by a rename."""
        return self.home / "warehouse.duckdb"

    @property
    def releases(self) -> Path:
        """Earlier releases, each under its name."""
        return self.home / "releases"

    @property
    def build(self) -> Path:
        """Where a rebuild works: the new file, dbt's target folder and the logs of failed builds."""
        return self.home / "build"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Settings from JIXIAO_HOME, JIXIAO_SOURCES (paths joined by the path separator), JIXIAO_PORT and JIXIAO_KEPT_RELEASES.

        An unset or blank variable keeps its default. Raises SettingsError.
        """
        environment = os.environ if environment is None else environment

        def given(name: str) -> str:
            return environment.get(name, "").strip()

        home = absolute(given("JIXIAO_HOME")) if given("JIXIAO_HOME") else DEFAULT_HOME
        if home.exists() and not home.is_dir():
            raise SettingsError(f"JIXIAO_HOME is {home}, which is a file. Set it to a folder.")
        sources = tuple(absolute(part) for part in given("JIXIAO_SOURCES").split(os.pathsep) if part.strip())
        kept = given("JIXIAO_KEPT_RELEASES") or str(DEFAULT_KEPT_RELEASES)
        if not kept.isdecimal():
            raise SettingsError(f"JIXIAO_KEPT_RELEASES is {kept!r}. Set it to a number of releases, 0 or more.")
        return cls(
            home=home,
            sources=sources or DEFAULT_SOURCES,
            port=parse_port(given("JIXIAO_PORT") or DEFAULT_PORT),
            kept_releases=int(kept),
        )


def parse_port(value: str | int) -> int:
    """A TCP port from 1 to 65535. Raises SettingsError."""
    try:
        port = int(value)
    except ValueError:
        port = 0
    if not 1 <= port <= 65535:
        raise SettingsError(f"JIXIAO_PORT is {value!r}, which is no port. Set it to a number from 1 to 65535.")
    return port
