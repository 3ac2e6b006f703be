"""The order in which a session's first page is sent: what is kept back, what stands in its place, and when all goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.LabelVisibility_pb2 import LabelVisibility

from dashboard import arrival
from dashboard.arrival import ADDRESS, Arrival, placeholder


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A session of a browser at a server that passes on what browsers say."""
    found = SimpleNamespace(session_state={}, context=SimpleNamespace(headers={"Origin": "http://127.0.0.1:8501"}))
    monkeypatch.setattr(arrival, "st", found)
    monkeypatch.setattr(arrival._Server, "listens", True)
    return found


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's patience ends in a test that is not about that."""
    monkeypatch.setattr(arrival, "PATIENCE", 60)


def run(test: Coroutine[None, None, None]) -> None:
    """In a thread of its own: where browser tests ran before, Playwright's loop still runs in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, test).result()


class Browser:
    """What arrives: a name for each message, and those of choices' places."""

    def __init__(self) -> None:
        self.got: list[str] = []
        self.arrival = Arrival(self._receive)

    async def _receive(self, message: dict) -> None:
        if "bytes" not in message:
            self.got.append(message["type"])
            return
        said = ForwardMsg.FromString(message["bytes"])
        kind = said.WhichOneof("type")
        self.got.append(said.delta.new_element.WhichOneof("type") if kind == "delta" else kind)

    async def send(self, *messages: ForwardMsg) -> None:
        for message in messages:
            await self.arrival.send({"type": "websocket.send", "bytes": message.SerializeToString()})


def element(kind: str, **fields: object) -> ForwardMsg:
    message = ForwardMsg()
    message.metadata.delta_path.extend([0, 3])
    getattr(message.delta.new_element, kind).SetInParent()
    for name, value in fields.items():
        setattr(getattr(message.delta.new_element, kind), name, value)
    return message


def piece(token: str) -> ForwardMsg:
    return element("bidi_component", json=f'{{"ready": ".{ADDRESS}{token}"}}')


def finished() -> ForwardMsg:
    return ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)


def test_the_first_piece_of_a_kind_is_asked_and_in_every_run_by_the_same_address(session: SimpleNamespace) -> None:
    first = arrival.address("chart", "compare-score")
    assert first.startswith(f".{ADDRESS}") and len(first) > len(ADDRESS) + 10
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


def test_the_chart_comes_before_the_choices_above_it_and_what_is_below_it() -> None:
    async def test() -> None:
        browser = Browser()
        await browser.send(ForwardMsg(session_status_changed={}), piece("shell"))
        await browser.send(element("heading"), element("selectbox"), piece("chart"), element("html"), finished())
        assert browser.got == ["session_status_changed", "bidi_component"]
        await arrival.tell("somebody else's")
        await arrival.tell("chart")
        assert len(browser.got) == 2
        await arrival.tell("shell")
        assert browser.got[2:] == ["heading", "skeleton", "bidi_component"]
        await arrival.tell("chart")
        assert browser.got[5:] == ["selectbox", "html", "script_finished"]
        await browser.send(element("checkbox"))
        assert browser.got[8:] == ["checkbox"]
        assert arrival._expected == {}

    run(test())


def test_a_page_without_a_chart_shows_its_choices_when_it_is_whole() -> None:
    async def test() -> None:
        browser = Browser()
        await browser.send(piece("shell"))
        await arrival.tell("shell")
        await browser.send(element("text_input"), element("html"))
        assert browser.got[1:] == ["skeleton", "html"]
        await browser.send(finished())
        assert browser.got[3:] == ["text_input", "script_finished"]

    run(test())


@pytest.mark.parametrize("stands", [[], ["shell"], ["shell", "chart"]])
def test_everything_comes_without_an_answer(monkeypatch: pytest.MonkeyPatch, stands: list[str]) -> None:
    monkeypatch.setattr(arrival, "PATIENCE", 0.01)

    async def test() -> None:
        browser = Browser()
        await browser.send(piece("shell"), element("selectbox"))
        for token in stands[:1]:
            await arrival.tell(token)
        if "chart" in stands:
            await browser.send(piece("chart"), element("html"))
        while "selectbox" not in browser.got:
            await asyncio.sleep(0.01)
        assert ("html" in browser.got) == ("chart" in stands)
        assert arrival._expected == {}

    run(test())


