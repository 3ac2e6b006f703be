"""A report's text as HTML with one figure marked in it. In: text, where the figure stands, its quote. Out: escaped HTML."""

from __future__ import annotations

import html

#: Characters of context on each side of the quote.
CONTEXT = 260


def span_of_quote(text: str, quote: str | None, start: int, end: int) -> tuple[int, int]:
    """Where the quote stands around start and end: found as written, else with white space ignored, else the line."""
    if quote:
        found = text.rfind(quote, max(0, start - len(quote)), end + len(quote))
        if found >= 0 and found <= start and found + len(quote) >= end:
            return found, found + len(quote)
        loose = _loose(text, quote, start, end)
        if loose:
            return loose
    low = text.rfind("\n", 0, start) + 1
    high = text.find("\n", end)
    return low, len(text) if high < 0 else high


def _loose(text: str, quote: str, start: int, end: int) -> tuple[int, int] | None:
    """The quote with line breaks and spaces left out on both sides: PDF text breaks its lines anywhere."""
    low, high = max(0, start - 2 * len(quote) - 200), min(len(text), end + 2 * len(quote) + 200)
    places = [i for i in range(low, high) if not text[i].isspace()]
    packed = "".join(text[i] for i in places)
    wanted = "".join(quote.split())
    position = packed.find(wanted)
    while wanted and position >= 0:
        first, last = places[position], places[position + len(wanted) - 1] + 1
        if first <= start and last >= end:
            return first, last
        position = packed.find(wanted, position + 1)
    return None


def highlight(text: str, quote: str | None, start: int, end: int, context: int | None = CONTEXT) -> str:
    """HTML with the quote and the number marked; `context` characters around them, or None for the whole text.

    Raises ValueError where start and end do not lie in the text.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"the figure's place {start}–{end} is outside of the text of {len(text)} characters")
    first, last = span_of_quote(text, quote, start, end)
    low = 0 if context is None else max(0, first - context)
    high = len(text) if context is None else min(len(text), last + context)

    def shown(a: int, b: int) -> str:
        return html.escape(text[a:b])

    return (
        ("… " if low else "")
        + shown(low, first)
        + f'<mark class="quote">{shown(first, start)}<mark class="raw" id="figure">{shown(start, end)}</mark>{shown(end, last)}</mark>'
        + shown(last, high)
        + (" …" if high < len(text) else "")
    )
