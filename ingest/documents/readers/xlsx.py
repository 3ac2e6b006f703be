"""Excel's XLSX: the sheets of a workbook, each number as its format shows it.

In: the bytes. Out: a heading and tables for each sheet. Formulas give the value that was kept with them; errors (#REF!), macros,
comments, charts, and what is hidden are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from lxml import etree

from ingest.documents.model import Content
from ingest.documents.readers.number_formats import BUILT_IN, GENERAL, displayed
from ingest.documents.readers.package import WHOLE_PART, Package
from ingest.documents.readers.regular_xml import CellOrRow, rows_of, strings_of
from ingest.documents.readers.spreadsheet import Sheet, content_of_sheets

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_USUAL_MAIN_PART = "xl/workbook.xml"
_ON = frozenset({"1", "true", "on"})
_CELL, _VALUE, _INLINE, _TEXT, _RUN = f"{_S}c", f"{_S}v", f"{_S}is", f"{_S}t", f"{_S}r"
_ROWS, _ROW, _COLUMNS, _MERGED = f"{_S}sheetData", f"{_S}row", f"{_S}col", f"{_S}mergeCell"
_STRINGS = f"{_S}sst"
_DIGITS = "0123456789"
# The text that a cell shows, by its style, its kind, its value and its own text.
Show = Callable[[str | None, str | None, str | None, str | None], str]


def read_xlsx(data: bytes, file: str) -> Content:
    """The sheets of a workbook. Raises DocumentError for a damaged, encrypted, hostile or empty one."""
    package = Package(data, file)
    return content_of_sheets(list(_sheets(package)), file)


def _sheets(package: Package) -> Iterator[Sheet]:
    main = package.main_part(_USUAL_MAIN_PART)
    workbook = package.tree(main)
    targets = package.relationships(main)
    related = {kind.rsplit("/", 1)[-1]: name for kind, name in targets.values()}
    strings = _strings(package, related.get("sharedStrings", "xl/sharedStrings.xml"))
    formats = _formats(package.optional_tree(related.get("styles", "xl/styles.xml")))
    properties = workbook.find(f"{_S}workbookPr")
    is_1904 = properties is not None and properties.get("date1904", "0") in _ON
    for element in workbook.iter(f"{_S}sheet"):
        kind, part = targets.get(element.get(_ID, ""), ("", ""))
        name = element.get("name", "")
        if element.get("state", "visible") != "visible":
            yield Sheet(name, is_hidden=True)
        elif kind.endswith("/worksheet") and package.has(part):
            yield _sheet(package, part, name, strings, formats, is_1904)


def _strings(package: Package, part: str) -> list[str]:
    """The texts that cells refer to by number."""
    if not package.has(part):
        return []
    data = package.read(part)
    parted = strings_of(data) if len(data) <= WHOLE_PART else None
    if parted is not None:
        root = package.remaining(parted[0])
        if root is not None and root.tag == _STRINGS and root.prefix is None and not len(root):
            return parted[1]
    return [_rich_text(item) for item in package.elements(data, f"{_S}si")]


def _rich_text(item: etree._Element) -> str:
    """The text of runs of one or more formats, without how it is pronounced."""
    if len(item) == 1 and item[0].tag == _TEXT:
        return item[0].text or ""
    return "".join(
        (child.text or "") if child.tag == _TEXT else (child.findtext(_TEXT) or "")
        for child in item
        if child.tag in (_TEXT, _RUN)
    )


def _formats(styles: etree._Element | None) -> list[str]:
    """The code of the number format of each style of cells."""
    if styles is None:
        return []
    own = {element.get("numFmtId", ""): element.get("formatCode", "") for element in styles.iter(f"{_S}numFmt")}
    cell_styles = styles.find(f"{_S}cellXfs")
    numbers = [style.get("numFmtId", "0") for style in cell_styles] if cell_styles is not None else []
    return [own.get(number) or BUILT_IN.get(_integer(number), GENERAL) for number in numbers]


def _sheet(package: Package, part: str, name: str, strings: list[str], formats: list[str], is_1904: bool) -> Sheet:
    sheet = Sheet(name)
    show = _show(strings, formats, is_1904)
    shared = dict(zip(map(str, range(len(strings))), strings, strict=True))
    data = package.read(part)
    parted = rows_of(data) if len(data) <= WHOLE_PART else None
    if parted is not None:
        root = package.remaining(parted[0])
        holder = root.find(_ROWS) if root is not None and root.prefix is None else None
        if root is not None and holder is not None and holder.prefix is None and not len(holder):
            _add_rows(sheet, parted[1], shared, show)
            for element in root.iter(_COLUMNS, _MERGED):
                _add_layout(sheet, element)
            return sheet
    _add_rows(sheet, _rows_and_cells(package.elements(data, _ROW, _COLUMNS, _MERGED), sheet), shared, show)
    return sheet


def _rows_and_cells(elements: Iterable[etree._Element], sheet: Sheet) -> Iterator[CellOrRow]:
    """The rows among the elements, and their cells, as `rows_of` gives them; the other elements are noted in the sheet."""
    for element in elements:
        if element.tag != _ROW:
            _add_layout(sheet, element)
            continue
        yield None, None, None, None, None, (_integer(element.get("r", "")), element.get("hidden", "") in _ON)
        for cell in element:
            if cell.tag != _CELL:
                continue
            value = text = None
            for child in cell:
                if child.tag == _VALUE:
                    value = child.text
                    break
                if child.tag == _INLINE:
                    text = _rich_text(child)
            reference = cell.get("r")
            letters = reference.rstrip(_DIGITS) if reference else None
            yield letters, cell.get("s"), cell.get("t"), value, text, None


def _add_layout(sheet: Sheet, element: etree._Element) -> None:
    """Note hidden columns and merged cells."""
    if element.tag == _COLUMNS:
        if element.get("hidden", "0") in _ON:
            sheet.hidden_columns.append((_integer(element.get("min", "0")), _integer(element.get("max", "0"))))
        return
    first, _, last = element.get("ref", "").partition(":")
    if last:
        sheet.merged.append((*_place(first), *_place(last)))


def _add_rows(sheet: Sheet, cells_and_rows: Iterable[CellOrRow], shared: Mapping[str, str], show: Show) -> None:
    """Add rows and the texts that their cells show; what has no number or column is the one after the last.

    `shared` holds the shared strings by their numbers as nearly all cells write them.
    """
    number = column = 0
    is_hidden = False
    texts: dict[int, str] = {}
    for letters, style, kind, value, text, row in cells_and_rows:
        if row is not None:
            number, is_hidden = row[0] or number + 1, row[1]
            column, texts = 0, {}
            if is_hidden:
                sheet.hidden_rows.add(number)
            continue
        column = column + 1 if letters is None else _column(letters)
        if is_hidden:
            continue
        shown = shared[value] if kind == "s" and value in shared else show(style, kind, value, text)
        if shown:
            if not texts:
                sheet.rows[number] = texts
            texts[column] = shown


def _show(strings: list[str], formats: list[str], is_1904: bool) -> Show:
    """A function that gives the text that a cell shows: (style, kind, value, own text) → text."""
    code_of_style = {str(number): code for number, code in enumerate(formats)}
    general = code_of_style.get("0", GENERAL)
    count = len(strings)

    def show(style: str | None, kind: str | None, value: str | None, text: str | None) -> str:
        if kind == "inlineStr":
            return text or ""
        if not value:
            return ""
        if kind == "s":
            index = _integer(value, count)
            return strings[index] if index < count else ""
        if kind is None or kind == "n":
            return _shown_number(value, general if style is None else code_of_style.get(style, GENERAL), is_1904)
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if kind == "d":
            return value.removesuffix("T00:00:00")
        return "" if kind == "e" else value

    return show


@lru_cache(maxsize=50_000)
def _shown_number(value: str, code: str, is_1904: bool) -> str:
    try:
        return displayed(float(value), code, is_1904)
    except (ValueError, OverflowError):
        return value


def _place(reference: str) -> tuple[int, int]:
    """(row, column) of a reference such as $B$12."""
    plain = reference.replace("$", "")
    letters = plain.rstrip(_DIGITS)
    return _integer(plain[len(letters) :]), _column(letters)


@lru_cache(maxsize=20_000)
def _column(letters: str) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _integer(text: str, default: int = 0) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default
