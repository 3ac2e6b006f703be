"""Notes of figures tables, written in English, on Chinese pages."""

import csv
import re

import pytest

from dashboard.labels import Words, note_in_chinese
from ingest.paths import PROJECT_ROOT


def notes() -> set[str]:
    found = set()
    for name in ("starter", "real_reports"):
        with (PROJECT_ROOT / f"samples/figures/{name}.csv").open(encoding="utf-8", newline="") as rows:
            found |= {row["note"] for row in csv.DictReader(rows) if row["note"]}
    return found


def test_every_note_of_the_tables_that_ship_is_read_in_chinese():
    assert len(notes()) > 300
    # An address is no English.
    left = {
        n: c for n in notes() if re.search("[A-Za-z]{2}", (c := note_in_chinese(n)).replace("zhuhai.gov.cn post_", ""))
    }
    assert left == {}


def test_a_line_of_the_accounts_that_a_table_names_in_english_is_read_in_chinese():
    words = Words("zh")
    assert words.code("item", "civil-affairs outlay of the whole area; months 1 to 6") == "全辖区民政支出；1至6月"
    assert words.code("item", "指标结余数; 其中A类") == "指标结余数; 其中A类", (
        "a report's own name stays letter by letter"
    )
    assert Words("en").code("item", "transfers") == "transfers" and words.code("item", None) == ""


@pytest.mark.parametrize(
    ("note", "chinese"),
    [
        ("planned for 2020; grades 3-4", "2020年计划；3–4级"),
        ("for 2022, regular from August with back pay; partly dependent", "2022年标准，自8月起发放并补发；半失能"),
        ("from 2020-07-01", "自2020年7月1日起"),
        ("January to June 2019", "2019年1月至6月"),
        ("end of June 2020; all institutions with lodging", "2020年6月末；全部提供住宿的机构"),
        ("age 80 to 89; without Huangpu", "80–89岁；不含黄埔"),
        ("provincial guideline before November 2020", "省定指导标准（2020年11月以前）"),
        ("一（二）部门整体收支情况", "一（二）部门整体收支情况"),
        ("something nobody wrote a pattern for", "something nobody wrote a pattern for"),
    ],
)
def test_a_note_in_chinese(note, chinese):
    assert note_in_chinese(note) == chinese
    assert Words("zh").code("note", note) == chinese
    assert Words("en").code("variant", note) == note


def test_what_the_warehouse_makes_of_a_note_is_read_too():
    # int_notes cuts dates off: the next year's floor has another.
    assert note_in_chinese("standard of the year before,") == "上年标准"
    assert note_in_chinese("provincial floor; grade two") == "省定最低；二级"
    assert Words("zh").code("variant", None) == ""
