"""Map: the median of a measure over each province's departments of one tier, on a grid of equal tiles."""

from functools import partial

import pandas as pd
import streamlit as st

from dashboard import charts, formatting, layout
from dashboard.filters import TIERS
from dashboard.labels import tiles
from dashboard.queries import comparison
from dashboard.selection import choose_dimensions, choose_measure, choose_scale, full_name, unit_words

#: A median of fewer departments would speak for a province that it does not show.
FEWEST = 3

page = layout.begin("map")
words, warehouse, view = page.words, page.warehouse, page.view
view.idle("unit")
choices = layout.choices(page)
with choices, st.container(horizontal=True, vertical_alignment="bottom"):
    comparable = choose_measure(page)
    chosen = choose_dimensions(page, comparable)
held = (
    comparison.comparable_years(warehouse, comparable, chosen)
    if chosen
    else pd.DataFrame(columns=["tier", "fiscal_year", "n"])
)
if held.empty:
    st.info(words("empty.measure"), icon=":material/inbox:")
    page.finish()
    st.stop()
with choices, st.container(horizontal=True, vertical_alignment="bottom"):
    tier = view.choice(
        "tier",
        [t for t in reversed(TIERS) if t in set(held["tier"])],
        held.groupby("tier")["n"].sum().idxmax(),
        st.selectbox,
        label=words("filter.tier"),
        width=150,
        format_func=lambda t: words.code("tier", t),
    )
    of_tier = held[held["tier"] == tier].sort_values(["n", "fiscal_year"])
    year = int(
        view.choice(
            "year",
            [str(y) for y in sorted(of_tier["fiscal_year"], reverse=True)],
            str(of_tier["fiscal_year"].iloc[-1]),
            st.selectbox,
            label=words("filter.year"),
            width=130,
        )
    )
    settle = choose_scale(page) if comparable.unit == "CNY" else None
frame = comparison.compare(warehouse, comparable, chosen, False, year=year, tier=tier).drop_duplicates("department_id")
what = full_name(page, comparable, chosen)
fewest = 1 if tier == "province" else FEWEST
by_province = frame.groupby("province_code")["value"].agg(["median", "count"])
names = dict(zip(frame["province_code"], frame["province_name"], strict=True))
scale = settle(frame["value"]) if settle else None
rest = unit_words(page, comparable, chosen)
unit = (scale.name(page.language) + rest) if scale else rest
rows = []
for tile in tiles(page.language):
    n = int(by_province["count"].get(tile["province_code"], 0))
    value = float(by_province["median"][tile["province_code"]]) if n >= fewest else None
    shown = (
        formatting.number(value / (scale.yuan if scale else 1))
        if value is not None
        else words("map.few", n=n)
        if n
        else formatting.UNKNOWN
    )
    full = names.get(tile["province_code"], tile["short"]) if page.language == "zh" else tile["short"]
    rows.append({**tile, "value": value, "shown": shown, "name": full, "count": n})
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


def province_href(province_code: object) -> str | None:
    """The standards or the departments of a province."""
    name = names.get(str(province_code))
    if name is None:
        return None
    if comparable.key == "standard_month":
        own = {k: v for k, v in chosen.items() if k in ("programme", "residence", "care")}
        return page.href("standards", province=name, tier=tier, year=year, **own)
    own = list(frame[frame["province_code"] == province_code]["department_id"])[:12]
    return page.href("compare", measure=comparable.key, **chosen, chart="bar", year=year, dept=",".join(own))


layout.card(
    page,
    table[["name", "province_code", "value", "count"]].rename(
        columns={
            "name": words("column.province"),
            "value": f"{what} ({('元' if page.language == 'zh' else 'yuan') if scale else ''}{rest})",
            "count": words("overview.departments"),
        }
    ),
    partial(charts.tile_map, table, {"missing": words("map.missing")}, link=province_href),
    key="tiles",
    finding=finding,
    subtitle=[
        f"{what} · {unit} · {year} · {words(f'compare.basis_{comparable.family}')}",
        words("map.note", tier=words.code("tier", tier), unit=unit, fewest=fewest),
    ],
    warnings=layout.cautions(page, frame.assign(tier=None)),
    below=[
        words("map.n_of_n", n=len(known), all=len(table), departments=formatting.number(len(frame))),
        *layout.source_lines(page, frame),
    ],
)
st.header(words("compare.table"), anchor=False)
layout.table(
    [words("column.province"), words("map.median"), words("overview.departments")],
    [
        [layout.Link(str(r["name"]), province_href(r["province_code"]) or ""), str(r["shown"]), str(r["count"])]
        for _, r in table[table["count"] > 0].sort_values("value", ascending=False, na_position="last").iterrows()
    ],
    numeric=[1, 2],
    caption=f"{what} · {year} · {unit}",
)
page.finish()
