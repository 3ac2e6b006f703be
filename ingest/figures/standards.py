"""Standards and top-ups: what is paid per head, by month, year, day or time, and to whom it applies."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.figures.context import Context
from ingest.figures.period import period_unsaid
from ingest.figures.place import Place
from ingest.figures.programme import names_both_subsidies, subject_of
from ingest.figures.reading import ASSISTANCE, MONEY, PER_HEAD, RECIPIENTS, Reading
from ingest.figures.subject import Subject, subject_in
from ingest.vocabulary import alternation, words

UNIT_PRICE = re.compile(rf"{alternation('unit_price')}(?!{alternation('granted')})[^，。；]{{0,4}}$")

# 一类地区 is a class of places, whose standard is the standard there.
_CLASSES = re.compile(
    r"[一二三四A-Da-d](?:、[一二三四A-D])*(?:至[一二三四])?(?:、[一二三四A-D])*[类档]"
    rf"(?!{alternation('class_of_places')})|[一二三四]档(?:、[一二三四]档)+"
)
_VARIANT = re.compile(
    r"(?:\d{2,3}(?:周?岁)?(?:[-至到]\d{2,3})?周?岁(?:以上|及以上)?|[一二三四]+(?:、[一二三四])*级|[一二三四A-D](?:、[一二三四A-D])*类(?:地区|区)?|[一二三四五]星级?"
    rf"|{alternation('variant')})"
)

_LEVEL = "级"
_OLD_AGE = re.compile(r"(?:[89]\d|1\d\d)周?岁|百岁")
_RELIEF = "temporary_relief"
# How far a share that was worked out from rounded numbers may be off.
_ROUNDED = 0.02
_AT_MOST = re.compile(rf"{alternation('at_most')}$")
# 标准均为100元: of both subsidies; 人均100元 is of one.
_ALIKE = re.compile(r"(?<![人月年户次平])均")
_PER_HEAD_ALONE = re.compile(
    rf"{alternation('period_per_head')}(?:{alternation('in_turn')}|均|各|标准)?[为达是按]?到?{alternation('about', 'at_least', 'at_most')}?$"
)
_BY_RULE = re.compile("按照?$")
# 分散供养对象中，全护理…: whose grades follow.
_AMONG = re.compile(r"(?<=[\u4e00-\u9fff])中，")
_VARIANT_AT_END = re.compile(rf"{_VARIANT.pattern}(?:老年?人|长者|对象|人员|残疾人?)?[为是]?$")


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms an amount is a standard: its period and cue where said, and the amount that it goes on from.

    `is_same` says that it is the value of that very standard in another year.
    """

    per: str | None
    cue: str | None
    continued: Reading | None = None
    is_same: bool = False


def names_class(text: str) -> bool:
    """Whether a text names a class of households (A类, 一类), whose amounts of the livelihood guarantee are top-ups."""
    return bool(_CLASSES.search(text))


def variant_before(near: str) -> str | None:
    """The grade, band or class that a standard applies to: the last one named before the amount; None without one."""
    found = _VARIANT.findall(near)
    return found[-1] if found else None


def ends_in_variant(near: str) -> bool:
    """Whether the words before an amount end in the grade, band or class that it applies to: 一级199元、二级166元."""
    return bool(_VARIANT_AT_END.search(near))


