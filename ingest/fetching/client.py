"""One address asked: retries, redirects, limits, and nothing believed of what the server says of its answer.

Each attempt is a connection of its own. What comes back is a file of at most so many bytes, or a `FetchFailure`.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import certifi
from urllib3 import ProxyManager, exceptions
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.response import BaseHTTPResponse
from urllib3.util import Retry, Timeout, Url, make_headers, parse_url

from ingest.fetching.addresses import AddressError, ForbiddenNetwork, check_host, connect, following, host_of
from ingest.fetching.bodies import CHUNK, Body, save_body, too_large
from ingest.fetching.failures import BY_HAND, FetchFailure, PassingFailure
from ingest.fetching.hosts import Clock, Hosts
from ingest.fetching.proxies import proxy_for, shown_proxy
from ingest.fetching.settings import FetchSettings

OK, UNCHANGED = 200, 304
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PROXY_WANTS_PASSWORD = 407
NOT_THERE = frozenset({404, 410})
# What another try may mend.
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
LONGEST_BACKOFF = 60.0
# What urllib3 unpacks whatever else is installed. Nothing of it is asked for, but some servers do as they please.
_PACKINGS = frozenset({"identity", "gzip", "x-gzip", "deflate"})
_LATER = "Run `jixiao fetch` again later"


@dataclass(frozen=True, slots=True)
class Validators:
    """What an earlier answer can be asked by: the address that gave it, its ETag and its date."""

    address: str
    etag: str | None
    last_modified: str | None

    def headers_for(self, address: str) -> dict[str, str]:
        """The headers of a conditional request; none for another address than the one that gave them."""
        if address != self.address:
            return {}
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered.

    `body` is null unless `status` is 200. `location` is where a redirect leads, as sent. `content_type` is what the server
    says, on which nobody relies.
    """

    status: int
    address: str
    etag: str | None = None
    last_modified: str | None = None
    content_type: str | None = None
    location: str | None = None
    body: Body | None = None


