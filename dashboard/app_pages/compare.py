"""Compare: up to twelve departments or a department's peers by one measure, as bars, lines, dots or a table; each value leads
to its evidence."""

from collections import Counter
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from dashboard import charts, filters, findings, formatting, layout
from dashboard.labels import peer_sets
from dashboard.layout import Gap
from dashboard.prices import at_constant_prices
from dashboard.queries import comparison, holdings
from dashboard.queries.comparables import COMPARABLES
from dashboard.selection import (
    choose_dimensions,
    choose_measure,
    choose_scale,
    full_name,
    unit_words,
    usual_departments,
)

MOST = 12
#: A peer set may be longer than what one chooses by hand, where each department has a row of its own.
MOST_PEERS = 30
LATEST, NO_PEERS = "latest", "none"
CHARTS = ("line", "bar", "dot", "table")
#: What a total can be divided by, besides nothing.
PER: dict[str, tuple[str, ...]] = {
    "expenditure": ("resident",),
    "persons": ("resident",),
    "amount_paid": ("resident", "beneficiary"),
}


def peers_of(department_id: str, departments: pd.DataFrame, rule: dict[str, object]) -> list[str]:
    """The departments of the same kind that share with one what a rule asks for; none where that is unknown of it."""
    own = departments.set_index("department_id").loc[department_id]
    kept = departments[departments["department_kind"] == own["department_kind"]]
    for column, asked in (
        ("tier", "same_tier"),
        ("province_code", "same_province"),
        ("region_class", "same_region_class"),
    ):
        if rule[asked]:
            if pd.isna(own[column]):
                return []
            kept = kept[kept[column] == own[column]]
    return [d for d in kept["department_id"] if d != department_id]


page = layout.begin("compare")
words, view, warehouse = page.words, page.view, page.warehouse

choices = layout.choices(page)
with choices, st.container(horizontal=True, vertical_alignment="bottom"):
    comparable = choose_measure(page)
    measure = comparable.key
    dimensions_row = st.container(horizontal=True, vertical_alignment="bottom", width="content")
# Placed in the order of reading, filled in the order in which the choices depend on each other.
departments_row = choices.container()
controls = choices.container(horizontal=True, vertical_alignment="bottom")
extras = choices.container(horizontal=True, vertical_alignment="bottom")
view.idle("dept", "chart", "from", "to", "year", "unit", "per", "peers", "prices")
with extras:
    page.include_samples()
with dimensions_row:
    chosen = choose_dimensions(page, comparable)
if chosen is None:
    st.info(words("empty.measure"), icon=":material/inbox:")
    page.finish()
    st.stop()

held = comparison.compare_held(warehouse, comparable, chosen, page.samples)
held_years = dict(zip(held["department_id"], held["years"], strict=True))
departments = filters.real(page, holdings.departments(warehouse))
departments = departments.assign(held=departments["department_id"].map(held_years).fillna(0).astype(int))
departments = departments.sort_values("held", ascending=False, kind="stable")
about = departments.set_index("department_id")
names = dict(zip(departments["department_id"], departments["department_name"], strict=True))
with departments_row:
    selected = view.choices(
        "dept",
        list(names),
        usual_departments(held),
        MOST,
        st.multiselect,
        label=words("compare.departments", most=MOST),
        max_selections=MOST,
        placeholder=words("compare.departments_hint"),
        format_func=lambda d: (
            f"{names[d]} · "
            + (words("compare.years_held", n=held_years[d]) if d in held_years else words("compare.not_held"))
        ),
    )
if not selected:
    st.info(words("compare.choose"), icon=":material/touch_app:")
    page.finish()
    st.stop()

with extras:
    rules = {
        code: rule
        for code, rule in peer_sets(page.language).items()
        if not rule["is_nearest"] or warehouse.columns("bridge_peer_neighbours")
    }
    peer_set = view.choice(
        "peers",
        [NO_PEERS, *rules],
        NO_PEERS,
        st.selectbox,
        label=words("compare.peers", name=names[selected[0]]),
        width=260,
        help=words("compare.peers_help", most=MOST_PEERS),
        format_func=lambda p: words("compare.peers_none") if p == NO_PEERS else str(rules[p]["name"]),
    )
    divisors = PER.get(measure, ())
    per = "total"
    if divisors:
        per = view.choice(
            "per",
            ["total", *divisors],
            "total",
            st.segmented_control,
            label=words("compare.per"),
            required=True,
            format_func=lambda p: words(f"compare.per_{p}"),
        )
members: list[str] = []
if peer_set != NO_PEERS:
    nearest = rules[peer_set]["is_nearest"]
    members = (
        comparison.neighbours(warehouse, selected[0])
        if nearest
        else peers_of(selected[0], departments, rules[peer_set])
    )
with_measure = [d for d in members if d in held_years and d in names and d not in selected]

