"""Files of exactly what a page shows: CSV that Excel opens rightly, XLSX, Parquet, with the notes and sources inside.

In: a `Table`. Out: bytes. No cell is something that a spreadsheet would run: a text that begins like a formula gets an
apostrophe before it; numbers stay numbers and unknown stays empty.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from ingest.spreadsheets import harmless


@dataclass(frozen=True)
class Table:
    """What is shown: a frame whose columns have the names to be read (or what makes it, when a file is asked for), a
    title, and notes and sources as sentences."""

    title: str
    frame: pd.DataFrame | Callable[[], pd.DataFrame]
    notes: Sequence[str] = ()

    def data(self) -> pd.DataFrame:
        """The frame, made now where it was not yet."""
        return self.frame() if callable(self.frame) else self.frame


def _cells(frame: pd.DataFrame) -> list[list[object]]:
    rows = frame.astype(object).where(frame.notna(), None).values.tolist()
    return [[harmless(cell) for cell in row] for row in rows]


def to_csv(table: Table) -> bytes:
    """UTF-8 with a byte order mark: the header, the rows, an empty line, then the title and the notes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    frame = table.data()
    writer.writerow([harmless(str(c)) for c in frame.columns])
    writer.writerows(_cells(frame))
    writer.writerow([])
    writer.writerows([[harmless(line)] for line in (table.title, *table.notes)])
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(table: Table) -> bytes:
    """A workbook with the table on the first sheet and the notes on the second; texts are texts, never formulas."""
    import xlsxwriter

    out, frame = io.BytesIO(), table.data()
    workbook = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet = workbook.add_worksheet("data")
    sheet.write_row(0, 0, [str(c) for c in frame.columns], bold)
    for row, cells in enumerate(_cells(frame), start=1):
        for column, cell in enumerate(cells):
            if isinstance(cell, bool | int | float):
                sheet.write(row, column, cell)
            elif cell is not None:
                sheet.write_string(row, column, str(cell))
    sheet.freeze_panes(1, 0)
    sheet.autofit()
    notes = workbook.add_worksheet("notes")
    notes.set_column(0, 0, 100)
    for row, line in enumerate((table.title, *table.notes)):
        notes.write_string(row, 0, line)
    workbook.close()
    return out.getvalue()


def to_parquet(table: Table) -> bytes:
    """A Parquet file; the title and the notes are in its metadata under `jixiao` as JSON."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    frame = pa.Table.from_pandas(table.data(), preserve_index=False)
    notes = json.dumps({"title": table.title, "notes": list(table.notes)}, ensure_ascii=False).encode()
    out = io.BytesIO()
    pq.write_table(frame.replace_schema_metadata({**(frame.schema.metadata or {}), b"jixiao": notes}), out)
    return out.getvalue()