class Client:
    """Shared by the threads of one run. `folder` is where bodies are written."""

    def __init__(self, settings: FetchSettings, hosts: Hosts, folder: Path) -> None:
        self.settings, self.hosts, self.folder = settings, hosts, folder
        self._trust = ssl.create_default_context()
        if not self._trust.cert_store_stats()["x509_ca"]:
            # A system without authorities of its own, as small containers are.
            self._trust.load_verify_locations(certifi.where())

    def get(
        self,
        address: str,
        clock: Clock,
        *,
        validators: Validators | None = None,
        check: Callable[[str], None] = lambda address: None,
        cut_at: int | None = None,
    ) -> Answer:
        """The answer at the end of the redirects: 200 or, with validators, 304.

        `check` is called with each address before it is asked. With `cut_at`, what is longer is cut; without, what is
        longer than the settings' `max_bytes` is a failure. Raises FetchFailure and Stopped.
        """
        seen = [address]
        while True:
            began = time.monotonic()
            check(address)
            # What the host's robots.txt takes is not the document's time.
            clock.give_back(time.monotonic() - began)
            headers = validators.headers_for(address) if validators else {}
            answer = self._tried(address, headers, clock, cut_at)
            if answer.status not in REDIRECTS:
                return answer
            try:
                address = following(address, answer.location or "")
            except AddressError as error:
                raise FetchFailure(
                    "bad_redirect", f"the server sends on to no address: {error}", _by_browser()
                ) from error
            if address in seen:
                raise FetchFailure("redirect_loop", "the server sends on in a circle", _by_browser())
            seen.append(address)
            if len(seen) > self.settings.redirects + 1:
                raise FetchFailure(
                    "redirect_loop", f"the server sends on more than {self.settings.redirects} times", _by_browser()
                )

    def _tried(self, address: str, headers: dict[str, str], clock: Clock, cut_at: int | None) -> Answer:
        """The answer of one address, after as many tries as it takes."""
        retries = Retry(
            total=self.settings.retries,
            backoff_factor=self.settings.backoff,
            backoff_max=LONGEST_BACKOFF,
            backoff_jitter=self.settings.backoff / 2,
        )
        while True:
            try:
                with self.hosts.turn(host_of(address), clock):
                    return self._attempt(address, headers, clock, cut_at)
            except PassingFailure as failure:
                try:
                    retries = retries.increment("GET", address, error=failure)
                except exceptions.MaxRetryError:
                    raise failure from None
                wait = retries.get_backoff_time() if failure.wait is None else failure.wait
                if wait >= clock.left:
                    asked = f" and asks to wait {failure.wait:.0f} seconds" if failure.wait is not None else ""
                    raise FetchFailure(failure.cause, f"{failure.message}{asked}", failure.remedy) from failure
                self.hosts.wait(wait)

    def _attempt(self, address: str, headers: dict[str, str], clock: Clock, cut_at: int | None) -> Answer:
        url = parse_url(address)
        with self.hosts.watched(clock) as watch, self._asking(url, watch) as ask:
            try:
                response = ask(
                    "GET",
                    headers=headers
                    | {"User-Agent": self.settings.agent, "Accept": "*/*", "Accept-Encoding": "identity"},
                    redirect=False,
                    retries=False,
                    preload_content=False,
                    timeout=Timeout(
                        connect=min(self.settings.connect, clock.left), read=min(self.settings.silence, clock.left)
                    ),
                )
                return self._read(address, response, bool(headers), cut_at)
            except exceptions.HTTPError as error:
                raise _failure(url, error) from error

    @contextmanager
    def _asking(self, url: Url, watch: Callable[[socket.socket], None]) -> Iterator[Callable[..., BaseHTTPResponse]]:
        """The means of one attempt: one connection, watched, to a network that is allowed or to the proxy set for it."""
        proxy = proxy_for(url)
        if proxy is not None:
            try:
                check_host(url.host, self.settings.allows_private)
            except ForbiddenNetwork as error:
                raise _failure(url, error) from error
            with self._through(proxy, watch) as manager:
                yield partial(manager.urlopen, url=url.url)
            return
        kind, own = (_SecurePool, {"ssl_context": self._trust}) if url.scheme == "https" else (_Pool, {})
        with kind(
            url.host,
            url.port,
            maxsize=1,
            block=True,
            allows_private=self.settings.allows_private,
            watch=watch,
            **own,
        ) as pool:
            yield partial(pool.urlopen, url=url.request_uri)

    def _through(self, proxy: Url, watch: Callable[[socket.socket], None]) -> ProxyManager:
        """The proxy, whose own address the operator set, so that it may be in any network."""
        headers = make_headers(proxy_basic_auth=proxy.auth) if proxy.auth else None
        manager = ProxyManager(
            proxy._replace(auth=None).url,
            num_pools=1,
            maxsize=1,
            block=True,
            proxy_headers=headers,
            ssl_context=self._trust,
            proxy_ssl_context=self._trust,
        )
        pools = {"http": _Pool, "https": _SecurePool}
        manager.pool_classes_by_scheme = {
            scheme: partial(kind, allows_private=True, watch=watch) for scheme, kind in pools.items()
        }
        return manager

    def _read(self, address: str, response: BaseHTTPResponse, is_conditional: bool, cut_at: int | None) -> Answer:
        status = response.status
        answer = Answer(
            status,
            address,
            etag=response.headers.get("ETag"),
            last_modified=response.headers.get("Last-Modified"),
            content_type=response.headers.get("Content-Type"),
            location=response.headers.get("Location"),
        )
        if status in REDIRECTS or (status == UNCHANGED and is_conditional):
            return answer
        if status != OK:
            raise _refusal(response)
        if unknown := _packings(response) - _PACKINGS:
            raise _undecodable(f"it is packed as {', '.join(sorted(unknown))}, which nobody asked for")
        most = self.settings.max_bytes if cut_at is None else cut_at
        said = response.headers.get("Content-Length", "")
        if cut_at is None and said.isdigit() and int(said[:20]) > most:
            raise too_large(most)
        # Read as it comes: a read that waits for a full chunk would wait as long as a trickle lasts.
        chunks = iter(lambda: response.read1(CHUNK, decode_content=True), b"")
        return replace(answer, body=save_body(chunks, self.folder, most, is_cut=cut_at is not None))


class _Guarded:
    """A connection that looks its host up itself, so that what was checked is what is connected to."""

    def __init__(
        self, *arguments: object, allows_private: bool, watch: Callable[[socket.socket], None], **named: object
    ) -> None:
        super().__init__(*arguments, **named)
        self._allows_private, self._watch = allows_private, watch

    # The hook by which urllib3's own support of SOCKS, too, decides what is connected to.
    def _new_conn(self) -> socket.socket:
        try:
            opened = connect(self.host, self.port, self.timeout, self.socket_options or (), self._allows_private)
        except socket.gaierror as error:
            raise exceptions.NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise exceptions.ConnectTimeoutError(self, "no answer to the attempt to connect") from error
        except OSError as error:
            raise exceptions.NewConnectionError(self, str(error.strerror or error)) from error
        self._watch(opened)
        return opened


