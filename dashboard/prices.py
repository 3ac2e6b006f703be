"""Amounts of several years in the prices of one: frames in, frames out.

A year is brought to a later one by the change of consumer prices between them, which the marts give through the growth of
a value as stated and in real terms. Where that is not held for a year between, earlier years cannot be brought forward
and are left out: no price is guessed.
"""

from __future__ import annotations

import pandas as pd


def change_of_prices_pct(growth_pct: object, real_growth_pct: object) -> float | None:
    """The change of prices in percent that lies between a growth as stated and in real terms; None where either is unknown."""
    if pd.isna(growth_pct) or pd.isna(real_growth_pct) or float(real_growth_pct) <= -100:
        return None
    return 100 * ((1 + float(growth_pct) / 100) / (1 + float(real_growth_pct) / 100) - 1)


def at_constant_prices(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows whose value can be brought to the prices of their department's latest year, with that value, and `base_year`.

    `frame`: department_id, fiscal_year, value, growth_on_year_before_pct, real_growth_on_year_before_pct; one row a
    department and year.
    """
    kept: list[int] = []
    values: list[float] = []
    bases: list[int] = []
    for _, rows in frame.sort_values("fiscal_year", ascending=False).groupby("department_id", sort=False):
        factor, expected, base = 1.0, int(rows["fiscal_year"].iloc[0]), int(rows["fiscal_year"].iloc[0])
        for index, row in rows.iterrows():
            if int(row["fiscal_year"]) != expected:
                break
            kept.append(index)
            values.append(float(row["value"]) * factor)
            bases.append(base)
            change = change_of_prices_pct(row["growth_on_year_before_pct"], row["real_growth_on_year_before_pct"])
            if change is None:
                break
            factor *= 1 + change / 100
            expected -= 1
    return frame.loc[kept].assign(value=values, base_year=bases).sort_index()
