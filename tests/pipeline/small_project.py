"""The small dbt project's files, the builder that stands for dbt, and a figures table for its source folder."""

from __future__ import annotations

import sys
from pathlib import Path

from ingest.settings import Settings

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


def write_figures(settings: Settings, *values: float) -> Path:
    """A figures table with these values, in the source folder."""
    path = settings.sources[0] / "figures.csv"
    rows = "".join(f"甲县民政局,2023,expenditure,{value},CNY,{value}元,甲县决算\n" for value in values)
    path.write_text(HEADER + rows, encoding="utf-8")
    return path
