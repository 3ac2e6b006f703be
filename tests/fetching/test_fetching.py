"""Fetching against a server that fails, stalls, redirects and lies."""

from __future__ import annotations

import gzip
import hashlib
import itertools
import threading
import time
from dataclasses import replace

import pytest
from misbehaving_site import Fetching, Handler, Site

from ingest.fetching.record import open_record
from ingest.fetching.run import fetch_lists

REPORT = "甲县民政局2023年度部门整体支出绩效自评报告\n全年预算数120万元。\n".encode()
LATER = "甲县民政局2023年度部门整体支出绩效自评报告\n全年预算数125万元。\n".encode()
MEGABYTE = 1_000_000


def status(code: int, **headers: str):
    return lambda handler: handler.answer(b"", code, **headers)


def redirect(to: str, code: int = 302):
    return status(code, Location=to)


def test_a_document_is_kept_by_its_content_with_where_and_when_it_came_from(site: Site, fetching: Fetching) -> None:
    address = site.serve("/a.txt", lambda h: h.answer(REPORT, ETag='"1"', Content_Type="text/html"))
    known = fetching.run(address)[address]
    version = known.version
    assert (known.status, fetching.summary.new) == ("ok", 1)
    assert version.path.read_bytes() == REPORT
    assert version.path.stat().st_mode & 0o777 == 0o444
    assert version.path.name == version.sha256 == hashlib.sha256(REPORT).hexdigest()
    assert version.validators.address == address
    assert not (fetching.folder / "fetched" / "partial").exists()
    assert site.asked("/a.txt")[0].headers["User-Agent"] == "jixiao-tests/1.0"


def test_an_unchanged_document_costs_a_conditional_request_and_no_body(site: Site, fetching: Fetching) -> None:
    dated = "Wed, 21 Oct 2015 07:28:00 GMT"

    def page(handler: Handler) -> None:
        if handler.headers.get("If-None-Match") == '"1"' and handler.headers.get("If-Modified-Since") == dated:
            handler.start(304)
        else:
            handler.answer(REPORT, ETag='"1"', Last_Modified=dated)

    address = site.serve("/a.txt", page)
    first = fetching.run(address)[address]
    second = fetching.run()[address]
    assert (second.status, second.version, fetching.summary.unchanged) == ("unchanged", first.version, 1)
    assert second.asked_at > first.asked_at
    assert len(site.asked("/a.txt")) == 2


def test_within_its_age_nothing_is_asked_at_all(site: Site, fetching: Fetching) -> None:
    address = site.serve("/a.txt", REPORT)
    fetching.run(address)
    before = len(site.requests)
    fetching.run(max_age=3600)
    assert (len(site.requests), fetching.summary.fresh) == (before, 1)
    fetching.known()[address].version.path.unlink()
    fetching.run(max_age=3600)
    assert fetching.known()[address].version.path.read_bytes() == REPORT, "a file that was lost is fetched again"


def test_a_failure_is_asked_again_whatever_its_age(site: Site, fetching: Fetching) -> None:
    address = site.serve("/a.txt", status(403), REPORT)
    assert fetching.run(address)[address].status == "failed"
    assert fetching.run(max_age=3600)[address].status == "ok"


def test_changed_content_is_a_new_version_and_the_old_one_stays(site: Site, fetching: Fetching) -> None:
    address = site.serve("/a.txt", REPORT, LATER, REPORT)
    first = fetching.run(address)[address].version
    second = fetching.run()[address].version
    assert (first.path.read_bytes(), second.path.read_bytes()) == (REPORT, LATER)
    assert fetching.summary.changed == 1
    fetching.run()
    assert fetching.versions(address) == [first.sha256, second.sha256, first.sha256]


PDF = b"%PDF-1.4\n" + bytes(100)
SENT_ON = b"<html><script>document.cookie = 'seen=1'; location.reload();</script></html>"
GONE = "<!DOCTYPE html><html><body><h1>您访问的页面不存在</h1></body></html>".encode()
ARTICLE = "<!DOCTYPE html><html><body><p>甲县民政局2023年度决算：支出120万元。</p></body></html>".encode()


def test_a_page_with_figures_in_the_place_of_another_document_is_a_version_and_noted(
    site: Site, fetching: Fetching
) -> None:
    address = site.serve("/a.pdf", PDF, ARTICLE, ARTICLE + b"<!-- 2 -->", PDF)
    assert fetching.run(address)[address].cause is None
    known = fetching.run()[address]
    assert (known.status, known.cause) == ("ok", "now_a_page")
    assert fetching.run()[address].cause is None, "a page that changes is a page"
    assert fetching.run()[address].cause is None


