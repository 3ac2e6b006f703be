"""The words of the genre, read from seeds/vocabulary/: the same rows that dbt loads.

Code holds grammar; the words themselves are rows of data. A clash between rows is an error that names the file.
"""

from __future__ import annotations

import csv
from functools import cache

from ingest.paths import SEEDS


def read_seed(name: str) -> tuple[dict[str, str], ...]:
    """All rows of seeds/vocabulary/<name>.csv, cells stripped, as dictionaries by column."""
    return read_rows("vocabulary", name)


@cache
def read_rows(folder: str, name: str) -> tuple[dict[str, str], ...]:
    """All rows of seeds/<folder>/<name>.csv, cells stripped, as dictionaries by column."""
    with (SEEDS / folder / f"{name}.csv").open(encoding="utf-8", newline="") as rows:
        return tuple({key: (value or "").strip() for key, value in row.items() if key} for row in csv.DictReader(rows))
