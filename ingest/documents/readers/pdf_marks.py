"""A PDF page's characters and ruling lines, as pdfium sees them, turned so that the page is read upright.

In: an open page. Out: `Marks`. Left out: what is drawn outside of the page, text at an odd angle (watermarks), and text
that is invisible where other text is visible (an invisible text below a scan is its text).
"""

from __future__ import annotations

import ctypes
import itertools
from dataclasses import dataclass, field

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from ingest.documents.paper.marks import Marks, merged_rules

# A page of more characters or objects than this is no page of a report.
MOST_CHARACTERS = 200_000
_MOST_OBJECTS = 60_000
# How many characters are asked for their angle, to tell whether a page has turned text.
_ANGLES_ASKED = 40
_DEEPEST_FORM = 4
# A watermark's characters are so many times as large as the page's, of which there are some at least.
_WATERMARK = 2.2
_FEWEST_BELOW_WATERMARK = 20
# A filled shape thinner than this is a rule, in points; a rule shorter than that is none.
_THICKEST_RULE = 3.0
_SHORTEST_RULE = 4.0
_WHITE_SPACE = np.array(
    [9, 10, 11, 12, 13, 32, 0x7F, 0xA0, 0xAD, *range(0x2000, 0x2010), 0x2028, 0x2029, 0x202F, 0x3000, 0xFEFF, 0xFFFE],
    dtype=np.uint32,
)


class PageTooLarge(Exception):
    """A page with more characters than a report's page can have."""


def read_marks(page: pypdfium2.PdfPage) -> Marks:
    """The characters and rules of a page. Raises PageTooLarge."""
    objects = _objects(page.raw)
    codes, boxes, origins, spaced = _characters(page, objects)
    outline = page.get_bbox()
    turns = page.get_rotation() // 90
    turned = _turned(origins, turns, outline)
    more = _text_turns(turned)
    turns = (turns + more) % 4
    width, height = outline[2] - outline[0], outline[3] - outline[1]
    if turns % 2:
        width, height = height, width
    origins = _turned(origins, turns, outline)
    corners = _turned(boxes.reshape(-1, 2, 2), turns, outline)
    low, high = corners.min(axis=1), corners.max(axis=1)
    rules = _turned(_rules(objects).reshape(-1, 2, 2), turns, outline)
    marks = Marks(
        width=width,
        height=height,
        codes=codes,
        left=low[:, 0],
        right=high[:, 0],
        top=low[:, 1],
        bottom=high[:, 1],
        baseline=origins[:, 1],
        size=_sizes(codes, high[:, 0] - low[:, 0], high[:, 1] - low[:, 1]),
        spaced=spaced,
        turns=more,
    )
    inside = (marks.middle > -1) & (marks.middle < width + 1) & (marks.baseline > -1) & (marks.baseline < height + 5)
    # A damaged font's characters may have no place, or a size beyond the page's.
    sound = np.isfinite(low).all(axis=1) & np.isfinite(high).all(axis=1) & (marks.size < max(width, height))
    marks = marks.only(inside & sound & ~_askew(origins, marks.size))
    marks = marks.only(~_laid_across(marks))
    rules = rules[np.isfinite(rules).all(axis=(1, 2))]
    ends_low, ends_high = rules.min(axis=1), rules.max(axis=1)
    extent = ends_high - ends_low
    lying = (extent[:, 1] < 0.8) & (extent[:, 0] >= _SHORTEST_RULE)
    standing = (extent[:, 0] < 0.8) & (extent[:, 1] >= _SHORTEST_RULE)
    marks.horizontals = merged_rules(np.stack((ends_low[lying, 1], ends_low[lying, 0], ends_high[lying, 0]), axis=-1))
    marks.verticals = merged_rules(
        np.stack((ends_low[standing, 0], ends_low[standing, 1], ends_high[standing, 1]), axis=-1)
    )
    return marks


