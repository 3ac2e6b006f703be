"""Evidence: one figure in the sentence or table row of its report, where the report is, and every other statement of it."""

import pandas as pd
import streamlit as st

from dashboard import check_view, downloads, figure_view, formatting, layout, review_access
from dashboard.evidence_text import CONTEXT
from dashboard.figure_view import meaning, value_text
from dashboard.layout import Link, Page, Quote
from dashboard.queries import evidence, holdings, identity_checks
from ingest.warehouse import originals

#: Figures on one page of the list, and its last page: further ones are reached by narrowing the choices.
ROWS, MOST_PAGES = 100, 100


def show_figure(page: Page, figure_id: str) -> None:
    """The evidence of one figure."""
    words, warehouse = page.words, page.warehouse
    row = evidence.figure(warehouse, figure_id)
    if row is None:
        st.warning(words("evidence.unknown") + " " + layout.code(figure_id), icon=":material/search_off:")
        return
    text = evidence.text(warehouse, row["document_id"])
    head, place = st.columns([3, 2], gap="large")
    with head:
        st.html(f'<p class="jx-value">{layout.fragment(value_text(page, row))}</p>')
        layout.lead(" · ".join(meaning(page, row)))
        year = str(int(row["fiscal_year"])) if pd.notna(row["fiscal_year"]) else words("unknown.year")
        badges = [layout.sample_badge(page)] if row["source_class"] == "sample" else []
        badges += filter(None, [layout.review_badge(page, row["review_action"])])
        department = layout.department_cell(page, row["department_id"], row["department_name"], False)
        st.html(layout.fragment([department, year, *badges]))
        qualifier = words.code("qualifier", row["qualifier"])
        layout.notes(
            [words("evidence.qualifier", qualifier=qualifier) if qualifier and row["qualifier"] != "exact" else ""]
        )
        figure_view.show_sentence(row, text)
        if review_access.current().granted:
            to_review = Link(words("review.to_review"), page.href("review", figure=figure_id))
            st.html(f"<p class='jx-note'>{layout.fragment(to_review)}</p>")
    with place:
        details = [
            (
                words("column.title"),
                Link(str(row["title"]), page.href("evidence", document=row["document_id"]))
                if isinstance(row["title"], str)
                else None,
            ),
            (words("column.publisher"), row["publisher"]),
            (words("column.published_on"), row["published_on"]),
            (words("column.source_class"), words.code("source_class", row["source_class"])),
            (
                words("column.source_url"),
                Link(str(row["source_url"]), str(row["source_url"])) if isinstance(row["source_url"], str) else None,
            ),
            (words("column.file"), row["file"]),
            (words("column.page"), str(int(row["page"])) if pd.notna(row["page"]) else None),
            (
                words("column.row"),
                " / ".join(str(row[c]) for c in ("row_label", "column_header") if isinstance(row[c], str)) or None,
            ),
            (words("column.note"), words.code("note", row.get("note"))),
            (words("column.confidence"), formatting.number(row["confidence"]) if pd.notna(row["confidence"]) else None),
        ]
        layout.table(
            [words("evidence.where"), ""],
            [
                [name, value if isinstance(value, Link) else str(value)]
                for name, value in details
                if isinstance(value, Link) or (pd.notna(value) and value != "")
            ],
        )
    st.header(words("evidence.as_written"), anchor=False)
    if text is None or pd.isna(row["start"]) or pd.isna(row["end"]):
        layout.table(
            [words("column.raw"), words("column.quote")],
            [[Quote(str(row["raw"])), Quote(str(row["quote"])) if isinstance(row["quote"], str) else None]],
        )
        layout.notes(
            [words("evidence.no_text" if isinstance(row["source_url"], str) else "evidence.no_text_no_address")]
        )
    else:
        whole = page.view.flag("whole", False, st.toggle, label=words("evidence.whole"))
        has_pages = row["format"] in originals.FORMATS and pd.notna(row["page"])
        text_side, page_side = st.columns(2, gap="large") if has_pages else (st.container(), None)
        with text_side:
            figure_view.show_words(page, row, text, None if whole else CONTEXT)
        if page_side is not None:
            with page_side:
                figure_view.show_page(page, row, text)
    checks = identity_checks.checks_of(warehouse, figure_id)
    if not checks.empty:
        st.header(words("evidence.checks"), anchor=False)
        check_view.show_violated(page, checks, figure_id)
        held = checks.loc[checks["verdict"] == "holds", "identity"].drop_duplicates()
        if len(held):
            named = words.join([words.code("identity", identity) for identity in held])
            layout.notes([words("evidence.checks_hold", identities=named)])
        if (checks["verdict"] == "not_computable").all():
            layout.notes([words("evidence.checks_unknown")])
    figure_view.show_history(page, figure_id)
    st.header(words("evidence.facts"), anchor=False)
    if not figure_view.show_statements(page, figure_id):
        layout.notes([words("evidence.no_facts")])
    table = pd.DataFrame(
        {
            words("evidence.where"): [n for n, _ in details],
            words("column.value"): [v.text if isinstance(v, Link) else v for _, v in details],
        }
    )
    table.loc[len(table)] = [words("column.raw"), row["raw"]]
    table.loc[len(table)] = [words("column.quote"), row["quote"]]
    table.loc[len(table)] = [words("column.value"), str(row["value"])]
    table = table.astype(object).where(table.notna(), None).map(lambda v: None if v is None else str(v))
    layout.take_away(
        page, downloads.Table(" · ".join([str(row["department_name"]), *meaning(page, row)]), table), "evidence"
    )


