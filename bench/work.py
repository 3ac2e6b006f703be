"""One measurement in a process of its own, on one core: `python work.py NAME FOLDER`, where FOLDER holds UTF-8 texts.

Out: one line of JSON: bytes read, seconds of processor time (without imports and a first small run), what was found, and
the peak of memory in bytes. Runs in the environment of whatever it measures, so it imports nothing before it knows.
"""

from __future__ import annotations

import json
import os
import re
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

# Reads one text and tells how many quantities or figures it found.
Reader = Callable[[str], int]


def extraction() -> Reader:
    """All of Jixiao's path from text to figures."""
    from ingest.documents import document_from_text
    from ingest.figures import extract_figures

    return lambda text: len(extract_figures(document_from_text(text)))


def quantities() -> Reader:
    """Jixiao's layout and its scan for quantities, without their meaning."""
    from ingest.documents.blocks import Paragraph
    from ingest.documents.layout import lay_out
    from ingest.documents.model import Content
    from ingest.quantities.scan import scan

    def read(text: str) -> int:
        blocks = lay_out(Content(text)).blocks
        flows = [block.flow for block in blocks if isinstance(block, Paragraph)]
        flows += [c.flow for b in blocks if not isinstance(b, Paragraph) for row in b.rows for c in row.cells]
        return sum(quantity.unit != "none" for flow in flows for quantity in scan(flow))

    return read


def bare_scan() -> Reader:
    """A number, a scale and a unit, found by one regular expression and nothing done with it."""
    pattern = re.compile(r"\d[\d,]*(?:\.\d+)?\s?[万亿]?(?:元|%|人次|人|户|名|个|家|所|张|对|具|件|例|宗|分)")
    return lambda text: sum(1 for _ in pattern.finditer(text))


def jionlp() -> Reader:
    """JioNLP's money parser: amounts found and put into yuan."""
    import jionlp

    return lambda text: len(jionlp.ner.extract_money(text, with_parsing=True))


def recognizers() -> Reader:
    """Recognizers-Text: the Chinese number-with-unit models for currencies, dimensions and ages."""
    from recognizers_number_with_unit import Culture, NumberWithUnitRecognizer

    recognizer = NumberWithUnitRecognizer(Culture.Chinese)
    models = [recognizer.get_currency_model(), recognizer.get_dimension_model(), recognizer.get_age_model()]
    return lambda text: sum(len(model.parse(text)) for model in models)


READERS = {reader.__name__: reader for reader in (extraction, quantities, bare_scan, jionlp, recognizers)}
_FIRST_RUN = 2000


def measure(name: str, folder: Path) -> dict[str, float]:
    """Read every text of the folder, one at a time, and tell what it took."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    # JioNLP greets on standard output, which is ours for the result.
    result, sys.stdout = sys.stdout, sys.stderr
    read = READERS[name]()
    paths = sorted(folder.iterdir())
    read(paths[0].read_text(encoding="utf-8")[:_FIRST_RUN])
    size = found = 0
    seconds = 0.0
    for path in paths:
        data = path.read_bytes()
        text = data.decode("utf-8")
        started = time.process_time()
        found += read(text)
        seconds += time.process_time() - started
        size += len(data)
    sys.stdout = result
    # Linux counts in kilobytes, macOS in bytes.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return {"bytes": size, "seconds": seconds, "found": found, "peak_memory": peak}


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]))))
