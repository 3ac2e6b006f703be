"""A worker process: `python -m ingest.workers.child`, started and watched by the pool.

In, on standard input: a line with the limits, the spool folder and the one for originals, then a job a line, with its
number. Out, on standard output: `{"ready": true}`, then for each job `{"done": NUMBER}` once its answer is in the spool as
NUMBER.json, and `{"going": NUMBER}` where a piece of a long job is done. It limits its own memory and processor time, and
ends when its standard input does: a run that was killed leaves no orphan at work.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import os
import queue
import re
import resource
import signal
import threading
import time
from math import ceil
from pathlib import Path

from ingest import limits
from ingest.documents.readers import load_readers
from ingest.limits import Limits
from ingest.workers import reading
from ingest.workers.jobs import Job, to_json
from ingest.workers.reading import TOO_MUCH_MEMORY, answer


def main() -> None:
    """Work until the parent is gone."""
    faulthandler.enable()
    # The parent decides what a Ctrl-C means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whatever a library prints, from C too, must not get between the lines of the protocol.
    protocol = os.dup(1)
    os.dup2(2, 1)
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(lines,), daemon=True).start()
    given = json.loads(lines.get())
    spool = Path(given["spool"])
    if given["originals"]:
        reading.keep_originals_in(Path(given["originals"]))
    limit = Limits(**given["limits"])
    number = 0

    def tell(**message: object) -> None:
        os.write(protocol, json.dumps(message).encode() + b"\n")

    def still_going() -> None:
        _limit_time(limit.seconds)
        tell(going=number)

    limits.use(limit, still_going)
    load_readers()
    _limit_memory(limit.memory)
    tell(ready=True)
    while True:
        line = json.loads(lines.get())
        number = line["number"]
        _limit_time(limit.seconds)
        try:
            found = to_json(answer(Job.from_json(json.dumps(line["job"]))))
        except MemoryError:
            found = to_json(TOO_MUCH_MEMORY)
        (spool / f"{number}.json").write_text(found, encoding="utf-8")
        del found
        tell(done=number)


def _listen(lines: queue.SimpleQueue[bytes]) -> None:
    """Hand on what the parent says; end with it, whatever is being done."""
    # Unbuffered: a buffered reader would hold a lock that the interpreter needs to shut down.
    rest = b""
    while data := os.read(0, 1 << 16):
        *whole, rest = (rest + data).split(b"\n")
        for line in whole:
            lines.put(line)
    if os.getpgrp() == os.getpid():
        # With whatever a reader has started.
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


def _limit_memory(memory: int) -> None:
    """Let this process, and each that it starts, take `memory` bytes beyond what this one has now.

    Counted is what is written to: address space alone would also count what LibreOffice and onnxruntime only reserve.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, ValueError):
        # No answer is longer; a library that never stops complaining must not fill the disk.
        resource.setrlimit(resource.RLIMIT_FSIZE, (memory, resource.RLIM_INFINITY))
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        taken = int(re.search(r"VmData:\s*(\d+) kB", status)[1]) * 1024
        resource.setrlimit(resource.RLIMIT_DATA, (taken + memory, resource.RLIM_INFINITY))
    except (OSError, TypeError, ValueError):
        # Not Linux, or a stricter limit is set from outside: the parent watches the memory all the same.
        return


def _limit_time(seconds: float) -> None:
    """End this process (SIGXCPU) after that much more processor time."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = ceil(time.process_time() + seconds)
    if hard == resource.RLIM_INFINITY or soft < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


if __name__ == "__main__":
    main()
