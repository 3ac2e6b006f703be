"""Standards: what a programme grants per person and month, by department and year, against the provincial minimum."""

from functools import partial

import streamlit as st

from dashboard import charts, fact_tables, filters, findings, formatting, layout
from dashboard.formatting import SCALES
from dashboard.queries import fact_marts
from dashboard.selection import group_name

TABLE, VALUE = "fct_subsidy_standards", "standard_cny_per_month"
MOST, LISTED, LINES = 25, 100, 8

page = layout.begin("standards")
words, warehouse, view = page.words, page.warehouse, page.view
choices = layout.choices(page)
with choices:
    page.include_samples()
conditions: dict[str, object] = {}
with choices, st.container(horizontal=True, vertical_alignment="bottom"):
    filters.of_mart(page, TABLE, "programme", conditions, usual="dibao", known=VALUE, width=270)
    filters.of_mart(page, TABLE, "residence", conditions, known=VALUE)
    filters.of_mart(page, TABLE, "care", conditions, known=VALUE)
if not conditions:
    st.info(words("empty.measure"), icon=":material/inbox:")
    page.finish()
    st.stop()
group = dict(conditions)
with choices:
    filters.by_place(page, TABLE, conditions, ranked=True, known=VALUE)
spread = fact_marts.spread(warehouse, TABLE, VALUE, page.samples, conditions, latest=True)
if not spread["n"]:
    st.info(words("empty.filter"), icon=":material/filter_alt_off:")
    page.finish()
    st.stop()
shown = fact_marts.facts(
    warehouse, TABLE, page.samples, conditions, order=VALUE, limit=LISTED, known=VALUE, latest=True
)
lowest = fact_marts.facts(
    warehouse, TABLE, page.samples, conditions, order=VALUE, ascending=True, limit=1, known=VALUE, latest=True
)

what = words("standards.what", group=group_name(page, group))
first_year, last_year = int(spread["first_year"]), int(spread["last_year"])
ranked = shown.assign(value=shown[VALUE], figure_id=shown["standard_figure_id"], label=shown["department_name"])
bars = ranked.head(MOST).assign(
    flags=lambda f: [
        " ".join(
            ([f"({int(r.fiscal_year)})"] if first_year != last_year else [])
            + ([words("standards.average")] if formatting.is_true(r.is_average) else [])
            + layout.doubts(page, r.is_disputed, r.figure_id)
        )
        for r in f.itertuples()
    ]
)
unit = SCALES["yuan"].name(page.language) + words("comparable.standard_month.unit")


def show(value: object) -> str:
    """A monthly amount in a sentence."""
    return formatting.money(value, page.language, SCALES["yuan"])


span = str(first_year) if first_year == last_year else f"{first_year}–{last_year}"
held = fact_marts.tally(warehouse, TABLE, "programme", page.samples, group, VALUE)["departments"].sum()
n, averages, with_minimum = int(spread["n"]), int(spread["averages"]), int(spread["with_minimum"])
warnings = layout.cautions(page, shown)
if averages:
    warnings.append(words("standards.averages", n=averages))
if first_year != last_year:
    warnings.append(words("warning.years"))
layout.card(
    page,
    lambda: fact_tables.plain(
        page, TABLE, fact_marts.facts(warehouse, TABLE, page.samples, conditions, order=VALUE, known=VALUE, latest=True)
    ),
    partial(
        charts.compare_bar,
        bars,
        dict(zip(bars["department_id"], bars["department_name"], strict=True)),
        {},
        unit,
        SCALES["yuan"],
        (words("standards.median", n=n), float(spread["median"])) if n >= 3 else None,
        link=page.evidence_href,
    ),
    key="standards",
    finding=findings.extremes(
        (shown["department_name"].iloc[0], float(spread["highest"]), int(spread["at_highest"])),
        (lowest["department_name"].iloc[0], float(spread["lowest"]), int(spread["at_lowest"])),
        span,
        what,
        show,
        words,
    ),
    subtitle=[
        f"{what} · {unit} · {span} · {words('compare.basis_standards')}",
        words("standards.minimum", n=with_minimum, below=int(spread["below_minimum"]))
        if with_minimum
        else words("standards.no_minimum"),
    ],
    warnings=warnings,
    below=[
        words("standards.n_of_n", shown=len(bars), n=n, all=formatting.number(held)),
        *layout.sources_of(page, bars, "standard_figure_id"),
    ],
)

to_map = page.href("map", **{k: v for k, v in group.items() if k in ("programme", "residence", "care")})
st.html(layout.fragment(layout.Link(words("standards.to_map"), to_map)))

# Over the years: the departments of the same place and tier that have the most of them.
course = {k: v for k, v in conditions.items() if k != "fiscal_year"}
fullest = fact_marts.courses(warehouse, TABLE, VALUE, page.samples, course, 3, LINES)
several = list(fullest["department_id"])
if several:
    lines = fact_tables.one_per_department_year(
        fact_marts.facts(warehouse, TABLE, page.samples, {**course, "department_id": tuple(several)}, known=VALUE)
    ).assign(
        value=lambda f: f[VALUE], figure_id=lambda f: f["standard_figure_id"], label=lambda f: f["department_name"]
    )
    minimum = lines.dropna(subset=["provincial_minimum_cny_per_month"])
    references = [
        (
            words("standards.minimum_of", name=name),
            rows.drop_duplicates("fiscal_year")
            .sort_values("fiscal_year")
            .assign(value=lambda f: f["provincial_minimum_cny_per_month"]),
        )
        for name, rows in list(minimum.groupby("department_short_name"))[:1]
    ]
    first, last = int(lines["fiscal_year"].min()), int(lines["fiscal_year"].max())
    layout.card(
        page,
        fact_tables.plain(page, TABLE, lines),
        partial(
            charts.compare_line,
            lines,
            several,
            unit,
            SCALES["yuan"],
            references,
            gap=words("compare.no_value"),
            link=page.evidence_href,
        ),
        key="years",
        finding=findings.change(lines, what, "CNY", show, words),
        subtitle=[f"{what} · {unit} · {first}–{last} · {words('compare.basis_standards')}"],
        warnings=layout.cautions(page, lines),
        below=[
            words("standards.several", n=len(several), all=formatting.number(fullest["departments"].iloc[0])),
            *layout.sources_of(page, lines, "standard_figure_id"),
        ],
    )

st.header(words("compare.table"), anchor=False)
fact_tables.show(page, TABLE, shown, caption=what, most=LISTED, held=n)
page.finish()
