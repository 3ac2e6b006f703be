"""One page of a PDF or of a picture to look at: its image, its text as it was read, and where each character stands.

    python -m ingest.documents.page_view FILE PAGE

writes to standard output one line of JSON and then a PNG. It is meant to be run in a process of its own, which it
confines first: a hostile file can cost it its life, and nothing else. Fails with a message on standard error.
"""

from __future__ import annotations

import contextlib
import json
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from ingest.documents.model import DocumentError
from ingest.documents.paper.marks import Marks
from ingest.documents.paper.page import read_page
from ingest.documents.paper.pages import PageItems, text_of_pages
from ingest.documents.readers import format_of, ocr
from ingest.documents.readers.pdf import draw_page, marks_of_page, open_pdf, see_page
from ingest.documents.readers.picture import pictures

# What a page is drawn with, in pixels an inch, and the most that its longer side may have.
RESOLUTION, LONGEST_SIDE = 120, 1800
# What one page may cost: processor seconds (OCR takes its time), bytes of memory.
SECONDS, MEMORY = 90, 3_000_000_000

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PageView:
    """A page: its PNG, its text, and for each character its box (left, top, right, bottom as parts of the image) or None."""

    png: bytes
    text: str
    boxes: list[Box | None]


def view_page(data: bytes, file: str, number: int) -> PageView:
    """A page of a file, counted from 1. Raises DocumentError, also where there is no such page."""
    image, marks = _image_and_marks(data, file, number)
    found = text_of_pages([PageItems(number, marks.width, marks.height, read_page(marks))], with_origins=True)
    places = _boxes(marks)
    target = BytesIO()
    Image.fromarray(image).save(target, "PNG", optimize=False)
    return PageView(
        target.getvalue(), found.text, [places[origin] if origin >= 0 else None for origin in found.origins]
    )


def _image_and_marks(data: bytes, file: str, number: int) -> tuple[np.ndarray, Marks]:
    if format_of(data, file) != "pdf":
        for count, picture in enumerate(pictures(data, file), start=1):
            if count == number:
                return _small(picture), _seen(picture)
        raise _no_page(file, number)
    with open_pdf(data, file) as document:
        if not 1 <= number <= len(document):
            raise _no_page(file, number)
        marks = marks_of_page(document, number, file)
        if marks.is_picture and ocr.is_installed():
            marks = see_page(document, number)
        page = document[number - 1]
        try:
            return draw_page(page, RESOLUTION, LONGEST_SIDE).array, marks
        finally:
            page.close()


def _seen(picture: np.ndarray) -> Marks:
    return (
        ocr.see(picture)
        if ocr.is_installed()
        else Marks.none(*(side * 72 / ocr.RESOLUTION for side in picture.shape[1::-1]))
    )


def _small(picture: np.ndarray) -> np.ndarray:
    image = Image.fromarray(picture)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return np.asarray(image)


def _no_page(file: str, number: int) -> DocumentError:
    return DocumentError(file, "no_page", f"the file has no page {number}", "Load it again")


def _boxes(marks: Marks) -> list[Box]:
    """The box of each character on the image, which shows the page before it was turned for its text."""
    left, right = marks.left / max(marks.width, 1), marks.right / max(marks.width, 1)
    top, bottom = marks.top / max(marks.height, 1), marks.bottom / max(marks.height, 1)
    for _ in range(marks.turns % 4):
        left, top, right, bottom = top, 1 - right, bottom, 1 - left
    boxes = np.clip(np.stack((left, top, right, bottom), axis=-1), 0, 1).round(5)
    return [tuple(box) for box in boxes.tolist()]


def _confine() -> None:
    """Limits that the process cannot lift: time, memory, no files written, no processes of its own."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """Read the file and page that the arguments name, and write the view to standard output."""
    path, number = Path(sys.argv[1]), int(sys.argv[2])
    data = path.read_bytes()
    _confine()
    try:
        view = view_page(data, path.name, number)
    except DocumentError as error:
        sys.stderr.write(error.message)
        return 1
    header = json.dumps({"text": view.text, "boxes": view.boxes}, ensure_ascii=True)
    sys.stdout.buffer.write(header.encode("ascii") + b"\n" + view.png)
    return 0


if __name__ == "__main__":
    sys.exit(main())
