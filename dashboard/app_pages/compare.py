"""Compare: up to twelve departments by one measure, as bars, lines, dots or a table; each value leads to its evidence."""

from collections import Counter

import pandas as pd
import streamlit as st

from dashboard import charts, downloads, findings, formatting, layout
from dashboard.formatting import SCALES
from dashboard.layout import Badge, Gap
from dashboard.selection import choose_dimensions, choose_measure, full_name, unit_words

MOST = 12
LATEST = "latest"
CHARTS = ("line", "bar", "dot", "table")


def usual_departments(frame: pd.DataFrame, most: int = 6) -> list[str]:
    """Departments to begin with: of the tier whose fullest ones have the most years, each with a course of its own.

    Places that share one standard would draw the same line over each other.
    """
    best: list[str] = []
    best_years = 0
    groups = frame[frame["tier"].notna()].groupby("tier")
    for _, rows in groups if groups.ngroups else [("", frame)]:
        courses = rows.drop_duplicates(["department_id", "fiscal_year"]).groupby("department_id")
        by_course: dict[tuple, tuple[int, str]] = {}
        for department_id, own in courses:
            by_course.setdefault(
                tuple(zip(own["fiscal_year"], own["value"], strict=True)), (len(own), str(department_id))
            )
        fullest = sorted(by_course.values(), key=lambda pair: (-pair[0], pair[1]))[:most]
        years = sum(n for n, _ in fullest)
        if years > best_years:
            best, best_years = [department_id for _, department_id in fullest], years
    return best


page = layout.begin("compare")
words, view, warehouse = page.words, page.view, page.warehouse

with st.container(horizontal=True, vertical_alignment="bottom"):
    comparable = choose_measure(page)
    measure = comparable.key
    dimensions_row = st.container(horizontal=True, vertical_alignment="bottom", width="content")
# Placed in the order of reading, filled in the order in which the choices depend on each other.
departments_row = st.container()
controls = st.container(horizontal=True, vertical_alignment="bottom")
extras = st.container(horizontal=True, vertical_alignment="center")
view.idle("dept", "chart", "from", "to", "year", "unit")
with extras:
    page.include_samples()
with dimensions_row:
    chosen = choose_dimensions(page, comparable)
if chosen is None:
    st.info(words("empty.measure"), icon=":material/inbox:")
    page.finish()
    st.stop()

frame = warehouse.compare(comparable, chosen, page.samples)
departments = warehouse.departments()
if not page.samples:
    departments = departments[~departments["is_sample"].fillna(False).astype(bool)]
has_value = frame.groupby("department_id")["fiscal_year"].nunique()
departments = departments.assign(held=departments["department_id"].map(has_value).fillna(0).astype(int))
departments = departments.sort_values("held", ascending=False, kind="stable")
names = dict(zip(departments["department_id"], departments["department_name"], strict=True))
held_years = dict(zip(departments["department_id"], departments["held"], strict=True))
with departments_row:
    selected = view.choices(
        "dept",
        list(names),
        usual_departments(frame),
        MOST,
        st.multiselect,
        label=words("compare.departments", most=MOST),
        max_selections=MOST,
        placeholder=words("compare.departments_hint"),
        format_func=lambda d: (
            f"{names[d]} · "
            + (words("compare.years_held", n=held_years[d]) if held_years[d] else words("compare.not_held"))
        ),
    )
if selected and len(selected) < MOST:
    first_chosen = departments.set_index("department_id").loc[selected[0]]
    peers = departments[
        (departments["tier"] == first_chosen["tier"])
        & (departments["department_kind"] == first_chosen["department_kind"])
        & (departments["province_name"] == first_chosen["province_name"])
        & (departments["held"] > 0)
        & ~departments["department_id"].isin(selected)
    ]["department_id"]
    if len(peers):
        extras.button(
            words("compare.add_peers", name=names[selected[0]], n=min(len(peers), MOST - len(selected))),
            icon=":material/group_add:",
            help=words("compare.add_peers_help"),
            on_click=lambda chosen: st.session_state.update({view.widget_key("dept"): chosen}),
            args=([*selected, *peers][:MOST],),
        )
if not selected:
    st.info(words("compare.choose"), icon=":material/touch_app:")
    page.finish()
    st.stop()

labels = {
    d: names[d]
    + (f"({words('badge.sample')})" if bool(departments.set_index("department_id").loc[d, "is_sample"]) else "")
    for d in selected
}
frame = frame[frame["department_id"].isin(selected)].assign(label=lambda f: f["department_id"].map(labels))
years = sorted(int(y) for y in frame["fiscal_year"].unique())
if not years:
    st.info(words("compare.none_held", departments=words.join([names[d] for d in selected])), icon=":material/inbox:")
    page.finish()
    st.stop()

with controls:
    per_year = Counter(int(y) for y in frame.drop_duplicates(["department_id", "fiscal_year"])["fiscal_year"])
    usual_chart = "line" if len(years) > 2 and any(held_years[d] > 1 for d in selected) else "bar"
    kind = view.choice(
        "chart",
        CHARTS,
        usual_chart,
        st.segmented_control,
        label=words("compare.chart"),
        required=True,
        format_func=lambda c: words(f"compare.chart_{c}"),
    )
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
    if comparable.unit == "CNY":
        scale_key = view.choice(
            "unit",
            ["auto", *SCALES],
            "auto",
            st.segmented_control,
            label=words("compare.unit"),
            required=True,
            format_func=lambda u: words("compare.unit_auto") if u == "auto" else SCALES[u].name(page.language),
        )

