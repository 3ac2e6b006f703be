"""Proxies: those that the environment sets (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY), as other programs read it."""

from __future__ import annotations

from urllib.request import getproxies_environment, proxy_bypass_environment

from urllib3.exceptions import HTTPError
from urllib3.util import Url, parse_url

from ingest.fetching.failures import FetchFailure

_SCHEMES = frozenset({"http", "https"})


def proxy_for(url: Url) -> Url | None:
    """The proxy through which an address is asked; None where it is asked directly.

    Raises FetchFailure (`bad_proxy`) where the environment names none that can be used.
    """
    proxies = getproxies_environment()
    given = (proxies.get(url.scheme or "") or proxies.get("all") or "").strip()
    if not given or proxy_bypass_environment(url.netloc or "", proxies):
        return None
    try:
        proxy = parse_url(given if "://" in given else f"http://{given}")
    except HTTPError:
        proxy = None
    if proxy is None or proxy.scheme not in _SCHEMES or not proxy.host:
        raise FetchFailure(
            "bad_proxy",
            f"the environment sets a proxy for {url.scheme} that is none of HTTP",
            "Set HTTP_PROXY and HTTPS_PROXY to http://host:port, or name the host in NO_PROXY",
        )
    return proxy


def shown_proxy(proxy: Url | None) -> str:
    """The proxy without its password."""
    return proxy._replace(auth=None).url if proxy is not None else ""
