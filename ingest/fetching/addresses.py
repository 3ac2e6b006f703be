"""Addresses on the web: what one may look like, in one spelling, and where it may lead.

Refuses whatever is not http or https, carries a password, or (unless a setting allows it) leads into a private network.
What a name leads to is looked up once, where the connection is made, so that it cannot change between check and use.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urljoin

from urllib3.exceptions import HTTPError
from urllib3.util import Url, parse_url

SCHEMES = {"http": 80, "https": 443}
LONGEST_ADDRESS = 2_000
# Of the addresses of one host, how many are tried.
MOST_TRIED = 4
# The Republic's registry gives names under it to its government alone.
_GOVERNMENT = "gov.cn"
# Translates to the IPv4 address in its last 32 bits (RFC 6052), wherever that leads.
_TRANSLATED = ip_network("64:ff9b::/96")


class AddressError(ValueError):
    """A text that is no address to fetch: says why, without a full stop."""


class ForbiddenNetwork(HTTPError):
    """A host that leads nowhere but into networks that are not public."""


def normal_address(text: str) -> str:
    """The address in one spelling: without fragment and default port, Chinese characters encoded. Raises AddressError."""
    text = text.strip()
    if len(text) > LONGEST_ADDRESS:
        raise AddressError(f"it has {len(text)} characters, more than {LONGEST_ADDRESS}")
    if not text.isprintable() or " " in text:
        raise AddressError("it holds a space or a character that cannot be seen")
    if text.partition(":")[0].lower() not in SCHEMES:
        raise AddressError("only http and https are fetched")
    try:
        url = parse_url(text)
    except HTTPError as error:
        raise AddressError(f"it cannot be read ({error})") from error
    if not url.host:
        raise AddressError("it names no host")
    if url.auth is not None:
        raise AddressError("it carries a user name")
    if url.port == 0:
        raise AddressError("0 is no port")
    port = None if url.port == SCHEMES[url.scheme] else url.port
    return Url(url.scheme, None, url.host.rstrip("."), port, url.path or "/", url.query).url


def following(address: str, location: str) -> str:
    """Where a redirect of `address` leads. Raises AddressError."""
    # Servers send addresses in raw UTF-8, which http.client reads as Latin-1.
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        return normal_address(urljoin(address, location.strip().replace(" ", "%20")))
    except ValueError as error:
        raise AddressError(f"it leads to {location[:200]!r}: {error}") from error


def origin_of(address: str) -> str:
    """Scheme, host and port of a normal address: what one robots.txt speaks for."""
    url = parse_url(address)
    return Url(url.scheme, None, url.host, url.port).url


def host_of(address: str) -> str:
    """The host of a normal address."""
    return parse_url(address).host or ""


def is_government(address: str) -> bool:
    """Whether the host's name is one that only a government can have."""
    host = host_of(address)
    return host == _GOVERNMENT or host.endswith(f".{_GOVERNMENT}")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, also when another address is packed into it."""
    found = ip_address(address.partition("%")[0])
    packed: list[IPv4Address | IPv6Address | None] = [found]
    if isinstance(found, IPv6Address):
        packed += [found.ipv4_mapped, found.sixtofour, *(found.teredo or ())]
        packed += [IPv4Address(int(found) & 0xFFFFFFFF)] if found in _TRANSLATED else []
        # A mapped address is as public as the one that it maps.
        packed = packed[1:] if found.ipv4_mapped else packed
    return all(one.is_global and not one.is_multicast for one in packed if one is not None)


def check_host(host: str, allows_private: bool) -> None:
    """Refuse a host that a proxy is not to be asked for, as far as it can be told here. Raises ForbiddenNetwork.

    A proxy looks names up itself; behind one, many a machine cannot.
    """
    if allows_private:
        return
    try:
        found = {str(answer[4][0]) for answer in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except OSError:
        return
    if not any(map(is_public, found)):
        raise ForbiddenNetwork(" and ".join(sorted(found)))


def connect(
    host: str, port: int, timeout: float | None, options: Iterable[tuple[int, int, int | bytes]], allows_private: bool
) -> socket.socket:
    """A connection to the host. Raises OSError (gaierror where it has no address) and ForbiddenNetwork."""
    found = [answer[4] for answer in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    allowed = [address for address in found if allows_private or is_public(str(address[0]))]
    if not allowed:
        raise ForbiddenNetwork(" and ".join(sorted({str(address[0]) for address in found})))
    failure: OSError | None = None
    for address in allowed[:MOST_TRIED]:
        # The family is told by the address itself, which is a number: nothing is looked up a second time.
        opened = socket.socket(socket.AF_INET6 if ":" in str(address[0]) else socket.AF_INET, socket.SOCK_STREAM)
        try:
            for option in options:
                opened.setsockopt(*option)
            opened.settimeout(timeout)
            opened.connect(address)
        except OSError as error:
            opened.close()
            failure = error
        else:
            return opened
    raise failure or OSError("no address to connect to")
