"""Lists of sources: what a row may say, and that a bad one names its place and costs the others nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from misbehaving_site import Fetching, Site

from ingest.documents import DocumentError
from ingest.fetching.addresses import AddressError, normal_address
from ingest.fetching.lists import SourceList, read_list

REPORT = "甲县民政局2023年度部门整体支出绩效自评报告\n".encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "lists"
    folder.mkdir()
    return folder


def listed(folder: Path, text: str, encoding: str = "utf-8") -> SourceList:
    (folder / "sources.csv").write_bytes(text.encode(encoding))
    return read_list(folder / "sources.csv", "sources.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_full_row_is_read_in_every_encoding(folder: Path, encoding: str) -> None:
    found = listed(
        folder,
        "address,department,year,kind,note,title,publisher,published_on,source_class\n"
        "https://Example.gov.cn/公开/1.pdf#p2,甲县民政局,2023年,部门决算公开,扫描件,甲县决算,甲县人民政府,2024-08-30,\n",
        encoding,
    )
    (source,) = found.sources
    assert not found.problems
    assert source.key == source.stated.source_url == "https://example.gov.cn/%E5%85%AC%E5%BC%80/1.pdf"
    assert source.address == "https://Example.gov.cn/公开/1.pdf#p2"
    stated = source.stated
    assert (stated.department, stated.fiscal_year, stated.document_kind) == ("甲县民政局", 2023, "final_account")
    assert (stated.title, stated.publisher, stated.published_on, stated.note) == (
        "甲县决算",
        "甲县人民政府",
        "2024-08-30",
        "扫描件",
    )


@pytest.mark.parametrize(
    ("address", "given", "source_class"),
    [
        ("http://mzj.example.gov.cn/a", "", "official"),
        ("http://gov.cn/a", "", "official"),
        ("http://notgov.cn/a", "", "mirror"),
        ("http://gov.cn.example.com/a", "", "mirror"),
        ("http://example.com/a", "state-media", "state-media"),
    ],
)
def test_the_class_of_a_source_is_told_by_its_host_unless_the_row_tells(
    folder: Path, address: str, given: str, source_class: str
) -> None:
    (source,) = listed(folder, f"address,source_class\n{address},{given}\n").sources
    assert source.stated.source_class == source_class


def test_a_local_row_says_nothing_of_an_address(folder: Path) -> None:
    (source,) = listed(folder, "address\n2023/报告.txt\n").sources
    assert source.path == folder / "2023" / "报告.txt"
    assert source.key == source.path.as_uri()
    assert (source.stated.source_url, source.stated.source_class) == (None, None)


@pytest.mark.parametrize(
    ("row", "column", "cause"),
    [
        (",甲县民政局,2023,,", "address", "missing"),
        ("ftp://example.com/a,,,,", "address", "address"),
        ("file:///etc/passwd,,,,", "address", "address"),
        ("http://user:secret@example.com/,,,,", "address", "address"),
        ("http://,,,,", "address", "address"),
        ("http://example.com:0/,,,,", "address", "address"),
        ("http://exa mple.com/,,,,", "address", "address"),
        (f"http://example.com/{'a' * 3000},,,,", "address", "address"),
        ("http://example.com/figures.csv?x=1,,,,", "address", "figures_table"),
        ("figures.jsonl,,,,", "address", "figures_table"),
        ("../secret.txt,,,,", "address", "outside_folder"),
        ("a/../../secret.txt,,,,", "address", "outside_folder"),
        ("/etc/passwd,,,,", "address", "outside_folder"),
        ("http://example.com/a,,,,", "address", "repeated"),
        ("HTTP://EXAMPLE.com:80/a#x,,,,", "address", "repeated"),
        ("b.txt,,二〇二三,,", "year", "year"),
        ("b.txt,,1022,,", "year", "year"),
        ("b.txt,,２０２３,,", "year", "year"),
        ("b.txt,,,报告,", "kind", "unknown_kind"),
        (f"b.txt,,,,{'x' * 20_000}", "note", "too_long"),
        ("b.txt,,,", None, "cells"),
        ('b.txt,,,"a" b,', None, "malformed"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_read(folder: Path, row: str, column: str | None, cause: str) -> None:
    text = f"address,department,year,kind,note\nhttp://example.com/a,,,,\n{row}\n\nhttp://example.com/z,,,,\n"
    found = listed(folder, text)
    assert [source.address for source in found.sources] == ["http://example.com/a", "http://example.com/z"]
    (problem,) = found.problems
    assert (problem.row_number, problem.column, problem.cause) == (3, column, cause)
    assert problem.message and problem.remedy
    assert "secret" not in problem.message, "a password is not repeated"
    assert found.row_count == 3


@pytest.mark.parametrize("day", ["2024", "2024-02", "2024-02-29"])
def test_a_day_may_be_a_month_or_a_year(folder: Path, day: str) -> None:
    (source,) = listed(folder, f"address,published_on\na.txt,{day}\n").sources
    assert source.stated.published_on == day


@pytest.mark.parametrize("day", ["2024-13", "2023-02-29", "20240830", "August", "2024-W01"])
def test_a_day_that_is_none_is_named(folder: Path, day: str) -> None:
    (problem,) = listed(folder, f"address,published_on\na.txt,{day}\n").problems
    assert (problem.column, problem.cause) == ("published_on", "date")


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("", "empty_file"),
        ("url,year\nhttp://example.com/,2023\n", "not_a_source_list"),
        ("address,address\na,b\n", "not_a_source_list"),
        ("\0\1\2\3binary" * 10, "not_text"),
    ],
)
def test_what_is_no_list_is_refused_as_a_whole(folder: Path, text: str, cause: str) -> None:
    with pytest.raises(DocumentError) as refused:
        listed(folder, text)
    assert refused.value.cause == cause


def test_a_list_that_is_not_there_says_how_to_write_one(folder: Path) -> None:
    with pytest.raises(DocumentError, match=r"not_there.csv: there is no such list.*address, department, year"):
        read_list(folder / "not_there.csv", "not_there.csv")


def test_columns_that_are_not_known_are_named(folder: Path) -> None:
    assert listed(folder, "address,colour\na.txt,red\n").ignored_columns == ("colour",)


@pytest.mark.parametrize("text", ["http://h\\@evil.example/", "http://[::1", "http://h:99999/", "gopher://h/", "http:"])
def test_an_address_is_read_in_one_way_or_not_at_all(text: str) -> None:
    try:
        address = normal_address(text)
    except AddressError:
        return
    assert address == "http://h/%5C@evil.example/" == normal_address(address)


def test_what_the_list_no_longer_names_is_gone_and_comes_back(site: Site, fetching: Fetching) -> None:
    one, two = site.serve("/1", REPORT), site.serve("/2", REPORT)
    fetching.run(one, two)
    assert set(fetching.run(two)) == {two}
    assert len(fetching.summary.gone) == 1
    known = fetching.run(one, two)
    assert known[one].version, "what was fetched of it was kept"


def test_a_row_that_becomes_bad_keeps_what_was_fetched(site: Site, fetching: Fetching) -> None:
    one, two = site.serve("/1", REPORT), site.serve("/2", REPORT)
    fetching.run(one, two)
    assert set(fetching.run({"address": one, "year": "20x3"}, {"address": two, "year": "2023"})) == {one, two}
    fetching.list.write_text(f"address,year\n{two},2023,too many\n", encoding="utf-8")
    assert set(fetching.run()) == {one, two}, "nobody knows which document the row means"
    fetching.list.write_text("nonsense\n", encoding="utf-8")
    assert set(fetching.run()) == {one, two}


def test_an_address_in_two_lists_stays_until_neither_names_it(site: Site, fetching: Fetching) -> None:
    one, two = site.serve("/1", REPORT), site.serve("/2", REPORT)
    fetching.run(one)
    fetching.name = "second.csv"
    fetching.run(one, two)
    assert set(fetching.run(two)) == {one, two}
    fetching.name = "sources.csv"
    fetching.list.write_text("address\n", encoding="utf-8")
    assert set(fetching.run()) == {two}


class TestLocalFiles:
    """Rows that name a path."""

    def test_a_file_is_copied_and_its_versions_stay(self, fetching: Fetching) -> None:
        path = fetching.folder / "a.txt"
        path.write_bytes(REPORT)
        first = fetching.run("a.txt")["a.txt"].version
        path.write_bytes(REPORT + b"more")
        second = fetching.run()["a.txt"].version
        assert (first.path.read_bytes(), second.path.read_bytes()) == (REPORT, REPORT + b"more")
        path.unlink()
        known = fetching.run()["a.txt"]
        assert (known.status, known.cause, known.version) == ("failed", "not_found", second)

    def test_a_link_may_not_lead_out_of_the_folder(self, fetching: Fetching, tmp_path: Path) -> None:
        outside = tmp_path / "secret.txt"
        outside.write_bytes(REPORT)
        (fetching.folder / "file.txt").symlink_to(outside)
        (fetching.folder / "folder").symlink_to(tmp_path)
        (fetching.folder / "circle.txt").symlink_to("circle.txt")
        (fetching.folder / "inside.txt").write_bytes(REPORT)
        (fetching.folder / "link.txt").symlink_to("inside.txt")
        known = fetching.run("file.txt", "folder/secret.txt", "circle.txt", "link.txt")
        assert known["file.txt"].cause == known["folder/secret.txt"].cause == "outside_folder"
        assert known["circle.txt"].cause == "unreadable"
        assert known["link.txt"].version.path.read_bytes() == REPORT

    def test_what_is_no_file_is_not_waited_for(self, fetching: Fetching) -> None:
        os.mkfifo(fetching.folder / "pipe.txt")
        (fetching.folder / "folder.txt").mkdir()
        known = fetching.run("pipe.txt", "folder.txt")
        assert known["pipe.txt"].cause == "not_a_file"
        assert known["folder.txt"].cause in ("not_a_file", "unreadable")

    def test_limits_hold_for_files_too(self, fetching: Fetching) -> None:
        (fetching.folder / "a.txt").write_bytes(bytes(2_000_000))
        (fetching.folder / "b.txt").touch()
        known = fetching.run("a.txt", "b.txt", max_bytes=1_000_000)
        assert (known["a.txt"].cause, known["b.txt"].cause) == ("too_large", "empty")
