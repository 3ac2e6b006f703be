"""Who may review here: what the operator switched on, where the server listens, and who is logged in.

In: JIXIAO_REVIEW, JIXIAO_REVIEWERS, Streamlit's `server.address` and `[auth]`, the request. Out: an `Access`. This module
writes nothing and imports nothing that does: only a page that was granted access loads `review_desk`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit.auth_util import get_secrets_auth_section

LOCAL_NAMES = ("127.0.0.1", "localhost", "::1")
#: What a proxy adds to a request from somewhere else.
FORWARDED = ("x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded")


@dataclass(frozen=True, slots=True)
class Access:
    """Whether this reader may decide. `state` is one of

    off (not switched on), bad_switch (JIXIAO_REVIEW is neither 0 nor 1), exposed (the server is reached from elsewhere and
    has no login), no_login and no_list (reviewers without `[auth]`, or the other way round), login (nobody is logged in),
    stranger (somebody else is), local (whoever sits at this machine), reviewer (one of the list).

    `reviewer` is the name that decisions are published under; empty where it is typed. `who` is what a stranger is called
    by the provider, `providers` the names to log in with (empty text: the only one).
    """

    state: str
    reviewer: str = ""
    who: str = ""
    providers: tuple[str, ...] = ()

    @property
    def granted(self) -> bool:
        """Whether decisions may be recorded."""
        return self.state in ("local", "reviewer")

    @property
    def in_menu(self) -> bool:
        """Whether the page has a place in the menu."""
        return self.granted or self.state in ("login", "stranger")


def current() -> Access:
    """The access of whoever this run of a page is for; asked again for each decision."""
    return access(
        os.environ,
        address=str(st.get_option("server.address") or ""),
        auth=get_secrets_auth_section().to_dict(),
        user=st.user.to_dict(),
        headers={name.lower(): value for name, value in st.context.headers.items()},
    )


def access(
    environment: Mapping[str, str],
    *,
    address: str,
    auth: Mapping[str, object],
    user: Mapping[str, object],
    headers: Mapping[str, str],
) -> Access:
    """The same of given settings. `address` is what the server listens on (empty: everything), `auth` the section of
    secrets.toml, `user` what the provider says of the reader, `headers` those of the request, in small letters."""
    switch = environment.get("JIXIAO_REVIEW", "").strip()
    if switch in ("", "0"):
        return Access("off")
    if switch != "1":
        return Access("bad_switch", who=switch)
    reviewers = parse_reviewers(environment.get("JIXIAO_REVIEWERS", ""))
    if auth and reviewers:
        if not user.get("is_logged_in"):
            return Access("login", providers=_providers(auth))
        found = [name for key in _identities(user) if (name := reviewers.get(key.casefold()))]
        if found:
            return Access("reviewer", reviewer=found[0])
        return Access("stranger", who=str(user.get("email") or user.get("sub") or ""))
    if auth or reviewers:
        return Access("no_list" if auth else "no_login")
    # A page of another machine that reaches this server through a proxy or a forged name is not at this machine.
    host = headers.get("host", LOCAL_NAMES[0]).rsplit("]", 1)[0].lstrip("[")
    host = host if host.count(":") > 1 else host.split(":")[0]
    if address not in LOCAL_NAMES or host not in LOCAL_NAMES or any(name in headers for name in FORWARDED):
        return Access("exposed")
    return Access("local")


def parse_reviewers(text: str) -> dict[str, str]:
    """The list of reviewers: `address` or `address=published name`, separated by commas; the key is in small letters."""
    found = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        key, _, name = part.partition("=")
        found[key.strip().casefold()] = " ".join(name.split()) or key.strip()
    return found


def _identities(user: Mapping[str, object]) -> list[str]:
    """What the provider vouches for: the subject, and the address where it says that it was verified."""
    known = [user.get("sub"), user.get("email") if user.get("email_verified") in (True, "true") else None]
    return [str(identity) for identity in known if identity]


def _providers(auth: Mapping[str, object]) -> tuple[str, ...]:
    """The providers of secrets.toml: sections of their own, or the section itself, named by an empty text."""
    named = tuple(name for name, section in auth.items() if isinstance(section, Mapping) and "client_id" in section)
    return named or ("",)
