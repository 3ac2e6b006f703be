"""Percentages in prose: rates of execution, attained values and targets of indicators.

In: a place whose quantity is a percentage. Out: the reading, filled in. Refused: growth, weights, bounds of a class and
shares without a name.
"""

from __future__ import annotations

import re

from ingest.figures.change import is_raised, is_reached
from ingest.figures.context import Context, says_done, says_plan
from ingest.figures.funds import OF_ANOTHER_YEAR
from ingest.figures.lexicon import find_words
from ingest.figures.place import Place
from ingest.figures.rates import BUDGET, RATES_OF_MONEY, SHARE_NAME, USE_OF_MONEY, is_rate_name, rate_measure, rate_name
from ingest.figures.reading import Reading
from ingest.figures.subject import NOTHING, subject_in
from ingest.figures.whose_rate import item_of_rate, rated_by, subject_of_goal_of_money, subject_of_rate, year_of_amount
from ingest.vocabulary import alternation, words

_PERCENT = frozenset({"percent"})
_THRESHOLD = re.compile(rf"{alternation('threshold_after')}?的{alternation('threshold_object')}|时[，启]")
_COMPARING = re.compile(rf"{alternation('comparing')}$")
_OF_WHOM = re.compile("，?对")
_BY_SHARE = re.compile(r"按照?[^，。；\d]{0,12}的?$")
_FRACTION_OF_STANDARD = re.compile(r"按照?[^，。；\d占]{0,16}标准的$")
# 尾款4%待验收后支付
_PART_OF_CONTRACT = re.compile(rf"{alternation('part_of_contract')}(?:比例)?[的约为]?$")
_GROWTH_AT_END = re.compile(rf"{alternation('growth_end')}(?:了|约|近|达|为|均在|超过)?$")
_TARGET_VALUE = re.compile(
    rf"{alternation('target_value')}(?:为|是|\(|:|{alternation('in_turn')}为|≥|应?达到?)?{alternation('target_bound')}?$"
    rf"|{alternation('short_of')}{alternation('who_set_it')}{{0,3}}{alternation('set_before')}的?$"
)
_TASK = re.compile(
    rf"((?:完成|占|为)[^，。；()\d]{{0,10}}{alternation('task')}数?)"
    r"(?:\([^()]*\)|[\d,.万亿]*[\u4e00-\u9fff]{0,3})?的$"
    rf"|(完成[^，。；()\d]{{0,10}}{alternation('task_done')}数?)$"
)
_OF_A_BUDGET = re.compile(rf"{alternation('share_verb')}了?{BUDGET}[\d,.]+[万亿]?元的$")
# 占支出预算的60%: a part of the whole that was planned.
_SHARE_OF_IT = rf"占(?!总?(?:支出|收入)){BUDGET}[\d,.万亿元]*的?"
_SHARE_OF_BUDGET = re.compile(
    rf"(?:支出|决算)[^，；。]{{0,14}}，?[^，；。]{{0,4}}{_SHARE_OF_IT}$|^[^，；。]{{0,30}}支出[\d,.]+[万亿]?元，{_SHARE_OF_IT}$"
)
_ONLY_OF_BUDGET = re.compile(rf"[，、]?(?:[仅只约]*占|[仅约]?为|是|相当于){BUDGET}的?")
# 结余与支出之比（结转结余率）为5.02%
_IN_BRACKETS = re.compile(r"\(([\u4e00-\u9fff]{2,16})\)(?:仅?为|达到?|是)$")
_NAME_AND_SIGN = re.compile(r"([\u4e00-\u9fff“”]{2,30}?)(?:指标)?[，:(]$")
# 力争98%以上的预算执行率: the name of a rate may stand after its number.
_RATE_AFTER = re.compile(
    rf"{alternation('how_exact_after')}?的([\u4e00-\u9fff“”]{{0,14}}?{alternation('rate_named_after')})(?=[，。；、)]|$)"
)
_ONLY_WHEN = re.compile(
    rf"[，、]?(?:到|至)?{alternation('point_of_time', 'paid_when')}(?:力争|确保|要|须)?(?:达到|达|不低于|为|超过)"
)
_ONLY_WHERE = re.compile(rf"[，、]?{alternation('only_where')}?(?:地区)?{alternation('in_turn')}?(?:达到|为|达|是)")
_AT_A_DATE = re.compile(rf"(?:\d+月底?|{alternation('point_of_time')})(?:仅|只有|为|达到?)*$")
_MONTH_AFTER = re.compile(r"20\d\d年[1-6]月(?:底|末|份)?[^。；]{0,20}$")
_NEAREST = 10
_INHERITED = 0.88
_FORMULA = re.compile(rf"([\u4e00-\u9fff“”]{{2,24}}{alternation('rate_end')})=")
_PROGRESS = re.compile(alternation("progress"))
_ATTAINED = re.compile(rf"(?:^|，){alternation('attained')}(?:值|率)?[为是达到]*$")
_NEXT_OF_LIST = re.compile(r"[、，和及][\u4e00-\u9fff]{1,8}")
_TARGET_AFTER = re.compile(
    rf"{alternation('how_exact_after')}?的?(?:{alternation('who_set_it')}{{1,3}}的?)?{alternation('set_before')}?的?{alternation('goal_noun')}"
)
_QUOTED_GOAL = re.compile(r"[^。；“”]{0,80}”的?[\u4e00-\u9fff]{0,6}目标")
_GOAL_AFTER = re.compile(rf"{_TARGET_AFTER.pattern}(?!的?\d|完成)")
_GOAL_BOUND = re.compile(rf"{alternation('target_bound')}$")
_COVERED = re.compile(r"(?:的)?(?:全覆盖|覆盖)")
_BEFORE_COVERED = re.compile(rf"^{alternation('covered_lead')}")
# 入住率不高，仅为43.8%; 到位率偏低，全县只到位62%: the rate is named and judged first.
_JUDGED_VALUE = re.compile(rf"，[^，。；\d]{{0,10}}?{alternation('judged_value')}$")
_JUDGED = re.compile(rf"([^，。；:]{{2,40}}?){alternation('judged_by')}*{alternation('judged')}{_JUDGED_VALUE.pattern}")
_NOT_A_NAME = re.compile(alternation("not_a_name_after"))
# 加强宣传，使知晓率提升至90%以上, in a section on what will be done better
_TO_BE_RAISED = re.compile(rf"^[将使把让][^，。；]*{alternation('raised_to')}$")
Meaning = tuple[str | None, str | None]
_SETTLED: Meaning = ("settled", None)


