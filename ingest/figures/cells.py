"""Cells of a table: the reading of each number, by its column's role.

In: a cell with its column, the labels of its row and the frame around them. Out: a reading for each number in it.
Refused: a number whose unit neither cell, head nor caption makes certain, shares, and units that the column does not
hold.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field

from ingest.documents.blocks import Cell, Paragraph
from ingest.documents.flow import Flow
from ingest.documents.form_words import form_sum
from ingest.figures.captions import MONEY_SCALES, unit_of_money
from ingest.figures.columns import Column, Frame, says_time, unit_in_name
from ingest.figures.items import is_functional_class, item_named, spending_type_of_class
from ingest.figures.lexicon import find_words, is_of_general_field
from ingest.figures.period import per_before
from ingest.figures.prose import read_paragraph
from ingest.figures.qualifier import qualifier_of
from ingest.figures.reading import Reading, TableReading
from ingest.figures.standards import names_class, variant_before
from ingest.figures.subject import BOTH_SUBSIDIES, Subject, subject_in
from ingest.quantities.numbers import SCALES
from ingest.quantities.scan import Quantity, scan, unit_codes
from ingest.vocabulary import alternation, words, words_of

_TOTAL = re.compile(rf"{alternation('row_total')}|合\s*计")
_GENERIC_LABEL = re.compile(alternation("row_generic_label"))
_ORDINAL = re.compile(r"^(?:其中:?|[一二三四五六七八九十]+、|\(.\)|\d+[.、])")
_NAMED_PROJECT = re.compile(rf"{alternation('row_of_project')}$")
_SIDE_OF_EXPENDITURE = words("side_expenditure")
_SOURCES_OF_BALANCES = frozenset({"general_public_budget", "government_fund", "state_capital"})
_PEOPLE_AND_BEDS = frozenset({"none", "person", "household", "person_time", "bed"})
# 上年结转资金 within the year's budget is a part of it, not the whole.
_BROUGHT_FORWARD = re.compile(rf"(?:其中:?)?{alternation('balance_before')}.{{0,8}}(?:结转|结余)")
_OF_A_PROGRAMME = frozenset({"beneficiaries", "benefit_paid", "cases"})
_BUDGETED = frozenset({"budget", "expenditure"})
_FUNCTIONS = words_of("function_of_spending")
_APPROPRIATIONS = "财政拨款"
_LONGEST_ITEM = 40
_HIGHEST_BARE_RATE = 1000
_GUESSED = 0.8
_SIDE_SAID = words("names_of_accounts", "amount_noun")


@dataclass(slots=True)
class CellInRow:
    """A cell, its column, the labels of its row (the nearest last) and its code, and the readings of the row before it.

    `row_scale` is in yuan: that of the unit which the row has in a column of its own. `kinds` says of a label
    that it stands in a column of places, institutions or recipients.
    """

    cell: Cell
    index: int
    column: Column
    labels: list[str]
    code: str
    frame: Frame
    row_year: int | None
    row_scale: int | None
    before: list[Reading]
    kinds: dict[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The nearest label that names something: 总预算 in 总预算 | 金额."""
        named = [label for label in self.labels if not _GENERIC_LABEL.fullmatch(label)]
        return named[-1] if named else ""

    @property
    def label_text(self) -> str:
        """All labels as one text."""
        return "，".join(self.labels)

    @property
    def label_column(self) -> int:
        """The column of the label: on a table of two sides, that of the cell's own side; -1 without one."""
        columns = self.frame.columns[: self.index]
        return next((c.index for c in reversed(columns) if c.role == "label"), -1)

    @property
    def balance(self) -> str | None:
        """The balance of which this row names one source of money; None for all other rows."""
        found = self.frame.balances.get(self.label_column)
        return found if found and found != self.label and is_source_alone(self.label, self.frame) else None

    @property
    def side(self) -> str:
        """The head of the labels: 收入 or 支出 in a table of two sides; the columns count by their place."""
        return next((c.full_text for c in reversed(self.frame.columns[: self.index]) if c.role == "label"), "")


