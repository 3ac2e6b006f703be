"""A worker whose reader does what the text tells it to: what a hostile file could make a library do."""

from __future__ import annotations

import os
import signal
import time

from ingest.workers import child, reading

_document_from_bytes = reading.document_from_bytes


def misbehave(data: bytes, name: str) -> object:
    """Read a document, or do what it says."""
    text = data.decode(errors="replace")
    if "CRASH" in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "EXIT" in text:
        os._exit(3)
    if "SPIN" in text:
        while True:
            pass
    if "SLEEP" in text:
        time.sleep(3600)
    if "EAT" in text:
        hoard = []
        while True:
            hoard.append(bytearray(10_000_000))
    if "BABBLE" in text:
        os.write(1, b"what a library prints\n" * 1000)
    return _document_from_bytes(data, name)


reading.document_from_bytes = misbehave
child.main()
