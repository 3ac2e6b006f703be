"""What stands above a table: its unit of money, its title and what the title says of the rows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.documents.lines import is_unit_or_year
from ingest.figures.items import item_in
from ingest.figures.lexicon import find_words
from ingest.figures.reading import About
from ingest.figures.subject import NOTHING, Subject, subject_in
from ingest.quantities.scan import unit_codes
from ingest.vocabulary import alternation, words

MONEY_SCALES = {"亿元": 10**8, "万元": 10**4, "千元": 10**3, "百元": 100, "元": 1}
NUMBER_ONLY = re.compile(r"[≥≤<>=约近]?-?\d[\d,]*(?:\.\d+)?$")

_UNIT = re.compile(
    r"(?:单\s*位|金额)(?:为|[::])\s*(?:人民币|[人户]次?、)*[(]?(亿元|万元|千元|百元|元)((?:/[^\s，。)]{1,6})?)"
    r"|[(](?:人民币)?(亿元|万元|千元|元)((?:/[^\s，。)]{1,6})?)(?:人民币)?[)]"
    r"|(?<=[\u4e00-\u9fff])/(万元|元)()$"
)
_COUNTED = re.compile(r"单\s*位(?:为|[::])\s*(人次|人|户次|户|名)(?=$|[)\s])", re.M)
_PROJECT_LIST = re.compile(rf"项目支出(?!情况)|{alternation('caption_project_list')}")
# A name of at most forty characters, so that a hostile line without any sign costs no more than a plain one.
_TABLE_NAME = re.compile(r"([^\s。；:，,()]{2,40}表)(?=$|[\s(:]|(?:金额)?单位)", re.M)
_TABLE_MARK = re.compile(r".*公开\d+表|附?表\d*|财决.*表")
# 各社区保障情况(截至2024年12月20日): what is counted on a day is of that year.
_AS_OF = re.compile(rf"{alternation('as_of')}(20\d\d)年|(20\d\d)年[末底]")
# 一般公共预算财政拨款支出按功能分类如下: what is divided in the table is the money that the sentence begins with.
_DIVIDED_BELOW = re.compile(r"[^，。；:]{4,20}(?:支出|收入)(?:预算|决算)?按[^，。；:]{2,12}(?:如下|(?:如|见)下?表)")
_LAST_LINE = 60
_TITLE = 80


@dataclass(frozen=True, slots=True)
class MoneyUnit:
    """A unit of money as a caption or a head gives it: its scale in yuan, and what stands after it (/人·月)."""

    start: int
    scale: int
    suffix: str

    @property
    def per(self) -> str | None:
        """The period that the suffix gives."""
        return period_of_suffix(self.suffix)


@dataclass(slots=True)
class Caption:
    """What the lines above a table say; `scale` and `standard_scale` are in yuan, None where no unit is named.

    `year` is that of the day which it was counted on; `measure`, `fund_source`, `spending_type` and `item` are what the table's name limits all of it to;
    `is_of_appropriations` says that it is of 财政拨款 alone, of whatever source, `is_of_budget` that its amounts are arranged, not yet spent; `counted` is the unit of people that all
    of it is counted in (单位:人).
    """

    scale: int | None = None
    standard_scale: int | None = None
    per: str | None = None
    is_money: bool = False
    subject: Subject = NOTHING
    fund_source: str | None = None
    measure: str | None = None
    spending_type: str | None = None
    item: str | None = None
    is_of_appropriations: bool = False
    is_project_list: bool = False
    is_expenditure: bool = False
    is_about_standards: bool = False
    is_plan: bool = False
    is_of_budget: bool = False
    year: int | None = None
    counted: str | None = None


def money_unit(text: str) -> MoneyUnit | None:
    """The first unit of money that a text names as such: 单位：万元, (元/人·月); None without one."""
    match = _UNIT.search(text)
    return _money_unit(match) if match else None


def money_units(text: str) -> list[MoneyUnit]:
    """All units of money that a text names as such."""
    return [_money_unit(match) for match in _UNIT.finditer(text)]


def _money_unit(match: re.Match[str]) -> MoneyUnit:
    unit, suffix = next((match[i], match[i + 1]) for i in (1, 3, 5) if match[i])
    return MoneyUnit(match.start(), MONEY_SCALES[unit], suffix or "")


def unit_of_money(text: str) -> int | None:
    """The scale in yuan of a text that is nothing but a unit of money (元/人·月, 万元); None for all others."""
    match = re.match(r"([亿万千百]?元)(?:$|/)", text)
    return MONEY_SCALES[match[1]] if match else None


def period_of_suffix(suffix: str | None) -> str | None:
    """The period of what stands after a unit (/人·月 is month); 'time' where it names none, None for nothing."""
    if not suffix:
        return None
    return "month" if "月" in suffix else "year" if "年" in suffix else "day" if re.search("[天日]", suffix) else "time"


def read_caption(text: str, about: About) -> Caption:
    """Read the lines above a table; a unit per person or month is that of its standards."""
    caption = Caption()
    for unit in money_units(text):
        if unit.per or text[: unit.start].endswith("标准"):
            caption.per, caption.standard_scale = unit.per, unit.scale
        else:
            caption.scale = unit.scale
        caption.is_money = True
    if caption.scale is None:
        caption.scale = caption.standard_scale
    if not caption.is_money and (counted := _COUNTED.search(text)) is not None:
        caption.counted = unit_codes()[counted[1]]
    lines = text.split("\n")
    last_line = next((line for line in reversed(lines) if not is_unit_or_year(line)), lines[-1])[-_LAST_LINE:]
    title = re.split(r"[。；]", text)[-1][-_TITLE:]
    caption.subject = subject_in(find_words(last_line, about.programmes), last_line)
    caption.fund_source = _fund_source(title, about)
    caption.is_project_list = bool(_PROJECT_LIST.search(title))
    caption.is_about_standards = "标准" in title
    caption.is_plan = bool(words("caption_plan").search(last_line)) and not words("heading_done").search(last_line)
    caption.is_expenditure = "支出" in title and "收入" not in title
    caption.is_of_budget = bool(words("caption_budget").search(last_line)) and "支出" not in last_line
    _read_name(caption, text)
    for line in lines[-2:]:
        if len(line) <= _LAST_LINE and (as_of := _AS_OF.search(line)) is not None:
            caption.year = int(as_of[1] or as_of[2])
    return caption


def _read_name(caption: Caption, text: str) -> None:
    """What the name of a table of the accounts (支出决算表, “三公”经费支出表) says of all its amounts."""
    names = [match[1] for match in _TABLE_NAME.finditer(text) if not _TABLE_MARK.fullmatch(match[1])]
    if not names:
        return
    name = names[-1]
    if ("收入" in name) != ("支出" in name):
        caption.measure = "income" if "收入" in name else "expenditure"
    if "基本支出" in name and "项目支出" not in name:
        caption.spending_type = "basic"
    caption.item = item_in(name)
    caption.is_of_appropriations = caption.measure is None and "财政拨款" in name and caption.fund_source is None


def _fund_source(title: str, about: About) -> str | None:
    """The one source of money that a title limits its table to (一般公共预算财政拨款支出决算表); None for several."""
    if not re.search(r"表(?:$|\s|[(（:]|(?:金额)?单位)", title) and not _DIVIDED_BELOW.match(title):
        return None
    named = {t.meaning.fund_source for t in find_words(title, about.programmes) if t.meaning.fund_source}
    specific = named - {"fiscal_appropriation"}
    return specific.pop() if len(specific) == 1 else None
