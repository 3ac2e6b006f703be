"""A small surface to draw charts on: shapes with what they say and where they lead, as SVG that needs no script.

In: coordinates and texts. Out: a `Drawing`, a piece of SVG of a known size whose every text is escaped here, once. Charts
are drawn on the server because a charting library in the browser costs more than the rest of the page together
(dashboard/README.md has the measurement), and because what is drawn can then be linked, printed, saved and tested.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

INK, MUTED, GRID, PAPER, ACCENT, ALARM = "#16242f", "#5b6b77", "#e3e9ed", "#ffffff", "#0b5d8a", "#b3400a"
FONT = (
    "-apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif"
)

#: Marks that differ by form: name, and its outline within a square of two units around the middle (a circle has none).
OUTLINES: dict[str, str] = {
    "circle": "",
    "square": "M-.85-.85H.85V.85H-.85Z",
    "diamond": "M0-1.15 1.15 0 0 1.15-1.15 0Z",
    "triangle-up": "M0-1.1 1.1.85H-1.1Z",
    "triangle-down": "M0 1.1 1.1-.85H-1.1Z",
    "cross": "M-.35-1.1H.35V-.35H1.1V.35H.35V1.1H-.35V.35H-1.1V-.35H-.35Z",
    "x": "M-1.05-.6-.6-1.05 0-.45.6-1.05 1.05-.6.45 0 1.05.6.6 1.05 0 .45-.6 1.05-1.05.6-.45 0Z",
    "star": "M0-1.25.31-.43 1.19-.39.5.16.73 1.01 0 .52-.73 1.01-.5.16-1.19-.39-.31-.43Z",
    "hexagon": "M-.55-1H.55L1.1 0 .55 1H-.55L-1.1 0Z",
    "pentagon": "M0-1.1 1.1-.3.68 1H-.68L-1.1-.3Z",
    "triangle-left": "M-1.1 0 .85-1.1V1.1Z",
    "triangle-right": "M1.1 0-.85-1.1V1.1Z",
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished drawing: its size in pixels and the SVG elements inside."""

    width: int
    height: int
    body: str

    def svg(self, extra: str = "") -> str:
        """The drawing as an SVG element that scales with its place; `extra` are further attributes (our own words)."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" width="{self.width}" '
            f'height="{self.height}" font-family="{html.escape(FONT, quote=True)}" font-size="13" fill="{INK}"{extra}>'
            f"{self.body}</svg>"
        )


def escape(text: object) -> str:
    """A text for SVG and its attributes: shown letter by letter; characters that XML cannot hold are left out."""
    kept = "".join(c for c in str(text) if c >= " " or c in "\n\t")
    kept = "".join(c for c in kept if c not in "\ufffe\uffff" and not 0xD800 <= ord(c) <= 0xDFFF)
    # A line break in an attribute would be read as a space.
    return html.escape(kept, quote=True).replace("\n", "&#10;")


def text_width(text: str, size: float = 13) -> float:
    """About how many pixels a text takes: a Chinese character is as wide as the size, others a little over half."""
    return size * sum(1.0 if ord(c) > 0x2E80 else 0.58 for c in text)


def shorten(text: str, room: float, size: float = 13) -> str:
    """A text that fits into `room` pixels, cut with an ellipsis where it is longer."""
    if text_width(text, size) <= room:
        return text
    kept = ""
    for character in text:
        if text_width(kept + character + "…", size) > room:
            break
        kept += character
    return kept + "…"


def wrap(text: str, room: float, size: float = 13, most: int = 50) -> list[str]:
    """A text in lines of at most `room` pixels, broken between words or Chinese characters; the last may be cut."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        current = ""
        for piece in _pieces(paragraph):
            if current and text_width(current + piece.rstrip(), size) > room:
                lines.append(current.rstrip())
                current = ""
            while text_width(piece, size) > room and len(piece) > 1:
                fit = max(1, int(room / size))
                lines.append(piece[:fit])
                piece = piece[fit:]
            current += piece if current else piece.lstrip()
        lines.append(current.rstrip())
    if len(lines) > most:
        lines = [*lines[: most - 1], shorten(lines[most - 1] + "……", room, size)]
    return lines


def _pieces(text: str) -> Iterator[str]:
    """Where a line may break: after each Chinese character and after each space."""
    piece = ""
    for character in text:
        piece += character
        if character == " " or ord(character) > 0x2E80:
            yield piece
            piece = ""
    if piece:
        yield piece


def ticks(low: float, high: float, about: int = 6) -> list[float]:
    """Round numbers from low to high, about as many as asked for."""
    if not math.isfinite(high - low) or high <= low:
        return [low]
    raw = (high - low) / max(1, about)
    power = 10.0 ** math.floor(math.log10(raw))
    step = power * next(nice for nice in (1, 2, 2.5, 5, 10) if nice * power >= raw * (1 - 1e-9))
    first = math.ceil(low / step - 1e-9)
    return [round(i * step, 10) for i in range(first, math.floor(high / step + 1e-9) + 1)]


