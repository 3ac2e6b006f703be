"""Scoring: extracted figures against gold tables, strictly and loosely, and whether their confidence keeps its word.

In: figures (as dictionaries of the contract) and a folder of gold tables, one CSV a document, named after the document's
file without its ending; an empty cell is null. Out: `Scores`. Documents without a gold table do not count. A figure that
the gold lists twice may be reported twice; a third report is wrong.

Loose: measure, value and unit agree. Strict: the dimensions that matter for the measure agree as well.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.figures.contract import codes

Row = Mapping[str, object]

_MONEY = ("programme", "fund_source", "spending_type", "stage", "fiscal_year")
_PEOPLE = ("programme", "residence", "care", "fiscal_year")
_WORK = ("programme", "fiscal_year")
# A dimension that a measure does not have (the stage of a score) is not asked for.
DIMENSIONS: dict[str, tuple[str, ...]] = {
    "income": _MONEY,
    "budget": _MONEY,
    "expenditure": _MONEY,
    "carryover": ("fund_source", "fiscal_year"),
    "execution_rate": ("programme", "fund_source", "spending_type", "fiscal_year"),
    "carryover_rate": ("fiscal_year",),
    "beneficiaries": _PEOPLE,
    "benefit_paid": _PEOPLE,
    "standard": (*_PEOPLE, "per"),
    "top_up": (*_PEOPLE, "per"),
    "score": _WORK,
    "indicator_target": _WORK,
    "indicator_actual": _WORK,
    "facilities": _WORK,
    "beds": _WORK,
    "cases": _WORK,
}
# Values are written with four decimals at most; what differs beyond them is how a computer holds the number.
_DECIMALS = 4
# Whoever uses figures without looking takes those at or above this confidence: 99 in 100 of them have to be right.
SURE = 0.9
CONFIDENCE_BINS = (0.0, 0.5, 0.7, 0.8, 0.85, SURE, 0.95)
_GOLD_COLUMNS = frozenset({"measure", "value", "unit"}.union(*DIMENSIONS.values()))


class ScoringError(Exception):
    """Figures or gold tables that cannot be scored: names the file, the place and what to do."""


@dataclass(slots=True)
class Tally:
    """Counts of figures. Right are those whose dimensions agree too; `matched` counts right and wrong ones together."""

    gold: int = 0
    found: int = 0
    matched: int = 0
    right: int = 0

    @property
    def missed(self) -> int:
        """Figures of the gold that no figure matches."""
        return self.gold - self.matched

    @property
    def false(self) -> int:
        """Figures that match none of the gold."""
        return self.found - self.matched

    @property
    def loose(self) -> tuple[float, float, float]:
        """(precision, recall, F1) where measure, value and unit agree."""
        return _ratios(self.matched, self.found, self.gold)

    @property
    def strict(self) -> tuple[float, float, float]:
        """(precision, recall, F1) where the dimensions agree too."""
        return _ratios(self.right, self.found, self.gold)

    def add(self, other: Tally) -> None:
        """Count the figures of another tally too."""
        self.gold += other.gold
        self.found += other.found
        self.matched += other.matched
        self.right += other.right


@dataclass(frozen=True, slots=True)
class Fault:
    """One wrong figure. `kind` is miss, false or dimension; `wrong` says which dimensions: {'stage': ('final', None)},
    extracted first, gold second. `gold` and `found` are the rows; one of them is None for a miss and for a false figure."""

    kind: str
    document: str
    gold: Row | None
    found: Row | None
    wrong: dict[str, tuple[object, object]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bin:
    """Figures with a confidence of at least `lowest` (and below the next bin's), and how many of them are right."""

    lowest: float
    figures: int
    right: int

    @property
    def precision(self) -> float | None:
        """Share that is right; None without figures."""
        return self.right / self.figures if self.figures else None


@dataclass(frozen=True, slots=True)
class Calibration:
    """How confidence keeps its word: bins from the lowest up, and the figures that state none."""

    bins: tuple[Bin, ...]
    without: int

    @property
    def sure(self) -> Bin:
        """All figures with a confidence of at least SURE."""
        bins = [b for b in self.bins if b.lowest >= SURE]
        return Bin(SURE, sum(b.figures for b in bins), sum(b.right for b in bins))

    @property
    def sure_share(self) -> float | None:
        """The share of all figures that are sure; None without figures."""
        total = sum(b.figures for b in self.bins) + self.without
        return self.sure.figures / total if total else None


@dataclass(slots=True)
class Scores:
    """The outcome: tallies of all, by measure, by layout (prose, table, unknown) and by document; every fault."""

    total: Tally
    by_measure: dict[str, Tally]
    by_layout: dict[str, Tally]
    by_document: dict[str, Tally]
    wrong_dimensions: Counter[str]
    faults: list[Fault]
    calibration: Calibration

    def worst(self, count: int = 5) -> list[tuple[str, Tally]]:
        """The documents with the lowest strict F1, lowest first."""
        return sorted(self.by_document.items(), key=lambda item: (item[1].strict[2], item[0]))[:count]


def score(figures: Iterable[Row], gold_folder: str | Path) -> Scores:
    """Score figures against all gold tables of a folder. Raises ScoringError for a folder or a row that is unusable."""
    by_document = defaultdict(list)
    for figure in figures:
        by_document[document_name(str(figure["file"]))].append(figure)
    scores = Scores(Tally(), {}, {}, {}, Counter(), [], Calibration((), 0))
    judged: list[tuple[object, bool]] = []
    for path in _gold_tables(Path(gold_folder)):
        tally = Tally()
        for gold, found, fault in _judge(path.stem, list(_gold_rows(path)), by_document[path.stem]):
            one = Tally(int(gold is not None), int(found is not None), int(bool(gold and found)), int(fault is None))
            stated = found or gold or {}
            # A pair has one measure; a miss counts where it would have been found.
            scores.by_measure.setdefault(str(stated["measure"]), Tally()).add(one)
            scores.by_layout.setdefault(_layout(gold, found), Tally()).add(one)
            tally.add(one)
            if found is not None:
                judged.append((found.get("confidence"), fault is None))
            if fault is not None:
                scores.faults.append(fault)
                scores.wrong_dimensions.update(fault.wrong.keys())
        scores.by_document[path.stem] = tally
        scores.total.add(tally)
    scores.by_measure = dict(sorted(scores.by_measure.items()))
    scores.by_layout = dict(sorted(scores.by_layout.items()))
    scores.calibration = _calibration(judged)
    return scores


def read_figures(path: str | Path) -> Iterator[dict[str, object]]:
    """The figures of a JSON Lines file. Raises ScoringError that names the line of what is no figure."""
    with Path(path).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                figure = json.loads(line)
            except ValueError as error:
                raise ScoringError(f"{path}, line {number}: no JSON ({error}). Give one figure a line") from None
            lacking = [name for name in ("file", "measure", "value", "unit") if not isinstance(figure, dict) or figure.get(name) is None]  # fmt: skip
            if lacking or not _is_number(figure["value"]):
                what = (
                    f"lacks {', '.join(lacking)}" if lacking else f"has a value that is no number: {figure['value']!r}"
                )
                raise ScoringError(f"{path}, line {number}: the figure {what}. Write it as jixiao extract does")
            yield figure


def document_name(file: str) -> str:
    """The name that a document's gold table has: archive.zip!/folder/report.txt is report."""
    return Path(file.split("!/")[-1]).stem


def _gold_tables(folder: Path) -> list[Path]:
    tables = sorted(folder.glob("*.csv"))
    if not tables:
        raise ScoringError(f"{folder}: no gold tables (*.csv) there. Name the folder that holds them")
    return tables


def _gold_rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        if lacking := sorted(_GOLD_COLUMNS - set(rows.fieldnames or ())):
            raise ScoringError(f"{path}: the gold table lacks the column {', '.join(lacking)}. Add it")
        for row in rows:
            place = f"{path}, line {rows.line_num}"
            if row["measure"] not in DIMENSIONS:
                raise ScoringError(f"{place}: unknown measure {row['measure']!r}. Use one of {', '.join(DIMENSIONS)}")
            if row["unit"] not in codes("units"):
                raise ScoringError(
                    f"{place}: unknown unit {row['unit']!r}. Use one of {', '.join(sorted(codes('units')))}"
                )
            if not _is_number(row["value"]):
                raise ScoringError(f"{place}: the value {row['value']!r} is no number. Write it as 146000000")
            yield row


def _is_number(value: object) -> bool:
    try:
        float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False
    return True


def _key(row: Row) -> tuple[object, float, object]:
    return row["measure"], round(float(row["value"]), _DECIMALS), row["unit"]  # type: ignore[arg-type]


def _dimensions(row: Row) -> tuple[str, ...]:
    """The dimensions that matter as text: a gold table's empty cell is null."""
    return tuple("" if row.get(name) is None else str(row[name]) for name in DIMENSIONS[str(row["measure"])])


def _judge(
    document: str, gold: Sequence[Row], found: Sequence[Row]
) -> Iterator[tuple[Row | None, Row | None, Fault | None]]:
    """(gold, found, fault) of each pair, each miss and each false figure of a document: those that agree in most
    dimensions are paired first, and among equals those that come first."""
    alike: defaultdict[object, list[int]] = defaultdict(list)
    for position, figure in enumerate(found):
        alike[_key(figure)].append(position)
    candidates = []
    for row_number, row in enumerate(gold):
        wanted = _dimensions(row)
        for position in alike[_key(row)]:
            agreeing = sum(a == b for a, b in zip(wanted, _dimensions(found[position]), strict=True))
            candidates.append((-agreeing, row_number, position))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, row_number, position in sorted(candidates):
        if row_number not in partner and position not in taken:
            partner[row_number] = position
            taken.add(position)
    for row_number, row in enumerate(gold):
        if row_number not in partner:
            yield row, None, Fault("miss", document, row, None)
            continue
        figure = found[partner[row_number]]
        names = DIMENSIONS[str(row["measure"])]
        wrong = {
            name: (extracted or None, wanted or None)
            for name, extracted, wanted in zip(names, _dimensions(figure), _dimensions(row), strict=True)
            if extracted != wanted
        }
        yield row, figure, Fault("dimension", document, row, figure, wrong) if wrong else None
    for position, figure in enumerate(found):
        if position not in taken:
            yield None, figure, Fault("false", document, None, figure)


_TABLE_SIGN = re.compile(r"[\t|]")
_SENTENCE_SIGN = re.compile(r"[，。；！？：()（）]")
_NUMBER_ALONE = re.compile(r"-?\d[\d,]*(?:\.\d+)?%?")


def _layout(gold: Row | None, found: Row | None) -> str:
    """prose or table, as the figure says; of a miss, as its quote looks; unknown where nothing tells."""
    if found is not None:
        return str(found.get("layout") or "unknown")
    quote = str((gold or {}).get("quote") or "")
    if not quote:
        return "unknown"
    if _TABLE_SIGN.search(quote):
        return "table"
    # Columns of spaces: numbers that stand alone, and nothing of a sentence.
    numbers = sum(bool(_NUMBER_ALONE.fullmatch(piece)) for piece in quote.split())
    return "table" if numbers >= 2 and not _SENTENCE_SIGN.search(quote) else "prose"


def _calibration(judged: Iterable[tuple[object, bool]]) -> Calibration:
    counts = [[0, 0] for _ in CONFIDENCE_BINS]
    without = 0
    for confidence, is_right in judged:
        if confidence is None:
            without += 1
            continue
        number = max(sum(float(confidence) >= lowest for lowest in CONFIDENCE_BINS) - 1, 0)  # type: ignore[arg-type]
        counts[number][0] += 1
        counts[number][1] += is_right
    bins = (Bin(lowest, *count) for lowest, count in zip(CONFIDENCE_BINS, counts, strict=True))
    return Calibration(tuple(bins), without)


def _ratios(right: int, found: int, gold: int) -> tuple[float, float, float]:
    precision, recall = right / found if found else 0.0, right / gold if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0
