"""The dashboard in a real browser: as a reader, on a phone, with a keyboard, offline, and with hostile reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import fixture_warehouse
import pytest
from axe_playwright_python.sync_playwright import Axe

from ingest.paths import PROJECT_ROOT

pytestmark = pytest.mark.browser

PAGES = sorted(path.stem for path in (PROJECT_ROOT / "dashboard" / "app_pages").glob("*.py"))


class Reader:
    """One browser tab on the dashboard that notes errors and requests to anywhere else."""

    def __init__(self, browser, server: str, width: int = 1360, height: int = 1000) -> None:
        self.server = server
        self.tab = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
        self.outside: list[str] = []
        self.failures: list[str] = []
        self.tab.on(
            "request",
            lambda r: (
                None if r.url.startswith((server, "data:", "blob:", "ws://127.0.0.1")) else self.outside.append(r.url)
            ),
        )
        self.tab.on("pageerror", lambda error: self.failures.append(str(error)))

    def open(self, path: str) -> None:
        self.tab.goto(f"{self.server}/{path}")
        self.settle()

    def settle(self) -> None:
        self.tab.wait_for_selector("h1", timeout=30_000)
        self.tab.wait_for_function(
            "() => document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state') === 'notRunning'",
            timeout=30_000,
        )
        self.tab.wait_for_timeout(300)

    def query(self) -> dict[str, str]:
        return {k: v[0] for k, v in parse_qs(urlsplit(self.tab.url).query, keep_blank_values=True).items()}


@pytest.fixture
def reader(browser, server) -> Iterator[Reader]:
    reader = Reader(browser, server)
    yield reader
    reader.tab.close()
    assert not reader.failures
    assert not reader.outside, "the dashboard must not ask anybody else for anything"


@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_in_both_languages_and_fits_a_phone(reader, page):
    reader.open(f"{page}?lang=en")
    assert reader.tab.locator("[data-testid=stException]").count() == 0
    reader.tab.set_viewport_size({"width": 390, "height": 844})
    reader.open(page)
    assert reader.tab.locator("h1").first.inner_text()
    assert reader.tab.locator("[data-testid=stException]").count() == 0
    assert reader.tab.evaluate("document.title") == "绩效 Jixiao"
    wider = reader.tab.evaluate(
        "() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollWidth - m.clientWidth; }"
    )
    assert wider <= 1, f"{page} scrolls sideways by {wider} pixels"


@pytest.mark.parametrize("width", [1360, 390], ids=["wide", "phone"])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_no_serious_fault(browser, server, page, width):
    reader = Reader(browser, server, width=width)
    reader.open(page if page != "evidence" else "evidence?figure=f-liwan-rate")
    if width < 500:
        reader.tab.get_by_test_id("stExpandSidebarButton").click()
        reader.tab.wait_for_timeout(500)
    found = Axe().run(reader.tab, options={"resultTypes": ["violations"]}).response["violations"]
    reader.tab.close()
    serious = [v for v in found if v["impact"] in ("serious", "critical")]
    assert not serious, [(v["id"], v["nodes"][0]["html"][:200]) for v in serious]


def test_the_first_chart_comes_before_the_choices_whose_places_have_their_heights(reader):
    heights = "(kinds) => kinds.flatMap((kind) => [...document.querySelectorAll(`[data-testid=${kind}]`)].map((e) => e.closest('.stElementContainer').offsetHeight))"
    choices = ["stSelectbox", "stTextInput", "stCheckbox", "stButtonGroup"]
    reader.tab.add_init_script(
        f"""new MutationObserver((_, observer) => {{
            if (!document.querySelector('.jx-chart svg')) return;
            observer.disconnect();
            window.atFirst = {{ choices: ({heights})({choices}), bars: ({heights})(['stSkeletonElement']) }};
        }}).observe(document, {{ childList: true, subtree: true }})"""
    )
    # Where a chart takes long, as the first time and on a busy machine, its choices do not wait for it.
    for _ in range(4):
        reader.open("standards")
        first = reader.tab.evaluate("window.atFirst")
        if not first["choices"]:
            break
    assert first["choices"] == []
    reader.tab.wait_for_selector("[data-testid=stTextInput]")
    assert reader.tab.get_by_test_id("stSkeletonElement").count() == 0
    assert sorted(first["bars"]) == sorted(reader.tab.evaluate(heights, choices))


def test_the_document_says_its_language(reader):
    reader.open("compare")
    assert not reader.tab.locator(".jx-choices").is_visible(), "where there is room the choices are open"
    assert reader.tab.evaluate("document.documentElement.lang") == "zh-CN"
    reader.open("compare?lang=en")
    assert reader.tab.evaluate("document.documentElement.lang") == "en"


def test_from_the_menu_to_the_execution_rate_of_liwan_and_its_evidence(reader):
    reader.open("execution?search=荔湾")
    row = reader.tab.locator("tr", has_text="荔湾区民政局").first
    row.get_by_role("link", name="97.2%").click()
    reader.settle()
    assert "figure=f-liwan-rate" in reader.tab.url
    assert "97.2%" in reader.tab.locator(".jx-value").inner_text()
    assert reader.tab.get_by_text("荔湾区民政局2023年部门整体支出绩效自评").first.is_visible()


def test_from_a_contradiction_to_the_figures_of_both_sides(reader):
    reader.open("contradictions")
    assert "85%" in reader.tab.content() and "88.48%" in reader.tab.content()
    reader.tab.get_by_role("link", name="1951具").first.click()
    reader.settle()
    assert "figure=f-potou-actual" in reader.tab.url


def test_a_choice_goes_into_the_address_and_the_address_reopens_it(browser, server, reader):
    reader.open("compare?dept=440100-civil_affairs,440300-civil_affairs")
    names = [reader.tab.locator("[data-testid=stWidgetLabel]", has_text=n).first for n in ("图形", "单位")]
    year = reader.tab.locator("[data-testid=stWidgetLabel]", has_text=re.compile("^从$"))
    tops = {round(name.bounding_box()["y"]) for name in (*names, year)}
    assert max(tops) - min(tops) <= 1, "the names of choices in a row stand in one line"
    reader.tab.get_by_role("radio", name="条形").or_(reader.tab.get_by_role("button", name="条形")).first.click()
    reader.tab.wait_for_function("location.search.includes('chart=bar')", timeout=15_000)
    reader.settle()
    heading = reader.tab.locator("h2").first.inner_text()
    again = Reader(browser, server)
    again.open(reader.tab.url.removeprefix(server + "/"))
    assert again.tab.locator("h2").first.inner_text() == heading
    again.tab.close()


def test_the_language_stays_on_the_way_through_the_pages(reader):
    reader.open("compare")
    reader.tab.get_by_role("radio", name="English").or_(reader.tab.get_by_role("button", name="English")).first.click()
    reader.tab.wait_for_function("location.search.includes('lang=en')", timeout=15_000)
    reader.settle()
    assert reader.tab.locator("h1").first.inner_text() == "Compare departments"
    reader.tab.get_by_role("link", name="Contradictions").first.click()
    reader.tab.wait_for_function("document.querySelector('h1')?.innerText.startsWith('Where reports')", timeout=15_000)
    reader.settle()
    assert reader.query().get("lang") == "en"


def test_hostile_reports_are_text_in_a_real_browser(reader):
    reader.open("evidence?figure=f-invented-budget")
    assert reader.tab.evaluate("document.title") == "绩效 Jixiao"
    assert reader.tab.locator(".jx-text mark.raw").inner_text() == "1,200.50 万元"
    assert "<img src=x onerror=" in reader.tab.locator(".jx-text").inner_text()
    # The sentence itself stands on the first screen, before the text around it.
    assert reader.tab.locator(".jx-sentence mark.raw").inner_text() == "1,200.50 万元"
    assert reader.tab.locator(".jx-sentence").bounding_box()["y"] < 600
    assert reader.tab.locator(".jx-text img, .jx-text script, .jx-table img").count() == 0
    assert reader.tab.locator("a[href^='javascript:']").count() == 0


def test_what_is_downloaded_is_what_is_shown_and_runs_nothing(reader, tmp_path: Path):
    reader.open("evidence?samples=1&dept=x-0123456789")
    with reader.tab.expect_download() as download:
        reader.tab.get_by_role("button", name="CSV").click()
    path = tmp_path / "shown.csv"
    download.value.save_as(path)
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert "'=HYPERLINK" in text and not re.search(r'(^|,)"?=', text, re.M)
    assert "samples=1" in text, "the link to the view is inside"


def test_a_value_can_be_reached_with_the_keyboard_alone(reader):
    reader.open("compare?chart=table&dept=440100-civil_affairs")
    for _ in range(120):
        reader.tab.keyboard.press("Tab")
        if "evidence?figure=" in (reader.tab.evaluate("document.activeElement?.href || ''")):
            break
    else:
        pytest.fail("no evidence link takes the focus")
    reader.tab.keyboard.press("Enter")
    reader.tab.wait_for_function("location.pathname.endsWith('/evidence')", timeout=15_000)


def test_a_file_and_a_filter_can_be_had_with_the_keyboard_alone(reader, tmp_path: Path):
    reader.open("standards")
    for _ in range(80):
        reader.tab.keyboard.press("Tab")
        if reader.tab.evaluate("document.activeElement?.innerText || ''").strip().endswith("CSV"):
            break
    else:
        pytest.fail("the button for CSV never takes the focus")
    with reader.tab.expect_download() as download:
        reader.tab.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".csv")
    reader.open("execution")
    reader.tab.get_by_role("radio", name="部门整体").focus()
    reader.tab.keyboard.press("ArrowRight")
    reader.tab.keyboard.press("Space")
    reader.tab.wait_for_function("location.search.includes('scope=all')", timeout=15_000)


def test_a_chart_has_a_text_and_its_marks_lead_to_the_evidence(reader):
    reader.open("compare?chart=bar&year=2023&dept=440100-civil_affairs,440281-civil_affairs")
    chart = reader.tab.locator(".jx-chart [role=group]").first
    assert "广州市民政局最高" in chart.get_attribute("aria-label")
    mark = chart.locator(".jx-wide a").first
    mark.hover()
    assert "元/人·月" in reader.tab.locator(".jx-tip").inner_text()
    mark.click()
    reader.settle()
    assert "figure=f-standard-440100-2023" in reader.tab.url


def test_a_chart_is_drawn_for_the_width_that_the_window_has(reader):
    reader.open("compare?chart=bar&year=2023&dept=440100-civil_affairs,440281-civil_affairs")
    drawn = reader.tab.locator(".jx-chart svg:visible")
    assert drawn.count() == 1 and "jx-wide" in drawn.get_attribute("class")
    reader.tab.set_viewport_size({"width": 390, "height": 844})
    reader.tab.locator(".jx-chart svg.jx-narrow").wait_for(state="visible", timeout=15_000)
    assert drawn.count() == 1
    reader.tab.set_viewport_size({"width": 1360, "height": 1000})
    reader.tab.locator(".jx-chart svg.jx-wide").wait_for(state="visible", timeout=15_000)
    reader.tab.emulate_media(media="print")
    reader.tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert reader.tab.locator(".jx-chart svg").count() == 2 and drawn.count() == 1


def test_on_a_phone_choices_stand_in_twos_and_a_table_keeps_its_first_column_and_squeezes_no_title(reader):
    reader.tab.set_viewport_size({"width": 390, "height": 844})
    reader.open("evidence?dept=440281-civil_affairs")
    assert reader.tab.locator("th:visible").all_inner_texts()[:2] == ["含义", "数值"], (
        "the department is said once above"
    )
    assert "乐昌市民政局" in reader.tab.locator("p.jx-fold").inner_text()
    reader.open("execution")
    rates = [cell.bounding_box() for cell in reader.tab.locator("td:nth-child(4), td:nth-child(5)").all()]
    assert rates and all(r["x"] + r["width"] <= 390 for r in rates), "the rates are in sight without scrolling"
    reader.open("compare")
    chart = reader.tab.locator(".jx-chart svg:visible").first.bounding_box()
    assert chart["y"] + chart["height"] / 2 < 844, "the chart is on the first screen"
    assert not reader.tab.locator(".stMultiSelect").is_visible()
    reader.tab.locator(".jx-choices summary").click()
    assert reader.tab.locator(".stMultiSelect").is_visible()
    assert reader.tab.get_by_role("button", name="菜单", exact=True).is_visible()
    reader.open("dictionary")
    terms = reader.tab.locator(".jx-scroll").first
    assert terms.evaluate("e => e.scrollWidth <= e.clientWidth"), "definitions are read without scrolling"
    reader.open("overview")
    reader.tab.locator(".jx-choices summary").press("Enter")
    title = reader.tab.locator(".jx-table a[href*='document=']").first
    assert title.evaluate("e => e.closest('td').clientWidth") >= 150
    one, two = (reader.tab.locator(".stSelectbox").nth(i).bounding_box() for i in (0, 1))
    assert one["y"] == two["y"] and one["x"] < two["x"], "two choices stand in a row"
    region = reader.tab.locator(".jx-scroll", has=title).first
    region.evaluate("e => { e.scrollLeft = 200; }")
    first = region.locator("tbody td").first
    assert abs(first.bounding_box()["x"] - region.bounding_box()["x"]) <= 1


@pytest.mark.parametrize("kind", ["PNG", "SVG"])
def test_a_chart_is_saved_as_an_image_with_its_title_and_sources(reader, tmp_path: Path, kind):
    reader.open("compare?chart=bar&year=2023&dept=440100-civil_affairs,440281-civil_affairs")
    with reader.tab.expect_download() as download:
        reader.tab.get_by_role("button", name=kind, exact=False).first.click()
    path = tmp_path / f"shown.{kind}"
    download.value.save_as(path)
    content = path.read_bytes()
    if kind == "PNG":
        assert content.startswith(b"\x89PNG") and len(content) > 20_000
        assert int.from_bytes(content[16:20], "big") == 2 * (1080 + 48), "twice the size of the drawing with its edges"
    else:
        said = content.decode()
        assert "广州市民政局最高" in said and "来源：" in said and "数据发布：" in said
        assert 'href="./' not in said, "links lead back from outside of the dashboard"


def test_a_new_release_is_shown_without_a_restart(browser, tmp_path):
    from dashboard_server import serve

    fixture_warehouse.build(tmp_path / "warehouse.duckdb", "20260102T000000-first")
    for address in serve(tmp_path):
        reader = Reader(browser, address)
        reader.open("release")
        assert "20260102T000000-first" in reader.tab.content()
        fixture_warehouse.build(tmp_path / "warehouse.duckdb", "20260203T000000-second")
        reader.open("release")
        assert "20260203T000000-second" in reader.tab.content()
        reader.tab.close()
