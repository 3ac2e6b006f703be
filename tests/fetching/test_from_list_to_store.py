"""From a list of sources to the store: what the row says of a document, versions, failures, and letting go."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from misbehaving_site import QUICK, Fetching, Site

from ingest.paths import SAMPLES
from ingest.settings import Settings
from ingest.warehouse.errors import StoreUnusable
from ingest.warehouse.fetched import read_fetched
from ingest.warehouse.fetching import Fetching as Fetched
from ingest.warehouse.fetching import fetch
from ingest.warehouse.loading import load_into, withdraw
from ingest.warehouse.status import read_status
from ingest.warehouse.store import open_store
from ingest.warehouse.summary import LoadSummary
from ingest.warehouse.versions import extractor_version

TITLED = "甲县民政局2023年度部门整体支出绩效自评报告\n\n全年预算数{}万元。\n"
SILENT = "全年预算数{}万元，执行数100万元，预算执行率为80%。\n"


@pytest.fixture
def lists(tmp_path: Path, settings: Settings) -> Fetching:
    """A list whose runs keep what they fetch in the data folder of `settings`."""
    folder = tmp_path / "lists"
    folder.mkdir()
    return Fetching(folder)


def fetched(lists: Fetching, settings: Settings, *rows: dict[str, str] | str) -> Fetched:
    if rows:
        lists.write(*rows)
    return fetch([(lists.list, "sources.csv")], settings, QUICK)


def loaded(settings: Settings, *paths: Path) -> LoadSummary:
    """What the first half of a rebuild does."""
    with open_store(settings.store, "rebuild", extractor_version()) as store:
        summary = load_into(
            store,
            paths or settings.sources,
            settings,
            fetched=read_fetched(settings.fetched),
            withdraw_missing=True,
        )
        store.finish_run()
    return summary


def rows(settings: Settings, query: str) -> list[tuple]:
    with duckdb.connect(str(settings.store), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_a_document_has_what_its_row_says_and_it_does_not_say_itself(
    site: Site, lists: Fetching, settings: Settings
) -> None:
    address = site.serve("/a.txt", SILENT.format(125).encode())
    row = {
        "department": "甲县民政局",
        "year": "2022",
        "kind": "self_eval_department",
        "title": "甲县自评",
        "note": "补",
    }
    more = {"publisher": "甲县人民政府", "published_on": "2023-08-30", "source_class": "official"}
    fetched(lists, settings, {"address": address} | row | more)
    assert not loaded(settings).problems
    columns = (
        "title, department, place_name, fiscal_year, document_kind, publisher, published_on, source_url, source_class"
    )
    assert rows(settings, f"select {columns} from raw.documents") == [
        (
            "甲县自评",
            "甲县民政局",
            "甲县",
            2022,
            "self_eval_department",
            "甲县人民政府",
            "2023-08-30",
            address,
            "official",
        )
    ]
    source_key, file, fetched_at, stated = rows(
        settings, "select source_key, file, fetched_at, stated from raw.documents"
    )[0]
    assert (source_key, file) == (address, address)
    assert fetched_at is not None
    assert json.loads(stated)["note"] == "补"
    assert rows(settings, "select distinct file, department, fiscal_year from raw.figures") == [
        (address, "甲县民政局", 2022)
    ], "the figures are read as of the department and year of the row"


def test_the_documents_own_word_wins_and_the_difference_is_a_note(
    site: Site, lists: Fetching, settings: Settings
) -> None:
    address = site.serve("/a.txt", TITLED.format(125).encode())
    row = {"address": address, "department": "乙县民政局", "year": "2021", "kind": "budget"}
    fetched(lists, settings, row)
    summary = loaded(settings)
    assert rows(settings, "select department, fiscal_year, document_kind from raw.documents") == [
        ("甲县民政局", 2023, "self_eval_department")
    ]
    (note,) = [note for note in summary.notes if note.cause == "list_differs"]
    assert note.stage == "read"
    for words in ("乙县民政局", "甲县民政局", "2021", "2023", "budget", "self_eval_department"):
        assert words in note.message


def test_a_shorter_name_of_the_same_department_is_no_difference(
    site: Site, lists: Fetching, settings: Settings
) -> None:
    address = site.serve("/a.txt", TITLED.format(125).encode())
    fetched(lists, settings, {"address": address, "department": "某市甲县民政局", "year": "2023"})
    assert not loaded(settings).notes


def test_a_row_that_changes_is_heeded_without_the_document_changing(
    site: Site, lists: Fetching, settings: Settings
) -> None:
    address = site.serve("/a.txt", SILENT.format(125).encode())
    fetched(lists, settings, {"address": address, "year": "2021"})
    loaded(settings)
    fetched(lists, settings, {"address": address, "year": "2022"})
    assert loaded(settings).documents["ok"] == 1
    assert rows(settings, "select fiscal_year from raw.documents") == [(2022,)]
    assert {year for (year,) in rows(settings, "select fiscal_year from raw.figures")} == {2022}
    assert loaded(settings).documents == {"unchanged": 1}


def test_a_changed_document_is_a_new_version_of_its_address(site: Site, lists: Fetching, settings: Settings) -> None:
    first, second = (TITLED.format(amount).encode() for amount in (120, 125))
    address = site.serve("/a.txt", first, second, first)
    for _ in range(2):
        fetched(lists, settings, address)
        loaded(settings)
    held = rows(settings, "select is_current, superseded_by is null, text like '%125%', source_key from raw.documents")
    assert sorted(held) == [(False, False, False, address), (True, True, True, address)]
    fetched(lists, settings)
    loaded(settings)
    assert rows(settings, "select text like '%120%' from raw.documents where is_current") == [(True,)]


def test_a_second_run_over_the_same_documents_reads_nothing(site: Site, lists: Fetching, settings: Settings) -> None:
    fetched(lists, settings, *(site.serve(f"/{number}", TITLED.format(number).encode()) for number in (1, 2, 3)))
    assert loaded(settings).documents == {"ok": 3}
    fetched(lists, settings)
    assert loaded(settings).documents == {"unchanged": 3}


def test_one_content_under_two_addresses_is_one_document_that_stays_as_it_is(
    site: Site, lists: Fetching, settings: Settings
) -> None:
    body = SILENT.format(125).encode()
    one, two = site.serve("/1", body), site.serve("/2", body)
    both = [{"address": one, "year": "2021"}, {"address": two, "year": "2022"}]
    fetched(lists, settings, *both)
    assert loaded(settings).documents == {"ok": 1, "unchanged": 1}
    assert loaded(settings).documents == {"unchanged": 2}
    assert rows(settings, "select source_url, fiscal_year from raw.documents") == [(one, 2021)]
    fetched(lists, settings, both[1])
    loaded(settings)
    loaded(settings)
    assert rows(settings, "select source_url, fiscal_year, is_current from raw.documents") == [(two, 2022, True)]


def test_a_document_that_is_in_a_folder_too_gets_its_address(site: Site, lists: Fetching, settings: Settings) -> None:
    body = TITLED.format(125).encode()
    (settings.sources[0] / "copy.txt").write_bytes(body)
    loaded(settings)
    address = site.serve("/a.txt", body)
    fetched(lists, settings, {"address": address, "publisher": "甲县人民政府"})
    loaded(settings)
    assert loaded(settings).documents == {"unchanged": 2}
    assert rows(settings, "select source_url, publisher from raw.documents") == [(address, "甲县人民政府")]
    lists.list.write_text("address\n", encoding="utf-8")
    fetched(lists, settings)
    loaded(settings)
    assert rows(settings, "select is_current from raw.documents") == [(True,)], "the copy is still there"


def test_an_archive_is_read_member_by_member_and_what_leaves_it_is_let_go(
    site: Site, lists: Fetching, settings: Settings
) -> None:
    def archive(**members: int) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as made:
            for name, amount in members.items():
                made.writestr(f"{name}.txt", SILENT.format(amount))
        return stream.getvalue()

    address = site.serve("/all.zip", archive(a=1, b=2), archive(a=1))
    fetched(lists, settings, {"address": address, "year": "2022", "title": "两份报告"})
    assert loaded(settings).documents["ok"] == 2
    query = "select source_key, source_url, fiscal_year, title from raw.documents where is_current order by all"
    assert rows(settings, query) == [
        (f"{address}!/a.txt", address, 2022, None),
        (f"{address}!/b.txt", address, 2022, None),
    ]
    fetched(lists, settings)
    loaded(settings)
    assert [key for key, *_ in rows(settings, query)] == [f"{address}!/a.txt"]
    fetched(lists, settings, {"address": address, "year": "2021"})
    loaded(settings)
    assert [row[2] for row in rows(settings, query)] == [2021]


def test_what_is_no_longer_listed_is_withdrawn_and_what_fails_is_not(
    site: Site, lists: Fetching, settings: Settings
) -> None:
    stays = site.serve("/1", TITLED.format(1).encode(), lambda handler: handler.answer(b"", 404))
    leaves = site.serve("/2", TITLED.format(2).encode())
    fetched(lists, settings, stays, leaves)
    loaded(settings)
    fetched(lists, settings, stays)
    summary = loaded(settings)
    assert rows(settings, "select source_key from raw.documents where is_current") == [(stays,)]
    assert [(problem.stage, problem.cause) for problem in summary.problems] == [("fetched", "address_gone")]


def test_a_folder_of_fetched_files_that_is_missing_withdraws_nothing(
    site: Site, lists: Fetching, settings: Settings
) -> None:
    fetched(lists, settings, site.serve("/1", TITLED.format(1).encode()))
    loaded(settings)
    away = settings.fetched.rename(settings.home / "away")
    loaded(settings)
    assert rows(settings, "select is_current from raw.documents") == [(True,)]
    away.rename(settings.fetched)
    next(path for path in (settings.fetched / "content").rglob("*") if path.is_file()).unlink()
    summary = loaded(settings)
    assert [problem.cause for problem in summary.problems] == ["content_gone"]
    assert rows(settings, "select is_current from raw.documents") == [(True,)]
    fetched(lists, settings)
    assert not loaded(settings).problems


def test_invented_reports_stay_samples_whatever_the_row_says(site: Site, lists: Fetching, settings: Settings) -> None:
    body = ("示例文本，内容均为虚构。\n" + TITLED.format(1)).encode()
    fetched(lists, settings, {"address": site.serve("/1", body), "source_class": "official"})
    loaded(settings)
    assert rows(settings, "select source_class from raw.documents") == [("sample",)]


def test_the_server_is_not_believed_about_the_format(site: Site, lists: Fetching, settings: Settings) -> None:
    page = "<html><body><h1>甲县民政局2023年度部门决算公开</h1><p>全年预算数120万元。</p></body></html>".encode()
    html = site.serve("/a.pdf", lambda handler: handler.answer(page, Content_Type="application/pdf"))
    text = site.serve("/b.html", lambda handler: handler.answer(TITLED.format(1).encode(), Content_Type="text/html"))
    fetched(lists, settings, html, text)
    loaded(settings)
    assert rows(settings, "select source_url, format from raw.documents order by all") == [
        (html, "html"),
        (text, "text"),
    ]


class TestOutcomes:
    """What an operator sees."""

    def test_failures_and_bad_rows_are_in_the_store_and_in_the_status(
        self, site: Site, lists: Fetching, settings: Settings
    ) -> None:
        good, bad = site.serve("/1", TITLED.format(1).encode()), site.address("/not-there")
        done = fetched(lists, settings, good, bad, {"address": "b.txt", "year": "20x3"})
        assert done.is_recorded
        query = "select file, status, cause from raw.outcomes where stage = 'fetched' order by all"
        assert rows(settings, query) == [
            (good, "ok", None),
            (bad, "failed", "address_gone"),
            ("sources.csv", "rejected", "rejected_rows"),
        ]
        rejected = rows(settings, "select file, row_number, column_name, value, cause from raw.rejections")
        assert rejected == [("sources.csv", 4, "year", "20x3", "year")]
        for _ in range(2):
            held = read_status(settings)
            assert {cause.cause: cause.count for cause in held.causes} == {"address_gone": 1, "rejected_rows": 1}
            assert (held.listed, held.listed_without) == (2, 1)
            loaded(settings)
        fetched(lists, settings, good)
        assert not read_status(settings).causes, "removing the rows settles it"

    def test_fetching_again_does_not_hide_what_reading_found(
        self, site: Site, lists: Fetching, settings: Settings
    ) -> None:
        fetched(lists, settings, site.serve("/1", b"\0\1\2\3" * 100))
        loaded(settings)
        before = [cause.cause for cause in read_status(settings).causes]
        assert len(before) == 1
        fetched(lists, settings)
        assert [cause.cause for cause in read_status(settings).causes] == before

    def test_a_busy_store_costs_no_document(
        self, site: Site, lists: Fetching, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("ingest.warehouse.locks.WAIT_SECONDS", 0.1)
        lists.write(site.serve("/1", TITLED.format(1).encode()), site.address("/not-there"))
        with open_store(settings.store, "load", extractor_version()):
            done = fetched(lists, settings)
        assert (done.is_recorded, done.summary.new) == (False, 1)
        loaded(settings)
        assert [cause.cause for cause in read_status(settings).causes] == ["address_gone"]

    def test_a_list_that_is_none_is_a_failure_and_changes_nothing(
        self, site: Site, lists: Fetching, settings: Settings
    ) -> None:
        address = site.serve("/1", TITLED.format(1).encode())
        fetched(lists, settings, address)
        lists.list.write_text("url\nx\n", encoding="utf-8")
        done = fetched(lists, settings)
        assert [problem.cause for problem in done.problems] == ["not_a_source_list"]
        loaded(settings)
        assert rows(settings, "select source_key from raw.documents where is_current") == [(address,)]

    def test_a_damaged_record_says_what_to_do(self, settings: Settings) -> None:
        settings.fetched.mkdir(parents=True)
        (settings.fetched / "record.sqlite3").write_bytes(b"nonsense" * 1000)
        with pytest.raises(StoreUnusable, match="move the folder away"):
            read_fetched(settings.fetched)


class TestWithdrawing:
    """Letting go by hand."""

    def test_an_address_is_withdrawn(self, site: Site, lists: Fetching, settings: Settings) -> None:
        one, two = (site.serve(f"/{number}", TITLED.format(number).encode()) for number in (1, 2))
        fetched(lists, settings, one, two)
        loaded(settings)
        assert not withdraw([one], settings, command="withdraw").problems
        assert rows(settings, "select source_key from raw.documents where is_current") == [(two,)]

    def test_a_list_is_withdrawn_with_what_only_it_named(self, site: Site, lists: Fetching, settings: Settings) -> None:
        one, two = (site.serve(f"/{number}", TITLED.format(number).encode()) for number in (1, 2))
        fetched(lists, settings, one, two)
        lists.name = "second.csv"
        fetched(lists, settings, two)
        loaded(settings)
        lists.name = "sources.csv"
        lists.list.unlink()
        assert not withdraw([lists.list], settings, command="withdraw").problems
        assert rows(settings, "select source_key from raw.documents where is_current") == [(two,)]
        loaded(settings)
        assert rows(settings, "select source_key from raw.documents where is_current") == [(two,)]

    def test_a_file_beside_addresses_is_withdrawn_as_before(
        self, site: Site, lists: Fetching, settings: Settings
    ) -> None:
        fetched(lists, settings, site.serve("/1", TITLED.format(1).encode()))
        file = settings.sources[0] / "a.txt"
        file.write_text(TITLED.format(2), encoding="utf-8")
        loaded(settings)
        withdraw([settings.sources[0]], settings, command="withdraw")
        assert len(rows(settings, "from raw.documents where is_current")) == 1

    def test_a_local_file_is_shown_and_withdrawn_by_its_path(self, lists: Fetching, settings: Settings) -> None:
        file = lists.folder / "报告 1%.txt"
        file.write_text(TITLED.format(1), encoding="utf-8")
        fetched(lists, settings, file.name)
        loaded(settings)
        held = rows(settings, "select source_key, file, source_url, source_class from raw.documents where is_current")
        assert held == [(file.as_uri(), str(file), None, "local")]
        assert not withdraw([lists.folder], settings, command="withdraw").problems
        assert not rows(settings, "from raw.documents where is_current")


class TestCommand:
    """`jixiao fetch`."""

    @pytest.fixture(autouse=True)
    def _quick(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("JIXIAO_FETCH_PRIVATE", "1")
        monkeypatch.setenv("JIXIAO_FETCH_DELAY", "0")

    def test_it_tells_what_it_did_and_what_to_do(self, jixiao: Callable, site: Site, lists: Fetching) -> None:
        good, bad = site.serve("/1", TITLED.format(1).encode()), site.address("/not-there")
        lists.write(good, bad, {"address": "ftp://x/", "colour": "red"})
        ended = jixiao("fetch", lists.list)
        assert ended.code == 1
        assert ended.out.startswith("fetched 1 new documents and 0 changed, 0 unchanged, 1 failed")
        assert f"failed: {bad}: the server answered 404 Not Found. Look for its new address" in ended.err
        assert f"rejected: {lists.list}: row 4, column address: " in ended.err
        lists.write(good)
        ended = jixiao("fetch", lists.list)
        assert (ended.code, ended.err) == (0, "`jixiao rebuild` loads it.\n")
        assert "0 new documents and 0 changed, 1 unchanged, 1 no longer listed" in ended.out
        assert "1 asked not long ago" in jixiao("fetch", lists.list, "--max-age", "1").out
        assert "Listed: 1 sources\n" in jixiao("status").out

    def test_the_list_of_the_data_folder_is_the_default(self, jixiao: Callable, site: Site, settings: Settings) -> None:
        ended = jixiao("fetch")
        assert ended.code == 1
        assert f"{settings.home / 'sources.csv'}: there is no such list of sources" in ended.err
        (settings.home / "sources.csv").write_text(f"address\n{site.serve('/1', b'x')}\n", encoding="utf-8")
        assert jixiao("fetch").code == 0

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("JIXIAO_FETCH_DELAY", "soon"),
            ("JIXIAO_FETCH_SECONDS", "0"),
            ("JIXIAO_FETCH_BYTES", "lots"),
            ("JIXIAO_FETCH_AGE", "nan"),
            ("JIXIAO_FETCH_AGENT", "绩效"),
            ("JIXIAO_FETCH_AGENT", "/1.0"),
            ("JIXIAO_FETCH_PRIVATE", "yes"),
        ],
    )
    def test_a_setting_that_cannot_be_meant_is_named(
        self, jixiao: Callable, monkeypatch: pytest.MonkeyPatch, name: str, value: str
    ) -> None:
        monkeypatch.setenv(name, value)
        ended = jixiao("fetch")
        assert ended.code == 2
        assert name in ended.err and value in ended.err

    def test_the_example_list_needs_no_network_and_no_correction(self, jixiao: Callable) -> None:
        ended = jixiao("fetch", SAMPLES / "sources.csv")
        assert (ended.code, ended.out[:27]) == (0, "fetched 3 new documents and")
