"""What departments can be compared by: the number columns of the marts, and what separates their rows."""

from __future__ import annotations

from dataclasses import dataclass


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


_FUNDING = ("stage", "fund_source", "spending_type", "programme", "item", "account_code")
_EXECUTION = ("basis", "programme", "fund_source", "spending_type", "item", "account_code")
_REACH = ("programme", "residence", "care")
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


def _reach(key: str, value: str, unit: str, figure: str) -> Comparable:
    return Comparable(key, "beneficiaries", "fct_beneficiaries", "beneficiaries_id", value, unit, figure, _REACH)


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
        _reach("person_times", "person_times", "person_time", "person_times_figure_id"),
        _reach("amount_paid", "amount_paid_cny", "CNY", "amount_paid_figure_id"),
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
                ("programme", "unit", "residence", "variant"),
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
