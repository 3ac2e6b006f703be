"""People, households and visits that a programme reached.

In: a place whose quantity counts people. Out: the reading, filled in. Refused: staff, samples, populations, visitors,
enterprises, averages, differences, bounds, and people that no programme is named for.
"""

from __future__ import annotations

import math
import re

from ingest.figures.change import is_difference, is_reached
from ingest.figures.context import Context, is_of_task
from ingest.figures.place import Place
from ingest.figures.programme import subject_of
from ingest.figures.reading import ASSISTANCE, PEOPLE_UNITS, RECIPIENTS, Reading
from ingest.figures.subject import Subject
from ingest.vocabulary import alternation, words, words_of

_NOT_OF_PEOPLE = frozenset({"social_organisations", "volunteering", "place_names", "community_governance"})
# 困境儿童212名，其中孤儿38名: the part is a programme of its own.
# 临时救助12,614人次，其中低保对象6,038人次: those who get such help are recipients of another.
_HELP_TO_OTHERS = frozenset({"temporary_relief", "price_subsidy"})
_CHILDREN = frozenset({"orphan", "defacto_orphan"})
_LIVE_IN_HOMES = frozenset({"tekun", "elder_care", "orphan", "defacto_orphan"})
_KINDS_OF_CHILDREN = frozenset({"children_in_difficulty", "left_behind_children"})
_REFUSED = frozenset({"staff", "survey", "growth", "background", "not_a_level"})
_OTHER_PEOPLE = frozenset({"staff", "survey", "background"})
_PART = tuple(words_of("part_opening"))
_BESIDE = ("、", "和", "及", "与")
# Groups that reports count as they count a population: the old, of whom only some are cared for.
_WHOLE_POPULATIONS = frozenset({"elder_care", "left_behind_children", "", None})
_PASSED_ON = frozenset({"background", "not_a_level"})
_LEFT = frozenset({"leave", "not_level"})

_HELP_TIMES = re.compile(rf"{alternation('help_times')}[^，。；、]{{0,8}}$")
_BACKGROUND = re.compile(
    rf"{alternation('background')}|{alternation('background_at_end')}(?:共|有)?$"
    rf"|岁(?:及)?以上(?:的)?(?:户籍)?{alternation('background_elderly')}{alternation('background_count')}?$"
)
_REACHES_PEOPLE = re.compile(
    rf"{alternation('reaches_people')}|服务(?:{alternation('reaches_whom')}|[^，。；]{{0,6}}$)"
)
_TO_STAFF = re.compile(rf"{alternation('to_staff')}[^，。；、]{{0,6}}$|参保")
# 同一家庭每年不超过2次: how often help may be given is no count of visits.
_TIMES_ALLOWED = re.compile(rf"{alternation('at_most')}$")
# 每月探访2次, 月均探访不少于2次: how often something is done.
_HOW_OFTEN = re.compile(r"(?:每(?:年|季度?|个?月|半?月|周|天|日|班)|[月周日季]均)[^，。；\d]{0,16}$")
_OBJECT = 6
_PARTS_BEHIND = 3
_BOUND_OF = re.compile(rf"{alternation('comparing')}$")
_CHANGED = re.compile(r"比|较|同比|净|了$|上升$")
_BARE_PEOPLE = re.compile(rf"(?:名|位)?[\u4e00-\u9fff]{{0,8}}?{alternation('people_noun')}")
_SAMPLING = words_of("sampling")
# 超发19人, 查处冒领、重复享受等问题对象19人
_IRREGULAR_AT_END = re.compile(rf"{alternation('irregular')}(?:等)?(?:问题)?{alternation('wrongly_paid')}?$")
_JOBS = words_of("public_job")
_PLACED = re.compile(rf"{alternation('placed_in_job')}了?$")
_CHECK_OF = re.compile(rf"(?:进行|开展|实施)了?[^，。；\d]{{0,12}}{alternation('checked')}")
# Topics under which households are checked for whatever help they may get.
_OF_WHATEVER_HELP = frozenset({None, "social_assistance"})
# 核对2,508户, 核对家庭经济状况2.3万人次
_CHECKED = re.compile(rf"{alternation('checked')}了?{alternation('what_is_checked')}?$")


def settle_bare_people(place: Place) -> bool:
    """Whether a number without a unit counts people all the same (4.5万低保边缘人口); its unit is then a person."""
    quantity = place.quantity
    if quantity.scale == "万" and _BARE_PEOPLE.match(place.tail_text):
        quantity.unit, quantity.word = "person", "人"
        return True
    return False