def read_standard(context: Context, place: Place, reading: Reading, terms: Terms) -> None:
    """Fill in a standard or a top-up; refused is the price of a thing (火化费500元)."""
    if _is_price(context, place, terms):
        reading.reason = "unit_price"
        return
    if terms.is_same and terms.continued is not None:
        same = terms.continued
        reading.measure, reading.per, reading.subject = same.measure, same.per, same.subject
        reading.variant, reading.confidence = same.variant, 0.9
        return
    subject, sure = subject_of(context, place)
    subject = _of_next_subsidy(context, place, _of_whole(context, place, subject))
    subject = _of_graded_people(context, place, subject)
    subject = _of_dibao_unless_named(context, place, subject)
    subject = _of_an_age(context, place, terms, subject)
    if is_bound_of_relief(context, place):
        subject = Subject(programme=_RELIEF, residence=subject.residence if subject.programme == _RELIEF else None)
    if subject.programme == "tekun_nursing" and _is_of_support(place):
        subject = subject._replace(programme="tekun")
    is_top_up = _is_top_up(context, place, terms, subject)
    per = terms.per
    if per is None and is_top_up and _is_share_of_payment(context, place):
        per = "time"
    if per is None:
        per = period_unsaid(context, place, terms.continued)
    elif per == "time" and is_top_up and "月" in place.near_text and "户均" not in place.near_text:
        per = "month"
    subject = subject._replace(
        care=subject.care
        or _care_before(context, place, subject)
        or _care_of_head(place, subject)
        or _care_of_children(context, place, subject)
    )
    if subject.programme == "elder_care" and words("for_running").search(place.said + place.tail_text):
        subject = subject._replace(care=None)
    both = (place.sentence_subject.programme or "").startswith("disability") and context.names_each_subsidy
    is_of_both = bool(_ALIKE.search(place.near_text)) or place.tail_subject.programme == "disability_both"
    if is_of_both and subject.programme == "disability_nursing" and both:
        subject = subject._replace(programme="disability_living")
    if subject.programme == "disability_both" and names_both_subsidies(context, place):
        subject = subject._replace(programme="disability_living")
    reading.measure = "top_up" if is_top_up else "standard"
    reading.per, reading.subject, reading.confidence = per, subject, sure
    reading.variant = variant_before(place.near_text)


def is_bound_of_relief(context: Context, place: Place) -> bool:
    """How much temporary relief may be given at most, where heading, project or the sentence's first words are about it.

    临时救助…以低保标准为基数，单次最高不超过8,000元, 可先行给予2,000元以内的救助: whatever it is worked out from.
    """
    is_bound = words("at_most_granted").search(place.near_text) or words("at_most_after").match(place.text, place.end)
    if not is_bound or place.near_subject.programme not in (None, "", _RELIEF):
        return False
    first = next((t for t in place.sentence if t.meaning.programme and t.meaning.strength == "strong"), None)
    topics = {context.section.topic.programme, context.own_topic.programme, context.about.project}
    return _RELIEF in topics or (first is not None and first.meaning.programme == _RELIEF)


def _is_share_of_payment(context: Context, place: Place) -> bool:
    """为2,913名群众发放救助款97.6万元，人均补助335元: the sum by the people, so that it is all that each of them got."""
    said = [r for r in context.readings if r.quantity.start >= place.sentence_start and r.value]
    people = [r.value for r in said if r.measure == "beneficiaries"]
    paid = [r.value for r in said if r.measure == "benefit_paid"]
    value = place.quantity.value
    return any(abs(total / count - value) <= value * _ROUNDED for total in paid for count in people)


def _is_price(context: Context, place: Place, terms: Terms) -> bool:
    quantity = place.quantity
    # 每人每月60元, 60元/人·月
    says_whom = words("each_person").search(place.near_text) or "人" in place.text[quantity.number_end : quantity.end]
    # 孤儿11名，散居每月1,000元: so does the care of those who were named.
    says_whom = says_whom or (place.near_subject.care and place.sentence_subject.programme)
    is_of_people = terms.per in ("month", "year") and bool(says_whom)
    is_of_work = terms.cue == "top_up" and place.sentence_subject.programme
    follows = place.text[place.end : place.bounds.clause_end(place.end)]
    if terms.cue == "standard" and words("standard_given").search(follows):
        # 按一级800元、二级600元的标准发放
        return False
    if is_of_people or is_of_work:
        return False
    continued = terms.continued
    speaks_of_help = words("standard_sentence").search(place.said + place.tail_text) or words("help").search(place.said)
    if (
        not speaks_of_help
        and continued is None
        and context.section.topic.programme is None
        and not context.speaks_of_standards(place)
    ):
        return True
    return bool(UNIT_PRICE.search(place.lead_text[-12:])) or _is_waived_fee(place)


def _is_waived_fee(place: Place) -> bool:
    if not place.is_in_parenthesis:
        return False
    closed = place.text.find(")", place.near_start)
    return bool(words("waived").search(place.text[place.sentence_start : closed + 1]))


def _of_whole(context: Context, place: Place, subject: Subject) -> Subject:
    """生活补贴每人每月100元，其中低保家庭每人每月130元: whom a part of a standard is for says nothing of its programme."""
    whole = context.previous(place, MONEY)
    is_part = (
        place.lead_text.startswith("其中")
        and whole is not None
        and whole.measure in PER_HEAD
        and whole.subject.programme is not None
        and whole.subject.programme not in ASSISTANCE
        and subject.programme in RECIPIENTS
        and "标准" not in place.near_text
    )
    return subject._replace(programme=whole.subject.programme) if is_part else subject


