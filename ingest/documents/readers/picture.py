"""Pictures of pages (PNG, JPEG, TIFF), read through OCR.

In: a file's bytes. Out: `Content` with a page for each picture in the file. Refuses what is no picture, what has too many
pixels or pages, and everything where the extra is not installed.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from ingest.documents.model import Content, DocumentError, Note
from ingest.documents.paper.page import read_page
from ingest.documents.paper.pages import PageItems, text_of_pages
from ingest.documents.readers import ocr
from ingest.limits import current

MOST_PIXELS = 100_000_000
# A picture smaller than this is drawn larger first: its characters are too small to be told apart.
_SMALL_SIDE = 1400


def read_picture(data: bytes, file: str) -> Content:
    """The text of a picture. Raises DocumentError."""
    if not ocr.is_installed():
        raise DocumentError(
            file, "no_text", "the file is a picture and holds no text", f"To read it, {ocr.HOW_TO_INSTALL}"
        )
    pages = []
    for number, picture in enumerate(pictures(data, file), start=1):
        marks = ocr.see(picture)
        pages.append(PageItems(number, marks.width, marks.height, read_page(marks)))
    if not any(page.items for page in pages):
        raise DocumentError(file, "no_text", "no text was found in the picture", "Scan it again, straight and sharper")
    found = text_of_pages(pages)
    return Content(
        found.text, tables=found.tables, page_starts=found.page_starts, notes=(read_through_ocr("the picture"),)
    )


def read_through_ocr(what: str) -> Note:
    """The note that something was read through OCR."""
    return Note("read_through_ocr", f"{what} read through OCR: a few characters may be wrong")


def pictures(data: bytes, file: str) -> Iterator[np.ndarray]:
    """Each picture of a file in RGB, of a size that OCR reads well. Raises DocumentError."""
    try:
        with warnings.catch_warnings():
            # A picture of too many pixels is refused below, before it is unpacked.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as opened:
                if getattr(opened, "n_frames", 1) > current().pages:
                    raise DocumentError(
                        file,
                        "too_many_pages",
                        f"the file has {opened.n_frames} pictures, more than {current().pages}",
                        "Split it",
                    )
                for frame in ImageSequence.Iterator(opened):
                    yield _of_good_size(frame, file)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise DocumentError(
            file, "damaged", f"the picture is damaged or cut off ({error})", "Fetch it again from its publisher"
        ) from None


def _of_good_size(frame: Image.Image, file: str) -> np.ndarray:
    if frame.width * frame.height > MOST_PIXELS:
        raise DocumentError(
            file,
            "too_large",
            f"the picture has {frame.width} by {frame.height} pixels, more than {MOST_PIXELS}",
            f"Save it at {ocr.RESOLUTION} pixels an inch",
        )
    upright = ImageOps.exif_transpose(frame)
    # A transparent ground is paper.
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        upright = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright.convert("RGBA"))
    picture = upright.convert("RGB")
    longest = max(picture.size)
    scale = ocr.LONGEST_SIDE / longest if longest > ocr.LONGEST_SIDE else 1.5 if longest < _SMALL_SIDE else 1.0
    if scale != 1:
        picture = picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))))
    return np.asarray(picture)
