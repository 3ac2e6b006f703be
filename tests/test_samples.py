"""The samples keep their promises: gold tables that stand in their reports, contradictions that contradict, facts without sentences.

What goes in: everything under samples/. What is refused: a gold row whose quote or number is not in its report, a code that
the vocabulary lacks, a number that does not parse to its value, a real place under an invented report, a borrowed sentence.
"""

from __future__ import annotations

import ast
import csv
import math
import operator
import re
import unicodedata
from collections import Counter, defaultdict
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from ingest.figures.contract import codes

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
REPORTS = sorted((SAMPLES / "reports").glob("*.txt"))
GOLD = sorted((SAMPLES / "gold").glob("*.csv"))
CORPUS = ROOT.parent / "shared" / "corpus"
PLACES = ROOT / "seeds" / "reference" / "places.csv"

GOLD_HEADER = "doc,measure,programme,residence,care,fund_source,spending_type,stage,indicator,value,unit,per,qualifier,fiscal_year,raw,quote"
FIGURE_TABLE_HEADERS = {
    "real_reports.csv": "department,place_name,gb2260_code,fiscal_year,measure,programme,residence,care,fund_source,spending_type,stage,indicator,"
    "value,unit,per,qualifier,raw,item,variant,document_title,document_kind,publisher,published_on,source_url,source_class,confidence,note",
    "starter.csv": "department,place_name,gb2260_code,fiscal_year,measure,programme,residence,care,fund_source,spending_type,stage,"
    "value,unit,per,qualifier,raw,document_title,publisher,published_on,source_url,source_class,confidence,note",
}
CODE_COLUMNS = {
    "measure": "measures",
    "programme": "programmes",
    "residence": "residences",
    "care": "care_kinds",
    "fund_source": "fund_sources",
    "spending_type": "spending_types",
    "stage": "stages",
    "unit": "units",
    "per": "periods",
    "qualifier": "qualifiers",
}
UNITS_OF_MEASURE = {
    **{
        name: {"CNY"} for name in ("income", "budget", "expenditure", "carryover", "benefit_paid", "standard", "top_up")
    },
    **{name: {"percent"} for name in ("execution_rate", "carryover_rate")},
    "beneficiaries": {"person", "household", "person_time"},
    "score": {"point"},
    "facilities": {"facility"},
    "beds": {"bed"},
    "cases": {"couple", "case", "body"},
}
INDICATORS = {"indicator_target", "indicator_actual"}
STAGED = {"income", "budget", "expenditure", "execution_rate"}
RUN = 24
# The longest title of a notice takes some forty Chinese characters; more, or a Chinese full stop, would be prose.
MOST_CHINESE_IN_A_CELL = 60