with controls:
    usual_chart = "line" if max((held_years.get(d, 0) for d in selected), default=0) > 1 else "bar"
    kind = view.choice(
        "chart",
        CHARTS,
        usual_chart if not members else "bar",
        st.segmented_control,
        label=words("compare.chart"),
        required=True,
        format_func=lambda c: words(f"compare.chart_{c}"),
    )
most = MOST if kind == "line" else MOST_PEERS
selected = [*selected, *with_measure[: max(0, most - len(selected))]]
labels = {
    d: names[d] + (f"({words('badge.sample')})" if formatting.is_true(about.loc[d, "is_sample"]) else "")
    for d in selected
}
# The amount paid per beneficiary is a column of the same facts, made only where persons and amount stand together.
measured = comparable
if per == "beneficiary":
    measured = replace(COMPARABLES["amount_per_person_month"], dimensions=comparable.dimensions)
frame = comparison.compare(warehouse, measured, chosen, page.samples, selected)
population = pd.DataFrame()
if per == "resident":
    population = comparison.per_population(warehouse, list(frame["fact_id"])).drop_duplicates("fact_id")
    frame = frame.merge(population[["fact_id", "per_resident_value"]], on="fact_id")
    frame["value"] = frame["per_resident_value"]
constant = False
if measured.unit == "CNY" and per == "total" and frame["real_growth_on_year_before_pct"].notna().any():
    with extras:
        constant = (
            view.choice(
                "prices",
                ["nominal", "constant"],
                "nominal",
                st.segmented_control,
                label=words("compare.prices"),
                required=True,
                format_func=lambda p: words(f"compare.prices_{p}"),
            )
            == "constant"
        )
left_out = 0
if constant:
    as_stated = frame.drop_duplicates(["department_id", "fiscal_year"])
    frame = at_constant_prices(as_stated)
    left_out = len(as_stated) - len(frame)
frame = frame.assign(label=frame["department_id"].map(labels))
years = sorted(int(y) for y in frame["fiscal_year"].unique())
if not years:
    text = "compare.no_population" if per == "resident" else "compare.none_held"
    st.info(words(text, departments=words.join([names[d] for d in selected])), icon=":material/inbox:")
    page.finish()
    st.stop()

with controls:
    per_year = Counter(int(y) for y in frame.drop_duplicates(["department_id", "fiscal_year"])["fiscal_year"])
    as_text = [str(y) for y in years]
    if kind == "bar":
        fullest = max(years, key=lambda y: (per_year[y], y))
        with_any = frame["department_id"].nunique()
        chosen_year = view.choice(
            "year",
            [LATEST, *reversed(as_text)],
            str(fullest) if per_year[fullest] * 2 >= with_any else LATEST,
            st.selectbox,
            label=words("filter.year"),
            width=190,
            format_func=lambda y: words("compare.latest") if y == LATEST else y,
        )
        if chosen_year == LATEST:
            newest = frame.groupby("department_id")["fiscal_year"].transform("max")
            frame = frame[frame["fiscal_year"] == newest]
        first = int(frame["fiscal_year"].min()) if chosen_year == LATEST else int(chosen_year)
        last = int(frame["fiscal_year"].max()) if chosen_year == LATEST else int(chosen_year)
    else:
        first = int(view.choice("from", as_text, as_text[0], st.selectbox, label=words("compare.from"), width=110))
        last = int(view.choice("to", as_text, as_text[-1], st.selectbox, label=words("compare.to"), width=110))
        first, last = min(first, last), max(first, last)
    is_money = measured.unit == "CNY"
    settle = choose_scale(page) if is_money else None

frame = frame[frame["fiscal_year"].between(first, last)]
scale = settle(frame["value"]) if settle else None
if per == "resident":
    rest = words("compare.unit_resident") if is_money else words("compare.unit_residents")
else:
    rest = unit_words(page, measured, chosen)
unit = (scale.name(page.language) + rest) if scale else rest


def show(value: object) -> str:
    """A value in the sentence over the chart."""
    if scale:
        return formatting.money(value, page.language, scale)
    return formatting.plain(value, "percent" if measured.unit == "percent" else None, page.language)


title_what = full_name(page, measured, chosen) + (
    words("compare.of_residents") if per == "resident" else words("compare.of_constant") if constant else ""
)
one = frame.drop_duplicates(["department_id", "fiscal_year"])
# A year with other figures is no reason for this one's absence.
reasons = {
    (r.department_id, r.fiscal_year): r.absence_reason
    for r in holdings.coverage(warehouse, selected).itertuples()
    if not r.figure_count
}
nothing = words("compare.no_population_short") if per == "resident" else words("compare.no_value")
with_value = one["department_id"].nunique()

