"""What an operator can set, read once from the environment: the variables JIXIAO_….

In: environment variables. Out: one `Settings`. Refuses: a value that cannot be meant, naming the variable and a remedy.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ingest.limits import GIGABYTE, KILOBYTE, MEGABYTE, Limits
from ingest.paths import PROJECT_ROOT, SAMPLES

DEFAULT_HOME = PROJECT_ROOT / "data"
DEFAULT_PORT = 8501
DEFAULT_KEPT_RELEASES = 3
DEFAULT_SOURCES = (SAMPLES / "reports", SAMPLES / "figures")
MOST_WORKERS = 256
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMG]?)B?", re.IGNORECASE)
_SCALES = {"": 1, "K": KILOBYTE, "M": MEGABYTE, "G": GIGABYTE}


class SettingsError(Exception):
    """An environment variable that cannot be used: names it, its value, and what to set instead."""


def absolute(path: str | os.PathLike[str]) -> Path:
    """The path made absolute and free of `..`, with `~` expanded, without following links."""
    return Path(os.path.abspath(Path(path).expanduser()))  # noqa: PTH100 (resolve() would follow links)


@dataclass(frozen=True, slots=True)
class Settings:
    """Where Jixiao keeps its data, what it loads on a rebuild and at what cost, and where the dashboard listens.

    `home` is an absolute folder (it need not exist yet); `sources` are absolute folders or files; `port` is 1 to 65535;
    `kept_releases` is how many earlier releases stay for comparison, 0 or more; `project` is the folder of the dbt project;
    `workers` is how many processes read at once, `limits` what one input may cost; with `strict_names` a name that no rule
    settles fails the build, else it is told.
    """

    home: Path = DEFAULT_HOME
    sources: tuple[Path, ...] = DEFAULT_SOURCES
    port: int = DEFAULT_PORT
    kept_releases: int = DEFAULT_KEPT_RELEASES
    project: Path = PROJECT_ROOT
    strict_names: bool = False
    workers: int = field(default_factory=lambda: default_workers())
    limits: Limits = field(default_factory=Limits)

    @property
    def store(self) -> Path:
        """The record of all that was ever loaded; one writer."""
        return self.home / "store.duckdb"

    @property
    def warehouse(self) -> Path:
        """The published release; only ever replaced by a rename."""
        return self.home / "warehouse.duckdb"

    @property
    def reviews(self) -> Path:
        """The log of reviewers' decisions."""
        return self.home / "reviews.jsonl"

    @property
    def releases(self) -> Path:
        """Earlier releases, each under its name."""
        return self.home / "releases"

    @property
    def fetched(self) -> Path:
        """What `jixiao fetch` brought: files by content, and the record of where they came from."""
        return self.home / "fetched"

    @property
    def build(self) -> Path:
        """Where a rebuild works: the new file, dbt's target folder and the logs of failed builds."""
        return self.home / "build"

    @property
    def originals(self) -> Path:
        """The PDFs and pictures as they were read, by document_id, for the pages that the dashboard shows."""
        return self.home / "originals"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Settings from the variables JIXIAO_…; JIXIAO_SOURCES has paths joined by the system's path separator.

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
        strict = given("JIXIAO_STRICT_NAMES") or "0"
        if strict not in ("0", "1"):
            raise SettingsError(f"JIXIAO_STRICT_NAMES is {strict!r}. Set it to 1 (unknown names fail the build) or 0.")
        chosen = {
            name: parse(variable, given(variable)) for name, (variable, parse) in _LIMITS.items() if given(variable)
        }
        return cls(
            home=home,
            sources=sources or DEFAULT_SOURCES,
            port=parse_port(given("JIXIAO_PORT") or DEFAULT_PORT),
            kept_releases=int(kept),
            strict_names=strict == "1",
            workers=_parse_workers(given("JIXIAO_WORKERS")) if given("JIXIAO_WORKERS") else default_workers(),
            limits=Limits(**chosen),
        )


def default_workers() -> int:
    """As many workers as there are processors that this process may use."""
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def parse_port(value: str | int) -> int:
    """A TCP port from 1 to 65535. Raises SettingsError."""
    try:
        port = int(value)
    except ValueError:
        port = 0
    if not 1 <= port <= 65535:
        raise SettingsError(f"JIXIAO_PORT is {value!r}, which is no port. Set it to a number from 1 to 65535.")
    return port


def _parse_workers(value: str) -> int:
    workers = _number(value)
    if workers is None or not 1 <= workers <= MOST_WORKERS or workers != int(workers):
        raise SettingsError(f"JIXIAO_WORKERS is {value!r}. Set it to a number of processes from 1 to {MOST_WORKERS}.")
    return int(workers)


def _parse_count(name: str, value: str) -> int:
    count = _number(value)
    if count is None or count < 1 or count != int(count):
        raise SettingsError(f"{name} is {value!r}. Set it to a whole number from 1.")
    return int(count)


def _parse_seconds(name: str, value: str) -> float:
    seconds = _number(value)
    if seconds is None or seconds < 1:
        raise SettingsError(f"{name} is {value!r}. Set it to a number of seconds from 1.")
    return seconds


def parse_size(name: str, value: str) -> int:
    """A number of bytes: 500MB, 2GB. Raises SettingsError, naming the variable."""
    found = _SIZE.fullmatch(value)
    size = int(float(found[1]) * _SCALES[found[2].upper()]) if found else 0
    if size < KILOBYTE:
        raise SettingsError(f"{name} is {value!r}. Set it to a size from 1KB, such as 500MB or 2GB.")
    return size


def _number(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


# Field of Limits → the variable that sets it, and how that is read.
_LIMITS = {
    "bytes": ("JIXIAO_MAX_BYTES", parse_size),
    "pages": ("JIXIAO_MAX_PAGES", _parse_count),
    "seconds": ("JIXIAO_MAX_SECONDS", _parse_seconds),
    "memory": ("JIXIAO_MAX_MEMORY", parse_size),
    "archive_bytes": ("JIXIAO_MAX_ARCHIVE", parse_size),
    "members": ("JIXIAO_MAX_MEMBERS", _parse_count),
    "depth": ("JIXIAO_MAX_DEPTH", _parse_count),
    "ratio": ("JIXIAO_MAX_RATIO", _parse_count),
}
