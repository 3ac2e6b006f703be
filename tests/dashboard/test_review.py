"""Review: off by default and then without any way to write; where it is on, decisions are recorded, refused, taken back."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import duckdb
import fixture_warehouse
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import layout
from dashboard.labels import Words
from dashboard.queries import connection, reviews
from dashboard.queries.connection import Warehouse
from dashboard.review_access import Access, access, parse_reviewers
from dashboard.review_desk import parse_value
from ingest.paths import PROJECT_ROOT
from ingest.settings import Settings
from ingest.warehouse.reviews import decide, read_decisions, undo

LOCAL = {"address": "127.0.0.1", "auth": {}, "user": {}, "headers": {"host": "127.0.0.1:8501"}}
LOGIN = {"client_id": "x", "redirect_uri": "https://example.invalid/oauth2callback"}
DESK = {"is_logged_in": True, "email": "Desk@Example.invalid", "email_verified": True, "sub": "s-1"}
ON, LISTED = {"JIXIAO_REVIEW": "1"}, {"JIXIAO_REVIEW": "1", "JIXIAO_REVIEWERS": "desk@example.invalid=绩效科, s-2"}


@pytest.fixture(autouse=True)
def fresh_caches():
    connection._cached.clear()
    connection._current.clear()
    layout._drawn.clear()


@pytest.fixture
def on(home: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Reviewing switched on for whoever sits at this machine."""
    monkeypatch.setenv("JIXIAO_REVIEW", "1")
    monkeypatch.delenv("JIXIAO_REVIEWERS", raising=False)
    with duckdb.connect(str(home / "warehouse.duckdb")) as release:
        # What a decision says of the figure it was made on.
        release.execute("create schema raw")
        release.execute(
            "create table raw.documents as select document_id, '/reports/' || file as source_key from dim_document"
        )
        release.execute("update fct_figures set value_as_read = value")
        release.execute("create table raw.figures as select * from fct_figures")
    return Settings.from_environment()


def run(page: str, **parameters: str) -> AppTest:
    app = AppTest.from_file(PROJECT_ROOT / "dashboard" / "app.py", default_timeout=60)
    app.switch_page(f"app_pages/{page}.py")
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def said(app: AppTest) -> str:
    kinds = (app.title, app.header, app.markdown, app.get("html"), app.info, app.error, app.success, app.caption)
    return "\n".join(str(getattr(e, "value", None) or getattr(e.proto, "body", "")) for kind in kinds for e in kind)


def choose(app: AppTest, figure_id: str, action: str) -> None:
    app.session_state[f"review.action.{figure_id}"] = action
    app.run()


def fill(app: AppTest, about: str, reason: str, name: str | None = "绩效科") -> None:
    app.text_area(key=f"review.reason.{about}").set_value(reason)
    if name is not None:
        app.text_input(key=f"review.reviewer.{about}").set_value(name)


def press(app: AppTest, label: str) -> AppTest:
    next(b for b in app.button if b.label == label).click()
    app.run()
    assert not app.exception
    return app


# ---- who may --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "more", "state"),
    [
        ({}, {}, "off"),
        ({"JIXIAO_REVIEW": "0"}, {}, "off"),
        ({"JIXIAO_REVIEW": "yes"}, {}, "bad_switch"),
        (ON, {}, "local"),
        (ON, {"headers": {"host": "[::1]:8501"}, "address": "::1"}, "local"),
        (ON, {"address": ""}, "exposed"),
        (ON, {"address": "0.0.0.0"}, "exposed"),
        (ON, {"headers": {"host": "evil.invalid"}}, "exposed"),
        (ON, {"headers": {"host": "localhost", "x-forwarded-for": "203.0.113.9"}}, "exposed"),
        (LISTED, {}, "no_login"),
        (ON, {"auth": LOGIN, "user": DESK}, "no_list"),
        (LISTED, {"auth": LOGIN}, "login"),
        (LISTED, {"auth": LOGIN, "user": {"is_logged_in": False, **{k: DESK[k] for k in ("email", "sub")}}}, "login"),
        (LISTED, {"auth": LOGIN, "user": DESK}, "reviewer"),
        (LISTED, {"auth": LOGIN, "user": DESK | {"email_verified": False}}, "stranger"),
        (LISTED, {"auth": LOGIN, "user": {k: v for k, v in DESK.items() if k != "email_verified"}}, "stranger"),
        (LISTED, {"auth": LOGIN, "user": DESK | {"email": "other@example.invalid"}}, "stranger"),
        (LISTED, {"auth": LOGIN, "user": {"is_logged_in": True, "sub": "s-2"}}, "reviewer"),
        (LISTED, {"auth": LOGIN, "user": DESK, "address": "0.0.0.0"}, "reviewer"),
    ],
)
def test_who_may_review(environment, more, state):
    assert access(environment, **{**LOCAL, **more}).state == state