def is_total_row(label: str) -> bool:
    """Whether a label is that of a row of sums."""
    return bool(_TOTAL.match(label))


def is_source_alone(label: str, frame: Frame) -> bool:
    """Whether a label is no more than a source of money: 一般公共预算财政拨款, neither a line nor income nor spending."""
    if not label or _ORDINAL.match(label) or "收入" in label or "支出" in label:
        return False
    return frame.named(label).fund_source in _SOURCES_OF_BALANCES


def is_source_of(label: str, frame: Frame) -> bool:
    """Whether a label is that of a source of money, of whatever kind, and of nothing else: 政府性基金, 其他资金."""
    if not label or _ORDINAL.match(label) or _TOTAL.match(label) or "收入" in label or "支出" in label:
        return False
    return frame.named(label).fund_source is not None


def left_out(flow: Flow, reason: str) -> list[Reading]:
    """The numbers of a text that are no figures, each with its own reason or the one given."""
    return [Reading(q, reason=q.reason or reason, unit=q.unit, value=q.value) for q in scan(flow)]


def read_cell(place: CellInRow) -> list[Reading]:
    """All numbers of a cell; dates and ages in it are passed over."""
    column, frame = place.column, place.frame
    row = _subject_of_row(place)
    readings: list[Reading] = []
    quantities = scan(place.cell.flow)
    for position, quantity in enumerate(quantities):
        if quantity.reason in ("date", "age", "beyond_measure"):
            continue
        reading = TableReading(quantity, unit=quantity.unit, value=quantity.value)
        reading.row_label = " / ".join(place.labels) or None
        reading.column_header = column.full_text or None
        reading.qualifier = qualifier_of(place.cell.text, quantity)
        reading.fiscal_year = place.row_year or column.year or frame.year
        if column.role == "percent":
            _read_percentage(reading, place, row)
        elif column.role == "count":
            _read_count(reading, place, row)
        elif column.role == "standard":
            _read_standard(reading, place, row, quantities, position)
        elif column.role == "quantity":
            _read_quantity(reading, place)
        else:
            _read_money(reading, place, row)
        readings.append(reading)
    return readings


def _subject_of_row(place: CellInRow) -> Subject:
    """What the labels of a row say: the names of places nothing; those of recipients and institutions name the programme
    only where no other label does.
    """
    frame = place.frame
    silent = ("place", "institution") if frame.programme else ("place",)
    said = "，".join(label for label in place.labels if place.kinds.get(label) not in silent)
    row = frame.named(said)
    if (
        frame.programme
        and (of_kind := frame.named(place.label).programme)
        and is_of_general_field(of_kind, frame.programme)
    ):
        # 老年助餐点 below 设施类型, in a table of 养老服务: the kind of facility is nearer than the whole field.
        row = row._replace(programme=of_kind)
    own = "，".join(label for label in place.labels if label not in place.kinds)
    if own != said:
        programme = subject_in(frame.words(own), own).programme
        row = row if programme is None else row._replace(programme=programme)
    if whole := frame.parts.get(place.label_column):
        # 农村特困人员救助供养, then 其中:集中供养: a part is of the programme and residence of its whole.
        of_whole = subject_in(frame.words(whole), whole)
        if row.programme is None:
            row = row._replace(programme=of_whole.programme)
        if not row.residence_said and row.programme == of_whole.programme:
            row = row._replace(residence=of_whole.residence)
    return row


