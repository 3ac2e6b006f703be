"""Pictures of text to characters with places, through RapidOCR: an optional extra whose models come inside its package.

In: a page's picture as an array. Out: `Marks`, as a PDF's page has them. Works offline. Importing this module costs
nothing; the models are loaded with the first picture.
"""

from __future__ import annotations

import math
import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from ingest.documents.paper.marks import Marks, merged_rules
from ingest.limits import still_going

HOW_TO_INSTALL = "install the reader of scans (OCR): pip install 'jixiao[ocr]'"
# Pixels per inch at which pages are drawn, and the most pixels that a page's longer side may have.
RESOLUTION = 200
LONGEST_SIDE = 3400
# Below this a line is more guess than text.
_LEAST_SURE = 0.5
# How many lines are asked whether they stand on their head.
_LINES_ASKED = 7
# Parts of a found line's height: its characters' size, and where their baseline is above its foot.
_SIZE, _DESCENT = 0.8, 0.18
# Gaps within a line, in sizes, that are the recognition's, not the page's.
_NO_GAP = 0.45
# A scan that leans by less than this many degrees is straight.
_STRAIGHT = 0.15
# The shortest stroke that is taken for a rule, as a part of the page's width, and in pixels at least.
_RULE_PART, _RULE_LEAST = 0.02, 40


