"""Charts: a frame in, a Plotly figure out; nothing is read, shown or kept here.

Meaning is never by colour alone: a department has its own marker, line style and a label beside its line; missing values
are drawn as missing and never as 0. All names pass `safe`, because Plotly reads a kind of HTML in its texts.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.formatting import Scale, is_known, number

# Okabe and Ito's palette first, then Tol's muted one: told apart with every common colour blindness.
PALETTE = (
    "#0072b2",
    "#d55e00",
    "#009e73",
    "#cc79a7",
    "#e69f00",
    "#56b4e9",
    "#332288",
    "#882255",
    "#117733",
    "#999933",
    "#aa4499",
    "#4d4d4d",
)
MARKERS: tuple[tuple[str, str], ...] = (
    ("circle", "●"),
    ("square", "■"),
    ("diamond", "◆"),
    ("triangle-up", "▲"),
    ("triangle-down", "▼"),
    ("cross", "✚"),
    ("x", "✖"),
    ("star", "★"),
    ("hexagon", "⬢"),
    ("pentagon", "⬟"),
    ("triangle-left", "◀"),
    ("triangle-right", "▶"),
)
DASHES = ("solid", "dash", "dot", "dashdot")
INK, MUTED, GRID, PAPER, ACCENT, ALARM = "#16242f", "#5b6b77", "#e3e9ed", "#ffffff", "#0b5d8a", "#b3400a"
FONT = (
    "-apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif"
)

CONFIG: Mapping[str, object] = {
    "displaylogo": False,
    "responsive": True,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "zoomIn2d", "zoomOut2d", "autoScale2d"],
}


def config(file_name: str, image: str = "png") -> dict[str, object]:
    """Plotly's options with the name and kind (png, svg) of the image that a reader can save."""
    return {**CONFIG, "toImageButtonOptions": {"format": image, "filename": file_name, "scale": 2}}


def safe(text: object) -> str:
    """A text that Plotly shows letter by letter: its pseudo-HTML is escaped."""
    return html.escape(str(text), quote=False)


def _frame(figure: go.Figure, height: int, **layout: object) -> go.Figure:
    figure.update_layout(
        height=height,
        font={"family": FONT, "size": 13, "color": INK},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        margin={"l": 8, "r": 16, "t": 12, "b": 8},
        showlegend=False,
        hoverlabel={
            "bgcolor": PAPER,
            "bordercolor": MUTED,
            "font": {"family": FONT, "color": INK, "size": 13},
            "align": "left",
        },
        dragmode=False,
    )
    figure.update_layout(**layout)
    figure.update_xaxes(automargin=True)
    return figure


def apart(values: Sequence[float], gap: float) -> list[float]:
    """Positions near the values, in the same order, at least `gap` from each other: where labels do not overlap."""
    order = sorted(range(len(values)), key=lambda i: values[i])
    placed = [0.0] * len(values)
    groups: list[list[int]] = []

    def span(group: list[int]) -> tuple[float, float]:
        middle = sum(values[i] for i in group) / len(group)
        half = gap * (len(group) - 1) / 2
        return middle - half, middle + half

    for index in order:
        groups.append([index])
        while len(groups) > 1 and span(groups[-2])[1] + gap > span(groups[-1])[0]:
            above = groups.pop()
            groups[-1] += above
    for group in groups:
        low = span(group)[0]
        for position, index in enumerate(group):
            placed[index] = low + position * gap
    return placed


