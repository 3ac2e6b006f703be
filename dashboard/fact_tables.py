"""How each fact mart is shown as a table: its columns in order, what kind of value each is, and which figure backs it.

In: rows of a mart. Out: header names and cells that lead to the evidence, or a plain frame for downloads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard import formatting, layout
from dashboard.layout import Badge, Cell, Page


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a mart: kind is money, money_each (of one person), money_per (of one person, for the time in `top_up_per`),
    rate, points, count, ratio, code, text, flag, verdict, months or value (its unit in `unit`)."""

    name: str
    kind: str
    figure: str | None = None


_SCOPE = (
    Column("programme", "code"),
    Column("fund_source", "code"),
    Column("spending_type", "code"),
    Column("item", "code"),
)
_GROUP = (Column("programme", "code"), Column("residence", "code"), Column("care", "code"), Column("variant", "code"))
_MARKS = (Column("is_disputed", "flag"), Column("is_restated", "flag"))

COLUMNS: dict[str, tuple[Column, ...]] = {
    "fct_funding": (
        Column("measure", "code"),
        Column("stage", "code"),
        *_SCOPE,
        Column("amount_cny", "money", "figure_id"),
        *_MARKS,
    ),
    "fct_execution": (
        Column("basis", "code"),
        *_SCOPE,
        Column("stated_rate_pct", "rate", "stated_figure_id"),
        Column("recomputed_rate_pct", "rate"),
        Column("gap_pct_points", "points"),
        Column("numerator_cny", "money", "numerator_figure_id"),
        Column("denominator_cny", "money", "denominator_figure_id"),
        Column("verdict", "verdict"),
    ),
    "fct_beneficiaries": (
        *_GROUP,
        Column("last_month", "months"),
        Column("persons", "count", "persons_figure_id"),
        Column("households", "count", "households_figure_id"),
        Column("person_times", "count", "person_times_figure_id"),
        Column("amount_paid_cny", "money", "amount_paid_figure_id"),
        Column("amount_per_person_month_cny", "money_each"),
        *_MARKS,
    ),
    "fct_subsidy_standards": (
        *_GROUP,
        Column("standard_cny", "money_each", "standard_figure_id"),
        Column("per", "code"),
        Column("standard_cny_per_month", "money_each"),
        Column("top_up_cny", "money_per", "top_up_figure_id"),
        Column("provincial_minimum_cny_per_month", "money_each"),
        Column("ratio_to_minimum", "ratio"),
        Column("growth_on_year_before_pct", "rate"),
        Column("rural_to_urban_ratio", "ratio"),
        *_MARKS,
    ),
    "fct_performance": (
        Column("kind", "code"),
        Column("programme", "code"),
        Column("indicator", "text"),
        Column("target_value", "value", "target_figure_id"),
        Column("actual_value", "value", "actual_figure_id"),
        Column("attained", "flag"),
        Column("score", "count", "score_figure_id"),
        Column("grade", "code"),
        *_MARKS,
    ),
    "fct_services": (
        Column("measure", "code"),
        Column("programme", "code"),
        Column("residence", "code"),
        Column("variant", "code"),
        Column("quantity", "value", "figure_id"),
        *_MARKS,
    ),
}
_NUMERIC = {"money", "money_each", "money_per", "rate", "points", "count", "ratio", "value"}


def records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """The rows of a frame as dicts: going through a frame itself costs ten times as much."""
    columns = [frame[c].tolist() for c in frame.columns]
    return [dict(zip(frame.columns, values, strict=True)) for values in zip(*columns, strict=True)]


def verdict_badge(page: Page, verdict: object) -> Badge | str:
    """What a check or a rate came to, in words; the colour only repeats them."""
    if not isinstance(verdict, str):
        return formatting.UNKNOWN
    kind = (
        "alarm" if verdict in ("violated", "contradicted") else "good" if verdict in ("holds", "confirmed") else "plain"
    )
    return Badge(page.words.code("verdict", verdict), kind)


def months(page: Page, first: object, last: object) -> str:
    """The months that a count covers, where it is not the whole year: 1–11月; empty where it is."""
    if pd.isna(first) or pd.isna(last):
        return ""
    return page.words.months(int(first), int(last))


