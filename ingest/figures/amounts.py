"""The amounts of money that the prose of a document states: they settle the unit of a table that names none, or plainly
the wrong one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from ingest.documents.blocks import Layout, Table
from ingest.figures.captions import NUMBER_ONLY, money_units
from ingest.quantities.numbers import SCALES
from ingest.quantities.scan import scan

_FEWEST_DIGITS = 4
_LONGEST_DECLARATION = 80


@dataclass(slots=True)
class Amounts:
    """The scales of the amounts by their digits: '16734.87' → {10 000}; how often lines of their own declare each scale."""

    scales: dict[str, set[int]] = field(default_factory=dict)
    declared: Counter[int] = field(default_factory=Counter)

    @classmethod
    def of(cls, layout: Layout) -> Amounts:
        """Collect the amounts from the paragraphs of a layout."""
        amounts = cls()
        for block in layout.blocks:
            if isinstance(block, Table):
                cells = [cell.text for row in block.rows[:2] for cell in row.cells if "单位:" in cell.text]
                amounts.declared.update(unit.scale for text in cells for unit in money_units(text) if not unit.suffix)
            elif "元" in block.flow.text:
                if len(block.flow.text) <= _LONGEST_DECLARATION:
                    amounts.declared.update(unit.scale for unit in money_units(block.flow.text) if not unit.suffix)
                for quantity in scan(block.flow):
                    if quantity.unit == "CNY" and quantity.value:
                        digits = block.flow.text[quantity.start : quantity.number_end].replace(",", "")
                        amounts.scales.setdefault(digits, set()).add(SCALES.get(quantity.scale, 1))
        return amounts

    def scale_of(self, table: Table, claimed: int | None) -> int | None:
        """The scale in yuan that the prose confirms for the cells of a table, else the one that the table claims.

        Confirmed is what one cell shows where the table claims none; against a claim it takes two, and none for it.
        """
        counts: Counter[int] = Counter()
        for row in table.rows:
            for cell in row.cells:
                digits = cell.text.replace(",", "")
                if NUMBER_ONLY.match(cell.text) and len(digits.replace(".", "")) >= _FEWEST_DIGITS:
                    counts.update(self.scales.get(digits, ()))
        if not counts:
            return claimed or self._only_declared()
        scale, count = counts.most_common(1)[0]
        if claimed is None:
            return scale
        return scale if count >= 2 and not counts[claimed] else claimed

    def _only_declared(self) -> int | None:
        """The one scale that the document declares: that of a table that is silent; None where it declares none or two."""
        return next(iter(self.declared)) if len(self.declared) == 1 else None
