"""The kind of a document, by the words and the grammar of its title; without a title that says it, by its text's words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from ingest.documents.department_names import endings
from ingest.vocabulary import alternation, read_seed, words

_YEAR_IN_NAME = re.compile(r"(?:19|20)\d\d年(?:度)?(?:部门)?(?=整体|绩效|支出|项目|决算|预算)")
_SURE_WEIGHT = 5
_OWN_NAME = re.compile(rf"(?:{alternation('name_filler')}|(?:19|20)\d\d年?度?|[()年度])*+$")
_EVALUATION = re.compile(rf"{alternation('evaluation')}{alternation('evaluation_end')}*$")
_GOALS = re.compile(r"绩效目标.{0,6}表$")
_ACCOUNTS = re.compile(rf"{alternation('accounts')}{alternation('accounts_end')}*$")
_BUDGET = re.compile(rf"{alternation('budget_document')}{alternation('accounts_end')}*$")
_STANDARDS = re.compile(rf"{alternation('benefit_of_standard')}.{{0,8}}标准{alternation('accounts_end')}*$")


def kind_score(text: str) -> tuple[str, float]:
    """The kind that a title names (`other` where none), and how surely: the weight of its words."""
    # 补助资金2023年度绩效自评: the year may stand inside the name of the kind.
    text = _YEAR_IN_NAME.sub("", text)
    scores: Counter[str] = Counter()
    for row in read_seed("document_kind_words"):
        if row["pattern_words"] in text:
            scores[row["document_kind"]] = max(scores[row["document_kind"]], int(row["weight"]))
    kind, weight = scores.most_common(1)[0] if scores else ("other", 0)
    return (kind, weight) if weight >= _SURE_WEIGHT else (_kind_of_name(text) or (kind, weight))


def _kind_of_name(text: str) -> tuple[str, float] | None:
    """The kind of a document by the grammar of its name: what was evaluated, and that it was; None for other names.

    民政局2023年度绩效自评报告 evaluates the department, 高龄津贴发放绩效评价报告 what stands before the evaluation.
    """
    plain = re.sub(r"\(.{0,12}\)$", "", text)
    if match := _EVALUATION.search(plain):
        subject = plain[: match.start()]
        ends = [name.end() for name in endings().finditer(subject)]
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


def document_kind(title: str | None, texts: Iterable[str]) -> str:
    """The kind that the title names; without one, the kind whose words the text uses most."""
    kind, weight = kind_score(title or "")
    if weight >= 4:
        return kind
    scores: Counter[str] = Counter()
    for text in texts:
        for row in read_seed("document_kind_words"):
            if int(row["weight"]) >= 4 and (count := text.count(row["pattern_words"])):
                # A goal is named in every report: only a form of goals uses its own words in its title.
                scores[row["document_kind"]] += count if row["document_kind"] != "target_table" else 0
    return scores.most_common(1)[0][0] if scores and scores.most_common(1)[0][1] else "other"