class _Connection(_Guarded, HTTPConnection):
    pass


class _SecureConnection(_Guarded, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


def _refusal(response: BaseHTTPResponse) -> FetchFailure:
    """What an answer means that is neither the document nor the way to it."""
    status = response.status
    said = f"the server answered {status} {http.client.responses.get(status, '')}".rstrip()
    if status in PASSING:
        return PassingFailure("busy" if status == 429 else "server_error", said, _LATER, wait=_asked_wait(response))
    if status == PROXY_WANTS_PASSWORD:
        return FetchFailure(
            "proxy",
            f"{said}: the proxy wants a name and a password",
            "Write them into HTTP_PROXY and HTTPS_PROXY: http://name:password@host:port",
        )
    if status in NOT_THERE:
        return FetchFailure(
            "address_gone",
            said,
            "Look for its new address; what was fetched before stays until the row is removed from the list",
        )
    return FetchFailure("refused", said, _by_browser())


def _packings(response: BaseHTTPResponse) -> set[str]:
    """The codes of the header Content-Encoding."""
    return {code.strip().lower() for code in response.headers.get("Content-Encoding", "").split(",")} - {""}


def _undecodable(message: str) -> FetchFailure:
    return FetchFailure("undecodable", message, _by_browser())


def _asked_wait(response: BaseHTTPResponse) -> float | None:
    """The seconds that Retry-After asks for, in whichever of its forms; null without one that can be read."""
    try:
        return Retry().get_retry_after(response)
    except (exceptions.InvalidHeader, ValueError, OverflowError):
        return None


def _failure(url: Url, error: Exception) -> FetchFailure:
    """What an exception on the way to an answer means."""
    if isinstance(error, exceptions.ProxyError):
        return _no_proxy(proxy_for(url), error)
    if isinstance(error.__cause__, http.client.IncompleteRead):
        error = error.__cause__
    return next(make for kind, make in _MEANINGS if isinstance(error, kind))(url.host, error)


def _no_proxy(proxy: Url | None, error: Exception) -> FetchFailure:
    said = error.args[1] if len(error.args) > 1 else error
    return PassingFailure(
        "proxy",
        f"the proxy {shown_proxy(proxy)} did not let the request through ({said})",
        "Check HTTP_PROXY and HTTPS_PROXY, or name the host in NO_PROXY",
    )


def _insecure(host: str, error: Exception) -> FetchFailure:
    """A certificate that does not prove who answers is not accepted, and asking again does not make it better."""
    reason = getattr(error.args[0], "verify_message", None) or getattr(error.args[0], "reason", None) or error.args[0]
    return FetchFailure("tls", f"{host} has no safe connection to offer ({reason})", _by_browser())


def _by_browser() -> str:
    return f"Open it in a browser, and {BY_HAND}"


# The first that fits: what was raised, and what it means.
_MEANINGS: tuple[tuple[type[Exception], Callable[[str, Exception], FetchFailure]], ...] = (
    (
        ForbiddenNetwork,
        lambda host, error: FetchFailure(
            "private_network",
            f"{host} leads to {error}, which is not on the open internet"
            if str(error) != host
            else f"{host} is not on the open internet",
            "Set JIXIAO_FETCH_PRIVATE=1 if the list is trusted to name addresses of your own network",
        ),
    ),
    (
        exceptions.NameResolutionError,
        lambda host, error: PassingFailure(
            "unknown_host", f"the name {host} leads nowhere", f"Check the address. {_LATER}"
        ),
    ),
    (
        (exceptions.ConnectTimeoutError, exceptions.NewConnectionError),
        lambda host, error: PassingFailure("unreachable", f"{host} does not accept a connection", _LATER),
    ),
    (exceptions.SSLError, _insecure),
    (
        exceptions.TimeoutError,
        lambda host, error: PassingFailure("silent", f"{host} stopped answering", _LATER),
    ),
    (
        http.client.IncompleteRead,
        lambda host, error: PassingFailure("truncated", "the connection ended before the document did", _LATER),
    ),
    (
        exceptions.DecodeError,
        lambda host, error: _undecodable("it is not packed in the way that the server says"),
    ),
    (
        Exception,
        lambda host, error: PassingFailure("no_http", f"{host} gave no answer that can be read", _LATER),
    ),
)
