"""Money in prose: whether an amount is a figure at all, and then a standard per head or money of the accounts.

In: a place whose quantity is in yuan. Out: the reading, filled in. Refused: prices, differences, bounds of a class, and
what goes on from an amount that was refused.
"""

from __future__ import annotations

import re

from ingest.figures.change import is_difference, is_raised, is_reached
from ingest.figures.context import Context
from ingest.figures.funds import OF_ANOTHER_YEAR, read_funds
from ingest.figures.period import per_before
from ingest.figures.place import Place
from ingest.figures.programme import subject_of
from ingest.figures.reading import MONEY, PEOPLE_UNITS, PER_HEAD, Reading
from ingest.figures.standards import UNIT_PRICE, Terms, ends_in_variant, is_bound_of_relief, read_standard
from ingest.vocabulary import alternation, words, words_of

_CUES = frozenset(
    {"budget", "expenditure", "income", "carryover", "benefit", "standard", "top_up", "growth", "not_level"}
)
_OWN_CUES = frozenset({"budget", "expenditure", "income", "carryover", "benefit"})
_REFUSED = frozenset({"growth", "not_a_level", "unit_price", "price"})

_CONDITION = re.compile(
    rf"(?:及|[(]含[)])?以上(?:{alternation('condition_object')}|的?[\u4e00-\u9fff]{{0,4}}{alternation('condition_thing')})"
    rf"|以[上下]{alternation('condition_decided')}|以下{alternation('condition_below')}|的(?:专项资金进行|限额)"
)
_EACH_THING = re.compile(rf"平均每(?!{alternation('each_helped')})|{alternation('each_thing')}")
# 价格临时补贴 is paid to people, though it speaks of prices.
_PRICE = re.compile(rf"{alternation('price')}(?!{alternation('help_for_prices')})|{alternation('rent')}(?!补贴)")
_ENDS_HERE = re.compile(
    rf"{alternation('total_or_account', 'amount_counter', 'sum_before')}?(?:[为是]|达到?)?(?:人民币)?(?:约|近)?"
)
_GRANTED = re.compile(
    rf"(?:[^，。；]{{0,16}}给予|(?:至[\d.]+万?元)?(?:的)?)(?:一次性)?[^，。；\d]{{0,6}}{alternation('granted')}"
)
# 按核定的价格收费，每人每月1,500元至2,800元
_PRICE_BEFORE = re.compile(
    rf"{alternation('price')}(?!{alternation('help_for_prices')})[^，。；]{{0,6}}，[^，。；\d]{{0,8}}$"
)
# 县财政按每个每年3万元标准落实运营补助: the whole of a standard.
_STANDARD_RIGHT_AFTER = re.compile(r"的?标准(?!化)")
_BY_STANDARD = re.compile(r"按(?!期|时|月|季|年|规定)照?")
_FOR_EACH_YEAR = re.compile(r"每满[一1]?年$")
_STANDARD_OF_LIST = re.compile(r"(?:[、和][^，。；\d]{1,10}\d[\d,.]*万?元){0,5}的?标准(?!化)")
# 工作经费人均不足5万元: no help to people is that large.
_AVERAGE = re.compile(rf"人均{alternation('less_than')}$")
# 脱贫人口人均纯收入达到14,836元: what people earn is no money of the department's.
_EARNED = re.compile(rf"{alternation('earned')}[^，。；\d]{{0,4}}$")
# 省级财政按每人每月20元给予补助, 省补50元: what one level of government adds to a standard is none.
_COMPONENT = re.compile(
    rf"{alternation('level_of_government')}级?(?:财政(?:按照?|每人|再?补助?|负担|承担)|再?补助?(?=每人|$)|负担|承担)[^，。；]{{0,10}}$"
)
# Money that was lent is not paid; 贷款贴息 is.
# 审计发现…, 查出…: what follows in the sentence may be what went wrong.
_FOUND = re.compile(
    rf"{alternation('inspection')}[^，。；]{{0,8}}{alternation('found')}|查出|(?:存在|发现)[^，。；]{{0,12}}问题"
)
# …，扣2分: what was found cost points.
_POINTS_LOST = re.compile(rf"{alternation('points_lost')}\d[\d.]*分")
# 涉及12人、1.86万元，已全部追回
_RECOVERED = re.compile(rf"{alternation('money_noun')}?，{alternation('already')}*+{alternation('recovered')}")
_CONCERNS = re.compile(rf"{alternation('concerns')}[^，。；\d]{{0,16}}$")
# 对多发的补贴整改后，全年发放…: what was put right is said before the payment itself.
_PUT_RIGHT = re.compile(r"(?:后|，)[^，]{0,12}$")
_OF_SAMPLE = re.compile(
    rf"{alternation('sampled_money')}[^，。；\d]{{0,6}}{alternation('money_noun')}[^，。；\d]{{0,6}}$"
)
# 食品监督抽检项目资金450万元: a project that is named for what it does.
_NAMES_PROJECT = re.compile(rf"项目{alternation('money_noun')}[^，。；\d]{{0,4}}$")
# 抽查凭证86份、涉及金额214万元
_SAMPLE_CONCERNS = re.compile(
    rf"{alternation('sampled_money')}[^，。；]{{0,20}}、?{alternation('concerns')}{alternation('money_noun')}[^，。；\d]{{0,4}}$"
)
_LENT = re.compile(rf"{alternation('loan')}(?:累计|{alternation('amount_counter', 'sum_before')})?[为达]?(?:约|近)?$")
# 发放创业担保贷款86笔1,206万元; 办理助学贷款206人，金额164万元
_LENT_TO = re.compile(
    rf"{alternation('loan')}\d[\d,.]*[万亿]?[\u4e00-\u9fff]{{1,2}}[，、]?(?:累计|{alternation('payout_verb', 'sum_before')})?{alternation('loan')}?"
    rf"总?{alternation('amount_counter')}?[共达为]?$"
)
# 每人每月810元(年9720元)
_OF_THE_YEAR = re.compile(r"(?:\((?:折合|合)?年(?:标准)?|(?:全|每)?年(?:折合|折算))[为约]?$")
# 发放一次性补贴38.5万元，补贴标准为每户5000元: the standard is another amount.
_STANDARD_AFTER = re.compile(r"[，(][^，。；\d]{0,4}标准(?!化)")
# 乡镇在2000元以内的额度直接审批: how much help may be given without asking further up.
_WITHIN_POWERS = re.compile(
    rf"及?{alternation('at_most_after')}(?:的|\(含\))*(?:{alternation('help_of_that_size')}[^，。；]{{0,6}})?[^，。；]{{0,8}}{alternation('approved')}"
)
_KEPT_DECIMALS = re.compile(r"\.\d0[万亿]")
# 一年内救助总额最高2万元
_WITHIN_A_YEAR = re.compile(r"年度?(?:之?内|累计)")
_OVER_THE_YEAR = re.compile(rf"全年{alternation('sum_over_the_year')}?$")
_ENDS_CLAUSE = re.compile(r"[，。；、)]|$")
_BUDGET_VERBS = words_of("budget_verb")
_NOT_GOVERNING = words_of("not_governing")
_FAR_CHANGE = words_of("far_change")

