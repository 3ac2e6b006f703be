"""Report text to measure with: the sample reports over and over, each time with other numbers, so that nothing repeats.

In: samples/reports. Out: texts, the same ones at every call.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import cycle, islice

from ingest.documents import find_documents, read_document
from ingest.paths import SAMPLES

# Years and short numbers (dates, ordinals, ages) stay: other ones would make another kind of text.
_NUMBER = re.compile(r"(?<![\d.,])(?!(?:19|20)\d\d(?![\d.,]))\d[\d,]*(?:\.\d+)?")
_DIGITS_OF_A_FIGURE = 3


def reports(count: int) -> Iterator[str]:
    """`count` texts of about 6 kB each, UTF-8."""
    chance = random.Random(20240101)

    def other(match: re.Match[str]) -> str:
        if sum(character.isdigit() for character in match.group()) < _DIGITS_OF_A_FIGURE:
            return match.group()
        return "".join(chance.choice("123456789") if c.isdigit() else c for c in match.group())

    texts = [read_document(path).text for path in find_documents([SAMPLES / "reports"])]
    for text in islice(cycle(texts), count):
        yield _NUMBER.sub(other, text)


def one_report(size: int) -> str:
    """One report of about `size` bytes in UTF-8."""
    parts: list[str] = []
    length = 0
    for text in reports(size):
        # A heading of the highest level: else the definitions at the end of one sample would swallow the next.
        parts.append(f"第一部分 报告\n{text}")
        length += len(text.encode())
        if length >= size:
            break
    return "\n".join(parts)
