"""The nine tables of final accounts, printed to PDF: the same figures as from a table that the format marks."""

from __future__ import annotations

import pytest
from account_tables import TITLE
from playwright.sync_api import Browser
from printed_accounts import as_page, print_accounts
from test_final_accounts import TABLES, Row

from ingest.documents import document_from_bytes
from ingest.figures import extract_figures


def figures_of(data: bytes) -> list[Row]:
    return [
        (f.measure, f.fund_source, f.spending_type, f.fiscal_year, f.item, round(f.value / 10_000, 2))
        for f in extract_figures(document_from_bytes(data, "accounts.pdf"))
    ]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_final_accounts_says_the_same_printed_with_rules(name: str) -> None:
    caption, grid, expected = TABLES[name]
    assert figures_of(print_accounts(TITLE, caption, grid)) == expected


@pytest.mark.browser
def test_printed_by_a_browser_with_embedded_fonts(browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        for name, (caption, grid, expected) in TABLES.items():
            page.set_content(as_page(TITLE, caption, grid))
            assert figures_of(page.pdf(prefer_css_page_size=True)) == expected, name


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_final_accounts_says_the_same_printed_without_rules(name: str) -> None:
    caption, grid, expected = TABLES[name]
    assert figures_of(print_accounts(TITLE, caption, grid, ruled=False)) == expected
