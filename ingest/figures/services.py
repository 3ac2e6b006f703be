"""Services: facilities and beds that exist or were built, and cases (registrations, certificates, cremations)."""

from __future__ import annotations

import math
import re

from ingest.figures.change import is_compared, is_difference, is_reached
from ingest.figures.context import Context
from ingest.figures.lexicon import Token
from ingest.figures.place import Place
from ingest.figures.reading import Reading
from ingest.figures.subject import LIST_SIGN, Subject, subject_in
from ingest.vocabulary import alternation, words, words_of

_LEFT = frozenset({"leave", "not_level"})
_FACILITY = frozenset({"facility"})
_SHORT_NAME = re.compile(alternation("short_name_of_facility"))
# 139家卫生院全部达标，31家达到推荐标准
_GRADED = re.compile(alternation("graded", "being_built"))
_BED = frozenset({"bed"})
# Programmes whose own homes have beds; all other beds of civil affairs are for the old.
_HOMES_WITH_BEDS = "elder_care"
_HAVE_BEDS = frozenset({"vagrant_relief"})
_OF_CASES = frozenset({"marriage", "funeral", "social_organisations"})
_BESIDE_CASES = frozenset({None, "", "temporary_relief", "charity", "vagrant_relief"})

_PARTED = re.compile(rf"[的、，“等]|{alternation('not_near_facility')}")
_INSTITUTION = re.compile(alternation("institution"))
_PLACES = re.compile(rf"{alternation('counted_place')}[和及与、，。；]")
# 选择甲、乙2个镇的卫生院: the places are counted, of which some were chosen; 2个镇的卫生院全部挂牌 counts them by their places.
_CHOSEN = re.compile(rf"{alternation('chosen')}[^，。；\d]{{0,24}}$")
_PLACES_OF = re.compile(rf"{alternation('counted_place')}的")
_MORE_OF_SAME = re.compile(
    rf"{alternation('more_of_same')}|[A-E]级|[一二三四五]星级|\d?A级?|{alternation('more_of_same_verb')}$"
)
_DONE_WITH_IT = re.compile(rf"[，、]?(?:现|已|共|全部|实际)*{alternation('work_done')}了?")
# 完成剩余20个卫生室改造: what was left is done.
_DONE_FIRST = re.compile(rf"{alternation('work_done', 'building_work')}了?{alternation('left_over')}的?$")
_WORK_ON_IT = re.compile(rf"{alternation('building_work')}+(?:工程|项目|行动)?[，、]?")
_INSPECTED_AFTER = re.compile(rf"(?:进行|开展)了?{alternation('inspected')}")
# 村(社区)595个: the same kind by its other name.
_IN_PARENTHESIS = re.compile(r"\([^()]*\)$")
_ASIDE = re.compile(r"\([^()]*\)")
# 对32所学校开展收费和食堂专项检查
_INSPECTION_OF = re.compile(rf"(?:进行|开展|实施)了?[^，。；\d]{{0,20}}{alternation('inspected')}")
# 现场核查3个县（区）的18处服务设施: a parenthesis does not end what was inspected.
_INSPECTED_BEFORE = re.compile(rf"{alternation('sampled_money', 'visited', 'sampling')}[^，。；]{{0,20}}$")
# 12个乡镇公墓覆盖率: the noun is of a rate.
_RATE_OF = re.compile(rf"[\u4e00-\u9fff]{{0,4}}{alternation('rated_of_facility')}[率面]")
_OWN_UNITS = re.compile(rf"{alternation('own_units')}[^，。；\d]{{0,6}}(?:[有为:]|包括|分别是)")
_SHORT_KIND = re.compile(rf"{alternation('short_name_of_facility')}$")
_KINDS = tuple(words_of("kind_ending"))
_CHANGED_SINCE = tuple(words_of("change"))
_GENERAL_FACILITIES = words_of("general_facility")
_SERVING_PLACES = frozenset(word for word in _GENERAL_FACILITIES if word.startswith("服务"))

