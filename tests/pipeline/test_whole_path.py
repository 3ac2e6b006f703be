"""From the shipped reports and figures to a published warehouse, with the real models: what an analyst must find there.

The expected values were worked out by hand from the four real reports whose figures are shipped.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from ingest.paths import PROJECT_ROOT
from ingest.settings import Settings
from ingest.warehouse.query import open_release
from ingest.warehouse.release import Rebuild, rebuild

REAL_REPORTS = PROJECT_ROOT.parent / "shared" / "corpus" / "seeds" / "docs"
LIWAN, POTOU, LECHANG = "440103-civil_affairs", "440804-civil_affairs", "440281-civil_affairs"

pytestmark = pytest.mark.slow

Ask = Callable[[str], list[tuple]]


@pytest.fixture(scope="module", params=["shipped figures", pytest.param("real reports", marks=pytest.mark.corpus)])
def ask(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Ask a release made of the shipped figures, and one made of the real reports themselves, the same questions."""
    if request.param == "shipped figures":
        settings, _ = request.getfixturevalue("shipped")
    elif REAL_REPORTS.is_dir():
        settings = Settings(home=tmp_path_factory.mktemp("real"), sources=(REAL_REPORTS,))
        rebuild(settings)
    else:
        pytest.skip(f"the four real reports are not at {REAL_REPORTS}")

    def run(sql: str) -> list[tuple]:
        with open_release(settings.warehouse) as connection:
            return connection.execute(sql).fetchall()

    return run


def whole(measure: str, department_id: str, year: int) -> str:
    """A query for the department's whole amounts of a measure, by stage."""
    return f"""
        select stage, amount_cny from fct_funding
        where department_id = '{department_id}' and fiscal_year = {year} and measure = '{measure}'
            and programme is null and item is null and fund_source is null and spending_type is null
        order by stage
    """


def test_liwan_has_its_budget_expenditure_and_both_rates(ask: Ask) -> None:
    assert ask(whole("budget", LIWAN, 2023)) == [("revised", 313_129_100)]
    assert ask(whole("expenditure", LIWAN, 2023)) == [("final", 304_358_100)]
    assert ask(
        f"""
        select stated_rate_pct, round(recomputed_rate_pct, 2), numerator_cny, denominator_cny, basis from fct_execution
        where department_id = '{LIWAN}' and fiscal_year = 2023 and stated_rate_pct = 97.2
        """
    ) == [(97.2, 97.2, 304_358_100, 313_129_100, "revised")]


def test_potou_has_an_initial_budget_beside_final_accounts_of_twice_that(ask: Ask) -> None:
    assert ask(whole("budget", POTOU, 2022)) == [("initial", 46_591_700)]
    assert ask(whole("expenditure", POTOU, 2022)) == [("final", 91_415_600)]
    assert ask(
        f"""
        select stated_rate_pct, round(recomputed_rate_pct, 1) from fct_execution
        where department_id = '{POTOU}' and denominator_cny = 46591700 and numerator_cny = 91415600
        """
    ) == [(None, 196.2)]


def test_lechang_carries_both_rates_with_their_bases(ask: Ask) -> None:
    rows = ask(
        f"""
        select stated_rate_pct, numerator_cny, denominator_cny, basis from fct_execution
        where department_id = '{LECHANG}' and fiscal_year = 2023 and stated_rate_pct in (100, 77.12)
            and programme is null
        order by stated_rate_pct
        """
    )
    assert [row[0] for row in rows] == [77.12, 100]
    assert rows[0][1:3] == (129_053_300, 167_348_700)
    assert rows[1][1:3] == (128_204_700, 128_204_700)
    assert all(basis for *_, basis in rows)


def test_lechang_has_its_standard_top_up_and_old_age_allowance(ask: Ask) -> None:
    assert ask(
        f"""
        select standard_cny, per, top_up_cny_per_month from fct_subsidy_standards
        where department_id = '{LECHANG}' and fiscal_year = 2023 and programme = 'dibao' and residence = 'urban'
        """
    ) == [(857, "month", 676)]
    assert (11_078, 2_561_300) in ask(
        f"""
        select persons, amount_paid_cny from fct_beneficiaries
        where department_id = '{LECHANG}' and fiscal_year = 2023 and programme = 'old_age_allowance'
        """
    )


def test_potou_is_held_to_its_own_counts(ask: Ask) -> None:
    ((verdict, recomputed),) = ask(
        f"""
        select verdict, round(right_value, 1) from fct_reconciliations
        where department_id = '{POTOU}' and identity = 'completion_rate' and left_value = 85
        """
    )
    assert (verdict, recomputed) == ("violated", round(1951 / 2205 * 100, 1))


def test_every_fact_leads_to_a_figure_with_its_evidence(ask: Ask) -> None:
    assert ask("select count(*) from fct_figures anti join dim_document using (document_id)") == [(0,)]
    assert ask("select count(*) from bridge_fact_figures anti join fct_figures using (figure_id)") == [(0,)]
    ((facts,),) = ask("select count(*) from bridge_fact_figures")
    assert facts > 0
    # Where there is a text, the figure's number stands in it where the figure says.
    ((with_text, wrong),) = ask(
        """
        select count(*), count(*) filter (
            where regexp_replace(translate(text[start + 1 : "end"], '０１２３４５６７８９', '0123456789'), '[^0-9]', '', 'g')
                <> regexp_replace(translate(raw, '０１２３４５６７８９', '0123456789'), '[^0-9]', '', 'g')
        )
        from fct_figures inner join dim_document_text using (document_id) where start is not null
        """
    )
    assert with_text > 0
    assert wrong == 0


def test_what_is_shipped_loads_without_a_failure(shipped: tuple[Settings, Rebuild]) -> None:
    settings, done = shipped
    assert done.loaded.problems == []
    assert done.release.figure_count > 4_000
    with open_release(settings.warehouse) as connection:
        departments, invented = connection.execute(
            "select count(*) filter (where not is_sample), count(*) filter (where is_sample) from dim_department"
        ).fetchone()
        assert departments > 350
        assert invented > 4
        # The release's row is written by the rebuild and shown by the models: they agree on what is in it.
        assert connection.execute("select release, document_count, figure_count from dim_release").fetchall() == [
            (done.release.release, done.release.document_count, done.release.figure_count)
        ]
        assert connection.execute("select count(*) from fct_figures").fetchone() == (done.release.figure_count,)


def test_a_second_rebuild_has_nothing_to_do(shipped: tuple[Settings, Rebuild]) -> None:
    settings, done = shipped
    again = rebuild(settings)
    assert (again.is_new, again.release) == (False, done.release)


def test_the_release_is_one_file_that_needs_nothing_beside_it(
    shipped: tuple[Settings, Rebuild], tmp_path: Path
) -> None:
    settings, _ = shipped
    moved = tmp_path / "renamed.duckdb"
    moved.write_bytes(settings.warehouse.read_bytes())
    with duckdb.connect(str(moved), read_only=True, config={"enable_external_access": "false"}) as connection:
        relations = connection.execute(
            """
            select schema_name, table_name from duckdb_tables() where not internal
            union all select schema_name, view_name from duckdb_views() where not internal
            """
        ).fetchall()
        for schema, relation in relations:
            connection.execute(f'select count(*) from "{schema}"."{relation}"')
        commented = connection.execute(
            "select count(*) from duckdb_columns() where schema_name = 'main' and not internal and comment is not null"
        ).fetchone()
    assert {schema for schema, _ in relations} >= {"main", "raw", "staging", "intermediate", "reference"}
    assert commented > (100,)
