"""One measurement of reading in a process of its own, on one core: `python reading.py NAME FOLDER`.

Out: one line of JSON: seconds of processor time to read every file of the folder once (the best of some rounds, after one
that does not count), and the characters that came out. Runs in the environment of what it measures, so it imports
nothing before it knows. The bare libraries do the least that gives all text: no order of tables and prose, no merged
cells, no formats of numbers, no furniture of pages left out.
"""

from __future__ import annotations

import io
import json
import os
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

# Reads one file and tells how many characters it found.
Reader = Callable[[bytes], int]


def jixiao(form: str) -> Reader:
    """Jixiao's reader of a format: text, marked tables, pages."""
    from ingest.documents.readers import READERS

    return lambda data: len(READERS[form](data, "report").text)


def selectolax() -> Reader:
    """The page parsed by lexbor, and all its text."""
    from selectolax.lexbor import LexborHTMLParser

    return lambda data: len(LexborHTMLParser(data).body.text())


def lxml_html() -> Reader:
    """The page parsed by libxml2, and all its text."""
    from lxml import html

    return lambda data: len(html.document_fromstring(data).text_content())


def zip_lxml() -> Reader:
    """The main part unpacked, parsed by libxml2, and the text of all its runs."""
    from lxml import etree

    text = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"

    def read(data: bytes) -> int:
        root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
        return sum(len(element.text or "") for element in root.iter(text))

    return read


def python_docx() -> Reader:
    """Paragraphs and tables in the order of the body."""
    from docx import Document
    from docx.table import Table

    def read(data: bytes) -> int:
        found = 0
        for block in Document(io.BytesIO(data)).iter_inner_content():
            if isinstance(block, Table):
                found += sum(len(cell.text) for row in block.rows for cell in row.cells)
            else:
                found += len(block.text)
        return found

    return read


def calamine() -> Reader:
    """The values of all cells, without their formats."""
    from python_calamine import CalamineWorkbook

    def read(data: bytes) -> int:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return sum(
            len(str(cell))
            for name in book.sheet_names
            for row in book.get_sheet_by_name(name).to_python()
            for cell in row
        )

    return read


def openpyxl() -> Reader:
    """The values of all cells, with their formats at hand."""
    from openpyxl import load_workbook

    def read(data: bytes) -> int:
        book = load_workbook(io.BytesIO(data), data_only=True)
        return sum(len(str(value)) for sheet in book for row in sheet.values for value in row if value is not None)

    return read


def xlrd() -> Reader:
    """The values of all cells, with their formats at hand."""
    import xlrd

    def read(data: bytes) -> int:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        return sum(
            len(str(value))
            for sheet in book.sheets()
            for number in range(sheet.nrows)
            for value in sheet.row_values(number)
        )

    return read


BARE = {reader.__name__: reader for reader in (selectolax, lxml_html, zip_lxml, python_docx, calamine, openpyxl, xlrd)}  # fmt: skip


def measure(name: str, folder: Path, rounds: int) -> dict[str, float]:
    """Read every file of the folder, one at a time, and tell what it took."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    read = BARE[name]() if name in BARE else jixiao(name.removeprefix("jixiao-"))
    files = [path.read_bytes() for path in sorted(folder.iterdir())]
    found = sum(map(read, files))
    best = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        for data in files:
            read(data)
        best = min(best, time.process_time() - started)
    return {"seconds": best, "characters": found, "bytes": sum(map(len, files))}


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
