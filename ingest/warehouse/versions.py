"""Fingerprints that decide whether work is already done: of the extraction, and of all that goes into a release."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import astuple
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ingest import EXTRACTOR_VERSION
from ingest.documents.readers.ocr import is_installed
from ingest.limits import Limits
from ingest.paths import PROJECT_ROOT, SEEDS

# What decides how a report is read. The words are data: a new alias reads documents differently as much as new code does.
_EXTRACTION = (
    PROJECT_ROOT / "ingest" / "documents",
    PROJECT_ROOT / "ingest" / "quantities",
    PROJECT_ROOT / "ingest" / "figures",
    PROJECT_ROOT / "ingest" / "vocabulary.py",
    SEEDS / "vocabulary",
)
# The libraries that read formats: another version may see another text, and the last is an extra that reads scans.
_READERS = ("lxml", "olefile", "pillow", "pypdfium2", "selectolax", "xlrd", "rapidocr")
# What decides how a release is built, within the dbt project's folder.
_BUILD = ("dbt_project.yml", "profiles.yml", "models", "macros", "seeds", "snapshots", "analyses", "tests/warehouse")
_ENDINGS = frozenset({".py", ".csv", ".sql", ".yml", ".yaml", ".md"})


@cache
def extractor_version() -> str:
    """EXTRACTOR_VERSION and a hash of the extraction's code and words and the readers' versions, e.g. `0.1.0+3fa92c1d`.

    A document that was read under another one is read again.
    """
    digest = hashlib.sha256(_hash_of_files(_EXTRACTION, PROJECT_ROOT).encode())
    digest.update(repr([_version_of(package) for package in _READERS]).encode())
    return f"{EXTRACTOR_VERSION}+{digest.hexdigest()[:8]}"


def _version_of(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def reader_version(limits: Limits) -> str:
    """The extractor's version and a hash of the limits, and of whether scans are read: what was refused under other ones
    is tried again.
    """
    given = repr((*astuple(limits), is_installed()))
    return f"{extractor_version()}/{hashlib.sha256(given.encode()).hexdigest()[:8]}"


def build_fingerprint(project: Path) -> str:
    """A hash of the dbt project at `project` and of the versions that run it."""
    digest = hashlib.sha256(_hash_of_files((project / part for part in _BUILD), project).encode())
    for package in ("dbt-core", "dbt-duckdb", "duckdb"):
        digest.update(version(package).encode())
    return digest.hexdigest()


def _hash_of_files(roots: Iterable[Path], relative_to: Path) -> str:
    digest = hashlib.sha256()
    for root in roots:
        files = [root] if root.is_file() else sorted(root.rglob("*"))
        for file in files:
            if file.suffix in _ENDINGS and file.is_file():
                digest.update(file.relative_to(relative_to).as_posix().encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
