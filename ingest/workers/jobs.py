"""What a worker is asked and what it answers. Both are JSON between processes: a hostile file may have taken over the
one that answers, so nothing that it says is ever run.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum

from ingest.documents.archives import Member
from ingest.documents.model import DocumentError, Note
from ingest.documents.stated import Stated

QUANTITY_COLUMNS = ("file", "start", "end", "raw", "value", "unit", "measure", "reason")
# Failures that the same bytes may not have another time: of the disk, of the moment, of ourselves.
_PASSING = frozenset({"unreadable", "not_found", "not_a_file", "changed_while_read", "internal_error"})


class Wants(StrEnum):
    """What a job is to take from a document beside its text."""

    FIGURES = "figures"
    QUANTITIES = "quantities"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Job:
    """One file, or one member of an archive, to be read. `path` is absolute, `file` the name in figures and messages.

    `chain` leads to the member (empty: the file itself). `expected` is the content_id that the bytes must have. `wants` is
    what to take from the document beside its text. `stated` is what a list of sources says of the document.
    """

    path: str
    file: str
    chain: tuple[int, ...] = ()
    expected: str | None = None
    wants: Wants = Wants.FIGURES
    stated: Stated | None = None

    def to_json(self) -> str:
        """The job as one line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, line: str | bytes) -> Job:
        """The job that `to_json` wrote."""
        values = json.loads(line)
        values |= {"chain": tuple(values["chain"]), "wants": Wants(values["wants"])}
        return cls(**values | {"stated": Stated(**values["stated"]) if values["stated"] is not None else None})


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with what was wanted of it. `document` holds columns of raw.documents, `columns` every column of
    raw.figures, or those of QUANTITY_COLUMNS, as lists of one length.

    `notes` say what the reader left out and what the document does not say of itself; seconds are wall time.
    """

    document_id: str
    document: dict[str, object]
    columns: dict[str, list[object]]
    notes: tuple[Note, ...] = ()
    read_seconds: float = 0.0
    extract_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Listing:
    """An archive: its members in order."""

    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was read, or (stage `extracted`) no figures taken from what was read.

    `is_lasting`: the same bytes will fail in the same way under the same limits.
    """

    cause: str
    message: str
    remedy: str
    stage: str = "read"
    is_lasting: bool = True

    @classmethod
    def of(cls, error: DocumentError, stage: str = "read") -> Refusal:
        """The refusal that an error is."""
        return cls(error.cause, error.message, error.remedy, stage, error.cause not in _PASSING)

    def error(self, file: str) -> DocumentError:
        """The refusal as an error about `file`."""
        return DocumentError(file, self.cause, self.message, self.remedy)


Answer = Reading | Listing | Refusal
_KINDS = {kind.__name__: kind for kind in (Reading, Listing, Refusal)}


def to_json(answer: Answer) -> str:
    """The answer as one line; floats come back as they were."""
    return json.dumps([type(answer).__name__, asdict(answer) if isinstance(answer, Listing) else _fields(answer)])


def from_json(line: str | bytes) -> Answer:
    """The answer that `to_json` wrote. Raises ValueError for anything else."""
    try:
        name, values = json.loads(line)
        if name == "Listing":
            return Listing(
                tuple(
                    Member(**m | {"chain": tuple(m["chain"]), "problem": tuple(m["problem"]) if m["problem"] else None})
                    for m in values["members"]
                )
            )
        if name == "Reading":
            values["notes"] = tuple(Note(*note) for note in values["notes"])
        return _KINDS[name](**values)
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"this is no answer: {error!r}") from None


def _fields(answer: Reading | Refusal) -> dict[str, object]:
    # asdict() would copy every cell.
    return {name: getattr(answer, name) for name in answer.__dataclass_fields__}