def _read_money(reading: TableReading, place: CellInRow, row: Subject) -> None:
    column, frame, about = place.column, place.frame, place.frame.about
    label = place.balance or place.label
    quantity = reading.quantity
    if quantity.unit not in ("CNY", "none"):
        reading.reason = "share_of_a_table" if quantity.unit == "percent" else "other_unit"
        return
    reading.unit = "CNY"
    if quantity.unit == "none":
        if column.scale != 1:
            reading.value = float(f"{quantity.value * column.scale:.6f}")
        elif frame.caption.scale is None and not column.has_unit:
            reading.reason = "no_unit"
            return
    if words("row_not_a_level").search(label):
        reading.reason = "not_a_level"
        return
    measure, stage = column.measure, column.stage
    if column.is_generic or measure == "amount":
        measure, stage = _by_label(place)
        if column.measure == "amount" and not _says_side(place):
            # Neither head nor label nor caption says whether the amount came in, was planned or was spent.
            reading.confidence = min(reading.confidence, _GUESSED)
    if measure == "carryover_last":
        measure, reading.fiscal_year = "carryover", _year_before(reading.fiscal_year)
    elif measure == "carryover" and words("row_last_year").search(label):
        stage, reading.fiscal_year = None, _year_before(reading.fiscal_year)
    if measure is None:
        reading.reason = "no_cue"
        return
    is_total = bool(_TOTAL.match(label))
    if measure == "benefit_paid":
        of_head, of_row = column.subject, Subject() if is_total else row
        named = (of_row.programme, of_head.programme, _programme_of_heads(frame), frame.programme)
        reading.measure = measure
        reading.subject = Subject(
            programme=next((programme for programme in named if programme), None),
            residence=row.residence or of_head.residence,
            care=row.care or of_head.care,
        )
        return
    is_of_this_year = about.is_budget_document and reading.fiscal_year == about.fiscal_year
    if is_of_this_year and measure in ("income", "expenditure") and stage == "final":
        stage = "initial"
    reading.measure, reading.stage = measure, stage
    reading.subject = _subject_of_money(place, row, measure, is_total)
    reading.item = _item(place, row, measure, is_total)
    if frame.caption.is_of_appropriations and reading.subject.fund_source is None:
        # The sum of 财政拨款 has no source of its own, but it is not the department's whole.
        reading.item = f"{reading.item}/{_APPROPRIATIONS}" if reading.item else _APPROPRIATIONS
    reading.variant = place.code or None


def _programme_of_heads(frame: Frame) -> str | None:
    """Whose benefits a table is of whose heads name the programme: 生活补贴人数 and 护理补贴人数 are of both subsidies."""
    named = {c.subject.programme for c in frame.columns if c.role == "count" and c.subject.programme}
    if named >= BOTH_SUBSIDIES:
        return "disability_both"
    return named.pop() if len(named) == 1 else None


def _year_before(year: int | None) -> int | None:
    return year - 1 if year else None


def _subject_of_money(place: CellInRow, row: Subject, measure: str, is_total: bool) -> Subject:
    column, caption, about, label = place.column, place.frame.caption, place.frame.about, place.label
    if place.code:
        # The name of a class is that of what money is spent for or buys: it says nothing of source and type.
        known = spending_type_of_class(place.code) if caption.spending_type == "basic" else None
        row = Subject(row.programme, row.residence, spending_type=known)
        if not is_functional_class(place.code):
            row = row._replace(programme="", residence=None)
    fund_source = column.subject.fund_source or row.fund_source or caption.fund_source
    if measure == "carryover":
        named = (column.subject.fund_source, row.fund_source, caption.fund_source)
        fund_source = next((source for source in named if source in _SOURCES_OF_BALANCES), None)
    fund_source = fund_source or _appropriation_of_form(place)
    spending_type = column.subject.spending_type or row.spending_type
    spending_type = spending_type or _spending_type_of_whole(place) or caption.spending_type
    if measure == "income":
        spending_type = None
    if spending_type is None and place.frame.lists_projects and measure in ("budget", "expenditure"):
        spending_type = "project"
    if spending_type is None and _is_project_beside_basic(place) and measure in _BUDGETED:
        spending_type = "project"
    is_of_whole = is_total or place.frame.lists_units or _ORDINAL.sub("", label) in _FUNCTIONS
    programme = column.subject.programme or (None if is_of_whole else row.programme or None)
    if about.is_project or place.frame.is_form:
        programme = programme or place.frame.project or about.project
        if measure in ("budget", "expenditure", "carryover"):
            spending_type = spending_type or "project"
    return Subject(programme=programme, residence=row.residence, fund_source=fund_source, spending_type=spending_type)


