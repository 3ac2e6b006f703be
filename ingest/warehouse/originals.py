"""The originals of PDFs and pictures, kept by content so that the dashboard can show the page of a figure.

`$JIXIAO_HOME/originals/<document_id>`: a copy of the file as it was read. Written whole or not at all; kept as long as a
source has the content; a file over the limit for one, or that would exceed the limit for all, is not kept.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

# Formats whose pages are pictures that text alone does not show.
FORMATS = frozenset({"pdf", "picture"})
MOST_BYTES_EACH = 100_000_000
MOST_BYTES_ALL = 20_000_000_000
_DOCUMENT_ID = re.compile(r"[0-9a-f]{32}")
_PARTIAL = ".partial"


@dataclass(slots=True)
class Originals:
    """The folder of originals; it need not exist yet. What it holds is counted once, then as files come."""

    folder: Path
    most_bytes_each: int = MOST_BYTES_EACH
    most_bytes_all: int = MOST_BYTES_ALL
    _held: int | None = None

    def path_of(self, document_id: str) -> Path | None:
        """Where the original of a document is, or None where none is kept."""
        path = self.folder / document_id
        return path if _DOCUMENT_ID.fullmatch(document_id) and path.is_file() else None

    def keep(self, document_id: str, data: bytes) -> bool:
        """Keep the bytes of a document; False where there is no room for them. Raises OSError."""
        if self.path_of(document_id):
            return True
        if self._held is None:
            self._held = sum(path.stat().st_size for path in self._files())
        if len(data) > self.most_bytes_each or self._held + len(data) > self.most_bytes_all:
            return False
        self.folder.mkdir(parents=True, exist_ok=True)
        # Beside its place, so that the rename is one step on one disk.
        partial = self.folder / f"{document_id}.{secrets.token_hex(4)}{_PARTIAL}"
        try:
            partial.write_bytes(data)
            partial.replace(self.folder / document_id)
        finally:
            partial.unlink(missing_ok=True)
        self._held += len(data)
        return True

    def remove_all_but(self, needed: Collection[str]) -> int:
        """Remove the originals of other documents, and what a killed run left half written; returns how many."""
        gone = [path for path in self._files() if path.name not in needed]
        for path in gone:
            path.unlink(missing_ok=True)
        self._held = None
        return len(gone)

    def _files(self) -> Iterator[Path]:
        if self.folder.is_dir():
            for path in self.folder.iterdir():
                if _DOCUMENT_ID.fullmatch(path.name) or path.name.endswith(_PARTIAL):
                    yield path