def _askew(origins: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Which characters stand on a line at an odd angle: a watermark."""
    flags = np.zeros(len(origins), dtype=bool)
    if len(origins) < 3:
        return flags
    steps = np.abs(np.diff(origins, axis=0))
    near = steps.max(axis=1) < 2.5 * np.minimum(size[1:], size[:-1])
    odd = near & (steps.min(axis=1) > 0.2 * size[1:])
    # One odd step is a superscript; a watermark has many on end.
    run = odd[1:] & odd[:-1]
    flags[:-2] |= run
    flags[1:-1] |= run
    flags[2:] |= run
    return flags


def _laid_across(marks: Marks) -> np.ndarray:
    """Which characters are of a line of large ones that lies across others: a watermark that runs to the right."""
    flags = np.zeros(len(marks), dtype=bool)
    if len(marks) < _FEWEST_BELOW_WATERMARK:
        return flags
    large = marks.size > _WATERMARK * np.median(marks.size)
    if not large.any():
        return flags
    small = ~large
    for baseline in np.unique(marks.baseline[large].round(1)):
        line = np.flatnonzero(large & (np.abs(marks.baseline - baseline) < 0.1))
        left, right = marks.left[line].min(), marks.right[line].max()
        # The ink of a large character is less high than its box.
        top, bottom = marks.baseline[line].min() - 0.75 * marks.size[line].max(), marks.baseline[line].max()
        across = (
            small
            & (marks.middle > left)
            & (marks.middle < right)
            & (marks.height_of_eye > top)
            & (marks.baseline < bottom)
        )
        # Digits of the same line are less high than its Chinese characters.
        across &= np.abs(marks.baseline - baseline) > 0.2 * marks.size[line].max()
        flags[line] = across.sum() >= 2
    return flags


def unreadable_share(marks: Marks) -> float:
    """The share of characters that the file gives no meaning: fonts without a map to Unicode."""
    if not len(marks):
        return 0.0
    codes = marks.codes
    unknown = (codes == 0xFFFD) | ((codes >= 0xE000) & (codes <= 0xF8FF)) | (codes < 32) | (codes > 0xF0000)
    return float(unknown.mean())


def _characters(page: pypdfium2.PdfPage, objects: PageObjects) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(code points, boxes (left, top, right, bottom in the page's own space), origins, spaced) without white space."""
    text_page = page.get_textpage()
    try:
        raw = text_page.raw
        count = max(0, pdfium.FPDFText_CountChars(raw))
        if count > MOST_CHARACTERS:
            raise PageTooLarge(count)
        codes = _codes(raw, count)
        kept = np.flatnonzero(~_is_white_space(codes))
        indices = kept.tolist()
        boxes = (pdfium.FS_RECTF * len(indices))()
        box_of = pdfium.FPDFText_GetLooseCharBox
        for index, box in zip(indices, boxes, strict=True):
            box_of(raw, index, box)
        box_array = np.frombuffer(boxes, dtype=np.float32).reshape(-1, 4).astype(float) if indices else np.empty((0, 4))
        origins = _origins(raw, kept, box_array)
        invisible = _invisible(objects, raw, kept)
    finally:
        text_page.close()
    spaced = np.diff(kept, prepend=-1) > 1
    codes = codes[kept]
    if invisible is not None:
        codes, box_array, origins, spaced = (part[~invisible] for part in (codes, box_array, origins, spaced))
    return codes, box_array, origins, spaced


def _codes(text_page: object, count: int) -> np.ndarray:
    """The code point of each character."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    codes = np.frombuffer(buffer, dtype=np.uint16)[:count].astype(np.uint32)
    # One unit a character, unless there are some outside of the basic plane, or without a meaning.
    if written == count + 1 and not ((codes >= 0xD800) & (codes < 0xE000)).any():
        return codes
    unicode_of = pdfium.FPDFText_GetUnicode
    return np.array([unicode_of(text_page, index) for index in range(count)], dtype=np.uint32)


def _origins(text_page: object, kept: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """Where each character's pen was set down, as rows of (x, y).

    Characters of a font on one line have boxes between the same two heights, and one baseline: it is asked for once.
    """
    x, y = ctypes.c_double(), ctypes.c_double()
    origin_of, angle_of = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_GetCharAngle
    asked = kept[:: max(1, len(kept) // _ANGLES_ASKED)].tolist()
    if any(abs(angle_of(text_page, index)) > 0.01 for index in asked):
        origins = np.empty((len(kept), 2))
        for place, index in enumerate(kept.tolist()):
            origin_of(text_page, index, x, y)
            origins[place] = x.value, y.value
        return origins
    _, first, which = np.unique(boxes[:, 1] + 1j * boxes[:, 3], return_index=True, return_inverse=True)
    baselines = []
    for index in kept[first].tolist():
        origin_of(text_page, index, x, y)
        baselines.append(y.value)
    return np.stack((boxes[:, 0], np.array(baselines)[which] if len(kept) else boxes[:, 1]), axis=-1)


def _is_white_space(codes: np.ndarray) -> np.ndarray:
    flags = codes <= 32
    rare = np.flatnonzero(~flags & ((codes < 0xFF) | ((codes >= 0x2000) & (codes <= 0x3000)) | (codes >= 0xFE00)))
    flags[rare] = np.isin(codes[rare], _WHITE_SPACE)
    return flags & (codes > 0)


Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class PageObjects:
    """The invisible text objects of a page, and its paths with the matrix of the form that they stand in."""

    invisible: list[object] = field(default_factory=list)
    paths: list[tuple[object, Matrix]] = field(default_factory=list)


def _objects(page: object) -> PageObjects:
    """The page's objects, those within forms too, as many as a report's page may have."""
    found = PageObjects()
    get, type_of = pdfium.FPDFPage_GetObject, pdfium.FPDFPageObj_GetType
    members = [get(page, index) for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS))]
    waiting: list[tuple[list[object], Matrix, int]] = [(members, _SAME, 0)]
    left = _MOST_OBJECTS - len(members)
    mode_of, invisible = pdfium.FPDFTextObj_GetTextRenderMode, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    while waiting:
        members, matrix, depth = waiting.pop()
        for member in members:
            mode = mode_of(member)
            if mode != pdfium.FPDF_TEXTRENDERMODE_UNKNOWN:
                if mode == invisible:
                    found.invisible.append(member)
                continue
            kind = type_of(member)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                found.paths.append((member, matrix))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
                count = min(max(0, pdfium.FPDFFormObj_CountObjects(member)), left)
                left -= count
                inner = [pdfium.FPDFFormObj_GetObject(member, index) for index in range(count)]
                waiting.append((inner, _times(_matrix(member), matrix), depth + 1))
    return found


def _invisible(objects: PageObjects, text_page: object, kept: np.ndarray) -> np.ndarray | None:
    """Which of the kept characters are drawn invisibly beside visible ones; None where all count."""
    hidden = {ctypes.addressof(text.contents) for text in objects.invisible}
    if not hidden:
        return None
    object_of = pdfium.FPDFText_GetTextObject
    flags = np.zeros(len(kept), dtype=bool)
    for place, index in enumerate(kept.tolist()):
        text_object = object_of(text_page, index)
        flags[place] = bool(text_object) and ctypes.addressof(text_object.contents) in hidden
    return None if flags.all() else flags


def _matrix(page_object: object) -> Matrix:
    given = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(page_object, given):
        return _SAME
    return given.a, given.b, given.c, given.d, given.e, given.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    return matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]


def _rules(objects: PageObjects) -> np.ndarray:
    """The straight strokes of the page as rows of (x, y, x, y) in the page's own space; axis-parallel ones alone."""
    strokes: list[tuple[float, float, float, float]] = []
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for path, matrix in objects.paths:
        if not pdfium.FPDFPath_GetDrawMode(path, fill, stroke) or not (fill.value or stroke.value):
            continue
        if len(strokes) > _MOST_OBJECTS:
            break
        _add_strokes(strokes, path, matrix, bool(stroke.value))
    return np.array(strokes).reshape(-1, 4)


def _add_strokes(strokes: list, path: object, outer: Matrix, is_stroked: bool) -> None:
    count = pdfium.FPDFPath_CountSegments(path)
    matrix = _times(_matrix(path), outer)
    x, y = ctypes.c_float(), ctypes.c_float()
    start: tuple[float, float] | None = None
    here: tuple[float, float] | None = None
    corners: list[tuple[float, float]] = []
    is_straight = True

    def close() -> None:
        nonlocal corners
        if len(corners) >= 2 and is_straight:
            xs, ys = [p[0] for p in corners], [p[1] for p in corners]
            low_x, high_x, low_y, high_y = min(xs), max(xs), min(ys), max(ys)
            if high_x - low_x <= _THICKEST_RULE or high_y - low_y <= _THICKEST_RULE:
                # A thin shape is one rule, whether it is drawn as a line or filled.
                if high_x - low_x >= high_y - low_y:
                    strokes.append((low_x, (low_y + high_y) / 2, high_x, (low_y + high_y) / 2))
                else:
                    strokes.append(((low_x + high_x) / 2, low_y, (low_x + high_x) / 2, high_y))
            elif is_stroked:
                for (ax, ay), (bx, by) in itertools.pairwise(corners):
                    if abs(ax - bx) < 0.7 or abs(ay - by) < 0.7:
                        strokes.append((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
        corners = []

    for index in range(min(count, 20_000)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        here = _moved(matrix, x.value, y.value)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            close()
            start, is_straight = here, True
            corners = [here]
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            corners.append(here)
        else:
            is_straight = False
        if pdfium.FPDFPathSegment_GetClose(segment) and start is not None:
            corners.append(start)
    close()


def _turned(points: np.ndarray, turns: int, box: tuple[float, float, float, float]) -> np.ndarray:
    """Points (x, y) of the page's own space, from the top left corner of the page turned clockwise by quarter turns."""
    left, bottom, right, top = box
    x, y = points[..., 0], points[..., 1]
    turned = {
        0: (x - left, top - y),
        1: (y - bottom, x - left),
        2: (right - x, y - bottom),
        3: (top - y, right - x),
    }[turns % 4]
    return np.stack(turned, axis=-1)


def _text_turns(origins: np.ndarray) -> int:
    """By how many quarter turns more the page is to be turned for its text to run to the right."""
    if len(origins) < 3:
        return 0
    steps = np.diff(origins, axis=0)
    across, down = np.abs(steps[:, 0]), np.abs(steps[:, 1])
    # Within a line one coordinate stands still; line ends are long in both or go back.
    running = (down < 0.5) & (across > 0.5)
    standing = (across < 0.5) & (down > 0.5)
    if standing.sum() <= running.sum():
        return int(2 * (steps[running, 0] < 0).mean() > 1) * 2 if running.any() else 0
    return 3 if (steps[standing, 1] > 0).mean() > 0.5 else 1


def _sizes(codes: np.ndarray, width: np.ndarray, height: np.ndarray) -> np.ndarray:
    """The size of each character's font: a Chinese character is as wide as its font is high."""
    is_wide = (codes >= 0x4E00) & (codes < 0xA000)
    size = np.where(is_wide & (width > 0.5 * height) & (width < 1.3 * height), width, height / 1.2)
    return np.maximum(size, 1.0)
