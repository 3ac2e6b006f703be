"""What every page is made of: its head, tables with links to the evidence, charts with their notes, table and downloads.

All text from reports and from the address is escaped here, once, before it becomes HTML or Markdown.
"""

from __future__ import annotations

import atexit
import gc
import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard import arrival, charts, downloads, drawing, formatting
from dashboard.labels import LANGUAGES, Words
from dashboard.queries import evidence, releases, reviews
from dashboard.queries.connection import Warehouse, WarehouseError
from dashboard.state import Problem, View, parse_choice

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

#: A picture of our own: the browser would fetch a material icon's favicon from the network.
ICON = str(Path(__file__).parent / "icon.svg")

STYLE = """
.jx-table {border-collapse: collapse; width: 100%; font-size: 0.93rem;}
.jx-table caption {text-align: left; color: #5b6b77; font-size: 0.85rem; padding: 0 0 .35rem 0;}
.jx-table th {text-align: left; font-weight: 600; border-bottom: 2px solid #aab7c0; padding: .3rem .7rem .3rem 0; vertical-align: bottom;}
.jx-table td {border-bottom: 1px solid #e3e9ed; padding: .34rem .7rem .34rem 0; vertical-align: top; overflow-wrap: anywhere; min-width: 3.4em;}
.jx-table td:is(:first-child, .f) {min-width: 6.5em;}
.jx-table .n {text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap;}
.jx-scroll {overflow-x: auto;}
.jx-fold, .jx-table .a {display: none;}
.st-key-sql-q textarea {font-family: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace; font-size: .86rem;}
[data-testid="stHtml"] a {color: #0b5d8a; text-decoration-thickness: 1px; text-underline-offset: 2px;}
.jx-table td.q, .jx-table td.q.n {color: #5b6b77; font-size: .84rem; white-space: normal;}
.jx-note {color: #4d5c67; font-size: .86rem; line-height: 1.55; margin: 0;}
[data-testid="stRadio"] [data-testid="stCaptionContainer"], [data-testid="stRadio"] [data-testid="stCaptionContainer"] p {color: #4d5c67 !important; opacity: 1 !important;}
.jx-badge {display: inline-block; border: 1px solid #aab7c0; border-radius: 4px; padding: 0 .4em; font-size: .8rem; white-space: nowrap; color: #33424d; margin-right: .35em;}
.jx-badge.alarm {border-color: #b3400a; color: #8f3308; background: #fdf3ee;}
.jx-badge.good {border-color: #1c7a55; color: #14593e; background: #eef8f3;}
.jx-badge.sample {border-color: #7a5c00; color: #5e4700; background: #fff8e0;}
.jx-text {white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.9; background: #fbfbf9; border: 1px solid #e3e9ed; border-left: 4px solid #0b5d8a; border-radius: 4px; padding: .9rem 1.1rem;}
.jx-sentence {margin: .5rem 0 !important; padding: .55rem 1rem; border-left: 4px solid #0b5d8a; background: #fbfbf9; color: #16242f; font-size: 1.05rem; line-height: 1.75; overflow-wrap: anywhere;}
.jx-sentence mark.quote {background: #fff3c4; color: inherit; padding: .1em 0;}
.jx-sentence mark.raw {background: #ffd54d; color: #16242f; font-weight: 700; border-bottom: 2px solid #7a5c00; padding: .1em .1em;}
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
/* The bar in the place of an element whose script is still loading is as high as the element, so that nothing below it moves,
   and stands still: each beating of it would have the browser draw the whole page again, sixty times a second. */
[data-testid="stSkeleton"], [data-testid="stSkeletonElement"] {animation: none !important;}
.stElementContainer > [data-testid="stSkeleton"] {height: 1.7rem;}
.stElementContainer[class*="st-key-"] > [data-testid="stSkeleton"] {height: 4.25rem;}
.stElementContainer[class*="-samples"] > [data-testid="stSkeleton"] {height: 1.5rem;}
.stElementContainer.st-key-language > [data-testid="stSkeleton"] {height: 2rem;}
[class*="st-key-card-"] .stHorizontalBlock > [class*="st-key-"] > [data-testid="stSkeleton"] {height: 2.5rem;}
.st-key-shell {position: absolute; height: 0 !important; overflow: hidden;}
.jx-facts {display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .7rem; margin: 0 !important; padding: 0 !important;}
.jx-facts div {border: 1px solid #d5dde3; border-radius: 6px; padding: .7rem .9rem;}
.jx-facts dt {font-size: .86rem; color: #4d5c67;}
.jx-facts dd {font-size: 1.5rem; margin: 0 !important; font-variant-numeric: tabular-nums;}
.jx-chart {position: relative;}
.jx-chart svg {display: block; width: 100%; height: auto; overflow: visible;}
.jx-chart .jx-narrow {display: none;}
.jx-chart a rect, .jx-chart a path, .jx-chart a circle {cursor: pointer;}
.jx-chart a:hover, .jx-chart a:focus-visible {filter: brightness(.82);}
.jx-tip {position: absolute; z-index: 5; pointer-events: none; background: #fff; border: 1px solid #5b6b77; border-radius: 4px; padding: .25rem .55rem; font-size: .84rem; white-space: pre-line; max-width: 22rem; box-shadow: 0 2px 8px rgba(22,36,47,.14);}
.jx-images {display: flex; gap: .4rem; justify-content: flex-end; margin-top: .2rem;}
.jx-images button {font: inherit; font-size: .8rem; color: #33424d; background: #fff; border: 1px solid #aab7c0; border-radius: 4px; padding: .05rem .55rem; cursor: pointer;}
.jx-images button:hover {border-color: #0b5d8a; color: #0b5d8a;}
@media (max-width: 640px) {.jx-chart .jx-wide {display: none;} .jx-chart .jx-narrow {display: block;}}
/* On a phone two choices stand in a row, so that the chart is nearer. */
@media screen and (max-width: 640px) {[data-testid="stHorizontalBlock"] > [data-testid="stElementContainer"]:has(> :is(.stSelectbox, .stTextInput)) {flex: 1 1 calc(50% - 1rem) !important; width: calc(50% - 1rem) !important; min-width: 8rem;} [data-testid="stHorizontalBlock"] > [data-testid="stElementContainer"] > :is(.stSelectbox, .stTextInput) {width: 100% !important;} [data-testid="stHorizontalBlock"] > [data-testid="stLayoutWrapper"]:has(.stSelectbox) {flex: 1 1 100% !important; width: 100% !important;}}
/* On a phone a table is as wide as it needs and its first column stays: squeezed, a title would stand letter below letter.
   What is the same in every row is said once above it, words stand below the first column's: the numbers are in sight. */
@media screen and (max-width: 640px) {.jx-scroll .jx-table {width: max-content; min-width: 100%; border-collapse: separate; border-spacing: 0;} .jx-scroll .jx-table td {max-width: 13rem;} .jx-scroll .jx-table :is(th, td).f {position: sticky; left: 0; background: #fff; max-width: 11rem;} .jx-scroll .jx-table .w {display: none;} .jx-scroll .jx-table.one {width: 100%;} .jx-scroll .jx-table.one :is(th, td).f {max-width: none;} .jx-fold {display: block;} td > .jx-fold {color: #5b6b77; font-size: .84rem;} .jx-table caption {position: sticky; left: 0; max-width: 88vw;}}
/* A row of buttons is as high as a field, so that the names of choices in a row stand in one line. */
.stElementContainer:not(.st-key-language) > .stButtonGroup button {min-height: 2.5rem;}
/* Two arrows alone do not say that the menu is behind them. */
[data-testid="stExpandSidebarButton"]::after {content: attr(aria-label); margin-left: .3rem; font-size: .95rem;}
[data-testid="stExpandSidebarButton"] {width: auto !important; padding: 0 .5rem !important;}
/* The line that opens and closes a page's choices is for phones; what it closes stays there, unseen. */
.stElementContainer:has(> .stHtml > .jx-choices) {display: none;}
@media screen and (max-width: 640px) {.stElementContainer:has(> .stHtml > .jx-choices) {display: block;} [class*="st-key-choices-"]:not(:has(.jx-choices[open])) > :not(:has(.jx-choices)) {display: none !important;}}
.jx-choices summary {border: 1px solid #aab7c0; border-radius: 6px; padding: .45rem .8rem; color: #0b5d8a; font-weight: 600; cursor: pointer;}
@media print {.jx-images {display: none;} [class*="st-key-card-"], .jx-table tr {break-inside: avoid;}}
@media print {[data-testid="stHeader"], [data-testid="stSidebar"], .st-key-language, [class*="st-key-noprint"], .stDownloadButton, [data-testid="stPopover"] {display: none !important;}}
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


#: A chart that waits for its width in pixels: draw(width=380).
Draw = Callable[..., drawing.Drawing]

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

    @cached_property
    def reviewed(self) -> Mapping[str, str]:
        """What reviewers decided: figure_id → accept, correct or reject, as far as it is in force in this release."""
        return reviews.in_force(self.warehouse)

    def evidence(self, figure_id: object, text: str) -> Cell:
        """A value that leads to its evidence, marked where a reviewer decided on it; just the text where no figure is known."""
        if not (isinstance(figure_id, str) and figure_id):
            return text
        link = Link(text, self.href("evidence", figure=figure_id))
        mark = review_badge(self, self.reviewed.get(figure_id))
        return [link, mark] if mark else link

    def evidence_href(self, figure_id: object) -> str | None:
        """The address of a figure's evidence, for charts' marks."""
        return self.href("evidence", figure=figure_id) if isinstance(figure_id, str) and figure_id else None

    def provenance(self) -> str:
        """The release that the figures are of, for files that leave the dashboard."""
        release = releases.release(self.warehouse)
        return self.words(
            "note.release", release=release["release"], built=pd.Timestamp(release["built_at"]).strftime("%Y-%m-%d")
        )

    def permalink(self) -> str:
        """The address that reopens this view, with every choice and the release that it shows."""
        made_in = str(releases.release(self.warehouse)["release"])
        return self.view.link(st.context.url or "", self.language, release=made_in)

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
            f"problem.{p.reason}" if p.allowed or p.reason != "not_an_option" else "problem.not_held",
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
    page = Page(key, words, warehouse, View(key, st.query_params, st.session_state), st.container())
    _say_if_from_another_release(page)
    return page


def _say_if_from_another_release(page: Page) -> None:
    """Links say in which release they were made: in another one the same view may have other values, and the page says so."""
    made_in = st.query_params.get("release")
    if made_in and made_in != (now := str(releases.release(page.warehouse)["release"])):
        page.problems.info(
            page.words("note.other_release", then=code(made_in[:60]), now=code(now))
            + f" [{page.words('overview.to_release')}]({page.href('release')})",
            icon=":material/history:",
        )


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


@dataclass(frozen=True)
class Narrow:
    """How a table fits a phone: columns that say the same in every row are said once above it (`same`; with `everywhere` on
    wide screens too), and words between the first column left (`first`) and the first number stand below the first
    column's (`folded`)."""

    same: tuple[int, ...] = ()
    first: int = 0
    folded: tuple[int, ...] = ()
    everywhere: bool = False

    def style(self, column: int) -> str:
        """The class of a column's cells."""
        if column == self.first:
            return "f"
        return "a" if column in self.same and self.everywhere else "w" if column in (*self.same, *self.folded) else ""


