"""Parts of a workbook that are written as nearly all programs write them, read without a tree of their cells and strings.

In: the bytes of a part. Out: what its rows or strings hold, and the rest of the part, which is to be parsed; None where
anything is written in another way that XML allows, so that the part is to be parsed as a whole. Every character between
the tags that part off the rows is accounted for. A tree of a sheet takes most of the time of reading it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import unescape

# Characters that XML forbids or changes.
_UNUSUAL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
# A cell, or the beginning of a row with the end of the one before.
_CELL_OR_ROW = re.compile(
    r'<c r="([A-Z]+)[0-9]+"(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?'
    r"(?:/>|>(?:<f(?: [^<>]*)?(?:/>|>[^<]*</f>))?"
    r"(?:<v>([^<&]*)</v>|<v/>|<is><t(?: [^<>]*)?>([^<&]*)</t></is>)?</c>)"
    r'|(?:</row>\s*)?<row r="([0-9]{1,9})"([^<>]*)>'
)
_GROUPS = _CELL_OR_ROW.groups
_HIDDEN = re.compile(r' hidden="(?:1|true|on)"')
# Signs of attributes in another way of writing than name="value".
_OTHER_ATTRIBUTES = ("'", " =", "= ", "\n", "\t")
_STRING = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*)</t>(?:<phoneticPr(?: [^<>]*)?/>)?</si>')
_OTHER_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)")
_ENTITIES = {"&quot;": '"', "&apos;": "'"}
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")


# A cell: the letters of its column, its style, its kind, its value and its own text, as written, null where not; and null. Or
# the beginning of a row: nulls, and (its number, 0 where it has none; whether it is hidden).
CellOrRow = tuple[str | None, str | None, str | None, str | None, str | None, tuple[int, bool] | None]


def rows_of(part: bytes) -> tuple[bytes, Iterable[CellOrRow]] | None:
    """(the part of a sheet without its rows, the rows, each before its cells)."""
    cut = _cut(part, b"<sheetData>", b"</sheetData>")
    if cut is None or b"<row" in cut[0]:
        return None
    rest, written = cut
    parted = _CELL_OR_ROW.split(written)
    step = _GROUPS + 1
    *fields, numbers, attributes = (parted[first::step] for first in range(1, step))
    all_attributes = "".join(filter(None, attributes))
    if any(sign in all_attributes for sign in _OTHER_ATTRIBUTES):
        return None
    # Rows that have no end of their own: no cell may follow them.
    ended = (
        {index for index, own in enumerate(attributes) if own and own[-1] == "/"} if "/" in all_attributes else set()
    )
    if any(index + 1 < len(numbers) and numbers[index + 1] is None for index in ended):
        return None
    has_hidden = "hidden" in all_attributes
    rows = [
        None if number is None else (int(number), has_hidden and _HIDDEN.search(attributes[index] or "") is not None)
        for index, number in enumerate(numbers)
    ]
    # All others end where the next one begins, the last one where nothing follows; and a cell stands in a row.
    ends = len(rows) - rows.count(None) - len(ended)
    last = next((index for index in reversed(range(len(rows))) if rows[index] is not None), -1)
    is_last_open = last >= 0 and last not in ended
    if (
        (rows and rows[0] is None)
        or written.count("</row>") != ends
        or "".join(parted[::step]).strip() != ("</row>" if is_last_open else "")
    ):
        return None
    return rest, zip(*fields, rows, strict=True)


def strings_of(part: bytes) -> tuple[bytes, list[str]] | None:
    """(the part of shared strings without them, the strings)."""
    cut = _cut(part, b"<si>", b"</sst>", keeps_start=False)
    if cut is None:
        return None
    rest, written = cut
    parted = _STRING.split(written)
    if any(between and not between.isspace() for between in parted[::2]):
        return None
    strings = parted[1::2]
    if "&" in written:
        if _OTHER_ENTITY.search(written):
            return None
        strings = [unescape(string, _ENTITIES) if "&" in string else string for string in strings]
    return rest, strings


def _cut(part: bytes, start: bytes, end: bytes, keeps_start: bool = True) -> tuple[bytes, str] | None:
    """(the part without what stands between a start and an end, what stands there); None where it is not clear."""
    declared = _ENCODING.match(part.removeprefix(b"\xef\xbb\xbf"))
    is_declared_otherwise = declared is not None and declared[1].upper() not in (b"UTF-8", b"US-ASCII")
    if is_declared_otherwise or (b"!" in part and b"<!" in part):
        return None
    first, last = part.find(start), part.rfind(end)
    if not 0 <= first < last:
        return None
    first += len(start) * keeps_start
    try:
        written = part[first:last].decode()
    except UnicodeDecodeError:
        return None
    is_usual = written.isprintable() or _UNUSUAL.search(written) is None
    return (part[:first] + part[last:], written) if is_usual else None
