"""Funding: one department's money of one year, stage by stage, by source and by type of spending."""

from functools import partial

import pandas as pd
import streamlit as st

from dashboard import charts, fact_tables, filters, formatting, layout
from dashboard.labels import compositions
from dashboard.parts import stackable
from dashboard.queries import fact_marts, holdings
from dashboard.selection import choose_scale, scale_asked_for

TABLE = "fct_funding"
#: The way of the money: what came in, what was planned at each stage, what was spent, what was left.
ORDER = [
    ("income", None),
    ("budget", "initial"),
    ("budget", "revised"),
    ("budget", None),
    ("expenditure", None),
    ("carryover", None),
]

page = layout.begin("funding")
words, warehouse, view = page.words, page.warehouse, page.view
page.include_samples()
departments = filters.real(page, holdings.departments(warehouse))
held = fact_marts.tally(warehouse, TABLE, "department_id", page.samples, {})
departments = departments.set_index("department_id").reindex(
    held.sort_values("n", ascending=False, kind="stable")["option"]
)
departments = departments.dropna(subset=["department_name"]).rename_axis("department_id").reset_index()
if departments.empty:
    st.info(words("empty.measure"), icon=":material/inbox:")
    page.finish()
    st.stop()

with st.container(horizontal=True, vertical_alignment="bottom"):
    department = filters.one_department(page, departments)
    of_years = fact_marts.tally(warehouse, TABLE, "fiscal_year", page.samples, {"department_id": department})
    year = int(
        view.choice(
            "year",
            sorted(of_years["option"], reverse=True),
            str(of_years.sort_values(["n", "option"])["option"].iloc[-1]),
            st.selectbox,
            label=words("filter.year"),
            width=130,
        )
    )
    settle = choose_scale(page)
mine = fact_marts.facts(warehouse, TABLE, page.samples, {"department_id": department, "fiscal_year": year})
name = str(mine["department_name"].iloc[0])
scale = settle(mine["amount_cny"])
unit = scale.name(page.language)


def position(row: pd.Series) -> tuple[int, str]:
    """Where a measure and stage stand on the way of the money."""
    pair = (row["measure"], row["stage"] if row["measure"] == "budget" and isinstance(row["stage"], str) else None)
    return (ORDER.index(pair) if pair in ORDER else len(ORDER), str(row["stage"]))


mine = mine.loc[sorted(mine.index, key=lambda i: (*position(mine.loc[i]), -mine.loc[i, "amount_cny"]))]
whole = mine[mine[["programme", "item"]].isna().all(axis=1)]
totals = whole[whole[["fund_source", "spending_type"]].isna().all(axis=1)]


def row_name(row: pd.Series) -> str:
    """Measure and stage."""
    return " · ".join(n for n in (words.code("measure", row["measure"]), words.code("stage", row["stage"])) if n)


def money(value: object) -> str:
    """An amount in the unit of the page."""
    return formatting.money(value, page.language, scale)


def largest(rows: pd.DataFrame, part: str) -> str:
    """What of the parts of the latest stage is the largest, with its share of what is stated of them."""
    last = rows[rows["row"] == rows["row"].iloc[-1]].sort_values("amount_cny", ascending=False)
    top, total = last.iloc[0], last["amount_cny"].sum()
    if len(last) < 2 or total <= 0:
        return words("funding.only", what=top["row"], part=top["part"], amount=money(top["amount_cny"]))
    share = formatting.number(100 * top["amount_cny"] / total, 1)
    return words(
        f"funding.largest_{part}", what=top["row"], part=top["part"], amount=money(top["amount_cny"]), share=share
    )


def apart(rows: pd.DataFrame, part: str, *within: str) -> pd.DataFrame:
    """The rows whose parts do not contain each other: of sources the finer ones, of spending 基本支出 and not what is in it."""
    return stackable(rows, part, compositions(part), within, prefer_wholes=part == "spending_type")


def contained(rows: pd.DataFrame, part: str | None) -> str:
    """What is not drawn because it contains, or is contained in, what is."""
    if part is None or rows.empty:
        return ""
    names = dict.fromkeys(f"{words.code(part, r[part])} {money(r['amount_cny'])}" for _, r in rows.iterrows())
    return words("funding.contained", names=words.join(list(names)))


spent, budgets = totals[totals["measure"] == "expenditure"], totals[totals["measure"] == "budget"]
if not spent.empty and not budgets.empty:
    finding = words(
        "funding.finding",
        name=name,
        year=year,
        spent=money(spent["amount_cny"].max()),
        budgets=words.join(
            [
                f"{words.code('stage', r.stage) or words('whole.stage')} {money(r.amount_cny)}"
                for r in budgets.itertuples()
            ]
        ),
    )
else:
    finding = words("funding.partly", name=name, year=year, n=len(mine))
