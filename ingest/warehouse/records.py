"""What passes between the readers of inputs and the store: a prepared document, an outcome, a rejected row.

Nothing here touches the database, so that preparing can move to other processes.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.figures.contract import FIELD_NAMES, Figure
from ingest.paths import is_address, path_of_key
from ingest.warehouse.schema import FIGURES


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document comes from. `source_key` stays when the content changes; `file` is as given.

    `path` is the absolute path of the file, or of the archive or table that holds the document, as `path_key` writes it; for
    what a list of sources names it is the address.
    """

    source_key: str
    path: str
    file: str

    @property
    def location(self) -> Path:
        """The path on the disk."""
        return path_of_key(self.path)

    @property
    def is_listed(self) -> bool:
        """Whether a list of sources names it, by an address and not by a path of the disk."""
        return is_address(self.path)

    @property
    def is_gone(self) -> bool:
        """Whether its file is no longer there; of an address, the list of sources tells."""
        return not self.is_listed and not self.location.exists()


@dataclass(frozen=True, slots=True)
class Prepared:
    """One document ready to be loaded.

    `document` holds columns of raw.documents (those that the store itself fills are left out); `figures` holds every
    column of raw.figures as a list, all of one length.
    """

    origin: Origin
    document_id: str
    document: dict[str, object]
    figures: dict[str, list[object]]

    @property
    def figure_count(self) -> int:
        """How many figures the document has."""
        return len(self.figures["figure_id"])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document in one stage. `status`, `stage` and `cause` are codes, `seconds` is wall time."""

    origin: Origin
    stage: str
    status: str
    document_id: str | None = None
    cause: str | None = None
    message: str | None = None
    remedy: str | None = None
    figures: int | None = None
    seconds: float | None = None

    @property
    def is_failure(self) -> bool:
        """Whether an operator has something to put right."""
        return self.status in ("failed", "rejected")


@dataclass(frozen=True, slots=True)
class Rejection:
    """A cell of a figures table that keeps its row from being loaded. `row_number` counts records; 1 is the header."""

    file: str
    row_number: int
    column: str | None
    value: str | None
    cause: str
    message: str
    remedy: str

    def at_row(self) -> str:
        """What is wrong and where in the table, without the remedy."""
        return f"row {self.row_number}{f', column {self.column}' if self.column else ''}: {self.message}"

    def __str__(self) -> str:
        return f"{self.file}: {self.at_row()}. {self.remedy}"


@dataclass(slots=True)
class TableContents:
    """A figures table after the check: its good rows by document, its bad ones by row, and what was ignored."""

    documents: list[Prepared] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    # Documents of which every row was rejected: they are in the table, so an earlier version of them stays.
    unusable: set[str] = field(default_factory=set)
    # False where a row is so broken that nobody knows which document it belongs to.
    names_all_documents: bool = True
    ignored_columns: tuple[str, ...] = ()
    row_count: int = 0
    rejected_row_count: int = 0


def figure_columns(figures: Sequence[Figure]) -> dict[str, list[object]]:
    """The contract's fields of some figures as columns."""
    return {name: [getattr(figure, name) for figure in figures] for name in FIELD_NAMES}


def complete_columns(document_id: str, columns: dict[str, list[object]]) -> dict[str, list[object]]:
    """Every column of raw.figures from those given: adds figure_id and ordinal, and nulls for the ones left out."""
    count = len(columns["value"])
    nulls: list[object] = [None] * count
    alike: Counter[tuple[object, ...]] = Counter()
    figure_ids: list[object] = []
    identities = zip(columns["measure"], columns["value"], columns["unit"], columns.get("start", nulls), strict=True)
    for identity in identities:
        content = repr((document_id, *identity, alike[identity]))
        figure_ids.append(hashlib.sha256(content.encode()).hexdigest()[:20])
        alike[identity] += 1
    own = {"figure_id": figure_ids, "ordinal": list(range(1, count + 1)), "document_id": [document_id] * count}
    columns = columns | own
    return {name: columns.get(name, nulls) for name in FIGURES.column_names}