def _is_project_beside_basic(place: CellInRow) -> bool:
    """Whether a row is a project among lines of basic spending: the sum of the table says so, or its own name (康复专项)."""
    if _TOTAL.match(place.label):
        return False
    is_named = place.frame.has_basic_lines and bool(_NAMED_PROJECT.search(place.label))
    return place.frame.has_projects_beside_basic or is_named


def _appropriation_of_form(place: CellInRow) -> str | None:
    """其中:财政资金 in the form of a project, beside other money."""
    is_named = place.frame.is_form and words("form_appropriation").fullmatch(_ORDINAL.sub("", place.label))
    return "fiscal_appropriation" if is_named else None


def _spending_type_of_whole(place: CellInRow) -> str | None:
    """The type of spending of the whole that a row is a part of: 项目支出, then 其中:一般公共预算."""
    whole = place.frame.parts.get(place.label_column)
    return place.frame.named(whole).spending_type if whole else None


def _item(place: CellInRow, row: Subject, measure: str, is_total: bool) -> str | None:
    """The named line of the accounts that a cell is of: by its label, its head or the table's name; None for the whole."""
    label = place.label
    is_line = bool(place.code) or not (is_total or row.fund_source or row.spending_type)
    is_brought_forward = measure != "carryover" and _BROUGHT_FORWARD.match(label)
    if words("row_not_an_item").search(label) and not place.code and not is_brought_forward:
        is_line = False
    if (place.frame.is_form or place.frame.about.is_project) and form_sum().fullmatch(label.rstrip(":")):
        # 年度财政资金总额: the whole of the form's money is no line of it.
        is_line = False
    named = item_named(_ORDINAL.sub("", label)[:_LONGEST_ITEM]) if label and is_line else None
    of_column = place.column.item
    if named and of_column and named != of_column:
        return f"{named}/{of_column}"
    return named or of_column or place.frame.caption.item


def _by_label(place: CellInRow) -> tuple[str | None, str | None]:
    """Where a head says no more than 决算数 or 预算金额, the row's label or its side of the table says what it is."""
    measure, stage, side = place.column.measure, place.column.stage, place.side
    label = place.balance or place.label
    about = place.frame.about
    past = about.stage_now
    if re.search(r"结转|结余", label) and "收入" not in label:
        return "carryover", None
    if words("row_of_levels").search(label) and not place.column.is_of_budget:
        return "budget", None
    if place.frame.caption.is_of_budget and measure == "amount":
        return "budget", None
    named_side = place.frame.columns[place.label_column].side if place.label_column >= 0 else None
    if "income" in (named_side, place.frame.caption.measure):
        return "income", past
    if place.frame.caption.measure == "expenditure" and measure == "amount":
        return "expenditure", past
    if "收入" in side:
        return "income", past
    if _SIDE_OF_EXPENDITURE.search(side):
        return ("budget", None) if measure == "budget" else ("expenditure", past)
    if re.search("收入" if place.column.is_of_budget else "收入|拨款$", label) and "支出" not in label:
        return "income", past
    if "支出" in label:
        return ("budget", stage) if measure == "budget" else ("expenditure", past)
    if _TOTAL.match(label) and measure in ("expenditure", "amount"):
        is_second = any(r.measure for r in place.before)
        return ("expenditure" if is_second or place.frame.caption.is_expenditure else "income"), past
    if measure == "amount":
        return ("budget", None) if about.is_budget_document else ("expenditure", past)
    return measure, stage


def _says_side(place: CellInRow) -> bool:
    """Whether words around a cell tell income from spending."""
    caption = place.frame.caption
    said = f"{place.label_text}{place.side}{place.column.full_text}"
    return caption.is_of_budget or caption.measure is not None or bool(_SIDE_SAID.search(said))


