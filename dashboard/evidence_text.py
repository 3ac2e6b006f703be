"""A report's text as HTML with one figure marked in it. In: text, where the figure stands, its quote. Out: escaped HTML."""

from __future__ import annotations

import html
import re

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
        # PDFs leave an empty line after each line; the whole text shows them.
        return html.escape(text[a:b] if context is None else re.sub(r"\n\s*\n", "\n", text[a:b]))

    return (
        ("… " if low else "")
        + shown(low, first)
        + f'<mark class="quote">{shown(first, start)}<mark class="raw" id="figure">{shown(start, end)}</mark>{shown(end, last)}</mark>'
        + shown(last, high)
        + (" …" if high < len(text) else "")
    )


#: What ends a sentence, and a line that is long enough to go on in the next one (a heading is not).
_ENDS, _FULL_LINE = "。！？；", 20
#: What parts the cells of a row.
_CELLS = re.compile(r"[\t|]")


def _goes_on(text: str, newline: int) -> bool:
    """Whether the line that ends here goes on in the next one: a page's lines are about equally long, headings are shorter."""
    before = text[text.rfind("\n", 0, newline) + 1 : newline].strip()
    after = text[newline:].lstrip()
    after = after[: after.find("\n") if "\n" in after else len(after)].strip()
    return not _CELLS.search(before + after) and len(before) >= max(_FULL_LINE, 0.8 * len(after))


def span_of_sentence(text: str, first: int, last: int, most: int = 160) -> tuple[int, int]:
    """The whole sentence around a quote, at most `most` characters further on each side; a row of a table stays a row."""
    if _CELLS.search(text[first:last]):
        return first, last
    low, reach = first, max(0, first - most)
    while low > reach and text[low - 1] not in _ENDS:
        if text[low - 1] == "\n":
            ends = len(text[:low].rstrip())
            if not _goes_on(text, ends):
                break
            low = ends
        else:
            low -= 1
    high, reach = last, min(len(text), last + most)
    while high < reach and text[high - 1] not in _ENDS:
        if text[high] == "\n":
            if not _goes_on(text, high):
                break
            high += len(text[high:]) - len(text[high:].lstrip())
        else:
            high += 1
    # A reach that ends within a sentence shows the quote as it is on that side.
    low = low if low > max(0, first - most) or low == 0 else first
    return low, min(high, len(text)) if high < reach or high == len(text) else last


def sentence(text: str, quote: str | None, start: int, end: int, most: int = 220) -> str:
    """HTML of the sentence alone in one piece, without the line breaks of the page, with the quote and the number marked; at
    most `most` characters of the quote on each side of the number."""
    first, last = span_of_quote(text, quote, start, end)
    low, high = max(first, start - most), min(last, end + most)
    before, after = span_of_sentence(text, first, last) if (low, high) == (first, last) else (low, high)

    def flat(a: int, b: int) -> str:
        words_apart = re.sub(r"(?<=[A-Za-z])\s*\n\s*(?=[A-Za-z])", " ", text[a:b])
        return html.escape(re.sub(r"\s*\n\s*", "", words_apart))

    opening, quoted = flat(before, low).lstrip(), flat(low, start)
    number = f'<mark class="raw">{flat(start, end)}</mark>'
    return (
        ("… " if low > first else "")
        + opening
        + f'<mark class="quote">{quoted if opening else quoted.lstrip()}{number}{flat(end, high)}</mark>'
        + flat(high, after).rstrip()
        + (" …" if high < last else "")
    )
