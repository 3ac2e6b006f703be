"""A site on loopback and a list of sources, of each test's own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from misbehaving_site import Fetching, Handler, Site


@pytest.fixture
def site() -> Iterator[Site]:
    """A site that listens on every loopback address."""
    site = Site()
    server = ThreadingHTTPServer(("", 0), type("OwnHandler", (Handler,), {"site": site}))
    server.daemon_threads = True
    server.block_on_close = False
    site.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield site
    site.closing.set()
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy but those that a test sets."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "request_method"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def fetching(tmp_path: Path) -> Fetching:
    """A list and a record of the test's own."""
    folder = tmp_path / "lists"
    folder.mkdir()
    return Fetching(folder)