def read_people(context: Context, place: Place, reading: Reading) -> None:
    """Fill in whom a count of people is of, or why it is no figure."""
    continued = context.continued(place)
    reading.reason = _refusal(context, place, continued)
    if reading.reason:
        return
    subject, sure = subject_of(context, place)
    said = context.text[place.sentence_start : _end_of_list(place) + 6]
    if subject.programme is None and not words("help", "found_in_need").search(said):
        reading.reason = "no_programme"
        return
    if subject.programme and (_are_checked(context, place) or _are_a_population(place)):
        subject = subject._replace(programme=None)
    project = context.about.project if context.about.is_project else None
    if subject.programme is None and project and words("given_to").search(place.near_text):
        # 全年累计发放13.46万人次: in the report of one project those who were given something are its own.
        subject, sure = subject._replace(programme=project), 0.8
    if subject.programme in _NOT_OF_PEOPLE and not _REACHES_PEOPLE.search(place.near_text):
        reading.reason = "no_programme"
        return
    tail = place.tail_subject
    care = subject.care or tail.care
    previous = context.previous(place, PEOPLE_UNITS) or _whole_of_sentence_before(context, place)
    if previous is not None and _is_part_of(context, place, reading, subject, previous, continued):
        subject, care = previous.subject, previous.subject.care
    care = care or _care_of_whole(context, place, subject, previous)
    if care is None and subject.programme in _LIVE_IN_HOMES and words("moved_in").search(place.near_text):
        care = "institutional"
    residence = subject.residence
    if residence is None and not subject.residence_said and not subject.programme:
        residence = tail.residence
    if subject.programme == "tekun_nursing" and not _speaks_of_nursing(context, place):
        subject = subject._replace(programme="tekun")
    reading.measure = "beneficiaries"
    reading.subject = Subject(programme=subject.programme or None, residence=residence, care=care)
    reading.confidence = sure if subject.programme else 0.75


def _are_a_population(place: Place) -> bool:
    """为1.2万名持证残疾人购买保险: a whole population is of no programme that was only spoken of before."""
    is_named = place.clause_subject.programme or place.tail_subject.programme
    return not is_named and any(t.meaning.cue == "background" for t in place.tail[:1])


def _end_of_list(place: Place) -> int:
    """Where what is said of a count ends: 对伤残家庭132人、死亡家庭284人发放扶助金 says of the first of a list what it says of the last."""
    is_listed = place.text.startswith(_BESIDE, place.end)
    return min(place.bounds.clause_end(place.end), place.sentence_end) if is_listed else place.tail_end


def _are_checked(context: Context, place: Place) -> bool:
    """经核对系统核对2,508户, 对1.2万户开展核对: who is checked is of no programme that was only spoken of before."""
    if place.clause_subject.programme or place.tail_subject.programme:
        return False
    topics = {context.own_topic.programme, context.section.topic.programme}
    is_checked = _CHECKED.search(place.near_text) or (
        place.near_text.endswith("对") and _CHECK_OF.search(place.tail_text)
    )
    return topics <= _OF_WHATEVER_HELP and bool(is_checked)


def _whole_of_sentence_before(context: Context, place: Place) -> Reading | None:
    """实施临时救助12,614人次。其中低保对象6,038人次: a sentence that opens so goes on with the people of the one before it."""
    before = next((r for r in reversed(context.readings[-_PARTS_BEHIND:]) if r.measure == "beneficiaries"), None)
    if before is None or not place.said.startswith("其中"):
        return None
    return before if context.text.count("。", before.quantity.end, place.start) == 1 else None


def _care_of_whole(context: Context, place: Place, subject: Subject, previous: Reading | None) -> str | None:
    """入住老人278人，其中失能141人, 入住特困人员1,094人、社会老人73人: who lives in a home does so in its parts as well."""
    if previous is None or previous.measure != "beneficiaries" or subject.programme not in _LIVE_IN_HOMES:
        return None
    divided = place.sentence_start + place.said.rfind("其中")
    whole = next(
        (r for r in reversed(context.readings) if r.measure == "beneficiaries" and r.quantity.end <= divided), None
    )
    if whole is not None and whole.quantity.start >= place.sentence_start and whole.subject.programme is None:
        # 在院服务对象410人，其中：特困人员150人，孤儿90人: all of whom live there, whatever programme each part is of.
        return whole.subject.care
    said = {r.subject.care for r in context.readings if r.quantity.start >= place.sentence_start}
    is_part = (
        place.lead_text.startswith(_PART)
        and (subject.programme == previous.subject.programme or _lives_in_home_of_old(previous))
        and not said >= {"institutional", "home"}
    )
    is_beside = place.near_text.startswith(_BESIDE) and bool(words("lives_in").search(place.lead_text))
    return previous.subject.care if is_part or is_beside else None


def _lives_in_home_of_old(reading: Reading) -> bool:
    """在院老人1,327人，其中特困老人864人: those supported who live in a home for the old are no less supported."""
    return reading.subject.programme == "elder_care" and reading.subject.care == "institutional"


