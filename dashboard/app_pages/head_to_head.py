"""Head to head: two departments, every measure that both have on the same basis in the same year."""

import math
from functools import partial

import pandas as pd
import streamlit as st

from dashboard import charts, filters, formatting, layout
from dashboard.queries import comparison, holdings
from dashboard.queries.comparables import COMPARABLES
from dashboard.selection import choose_scale, full_name, scale_asked_for, unit_words

#: Totals, which more residents make larger.
PER_RESIDENT = ("expenditure", "persons", "amount_paid")
#: Measures that are drawn, those that differ most.
MOST = 20

page = layout.begin("head_to_head")
words, warehouse, view = page.words, page.warehouse, page.view
page.include_samples()
departments = filters.real(page, holdings.departments(warehouse)).sort_values(
    "figure_count", ascending=False, kind="stable"
)
if len(departments) < 2:
    st.info(words("empty.two"), icon=":material/inbox:")
    page.finish()
    st.stop()
with st.container(horizontal=True, vertical_alignment="bottom"):
    one = filters.one_department(page, departments, name="a")
    others = departments[departments["department_id"] != one]
    same_tier = others[others["tier"] == departments.set_index("department_id").loc[one, "tier"]]
    usual = str((same_tier if len(same_tier) else others)["department_id"].iloc[0])
    two = filters.one_department(page, others, usual=usual, name="b")
    choose_scale(page)
about = departments.set_index("department_id")
names = {d: str(about.loc[d, "department_name"]) for d in (one, two)}

matched: list[dict[str, object]] = []
alone = {one: 0, two: 0}
#: Where both have a year of a measure, but never on the same basis.
unlike: list[dict[str, object]] = []
for comparable in COMPARABLES.values():
    both = comparison.compare_two(warehouse, comparable, one, two)
    keys = [*comparable.dimensions, "fiscal_year"]
    both = both.drop_duplicates(["department_id", *keys])
    sides = both[both["department_id"] == one].merge(both[both["department_id"] == two], on=keys, suffixes=("_a", "_b"))
    sides = sides.sort_values("fiscal_year", ascending=False).drop_duplicates(
        list(comparable.dimensions) or ["fiscal_year"]
    )
    for department in (one, two):
        mine = both[both["department_id"] == department]
        alone[department] += int(len(mine) - len(mine.merge(sides[keys], on=keys)))
    if sides.empty and comparable.dimensions:
        for year in sorted(set(both["fiscal_year"]), reverse=True):
            pair = [both[(both["department_id"] == d) & (both["fiscal_year"] == year)] for d in (one, two)]
            if all(len(p) for p in pair):
                # The two that are most alike: what still differs is what stands in the way.
                a, b, differing = min(
                    (
                        (a, b, [d for d in comparable.dimensions if a[d] != b[d]])
                        for _, a in pair[0].iterrows()
                        for _, b in pair[1].iterrows()
                    ),
                    key=lambda found: len(found[2]),
                )
                unlike.append({"comparable": comparable, "year": int(year), "a": a, "b": b, "differing": differing})
                break
    for row in sides.to_dict("records"):
        matched.append(
            {
                "what": full_name(page, comparable, {d: row[d] for d in comparable.dimensions}),
                "key": comparable.key,
                "group": tuple(str(row.get(d)) for d in ("programme", "residence", "care", "variant")),
                "basis": words(f"compare.basis_{comparable.family}"),
                "year": int(row["fiscal_year"]),
                "unit": row.get("unit", comparable.unit),
                "rest": unit_words(page, comparable, row),
                **{
                    f"{k}_{side}": row[f"{k}_{side}"]
                    for k in ("value", "figure_id", "fact_id", "months_of")
                    for side in "ab"
                },
            }
        )


