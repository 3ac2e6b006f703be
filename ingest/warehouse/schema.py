"""The raw tables: names, columns and types, for the store, for a release's copy, and as Arrow schemas for inserts.

`raw.figures` is generated from the figure contract, so that a field is defined once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.figures.contract import FIELDS

if TYPE_CHECKING:
    import pyarrow as pa

# SQL type → the name of the Arrow type.
ARROW_TYPES = {
    "varchar": "string",
    "integer": "int32",
    "bigint": "int64",
    "double": "double",
    "boolean": "bool",
    "timestamp": "timestamp[us]",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a raw table; `sql_type` is one of ARROW_TYPES."""

    name: str
    sql_type: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One raw table: its columns in order and the column that is its key, if one is."""

    name: str
    columns: tuple[Column, ...]
    key: str | None = None

    @property
    def column_names(self) -> tuple[str, ...]:
        """The columns' names in order."""
        return tuple(column.name for column in self.columns)

    @property
    def column_list(self) -> str:
        """The columns for a select or insert, quoted (`end` is a keyword)."""
        return ", ".join(f'"{name}"' for name in self.column_names)

    @property
    def arrow_schema(self) -> pa.Schema:
        """The Arrow schema of rows to insert."""
        # Not above: workers know the columns by name alone, and importing pyarrow takes longer than all of Jixiao.
        import pyarrow as pa

        types = {name: pa.type_for_alias(alias) for name, alias in ARROW_TYPES.items()}
        return pa.schema([pa.field(column.name, types[column.sql_type]) for column in self.columns])

    def ddl(self, schema: str = "raw") -> str:
        """`create table if not exists <schema>.<name>` with types, not-null constraints and the key."""
        columns = ", ".join(
            f'"{column.name}" {column.sql_type}{" not null" if column.required else ""}'
            f"{' primary key' if column.name == self.key else ''}"
            for column in self.columns
        )
        return f"create table if not exists {schema}.{self.name} ({columns})"


def _columns(*definitions: str) -> tuple[Column, ...]:
    """Columns from `name type` or `name type!` (required)."""
    parsed = ([*definition.removesuffix("!").split(), definition] for definition in definitions)
    return tuple(Column(name, sql_type, required=definition.endswith("!")) for name, sql_type, definition in parsed)


DOCUMENTS = Table(
    "documents",
    _columns(
        "document_id varchar!",
        "source_key varchar!",
        "file varchar!",
        "format varchar!",
        "title varchar",
        "department varchar",
        "place_name varchar",
        "place_code varchar",
        "fiscal_year integer",
        "document_kind varchar",
        "publisher varchar",
        "published_on varchar",
        "source_url varchar",
        "source_class varchar!",
        "fetched_at timestamp",
        "stated varchar",
        "encoding varchar",
        "bytes bigint",
        "characters bigint",
        "text varchar",
        "extractor_version varchar!",
        "loaded_at timestamp!",
        "is_current boolean!",
        "superseded_by varchar",
    ),
    key="document_id",
)

# What a figures table may say beyond the contract, and what the store adds.
FIGURES = Table(
    "figures",
    (
        Column("figure_id", "varchar", required=True),
        Column("ordinal", "integer", required=True),
        *(Column(field.name, field.sql_type, field.required) for field in FIELDS),
        *_columns("place_name varchar", "place_code varchar", "note varchar", "stated_confidence varchar"),
    ),
)

# Which content each file (or each document in a figures table) has now. A document is current while a source points to
# it: two copies of one file are one document, which stays until both are gone.
SOURCES = Table(
    "sources",
    _columns("source_key varchar!", "path varchar!", "file varchar!", "document_id varchar!"),
    key="source_key",
)

# What reading a content gave that is no document: why it was refused, or an archive's members. `reader` is the extractor
# and the limits that it was read with; under the same ones the same bytes are not read again.
ANSWERS = Table(
    "answers",
    _columns("content_id varchar!", "ending varchar!", "reader varchar!", "answer varchar!"),
)