def _speaks_of_nursing(context: Context, place: Place) -> bool:
    """Whether people are those of the nursing subsidy: 全护理307人、半护理586人 alone are grades of those supported."""
    if "tekun_nursing" in (context.own_topic.programme, context.section.topic.programme):
        return True
    said = place.text[place.sentence_start : place.start] + place.tail_text
    return bool(words("nursing").search(words("variant").sub("", said)))


def _is_part_of(
    context: Context, place: Place, reading: Reading, subject: Subject, previous: Reading, continued: Reading | None
) -> bool:
    """适老化改造1,650户，其中特困702户: parts of those reached, whatever else they receive."""
    goes_on = continued is not None or place.near_text.startswith("、")
    whole = next(
        (
            r
            for r in context.readings
            if r.quantity.start >= place.sentence_start and r.unit == reading.unit and r.subject == previous.subject
        ),
        previous,
    )
    return (
        subject.programme in ASSISTANCE - _CHILDREN
        and not (subject.programme == "tekun" and _lives_in_home_of_old(previous))
        and previous.subject.programme not in (ASSISTANCE | _KINDS_OF_CHILDREN) - _HELP_TO_OTHERS
        and not (previous.subject.programme in _HELP_TO_OTHERS and subject.programme not in RECIPIENTS)
        and (previous.unit == reading.unit or (goes_on and "其中" in place.said_before))
        and bool(whole.value)
        and reading.value <= whole.value
        and ("其中" in place.lead_text or (goes_on and "其中" in place.said_before))
    )


def _refusal(context: Context, place: Place, continued: Reading | None) -> str | None:
    """Why a count of people is no figure, whatever programme it is of; None where nothing speaks against it."""
    text, quantity, near_text = context.text, place.quantity, place.near_text
    if quantity.word == "次" and (not _HELP_TIMES.search(near_text) or words("inspected", "trips").search(near_text)):
        return "other_unit"
    if quantity.word == "次" and (_TIMES_ALLOWED.search(near_text) or _HOW_OFTEN.search(near_text)):
        return "condition"
    if words("on_duty").match(place.tail_text):
        # 财务科3人组成, 仅1人兼职
        return "staff"
    if near_text.endswith("涉及") and words("irregular").search(place.said):
        return "no_help"
    if _IRREGULAR_AT_END.search(near_text):
        # 比对发现超发27人
        return "no_help"
    if words("found").search(place.said) and words("irregular").search(place.tail_text):
        # 抽查发现，2名已死亡对象未及时停发: what went wrong.
        return "no_help"
    if words("complaint").search(near_text[-_OBJECT:] + place.tail_text[:_OBJECT]):
        return "no_help"
    if not math.isclose(quantity.value, round(quantity.value), abs_tol=1e-6):
        return "average"
    is_background = quantity.unit != "person_time" and _BACKGROUND.search(place.lead_text)
    is_served = words("benefit_words").search(place.said + place.tail_text) or words("draws_benefit").search(near_text)
    if is_background and not is_served:
        return "background"
    if _goes_on_population(context, place):
        return "background"
    if words("average").search(near_text):
        return "average"
    if words("visitors").search(text[max(0, place.clause_start - 12) : place.start]):
        return "visitors"
    others = _who_else(context, place)
    if others is not None and not (others == "staff" and _is_of_workers(context, place)):
        return others
    if quantity.unit == "household" and words("enterprises").search(near_text[-8:] + place.tail_text[:8]):
        return "enterprises"
    if is_difference(near_text) and not is_of_task(place):
        return "growth"
    if continued is not None and continued.measure is None and continued.reason in _REFUSED and not place.near:
        return continued.reason
    is_bound = text[place.end : place.end + 2] in ("以上", "以下")
    if _BOUND_OF.search(near_text) and text.startswith("的", place.end):
        # 日均就餐低于20人的助餐点: a bound of what follows.
        return "condition"
    if is_bound and near_text.endswith("在"):
        # 日就餐人数在10人以下
        return "condition"
    if words("less_than").search(near_text[-3:]) or (
        is_bound and "大班" in text[place.sentence_start : place.sentence_end]
    ):
        return "condition"
    return None


def _goes_on_population(context: Context, place: Place) -> bool:
    """常住人口4.2万人，其中老年人0.9万人，占21.4%；失能、部分失能老年人612人: after a semicolon a group of the population is one more."""
    opened = context.text[place.sentence_start - 1 : place.sentence_start] == "；"
    if not opened or place.near_start != place.sentence_start or place.quantity.unit != "person":
        return False
    said = context.bounds.year_start(place.start)
    before = [r for r in context.readings if r.quantity.start >= said and r.unit in PEOPLE_UNITS]
    is_of_old = bool(place.near) and place.near_text.endswith(place.near[-1].meaning.word)
    names_help = words("help", "benefit_words", "draws_benefit").search(place.near_text + place.tail_text)
    is_group = is_of_old and place.near_subject.programme in _WHOLE_POPULATIONS
    return bool(before) and all(r.reason == "background" for r in before) and is_group and not names_help


