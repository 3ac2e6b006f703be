"""Other processes that read: as many as there are cores, each with one job at a time, watched and replaced.

Processes are started as new interpreters, never forked: the parent holds an open database and threads. Each is in a
process group of its own, so that a Ctrl-C reaches the parent alone, which ends them. An answer goes through a file of
the spool folder, so that what waits for its turn takes no memory.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import resource
import selectors
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import CancelledError, Future
from dataclasses import asdict
from itertools import count
from pathlib import Path
from typing import Self

from ingest.limits import Limits
from ingest.paths import PROJECT_ROOT
from ingest.settings import default_workers
from ingest.warehouse.errors import WarehouseError
from ingest.workers.jobs import Answer, Job, Refusal, from_json
from ingest.workers.reading import TOO_MUCH_MEMORY

COMMAND = (sys.executable, "-m", "ingest.workers.child")
SECONDS_TO_START = 120.0
# How often a working process is looked at.
_TICK = 0.1
# What leaks in a library is given back now and then.
_JOBS_OF_A_PROCESS = 2_000
_LONGEST_LINE = 10_000
# A native library that starts a thread for each processor would do so in each worker.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


class WorkersUnusable(WarehouseError):
    """Worker processes cannot be started, or have nowhere to write: no fault of a file."""


class Pending:
    """An answer that is on its way."""

    def __init__(self, future: Future[Path | Refusal]) -> None:
        self._future = future

    @property
    def is_done(self) -> bool:
        """Whether `answer` returns at once."""
        return self._future.done() and not self._future.cancelled() and self._future.exception() is None

    def answer(self) -> Answer:
        """Wait for the answer and take it from the spool: once. Raises WorkersUnusable, CancelledError after a stop."""
        found = self._future.result()
        if isinstance(found, Refusal):
            return found
        try:
            return from_json(found.read_bytes())
        except (OSError, ValueError) as error:
            return Refusal(
                "worker_died", f"the worker's answer cannot be read ({error})", "Load it again", is_lasting=False
            )
        finally:
            found.unlink(missing_ok=True)


class Pool:
    """`size` workers at most, started when there is work. Use as a context: at its end all of them are gone."""

    def __init__(self, size: int, limits: Limits, spool: Path, originals: Path | None = None) -> None:
        self.size, self.limits, self.spool, self.originals = size, limits, spool, originals
        self._tasks: queue.SimpleQueue[tuple[Future[Path | Refusal], int, Job] | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._numbers = count(1)
        self._waiting = 0
        self.is_stopped = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def submit(self, job: Job) -> Pending:
        """Have the job done; answers may be asked for in any order."""
        future: Future[Path | Refusal] = Future()
        self._tasks.put((future, next(self._numbers), job))
        with self._lock:
            self._waiting += 1
            if len(self._threads) < min(self.size, self._waiting):
                thread = threading.Thread(target=self._serve, daemon=True)
                self._threads.append(thread)
                thread.start()
        return Pending(future)

    def stop(self) -> None:
        """End every process, at once where it is at work; what was not begun is cancelled."""
        self.is_stopped = True
        for _ in self._threads:
            self._tasks.put(None)
        with self._lock:
            processes = list(self._processes)
        for process in processes:
            _kill(process)
        for thread in self._threads:
            thread.join()

    def _serve(self) -> None:
        """Keep one process busy, as a thread of its own."""
        worker: _Worker | None = None
        try:
            while (task := self._tasks.get()) is not None:
                future, number, job = task
                if self.is_stopped:
                    future.cancel()
                    continue
                try:
                    if worker is None:
                        worker = _Worker(self)
                    found = worker.do(number, job)
                    if worker.is_spent:
                        worker.end()
                        worker = None
                except Exception as error:
                    found = error
                    if worker:
                        worker.end()
                        worker = None
                with self._lock:
                    self._waiting -= 1
                if self.is_stopped and not isinstance(found, Path):
                    future.cancel()
                elif isinstance(found, Exception):
                    future.set_exception(found)
                else:
                    future.set_result(found)
        finally:
            if worker:
                worker.end()

    def started(self, process: subprocess.Popen[bytes]) -> None:
        """Count a process in; one that started while the pool was stopping is ended."""
        with self._lock:
            self._processes.add(process)
        if self.is_stopped:
            _kill(process)

    def ended(self, process: subprocess.Popen[bytes]) -> None:
        """Count a process out."""
        with self._lock:
            self._processes.discard(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a worker that has not been waited for, with whatever it started."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


class _Worker:
    """One process and the parent's end of its pipes. Lives in one thread."""

    def __init__(self, pool: Pool) -> None:
        self.pool, self.limits = pool, pool.limits
        self.jobs, self.is_spent = 0, False
        self._rest = b""
        self.log = (pool.spool / f"worker-{threading.get_ident()}.log").open("a+b")
        self.process = subprocess.Popen(
            COMMAND,
            # The current folder is where `-m` looks first: never one that others may write to.
            cwd=PROJECT_ROOT,
            env=os.environ
            | dict.fromkeys(_THREADS, str(max(1, default_workers() // pool.size)))
            # What a reader leaves behind when it is ended goes with the spool.
            | {"TMPDIR": str(pool.spool)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            process_group=0,
        )
        pool.started(self.process)
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.process.stdout, selectors.EVENT_READ)
        originals = str(pool.originals) if pool.originals else None
        self._say({"limits": asdict(self.limits), "spool": str(pool.spool), "originals": originals})
        deadline = time.monotonic() + SECONDS_TO_START
        while (message := self._heard(deadline)) is None:
            pass
        if not message.get("ready"):
            said = self._said()
            self.end()
            raise WorkersUnusable(f"A worker process did not start: {said or 'it said nothing'}. Install Jixiao anew.")

    def do(self, number: int, job: Job) -> Path | Refusal:
        """The file with the job's answer, or why there is none."""
        self.jobs += 1
        self.log.truncate(0)
        self._say({"number": number, "job": json.loads(job.to_json())})
        spooled = self.pool.spool / f"{number}.json"
        deadline = time.monotonic() + self.limits.clock_seconds
        while True:
            message = self._heard(deadline)
            if message is None:
                if self._memory() > self.limits.memory:
                    return self._given_up(TOO_MUCH_MEMORY, spooled)
            elif message.get("going") == number:
                deadline = time.monotonic() + self.limits.clock_seconds
            elif message.get("done") == number:
                self.is_spent = self.jobs >= _JOBS_OF_A_PROCESS or self._memory() > self.limits.memory // 2
                return spooled
            elif message.get("late"):
                return self._given_up(self._too_slow(), spooled)
            else:
                return self._given_up(self._death(), spooled)

    def _given_up(self, refusal: Refusal, spooled: Path) -> Refusal:
        self.is_spent = True
        _kill(self.process)
        spooled.unlink(missing_ok=True)
        return refusal

    def _death(self) -> Refusal:
        """What to say of a process that ended amid a job."""
        _kill(self.process)
        code = self.process.wait()
        if code == -signal.SIGXCPU:
            return self._too_slow()
        said = self._said()
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
        return Refusal(
            "worker_died",
            f"the process that read it {how}{f': {said}' if said else ''}",
            "The file is damaged or hostile: save it anew with the program it was made with, or convert it to text",
            # The system kills what it has no memory for, whoever's fault that is.
            is_lasting=code != -signal.SIGKILL,
        )

    def _too_slow(self) -> Refusal:
        return Refusal(
            "too_slow",
            f"it takes more than {self.limits.seconds:g} seconds",
            "Split it, or raise JIXIAO_MAX_SECONDS",
        )

    def _heard(self, deadline: float) -> dict[str, object] | None:
        """The next message; None when a moment has passed, `{"late": true}` after the deadline, `{}` at the end."""
        if b"\n" not in self._rest:
            if time.monotonic() > deadline:
                return {"late": True}
            if not self.selector.select(_TICK):
                return None
            data = os.read(self.process.stdout.fileno(), 1 << 16)
            self._rest += data
            if not data or len(self._rest) > _LONGEST_LINE:
                return {}
            if b"\n" not in self._rest:
                return None
        line, _, self._rest = self._rest.partition(b"\n")
        try:
            message = json.loads(line)
        except ValueError:
            return {}
        return message if isinstance(message, dict) else {}

    def _say(self, message: dict[str, object]) -> None:
        # A process that is gone is found out when it is listened to.
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(json.dumps(message).encode() + b"\n")
            self.process.stdin.flush()

    def _memory(self) -> int:
        """Bytes of memory that the process has in use; 0 where the system does not tell."""
        try:
            resident = Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()[1]
        except (OSError, IndexError):
            return 0
        return int(resident) * resource.getpagesize()

    def _said(self) -> str:
        """The last line that the process wrote to its standard error."""
        self.log.seek(0, os.SEEK_END)
        self.log.seek(max(0, self.log.tell() - 2_000))
        lines = self.log.read().decode(errors="replace").split("\n")
        return next((line.strip()[:300] for line in reversed(lines) if line.strip()), "")

    def end(self) -> None:
        """End the process and close what belongs to it."""
        _kill(self.process)
        self.process.wait()
        self.pool.ended(self.process)
        self.selector.close()
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.stdout.close()
        self.log.close()


__all__ = ["CancelledError", "Pending", "Pool", "WorkersUnusable"]