def _of_next_subsidy(context: Context, place: Place, subject: Subject) -> Subject:
    """两项补贴标准分别为每月90元和一级每月100元、二级每月80元: after an amount without a grade the grades are of nursing."""
    before = context.previous(place, MONEY)
    is_next = (
        subject.programme in ("disability_living", "disability_both")
        and context.names_each_subsidy
        and "分别" in place.said
        and before is not None
        and before.measure == "standard"
        and variant_before(place.near_text) is not None
        and (before.variant is None or before.subject.programme == "disability_nursing")
        and not place.near_subject.is_strong
    )
    return subject._replace(programme="disability_nursing") if is_next else subject


def _of_graded_people(context: Context, place: Place, subject: Subject) -> Subject:
    """护理补贴惠及812人，其中一级110元/人·月、二级70元: grades right after the severely disabled are of their subsidy."""
    before = context.readings[-1] if context.readings else None
    is_graded = (
        subject.programme in ("disability_living", "disability_both")
        and not place.near_subject.is_strong
        and (variant_before(place.near_text) or "").endswith(_LEVEL)
        and before is not None
        and before.quantity.start >= place.sentence_start
        and before.subject.programme == "disability_nursing"
    )
    return subject._replace(programme="disability_nursing") if is_graded else subject


def _of_dibao_unless_named(context: Context, place: Place, subject: Subject) -> Subject:
    """人均补差 is a word of the livelihood guarantee: a topic that was only inherited does not claim it."""
    if (
        subject.programme in ("dibao", None)
        or place.near_subject.is_strong
        or "dibao" not in context.about.programmes
        or not words("top_up_dibao").search(place.near_text)
    ):
        return subject
    dibao = next((r for r in reversed(context.readings) if r.subject.programme == "dibao" and r.measure), None)
    return dibao.subject if dibao is not None else subject


def _is_of_support(place: Place) -> bool:
    """供养标准统一为1,632元 after a nursing subsidy: what is paid for living, where its own words name no nursing."""
    return bool(words("support_standard").search(place.near_text)) and not place.near_subject.programme


def _of_an_age(context: Context, place: Place, terms: Terms, subject: Subject) -> Subject:
    """80—89周岁老人每人每月50元: what the old are paid by their age is the old-age allowance."""
    names_old_people = (
        subject.programme in ("elder_care", None)
        # …的标准，为老年人发放高龄津贴: the sentence itself says what is paid.
        or _names_allowance_next(place)
    ) and not subject.is_strong
    if not names_old_people or "old_age_allowance" not in context.about.programmes:
        return subject
    if terms.continued is not None and terms.continued.subject.programme == "old_age_allowance":
        return subject._replace(programme="old_age_allowance", care=None)
    age = _OLD_AGE.search(place.near_text)
    is_named_otherwise = place.sentence_subject.is_strong and place.sentence_subject.programme != "old_age_allowance"
    return subject if age is None or is_named_otherwise else subject._replace(programme="old_age_allowance", care=None)


def _names_allowance_next(place: Place) -> bool:
    after = place.bounds.tokens_within(place.end, place.sentence_end)
    return any(t.meaning.programme == "old_age_allowance" for t in after)


def _is_top_up(context: Context, place: Place, terms: Terms, subject: Subject) -> bool:
    if subject.programme == "dibao" and _CLASSES.search(place.said):
        return True
    if terms.cue is None and terms.continued is not None and terms.continued.measure == "top_up":
        return True
    if subject.programme == "dibao" and words("top_up_standard").search(place.near_text):
        return True
    if "标准" in place.near_text:
        return False
    alone = _PER_HEAD_ALONE.search(place.near_text)
    if alone is not None and not words("top_up").search(place.near_text, 0, alone.start()):
        # 孤儿月人均1,450元 is what each is paid; after the sum that was paid (发放31.2万元，月人均865元) it is worked out from it.
        is_told = context.speaks_of_standards(place) or variant_before(place.near_text)
        return not is_told and any(
            r.measure == "benefit_paid" and r.quantity.start >= place.sentence_start for r in context.readings
        )
    said = words("top_up").search(place.near_text)
    is_at_most = _AT_MOST.search(place.near_text) or words("at_most_after").match(place.text, place.end)
    if said is not None and words("per_time").fullmatch(said.group()) and is_at_most:
        # 每人次不超过2500元, 每人次在2000元以内: what may be paid at most is no average.
        return False
    if said is not None and _is_granted_each(context, place, said):
        return False
    if terms.cue is None and said is None and _goes_on_top_ups(context, place):
        return True
    if said is not None and _goes_on_standard(context, place, subject, said.group()):
        return False
    return terms.cue == "top_up" or said is not None


