"""Excel's XLS (97 to 2003): the sheets of a workbook, read by xlrd, each number as its format shows it.

In: the bytes. Out: a heading and tables for each sheet, as for XLSX.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import xlrd
from xlrd.book import Book
from xlrd.sheet import Sheet as XlrdSheet

from ingest.documents.model import Content, DocumentError
from ingest.documents.readers.number_formats import GENERAL, displayed
from ingest.documents.readers.package import encrypted
from ingest.documents.readers.spreadsheet import Sheet, content_of_sheets


def read_xls(data: bytes, file: str) -> Content:
    """The sheets of a workbook. Raises DocumentError for a damaged, encrypted or empty one."""
    try:
        # xlrd reports oddities to a stream, by default to standard output, which is ours for results.
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        sheets = [_sheet(book, book.sheet_by_index(index)) for index in range(book.nsheets)]
    except Exception as error:  # xlrd meets broken bytes with whatever they make it stumble over
        if "encrypt" in str(error).lower() or "password" in str(error).lower():
            raise encrypted(file) from error
        raise DocumentError(
            file,
            "damaged",
            f"the file is damaged or was not fetched completely ({type(error).__name__}: {error})",
            "Fetch it again, or open it in a spreadsheet program and save it as XLSX",
        ) from error
    return content_of_sheets(sheets, file)


def _sheet(book: Book, source: XlrdSheet) -> Sheet:
    if source.visibility:
        return Sheet(source.name, is_hidden=True)
    sheet = Sheet(source.name)
    sheet.hidden_rows = {number for number, row in source.rowinfo_map.items() if row.hidden}
    sheet.hidden_columns = [(number, number) for number, column in source.colinfo_map.items() if column.hidden]
    sheet.merged = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in source.merged_cells]
    for number in range(source.nrows):
        sheet.rows[number] = dict(_texts(book, source, number))
    return sheet


def _texts(book: Book, source: XlrdSheet, number: int) -> Iterator[tuple[int, str]]:
    """(column, text) of the cells of a row that show something."""
    values = source.row_values(number)
    for column, kind in enumerate(source.row_types(number)):
        if kind == xlrd.XL_CELL_TEXT:
            yield column, values[column]
        elif kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
            style = book.xf_list[source.cell_xf_index(number, column)]
            found = book.format_map.get(style.format_key)
            yield column, displayed(values[column], found.format_str if found else GENERAL, bool(book.datemode))
        elif kind == xlrd.XL_CELL_BOOLEAN:
            yield column, "TRUE" if values[column] else "FALSE"
