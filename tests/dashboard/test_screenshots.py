"""The pictures of the documentation, made by the dashboard itself from the published samples.

They are written only with JIXIAO_WRITE_SCREENSHOTS=1: docs/images/*.png are committed and a test run must not touch them.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.paths import PROJECT_ROOT

IMAGES = PROJECT_ROOT / "docs" / "images"
SHOTS = {
    "compare": "compare",
    "overview": "",
    "execution": "execution",
    "contradictions": "contradictions",
}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(
        os.environ.get("JIXIAO_WRITE_SCREENSHOTS") != "1",
        reason="writes docs/images only with JIXIAO_WRITE_SCREENSHOTS=1",
    ),
]


@pytest.mark.parametrize("name", SHOTS)
def test_write_a_screenshot(browser, name, screenshot_server):
    from test_browser import Reader

    reader = Reader(browser, screenshot_server, width=1280, height=1000)
    reader.open(SHOTS[name])
    reader.tab.wait_for_selector(".jx-chart svg", timeout=30_000) if name != "contradictions" else None
    reader.tab.wait_for_timeout(1500)
    IMAGES.mkdir(parents=True, exist_ok=True)
    path = IMAGES / f"{name}.png"
    reader.tab.screenshot(path=path)
    reader.tab.close()
    assert path.stat().st_size > 20_000


@pytest.fixture(scope="module")
def screenshot_server():
    """A dashboard on the release of `make warehouse`, or on that in JIXIAO_SCREENSHOTS_HOME."""
    from dashboard_server import serve

    home = Path(os.environ.get("JIXIAO_SCREENSHOTS_HOME") or PROJECT_ROOT / "data")
    assert (home / "warehouse.duckdb").exists(), f"{home} holds no warehouse: run make warehouse first"
    yield from serve(home)
