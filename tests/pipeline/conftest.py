"""A dbt project of four nodes, so that publishing is tested in seconds; the real one has its own test."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.settings import Settings
from ingest.warehouse import release

QUICK_BUILDER = (sys.executable, str(Path(__file__).with_name("quick_build.py")))

PROJECT = {
    "dbt_project.yml": """
name: small
version: "1.0"
profile: jixiao
model-paths: [models]
test-paths: [tests/warehouse]
""",
    "profiles.yml": """
jixiao:
  target: build
  outputs:
    build:
      type: duckdb
      path: "{{ env_var('JIXIAO_BUILD_DATABASE') }}"
      threads: 2
""",
    "models/dim_release.sql": "{{ config(materialized='table') }} select release, figure_count from raw.releases",
    "models/fct_figures.sql": """
{{ config(materialized='table') }}
select figures.* from raw.figures inner join raw.documents using (document_id) where is_current
""",
    "models/figures_by_measure.sql": """
{{ config(materialized='view') }} select measure, count(*) as figures from {{ ref('fct_figures') }} group by all
""",
    "tests/warehouse/no_figure_is_negative.sql": "select * from {{ ref('fct_figures') }} where value < 0",
}

HEADER = "department,fiscal_year,measure,value,unit,raw,document_title\n"


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, release.Rebuild]:
    """The release that `make warehouse` publishes on a fresh clone, built once for all tests that only read it."""
    settings = Settings(home=tmp_path_factory.mktemp("shipped"))
    return settings, release.rebuild(settings)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small dbt project."""
    folder = tmp_path / "project"
    for name, content in PROJECT.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


@pytest.fixture
def small(settings: Settings, project: Path) -> Settings:
    """Settings that build the small project from a source folder with one figures table of two rows."""
    write_figures(settings, 5, 6)
    return replace(settings, project=project)


@pytest.fixture
def quick(small: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The same, built without dbt: for tests of publishing that need many rebuilds."""
    monkeypatch.setattr(release, "BUILDER", QUICK_BUILDER)
    return small


def write_figures(settings: Settings, *values: float) -> Path:
    """A figures table with these values, in the source folder."""
    path = settings.sources[0] / "figures.csv"
    rows = "".join(f"甲县民政局,2023,expenditure,{value},CNY,{value}元,甲县决算\n" for value in values)
    path.write_text(HEADER + rows, encoding="utf-8")
    return path