def read_percentage(context: Context, place: Place, reading: Reading) -> None:
    """Fill in what a percentage means, or why it is no figure."""
    continued = context.continued(place)
    if continued is not None and continued.unit == "percent" and not words("own_name").search(place.near_text):
        if continued.measure is None:
            reading.reason = continued.reason
        else:
            _take_over(reading, continued)
            reading.fiscal_year = continued.fiscal_year
        return
    near_text = place.near_text
    if near_text.endswith(("×", "*")):
        reading.reason = "formula"
        return
    if near_text.endswith("=") and (formula := _FORMULA.search(place.said)):
        _read_result(context, reading, formula[1])
        return
    if _COMPARING.search(near_text) and _THRESHOLD.match(context.text[place.end : place.end + 12]):
        reading.reason = "condition"
        return
    if _OF_WHOM.match(near_text) and _COMPARING.search(near_text) and place.tail_text.startswith("的"):
        # 对低于40%的进行约谈
        reading.reason = "condition"
        return
    if _BY_SHARE.search(near_text) and words("cut_by").match(place.tail_text):
        # 按未支出额度的20%扣减下年预算
        reading.reason = "condition"
        return
    if _FRACTION_OF_STANDARD.search(near_text):
        # 按不超过低保标准的20%增发: a fraction of a standard, not a rate of anything.
        reading.reason = "condition"
        return
    if near_text.endswith("按") and words("change", "change_reached", "condition_rate").match(place.tail_text):
        # 按5%压减公务接待费
        reading.reason = "condition"
        return
    if words("weight").search(near_text) or _goes_on_weights(context, place):
        reading.reason = "weight"
        return
    if _PART_OF_CONTRACT.search(near_text):
        reading.reason = "share_without_a_name"
        return
    previous = context.previous(place, _PERCENT)
    measure, name = rate_measure(near_text) or rate_measure(place.lead_text), rate_name(place.lead_text)
    if measure is None and name is None and (in_brackets := _IN_BRACKETS.search(place.said)):
        measure, name = rate_measure(in_brackets[1]), rate_name(in_brackets[1])
    if measure is None and name is None and (after := _RATE_AFTER.match(context.text, place.end)):
        measure, name = rate_measure(after[1]), after[1]
    if measure is None and name is not None and _is_use_of_money(context, place, name):
        measure = "execution_rate"
    # Its end first: what is judged may begin anywhere.
    says_value = measure is None and name is None and _JUDGED_VALUE.search(place.said)
    if says_value and (judged := _JUDGED.search(place.said)):
        measure, name = rate_measure(judged[1]), rate_name(judged[1])
    if (
        measure is None
        and not _is_growth(place, name)
        and _is_rate_of_execution(previous)
        and re.search(r"为$", near_text)
    ):
        measure = "execution_rate"
    if measure is None and _is_growth(place, name):
        reading.reason = "growth"
        return
    says_target = bool(_TARGET_VALUE.search(context.text[max(place.sentence_start, place.start - 12) : place.start]))
    own_name = _name_before_target(place, previous) if says_target and name is None else None
    task = _TASK.search(place.said)
    if measure is None:
        if own_name is not None:
            previous = None
        measure, name = _meaning(context, place, reading, previous, own_name or name, says_target, task)
        if measure == "settled":
            return
    if measure is None:
        reading.reason = "share_without_a_name"
        return
    if measure == "indicator" and (_SHARE_OF_BUDGET.search(place.said) or _is_spent_of_budget(context, place)):
        measure = "execution_rate"
    is_share = name is not None and (bool(SHARE_NAME.match(name)) or bool(words("rate_of_goals").search(name)))
    is_goal = (
        not (task and measure == "indicator")
        and not (is_share and not context.is_future(place))
        and _is_goal(context, place, reading, says_target)
    )
    if measure == "indicator" or is_goal:
        reading.measure = "indicator_target" if is_goal else "indicator_actual"
        is_of_all = (
            is_goal and "均" in place.said[-_NEAREST:] and previous is not None and name in (None, previous.indicator)
        )
        rated = _first_rated(context, place) if is_of_all else previous
        is_of_rated = says_target or rated is not previous or (rated is not None and name == rated.indicator)
        if is_goal and is_of_rated and rated is not None and rated.indicator:
            reading.indicator, reading.subject = rated.indicator, rated.subject
        else:
            reading.indicator = name or (previous.indicator if previous else None)
            reading.subject = subject_of_rate(context, place, measure, name)
            if is_goal and measure in RATES_OF_MONEY:
                reading.subject = subject_of_goal_of_money(context, place, reading.subject)
    else:
        reading.measure = measure
        reading.stage = "final" if measure == "execution_rate" else None
        reading.subject = NOTHING if measure == "carryover_rate" else subject_of_rate(context, place, measure, name)
        reading.item = item_of_rate(context, place)
        reading.fiscal_year = year_of_amount(context, place, reading.fiscal_year)
    reading.confidence = 0.95 if measure != "indicator" or is_rate_name(name or "") else 0.8
    if measure == "indicator" and reading.confidence > _INHERITED and not rated_by(place)[0].is_strong:
        # Of which programme a rate is, words farther off say less surely.
        reading.confidence = _INHERITED
    if reading.measure == "indicator_actual" and reading.subject.programme is None:
        # Whether the department's or a programme's is the least certain thing of an indicator in prose.
        reading.confidence = min(reading.confidence, 0.85)