_CLAUSE_BEGINS = re.compile(rf"，?{alternation('there_are', 'left_over')}?")
_BECAUSE = re.compile(r"因(?!地制宜|此|素|公|病)")
_SOME_ARE = re.compile(rf"的{alternation('there_are')}$")
_UNLISTED = rf"[\u4e00-\u9fff“”]{{2,12}}?{alternation('facility_ending')}"
_NAME_OF_FACILITY = re.compile(rf"[个家所处座间]?{_UNLISTED}(?=[，。；、及和(]|$)")
_NAME_BEFORE = re.compile(rf"{_UNLISTED}”?$")
# 考核优秀的8家助餐点
_PASSED = re.compile(rf"{alternation('inspected')}(?:结果)?为?{alternation('passed')}的?$")
_COUNTS_CERTIFICATES = frozenset({"本", "张", "份"})
_COUNTS_BEDS = frozenset({"个", "个家庭"})
# 床位1,260个，其中护理型820个
_KIND_OF_BEDS = re.compile(r"其中[^，。；\d]{0,6}型[有为达]?$")
_BEDS_BEFORE = re.compile(
    rf"床位?(?:总?数|总?数量|总量)?(?:{alternation('sum_before', 'level_reached', 'at_least', 'over', 'under', 'about')}|[有为:])*+$"
)
# 6个护理型床位, but not 12个敬老院床位1,200张, where the places are counted first.
_BEDS_AFTER = re.compile(r"([\u4e00-\u9fff]{0,8}?)床位?(?=[，。；、()和及与]|$)")
_AND = frozenset("和及与、")
_TASK = re.compile(rf"(?:年度)?{alternation('task')}")
_LONGEST_COMPARISON = 40
_FARTHEST_NOUN_AFTER = 24
_FARTHEST_NOUN_BEFORE = 8
_FARTHEST_CASE = 4


def read_facilities(context: Context, place: Place, reading: Reading) -> None:
    """Fill in which facilities a number counts; refused are samples, differences and what is no facility."""
    is_inspected = (
        words("inspected").search(_PASSED.sub("", place.near_text))
        or _INSPECTED_BEFORE.search(place.said)
        or _INSPECTED_AFTER.search(place.tail_text)
        or (place.near_text.endswith("对") and _INSPECTION_OF.search(place.tail_text))
    )
    if is_inspected or any(t.meaning.cue == "survey" for t in place.near) or _goes_on_sample(place):
        reading.reason = "survey"
        return
    is_left = any(t.meaning.cue in _LEFT for t in place.near) and not is_reached(place.near_text)
    if is_left or is_compared(place.near_text):
        # 撤并敬老院3所; 撤并至30所 says how many there are.
        reading.reason = "not_a_level"
        return
    is_in_hand = words("being_built").match(place.tail_text)
    is_left_over = (
        not is_in_hand and words("left_over").search(place.near_text[-4:]) and not _DONE_FIRST.search(place.near_text)
    )
    if (
        is_left_over
        or words("less_than").search(place.near_text[-4:])
        or words("difference_amount").search(place.near_text[-6:])
    ):
        reading.reason = "not_a_level"
        return
    if _OWN_UNITS.search(place.said) or words("own_units").match(place.tail_text):
        # 所属单位有福利院、救助站2家: what the department consists of was not built by it.
        reading.reason = "not_a_level"
        return
    if "原因" in place.lead_text:
        reading.reason = "reason_given"
        return
    is_attached = re.match(r"[\u4e00-\u9fff“(]", place.tail_text) is not None
    noun, around = _noun(place, is_attached)
    if noun is not None and _BECAUSE.match(place.text, max(noun.end, place.end)):
        # 有两所敬老院因道路施工推迟开放: whom something happened to.
        reading.reason = "reason_given"
        return
    if noun is not None:
        reading.measure, reading.subject = "facilities", _subject_of_noun(noun, around, place.text)
        reading.item, reading.confidence = noun.meaning.word, 0.93
        if reading.subject.programme is None and (work := _work_of_sentence(context, place, noun)) is not None:
            reading.subject, reading.confidence = reading.subject._replace(programme=work), 0.85
        return
    noun = _named_in_short(place) if is_attached else _built_before(place) or _one_of_those_named(place)
    if noun is not None:
        reading.measure, reading.subject = "facilities", _subject_of_noun(noun, [noun], place.text)
        reading.item, reading.confidence = noun.meaning.word, 0.85
        return
    same, confidence = _same_as_before(context, place, is_attached)
    if same is None and (around := _around_unlisted(place, is_attached)) is not None:
        subject = subject_in(around, place.text)
        reading.measure, reading.confidence = "facilities", 0.8
        reading.subject = Subject(programme=subject.programme or None, residence=subject.residence)
        return
    if same is None:
        reading.reason = "no_facility"
        return
    reading.measure, reading.subject, reading.item = "facilities", same.subject, same.item
    reading.confidence = confidence
    if words("being_built").match(place.tail_text):
        reading.qualifier = "target"


