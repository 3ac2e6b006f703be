"""A check in words, in both languages."""

import re
from types import SimpleNamespace

import pandas as pd
import pytest

from dashboard import check_view
from dashboard.labels import Words
from ingest.paths import PROJECT_ROOT

ROW = {
    "left_label": "支出：基本支出 + 项目支出",
    "left_value": 350_180_000.0,
    "right_label": "支出：合计",
    "right_value": 351_180_000.0,
    "unit": "CNY",
    "gap": -1_000_000.0,
    "tolerance": 150.0,
    "relation": "equal",
}


def page(language: str) -> SimpleNamespace:
    return SimpleNamespace(words=Words(language), language=language)


def test_a_sentence_has_both_sides_with_their_unit_and_the_gap_in_the_readers_language():
    assert (
        check_view.sentence(page("zh"), ROW)
        == "支出：基本支出 + 项目支出 3.5亿元 应等于 支出：合计 3.51亿元；相差 100万元，容差 150元"
    )
    assert (
        check_view.sentence(page("en"), ROW)
        == "Expenditure: Basic expenditure + Project expenditure 350.18 million yuan should equal "
        "Expenditure: total 351.18 million yuan; gap 1 million yuan, tolerance 150 yuan"
    )


def test_what_cannot_be_computed_has_no_gap():
    row = {**ROW, "right_value": None, "gap": None, "relation": None}
    assert check_view.sentence(page("zh"), row) == "支出：基本支出 + 项目支出 3.5亿元 支出：合计 –"


def test_a_check_is_about_what_all_its_figures_share():
    figures = pd.DataFrame(
        {
            "measure": ["expenditure", "expenditure"],
            "programme": ["dibao", "dibao"],
            "stage": ["final", None],
            "item": [None, "三公经费"],
        }
    )
    assert check_view.about(page("zh"), figures) == "支出 · 最低生活保障"
    assert check_view.about(page("zh"), figures.head(0)) == ""


def literals() -> set[str]:
    """Names of sides that the models write as they are."""
    sql = "".join(p.read_text(encoding="utf-8") for p in (PROJECT_ROOT / "models/intermediate/checks").glob("*.sql"))
    named = re.findall(r"(?:left|right)_label=\"([^\"]*)\"", sql)
    return {
        text
        for one in named
        for text in re.findall(r"'([^']*[\u4e00-\u9fff][^']*)'", one)
        # Patterns with what a report or a seed says stay as they are made.
        if "{" not in text
    }


def test_every_name_of_a_side_has_its_english():
    assert len(literals()) > 30
    english = Words("en")
    assert {text for text in literals() if re.search(r"[\u4e00-\u9fff]", english.check_label(text))} == set()


@pytest.mark.parametrize("label", ["160人 + 346人", "完成全年火化任务", "自报执行率：三公经费"])
def test_what_a_report_says_stays_as_it_is_written(label):
    assert label.rpartition("：")[2] in Words("en").check_label(label)
    assert Words("zh").check_label(label) == label