def test_a_reviewer_is_published_under_the_name_of_the_list():
    assert access(LISTED, **{**LOCAL, "auth": LOGIN, "user": DESK}).reviewer == "绩效科"
    assert parse_reviewers(" A@x.invalid , b@x.invalid = desk  two,, ") == {
        "a@x.invalid": "A@x.invalid",
        "b@x.invalid": "desk two",
    }


def test_one_button_for_each_provider():
    named = {"redirect_uri": "x", "first": {"client_id": "1"}, "second": {"client_id": "2"}}
    assert access(LISTED, **{**LOCAL, "auth": named}).providers == ("first", "second")
    assert access(LISTED, **{**LOCAL, "auth": LOGIN}).providers == ("",)


# ---- off ------------------------------------------------------------------------------------------------------------

EVERY_PAGE = """
import sys
from pathlib import Path
from types import SimpleNamespace
from streamlit.testing.v1 import AppTest
for page in sorted(Path("dashboard/app_pages").glob("*.py")):
    for parameters in ({}, {"figure": "f-liwan-rate", "state": "pending"} if page.stem in ("evidence", "review") else {}):
        app = AppTest.from_file("dashboard/app.py", default_timeout=60)
        app.switch_page(f"app_pages/{page.name}")
        for name, value in parameters.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception, page
        if page.stem == "review":
            assert not app.button and not app.text_area, "nothing to press"
            assert "JIXIAO_REVIEW" in app.info[0].value
writers = {"ingest.warehouse.reviews", "dashboard.review_desk", "dashboard.review_form"} & set(sys.modules)
assert not writers, writers
"""


