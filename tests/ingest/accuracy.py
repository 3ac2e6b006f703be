"""The accuracy on the sample reports: measured here, committed in accuracy.json, and never allowed to fall.

python tests/ingest/accuracy.py        measure, and write the committed score again
"""

from __future__ import annotations

import json
from pathlib import Path

from ingest.documents import find_documents, read_document
from ingest.figures import extract_figures
from ingest.paths import SAMPLES
from ingest.scoring import Scores, score

COMMITTED = Path(__file__).with_name("accuracy.json")


def scores_of(reports: Path, gold: Path) -> Scores:
    """The scores of what is extracted from a folder of reports, against a folder of gold tables."""
    figures = (
        figure.as_dict() for path in find_documents([reports]) for figure in extract_figures(read_document(path))
    )
    return score(figures, gold)


def measure() -> dict[str, float]:
    """Strict F1 on the sample reports: of all, and by measure, rounded down to four decimals."""
    scores = scores_of(SAMPLES / "reports", SAMPLES / "gold")
    tallies = {"all": scores.total, **scores.by_measure}
    return {name: int(tally.strict[2] * 10_000) / 10_000 for name, tally in tallies.items()}


if __name__ == "__main__":
    COMMITTED.write_text(json.dumps(measure(), indent=2) + "\n", encoding="utf-8")
    print(COMMITTED.read_text(encoding="utf-8"), end="")
