"""Words of the interface in Chinese and English, and the names of the vocabulary's codes.

The interface's words are in dashboard/translations/interface.toml (`[key]` with `zh` and `en`), terms in glossary.toml;
names of measures, programmes, units and so on come from the same seeds as the extraction and the warehouse.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ingest.paths import SEEDS

LANGUAGES: dict[str, str] = {"zh": "中文", "en": "English"}
TRANSLATIONS = Path(__file__).parent / "translations"

#: Columns of the marts whose codes a seed names: column → seed.
CODE_SEEDS = {
    "measure": "vocabulary/measures",
    "programme": "vocabulary/programmes",
    "unit": "vocabulary/units",
    "stage": "vocabulary/stages",
    "fund_source": "vocabulary/fund_sources",
    "spending_type": "vocabulary/spending_types",
    "residence": "vocabulary/residences",
    "care": "vocabulary/care_kinds",
    "per": "vocabulary/periods",
    "document_kind": "vocabulary/document_kinds",
    "qualifier": "vocabulary/qualifiers",
    "absence_reason": "reference/absence_reasons",
    "basis": "reference/rate_bases",
    "cause": "reference/change_causes",
    "department_kind": "reference/department_kinds",
    "grade": "reference/grade_bands",
    "identity": "reference/identities",
    "reason": "reference/ranking_reasons",
    "source_class": "reference/source_classes",
    "tier": "reference/tiers",
}


@cache
def interface() -> Mapping[str, Mapping[str, str]]:
    """Every text of the interface: dotted key → {"zh": …, "en": …}."""
    return _flatten(tomllib.loads((TRANSLATIONS / "interface.toml").read_text(encoding="utf-8")))


def _flatten(tree: Mapping[str, object], prefix: str = "") -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for key, value in tree.items():
        assert isinstance(value, dict), f"interface.toml: {prefix}{key} is not a table with zh and en"
        if isinstance(value.get("zh"), str):
            found[prefix + key] = value
        else:
            found.update(_flatten(value, f"{prefix}{key}."))
    return found


@cache
def glossary() -> tuple[Mapping[str, str], ...]:
    """Terms with definitions in both languages: term, zh, en, zh_definition, en_definition."""
    return tuple(tomllib.loads((TRANSLATIONS / "glossary.toml").read_text(encoding="utf-8"))["term"])


@cache
def _seed_names(seed: str) -> Mapping[str, Mapping[str, str]]:
    path = SEEDS / f"{seed}.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as rows:
        reader = csv.DictReader(rows)
        key = (reader.fieldnames or [""])[0]
        return {row[key]: {"zh": row["name_zh"], "en": row["name_en"]} for row in reader}


@cache
def tiles(language: str) -> list[dict[str, object]]:
    """Where each province stands on the tile grid: province_code, row, column, short (its name in the language)."""
    with (Path(__file__).parent / "tiles.csv").open(encoding="utf-8", newline="") as rows:
        return [
            {
                "province_code": r["province_code"],
                "row": int(r["row"]),
                "column": int(r["column"]),
                "short": r[f"short_{language}"],
            }
            for r in csv.DictReader(rows)
        ]


@cache
def peer_sets(language: str) -> dict[str, dict[str, object]]:
    """The rules by which departments are peers: code → name, warning (text, may be empty), same_tier, same_province,
    same_region_class (whether it asks for them), is_nearest (the rule is the distance between places)."""
    with (SEEDS / "reference" / "peer_sets.csv").open(encoding="utf-8", newline="") as rows:
        return {
            r["peer_set"]: {
                "name": r[f"name_{language}"],
                "warning": _seed_names("reference/warnings").get(r["warning"], {}).get(language, ""),
                **{c: r.get(c) == "true" for c in ("same_tier", "same_province", "same_region_class", "is_nearest")},
            }
            for r in csv.DictReader(rows)
        }


@cache
def compositions(dimension: str) -> Mapping[str, tuple[str, ...]]:
    """Codes of a dimension that are the sum of others: whole → its parts."""
    with (SEEDS / "reference" / "quantity_compositions.csv").open(encoding="utf-8", newline="") as rows:
        return {
            r["whole"]: tuple(r["parts"].split())
            for r in csv.DictReader(rows)
            if r["dimension"] == dimension and r["whole"]
        }


@cache
def _check_labels() -> Mapping[str, str]:
    """Names of the sides of checks: Chinese → English. Codes' names are among them, the longer ones first."""
    with (TRANSLATIONS / "check_labels.csv").open(encoding="utf-8", newline="") as rows:
        known = {r["zh"]: r["en"] for r in csv.DictReader(rows)}
    for column in ("measure", "programme", "fund_source", "spending_type", "residence", "care"):
        for names in _seed_names(CODE_SEEDS[column]).values():
            known.setdefault(names["zh"], names["en"])
    return known