@pytest.mark.parametrize(("page", "cause"), [(SENT_ON, "wants_browser"), (GONE, "page_instead")])
def test_a_page_without_figures_never_becomes_a_version_of_another_document(
    site: Site, fetching: Fetching, page: bytes, cause: str
) -> None:
    # Expected by what was there before, whatever the address, and by the address alone.
    had = site.serve("/document?number=1", PDF, page, PDF)
    named = site.serve("/b.PDF?number=2", page)
    assert fetching.run(had, named)[had].status == "ok"
    known = fetching.run()
    assert not (fetching.folder / "fetched" / "partial").exists()
    for address, versions in ((had, 1), (named, 0)):
        assert (known[address].status, known[address].cause) == ("failed", cause)
        assert "browser" in known[address].remedy
        assert len(fetching.versions(address)) == versions
    assert known[had].version.path.read_bytes() == PDF
    assert fetching.run()[had].status == "unchanged"


def test_a_page_that_only_sends_on_is_no_document_and_one_that_says_something_is(
    site: Site, fetching: Fetching
) -> None:
    words = "甲县民政局的决算公开说明见附件，" * 20
    said = f"<html><script>location.href</script><p>{words}</p></html>".encode()
    sent, page = site.serve("/sent.html", SENT_ON), site.serve("/page.html", said)
    plain = site.serve("/plain.html", GONE)
    known = fetching.run(sent, page, plain)
    assert [known[address].cause for address in (sent, page, plain)] == ["wants_browser", None, None]


def test_the_same_content_without_validators_is_no_new_version(site: Site, fetching: Fetching) -> None:
    address = site.serve("/a.txt", REPORT)
    fetching.run(address)
    assert fetching.run()[address].status == "unchanged"
    assert len(fetching.versions(address)) == 1


def test_a_document_that_is_gone_keeps_its_last_version(site: Site, fetching: Fetching) -> None:
    address = site.serve("/a.txt", REPORT, status(404))
    fetching.run(address)
    known = fetching.run()[address]
    assert (known.status, known.cause) == ("failed", "address_gone")
    assert known.version.path.read_bytes() == REPORT


@pytest.mark.parametrize("code", [500, 502, 503, 504, 429, 408])
def test_a_passing_failure_is_tried_again(site: Site, fetching: Fetching, code: int) -> None:
    address = site.serve("/a.txt", status(code), REPORT)
    assert fetching.run(address)[address].status == "ok"
    assert len(site.asked("/a.txt")) == 2


@pytest.mark.parametrize(
    ("code", "cause", "tries"),
    [(500, "server_error", 3), (429, "busy", 3), (404, "address_gone", 1), (410, "address_gone", 1)]
    + [(code, "refused", 1) for code in (401, 403, 451, 204, 206, 304, 521, 999)],
)
def test_a_lasting_failure_says_what_the_server_said(
    site: Site, fetching: Fetching, code: int, cause: str, tries: int
) -> None:
    known = fetching.run(address := site.serve("/a.txt", status(code)))[address]
    assert (known.status, known.cause, known.version) == ("failed", cause, None)
    assert str(code) in known.message
    assert known.remedy
    assert len(site.asked("/a.txt")) == tries


def test_retry_after_is_kept(site: Site, fetching: Fetching) -> None:
    address = site.serve("/a.txt", status(429, Retry_After="1"), REPORT)
    assert fetching.run(address)[address].status == "ok"
    first, second = site.asked("/a.txt")
    assert 1 <= second.at - first.at < 10


@pytest.mark.parametrize("wait", ["3600", "Fri, 31 Dec 2100 23:59:59 GMT", "9" * 400])
def test_a_wait_longer_than_the_documents_time_ends_it_at_once(site: Site, fetching: Fetching, wait: str) -> None:
    began = time.monotonic()
    address = site.serve("/a.txt", status(503, Retry_After=wait), REPORT)
    known = fetching.run(address)[address]
    assert known.cause == "server_error"
    assert "asks to wait" in known.message
    assert time.monotonic() - began < 60


def test_a_retry_after_that_cannot_be_read_is_no_obstacle(site: Site, fetching: Fetching) -> None:
    address = site.serve("/a.txt", status(503, Retry_After="soon"), REPORT)
    assert fetching.run(address)[address].status == "ok"