def _goes_on_sample(place: Place) -> bool:
    """抽取三个镇和3个康复机构: what a sample was drawn of goes on in a list."""
    is_listed = LIST_SIGN.search(place.near_text) or place.text[place.start - 1 : place.start] in _AND
    return bool(is_listed) and any(t.meaning.cue == "survey" for t in place.clause)


def _noun(place: Place, is_attached: bool) -> tuple[Token | None, list[Token]]:
    """The noun that a number counts, and the words that it stands among: right before the number, else after it."""
    before = [t for t in place.near if t.meaning.facility is not None]
    # 社会救助服务联合体(助联体)10家: another name stands between.
    gap = _IN_PARENTHESIS.sub("", place.text[before[-1].end : place.start]) if before else ""
    is_adjacent = bool(before) and len(gap) <= _FARTHEST_NOUN_BEFORE and not _PARTED.search(gap)
    if is_adjacent and not (is_attached and _INSTITUTION.match(place.tail_text)):
        return before[-1], place.near
    is_of_chosen = _PLACES_OF.match(place.tail_text) and _CHOSEN.search(place.near_text)
    if is_of_chosen or _PLACES.match(place.tail_text):
        return None, []
    after = [
        t
        for t in place.tail
        if t.meaning.facility is not None
        and t.start - place.end <= _FARTHEST_NOUN_AFTER
        and not _RATE_OF.match(place.text, t.end)
        and not _is_beyond_quotation(place, t)
        and not words("building").search(place.text[place.end : t.start])
    ]
    return (_head_noun(after, place.text), place.tail) if is_attached and after else (None, [])


def _is_beyond_quotation(place: Place, noun: Token) -> bool:
    """“1个中心+9个站点”养老服务体系: a number in a slogan counts nothing that stands after it."""
    closed = place.text.find("”", place.end, noun.start)
    return closed >= 0 and place.text.rfind("“", place.sentence_start, place.start) > place.text.rfind(
        "”", place.sentence_start, place.start
    )


def _built_before(place: Place) -> Token | None:
    """实施敬老院改造升级，完成8所: the facility that the clause before says is built, where this one only says how many."""
    if not _DONE_WITH_IT.fullmatch(place.near_text):
        return None
    before = [t for t in place.sentence if t.meaning.facility is not None and t.end <= place.near_start]
    is_built = before and _WORK_ON_IT.fullmatch(place.text, before[-1].end, place.near_start)
    return before[-1] if is_built else None


def _named_in_short(place: Place) -> Token | None:
    """日间照料中心重建设轻运营，有5个中心停运: the facility that the sentence named, which the short name of its kind means."""
    short = _SHORT_NAME.match(place.tail_text)
    named = [t for t in place.sentence if t.meaning.facility] if short is not None else []
    return named[-1] if named and set(named[-1].meaning.word[-2:]) & set(short.group()) else None


def _one_of_those_named(place: Place) -> Token | None:
    """部分助餐点用餐人数少，日均不足20人的有5家: the facility that the sentence named, of which some are such."""
    named = [t for t in place.sentence if t.meaning.facility is not None] if _SOME_ARE.search(place.near_text) else []
    return named[-1] if named else None


def _around_unlisted(place: Place, is_attached: bool) -> list[Token] | None:
    """The words in the name of a facility that no row has, known by its ending: 8个就业帮扶中心; None for other names."""
    if words("of_the_department").search(place.lead_text):
        return None
    if is_attached:
        name = _NAME_OF_FACILITY.match(place.tail_text)
        return (
            None
            if name is None or _INSTITUTION.match(name[0])
            else place.bounds.tokens_within(place.end, place.end + name.end())
        )
    built = max((match.end() for match in words("building").finditer(place.near_text)), default=0)
    name = _NAME_BEFORE.search(place.near_text, built)
    return place.bounds.tokens_within(place.near_start + name.start(), place.start) if name else None


def _head_noun(nouns: list[Token], text: str) -> Token:
    """The last of the nouns that stand together right after a number."""
    head = nouns[0]
    for noun in nouns[1:]:
        if noun.start - head.end > 3 or LIST_SIGN.search(text[head.end : noun.start]):
            break
        head = noun
    return head


