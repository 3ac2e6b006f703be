"""What the requests of a run share: whose turn it is at each host, how much time a document has left, and the operator's stop.

A watch breaks a connection when its document's time is over, whatever the connection is busy with: a body, a header or a
handshake that trickles would otherwise outlast every timeout that counts from the last byte.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from ingest.fetching.failures import BY_HAND, FetchFailure, Stopped


class Clock:
    """The seconds that one document has. Waiting for other documents' turns does not count."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._deadline = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds that are left; 0 when it is over."""
        return max(0.0, self._deadline - time.monotonic())

    def give_back(self, seconds: float) -> None:
        """Do not count these seconds."""
        self._deadline += seconds

    def too_slow(self) -> FetchFailure:
        """What to say when it is over."""
        return FetchFailure(
            "too_slow",
            f"it was not complete after {self.seconds:g} seconds",
            f"Raise JIXIAO_FETCH_SECONDS, or {BY_HAND}",
        )


@dataclass(slots=True)
class _Turn:
    lock: threading.Lock = field(default_factory=threading.Lock)
    next_at: float = 0.0


class Hosts:
    """Shared by the threads of one run. `delay` is the least number of seconds between two requests to one host."""

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._asked_for: dict[str, float] = {}
        self._turns: dict[str, _Turn] = {}
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._watched: set[Connections] = set()

    def slow_down(self, host: str, seconds: float) -> None:
        """Keep at least so many seconds between two requests to the host."""
        self._asked_for[host] = seconds

    @contextmanager
    def turn(self, host: str, clock: Clock) -> Iterator[None]:
        """Hold the host for one request, no sooner than its delay after the last one. Raises Stopped."""
        began = time.monotonic()
        with self._lock:
            turn = self._turns.setdefault(host, _Turn())
        with turn.lock:
            self.wait(turn.next_at - time.monotonic())
            clock.give_back(time.monotonic() - began)
            try:
                yield
            finally:
                turn.next_at = time.monotonic() + max(self._delay, self._asked_for.get(host, 0.0))

    def wait(self, seconds: float) -> None:
        """Wait, but not for longer than the run goes on. Raises Stopped."""
        if self._stopped.wait(max(0.0, seconds)):
            raise Stopped

    def stop(self) -> None:
        """End every request that is under way, and let none begin."""
        with self._lock:
            self._stopped.set()
            for connections in self._watched:
                connections.break_all()

    @contextmanager
    def watched(self, clock: Clock) -> Iterator[Callable[[socket.socket], None]]:
        """Yields a function to call with each connection of one request: it is broken when the time is over, or at a stop.

        Raises, at the end and whatever else was raised within, FetchFailure when the time was over and Stopped.
        """
        connections = Connections()
        watch = threading.Timer(clock.left, connections.break_all)
        watch.daemon = True
        with self._lock:
            self.wait(0)
            self._watched.add(connections)
        watch.start()
        try:
            yield connections.add
        finally:
            watch.cancel()
            with self._lock:
                self._watched.discard(connections)
            connections.close()
            # A broken connection looks like one that ended: what came over it is not to be believed.
            self.wait(0)
            if not clock.left:
                raise clock.too_slow()


class Connections:
    """Second handles on the sockets of a request, by which another thread can break them."""

    def __init__(self) -> None:
        self._handles: list[socket.socket] = []
        self._lock = threading.Lock()
        self._is_broken = False

    def add(self, connection: socket.socket) -> None:
        """Watch a connection; one that comes after the break is broken at once."""
        with self._lock:
            self._handles.append(connection.dup())
            if self._is_broken:
                self._break()

    def break_all(self) -> None:
        """Let whoever reads from or writes to the connections find them ended."""
        with self._lock:
            self._is_broken = True
            self._break()

    def _break(self) -> None:
        for handle in self._handles:
            with suppress(OSError):
                handle.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of the handles, which would keep the connections open."""
        with self._lock:
            for handle in self._handles:
                handle.close()
            self._handles.clear()
