"""An interactive chart of a query's result: to zoom, hover and pick in, where a drawing would be too crowded to read.

In: a frame. Out: a Plotly figure, pure. Only the SQL page draws one, and only when it is asked to: Plotly's script is
heavy, and the charts that every reader sees are drawings (dashboard/charts.py).
"""

from __future__ import annotations

import html

import pandas as pd
import plotly.graph_objects as go

#: Bars beyond this number are no longer told apart on any screen.
MOST_ROWS = 5_000
_BAR = "#0072b2"


def explorer(frame: pd.DataFrame, label: str, value: str) -> go.Figure:
    """Bars of a column of numbers over a column of labels, in the order of the rows; unknown numbers are left out.

    Labels come from reports and queries: Plotly would take tags in them for its own markup, so they are escaped.
    """
    rows = frame[[label, value]].dropna().head(MOST_ROWS)
    names = [html.escape(str(name)) for name in rows[label]]
    figure = go.Figure(
        go.Bar(
            # By position: two rows with the same label stay two bars.
            x=list(range(len(rows))),
            y=[float(number) for number in rows[value]],
            customdata=names,
            hovertemplate="%{customdata}<br>%{y:,}<extra></extra>",
            marker_color=_BAR,
        )
    )
    figure.update_layout(
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        height=460,
        xaxis={"tickmode": "auto", "nticks": 12, "title": html.escape(label), "automargin": True},
        yaxis={"title": html.escape(value), "rangemode": "tozero", "automargin": True, "tickformat": ","},
        dragmode="zoom",
    )
    if len(rows) <= 40:
        figure.update_xaxes(tickmode="array", tickvals=list(range(len(rows))), ticktext=names)
    return figure
