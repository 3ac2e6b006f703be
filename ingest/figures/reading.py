"""What one quantity comes to mean, and what the document and its headings say: the types that the questions share."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.figures.subject import NOTHING, Subject
from ingest.quantities.scan import Quantity

MONEY = frozenset({"CNY"})
PEOPLE_UNITS = frozenset({"person", "household", "person_time"})
CASE_UNITS = frozenset({"couple", "case", "body"})

ACCOUNTS = frozenset({"income", "budget", "expenditure", "carryover"})
PER_HEAD = frozenset({"standard", "top_up"})
ASSISTANCE = frozenset(
    {
        "dibao",
        "dibao_edge",
        "tekun",
        "tekun_nursing",
        "temporary_relief",
        "vagrant_relief",
        "price_subsidy",
        "orphan",
        "defacto_orphan",
        None,
    }
)

# Those of these programmes often get something of another one as well.
RECIPIENTS = frozenset({"dibao", "dibao_edge", "tekun"})

MeasureAndStage = tuple[str | None, str | None]
SPENT: MeasureAndStage = ("expenditure", "final")
PAID: MeasureAndStage = ("benefit_paid", None)
UNKNOWN: MeasureAndStage = (None, None)


@dataclass(slots=True)
class Section:
    """What the headings above a paragraph say.

    `source_of_type` is the source of money that the heading itself names together with a type of spending (一般公共预算基本支出);
    `project` is the programme of the one project whose evaluation they announce (高龄津贴项目绩效自评综述);
    `has_other_money` says that the list which the paragraph is an item of has money beside the appropriation.
    """

    topic: Subject = NOTHING
    is_about_standards: bool = False
    fund_source: str | None = None
    spending_type: str | None = None
    source_of_type: str | None = None
    is_finance: bool = False
    is_plan: bool = False
    is_improvement: bool = False
    year: int | None = None
    project: str | None = None
    has_other_money: bool = False


@dataclass(slots=True)
class About:
    """What the document says of itself, as far as it changes how a number is read."""

    fiscal_year: int | None
    kind: str
    project: str | None = None
    is_budget_document: bool = False
    is_project: bool = False
    programmes: frozenset[str] = frozenset()
    main_programme: str | None = None
    place_name: str | None = None
    own_area: str | None = None

    @property
    def stage_now(self) -> str:
        """The stage of money of the document's own year that is said to be neither planned nor spent."""
        return "initial" if self.is_budget_document else "final"


@dataclass(slots=True)
class Reading:
    """One quantity, read: `measure` is None where it is no figure, and `reason` says why.

    `value` is in `unit`, a code of the contract; `quote` is a span of the flow's text; `confidence` is 0 to 1.
    """

    quantity: Quantity
    measure: str | None = None
    subject: Subject = NOTHING
    stage: str | None = None
    indicator: str | None = None
    per: str | None = None
    unit: str = ""
    value: float | None = None
    qualifier: str = "exact"
    fiscal_year: int | None = None
    reason: str | None = None
    confidence: float = 0.95
    quote: tuple[int, int] = (0, 0)
    item: str | None = None
    variant: str | None = None


@dataclass(slots=True)
class TableReading(Reading):
    """A reading with the cells that gave it its meaning; `row_span` counts in the document's text."""

    row_label: str | None = None
    column_header: str | None = None
    row_span: tuple[int, int] = (0, 0)
