"""Writing what comes in to a file, whole, hashed, and no more of it than is allowed."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ingest.fetching.failures import BY_HAND, FetchFailure
from ingest.limits import MEGABYTE

CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Body:
    """A file that whoever asked for it moves or removes: its size in bytes and the SHA-256 of its content, in hex."""

    path: Path
    size: int
    sha256: str


def save_body(chunks: Iterable[bytes], folder: Path, most: int, *, is_cut: bool = False) -> Body:
    """Write the chunks to a new file in the folder. What is longer than `most` bytes is cut there, or else refused.

    Raises FetchFailure (`too_large`; `empty`, unless it may be cut) and what the chunks raise.
    """
    digest, size = hashlib.sha256(), 0
    stream = tempfile.NamedTemporaryFile(dir=folder, delete=False)  # noqa: SIM115 (kept, unless it fails)
    path = Path(stream.name)
    try:
        with closing(stream):
            for chunk in chunks:
                if size + len(chunk) > most:
                    if not is_cut:
                        raise too_large(most)
                    chunk = chunk[: most - size]
                size += len(chunk)
                digest.update(chunk)
                stream.write(chunk)
                if is_cut and size == most:
                    break
        if not size and not is_cut:
            raise FetchFailure("empty", "it is empty", "Check the address, or whether the file was written completely")
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Body(path, size, digest.hexdigest())


def too_large(most: int) -> FetchFailure:
    """What to say of more than `most` bytes."""
    return FetchFailure(
        "too_large",
        f"it has more than {most / MEGABYTE:g} megabytes",
        f"Raise JIXIAO_FETCH_BYTES, or {BY_HAND}",
    )