class Canvas:
    """Collects the elements of one drawing; coordinates are pixels from the top left."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._parts: list[str] = []

    def finish(self) -> Drawing:
        """The drawing so far."""
        return Drawing(self.width, math.ceil(self.height), "".join(self._parts))

    def rect(self, x: float, y: float, width: float, height: float, fill: str, **more: object) -> None:
        """A filled rectangle."""
        self._parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(0.0, width):.1f}" height="{max(0.0, height):.1f}" fill="{fill}"{_more(more)}/>'
        )

    def line(self, points: Sequence[tuple[float, float]], color: str, width: float = 1, dash: str = "") -> None:
        """A line through points; `dash` as in SVG, e.g. "4 3"."""
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="{width:g}" stroke-linejoin="round"{dashes}/>'
        )

    def path(self, outline: str, fill: str, **more: object) -> None:
        """A filled outline."""
        self._parts.append(f'<path d="{outline}" fill="{fill}"{_more(more)}/>')

    def text(
        self,
        x: float,
        y: float,
        text: object,
        *,
        anchor: str = "start",
        size: float = 13,
        color: str = INK,
        weight: int = 400,
        italic: bool = False,
        turn: int = 0,
        halo: bool = False,
    ) -> None:
        """A line of text whose middle height is at y; `anchor` is start, middle or end. With a halo lines behind it do not
        cross its letters."""
        style = (
            (f' font-size="{size:g}"' if size != 13 else "")
            + (f' fill="{color}"' if color != INK else "")
            + (f' text-anchor="{anchor}"' if anchor != "start" else "")
            + (f' font-weight="{weight}"' if weight != 400 else "")
            + (' font-style="italic"' if italic else "")
            + (f' paint-order="stroke" stroke="{PAPER}" stroke-width="4" stroke-linejoin="round"' if halo else "")
            + (f' transform="rotate({turn} {x:.1f} {y:.1f})"' if turn else "")
        )
        # A baseline below the middle by a third of the size: dominant-baseline is not read by office programs.
        self._parts.append(f'<text x="{x:.1f}" y="{y + size * 0.35:.1f}"{style}>{escape(text)}</text>')

    def mark(
        self, x: float, y: float, form: str, radius: float, color: str, fill: str | None = None, edge: float = 1
    ) -> None:
        """A mark of one of the OUTLINES' forms; `fill` is its colour inside where it is another than `color`."""
        inside = color if fill is None else fill
        stroke = PAPER if fill is None else color
        outline = OUTLINES[form]
        if outline:
            self._parts.append(
                f'<path d="{outline}" transform="translate({x:.1f} {y:.1f}) scale({radius:g})" fill="{inside}" '
                f'stroke="{stroke}" stroke-width="{edge / radius:.2f}"/>'
            )
        else:
            self._parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{inside}" stroke="{stroke}" stroke-width="{edge:g}"/>'
            )

    @contextmanager
    def told(self, what: str, href: str | None = None) -> Iterator[None]:
        """What is drawn inside says `what` under the pointer and, with `href` (a page of ours), leads there.

        Marks take no tab stop: every value is once more in the table under its chart, where the keyboard reaches it.
        """
        said = escape(what)
        if href is not None and href.startswith("./"):
            opened, closed = (
                f'<a href="{escape(href)}" target="_self" tabindex="-1" aria-label="{said}" data-tip="{said}">',
                "</a>",
            )
        else:
            opened, closed = f'<g data-tip="{said}">', "</g>"
        self._parts.append(opened)
        yield
        self._parts.append(closed)


def _more(attributes: dict[str, object]) -> str:
    return "".join(f' {name.replace("_", "-")}="{escape(value)}"' for name, value in attributes.items())


def poster(title: str, notes: Sequence[str], width: int, height: int) -> tuple[str, str]:
    """What stands before and after a drawing of this size in an image of its own: the title above, the notes below."""
    edge = 24
    heading = wrap(title, width, 19, most=4)
    small = [line for note in notes if note for line in wrap(note, width, 12, most=6)]
    top = edge + 27 * len(heading) + 10
    total = top + height + 18 + 18 * len(small) + edge
    canvas = Canvas(width + 2 * edge, total)
    canvas.rect(0, 0, canvas.width, total, PAPER)
    for number, line in enumerate(heading):
        canvas.text(edge, edge + 12 + 27 * number, line, size=19, weight=600)
    before = canvas.finish()
    after = Canvas(canvas.width, total)
    for number, line in enumerate(small):
        after.text(edge, top + height + 24 + 18 * number, line, size=12, color=MUTED)
    opened = before.svg().removesuffix("</svg>") + f'<g transform="translate({edge} {top})">'
    return opened, "</g>" + after.finish().body + "</svg>"
