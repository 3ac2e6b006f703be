"""Excel's XLSX: the sheets of a workbook, each number as its format shows it.

In: the bytes. Out: a heading and tables for each sheet. Formulas give the value that was kept with them; errors (#REF!), macros,
comments, charts, and what is hidden are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from lxml import etree

from ingest.documents.model import Content
from ingest.documents.readers.number_formats import BUILT_IN, GENERAL, displayed
from ingest.documents.readers.package import Package
from ingest.documents.readers.spreadsheet import Sheet, content_of_sheets

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_USUAL_MAIN_PART = "xl/workbook.xml"
_ON = frozenset({"1", "true", "on"})
_CELL, _VALUE, _INLINE, _TEXT, _RUN = f"{_S}c", f"{_S}v", f"{_S}is", f"{_S}t", f"{_S}r"
_ROW, _COLUMNS, _MERGED = f"{_S}row", f"{_S}col", f"{_S}mergeCell"
_DIGITS = "0123456789"


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
    return [_rich_text(item) for item in package.elements(part, f"{_S}si")] if package.has(part) else []


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
    number = 0
    for element in package.elements(part, _ROW, _COLUMNS, _MERGED):
        if element.tag == _COLUMNS:
            if element.get("hidden", "0") in _ON:
                sheet.hidden_columns.append((_integer(element.get("min", "0")), _integer(element.get("max", "0"))))
            continue
        if element.tag == _MERGED:
            first, _, last = element.get("ref", "").partition(":")
            if last:
                sheet.merged.append((*_place(first), *_place(last)))
            continue
        number = _integer(element.get("r", "")) or number + 1
        if element.get("hidden", "0") in _ON:
            sheet.hidden_rows.add(number)
            continue
        column = 0
        cells: dict[int, str] = {}
        for cell in element:
            if cell.tag != _CELL:
                continue
            reference = cell.get("r")
            column = _column_of(reference) if reference else column + 1
            text = show(cell) if len(cell) else ""
            if text:
                cells[column] = text
        if cells:
            sheet.rows[number] = cells
    return sheet


def _show(strings: list[str], formats: list[str], is_1904: bool) -> Callable[[etree._Element], str]:
    """A function that gives the text that a cell shows."""
    code_of_style = {str(number): code for number, code in enumerate(formats)}
    count = len(strings)

    def show(cell: etree._Element) -> str:
        value = inline = None
        kind = cell.get("t", "n")
        first = cell[0]
        if first.tag == _VALUE:
            value = first.text
        else:
            for child in cell:
                if child.tag == _VALUE:
                    value = child.text
                elif child.tag == _INLINE:
                    inline = child
        if kind == "inlineStr":
            return _rich_text(inline) if inline is not None else ""
        if value is None:
            return ""
        if kind == "s":
            index = _integer(value, count)
            return strings[index] if index < count else ""
        if kind == "n":
            return _shown_number(value, code_of_style.get(cell.get("s", "0"), GENERAL), is_1904)
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


@lru_cache(maxsize=100_000)
def _column_of(reference: str) -> int:
    """The column of a reference such as AB12."""
    return _column(reference.rstrip(_DIGITS))


@lru_cache(maxsize=20_000)
def _column(letters: str) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _integer(text: str, default: int = 0) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default
