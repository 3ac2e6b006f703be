"""The extraction is as accurate as it was committed to be, and as the shared corpus asks."""

from __future__ import annotations

import json

import accuracy
import pytest

from ingest.paths import PROJECT_ROOT, SAMPLES

CORPUS = PROJECT_ROOT.parent / "shared" / "corpus"
SLACK = 0.002
# One measure has few figures: one of them misread is more than the slack of all together.
SLACK_OF_A_MEASURE = 0.02


def test_every_sample_report_has_a_gold_table() -> None:
    """A report without one would not count, and the score would look better than it is."""
    assert {path.stem for path in (SAMPLES / "reports").iterdir()} == {
        path.stem for path in (SAMPLES / "gold").iterdir()
    }


def test_the_committed_score_does_not_fall() -> None:
    committed = json.loads(accuracy.COMMITTED.read_text(encoding="utf-8"))
    now = accuracy.measure()
    assert set(now) >= set(committed)
    fallen = {
        name: (before, now[name])
        for name, before in committed.items()
        if now[name] < before - (SLACK if name == "all" else SLACK_OF_A_MEASURE)
    }
    assert not fallen, "if the fall is meant, write the score again: python tests/ingest/accuracy.py"


@pytest.mark.corpus
@pytest.mark.parametrize(("part", "least"), [("seeds", 0.97), ("dev", 0.95)])
def test_the_shared_corpus_is_read_well_enough(part: str, least: float) -> None:
    folder = CORPUS / part
    if not folder.is_dir():
        pytest.skip(f"there is no shared corpus at {folder}")
    scores = accuracy.scores_of(folder / "docs", folder / "gold")
    worst = {name: round(tally.strict[2], 3) for name, tally in scores.worst()}
    assert scores.total.strict[2] >= least, f"strict F1 {scores.total.strict[2]:.4f}; worst: {worst}"
