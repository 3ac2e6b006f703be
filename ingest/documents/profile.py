"""What a document says of itself: title, department, place, fiscal year and kind; null where it does not say.

In: the layout. Out: `Profile`. The year is the one that the document is about, not the one it was signed in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from ingest.documents.blocks import Layout, Paragraph, Table
from ingest.documents.department_names import endings, is_of_township, may_be_of, names_in, place_at_start, place_of
from ingest.documents.document_kinds import document_kind, kind_score
from ingest.documents.lines import heading_level
from ingest.documents.model import Profile
from ingest.vocabulary import alternation, words

_HEAD_CHARACTERS = 1500
_LABEL = re.compile(rf"(?:部门|单位|{alternation('label_of_department')}){alternation('label_rest')}*[::]?$")
_LABEL_IN_LINE = re.compile(rf"{alternation('label_of_department')}[^::]{{0,8}}[::]")
_OTHERS_WORDS = re.compile(alternation("cites"))
_YEAR = re.compile(r"((?:19|20)\d{2})\s*(?:年度|年)?")


def read_profile(layout: Layout) -> Profile:
    """Read title, department, place, year and kind from a layout."""
    head = _head(layout)
    title = _title(head)
    kind = document_kind(title, _texts(layout))
    department = _department(layout, title, head)
    return Profile(
        title=title,
        department=department,
        place_name=place_of(department) or place_at_start(title),
        fiscal_year=_fiscal_year(title, head, layout),
        document_kind=kind,
    )


def _head(layout: Layout) -> list[str]:
    """The first lines of the document, table cells joined by a space."""
    lines: list[str] = []
    size = 0
    for block in layout.blocks:
        texts = (
            [block.flow.text]
            if isinstance(block, Paragraph)
            else [" ".join(c.text for c in row.cells if c.text) for row in block.rows[:4]]
        )
        for text in texts:
            lines.append(text[:400])
            size += len(text[:400])
        if size > _HEAD_CHARACTERS:
            break
    return lines


_YEARS_OF_PLAN = re.compile(r"((?:19|20)\d\d)年?[-至到](?:19|20)\d\d年")
_ATTACHMENT = re.compile(r"附[件表]?\d*$")
_LEVELS_OF_CHAPTERS = frozenset({1, 2, 3})
_TITLE_END = re.compile(rf"{alternation('title_end')}(?:\(.{{1,12}}\))?$")


def _title(head: list[str]) -> str | None:
    """The first line that names a kind of document; a line broken in two is put together."""
    candidates = [line.lstrip("#* ").rstrip("* ") for line in head[:14]]
    joined = [
        a + b
        for a, b in pairwise(candidates)
        if len(a) < 40
        and len(b) < 40
        and not re.search(r"[。；:]", a + b)
        and not (words("breadcrumb").search(a) or _ATTACHMENT.match(a))
    ]
    best, best_score = None, 0
    for line in candidates + joined:
        plain = re.sub(r"\(示例[^)]*\)$|\(.{0,3}年度\)$", "", line)
        if not 6 <= len(plain) <= 70 or "。" in plain:
            continue
        score = kind_score(plain)[1]
        score += 3 if _TITLE_END.search(plain) else 0
        score += 2 if endings().search(plain) else 0
        score += 1 if _YEAR.search(plain) else 0
        score -= 4 if _OTHERS_WORDS.match(plain) else 0
        score -= 2 if "《" in plain or words("breadcrumb").search(plain) else 0
        # 二、2023年工作情况 heads a chapter, whatever it is called.
        score -= 4 if heading_level(plain) in _LEVELS_OF_CHAPTERS else 0
        score -= len(plain) / 100
        if score > best_score:
            best, best_score = plain, score
    return best if best_score >= 3 else None


def _texts(layout: Layout) -> Iterator[str]:
    """The text of each block, up to a size that is enough to know a document by."""
    seen = 0
    for block in layout.blocks:
        text = (
            block.flow.text
            if isinstance(block, Paragraph)
            else " ".join(c.text for row in block.rows[:20] for c in row.cells)
        )
        yield text
        seen += len(text)
        if seen > 60_000:
            return


_NAMED_DOCUMENT = re.compile(r"《[^》]{0,200}》")
# A report names a handful of departments; each is compared with each.
_MOST_NAMES = 50


def _department(layout: Layout, title: str | None, head: list[str]) -> str | None:
    """The reporting department: what a label names, else what the title names, else the name used most."""
    for block in layout.blocks[:40]:
        if isinstance(block, Table):
            for row in block.rows[:6]:
                for left, right in pairwise(row.cells):
                    if _LABEL.match(left.text) and (names := names_in(right.text)):
                        return names[0]
    for line in head:
        match = _LABEL_IN_LINE.search(line)
        if match and (names := names_in(line[match.end() : match.end() + 40])):
            return names[0]
    if title and (names := names_in(title)):
        return names[0]
    counts: Counter[str] = Counter()
    for text in _texts(layout):
        # A document named in the text (《…》) is mostly another department's.
        # The townships that a text names are those of the department that reports.
        named = names_in(_NAMED_DOCUMENT.sub("，", text))
        counts.update(name for name in named if "财政" not in name and not is_of_township(name))
    place = place_at_start(title)
    own = Counter({name: count for name, count in counts.items() if may_be_of(name, place)})
    if not own and (composed := _composed(title, layout)):
        return composed
    counts = own or counts
    if not counts:
        return None
    # The fullest name counts for its shorter forms: 民政局 of the same place is written 荔湾区民政局 as well.
    counts = Counter(dict(counts.most_common(_MOST_NAMES)))
    scores = {name: sum(n for other, n in counts.items() if name.endswith(other)) + len(name) / 100 for name in counts}
    return max(scores, key=scores.__getitem__)


def _composed(title: str | None, layout: Layout) -> str | None:
    """A department that the text only calls 县民政局: the place of the title, and the ending used most after its level."""
    place = place_at_start(title)
    if place is None:
        return None
    own = re.compile(f"(?:{place[-1]}|我)({endings().pattern})")
    counts: Counter[str] = Counter()
    for text in _texts(layout):
        named = own.findall(_NAMED_DOCUMENT.sub("，", text))
        counts.update(name for name in named if "财政" not in name and not is_of_township(name))
    return place + counts.most_common(1)[0][0] if counts else None


def _fiscal_year(title: str | None, head: list[str], layout: Layout) -> int | None:
    for line in [title or "", *head[:12]]:
        if _OTHERS_WORDS.match(line):
            continue
        if (years := _YEARS_OF_PLAN.search(line)) and words("plan_of_years").search(line):
            # 实施方案(2024-2026年): a plan is made in its first year.
            return int(years.group(1))
        for pattern in (r"((?:19|20)\d{2})年?度", r"((?:19|20)\d{2})年(?!\d{1,2}月)", r"[(]((?:19|20)\d{2})"):
            match = re.search(pattern, line)
            if match and not words("date_label").search(line[max(0, match.start() - 8) : match.start()]):
                return int(match.group(1))
    years: Counter[int] = Counter()
    for text in _texts(layout):
        years.update(int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d{2})年(?!\d{1,2}月\d)", text))
    return years.most_common(1)[0][0] if years else None
