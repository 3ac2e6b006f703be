"""Sends a session's first page in the order in which it is read: the chart before the choices above it and what is below it.

A browser builds what it is sent in one go, and fetches a script for each kind of choice: a chart that comes with six of them
and a long table is seen when all of these are built. And while one piece of an element is still loading, React shows a grey bar
and may let up to half a second pass before it shows several pieces together. So between a session and its browser stands
`Arrival`, which keeps messages of the first page back, twice:

- until `shell`, the invisible first piece, says that it stands: it needs the script that charts need;
- until the first chart says that it is painted. Choices above it are bars of their size till then, so that nothing moves.

A piece says so by asking the server for the address that it was given; dashboard/server.py passes it on. The script that makes
the page waits for none of this.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

if TYPE_CHECKING:
    from starlette.types import Message, Scope, Send

ADDRESS = "/_jixiao/ready/"
#: Seconds after which messages go on without an answer.
PATIENCE = 1.0
#: Choices, and how high each stands in the page: with its label, and without; in rem.
HEIGHTS = {
    "selectbox": (4.25, 2.5),
    "multiselect": (4.25, 2.5),
    "text_input": (4.25, 2.5),
    "button_group": (4.25, 2.0),
    "checkbox": (1.5, 1.5),
}
#: How wide a choice is about that is as wide as its words, in pixels.
WIDTH = 210

_TOKEN = re.compile(re.escape(ADDRESS.encode()) + rb"([\w-]+)")
_expected: dict[str, Arrival] = {}


class _Server:
    listens = False


def listen() -> None:
    """The server of this process passes on what browsers say."""
    _Server.listens = True


def address(what: str, piece: str) -> str:
    """Where a piece of the page says that it stands, relative to the page; `what` is "shell" or "chart".

    The same in every run, so that nothing is drawn anew. Empty for pieces after the session's first of this kind, and where
    nobody would say it: for a client without a browser, a test, a server that is not dashboard/server.py.
    """
    asked: dict[str, tuple[str, str]] = st.session_state.setdefault("arrival", {})
    if what not in asked:
        # Browsers always name where a connection comes from, other clients do not.
        token = secrets.token_urlsafe(12) if _Server.listens and "Origin" in st.context.headers else ""
        asked[what] = (piece, token)
    first, token = asked[what]
    return f".{ADDRESS}{token}" if token and piece == first else ""


async def tell(token: str) -> None:
    """A piece says that it stands; what no connection waits for is nothing."""
    if (waiting := _expected.get(token)) is not None:
        await waiting.go_on(token)


def is_new_session(scope: Scope) -> bool:
    """Whether a connection begins a session: one that continues names it, and its pieces have said that they stand."""
    return not scope["subprotocols"][2:]


class Arrival:
    """What one session sends to its browser, until the first chart is painted; then all is passed on as it comes."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._turn = asyncio.Lock()
        self._kept: list[Message] = []
        self._token = ""
        self._shell_stands = self._over = False
        self._clock: asyncio.TimerHandle | None = None
        self._going: asyncio.Task[None] | None = None

    async def send(self, message: Message) -> None:
        """Pass a message on, now or later."""
        if self._over:
            await self._send(message)
            return
        async with self._turn:
            await self._take(message)

    async def go_on(self, token: str) -> None:
        """A piece stands, or has been waited for long enough."""
        async with self._turn:
            if self._over or token != self._token:
                return
            try:
                await self._next()
            except (OSError, RuntimeError):
                # The browser is gone, which Streamlit hears by itself; whoever says that a piece stands has no part in it.
                self._drop()

    def close(self) -> None:
        """The connection has ended."""
        self._drop()
        if self._going is not None:
            self._going.cancel()

    async def _next(self) -> None:
        self._forget()
        if self._shell_stands:
            await self._end()
            return
        self._shell_stands = True
        # A page without a chart, or one that takes long, shows its choices all the same.
        self._wait_for("")
        kept, self._kept = self._kept, []
        for message in kept:
            await self._take(message)

    async def _take(self, message: Message) -> None:
        data = message.get("bytes")
        if message["type"] == "websocket.close":
            # Nothing can be sent after it.
            await self._end()
        if self._over or data is None:
            await self._send(message)
        elif self._token:
            self._kept.append(message)
        elif found := _TOKEN.search(data):
            # The piece may answer before sending it has returned.
            self._wait_for(found[1].decode())
            await self._send(message)
        elif self._shell_stands:
            await self._take_before_chart(message, ForwardMsg.FromString(data))
        else:
            await self._send(message)

    async def _take_before_chart(self, message: Message, said: ForwardMsg) -> None:
        if said.WhichOneof("type") == "script_finished":
            self._kept.append(message)
            await self._end()
        elif (bar := placeholder(said)) is not None:
            self._kept.append(message)
            await self._send({**message, "bytes": bar.SerializeToString()})
        else:
            await self._send(message)

    async def _end(self) -> None:
        self._forget()
        for message in self._kept:
            await self._send(message)
        self._kept.clear()
        self._over = True

    def _drop(self) -> None:
        self._forget()
        self._kept.clear()
        self._over = True

    def _wait_for(self, token: str) -> None:
        self._forget()
        self._token = token
        if token:
            _expected[token] = self
        self._clock = asyncio.get_running_loop().call_later(PATIENCE, self._ring)

    def _ring(self) -> None:
        self._going = asyncio.ensure_future(self.go_on(self._token))

    def _forget(self) -> None:
        _expected.pop(self._token, None)
        self._token = ""
        if self._clock is not None:
            self._clock.cancel()


def placeholder(said: ForwardMsg) -> ForwardMsg | None:
    """A bar in the size of the choice that a message brings, for its place; None where it brings something else."""
    element = said.delta.new_element
    kind = element.WhichOneof("type")
    if said.WhichOneof("type") != "delta" or kind not in HEIGHTS:
        return None
    bar = ForwardMsg()
    bar.metadata.CopyFrom(said.metadata)
    bar.metadata.cacheable = False
    bar.delta.fragment_id = said.delta.fragment_id
    place = bar.delta.new_element
    place.skeleton.SetInParent()
    choice = getattr(element, kind)
    labelled = choice.label_visibility.value == choice.label_visibility.VISIBLE
    place.height_config.rem_height = HEIGHTS[kind][not labelled]
    place.width_config.CopyFrom(element.width_config)
    if not (element.width_config.pixel_width or element.width_config.use_stretch):
        place.width_config.pixel_width = WIDTH
    return bar