# What became of an input in a stage: one row per state that it was in, from the run that found it so first to the one that did
# last. An input that stays as it is adds no row, so that the record grows with what happens and not with how often one looks.
OUTCOMES = Table(
    "outcomes",
    _columns(
        "run_id varchar!",
        "source_key varchar!",
        "file varchar!",
        "document_id varchar",
        "stage varchar!",
        "status varchar!",
        "cause varchar",
        "message varchar",
        "remedy varchar",
        "figures bigint",
        "seconds double",
        "at timestamp!",
        "last_run_id varchar!",
        "last_at timestamp!",
        # The state that the input is in now; false for those that it left.
        "is_current boolean!",
    ),
)
# What makes two outcomes of one input and stage the same state.
OUTCOME_KEY = ("source_key", "stage")
OUTCOME_STATE = ("document_id", "status", "cause", "message", "remedy", "figures")

REJECTIONS = Table(
    "rejections",
    _columns(
        "run_id varchar!",
        "file varchar!",
        "row_number bigint!",
        "column_name varchar",
        "value varchar",
        "cause varchar!",
        "message varchar!",
        "remedy varchar!",
    ),
)

RUNS = Table(
    "runs",
    _columns(
        "run_id varchar!",
        "started_at timestamp!",
        "finished_at timestamp",
        "command varchar!",
        "extractor_version varchar!",
        "loaded bigint",
        "failed bigint",
    ),
    key="run_id",
)

RELEASES = Table(
    "releases",
    _columns(
        "release varchar!",
        "built_at timestamp!",
        "extractor_version varchar!",
        "document_count bigint!",
        "figure_count bigint!",
        "fingerprint varchar!",
    ),
    key="release",
)

STORE_TABLES = (DOCUMENTS, FIGURES, SOURCES, ANSWERS, OUTCOMES, REJECTIONS, RUNS)
# The tables that a release copies from the store, with the order of their rows (the same inputs, the same file).
RELEASE_COPIES = {
    DOCUMENTS: "document_id",
    FIGURES: "document_id, ordinal",
    OUTCOMES: 'source_key, stage, "at", run_id',
    REJECTIONS: "run_id, file, row_number, column_name",
    RUNS: "run_id",
}

# Reviewers' decisions, from their log.
REVIEWS = Table(
    "reviews",
    _columns(
        "review_id varchar!",
        "decided_at timestamp!",
        "reviewer varchar!",
        "action varchar!",
        "reason varchar!",
        "figure_id varchar!",
        "document_id varchar!",
        "source_key varchar",
        "measure varchar",
        "as_written varchar",
        "expected_value double",
        "unit varchar",
        "quote varchar",
        "corrected_value double",
        "corrected_meaning varchar",
        "undoes varchar",
    ),
    key="review_id",
)

# What a release keeps of the one before it, so that its marts can say what changed: the table, and the query on that
# release's file (attached as `previous`) that fills it.
PREVIOUS_COPIES = {
    Table("previous_releases", _columns("release varchar!")): "from previous.main.dim_release",
    Table(
        "previous_fact_values",
        _columns(
            "fact_table varchar!",
            "fact_id varchar!",
            "role varchar!",
            "department_id varchar",
            "department_name varchar",
            "fiscal_year integer",
            "measure varchar",
            "programme varchar",
            "item varchar",
            "fact_value double",
            "unit varchar",
            "figure_id varchar",
            "document_id varchar",
            "source_key varchar",
            "file varchar",
            "extractor_version varchar",
            "is_sample boolean",
        ),
    ): "from previous.main.fct_fact_values",
    Table(
        "previous_documents", _columns("document_id varchar!", "source_key varchar", "extractor_version varchar")
    ): "from previous.raw.documents where is_current",
    Table(
        "previous_corrections", _columns("figure_id varchar!", "correction_reason varchar")
    ): "from previous.main.fct_figures where correction_reason is not null",
}