def _is_use_of_money(context: Context, place: Place, name: str) -> bool:
    """“三公”经费支出3.2万元，使用率61%; 备用金支出不均衡，最低的使用率仅34%: of money where the sentence is about money and no thing is named."""
    if not name.endswith(USE_OF_MONEY) or words("thing_used").search(place.near_text):
        return False
    previous = context.previous(place)
    is_spent = previous is not None and previous.measure in ("budget", "expenditure", "execution_rate")
    return is_spent or bool(words("money_used").search(place.said_before))


def _goes_on_weights(context: Context, place: Place) -> bool:
    """权重按决策10%、过程20%、效益30%设置: all that a list of weights names are weights."""
    before = context.readings[-1] if context.readings else None
    is_listed = before is not None and before.reason == "weight" and before.quantity.start >= place.sentence_start
    return is_listed and bool(_NEXT_OF_LIST.fullmatch(place.near_text))


def _read_result(context: Context, reading: Reading, name: str) -> None:
    """预算完成率=(实际支出…/预算数…)×100%=98.92%: the result of a formula is the rate that it begins with."""
    measure = rate_measure(name)
    reading.measure = measure or "indicator_actual"
    reading.indicator = None if measure else name
    reading.stage = "final" if measure == "execution_rate" else None
    named = subject_in(find_words(name, context.about.programmes), name, indicator=True)
    project = context.about.project if context.about.is_project and measure == "execution_rate" else None
    reading.subject = NOTHING if measure == "carryover_rate" else named._replace(programme=named.programme or project)
    reading.confidence = 0.88


