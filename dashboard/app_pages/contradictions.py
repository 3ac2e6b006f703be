"""Contradictions: identities that reports must obey and do not, with both sides, the gap and the evidence."""

import html

import pandas as pd
import streamlit as st

from dashboard import check_view, downloads, fact_tables, filters, layout
from dashboard.formatting import number
from dashboard.layout import Badge, Page
from dashboard.queries import fact_marts, identity_checks

CARDS = 10
VERDICTS = ("violated", "holds", "not_computable")


def side(page: Page, label: object, value: object, unit: object) -> str:
    """One side of a check: what it is and its value."""
    text, name = check_view.value_text(page, value, unit), page.words.check_label(label)
    return f"<b>{html.escape(text)}</b><br><span class='jx-note'>{html.escape(name)}</span>"


def card(page: Page, row: pd.Series, figures: pd.DataFrame) -> None:
    """A check with both sides, the gap and every figure that it rests on."""
    words = page.words
    with st.container(border=True):
        severity = Badge(words.code("severity", row["severity"]), "alarm" if row["severity"] == "hard" else "plain")
        department = layout.department_cell(page, row["department_id"], row["department_name"], row["is_sample"])
        year = str(int(row["fiscal_year"])) if pd.notna(row["fiscal_year"]) else words("unknown.year")
        st.html(
            f"<p class='jx-lead'>{layout.fragment(fact_tables.verdict_badge(page, row['verdict']))} {layout.fragment(severity)} "
            f"<b>{html.escape(words.code('identity', row['identity']))}</b>"
            + (f" · {html.escape(what)}" if (what := check_view.about(page, figures)) else "")
            + "</p>"
            + f"<p class='jx-note jx-link'>{layout.fragment(department)} · {year}"
            + (f" · {html.escape(str(row['title']))}" if pd.notna(row["title"]) else "")
            + "</p>"
        )
        left, sign, right, gap = st.columns([6, 3, 6, 5])
        left.html(side(page, row["left_label"], row["left_value"], row["unit"]))
        sign.html(f"<p class='jx-note'>{html.escape(check_view.relation(page, row))}</p>")
        right.html(side(page, row["right_label"], row["right_value"], row["unit"]))
        gap.html(f"<p class='jx-note'>{html.escape(check_view.gap_text(page, row))}</p>")
        quoted = figures[figures["quote"].notna()]
        if not figures.empty and quoted.empty:
            # Tables of figures carry no sentences: one line of links says all.
            links = [page.evidence(f["figure_id"], str(f["raw"])) for _, f in figures.iterrows()]
            st.html(f"<p class='jx-note jx-link'>{html.escape(words('check.figures'))}: {layout.fragment(links)}</p>")
        elif not figures.empty:
            several = figures["document_id"].nunique() > 1
            layout.table(
                [words("column.raw"), words("column.quote"), *([words("column.title")] * several)],
                [
                    [
                        page.evidence(f["figure_id"], str(f["raw"])),
                        layout.Quote(" ".join(str(f["quote"]).split())[:160])
                        if isinstance(f["quote"], str)
                        else words("check.no_quote"),
                        *([str(f["title"]) if isinstance(f["title"], str) else None] * several),
                    ]
                    for _, f in figures.iterrows()
                ],
                caption=words("check.figures"),
            )


page = layout.begin("contradictions")
words, warehouse, view = page.words, page.warehouse, page.view
page.include_samples()
counts = identity_checks.check_counts(warehouse, page.samples)
if counts.empty:
    st.info(words("empty.checks"), icon=":material/inbox:")
    page.finish()
    st.stop()


def total(**conditions: str) -> int:
    """Checks that a verdict, severity or identity applies to."""
    kept = counts
    for column, value in conditions.items():
        kept = kept[kept[column] == value]
    return int(kept["n"].sum())


