"""Whose a quantity is: its programme, residence and care, as the words around it and the figures before it say."""

from __future__ import annotations

import re

from ingest.figures.context import Context
from ingest.figures.lexicon import is_of_general_field
from ingest.figures.place import CLAUSE_ENDS, PERSONS_OF_HOUSEHOLDS, Place
from ingest.figures.reading import PEOPLE_UNITS, PER_HEAD, RECIPIENTS, Reading
from ingest.figures.subject import BOTH_SUBSIDIES, LIST_SIGN, NOTHING, Subject, subject_in
from ingest.vocabulary import alternation, words, words_of

_OF_PEOPLE = frozenset({"beneficiaries", "benefit_paid", "standard", "top_up", "cases"})
# Of a list of these a payout after it is the sum.
_LISTED = frozenset({"beneficiaries", "standard", "top_up"})
_LOOK_BACK = 12
_FOR_WHOM_AT_END = re.compile(rf"{alternation('for_whom')}$")
# 发放基本生活费和照料护理费2,913.6万元: of two programmes in one number the first counts.
_LIVING_AND_NURSING = re.compile(rf"{alternation('living_money')}[和及与、]")
_OBJECT_AFTER = 8
_IN_GENERAL = "social_assistance"
_ALLOWANCE, _OLD_IN_GENERAL = "old_age_allowance", "elder_care"
# 新建农村幸福院6家，探访独居老人90人次: where a home stands says nothing of people who are named anew.
_PLACES_OF_CARE = frozenset({"facilities", "beds"})
_RESIDENCES = frozenset({"urban", "rural"})
_LONGEST_OPENING = 20
# ，惠及 and 、共计; 新生儿疾病筛查 before a number of people says whom it is of.
_LONGEST_GO_ON = 5
_AMONG = "中"
_PEOPLE = ("人", "人员", "儿童", "老人")
_HELPERS = words_of("helping_body")


def subject_of(context: Context, place: Place, use_tail: bool = True) -> tuple[Subject, float]:
    """The subject of a place and how sure it is, 0 to 1.

    The nearest words count first, then the words after the number (`use_tail`), the clause, the figure before, the
    sentence, the paragraph's opening, the topic. Nothing is refused: an unknown programme is None.
    """
    attached = _attached_to(context, place)
    if attached is not None:
        return attached, 0.95
    near = place.near_subject
    if near.programme == "tekun_nursing" and _LIVING_AND_NURSING.search(place.near_text):
        near = near._replace(programme="tekun")
    named = _named_by_amount(place) if use_tail else None
    if named is not None:
        return named.merged(near._replace(programme=None, is_strong=False)), 0.93
    clause, sentence = place.clause_subject, place.sentence_subject
    if context.own_topic.programme:
        # Under （一）临时救助。 a group of people without a programme of its own (困难家庭) is that of the paragraph.
        near, clause, sentence = map(_unless_blank, (near, clause, sentence))
    if near.programme == "" and place.quantity.unit in PEOPLE_UNITS and (help_named := _named_before_whom(place)):
        return help_named.merged(near._replace(programme=None, is_strong=False)), 0.88
    if place.quantity.unit in PEOPLE_UNITS and use_tail and (among := _among_whom(place)) is not None:
        return among.merged(near._replace(programme=None, is_strong=False)), 0.88
    if near.programme is not None and near.is_strong:
        given = _given_to(place) if use_tail else None
        if given is not None:
            return given.merged(near._replace(programme=None, is_strong=False)), 0.88
        return _with_residence(context, near, place), 0.97
    tail = (_given_after(place) or place.counted_subject) if use_tail else NOTHING
    if tail.programme is not None and tail.is_strong:
        return tail.merged(near), 0.95
    project = context.about.project if context.about.is_project else None
    if project and words("project_object").search(place.near_text + place.tail_text[:_OBJECT_AFTER]):
        # In the report of one project 补贴对象 are those of the project, or of the part of it that a paragraph is about.
        is_of_all = words("sum_before").search(place.near_text)
        part = None if is_of_all else _part_in_hand(context, place)
        return near.merged(Subject(programme=part or project, is_strong=True)), 0.9
    is_visit = "慰问" in place.lead_text + place.tail_text and not _goes_on_standards(context, place)
    if not clause.is_strong and is_visit:
        return near._replace(programme="", is_strong=True), 0.85
    if clause.programme is not None and clause.is_strong:
        return _with_residence(context, near.merged(clause), place), 0.93
    previous = subject_before(context, place)
    since = _named_since(context, place)
    if since is not None and previous is not None and _speaks_of_others(since, previous):
        return near.merged(since), 0.85
    if previous is not None and previous.programme is not None:
        return _inherited(context, near, previous, place), 0.85 if _names_several(place) else 0.9
    if sentence.programme is not None and sentence.is_strong:
        return near.merged(sentence), 0.85 if _names_several(place) else 0.9
    going_on = _part_gone_on(context, place, (near, tail, clause, sentence))
    if going_on is not None:
        return near.merged(Subject(programme=going_on, is_strong=True)), 0.85
    if near.programme and is_of_general_field(near.programme, context.own_topic.programme):
        # 机构运营补贴。…社区食堂每年3万元: a part of the field that the paragraph is about.
        return near, 0.85
    is_for_whoever = context.own_topic.programme == _IN_GENERAL or (
        context.own_topic.programme is None and words("whoever_in_difficulty").search(place.near_text)
    )
    if is_for_whoever and words("one_off_help").search(place.said + place.tail_text):
        # Under 困难群众救助 what is paid once to whoever is in difficulty is of no programme.
        return near, 0.75
    if context.own_topic.programme:
        return near.merged(context.own_topic._replace(is_strong=True)), 0.88
    if project and any(words_near.programme for words_near in (near, tail, clause, sentence)):
        # A word that only hints at a programme (老人) speaks of the project's own people in its report.
        return near.merged(Subject(programme=project, is_strong=True)), 0.85
    for candidate in (near, tail, clause, sentence):
        if candidate.programme is not None:
            return near.merged(candidate), 0.85
    topic = None if _is_found_anew(context, place) else context.topic.programme
    if topic:
        return near.merged(Subject(programme=topic)), 0.8
    if topic is None and near.programme is None and project and place.quantity.unit == "CNY":
        return near.merged(Subject(programme=project)), 0.8
    goes_on = (
        place.quantity.unit not in PEOPLE_UNITS or len(place.near_text) <= _LONGEST_GO_ON or "其中" in place.lead_text
    )
    if near.programme is None and not near.residence_said and previous is not None and previous.residence and goes_on:
        # 农村义务教育学生营养改善惠及1.78万人，每生每天5元: no programme, but those of the figure before.
        return near._replace(programme=topic, residence=_with_residence(context, previous, place).residence), 0.75
    return near._replace(programme=topic if near.programme is None else near.programme), 0.75