@pytest.mark.slow
@pytest.mark.parametrize("environment", [{}, {"JIXIAO_REVIEW": "1", "JIXIAO_REVIEWERS": "desk@example.invalid"}])
def test_where_it_is_off_no_page_loads_what_writes_and_nothing_is_written(home, environment):
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    clean = {k: v for k, v in os.environ.items() if not k.startswith("JIXIAO_REVIEW")}
    ended = subprocess.run(
        [sys.executable, "-c", EVERY_PAGE],
        cwd=PROJECT_ROOT,
        env={**clean, **environment},
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr[-3000:]
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before


def test_off_the_evidence_does_not_lead_to_the_review(home, monkeypatch):
    monkeypatch.delenv("JIXIAO_REVIEW", raising=False)
    assert "./review" not in said(run("evidence", figure="f-liwan-rate"))


def test_who_lost_access_while_the_page_was_open_decides_nothing(on, monkeypatch):
    app = run("review", figure="f-potou-rate")
    choose(app, "f-potou-rate", "accept")
    fill(app, "f-potou-rate.accept", "looked it up")
    monkeypatch.setenv("JIXIAO_REVIEW", "0")
    press(app, "记录采信")
    assert not on.reviews.exists()
    assert "JIXIAO_REVIEW" in app.info[0].value


# ---- the queue ------------------------------------------------------------------------------------------------------


def test_the_queue_by_violated_check_has_the_hard_ones_first(on):
    queue = reviews.figures(Warehouse(), "identity", "open", False, {}, [], 10)
    assert set(queue["figure_id"]) == {
        *("f-potou-rate", "f-potou-actual", "f-potou-target", "f-lechang-topup", "f-lechang-standard")
    }
    assert list(queue["hard_checks"]) == [1, 1, 1, 0, 0] and set(queue["n"]) == {5}


def test_the_queue_by_confidence_has_what_was_read_with_doubt(on):
    with duckdb.connect(str(on.warehouse)) as release:
        release.execute("update fct_figures set confidence = 0.62 where figure_id = 'f-liwan-rate'")
        release.execute(
            "update fct_figures set confidence = null, stated_confidence = 'low' where figure_id = 'f-liwan-spent'"
        )
    queue = reviews.figures(Warehouse(), "confidence", "open", False, {}, [], 10)
    assert list(queue["figure_id"]) == ["f-liwan-rate", "f-liwan-spent"]


@pytest.mark.parametrize(
    ("conditions", "figures"),
    [
        ({"identity": "top_up_below_standard"}, {"f-lechang-topup", "f-lechang-standard"}),
        ({"measure": "standard"}, {"f-lechang-standard"}),
        ({"year": 2022}, {"f-potou-rate", "f-potou-actual", "f-potou-target"}),
        ({"search": "坡头", "measure": "indicator_target"}, {"f-potou-target"}),
        ({"search": "' or true --"}, set()),
    ],
)
def test_the_queue_is_narrowed(on, conditions, figures):
    assert set(reviews.figures(Warehouse(), "identity", "open", False, conditions, [], 10)["figure_id"]) == figures


def test_what_was_decided_leaves_the_queue(on):
    with duckdb.connect(str(on.warehouse)) as release:
        release.execute("update fct_figures set review_action = 'accept' where figure_id = 'f-potou-target'")
    warehouse = Warehouse()
    left = reviews.figures(warehouse, "identity", "open", False, {}, ["f-potou-rate"], 10)
    assert not {"f-potou-target", "f-potou-rate"} & set(left["figure_id"])
    assert list(reviews.figures(warehouse, "identity", "decided", False, {}, [], 10)["figure_id"]) == ["f-potou-target"]
    pending = reviews.figures(warehouse, "identity", "pending", False, {}, ["f-potou-rate"], 10)
    assert list(pending["figure_id"]) == ["f-potou-rate"]


# ---- decisions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        ("13000000", "CNY", 13_000_000),
        ("1,300万元", "CNY", 13_000_000),
        ("1.3 亿元", "CNY", 130_000_000),
        ("85%", "percent", 85),
        ("-3.5", "percent", -3.5),
        ("1951具", "body", 1951),
        ("1951具", "CNY", None),
        ("", "CNY", None),
        ("nan", "CNY", None),
        ("1 300万元或1 400万元", "CNY", None),
        ("<b>5</b>", "CNY", None),
    ],
)
def test_a_value_is_typed_as_a_number_or_as_a_report_writes_it(typed, unit, value):
    assert parse_value(typed, unit) == value


def test_a_figure_is_rejected_with_a_reason_and_the_next_one_comes(on):
    app = run("review")
    first = app.session_state["review.figure"]
    assert app.query_params["figure"] == first, "a link to it stays a link to it"
    choose(app, first, "reject")
    fill(app, f"{first}.reject", "另一个县的数字")
    press(app, "记录剔除")
    (made,) = read_decisions(on.reviews)
    assert (made.figure_id, made.action, made.reviewer, made.reason) == (first, "reject", "绩效科", "另一个县的数字")
    assert made.review_id in app.success[0].value
    assert app.session_state["review.figure"] != first
    assert "待下次发布生效的决定（1）" in said(app)
    assert first not in app.radio(key="review.figure").options


@pytest.mark.parametrize(
    ("reason", "name", "value", "message"),
    [
        ("  ", "绩效科", "88.48%", "请写明理由"),
        ("算过了", " ", "88.48%", "请写复核人"),
        ("算过了", "绩效科", "八十多", "读不出来"),
        ("算过了", "绩效科", "85", "请选采信"),
    ],
)
def test_what_is_incomplete_is_not_recorded_and_stays_as_typed(on, reason, name, value, message):
    app = run("review", figure="f-potou-rate")
    choose(app, "f-potou-rate", "correct")
    app.text_input(key="review.value.f-potou-rate").set_value(value)
    fill(app, "f-potou-rate.correct", reason, name)
    press(app, "记录更正")
    assert message in app.error[0].value
    assert app.text_area(key="review.reason.f-potou-rate.correct").value == reason
    assert not on.reviews.exists()


