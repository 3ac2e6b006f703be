"""Release: which release this is, what it was made from, and how its documents divide by kind and source."""

import pandas as pd
import streamlit as st

from dashboard import downloads, layout
from dashboard.formatting import number, plain
from dashboard.queries import holdings, releases

page = layout.begin("release")
words, warehouse = page.words, page.warehouse
release = releases.release(warehouse)
layout.table(
    [words("release.fact"), words("column.value")],
    [
        [words("release.name"), str(release["release"])],
        [words("release.built"), pd.Timestamp(release["built_at"]).strftime("%Y-%m-%d %H:%M:%S UTC")],
        [words("release.extractor"), str(release["extractor_version"])],
        [words("overview.documents"), number(release["document_count"])],
        [words("overview.figures"), number(release["figure_count"])],
    ],
)
changes = releases.changes(warehouse)
if not changes.empty:
    st.header(words("release.changes"), anchor=False)
    by_status = changes.groupby("status")["n"].sum()
    layout.lead(
        words(
            "release.changes_finding",
            **{s: number(by_status.get(s, 0)) for s in ("loaded", "unchanged", "withdrawn", "failed")},
        )
    )
    changed = releases.changed(warehouse, 60)
    if not changed.empty:
        layout.table(
            [
                words("release.change"),
                words("column.file"),
                words("column.department"),
                words("column.title"),
                words("column.figures"),
            ],
            [
                [
                    words.code("change", r.status),
                    str(r.file),
                    layout.document_department(page, r),
                    layout.document_link(page, r) or (str(r.message) if isinstance(r.message, str) else None),
                    number(r.figure_count),
                ]
                for r in changed.itertuples()
            ],
            numeric=[4],
            caption=words(
                "release.changes_caption",
                n=len(changed),
                all=number(changes[changes["status"] != "unchanged"]["n"].sum()),
            ),
        )
facts = releases.changed_facts(warehouse, 60)
if not facts.empty:
    st.header(words("release.facts"), anchor=False)
    layout.table(
        [
            *(words(f"column.{name}") for name in ("department", "year", "measure")),
            *(words(f"release.{name}") for name in ("before", "after", "change", "cause")),
        ],
        [
            [
                layout.department_cell(page, r.department_id, r.department_name, r.is_sample),
                str(int(r.fiscal_year)) if pd.notna(r.fiscal_year) else None,
                words.join([words.code("measure", r.measure), *filter(None, [words.code("programme", r.programme)])]),
                plain(r.value_before, r.unit_before, page.language) if pd.notna(r.value_before) else None,
                page.evidence(r.figure_id_after, plain(r.value_after, r.unit_after, page.language))
                if pd.notna(r.value_after)
                else None,
                words(f"release.{r.change}"),
                words.code("cause", r.cause),
            ]
            for r in facts.itertuples()
        ],
        numeric=[3, 4],
        caption=words(
            "release.facts_caption",
            n=len(facts),
            all=number(facts["n"].iloc[0]),
            previous=facts["previous_release"].iloc[0],
        ),
    )
documents = holdings.documents(warehouse, True)
# A table of figures is of no kind of document; what it is, its format says.
documents = documents.assign(document_kind=documents["document_kind"].fillna(documents["format"]))
if not documents.empty:
    for title, column in (("release.by_source", "source_class"), ("release.by_kind", "document_kind")):
        st.header(words(title), anchor=False)
        counts = (
            documents.groupby(column, dropna=False)
            .agg(documents=("document_id", "size"), figures=("figure_count", "sum"))
            .sort_values("figures", ascending=False)
        )
        layout.table(
            [
                words(f"column.{'kind' if column == 'document_kind' else column}"),
                words("column.documents"),
                words("column.figures"),
            ],
            [
                [words.code(column, code) or None, number(r.documents), number(r.figures)]
                for code, r in zip(counts.index, counts.itertuples(), strict=True)
            ],
            numeric=[1, 2],
        )
    named = {
        "title": "title",
        "department_name": "department",
        "fiscal_year": "year",
        "document_kind": "kind",
        "publisher": "publisher",
        "published_on": "published_on",
        "source_url": "source_url",
        "source_class": "source_class",
        "file": "file",
        "figure_count": "figures",
        "loaded_at": "loaded_at",
    }
    table = documents[["document_id", *named]].assign(
        loaded_at=documents["loaded_at"].astype(str),
        document_kind=[words.code("document_kind", k) for k in documents["document_kind"]],
        source_class=[words.code("source_class", k) for k in documents["source_class"]],
    )
    layout.take_away(
        page,
        downloads.Table(
            words("release.documents"), table.rename(columns={c: words(f"column.{n}") for c, n in named.items()})
        ),
        "documents",
    )
layout.notes([words("release.note")])
page.finish()