def _is_of_workers(context: Context, place: Place) -> bool:
    """职工413户、务工家庭128户: households of workers are no staff; 干部结对48户 has nobody's households."""
    if place.quantity.unit != "household":
        return False
    before = context.readings[-1] if context.readings else None
    is_next = before is not None and before.measure == "beneficiaries" and before.unit == "household"
    is_named = bool(place.near) and place.near[-1].end == place.start
    return is_named or (is_next and place.near_text.startswith("、"))


def _who_else(context: Context, place: Place) -> str | None:
    """Who else the people are: staff, a sample, a population, people who left; None where no word says so."""
    reason, is_settled = _by_near_words(place)
    if reason == "background" and _is_helped_by_age(context, place):
        return None
    if is_settled:
        return reason
    # 为1.2万名持证残疾人购买保险: a population that something is done for.
    is_helped = bool(words("for_whom").search(place.near_text[-_OBJECT:])) and words("benefit_words").search(
        place.tail_text
    )
    for token in place.tail[:2]:
        if token.meaning.cue == "background" and is_helped:
            break
        if token.meaning.cue in _OTHER_PEOPLE and token.start - place.end <= 8:
            return token.meaning.cue
    if _is_sample(context, place) or any(t.meaning.cue == "survey" for t in place.tail):
        return "survey"
    before = context.readings[-1] if context.readings else None
    if before is not None and before.reason in _PASSED_ON and before.quantity.end == place.start:
        # 退出96户158人: the persons are those of the households.
        return before.reason
    if before is not None and before.reason == "staff" and before.quantity.start >= place.sentence_start:
        names_a_programme = any(
            t.meaning.programme and t.meaning.strength == "strong" and t.meaning.facility is None for t in place.near
        )
        if not names_a_programme and not words("help").search(place.near_text):
            return "staff"
    counted = next((r for r in reversed(context.readings[-3:]) if r.unit in PEOPLE_UNITS), None)
    is_part = place.lead_text.startswith("其中") and counted is not None
    if is_part and counted.reason in _PASSED_ON and counted.quantity.start >= place.sentence_start:
        return counted.reason
    if place.near:
        return None
    continued = context.continued(place)
    if continued is not None and continued.measure:
        return None
    for token in reversed(place.clause):
        if token.meaning.cue in _OTHER_PEOPLE:
            return token.meaning.cue
        if token.meaning.cue in _LEFT:
            return "not_a_level"
        if token.meaning.programme or token.meaning.cue == "benefit":
            break
    return None


def _is_helped_by_age(context: Context, place: Place) -> bool:
    """未成年人57人次，60周岁以上老人164人次: an age names a group of those helped, where help or a list of them says so."""
    if place.quantity.unit == "person_time" or words("draws_benefit").search(place.near_text):
        return True
    before = next((reading for reading in reversed(context.readings[-4:]) if reading.reason != "age"), None)
    return (
        before is not None
        and before.measure == "beneficiaries"
        and before.quantity.start >= place.sentence_start
        and place.near_text.startswith("、")
    )


def _by_near_words(place: Place) -> tuple[str | None, bool]:
    """(reason, whether the nearest words settle it): the nearest cue counts, up to the name of a programme."""
    near_text = place.near_text
    if any(t.meaning.cue in _LEFT and place.start - t.end <= 10 for t in place.near):
        return "not_a_level", True
    for token in reversed(place.near):
        cue = token.meaning.cue
        is_placed = token.meaning.word in _JOBS and _PLACED.search(place.text, place.near_start, token.start)
        if cue == "staff" and (is_placed or _TO_STAFF.search(near_text)):
            # 安置公益性岗位残疾人64人: whom a job was found for.
            break
        if cue in _OTHER_PEOPLE:
            return cue, True
        if cue in _LEFT:
            return "not_a_level", True
        if cue == "growth":
            return ("growth" if not is_reached(near_text) and _CHANGED.search(near_text) else None), True
        if token.meaning.programme:
            break
    return None, False


def _is_sample(context: Context, place: Place) -> bool:
    if any(t.meaning.cue == "survey" for t in place.clause):
        return True
    return bool(words("visited").search(place.lead_text)) and any(
        t.meaning.cue == "survey" and t.meaning.word in _SAMPLING
        for t in context.bounds.tokens_beginning(place.sentence_start, place.sentence_end)
    )