# Amounts in yuan above which the words around them do not speak of one person.
_LARGEST_STANDARD = 200_000
_LARGEST_BARE_STANDARD = 100_000
_ROUND_GRANT = 100
_GREAT_GRANT, _ROUND_GREAT_GRANT = 100_000, 1000
_LARGEST_GRANT = 2_000_000
_LARGEST_OF_GRADE = 10_000
_SMALLEST_SUM = 1_000_000
_SMALLEST_MONTHLY_SUM = 50_000
_LARGEST_UNIT_PRICE = 10_000


def settle_bare_money(place: Place) -> bool:
    """Whether a number without a unit is money all the same (4318.5万, the 元 is left out); its unit is then CNY."""
    quantity = place.quantity
    says_paid = any(t.meaning.cue == "benefit" for t in place.near)
    if not says_paid and _ENDS_CLAUSE.match(place.text, place.end):
        # 累计支付1286.4万。
        says_paid = any(t.meaning.value == "pay" for t in place.near)
    if quantity.scale in ("万", "亿") and says_paid:
        quantity.unit, quantity.word = "CNY", "元"
        return True
    return False


def read_money(context: Context, place: Place, reading: Reading) -> None:
    """Fill in what an amount of money means, or why it is no figure."""
    reading.unit = "CNY"
    continued = context.continued(place)
    per = _period_said(place, continued)
    cue = _nearest_cue(place)
    reading.reason = _refusal(place, per, cue, continued)
    if reading.reason:
        return
    if _is_sum_paid(context, place, per, cue):
        per = None
    terms = _terms_of_standard(context, place, per, cue, continued)
    if terms is not None:
        read_standard(context, place, reading, terms)
    else:
        read_funds(context, place, reading, cue)


