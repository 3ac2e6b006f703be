"""Reviewers' decisions: recorded whole, never lost, in the next release, and taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest

from ingest.settings import Settings
from ingest.warehouse.errors import ExitCode, NoRelease, ReviewRefused
from ingest.warehouse.query import open_release
from ingest.warehouse.release import rebuild
from ingest.warehouse.reviews import decide, read_decisions, undo

REPORT = """乌有市民政局2023年度部门整体支出绩效自评报告

（示例文本，数字为虚构）

一、预算执行情况
2023年部门年初预算1200万元，全年决算支出1140万元。
全年发放高龄津贴360万元，惠及老人2500人。
"""


@pytest.fixture
def published(settings: Settings) -> Settings:
    """A release with two figures, as far as a decision looks at it."""
    settings.home.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(settings.warehouse)) as connection:
        connection.execute("create schema raw")
        connection.execute("create table raw.documents as select 'd' as document_id, '/reports/a.txt' as source_key")
        connection.execute(
            """
            create table raw.figures as
            select *, 2023 as fiscal_year, null::varchar as programme, null::varchar as item
            from (values
                ('f1', 'd', 'budget', '1200万元', 12000000::double, 'CNY', '年初预算1200万元'),
                ('f2', 'd', 'beneficiaries', '2500人', 2500::double, 'person', null),
                ('of an earlier version', 'd', 'beneficiaries', '2500人', 2500::double, 'person', null)
            ) as figures (figure_id, document_id, measure, raw, value, unit, quote)
            """
        )
        connection.execute("create table fct_figures as select figure_id from raw.figures where length(figure_id) = 2")
    return settings


def test_a_decision_says_what_was_seen_who_decided_and_why(published: Settings) -> None:
    made = decide(published, "f1", "correct", reviewer="finance desk", reason="a digit was lost", value=1.3e7)
    assert read_decisions(published.reviews) == [made]
    assert (made.action, made.reviewer, made.reason, made.corrected_value) == (
        *("correct", "finance desk", "a digit was lost"),
        1.3e7,
    )
    assert (made.source_key, made.measure, made.as_written, made.expected_value, made.quote) == (
        *("/reports/a.txt", "budget", "1200万元"),
        12_000_000,
        "年初预算1200万元",
    )


@pytest.mark.parametrize(
    ("figure_id", "action", "more", "message"),
    [
        ("none", "accept", {}, "no such figure"),
        ("f1", "delete", {}, "no such decision"),
        ("f1", "undo", {}, "no such decision"),
        ("of an earlier version", "accept", {}, "no such figure"),
        ("f1", "correct", {}, "or accept the figure"),
        ("f1", "correct", {"value": float("nan")}, "finite value"),
        ("f1", "correct", {"value": 12_000_000.0}, "or accept the figure"),
        (
            "f1",
            "correct",
            {"value": 12_000_000.0, "meaning": {"measure": "budget", "item": ""}},
            "or accept the figure",
        ),
        ("f2", "correct", {"value": -5.0}, "less than none"),
        ("f1", "correct", {"meaning": {"measure": "weather"}}, "weather is no measure"),
        ("f1", "correct", {"meaning": {"measure": None}}, "measure is empty"),
        ("f1", "correct", {"meaning": {"unit": "person"}}, "does not fit the measure"),
        ("f1", "correct", {"meaning": {"fiscal_year": "last"}}, "no year"),
        ("f1", "correct", {"meaning": {"fiscal_year": 1811}}, "no plausible year"),
        ("f1", "correct", {"meaning": {"document_id": "other"}}, "no such meaning"),
        ("f1", "correct", {"meaning": {"item": "长" * 201}}, "at most 200"),
        ("f1", "reject", {"value": 5.0}, "Only a correction"),
        ("f1", "accept", {"meaning": {"item": "x"}}, "Only a correction"),
        ("f1", "accept", {"reason": " \n"}, "reason of 1 to"),
        ("f1", "accept", {"reviewer": ""}, "reviewer of 1 to"),
        ("f1", "accept", {"reason": "长" * 2001}, "reason of 1 to"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_leaves_no_trace(
    published: Settings, figure_id: str, action: str, more: dict, message: str
) -> None:
    with pytest.raises(ReviewRefused, match=message):
        decide(published, figure_id, action, **{"reviewer": "desk", "reason": "seen"} | more)
    assert not published.reviews.exists()


def test_a_correction_of_the_meaning_keeps_what_differs_from_what_was_read(published: Settings) -> None:
    meaning = {
        "measure": "beneficiaries",
        "unit": "household",
        "fiscal_year": "2022",
        "programme": "",
        "item": "  午餐 ",
    }
    made = decide(published, "f2", "correct", reviewer="desk", reason="see the heading", value=2500.0, meaning=meaning)
    assert made.corrected_value is None, "it is as it was read"
    assert json.loads(made.corrected_meaning or "") == {"fiscal_year": 2022, "item": "午餐", "unit": "household"}
    assert (made.measure, made.unit) == ("beneficiaries", "person"), "what was read tells which figure is meant"
    assert read_decisions(published.reviews) == [made]


def test_without_a_release_there_is_nothing_to_decide_on(settings: Settings) -> None:
    with pytest.raises(NoRelease):
        decide(settings, "f1", "accept", reviewer="desk", reason="seen")


def test_a_decision_is_taken_back_once(published: Settings) -> None:
    made = decide(published, "f2", "reject", reviewer="desk", reason="of the county next door")
    back = undo(published, made.review_id, reviewer="desk", reason="it is ours")
    assert (back.action, back.undoes, back.figure_id) == ("undo", made.review_id, "f2")
    for review_id in (made.review_id, back.review_id, "r000"):
        with pytest.raises(ReviewRefused):
            undo(published, review_id, reviewer="desk", reason="again")
    assert len(read_decisions(published.reviews)) == 2


def test_decisions_at_the_same_time_are_all_kept(published: Settings) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(
            pool.map(lambda n: decide(published, "f1", "accept", reviewer=f"desk {n}", reason="seen" * 200), range(40))
        )
    assert {d.review_id for d in read_decisions(published.reviews)} == {d.review_id for d in made}


def test_of_two_who_looked_at_the_same_figure_the_second_is_told_of_the_first(published: Settings) -> None:
    def attempt(n: int) -> str:
        try:
            return decide(published, "f1", "reject", reviewer=f"desk {n}", reason="seen", seen_until="").review_id
        except ReviewRefused as refused:
            assert "meanwhile" in str(refused)
            return ""

    with ThreadPoolExecutor(8) as pool:
        (first,) = filter(None, pool.map(attempt, range(20)))
    decide(published, "f1", "accept", reviewer="desk", reason="looked at both", seen_until=first)
    decide(published, "f2", "accept", reviewer="desk", reason="another figure", seen_until="")
    assert len(read_decisions(published.reviews)) == 3


def test_of_two_who_take_the_same_decision_back_one_does(published: Settings) -> None:
    made = decide(published, "f1", "accept", reviewer="desk", reason="seen")

    def attempt(n: int) -> bool:
        try:
            return bool(undo(published, made.review_id, reviewer=f"desk {n}", reason="no"))
        except ReviewRefused:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(20))) == 1


def test_what_a_crash_left_of_a_line_does_not_swallow_the_next(published: Settings) -> None:
    decide(published, "f1", "accept", reviewer="desk", reason="seen")
    whole = published.reviews.read_bytes()
    published.reviews.write_bytes(whole + b'{"review_id": "r1", "dec')
    decide(published, "f2", "accept", reviewer="desk", reason="seen")
    with pytest.raises(ReviewRefused, match="line 2"):
        read_decisions(published.reviews)
    lines = published.reviews.read_text(encoding="utf-8").splitlines()
    published.reviews.write_text("\n".join((lines[0], lines[2])), encoding="utf-8")
    assert [d.figure_id for d in read_decisions(published.reviews)] == ["f1", "f2"]


@pytest.mark.parametrize(
    "change",
    [
        {"corrected_meaning": '{"colour": "red"}'},
        {"corrected_meaning": "{"},
        {"action": "burn"},
        {"reason": ""},
        {"expected_value": "much"},
        {"decided_at": "yesterday"},
        {"figure_id": 7},
    ],
)
def test_a_line_that_is_no_decision_is_named(published: Settings, change: dict) -> None:
    decide(published, "f1", "accept", reviewer="desk", reason="seen")
    row = json.loads(published.reviews.read_text(encoding="utf-8")) | change
    published.reviews.write_text(json.dumps(row) + "\n", encoding="utf-8")
    with pytest.raises(ReviewRefused, match=r"reviews\.jsonl, line 1"):
        read_decisions(published.reviews)


def test_the_commands(jixiao: Callable, published: Settings) -> None:
    ended = jixiao("review", "correct", "f1", "13000000", "--reason", "=a digit", "--reviewer", "desk")
    assert ended.code == 0
    assert "next `jixiao rebuild`" in ended.out
    review_id = ended.out.split(":")[0]
    assert jixiao("review", "undo", review_id, "-r", "no").code == 0
    listed = jixiao("review", "list", "--format", "jsonl")
    assert [json.loads(line)["action"] for line in listed.out.splitlines()] == ["correct", "undo"]
    assert jixiao("review", "correct", "f1", "--set", "item=培训费", "--set", "programme=", "-r", "heading").code == 0
    assert json.loads(read_decisions(published.reviews)[-1].corrected_meaning or "") == {"item": "培训费"}
    assert jixiao("review", "correct", "f1", "--set", "item", "-r", "heading").code == ExitCode.USAGE
    ended = jixiao("review", "reject", "nothing", "--reason", "x")
    assert ended.code == ExitCode.SOME_FAILED
    assert "fct_figures" in ended.err


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_decision_outlives_rebuilds_and_new_versions_until_it_is_taken_back(settings: Settings) -> None:
    report = settings.sources[0] / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    rebuild(settings)

    def ask(sql: str) -> list[tuple]:
        with open_release(settings.warehouse) as connection:
            return connection.execute(sql).fetchall()

    budget = "select figure_id from fct_figures where measure = 'budget'"
    persons = "select value, value_as_read, is_rejected, review_action from fct_figures where measure = 'beneficiaries'"
    ((figure_id,),) = ask(budget)
    ((people,),) = ask("select figure_id from fct_figures where measure = 'beneficiaries'")
    corrected = decide(settings, figure_id, "correct", reviewer="desk", reason="a digit was lost", value=1.3e7)
    decide(settings, people, "reject", reviewer="desk", reason="of the county next door")
    assert rebuild(settings).is_new
    funding = "select amount_cny from fct_funding where measure = 'budget'"
    assert ask(funding) == [(1.3e7,)]
    assert ask(persons) == [(2500, 2500, True, "reject")]
    assert ask("select count(*) from fct_beneficiaries where persons is not null") == [(0,)]
    assert set(ask("select cause from fct_release_changes")) == {("correction",)}

    # Another content of the same file: the sentence is there still, the other has another number.
    report.write_text("\n" + REPORT.replace("2500人", "2600人"), encoding="utf-8")
    rebuild(settings)
    assert ask(funding) == [(1.3e7,)]
    assert ask(persons) == [(2600, 2600, False, None)]
    assert ask("select action, state from fct_reviews order by action") == [
        ("correct", "in_force"),
        ("reject", "stale"),
    ]

    undo(settings, corrected.review_id, reviewer="desk", reason="the paper says 1200")
    ((figure_id,),) = ask(budget)
    meaning = {"fiscal_year": 2022, "item": "培训费"}
    decide(settings, figure_id, "correct", reviewer="desk", reason="see the heading", meaning=meaning)
    rebuild(settings)
    assert ask(funding) == [(1.2e7,)]
    assert ask("select fiscal_year, item from fct_funding where measure = 'budget'") == [(2022, "培训费")]
    assert ("correct", "undone") in ask("select action, state from fct_reviews")
