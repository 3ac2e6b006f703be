"""The raw tables follow the figure contract, and the contract's codes follow the vocabulary."""

from __future__ import annotations

from dataclasses import fields

import duckdb
import pytest

from ingest.figures.contract import FIELDS, Figure, codes
from ingest.vocabulary import read_seed
from ingest.warehouse.schema import ARROW_TYPES, FIGURES, RELEASES, STORE_TABLES


@pytest.fixture(scope="module")
def raw() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("create schema raw")
    for table in (*STORE_TABLES, RELEASES):
        connection.execute(table.ddl())
    return connection


def columns(raw: duckdb.DuckDBPyConnection, table: str) -> dict[str, tuple[str, bool]]:
    rows = raw.execute(
        "select column_name, lower(data_type), is_nullable from duckdb_columns() where table_name = ?", [table]
    ).fetchall()
    return {name: (sql_type, nullable) for name, sql_type, nullable in rows}


def test_raw_figures_has_every_field_of_the_contract_in_its_type(raw: duckdb.DuckDBPyConnection) -> None:
    made = columns(raw, "figures")
    for field in FIELDS:
        assert made[field.name] == (field.sql_type, not field.required), field.name


def test_raw_figures_has_nothing_that_is_not_written_down(raw: duckdb.DuckDBPyConnection) -> None:
    beyond = set(columns(raw, "figures")) - {field.name for field in FIELDS}
    assert beyond == {"figure_id", "ordinal", "place_name", "place_code", "note", "stated_confidence"}


def test_a_figure_has_the_fields_of_the_contract() -> None:
    assert [field.name for field in fields(Figure)] == [field.name for field in FIELDS]


@pytest.mark.parametrize("table", [*STORE_TABLES, RELEASES], ids=lambda table: table.name)
def test_arrow_rows_fit_their_table(raw: duckdb.DuckDBPyConnection, table) -> None:
    made = columns(raw, table.name)
    assert tuple(made) == table.column_names
    raw.register("empty", table.arrow_schema.empty_table())
    described = {row[0]: row[1].lower() for row in raw.execute("describe from empty").fetchall()}
    assert described == {name: sql_type for name, (sql_type, _) in made.items()}


@pytest.mark.parametrize("field", [field for field in FIELDS if field.codes_from], ids=lambda field: field.name)
def test_the_codes_of_a_field_are_listed_once_each(field) -> None:
    rows = read_seed(field.codes_from)
    column = next(iter(rows[0]))
    assert len(rows) == len(codes(field.codes_from)) > 1
    assert all(row[column].replace("_", "").isalnum() and row[column].isascii() for row in rows)


def test_a_measure_is_counted_in_a_unit_that_exists() -> None:
    for row in read_seed("measures"):
        assert row["canonical_unit"] in codes("units") | {""}, row["measure"]


def test_the_types_of_the_contract_have_an_arrow_type() -> None:
    assert {column.sql_type for column in FIGURES.columns} <= set(ARROW_TYPES)
