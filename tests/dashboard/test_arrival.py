"""Waiting for a piece of the page to stand: who is asked, when it ends, and that nobody else waits."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace

import pytest

from dashboard import arrival


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A session of a browser at a server that passes on what browsers say."""
    found = SimpleNamespace(session_state={}, context=SimpleNamespace(headers={"Origin": "http://127.0.0.1:8501"}))
    monkeypatch.setattr(arrival, "st", found)
    monkeypatch.setattr(arrival._Server, "listens", True)
    monkeypatch.setattr(arrival, "_waiting", {})
    return found


def test_the_first_piece_of_a_kind_is_asked_and_in_every_run_by_the_same_address(session: SimpleNamespace) -> None:
    first = arrival.address("chart", "compare-score")
    assert first.startswith(f".{arrival.ADDRESS}") and len(first) > len(arrival.ADDRESS) + 10
    assert arrival.address("chart", "compare-score") == first
    assert arrival.address("chart", "funding-totals") == ""
    assert arrival.address("shell", "shell") not in ("", first)


def test_clients_without_a_browser_and_other_servers_are_not_asked(
    session: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.context.headers = {}
    assert arrival.address("shell", "shell") == ""
    session.context.headers, session.session_state = {"Origin": "http://127.0.0.1:8501"}, {}
    monkeypatch.setattr(arrival._Server, "listens", False)
    assert arrival.address("shell", "shell") == ""
    assert arrival._waiting == {}
    arrival.wait("")


def test_a_page_goes_on_when_its_piece_stands_and_never_waits_for_it_again(
    session: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrival, "PATIENCE", 60)
    place = arrival.address("shell", "shell")
    gone_on = threading.Event()
    page = threading.Thread(target=lambda: (arrival.wait(place), gone_on.set()), daemon=True)
    page.start()
    assert not gone_on.wait(0.05)
    arrival.tell("somebody else's")
    assert not gone_on.wait(0.05)
    arrival.tell(place.rpartition(arrival.ADDRESS)[2])
    assert gone_on.wait(10)
    began = time.monotonic()
    arrival.wait(arrival.address("shell", "shell"))
    assert time.monotonic() - began < 30
    assert arrival._waiting == {}


def test_a_page_goes_on_without_an_answer(session: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrival, "PATIENCE", 0.01)
    arrival.wait(arrival.address("chart", "compare-score"))
    assert arrival._waiting == {}
    arrival.tell("late")
