"""Sends a session's first page in the order in which it is read: waits for the browser before what would hold up the chart.

Streamlit's page shows a grey bar for an element whose script is still loading, and then lets up to half a second pass before
it shows several at once (React's throttle of such changes). And what arrives together is built together: a chart that comes
with a long table is seen when the table is. So in its first run a session waits twice, each time for a piece of the page
to say that it stands: for the invisible `shell`, which needs the script that charts need, and for the first chart, before
what is below it. The piece asks the server for the address that it was given, and dashboard/server.py passes it on.
"""

from __future__ import annotations

import secrets
import threading

import streamlit as st

ADDRESS = "/_jixiao/ready/"
#: Seconds after which a page goes on without an answer: about what waiting saves.
PATIENCE = 0.5

_waiting: dict[str, threading.Event] = {}


class _Server:
    listens = False


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
        if token:
            _waiting[token] = threading.Event()
    first, token = asked[what]
    return f".{ADDRESS}{token}" if token and piece == first else ""


def wait(place: str) -> None:
    """Wait for the piece that was given this address, at most for PATIENCE; at once where it has been waited for."""
    token = place.rpartition(ADDRESS)[2]
    if (standing := _waiting.get(token)) is not None:
        standing.wait(PATIENCE)
        _waiting.pop(token, None)


def tell(token: str) -> None:
    """A piece says that it stands; what no session waits for is nothing."""
    if (standing := _waiting.get(token)) is not None:
        standing.set()


def listen() -> None:
    """The server of this process passes on what browsers say."""
    _Server.listens = True