def _read_percentage(reading: TableReading, place: CellInRow, row: Subject) -> None:
    column, frame, about = place.column, place.frame, place.frame.about
    quantity = reading.quantity
    if quantity.unit not in ("percent", "none"):
        reading.reason = "other_unit"
        return
    if quantity.unit == "none" and not 0 <= quantity.value <= _HIGHEST_BARE_RATE:
        reading.reason = "no_unit"
        return
    reading.unit, reading.measure = "percent", column.measure
    if column.measure == "indicator_actual":
        programme = row.programme or frame.caption.subject.programme or about.project
        reading.indicator = column.text
        reading.subject = Subject(programme=programme or None, residence=row.residence, care=row.care)
        return
    reading.stage = "final" if column.measure == "execution_rate" else None
    reading.item = _item(place, row, "execution_rate", bool(_TOTAL.match(place.label)))
    is_of_one = about.is_project or frame.is_form
    is_project = is_of_one or frame.lists_projects or _is_project_beside_basic(place)
    programme = row.programme or ((frame.project or about.project) if is_of_one else None)
    is_of_function = _ORDINAL.sub("", place.label) in _FUNCTIONS
    if not is_of_one and (_TOTAL.match(place.label_text) or frame.lists_units or is_of_function):
        programme = None
    reading.subject = Subject(
        programme=programme,
        residence=row.residence,
        fund_source=row.fund_source or frame.caption.fund_source or _appropriation_of_form(place),
        spending_type=row.spending_type or _spending_type_of_whole(place) or ("project" if is_project else None),
    )


def _read_count(reading: TableReading, place: CellInRow, row: Subject) -> None:
    column, quantity = place.column, reading.quantity
    if quantity.unit not in _PEOPLE_AND_BEDS:
        reading.reason = "other_unit"
        return
    if quantity.unit == "none":
        reading.unit = column.unit or "person"
        if "万" in column.text:
            reading.value = quantity.value * SCALES["万"]
    programme = row.programme if row.programme is not None else column.subject.programme
    programme = place.frame.programme if programme is None else programme
    reading.measure = column.measure
    reading.subject = Subject(
        programme=programme or None,
        residence=row.residence or column.subject.residence,
        care=row.care or column.subject.care,
    )


def _read_quantity(reading: TableReading, place: CellInRow) -> None:
    """A number that its row and its head name, read as a sentence would say it: 结婚登记(对) | 1,854 is 结婚登记1,854对."""
    caption, quantity = place.frame.caption, reading.quantity
    named = [found for text in (*reversed(place.labels), *reversed(place.column.path)) if (found := unit_in_name(text))]
    labels = [label for label in place.labels if label not in unit_codes() and not unit_of_money(label)]
    units = [label for label in place.labels if label in unit_codes() or unit_of_money(label)]
    written = place.cell.text[quantity.start : quantity.number_end]
    if quantity.unit != "none":
        unit = place.cell.text[quantity.number_end : quantity.end]
    elif named:
        unit = named[0][1]
    elif units:
        unit = units[-1]
    elif caption.is_money and caption.scale:
        unit = next(word for word, scale in MONEY_SCALES.items() if scale == caption.scale)
    else:
        reading.reason = "no_unit"
        return
    spoken = None
    for name in _names_of_quantity(place, named, labels):
        spoken = _said(place, f"{name}{written}{unit}", len(name))
        if spoken is not None and spoken.measure is not None:
            break
    if spoken is None or spoken.measure is None:
        reading.reason = (spoken.reason if spoken is not None else None) or "no_cue"
        return
    reading.measure, reading.subject, reading.stage = spoken.measure, spoken.subject, spoken.stage
    of_row = _subject_of_row(place).programme
    if reading.subject.programme is None and reading.measure in _OF_A_PROGRAMME:
        reading.subject = reading.subject._replace(programme=of_row or place.frame.programme)
    elif of_row and (reading.subject.programme is None or is_of_general_field(of_row, reading.subject.programme)):
        reading.subject = reading.subject._replace(programme=of_row)
    reading.unit, reading.value, reading.per = spoken.unit, spoken.value, spoken.per
    reading.item, reading.variant, reading.indicator = spoken.item, spoken.variant, spoken.indicator
    reading.confidence = min(spoken.confidence, 0.9)
    this_year = place.frame.about.fiscal_year
    is_ahead = bool(place.column.year and this_year and place.column.year > this_year) or caption.is_plan
    if is_ahead or words("head_planned").fullmatch(place.column.text):
        # 任务数, or a year to come: what is counted there is a plan, and a rate a goal.
        reading.qualifier = "target"
        is_goal = reading.measure == "indicator_actual" or (caption.is_plan and place.frame.lists_indicators)
        if is_goal:
            reading.measure, reading.indicator = (
                "indicator_target",
                reading.indicator or (labels[-1] if labels else None),
            )