violated = fact_marts.tally(warehouse, "fct_reconciliations", "verdict", page.samples, {"verdict": "violated"})
layout.lead(
    words(
        "check.finding",
        checks=number(total() - total(verdict="not_computable")),
        violated=number(total(verdict="violated")),
        hard=number(total(verdict="violated", severity="hard")),
        departments=number(violated["departments"].sum()),
    )
)
conditions: dict[str, object] = {}
choices = layout.choices(page)
with choices, st.container(horizontal=True, vertical_alignment="bottom"):
    verdict = view.choice(
        "verdict",
        VERDICTS,
        "violated",
        st.segmented_control,
        label=words("field.verdict"),
        required=True,
        format_func=lambda v: f"{words.code('verdict', v)} ({number(total(verdict=v))})",
    )
    conditions["verdict"] = verdict
    severity = view.choice(
        "severity",
        ["all", "hard", "soft"],
        "all",
        st.segmented_control,
        label=words("check.severity"),
        required=True,
        format_func=lambda s: words("filter.all") if s == "all" else words.code("severity", s),
    )
    if severity != "all":
        conditions["severity"] = severity
    identities = sorted(counts["identity"].dropna().unique(), key=lambda i: words.code("identity", i))
    identity = view.choice(
        "identity",
        ["", *identities],
        "",
        st.selectbox,
        label=words("check.identity"),
        width=300,
        format_func=lambda i: words.code("identity", i) or words("filter.all"),
    )
    if identity:
        conditions["identity"] = identity
with choices:
    filters.by_place(page, "fct_reconciliations", conditions)
found = int(fact_marts.tally(warehouse, "fct_reconciliations", "verdict", page.samples, conditions)["n"].sum())
pages = max(1, -(-found // CARDS))
current = view.integer("page", 1, pages, 1)
layout.notes([words("check.shown", n=number(found))])
if not found:
    st.info(words("empty.filter"), icon=":material/filter_alt_off:")
shown = identity_checks.checks(warehouse, page.samples, conditions, CARDS, (current - 1) * CARDS)
figures = identity_checks.check_figures(warehouse, shown[["reconciliation_id", "department_id"]])
for _, row in shown.iterrows():
    card(page, row, figures[figures["reconciliation_id"] == row["reconciliation_id"]])
if pages > 1:
    st.pagination(pages, key=view.widget_key("page"))

st.header(words("check.by_identity"), anchor=False)
by_identity = counts.pivot_table(index=["identity", "severity"], columns="verdict", values="n", fill_value=0)
by_identity = by_identity.reindex(columns=list(VERDICTS), fill_value=0).astype(int)
by_identity = by_identity.sort_values(["violated", "holds"], ascending=False).reset_index()
layout.table(
    [words("check.identity"), words("check.severity"), *(words.code("verdict", v) for v in VERDICTS)],
    [
        [
            layout.Link(
                words.code("identity", r.identity),
                page.href("contradictions", identity=r.identity, verdict="violated" if r.violated else "holds"),
            ),
            words.code("severity", r.severity),
            number(r.violated),
            number(r.holds),
            number(r.not_computable),
        ]
        for r in by_identity.itertuples()
    ],
    numeric=[2, 3, 4],
    caption=words("check.by_identity_caption"),
)


def plain() -> pd.DataFrame:
    """Every check under the filters, for a file."""
    every = identity_checks.checks(warehouse, page.samples, conditions)
    named = {
        "department_name": words("column.department"),
        "fiscal_year": words("column.year"),
        "identity": words("check.identity"),
        "severity": words("check.severity"),
        "verdict": words("field.verdict"),
        "left_label": words("check.left"),
        "left_value": words("check.left_value"),
        "right_label": words("check.right"),
        "right_value": words("check.right_value"),
        "unit": words("column.unit"),
        "gap": words("check.gap_column"),
        "tolerance": words("check.tolerance"),
        "sentence": words("column.note"),
        "title": words("column.title"),
    }
    every = every.assign(
        sentence=[check_view.sentence(page, row) for row in fact_tables.records(every)],
        left_label=[words.check_label(x) for x in every["left_label"]],
        right_label=[words.check_label(x) for x in every["right_label"]],
        **{c: [words.code(c, x) for x in every[c]] for c in ("identity", "severity", "verdict", "unit")},
    )
    return every[[*named, "reconciliation_id"]].rename(columns=named)


layout.take_away(page, downloads.Table(words("page.contradictions.title"), plain), "checks")
page.finish()
