"""Review: look at the figures that need it, accept, correct or reject them; only where an operator switched it on."""

import streamlit as st

from dashboard import layout, review_access
from dashboard.layout import Page

#: What the address of this page may say; no reason for an explanation where nobody may review.
PARAMETERS = ("state", "by", "identity", "measure", "year", "search", "page", "figure", "samples")


def explain(page: Page, access: review_access.Access) -> None:
    """Why nothing can be decided here, and what would change it."""
    words = page.words
    st.info(words(f"review.access.{access.state}", who=layout.code(access.who)), icon=":material/lock:")
    if access.state == "login":
        for provider in access.providers:
            st.button(
                words("review.login", provider=layout.plain(provider)),
                key=f"review.login.{provider}",
                on_click=st.login,
                args=(provider,) if provider else (),
                icon=":material/login:",
            )
    if access.state == "stranger":
        st.button(words("review.logout"), key="review.logout", on_click=st.logout, icon=":material/logout:")


page = layout.begin("review")
access = review_access.current()
if access.granted:
    # What writes is loaded for those who may write, and for nobody else.
    from dashboard import review_form

    review_form.show(page, access)
else:
    page.view.idle(*PARAMETERS)
    explain(page, access)
page.finish()
