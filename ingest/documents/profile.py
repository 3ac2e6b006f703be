"""What a document says of itself: title, department, place, fiscal year and kind; null where it does not say.

In: the layout. Out: `Profile`. The year is the one that the document is about, not the one it was signed in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from ingest.documents.blocks import Layout, Paragraph, Table
from ingest.documents.lines import heading_level
from ingest.documents.model import Profile
from ingest.vocabulary import alternation, read_rows, read_seed, words

_HEAD_CHARACTERS = 1500
_LABEL = re.compile(rf"(?:部门|单位|{alternation('label_of_department')}){alternation('label_rest')}*[::]?$")
_LABEL_IN_LINE = re.compile(rf"{alternation('label_of_department')}[^::]{{0,8}}[::]")
_NAME_BREAK = re.compile(
    rf"[\s,，。；:、()《》“”|\[\]<>\d.·]|{alternation('not_of_a_name')}|和(?=[^\u4e00-\u9fff]|$)|年度?"
)
_OTHERS_WORDS = re.compile(alternation("cites"))
_YEAR = re.compile(r"((?:19|20)\d{2})\s*(?:年度|年)?")


@cache
def _endings() -> re.Pattern[str]:
    endings = sorted((row["ending"] for row in read_seed("department_endings")), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, endings)))


def read_profile(layout: Layout) -> Profile:
    """Read title, department, place, year and kind from a layout."""
    head = _head(layout)
    title = _title(head)
    kind = _kind(title, layout)
    department = _department(layout, title, head)
    return Profile(
        title=title,
        department=department,
        place_name=place_of(department) or _place_of_title(title),
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
_YEAR_IN_NAME = re.compile(r"(?:19|20)\d\d年(?:度)?(?:部门)?(?=整体|绩效|支出|项目|决算|预算)")
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
        score = _kind_score(plain)[1]
        score += 3 if _TITLE_END.search(plain) else 0
        score += 2 if _endings().search(plain) else 0
        score += 1 if _YEAR.search(plain) else 0
        score -= 4 if _OTHERS_WORDS.match(plain) else 0
        score -= 2 if "《" in plain or words("breadcrumb").search(plain) else 0
        # 二、2023年工作情况 heads a chapter, whatever it is called.
        score -= 4 if heading_level(plain) in _LEVELS_OF_CHAPTERS else 0
        score -= len(plain) / 100
        if score > best_score:
            best, best_score = plain, score
    return best if best_score >= 3 else None


def _kind_score(text: str) -> tuple[str, float]:
    # 补助资金2023年度绩效自评: the year may stand inside the name of the kind.
    text = _YEAR_IN_NAME.sub("", text)
    scores: Counter[str] = Counter()
    for row in read_seed("document_kind_words"):
        if row["pattern_words"] in text:
            scores[row["document_kind"]] = max(scores[row["document_kind"]], int(row["weight"]))
    kind, weight = scores.most_common(1)[0] if scores else ("other", 0)
    return (kind, weight) if weight >= _SURE_WEIGHT else (_kind_of_name(text) or (kind, weight))


_SURE_WEIGHT = 5
_OWN_NAME = re.compile(rf"(?:{alternation('name_filler')}|(?:19|20)\d\d年?度?|[()年度])*+$")
_EVALUATION = re.compile(rf"{alternation('evaluation')}{alternation('evaluation_end')}*$")
_GOALS = re.compile(r"绩效目标.{0,6}表$")
_ACCOUNTS = re.compile(rf"{alternation('accounts')}{alternation('accounts_end')}*$")
_BUDGET = re.compile(rf"{alternation('budget_document')}{alternation('accounts_end')}*$")
_STANDARDS = re.compile(rf"{alternation('benefit_of_standard')}.{{0,8}}标准{alternation('accounts_end')}*$")


def _kind_of_name(text: str) -> tuple[str, float] | None:
    """The kind of a document by the grammar of its name: what was evaluated, and that it was; None for other names.

    民政局2023年度绩效自评报告 evaluates the department, 高龄津贴发放绩效评价报告 what stands before the evaluation.
    """
    plain = re.sub(r"\(.{0,12}\)$", "", text)
    if match := _EVALUATION.search(plain):
        subject = plain[: match.start()]
        ends = [name.end() for name in _endings().finditer(subject)]
        rest = _OWN_NAME.sub("", subject[ends[-1] :] if ends else subject)
        of_department = words("whole_body").search(rest) and not words("evaluated_project").search(rest)
        return ("self_eval_department" if of_department or (ends and not rest) else "self_eval_project"), _SURE_WEIGHT
    for pattern, kind in (
        (_GOALS, "target_table"),
        (_ACCOUNTS, "final_account"),
        (_BUDGET, "budget"),
        (_STANDARDS, "standard_notice"),
    ):
        if pattern.search(plain):
            return kind, _SURE_WEIGHT
    return None


def _kind(title: str | None, layout: Layout) -> str:
    """The kind that the title names; without one, the kind whose words the text uses most."""
    kind, weight = _kind_score(title or "")
    if weight >= 4:
        return kind
    scores: Counter[str] = Counter()
    for text in _texts(layout):
        for row in read_seed("document_kind_words"):
            if int(row["weight"]) >= 4 and (count := text.count(row["pattern_words"])):
                # A goal is named in every report: only a form of goals uses its own words in its title.
                scores[row["document_kind"]] += count if row["document_kind"] != "target_table" else 0
    return scores.most_common(1)[0][0] if scores and scores.most_common(1)[0][1] else "other"


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


def _names(text: str) -> list[str]:
    """The full names of departments in a text: the places right before the ending, and the ending."""
    names = []
    for match in _endings().finditer(text):
        window = text[max(0, match.start() - 24) : match.start()]
        prefix = _places_at_end(window)
        if prefix is None:
            breaks = list(_NAME_BREAK.finditer(window))
            prefix = _after_another(window[breaks[-1].end() :] if breaks else window)
        if len(prefix) >= 2 and _PLACE_END.search(prefix):
            names.append(prefix + match.group())
    return names


_PLACE_END = re.compile(r"[省市县区州盟旗]$|自治[区州县]$|兵团$|开发区$|新区$|高新区$")


@cache
def _place_names() -> frozenset[str]:
    """The names of all places of the reference table, as they stand before a department's name."""
    return frozenset(row["place_name"] for row in read_rows("reference", "places"))


