"""The dashboard's entry: language, navigation, and nothing else. Run by `jixiao dashboard` or `streamlit run`."""

import streamlit as st

from dashboard import layout, review_access
from dashboard.labels import Words
from dashboard.queries.connection import WarehouseError

st.set_page_config(page_title="绩效 Jixiao", page_icon=layout.ICON, layout="wide")
language, problems = layout.language()
layout.shell(language)
words = Words(language)

#: Sections and their pages, in the order of the menu.
PAGES: dict[str, tuple[tuple[str, str], ...]] = {
    "": (("overview", "dashboard"), ("compare", "bar_chart"), ("contradictions", "report")),
    "topic": (
        ("execution", "speed"),
        ("standards", "payments"),
        ("beneficiaries", "groups"),
        ("funding", "account_balance"),
        ("performance", "flag"),
    ),
    "place": (("department", "badge"), ("head_to_head", "compare_arrows"), ("map", "grid_on")),
    "check": (("evidence", "format_quote"), ("coverage", "grid_view"), ("review", "rule")),
    "data": (("sql", "terminal"), ("dictionary", "menu_book"), ("release", "new_releases")),
}

pages = {
    words(f"section.{section}") if section else "": [
        st.Page(
            f"app_pages/{key}.py",
            title=words(f"page.{key}.short"),
            icon=f":material/{icon}:",
            url_path=key if key != "overview" else "home",
            default=key == "overview",
            help=words(f"page.{key}.lead"),
            visibility="hidden" if key == "review" and not review_access.current().in_menu else "visible",
        )
        for key, icon in members
    ]
    for section, members in PAGES.items()
}
# The default page has no name in its address; who types or keeps /overview finds it too.
pages[""].append(
    st.Page("app_pages/overview.py", title=words("page.overview.short"), url_path="overview", visibility="hidden")
)
page = st.navigation(pages, position="top")

layout.explain(st.container(), problems, words)
try:
    page.run()
except WarehouseError as error:
    layout.stop(error, words)