def _names_of_quantity(place: CellInRow, named: list[tuple[str, str]], labels: list[str]) -> list[str]:
    """What a number may be called, the likeliest first: its own name, and as a part that of the whole (其中:公办)."""
    of_row = [label for label in labels if label not in place.kinds and not says_time(label)]
    own = [name for name, _ in named if not _GENERIC_LABEL.fullmatch(name)]
    name = next(iter([*own, *reversed(of_row), place.column.text]), "")
    whole = place.frame.parts.get(place.label_column)
    if not whole or not place.label.startswith("其中"):
        return [name] if name else []
    part, whole = _ORDINAL.sub("", name), (unit_in_name(whole) or (whole, ""))[0]
    return [part, f"{part}{whole}", f"{whole}{part}"]


def _said(place: CellInRow, text: str, start: int) -> Reading | None:
    """What is said of the number that begins at `start` in a sentence made of a name, it and its unit; None for nothing."""
    flow = Flow(text, array("I", [place.cell.flow.offsets[0]] * len(text)))
    said = read_paragraph(Paragraph(flow), place.frame.section, place.frame.about)
    return next((reading for reading in said if reading.quantity.start == start), None)


def _read_standard(
    reading: TableReading, place: CellInRow, row: Subject, quantities: list[Quantity], position: int
) -> None:
    """A standard: a cell may hold several, each after its own words (城镇857元、农村620元/月)."""
    column, frame, caption, text = place.column, place.frame, place.frame.caption, place.cell.text
    quantity, last = reading.quantity, quantities[-1]
    if quantity.unit not in ("CNY", "none"):
        reading.reason = "other_unit"
        return
    reading.unit = "CNY"
    if quantity.unit == "none" and last.unit == "CNY":
        quantity.per = last.per
    elif quantity.unit == "none" and place.row_scale is not None:
        reading.value = float(f"{quantity.value * place.row_scale:.6f}")
    elif quantity.unit == "none" and caption.scale is None and not column.has_unit:
        reading.reason = "no_unit"
        return
    elif quantity.unit == "none" and column.scale != 1:
        reading.value = quantity.value * column.scale
    previous_end = quantities[position - 1].end if position else 0
    own = subject_in([t for t in find_words(text) if previous_end <= t.start and t.end <= quantity.start], text)
    subject = own.merged(row).merged(column.subject)
    before = text[: quantity.start]
    reading.measure = column.measure
    if column.measure == "standard" and subject.programme == "dibao":
        reading.measure = "top_up" if names_class(place.label_text) else "standard"
    programme = (frame.programme if subject.programme is None else subject.programme) or None
    if any(named.lists_both_subsidies for named in (own, row, column.subject)) and programme == "disability_both":
        # What each of two subsidies is for one person is that of the first.
        programme = "disability_living"
    # What a family gets of temporary relief it gets once; all else is paid by the month.
    unsaid = "time" if reading.measure == "top_up" and programme == "temporary_relief" else "month"
    reading.per = quantity.per or last.per or per_before(before) or column.per or caption.per or unsaid
    reading.subject = Subject(
        programme=programme,
        residence=subject.residence,
        care=own.care or row.care or column.subject.care,
    )
    reading.variant = variant_before(place.label_text) or variant_before(before)
