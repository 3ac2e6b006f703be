"""SQL on the published warehouse reads, and does nothing else."""

from __future__ import annotations

import csv
import io
import json
import time
from pathlib import Path

import duckdb
import pytest

from ingest.settings import Settings
from ingest.warehouse import query
from ingest.warehouse.errors import NoRelease, QueryRefused
from ingest.warehouse.query import open_release, run_query


@pytest.fixture
def warehouse(settings: Settings) -> Path:
    """A small published file, with a file beside it that must stay out of reach."""
    settings.home.mkdir()
    with duckdb.connect(str(settings.warehouse)) as connection:
        connection.execute(
            """
            create table fct_funding as
            select * from (values (1, '荔湾', 97.2, null), (2, '乐昌', 100.0, 'a,b')) as t (n, name, rate, note)
            """
        )
    (settings.home / "secret.csv").write_text("secret\n42\n", encoding="utf-8")
    return settings.warehouse


def rows(warehouse: Path, sql: str) -> list[tuple]:
    with open_release(warehouse) as connection, run_query(connection, sql) as cursor:
        return cursor.fetchall()


@pytest.mark.parametrize(
    "sql",
    [
        "select count(*) from fct_funding",
        "from fct_funding select count(*);",
        "with t as (from fct_funding) select count(*) from t -- a comment; with a semicolon",
        "(select count(*) from fct_funding)",
    ],
)
def test_reading_statements_are_run(warehouse: Path, sql: str) -> None:
    assert rows(warehouse, sql) == [(2,)]


@pytest.mark.parametrize(
    "sql", ["show tables", "describe fct_funding", "summarize fct_funding", "explain from fct_funding", "values (1)"]
)
def test_statements_about_the_tables_are_run(warehouse: Path, sql: str) -> None:
    assert rows(warehouse, sql)


def test_pivot_is_run(warehouse: Path) -> None:
    assert len(rows(warehouse, "pivot fct_funding on n using sum(rate)")) == 2


ESCAPES = [
    # files
    "select * from read_csv('{home}/secret.csv')",
    "select * from '{home}/secret.csv'",
    "select * from read_text('/etc/passwd')",
    "select * from read_blob('{home}/secret.csv')",
    "copy fct_funding to '{home}/warehouse.duckdb'",
    "select * from glob('{home}/*')",
    "select * from sniff_csv('{home}/secret.csv')",
    "select * from read_json('{home}/secret.csv')",
    "select * from read_parquet('{home}/secret.csv')",
    "select * from parquet_metadata('{home}/secret.csv')",
    "select * from query('select * from read_text(''{home}/secret.csv'')')",
    "copy fct_funding to '{home}/out.csv'",
    "copy fct_funding from '{home}/secret.csv'",
    "export database '{home}/out'",
    "import database '{home}/out'",
    "attach '{home}/store.duckdb' as store",
    "attach ':memory:' as scratch",
    "attach '{home}/new.duckdb' as other",
    # network and extensions
    "select * from read_csv('http://127.0.0.1:1/x.csv')",
    "install httpfs",
    "load httpfs",
    "force install spatial",
    # writing
    "insert into fct_funding values (3, 'x', 1, null)",
    "update fct_funding set rate = 0",
    "delete from fct_funding",
    "drop table fct_funding",
    "truncate fct_funding",
    "create table other as select 1",
    "create temp table other as select 1",
    "create view other as select 1",
    "create macro f() as 1",
    "create secret s (type s3)",
    "alter table fct_funding add column x integer",
    "comment on table fct_funding is 'mine'",
    "with gone as (delete from fct_funding returning *) from gone",
    "explain analyze delete from fct_funding",
    # settings
    "set threads = 1",
    "set enable_external_access = true",
    "reset enable_external_access",
    "set lock_configuration = false",
    "pragma memory_limit='9GB'",
    "pragma enable_external_access=true",
    "use memory",
    "call pragma_version()",
    "checkpoint",
    "vacuum",
    "begin",
    "prepare p as select 1",
    "execute p",
    "select getenv('HOME')",
    # more than one
    "select 1; select 2",
    "select 1; drop table fct_funding",
    "set threads = 1; select 1",
    # none
    "",
    "-- nothing",
    "selekt 1",
]


@pytest.mark.parametrize("sql", ESCAPES)
def test_everything_else_is_refused_and_changes_nothing(warehouse: Path, settings: Settings, sql: str) -> None:
    before = warehouse.read_bytes()
    files = sorted(path.name for path in settings.home.iterdir())
    with pytest.raises(QueryRefused) as caught:
        rows(warehouse, sql.format(home=settings.home))
    assert str(caught.value).strip()
    assert "42" not in str(caught.value)
    assert warehouse.read_bytes() == before
    assert sorted(path.name for path in settings.home.iterdir()) == files