#: Where both the amount paid and the persons of a group are matched, the amounts differ by persons and by amount a head;
#: persons of other months are not those who were paid.
persons = {
    (r["group"], r["year"]): float(r["value_a"]) / float(r["value_b"])
    for r in matched
    if r["key"] == "persons" and r["value_b"] and r["months_of_a"] == r["months_of_b"]
}
populations = comparison.per_population(
    warehouse, sorted({str(r[k]) for r in matched for k in ("fact_id_a", "fact_id_b")})
).drop_duplicates("fact_id")
population = dict(zip(populations["fact_id"], populations["population_persons"], strict=True))


def explained(row: dict[str, object]) -> str:
    """What stands behind a difference: persons and amount a head, or residents and value a resident, where both are known,
    else the measure's basis; but the months first, where the counts are not of the same ones."""
    months = [layout.option_name(page, "months", str(row[k])) for k in ("months_of_a", "months_of_b")]
    if months[0] != months[1]:
        return words("head.months", a=months[0], b=months[1])
    ratio = times(row)
    share = persons.get((row["group"], row["year"]))
    if row["key"] == "amount_paid" and share and ratio is not None:
        return words("head.split", persons=formatting.number(share), head=formatting.number(ratio / share))
    residents = [population.get(row[k]) for k in ("fact_id_a", "fact_id_b")]
    if row["key"] in PER_RESIDENT and ratio is not None and all(formatting.is_known(r) and r for r in residents):
        share = float(residents[0]) / float(residents[1])
        return words("head.residents", residents=formatting.number(share), head=formatting.number(ratio / share))
    return str(row["basis"])


def times(row: dict[str, object]) -> float | None:
    """How many times the one is of the other; None for rates and where one is nothing."""
    a, b = float(row["value_a"]), float(row["value_b"])
    return a / b if row["unit"] != "percent" and a > 0 and b > 0 else None


def show(value: object, row: dict[str, object]) -> str:
    """A value with its unit; totals in the one that the reader chose, what one person gets in yuan."""
    unit = str(row["unit"])
    text = formatting.plain(value, unit, page.language, scale_asked_for(page) if not row["rest"] else None)
    return text if unit == "percent" else text + (str(row["rest"]) if unit == "CNY" else " " + words.code("unit", unit))


def difference(row: dict[str, object]) -> str | None:
    """Points between rates, else how many times the one is of the other."""
    a, b = float(row["value_a"]), float(row["value_b"])
    if row["unit"] == "percent":
        return words("head.points", points=formatting.points(a - b))
    return words("head.times", times=formatting.number(a / b)) if b else None


compared = sorted(
    (r for r in matched if times(r) is not None), key=lambda r: abs(math.log(times(r) or 1.0)), reverse=True
)
if compared:
    ratios = [times(r) or 1.0 for r in compared]
    first, furthest = (one, ratios[0]) if ratios[0] >= 1 else (two, 1 / ratios[0])
    finding = words(
        "head.finding",
        a=names[one],
        b=names[two],
        n=len(matched),
        more=sum(r > 1 for r in ratios),
        less=sum(r < 1 for r in ratios),
        what=compared[0]["what"],
        year=compared[0]["year"],
        name=names[first],
        other=names[two if first == one else one],
        times=formatting.number(furthest),
    )
else:
    finding = words("head.finding_none", a=names[one], b=names[two], n=len(matched))
warnings = []
tiers = {about.loc[d, "tier"] for d in (one, two)} - {None}
if len(tiers) > 1:
    warnings.append(words("warning.tiers", tiers=words.join(sorted(words.code("tier", t) for t in tiers))))
kinds = {about.loc[d, "department_kind"] for d in (one, two)}
if len(kinds) > 1:
    warnings.append(words("head.kinds"))
if apart := [r for r in matched if r["months_of_a"] != r["months_of_b"]]:
    warnings += layout.months_differ(page, [str(r[k]) for r in apart for k in ("months_of_a", "months_of_b")])
notes = [words("head.same_basis"), words("head.alone", a=names[one], n=alone[one], b=names[two], m=alone[two])]


