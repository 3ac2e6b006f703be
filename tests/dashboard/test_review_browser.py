"""Reviewing in a real browser: from the queue to a recorded decision with the keyboard and the mouse, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import fixture_warehouse
import pytest
from axe_playwright_python.sync_playwright import Axe
from dashboard_server import serve

from ingest.settings import Settings
from ingest.warehouse.reviews import read_decisions

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A dashboard where reviewing is switched on, and its JIXIAO_HOME."""
    home = tmp_path_factory.mktemp("review")
    fixture_warehouse.build(home / "warehouse.duckdb")
    with duckdb.connect(str(home / "warehouse.duckdb")) as release:
        release.execute("create schema raw")
        release.execute("create table raw.documents as select document_id, file as source_key from dim_document")
        release.execute("update fct_figures set value_as_read = value")
        release.execute("create table raw.figures as select * from fct_figures")
    for address in serve(home, JIXIAO_REVIEW="1"):
        yield address, home


def settle(tab) -> None:
    tab.wait_for_selector("h1", timeout=30_000)
    tab.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state') === 'notRunning'",
        timeout=30_000,
    )
    tab.wait_for_timeout(300)


def test_a_figure_is_corrected_seen_as_pending_and_taken_back(browser, desk):
    address, home = desk
    log = Settings.from_environment({"JIXIAO_HOME": str(home)}).reviews
    tab = browser.new_page(viewport={"width": 1360, "height": 1000}, locale="zh-CN")
    tab.goto(f"{address}/evidence?figure=f-potou-rate")
    settle(tab)
    tab.get_by_role("link", name="复核这个数字").click()
    settle(tab)
    assert "figure=f-potou-rate" in tab.url
    tab.get_by_role("radio", name="更正").or_(tab.get_by_role("button", name="更正")).first.click()
    tab.get_by_label("正确数值（%）").fill("88.48%")
    tab.get_by_label("理由（必填，随数据公布）").fill("<b>1951</b>具除以2205具")
    tab.get_by_role("textbox", name="复核人（必填，随数据公布）").fill("绩效科")
    found = Axe().run(tab, options={"resultTypes": ["violations"]}).response["violations"]
    serious = [v for v in found if v["impact"] in ("serious", "critical")]
    assert not serious, [(v["id"], v["nodes"][0]["html"][:200]) for v in serious]
    tab.get_by_role("button", name="记录更正").click()
    tab.get_by_text("已记录：更正").wait_for(timeout=15_000)
    settle(tab)
    (made,) = read_decisions(log)
    assert (made.corrected_value, made.reviewer) == (88.48, "绩效科")
    assert tab.locator(".jx-table", has_text="<b>1951</b>具除以2205具").is_visible(), "shown letter by letter"

    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(f"{address}/review?state=pending")
    settle(tab)
    wider = tab.evaluate(
        "() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollWidth - m.clientWidth; }"
    )
    assert wider <= 1
    tab.get_by_label("理由（必填，随数据公布）").first.fill("原文就是85%")
    tab.get_by_role("textbox", name="复核人（必填，随数据公布）").first.fill("绩效科")
    tab.get_by_role("button", name="撤销这个决定").focus()
    tab.keyboard.press("Enter")
    tab.get_by_text(f"已撤销 {made.review_id}").wait_for(timeout=15_000)
    assert [decision.action for decision in read_decisions(log)] == ["correct", "undo"]
    tab.close()


def test_the_page_is_in_the_menu_only_where_it_is_on(browser, desk, server):
    for address, shown in ((desk[0], 1), (server, 0)):
        tab = browser.new_page(viewport={"width": 1360, "height": 1000}, locale="zh-CN")
        tab.goto(address)
        settle(tab)
        tab.get_by_text("核对", exact=True).first.click()
        tab.get_by_role("link", name="覆盖与缺口").or_(tab.get_by_role("link", name="覆盖")).first.wait_for()
        assert tab.locator("a[href*='/review']").count() == shown
        tab.close()