def _subject_of_noun(noun: Token, around: list[Token], text: str) -> Subject:
    subject = subject_in([t for t in around if t.end <= noun.end], text)
    programme = noun.meaning.facility
    if not programme and subject.programme and noun.meaning.word in _GENERAL_FACILITIES:
        programme = subject.programme
    return Subject(programme=programme or None, residence=subject.residence)


def _work_of_sentence(context: Context, place: Place, noun: Token) -> str | None:
    """精神障碍社区康复在两镇启动，设立服务点2处: the work that the sentence is about, for a noun that names none.

    日间照料中心12个，带动设立服务点46个: or that of the facilities before it.
    """
    if noun.meaning.word not in _SERVING_PLACES or any(t.meaning.programme is not None for t in place.near):
        return None
    before = context.previous(place, _FACILITY)
    said = before.subject if before is not None else place.sentence_subject
    return said.programme or None if before is not None or said.is_strong else None


def _is_of_task(place: Place) -> bool:
    """超额完成市里下达的40张任务: how many were asked for."""
    return bool(_TASK.match(place.tail_text) and words("task_given").search(place.near_text))


def _same_as_before(context: Context, place: Place, is_attached: bool) -> tuple[Reading | None, float]:
    """The facilities before, where a number without a noun counts more of them (其中公办12家), and how sure that is."""
    if is_attached:
        is_of_task = _is_of_task(place)
        begins = is_of_task or _CLAUSE_BEGINS.fullmatch(place.near_text)
        graded = context.previous(place, _FACILITY) if begins else None
        if is_of_task and graded is not None and graded.quantity.word == place.quantity.word:
            return graded, 0.85
        if graded is None or graded.quantity.word != place.quantity.word or not _GRADED.match(place.tail_text):
            return None, 0
        return graded, 0.8
    continued = context.continued(place)
    if continued is not None and continued.measure == "facilities":
        return continued, 0.9
    previous = context.previous(place, _FACILITY) or _whole_before(context, place)
    is_next_part = previous is not None and place.near_text.startswith("、") and "其中" in place.said_before
    # 乡镇站15个、村(社区)站270个: the same kind by a short name.
    kind = _SHORT_KIND.sub("", _ASIDE.sub("", place.near_text))
    if is_next_part and previous.quantity.word == place.quantity.word and kind.endswith(_KINDS):
        return previous, 0.85
    goes_on = _MORE_OF_SAME.search(place.near_text) or is_reached(place.near_text)
    if previous is not None and previous.quantity.word == place.quantity.word and goes_on:
        return previous, 0.85
    return None, 0


def _whole_before(context: Context, place: Place) -> Reading | None:
    """养老院43家，比上年少2家；其中公办12家: the facilities of which a new part of the sentence gives the kinds."""
    goes_on = place.said.startswith("其中") and place.text[place.sentence_start - 1 : place.sentence_start] == "；"
    return next((r for r in reversed(context.readings) if r.measure == "facilities"), None) if goes_on else None


def settle_beds(place: Place) -> None:
    """床位320个, 320个家庭养老床位: beds counted by another word than 张; their unit is then a bed."""
    quantity = place.quantity
    if quantity.word not in _COUNTS_BEDS:
        return
    is_kind = _KIND_OF_BEDS.search(place.near_text) and "床位" in place.said
    if is_kind or _BEDS_BEFORE.search(place.near_text) or _counts_beds(place):
        quantity.unit = "bed"


def settle_certificates(place: Place) -> None:
    """残疾人证612本，换发1,073本: certificates counted as the books that they are; their unit is then a case."""
    quantity = place.quantity
    if quantity.word in _COUNTS_CERTIFICATES and words("certificate").search(place.said):
        issued = words("certificate_issued").search(place.near_text)
        quantity.unit = "case" if issued or words("certificate").search(place.near_text) else quantity.unit


def _counts_beds(place: Place) -> bool:
    """Whether the beds after a number are what it counts: no facility stands between, and they have no number of their own."""
    after = _BEDS_AFTER.match(place.text, place.end)
    return after is not None and not words("facility_ending").search(after[1])