def test_a_correction_is_recorded_in_the_unit_and_taken_back(on):
    app = run("review", figure="f-potou-rate", lang="en")
    choose(app, "f-potou-rate", "correct")
    app.text_input(key="review.value.f-potou-rate").set_value("88.48%")
    fill(app, "f-potou-rate.correct", "1951 of 2205", "desk two")
    press(app, "Record: correct")
    (made,) = read_decisions(on.reviews)
    assert (made.corrected_value, made.unit, made.expected_value) == (88.48, "percent", 85)

    app = run("review", state="pending", figure="f-potou-rate")
    assert "85% → 88.48%" in said(app) and "1951 of 2205" in said(app)
    fill(app, made.review_id, "原文就是85")
    press(app, "撤销这个决定")
    back = read_decisions(on.reviews)[-1]
    assert (back.action, back.undoes, back.reason) == ("undo", made.review_id, "原文就是85")
    assert "（已撤销）" in said(app)


def test_the_meaning_is_corrected_and_a_later_correction_of_the_value_keeps_it(on):
    app = run("review", figure="f-potou-rate")
    choose(app, "f-potou-rate", "correct")
    app.selectbox(key="review.meaning.programme.f-potou-rate").set_value("elder_care")
    app.text_input(key="review.meaning.fiscal_year.f-potou-rate").set_value("2021")
    fill(app, "f-potou-rate.correct", "见标题")
    press(app, "记录更正")
    (made,) = read_decisions(on.reviews)
    assert json.loads(made.corrected_meaning) == {"fiscal_year": 2021, "programme": "elder_care"}
    assert made.corrected_value is None

    app = run("review", figure="f-potou-rate", state="pending")
    assert "年度：2021" in said(app)
    choose(app, "f-potou-rate", "correct")
    app.text_input(key="review.value.f-potou-rate").set_value("88.48")
    fill(app, "f-potou-rate.correct", "数值也错了")
    press(app, "记录更正")
    made = read_decisions(on.reviews)[-1]
    assert (made.corrected_value, json.loads(made.corrected_meaning)["fiscal_year"]) == (88.48, 2021)


def test_a_meaning_that_breaks_the_contract_is_refused(on):
    app = run("review", figure="f-potou-rate")
    choose(app, "f-potou-rate", "correct")
    app.selectbox(key="review.meaning.measure.f-potou-rate").set_value("budget")
    fill(app, "f-potou-rate.correct", "见标题")
    press(app, "记录更正")
    assert "它不再是一个合约定的数字" in app.error[0].value
    assert "does not fit the measure" in app.error[0].value
    assert not on.reviews.exists()


def test_who_decides_on_what_somebody_else_has_just_decided_on_is_told(on):
    app = run("review", figure="f-potou-rate")
    choose(app, "f-potou-rate", "accept")
    decide(on, "f-potou-rate", "reject", reviewer="other desk", reason="not ours")
    fill(app, "f-potou-rate.accept", "looked it up")
    press(app, "记录采信")
    assert "别人已经对它作了决定" in app.error[0].value
    assert len(read_decisions(on.reviews)) == 1
    assert "other desk" in said(app) and "not ours" in said(app)


def test_a_broken_log_stops_deciding_and_is_named(on):
    on.reviews.write_text("{}\n", encoding="utf-8")
    app = run("review")
    assert not app.exception and "reviews.jsonl, line 1" in app.error[0].value
    assert not app.text_area


def test_a_figure_of_a_link_stays_until_another_list_is_asked_for(on):
    app = run("review", figure="f-liwan-rate")
    assert app.session_state["review.figure"] == "f-liwan-rate" and "97.2%" in said(app)
    app.selectbox(key="review.measure").set_value("standard").run()
    assert app.session_state["review.figure"] == "f-lechang-standard"
    assert "gone" in run("review", figure="gone").warning[0].value


def test_a_reviewer_who_is_logged_in_needs_no_name(on, monkeypatch):
    monkeypatch.setattr("dashboard.review_access.current", lambda: Access("reviewer", reviewer="绩效科"))
    app = run("review", figure="f-potou-rate")
    choose(app, "f-potou-rate", "accept")
    fill(app, "f-potou-rate.accept", "looked it up", None)
    press(app, "记录采信")
    assert read_decisions(on.reviews)[0].reviewer == "绩效科"


HOSTILE = "<img src=x onerror=alert(1)> **粗** [x](javascript:alert(1)) `y`"