def test_redirects_are_followed_and_the_last_address_is_kept(site: Site, fetching: Fetching) -> None:
    site.serve("/%E6%96%87/b.txt", lambda h: h.answer(REPORT, ETag='"b"'))
    site.serve("/middle", redirect("/文/b.txt".encode().decode("latin-1"), 308))
    address = site.serve("/a", redirect("middle", 301))
    version = fetching.run(address)[address].version
    assert version.validators.address == site.address("/%E6%96%87/b.txt")
    fetching.run()
    assert "If-None-Match" not in site.asked("/a")[1].headers, "a validator is only for the address that gave it"
    assert site.asked("/%E6%96%87/b.txt")[1].headers["If-None-Match"] == '"b"'


@pytest.mark.parametrize(
    ("to", "cause"),
    [
        ("/a", "redirect_loop"),
        ("/b", "redirect_loop"),
        ("file:///etc/passwd", "bad_redirect"),
        ("ftp://127.0.0.1/x", "bad_redirect"),
        ("http://user:secret@127.0.0.1/", "bad_redirect"),
        ("http://[::1", "bad_redirect"),
        ("http://", "redirect_loop"),
    ],
)
def test_a_redirect_that_leads_nowhere_ends(site: Site, fetching: Fetching, to: str, cause: str) -> None:
    site.serve("/b", redirect("/a"))
    address = site.serve("/a", redirect(to))
    known = fetching.run(address)[address]
    assert known.cause == cause
    assert len(site.asked("/a")) == 1


def test_a_redirect_without_an_address_ends(site: Site, fetching: Fetching) -> None:
    address = site.serve("/a", status(302))
    assert fetching.run(address)[address].cause == "redirect_loop"


def test_redirects_are_counted(site: Site, fetching: Fetching) -> None:
    for number in range(10):
        site.serve(f"/{number}", redirect(f"/{number + 1}"))
    address = site.address("/0")
    assert fetching.run(address)[address].cause == "redirect_loop"
    assert not site.asked("/6")


def test_a_body_that_is_too_long_is_cut_when_it_is_announced(site: Site, fetching: Fetching) -> None:
    address = site.serve("/a", lambda h: h.start(Content_Length=str(2 * 1000**3)))
    known = fetching.run(address, max_bytes=MEGABYTE)[address]
    assert (known.cause, known.version) == ("too_large", None)


def test_two_gigabytes_that_nobody_announced_are_cut(site: Site, fetching: Fetching) -> None:
    sent = 0

    def page(handler: Handler) -> None:
        nonlocal sent
        handler.close_connection = True
        handler.start(Content_Type="text/plain")
        for _ in range(2_000):
            handler.wfile.write(bytes(MEGABYTE))
            sent += MEGABYTE

    address = site.serve("/a", page)
    known = fetching.run(address, max_bytes=3 * MEGABYTE)[address]
    assert (known.cause, known.version) == ("too_large", None)
    assert sent < 50 * MEGABYTE
    assert sum(file.stat().st_size for file in fetching.folder.rglob("*") if file.is_file()) < MEGABYTE


def test_what_grows_when_it_is_unpacked_is_cut_as_well(site: Site, fetching: Fetching) -> None:
    bomb = gzip.compress(bytes(50 * MEGABYTE))
    address = site.serve("/a", lambda h: h.answer(bomb, Content_Encoding="gzip"))
    assert fetching.run(address, max_bytes=MEGABYTE)[address].cause == "too_large"


def test_a_body_as_long_as_allowed_is_kept(site: Site, fetching: Fetching) -> None:
    address = site.serve("/a", bytes(MEGABYTE))
    assert fetching.run(address, max_bytes=MEGABYTE)[address].version.bytes == MEGABYTE


def test_a_compressed_answer_is_unpacked_and_a_lie_about_it_is_told(site: Site, fetching: Fetching) -> None:
    good = site.serve("/good", lambda h: h.answer(gzip.compress(REPORT), Content_Encoding="gzip"))
    bad = site.serve("/bad", lambda h: h.answer(REPORT, Content_Encoding="gzip"))
    unknown = site.serve("/unknown", lambda h: h.answer(b"\x0b\x02\x80packed\x03", Content_Encoding="br"))
    known = fetching.run(good, bad, unknown)
    assert known[good].version.path.read_bytes() == REPORT
    assert known[bad].cause == known[unknown].cause == "undecodable"


