"""What may be stacked: of a whole and its parts only the one or the other. A frame in, the same frame with fewer rows out.

Reports state money by sources that contain each other (财政拨款 is 一般公共预算, 政府性基金 and 国有资本经营预算 together):
one bar of all of them would be longer than the money.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

#: How much of a whole its parts must make up to stand for it.
NEARLY_ALL = 0.99


def stackable(
    frame: pd.DataFrame,
    column: str,
    wholes: Mapping[str, Sequence[str]],
    within: Sequence[str],
    *,
    prefer_wholes: bool = False,
) -> pd.DataFrame:
    """The rows whose codes in `column` do not contain each other within equal values of `within`.

    `frame`: amount_cny and these columns. `wholes`: whole → its parts. A whole whose parts are all told gives way to them,
    else, or with `prefer_wholes`, the parts give way to the whole.
    """
    out: set[object] = set()
    for _, rows in frame.groupby(list(within), dropna=False, sort=False):
        for whole, parts in wholes.items():
            of_whole, of_parts = rows[rows[column] == whole], rows[rows[column].isin(list(parts))]
            if of_whole.empty or of_parts.empty:
                continue
            told = of_parts["amount_cny"].sum() >= NEARLY_ALL * of_whole["amount_cny"].max()
            out |= set((of_whole if told and not prefer_wholes else of_parts).index)
    return frame[~frame.index.isin(out)]
