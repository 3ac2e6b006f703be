"""The release is read and nothing else: it is followed when it changes, and the connection can do no harm."""

import threading

import duckdb
import fixture_warehouse
import pytest
from fixture_warehouse import GUANGZHOU, INVENTED, LIWAN

from dashboard.queries import comparison, connection, evidence, fact_marts, holdings, releases
from dashboard.queries.comparables import COMPARABLES
from dashboard.queries.connection import Warehouse, WarehouseError
from dashboard.queries.fact_marts import WHOLE


def test_a_new_release_is_followed_while_an_old_reader_finishes(home):
    old = Warehouse()
    assert releases.release(old)["release"].endswith("aaaaaa")
    fixture_warehouse.build(home / "warehouse.duckdb", "20260203T040506-bbbbbb")
    new = Warehouse()
    assert releases.release(new)["release"].endswith("bbbbbb")
    assert old.rows("select max(release) as r, 1 as uncached from dim_release")["r"][0].endswith("aaaaaa")


def test_counts_by_place_and_year_are_those_of_each_choice(home):
    warehouse = Warehouse()
    held = fact_marts.places_and_years(warehouse, "fct_subsidy_standards", False, {})
    for chosen in ({}, {"tier": "prefecture"}, {"tier": "county", "province_name": "广东省"}):
        part = held
        for column, value in chosen.items():
            part = part[part[column] == value]
        for column, of_every_year in (("tier", True), ("fiscal_year", False), ("province_name", True)):
            counted = part[part["is_every_year"] == of_every_year].groupby(column)[["n", "departments"]].sum()
            expected = fact_marts.tally(warehouse, "fct_subsidy_standards", column, False, chosen).set_index("option")
            assert {str(o): tuple(r) for o, r in zip(counted.index, counted.to_numpy(), strict=True)} == {
                o: tuple(r) for o, r in zip(expected.index, expected[["n", "departments"]].to_numpy(), strict=True)
            }


def test_a_document_of_several_departments_is_held_by_each(home):
    before = holdings.totals(Warehouse(), False)["documents"]
    connection._current.clear()
    with duckdb.connect(str(home / "warehouse.duckdb")) as release:
        release.execute("update dim_document set department_id = null where document_id = 'd-liwan'")
    warehouse = Warehouse()
    assert holdings.totals(warehouse, False)["documents"] == before
    assert "d-liwan" in set(holdings.documents(warehouse, True, LIWAN)["document_id"])
    assert "d-liwan" not in set(holdings.documents(warehouse, True, GUANGZHOU)["document_id"])


def test_twenty_readers_while_releases_change(home):
    failures: list[Exception] = []
    following = [f"2026020{n}T000000-{n}" for n in range(1, 6)]
    known = {"20260102T030405-aaaaaa", *following}
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                warehouse = Warehouse()
                assert releases.release(warehouse)["release"] in known
                assert holdings.totals(warehouse, False)["departments"] == 5
            except Exception as error:
                failures.append(error)
                return

    readers = [threading.Thread(target=read) for _ in range(20)]
    for reader in readers:
        reader.start()
    for release in following:
        fixture_warehouse.build(home / "warehouse.duckdb", release)
    stop.set()
    for reader in readers:
        reader.join(30)
    assert not failures
    assert releases.release(Warehouse())["release"] == following[-1]


@pytest.mark.parametrize(
    "statement",
    [
        "create table release.main.x as select 1",
        "delete from dim_department",
        "select * from read_text('/etc/hostname')",
        "copy (select 1) to '/tmp/jixiao-must-not-exist.csv'",
        "attach '/tmp/jixiao-must-not-exist.duckdb' as other",
        "set threads = 1",
        "set enable_external_access = true",
        "install httpfs",
        "load httpfs",
    ],
)
def test_the_connection_can_neither_write_nor_leave_the_release(home, statement):
    _, cursor = connection._current().cursor()
    with pytest.raises(duckdb.Error):
        cursor.execute(statement)