def test_an_answer_shorter_than_it_says_is_never_taken_for_whole(site: Site, fetching: Fetching) -> None:
    def page(handler: Handler) -> None:
        handler.close_connection = True
        handler.answer(REPORT, Content_Length=str(len(REPORT) + 10))

    address = site.serve("/a", page)
    known = fetching.run(address)[address]
    assert (known.cause, known.version) == ("truncated", None)
    assert len(site.asked("/a")) == 3
    site.serve("/a", page, REPORT)
    assert fetching.run()[address].version.path.read_bytes() == REPORT


def test_an_answer_in_chunks_that_breaks_off_is_never_taken_for_whole(site: Site, fetching: Fetching) -> None:
    def page(handler: Handler) -> None:
        handler.close_connection = True
        handler.start(Transfer_Encoding="chunked")
        handler.wfile.write(b"5\r\nabcde\r\n")

    address = site.serve("/a", page)
    assert fetching.run(address)[address].cause in ("truncated", "no_http")


def test_an_answer_longer_than_it_says_ends_where_it_said(site: Site, fetching: Fetching) -> None:
    def page(handler: Handler) -> None:
        handler.close_connection = True
        handler.answer(REPORT + b"more", Content_Length=str(len(REPORT)))

    address = site.serve("/a", page)
    assert fetching.run(address)[address].version.path.read_bytes() == REPORT


@pytest.mark.parametrize("said", ["-5", "many", "9" * 5000])
def test_a_length_that_is_none_is_no_crash(site: Site, fetching: Fetching, said: str) -> None:
    def page(handler: Handler) -> None:
        handler.close_connection = True
        handler.answer(REPORT, Content_Length=said)

    address = site.serve("/a", page)
    known = fetching.run(address)[address]
    assert known.status == "ok" or known.cause in ("too_large", "no_http")


def test_what_is_no_http_is_an_outcome(site: Site, fetching: Fetching) -> None:
    def page(handler: Handler) -> None:
        handler.close_connection = True
        handler.wfile.write(b"SSH-2.0-hello\r\n\r\n")

    address = site.serve("/a", page)
    assert fetching.run(address)[address].cause == "no_http"


def test_an_empty_answer_is_no_document(site: Site, fetching: Fetching) -> None:
    address = site.serve("/a", b"")
    assert fetching.run(address)[address].cause == "empty"


def test_a_server_that_stalls_is_left(site: Site, fetching: Fetching) -> None:
    def page(handler: Handler) -> None:
        handler.site.closing.wait(30)

    address = site.serve("/a", page)
    began = time.monotonic()
    known = fetching.run(address, silence=0.3, retries=1)[address]
    assert known.cause == "silent"
    assert len(site.asked("/a")) == 2
    # The site would hold each of the two requests for 30 seconds.
    assert time.monotonic() - began < 25


def trickle(handler: Handler, head: bytes, piece: bytes) -> None:
    """Send a piece every 20 ms for as long as somebody listens: no pause is ever long enough for a timeout."""
    handler.close_connection = True
    handler.wfile.write(head)
    while not handler.site.closing.wait(0.02):
        handler.wfile.write(piece)


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"HTTP/1.1 200 OK\r\nX-Endless: ", b"x"),
        (b"", b"H"),
    ],
    ids=["length", "no length", "chunks", "header", "status line"],
)
def test_a_trickle_ends_with_the_documents_time(site: Site, fetching: Fetching, head: bytes, piece: bytes) -> None:
    address = site.serve("/a", lambda handler: trickle(handler, head, piece))
    began = time.monotonic()
    known = fetching.run(address, seconds=1)[address]
    assert (known.cause, known.version) == ("too_slow", None)
    assert 0.9 < time.monotonic() - began < 30


def test_one_host_gets_one_request_at_a_time_and_a_pause_between_two(site: Site, fetching: Fetching) -> None:
    def page(handler: Handler) -> None:
        time.sleep(0.02)
        handler.answer(REPORT)

    addresses = [site.serve(f"/{number}", page) for number in range(4)]
    elsewhere = site.serve("/elsewhere", redirect(site.address("/0"))).replace("127.0.0.1", "localhost")
    fetching.run(*addresses, elsewhere, delay=0.1)
    times = [request.at for request in site.requests if request.host == "127.0.0.1"]
    assert len(times) == 6
    assert min(later - earlier for earlier, later in itertools.pairwise(times)) >= 0.1


def test_different_hosts_are_asked_at_once(site: Site, fetching: Fetching) -> None:
    both = threading.Barrier(2, timeout=10)

    def page(handler: Handler) -> None:
        both.wait()
        handler.answer(REPORT)

    address = site.serve("/a", page)
    other = address.replace("127.0.0.1", "localhost")
    assert {known.status for known in fetching.run(address, other).values()} == {"ok"}


