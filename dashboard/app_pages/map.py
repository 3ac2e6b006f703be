"""Map: the median of a measure over each province's departments of one tier, on a grid of equal tiles."""

import pandas as pd
import streamlit as st

from dashboard import charts, downloads, filters, formatting, layout
from dashboard.labels import tiles
from dashboard.selection import choose_dimensions, choose_measure, full_name, unit_words

#: A median of fewer departments would speak for a province that it does not show.
FEWEST = 3

page = layout.begin("map")
words, warehouse, view = page.words, page.warehouse, page.view
with st.container(horizontal=True, vertical_alignment="bottom"):
    comparable = choose_measure(page)
    chosen = choose_dimensions(page, comparable)
if chosen is None:
    st.info(words("empty.measure"), icon=":material/inbox:")
    page.finish()
    st.stop()
frame = warehouse.compare(comparable, chosen, False).drop_duplicates(["department_id", "fiscal_year"])
with st.container(horizontal=True, vertical_alignment="bottom"):
    tiers = [t for t in ("county", "prefecture", "province") if t in set(frame["tier"])]
    if not tiers:
        st.info(words("empty.measure"), icon=":material/inbox:")
        page.finish()
        st.stop()
    fullest = frame["tier"].value_counts().index[0]
    tier = view.choice(
        "tier",
        tiers,
        fullest,
        st.selectbox,
        label=words("filter.tier"),
        width=150,
        format_func=lambda t: words.code("tier", t),
    )
    frame = frame[frame["tier"] == tier]
    years = [str(y) for y in sorted({int(y) for y in frame["fiscal_year"]}, reverse=True)]
    year = int(
        view.choice(
            "year", years, str(filters.fullest_year(frame)), st.selectbox, label=words("filter.year"), width=130
        )
    )
frame = frame[frame["fiscal_year"] == year]
what = full_name(page, comparable, chosen)
fewest = 1 if tier == "province" else FEWEST
by_province = frame.groupby("province_code")["value"].agg(["median", "count"])
grid = tiles(page.language)
names = dict(zip(frame["province_code"], frame["province_name"], strict=True))
scale = formatting.scale_for(frame["value"]) if comparable.unit == "CNY" else None
rest = unit_words(page, comparable, chosen)
unit = (scale.name(page.language) + rest) if scale else rest
rows = []
for tile in grid:
    n = int(by_province["count"].get(tile["province_code"], 0))
    value = float(by_province["median"][tile["province_code"]]) if n >= fewest else None
    shown = (
        formatting.number(value / (scale.yuan if scale else 1))
        if value is not None
        else words("map.few", n=n)
        if n
        else formatting.UNKNOWN
    )
    rows.append(
        {
            **tile,
            "value": value,
            "shown": shown,
            "name": names.get(tile["province_code"], tile["short"]) if page.language == "zh" else tile["short"],
            "count": n,
        }
    )
table = pd.DataFrame(rows)
known = table.dropna(subset=["value"])
if known.empty:
    finding = words("map.nothing", year=year, what=what, fewest=fewest)
else:
    top, bottom = known.loc[known["value"].idxmax()], known.loc[known["value"].idxmin()]
    finding = words(
        "map.finding",
        year=year,
        what=what,
        n=len(known),
        top=top["name"],
        top_value=f"{top['shown']} {unit}",
        bottom=bottom["name"],
        bottom_value=f"{bottom['shown']} {unit}",
    )
figure = charts.tile_map(table, {"missing": words("map.missing")})
notes = [
    words("map.note", tier=words.code("tier", tier), unit=unit, fewest=fewest),
    words(f"compare.basis_{comparable.family}"),
]
with st.container(border=True):
    st.header(layout.plain(finding), anchor=False)
    layout.notes(notes)
    layout.chart(page, figure, key="tiles", alt=finding, file_name="jixiao-map")
    layout.notes(layout.source_lines(page, frame))
    plain = table[["name", "province_code", "value", "count"]].rename(
        columns={
            "name": words("column.province"),
            "value": f"{what} ({('元' if page.language == 'zh' else 'yuan') if scale else ''}{rest})",
            "count": words("overview.departments"),
        }
    )
    layout.take_away(page, downloads.Table(finding, plain, [*notes, *layout.source_lines(page, frame)]), "map", figure)
st.header(words("compare.table"), anchor=False)
layout.table(
    [words("column.province"), words("map.median"), words("overview.departments")],
    [
        [
            layout.Link(
                r.name_,
                page.href(
                    "standards" if comparable.family == "standards" else "compare",
                    province=r.name_ if comparable.family == "standards" else None,
                    measure=None if comparable.family == "standards" else comparable.key,
                ),
            ),
            r.shown,
            str(r.count_),
        ]
        for r in table[table["count"] > 0]
        .rename(columns={"name": "name_", "count": "count_"})
        .sort_values("value", ascending=False, na_position="last")
        .itertuples()
    ],
    numeric=[1, 2],
    caption=f"{what} · {year} · {unit}",
)
page.finish()