def _take_over(reading: Reading, other: Reading) -> None:
    """Give a percentage the meaning of another."""
    reading.measure, reading.indicator = other.measure, other.indicator
    reading.subject, reading.stage = other.subject, other.stage
    reading.confidence = other.confidence


def _name_before_target(place: Place, previous: Reading | None) -> str | None:
    """服务对象满意度指标：目标值≥90%, 护理型床位占比（目标60%）: the name before the sign that parts it from its target."""
    begin = place.sentence_start if previous is None else max(place.sentence_start, previous.quantity.end)
    target = _TARGET_VALUE.search(place.text[begin : place.start])
    named = _NAME_AND_SIGN.search(place.text, begin, begin + target.start()) if target else None
    return named[1] if named is not None and is_rate_name(named[1]) else None


def _first_rated(context: Context, place: Place) -> Reading | None:
    """满意度95.7%，入住老人满意度93.2%，均达到90%的目标: a goal for several is that of the first."""
    return next(
        (
            r
            for r in context.readings
            if r.quantity.start >= place.sentence_start and r.unit == "percent" and r.indicator
        ),
        None,
    )


def _is_spent_of_budget(context: Context, place: Place) -> bool:
    """“三公”经费预算9.8万元，决算6.33万元，占预算的64.59%: a share of the budget that what was spent makes up."""
    previous = context.previous(place)
    is_spending = previous is not None and (previous.measure, previous.stage) == ("expenditure", "final")
    return is_spending and bool(_ONLY_OF_BUDGET.fullmatch(place.near_text))


def _is_rate_of_execution(reading: Reading | None) -> bool:
    return reading is not None and reading.measure == "execution_rate"


def _is_growth(place: Place, name: str | None) -> bool:
    near_text = place.near_text
    if is_reached(near_text) or not any(t.meaning.cue == "growth" for t in place.near):
        return False
    is_named = name is not None and is_rate_name(name) and not _GROWTH_AT_END.search(near_text)
    return not is_named or bool(words("growth_name").search(name))