def named(page: Page, found: pd.DataFrame) -> pd.DataFrame:
    """Figures for a file: columns and codes with their names, values as they are."""
    words = page.words
    names = {
        "department_name": "column.department",
        "fiscal_year": "column.year",
        "measure": "column.measure",
        **{c: f"dimension.{c}" for c in ("programme", "residence", "care", "stage", "fund_source", "spending_type")},
        "item": "dimension.item",
        "indicator": "field.indicator",
        "variant": "dimension.variant",
        "value": "column.value",
        "unit": "column.unit",
        "per": "field.per",
        "raw": "column.raw",
        "title": "column.title",
        "confidence": "column.confidence",
    }
    coded = {
        c: [words.code(c, v) or None for v in found[c]] for c in (*figure_view.CODED, "item", "variant", "unit", "per")
    }
    return found.assign(**coded).rename(columns={c: words(n) for c, n in names.items()})


def show_document(page: Page, document_id: str) -> None:
    """What the one document is whose figures are listed: its title, leading to where it was published, and who did."""
    words = page.words
    row = evidence.document(page.warehouse, document_id)
    if row is None:
        st.warning(words("evidence.unknown_document") + " " + layout.code(document_id), icon=":material/search_off:")
        return
    title = str(row["title"] if isinstance(row["title"], str) else row["file"])
    named = Link(title, str(row["source_url"])) if isinstance(row["source_url"], str) else title
    kind = words.code("document_kind", row["document_kind"]) or words.code("document_kind", row["format"])
    about = (row["publisher"], kind, words.code("source_class", row["source_class"]))
    st.html(f'<p class="jx-lead"><strong>{layout.fragment(named)}</strong></p>')
    layout.notes([" · ".join(part for part in about if isinstance(part, str) and part)])


def browse(page: Page) -> None:
    """Find a figure: by department, year, measure, document and words."""
    words, warehouse, view = page.words, page.warehouse, page.view
    page.include_samples()
    departments = holdings.departments(warehouse)
    if not page.samples:
        departments = departments[~departments["is_sample"].fillna(False).astype(bool)]
    names = dict(zip(departments["department_id"], departments["department_name"], strict=True))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        department = view.choice(
            "dept",
            ["", *names],
            "",
            st.selectbox,
            label=words("filter.department"),
            width=300,
            format_func=lambda d: names.get(d) or words("filter.all"),
        )
        totals = holdings.totals(warehouse, True)
        years = (
            []
            if pd.isna(totals["first_year"])
            else [str(y) for y in range(int(totals["last_year"]), int(totals["first_year"]) - 1, -1)]
        )
        year = view.choice(
            "year",
            ["", *years],
            "",
            st.selectbox,
            label=words("filter.year"),
            width=130,
            format_func=lambda y: y or words("filter.all"),
        )
        measures = list(words.codes("measure"))
        measure = view.choice(
            "measure",
            ["", *measures],
            "",
            st.selectbox,
            label=words("filter.measure"),
            width=190,
            format_func=lambda m: words.code("measure", m) or words("filter.all"),
        )
        search = view.text("search", "", 60, st.text_input, label=words("evidence.search"), width=230)
        document = view.text("document", "", 64)
    wanted = evidence.Wanted(
        page.samples, department or None, int(year) if year else None, measure or None, search, document or None
    )
    held = evidence.figure_count(warehouse, wanted)
    pages = min(max(1, -(-held // ROWS)), MOST_PAGES)
    number = view.integer("page", 1, pages, 1)
    found = evidence.figures(warehouse, wanted, ROWS, (number - 1) * ROWS)
    if document:
        show_document(page, document)
    first = (number - 1) * ROWS + 1
    layout.notes(
        [
            words("evidence.found", n=formatting.number(held))
            + (words("evidence.part", first=first, last=first + len(found) - 1) if held > ROWS else "")
            + (words("evidence.more") if held > ROWS * MOST_PAGES else "")
        ]
    )
    if found.empty:
        st.info(words("empty.filter"), icon=":material/filter_alt_off:")
        return
    layout.table(
        [words(f"column.{c}") for c in ("department", "year", "meaning", "value", "raw", "title")],
        [
            [
                layout.department_cell(page, r["department_id"], r["department_name"], r["is_sample"]),
                str(int(r["fiscal_year"])) if pd.notna(r["fiscal_year"]) else None,
                " · ".join(meaning(page, r)),
                page.evidence(r["figure_id"], value_text(page, r)),
                Quote(str(r["raw"])),
                str(r["title"]) if pd.notna(r["title"]) else None,
            ]
            for _, r in found.iterrows()
        ],
        numeric=[3],
        caption=words("evidence.table_caption"),
    )
    if pages > 1:
        st.pagination(pages, key=view.widget_key("page"))
    listed = found.drop(columns=["department_id", "is_sample"])
    layout.take_away(page, downloads.Table(words("page.evidence.title"), named(page, listed)), "figures")


page = layout.begin("evidence")
page.view.idle("whole", "samples")
chosen = page.view.text("figure", "", 64)
if chosen:
    st.html(layout.fragment(Link("← " + page.words("evidence.all"), page.href("evidence"))))
    show_figure(page, chosen)
else:
    browse(page)
page.finish()