subtitle = [f"{name} · {year} · {words('funding.note', unit=unit)}", words("compare.basis_funding")]
blocks = [
    ("totals", totals, None),
    ("by_source", whole[whole["fund_source"].notna() & whole["spending_type"].isna()], "fund_source"),
    ("by_type", whole[whole["spending_type"].notna() & whole["fund_source"].isna()], "spending_type"),
]
drawn = 0
for key, rows, part in blocks:
    if rows.empty:
        continue
    drawn += 1
    stacked = rows if part is None else apart(rows, part, "measure", "stage")
    left_out = rows[~rows.index.isin(stacked.index)]
    rows = stacked
    parts = rows.assign(
        row=[row_name(r) for _, r in rows.iterrows()],
        part=words("whole.item") if part is None else [words.code(part, v) for v in rows[part]],
    )
    layout.card(
        page,
        fact_tables.plain(page, TABLE, rows),
        partial(charts.stacked_amounts, parts, unit, scale, link=page.evidence_href),
        key=key,
        finding=finding if part is None else words(f"funding.{key}", rest=largest(parts, part)),
        subtitle=subtitle,
        warnings=layout.cautions(page, rows),
        below=[
            words("funding.n_of_n", n=len(rows), all=len(mine)),
            contained(left_out, part),
            *layout.sources_of(page, rows, "figure_id"),
        ],
    )
crossed = whole[whole["fund_source"].notna() & whole["spending_type"].notna() & (whole["measure"] == "expenditure")]
for part, other in (("fund_source", "spending_type"), ("spending_type", "fund_source")):
    crossed = apart(crossed, part, "stage", other)
if len(crossed) >= 2:
    drawn += 1
    sources, types = list(dict.fromkeys(crossed["fund_source"])), list(dict.fromkeys(crossed["spending_type"]))
    nodes = [words.code("fund_source", s) for s in sources] + [words.code("spending_type", t) for t in types]
    links = [
        (sources.index(r.fund_source), len(sources) + types.index(r.spending_type), float(r.amount_cny))
        for r in crossed.itertuples()
    ]
    widest = crossed.loc[crossed["amount_cny"].idxmax()]
    layout.card(
        page,
        fact_tables.plain(page, TABLE, crossed),
        partial(charts.flow, nodes, links, unit, scale),
        key="flow",
        finding=words(
            "funding.flow_finding",
            source=words.code("fund_source", widest["fund_source"]),
            type=words.code("spending_type", widest["spending_type"]),
            amount=money(widest["amount_cny"]),
        ),
        subtitle=[f"{words('funding.flow')} · {unit}", *subtitle[1:]],
        warnings=layout.cautions(page, crossed),
        below=[
            words("funding.n_of_n", n=len(crossed), all=len(mine)),
            *layout.sources_of(page, crossed, "figure_id"),
        ],
    )
else:
    # No report in sight says which source paid for what: what came in and what it went to, each as it is told.
    final = whole[whole["stage"] == "final"]
    came = final[final["fund_source"].notna() & final["spending_type"].isna()]
    came = came[came["measure"] == ("income" if (came["measure"] == "income").any() else "expenditure")]
    went = final[(final["measure"] == "expenditure") & final["spending_type"].notna() & final["fund_source"].isna()]
    came, went = (
        apart(rows[rows["amount_cny"] > 0], part, "measure", "stage").sort_values("amount_cny", ascending=False)
        for rows, part in ((came, "fund_source"), (went, "spending_type"))
    )
    if len(came) and len(went) and len(came) + len(went) > 2:
        drawn += 1
        sides = [
            [(words.code(part, r[part]), float(r["amount_cny"]), r["figure_id"]) for _, r in rows.iterrows()]
            for rows, part in ((came, "fund_source"), (went, "spending_type"))
        ]
        both = pd.concat([came, went])
        layout.card(
            page,
            fact_tables.plain(page, TABLE, both),
            partial(charts.through, sides[0], name, sides[1], unit, scale, link=page.evidence_href),
            key="through",
            finding=words(
                "funding.through_finding",
                name=name,
                year=year,
                source=sides[0][0][0],
                came=money(sides[0][0][1]),
                type=sides[1][0][0],
                went=money(sides[1][0][1]),
            ),
            subtitle=[
                words(
                    "funding.through",
                    came=money(came["amount_cny"].sum()),
                    what=words.code("measure", came["measure"].iloc[0]),
                    went=money(went["amount_cny"].sum()),
                    unit=unit,
                ),
                words("compare.basis_funding"),
            ],
            warnings=layout.cautions(page, both),
            below=[
                words("funding.n_of_n", n=len(both), all=len(mine)),
                *layout.sources_of(page, both, "figure_id"),
            ],
        )
if not drawn:
    layout.lead(finding)
    st.info(words("funding.only_parts"), icon=":material/account_balance:")
st.header(words("compare.table"), anchor=False)
# Without a unit that the reader chose, each amount is shown in the one that suits it: small ones would lose their digits.
fact_tables.show(
    page,
    TABLE,
    mine,
    department=False,
    caption=f"{name} {year}",
    scale=scale_asked_for(page),
)
layout.take_away(page, layout.downloads.Table(finding, fact_tables.plain(page, TABLE, mine), subtitle), "funding")
page.finish()
