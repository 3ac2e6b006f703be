"""Names of departments that no rule settles: told with the row to add, or a failed build where names are strict."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from ingest.paths import PROJECT_ROOT
from ingest.settings import Settings
from ingest.warehouse.errors import BuildFailed
from ingest.warehouse.query import open_release
from ingest.warehouse.release import Rebuild, published_release, rebuild

TEST = """
{{ config(severity='error' if var('strict_names', false) else 'warn') }}
select department || ',<place_code>' as row_to_add from {{ ref('fct_figures') }} where department = '乙县民政局'
"""
UNKNOWN = (
    "department,fiscal_year,measure,value,unit,raw,document_title\n乙县民政局,2023,expenditure,7,CNY,7元,乙县决算\n"
)


@pytest.fixture
def named(small: Settings) -> Settings:
    """The small project with a test of names, which the name of its one document passes."""
    (small.project / "tests" / "warehouse" / "every_department_is_known.sql").write_text(TEST, encoding="utf-8")
    return small


def test_an_unknown_name_is_told_with_the_row_to_add_and_published(named: Settings, jixiao) -> None:
    (named.sources[0] / "unknown.csv").write_text(UNKNOWN, encoding="utf-8")
    ended = jixiao("rebuild", "--project-dir", named.project)
    assert ended.code == 0
    assert "Published release" in ended.out
    assert "warning: every_department_is_known" in ended.err
    assert "row_to_add: 乙县民政局,<place_code>" in ended.err


def test_an_unknown_name_fails_a_strict_build_with_the_row_to_add(
    named: Settings, jixiao, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuild(named)
    before = published_release(named.warehouse)
    (named.sources[0] / "unknown.csv").write_text(UNKNOWN, encoding="utf-8")
    monkeypatch.setenv("JIXIAO_STRICT_NAMES", "1")
    ended = jixiao("rebuild", "--project-dir", named.project)
    assert ended.code == 3
    assert "row_to_add: 乙县民政局,<place_code>" in ended.err
    assert published_release(named.warehouse) == before


def test_what_was_published_in_spite_of_a_name_is_built_again_where_names_are_strict(named: Settings) -> None:
    (named.sources[0] / "unknown.csv").write_text(UNKNOWN, encoding="utf-8")
    assert rebuild(named).is_new
    with pytest.raises(BuildFailed, match="乙县民政局"):
        rebuild(replace(named, strict_names=True))


# What is put into the shipped release, and the row that the real project's test of names answers with.
OPEN_NAMES = {
    "every_published_department_is_found_at_its_place": (
        "insert into dim_department (department_id, department_name, resolved_by, is_sample)"
        " values ('x-1', '海港新区民政局', 'unresolved', false), ('x-2', '云岭县民政局', 'unresolved', true)",
        [("seeds/reference/department_aliases.csv", "海港新区民政局,<place_code, or nothing>,,<reason>")],
    ),
    "every_published_department_is_of_a_known_kind": (
        "insert into dim_department (department_id, department_name, department_kind, place_code, is_sample)"
        " values ('x-1', '海港区驻京办', 'other', '130302', false)",
        [
            (
                "seeds/vocabulary/department_endings.csv",
                "<ending of 海港区驻京办>,<department_kind>",
                "seeds/reference/department_aliases.csv: 海港区驻京办,130302,<department_kind>,<reason>",
            )
        ],
    ),
    "a_name_and_a_code_mean_the_same_place": (
        "insert into int_department_names"
        " (department_as_written, place_code_as_written, place_code, resolved_by, department_kind, department_id)"
        " values ('荔湾区民政局', '440104', '440104', 'place_code', 'civil_affairs', '440104-civil_affairs')",
        [("荔湾区民政局", "440104", "440103")],
    ),
    "an_alias_names_a_department_that_is_held": (
        "insert into department_aliases values ('海港新区民政局', '130302', null, '')",
        [("seeds/reference/department_aliases.csv", "海港新区民政局")],
    ),
    "an_alias_names_a_department_that_no_rule_finds": (
        "insert into department_aliases values ('荔湾区民政局', '440104', null, '')",
        [("荔湾区民政局", "440104", "440103")],
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("test", OPEN_NAMES)
def test_the_projects_tests_of_names_find_what_is_open_and_nothing_in_what_ships(
    shipped: tuple[Settings, Rebuild], test: str
) -> None:
    written = (PROJECT_ROOT / "tests" / "warehouse" / f"{test}.sql").read_text(encoding="utf-8")
    sql = re.sub(r"\{\{ config.*?\}\}", "", re.sub(r"\{\{ ref\('(\w+)'\) \}\}", r"\1", written))
    statement, expected = OPEN_NAMES[test]
    with open_release(shipped[0].warehouse) as connection:
        for schema, name in connection.execute("select schema_name, table_name from duckdb_tables()").fetchall():
            if re.search(rf"\b{name}\b", sql):
                connection.execute(f"create temp table {name} as from {schema}.{name}")
        assert connection.execute(sql).fetchall() == []
        connection.execute(statement)
        assert connection.execute(sql).fetchall() == expected
