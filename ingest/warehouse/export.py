"""Exporting: the published marts as plain files that need no DuckDB.

In: a published warehouse. Out: a folder with each mart as `parquet/<mart>.parquet` and `csv/<mart>.csv`, one workbook
`jixiao.xlsx` with a sheet of notes, and `datapackage.json` (Frictionless Data Package; the funding table carries the
column types of the Fiscal Data Package). The folder appears whole or not at all.

Refuses a folder that holds anything but an earlier export.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import xlsxwriter

from ingest.spreadsheets import harmless_sql
from ingest.vocabulary import read_rows
from ingest.warehouse.errors import ExportRefused, NoRelease
from ingest.warehouse.query import identifier, text_literal

PACKAGE = "datapackage.json"
WORKBOOK = "jixiao.xlsx"
# What a sheet and a cell of XLSX can hold.
ROWS_OF_A_SHEET = 1_048_576
CHARACTERS_OF_A_CELL = 32_767
ROWS_AT_A_TIME = 10_000
TAXONOMY = "https://specs.frictionlessdata.io/taxonomies/fiscal/budgets.json"
FUNDING = "fct_funding"
TIMESTAMP = "%Y-%m-%dT%H:%M:%S.%f"
# The Frictionless type of a column type of DuckDB; a type that is not here is exported as text.
FIELD_TYPES = {
    "VARCHAR": {"type": "string"},
    "BOOLEAN": {"type": "boolean"},
    "INTEGER": {"type": "integer"},
    "BIGINT": {"type": "integer"},
    "DOUBLE": {"type": "number"},
    "DATE": {"type": "date"},
    "TIMESTAMP": {"type": "datetime", "format": TIMESTAMP},
}
NOTES = (
    "Money is in yuan (columns *_cny, 元), rates are in percent (*_pct, %). An empty cell is unknown, never 0.",
    "金额单位为元（*_cny 列），比率单位为 %（*_pct 列）；空白表示未知，不是 0。",
    "Rows with is_sample are invented, written for the project; leave them out of any finding about a real place.",
    "is_sample 为真的行是为本项目编写的示例，不得用于对真实地区的结论。",
    "A number is what a document states or what follows from it by the rule in the row; figure_id leads to fct_figures, "
    "which has the sentence (quote) and the document. Cite the document.",
    "In CSV and XLSX a text that a spreadsheet would run as a formula stands behind an apostrophe; Parquet has it as it is.",
)

# (files done, files in all, the file in hand)
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a mart: its name, DuckDB's type, its meaning, and whether it is always there."""

    name: str
    sql_type: str
    description: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Mart:
    """A table of the release: its columns, its meaning, its row count and its key (null where no single column is one)."""

    name: str
    description: str
    fields: tuple[Field, ...]
    rows: int
    key: str | None


@dataclass(frozen=True, slots=True)
class Export:
    """What an export wrote."""

    folder: Path
    release: str
    marts: int
    rows: int
    left_out: tuple[str, ...]


def export(warehouse: Path, folder: Path, *, progress: Progress | None = None) -> Export:
    """Write the published marts to `folder`, in the place of an earlier export there.

    Raises NoRelease and ExportRefused.
    """
    _check_target(folder)
    if not warehouse.exists():
        raise NoRelease(f"{warehouse}: there is no published warehouse yet. Run `jixiao rebuild` first.")
    workshop = folder.with_name(f".{folder.name}.unfinished")
    shutil.rmtree(workshop, ignore_errors=True)
    try:
        workshop.mkdir(parents=True)
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            done = _write(connection, workshop, folder, progress or (lambda *_: None))
        if folder.exists():
            shutil.rmtree(folder)
        workshop.replace(folder)
    except (OSError, duckdb.Error) as error:
        raise ExportRefused(f"{folder}: the export could not be written ({error}). Check the disk's space.") from error
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return done