def _part_in_hand(context: Context, place: Place) -> str | None:
    """The part of a project that is spoken of: what the sentence opens with (生活补贴:…), the paragraph, the heading."""
    colon = place.text.find(":", place.sentence_start, place.start)
    is_opening = 0 <= colon - place.sentence_start <= _LONGEST_OPENING
    opening = place.bounds.subject_within(place.sentence_start, colon) if is_opening else NOTHING
    named = opening.programme if opening.is_strong else context.own_topic.programme
    return named or context.section.topic.programme


def _part_gone_on(context: Context, place: Place, named: tuple[Subject, ...]) -> str | None:
    """Which programme a sentence without a name of its own goes on about, where that is not simply the topic.

    高龄津贴按年龄发放:80周岁以上每月50元；全年为260名老人发放…: after a semicolon the old are still those of the allowance.
    In the report of both subsidies for disabled people, after each of them was counted: 全年累计发放4,100人次 is of both.
    """
    topic = context.topic.programme
    if topic == _ALLOWANCE and context.text[place.sentence_start - 1 : place.sentence_start] == "；":
        return topic if {subject.programme for subject in named} <= {None, _OLD_IN_GENERAL} else None
    project = context.about.project if context.about.is_project else None
    if project == "disability_both" and topic in BOTH_SUBSIDIES and context.names_each_subsidy:
        counted = {r.subject.programme for r in context.readings if r.measure == "beneficiaries"}
        says_nothing = all(subject.programme is None for subject in named)
        return project if counted >= BOTH_SUBSIDIES and says_nothing else None
    return None


def _is_found_anew(context: Context, place: Place) -> bool:
    """主动发现困难群众3,406户: people in need of whatever help are not those that the sentence before was about."""
    is_of_heading = context.topic.programme == context.section.topic.programme
    return not is_of_heading and bool(words("found_in_need").search(place.near_text))


