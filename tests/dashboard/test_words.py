"""The interface speaks both languages completely, and every sentence it may say exists."""

import re
import string
from pathlib import Path

import pandas as pd
import pytest
from fixture_warehouse import COLUMNS

from dashboard import findings, labels
from dashboard.labels import LANGUAGES, Words, dictionary_in_chinese, interface
from dashboard.queries.comparables import COMPARABLES

DASHBOARD = Path(labels.__file__).parent
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in DASHBOARD.rglob("*.py"))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(interface()))
def test_both_languages_with_the_same_placeholders(key):
    entry = interface()[key]
    assert set(entry) == set(LANGUAGES)
    assert placeholders(entry["zh"]) == placeholders(entry["en"])
    assert not re.search(r"[\u4e00-\u9fff]", entry["en"].replace("荔湾", "")) or key == "language", (
        "English without Chinese"
    )


def test_every_text_that_the_code_names_exists_and_none_is_left_over():
    literal = set(re.findall(r"""words\(\s*["']([a-z_.]+)["']""", SOURCE))
    patterns = [
        re.sub(r"\\\{[^}]*\\\}", "[a-z_.]+", re.escape(p)) for p in re.findall(r"""words\(\s*f"([^"]+)\"""", SOURCE)
    ]
    patterns += [r"code\..+", r"comparable\..+", r"finding\.(rose|fell|unchanged)", r"whole\..+"]
    assert literal <= set(interface()), literal - set(interface())
    quoted = set(re.findall(r"""["']([a-z_.]+)["']""", SOURCE))
    left_over = {k for k in interface() if k not in quoted and not any(re.fullmatch(p, k) for p in patterns)}
    assert left_over == set()


def test_every_comparable_has_its_words():
    for language in LANGUAGES:
        words = Words(language)
        for comparable in COMPARABLES.values():
            assert words(f"comparable.{comparable.key}.name") and words(f"compare.basis_{comparable.family}")
            for dimension in comparable.dimensions:
                assert words(f"dimension.{dimension}") and words(f"whole.{dimension}")


def test_codes_have_names_and_unknown_codes_show_themselves():
    words = Words("zh")
    assert words.code("programme", "dibao") == "最低生活保障"
    assert words.code("programme", "new_code") == "new_code"
    assert words.code("stage", None) == "" and words.code("stage", float("nan")) == ""
    with pytest.raises(ValueError, match="language"):
        Words("fr")


def rows(*values: tuple[str, int, float]) -> pd.DataFrame:
    made = pd.DataFrame(values, columns=["department_id", "fiscal_year", "value"])
    return made.assign(label=made["department_id"])


def test_the_sentence_says_what_the_chart_shows():
    words = Words("zh")
    show = str
    assert (
        findings.levels(rows(("甲", 2023, 5), ("乙", 2023, 9)), 2023, "标准", show, words)
        == "2023 年标准：乙最高，9；甲最低，5"
    )
    assert findings.levels(rows(), 2023, "标准", show, words) == "2023 年没有标准的数值"
    assert (
        findings.levels(rows(("甲", 2023, 5), ("乙", 2023, 5)), 2023, "标准", show, words)
        == "2023 年标准：2 个部门都是 5"
    )
    changed = findings.change(
        rows(("甲", 2020, 100), ("甲", 2023, 110), ("乙", 2020, 100), ("乙", 2023, 80)), "标准", "CNY", show, words
    )
    assert changed == "标准：乙由 2020 年的 100 降至 2023 年的 80，降 20%，变化最大"
    rate = findings.change(rows(("甲", 2020, 90), ("甲", 2023, 97.2)), "执行率", "percent", show, words)
    assert rate.endswith("升 7.2 个百分点")


def test_every_table_and_column_of_the_marts_has_its_meaning_in_chinese():
    chinese = dictionary_in_chinese()
    columns = {(table, column) for table, held in COLUMNS.items() for column in held}
    without = {c for c in columns if c not in chinese and ("", c[1]) not in chinese}
    assert without == set(), "add them to dashboard/translations/dictionary.csv"
    assert {(table, "") for table in COLUMNS} <= set(chinese)
    known = columns | {("", column) for _, column in columns} | {(table, "") for table in COLUMNS}
    assert set(chinese) - known == set(), "no mart holds these"
    words = Words("zh")
    assert words.meaning("fct_execution", "verdict", "x").startswith("核对结果：confirmed")
    assert words.meaning("fct_reconciliations", "verdict", "x").startswith("核对结果：holds")
    assert Words("en").meaning("fct_execution", "verdict", "Verdict") == "Verdict"
    assert words.meaning("new_mart", "new_column", None) == ""