def compare_line(
    frame: pd.DataFrame,
    order: Sequence[str],
    unit: str,
    scale: Scale | None,
    hover: str,
    references: Sequence[tuple[str, pd.DataFrame]] = (),
) -> go.Figure:
    """A line for each department over years.

    `frame`: department_id, label, fiscal_year, value (in yuan if `scale` is given), figure_id. `references`: names and
    frames (fiscal_year, value) of lines to set the departments against. A year without a value breaks the line.
    """
    divisor = scale.yuan if scale else 1
    figure = go.Figure()
    years = range(int(frame["fiscal_year"].min()), int(frame["fiscal_year"].max()) + 1)
    ends: list[tuple[float, str, str, str]] = []
    for index, department_id in enumerate(order):
        rows = frame[frame["department_id"] == department_id].drop_duplicates("fiscal_year").set_index("fiscal_year")
        if rows.empty:
            continue
        rows = rows.reindex(years)
        label = next(iter(rows["label"].dropna()))
        color, (symbol, glyph) = PALETTE[index % len(PALETTE)], MARKERS[index % len(MARKERS)]
        values = rows["value"] / divisor
        figure.add_scatter(
            x=list(years),
            y=[v if is_known(v) else None for v in values],
            name=safe(label),
            mode="lines+markers",
            line={"color": color, "width": 2, "dash": DASHES[index // 6 % len(DASHES)]},
            marker={"symbol": symbol, "size": 8, "color": color, "line": {"color": PAPER, "width": 1}},
            customdata=[[f if isinstance(f, str) else ""] for f in rows["figure_id"]],
            hovertemplate=f"<b>{safe(label)}</b><br>%{{x}}{hover} %{{y:,.2~f}} {safe(unit)}<extra></extra>",
            connectgaps=False,
        )
        ends.append((float(values.dropna().iloc[-1]), label, color, glyph))
    for name, rows in references:
        figure.add_scatter(
            x=list(rows["fiscal_year"]),
            y=[v / divisor for v in rows["value"]],
            name=safe(name),
            mode="lines",
            line={"color": MUTED, "width": 1.5, "dash": "dot", "shape": "hv"},
            hovertemplate=f"{safe(name)}<br>%{{x}}{hover} %{{y:,.2~f}} {safe(unit)}<extra></extra>",
        )
        ends.append((float(rows["value"].iloc[-1]) / divisor, name, MUTED, "┈"))
    values = [end[0] for end in ends]
    everything = [v for trace in figure.data for v in trace.y if v is not None]
    height = max(400, 24 * len(ends) + 80)
    low, high = min(everything), max(everything)
    spread = (high - low) or abs(high) or 1.0
    placed = apart(values, spread * 1.2 * 20 / (height - 70))
    for (_, label, color, glyph), y in zip(ends, placed, strict=True):
        figure.add_annotation(
            x=1,
            xref="paper",
            xanchor="left",
            xshift=6,
            y=y,
            yref="y",
            showarrow=False,
            align="left",
            text=f"<span style='color:{color}'>{glyph}</span> {safe(_short(label))}",
            font={"size": 12},
        )
    widest = max((_width(_short(end[1])) for end in ends), default=4)
    return _frame(
        figure,
        height,
        margin={"l": 8, "r": 30 + widest * 13, "t": 12, "b": 8},
        xaxis={
            "dtick": max(1, len(years) // 10),
            "tickformat": "d",
            "showgrid": False,
            "linecolor": MUTED,
            "ticks": "outside",
            "automargin": True,
            "range": [years[0] - 0.3, years[-1] + 0.3],
        },
        yaxis={
            "gridcolor": GRID,
            "automargin": True,
            "tickformat": ",.10~g",
            "title": {"text": safe(unit), "font": {"size": 12, "color": MUTED}},
            "zeroline": False,
            "range": [min(low - spread * 0.1, *placed), max(high + spread * 0.1, *placed)],
        },
        hovermode="closest",
    )


def _width(text: str) -> float:
    """Width of a label in Chinese characters."""
    return sum(1 if ord(c) > 0x2E80 else 0.56 for c in text)


def _short(text: str, most: int = 14) -> str:
    return text if _width(text) <= most else text[: most - 1] + "…"


def _rows(names: Sequence[str], reverse: bool = False) -> dict[str, object]:
    """An axis of numbered rows with their names, the first at the bottom, or on top where reversed."""
    bounds = [-0.6, len(names) - 0.4]
    return {
        "tickvals": list(range(len(names))),
        "ticktext": list(names),
        "automargin": True,
        "range": bounds[::-1] if reverse else bounds,
        "showgrid": False,
        "zeroline": False,
    }


def compare_bar(
    frame: pd.DataFrame,
    labels: Mapping[str, str],
    missing: Mapping[str, str],
    unit: str,
    scale: Scale | None,
    median: tuple[str, float] | None = None,
) -> go.Figure:
    """A bar for each department in one year, the largest on top; those without a value are named with the reason.

    `frame`: department_id, value, figure_id, flags (text shown behind the value, may be empty). `labels`: names of all
    chosen departments. `missing`: department → why there is no value. `median`: name and value of a line to draw.
    """
    divisor = scale.yuan if scale else 1
    held = frame.sort_values("value", ascending=True, kind="stable")
    # Rows are numbered: two departments of the same name must not fall into one bar.
    order = [*missing, *held["department_id"]]
    names = [safe(labels[department_id]) for department_id in order]
    figure = go.Figure()
    figure.add_bar(
        x=[float(v) / divisor for v in held["value"]],
        y=list(range(len(missing), len(order))),
        orientation="h",
        marker={"color": ACCENT, "line": {"width": 0}},
        width=0.62,
        text=[
            f"{number(float(v) / divisor)}{' ' + safe(f) if f else ''}"
            for v, f in zip(held["value"], held["flags"], strict=True)
        ],
        textposition="outside",
        cliponaxis=False,
        customdata=[[f, name] for f, name in zip(held["figure_id"], names[len(missing) :], strict=True)],
        hovertemplate=f"<b>%{{customdata[1]}}</b><br>%{{x:,.2~f}} {safe(unit)}<extra></extra>",
    )
    for row, reason in enumerate(missing.values()):
        figure.add_annotation(
            x=0,
            y=row,
            xanchor="left",
            xshift=4,
            showarrow=False,
            text=f"<i>{safe(reason)}</i>",
            font={"color": MUTED, "size": 12},
        )
    largest = max((float(v) / divisor for v in held["value"]), default=1.0)
    smallest = min((float(v) / divisor for v in held["value"]), default=0.0)
    if median is not None:
        figure.add_vline(x=median[1] / divisor, line={"color": MUTED, "width": 1.5, "dash": "dot"})
        figure.add_annotation(
            x=median[1] / divisor,
            y=1,
            yref="paper",
            yanchor="bottom",
            showarrow=False,
            text=safe(median[0]),
            font={"size": 11, "color": MUTED},
        )
    return _frame(
        figure,
        90 + 36 * len(names),
        margin={"l": 8, "r": 90, "t": 26 if median else 12, "b": 8},
        xaxis={
            "gridcolor": GRID,
            "automargin": True,
            "zerolinecolor": MUTED,
            "tickformat": ",.10~g",
            "title": {"text": safe(unit), "font": {"size": 12, "color": MUTED}},
            "range": [min(0.0, smallest * 1.15), max(largest * 1.12, 0.0) or 1.0],
        },
        yaxis=_rows(names),
    )


def compare_dot(
    frame: pd.DataFrame, labels: Mapping[str, str], order: Sequence[str], unit: str, scale: Scale | None, missing: str
) -> go.Figure:
    """A row for each department with a dot for each year, the latest one filled and labelled: levels and spread at once."""
    divisor = scale.yuan if scale else 1
    figure = go.Figure()
    names = [safe(labels[d]) for d in order]
    for position, department_id in enumerate(order):
        rows = frame[frame["department_id"] == department_id].drop_duplicates("fiscal_year").sort_values("fiscal_year")
        if rows.empty:
            figure.add_annotation(
                x=0,
                y=position,
                xref="paper",
                xanchor="left",
                xshift=6,
                showarrow=False,
                text=f"<i>{safe(missing)}</i>",
                font={"color": MUTED, "size": 12},
            )
            continue
        values = [float(v) / divisor for v in rows["value"]]
        figure.add_scatter(
            x=values,
            y=[position] * len(values),
            mode="lines+markers+text",
            line={"color": "#b9c6cf", "width": 2},
            marker={
                "size": 11,
                "color": [PAPER] * (len(values) - 1) + [ACCENT],
                "line": {"color": ACCENT, "width": 2},
            },
            text=[""] * (len(values) - 1) + [str(int(rows["fiscal_year"].iloc[-1]))],
            textposition="top center",
            textfont={"size": 11, "color": MUTED},
            customdata=[[f, int(y)] for f, y in zip(rows["figure_id"], rows["fiscal_year"], strict=True)],
            hovertemplate=f"<b>{names[position]}</b> %{{customdata[1]}}<br>%{{x:,.2~f}} {safe(unit)}<extra></extra>",
        )
    return _frame(
        figure,
        100 + 42 * len(names),
        xaxis={
            "gridcolor": GRID,
            "automargin": True,
            "tickformat": ",.10~g",
            "zeroline": False,
            "title": {"text": safe(unit), "font": {"size": 12, "color": MUTED}},
        },
        yaxis=_rows(names, reverse=True),
    )


#: Lower bounds of the steps of the coverage grid, in figures held.
COVERAGE_STEPS = (1, 5, 20, 50)
COVERAGE_COLORS = ("#d6e6f0", "#9cc4dc", "#4f94bd", "#0b5d8a")


def coverage_grid(
    frame: pd.DataFrame, labels: Mapping[str, str], years: Sequence[int], words: Mapping[str, str]
) -> go.Figure:
    """Departments × years: the number of figures held in each cell, "×" where a year between is missing, blank outside.

    `frame`: department_id, fiscal_year, figure_count, reason (why nothing is held; text). `words`: figures, missing.
    """
    names = [safe(label) for label in labels.values()]
    cells = {(r.department_id, int(r.fiscal_year)): r for r in frame.itertuples()}
    z: list[list[float | None]] = []
    texts: list[list[str]] = []
    hovers: list[list[str]] = []
    for department_id, label in labels.items():
        z.append([])
        texts.append([])
        hovers.append([])
        for year in years:
            cell = cells.get((department_id, year))
            count = int(cell.figure_count) if cell is not None and is_known(cell.figure_count) else 0
            step = sum(count >= bound for bound in COVERAGE_STEPS)
            z[-1].append(step - 1 if step else (-1 if cell is not None else None))
            texts[-1].append(str(count) if count else ("×" if cell is not None else ""))
            said = (
                words["figures"].format(n=count)
                if count
                else (safe(cell.reason) if cell is not None else words["missing"])
            )
            hovers[-1].append(f"<b>{safe(label)}</b> {year}<br>{said}")
    colors = ("#f1f1ef", *COVERAGE_COLORS)
    steps = len(colors)
    colorscale = [[(i + side) / steps, color] for i, color in enumerate(colors) for side in (0, 1)]
    figure = go.Figure(
        go.Heatmap(
            z=z,
            x=list(range(len(years))),
            y=list(range(len(names))),
            text=texts,
            texttemplate="%{text}",
            textfont={"size": 11},
            customdata=hovers,
            colorscale=colorscale,
            zmin=-1.5,
            zmax=3.5,
            showscale=False,
            xgap=2,
            ygap=2,
            hovertemplate="%{customdata}<extra></extra>",
            hoverongaps=False,
        )
    )
    return _frame(
        figure,
        60 + 26 * len(names),
        xaxis={
            "side": "top",
            "tickvals": list(range(len(years))),
            "ticktext": [str(y) for y in years],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "tickfont": {"size": 12},
        },
        yaxis={
            "autorange": "reversed",
            "tickvals": list(range(len(names))),
            "ticktext": names,
            "automargin": True,
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        margin={"l": 8, "r": 8, "t": 30, "b": 4},
    )


#: Bands of an execution rate in percent, from light to dark; 100 is the whole budget.
EXECUTION_BANDS = ((0, 80, "#eef2f5"), (80, 95, "#dfe7ec"), (95, 100, "#cfdbe3"))


def execution_bullets(frame: pd.DataFrame, words: Mapping[str, str]) -> go.Figure:
    """A bullet for each row: the recomputed rate as a bar, the stated rate as a mark, the bands behind.

    A label may have several lines.

    `frame`: label, recomputed_rate_pct, stated_rate_pct (either may be null), in percent. `words`: recomputed, stated, unit.
    """
    labels = [safe(label).replace("\n", "<br>") for label in frame["label"]]
    known = [float(v) for column in ("recomputed_rate_pct", "stated_rate_pct") for v in frame[column] if is_known(v)]
    top = max([105.0, *(v * 1.06 for v in known)])
    positions = list(range(len(labels)))
    figure = go.Figure()
    for low, high, color in EXECUTION_BANDS:
        figure.add_vrect(x0=low, x1=high, fillcolor=color, line_width=0, layer="below")
    figure.add_bar(
        x=[float(v) if is_known(v) else None for v in frame["recomputed_rate_pct"]],
        y=positions,
        orientation="h",
        width=0.42,
        marker={"color": ACCENT},
        name=words["recomputed"],
        text=[f"{number(v)}%" if is_known(v) else "" for v in frame["recomputed_rate_pct"]],
        textposition="outside",
        cliponaxis=False,
        customdata=labels,
        hovertemplate=f"<b>%{{customdata}}</b><br>{words['recomputed']} %{{x:,.2~f}}%<extra></extra>",
    )
    figure.add_scatter(
        x=[float(v) if is_known(v) else None for v in frame["stated_rate_pct"]],
        y=positions,
        mode="markers",
        name=words["stated"],
        marker={"symbol": "line-ns", "size": 24, "line": {"color": ALARM, "width": 3}},
        customdata=labels,
        hovertemplate=f"<b>%{{customdata}}</b><br>{words['stated']} %{{x:,.2~f}}%<extra></extra>",
    )
    figure.add_vline(x=100, line={"color": INK, "width": 1, "dash": "dot"})
    return _frame(
        figure,
        100 + 50 * len(labels),
        showlegend=True,
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0, "bgcolor": "rgba(0,0,0,0)"},
        margin={"l": 8, "r": 70, "t": 34, "b": 8},
        xaxis={"range": [0, top], "ticksuffix": "%", "showgrid": False, "zeroline": False},
        yaxis=_rows(labels, reverse=True),
    )


def stacked_amounts(frame: pd.DataFrame, unit: str, scale: Scale) -> go.Figure:
    """Amounts of parts side by side in one bar a row. `frame`: row, part, amount_cny; parts keep their order."""
    figure = go.Figure()
    patterns = ("", "/", "\\", "x", ".", "-", "+", "|")
    for index, (part, rows) in enumerate(frame.groupby("part", sort=False)):
        amounts = [float(v) / scale.yuan for v in rows["amount_cny"]]
        figure.add_bar(
            x=amounts,
            y=[safe(r) for r in rows["row"]],
            orientation="h",
            name=safe(part),
            width=0.6,
            marker={
                "color": PALETTE[index % len(PALETTE)],
                "pattern": {
                    "shape": patterns[index % len(patterns)],
                    "fgcolor": PAPER,
                    "fillmode": "overlay",
                    "solidity": 0.2,
                },
            },
            text=[number(a) for a in amounts],
            textposition="inside",
            insidetextanchor="middle",
            textfont={"color": PAPER},
            hovertemplate=f"<b>%{{y}}</b> {safe(part)}<br>%{{x:,.2~f}} {safe(unit)}<extra></extra>",
        )
    rows, parts = frame["row"].nunique(), frame["part"].nunique()
    return _frame(
        figure,
        (130 if parts > 1 else 90) + 44 * rows,
        barmode="stack",
        showlegend=parts > 1,
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        margin={"l": 8, "r": 30, "t": 40, "b": 8},
        xaxis={
            "gridcolor": GRID,
            "automargin": True,
            "tickformat": ",.10~g",
            "title": {"text": safe(unit), "font": {"size": 12, "color": MUTED}},
        },
        yaxis={"autorange": "reversed", "automargin": True, "type": "category"},
    )


def flow(nodes: Sequence[str], links: Sequence[tuple[int, int, float]], unit: str, scale: Scale) -> go.Figure:
    """A flow from sources to types of spending: node names and (from, to, amount in yuan)."""
    figure = go.Figure(
        go.Sankey(
            arrangement="snap",
            node={"label": [safe(n) for n in nodes], "pad": 18, "thickness": 16, "color": ACCENT, "line": {"width": 0}},
            link={
                "source": [a for a, _, _ in links],
                "target": [b for _, b, _ in links],
                "value": [v / scale.yuan for _, _, v in links],
                "color": "rgba(11,93,138,0.22)",
            },
            valueformat=",.2~f",
            valuesuffix=f" {safe(unit)}",
        )
    )
    return _frame(figure, 360)


def target_dots(frame: pd.DataFrame, words: Mapping[str, str]) -> go.Figure:
    """Attained values as a percentage of their targets, one row an indicator. `frame`: label, ratio_pct, attained."""
    figure = go.Figure()
    figure.add_vline(x=100, line={"color": INK, "width": 1, "dash": "dot"})
    labels = [safe(label) for label in frame["label"]]
    figure.add_scatter(
        x=frame["ratio_pct"],
        y=list(range(len(labels))),
        customdata=labels,
        mode="markers+text",
        text=[f"{number(v)}%" for v in frame["ratio_pct"]],
        textposition="middle right",
        marker={
            "size": 12,
            "line": {"width": 2, "color": [ACCENT if a else ALARM for a in frame["attained"]]},
            "symbol": ["circle" if a else "x" for a in frame["attained"]],
            "color": [ACCENT if a else ALARM for a in frame["attained"]],
        },
        hovertemplate=f"<b>%{{customdata}}</b><br>{words['ratio']} %{{x:,.2~f}}%<extra></extra>",
    )
    top = max([110.0, *(float(v) * 1.12 for v in frame["ratio_pct"])])
    return _frame(
        figure,
        90 + 34 * len(labels),
        xaxis={"range": [0, top], "ticksuffix": "%", "gridcolor": GRID, "zeroline": False},
        yaxis=_rows(labels, reverse=True),
    )


def tile_map(frame: pd.DataFrame, words: Mapping[str, str]) -> go.Figure:
    """China's provinces as equal tiles. `frame`: name, row, column, value (null where nothing is held), shown (text)."""
    held = [float(v) for v in frame["value"] if is_known(v)]
    low, high = (min(held), max(held)) if held else (0.0, 1.0)
    ramp = ("#d6e6f0", "#9cc4dc", "#4f94bd", "#0b5d8a", "#063b5a")
    figure = go.Figure()
    for tile in frame.itertuples():
        known = is_known(tile.value)
        step = 0 if high == low else min(4, int(5 * (float(tile.value) - low) / (high - low))) if known else 0
        figure.add_shape(
            type="rect",
            x0=tile.column - 0.47,
            x1=tile.column + 0.47,
            y0=tile.row - 0.47,
            y1=tile.row + 0.47,
            fillcolor=ramp[step] if known else "#f5f5f3",
            line={"color": "#c9d2d8", "width": 1, "dash": "solid" if known else "dot"},
        )
        color = PAPER if known and step >= 2 else INK if known else MUTED
        figure.add_annotation(
            x=tile.column,
            y=tile.row,
            showarrow=False,
            font={"size": 12, "color": color},
            text=f"{safe(tile.short)}<br><b>{safe(tile.shown)}</b>",
        )
    figure.add_scatter(
        x=frame["column"],
        y=frame["row"],
        mode="markers",
        marker={"size": 40, "opacity": 0},
        showlegend=False,
        customdata=[
            [safe(t.name), safe(t.shown) if is_known(t.value) else words["missing"]]
            for t in frame.itertuples(index=False)
        ],
        hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}<extra></extra>",
    )
    return _frame(
        figure,
        560,
        xaxis={
            "visible": False,
            "range": [frame["column"].min() - 0.6, frame["column"].max() + 0.6],
            "fixedrange": True,
        },
        yaxis={"visible": False, "range": [frame["row"].max() + 0.6, frame["row"].min() - 0.6], "fixedrange": True},
    )


def quick_bar(frame: pd.DataFrame, label: str, value: str) -> go.Figure:
    """A plain bar chart of a query's result: one column of labels, one of numbers, at most 40 rows."""
    rows = frame[[label, value]].dropna().head(40)
    figure = go.Figure(
        go.Bar(
            x=[float(v) for v in rows[value]],
            y=[safe(t) for t in rows[label]],
            orientation="h",
            marker={"color": ACCENT},
        )
    )
    return _frame(
        figure,
        90 + 24 * len(rows),
        xaxis={"gridcolor": GRID, "automargin": True, "tickformat": ",.10~g", "title": {"text": safe(value)}},
        yaxis={"autorange": "reversed", "automargin": True, "type": "category"},
    )
