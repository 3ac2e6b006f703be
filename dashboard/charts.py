"""Charts: a frame in, a `Drawing` out; nothing is read, shown or kept here.

Each chart is drawn for a width in pixels (`WIDE` for a desk, `NARROW` for a phone). Meaning is never by colour alone: a
department has its own mark, line style and label; missing values are drawn as missing and never as 0. `link` gives
the address of a figure's evidence, None where there is none.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from dashboard.drawing import (
    ACCENT,
    ALARM,
    GRID,
    INK,
    MUTED,
    PAPER,
    Canvas,
    Drawing,
    shorten,
    text_width,
    ticks,
    wrap,
)
from dashboard.formatting import Scale, is_known, number

WIDE, NARROW = 1080, 380
#: Below this width labels stand above their rows and legends below the chart.
COMPACT = 600

# Okabe and Ito's palette first, then Tol's muted one: told apart with every common colour blindness.
PALETTE = (
    "#0072b2",
    "#d55e00",
    "#009e73",
    "#cc79a7",
    "#b07800",
    "#3a8fc0",
    "#332288",
    "#882255",
    "#117733",
    "#7a7a29",
    "#aa4499",
    "#4d4d4d",
)
MARKS = (
    "circle",
    "square",
    "diamond",
    "triangle-up",
    "triangle-down",
    "cross",
    "x",
    "star",
    "hexagon",
    "pentagon",
    "triangle-left",
    "triangle-right",
)
#: The thread over years without a value: seen on white (3 to 1), and lighter than any department's line.
THREAD = "#8897a2"
DASHES = ("", "7 4", "2 3", "8 3 2 3")

Link = Callable[[object], str | None]


def nowhere(_: object) -> None:
    """The link of a chart whose marks lead nowhere."""


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


class _Rows:
    """A chart of rows: names at the left (on a phone above their row), a scale of numbers below."""

    def __init__(
        self,
        names: Sequence[str],
        width: int,
        low: float,
        high: float,
        *,
        unit: str,
        row: int = 34,
        top: int = 10,
        right: float = 70,
        suffix: str = "",
        marks: Sequence[tuple[float, str]] = (),
    ) -> None:
        self.compact = width < COMPACT
        self.count = len(names)
        # A line that is too long goes on in a second; whether a line belongs to the first part of the name goes with it.
        lines = [
            [
                (piece, number_of == 0)
                for number_of, part in enumerate(name.split("\n"))
                for piece in ([part] if self.compact else wrap(part, width * 0.36, most=2))
            ]
            for name in names
        ]
        deepest = max((len(parts) for parts in lines), default=1)
        widest = max((text_width(part) for parts in lines for part, _ in parts), default=0)
        self.left = 8.0 if self.compact else min(widest, width * 0.36) + 18
        # On a phone all lines of a name are joined into one above the row.
        self.row = row + 20 if self.compact else max(row, 18 * deepest + 10)
        self.top, self.bottom = top, top + self.row * len(names)
        self.right = width - right
        self.low, self.high = low, high if high > low else low + 1
        self.canvas = Canvas(width, int(self.bottom + 46))
        # A scale that is not of the numbers themselves brings its own marks.
        usual = [(t, number(t) + suffix) for t in ticks(self.low, self.high, 4 if self.compact else 7)]
        for tick, said in marks or usual:
            x = self.x(tick)
            self.canvas.line([(x, top), (x, self.bottom)], MUTED if tick == 0 else GRID)
            self.canvas.text(x, self.bottom + 13, said, anchor="middle", size=12, color=MUTED)
        if unit:
            self.canvas.text(self.right, self.bottom + 32, unit, anchor="end", size=12, color=MUTED)
        for position, parts in enumerate(lines):
            if self.compact:
                said = " · ".join(part for part, _ in parts)
                self.canvas.text(12, self.above(position), shorten(said, width - 16, 12), size=12, halo=True)
                continue
            first = self.middle(position) - 9 * (len(parts) - 1)
            for line, (part, is_name) in enumerate(parts):
                self.canvas.text(
                    self.left - 10,
                    first + 18 * line,
                    shorten(part, self.left - 12),
                    anchor="end",
                    color=INK if is_name else MUTED,
                    size=13 if is_name else 12,
                )

    def x(self, value: float) -> float:
        """Where a value lies."""
        return self.left + (value - self.low) / (self.high - self.low) * (self.right - self.left)

    def mark(self, value: float) -> None:
        """A dotted line at a value through all rows, on a phone beside their names and not through them."""
        spans = [(self.top, self.bottom)]
        if self.compact:
            spans = [(self.above(i) + 8, self.top + self.row * (i + 1)) for i in range(self.count)]
        for top, bottom in spans:
            self.canvas.line([(self.x(value), top), (self.x(value), bottom)], INK, 1, "2 3")

    def above(self, position: int) -> float:
        """Where the name of a row stands on a phone."""
        return self.top + self.row * position + 10

    def middle(self, position: int) -> float:
        """The middle of a row's bar."""
        return self.top + self.row * (position + 0.5) + (9 if self.compact else 0)


