"""robots.txt: what each host asks of robots, read once in a run (RFC 9309).

A host that says it has none (any 4xx) allows everything; one that cannot say (5xx) is left alone for now.
"""

from __future__ import annotations

import threading

from protego import Protego

from ingest.fetching.addresses import host_of, origin_of
from ingest.fetching.client import Client
from ingest.fetching.failures import BY_HAND, FetchFailure
from ingest.fetching.hosts import Clock, Hosts
from ingest.fetching.settings import FetchSettings

# What a robot must read of it, by the standard; the rest is cut.
LONGEST = 512_000
# A longer pause between two requests is not kept: a list would take days. Nobody else's robots keep it either.
LONGEST_PAUSE = 60.0
_SAYS_NONE = frozenset({"address_gone", "refused"})
_CANNOT_SAY = frozenset({"busy", "server_error"})


class Robots:
    """Shared by the threads of one run."""

    def __init__(self, client: Client, settings: FetchSettings, hosts: Hosts) -> None:
        self._client, self._settings, self._hosts = client, settings, hosts
        self._rules: dict[str, Protego | FetchFailure] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def check(self, address: str) -> None:
        """Raises FetchFailure where the host does not want the address asked, or cannot be asked itself; and Stopped."""
        origin = origin_of(address)
        with self._lock:
            lock = self._locks.setdefault(origin, threading.Lock())
        with lock:
            if origin not in self._rules:
                self._rules[origin] = self._read(origin)
            rules = self._rules[origin]
        if isinstance(rules, FetchFailure):
            # The host's failure is that of each of its addresses.
            raise FetchFailure(rules.cause, rules.message, rules.remedy)
        if not rules.can_fetch(address, self._settings.robot):
            raise FetchFailure(
                "forbidden_by_robots",
                f"the robots.txt of {host_of(address)} asks robots to leave it alone",
                f"Ask the publisher, or {BY_HAND}",
            )

    def _read(self, origin: str) -> Protego | FetchFailure:
        try:
            answer = self._client.get(f"{origin}/robots.txt", Clock(self._settings.seconds), cut_at=LONGEST)
        except FetchFailure as failure:
            if failure.cause in _SAYS_NONE:
                return Protego.parse("")
            if failure.cause in _CANNOT_SAY:
                return FetchFailure(
                    "robots_unknown",
                    f"robots.txt cannot be read, and without it nothing is fetched: {failure.message}",
                    failure.remedy,
                )
            return failure
        try:
            rules = Protego.parse(answer.body.path.read_bytes().decode("utf-8", errors="replace"))
        finally:
            answer.body.path.unlink()
        pause = _pause(rules, self._settings.robot)
        if pause:
            self._hosts.slow_down(host_of(origin), min(pause, LONGEST_PAUSE))
        return rules


def _pause(rules: Protego, robot: str) -> float:
    """Seconds between two requests that the rules ask for; 0 where they do not."""
    rate = rules.request_rate(robot)
    by_rate = rate.seconds / rate.requests if rate and rate.requests else 0.0
    return max(rules.crawl_delay(robot) or 0.0, by_rate)