def _is_for_people(context: Context, place: Place) -> bool:
    """为326名务工人员发放一次性补助32.60万元: the sentence counted those who share the amount."""
    before = context.readings[-1] if context.readings else None
    counts = before is not None and before.unit in PEOPLE_UNITS and before.quantity.start >= place.sentence_start
    return counts and (before.value or 0) > 1 and not words("for_each").search(place.near_text)


def _is_sum_paid(context: Context, place: Place, per: str | None, cue: str | None) -> bool:
    """每月发放补贴7.84万元: a sum for all, not a standard for one, where nobody says for whom it is."""
    quantity = place.quantity
    if per == "time":
        is_told_apart = cue == "benefit" and _STANDARD_AFTER.match(place.text, place.end)
        is_for_all = bool(words("one_off").search(place.near_text)) and (
            bool(is_told_apart) or _is_for_people(context, place)
        )
        # 发放一次性补贴62.17万元: nobody grants such an odd amount to each, while one may get 3,500 or 18,500 yuan.
        is_great = quantity.value >= _GREAT_GRANT
        is_odd = quantity.value % (_ROUND_GREAT_GRANT if is_great else _ROUND_GRANT) > 0
        # 兑付一次性补贴57.20万元: an account keeps its decimals, a grant does not.
        is_odd = is_odd or _KEPT_DECIMALS.search(quantity.raw) is not None
        is_odd = is_odd and cue in _OWN_CUES and words("payout_verb").search(place.lead_text)
        return bool(quantity.scale) and (quantity.value >= _SMALLEST_SUM or is_for_all or bool(is_odd))
    return (
        per is not None
        and quantity.per is None
        and (bool(quantity.scale) or quantity.value >= _SMALLEST_MONTHLY_SUM)
        and cue in _OWN_CUES
        and bool(words("payout_verb").search(place.lead_text))
        and not words("for_each").search(place.lead_text)
        and "标准" not in place.lead_text
    )


def _period_said(place: Place, continued: Reading | None) -> str | None:
    per, before = place.quantity.per, per_before(place.near_text)
    if per is None or (per == "time" and before is not None):
        # 每月720元/人: the period stands before, the head after.
        per = before
    if per is None and _OF_THE_YEAR.search(place.text, max(0, place.start - 8), place.start):
        return "year"
    goes_on = continued is not None and continued.measure in PER_HEAD
    if per is None and goes_on and not any(t.meaning.cue in _OWN_CUES for t in place.near):
        return continued.per
    return per