def read_report(path: Path) -> str:
    """The text of a sample report: UTF-8, else GB18030."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def is_chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def plain(text: str) -> str:
    """Half-width, without white space or thousands separators: what a reader makes of the digits on the page."""
    return squeeze(unicodedata.normalize("NFKC", text)).replace(",", "")


def with_whole_numbers(text: str) -> str:
    """Half-width, the single spaces and the commas inside numbers gone; cells of a row stay apart."""
    return re.sub(r"(?<=[\d.,]) (?=[\d.])", "", unicodedata.normalize("NFKC", text)).replace(",", "")


CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
CHINESE_TENS = {"十": 10, "百": 100, "千": 1000}
MULTIPLES = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000, "千": 1000}
UNIT_WORDS = {
    "CNY": "元",
    "percent": "%",
    "point": "分",
    "person": "人名位",
    "household": "户戶",
    "person_time": "次",
    "facility": "个個间間家所座处處",
    "bed": "张張",
    "couple": "对對",
    "case": "宗件例起",
    "body": "具",
    "other": "日天",
}


def chinese_number(text: str) -> int:
    """三百 is 300, 十二 is 12, 百 is 100; ValueError for anything else."""
    total, digit = 0, 0
    for character in text:
        if character in CHINESE_DIGITS:
            digit = CHINESE_DIGITS[character]
        elif character in CHINESE_TENS:
            total, digit = total + (digit or 1) * CHINESE_TENS[character], 0
        else:
            raise ValueError(text)
    return total + digit


def possible_values(raw: str) -> tuple[set[Fraction], str]:
    """What `raw` can mean in the canonical unit, and the words after the number. A bare number may stand under a caption of 万."""
    text = plain(raw)
    if text.startswith("百分之"):
        return {Fraction(chinese_number(text.removeprefix("百分之")))}, "%"
    digits = re.match(r"\d+(?:\.\d+)?", text)
    if digits:
        number, words = Fraction(digits.group()), text[digits.end() :]
    else:
        written = re.match(r"[零〇一二两兩三四五六七八九十百千]+", text)
        assert written, f"no number in {raw!r}"
        number, words = Fraction(chinese_number(written.group())), text[written.end() :]
    words = re.sub("[余餘多]", "", words)
    if words[:1] in MULTIPLES:
        return {number * MULTIPLES[words[0]]}, words[1:]
    return ({number} if words else {number, number * 10_000}), words


ARITHMETIC = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def evaluate(formula: str) -> Fraction:
    """The value of a formula of numbers and + - * /, exactly; ValueError for anything else."""

    def value(node: ast.AST) -> Fraction:
        match node:
            case ast.Constant(value=int() | float()):
                return Fraction(ast.get_source_segment(formula, node) or "")
            case ast.BinOp(left=left, op=op, right=right) if type(op) in ARITHMETIC:
                return ARITHMETIC[type(op)](value(left), value(right))
        raise ValueError(f"not a formula of numbers: {formula}")

    return value(ast.parse(formula, mode="eval").body)


def number_in(text: str) -> Fraction:
    found = re.search(r"\d+(?:\.\d+)?", plain(text))
    assert found, f"no number in {text!r}"
    return Fraction(found.group())


@cache
def corpus_runs() -> frozenset[str]:
    runs = set()
    for document in CORPUS.glob("*/docs/*.txt"):
        text = squeeze(document.read_text(encoding="utf-8", errors="replace"))
        for i in range(len(text) - RUN + 1):
            piece = text[i : i + RUN]
            if sum(map(is_chinese, piece)) >= 14:
                runs.add(piece)
    return frozenset(runs)


def test_every_report_has_a_gold_table_and_an_entry() -> None:
    stems = [path.stem for path in REPORTS]
    assert len(stems) >= 14
    assert [path.stem for path in GOLD] == stems
    assert sorted(row["doc"] for row in read_rows(SAMPLES / "documents.csv")) == stems


def test_the_reports_cover_kinds_departments_and_years() -> None:
    documents = read_rows(SAMPLES / "documents.csv")
    kinds = {row["doc_kind"] for row in documents}
    assert kinds <= codes("document_kinds")
    assert kinds >= {
        "self_eval_department",
        "self_eval_project",
        "target_table",
        "final_account",
        "standard_notice",
        "work_summary",
    }
    years = defaultdict(set)
    for row in documents:
        years[row["region_name"], row["department"][-3:]].add(row["fiscal_year"])
    assert sum(len(found) >= 2 for found in years.values()) >= 4
    assert {row["fiscal_year"] for row in documents} == {"2021", "2022", "2023"}
    assert sum("民政" not in row["department"] for row in documents) >= 2
    assert len({row["region_name"].split("省")[0] for row in documents}) >= 4


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_report_says_that_it_is_invented_and_whose_it_would_be(path: Path) -> None:
    text = read_report(path)
    assert 2200 <= len(text) <= 6000
    opening = [line.strip() for line in text.splitlines() if line.strip()][:5]
    assert any(line.startswith("（示例文本") and "虚构" in line.replace("虛構", "虚构") for line in opening), opening
    entry = next(row for row in read_rows(SAMPLES / "documents.csv") if row["doc"] == path.stem)
    assert entry["department"][-5:] in squeeze(text)


def test_one_report_is_in_gb18030_and_the_others_in_utf8() -> None:
    def is_utf8(path: Path) -> bool:
        try:
            path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            return False
        return True

    assert Counter(map(is_utf8, REPORTS)) == {True: len(REPORTS) - 1, False: 1}


def test_no_invented_report_stands_under_a_real_place() -> None:
    if not PLACES.exists():
        pytest.skip("seeds/reference/places.csv is not there to compare with")
    real = {row[column] for row in read_rows(PLACES) for column in ("place_name", "full_name")}
    for document in read_rows(SAMPLES / "documents.csv"):
        parts = re.findall(r".+?[省市县区]", document["region_name"])
        assert parts and not real & set(parts), document
        assert document["region_name"] not in real


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_uses_the_codes_of_the_vocabulary(path: Path) -> None:
    rows = read_rows(path)
    assert len(rows) >= 60
    assert path.read_text(encoding="utf-8").partition("\n")[0] == GOLD_HEADER
    for row in rows:
        assert row["doc"] == path.stem
        for column, seed in CODE_COLUMNS.items():
            assert not row[column] or row[column] in codes(seed), (column, row)
        assert row["measure"] and row["unit"] and row["qualifier"]
        assert row["unit"] in UNITS_OF_MEASURE.get(row["measure"], {row["unit"]}), row
        assert bool(row["indicator"]) == (row["measure"] in INDICATORS), row
        assert not row["stage"] or row["measure"] in STAGED, row
        assert row["stage"] or row["measure"] not in STAGED - {"budget"}, row
        assert bool(row["per"]) == (row["measure"] in {"standard", "top_up"}) or row["measure"] in INDICATORS, row
        assert re.fullmatch(r"20[12]\d", row["fiscal_year"]), row


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_stands_in_its_report_in_order_and_parses_to_its_value(path: Path) -> None:
    text = squeeze(read_report(SAMPLES / "reports" / f"{path.stem}.txt"))
    at = 0
    for row in read_rows(path):
        quote, raw = squeeze(row["quote"]), squeeze(row["raw"])
        assert raw in quote, row
        found = text.find(quote, at)
        assert found >= 0, ("not in the report, or out of order", row)
        at = found
        values, words = possible_values(row["raw"])
        assert Fraction(row["value"]) in values, (row, values)
        assert not words or any(word in words for word in UNIT_WORDS[row["unit"]]), row
        assert (row["unit"] == "person_time") == ("次" in words) or not words, row


def test_planted_contradictions_contradict() -> None:
    planted = read_rows(SAMPLES / "planted.csv")
    assert len(planted) >= 12
    assert {row["kind"] for row in planted} == {"rate", "share", "sum", "ratio", "restated"}
    for row in planted:
        text = with_whole_numbers(read_report(SAMPLES / "reports" / row["file"]))
        stated, correct, computed = number_in(row["stated"]), number_in(row["correct"]), evaluate(row["formula"])
        decimals = len(plain(row["correct"]).partition(".")[2].rstrip("%万亿元倍人"))
        tolerance = Fraction(1, 10**decimals)
        assert abs(computed - correct) <= tolerance, row
        assert abs(computed - stated) > 2 * tolerance, row
        for number in [row["stated"], *re.findall(r"\d+\.?\d*", row["formula"].replace("*100", ""))]:
            assert re.search(rf"(?<![\d.]){re.escape(plain(number))}(?!\d)", text), (number, row)


@pytest.mark.parametrize("name", ["real_reports.csv", "starter.csv"])
def test_published_figures_are_facts_in_the_codes_of_the_vocabulary(name: str) -> None:
    rows = read_rows(SAMPLES / "figures" / name)
    assert ",".join(rows[0]) == FIGURE_TABLE_HEADERS[name]
    for row in rows:
        for column, seed in CODE_COLUMNS.items():
            assert not row[column] or row[column] in codes(seed), (column, row)
        assert row["department"] and row["measure"] and row["raw"] and row["document_title"]
        assert row["unit"] in UNITS_OF_MEASURE.get(row["measure"], {row["unit"]}), row
        assert math.isfinite(float(row["value"])) and float(row["value"]) >= 0
        assert re.fullmatch(r"20[0-2]\d", row["fiscal_year"]), row
        assert re.fullmatch(r"(\d{6})?", row["gb2260_code"]), row
        assert row["source_class"] in {"official", "state-media", "mirror"}
        assert row["source_class"] != "mirror" or not row["source_url"]
        assert row["confidence"] in {"high", "medium", "low"}
        for column in set(row) - {"source_url"}:
            assert sum(map(is_chinese, row[column])) <= MOST_CHINESE_IN_A_CELL and "。" not in row[column], (
                column,
                row,
            )


def test_published_figures_are_complete_and_carry_what_the_reports_state() -> None:
    assert len(read_rows(SAMPLES / "figures" / "starter.csv")) == 3126
    rows = read_rows(SAMPLES / "figures" / "real_reports.csv")
    assert Counter(row["gb2260_code"] for row in rows) == {"440103": 28, "440100": 50, "440281": 130, "440804": 71}

    def stated(code: str, measure: str, **dimensions: str) -> set[float]:
        return {
            float(row["value"])
            for row in rows
            if (row["gb2260_code"], row["measure"]) == (code, measure)
            and all(row[name] == value for name, value in dimensions.items())
        }

    whole = {"item": "", "fund_source": "", "spending_type": ""}
    assert stated("440103", "budget", **whole) == {313_129_100}
    assert stated("440103", "expenditure", **whole) == {304_358_100}
    assert stated("440103", "execution_rate", **whole) == {97.2}
    assert stated("440804", "budget", stage="initial", **whole) == {46_591_700}
    assert stated("440804", "expenditure", programme="", **whole) == {91_415_600}
    assert stated("440281", "execution_rate", **whole) == {100, 77.12}
    assert stated("440281", "expenditure", item="本年度已下达资金用款计划", fund_source="") == {134_009_600}
    assert stated("440281", "standard", programme="dibao", residence="urban") == {857}
    assert stated("440281", "top_up", programme="dibao", residence="urban") == {676}
    assert stated("440281", "beneficiaries", programme="old_age_allowance", variant="") == {11_078}
    assert stated("440281", "benefit_paid", programme="old_age_allowance") == {2_561_300}
    assert stated("440804", "cases", programme="funeral") == {2205, 1951}


@pytest.mark.corpus
def test_nothing_in_the_samples_repeats_the_corpus() -> None:
    if not CORPUS.exists():
        pytest.skip("the shared corpus is not beside this checkout, so there is nothing to compare with")
    runs = corpus_runs()
    assert runs
    for path in sorted(SAMPLES.rglob("*")):
        if path.suffix in {".txt", ".csv", ".md"}:
            text = squeeze(read_report(path))
            repeated = next((text[i : i + RUN] for i in range(len(text) - RUN + 1) if text[i : i + RUN] in runs), None)
            assert repeated is None, f"{path.relative_to(ROOT)} repeats {repeated!r}"
