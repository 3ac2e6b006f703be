"""The server: what it answers itself, and that it answers nothing else."""

from __future__ import annotations

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import streamlit as st

from dashboard import arrival
from dashboard.server import CHARTS_NEED, STATIC, FromMemory, frame, pieces


@pytest.fixture
def static(tmp_path: Path) -> Path:
    """A small stand-in for Streamlit's own files."""
    scripts = tmp_path / "static" / "js"
    scripts.mkdir(parents=True)
    (tmp_path / "index.html").write_text(
        '<html><head><link rel="preload" href="./static/media/own.woff2" as="font" crossorigin/><script type="module" src="./static/js/index.A1.js"></script></head><body></body></html>'
    )
    (scripts / "index.A1.js").write_text("start()")
    (scripts / "BidiComponent.B2.js").write_text('import{a}from"./shared.C3.js";import"./index.A1.js";a()')
    (scripts / "shared.C3.js").write_text("import{b}from`./deep.D4.js`;const later=()=>import(`./rare.E5.js`)")
    (scripts / "deep.D4.js").write_text('import{a}from"./shared.C3.js"')
    (scripts / "rare.E5.js").write_text("")
    return tmp_path


def ask(app: FromMemory, path: str, method: str = "GET", kind: str = "http", **more: object) -> list[dict]:
    """The messages that a request is answered with."""
    sent: list[dict] = []

    async def send(message: dict) -> None:
        sent.append(message)

    # In a thread of its own: where browser tests ran before, Playwright's loop still runs in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(
            asyncio.run,
            app({"type": kind, "method": method, "path": path, "headers": [], "subprotocols": []} | more, None, send),
        ).result()
    return sent


async def streamlit(scope: dict, receive: object, send: object) -> None:
    """In Streamlit's place: says that it was asked."""
    await send({"type": "streamlit", "path": scope["path"]})


def test_a_piece_comes_with_all_that_it_imports_but_not_with_what_it_may_load_later(static: Path) -> None:
    scripts = static / "static" / "js"
    assert pieces(scripts, "BidiComponent") == ["BidiComponent.B2.js", "shared.C3.js", "index.A1.js", "deep.D4.js"]
    assert pieces(scripts, "Renamed") == []


def test_the_frame_says_where_the_server_is_first_and_names_each_piece_once(static: Path) -> None:
    page = frame(static).decode()
    assert page.index("BACKEND_BASE_URL") < page.index("index.A1.js")
    assert re.findall(r'modulepreload" crossorigin href="([^"]+)"', page) == [
        "./static/js/BidiComponent.B2.js",
        "./static/js/shared.C3.js",
        "./static/js/deep.D4.js",
    ]


def test_the_frame_has_the_products_name_and_language_before_any_script(static: Path) -> None:
    page = frame(STATIC).decode()
    assert "<title>绩效 Jixiao</title>" in page and "<title>Streamlit" not in page
    assert '<html lang="zh-CN">' in page


def test_the_frame_names_our_typefaces_and_does_not_fetch_streamlits(static: Path) -> None:
    page = frame(static).decode()
    assert "own.woff2" not in page and f'"bodyFont": {json.dumps(st.get_option("theme.font"))}' in page
    assert 'as="font"' not in frame(STATIC).decode()


def test_the_frame_says_what_streamlit_would_ask_first_but_not_to_who_is_logged_in(static: Path) -> None:
    app = FromMemory(streamlit, static)
    asked = re.search(r'"HOST_CONFIG": ({.*?})}', ask(app, "/compare")[1]["body"].decode())
    assert asked is not None
    assert json.loads(asked[1]) == {
        "allowedOrigins": st.get_option("client.allowedOrigins"),
        "useExternalAuthToken": False,
    }
    logged_in = [(b"host", b"localhost"), (b"cookie", b"a=b; _streamlit_user=signed")]
    assert b"HOST_CONFIG" not in ask(app, "/compare", headers=logged_in)[1]["body"]


def test_only_what_a_new_session_sends_goes_through_the_order_of_arrival(
    static: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[object] = []

    class Passing(arrival.Arrival):
        def __init__(self, send: object) -> None:
            super().__init__(send)
            begun.append(self)

    monkeypatch.setattr(arrival, "Arrival", Passing)
    app = FromMemory(streamlit, static)
    path = "/_stcore/stream"
    continued = ["streamlit", "token", "the session before"]
    assert ask(app, path, kind="websocket", subprotocols=continued) == [{"type": "streamlit", "path": path}]
    assert begun == []
    assert ask(app, path, kind="websocket", subprotocols=continued[:2]) == [{"type": "streamlit", "path": path}]
    assert len(begun) == 1 and begun[0]._over


def test_a_frame_without_a_head_is_refused_with_its_place(static: Path) -> None:
    (static / "index.html").write_text("<html><body></body></html>")
    with pytest.raises(ValueError, match=re.escape(str(static / "index.html"))):
        frame(static)


def test_the_installed_streamlit_has_the_piece_that_charts_need() -> None:
    for name in CHARTS_NEED:
        needed = pieces(STATIC / "static" / "js", name)
        assert needed and needed[0].startswith(f"{name}.")
        assert all((STATIC / "static" / "js" / piece).is_file() for piece in needed)
        assert needed[0] in frame(STATIC).decode()


def test_pages_and_streamlits_files_are_answered_and_all_else_is_passed_on(static: Path) -> None:
    app = FromMemory(streamlit, static)
    for page in ("/", "/compare", "/evidence"):
        start, body = ask(app, page)
        assert dict(start["headers"])[b"cache-control"] == b"no-cache"
        assert body["body"] == frame(static)
    start, body = ask(app, "/static/js/shared.C3.js")
    headers = dict(start["headers"])
    assert body["body"] == (static / "static" / "js" / "shared.C3.js").read_bytes()
    assert int(headers[b"content-length"]) == len(body["body"])
    assert b"javascript" in headers[b"content-type"] and b"immutable" in headers[b"cache-control"]
    for path in (
        "/_stcore/health",
        "/nowhere",
        "/static/js/../../index.html",
        "/index.html",
        "/compare/_stcore/health",
    ):
        assert ask(app, path) == [{"type": "streamlit", "path": path}]
    assert ask(app, "/compare", method="POST")[0]["type"] == "streamlit"
    assert ask(app, "/compare", kind="websocket")[0]["type"] == "streamlit"


def test_what_a_piece_of_the_page_says_is_passed_on(static: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []

    async def hear(token: str) -> None:
        heard.append(token)

    monkeypatch.setattr(arrival, "tell", hear)
    app = FromMemory(streamlit, static)
    for path in (f"{arrival.ADDRESS}token", f"/below/a/path{arrival.ADDRESS}other"):
        start, _ = ask(app, path)
        assert start["status"] == 200 and dict(start["headers"])[b"cache-control"] == b"no-store"
    assert heard == ["token", "other"]
