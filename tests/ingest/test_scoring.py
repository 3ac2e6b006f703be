"""The score: what counts as right, and that it is the score which the gold tables were made for."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.paths import PROJECT_ROOT
from ingest.scoring import SURE, ScoringError, document_name, read_figures, score

SHARED = PROJECT_ROOT.parent / "shared"

GOLD_COLUMNS = [
    "doc",
    "measure",
    "programme",
    "residence",
    "care",
    "fund_source",
    "spending_type",
    "stage",
    "indicator",
    "value",
    "unit",
    "per",
    "qualifier",
    "fiscal_year",
    "raw",
    "quote",
]


def figure(**fields: object) -> dict[str, object]:
    """A figure of report.txt: 857 yuan a month of urban Dibao in 2023, but for what is given."""
    return {
        "file": "in/report.txt", "measure": "standard", "programme": "dibao", "residence": "urban", "care": None,
        "value": 857.0, "unit": "CNY", "per": "month", "fiscal_year": 2023, "confidence": 0.95, "layout": "prose",
        "raw": "857元", "quote": "857元/月",
    } | fields  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path):
    """Write a gold table of figures; returns the folder."""

    def write(*figures: dict[str, object], name: str = "report") -> Path:
        folder = tmp_path / "gold"
        folder.mkdir(exist_ok=True)
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as lines:
            rows = csv.DictWriter(lines, GOLD_COLUMNS, restval="", extrasaction="ignore")
            rows.writeheader()
            rows.writerows(figures)
        return folder

    return write


def test_a_figure_is_right_when_its_value_unit_measure_and_dimensions_agree(gold):
    scores = score([figure(qualifier="about", stage="final")], gold(figure(qualifier="exact")))
    assert (scores.total.gold, scores.total.found, scores.total.right) == (1, 1, 1)
    assert scores.total.strict == scores.total.loose == (1.0, 1.0, 1.0)
    assert scores.faults == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("programme", None), ("residence", "rural"), ("care", "home"), ("per", "year"), ("fiscal_year", 2022)],
)
def test_a_wrong_dimension_is_loosely_right_and_strictly_wrong(gold, name, value):
    scores = score([figure(**{name: value})], gold(figure()))
    assert scores.total.loose[2] == 1.0
    assert scores.total.strict[2] == 0.0
    assert scores.wrong_dimensions == {name: 1}
    (fault,) = scores.faults
    wanted = figure()[name]
    assert fault.kind == "dimension"
    assert fault.wrong == {name: (None if value is None else str(value), None if wanted is None else str(wanted))}


@pytest.mark.parametrize(("name", "value"), [("value", 858.0), ("unit", "percent"), ("measure", "top_up")])
def test_another_value_unit_or_measure_is_a_miss_and_a_false_figure(gold, name, value):
    scores = score([figure(**{name: value})], gold(figure()))
    assert (scores.total.missed, scores.total.false, scores.total.matched) == (1, 1, 0)
    assert sorted(fault.kind for fault in scores.faults) == ["false", "miss"]


def test_a_figure_that_stands_twice_may_be_reported_twice_but_not_three_times(gold):
    scores = score([figure()] * 3, gold(figure(), figure()))
    assert (scores.total.right, scores.total.false) == (2, 1)
    assert scores.total.strict == pytest.approx((2 / 3, 1.0, 0.8))


def test_figures_alike_are_paired_by_the_dimensions_that_agree_not_by_their_order(gold):
    urban, rural = figure(), figure(residence="rural")
    scores = score([rural, urban], gold(urban, rural))
    assert scores.total.right == 2


def test_a_dimension_that_a_measure_does_not_have_does_not_count(gold):
    share = {"measure": "beds", "unit": "bed", "value": 120.0, "programme": "elder_care"}
    scores = score([figure(**share, residence="rural", per="year")], gold(figure(**share)))
    assert scores.total.right == 1


def test_documents_without_a_gold_table_do_not_count_and_archives_members_go_by_their_name(gold):
    folder = gold(figure())
    scores = score([figure(file="a.zip!/2023/report.txt"), figure(file="other.txt")], folder)
    assert (scores.total.found, scores.total.right) == (1, 1)
    assert document_name("a.zip!/2023/report.txt") == "report"


def test_layouts_are_told_apart_also_for_what_was_missed(gold):
    folder = gold(
        figure(value=1, quote="城市低保标准1元"),
        figure(value=2, quote="低保\t2\t3"),
        figure(value=3, quote="| 低保 | 3 |"),
        figure(value=4, quote="低保金 4.00 8.00"),
        figure(value=5, quote=""),
        figure(value=6, quote="低保，6元"),
    )
    scores = score([figure(value=6.0, layout="table")], folder)
    assert {name: tally.gold for name, tally in scores.by_layout.items()} == {"prose": 1, "table": 4, "unknown": 1}
    assert scores.by_layout["table"].right == 1


def test_calibration_counts_by_confidence_how_many_are_right(gold):
    folder = gold(*(figure(value=number) for number in range(6)))
    confidences = (0.99, 0.9, 0.89, 0.6, 0.2, None)
    found = [figure(value=float(number), confidence=c) for number, c in enumerate(confidences)]
    found[1]["per"] = "year"
    calibration = score(found, folder).calibration
    assert [(b.lowest, b.figures, b.right) for b in calibration.bins if b.figures] == [
        (0.0, 1, 1), (0.5, 1, 1), (0.85, 1, 1), (SURE, 1, 0), (0.95, 1, 1),
    ]  # fmt: skip
    assert (calibration.sure.figures, calibration.sure.precision) == (2, 0.5)
    assert calibration.sure_share == pytest.approx(2 / 6)
    assert calibration.without == 1


def test_the_worst_documents_come_first(gold):
    gold(figure(), name="good")
    folder = gold(figure(), figure(value=2), name="bad")
    scores = score([figure(file="good.txt"), figure(file="bad.txt")], folder)
    assert [name for name, _ in scores.worst()] == ["bad", "good"]
    assert scores.by_document["bad"].missed == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"measure": "height"}, "unknown measure 'height'"),
        ({"unit": "kg"}, "unknown unit 'kg'"),
        ({"value": "n/a"}, "'n/a'"),
    ],
)
def test_a_gold_table_that_breaks_the_contract_is_refused_with_its_line(gold, fields, said):
    folder = gold(figure(), figure(**fields))
    with pytest.raises(ScoringError, match=rf"report\.csv, line 3: .*{said}"):
        score([], folder)


def test_a_gold_table_without_a_column_is_refused(gold):
    folder = gold(figure())
    (folder / "report.csv").write_text("doc,measure,value\n", encoding="utf-8")
    with pytest.raises(ScoringError, match=r"lacks the column .*unit"):
        score([], folder)


@pytest.mark.parametrize("line", ["{", "[1]", '{"file": "a", "measure": "beds", "unit": "bed"}', '{"file": "a", "measure": "beds", "unit": "bed", "value": "x"}'])  # fmt: skip
def test_a_line_that_is_no_figure_is_refused_with_its_number(tmp_path, line):
    (tmp_path / "figures.jsonl").write_text(json.dumps(figure()) + "\n\n" + line + "\n", encoding="utf-8")
    with pytest.raises(ScoringError, match=r"figures\.jsonl, line 3: "):
        list(read_figures(tmp_path / "figures.jsonl"))


def test_the_command_prints_the_scores_and_fails_below_the_demanded_one(gold, tmp_path, jixiao):
    folder = gold(figure(), figure(value=2))
    extracted = tmp_path / "figures.jsonl"
    extracted.write_text(json.dumps(figure(), ensure_ascii=False) + "\n", encoding="utf-8")
    ended = jixiao("score", extracted, folder, "--format", "json", "--list", "--at-least", "0.6")
    assert ended.code == 0
    printed = json.loads(ended.out)
    assert printed["total"]["strict_f1"] == pytest.approx(2 / 3)
    assert [(fault["kind"], fault["gold"]["value"]) for fault in printed["faults"]] == [("miss", "2")]
    below = jixiao("score", extracted, folder, "--at-least", "0.7")
    assert below.code == 1
    assert "below 0.7" in below.err
    assert "0.6667" in below.out


def test_the_command_names_a_figures_file_that_is_not_there(gold, jixiao):
    ended = jixiao("score", "nowhere.jsonl", gold(figure()))
    assert ended.code == 2
    assert "nowhere.jsonl" in ended.err


@pytest.mark.corpus
@pytest.mark.parametrize("part", ["seeds", "dev"])
def test_both_scorers_print_the_same_totals(part, tmp_path, jixiao):
    corpus = SHARED / "corpus" / part
    if not corpus.is_dir():
        pytest.skip(f"the shared corpus is not there: {corpus}")
    extracted = tmp_path / "figures.jsonl"
    extracted.write_text(jixiao("extract", corpus / "docs").out, encoding="utf-8")
    theirs = json.loads(
        subprocess.run(
            [sys.executable, str(SHARED / "score.py"), str(extracted), str(corpus / "gold"), "--json"],
            capture_output=True, text=True, check=True,
        ).stdout
    )  # fmt: skip
    ours = json.loads(jixiao("score", extracted, corpus / "gold", "--format", "json").out)["total"]
    assert theirs["gold"] > 100
    assert {name: ours[name] for name in theirs} == theirs
