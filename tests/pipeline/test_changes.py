"""What differs between two releases, and why: `jixiao diff` on two small files, and the releases that a rebuild keeps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from small_project import write_figures

from ingest.settings import Settings, SettingsError
from ingest.warehouse import release as release_module
from ingest.warehouse.changes import CHANGE_COLUMNS, SUMMARY_COLUMNS, compare, find_release
from ingest.warehouse.errors import BuildFailed, ExitCode, NoRelease
from ingest.warehouse.release import rebuild
from ingest.warehouse.schema import PREVIOUS_COPIES

VALUES = next(table for table in PREVIOUS_COPIES if table.name == "previous_fact_values")


def fact(
    fact_id: str, value: float, document: str, *, source: str = "a.txt", extractor: str = "1", **more: object
) -> dict:
    """A row of fct_fact_values."""
    return {
        "fact_table": "fct_funding",
        "fact_id": fact_id,
        "role": "amount",
        "department_id": "440103-civil_affairs",
        "department_name": "广州市荔湾区民政局",
        "fiscal_year": 2023,
        "measure": "expenditure",
        "fact_value": value,
        "unit": "CNY",
        "figure_id": f"{document}-{fact_id}",
        "document_id": document,
        "source_key": source,
        "file": source,
        "extractor_version": extractor,
        "is_sample": False,
    } | more


def release(path: Path, facts: Sequence[dict], corrected: Sequence[tuple[str, str]] = ()) -> Path:
    """A release file that holds these facts and what they rest on."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema raw")
        connection.execute(f"create table raw.releases as select '{path.stem}' as release")
        connection.execute(VALUES.ddl("main").replace("previous_fact_values", "fct_fact_values"))
        for row in facts:
            marks = ", ".join("?" for _ in row)
            connection.execute(f"insert into fct_fact_values ({', '.join(row)}) values ({marks})", list(row.values()))
        connection.execute(
            "create table raw.documents as select distinct document_id, source_key, extractor_version, true as is_current"
            " from fct_fact_values"
        )
        connection.execute("create table fct_figures (figure_id varchar, correction_reason varchar)")
        if corrected:
            connection.executemany("insert into fct_figures values (?, ?)", corrected)
    return path


def changes(before: Path, after: Path, *columns: str) -> list[tuple]:
    """These columns of what differs."""
    with compare(before, after) as cursor:
        places = [CHANGE_COLUMNS.index(column) for column in columns]
        return [tuple(row[place] for place in places) for row in cursor.fetchall()]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param([fact("f", 5, "d")], [fact("f", 5, "d")], [], id="nothing differs"),
        pytest.param(
            [fact("f", 5, "d")],
            [fact("f", 5, "d", figure_id="another", extractor="2")],
            [],
            id="another figure that says the same is no change",
        ),
        pytest.param(
            [fact("f", 5, "d")],
            [fact("f", 5, "d"), fact("g", 7, "e", source="b.txt")],
            [("appeared", "new_report", None, 7)],
            id="a report that was not held",
        ),
        pytest.param(
            [fact("f", 5, "d")],
            [fact("f", 6, "e")],
            [("changed", "new_version", 5, 6)],
            id="a file with another content",
        ),
        pytest.param(
            [fact("f", 5, "d")],
            [fact("f", 6, "e", source="b.txt"), fact("g", 1, "d")],
            [("appeared", "reference_or_rules", None, 1), ("changed", "new_report", 5, 6)],
            id="a better report says otherwise",
        ),
        pytest.param(
            [fact("f", 5, "d"), fact("g", 7, "e", source="b.txt")],
            [fact("f", 5, "d")],
            [("gone", "report_withdrawn", 7, None)],
            id="a report that is no longer held",
        ),
        pytest.param(
            [fact("f", 5, "d"), fact("g", 1, "d")],
            [fact("f", 6, "d", extractor="2"), fact("g", 1, "d", extractor="2")],
            [("changed", "new_extractor", 5, 6)],
            id="read by a new extractor",
        ),
        pytest.param(
            [fact("f", 5, "d"), fact("g", 1, "d")],
            [fact("g", 1, "d", extractor="2")],
            [("gone", "new_extractor", 5, None)],
            id="a new extractor no longer reads it",
        ),
        pytest.param(
            [fact("f", 5, "d")],
            [fact("f", 5, "d", unit="person")],
            [("changed", "reference_or_rules", 5, 5)],
            id="the same number in another unit",
        ),
    ],
)
def test_the_cause_of_a_change(before: list[dict], after: list[dict], expected: list[tuple], tmp_path: Path) -> None:
    files = release(tmp_path / "before.duckdb", before), release(tmp_path / "after.duckdb", after)
    assert changes(*files, "change", "cause", "value_before", "value_after") == expected


