"""What a percentage is called, and which measure its name makes it."""

from __future__ import annotations

import re
from functools import cache

from ingest.vocabulary import read_seed


@cache
def _words() -> tuple[tuple[str, str], ...]:
    rows = [(row["word"], row["measure"]) for row in read_seed("rate_words") if row["measure"] != "indicator"]
    return tuple(sorted(rows, key=lambda row: len(row[0]), reverse=True))


_AFTER_NAME = re.compile(
    r"(?:由|从|分别|均|也|已|仅|只有|只|约|近|高|保持|稳定|始终|持续|实现|提高|提升|增长|上升|下降|降低|降|增|达|到|至|为|是|的|在|抽样|调查|测评|结果|年初定|目标定|定|不低于|不超过|不少于|超过|以上|≥|≤|控制|水平|[:(]|比重的?)*$"
)
_RATE_END = re.compile(r"(?:率|度|占比|比例|比重|比|覆盖面|覆盖|全覆盖|指数|任务|进度|面|程度|水平|入园率|目标)$|^占")
_SHARE = re.compile(r"(占(?!比)[^，。；、()%]{0,24}?)(?:的?比重|的?比例)?(?:的|为|达|达到|约|近|仅|只|高达)*$")
_LEADING = re.compile(
    r"^(?:其中|全市|全区|全县|全省|全州|全年|今年|去年|截至\S{0,12}?[底末]|年末|目前|我[市区县局省厅]|使|确保|力争|争取|力促|实现|落实|严格落实|完成|将|把|推动|促进|达到|年底|年度|同时|并且?|以及|和|及|与|对|本级|仅|但|且|也|一是|二是|三是|四是|五是)+"
)


def rate_measure(text: str) -> str | None:
    """execution_rate or carryover_rate where the words end in the name of one, else None."""
    plain = _AFTER_NAME.sub("", text)
    for word, measure in _words():
        if plain.endswith(word.removesuffix("的")) or text.endswith(word):
            return measure
    return None


def rate_name(clause: str, sentence: str) -> str | None:
    """The name of the percentage that ends a clause: 护理型床位占比 of 护理型床位占比达到; None where no name stands there."""
    share = _SHARE.search(clause)
    if share:
        return share.group(1).removesuffix("的")
    plain = _AFTER_NAME.sub("", clause)
    name = re.split(r"[，。；、:()%\d]", plain)[-1] if plain else ""
    name = _LEADING.sub("", name) if len(name) > 4 else name
    if len(name) < 2:
        return None
    return name[-40:] if is_rate_name(name) else None


def is_rate_name(name: str) -> bool:
    """Whether a name is one that percentages have: …率, …度, …占比, 占…"""
    return bool(_RATE_END.search(name))
