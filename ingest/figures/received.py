"""Money from the levels of government above: whether an amount is said to have come from them.

In: the words around an amount. Out: yes or no; whether it is income or a project's budget, its reader says.
"""

from __future__ import annotations

import re

from ingest.figures.place import Place
from ingest.vocabulary import alternation, words

# 中央和省级下达转移支付资金, 中央、自治区已下拨我市…资金
_HANDED_DOWN = re.compile(
    rf"{alternation('government_above')}(?:财政)?(?:[向对给]{alternation('our_area')})?(?:共|已|累计|当年|全年|提前)*{alternation('handed_down')}[^，。；]{{0,40}}$"
)
# 收到中央…资金, 获拨省级…资金, 争取到上级…资金; 申请中央…资金 where the amount is what was asked for.
_RECEIVED = re.compile(
    rf"(?:(?:{alternation('received')}|{alternation('asked_for')}(?=到))(?:到位|到|了)*|(?P<asked>{alternation('asked_for')})了?)"
    rf"{alternation('government_above')}(?P<what>[^，。；]{{0,40}})$"
)
# 收到上级资金后发放生活费: what was paid out of it.
_PAID_OUT_OF_IT = re.compile(
    rf"{alternation('money_noun')}[^，。；]*?(?:后|{alternation('payout_verb')})|(?<!用于)发放"
)
# 申请中央资金支持改建敬老院: what was done with the money; not 资金支持共计.
_DONE_WITH_IT = re.compile(rf"{alternation('money_noun')}[^，。；]{{5,}}$")
# 分三批下达：第一批29,530万元，第二批…
_BATCH = re.compile(r"第[一二三四五六]批(?:资金)?(?:为|:)?$")
# 中央补助资金800万元、省级补助资金120万元先后到位
_FROM_ABOVE = re.compile(rf"[，、]?(?:其中:?|[^，。；、\d]{{1,6}})?{alternation('government_above')}")
_ARRIVED_AFTER = re.compile(
    rf"(?:[、和及][^，。；、\d]{{0,24}}\d[\d,.]*[万亿]?元)*{alternation('already', 'one_after_another')}*+{alternation('amount_arrived')}"
)
_GIVEN_TO_US = re.compile(rf"补助{alternation('our_area')}[^，。；\d]{{0,24}}$")
LEVEL_OF_MONEY = re.compile(
    rf"{alternation('level_of_government')}[级本财政]*(?:彩票公益金)?{alternation('money_given')}?(?:资金|预算)?$"
)
SHARE_OF_LEVEL = re.compile(rf"[，、]?(?:其中:?)?{LEVEL_OF_MONEY.pattern}")


def comes_from_above(place: Place, cue: str | None) -> bool:
    """Whether an amount came from above: handed down in batches, given to us, received, or arrived (先后到位)."""
    if _BATCH.search(place.near_text) and words("handed_down").search(place.said):
        return True
    if _GIVEN_TO_US.search(place.lead_text):
        return True
    has_arrived = _FROM_ABOVE.match(place.near_text) and _ARRIVED_AFTER.match(place.text, place.end)
    if has_arrived and cue in (None, "benefit", "expenditure"):
        return True
    is_told = cue in (None, "benefit", "income")
    return is_told and bool(_HANDED_DOWN.search(place.lead_text) or _is_received(place.lead_text))


def _is_received(lead_text: str) -> bool:
    """收到中央…资金: the amount is money that came from above, not what was paid out of it."""
    received = _RECEIVED.search(lead_text)
    if received is None or _PAID_OUT_OF_IT.search(received["what"]):
        return False
    return received["asked"] is None or not _DONE_WITH_IT.search(received["what"])