def _goes_on_standards(context: Context, place: Place) -> bool:
    """高龄津贴。…100岁每人每月500元，并发放慰问金1,000元: one more standard of what the paragraph is about."""
    if not context.own_topic.programme or place.quantity.unit != "CNY":
        return False
    before = context.previous(place)
    return before is not None and before.measure in PER_HEAD


def _speaks_of_others(since: Subject, previous: Subject) -> bool:
    """城市低保标准为730元，农村低保分三类，分别按520元…: another programme, or the same one for other people."""
    is_elsewhere = since.residence_said and since.residence is not None and since.residence != previous.residence
    return since.programme != previous.programme or is_elsewhere


def _named_before_whom(place: Place) -> Subject | None:
    """The help named right before a group that has no programme of its own, or the charity that helps it.

    临时救助城乡困难家庭4,811户, 慈善会资助困难家庭318户.
    """
    group = next((t for t in reversed(place.clause) if t.meaning.strength == "blank"), None)
    if group is None:
        return None
    named = next((t for t in reversed(place.clause) if t.end <= group.start and t.meaning.programme), None)
    if named is None or named.meaning.strength != "strong" or named.meaning.facility:
        return None
    gap = place.text[named.end : group.start]
    is_helper = named.meaning.word in _HELPERS and bool(words("help").search(gap))
    is_next = not gap or is_helper or words("between_help_and_whom").fullmatch(gap)
    return subject_in([named], place.text) if is_next else None


def _among_whom(place: Place) -> Subject | None:
    """低保家庭中的老人、重度残疾人等84人上浮补助, 低保对象中重病患者12人: those counted are among the families named, whatever else each of them is."""
    whole = next((t for t in reversed(place.near) if t.meaning.programme in RECIPIENTS), None)
    if whole is None or not place.text.startswith(_AMONG, whole.end) or place.tail_subject.programme:
        return None
    others = [t for t in place.near if t.start >= whole.end and t.meaning.programme]
    are_people = all(t.meaning.word.endswith(_PEOPLE) for t in others)
    return subject_in([whole], place.text) if others and are_people else None


def _named_since(context: Context, place: Place) -> Subject | None:
    """特困供养标准为1,014元，照料护理标准分为三档，每人每月分别为46元…: the clause between the last figure and a place."""
    last = next((r for r in reversed(context.readings) if r.measure), None)
    if last is None or last.quantity.end < place.sentence_start:
        return None
    # Whom a count is of stands in its own clause, and is no new programme.
    end = last.quantity.end
    start = place.bounds.clause_end(end) if last.measure == "beneficiaries" else end
    since = subject_in(place.bounds.tokens_within(start, place.near_start), place.text)
    return since if since.is_strong and since.programme else None


def _attached_to(context: Context, place: Place) -> Subject | None:
    """农村低保对象3,268户5,941人: the persons are those of the households right before them."""
    before = context.readings[-1] if context.readings else None
    if before is None or before.measure != "beneficiaries":
        return None
    if before.quantity.end != place.start and not (
        before.unit == "household"
        and place.quantity.unit in ("person", "person_time")
        and PERSONS_OF_HOUSEHOLDS.fullmatch(place.text, before.quantity.end, place.start)
    ):
        return None
    return before.subject if before.subject.programme and place.quantity.unit in PEOPLE_UNITS else None


def _unless_blank(subject: Subject) -> Subject:
    return subject._replace(programme=None, is_strong=False) if subject.programme == "" else subject


def _names_several(place: Place) -> bool:
    """Whether the sentence names several programmes, so that the figure before may not be the one that a place goes on."""
    return len({t.meaning.programme for t in place.sentence if t.meaning.programme}) > 1


