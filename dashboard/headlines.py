"""The numbers of a department that one asks for first: what it spent, its execution rate, its standard, its score.

In: the department's rows of the fact marts. Out: a label, the value with its evidence, and what it counts.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard import fact_tables, formatting
from dashboard.layout import Cell, Page
from dashboard.selection import scale_asked_for

#: The dimensions that are null where money is the whole department's.
WHOLE = dict.fromkeys(("programme", "fund_source", "spending_type", "item", "account_code"))


def newest(
    of_table: Mapping[str, pd.DataFrame], table: str, known: tuple[str, ...], only: dict[str, object]
) -> pd.Series | None:
    """The newest row of a mart in which one of the columns is known and what `only` asks for holds; null is the whole."""
    rows = of_table[table]
    for column, value in only.items():
        if column in rows.columns:
            rows = rows[rows[column].isna() if value is None else rows[column] == value]
    rows = rows[rows[list(known)].notna().any(axis=1)].dropna(subset=["fiscal_year"])
    if table == "fct_execution":
        rows = of_the_whole(rows, of_table["fct_funding"])
    return None if rows.empty else rows.sort_values("fiscal_year", ascending=False, kind="stable").iloc[0]


def of_the_whole(rates: pd.DataFrame, money: pd.DataFrame) -> pd.DataFrame:
    """The rates of the department's money, those of the whole year's budget first: a report may state a rate of one line of
    its accounts without saying of which, which its amounts tell."""
    whole = money[
        money["measure"].eq("expenditure") & money[[c for c in WHOLE if c in money.columns]].isna().all(axis=1)
    ]
    spent = whole.groupby("fiscal_year")["amount_cny"].max()
    half = rates["fiscal_year"].map(spent) / 2
    kept = rates[rates["numerator_cny"].isna() | half.isna() | (rates["numerator_cny"] >= half)]
    return kept.assign(other=kept["basis"] != "revised").sort_values(
        ["other", "denominator_cny"], ascending=[True, False], na_position="last", kind="stable"
    )


def of_department(page: Page, of_table: Mapping[str, pd.DataFrame]) -> list[tuple[str, Cell, str]]:
    """The numbers that one asks for first, each of the newest year that has it: spent, rate, standard, score.
    `of_table`: the department's rows of each fact mart."""
    words = page.words
    spent = newest(of_table, "fct_funding", ("amount_cny",), {**WHOLE, "measure": "expenditure", "stage": "final"})
    rate = newest(of_table, "fct_execution", ("stated_rate_pct", "recomputed_rate_pct"), WHOLE)
    standard = newest(
        of_table,
        "fct_subsidy_standards",
        ("standard_cny_per_month",),
        {"programme": "dibao", "residence": "urban", "is_headline": True},
    )
    score = newest(of_table, "fct_performance", ("score",), {"kind": "score", "programme": None})
    shown: list[tuple[str, Cell, str]] = []
    if spent is not None:
        text = formatting.money(spent["amount_cny"], page.language, scale_asked_for(page))
        label = words("department.spent", year=int(spent["fiscal_year"]))
        shown.append((label, page.evidence(spent["figure_id"], text), ""))
    if rate is not None:
        stated = pd.notna(rate["stated_rate_pct"])
        value, figure = (
            (rate["stated_rate_pct"], rate["stated_figure_id"])
            if stated
            else (
                rate["recomputed_rate_pct"],
                rate["numerator_figure_id"],
            )
        )
        text = formatting.percent(value)
        label = words(f"department.rate_{'stated' if stated else 'recomputed'}", year=int(rate["fiscal_year"]))
        verdict = fact_tables.verdict_badge(page, rate["verdict"])
        cell = page.evidence(figure, text)
        parts = cell if isinstance(cell, list) else [cell]
        shown.append((label, [*parts, verdict], words.code("basis", rate["basis"])))
    if standard is not None:
        text = formatting.money(standard["standard_cny_per_month"], page.language, formatting.SCALES["yuan"])
        label = words("department.standard", year=int(standard["fiscal_year"]))
        shown.append((label, page.evidence(standard["standard_figure_id"], text), ""))
    if score is not None:
        label = words("department.score", year=int(score["fiscal_year"]))
        shown.append((label, page.evidence(score["score_figure_id"], formatting.number(score["score"])), ""))
    return shown
