"""Forms of projects: rows of labels and values that name a project and the money of its budget.

In: the rows of a table, in order. Out: readings of the amounts; a row that is none of a form's is left to the table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from ingest.documents.blocks import Paragraph, Row, Table
from ingest.documents.form_words import UNIT_OF_HEAD, form_sum
from ingest.documents.lines import heading_level, is_title_of_table, is_unit_or_year
from ingest.figures.captions import MONEY_SCALES, NUMBER_ONLY
from ingest.figures.columns import Frame, is_label, is_skipped, says_role
from ingest.figures.lexicon import find_words, in_context
from ingest.figures.reading import About, Reading, TableReading
from ingest.figures.subject import Subject, subject_in
from ingest.quantities.scan import Quantity, scan
from ingest.vocabulary import alternation, words

_NAME = re.compile(rf"{alternation('form_name')}:?$")
_NAME_AND_COLON = re.compile(rf"{alternation('form_name')}:(.{{2,40}})")
_APPROPRIATION = re.compile(rf"(?:其中:?)?{alternation('form_appropriation')}:?$")
_AMOUNT_LABEL = re.compile(alternation("form_amount"))
_BESIDE = re.compile(rf"{alternation('form_beside')}:?$")
_TITLE = re.compile(alternation("form_title"))
_MONEY = re.compile(rf"{alternation('form_money')}{UNIT_OF_HEAD}")
# 年度资金总额(万元) | 286.00, where no heads of columns stand above.
_SUM_ALONE = re.compile(rf"{form_sum().pattern}{UNIT_OF_HEAD}")
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_OF_SOURCES = words("form_sources")
_UNIT_AT_END = re.compile(rf"{UNIT_OF_HEAD}$")
_LONGEST_TITLE = 60


def _programme_of(name: str, about: About) -> str | None:
    return subject_in(in_context(find_words(name, about.programmes), None), name).programme or None


def project_named_in(blocks: Sequence[Paragraph | Table], about: About) -> str | None:
    """The programme of the one project that a report names; None for several, or none known.

    项目名称:困难群众救助补助资金 in a line or a cell, or 项目名称 and its name in two cells of a form.
    """
    names: set[str] = set()
    for block in blocks:
        if isinstance(block, Paragraph):
            names.update(match[1] for match in _NAME_AND_COLON.finditer(block.flow.text))
            continue
        for row in block.rows:
            filled = [text for text, _ in groupby(cell.text for cell in row.cells if cell.text)]
            named = _name_among(filled, about)
            names.update(
                [named] if named else (match[1] for text in filled for match in _NAME_AND_COLON.finditer(text))
            )
    programmes = {_programme_of(name, about) for name in names}
    return programmes.pop() if len(programmes) == 1 else None


def _is_label_of_amount(label: str) -> bool:
    return bool(_AMOUNT_LABEL.search(label)) and not NUMBER_ONLY.match(label) and not is_skipped(label)


def _source_of(label: str, about: About) -> str | None:
    if _APPROPRIATION.match(label):
        return "fiscal_appropriation"
    return subject_in(find_words(label, about.programmes), label).fund_source


def _name_among(filled: list[str], about: About) -> str | None:
    """The name beside 项目名称 in a row of labels and values by turns; None for a head, where 项目名称 is one of many."""
    place = next((i for i, text in enumerate(filled[:-1]) if _NAME.match(text)), None)
    if place is None or place % 2 or not all(_BESIDE.match(label) for label in filled[:place:2]):
        return None
    name, after = filled[place + 1], filled[place + 2 :]
    if _BESIDE.match(name) and any(map(says_role, after)):
        # 项目名称 | 项目单位 | 预算金额 is the head of a list of projects.
        return None
    if not is_label(name) and not says_role(name):
        return name
    # 高龄津贴发放 reads like a head of what was paid; beside the labels of a form it is a name.
    is_beside = bool(_BESIDE.match(after[0])) if after else _programme_of(name, about) is not None
    return name if is_beside else None


@dataclass(slots=True)
class Form:
    """The project that the rows of a form are about, and the scale in yuan of its amounts while they go on.

    `is_named` says that the project was named, also by a name that is that of no programme; `is_awaited` that the next
    paragraph is its name, `lists_sources` that the amounts are what the money comes from (资金来源), `is_of_project` that they
    are called a project's (项目资金), which the heading above may name.
    """

    project: str | None = None
    is_named: bool = False
    is_awaited: bool = False
    scale: int | None = None
    lists_sources: bool = False
    is_of_project: bool = False

    def hear(self, text: str, about: About) -> None:
        """Follow a paragraph: 项目名称 and then a name, 项目名称:高龄津贴, or 高龄津贴项目支出绩效自评表 begin a form.

        The title of another table and a heading end it; what else stands between its parts does not.
        """
        line = text.strip()
        if len(line) > _LONGEST_TITLE:
            self.is_awaited = False
            if heading_level(line) in (1, 2):
                self._end()
            return
        named, title = _NAME_AND_COLON.match(line), _TITLE.search(line)
        if self.is_awaited:
            self._begin(line, about)
        elif _NAME.match(line):
            self.is_awaited = True
        elif named:
            self._begin(re.split(r"\s{2,}|，|；", named[1])[0], about)
        elif title:
            self._begin(line[: title.start()], about)
            self.is_named = self.project is not None
        elif heading_level(line) in (1, 2) or (is_title_of_table(line) and not is_unit_or_year(line)):
            self._end()

    def _end(self) -> None:
        self.project, self.is_named, self.scale, self.is_of_project = None, False, None, False

    def enter(self, texts: list[str], frame: Frame) -> str | None:
        """What a row is: 'name' where it names the project, 'money' where it holds an amount of its budget."""
        about = frame.about
        # A merged cell stands at each place that it covers.
        filled = [text for text, _ in groupby(t for t in texts if t)]
        if not filled:
            return None
        name = _name_among(filled, about)
        if name is not None:
            self._begin(name, about)
            return "name"
        named = _NAME_AND_COLON.match(filled[0])
        if named and not any(NUMBER_ONLY.match(t) for t in filled):
            self._begin(named[1], about)
            return "name"
        is_pair = len(filled) == 2 and not frame.columns
        match = _MONEY.match(filled[0]) or (_SUM_ALONE.match(filled[0]) if is_pair else None)
        if match and any(NUMBER_ONLY.match(t) for t in filled):
            self.scale = MONEY_SCALES[match["unit"] or match["bare_unit"]]
            self.is_of_project = filled[0].startswith("项目")
            return "money"
        if self.scale is None and not frame.columns and (self.is_named or about.is_budget_document):
            amounts = [(label, text) for label, text in pairwise(filled) if NUMBER_ONLY.match(text)]
            units = {
                MONEY_SCALES[unit["unit"] or unit["bare_unit"]]
                for label, _ in amounts
                if (unit := _UNIT_AT_END.search(label))
            }
            # 支出预算总量 | 71,462.35 below 单位:万元, or 支出预算(万元) | 71,462.35.
            scale = units.pop() if len(units) == 1 else frame.caption.scale if frame.caption.is_money else None
            if scale and amounts and all(_is_label_of_amount(label) for label, _ in amounts):
                self.scale = scale
                return "money"
        if filled and _OF_SOURCES.fullmatch(filled[0]):
            filled = filled[1:]
        if self.scale and len(filled) in (2, 4) and all(NUMBER_ONLY.match(t) for t in filled[1::2]):
            return "money"
        return None

    def _begin(self, name: str, about: About) -> None:
        self.project = _programme_of(name, about)
        self.is_named, self.is_awaited, self.scale, self.is_of_project = True, False, None, False

    def read(self, row: Row, frame: Frame) -> list[Reading]:
        """年度资金总额 18,650.00; 其中：财政拨款 …: the budget of the project that the form is about."""
        readings: list[Reading] = []
        label = ""
        first = row.cells[0].text
        self.lists_sources = bool(_OF_SOURCES.fullmatch(first)) or (self.lists_sources and not first)
        for cell in row.cells:
            if NUMBER_ONLY.match(cell.text):
                readings.extend(self._amount(quantity, label, row, frame) for quantity in scan(cell.flow))
            label = cell.text or label
        return readings

    def _amount(self, quantity: Quantity, label: str, row: Row, frame: Frame) -> TableReading:
        about = frame.about
        year = _YEAR.match(label)
        reading = TableReading(quantity, measure="budget", unit="CNY", fiscal_year=int(year[1]) if year else frame.year)
        reading.value = float(f"{quantity.value * (self.scale or 1):.6f}")
        reading.row_label, reading.row_span = label, (row.start, row.end)
        is_of_project = self.is_named or about.is_project or self.is_of_project
        of_heading = frame.section.topic.programme if self.is_of_project else None
        reading.subject = Subject(
            programme=self.project or about.project or of_heading,
            fund_source=_source_of(label, about),
            spending_type="project"
            if is_of_project
            else subject_in(find_words(label, about.programmes), label).spending_type,
        )
        if self.lists_sources and not is_of_project:
            reading.measure, reading.stage = "income", "initial" if about.is_budget_document else None
        return reading
