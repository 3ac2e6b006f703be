"""The contract of one extracted figure: its fields, their types and meaning, and the codes they may use.

This is the only place that defines a figure. The JSON Lines of `jixiao extract`, the table `raw.figures`, the check of
figures that somebody else extracted and the data dictionary all follow `FIELDS`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from functools import cache

from ingest.paths import SEEDS


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the contract: its name, SQL type, meaning, and the seed that lists its codes (if it has codes)."""

    name: str
    sql_type: str
    meaning: str
    codes_from: str | None = None
    required: bool = False


FIELDS: tuple[Field, ...] = (
    Field("file", "varchar", "Path as given; a member of an archive is archive.zip!/member.txt", required=True),
    Field("document_id", "varchar", "Stable id of the document: the hash of its content", required=True),
    Field("department", "varchar", "Reporting department (部门), full name as written"),
    Field("fiscal_year", "integer", "Year that the figure is about (年度), not always the report's year"),
    Field("measure", "varchar", "What is measured (指标类别)", codes_from="measures", required=True),
    Field("programme", "varchar", "Programme or line of work (项目); null where none fits", codes_from="programmes"),
    Field("residence", "varchar", "urban 城镇, rural 农村; null for both together or unsaid", codes_from="residences"),
    Field("care", "varchar", "institutional 集中供养, home 分散供养", codes_from="care_kinds"),
    Field("fund_source", "varchar", "Source of the money (资金来源)", codes_from="fund_sources"),
    Field("spending_type", "varchar", "Type of spending (支出性质)", codes_from="spending_types"),
    Field("stage", "varchar", "initial 年初预算, revised 全年预算, final 决算", codes_from="stages"),
    Field("indicator", "varchar", "The indicator's name (指标名称), for indicator_target and indicator_actual"),
    Field("value", "double", "Value in the canonical unit: 1.46亿元 is 146000000, 97.2% is 97.2", required=True),
    Field("unit", "varchar", "Canonical unit (单位)", codes_from="units", required=True),
    Field("per", "varchar", "Period of a standard or a top-up: 元/人·月 is month", codes_from="periods"),
    Field("qualifier", "varchar", "How exact the figure is said to be (约, 余, 不低于 …)", codes_from="qualifiers"),
    Field("raw", "varchar", "Number and unit as written, after joining broken lines", required=True),
    Field("quote", "varchar", "Clause or table row that it stands in, as written"),
    Field("start", "integer", "Where raw begins in the document's text, in Unicode code points"),
    Field("end", "integer", "Where raw ends in the document's text"),
    Field("page", "integer", "1-based page, where the format has pages"),
    Field("confidence", "double", "0 to 1: how sure the reading is"),
    # What Jixiao records beyond the shared contract.
    Field(
        "item",
        "varchar",
        "Named line of the accounts that the money belongs to (三公经费, 政府采购 …); null for the whole",
    ),
    Field("variant", "varchar", "Grade, age band, class or area that a standard applies to (一级, 80—89周岁)"),
    Field("layout", "varchar", "prose or table"),
    Field("row_label", "varchar", "In a table: the row labels that gave the meaning, joined by ' / '"),
    Field("column_header", "varchar", "In a table: the header cells that gave the meaning, joined by ' / '"),
)
FIELD_NAMES = tuple(f.name for f in FIELDS)


@dataclass(slots=True)
class Figure:
    """One number that a report states, with what it means and where it stands. See FIELDS for units and types."""

    file: str
    document_id: str
    department: str | None
    fiscal_year: int | None
    measure: str
    programme: str | None
    residence: str | None
    care: str | None
    fund_source: str | None
    spending_type: str | None
    stage: str | None
    indicator: str | None
    value: float
    unit: str
    per: str | None
    qualifier: str | None
    raw: str
    quote: str | None
    start: int | None
    end: int | None
    page: int | None
    confidence: float | None
    item: str | None = None
    variant: str | None = None
    layout: str | None = None
    row_label: str | None = None
    column_header: str | None = None

    def as_dict(self) -> dict[str, object]:
        """The figure as one JSON object, fields in the contract's order."""
        return {name: getattr(self, name) for name in FIELD_NAMES}


assert tuple(f.name for f in fields(Figure)) == FIELD_NAMES


@cache
def codes(seed: str) -> frozenset[str]:
    """The codes that a seed lists: the first column of seeds/vocabulary/<seed>.csv."""
    with (SEEDS / "vocabulary" / f"{seed}.csv").open(encoding="utf-8", newline="") as rows:
        return frozenset(row[0] for row in list(csv.reader(rows))[1:] if row)
