"""Standards: what a programme grants per person and month, by department and year, against the provincial minimum."""

import pandas as pd
import streamlit as st

from dashboard import charts, downloads, fact_tables, filters, findings, formatting, layout
from dashboard.formatting import SCALES

MOST = 25

page = layout.begin("standards")
words, warehouse, view = page.words, page.warehouse, page.view
page.include_samples()
standards = warehouse.facts("fct_subsidy_standards", page.samples)
if standards.empty:
    st.info(words("empty.measure"), icon=":material/inbox:")
    page.finish()
    st.stop()

with st.container(horizontal=True, vertical_alignment="bottom"):
    held = standards["programme"].fillna("whole").value_counts()
    programme = view.choice(
        "programme",
        list(held.index),
        "dibao" if "dibao" in held.index else held.index[0],
        st.selectbox,
        label=words("dimension.programme"),
        width=270,
        format_func=lambda p: f"{layout.option_name(page, 'programme', p)} ({held[p]})",
    )
    of_programme = standards[standards["programme"].fillna("whole") == programme]
    sides = of_programme["residence"].fillna("whole").value_counts()
    residence = view.choice(
        "residence",
        list(sides.index),
        sides.index[0],
        st.selectbox,
        label=words("dimension.residence"),
        width=190,
        format_func=lambda r: f"{layout.option_name(page, 'residence', r)} ({sides[r]})",
    )
    of_side = of_programme[of_programme["residence"].fillna("whole") == residence]
    cares = of_side["care"].fillna("whole").value_counts()
    care = view.choice(
        "care",
        list(cares.index),
        cares.index[0],
        st.selectbox,
        label=words("dimension.care"),
        width=190,
        format_func=lambda c: f"{layout.option_name(page, 'care', c)} ({cares[c]})",
    )
chosen = of_side[of_side["care"].fillna("whole") == care]
one = fact_tables.one_per_department_year(chosen.dropna(subset=["standard_cny_per_month"]))
tier = filters.fullest_tier(one)
shown = filters.by_place(page, one, usual_year=filters.fullest_year(one[one["tier"] == tier]), usual_tier=tier)
if shown.empty:
    st.info(words("empty.filter"), icon=":material/filter_alt_off:")
    page.finish()
    st.stop()

what = (layout.option_name(page, "residence", residence) if residence != "whole" else "") + layout.option_name(
    page, "programme", programme
)
if page.language == "en" and residence != "whole":
    what = f"{layout.option_name(page, 'residence', residence)} {layout.option_name(page, 'programme', programme)}"
years = sorted({int(y) for y in shown["fiscal_year"]})
latest = shown.sort_values("fiscal_year").drop_duplicates("department_id", keep="last")
ranked = latest.sort_values("standard_cny_per_month", ascending=False)
bars = ranked.head(MOST).assign(
    value=lambda f: f["standard_cny_per_month"],
    figure_id=lambda f: f["standard_figure_id"],
    label=lambda f: f["department_name"],
    flags=lambda f: [
        " ".join(
            ([str(int(r.fiscal_year))] if len(years) > 1 else [])
            + ([words("standards.average")] if formatting.is_true(r.is_average) else [])
        )
        for r in f.itertuples()
    ],
)
unit = SCALES["yuan"].name(page.language) + words("comparable.standard_month.unit")


def show(value: object) -> str:
    """A monthly amount in a sentence."""
    return formatting.money(value, page.language, SCALES["yuan"])


span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
everything = latest.assign(value=latest["standard_cny_per_month"], label=latest["department_name"])
finding = findings.levels(everything, span, what, show, words)
middle = float(latest["standard_cny_per_month"].median())
n, known = latest["department_id"].nunique(), one["department_id"].nunique()
figure = charts.compare_bar(
    bars,
    dict(zip(bars["department_id"], bars["department_name"], strict=True)),
    {},
    unit,
    SCALES["yuan"],
    (words("compare.median", n=n, all=known), middle) if n >= 3 else None,
)
below = latest[latest["ratio_to_minimum"] < 1]
with_minimum = int(latest["ratio_to_minimum"].notna().sum())
notes = [
    f"{what} · {unit} · {span} · {words('compare.basis_standards')}",
    words("standards.minimum", n=with_minimum, below=len(below)) if with_minimum else words("standards.no_minimum"),
]
averages = int(latest["is_average"].fillna(False).astype(bool).sum())
if averages:
    notes.append(words("standards.averages", n=averages))
tiers_shown = set(latest["tier"].dropna())
if len(tiers_shown) > 1:
    notes.append(words("warning.tiers", tiers=words.join(sorted(words.code("tier", t) for t in tiers_shown))))
with st.container(border=True):
    st.header(layout.plain(finding), anchor=False)
    layout.notes(notes)
    layout.chart(
        page,
        figure,
        key="levels",
        alt=words("compare.alt", finding=finding, n=n, all=known, unit=unit),
        file_name="jixiao-standards",
    )
    if len(latest) > MOST:
        layout.notes([words("table.first", shown=MOST, all=len(latest))])
    layout.notes(page.notes)
    layout.take_away(
        page,
        downloads.Table(finding, fact_tables.plain(page, "fct_subsidy_standards", shown), notes),
        "standards",
        figure,
    )

with_years = one.groupby("department_id")["fiscal_year"].nunique()
several = list(with_years[with_years >= 3].sort_values(ascending=False, kind="stable").head(8).index)
if several:
    st.header(words("standards.over_years"), anchor=False)
    lines = one[one["department_id"].isin(several)].assign(
        value=lambda f: f["standard_cny_per_month"],
        figure_id=lambda f: f["standard_figure_id"],
        label=lambda f: f["department_name"],
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
    trend = charts.compare_line(lines, several, unit, SCALES["yuan"], "", references)
    sentence = findings.change(lines, what, "CNY", show, words)
    layout.lead(sentence)
    layout.chart(page, trend, key="trend", alt=sentence, file_name="jixiao-standards-years")
    layout.notes([words("standards.several", n=len(several))])

st.header(words("compare.table"), anchor=False)
fact_tables.show(
    page,
    "fct_subsidy_standards",
    pd.concat([shown.loc[ranked.index.intersection(shown.index)], shown.drop(ranked.index, errors="ignore")]),
    caption=what,
)
page.finish()