def is_installed() -> bool:
    """Whether the extra is there."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def threads() -> int:
    """How many threads a page may use: JIXIAO_OCR_THREADS, else OMP_NUM_THREADS (a worker is given one), else all."""
    for name in ("JIXIAO_OCR_THREADS", "OMP_NUM_THREADS"):
        given = os.environ.get(name, "")
        if given.isdigit() and int(given):
            return int(given)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def _engine() -> Any:
    import rapidocr

    models = Path(rapidocr.__file__).with_name("models")

    def model(kind: str) -> str:
        return str(next(path for path in sorted(models.glob("*.onnx")) if f"_{kind}_" in path.name))

    # onnxruntime takes all processors of the machine unless it is told, whatever the process may use.
    return rapidocr.RapidOCR(
        params={
            "EngineConfig.onnxruntime.intra_op_num_threads": threads(),
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Det.model_path": model("det"),
            "Rec.model_path": model("rec"),
            "Cls.model_path": model("cls"),
            "Global.use_cls": False,
            "Global.max_side_len": LONGEST_SIDE,
            "Global.text_score": _LEAST_SURE,
            "Global.return_word_box": True,
            "Global.return_single_char_box": True,
            "Global.log_level": "error",
        }
    )


def see(picture: np.ndarray, resolution: float = RESOLUTION) -> Marks:
    """The characters and rules of a picture of a page, grey or RGB, at so many pixels an inch; turned upright."""
    picture = picture if picture.ndim == 3 else np.repeat(picture[:, :, None], 3, axis=2)
    turns = 0
    seen = _recognise(picture)
    long = [corners for corners, text, _, _ in seen if len(text) >= 4]
    if sum(_length(corners, 0, 1) < _length(corners, 1, 2) for corners in long) > 0.5 * len(long):
        picture, turns = np.rot90(picture, -1), 1
        seen = _recognise(picture)
    if _is_upside_down(picture, seen):
        picture, turns = np.rot90(picture, 2), turns + 2
        seen = _recognise(picture)
    still_going()
    return _marks(np.ascontiguousarray(picture), seen, 72 / resolution, turns)


Seen = tuple[np.ndarray, str, float, tuple]


def _recognise(picture: np.ndarray) -> list[Seen]:
    """(corners of the line clockwise from the upper left, text, sureness, characters with their corners) of each line."""
    # The models were made for blue, green, red. What is not said stays as the last call had it.
    found = _engine()(np.ascontiguousarray(picture[:, :, ::-1]), use_det=True, use_cls=False, use_rec=True)
    if not found.txts:
        return []
    words = found.word_results if len(found.word_results) == len(found.txts) else [()] * len(found.txts)
    return list(zip(np.asarray(found.boxes, dtype=float), found.txts, map(float, found.scores), words, strict=True))


def _is_upside_down(picture: np.ndarray, seen: list[Seen]) -> bool:
    """Whether most of the longest lines stand on their head."""
    lines = sorted((corners for corners, *_ in seen), key=lambda corners: -_length(corners, 0, 1))[:_LINES_ASKED]
    votes = 0
    for corners in lines:
        (left, top), (right, bottom) = corners.min(axis=0).astype(int), corners.max(axis=0).astype(int)
        part = picture[max(0, top) : bottom + 1, max(0, left) : right + 1, ::-1]
        # A part as long as the model looks at: the beginning of a line.
        part = np.ascontiguousarray(part[:, : 6 * max(1, part.shape[0])])
        found = _engine()(part, use_det=False, use_cls=True, use_rec=False)
        votes += bool(found.cls_res) and found.cls_res[0][0] == "180"
    return votes > len(lines) / 2


def _length(corners: np.ndarray, first: int, second: int) -> float:
    return float(np.hypot(*(corners[second] - corners[first])))


def _marks(picture: np.ndarray, seen: list[Seen], scale: float, turns: int) -> Marks:
    height, width = picture.shape[:2]
    lean = _lean([corners for corners, text, _, _ in seen if len(text) >= 8])
    middle = np.array([width / 2, height / 2])
    turn = np.array([[math.cos(lean), -math.sin(lean)], [math.sin(lean), math.cos(lean)]])

    def straight(points: np.ndarray) -> np.ndarray:
        return (points - middle) @ turn + middle if lean else points

    columns: list[list[float]] = [[] for _ in range(6)]
    codes: list[int] = []
    spaced: list[bool] = []
    for corners, text, _, words in seen:
        for character, place, has_space in _characters(straight(corners), text, words, straight):
            codes.append(ord(character))
            spaced.append(has_space)
            for column, value in zip(columns, place, strict=True):
                column.append(value)
    if not codes:
        return Marks.none(width * scale, height * scale)
    left, right, top, bottom, baseline, size = (np.array(column) * scale for column in columns)
    horizontals, verticals = _rules(picture, lean)
    return Marks(
        width=width * scale,
        height=height * scale,
        codes=np.array(codes, dtype=np.uint32),
        left=left,
        right=right,
        top=top,
        bottom=bottom,
        baseline=baseline,
        size=size,
        spaced=np.array(spaced),
        turns=turns,
        horizontals=merged_rules(horizontals * scale),
        verticals=merged_rules(verticals * scale),
    )


def _lean(lines: list[np.ndarray]) -> float:
    """By what angle (radians) the lines of text lean; 0 for a straight page."""
    angles = [math.atan2(*(corners[1] - corners[0])[::-1]) for corners in lines]
    lean = float(np.median(angles)) if len(angles) >= 3 else 0.0
    return lean if math.radians(_STRAIGHT) < abs(lean) < math.radians(15) else 0.0


def _characters(corners: np.ndarray, text: str, words: tuple, straight: Any) -> list[tuple[str, tuple, bool]]:
    """Each character of a line with (left, right, top, bottom, baseline, size) in pixels, and whether a space precedes."""
    low, high = corners.min(axis=0), corners.max(axis=0)
    height = (_length(corners, 1, 2) + _length(corners, 0, 3)) / 2
    foot = float(corners[2:, 1].mean())
    size, baseline = _SIZE * height, foot - _DESCENT * height
    letters = [character for character in text if not character.isspace()]
    spaces = {len("".join(text[:index].split())) for index, character in enumerate(text) if character.isspace()}
    given = [word for word in words if word[2] is not None and not word[0].isspace()]
    if [word[0] for word in given] == letters:
        boxes = [straight(np.asarray(word[2], dtype=float)) for word in given]
        edges = [(float(box[:, 0].min()), float(box[:, 0].max())) for box in boxes]
    else:
        weights = np.array([1.0 if character > "\u2e7f" else 0.55 for character in letters])
        stops = low[0] + (high[0] - low[0]) * np.cumsum(weights) / weights.sum()
        edges = list(zip([float(low[0]), *stops[:-1].tolist()], stops.tolist(), strict=True))
    found = []
    for number, (character, (left, right)) in enumerate(zip(letters, edges, strict=True)):
        if number + 1 < len(edges) and 0 < edges[number + 1][0] - right < _NO_GAP * size:
            right = edges[number + 1][0]
        place = (left, right, float(low[1]), float(high[1]), baseline, size)
        found.append((character, place, number in spaces))
    return found


def _rules(picture: np.ndarray, lean: float) -> tuple[np.ndarray, np.ndarray]:
    """The ruling lines of a picture made straight: rows of (y, from x, to x) and of (x, from y, to y), in pixels."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    height, width = grey.shape
    if lean:
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), math.degrees(lean), 1.0)
        grey = cv2.warpAffine(grey, matrix, (width, height), borderValue=255)
    # A scan's paper is grey and uneven: what is darker than around it is ink.
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    length = max(_RULE_LEAST, int(_RULE_PART * width))
    found = []
    for shape in ((length, 1), (1, length)):
        strokes = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
        _, _, stats, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
        rules = []
        for x, y, wide, high, _ in stats[1:].tolist():
            along, across = (wide, high) if shape[1] == 1 else (high, wide)
            # A thick patch of ink is a picture or a bar, no rule.
            if across <= max(8, along / 8):
                rules.append((y + high / 2, x, x + wide) if shape[1] == 1 else (x + wide / 2, y, y + high))
        found.append(np.array(rules, dtype=float).reshape(-1, 3))
    return found[0], found[1]