def test_hostile_reviewers_and_reports_are_text(on):
    decide(on, "f-potou-rate", "accept", reviewer=HOSTILE, reason=HOSTILE)
    with duckdb.connect(str(on.warehouse)) as release:
        release.execute(
            "update fct_figures set raw = ?, item = ?, indicator = ? where measure like 'indicator%'", [HOSTILE] * 3
        )
        release.execute("update fct_reconciliations set left_label = ?, explanation_zh = ?", [HOSTILE] * 2)
    for parameters in ({}, {"state": "pending"}):
        app = run("review", **parameters)
        assert not app.exception
        assert "<img" not in said(app)
        for label in app.radio(key="review.figure").options:
            assert "<img" not in label.replace("\\<", "") and "](javascript" not in label


# ---- the history ----------------------------------------------------------------------------------------------------


def publish_reviews(home: Path) -> None:
    """The release after a correction and an acceptance that was taken back."""
    fresh = shutil.copyfile(home / "warehouse.duckdb", home / "fresh.duckdb")
    with duckdb.connect(str(fresh)) as release:
        columns = list(fixture_warehouse.COLUMNS["fct_reviews"])
        for row in (
            {"review_id": "r1", "action": "accept", "state": "undone", "reason": "看过", "reviewer": "甲科"},
            {
                "review_id": "r2",
                "action": "undo",
                "state": "undo",
                "reason": "看错了",
                "reviewer": "乙科",
                "undoes": "r1",
            },
            {"review_id": "r3", "action": "correct", "state": "in_force", "reason": HOSTILE, "corrected_value": 858.0},
        ):
            full = {"reviewer": "甲科", "decided_at": f"2026-01-0{row['review_id'][1]} 08:00:00", "unit": "CNY", **row}
            full |= {"figure_id": "f-lechang-standard", "figure_id_then": "f-lechang-standard", "expected_value": 857.0}
            release.execute(
                f"insert into fct_reviews values ({', '.join('?' for _ in columns)})", [full.get(c) for c in columns]
            )
        release.execute(
            "update fct_figures set review_action = 'correct', review_id = 'r3' where figure_id = 'f-lechang-standard'"
        )
    fresh.replace(home / "warehouse.duckdb")


def test_the_evidence_has_the_history_of_reviews(home):
    publish_reviews(home)
    shown = said(run("evidence", figure="f-lechang-standard"))
    for expected in ("复核记录", "857元 → 858元", "已撤销", "看错了", "乙科", "2026-01-03 08:00 UTC", "已更正"):
        assert expected in shown, expected
    assert "<img" not in shown
    assert "复核记录" not in said(run("evidence", figure="f-liwan-rate"))


@pytest.mark.parametrize(
    ("page", "parameters"),
    [
        ("compare", {"dept": "440281-civil_affairs,440100-civil_affairs", "chart": "bar"}),
        ("standards", {"tier": "county"}),
        ("department", {"dept": "440281-civil_affairs"}),
    ],
)
def test_a_corrected_value_is_marked_where_it_is_shown(home, page, parameters):
    assert "已更正" not in said(run(page, **parameters))
    publish_reviews(home)
    shown = said(run(page, **parameters))
    assert "已更正" in shown
    assert page == "department" or "经人工复核更正" in shown


def test_a_decision_in_force_is_taken_back_from_the_page(on):
    made = decide(on, "f-lechang-standard", "accept", reviewer="甲科", reason="看过")
    publish_reviews(on.home)
    with duckdb.connect(str(on.warehouse)) as release:
        release.execute("update fct_reviews set review_id = ? where review_id = 'r3'", [made.review_id])
        release.execute("update fct_figures set review_id = ? where review_id = 'r3'", [made.review_id])
    app = run("review", state="decided")
    assert "现行决定" in said(app)
    fill(app, made.review_id, "再看一遍，不对")
    press(app, "撤销这个决定")
    assert read_decisions(on.reviews)[-1].undoes == made.review_id
    with pytest.raises(Exception, match="already"):
        undo(on, made.review_id, reviewer="乙科", reason="同上")


def test_a_bar_says_that_its_value_is_disputed_or_was_corrected():
    page = SimpleNamespace(words=Words("zh"), reviewed={"f": "correct", "g": "accept"})
    assert layout.doubts(page, True, "f") == [Words("zh")("compare.disputed"), "已更正"]
    assert layout.doubts(page, None, "g") == layout.doubts(page, False, None) == []