def test_robots_txt_is_obeyed_and_read_once(site: Site, fetching: Fetching) -> None:
    site.serve(
        "/robots.txt", b"User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /private/\nCrawl-delay: 0.2\n"
    )
    allowed, forbidden = site.serve("/a", REPORT), site.serve("/private/b", REPORT)
    led = site.serve("/c", redirect("/private/b"))
    known = fetching.run(allowed, forbidden, led)
    assert known[allowed].status == "ok"
    assert known[forbidden].cause == known[led].cause == "forbidden_by_robots"
    assert not site.asked("/private/b"), "neither as listed nor after a redirect"
    assert len(site.asked("/robots.txt")) == 1
    assert site.asked("/c")[0].at - site.asked("/a")[0].at >= 0.2, "the pause that it asks for is kept"


def test_robots_txt_that_names_us_forbids_us(site: Site, fetching: Fetching) -> None:
    site.serve("/robots.txt", b"User-agent: Jixiao-Tests\nDisallow: /\n")
    address = site.serve("/a", REPORT)
    assert fetching.run(address)[address].cause == "forbidden_by_robots"


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (status(403), None),
        (status(404), None),
        (b"", None),
        (bytes(600_000), None),
        (b"\xff\xfe<html>not robots at all", None),
        (redirect("/elsewhere.txt"), "forbidden_by_robots"),
        (status(500), "robots_unknown"),
        (redirect("/robots.txt"), "redirect_loop"),
    ],
    ids=["403", "404", "empty", "long", "html", "elsewhere", "500", "loop"],
)
def test_robots_txt_in_every_state(site: Site, fetching: Fetching, answer: object, cause: str | None) -> None:
    site.serve("/elsewhere.txt", b"User-agent: *\nDisallow: /\n")
    site.serve("/robots.txt", answer)
    address = site.serve("/a", REPORT)
    assert fetching.run(address)[address].cause == cause
    assert bool(site.asked("/a")) == (cause is None)


def test_a_slow_robots_txt_costs_the_document_no_time(site: Site, fetching: Fetching) -> None:
    def late(body: bytes, seconds: float):
        return lambda handler: (time.sleep(seconds), handler.answer(body))

    site.serve("/robots.txt", late(b"", 1.0))
    address = site.serve("/a", late(REPORT, 1.0))
    assert fetching.run(address, seconds=1.8)[address].status == "ok"


def test_a_dead_host_is_found_dead_once(fetching: Fetching, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def refuse(host: str, *_: object) -> None:
        tried.append(host)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr("ingest.fetching.client.connect", refuse)
    known = fetching.run(*(f"http://example.test/{number}" for number in range(20)))
    assert {found.cause for found in known.values()} == {"unreachable"}
    assert len(tried) == 3


def test_one_bad_address_costs_the_others_nothing(site: Site, fetching: Fetching) -> None:
    good = [site.serve(f"/{number}", REPORT + str(number).encode()) for number in range(3)]
    bad = site.serve("/bad", status(404))
    known = fetching.run(good[0], bad, *good[1:])
    assert [known[address].status for address in good] == ["ok"] * 3
    assert (fetching.summary.new, fetching.summary.failed) == (3, 1)


def test_a_stop_keeps_what_is_done_and_ends_what_hangs(site: Site, fetching: Fetching) -> None:
    hanging = threading.Event()

    def hang(handler: Handler) -> None:
        hanging.set()
        handler.site.closing.wait(60)

    done, left = site.serve("/done", REPORT), site.serve("/left", LATER)
    hangs = site.serve("/hangs", hang)
    fetching.write(done, hangs, left)

    pressed = []

    def press(*_: object) -> None:
        assert hanging.wait(10)
        if not pressed:
            pressed.append(True)
            raise KeyboardInterrupt

    began = time.monotonic()
    settings = replace(fetching.settings, silence=60, seconds=60)
    with open_record(fetching.folder / "fetched") as record:
        summary = fetch_lists([(fetching.list, "sources.csv")], record, settings, progress=press)
    assert summary.is_stopped
    assert time.monotonic() - began < 50
    known = fetching.known()
    assert (known[done].status, known[hangs].status, known[left].status) == ("ok", None, None)
    site.serve("/hangs", REPORT)
    assert {found.status for found in fetching.run().values()} == {"unchanged", "ok"}
