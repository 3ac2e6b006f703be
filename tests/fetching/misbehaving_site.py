"""A web site on loopback that behaves as badly as a test asks it to, and runs of fetching against it."""

from __future__ import annotations

import csv
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from ingest.fetching.record import Known, open_record, read_known
from ingest.fetching.run import FetchSummary, fetch_lists
from ingest.fetching.settings import FetchSettings

Page = Callable[["Handler"], None]

# Short enough for a test, long enough for a busy machine.
QUICK = FetchSettings(
    agent="jixiao-tests/1.0",
    delay=0,
    seconds=20,
    allows_private=True,
    connect=5,
    silence=5,
    retries=2,
    backoff=0.01,
)


@dataclass(frozen=True)
class Request:
    """What the site was asked, when, and how many requests it was serving then."""

    path: str
    headers: dict[str, str]
    at: float
    host: str


@dataclass
class Site:
    """Pages by path; what has none is a 404. `requests` are all that came, in order."""

    pages: dict[str, Page] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    port: int = 0
    most_at_once: int = 0
    # Set at the end of a test, so that a page that waits goes home.
    closing: threading.Event = field(default_factory=threading.Event)

    def address(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a page."""
        return f"http://{host}:{self.port}{path}"

    def serve(self, path: str, *answers: bytes | Page) -> str:
        """Answer each request of the path with the next of the answers, and go on with the last. Returns the address."""
        left = list(answers)

        def page(handler: Handler) -> None:
            answer = left.pop(0) if len(left) > 1 else left[0]
            handler.answer(answer) if isinstance(answer, bytes) else answer(handler)

        self.pages[path] = page
        return self.address(path)

    def asked(self, path: str) -> list[Request]:
        """The requests of a path."""
        return [request for request in self.requests if request.path == path]


class Handler(BaseHTTPRequestHandler):
    """One request; the server's `site` says how to answer it."""

    protocol_version = "HTTP/1.1"
    site: Site
    _lock = threading.Lock()
    _at_once = 0

    def do_GET(self) -> None:
        """Write the request down and let its page answer."""
        with self._lock:
            type(self)._at_once += 1
            self.site.most_at_once = max(self.site.most_at_once, self._at_once)
            host = self.headers.get("Host", "").partition(":")[0]
            self.site.requests.append(Request(self.path, dict(self.headers), time.monotonic(), host))
        try:
            page = self.site.pages.get(self.path)
            if page:
                page(self)
            else:
                self.answer(b"", 404)
        except OSError:
            self.close_connection = True
        finally:
            with self._lock:
                type(self)._at_once -= 1

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        """A whole answer; header names are written with underscores."""
        self.start(status, **{"Content_Length": str(len(body))} | headers)
        self.wfile.write(body)

    def start(self, status: int = 200, **headers: str) -> None:
        """The head of an answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@dataclass
class Fetching:
    """A list in a folder of its own, and runs over it."""

    folder: Path
    settings: FetchSettings = QUICK
    name: str = "sources.csv"
    summary: FetchSummary = field(default_factory=FetchSummary)

    @property
    def list(self) -> Path:
        """The list."""
        return self.folder / self.name

    def write(self, *rows: dict[str, str] | str) -> None:
        """Write the list; a row that is a text is an address alone."""
        records = [{"address": row} if isinstance(row, str) else row for row in rows]
        columns = ["address", *dict.fromkeys(name for row in records for name in row if name != "address")]
        with self.list.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns, restval="")
            writer.writeheader()
            writer.writerows(records)

    def run(self, *rows: dict[str, str] | str, **settings: object) -> dict[str, Known]:
        """Fetch the list (these rows, or what was written); what is known afterwards, by the address as given."""
        if rows:
            self.write(*rows)
        with open_record(self.folder / "fetched") as record:
            self.summary = fetch_lists(
                [(self.list, self.name)], record, replace(self.settings, **settings) if settings else self.settings
            )
        return self.known()

    def known(self) -> dict[str, Known]:
        """What the record holds, by the address as the list gives it."""
        return {known.address: known for known in (read_known(self.folder / "fetched") or {}).values()}

    def versions(self, address: str) -> list[str]:
        """The hashes of all versions of an address, the first first."""
        with open_record(self.folder / "fetched") as record:
            return record.history(self.known()[address].key)
