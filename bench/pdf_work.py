"""One measurement of bench.pdf: `pdf_work.py pdfium|pdfplumber|jixiao FILE` prints processor seconds, pages and table rows kept.

Runs among the baselines' packages too, so that it imports only what it measures.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

Rows = list[list[str]]


def pdfium(path: Path) -> tuple[int, Rows]:
    """The bare text of each page."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            text_page = page.get_textpage()
            text_page.get_text_range()
            text_page.close()
            page.close()
        return len(document), []


def pdfplumber(path: Path) -> tuple[int, Rows]:
    """Text and tables of each page."""
    import pdfplumber

    rows: Rows = []
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_text()
            rows += [[cell or "" for cell in row] for table in page.extract_tables() for row in table]
            page.close()
        return len(document.pages), rows


def jixiao(path: Path) -> tuple[int, Rows]:
    """What Jixiao's reader gives."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from ingest.documents.readers.pdf import read_pdf

    content = read_pdf(path.read_bytes(), path.name)
    rows = [[content.text[start:end] for start, end in row] for table in content.tables for row in table.rows]
    return len(content.page_starts), rows


def main() -> None:
    """Measure once for the imports and once in earnest."""
    measure, path = {"pdfium": pdfium, "pdfplumber": pdfplumber, "jixiao": jixiao}[sys.argv[1]], Path(sys.argv[2])
    measure(path)
    started = time.process_time()
    pages, rows = measure(path)
    seconds = time.process_time() - started
    truth = path.with_suffix(".json")
    wanted = json.loads(truth.read_text(encoding="utf-8")) if truth.exists() else []
    held = {tuple("".join(cell.split()) for cell in row) for row in rows}
    kept = sum(tuple(row) in held for row in wanted)
    print(json.dumps({"seconds": seconds, "pages": pages, "rows": kept, "rows_in_all": len(wanted)}))


if __name__ == "__main__":
    main()