def _meaning(
    context: Context,
    place: Place,
    reading: Reading,
    previous: Reading | None,
    name: str | None,
    says_target: bool,
    task: re.Match[str] | None,
) -> Meaning:
    """(measure, name) of a percentage that is no named rate of money; 'indicator' stands for target and attained value.

    The percentage before it in the sentence speaks first, then the words around it. ('settled', None) where the reading
    took the meaning of the one before.
    """
    near_text, said = place.near_text, place.said
    if previous is not None:
        if is_reached(near_text) and is_raised(near_text) and not is_rate_name(rate_name(near_text) or ""):
            same = "indicator" if previous.measure.startswith("indicator") else previous.measure
            return same, previous.indicator
        if says_target:
            return "indicator", previous.indicator
        if previous.measure == "indicator_target" and _ATTAINED.search(near_text):
            _take_over(reading, previous)
            reading.measure = "indicator_actual"
            return _SETTLED
        if _TARGET_AFTER.match(context.text[place.end : place.end + 12]):
            return "indicator", previous.indicator
        if previous.measure == "indicator_target" and _ONLY_WHEN.fullmatch(near_text):
            _take_over(reading, previous)
            return _SETTLED
        if OF_ANOTHER_YEAR.search(near_text):
            _take_over(reading, previous)
            reading.measure = "indicator_actual" if previous.measure == "indicator_target" else previous.measure
            return _SETTLED
    if task:
        return "indicator", task.group(1) or task.group(2)
    if name is None and (name := _name_after(place)):
        return "indicator", name
    if name and is_rate_name(name):
        return "indicator", name
    if _is_rate_of_execution(previous) and re.search(r"(?:为|达|是|仅)$", near_text):
        return "execution_rate", name
    if _OF_A_BUDGET.search(said) or _is_spent_of_budget(context, place):
        return "execution_rate", name
    if previous is not None and previous.indicator and not says_target and _ONLY_WHERE.fullmatch(near_text):
        reading.measure, reading.indicator = previous.measure, previous.indicator
        residence = place.near_subject.residence or previous.subject.residence
        reading.subject = previous.subject._replace(residence=residence)
        return _SETTLED
    says_progress = _AT_A_DATE.search(place.lead_text) and words("progress_words").search(context.text)
    if says_progress or _PROGRESS.search(said):
        return "execution_rate", name
    return None, name


def _name_after(place: Place) -> str | None:
    """100%村和社区…: the words after a percentage name it where they are the things it counts."""
    tail = place.tail_text
    if _COVERED.match(tail):
        before = re.split(r"[，。；:]", place.lead_text)[-1]
        return (_BEFORE_COVERED.sub("", before) + tail.removeprefix("的"))[:40] or None
    if (
        re.match(r"[\u4e00-\u9fff]{2,}", tail)
        and not _NOT_A_NAME.match(tail)
        and not _COMPARING.search(place.near_text)
        and len(place.near_text) <= 14
    ):
        return place.text[place.end : min(place.sentence_end, place.end + 40)].split("，")[0]
    return None


def _is_goal(context: Context, place: Place, reading: Reading, says_target: bool) -> bool:
    """Whether a percentage is a target, not an attained value."""
    after = context.text[place.end : place.end + 10]
    if says_target or _GOAL_AFTER.match(after):
        return not re.match(r"的?工作目标", after)
    if _QUOTED_GOAL.match(context.text, place.end):
        # 提出“探访率达到100%、覆盖率达到95%”的目标
        return True
    about = context.about
    is_done = says_done(place.lead_text)
    is_of_past = bool(reading.fiscal_year and about.fiscal_year) and reading.fiscal_year < about.fiscal_year
    if about.is_budget_document and is_of_past and words("expected").search(place.said):
        # 2024年预计全年支出…，执行率97%: what next year's budget expects of the year that ends is no goal.
        return False
    if context.section.is_improvement and _TO_BE_RAISED.search(place.lead_text) and not is_done:
        return True
    if context.section.is_plan and not is_done and not context.reports_what_was_done:
        return True
    if reading.fiscal_year and about.fiscal_year and reading.fiscal_year > about.fiscal_year:
        # A report is written in the year after: 到2023年3月底完成… tells what was done since.
        return not (_MONTH_AFTER.search(place.said) and words("done_since").search(place.lead_text))
    if not is_done and says_plan(place.said[-50:]) and not place.lead_text.startswith("完成"):
        return True
    is_of_this_year = about.is_budget_document and reading.fiscal_year == about.fiscal_year
    if is_of_this_year and not context.reports_what_was_done:
        return not says_done(place.said)
    return bool(_GOAL_BOUND.search(place.near_text)) and not re.search(r"均|实际", place.lead_text)