def compare_line(
    frame: pd.DataFrame,
    order: Sequence[str],
    unit: str,
    scale: Scale | None,
    references: Sequence[tuple[str, pd.DataFrame]] = (),
    *,
    gap: str = "",
    link: Link = nowhere,
    width: int = WIDE,
) -> Drawing:
    """A line for each department over years.

    `frame`: department_id, label, fiscal_year, value (in yuan if `scale` is given), figure_id. `references`: names and
    frames (fiscal_year, value) of lines to set the departments against. A year without a value breaks the line; a dotted
    thread that says `gap` leads over it.
    """
    divisor = scale.yuan if scale else 1
    first, last = int(frame["fiscal_year"].min()), int(frame["fiscal_year"].max())
    compact = width < COMPACT
    courses: list[tuple[str, str, str, str, dict[int, tuple[float, object]]]] = []
    stated: dict[str, dict[int, tuple[float, object]]] = {}
    # As lists, all rows in one pass: a frame's own ways of going through rows cost more than drawing them.
    columns = (frame[c].tolist() for c in ("department_id", "fiscal_year", "value", "figure_id"))
    for department_id, year, value, figure_id in zip(*columns, strict=True):
        stated.setdefault(department_id, {}).setdefault(int(year), (float(value) / divisor, figure_id))
    labels = dict(zip(frame["department_id"].tolist(), frame["label"].tolist(), strict=True))
    for index, department_id in enumerate(order):
        if department_id not in stated:
            continue
        points = dict(sorted(stated[department_id].items()))
        courses.append(
            (
                str(labels[department_id]),
                PALETTE[index % len(PALETTE)],
                MARKS[index % len(MARKS)],
                DASHES[index // 6 % len(DASHES)],
                points,
            )
        )
    lines = [
        (name, [(int(y), float(v) / divisor) for y, v in zip(r["fiscal_year"], r["value"], strict=True)])
        for name, r in references
    ]
    values = [v for *_, points in courses for v, _ in points.values()] + [v for _, points in lines for _, v in points]
    low, high = min(values), max(values)
    spread = (high - low) or abs(high) or 1.0
    low, high = low - spread * 0.08, high + spread * 0.08
    if min(values) >= 0:
        low = max(0.0, low)
    names = [name for name, *_ in courses] + [name for name, _ in lines]
    plot = 300 if compact else max(340, 22 * len(names) + 20)
    bottom = 26 + plot
    tick_values = ticks(low, high, 5)
    left = max(text_width(number(t), 12) for t in tick_values) + 14
    room = 0 if compact else min(250.0, max(text_width(n) for n in names) + 34)
    right = width - room - 14
    canvas = Canvas(width, bottom + 34 + (22 * len(names) + 8 if compact else 0))

    def x(year: float) -> float:
        return (
            left + 12 + (year - first) / max(1, last - first) * (right - left - 24)
            if last > first
            else (left + right) / 2
        )

    def y(value: float) -> float:
        return bottom - (value - low) / (high - low) * plot

    canvas.text(left, 10, unit, size=12, color=MUTED)
    for tick in tick_values:
        canvas.line([(left, y(tick)), (right, y(tick))], GRID)
        canvas.text(left - 6, y(tick), number(tick), anchor="end", size=12, color=MUTED)
    canvas.line([(left, bottom), (right, bottom)], MUTED)
    every = max(1, -(-(last - first + 1) // (6 if compact else 16)))
    for year in range(first, last + 1):
        if (last - year) % every == 0:
            canvas.line([(x(year), bottom), (x(year), bottom + 4)], MUTED)
            canvas.text(x(year), bottom + 16, str(year), anchor="middle", size=12, color=MUTED)
    for name, points in lines:
        with canvas.told(name):
            steps = [(x(year), y(value)) for year, value in points]
            canvas.line(steps if len(steps) > 1 else [(left, steps[0][1]), (right, steps[0][1])], MUTED, 1.5, "2 4")
    for name, color, _, dash, points in courses:
        years = list(points)
        for one, two in itertools.pairwise(years):
            ends = [(x(one), y(points[one][0])), (x(two), y(points[two][0]))]
            if two == one + 1:
                canvas.line(ends, color, 2, dash)
            else:
                missing = f"{one + 1}" if two == one + 2 else f"{one + 1}–{two - 1}"
                with canvas.told(f"{name} {missing}\n{gap}"):
                    canvas.line(ends, THREAD, 1.5, "1 4")
    for name, color, form, _, points in courses:
        for year, (value, figure_id) in points.items():
            with canvas.told(f"{name} {year}\n{number(value)} {unit}", link(figure_id)):
                canvas.mark(x(year), y(value), form, 4.6, color)
    if compact:
        for position, (name, color, form, _, _) in enumerate(courses):
            canvas.mark(12, bottom + 44 + 22 * position, form, 5, color)
            canvas.text(26, bottom + 44 + 22 * position, shorten(name, width - 34))
        for position, (name, _) in enumerate(lines, start=len(courses)):
            canvas.line([(4, bottom + 44 + 22 * position), (20, bottom + 44 + 22 * position)], MUTED, 1.5, "2 4")
            canvas.text(26, bottom + 44 + 22 * position, shorten(name, width - 34), color=MUTED)
        return canvas.finish()
    ends = [y(list(points.values())[-1][0]) for *_, points in courses] + [y(points[-1][1]) for _, points in lines]
    placed = apart(ends, 20)
    over = max(0.0, max(placed) - bottom)
    for position, (end, name) in enumerate(zip(placed, names, strict=True)):
        if position < len(courses):
            canvas.mark(right + 12, end - over, courses[position][2], 5, courses[position][1])
        else:
            canvas.line([(right + 4, end - over), (right + 20, end - over)], MUTED, 1.5, "2 4")
        canvas.text(right + 26, end - over, shorten(name, room - 30), color=INK if position < len(courses) else MUTED)
    return canvas.finish()


def compare_bar(
    frame: pd.DataFrame,
    labels: Mapping[str, str],
    missing: Mapping[str, str],
    unit: str,
    scale: Scale | None,
    median: tuple[str, float] | None = None,
    *,
    link: Link = nowhere,
    width: int = WIDE,
) -> Drawing:
    """A bar for each department in one year, the largest on top; those without a value are named with the reason.

    `frame`: department_id, value, figure_id, flags (text shown behind the value, may be empty). `labels`: names of all
    chosen departments. `missing`: department → why there is no value. `median`: name and value of a line to draw.
    """
    divisor = scale.yuan if scale else 1
    held = frame.sort_values("value", ascending=False, kind="stable")
    values = [float(v) / divisor for v in held["value"]]
    texts = [f"{number(v)}{' ' + str(f) if f else ''}" for v, f in zip(values, held["flags"], strict=True)]
    # Rows are numbered: two departments of the same name must not fall into one bar.
    names = [labels[d] for d in held["department_id"]] + [labels[d] for d in missing]
    rows = _Rows(
        names,
        width,
        min([0.0, *values]),
        max([0.0, *values]),
        unit=unit,
        top=30 if median else 10,
        right=min(width * 0.45, max([40.0, *(text_width(t) + 16 for t in texts)])),
    )
    canvas = rows.canvas
    if median is not None:
        # Before the bars: a line over them would cross their numbers.
        x, named = rows.x(median[1] / divisor), f"{median[0]} {number(median[1] / divisor)}"
        canvas.line([(x, 20), (x, rows.bottom)], MUTED, 1.5, "2 4")
        inside = min(max(x, text_width(named, 12) / 2), width - text_width(named, 12) / 2)
        canvas.text(inside, 10, named, anchor="middle", size=12, color=MUTED)
    for position, (row, value, text) in enumerate(zip(held.itertuples(), values, texts, strict=True)):
        y = rows.middle(position)
        start, end = sorted((rows.x(0), rows.x(value)))
        with canvas.told(f"{names[position]}\n{number(value)} {unit}", link(row.figure_id)):
            canvas.rect(start, y - 10, max(1.5, end - start), 20, ACCENT)
            canvas.text(end + 6, y, text, halo=True)
    for position, reason in enumerate(missing.values(), start=len(values)):
        canvas.text(rows.x(0) + 4, rows.middle(position), reason, size=12, color=MUTED, italic=True)
    return canvas.finish()


def compare_dot(
    frame: pd.DataFrame,
    labels: Mapping[str, str],
    order: Sequence[str],
    unit: str,
    scale: Scale | None,
    missing: str,
    *,
    link: Link = nowhere,
    width: int = WIDE,
) -> Drawing:
    """A row for each department with a dot for each year, the latest one filled and labelled: levels and spread at once."""
    divisor = scale.yuan if scale else 1
    values = [float(v) / divisor for v in frame["value"]]
    low, high = min(values), max(values)
    pad = (high - low) * 0.06 or abs(high) * 0.1 or 1.0
    rows = _Rows(
        [labels[d] for d in order],
        width,
        max(0.0, low - pad) if low >= 0 else low - pad,
        high + pad,
        unit=unit,
        row=44,
        right=30,
    )
    canvas = rows.canvas
    for position, department_id in enumerate(order):
        y = rows.middle(position) + 4
        own = frame[frame["department_id"] == department_id].drop_duplicates("fiscal_year").sort_values("fiscal_year")
        if own.empty:
            canvas.text(rows.left + 6, y, missing, size=12, color=MUTED, italic=True)
            continue
        places = [rows.x(float(v) / divisor) for v in own["value"]]
        canvas.line([(min(places), y), (max(places), y)], "#b9c6cf", 2)
        for number_of, (row, place) in enumerate(zip(own.itertuples(), places, strict=True), start=1):
            latest = number_of == len(places)
            said = f"{labels[department_id]} {int(row.fiscal_year)}\n{number(float(row.value) / divisor)} {unit}"
            with canvas.told(said, link(row.figure_id)):
                canvas.mark(place, y, "circle", 5.5, ACCENT, ACCENT if latest else PAPER, 2)
                if latest:
                    canvas.text(place, y - 15, str(int(row.fiscal_year)), anchor="middle", size=11, color=MUTED)
    return canvas.finish()


#: Lower bounds of the steps of the coverage grid, in figures held.
COVERAGE_STEPS = (1, 5, 20, 50)
COVERAGE_COLORS = ("#d6e6f0", "#9cc4dc", "#4f94bd", "#0b5d8a")
COVERAGE_GAP = "#f1f1ef"


def coverage_grid(
    frame: pd.DataFrame,
    labels: Mapping[str, str],
    years: Sequence[int],
    words: Mapping[str, str],
    *,
    link: Callable[[str, int | None], str | None] = lambda department_id, year: None,
    width: int = WIDE,
) -> Drawing:
    """Departments × years: the number of figures held in each cell, "×" where a year between is missing, blank outside.

    `frame`: department_id, fiscal_year, figure_count, reason (why nothing is held; text). `words`: figures, missing.
    `link`: department and year (None for the department's own page) → address.
    """
    if width < COMPACT:
        years = years[-6:]
    cells = {(r.department_id, int(r.fiscal_year)): r for r in frame.itertuples()}
    left = min(max((text_width(n) for n in labels.values()), default=0), width * 0.36) + 12
    cell_width, cell_height, top = (width - left - 4) / len(years), 26, 28
    canvas = Canvas(width, top + cell_height * len(labels) + 4)
    for column, year in enumerate(years):
        canvas.text(left + cell_width * (column + 0.5), 13, str(year), anchor="middle", size=12)
    for row, (department_id, label) in enumerate(labels.items()):
        y = top + cell_height * row
        with canvas.told(label, link(department_id, None)):
            canvas.text(left - 8, y + cell_height / 2, shorten(label, left - 10), anchor="end")
        for column, year in enumerate(years):
            cell = cells.get((department_id, year))
            if cell is None:
                continue
            count = int(cell.figure_count) if is_known(cell.figure_count) else 0
            step = sum(count >= bound for bound in COVERAGE_STEPS)
            said = words["figures"].format(n=count) if count else str(cell.reason)
            x = left + cell_width * column
            with canvas.told(f"{label} {year}\n{said}", link(department_id, year) if count else None):
                canvas.rect(
                    x + 1, y + 1, cell_width - 2, cell_height - 2, COVERAGE_COLORS[step - 1] if step else COVERAGE_GAP
                )
                canvas.text(
                    x + cell_width / 2,
                    y + cell_height / 2,
                    str(count) if count else "×",
                    anchor="middle",
                    size=11,
                    color=PAPER if step == 4 else INK if step else MUTED,
                )
    return canvas.finish()


#: Bands of an execution rate in percent, from light to dark; 100 is the whole budget.
EXECUTION_BANDS = ((0, 80, "#eef2f5"), (80, 95, "#dfe7ec"), (95, 100, "#cfdbe3"))


def execution_bullets(
    frame: pd.DataFrame, words: Mapping[str, str], *, link: Link = nowhere, width: int = WIDE
) -> Drawing:
    """A bullet for each row: the recomputed rate as a bar, the stated rate as a mark, the bands behind.

    A label may have several lines. `frame`: label, recomputed_rate_pct, stated_rate_pct (either may be null), in percent,
    stated_figure_id, numerator_figure_id. `words`: recomputed, stated, unknown.
    """
    known = [float(v) for column in ("recomputed_rate_pct", "stated_rate_pct") for v in frame[column] if is_known(v)]
    second = 50 + text_width(words["recomputed"], 12)
    two_lines = second + 10 + text_width(words["stated"], 12) > width
    rows = _Rows(
        list(frame["label"]),
        width,
        0,
        max([105.0, *(v * 1.03 for v in known)]),
        unit="",
        row=44,
        top=58 if two_lines else 34,
        right=66,
        suffix="%",
    )
    canvas = rows.canvas
    canvas.rect(8, 6, 18, 12, ACCENT)
    canvas.text(32, 12, words["recomputed"], size=12)
    x, y = (16, 36) if two_lines else (second, 12)
    canvas.rect(x, y - 10, 3, 20, ALARM)
    canvas.text(x + 16, y, words["stated"], size=12)
    for position in range(len(frame)):
        y = rows.middle(position)
        for low, high, color in EXECUTION_BANDS:
            canvas.rect(rows.x(low), y - 15, rows.x(min(high, rows.high)) - rows.x(low), 30, color)
    rows.mark(100)
    for position, row in enumerate(frame.itertuples()):
        y, name = rows.middle(position), " ".join(row.label.split("\n"))
        if is_known(row.recomputed_rate_pct):
            value = float(row.recomputed_rate_pct)
            with canvas.told(f"{name}\n{words['recomputed']} {number(value)}%", link(row.numerator_figure_id)):
                canvas.rect(rows.x(0), y - 8, rows.x(value) - rows.x(0), 16, ACCENT)
        if is_known(row.stated_rate_pct):
            value = float(row.stated_rate_pct)
            with canvas.told(f"{name}\n{words['stated']} {number(value)}%", link(row.stated_figure_id)):
                canvas.rect(rows.x(value) - 1.5, y - 13, 3, 26, ALARM)
        shown = row.recomputed_rate_pct if is_known(row.recomputed_rate_pct) else row.stated_rate_pct
        ends = [float(v) for v in (row.recomputed_rate_pct, row.stated_rate_pct) if is_known(v)]
        text = (
            f"{number(shown)}%"
            if is_known(row.recomputed_rate_pct)
            else f"({number(shown)}%)"
            if ends
            else words["unknown"]
        )
        canvas.text(rows.x(max(ends, default=0)) + 8, y, text, color=INK if ends else MUTED, halo=True)
    return canvas.finish()


def stacked_amounts(
    frame: pd.DataFrame, unit: str, scale: Scale, *, link: Link = nowhere, width: int = WIDE
) -> Drawing:
    """Amounts of parts side by side in one bar a row. `frame`: row, part, amount_cny, figure_id; parts keep their order.

    Each part has a number, in its legend and in its segment, so that no colour has to be told from another.
    """
    names, parts = list(dict.fromkeys(frame["row"])), list(dict.fromkeys(frame["part"]))
    totals = frame[frame["amount_cny"] > 0].groupby("row")["amount_cny"].sum() / scale.yuan
    single = len(parts) == 1
    legend: list[tuple[float, float, str]] = []
    x, y = 8.0, 12.0
    for index, part in enumerate([] if single else parts, start=1):
        text = f"{index} {part}"
        if x > 8 and x + text_width(text, 12) + 40 > width:
            x, y = 8.0, y + 22
        legend.append((x, y, text))
        x += text_width(text, 12) + 40
    top = int(y + 20) if legend else 10
    rows = _Rows(
        names,
        width,
        0,
        float(totals.max()) if len(totals) else 1.0,
        unit=unit,
        row=42,
        top=top,
        right=86 if single else 24,
    )
    canvas = rows.canvas
    for index, (x, y, text) in enumerate(legend):
        canvas.rect(x, y - 7, 14, 14, PALETTE[index % len(PALETTE)])
        canvas.text(x + 20, y, text, size=12)
    for position, name in enumerate(names):
        y, start = rows.middle(position), 0.0
        for row in frame[frame["row"] == name].itertuples():
            amount, index = float(row.amount_cny) / scale.yuan, parts.index(row.part)
            said = f"{name}{'' if single else ' ' + row.part}\n{number(amount)} {unit}"
            low, high = (rows.x(start), rows.x(start + amount)) if amount > 0 else (rows.x(start), rows.x(start))
            with canvas.told(said, link(row.figure_id)):
                canvas.rect(low, y - 12, max(1.0, high - low), 24, PALETTE[index % len(PALETTE)], stroke=PAPER)
                if single:
                    canvas.text(high + 6, y, number(amount))
                else:
                    for text in (
                        f"{index + 1} {row.part} {number(amount)}",
                        f"{index + 1} · {number(amount)}",
                        str(index + 1),
                    ):
                        if text_width(text, 12) + 8 <= high - low:
                            canvas.text((low + high) / 2, y, text, anchor="middle", size=12, color=PAPER)
                            break
            start += max(0.0, amount)
    return canvas.finish()


def flow(
    nodes: Sequence[str], links: Sequence[tuple[int, int, float]], unit: str, scale: Scale, *, width: int = WIDE
) -> Drawing:
    """A flow from sources (left) to types of spending (right): node names and (from, to, amount in yuan above 0)."""
    kept = [(a, b, v) for a, b, v in links if v > 0]
    left, right = list(dict.fromkeys(a for a, _, _ in kept)), list(dict.fromkeys(b for _, b, _ in kept))
    total = sum(v for _, _, v in kept) or 1.0
    room, pad, height = min(210.0, width * 0.32), 26, 300 + 26 * (max(len(left), len(right), 1) - 1)
    canvas = Canvas(width, height + 20)
    per = (height - pad * (max(len(left), len(right), 1) - 1)) / total
    tops: dict[int, float] = {}
    for column, places in ((0, left), (1, right)):
        y = 10.0
        for node in places:
            amount = sum(v for a, b, v in kept if (a, b)[column] == node)
            x = room if column == 0 else width - room - 14
            tops[node] = y
            with canvas.told(f"{nodes[node]}\n{number(amount / scale.yuan)} {unit}"):
                canvas.rect(x, y, 14, max(1.5, amount * per), ACCENT)
                at, anchor = (room - 8, "end") if column == 0 else (width - room + 8, "start")
                middle = y + max(1.5, amount * per) / 2
                canvas.text(at, middle - 8, shorten(nodes[node], room - 10), anchor=anchor)
                canvas.text(at, middle + 9, number(amount / scale.yuan), anchor=anchor, size=12, color=MUTED)
            y += amount * per + pad
    used = dict(tops)
    for a, b, amount in kept:
        thick = amount * per
        y0, y1 = used[a], used[b]
        used[a], used[b] = y0 + thick, y1 + thick
        with canvas.told(f"{nodes[a]} → {nodes[b]}\n{number(amount / scale.yuan)} {unit}"):
            _ribbon(canvas, (room + 14, y0), (width - room - 14, y1), thick)
    return canvas.finish()


def through(
    sources: Sequence[tuple[str, float, object]],
    name: str,
    uses: Sequence[tuple[str, float, object]],
    unit: str,
    scale: Scale,
    *,
    link: Link = nowhere,
    width: int = WIDE,
) -> Drawing:
    """Money from its sources (left) into a department and out of it by type of spending (right), where no report says which
    source paid for what. Both: label, amount in yuan above 0, figure_id. Where one side is told in full and the other is
    not, the rest of the department's bar stays empty."""
    sides = [list(sources), list(uses)]
    total = max(sum(amount for _, amount, _ in side) for side in sides) or 1.0
    room, pad, head = min(210.0, width * 0.3), 26, 26
    most = max(len(side) for side in sides)
    height = 260 + pad * (most - 1)
    canvas = Canvas(width, head + height + 20)
    per = 260 / total
    middle, top = width / 2 - 7, head + 10 + pad * (most - 1) / 2
    canvas.text(width / 2, head - 8, shorten(name, width - 20), anchor="middle", weight=600)
    told = min(sum(amount for _, amount, _ in side) for side in sides)
    if told < total:
        canvas.rect(middle, top, 14, total * per, PAPER, stroke=MUTED, stroke_dasharray="3 3")
    canvas.rect(middle, top, 14, told * per, INK)
    for on_left, side in zip((True, False), sides, strict=True):
        taken = sum(amount * per for _, amount, _ in side) + pad * (len(side) - 1)
        y, inner = head + 10 + (height - taken) / 2, top
        for label, amount, figure_id in side:
            thick = amount * per
            x = room if on_left else width - room - 14
            ends = ((x + 14, y), (middle, inner)) if on_left else ((middle + 14, inner), (x, y))
            with canvas.told(f"{label}\n{number(amount / scale.yuan)} {unit}", link(figure_id)):
                _ribbon(canvas, *ends, thick)
                canvas.rect(x, y, 14, max(1.5, thick), ACCENT)
                at, anchor = (room - 8, "end") if on_left else (width - room + 8, "start")
                canvas.text(at, y + thick / 2 - 8, shorten(label, room - 10), anchor=anchor)
                canvas.text(at, y + thick / 2 + 9, number(amount / scale.yuan), anchor=anchor, size=12, color=MUTED)
            y, inner = y + thick + pad, inner + thick
    return canvas.finish()


def _ribbon(canvas: Canvas, start: tuple[float, float], end: tuple[float, float], thick: float) -> None:
    """A band of one thickness from one place to another, both its upper corner."""
    (x0, y0), (x1, y1) = start, end
    middle = (x0 + x1) / 2
    canvas.path(
        f"M{x0:.1f} {y0:.1f}C{middle:.1f} {y0:.1f} {middle:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
        f"V{y1 + thick:.1f}C{middle:.1f} {y1 + thick:.1f} {middle:.1f} {y0 + thick:.1f} {x0:.1f} {y0 + thick:.1f}Z",
        ACCENT,
        fill_opacity="0.24",
    )


def target_dots(frame: pd.DataFrame, words: Mapping[str, str], *, link: Link = nowhere, width: int = WIDE) -> Drawing:
    """Attained values as a percentage of their targets, one row an indicator, a dot where the target is reached and a cross
    where not. `frame`: label, ratio_pct, attained, actual_figure_id. `words`: ratio."""
    ratios = [float(v) for v in frame["ratio_pct"]]
    rows = _Rows(
        list(frame["label"]), width, 0, max([110.0, *(v * 1.05 for v in ratios)]), unit="", right=70, suffix="%"
    )
    canvas = rows.canvas
    rows.mark(100)
    for position, row in enumerate(frame.itertuples()):
        x, y = rows.x(float(row.ratio_pct)), rows.middle(position)
        with canvas.told(f"{row.label}\n{words['ratio']} {number(row.ratio_pct)}%", link(row.actual_figure_id)):
            canvas.mark(x, y, "circle" if row.attained else "x", 6, ACCENT if row.attained else ALARM)
            canvas.text(x + 12, y, f"{number(row.ratio_pct)}%", halo=True)
    return canvas.finish()


def times_apart(
    frame: pd.DataFrame, one: str, two: str, words: Mapping[str, str], *, link: Link = nowhere, width: int = WIDE
) -> Drawing:
    """How many times one department's value is the other's, one row a measure, on a scale on which twice and half are as
    far from equal. `frame`: label, ratio (above 0), shown (text), figure_id; `one`, `two`: names; `words`: higher, with
    {name}, equal."""
    places = [math.log2(float(r)) for r in frame["ratio"]]
    reach = max([1.0, *map(abs, places)]) * 1.08
    steps = [s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000, 100_000) if math.log2(s) <= reach]
    steps = steps if width >= COMPACT else [s for s in steps if s in (1, steps[-1], 2 if steps[-1] < 10 else 10)]
    marks = [(-math.log2(s), f"1/{s:g}") for s in reversed(steps) if s > 1]
    marks += [(math.log2(s), words["equal"] if s == 1 else f"{s:g}") for s in steps]
    rows = _Rows(list(frame["label"]), width, -reach, reach, unit="", top=36, right=20, marks=marks)
    canvas, middle = rows.canvas, rows.x(0)
    half = (rows.right - rows.left) / 2 - 12
    for x, name, anchor, arrow in ((middle - 12, two, "end", "← {}"), (middle + 12, one, "start", "{} →")):
        said = arrow.format(shorten(words["higher"].format(name=name), half - 24, 12))
        canvas.text(x, 14, said, anchor=anchor, size=12, color=MUTED)
    for position, (row, place) in enumerate(zip(frame.itertuples(), places, strict=True)):
        x, y = rows.x(place), rows.middle(position)
        with canvas.told(f"{' '.join(row.label.split(chr(10)))}\n{row.shown}", link(row.figure_id)):
            canvas.line([(middle, y), (x, y)], ACCENT, 2)
            canvas.mark(x, y, "circle" if place >= 0 else "square", 5.5, ACCENT)
            # Towards the middle where there is room, so that no text leaves the drawing.
            outwards = 12 + text_width(row.shown, 12) <= (rows.right + 16 - x if place >= 0 else x - rows.left)
            to_right = (place >= 0) == outwards
            canvas.text(
                x + (10 if to_right else -10),
                y if outwards else y - 11,
                row.shown,
                anchor="start" if to_right else "end",
                size=12,
                halo=True,
            )
    return canvas.finish()


def one_sided_dots(
    frame: pd.DataFrame, words: Mapping[str, str], *, link: Link = nowhere, width: int = WIDE
) -> Drawing:
    """Percentages that a report states as a target or as a result without the other, one row each; what is missing is said.
    `frame`: label, value, is_result, figure_id. `words`: result, target (what a row says after its number)."""
    values = [float(v) for v in frame["value"]]
    said = [words["result"] if r else words["target"] for r in frame["is_result"]]
    room = 30 + max((text_width(f"{number(v)}% {s}") for v, s in zip(values, said, strict=True)), default=0)
    rows = _Rows(list(frame["label"]), width, 0, max([100.0, *values]), unit="", right=room, suffix="%")
    canvas = rows.canvas
    for position, (row, text) in enumerate(zip(frame.itertuples(), said, strict=True)):
        x, y = rows.x(float(row.value)), rows.middle(position)
        with canvas.told(f"{row.label}\n{number(row.value)}% {text}", link(row.figure_id)):
            canvas.mark(x, y, "circle" if row.is_result else "diamond", 6, ACCENT if row.is_result else MUTED)
            canvas.text(x + 12, y, f"{number(row.value)}% {text}", halo=True)
    return canvas.finish()


#: From low to high; a tile says its number as well.
TILE_RAMP = ("#d6e6f0", "#9cc4dc", "#4f94bd", "#0b5d8a", "#063b5a")


def tile_map(frame: pd.DataFrame, words: Mapping[str, str], *, link: Link = nowhere, width: int = WIDE) -> Drawing:
    """China's provinces as equal tiles. `frame`: name, row, column, value (null where nothing is held), shown (text),
    short, province_code; `link`: province_code → address. `words`: missing."""
    held = [float(v) for v in frame["value"] if is_known(v)]
    low, high = (min(held), max(held)) if held else (0.0, 1.0)
    first = int(frame["column"].min())
    columns, lines = int(frame["column"].max()) + 1 - first, int(frame["row"].max()) + 1
    side = min(112.0, (width - 8) / columns)
    tall = max(46.0, side * 0.72)
    left = (width - side * columns) / 2
    canvas = Canvas(width, int(tall * lines + 8))
    small = side < 60
    for tile in frame.itertuples():
        known = is_known(tile.value)
        step = 0 if high == low else min(4, int(5 * (float(tile.value) - low) / (high - low))) if known else 0
        x, y = left + side * (tile.column - first), 4 + tall * tile.row
        said = f"{tile.name}\n{tile.shown if known else words['missing']}"
        with canvas.told(said, link(tile.province_code) if known else None):
            canvas.rect(
                x + 2,
                y + 2,
                side - 4,
                tall - 4,
                TILE_RAMP[step] if known else "#f5f5f3",
                stroke="#c9d2d8",
                stroke_dasharray="none" if known else "3 3",
            )
            # On the middle blue neither ink nor paper reads well but ink does better (5.0 to 1).
            color = PAPER if known and step >= 3 else INK if known else MUTED
            # A long name is set smaller before it is cut.
            size = min(10 if small else 12, max(8, 12 * (side - 4) / max(1.0, text_width(tile.short, 12))))
            canvas.text(
                x + side / 2,
                y + tall * 0.33,
                shorten(tile.short, side - 4, size),
                anchor="middle",
                size=size,
                color=color,
            )
            canvas.text(
                x + side / 2,
                y + tall * 0.68,
                shorten(tile.shown, side - 4, 10 if small else 13),
                anchor="middle",
                size=10 if small else 13,
                color=color,
                weight=600,
            )
    return canvas.finish()


def quick_bar(frame: pd.DataFrame, label: str, value: str, *, width: int = WIDE) -> Drawing:
    """A plain bar chart of a query's result: one column of labels, one of numbers, at most 40 rows, unknown left out."""
    rows = frame[[label, value]].dropna().head(40)
    ids = [str(i) for i in range(len(rows))]
    bars = pd.DataFrame(
        {"department_id": ids, "value": [float(v) for v in rows[value]], "figure_id": None, "flags": ""}
    )
    return compare_bar(bars, dict(zip(ids, map(str, rows[label]), strict=True)), {}, value, None, width=width)
