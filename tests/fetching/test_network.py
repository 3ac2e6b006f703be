"""Where an address may lead: never into a private network, whatever a name or a redirect says, and never past a certificate."""

from __future__ import annotations

import contextlib
import shutil
import socket
import ssl
import subprocess
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from misbehaving_site import Fetching, Handler, Request, Site

from ingest.fetching import addresses
from ingest.fetching.addresses import is_public

REPORT = "甲县民政局2023年度部门整体支出绩效自评报告\n".encode()


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
    ],
)
def test_a_private_address_is_told_however_it_is_packed(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_a_public_address_is_told(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "0"])
def test_no_private_address_is_asked_unless_it_is_allowed(site: Site, fetching: Fetching, host: str) -> None:
    address = site.serve("/a", REPORT).replace("127.0.0.1", host)
    known = fetching.run(address, allows_private=False)[address]
    # A system may not know some of these spellings at all.
    assert known.cause in ("private_network", "unknown_host")
    assert not site.requests


@pytest.fixture
def only_one_is_public(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the loopback addresses, which all reach the site, 127.0.0.1 alone counts as public."""
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1")


@pytest.mark.usefixtures("only_one_is_public")
def test_a_redirect_leads_into_no_private_network(site: Site, fetching: Fetching) -> None:
    secret = site.serve("/secret", REPORT).replace("127.0.0.1", "127.0.0.2")
    address = site.serve("/a", lambda handler: handler.answer(b"", 302, Location=secret))
    known = fetching.run(address, allows_private=False)[address]
    assert known.cause == "private_network"
    assert "JIXIAO_FETCH_PRIVATE" in known.remedy
    assert not site.asked("/secret")


@pytest.mark.usefixtures("only_one_is_public")
def test_a_name_that_changes_its_mind_is_looked_up_once(
    site: Site, fetching: Fetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The name is public at every first look and private at every second, as in an attack by rebinding.
    looks = []

    def look_up(host: str, port: int, **_: object) -> list[tuple]:
        looks.append(host)
        found = "127.0.0.1" if len(looks) % 2 else "127.0.0.2"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (found, port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    address = site.serve("/a", REPORT).replace("127.0.0.1", "rebinding.test")
    fetching.run(address, allows_private=False)
    assert looks.count("rebinding.test") == len(looks) == 2, "one look for robots.txt, one for the document"
    assert [request.path for request in site.requests] == ["/robots.txt"], "the second was refused"
    assert fetching.known()[address].cause == "private_network"


@pytest.mark.usefixtures("only_one_is_public")
def test_of_several_addresses_the_private_ones_are_left_out(
    site: Site, fetching: Fetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (found, site.port)) for found in ("127.0.0.2", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    address = site.serve("/a", REPORT).replace("127.0.0.1", "two.test")
    assert fetching.run(address, allows_private=False)[address].status == "ok"


def test_a_name_that_leads_nowhere_is_an_outcome(fetching: Fetching, monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    known = fetching.run("http://nowhere.test/a")["http://nowhere.test/a"]
    assert (known.cause, known.message) == ("unknown_host", "the name nowhere.test leads nowhere")


def test_a_port_where_nobody_listens_is_an_outcome(fetching: Fetching) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/a"
        assert fetching.run(address)[address].cause == "unreachable"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost that no authority has signed, with its key in the same file."""
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("openssl, which makes the certificate, is not installed")
    folder = tmp_path_factory.mktemp("certificate")
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"]
    subprocess.run([*command, *names], check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_bytes((folder / "key.pem").read_bytes() + (folder / "cert.pem").read_bytes())
    return both


@pytest.fixture
def secure_port(site: Site, certificate: Path):
    """The port of the same site over TLS."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("OwnHandler", (Handler,), {"site": site}))
    server.daemon_threads, server.block_on_close = True, False
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_a_certificate_that_nobody_signed_is_not_accepted(site: Site, fetching: Fetching, secure_port: int) -> None:
    site.serve("/a", REPORT)
    address = f"https://localhost:{secure_port}/a"
    known = fetching.run(address)[address]
    assert known.cause == "tls"
    assert "certificate" in known.message
    assert not site.requests


def test_a_certificate_that_the_system_trusts_is_accepted_for_its_own_name_alone(
    site: Site, fetching: Fetching, secure_port: int, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.serve("/a", REPORT)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    good, other = f"https://localhost:{secure_port}/a", f"https://127.0.0.1:{secure_port}/a"
    known = fetching.run(good, other)
    assert known[good].status == "ok"
    assert known[other].cause == "tls"


def test_a_trickle_over_tls_ends_with_the_documents_time(
    site: Site, fetching: Fetching, secure_port: int, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def page(handler: Handler) -> None:
        handler.close_connection = True
        handler.start()
        while not handler.site.closing.wait(0.02):
            handler.wfile.write(b"x")

    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    site.serve("/a", page)
    address = f"https://localhost:{secure_port}/a"
    assert fetching.run(address, seconds=1)[address].cause == "too_slow"


def test_a_handshake_that_never_comes_is_left(fetching: Fetching) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"https://127.0.0.1:{silent.getsockname()[1]}/a"
        assert fetching.run(address, silence=0.3, retries=0)[address].cause in ("silent", "unreachable", "tls")


# ------------------------------------------------------------------ proxies


class Tunnel(Handler):
    """A proxy that joins whoever asks with the port that it asks for, and remembers what was asked of it."""

    def do_CONNECT(self) -> None:
        """Join the two sides until one of them ends."""
        self.site.requests.append(Request(self.path, dict(self.headers), 0.0, ""))
        host, _, port = self.path.rpartition(":")
        with socket.create_connection((host, int(port))) as other:
            self.start()
            back = threading.Thread(target=self._pass_on, args=(other, self.connection), daemon=True)
            back.start()
            self._pass_on(self.connection, other)
            back.join()
        self.close_connection = True

    @staticmethod
    def _pass_on(source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)


@pytest.fixture
def tunnel():
    """A proxy of its own, and the site that stands for what was asked of it."""
    site = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("OwnTunnel", (Tunnel,), {"site": site}))
    server.daemon_threads, server.block_on_close = True, False
    site.port = server.server_port
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield site
    server.shutdown()
    server.server_close()


def test_the_proxy_of_the_environment_is_asked_for_the_whole_address(
    site: Site, tunnel: Site, fetching: Fetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://name:word@127.0.0.1:{tunnel.port}")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    far, near = "http://reports.test/a.txt", site.serve("/a.txt", REPORT)
    tunnel.serve(far, REPORT)
    known = fetching.run(far, near, allows_private=True)
    assert [known[address].status for address in (far, near)] == ["ok", "ok"]
    assert [request.path for request in tunnel.requests] == ["http://reports.test/robots.txt", far]
    assert tunnel.requests[-1].headers["proxy-authorization"] == "Basic bmFtZTp3b3Jk"
    assert tunnel.requests[-1].host == "reports.test"
    assert "proxy-authorization" not in site.asked("/a.txt")[0].headers


def test_a_proxy_carries_tls_and_the_certificate_is_still_that_of_the_site(
    site: Site,
    tunnel: Site,
    fetching: Fetching,
    secure_port: int,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    site.serve("/a", REPORT)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setenv("HTTPS_PROXY", f"127.0.0.1:{tunnel.port}")
    good, other = f"https://localhost:{secure_port}/a", f"https://127.0.0.1:{secure_port}/a"
    known = fetching.run(good, other)
    assert (known[good].status, known[other].cause) == ("ok", "tls")
    assert f"localhost:{secure_port}" in {request.path for request in tunnel.requests}


def test_a_proxy_is_asked_for_no_private_network(
    tunnel: Site, fetching: Fetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{tunnel.port}")
    for address in ("http://127.0.0.1:1/a", "http://localhost:1/a", "http://10.0.0.1/a"):
        assert fetching.run(address, allows_private=False)[address].cause == "private_network"
    assert not tunnel.requests


@pytest.mark.parametrize(
    ("setting", "cause"),
    [("socks5://127.0.0.1:1", "bad_proxy"), ("http://127.0.0.1:1", "proxy"), ("http://", "bad_proxy")],
)
def test_a_proxy_that_cannot_be_used_says_so_without_its_password(
    fetching: Fetching, monkeypatch: pytest.MonkeyPatch, setting: str, cause: str
) -> None:
    monkeypatch.setenv("HTTP_PROXY", setting.replace("://1", "://name:word@1"))
    known = fetching.run("http://reports.test/a", retries=0)["http://reports.test/a"]
    assert known.cause == cause
    assert "HTTP_PROXY" in known.remedy and "word" not in known.message + known.remedy


def test_a_proxy_that_wants_a_password_says_so(
    tunnel: Site, fetching: Fetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{tunnel.port}")
    for path in ("http://reports.test/robots.txt", "http://reports.test/a"):
        tunnel.serve(path, lambda handler: handler.answer(b"", 407))
    assert fetching.run("http://reports.test/a")["http://reports.test/a"].cause == "proxy"