def subject_before(context: Context, place: Place) -> Subject | None:
    """The subject of the figure before in the sentence, whose people a place goes on about; of a list, all its names."""
    position = _figure_before(context, place)
    if position is None:
        return None
    found = context.readings[position]
    if found.measure in ("facilities", "beds") and found.subject.residence and _names_both(place):
        # 建成城市居家养老中心19个、农村幸福院203个，服务3.4万人次: those served are of both.
        return found.subject._replace(residence=None)
    whole = _whole_before_parts(context, place, position)
    if whole is not None:
        return whole.subject
    if found.measure == "benefit_paid" and place.quantity.unit in PEOPLE_UNITS:
        return _of_payments_listed(context, place, position)
    is_standard = place.quantity.per is not None or bool(words("for_each").search(place.near_text))
    if found.measure not in _LISTED or place.quantity.unit != "CNY" or (found.measure in PER_HEAD and is_standard):
        return found.subject
    first, codes = found, {found.subject.programme}
    for reading in reversed(context.readings[:position]):
        if (
            reading.measure != found.measure
            or reading.quantity.start < place.sentence_start
            or reading.unit != found.unit
        ):
            break
        first = reading
        codes.add(reading.subject.programme)
    if codes >= BOTH_SUBSIDIES:
        return found.subject._replace(programme="disability_both")
    if codes == {"orphan", "defacto_orphan"}:
        return first.subject._replace(care=None)
    if len(codes) > 1 and words("sum_of_all").search(context.text[found.quantity.end : place.start]):
        # Of several programmes in one number the first stands for all.
        return Subject(programme=first.subject.programme)
    return found.subject


def _given_to(place: Place) -> Subject | None:
    """为低保老年人6,342名发放高龄津贴: what is given names the programme, whoever it is given to."""
    is_for_them = place.quantity.unit in PEOPLE_UNITS and words("for_whom").match(place.near_text.lstrip("，、"))
    if not is_for_them or not words("gives").match(place.tail_text):
        return None
    return place.tail_subject if place.tail_subject.is_strong and place.tail_subject.programme else None


def _named_by_amount(place: Place) -> Subject | None:
    """向在保对象每人发放20元的价格临时补贴: what the amount is of stands right after it, whoever is given it."""
    if place.quantity.unit != "CNY" or not place.tail or place.text[place.end : place.tail[0].start] != "的":
        return None
    return place.tail_subject if place.tail_subject.is_strong and place.tail_subject.programme else None


def _given_after(place: Place) -> Subject | None:
    """为812名低保老人购买居家养老服务: the service bought for those who are counted names the programme."""
    bought = words("buys").search(place.tail_text) if _FOR_WHOM_AT_END.search(place.near_text) else None
    if bought is None:
        return None
    named = subject_in([t for t in place.tail if t.start >= place.end + bought.end()], place.text)
    return named if named.is_strong and named.programme else None


def _of_payments_listed(context: Context, place: Place, position: int) -> Subject:
    """发放供养金6,126万元、护理费812万元，保障6,236人: those whom a list of payments reached are of its first."""
    first = last = context.readings[position]
    codes = {last.subject.programme}
    for reading in reversed(context.readings[:position]):
        gap = context.text[reading.quantity.end : first.quantity.start]
        if reading.measure != "benefit_paid" or reading.quantity.start < place.sentence_start or gap[:1] != "、":
            break
        first = reading
        codes.add(reading.subject.programme)
    if codes >= BOTH_SUBSIDIES:
        return last.subject._replace(programme="disability_both")
    return first.subject if len(codes) > 1 else last.subject


def _whole_before_parts(context: Context, place: Place, position: int) -> Reading | None:
    """发放1,176万元，其中生活补贴441万元、护理补贴735万元，惠及1.05万人: after parts of several programmes, the whole again."""
    divided = place.said.rfind("其中")
    if divided < 0 or place.near_start != place.clause_start or "其中" in place.lead_text:
        return None
    divided += place.sentence_start
    in_sentence = [
        r for r in context.readings[: position + 1] if r.measure and r.quantity.start >= place.sentence_start
    ]
    parts = {r.subject.programme for r in in_sentence if r.quantity.start > divided}
    whole = next((r for r in reversed(in_sentence) if r.quantity.start < divided), None)
    is_one = whole is None or whole.measure not in _OF_PEOPLE or whole.subject.programme is None
    return None if is_one or len(parts) < 2 else whole


def _names_both(place: Place) -> bool:
    return {t.meaning.residence for t in place.sentence} >= {"urban", "rural"}


def _figure_before(context: Context, place: Place) -> int | None:
    """Which reading a place goes on from: the nearest figure of people, past the standards that stand between."""
    found: int | None = None
    readings = context.readings
    passes_standards = place.quantity.unit == "CNY" and context.has_people(place)
    for position in range(len(readings) - 1, max(-1, len(readings) - 1 - _LOOK_BACK), -1):
        reading = readings[position]
        if reading.quantity.start < place.sentence_start:
            break
        if reading.measure == "beneficiaries" and context.is_closed_off(reading, place):
            # 2.31万户(其中城市0.42万户)、4.62万人: the aside is over.
            continue
        if reading.measure in PER_HEAD and passes_standards:
            found = position if found is None else found
        elif reading.measure in _OF_PEOPLE:
            nearest = readings[found] if found is not None else None
            same = nearest is not None and nearest.measure in PER_HEAD
            return found if same and nearest.subject.programme == reading.subject.programme else position
        elif found is None and reading.measure:
            found = position
    return found


