"""What somebody who lists a document states of it, beside what the document says of itself.

The document's own word wins; where it is silent, the statement stands in; where the two differ, the difference is told.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

from ingest.documents.department_names import place_of
from ingest.documents.model import Document, Note


@dataclass(frozen=True, slots=True)
class Stated:
    """What a row of a list of sources says of a document; null where it says nothing. `document_kind` is a code."""

    department: str | None = None
    fiscal_year: int | None = None
    document_kind: str | None = None
    title: str | None = None
    publisher: str | None = None
    published_on: str | None = None
    source_url: str | None = None
    source_class: str | None = None
    note: str | None = None

    def to_json(self) -> str:
        """What it says, as one line: the same words give the same line."""
        said = {name: value for name, value in asdict(self).items() if value is not None}
        return json.dumps(said, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, line: str) -> Stated:
        """What `to_json` wrote."""
        return cls(**json.loads(line))


def completed(document: Document, stated: Stated) -> Document:
    """The document with what it does not say filled in, and a note of each difference."""
    own = document.profile
    profile = replace(
        own,
        title=own.title or stated.title,
        department=own.department or stated.department,
        place_name=own.place_name or place_of(stated.department),
        fiscal_year=own.fiscal_year or stated.fiscal_year,
        document_kind=(stated.document_kind or own.document_kind)
        if own.document_kind == "other"
        else own.document_kind,
    )
    differences = tuple(
        Note("list_differs", f"the list says {name} {theirs}, the document {ours}, which is kept")
        for name, theirs, ours in (
            ("department", stated.department, profile.department),
            ("year", stated.fiscal_year, profile.fiscal_year),
            ("kind", stated.document_kind, profile.document_kind),
        )
        if theirs is not None and theirs != ours and not _is_shorter_name(theirs, ours)
    )
    content = document.content
    if differences:
        content = replace(content, notes=(*content.notes, *differences))
    return replace(document, profile=profile, content=content)


def _is_shorter_name(one: object, other: object) -> bool:
    """荔湾区民政局 and 广州市荔湾区民政局 name the same department."""
    return isinstance(one, str) and isinstance(other, str) and (one.endswith(other) or other.endswith(one))