def _refusal(place: Place, per: str | None, cue: str | None, continued: Reading | None) -> str | None:
    """Why an amount is no figure; None where it is one."""
    quantity, near_text = place.quantity, place.near_text
    if continued is not None and continued.measure is None and continued.reason in _REFUSED and not place.near:
        return continued.reason
    if not per and _CONDITION.match(place.text, place.end):
        return "condition"
    if _EACH_THING.search(near_text) and not _STANDARD_RIGHT_AFTER.match(place.tail_text):
        return "unit_price"
    if _LENT.search(near_text) or _LENT_TO.search(place.said):
        return "not_a_level"
    if _is_irregular(place):
        return "not_a_level"
    is_sample = _OF_SAMPLE.search(near_text) and not _NAMES_PROJECT.search(near_text)
    if is_sample or _SAMPLE_CONCERNS.search(place.lead_text):
        return "survey"
    if per is not None and _COMPONENT.search(near_text) and not _STANDARD_RIGHT_AFTER.match(place.tail_text):
        return "component"
    if quantity.scale and _AVERAGE.search(near_text):
        return "average"
    if _EARNED.search(near_text):
        return "background"
    if per is not None and not place.near and _PRICE_BEFORE.search(place.said):
        return "price"
    if _PRICE.search(place.lead_text) and not words("help").search(place.lead_text[-8:]):
        return "price"
    is_small = not quantity.scale and quantity.value < _LARGEST_UNIT_PRICE
    if is_small and per is None and UNIT_PRICE.search(near_text):
        return "unit_price"
    if not is_reached(near_text):
        governing = (_governing_cue(place) if not _is_given_in_addition(place, cue) else None) or (
            cue if cue in ("growth", "not_level") else None
        )
        if governing:
            return "growth" if governing == "growth" else "not_a_level"
    if any(t.meaning.cue == "not_level" for t in place.tail[:1]) or is_difference(near_text):
        return "not_a_level"
    return None


def _is_irregular(place: Place) -> bool:
    """Whether an inspection found the money misspent: 查出白条入账等问题，涉及资金8.37万元; no level of anything."""
    if words("irregular").search(place.near_text) and not _PUT_RIGHT.search(place.near_text):
        return True
    if _RECOVERED.match(place.text, place.end):
        return True
    if _CONCERNS.search(place.near_text) and words("irregular").search(place.said):
        return True
    statement = place.text[place.bounds.year_start(place.start) : place.start]
    if not _FOUND.search(statement):
        return False
    return bool(
        _CONCERNS.search(place.near_text)
        or words("irregular").search(place.sentence_text)
        or _POINTS_LOST.search(place.sentence_text)
    )


def _governing_cue(place: Place) -> str | None:
    """结省运行支出47.74万元, 收回违规发放…: the verb before says that what follows is a difference or no level."""
    for token in place.near:
        if token.meaning.cue not in ("growth", "not_level") or token.meaning.word in _NOT_GOVERNING:
            continue
        gap = place.text[token.end : place.start]
        is_far = token.meaning.word in _FAR_CHANGE and len(gap) <= 24 and not re.search(r"[到至为达后]|，", gap)
        if is_far or (len(gap) <= 10 and not re.search(r"[到至为达后的]|，", gap)):
            return token.meaning.cue
    return None


def _is_given_in_addition(place: Place, cue: str | None) -> bool:
    """追加上级补助6,102万元: money from above that came in addition is income; 因上级补助下达追加6,102万元 is the increase."""
    if cue != "income":
        return False
    last = next((t for t in reversed(place.near) if t.meaning.cue in ("income", "growth")), None)
    return last is not None and last.meaning.cue == "income" and any(t.meaning.word == "追加" for t in place.near)


def _nearest_cue(place: Place) -> str | None:
    """The cue nearest before the quantity; a weak one only where no other stands in the clause."""
    weak, reached = None, is_reached(place.near_text)
    for token in reversed(place.near):
        cue = token.meaning.cue
        if cue not in _CUES or (cue == "growth" and reached):
            continue
        if place.text.startswith("的", token.end) and token.meaning.word in _BUDGET_VERBS:
            # 公益金安排的政府性基金: the verb only says of what money it is.
            continue
        names_a_source = cue == "income" and token.meaning.fund_source
        if names_a_source and not _ENDS_HERE.fullmatch(place.text[token.end : place.start]):
            continue
        if token.meaning.value == "weak":
            weak = weak or cue
            continue
        if cue == "growth" and weak and not place.near_text.endswith(token.meaning.word):
            return weak
        return cue
    return weak