def plain() -> pd.DataFrame:
    """Every matched pair, for a file."""
    return pd.DataFrame(
        {
            words("column.measure"): [r["what"] for r in matched],
            words("column.year"): [r["year"] for r in matched],
            names[one]: [r["value_a"] for r in matched],
            names[two]: [r["value_b"] for r in matched],
            words("column.unit"): [
                ("元" if page.language == "zh" else "yuan") + str(r["rest"])
                if r["unit"] == "CNY"
                else words.code("unit", r["unit"])
                for r in matched
            ],
            words("head.difference"): [difference(r) for r in matched],
            words("head.basis"): [explained(r) for r in matched],
            "figure_id_a": [r["figure_id_a"] for r in matched],
            "figure_id_b": [r["figure_id_b"] for r in matched],
        }
    )


if matched:
    drawn = pd.DataFrame(
        {
            "label": [f"{r['what']}\n{r['year']}" for r in compared[:MOST]],
            "ratio": [times(r) for r in compared[:MOST]],
            "shown": [str(difference(r)) for r in compared[:MOST]],
            "figure_id": [r["figure_id_a"] for r in compared[:MOST]],
        }
    )
    behind = pd.DataFrame(
        [
            {"department_id": d, "figure_id": r[k]}
            for r in matched
            for d, k in ((one, "figure_id_a"), (two, "figure_id_b"))
        ]
    )
    layout.card(
        page,
        plain,
        partial(
            charts.times_apart,
            drawn,
            names[one],
            names[two],
            {"higher": words("head.higher"), "equal": words("head.equal")},
            link=page.evidence_href,
        )
        if len(drawn)
        else None,
        key="times",
        finding=finding,
        subtitle=[words("head.how"), notes[0]],
        warnings=warnings,
        below=[
            words("head.n_of_n", shown=len(drawn), n=len(matched)),
            notes[1],
            *layout.sources_of(page, behind, "figure_id"),
        ],
    )
    st.header(words("compare.table"), anchor=False)
    layout.table(
        [
            words("column.measure"),
            words("column.year"),
            names[one],
            names[two],
            words("head.difference"),
            words("head.basis"),
        ],
        [
            [
                str(r["what"]),
                str(r["year"]),
                page.evidence(r["figure_id_a"], show(r["value_a"], r)),
                page.evidence(r["figure_id_b"], show(r["value_b"], r)),
                difference(r),
                layout.Quote(explained(r)),
            ]
            for r in matched
        ],
        numeric=[2, 3, 4],
        caption=words("head.caption"),
    )
else:
    st.header(layout.plain(finding), anchor=False)
    layout.notes(notes)
    st.info(words("head.nothing"), icon=":material/compare_arrows:")


def basis_of(side: pd.Series, differing: list[str]) -> str:
    """What a value is about, in the dimensions in which it differs from the other."""
    return words.join([layout.option_name(page, d, str(side[d])) for d in differing])


if unlike:
    st.header(words("head.unlike"), anchor=False)
    layout.notes([words("head.unlike_note")])
    rows = []
    for u in unlike:
        comparable, differing = u["comparable"], u["differing"]
        values = []
        for side in (u["a"], u["b"]):
            row = {"unit": side.get("unit", comparable.unit), "rest": unit_words(page, comparable, side)}
            values.append(
                [page.evidence(side["figure_id"], show(side["value"], row)), f"（{basis_of(side, differing)}）"]
            )
        rows.append(
            [
                full_name(page, comparable, {d: u["a"][d] for d in comparable.dimensions if d not in differing}),
                str(u["year"]),
                *values,
                words("head.differs_by", dimensions=words.join([words(f"dimension.{d}") for d in differing])),
            ]
        )
    layout.table(
        [words("column.measure"), words("column.year"), names[one], names[two], words("head.why")],
        rows,
        caption=words("head.unlike"),
    )
page.finish()