def _places_at_end(window: str) -> str | None:
    """湛江市坡头区 at the end of a text: the longest chain of known places, the larger before the smaller."""
    places, best = _place_names(), None
    ends = {len(window)}
    for start in range(len(window) - 2, -1, -1):
        if any(window[start:end] in places for end in ends):
            ends.add(start)
            if not (_JOINS_NAMES.match(window[start]) and _IN_A_WORD.match(window[max(0, start - 1)])):
                best = window[start:]
    return best


# 8个镇和县救助管理站: the sign joins two names, and 和县 is not meant.
_JOINS_NAMES = re.compile("[和及与同]")
_IN_A_WORD = re.compile(r"[\u4e00-\u9fff]")


def _after_another(prefix: str) -> str:
    """市财政局县 → what follows the ending of another department's name."""
    ends = [m.end() for m in re.finditer(r"[局厅委会](?=[\u4e00-\u9fff]{2,})", prefix)]
    return prefix[ends[-1] :] if ends else prefix


_NAMED_DOCUMENT = re.compile(r"《[^》]{0,200}》")


_LONGEST_PLACE = 16
# A report names a handful of departments; each is compared with each.
_MOST_NAMES = 50


def _department(layout: Layout, title: str | None, head: list[str]) -> str | None:
    """The reporting department: what a label names, else what the title names, else the name used most."""
    for block in layout.blocks[:40]:
        if isinstance(block, Table):
            for row in block.rows[:6]:
                for left, right in pairwise(row.cells):
                    if _LABEL.match(left.text) and (names := _names(right.text)):
                        return names[0]
    for line in head:
        match = _LABEL_IN_LINE.search(line)
        if match and (names := _names(line[match.end() : match.end() + 40])):
            return names[0]
    if title and (names := _names(title)):
        return names[0]
    counts: Counter[str] = Counter()
    for text in _texts(layout):
        # A document named in the text (《…》) is mostly another department's.
        counts.update(name for name in _names(_NAMED_DOCUMENT.sub("，", text)) if "财政" not in name)
    place = _place_of_title(title)
    own = Counter({name: count for name, count in counts.items() if _may_be_of(name, place)})
    if not own and (composed := _composed(title, layout)):
        return composed
    counts = own or counts
    if not counts:
        return None
    # The fullest name counts for its shorter forms: 民政局 of the same place is written 荔湾区民政局 as well.
    counts = Counter(dict(counts.most_common(_MOST_NAMES)))
    scores = {name: sum(n for other, n in counts.items() if name.endswith(other)) + len(name) / 100 for name in counts}
    return max(scores, key=scores.__getitem__)


def _may_be_of(name: str, place: str | None) -> bool:
    """Whether a department is of a place, where both are known."""
    other = place_of(name)
    return not (place and other) or place.endswith(other) or other.endswith(place)


def _place_of_title(title: str | None) -> str | None:
    """The places that a title begins with, of the reference table: 某省某县2023年…项目支出绩效自评报告."""
    plain = title or ""
    ends = range(min(len(plain), _LONGEST_PLACE), 1, -1)
    return next((plain[:end] for end in ends if _places_at_end(plain[:end]) == plain[:end]), None)


def _composed(title: str | None, layout: Layout) -> str | None:
    """A department that the text only calls 县民政局: the place of the title, and the ending used most after its level."""
    place = _place_of_title(title)
    if place is None:
        return None
    own = re.compile(f"(?:{place[-1]}|我)({_endings().pattern})")
    counts: Counter[str] = Counter()
    for text in _texts(layout):
        counts.update(name for name in own.findall(_NAMED_DOCUMENT.sub("，", text)) if "财政" not in name)
    return place + counts.most_common(1)[0][0] if counts else None


def department_kind(department: str | None) -> str | None:
    """The kind of a department by the ending of its name: 民政局 is civil_affairs; None for an unknown ending."""
    if not department:
        return None
    rows = sorted(read_seed("department_endings"), key=lambda row: -len(row["ending"]))
    return next((row["department_kind"] for row in rows if department.endswith(row["ending"])), None)


def place_of(department: str | None) -> str | None:
    """The place in a department's full name: 荔湾区 of 荔湾区民政局; None where it names none."""
    if not department:
        return None
    match = _endings().search(department)
    return department[: match.start()] or None if match else None


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