def test_a_name_in_python_is_no_table(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # DuckDB looks for a table's name among the variables of whoever runs the statement.
    monkeypatch.setattr(query, "secret", duckdb.sql("select 42 as answer").to_arrow_table(), raising=False)
    with pytest.raises(QueryRefused, match="secret"):
        rows(warehouse, "from secret")


@pytest.mark.parametrize(
    "sql",
    [
        "select count(*) from range(1000000) as a, range(1000000) as b where a.range * b.range % 7 = 3",
        "select * from range(1000000000000) as t (i)",
    ],
    ids=["thinking", "talking"],
)
def test_a_query_that_takes_too_long_is_stopped_also_while_its_rows_are_fetched(warehouse: Path, sql: str) -> None:
    started = time.monotonic()
    with (
        pytest.raises(QueryRefused, match="stopped after 0\\.5 seconds"),
        open_release(warehouse) as connection,
        run_query(connection, sql, seconds=0.5) as cursor,
    ):
        while cursor.fetchmany(10_000):
            pass
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    "sql", ["select list(range) from range(100000000)", "select * from range(40000000) as t (i) order by hash(i)"]
)
def test_a_query_that_needs_too_much_memory_fails_and_spills_nowhere(
    warehouse: Path, settings: Settings, sql: str
) -> None:
    with (
        pytest.raises(QueryRefused, match="more memory"),
        open_release(warehouse, memory="100MB") as connection,
        run_query(connection, sql) as cursor,
    ):
        cursor.fetchone()
    assert {path.name for path in settings.home.iterdir()} == {"warehouse.duckdb", "secret.csv"}


def test_without_a_release_it_says_what_to_do(settings: Settings, jixiao) -> None:
    with pytest.raises(NoRelease, match="jixiao rebuild"):
        rows(settings.warehouse, "select 1")
    ended = jixiao("sql", "select 1")
    assert (ended.code, ended.out) == (1, "")
    assert "jixiao rebuild" in ended.err


def test_a_damaged_release_says_what_to_do(settings: Settings, jixiao) -> None:
    settings.home.mkdir()
    settings.warehouse.write_bytes(b"damaged" * 1000)
    ended = jixiao("sql", "select 1")
    assert ended.code == 1
    assert "jixiao rebuild --force" in ended.err


def test_csv_is_the_rows_and_nothing_else(warehouse: Path, jixiao) -> None:
    ended = jixiao("sql", "from fct_funding order by n", "--format", "csv")
    assert (ended.code, ended.err) == (0, "")
    assert list(csv.reader(io.StringIO(ended.out))) == [
        ["n", "name", "rate", "note"],
        ["1", "荔湾", "97.2", ""],
        ["2", "乐昌", "100.0", "a,b"],
    ]


def test_json_keeps_numbers_nulls_and_characters(warehouse: Path, jixiao) -> None:
    expected = [
        {"n": 1, "name": "荔湾", "rate": 97.2, "note": None},
        {"n": 2, "name": "乐昌", "rate": 100.0, "note": "a,b"},
    ]
    ended = jixiao("sql", "from fct_funding order by n", "--format", "json")
    assert json.loads(ended.out) == expected
    lines = jixiao("sql", "from fct_funding order by n", "--format", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == expected
    assert json.loads(jixiao("sql", "from fct_funding where n > 5", "-f", "json").out) == []


def test_json_has_a_form_for_every_type(warehouse: Path, jixiao) -> None:
    sql = """
    select 1 as a, 2 as a, date '2023-01-02' as d, timestamp '2023-01-02 03:04:05' as t, 1.50::decimal(9, 2) as m,
        [1, 2] as l, {'k': date '2023-01-02'} as s, 'nan'::double as f, true as b, interval 1 day as i,
        '\\xAA'::blob as x, 2::hugeint as h, uuid '00000000-0000-0000-0000-000000000001' as u
    """
    (row,) = json.loads(jixiao("sql", sql, "--format", "json").out)
    assert row == {
        "a": 1,
        "a_2": 2,
        "d": "2023-01-02",
        "t": "2023-01-02 03:04:05",
        "m": 1.5,
        "l": [1, 2],
        "s": {"k": "2023-01-02"},
        "f": "nan",
        "b": True,
        "i": "1 day, 0:00:00",
        "x": "aa",
        "h": 2,
        "u": "00000000-0000-0000-0000-000000000001",
    }
    assert (
        jixiao("sql", sql, "--format", "csv").out.splitlines()[1].startswith("1,2,2023-01-02,2023-01-02 03:04:05,1.5")
    )


def test_a_table_shows_hostile_text_as_text(warehouse: Path, jixiao) -> None:
    ended = jixiao(
        "sql", "select '[red]x[/red]' || chr(27) || '[31m' || chr(10) || chr(8238) || '荔湾' as t, null as n"
    )
    assert "[red]x[/red]\\x1b[31m\\n\\u202e荔湾" in ended.out
    assert "\x1b" not in ended.out


def test_a_long_table_says_that_it_was_cut(warehouse: Path, jixiao) -> None:
    ended = jixiao("sql", "from range(1001)")
    assert len([line for line in ended.out.splitlines() if line.strip().isdigit()]) == 1000
    assert "first 1000 rows" in ended.err
    assert len(jixiao("sql", "from range(1001)", "--format", "csv").out.splitlines()) == 1002


def test_a_statement_can_come_from_standard_input(warehouse: Path, jixiao, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("select 6 * 7 as answer"))
    assert jixiao("sql", "-", "--format", "csv").out == "answer\n42\n"


def test_a_refused_statement_is_an_exit_code_and_a_message_on_standard_error(warehouse: Path, jixiao) -> None:
    ended = jixiao("sql", "drop table fct_funding")
    assert (ended.code, ended.out) == (1, "")
    assert "DROP" in ended.err
    assert "read-only" in ended.err
    wrong = jixiao("sql", "select nonsense from fct_funding")
    assert (wrong.code, wrong.out) == (1, "")
    assert "nonsense" in wrong.err