#: From so many rows on a column that says the same in each is said once instead; on wide screens where there are more
#: columns than stand side by side.
ALIKE, MANY = 3, 8


def narrow(rows: Sequence[Sequence[Cell]], right: set[int]) -> Narrow:
    """How a table fits a phone, where only a part of its columns is seen; numbers are what it must show. One without numbers
    and links has a single column there."""
    columns = range(min(map(len, rows), default=0))
    if not right and len(columns) < 3:
        return Narrow()
    shown = [{fragment(row[i]) for row in rows} for i in columns]
    same = tuple(
        i
        for i in columns
        if len(shown[i]) == 1 and len(rows) >= ALIKE and (i not in right or shown[i] == {formatting.UNKNOWN})
    )
    first = next((i for i in columns if i not in same), 0)
    if first in right:
        return Narrow()
    until = next((i for i in columns if i in right and i not in same), len(columns) if not right else first)
    # A column of links is what one looks for: it keeps its place.
    plain_ = [i for i in range(first + 1, until) if i not in same and not any("<a " in text for text in shown[i])]
    return Narrow(same, first, tuple(plain_), len(columns) > MANY)


def table_html(
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    numeric: Iterable[int] = (),
    caption: str = "",
    fits: Narrow | None = None,
) -> str:
    """A table as HTML with proper header cells; columns in `numeric` are set right. `fits`: how it is on a phone."""
    right, fits = set(numeric), fits or Narrow()

    def style(i: int, cell: Cell = "") -> str:
        names = ["n"] * (i in right) + ["q"] * isinstance(cell, Quote) + [fits.style(i)]
        return f' class="{" ".join(filter(None, names))}"' if any(names) else ""

    def below(row: Sequence[Cell]) -> str:
        """What of a row stands below its first cell on a phone."""
        said = [text for i in fits.folded if (text := fragment(row[i])).strip() not in ("", formatting.UNKNOWN)]
        return f'<div class="jx-fold">{" · ".join(said)}</div>' if said else ""

    head = "".join(f'<th scope="col"{style(i)}>{html.escape(c)}</th>' for i, c in enumerate(columns))
    body = "".join(
        "<tr>"
        + "".join(
            f"<td{style(i, cell)}>{fragment(cell)}{below(row) if i == fits.first else ''}</td>"
            for i, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    title = f"<caption>{html.escape(caption)}</caption>" if caption else ""
    alone = all(fits.style(i) for i in range(len(columns)))
    alike = " · ".join(
        f"{html.escape(columns[i])}{': ' if columns[i].isascii() else '：'}{fragment(rows[0][i])}" for i in fits.same
    )
    return (
        (f'<p class="jx-note{"" if fits.everywhere else " jx-fold"}">{alike}</p>' if alike else "")
        + '<div class="jx-scroll" tabindex="0" role="region" aria-label="'
        + html.escape(caption or "table", quote=True)
        + '">'
        f'<table class="jx-table{" one" if alone else ""}">{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def table(
    columns: Sequence[str], rows: Sequence[Sequence[Cell]], numeric: Iterable[int] = (), caption: str = ""
) -> None:
    """Show a table whose cells may be links to the evidence."""
    right = set(numeric)
    st.html(table_html(columns, rows, right, caption, narrow(rows, right)))


def facts_html(shown: Iterable[tuple[str, Cell, str]]) -> str:
    """Large numbers with their labels as HTML: label, value, and what it counts (may be empty)."""
    return (
        '<dl class="jx-facts">'
        + "".join(
            f"<div{f' title={chr(34)}{html.escape(help_, quote=True)}{chr(34)}' if help_ else ''}>"
            f"<dt>{html.escape(label)}</dt><dd>{fragment(value)}</dd></div>"
            for label, value, help_ in shown
        )
        + "</dl>"
    )


def facts(shown: Iterable[tuple[str, Cell, str]]) -> None:
    """Show large numbers with their labels; a value may lead to its evidence."""
    st.html(facts_html(shown))


def choices(page: Page) -> DeltaGenerator:
    """The place of a page's choices. On a phone only a line to open them, so that what they are about is in sight."""
    place = st.container(key=f"choices-{page.key}")
    place.html(f'<details class="jx-choices"><summary>{html.escape(page.words("filter.choices"))}</summary></details>')
    return place


def sample_badge(page: Page) -> Badge:
    """The mark of what was invented for the project."""
    return Badge(page.words("badge.sample"), "sample", page.words("badge.sample_help"))


def review_badge(page: Page, action: object) -> Badge | None:
    """The mark of a figure that a reviewer decided on; None where nobody has."""
    if action not in ("accept", "correct", "reject"):
        return None
    kind = {"accept": "good", "correct": "plain", "reject": "alarm"}[str(action)]
    return Badge(page.words(f"review.mark.{action}"), kind, page.words(f"review.mark_help.{action}"))


def department_cell(page: Page, department_id: object, name: object, is_sample: object) -> Cell:
    """A department's name, leading to its profile, marked where it is invented."""
    known = isinstance(department_id, str) and isinstance(name, str)
    link: str | Link = (
        Link(str(name), page.href("department", dept=department_id)) if known else page.words("unknown.department")
    )
    return [link, sample_badge(page)] if formatting.is_true(is_sample) else link


def document_department(page: Page, row: Any) -> Cell:
    """The department of a document, or that it covers several. `row`: department_id, department_name, source_class, format."""
    if row.department_id is None or pd.isna(row.department_id):
        # A table that somebody else extracted names its department in each row.
        several = row.format == "figures_table"
        return page.words("unknown.several" if several else "unknown.department")
    return department_cell(page, row.department_id, row.department_name, row.source_class == "sample")


def document_link(page: Page, row: Any) -> Cell:
    """A document's title, or the name of its file where none was found, leading to its figures; None where it is not held.
    `row`: document_id, title, file."""
    if not isinstance(row.document_id, str):
        return None
    name = row.title if isinstance(row.title, str) and row.title else Path(str(row.file)).name
    return Link(str(name), page.href("evidence", document=row.document_id))


def source_lines(page: Page, frame: pd.DataFrame, most: int = 4) -> list[str]:
    """The sources of what is shown, the most used first: publisher, title, year and kind of source; then how many more.

    `frame`: publisher, title, source_class, fiscal_year of what each figure tells.
    """
    known = frame.dropna(subset=["title"])
    # A key with a null cannot be looked up in an index: size and year are columns of one frame.
    used = (
        known.groupby(["publisher", "title", "source_class"], dropna=False)["fiscal_year"]
        .agg(["size", "max"])
        .sort_values("size", ascending=False, kind="stable")
        .reset_index()
    )
    shown = []
    for publisher, title, source_class, _, year in used.head(most).itertuples(index=False):
        parts = [str(p) for p in (publisher, title) if isinstance(p, str) and p]
        if pd.notna(year) and str(int(year)) not in str(title):
            parts.append(page.words("note.of_year", year=int(year)))
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


def sources_of(page: Page, frame: pd.DataFrame, *columns: str) -> list[str]:
    """The source lines of the figures named in some columns of rows of a mart."""
    figures = pd.concat([frame[c] for c in columns if c in frame.columns]).dropna().unique() if len(frame) else []
    if not len(figures):
        return []
    return source_lines(page, evidence.sources(page.warehouse, sorted(figures), sorted(set(frame["department_id"]))))


def doubts(page: Page, is_disputed: object, figure_id: object) -> list[str]:
    """What a bar of a chart says after its value: that statements differ, that a reviewer corrected it."""
    disputed = [page.words("compare.disputed")] if formatting.is_true(is_disputed) else []
    corrected = isinstance(figure_id, str) and page.reviewed.get(figure_id) == "correct"
    return disputed + ([page.words("review.mark.correct")] if corrected else [])


def cautions(page: Page, frame: pd.DataFrame) -> list[str]:
    """The warnings that apply to rows of a mart: several tiers, disputed, restated, corrected by a reviewer."""
    words, warnings = page.words, []
    tiers = set(frame["tier"].dropna()) if "tier" in frame.columns else set()
    if len(tiers) > 1:
        warnings.append(words("warning.tiers", tiers=words.join(sorted(words.code("tier", t) for t in tiers))))
    for mark in ("disputed", "restated"):
        if f"is_{mark}" in frame.columns and frame[f"is_{mark}"].fillna(False).astype(bool).any():
            warnings.append(words(f"warning.{mark}"))
    behind = {f for c in frame.columns if str(c).endswith("figure_id") for f in frame[c].dropna()}
    corrected = sum(page.reviewed.get(f) == "correct" for f in behind) if page.reviewed else 0
    if corrected:
        warnings.append(words("warning.corrected", n=corrected))
    return warnings


def months_differ(page: Page, months: Iterable[str]) -> list[str]:
    """The warning that values shown together are of different months; none where they are of the same."""
    covered = sorted(set(months), key=lambda m: [int(n) for n in m.split("-") if n.isdecimal()])
    if len(covered) < 2:
        return []
    named = page.words.join([option_name(page, "months", m) for m in covered])
    return [page.words("warning.months", months=named)]


@cache
def _component(name: str) -> Any:
    """A piece of the page with a script of ours: chart.js (a chart's place) or shell.js (what is around every page).

    Both are one script in the browser: it is loaded with the shell, and a chart need not wait for its own.
    """
    scripts = "".join((Path(__file__).parent / f"{n}.js").read_text(encoding="utf-8") for n in ("shell", "chart"))
    which = (
        "export default (component) => (component.parentElement.querySelector('.jx-chart') ? chart : shell)(component);"
    )
    return st.components.v2.component(
        f"jixiao_{name}",
        html=f'<div class="jx-{name}"></div>',
        css=STYLE if name == "shell" else None,
        js=scripts + which,
        isolate_styles=False,
    )


@st.cache_resource(show_spinner=False)
def _settled() -> None:
    """Once: what was imported stays for good, so that Python's collections need not look through it again (100 ms each)."""
    gc.collect()
    gc.freeze()
    # At the end all has to be found again, or DuckDB's binding reports what it thinks was lost.
    atexit.register(gc.unfreeze)


def shell(language_: str) -> None:
    """What is around every page, invisible: styles, the document's language, the menu's name. First of all, as the rest is
    seen by it."""
    _settled()
    words = Words(language_)
    ready = arrival.address("shell", "shell")
    with st.container(height=1, border=False, key="shell"):
        _component("shell")(
            data={
                "language": "zh-CN" if language_ == "zh" else language_,
                "open": words("menu.open"),
                "close": words("menu.close"),
                "ready": ready,
            },
            key="shell.component",
        )


def chart(page: Page, draw: Draw, *, key: str, alt: str, table: downloads.Table, link: str) -> None:
    """A chart that fills the width, wide and narrow, with a text for those who do not see it and buttons for images of
    it that carry the title, notes and link of `table`. `link`, the address of this very view, and the release say what is
    drawn: a view that somebody has seen is not drawn again."""
    drawn = _drawn(page.warehouse.key, link, key, draw, table)
    name = f"{page.key}-{key}"
    ready = arrival.address("chart", name)
    _component("chart")(
        data={**drawn, "alt": alt, "name": name, "image": page.words("download.image"), "ready": ready},
        key=f"{page.key}.{key}.chart",
    )


@st.cache_resource(show_spinner=False, max_entries=300)
def _drawn(release: str, link: str, key: str, _draw: Draw, _table: downloads.Table) -> dict[str, str]:
    """A chart's drawings, wide and narrow, and what stands around the wide one in an image."""
    wide = _draw(width=charts.WIDE)
    before, after = drawing.poster(_table.title, _table.notes, wide.width, wide.height)
    return {"wide": wide.svg(), "narrow": _draw(width=charts.NARROW).svg(), "before": before, "after": after}


def warned(page: Page, warnings: Iterable[str]) -> str:
    """Warnings as HTML, each with its mark."""
    mark = fragment(Badge(page.words("warning.mark"), "alarm"))
    return "".join(f"<p class='jx-note'>{mark} {html.escape(warning)}</p>" for warning in warnings)


def card(
    page: Page,
    frame: pd.DataFrame | Callable[[], pd.DataFrame],
    draw: Draw | None,
    *,
    key: str,
    finding: str,
    subtitle: Sequence[str],
    warnings: Sequence[str] = (),
    below: Sequence[str] = (),
    alt: str = "",
) -> None:
    """A chart with all that it needs to be believed and quoted: the finding as its title, what is measured with unit and
    basis, the drawing, warnings, how many of how many are shown, sources, and downloads of `frame`, which is exactly
    what is shown. `below`: coverage and sources, one sentence each. The link is that of the choices made so far, so all
    widgets of the page stand before its first card."""
    words = page.words
    link = page.permalink()
    below = [line for line in (*below, *page.notes) if line]
    table = downloads.Table(
        finding,
        frame,
        [line for line in (*subtitle, *warnings, *below, page.provenance(), words("note.link", link=link)) if line],
    )
    with st.container(border=True, key=f"card-{page.key}-{key}".replace(".", "-")):
        st.header(plain(finding), anchor=False)
        notes(subtitle)
        if draw is not None:
            chart(page, draw, key=key, alt=alt or words("chart.alt", finding=finding), table=table, link=link)
        small = warned(page, warnings) + "".join(f'<p class="jx-note">{html.escape(line)}</p>' for line in below)
        if small:
            st.html(small)
        _buttons(page, table, key, link, draw)


def take_away(page: Page, table: downloads.Table, name: str) -> None:
    """The row under a table: downloads of exactly what is shown, and the link that reopens the view."""
    # The permalink is known only when all choices are made; so this is called after the last of them.
    link = page.permalink()
    lines = [*table.notes, *page.notes, page.provenance(), page.words("note.link", link=link)]
    _buttons(page, downloads.Table(table.title, table.frame, lines), name, link, None)


def _buttons(page: Page, table: downloads.Table, name: str, link: str, draw: Draw | None) -> None:
    """Buttons for each kind of file, made when one is pressed, and the link to copy."""
    words = page.words
    files: list[tuple[str, str, str, Callable[[], bytes]]] = [
        ("CSV", "csv", "text/csv", partial(downloads.to_csv, table)),
        (
            "XLSX",
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            partial(downloads.to_xlsx, table),
        ),
        ("Parquet", "parquet", "application/vnd.apache.parquet", partial(downloads.to_parquet, table)),
    ]
    if draw is not None:
        files.append(("HTML", "html", "text/html", partial(_standalone, draw, table, page.language)))
    with st.container(horizontal=True, vertical_alignment="center"):
        for label, kind, mime, make in files:
            st.download_button(
                label,
                make,
                f"jixiao-{page.key}-{name}.{kind}",
                mime,
                key=f"{page.key}.{name}.{kind}",
                on_click="ignore",
                icon=":material/download:",
                help=words(f"download.{kind}"),
            )
        with st.popover(words("download.link"), icon=":material/link:"):
            st.caption(words("download.link_help"))
            st.code(link, language=None, wrap_lines=True)


def _standalone(draw: Draw, table: downloads.Table, language_: str) -> bytes:
    """The chart and its table as a page of its own that needs no network, with title and notes."""
    frame = table.data()
    rows = [[None if pd.isna(v) else str(v) for v in row] for row in frame.astype(object).to_numpy().tolist()]
    lines = "".join(f"<p class='jx-note'>{html.escape(line)}</p>" for line in table.notes)
    return document(
        table.title,
        f'<div style="max-width:100%;overflow-x:auto">{draw(width=charts.WIDE).svg()}</div>{lines}'
        + table_html([str(c) for c in frame.columns], rows),
        language_,
    )


def document(title: str, body: str, language_: str) -> bytes:
    """A page of its own: no network, no script. `body` is HTML that is already escaped."""
    return (
        f'<!doctype html><html lang="{language_}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{html.escape(title)}</title><style>{STYLE}'
        f"body{{font-family:{drawing.FONT};color:{drawing.INK};margin:2rem auto;max-width:75rem;padding:0 1rem}}"
        "a{pointer-events:none;color:inherit;text-decoration:none}</style></head>"
        f"<body><h1>{html.escape(title)}</h1>{body}</body></html>"
    ).encode()


def option_name(page: Page, column: str, code_: str, counts: Mapping[str, int] | None = None) -> str:
    """The name of a dimension's option for a widget; null is "the whole" of that dimension."""
    name = page.words(f"whole.{column}") if code_ == "whole" else page.words.code(column, code_)
    return f"{name} ({counts[code_]})" if counts and code_ in counts else name