def _inherited(context: Context, near: Subject, subject: Subject, place: Place) -> Subject:
    """The subject of the figure before, with what is said anew; a new care or residence replaces the old."""
    subject = Subject(programme=subject.programme, residence=subject.residence, care=subject.care)
    near_text = place.near_text
    if near.residence_said:
        subject = subject._replace(residence=near.residence)
    elif words("paid_when", "sum_before").search(near_text) or _counted_both(context, place):
        said = {
            r.subject.residence for r in context.readings[-6:] if r.measure and r.quantity.start >= place.sentence_start
        }
        subject = subject._replace(residence=None) if len(said) > 1 else subject
    if near.care is not None:
        return subject._replace(care=near.care)
    if not near_text.startswith("、") and place.near_start == place.clause_start:
        # A new clause: the care of the figure before was its own.
        return subject if _all_are_cared_for_alike(context, place) else subject._replace(care=None)
    return subject


def _all_are_cared_for_alike(context: Context, place: Place) -> bool:
    """为入住机构的老人提供照护，惠及120人，支付96万元: what was paid for people who all live alike."""
    cares = {
        r.subject.care
        for r in context.readings
        if r.measure == "beneficiaries" and r.quantity.start >= place.sentence_start
    }
    return place.quantity.unit == "CNY" and len(cares) == 1 and None not in cares


def _counted_both(context: Context, place: Place) -> bool:
    """城市…人，农村…人，发放…: the people of both residences were counted before an amount that names neither."""
    if place.quantity.unit != "CNY" or place.near_start != place.clause_start:
        return False
    said: set[str | None] = set()
    for reading in reversed(context.readings[-_LOOK_BACK:]):
        if reading.measure != "beneficiaries" or reading.quantity.start < place.sentence_start:
            break
        said.add(reading.subject.residence)
    return {"urban", "rural"} <= said


def _goes_to_both_groups(context: Context, place: Place) -> bool:
    """为1.8万名城市低保对象、10.4万名农村低保对象发放…: the noun of the second group is no word of the amount."""
    if place.quantity.unit != "CNY" or len(context.readings) < len(_RESIDENCES):
        return False
    first, second = context.readings[-2:]
    if first.measure != "beneficiaries" or second.measure != "beneficiaries" or first.unit != second.unit:
        return False
    between = place.text[first.quantity.end : second.quantity.start]
    is_listed = first.quantity.start >= place.sentence_start and between.endswith(("、", "和", "及", "与"))
    is_right_after = second.quantity.end == place.near_start and not CLAUSE_ENDS.search(between)
    return is_listed and is_right_after and {first.subject.residence, second.subject.residence} == _RESIDENCES


def _with_residence(context: Context, subject: Subject, place: Place) -> Subject:
    """城市低保对象4.31万人，发放低保金2.24亿元: the residence said before goes on, where only one was said."""
    if _goes_to_both_groups(context, place):
        return subject._replace(residence=None)
    if subject.residence_said or words("together").search(place.near_text):
        return subject
    if place.near and LIST_SIGN.search(place.near[-1].meaning.word):
        # 留守和困境儿童 after 农村留守儿童: a mixed group lives in both.
        return subject
    is_sum = words("sum_before").search(place.near_text)
    if is_sum and len({t.meaning.residence for t in place.sentence if t.meaning.residence is not None}) != 1:
        return subject
    if _counted_both(context, place):
        return subject._replace(residence=None)
    before = [
        r
        for r in context.readings[-8:]
        if r.measure and r.quantity.start >= place.sentence_start and r.subject.programme == subject.programme
    ]
    if place.near_start == place.clause_start and all(r.measure in _PLACES_OF_CARE for r in before):
        return subject
    said = {r.subject.residence for r in before}
    return subject._replace(residence=said.pop()) if len(said) == 1 else subject


def names_both_subsidies(context: Context, place: Place) -> bool:
    """Whether the paragraph named one of the two subsidies for disabled people before a place."""
    return any(t.meaning.programme in BOTH_SUBSIDIES for t in context.tokens if t.start <= place.start)
