"""The page of a PDF or picture on which a figure stands, as an image with the figure marked.

In: the kept original of a document, a page, and where the figure stands in the document's text. Out: the image, and boxes on it. A page is
drawn in a process of its own with limits of time and memory, because the file is a stranger's; nothing of it is run
here, and what comes back is checked. Refuses with a code that the interface explains: no original, not drawable, too slow.
"""

from __future__ import annotations

import base64
import json
import os
import re
import struct
import subprocess
import sys
import threading
from dataclasses import dataclass

import streamlit as st

from dashboard.queries.connection import warehouse_path
from ingest.paths import PROJECT_ROOT
from ingest.warehouse.originals import Originals

SECONDS = 120.0
MOST_BYTES = 40_000_000
#: Characters on each side by which a number is told from the same number elsewhere on the page.
CONTEXTS = (60, 30, 16, 8, 4, 0)
_PNG = b"\x89PNG\r\n\x1a\n"

Box = tuple[float, float, float, float]

#: Pages drawn at one time by one server.
_turn = threading.BoundedSemaphore(2)


class NoPicture(Exception):
    """A page that cannot be shown: `cause` is a code with a text in the interface, `detail` what was found."""

    def __init__(self, cause: str, detail: str = "") -> None:
        super().__init__(f"{cause}: {detail}")
        self.cause, self.detail = cause, detail


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page's PNG, its text, and the box of each of its characters (left, top, right, bottom as parts of the image)."""

    png: bytes
    text: str
    boxes: list[Box | None]

    @property
    def shape(self) -> float:
        """The image's height by its width."""
        width, height = struct.unpack(">II", self.png[16:24])
        return height / max(1, width)

    @property
    def address(self) -> str:
        """The image as an address that a page of the dashboard can hold."""
        return "data:image/png;base64," + base64.b64encode(self.png).decode("ascii")


def picture_of(document_id: str, page: int) -> PagePicture:
    """A page of a document's original, drawn once for each. Raises NoPicture."""
    original = Originals(warehouse_path().parent / "originals").path_of(document_id)
    if original is None:
        raise NoPicture("no_original")
    return _drawn(str(original), page)


@st.cache_data(show_spinner=False, max_entries=60)
def _drawn(original: str, page: int) -> PagePicture:
    command = [sys.executable, "-m", "ingest.documents.page_view", original, str(page)]
    # Nothing of the server's environment but where programs are: no home, no settings.
    environment = {
        name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ
    }
    if not _turn.acquire(timeout=SECONDS):
        raise NoPicture("too_slow", f"{SECONDS:g}")
    try:
        answer = subprocess.run(
            command, cwd=PROJECT_ROOT, env=environment, capture_output=True, timeout=SECONDS, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired as error:
        raise NoPicture("too_slow", f"{SECONDS:g}") from error
    finally:
        _turn.release()
    if answer.returncode != 0:
        detail = answer.stderr.decode("utf-8", errors="replace").strip().splitlines()
        raise NoPicture("failed", detail[-1][:200] if detail else str(answer.returncode))
    return _checked(answer.stdout)


def _checked(answer: bytes) -> PagePicture:
    """What the process answered, if it is what it should be."""
    header, _, png = answer.partition(b"\n")
    try:
        given = json.loads(header)
        text = str(given["text"])
        boxes = [
            None if box is None else (float(box[0]), float(box[1]), float(box[2]), float(box[3]))
            for box in given["boxes"]
        ]
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise NoPicture("failed", type(error).__name__) from error
    if not png.startswith(_PNG) or not 24 <= len(png) <= MOST_BYTES or len(boxes) != len(text):
        raise NoPicture("failed", "answer")
    return PagePicture(png, text, boxes)


def places_of(picture: PagePicture, text: str, start: int, end: int) -> list[list[Box]]:
    """Where `text[start:end]` of the document stands on the page: the boxes of its lines, for each place that it may be.

    One place where the words around it tell it from others; several where they do not; none where it is not found.
    """
    offsets = [offset for offset, character in enumerate(picture.text) if not character.isspace()]
    packed = "".join(picture.text[offset] for offset in offsets)
    number = "".join(text[start:end].split())
    if not number:
        return []
    before = "".join(text[max(0, start - 400) : start].split())
    after = "".join(text[end : end + 400].split())
    for width in CONTEXTS:
        left, right = before[len(before) - width :] if width else "", after[:width]
        for wanted, shift in {(left + number + right, len(left)), (left + number, len(left)), (number + right, 0)}:
            found = [match.start() + shift for match in re.finditer(f"(?={re.escape(wanted)})", packed)]
            if len(found) == 1 or (found and not width):
                return [_lines(picture, offsets[place : place + len(number)]) for place in found]
    return []


def _lines(picture: PagePicture, offsets: list[int]) -> list[Box]:
    """The boxes of some characters, one for each line that they stand on."""
    lines: list[Box] = []
    for offset in offsets:
        box = picture.boxes[offset]
        if box is None:
            continue
        last = lines[-1] if lines else None
        if last and box[1] < last[3] and last[1] < box[3] and box[0] >= last[0] - 0.01:
            lines[-1] = (last[0], min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
        else:
            lines.append(box)
    return lines
