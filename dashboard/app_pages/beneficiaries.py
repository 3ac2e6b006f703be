"""Beneficiaries: whom programmes reached, in persons, households and visits, and what was paid to them."""

import streamlit as st

from dashboard import charts, downloads, fact_tables, filters, findings, formatting, layout

MOST = 25
MEASURES = {
    "persons": "person",
    "households": "household",
    "person_times": "person_time",
    "amount_paid_cny": "CNY",
    "amount_per_person_month_cny": "CNY",
}
FIGURES = {"amount_paid_cny": "amount_paid_figure_id", "amount_per_person_month_cny": "amount_paid_figure_id"}

page = layout.begin("beneficiaries")
words, warehouse, view = page.words, page.warehouse, page.view
page.include_samples()
reach = warehouse.facts("fct_beneficiaries", page.samples)
if reach.empty:
    st.info(words("empty.measure"), icon=":material/inbox:")
    page.finish()
    st.stop()

with st.container(horizontal=True, vertical_alignment="bottom"):
    held = reach["programme"].fillna("whole").value_counts()
    programme = view.choice(
        "programme",
        list(held.index),
        "dibao" if "dibao" in held.index else held.index[0],
        st.selectbox,
        label=words("dimension.programme"),
        width=270,
        format_func=lambda p: (
            f"{words('beneficiaries.no_programme') if p == 'whole' else words.code('programme', p)} ({held[p]})"
        ),
    )
    of_programme = reach[reach["programme"].fillna("whole") == programme]
    sides = of_programme["residence"].fillna("whole").value_counts()
    residence = view.choice(
        "residence",
        ["all", *sides.index],
        "all",
        st.selectbox,
        label=words("dimension.residence"),
        width=190,
        format_func=lambda r: (
            words("filter.all") if r == "all" else f"{layout.option_name(page, 'residence', r)} ({sides[r]})"
        ),
    )
    available = [m for m in MEASURES if of_programme[m].notna().any()] or ["persons"]
    measure = view.choice(
        "measure",
        available,
        available[0],
        st.selectbox,
        label=words("filter.measure"),
        width=210,
        format_func=lambda m: words(f"field.{m}"),
    )
chosen = of_programme if residence == "all" else of_programme[of_programme["residence"].fillna("whole") == residence]
shown = filters.by_place(
    page,
    chosen,
    usual_year=filters.fullest_year(chosen.dropna(subset=[measure])),
    usual_tier=filters.fullest_tier(chosen.dropna(subset=[measure])),
)
values = shown.dropna(subset=[measure])
if values.empty:
    st.info(words("empty.filter"), icon=":material/filter_alt_off:")
    page.finish()
    st.stop()

is_money = MEASURES[measure] == "CNY"
scale = formatting.scale_for(values[measure]) if is_money else None
unit = scale.name(page.language) if scale else words.code("unit", MEASURES[measure])

years = sorted({int(y) for y in values["fiscal_year"]})


def name(row: object) -> str:
    """Department with year, residence, care and grade where the rows differ by them."""
    parts = [row.department_name, str(int(row.fiscal_year)) if len(years) > 1 else ""]
    parts += [words.code("residence", row.residence), words.code("care", row.care)]
    parts += [str(row.variant)] if isinstance(row.variant, str) else []
    parts.append(fact_tables.months(page, row))
    return " · ".join(p for p in parts if p)


ranked = values.sort_values(measure, ascending=False, kind="stable").head(MOST)
bars = ranked.assign(
    value=ranked[measure],
    figure_id=ranked[FIGURES.get(measure, f"{measure}_figure_id")],
    flags="",
    row=ranked["beneficiaries_id"],
)
labels = {row.beneficiaries_id: name(row) for row in ranked.itertuples()}
bars = bars.drop(columns="department_id").rename(columns={"beneficiaries_id": "department_id"})
bars["label"] = bars["department_id"].map(labels)
what = (
    (words("beneficiaries.no_programme") if programme == "whole" else words.code("programme", programme))
    + words("beneficiaries.of")
    + words(f"field.{measure}")
)
span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
finding = findings.levels(
    bars,
    span,
    what,
    lambda v: formatting.money(v, page.language, scale) if scale else f"{formatting.number(v)} {unit}",
    words,
)
figure = charts.compare_bar(bars, labels, {}, unit, scale)
notes = [f"{what} · {unit} · {span}", words("compare.basis_beneficiaries")]
with st.container(border=True):
    st.header(layout.plain(finding), anchor=False)
    layout.notes(notes)
    layout.chart(
        page,
        figure,
        key="bars",
        alt=words(
            "compare.alt",
            finding=finding,
            n=values["department_id"].nunique(),
            all=shown["department_id"].nunique(),
            unit=unit,
        ),
        file_name="jixiao-beneficiaries",
    )
    if len(values) > MOST:
        layout.notes([words("table.first", shown=MOST, all=len(values))])
    layout.notes(
        [
            words("compare.n_of_n", n=values["department_id"].nunique(), all=shown["department_id"].nunique()),
            *page.notes,
        ]
    )
    layout.take_away(
        page,
        downloads.Table(finding, fact_tables.plain(page, "fct_beneficiaries", shown), notes),
        "beneficiaries",
        figure,
    )
st.header(words("compare.table"), anchor=False)
fact_tables.show(page, "fct_beneficiaries", shown.sort_values(measure, ascending=False, kind="stable"), caption=what)
layout.notes([words("beneficiaries.per_head")])
page.finish()
