"""The same inputs give the same rows: two releases, built from nothing in folders of their own, compared row by row.

With JIXIAO_BUILT_HOME the second one is what stands there already (as .ci/run has built it), else it is built here, by one
worker, which must make no difference.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from ingest.settings import Settings
from ingest.warehouse.release import Rebuild, rebuild

pytestmark = pytest.mark.slow

# What tells when and in which run, and nothing about a report.
OF_THE_RUN = ("release", "previous_release", "run_id", "seconds", "command")


@pytest.fixture(scope="module")
def built_again(shipped: tuple[Settings, Rebuild], tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = os.environ.get("JIXIAO_BUILT_HOME")
    if built:
        return Settings(home=Path(built)).warehouse
    settings = replace(shipped[0], home=tmp_path_factory.mktemp("again"), workers=1)
    rebuild(settings)
    return settings.warehouse


def test_the_same_inputs_built_twice_give_the_same_rows(shipped: tuple[Settings, Rebuild], built_again: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{shipped[0].warehouse}' as first_one (read_only)")
        connection.execute(f"attach '{built_again}' as second_one (read_only)")
        columns = connection.execute(
            """
            select table_name, list(column_name order by column_index)
            from duckdb_columns()
            where database_name = 'first_one' and schema_name = 'main' and data_type not like 'TIMESTAMP%'
                and column_name not in (select unnest(?))
            group by table_name order by table_name
            """,
            [OF_THE_RUN],
        ).fetchall()
        assert len(columns) >= 20
        differing = {}
        for table, names in columns:
            listed = ", ".join(f'"{name}"' for name in names)
            first, second = (f"select {listed} from {one}.main.{table}" for one in ("first_one", "second_one"))
            rows = connection.execute(f"(({first}) except all ({second})) union all (({second}) except all ({first}))")
            found = rows.fetchmany(4)
            if found:
                differing[table] = found
    assert differing == {}