if kind == "bar":
    when = str(first) if first == last else f"{first}–{last}"
    finding = findings.levels(one, when, title_what, show, words)
    missing = {
        d: words.code("absence_reason", reasons.get((d, first))) or nothing
        for d in selected
        if d not in set(one["department_id"])
    }
    middle = None
    if with_value >= 3:
        middle = (words("compare.median", n=with_value, all=len(selected)), float(one["value"].median()))
    bars = one.assign(
        flags=[
            " ".join(
                ([f"({int(r.fiscal_year)})"] if first != last else []) + layout.doubts(page, r.is_disputed, r.figure_id)
            )
            for r in one.itertuples()
        ]
    )
    draw = partial(charts.compare_bar, bars, labels, missing, unit, scale, middle, link=page.evidence_href)
elif kind == "dot":
    finding = findings.change(one, title_what, measured.unit, show, words)
    latest = (
        one.sort_values("fiscal_year")
        .drop_duplicates("department_id", keep="last")
        .sort_values("value", ascending=False)
    )
    order = [*latest["department_id"], *(d for d in selected if d not in set(latest["department_id"]))]
    draw = partial(charts.compare_dot, one, labels, order, unit, scale, nothing, link=page.evidence_href)
else:
    finding = findings.change(one, title_what, measured.unit, show, words)
    draw = None
    if kind == "line":
        draw = partial(charts.compare_line, one, selected, unit, scale, gap=nothing, link=page.evidence_href)

span = str(first) if first == last else f"{first}–{last}"
without = [names[d] for d in selected if d not in set(one["department_id"])]
basis = words(f"compare.basis_{measured.family}")
if per == "resident":
    used = population[population["fact_id"].isin(set(one["fact_id"]))]
    basis = words(
        "compare.basis_resident",
        kinds=words.join(sorted({words.code("population_basis", b) for b in used["population_basis"]})),
    )
if constant:
    years_of = sorted({int(y) for y in frame["base_year"]})
    basis = words("compare.basis_constant", base=words.join([str(y) for y in years_of]), n=left_out)
subtitle = [f"{title_what} · {unit} · {span}", basis]
warnings = layout.cautions(page, one)
if kind == "bar" and first != last:
    warnings.append(words("warning.years"))
if len(frame) > len(one):
    warnings.append(words("warning.several", n=len(frame) - len(one)))
warnings += layout.months_differ(page, one["months"])
if one["source_class"].isin(["media", "mirror", "state-media"]).any():
    warnings.append(words("warning.secondary"))
if peer_set != NO_PEERS:
    warnings += [str(rules[peer_set]["warning"])] if rules[peer_set]["warning"] else []
below = [
    words("compare.n_of_n", n=with_value, all=len(selected))
    + (words("compare.without", names=words.join(without)) if without else "")
]
if peer_set != NO_PEERS:
    below.append(
        words(
            "compare.peers_note",
            name=names[selected[0]],
            rule=rules[peer_set]["name"],
            all=len(members),
            n=sum(d in held_years for d in members),
            shown=len(set(selected) & set(members)),
        )
    )
layout.card(
    page,
    pd.DataFrame(
        {
            "department_id": one["department_id"],
            words("column.department"): one["label"],
            words("column.province"): one["province_name"],
            words("column.tier"): [words.code("tier", t) for t in one["tier"]],
            words("column.year"): one["fiscal_year"].astype(int),
            words("column.measure"): title_what,
            words("column.value"): one["value"],
            words("column.unit"): ("元" if page.language == "zh" else "yuan") + rest if scale else rest,
            words("column.disputed"): [
                words("yes") if d else words("no") for d in one["is_disputed"].fillna(False).astype(bool)
            ],
            words("column.title"): one["title"],
            words("column.publisher"): one["publisher"],
            words("column.source_class"): [words.code("source_class", s) for s in one["source_class"]],
            words("column.source_url"): one["source_url"],
            "figure_id": one["figure_id"],
        }
    ),
    draw,
    key=measure,
    finding=finding,
    subtitle=subtitle,
    warnings=warnings,
    below=[*below, *layout.source_lines(page, one)],
    alt=words("compare.alt", finding=finding, n=with_value, all=len(selected), unit=unit),
)

st.header(words("compare.table"), anchor=False)
cells: dict[tuple[str, int], list[layout.Cell]] = {}
for r in frame.itertuples():
    shown = formatting.number(r.value / (scale.yuan if scale else 1))
    cells.setdefault((r.department_id, int(r.fiscal_year)), []).append(page.evidence(r.figure_id, shown))
shown_years = [y for y in years if first <= y <= last]
layout.table(
    [words("column.department"), *map(str, shown_years)],
    [
        [
            layout.department_cell(page, d, names[d], labels[d] != names[d]),
            *(
                cells[d, y] if (d, y) in cells else Gap(words.code("absence_reason", reasons.get((d, y))) or nothing)
                for y in shown_years
            ),
        ]
        for d in selected
    ],
    numeric=range(1, len(shown_years) + 1),
    caption=words("compare.table_caption", what=title_what, unit=unit),
)
page.finish()