def read_beds(context: Context, place: Place, reading: Reading) -> None:
    """Fill in a number of beds; refused are other things counted in 张, and differences."""
    around = place.near_text + place.tail_text
    if "床位" not in around and words("no_bed_of_a_home").search(around):
        reading.reason = "no_beds"
        return
    if words("visited").search(place.near_text):
        # 入户核实床位360张
        reading.reason = "survey"
        return
    if "床" not in around:
        previous = context.previous(place, _BED)
        # 新增床位41张，超额完成市里下达的40张任务
        is_of_task = _is_of_task(place)
        following = place.text[place.end : place.end + 1]
        is_compared_with = place.text.startswith(_CHANGED_SINCE, place.end)
        goes_on = (
            (is_compared_with and "比" in place.near_text)
            or is_of_task
            or (not place.tail_text and not words("not_bed").search(around))
            or following in ")的，。、；"
        )
        if previous is None or not goes_on:
            reading.reason = "no_beds"
            return
    if is_compared(place.lead_text[-_LONGEST_COMPARISON:]):
        reading.reason = "growth"
        return
    reading.measure = "beds"
    programme = context.about.main_programme or (
        _HOMES_WITH_BEDS if _HOMES_WITH_BEDS in context.about.programmes else None
    )
    if not place.near_subject.is_strong and words("medical").search(place.said):
        programme = context.about.main_programme
    if place.near_subject.is_strong and place.near_subject.programme == _HOMES_WITH_BEDS:
        # 医养结合床位 are for the old in the report of any department.
        programme = _HOMES_WITH_BEDS
    named = {t.meaning.programme for t in place.sentence if t.end <= place.start and t.meaning.strength == "strong"}
    if len(named) == 1 and named <= _HAVE_BEDS:
        programme = named.pop()
    beside = context.readings[-1] if context.readings and place.near_text.startswith("、") else None
    if beside is not None and beside.measure == "facilities" and not place.near_subject.is_strong:
        # 残疾人托养机构3家、床位126张: the beds are those of the homes right before them.
        programme = beside.subject.programme
    reading.subject = Subject(programme=programme, residence=place.near_subject.residence)


def read_cases(context: Context, place: Place, reading: Reading) -> None:
    """Fill in a number of registrations, certificates or cremations; refused are differences and other affairs."""
    if is_difference(place.near_text):
        reading.reason = "growth"
        return
    if not math.isclose(place.quantity.value, round(place.quantity.value), abs_tol=1e-6):
        reading.reason = "average"
        return
    unit = place.quantity.unit
    if unit == "body":
        if words("counted_like_bodies").search(place.near_text) or words("counted_like_bodies").match(place.tail_text):
            reading.reason = "no_case"
            return
        reading.measure, reading.subject = "cases", Subject(programme="funeral")
        return
    previous = context.previous(place)
    programme = _programme_of_case(context, place, previous)
    if unit == "couple":
        if words("not_case").search(place.near_text[-_FARTHEST_CASE:]) or words("not_case").match(place.tail_text):
            reading.reason = "no_case"
        elif programme == "marriage" or "婚" in place.said:
            reading.measure, reading.subject = "cases", Subject(programme="marriage")
        else:
            reading.reason = "no_case"
        return
    if not _speaks_of_cases(place, previous):
        reading.reason = "no_case"
        return
    if programme not in _OF_CASES | _BESIDE_CASES and place.sentence_subject.programme in _OF_CASES:
        programme = place.sentence_subject.programme
    if programme not in _OF_CASES and not words("case_of_any_programme").search(place.said):
        reading.reason = "no_case"
        return
    reading.measure, reading.subject = "cases", Subject(programme=programme or None)
    reading.confidence = 0.9


def _programme_of_case(context: Context, place: Place, previous: Reading | None) -> str | None:
    near = place.near_subject.programme
    if near == "":
        return near
    programme = near or place.tail_subject.programme or place.clause_subject.programme or None
    if programme is None and previous is not None:
        programme = previous.subject.programme
    if programme is None:
        programme = place.sentence_subject.programme or context.own_topic.programme or context.topic.programme
    if programme is None:
        # 社会组织1,862个…；当年新登记76件: what the paragraph registers.
        named = (t.meaning.programme for t in reversed(place.bounds.tokens_within(0, place.start)))
        programme = next((code for code in named if code in _OF_CASES), None)
    return programme


def _speaks_of_cases(place: Place, previous: Reading | None) -> bool:
    if words("not_case").search(place.near_text + place.tail_text[:6]):
        return False
    if words("case_words").search(place.lead_text + place.tail_text):
        return True
    is_case_before = previous is not None and previous.measure == "cases"
    return is_case_before and not words("not_case").search(place.lead_text)
