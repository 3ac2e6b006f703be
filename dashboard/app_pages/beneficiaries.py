"""Beneficiaries: whom programmes reached, in persons, households and visits, and what was paid to them."""

from functools import partial

import streamlit as st

from dashboard import charts, fact_tables, filters, findings, formatting, layout
from dashboard.queries import fact_marts
from dashboard.queries.fact_marts import WHOLE
from dashboard.selection import choose_scale, group_name, scale_asked_for

TABLE = "fct_beneficiaries"
MOST, LISTED = 25, 100
MEASURES = {
    "persons": "person",
    "households": "household",
    "person_times": "person_time",
    "amount_paid_cny": "CNY",
    "amount_per_person_month_cny": "CNY",
}
FIGURES = {
    **{m: f"{m}_figure_id" for m in ("persons", "households", "person_times")},
    **dict.fromkeys(("amount_paid_cny", "amount_per_person_month_cny"), "amount_paid_figure_id"),
}

page = layout.begin("beneficiaries")
words, warehouse, view = page.words, page.warehouse, page.view
choices = layout.choices(page)
with choices:
    page.include_samples()
conditions: dict[str, object] = {}
view.idle("unit")
with choices:
    row = st.container(horizontal=True, vertical_alignment="bottom")
with row:
    filters.of_mart(
        page,
        TABLE,
        "programme",
        conditions,
        usual="dibao",
        names={WHOLE: words("beneficiaries.no_programme")},
        width=270,
    )
if not conditions:
    st.info(words("empty.measure"), icon=":material/inbox:")
    page.finish()
    st.stop()
with row:
    # Town and country are no ranking of each other, and neither is a total: begin with the one that most departments state.
    by_residence = fact_marts.tally(warehouse, TABLE, "residence", page.samples, conditions)
    filters.of_mart(
        page,
        TABLE,
        "residence",
        conditions,
        any_allowed=True,
        usual=str(by_residence.sort_values("departments", kind="stable")["option"].iloc[-1]),
    )
    available = [
        m for m in MEASURES if len(fact_marts.tally(warehouse, TABLE, "programme", page.samples, conditions, m))
    ]
    measure = view.choice(
        "measure",
        available or ["persons"],
        (available or ["persons"])[0],
        st.selectbox,
        label=words("filter.measure"),
        width=210,
        format_func=lambda m: words(f"field.{m}"),
    )
    is_money = MEASURES[measure] == "CNY"
    settle = choose_scale(page) if is_money else None
what = group_name(page, conditions, {WHOLE: words("beneficiaries.no_programme")})
with choices:
    filters.by_place(page, TABLE, conditions, ranked=True, known=measure)
spread = fact_marts.spread(warehouse, TABLE, measure, page.samples, conditions)
if not spread["n"]:
    st.info(words("empty.filter"), icon=":material/filter_alt_off:")
    page.finish()
    st.stop()
values = fact_marts.facts(warehouse, TABLE, page.samples, conditions, order=measure, limit=LISTED, known=measure)
lowest = fact_marts.facts(
    warehouse, TABLE, page.samples, conditions, order=measure, ascending=True, limit=1, known=measure
)
scale = settle([spread["highest"]]) if settle else None
unit = scale.name(page.language) if scale else words.code("unit", MEASURES[measure])
first_year, last_year = int(spread["first_year"]), int(spread["last_year"])


def name(row: object) -> str:
    """Department with year, residence, care and grade where the rows differ by them."""
    parts = [row.department_name, str(int(row.fiscal_year)) if first_year != last_year else ""]
    parts += [words.code(c, getattr(row, c)) for c in ("residence", "care") if c not in conditions]
    parts.append(words.code("variant", row.variant))
    parts.append(fact_tables.months(page, row.first_month, row.last_month))
    return " · ".join(p for p in parts if p)


bars = values.head(MOST)
# A department may have several rows (urban and rural, months): each is a bar of its own.
bars = bars.assign(
    department_id=bars["beneficiaries_id"],
    value=bars[measure],
    figure_id=bars[FIGURES[measure]],
    flags=[
        " ".join(layout.doubts(page, d, f)) for d, f in zip(bars["is_disputed"], bars[FIGURES[measure]], strict=True)
    ],
    label=[name(row) for row in bars.itertuples()],
)
labels = dict(zip(bars["department_id"], bars["label"], strict=True))
span = str(first_year) if first_year == last_year else f"{first_year}–{last_year}"
what = what + words("beneficiaries.of") + words(f"field.{measure}")


def show(value: object) -> str:
    """A value in a sentence."""
    return formatting.money(value, page.language, scale) if scale else f"{formatting.number(value)} {unit}"


rows = fact_marts.tally(warehouse, TABLE, "programme", page.samples, conditions)
n, known_of = int(spread["departments"]), int(rows["departments"].sum())
warnings = layout.cautions(page, values)
if values["last_month"].notna().any():
    warnings.append(words("beneficiaries.months_differ"))
if first_year != last_year:
    warnings.append(words("warning.years"))
if values["residence"].nunique(dropna=False) > 1:
    warnings.append(words("beneficiaries.residences_differ"))
layout.card(
    page,
    lambda: fact_tables.plain(
        page, TABLE, fact_marts.facts(warehouse, TABLE, page.samples, conditions, order=measure, known=measure)
    ),
    partial(charts.compare_bar, bars, labels, {}, unit, scale, link=page.evidence_href),
    key="reach",
    finding=findings.extremes(
        (bars["label"].iloc[0], float(spread["highest"]), int(spread["at_highest"])),
        (name(next(lowest.itertuples())), float(spread["lowest"]), int(spread["at_lowest"])),
        span,
        what,
        show,
        words,
    ),
    subtitle=[f"{what} · {unit} · {span}", words("compare.basis_beneficiaries")],
    warnings=warnings,
    below=[
        words("beneficiaries.n_of_n", n=n, all=known_of, shown=len(bars), rows=formatting.number(spread["n"])),
        *layout.sources_of(page, values.head(MOST), FIGURES[measure]),
    ],
)
st.header(words("compare.table"), anchor=False)
fact_tables.show(
    page,
    TABLE,
    values,
    caption=what,
    most=LISTED,
    held=int(spread["n"]),
    scale=scale_asked_for(page),
)
layout.notes([words("beneficiaries.per_head")])
page.finish()