def test_a_missing_a_broken_and_an_outdated_release_say_so(home):
    fixture_warehouse.build(home / "warehouse.duckdb", drop="dim_release")
    with pytest.raises(WarehouseError) as outdated:
        releases.release(Warehouse())
    (home / "warehouse.duckdb").write_bytes(b"not a database" * 1000)
    with pytest.raises(WarehouseError) as broken:
        Warehouse()
    (home / "warehouse.duckdb").unlink()
    with pytest.raises(WarehouseError) as missing:
        Warehouse()
    assert [e.value.cause for e in (outdated, broken, missing)] == ["outdated", "unreadable", "missing"]


def test_invented_reports_stay_apart_unless_asked_for(home):
    warehouse = Warehouse()
    assert (
        holdings.totals(warehouse, False)["departments"] == 5 and holdings.totals(warehouse, True)["departments"] == 6
    )
    chosen = dict.fromkeys(COMPARABLES["budget"].dimensions, WHOLE)
    for samples in (False, True):
        held = comparison.combinations(warehouse, COMPARABLES["persons"], samples)
        assert held["departments"].sum() == (2 if samples else 1)
    assert comparison.compare(warehouse, COMPARABLES["budget"], {**chosen, "stage": "revised"}, True)[
        "department_id"
    ].is_unique
    assert INVENTED not in set(evidence.figures(warehouse, evidence.Wanted(False), 100)["department_name"])


def test_every_comparable_reads_the_release(home):
    warehouse = Warehouse()
    for comparable in COMPARABLES.values():
        held = comparison.combinations(warehouse, comparable, True)
        for row in held.to_dict("records"):
            found = comparison.compare(warehouse, comparable, {d: row[d] for d in comparable.dimensions}, True)
            assert found["department_id"].nunique() == row["departments"]
            assert len(found) == row["values"]
    standards = comparison.compare(
        warehouse,
        COMPARABLES["standard_month"],
        {"programme": "dibao", "residence": "urban", "care": WHOLE, "variant": WHOLE},
        False,
    )
    guangzhou = standards[standards["department_id"] == GUANGZHOU].set_index("fiscal_year")["value"]
    assert guangzhou.to_dict() == {2019: 1010, 2020: 1080, 2021: 1120, 2022: 1196, 2023: 1238}


def test_the_pages_of_a_list_of_figures_are_all_of_them_once(home):
    warehouse, wanted = Warehouse(), evidence.Wanted(False, measure="standard")
    held = evidence.figure_count(warehouse, wanted)
    listed = [f for after in range(0, held, 3) for f in evidence.figures(warehouse, wanted, 3, after)["figure_id"]]
    assert held == len(listed) == len(set(listed)) > 3


def test_search_takes_every_character_literally(home):
    warehouse = Warehouse()
    assert len(evidence.figures(warehouse, evidence.Wanted(True, search="%"), 100)) == 4
    assert len(evidence.figures(warehouse, evidence.Wanted(True, search="' or 1=1 --"), 100)) == 0
    assert evidence.figure(warehouse, "' or 1=1 --") is None


def test_evidence_leads_from_a_figure_to_its_facts_and_back(home):
    warehouse = Warehouse()
    facts = evidence.facts_of(warehouse, "f-liwan-spent")
    assert set(facts["fact_table"]) == {"fct_funding", "fct_execution"}
    statements = evidence.statements(warehouse, "fct_execution", "e-liwan")
    assert set(statements["role"]) == {"stated_rate", "numerator", "denominator"}
    assert fact_marts.mart(warehouse, "fct_execution", LIWAN)["recomputed_rate_pct"].tolist() == [97.2]
    with pytest.raises(ValueError, match="not a fact mart"):
        fact_marts.mart(warehouse, "dim_document; drop table x", LIWAN)