@cache
def dictionary_in_chinese() -> Mapping[tuple[str, str], str]:
    """What tables and columns of the marts mean: (table, "") is a table, ("", column) a column wherever it stands, (table,
    column) one that means something else there."""
    with (TRANSLATIONS / "dictionary.csv").open(encoding="utf-8", newline="") as rows:
        return {(r["table"], r["column"]): r["zh"] for r in csv.DictReader(rows)}


_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = f"({'|'.join(_MONTHS)})"


@cache
def _note_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """English notes of figures tables as patterns, in order, and their Chinese with the patterns' groups."""
    with (TRANSLATIONS / "notes.csv").open(encoding="utf-8", newline="") as rows:
        return tuple((re.compile(r["en"], re.IGNORECASE), r["zh"]) for r in csv.DictReader(rows))


def _dates_in_chinese(text: str) -> str:
    """1 July 2022 as 2022年7月1日, January to June 2019 as 2019年1月至6月, 2020-07-01 as 2020年7月1日."""

    def month(name: str) -> str:
        return f"{_MONTHS.index(name.lower()) + 1}月"

    text = re.sub(r"(\d{4})-(\d\d)-(\d\d)", lambda m: f"{m[1]}年{int(m[2])}月{int(m[3])}日", text)
    text = re.sub(
        rf"(?i)\b{_MONTH} to (?:(\d+) )?{_MONTH} (\d{{4}})",
        lambda m: f"{m[4]}年{month(m[1])}至{month(m[3])}" + (f"{m[2]}日" if m[2] else ""),
        text,
    )
    return re.sub(
        rf"(?i)\b(?:(\d{{1,2}}) )?{_MONTH}\b(?: (\d{{4}}))?",
        lambda m: (f"{m[3]}年" if m[3] else "") + month(m[2]) + (f"{m[1]}日" if m[1] else ""),
        text,
    )


@cache
def note_in_chinese(note: str) -> str:
    """A note of a figures table, whose parts are separated by semicolons; what no pattern knows stays as it is."""
    parts = []
    for part in re.split("[;；]", note):
        dated = _dates_in_chinese(part.strip().rstrip(","))
        for pattern, chinese in _note_patterns():
            if found := pattern.fullmatch(dated):
                parts.append(found.expand(chinese))
                break
        else:
            parts.append(dated)
    return "；".join(parts)


class Words:
    """The words of one language. `words("page.compare.title")` is a text; `words.code("stage", "final")` a code's name."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"language must be one of {', '.join(LANGUAGES)}, not {language!r}")
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        """The text under a key with its {placeholders} filled; a missing key is a KeyError naming it."""
        text = interface()[key][self.language]
        return text.format(**values) if values else text

    def code(self, column: str, code: object) -> str:
        """The name of a code in a column of the marts; an unknown code is shown as it is, null as an empty text."""
        if code is None or code != code or code == "":
            return ""
        if column in ("variant", "note"):
            # Words of a report or of a table of figures, not codes: those tables are annotated in English.
            return note_in_chinese(str(code)) if self.language == "zh" else str(code)
        if column == "item":
            # A line as a report names it, or as an English table of figures does.
            as_named = self.language != "zh" or re.search(r"[\u4e00-\u9fff]", str(code))
            return str(code) if as_named else note_in_chinese(str(code))
        if column == "months":
            return self.months(*map(int, str(code).split("-")))
        seed = CODE_SEEDS.get(column)
        if seed is not None:
            names = _seed_names(seed)
            return names[str(code)][self.language] if str(code) in names else str(code)
        entry = interface().get(f"code.{column}.{code}")
        return entry[self.language] if entry else str(code)

    def months(self, first: int, last: int) -> str:
        """The months that a count or an amount covers: 1–11月, or 8月 where it is one."""
        if first == last:
            return self("beneficiaries.month", month=last)
        return self("beneficiaries.months", first=first, last=last)

    def codes(self, column: str) -> list[str]:
        """Every code that a column of the marts may have, in the seed's order."""
        return list(_seed_names(CODE_SEEDS[column]))

    def meaning(self, table: str, column: str, comment: object) -> str:
        """What a table (column empty) or a column of the marts means; its comment in the release where it is not named here."""
        own = str(comment) if isinstance(comment, str) else ""
        if self.language != "zh":
            return own
        known = dictionary_in_chinese()
        return known.get((table, column)) or known.get(("", column) if column else (table, "")) or own

    def check_label(self, label: object) -> str:
        """The name of one side of a check; what it quotes from a report stays as it is written there."""
        text = str(label)
        if self.language == "zh":
            return text
        known = _check_labels()
        if text in known:
            return known[text]
        # 支出：基本支出 + 项目支出: a measure, then its parts.
        pieces = re.split(r"(：| \+ )", text)
        return "".join(known.get(p, {"：": ": "}.get(p, p)) for p in pieces)

    def join(self, parts: list[str]) -> str:
        """A list in a sentence: 甲、乙 or a, b."""
        return ("、" if self.language == "zh" else ", ").join(parts)