def _is_granted_each(context: Context, place: Place, said: re.Match[str]) -> bool:
    """能力评估每人次补助80元, 按每人次60元补助: what each is granted, where no payment was told that it could be worked out from."""
    is_granted = words("granted").fullmatch(place.near_text, said.end())
    if said.end() == len(place.near_text):
        is_granted = _BY_RULE.search(place.near_text, 0, said.start())
    if not is_granted or not words("per_time").fullmatch(said.group()) or "均" in place.near_text:
        return False
    return not any(
        r.measure == "benefit_paid" and r.quantity.start >= place.bounds.year_start(place.start)
        for r in context.readings
    )


def _goes_on_standard(context: Context, place: Place, subject: Subject, average: str) -> bool:
    """城市特困人员基本生活标准平均每人每月1,100元，农村特困人员平均每人每月900元: the same average is of standards again."""
    before = context.previous(place, MONEY)
    return (
        before is not None
        and before.measure == "standard"
        and before.subject.programme == subject.programme
        and before.subject.residence != subject.residence
        and average in context.text[context.bounds.clause_start(before.quantity.start) : before.quantity.start]
    )


def _goes_on_top_ups(context: Context, place: Place) -> bool:
    """人均补差城市537元/月、农村338元/月: the next of a list of top-ups, told apart by no more than whose it is."""
    before = context.previous(place, MONEY)
    return (
        before is not None
        and before.measure == "top_up"
        and place.text[before.quantity.end : place.start] == place.near_text
        and place.near_text.startswith("、")
        and all(t.meaning.residence is not None or t.meaning.care for t in place.near)
    )


def _care_before(context: Context, place: Place, subject: Subject) -> str | None:
    """集中供养812人，每人每月1,950元: the care of the people counted right before."""
    before = context.readings[-1] if context.readings else None
    if (
        before is None
        or before.measure != "beneficiaries"
        or before.subject.programme != subject.programme
        or before.quantity.start < place.sentence_start
        or context.is_closed_off(before, place)
        or _is_one_of_a_pair(context)
    ):
        return None
    return before.subject.care


def _care_of_children(context: Context, place: Place, subject: Subject) -> str | None:
    """散居孤儿14人、事实无人抚养儿童30人，标准1,450元: a standard for both is that of children who live at home."""
    last = [r for r in context.readings[-2:] if r.quantity.start >= place.sentence_start]
    codes = [r.subject.programme for r in last if r.measure == "beneficiaries"]
    return last[0].subject.care if codes == ["orphan", "defacto_orphan"] and subject.programme == "orphan" else None


def _care_of_head(place: Place, subject: Subject) -> str | None:
    """分散供养特困人员照料护理标准:一级…，二级…: the care that the words before the colon name holds for all grades.

    So does that of 分散供养对象中，一级…、二级…: the grades divide those named.
    """
    colon = place.text.find(":", place.sentence_start, place.near_start)
    if colon >= 0 and variant_before(place.near_text):
        head = subject_in(place.bounds.tokens_within(place.sentence_start, colon), place.text)
        # 集中供养:全护理…，半护理…: ways of care alone, below a heading that names the programme.
        return head.care if head.programme in (None, subject.programme) else None
    among = _AMONG.search(place.text, place.sentence_start, place.start)
    if among is None or not words("variant").search(place.text, among.end(), place.start):
        return None
    return subject_in(place.bounds.tokens_within(place.sentence_start, among.start()), place.text).care


def _is_one_of_a_pair(context: Context) -> bool:
    """集中供养986人、分散供养4,726人，…: what follows speaks of both."""
    last = [r for r in context.readings[-2:] if r.measure == "beneficiaries"]
    return (
        len(last) == 2
        and last[0].subject.care is not None
        and last[0].subject.care != last[1].subject.care
        and context.text[last[0].quantity.end] in "、和，"
    )
