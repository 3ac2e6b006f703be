"""What departments can be compared by: the number columns of the marts, and what separates their rows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from dashboard.queries.fact_marts import WHOLE


@dataclass(frozen=True, slots=True)
class Comparable:
    """Something that departments can be compared by: one number column of one mart, and what separates its rows."""

    key: str
    family: str
    table: str
    identity: str
    value: str
    unit: str
    figure: str
    dimensions: tuple[str, ...]
    condition: str = "true"

    def select(self) -> str:
        """Its dimensions as columns of SQL over `f`, each with a comma behind it; the whole of one has a name of its own."""
        return "".join(f"{self._of(d)} as {d}, " for d in self.dimensions)

    def chosen(self) -> str:
        """The condition on each dimension, one parameter each, in their order."""
        return " and ".join([f"{self._of(d)} = ?" for d in self.dimensions] or ["true"])

    @staticmethod
    def _of(dimension: str) -> str:
        return _MONTHS if dimension == "months" else f"coalesce(f.{dimension}, '{WHOLE}')"


#: Months are no column of a mart: 1-8, and the whole year where none are said or all twelve.
_MONTHS = (
    "case when f.first_month is not null and not (f.first_month = 1 and f.last_month = 12) "
    f"then f.first_month || '-' || f.last_month else '{WHOLE}' end"
)


def months_of(columns: Collection[str]) -> str:
    """SQL for the months that a row of a mart `f` with these columns is of."""
    return _MONTHS if "first_month" in columns else f"'{WHOLE}'"


_FUNDING = ("stage", "fund_source", "spending_type", "programme", "item", "account_code")
_EXECUTION = ("basis", "programme", "fund_source", "spending_type", "item", "account_code")
#: What a number of people is of, and what an amount paid is of: this adds up over months, so that of January to August and of
#: a year it is not the same measure. The variant parts what was planned from what was done.
_REACH = ("programme", "residence", "care", "variant")
_PAID = (*_REACH, "months")
_STANDARD = ("programme", "residence", "care", "variant")


def _funding(measure: str) -> Comparable:
    return Comparable(
        measure,
        "funding",
        "fct_funding",
        "funding_id",
        "amount_cny",
        "CNY",
        "figure_id",
        _FUNDING,
        f"f.measure = '{measure}'",
    )


def _reach(key: str, value: str, unit: str, figure: str, dimensions: tuple[str, ...] = _REACH) -> Comparable:
    return Comparable(key, "beneficiaries", "fct_beneficiaries", "beneficiaries_id", value, unit, figure, dimensions)


#: What the compare page offers, in its order.
COMPARABLES: dict[str, Comparable] = {
    c.key: c
    for c in (
        Comparable(
            "standard_month",
            "standards",
            "fct_subsidy_standards",
            "standard_id",
            "standard_cny_per_month",
            "CNY",
            "standard_figure_id",
            _STANDARD,
        ),
        Comparable(
            "top_up_month",
            "standards",
            "fct_subsidy_standards",
            "standard_id",
            "top_up_cny_per_month",
            "CNY",
            "top_up_figure_id",
            _STANDARD,
        ),
        _funding("expenditure"),
        _funding("budget"),
        _funding("income"),
        _funding("carryover"),
        Comparable(
            "execution_recomputed",
            "execution",
            "fct_execution",
            "execution_id",
            "recomputed_rate_pct",
            "percent",
            "numerator_figure_id",
            _EXECUTION,
        ),
        Comparable(
            "execution_stated",
            "execution",
            "fct_execution",
            "execution_id",
            "stated_rate_pct",
            "percent",
            "stated_figure_id",
            _EXECUTION,
        ),
        _reach("persons", "persons", "person", "persons_figure_id"),
        _reach("households", "households", "household", "households_figure_id"),
        _reach("person_times", "person_times", "person_time", "person_times_figure_id", _PAID),
        _reach("amount_paid", "amount_paid_cny", "CNY", "amount_paid_figure_id", _PAID),
        _reach("amount_per_person_month", "amount_per_person_month_cny", "CNY", "amount_paid_figure_id"),
        *(
            Comparable(
                measure,
                "services",
                "fct_services",
                "service_id",
                "quantity",
                "other",
                "figure_id",
                ("programme", "unit", "residence", "variant") + ("months",) * (measure == "cases"),
                f"f.measure = '{measure}' and not f.is_planned",
            )
            for measure in ("beds", "facilities", "cases")
        ),
        Comparable(
            "score",
            "performance",
            "fct_performance",
            "performance_id",
            "score",
            "point",
            "score_figure_id",
            (),
            "f.kind = 'score'",
        ),
    )
}
