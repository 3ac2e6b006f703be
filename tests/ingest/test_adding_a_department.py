"""The programmes of another department are rows of seeds, no code: proved with those of an education bureau.

A copy of the package beside a copy of the seeds reads the copied rows. The rows below are appended there; the copied code
stays what it is, byte by byte. docs/adding_a_department.md tells a person to do the same.
"""

from __future__ import annotations

import csv
import filecmp
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from small_reports import TITLE

from ingest.paths import PROJECT_ROOT

REPORT = f"""{TITLE.replace("民政局", "教育局")}

一、部门概况
2022年部门全年预算数7200万元，执行数7056万元，预算执行率98%。

二、履职情况
1.学生资助。全年资助学生21,300人次，发放国家助学金486.25万元，标准由每生每年2000元提高到2200元。
2.学生营养改善。受益学生10,800人，按每生每天5元补助，营养膳食补助覆盖率100%。
3.低保家庭学生由学校建立台账。
"""

ROWS = {
    "programmes": ["student_aid,education,学生资助,Financial aid for students", "school_meals,education,营养改善计划,School meals"],
    "programme_aliases": [
        "学生资助,student_aid,strong",
        "国家助学金,student_aid,strong",
        "资助学生,student_aid,strong",
        "营养改善计划,school_meals,strong",
        "营养改善,school_meals,strong",
        "营养膳食补助,school_meals,strong",
    ],
    "programme_departments": ["student_aid,education", "school_meals,education"],
}  # fmt: skip

WITH_ROWS = [
    ("budget", None, 72_000_000, None, 2022),
    ("expenditure", None, 70_560_000, None, 2022),
    ("execution_rate", None, 98, None, 2022),
    ("beneficiaries", "student_aid", 21_300, None, 2022),
    ("benefit_paid", "student_aid", 4_862_500, None, 2022),
    ("standard", "student_aid", 2000, "year", 2021),
    ("standard", "student_aid", 2200, "year", 2022),
    ("beneficiaries", "school_meals", 10_800, None, 2022),
    ("standard", "school_meals", 5, "day", 2022),
    ("indicator_actual", "school_meals", 100, None, 2022),
]


class Copy:
    """A copy of the package and its seeds, in which rows can be added."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("ingest", "seeds"):
            shutil.copytree(PROJECT_ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        self.report = folder / "report.txt"
        self.report.write_text(REPORT, encoding="utf-8")

    def add(self, rows: dict[str, list[str]]) -> None:
        for seed, lines in rows.items():
            path = self.folder / "seeds" / "vocabulary" / f"{seed}.csv"
            text = path.read_text(encoding="utf-8")
            path.write_text(text.rstrip("\n") + "\n" + "\n".join(lines) + "\n", encoding="utf-8")

    def run(self, *arguments: str, sources: Path | None = None) -> subprocess.CompletedProcess[str]:
        """The copy's own command, in its folder; nothing of the checkout but the installed libraries."""
        environment = os.environ | {
            "JIXIAO_HOME": str(self.folder / "home"),
            "JIXIAO_SOURCES": str(sources or self.folder),
        }
        return subprocess.run(
            [sys.executable, "-m", "ingest.cli", *arguments],
            cwd=self.folder, env=environment, capture_output=True, text=True, timeout=500, check=False,
        )  # fmt: skip

    def figures(self) -> list[dict]:
        ended = self.run("extract", str(self.report), "--format", "jsonl")
        assert ended.returncode == 0, ended.stderr
        return [json.loads(line) for line in ended.stdout.splitlines()]

    def code_is_untouched(self) -> bool:
        files = [path.relative_to(PROJECT_ROOT) for path in (PROJECT_ROOT / "ingest").rglob("*.py")]
        same, _, _ = filecmp.cmpfiles(PROJECT_ROOT, self.folder, map(str, files), shallow=False)
        return len(same) == len(files)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def meanings(figures: list[dict]) -> list[tuple]:
    return [tuple(f[name] for name in ("measure", "programme", "value", "per", "fiscal_year")) for f in figures]


def test_rows_alone_give_an_education_bureau_its_programmes(copy: Copy) -> None:
    before = copy.figures()
    copy.add(ROWS)
    after = copy.figures()
    assert meanings(after) == WITH_ROWS
    # Without the rows the figures are kept, their programmes unknown: nothing else depends on them.
    assert {f["programme"] for f in before} == {None}
    assert [(f["measure"], f["start"], f["value"]) for f in before] == [
        (f["measure"], f["start"], f["value"]) for f in after
    ]
    assert copy.code_is_untouched()


def test_a_name_that_another_department_uses_does_not_hide_the_topic(copy: Copy) -> None:
    copy.report.write_text(REPORT.replace("5元补助", "5元供餐"), encoding="utf-8")
    copy.add(ROWS)
    assert ("standard", "school_meals", 5, "day", 2022) in meanings(copy.figures())


def test_a_programme_whose_name_is_a_plan_is_no_plan(copy: Copy) -> None:
    copy.report.write_text(REPORT.replace("2.学生营养改善。", "2.营养改善计划。"), encoding="utf-8")
    copy.add(ROWS)
    assert meanings(copy.figures()) == WITH_ROWS


def test_the_new_programmes_stay_out_of_other_departments_reports(copy: Copy) -> None:
    copy.report.write_text(REPORT.replace("教育局", "民政局"), encoding="utf-8")
    copy.add(ROWS)
    assert not {f["programme"] for f in copy.figures()} & {"student_aid", "school_meals"}


def test_a_name_that_already_means_something_is_refused_with_both_meanings(copy: Copy) -> None:
    copy.add({"programme_aliases": ["低保,student_aid,strong"]})
    ended = copy.run("extract", str(copy.report))
    assert ended.returncode != 0
    assert all(part in ended.stderr for part in ("programme_aliases.csv", "低保", "dibao", "student_aid"))


@pytest.mark.slow
@pytest.mark.timeout(550)
def test_the_warehouse_builds_with_the_new_rows_and_shows_them(copy: Copy) -> None:
    """dbt loads the same files, and its tests hold: no model, no test, no list of codes has to be told."""
    for name in ("models", "macros", "tests/warehouse"):
        shutil.copytree(PROJECT_ROOT / name, copy.folder / name)
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(PROJECT_ROOT / name, copy.folder / name)
    copy.add(ROWS)
    ended = copy.run("rebuild", sources=copy.report)
    assert ended.returncode == 0, ended.stderr
    query = "select programme, persons, person_times, amount_paid_cny from fct_beneficiaries where programme is not null order by programme"
    rows = list(csv.reader(copy.run("sql", query, "--format", "csv").stdout.splitlines()))
    assert [[row[0], *(float(cell) if cell else None for cell in row[1:])] for row in rows[1:]] == [
        ["school_meals", 10_800, None, None],
        ["student_aid", None, 21_300, 4_862_500],
    ]
    names = copy.run(
        "sql", "select name_zh from dim_programme where field = 'education' order by 1", "--format", "csv"
    ).stdout
    assert names.split() == ["name_zh", "学生资助", "营养改善计划"]