def in_order(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows by year, the latest first, then by what they are about: the whole before its parts."""
    about = [c.name for c in COLUMNS[table] if c.kind in ("code", "text") and c.name in frame.columns]
    keys = ["fiscal_year", *about]
    return frame.sort_values(keys, ascending=[False] + [True] * len(about), na_position="first", kind="stable")


def shown_columns(table: str, frame: pd.DataFrame) -> list[Column]:
    """The columns of a mart that say something in these rows: present, and not unknown or no in every row."""
    kept = []
    for column in COLUMNS[table]:
        if column.name not in frame.columns:
            continue
        values = frame[column.name]
        empty = (
            ~values.fillna(False).astype(bool) if column.kind == "flag" and column.name != "attained" else values.isna()
        )
        if not empty.all():
            kept.append(column)
    return kept


def cell(page: Page, column: Column, row: Mapping[str, object], scale: formatting.Scale | None = None) -> Cell:
    """One value as it is shown, leading to its figure where the mart names one."""
    value, words = row[column.name], page.words
    if column.kind == "verdict":
        return verdict_badge(page, value)
    if column.kind == "flag":
        if column.name == "attained":
            return None if pd.isna(value) else words("yes") if value else Badge(words("no"), "alarm")
        return Badge(words("yes"), "alarm") if formatting.is_true(value) else " "
    if column.kind == "months":
        return months(page, row.get("first_month"), value) or None
    if column.kind == "code":
        name = words.code(column.name, value)
        return name or (words(f"whole.{column.name}") if column.name in ("programme", "stage") else None)
    if pd.isna(value):
        return None
    if column.kind == "text":
        return str(value)
    if column.kind == "money":
        text = formatting.money(value, page.language, scale)
    elif column.kind == "money_each":
        # What one person gets is a number of yuan, whatever totals are shown in.
        text = formatting.money(value, page.language)
    elif column.kind == "money_per":
        text = formatting.money(value, page.language) + words("table.per", per=words.code("per", row["top_up_per"]))
    elif column.kind == "rate":
        text = formatting.percent(value)
    elif column.kind == "points":
        text = formatting.points(value)
    elif column.kind == "value":
        unit = row.get("unit")
        text = formatting.plain(value, unit, page.language)
        text += "" if unit in ("CNY", "percent") else f" {words.code('unit', unit)}"
    else:
        text = formatting.number(value)
    return page.evidence(row.get(column.figure), text) if column.figure else text


def show(
    page: Page,
    table: str,
    frame: pd.DataFrame,
    *,
    department: bool = True,
    caption: str = "",
    most: int = 200,
    held: int | None = None,
    scale: formatting.Scale | None = None,
) -> None:
    """Show rows of a mart with the department (if asked for) and the year in front.

    `held`: how many rows there are, where the frame has only the first of them; `scale`: the unit of all amounts, else each
    is shown in the one that suits it.
    """
    words = page.words
    columns = shown_columns(table, frame)
    front = [words("column.department")] * department + [words("column.year")]
    rows: list[list[Cell]] = []
    for row in records(frame.head(most)):
        head: list[Cell] = []
        if department:
            head.append(
                layout.department_cell(page, row["department_id"], row["department_name"], row.get("is_sample"))
            )
        head.append(str(int(row["fiscal_year"])) if pd.notna(row["fiscal_year"]) else None)
        rows.append(head + [cell(page, column, row, scale) for column in columns])
    every = held or len(frame)
    if every > min(most, len(frame)):
        caption = f"{caption} {words('table.first', shown=min(most, len(frame)), all=formatting.number(every))}".strip()
    layout.table(
        front + [words(f"field.{c.name}") for c in columns],
        rows,
        numeric=[len(front) + i for i, c in enumerate(columns) if c.kind in _NUMERIC],
        caption=caption,
    )


def plain(page: Page, table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The same rows for a download: canonical values under readable names, codes with their names, figure ids."""
    words = page.words
    made = pd.DataFrame(index=frame.index)
    if "department_name" in frame.columns:
        made[words("column.department")] = frame["department_name"]
    made[words("column.year")] = frame["fiscal_year"].astype("Int64")
    for column in shown_columns(table, frame):
        values = frame[column.name]
        name = words(f"field.{column.name}")
        if column.kind in ("code", "verdict"):
            made[name] = [words.code(column.name, v) or None for v in values]
        else:
            made[name] = values
        if column.kind == "money_per":
            made[words("field.top_up_per")] = [words.code("per", v) or None for v in frame["top_up_per"]]
        if column.figure and column.figure in frame.columns:
            made[column.figure] = frame[column.figure]
    if "unit" in frame.columns:
        made[words("column.unit")] = [words.code("unit", u) or None for u in frame["unit"]]
    return made


def one_per_department_year(frame: pd.DataFrame) -> pd.DataFrame:
    """One row for a department and year where a mart holds several: the mart's headline first, then its order."""
    if "is_headline" in frame.columns:
        frame = frame.sort_values("is_headline", ascending=False, kind="stable")
    return frame.drop_duplicates(["department_id", "fiscal_year"]).sort_index()