def _check_target(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ExportRefused(f"{folder}: this is a file. Name a folder.")
    if not any(folder.iterdir()):
        return
    try:
        is_ours = "jixiao" in json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        is_ours = False
    if not is_ours:
        raise ExportRefused(
            f"{folder}: the folder holds something that is no export of Jixiao. Name a new or an empty folder."
        )


def _write(connection: duckdb.DuckDBPyConnection, workshop: Path, folder: Path, progress: Progress) -> Export:
    marts = read_marts(connection)
    (workshop / "csv").mkdir()
    (workshop / "parquet").mkdir()
    files = 2 * len(marts) + 1
    for number, mart in enumerate(marts):
        progress(2 * number, files, f"{mart.name}.parquet")
        target = f"parquet/{mart.name}.parquet"
        connection.execute(
            f"copy (from main.{identifier(mart.name)}) to {text_literal(workshop / target)} (format parquet, compression zstd)"
        )
        progress(2 * number + 1, files, f"{mart.name}.csv")
        connection.execute(
            f"copy ({_harmless_select(mart)}) to {text_literal(workshop / f'csv/{mart.name}.csv')}"
            f" (format csv, header, timestampformat '{TIMESTAMP}')"
        )
    progress(files - 1, files, WORKBOOK)
    release, built_at, extractor_version = connection.execute(
        "select release, built_at, extractor_version from main.dim_release"
    ).fetchone()
    left_out = _write_workbook(connection, marts, workshop / WORKBOOK, release)
    # The same key can head two tables (documents and their texts): the one with all of them is referred to.
    owners = {mart.key: mart.name for mart in sorted(marts, key=lambda mart: mart.rows) if mart.key}
    package = {
        "profile": "data-package",
        "name": "jixiao",
        "title": "Jixiao (绩效): performance of Chinese government departments, as they report it",
        "description": "\n".join((*NOTES, *left_out)),
        "version": release,
        "created": f"{built_at:%Y-%m-%dT%H:%M:%SZ}",
        "licenses": [
            {
                "name": "Apache-2.0",
                "path": "https://www.apache.org/licenses/LICENSE-2.0",
                "title": "Apache License 2.0 for the compilation; published figures are facts",
            }
        ],
        "sources": _sources(connection),
        "resources": [
            *(_table_resource(mart, owners, workshop) for mart in marts),
            *(_file_resource(f"{mart.name}-parquet", f"parquet/{mart.name}.parquet", workshop) for mart in marts),
            _file_resource("jixiao-xlsx", WORKBOOK, workshop),
        ],
        "jixiao": {
            "release": release,
            "extractor_version": extractor_version,
            "checks": dict(
                connection.execute(
                    "select verdict, count(*) from main.fct_reconciliations group by verdict order by verdict"
                ).fetchall()
            ),
        },
    }
    (workshop / PACKAGE).write_text(json.dumps(package, ensure_ascii=False, indent=1), encoding="utf-8")
    progress(files, files, PACKAGE)
    return Export(folder, release, len(marts), sum(mart.rows for mart in marts), left_out)


def read_marts(connection: duckdb.DuckDBPyConnection) -> list[Mart]:
    """The marts of an open release, by name, as its own catalogue describes them."""
    tables = connection.execute(
        """
        select table_name, coalesce(comment, '') from duckdb_tables()
        where database_name = current_database() and schema_name = 'main' order by table_name
        """
    ).fetchall()
    marts = []
    for name, description in tables:
        columns = connection.execute(
            """
            select column_name, data_type, coalesce(comment, ''), not is_nullable from duckdb_columns()
            where database_name = current_database() and schema_name = 'main' and table_name = ? order by column_index
            """,
            [name],
        ).fetchall()
        fields = tuple(Field(*column) for column in columns)
        first = identifier(fields[0].name)
        rows, keys = connection.execute(
            f"select count(*), count(distinct {first}) from main.{identifier(name)}"
        ).fetchone()
        key = fields[0].name if fields[0].is_required and keys == rows else None
        marts.append(Mart(name, description, fields, rows, key))
    return marts


def _harmless_select(mart: Mart) -> str:
    """The mart with what a plain file can hold: a list as JSON, no text that a spreadsheet would run."""
    columns = ", ".join(f"{_flat(field)} as {identifier(field.name)}" for field in mart.fields)
    return f"select {columns} from main.{identifier(mart.name)}"


def _flat(field: Field) -> str:
    if field.sql_type == "VARCHAR":
        return harmless_sql(identifier(field.name))
    if field.sql_type.endswith("[]"):
        return f"cast(to_json({identifier(field.name)}) as varchar)"
    return identifier(field.name) if field.sql_type in FIELD_TYPES else f"cast({identifier(field.name)} as varchar)"


def _write_workbook(
    connection: duckdb.DuckDBPyConnection, marts: list[Mart], path: Path, release: str
) -> tuple[str, ...]:
    """One sheet a mart behind a sheet of notes; returns what did not fit, as sentences."""
    fitting = [mart for mart in marts if mart.rows < ROWS_OF_A_SHEET and not _has_long_text(connection, mart)]
    left_out = tuple(
        f"The workbook leaves out {mart.name} ({mart.rows} rows, or a text of more than {CHARACTERS_OF_A_CELL} "
        "characters): take the CSV or the Parquet file."
        for mart in marts
        if mart not in fitting
    )
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(str(path), options) as workbook:
        bold = workbook.add_format({"bold": True})
        moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        notes = workbook.add_worksheet("notes")
        notes.set_column(0, 0, 30)
        notes.set_column(1, 1, 110)
        described = [("", line) for line in (f"Release {release}", *NOTES, *left_out)]
        for mart in marts:
            described += [(mart.name, mart.description), *((f"  {f.name}", f.description) for f in mart.fields)]
        for row, (name, meaning) in enumerate(described):
            notes.write_string(row, 0, name, bold if name and not name.startswith(" ") else None)
            notes.write_string(row, 1, meaning)
        for mart in fitting:
            sheet = workbook.add_worksheet(mart.name[:31])
            sheet.freeze_panes(1, 0)
            for column, field in enumerate(mart.fields):
                sheet.write_string(0, column, field.name, bold)
            cursor = connection.execute(_harmless_select(mart))
            row = 0
            while rows := cursor.fetchmany(ROWS_AT_A_TIME):
                for cells in rows:
                    row += 1
                    for column, cell in enumerate(cells):
                        if isinstance(cell, str):
                            sheet.write_string(row, column, cell)
                        elif mart.fields[column].sql_type == "TIMESTAMP" and cell is not None:
                            sheet.write_datetime(row, column, cell, moment)
                        elif cell is not None:
                            sheet.write(row, column, cell)
    return left_out


def _has_long_text(connection: duckdb.DuckDBPyConnection, mart: Mart) -> bool:
    texts = [field.name for field in mart.fields if field.sql_type == "VARCHAR"]
    if not texts:
        return False
    # One more for the apostrophe that may come before it.
    longest = ", ".join(f"max(length({identifier(text)})) + 1" for text in texts)
    lengths = connection.execute(f"select {longest} from main.{identifier(mart.name)}").fetchone()
    return max((length or 0) for length in lengths) > CHARACTERS_OF_A_CELL


def _table_resource(mart: Mart, owners: dict[str, str], workshop: Path) -> dict[str, object]:
    is_funding = mart.name == FUNDING
    types = {row["column_name"]: row["column_type"] for row in read_rows("reference", "fiscal_column_types")}
    fields = []
    for field in mart.fields:
        described: dict[str, object] = {
            "name": field.name,
            **(
                {"type": "array"}
                if field.sql_type.endswith("[]")
                else FIELD_TYPES.get(field.sql_type, {"type": "string"})
            ),
            "description": field.description,
        }
        if field.is_required:
            described["constraints"] = {"required": True}
        if is_funding and field.name in types:
            described["columnType"] = types[field.name]
        fields.append(described)
    schema: dict[str, object] = {"fields": fields, "missingValues": [""]}
    if mart.key:
        schema["primaryKey"] = [mart.key]
    references = [
        {"fields": [field.name], "reference": {"resource": owners[field.name], "fields": [field.name]}}
        for field in mart.fields
        if owners.get(field.name, mart.name) != mart.name
    ]
    if references:
        schema["foreignKeys"] = references
    return {
        **_file_resource(mart.name, f"csv/{mart.name}.csv", workshop),
        "type": "table",
        "profile": "tabular-data-resource",
        "title": mart.name,
        "description": mart.description,
        "encoding": "utf-8",
        "schema": schema,
        **({"columnTypes": TAXONOMY, "currency": "CNY"} if is_funding else {}),
    }


def _file_resource(name: str, path: str, workshop: Path) -> dict[str, object]:
    file = workshop / path
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {
        "name": name,
        "type": "file",
        "path": path,
        "format": file.suffix[1:],
        "bytes": file.stat().st_size,
        "hash": f"sha256:{digest}",
    }


def _sources(connection: duckdb.DuckDBPyConnection) -> list[dict[str, str]]:
    """The documents that have a title, each with its address where that is known."""
    rows = connection.execute(
        "select distinct title, source_url from main.dim_document where title is not null order by all"
    ).fetchall()
    return [{"title": title} | ({"path": url} if url else {}) for title, url in rows]
