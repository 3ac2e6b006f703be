"""What every page is made of: its head, tables with links to the evidence, charts with their notes, table and downloads.

All text from reports and from the address is escaped here, once, before it becomes HTML or Markdown.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import charts, downloads, formatting
from dashboard.data import Warehouse, WarehouseError
from dashboard.labels import LANGUAGES, Words
from dashboard.state import Problem, View, parse_choice

#: A picture of our own: the browser would fetch a material icon's favicon from the network.
ICON = str(Path(__file__).parent / "icon.svg")

STYLE = """
<style>
.jx-table {border-collapse: collapse; width: 100%; font-size: 0.93rem;}
.jx-table caption {text-align: left; color: #5b6b77; font-size: 0.85rem; padding: 0 0 .35rem 0;}
.jx-table th {text-align: left; font-weight: 600; border-bottom: 2px solid #aab7c0; padding: .3rem .7rem .3rem 0; vertical-align: bottom;}
.jx-table td {border-bottom: 1px solid #e3e9ed; padding: .34rem .7rem .34rem 0; vertical-align: top; overflow-wrap: anywhere; min-width: 3.4em;}
.jx-table td:first-child {min-width: 6.5em;}
.jx-table .n {text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap;}
.jx-scroll {overflow-x: auto;}
[data-testid="stHtml"] a {color: #0b5d8a; text-decoration-thickness: 1px; text-underline-offset: 2px;}
.jx-table td.q, .jx-table td.q.n {color: #5b6b77; font-size: .84rem; white-space: normal;}
.jx-note {color: #4d5c67; font-size: .86rem; line-height: 1.55; margin: 0;}
.jx-badge {display: inline-block; border: 1px solid #aab7c0; border-radius: 4px; padding: 0 .4em; font-size: .8rem; white-space: nowrap; color: #33424d;}
.jx-badge.alarm {border-color: #b3400a; color: #8f3308; background: #fdf3ee;}
.jx-badge.good {border-color: #1c7a55; color: #14593e; background: #eef8f3;}
.jx-badge.sample {border-color: #7a5c00; color: #5e4700; background: #fff8e0;}
.jx-text {white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.9; background: #fbfbf9; border: 1px solid #e3e9ed; border-left: 4px solid #0b5d8a; border-radius: 4px; padding: .9rem 1.1rem;}
.jx-text mark.quote {background: #fff3c4; color: inherit; padding: .1em 0;}
.jx-text mark.raw {background: #ffd54d; color: #16242f; font-weight: 700; border-bottom: 2px solid #7a5c00; padding: .1em .1em;}
.jx-page {position: relative; margin: 0; border: 1px solid #aab7c0; border-radius: 4px; overflow: hidden; background: #fff;}
.jx-page img {display: block; width: 100%; height: auto;}
.jx-mark {position: absolute; pointer-events: none;}
.jx-mark.quote {background: rgba(255, 213, 77, .28);}
.jx-mark.raw {outline: 2px solid #b3400a; outline-offset: 2px; border-radius: 2px;}
.jx-page.strip {margin-bottom: .7rem;}
.jx-value {font-size: 2.2rem; font-weight: 650; line-height: 1.2; margin: 0;}
.jx-lead {font-size: 1.05rem; line-height: 1.6; margin: 0; max-width: 62rem;}
.jx-legend {display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; font-size: .86rem; color: #4d5c67; margin: 0;}
.jx-swatch {display: inline-block; width: 1.05em; height: 1.05em; border: 1px solid #aab7c0; vertical-align: -0.15em; margin-right: .35em; text-align: center; line-height: 1em; font-size: .8rem;}
@media print {[data-testid="stHeader"], [data-testid="stSidebar"], .st-key-language, .stDownloadButton, [data-testid="stPopover"] {display: none !important;}}
</style>
"""


@dataclass(frozen=True)
class Link:
    """A cell or a text that leads somewhere; `href` is one of our own pages or an http(s) address."""

    text: str
    href: str


@dataclass(frozen=True)
class Badge:
    """A short mark with its meaning in words; kind is alarm, good, sample or plain."""

    text: str
    kind: str = "plain"
    help: str = ""


@dataclass(frozen=True)
class Quote:
    """A piece of a report, shown letter by letter in quieter ink."""

    text: str


@dataclass(frozen=True)
class Gap:
    """A value that is not held: a dash with the reason behind it."""

    reason: str


Cell = str | Link | Badge | Quote | Gap | None | Sequence["str | Link | Badge"]


@dataclass
class Page:
    """One run of one page: its words, the release it reads, its choices."""

    key: str
    words: Words
    warehouse: Warehouse
    view: View
    problems: Any
    samples: bool = False
    #: Notes that hold for everything on the page, such as that invented reports are shown.
    notes: list[str] = field(default_factory=list)

    @property
    def language(self) -> str:
        """zh or en."""
        return self.words.language

    def href(self, page: str, **parameters: object) -> str:
        """The address of another page of the dashboard with plain parameters, in the reader's language."""
        given = {name: str(value) for name, value in parameters.items() if value is not None and value != ""}
        if self.language != "zh":
            given["lang"] = self.language
        return f"./{page}" + ("?" + urlencode(given, safe=",") if given else "")

    def evidence(self, figure_id: object, text: str) -> Link | str:
        """A value that leads to its evidence; just the text where no figure is known."""
        return Link(text, self.href("evidence", figure=figure_id)) if isinstance(figure_id, str) and figure_id else text

    def include_samples(self) -> bool:
        """The switch that lets invented reports in, off by default; keeps the choice in `samples` and in the notes."""
        self.samples = self.view.flag(
            "samples", False, st.toggle, label=self.words("filter.samples"), help=self.words("filter.samples_help")
        )
        if self.samples:
            self.notes.append(self.words("note.samples_shown"))
        return self.samples

    def finish(self) -> None:
        """Write the address of the view and explain what of it could not be used."""
        explain(self.problems, self.view.finish(), self.words)


def language() -> tuple[str, list[Problem]]:
    """The reader's language: from the address (?lang=en), else as before in this session, else Chinese."""
    given = st.query_params.get("lang")
    chosen, problems = parse_choice("lang", given, list(LANGUAGES), st.session_state.get("chosen_language", "zh"))
    st.session_state["chosen_language"] = chosen
    if chosen != "zh" and given != chosen:
        st.query_params["lang"] = chosen
    return chosen, problems


def explain(place: Any, problems: Sequence[Problem], words: Words) -> None:
    """Say which parameters of the address could not be used, why, and what is shown instead."""
    if not problems:
        return
    lines = [
        words(
            f"problem.{p.reason}",
            parameter=code(p.parameter),
            given=code(p.given),
            allowed=code(p.allowed) if p.allowed else "–",
        )
        for p in problems
    ]
    place.warning(words("problem.lead") + "\n\n" + "\n".join(f"- {line}" for line in lines), icon=":material/link_off:")


def code(text: str) -> str:
    """A text as Markdown code: nothing in it is read as Markdown or HTML."""
    flat = " ".join(text.split()) or " "
    fence = "`" * (max((len(run) for run in re.findall("`+", flat)), default=0) + 1)
    return f"{fence} {flat} {fence}"


def plain(text: object) -> str:
    """A text for Streamlit's Markdown that is shown letter by letter: every special character is escaped."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~$:&=^])", r"\\\1", " ".join(str(text).split()))


def begin(key: str) -> Page:
    """Open the release and draw the head of a page; a release that cannot be read is explained and the page ends."""
    words = Words(st.session_state.get("chosen_language", "zh"))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(words(f"page.{key}.title"), anchor=False, width="stretch")
        _language_switch(words)
    lead(words(f"page.{key}.lead"))
    try:
        warehouse = Warehouse()
    except WarehouseError as error:
        stop(error, words)
    return Page(key, words, warehouse, View(key, st.query_params, st.session_state), st.container())


def _language_switch(words: Words) -> None:
    """Chinese or English; the choice goes into the address, so that a link says it."""

    def keep() -> None:
        chosen = st.session_state["language"]
        st.session_state["chosen_language"] = chosen
        if chosen == "zh":
            st.query_params.pop("lang", None)
        else:
            st.query_params["lang"] = chosen

    st.session_state["language"] = words.language
    st.segmented_control(
        words("language"),
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        key="language",
        required=True,
        on_change=keep,
        label_visibility="collapsed",
    )


def stop(error: WarehouseError, words: Words) -> None:
    """Explain why the release cannot be read and what to do, and end the page."""
    st.error(words(f"warehouse.{error.cause}") + "\n\n" + code(error.detail), icon=":material/database_off:")
    st.stop()


def lead(text: str) -> None:
    """A paragraph under a heading (our own words)."""
    st.html(f'<p class="jx-lead">{html.escape(text)}</p>')


def notes(lines: Iterable[str]) -> None:
    """Small print, one line each."""
    shown = [line for line in lines if line]
    if shown:
        st.html("".join(f'<p class="jx-note">{html.escape(line)}</p>' for line in shown))


#: The strip above a page: how much wider than the column its page is drawn, and its width by its height.
STRIP_ZOOM, STRIP_SHAPE = 2.2, 3.2
Box = tuple[float, float, float, float]


def page_picture(address: str, shape: float, label: str, tinted: Sequence[Box], framed: Sequence[Box]) -> None:
    """An image of a page with boxes on it, and above it a strip around the first framed one, enlarged.

    `address` is a data: address, `shape` the image's height by its width; boxes are (left, top, right, bottom) as parts
    of the image.
    """
    marks = "".join(
        f'<span class="jx-mark {kind}" style="left:{100 * left:.2f}%;top:{100 * top:.2f}%;'
        f'width:{100 * (right - left):.2f}%;height:{100 * (bottom - top):.2f}%"></span>'
        for kind, boxes in (("quote", tinted), ("raw", framed))
        for left, top, right, bottom in boxes
    )
    source = html.escape(address, quote=True)
    strip = ""
    if framed:
        left, top, right, bottom = framed[0]
        height = STRIP_ZOOM * shape * STRIP_SHAPE
        to_left = min(max((left + right) / 2 * STRIP_ZOOM - 0.5, 0), STRIP_ZOOM - 1)
        upwards = min(max((top + bottom) / 2 * height - 0.5, 0), max(height - 1, 0))
        strip = (
            f'<div class="jx-page strip" style="aspect-ratio:{STRIP_SHAPE}"><div style="position:absolute;'
            f'width:{100 * STRIP_ZOOM:.0f}%;left:{-100 * to_left:.2f}%;top:{-100 * upwards:.2f}%">'
            f'<img alt="" src="{source}">{marks}</div></div>'
        )
    st.html(f'{strip}<div class="jx-page"><img alt="{html.escape(label, quote=True)}" src="{source}">{marks}</div>')


def fragment(cell: Cell) -> str:
    """The HTML of one cell; every text is escaped, and only our own pages and http(s) addresses become links."""
    if cell is None:
        return formatting.UNKNOWN
    if isinstance(cell, str):
        return html.escape(cell) if cell else formatting.UNKNOWN
    if isinstance(cell, Link):
        if not cell.href.startswith(("./", "https://", "http://")):
            return html.escape(cell.text)
        outside = "" if cell.href.startswith("./") else ' target="_blank" rel="noopener noreferrer nofollow"'
        return (
            f'<a href="{html.escape(cell.href, quote=True)}"{outside or " target=_self"}>{html.escape(cell.text)}</a>'
        )
    if isinstance(cell, Badge):
        title = f' title="{html.escape(cell.help, quote=True)}"' if cell.help else ""
        return f'<span class="jx-badge {cell.kind}"{title}>{html.escape(cell.text)}</span>'
    if isinstance(cell, Quote):
        return html.escape(cell.text)
    if isinstance(cell, Gap):
        return f'<span title="{html.escape(cell.reason, quote=True)}">{formatting.UNKNOWN}</span>'
    return " ".join(fragment(part) for part in cell)


def table_html(
    columns: Sequence[str], rows: Sequence[Sequence[Cell]], numeric: Iterable[int] = (), caption: str = ""
) -> str:
    """A table as HTML with proper header cells; columns in `numeric` are set right."""
    right = set(numeric)
    head = "".join(
        f'<th scope="col"{" class=n" if i in right else ""}>{html.escape(c)}</th>' for i, c in enumerate(columns)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f'<td class="{" ".join(["n"] * (i in right) + ["q"] * isinstance(cell, Quote))}">{fragment(cell)}</td>'
            for i, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    title = f"<caption>{html.escape(caption)}</caption>" if caption else ""
    return (
        '<div class="jx-scroll" tabindex="0" role="region" aria-label="'
        + html.escape(caption or "table", quote=True)
        + '">'
        f'<table class="jx-table">{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def table(
    columns: Sequence[str], rows: Sequence[Sequence[Cell]], numeric: Iterable[int] = (), caption: str = ""
) -> None:
    """Show a table whose cells may be links to the evidence."""
    st.html(table_html(columns, rows, numeric, caption))


def sample_badge(page: Page) -> Badge:
    """The mark of what was invented for the project."""
    return Badge(page.words("badge.sample"), "sample", page.words("badge.sample_help"))


def department_cell(page: Page, department_id: object, name: object, is_sample: object) -> Cell:
    """A department's name, leading to its profile, marked where it is invented."""
    known = isinstance(department_id, str) and isinstance(name, str)
    link: str | Link = (
        Link(str(name), page.href("department", dept=department_id)) if known else page.words("unknown.department")
    )
    return [link, sample_badge(page)] if formatting.is_true(is_sample) else link


def source_lines(page: Page, frame: pd.DataFrame, most: int = 4) -> list[str]:
    """The sources of what is shown, the most used first: publisher, title, kind of source; then how many more."""
    used = frame.dropna(subset=["title"]).groupby(["publisher", "title", "source_class"], dropna=False).size()
    shown = []
    for (publisher, title, source_class), _ in used.sort_values(ascending=False).head(most).items():
        parts = [str(p) for p in (publisher, title) if isinstance(p, str) and p]
        shown.append(
            page.words("note.one_source", source=" · ".join(parts), kind=page.words.code("source_class", source_class))
        )
    if not shown:
        return []
    more = len(used) - len(shown)
    return [
        page.words("note.source", sources=page.words("note.between").join(shown))
        + (page.words("note.more_sources", n=more) if more > 0 else "")
    ]


def chart(page: Page, figure: go.Figure, *, key: str, alt: str, file_name: str, select: bool = False) -> Any:
    """A Plotly chart that fills the width, with a text for those who do not see it. Returns the selection if asked for."""
    return st.plotly_chart(
        figure,
        theme=None,
        key=f"{page.key}.{key}",
        config=charts.config(file_name),
        alt=alt,
        on_select="rerun" if select else "ignore",
        selection_mode="points",
    )


def take_away(page: Page, table: downloads.Table, name: str, figure: go.Figure | None = None) -> None:
    """The row under a chart: downloads of exactly what is shown, and the link that reopens the view."""
    words = page.words
    # The permalink is known only when all choices are made; so this is called after the last of them.
    link = page.view.link(st.context.url or "", page.language)
    full = downloads.Table(table.title, table.frame, [*table.notes, *page.notes, words("note.link", link=link)])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "CSV",
            partial(downloads.to_csv, full),
            f"{name}.csv",
            "text/csv",
            key=f"{page.key}.{name}.csv",
            on_click="ignore",
            icon=":material/download:",
            help=words("download.csv"),
        )
        if downloads.xlsx_available():
            st.download_button(
                "XLSX",
                partial(downloads.to_xlsx, full),
                f"{name}.xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                key=f"{page.key}.{name}.xlsx",
                on_click="ignore",
                icon=":material/download:",
                help=words("download.xlsx"),
            )
        st.download_button(
            "Parquet",
            partial(downloads.to_parquet, full),
            f"{name}.parquet",
            "application/vnd.apache.parquet",
            key=f"{page.key}.{name}.parquet",
            on_click="ignore",
            icon=":material/download:",
            help=words("download.parquet"),
        )
        if figure is not None:
            st.download_button(
                "HTML",
                partial(_standalone, figure, full),
                f"{name}.html",
                "text/html",
                key=f"{page.key}.{name}.html",
                on_click="ignore",
                icon=":material/download:",
                help=words("download.html"),
            )
        with st.popover(words("download.link"), icon=":material/link:"):
            st.caption(words("download.link_help"))
            st.code(link, language=None, wrap_lines=True)


def _standalone(figure: go.Figure, table: downloads.Table) -> bytes:
    """The chart as a page of its own that needs no network, with its title and notes."""
    chart_html = figure.to_html(full_html=False, include_plotlyjs=True, config=charts.config("jixiao", "svg"))
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in table.notes)
    style = f"<style>body{{font-family:{charts.FONT};color:{charts.INK};max-width:72rem;margin:2rem auto;padding:0 1rem}}p{{color:#4d5c67}}</style>"
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{html.escape(table.title)}</title>{style}</head>'
        f"<body><h1>{html.escape(table.title)}</h1>{chart_html}{lines}</body></html>"
    ).encode()


def option_name(page: Page, column: str, code_: str, counts: Mapping[str, int] | None = None) -> str:
    """The name of a dimension's option for a widget; null is "the whole" of that dimension."""
    name = page.words(f"whole.{column}") if code_ == "whole" else page.words.code(column, code_)
    return f"{name} ({counts[code_]})" if counts and code_ in counts else name
