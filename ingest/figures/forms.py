"""Forms of projects: rows of labels and values that name a project and the money of its budget.

In: the rows of a table, in order. Out: readings of the amounts; a row that is none of a form's is left to the table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from ingest.documents.blocks import Row
from ingest.figures.captions import MONEY_SCALES, NUMBER_ONLY
from ingest.figures.columns import Frame, is_label, says_role
from ingest.figures.lexicon import find_words, in_context
from ingest.figures.reading import About, Reading, TableReading
from ingest.figures.subject import Subject, subject_in
from ingest.quantities.scan import Quantity, scan
from ingest.vocabulary import alternation

_NAME = re.compile(rf"{alternation('form_name')}$")
_MONEY = re.compile(rf"{alternation('form_money')}\((万元|元)\)")


@dataclass(slots=True)
class Form:
    """The project that the rows of a form are about, and the scale in yuan of its amounts while they go on."""

    project: str | None = None
    scale: int | None = None

    def enter(self, texts: list[str], about: About) -> str | None:
        """What a row is: 'name' where it names the project, 'money' where it holds an amount of its budget."""
        # A merged cell stands at each place that it covers.
        filled = [text for text, _ in groupby(t for t in texts if t)]
        if not filled:
            return None
        if _NAME.match(filled[0]) and len(filled) > 1 and not is_label(filled[1]) and not says_role(filled[1]):
            name = filled[1]
            self.project = subject_in(in_context(find_words(name, about.programmes), None), name).programme
            self.scale = None
            return "name"
        match = _MONEY.match(filled[0])
        if match and any(NUMBER_ONLY.match(t) for t in filled):
            self.scale = MONEY_SCALES[match[1]]
            return "money"
        if self.scale and len(filled) in (2, 4) and all(NUMBER_ONLY.match(t) for t in filled[1::2]):
            return "money"
        return None

    def read(self, row: Row, frame: Frame) -> list[Reading]:
        """年度资金总额 18,650.00; 其中：财政拨款 …: the budget of the project that the form is about."""
        readings: list[Reading] = []
        label = ""
        for cell in row.cells:
            if NUMBER_ONLY.match(cell.text):
                readings.extend(self._amount(quantity, label, row, frame) for quantity in scan(cell.flow))
            label = cell.text or label
        return readings

    def _amount(self, quantity: Quantity, label: str, row: Row, frame: Frame) -> TableReading:
        about = frame.about
        reading = TableReading(quantity, measure="budget", unit="CNY", fiscal_year=frame.year)
        reading.value = float(f"{quantity.value * (self.scale or 1):.6f}")
        reading.row_label, reading.row_span = label, (row.start, row.end)
        reading.subject = Subject(
            programme=self.project or about.project,
            fund_source=subject_in(find_words(label, about.programmes), label).fund_source,
            spending_type="project",
        )
        return reading
