"""One measurement of reading in a process of its own, on one core: `python reading.py NAME FOLDER`.

Out: one line of JSON: seconds of processor time to read every file of the folder once (the best of some rounds, after one
that does not count), and the characters that came out. Runs in the environment of what it measures, so it imports
nothing before it knows.

A bare library is used as its users do who want what Jixiao wants, the texts and the cells of the tables in their order: each
paragraph a text, each row of a table a list of its cells' texts. No merged cells, no formats of numbers, no ordinals, no
furniture of pages left out. Those named `..._text` do the least that gives all text, and leave the tables behind.
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

# A paragraph, or the cells of a row.
Block = str | list[str]
# Reads one file. What it gives is thrown away, so that what is measured is the reading.
Reader = Callable[[bytes], object]

_LINES = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "tr")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def jixiao(form: str) -> Reader:
    """Jixiao's reader of a format: text, marked tables, pages."""
    from ingest.documents.readers import READERS

    reader = READERS[form].load()
    return lambda data: reader(data, "report")


def selectolax() -> Reader:
    """The page parsed by lexbor: its paragraphs, list items and rows by a selector, of rows the cells by another."""
    from selectolax.lexbor import LexborHTMLParser

    def read(data: bytes) -> list[Block]:
        return [
            [cell.text() for cell in node.css("td, th")] if node.tag == "tr" else node.text()
            for node in LexborHTMLParser(data).body.css(", ".join(_LINES))
        ]

    return read


def selectolax_text() -> Reader:
    """The page parsed by lexbor, and all its text in one."""
    from selectolax.lexbor import LexborHTMLParser

    return lambda data: LexborHTMLParser(data).body.text()


def lxml_html() -> Reader:
    """The page parsed by libxml2: its paragraphs, list items and rows, of rows the cells."""
    from lxml import html

    def read(data: bytes) -> list[Block]:
        return [
            [cell.text_content() for cell in element.iterchildren("td", "th")]
            if element.tag == "tr"
            else element.text_content()
            for element in html.document_fromstring(data).iter(*_LINES)
        ]

    return read


def zip_lxml() -> Reader:
    """The main part unpacked and parsed by libxml2: the text of the body's paragraphs and of the cells of its tables."""
    from lxml import etree

    def text(element: etree._Element) -> str:
        return "".join(part.text or "" for part in element.iter(f"{_W}t"))

    def read(data: bytes) -> list[Block]:
        blocks: list[Block] = []
        for element in etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))[0]:
            if element.tag == f"{_W}p":
                blocks.append(text(element))
            elif element.tag == f"{_W}tbl":
                for row in element.iterchildren(f"{_W}tr"):
                    blocks.append([text(cell) for cell in row.iterchildren(f"{_W}tc")])
        return blocks

    return read


def zip_lxml_text() -> Reader:
    """The main part unpacked, parsed by libxml2, and the text of all its runs."""
    from lxml import etree

    def read(data: bytes) -> list[str]:
        root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
        return [element.text or "" for element in root.iter(f"{_W}t")]

    return read


def python_docx() -> Reader:
    """Paragraphs and tables in the order of the body."""
    from docx import Document
    from docx.table import Table

    def read(data: bytes) -> list[Block]:
        blocks: list[Block] = []
        for block in Document(io.BytesIO(data)).iter_inner_content():
            if isinstance(block, Table):
                blocks += [[cell.text for cell in row.cells] for row in block.rows]
            else:
                blocks.append(block.text)
        return blocks

    return read


def calamine() -> Reader:
    """The values of all cells as texts, without their formats."""
    from python_calamine import CalamineWorkbook

    def read(data: bytes) -> list[Block]:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            [str(value) for value in row]
            for name in book.sheet_names
            for row in book.get_sheet_by_name(name).to_python()
        ]

    return read


def openpyxl() -> Reader:
    """The values of all cells as texts, with their formats at hand."""
    from openpyxl import load_workbook

    def read(data: bytes) -> list[Block]:
        book = load_workbook(io.BytesIO(data), data_only=True)
        return [["" if value is None else str(value) for value in row] for sheet in book for row in sheet.values]

    return read


def xlrd() -> Reader:
    """The values of all cells as texts, with their formats at hand."""
    import xlrd

    def read(data: bytes) -> list[Block]:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        return [
            [str(value) for value in sheet.row_values(number)]
            for sheet in book.sheets()
            for number in range(sheet.nrows)
        ]

    return read


BARE = {
    reader.__name__: reader
    for reader in (
        selectolax,
        selectolax_text,
        lxml_html,
        zip_lxml,
        zip_lxml_text,
        python_docx,
        calamine,
        openpyxl,
        xlrd,
    )
}


def measure(name: str, folder: Path, rounds: int) -> dict[str, float]:
    """Read every file of the folder, one at a time, and tell what it took."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    read = BARE[name]() if name in BARE else jixiao(name.removeprefix("jixiao-"))
    files = [path.read_bytes() for path in sorted(folder.iterdir())]
    found = sum(_characters(read(data)) for data in files)
    best = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        for data in files:
            read(data)
        best = min(best, time.process_time() - started)
    return {"seconds": best, "characters": found, "bytes": sum(map(len, files))}


def _characters(given: object) -> int:
    """How many characters a reader's text, blocks or content hold."""
    if isinstance(given, str):
        return len(given)
    return sum(map(_characters, given)) if isinstance(given, list) else len(given.text)


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