frame = frame[frame["fiscal_year"].between(first, last)]
scale = None
if comparable.unit == "CNY":
    scale = formatting.scale_for(frame["value"]) if scale_key == "auto" else SCALES[scale_key]
rest = unit_words(page, comparable, chosen)
unit = (scale.name(page.language) + rest) if scale else rest


def show(value: object) -> str:
    """A value in the sentence over the chart."""
    text = (
        formatting.money(value, page.language, scale)
        if scale
        else formatting.plain(value, comparable.unit, page.language)
    )
    return text


title_what = full_name(page, comparable, chosen)
one = frame.drop_duplicates(["department_id", "fiscal_year"])
# A year with other figures is no reason for this one's absence.
reasons = {
    (r.department_id, r.fiscal_year): r.absence_reason for r in warehouse.coverage().itertuples() if not r.figure_count
}

if kind == "bar":
    when = str(first) if first == last else f"{first}–{last}"
    finding = findings.levels(one, when, title_what, show, words)
    missing = {
        d: words.code("absence_reason", reasons.get((d, first))) or words("compare.no_value")
        for d in selected
        if d not in set(one["department_id"])
    }
    n = one["department_id"].nunique()
    middle = (words("compare.median", n=n, all=len(selected)), float(one["value"].median())) if n >= 3 else None
    bars = one.assign(
        flags=[
            " ".join(
                ([f"({int(r.fiscal_year)})"] if first != last else [])
                + ([words("compare.disputed")] if formatting.is_true(r.is_disputed) else [])
            )
            for r in one.itertuples()
        ]
    )
    figure = charts.compare_bar(bars, labels, missing, unit, scale, middle)
elif kind == "dot":
    finding = findings.change(one, title_what, comparable.unit, show, words)
    latest = (
        one.sort_values("fiscal_year")
        .drop_duplicates("department_id", keep="last")
        .sort_values("value", ascending=False)
    )
    order = [*latest["department_id"], *(d for d in selected if d not in set(latest["department_id"]))]
    figure = charts.compare_dot(one, labels, order, unit, scale, words("compare.no_value"))
else:
    finding = findings.change(one, title_what, comparable.unit, show, words)
    figure = charts.compare_line(one, selected, unit, scale, "") if kind == "line" else None

with st.container(border=True):
    st.header(layout.plain(finding), anchor=False)
    span = str(first) if first == last else f"{first}–{last}"
    with_value = one["department_id"].nunique()
    without = [names[d] for d in selected if d not in set(one["department_id"])]
    subtitle = [f"{title_what} · {unit} · {span}", words(f"compare.basis_{comparable.family}")]
    layout.notes([" · ".join(subtitle)])
    if figure is not None:
        event = layout.chart(
            page,
            figure,
            key=f"chart.{kind}",
            file_name=f"jixiao-{measure}",
            select=True,
            alt=words("compare.alt", finding=finding, n=with_value, all=len(selected), unit=unit),
        )
        for point in (event.selection.points if event and event.selection else [])[:1]:
            row = one[one["figure_id"] == (point.get("customdata") or [None])[0]]
            if not row.empty:
                r = row.iloc[0]
                st.html(
                    "<p class='jx-note'>"
                    + layout.fragment(
                        [
                            f"{r['label']} {int(r['fiscal_year'])}",
                            page.evidence(r["figure_id"], f"{show(r['value'])} → {words('evidence.open')}"),
                        ]
                    )
                    + "</p>"
                )
    warnings = []
    tiers = set(one["tier"].dropna())
    if len(tiers) > 1:
        warnings.append(words("warning.tiers", tiers=words.join(sorted(words.code("tier", t) for t in tiers))))
    if kind == "bar" and first != last:
        warnings.append(words("warning.years"))
    if one["is_disputed"].fillna(False).astype(bool).any():
        warnings.append(words("warning.disputed"))
    if one["is_restated"].fillna(False).astype(bool).any():
        warnings.append(words("warning.restated"))
    if len(frame) > len(one):
        warnings.append(words("warning.several", n=len(frame) - len(one)))
    if one["source_class"].isin(["media", "mirror", "state-media"]).any():
        warnings.append(words("warning.secondary"))
    coverage_note = words("compare.n_of_n", n=with_value, all=len(selected)) + (
        words("compare.without", names=words.join(without)) if without else ""
    )
    sources = layout.source_lines(page, one)
    for warning in warnings:
        st.html(
            f"<p class='jx-note'>{layout.fragment(Badge(words('warning.mark'), 'alarm'))} {layout.fragment(warning)}</p>"
        )
    layout.notes([coverage_note, *sources, *page.notes])
    # The widgets are all placed: the link and the downloads can say exactly this view.
    long = pd.DataFrame(
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
    )
    layout.take_away(
        page,
        downloads.Table(finding, long, [" · ".join(subtitle), coverage_note, *warnings, *sources]),
        f"jixiao-{measure}",
        figure,
    )

st.header(words("compare.table"), anchor=False)
cells: dict[tuple[str, int], list[layout.Link | str]] = {}
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
                cells[d, y]
                if (d, y) in cells
                else Gap(words.code("absence_reason", reasons.get((d, y))) or words("compare.no_value"))
                for y in shown_years
            ),
        ]
        for d in selected
    ],
    numeric=range(1, len(shown_years) + 1),
    caption=words("compare.table_caption", what=title_what, unit=unit),
)
page.finish()
