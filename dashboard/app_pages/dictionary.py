"""Dictionary: every table and column that the pages and SQL read, and the terms of the field in both languages."""

import pandas as pd
import streamlit as st

from dashboard import downloads, layout
from dashboard.labels import CODE_SEEDS, glossary
from dashboard.queries import releases

page = layout.begin("dictionary")
words, warehouse, view = page.words, page.warehouse, page.view
search = view.text("search", "", 60, st.text_input, label=words("dictionary.search"), width=320)


def found(*texts: object) -> bool:
    """Whether what is looked for stands in one of the texts."""
    return not search or any(search.lower() in str(t).lower() for t in texts if isinstance(t, str))


st.header(words("dictionary.terms"), anchor=False)
terms = [t for t in glossary() if found(t["zh"], t["en"], t["zh_definition"], t["en_definition"])]
layout.table(
    [words("dictionary.term"), words("dictionary.other_language"), words("dictionary.definition")],
    [[t[page.language], t["en" if page.language == "zh" else "zh"], t[f"{page.language}_definition"]] for t in terms],
    caption=words("dictionary.found", n=len(terms)),
)
st.header(words("dictionary.tables"), anchor=False)
dictionary = releases.dictionary(warehouse)
dictionary = dictionary.assign(
    meaning=[words.meaning(c.table_name, c.column_name, c.comment) for c in dictionary.itertuples()]
)
for table, columns in dictionary.groupby("table_name"):
    comment = words.meaning(str(table), "", columns["table_comment"].iloc[0])
    kept = (
        columns
        if found(table, comment, columns["table_comment"].iloc[0])
        else columns[[found(c.column_name, c.comment, c.meaning) for c in columns.itertuples()]]
    )
    if kept.empty:
        continue
    with st.expander(f"`{table}` · {layout.plain(comment)}", expanded=bool(search)):
        layout.table(
            [words("dictionary.column"), words("dictionary.type"), words("dictionary.meaning")],
            [[str(c.column_name), str(c.data_type).lower(), c.meaning] for c in kept.itertuples()],
            caption=str(table),
        )
st.header(words("dictionary.codes"), anchor=False)
for column in CODE_SEEDS:
    codes = [(c, words.code(column, c)) for c in words.codes(column)]
    kept_codes = [(c, n) for c, n in codes if found(column, c, n)]
    if kept_codes:
        with st.expander(f"`{column}` · {len(kept_codes)}", expanded=bool(search)):
            layout.table(
                [words("dictionary.code"), words("dictionary.meaning")], [[c, n] for c, n in kept_codes], caption=column
            )
plain = pd.DataFrame(dictionary[["table_name", "column_name", "data_type", "meaning"]])
layout.take_away(page, downloads.Table(words("page.dictionary.title"), plain), "dictionary")
page.finish()