@pytest.mark.parametrize("is_undone", [False, True])
def test_a_correction_and_its_undoing_are_called_so(is_undone: bool, tmp_path: Path) -> None:
    wrong = release(tmp_path / "wrong.duckdb", [fact("f", 5, "d"), fact("g", 1, "d")])
    right = release(
        tmp_path / "right.duckdb", [fact("f", 50, "d")], [("d-f", "a digit was lost"), ("d-g", "of another office")]
    )
    files = (right, wrong) if is_undone else (wrong, right)
    assert {row[0] for row in changes(*files, "cause")} == {"correction"}
    assert len(changes(*files, "cause")) == 2


def test_the_summary_counts_by_department_year_measure_and_cause(tmp_path: Path) -> None:
    before = release(tmp_path / "a.duckdb", [fact("f", 5, "d"), fact("g", 1, "d", measure="budget"), fact("h", 2, "d")])
    after = release(tmp_path / "b.duckdb", [fact("f", 6, "e"), fact("g", 2, "e", measure="budget"), fact("i", 9, "e")])
    with compare(before, after, summary=True) as cursor:
        rows = [dict(zip(SUMMARY_COLUMNS, row, strict=True)) for row in cursor.fetchall()]
    assert [(r["measure"], r["cause"], r["appeared"], r["changed"], r["gone"]) for r in rows] == [
        ("budget", "new_version", 0, 1, 0),
        ("expenditure", "new_version", 1, 1, 1),
    ]


def test_a_file_that_is_no_release_is_named(tmp_path: Path) -> None:
    other = tmp_path / "other.duckdb"
    duckdb.connect(str(other)).close()
    good = release(tmp_path / "good.duckdb", [fact("f", 5, "d")])
    (tmp_path / "text.duckdb").write_text("no database")
    for bad in (other, tmp_path / "text.duckdb"):
        with pytest.raises(NoRelease, match=bad.name), compare(good, bad):
            pass


def test_a_rebuild_keeps_the_releases_before_up_to_the_number_that_is_set(
    quick: Settings,
) -> None:
    settings = replace(quick, kept_releases=2)
    names = []
    for value in range(4):
        write_figures(settings, value)
        names.append(rebuild(settings).release.release)
    assert sorted(path.stem for path in settings.releases.iterdir()) == sorted(names[1:3])
    assert find_release(None, settings, default="newest").stem == names[2]
    assert find_release(names[1], settings, default="newest").stem == names[1]
    assert find_release(names[3], settings, default="newest") == settings.warehouse
    with duckdb.connect(str(settings.releases / f"{names[1]}.duckdb"), read_only=True) as connection:
        assert connection.execute("select value from fct_figures").fetchall() == [(1.0,)]
    with pytest.raises(NoRelease, match=names[2]):
        find_release("20200101T000000-ffffff", settings, default="newest")
    none_kept = replace(quick, kept_releases=0)
    write_figures(none_kept, 9)
    rebuild(none_kept)
    assert list(settings.releases.iterdir()) == []


def test_a_release_that_was_not_replaced_is_not_kept_as_an_earlier_one(
    quick: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuild(quick)
    write_figures(quick, 7)

    def refuse(_: object) -> None:
        raise BuildFailed("no marts")

    with monkeypatch.context() as patch:
        patch.setattr(release_module, "_check_readable", refuse)
        with pytest.raises(BuildFailed):
            rebuild(quick)
    assert not quick.releases.exists()
    rebuild(quick)
    assert len(list(quick.releases.iterdir())) == 1


def test_the_command_prints_what_changed_and_says_when_there_is_nothing_to_compare(
    jixiao: Callable, settings: Settings, tmp_path: Path
) -> None:
    ended = jixiao("diff")
    assert ended.code == ExitCode.SOME_FAILED
    assert "jixiao rebuild" in ended.err
    before = release(tmp_path / "before.duckdb", [fact("f", 5, "d")])
    after = release(tmp_path / "after.duckdb", [fact("f", 6, "e")])
    ended = jixiao("diff", before, after, "--format", "csv")
    assert ended.out.splitlines()[0] == ",".join(CHANGE_COLUMNS)
    assert "广州市荔湾区民政局,2023,expenditure,,,fct_funding,amount,changed,new_version,5.0,CNY,6.0,CNY" in ended.out


def test_a_number_of_kept_releases_that_is_none_is_named() -> None:
    assert Settings.from_environment({"JIXIAO_KEPT_RELEASES": "0"}).kept_releases == 0
    with pytest.raises(SettingsError, match="JIXIAO_KEPT_RELEASES"):
        Settings.from_environment({"JIXIAO_KEPT_RELEASES": "-1"})