def test_what_is_no_message_and_what_comes_for_a_client_that_is_not_asked_is_passed_on() -> None:
    async def test() -> None:
        browser = Browser()
        await browser.arrival.send({"type": "websocket.accept"})
        await browser.send(element("bidi_component"), element("selectbox"), finished())
        assert browser.got == ["websocket.accept", "bidi_component", "selectbox", "script_finished"]

    run(test())


def test_a_connection_that_ends_is_waited_for_no_more() -> None:
    async def test() -> None:
        browser = Browser()
        await browser.send(piece("shell"), element("selectbox"))
        browser.arrival.close()
        await arrival.tell("shell")
        await browser.arrival.go_on("")
        assert browser.got == ["bidi_component"]
        assert browser.arrival._kept == [] and arrival._expected == {}

    run(test())


def test_a_piece_that_answers_while_it_is_still_being_sent_is_heard() -> None:
    async def test() -> None:
        browser = Browser()
        answers: list[asyncio.Task[None]] = []

        async def receive(message: dict) -> None:
            await browser._receive(message)
            if (found := arrival._TOKEN.search(message["bytes"])) is not None:
                answers.append(asyncio.create_task(arrival.tell(found[1].decode())))
                await asyncio.sleep(0)

        browser.arrival = Arrival(receive)
        await browser.send(piece("shell"), element("selectbox"), piece("chart"), element("html"), finished())
        await asyncio.gather(*answers)
        assert browser.got[-2:] == ["html", "script_finished"]

    run(test())


def test_what_was_kept_goes_before_the_end_of_the_connection() -> None:
    async def test() -> None:
        browser = Browser()
        await browser.send(piece("shell"), element("selectbox"))
        await browser.arrival.send({"type": "websocket.close"})
        await arrival.tell("shell")
        assert browser.got == ["bidi_component", "selectbox", "websocket.close"]

    run(test())


@pytest.mark.parametrize("error", [OSError, RuntimeError])
@pytest.mark.parametrize("shell_stands", [False, True])
def test_an_answer_for_a_browser_that_is_gone_ends_the_order_and_fails_nobody(
    error: type[Exception], shell_stands: bool
) -> None:
    async def test() -> None:
        browser = Browser()
        gone = False

        async def receive(message: dict) -> None:
            if gone:
                raise error
            await browser._receive(message)

        browser.arrival = Arrival(receive)
        await browser.send(piece("shell"))
        if shell_stands:
            await arrival.tell("shell")
            await browser.send(piece("chart"))
        await browser.send(element("html"))
        gone = True
        await arrival.tell("chart" if shell_stands else "shell")
        assert browser.arrival._over and browser.arrival._kept == [] and arrival._expected == {}
        with pytest.raises(error):
            await browser.send(element("html"))

    run(test())


def test_a_connection_that_ends_stops_what_goes_on_without_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrival, "PATIENCE", 0.01)

    async def test() -> None:
        browser = Browser()
        slow = asyncio.Event()

        async def receive(message: dict) -> None:
            await browser._receive(message)
            if browser.got[-1] == "html":
                slow.set()
                await asyncio.sleep(60)

        browser.arrival = Arrival(receive)
        await browser.send(piece("shell"), element("html"), element("heading"))
        await slow.wait()
        going = browser.arrival._going
        browser.arrival.close()
        assert going is not None
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(going, 5)
        assert browser.got == ["bidi_component", "html"]
        assert browser.arrival._kept == [] and arrival._expected == {}

    run(test())


def test_a_choice_is_held_by_a_bar_of_its_size_in_its_place() -> None:
    choice = element("selectbox")
    choice.metadata.cacheable, choice.hash = True, "kept"
    choice.delta.fragment_id = "part"
    choice.delta.new_element.width_config.pixel_width = 190
    bar = placeholder(choice)
    assert bar is not None and not bar.metadata.cacheable and not bar.hash
    assert list(bar.metadata.delta_path) == [0, 3] and bar.delta.fragment_id == "part"
    assert bar.delta.new_element.width_config.pixel_width == 190
    assert bar.delta.new_element.height_config.rem_height == 4.25

    switch = element("button_group")
    switch.delta.new_element.button_group.label_visibility.value = LabelVisibility.COLLAPSED
    switch.delta.new_element.width_config.use_content = True
    bar = placeholder(switch)
    assert bar is not None and bar.delta.new_element.height_config.rem_height == 2.0
    assert bar.delta.new_element.width_config.pixel_width == arrival.WIDTH

    assert placeholder(element("html")) is None and placeholder(finished()) is None