def _terms_of_standard(
    context: Context, place: Place, per: str | None, cue: str | None, continued: Reading | None
) -> Terms | None:
    """On what terms an amount is a standard or a top-up; None where it is money of the accounts."""
    quantity, near_text = place.quantity, place.near_text
    is_of_one = quantity.value < _LARGEST_STANDARD and cue in (None, "benefit", "standard")
    if per is None and is_of_one and is_bound_of_relief(context, place):
        return Terms("year" if _WITHIN_A_YEAR.search(place.lead_text) else "time", "standard")
    if per is not None or cue == "top_up" or (cue == "standard" and quantity.value < _LARGEST_STANDARD):
        return Terms(per, cue, continued)
    if (
        cue in (None, "benefit")
        and quantity.value < _LARGEST_STANDARD
        and _WITHIN_POWERS.match(place.text, place.end)
        and subject_of(context, place)[0].programme == "temporary_relief"
    ):
        return Terms(None, "standard")
    goes_on = continued is not None and continued.measure in PER_HEAD and continued.unit == "CNY"
    if goes_on and cue in (None, "standard", "top_up") and not place.near:
        return Terms(continued.per, cue, continued)
    is_small = not quantity.scale and quantity.value < _LARGEST_OF_GRADE
    is_of_grade = cue in (None, "benefit") and is_small and ends_in_variant(near_text)
    graded = context.previous(place, MONEY) if is_of_grade and near_text.startswith("、") else None
    graded = graded if graded is not None and graded.measure in PER_HEAD else None
    if (
        graded is None
        and cue in (None, "benefit", "standard")
        and quantity.value <= _LARGEST_GRANT
        and _GRANTED.match(place.text[place.end : place.end + 40])
        and words("granted_by").search(place.lead_text)
    ):
        return Terms("time", "standard")
    if (
        cue is None
        and quantity.value < _LARGEST_STANDARD
        and words("at_most_granted").search(near_text)
        and subject_of(context, place)[0].programme == "temporary_relief"
    ):
        return Terms(None, "standard")
    if cue is None and quantity.value < _LARGEST_STANDARD and _BY_STANDARD.search(place.lead_text):
        listed = _STANDARD_OF_LIST.match(place.text, place.end)
        if listed is not None:
            # 按一级800元、二级600元的标准发给每人一次, 按每满一年900元的标准
            once = words("one_off").search(place.text, listed.end(), place.bounds.clause_end(listed.end()))
            return Terms("time" if once or _FOR_EACH_YEAR.search(place.lead_text) else None, "standard")
    if is_of_grade:
        # 80至89周岁每人每月60元、90至99周岁120元: the next grade is paid for the same period.
        return Terms(None, "standard", graded)
    before = context.previous(place, MONEY)
    if before is not None and before.measure in PER_HEAD and words("attained_instead").fullmatch(near_text):
        # 补助水平不低于335元，实际达到498元
        return Terms(before.per, cue, before, is_same=True)
    last = before if cue is None and not place.near else None
    if last is not None and last.measure in PER_HEAD and OF_ANOTHER_YEAR.search(near_text):
        # 标准为每人每月115元（2023年为110元）
        return Terms(last.per, cue, last, is_same=True)
    old = _old_standard(context, place)
    if old is None and cue in (None, "benefit") and not quantity.scale and quantity.value < _LARGEST_BARE_STANDARD:
        if cue is None and before is not None and before.measure in PER_HEAD:
            old = before
        elif context.speaks_of_standards(place):
            return Terms(None, "standard")
    if old is not None and (cue in (None, "standard") or "调整为" in near_text):
        is_of_the_year = old.per in ("month", "day") and _OVER_THE_YEAR.search(near_text)
        return Terms("year" if is_of_the_year else old.per, cue, old)
    return None


def _old_standard(context: Context, place: Place) -> Reading | None:
    """The old standard before 提高到."""
    if not is_raised(place.near_text):
        return None
    said = [r for r in context.readings[-2:] if r.measure in PER_HEAD and r.quantity.start >= place.sentence_start]
    if len(said) > 1 and said[-1] is context.readings[-1] and _closes_after(place.text, said[-1]):
        # 每人每年9,120元(折合每人每月760元)调整为9,660元: the parenthesis only works out what stands before it.
        return said[0]
    return said[-1] if said and said[-1] is context.readings[-1] else None


def _closes_after(text: str, reading: Reading) -> bool:
    return text.startswith(")", reading.quantity.end)
