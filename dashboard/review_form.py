"""The review as its page shows it: the queue, the figure that is looked at, the decision, what is pending, the way back.

In: a page and the access of whoever looks at it. Out: elements of the page; decisions go through `review_desk`. Texts of
reports and of reviewers are escaped.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import asdict

import pandas as pd
import streamlit as st

from dashboard import check_view, figure_view, formatting, layout, review_desk
from dashboard.evidence_text import CONTEXT
from dashboard.formatting import number
from dashboard.labels import Words
from dashboard.layout import Link, Page, Quote
from dashboard.queries import evidence, identity_checks, reviews
from dashboard.review_access import Access
from dashboard.review_desk import Desk
from ingest.warehouse.errors import ReviewRefused, WarehouseError
from ingest.warehouse.reviews import Decision

#: Figures of the queue on one page of it, and rows of the list of pending decisions.
ROWS, MOST_PENDING = 10, 100
#: Where a callback leaves what it has to say: kind, text.
TOLD = "review.told"
NAME = "review.name"


def show(page: Page, access: Access) -> None:
    """The whole page, for whoever may decide."""
    words, view = page.words, page.view
    try:
        desk = review_desk.open_desk(reviews.published(page.warehouse))
    except ReviewRefused as error:
        view.idle("state", "by", "identity", "measure", "year", "search", "page", "figure", "samples")
        st.error(words("review.broken_log") + "\n\n" + layout.code(str(error)), icon=":material/error:")
        return
    _say(st.session_state.pop(TOLD, None))
    page.include_samples()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        state = view.choice(
            "state",
            reviews.STATES,
            "open",
            st.segmented_control,
            label=words("review.state"),
            required=True,
            format_func=lambda s: words(f"review.queue.{s}"),
        )
        order = view.choice(
            "by",
            reviews.ORDERS,
            "identity",
            st.segmented_control,
            label=words("review.by"),
            required=True,
            disabled=state != "open",
            format_func=lambda o: words(f"review.order.{o}"),
        )
    pending = sorted({decision.figure_id for decision in desk.pending})
    conditions = _filters(page, order, state, pending)
    current = view.integer("page", 1, 1_000_000, 1)
    shown = reviews.figures(page.warehouse, order, state, page.samples, conditions, pending, ROWS, (current - 1) * ROWS)
    if shown.empty and current > 1:
        # Whoever decides empties the last page of the queue.
        current = st.session_state[view.widget_key("page")] = view.note("page", 1, 1, str)
        shown = reviews.figures(page.warehouse, order, state, page.samples, conditions, pending, ROWS)
    waiting = int(shown["n"].iloc[0]) if len(shown) else 0
    pages = max(1, -(-waiting // ROWS))
    layout.lead(words(f"review.waiting.{state}", n=number(waiting)))
    figure_id = _chosen(page, shown, (state, order, current, *conditions.items()))
    if figure_id is None:
        st.info(words("review.nothing"), icon=":material/task_alt:")
    else:
        side, work = st.columns([2, 5], gap="large")
        with side:
            _queue(page, shown, figure_id)
            if pages > 1:
                st.pagination(pages, key=view.widget_key("page"))
        with work:
            _figure(page, access, desk, figure_id, _following(shown["figure_id"].tolist(), figure_id))
    _pending(page, desk)
    _lost(page)


def _filters(page: Page, order: str, state: str, pending: Sequence[str]) -> dict[str, object]:
    """Identity, measure, year and a piece of the department's name, each among what the queue has under those before it."""
    words, view = page.words, page.view
    conditions: dict[str, object] = {}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for facet, column, width in (
            ("identity", "identity", 300),
            ("measure", "measure", 190),
            ("year", "fiscal_year", 150),
        ):
            held = reviews.tally(page.warehouse, facet, order, state, page.samples, conditions, pending)
            chosen = view.choice(
                facet,
                ["", *(sorted(held, reverse=True) if facet == "year" else held)],
                "",
                st.selectbox,
                label=words("check.identity" if facet == "identity" else f"filter.{facet}"),
                width=width,
                format_func=lambda code, held=held, column=column: (
                    f"{words.code(column, code)} ({number(held[code])})" if code else words("filter.all")
                ),
            )
            if chosen:
                conditions[facet] = int(chosen) if facet == "year" else chosen
        search = view.text(
            "search",
            "",
            60,
            st.text_input,
            label=words("filter.search"),
            placeholder=words("filter.search_hint"),
            width=210,
        )
        if search:
            conditions["search"] = search
    return conditions


def _chosen(page: Page, shown: pd.DataFrame, choices: tuple[object, ...]) -> str | None:
    """The figure that is looked at: the one of the address or the list, else the first; None where there is none.

    A figure that an address names stays in front of a list that does not have it, until another list is asked for.
    """
    view, state = page.view, st.session_state
    listed = shown["figure_id"].tolist()
    key = view.widget_key("figure")
    asked = view.address.get("figure") if view.from_address else None
    if asked and asked not in listed and evidence.figure(page.warehouse, asked) is not None:
        state["review.pinned"] = (asked, choices)
    pinned, of = state.get("review.pinned", (None, None))
    if pinned and (of != choices or pinned in listed or (not view.from_address and state.get(key) != pinned)):
        state.pop("review.pinned")
        pinned = None
    options = [pinned, *listed] if pinned else listed
    if not options:
        view.idle("figure")
        return None
    # Always in the address: tomorrow another figure may be the first.
    return view.note("figure", view.choice("figure", options, options[0]), "", str)


def _following(listed: Sequence[str], figure_id: str) -> str | None:
    """The figure to look at after this one: the next of the list, else the one before it."""
    others = [figure for figure in listed if figure != figure_id]
    place = listed.index(figure_id) if figure_id in listed else 0
    return others[min(place, len(others) - 1)] if others else None


def _queue(page: Page, shown: pd.DataFrame, figure_id: str) -> None:
    """The list to choose from, one line of what it is and one of why it waits."""
    words = page.words
    labels, captions = {}, {}
    for _, row in shown.iterrows():
        key = row["figure_id"]
        year = str(int(row["fiscal_year"])) if pd.notna(row["fiscal_year"]) else words("unknown.year")
        labels[key] = f"**{layout.plain(row['raw'])}** {layout.plain(' · '.join(figure_view.meaning(page, row)))}"
        name = row["department_name"] if isinstance(row["department_name"], str) else words("unknown.department")
        captions[key] = layout.plain(" · ".join([name, year, *_why(page, row)]))
    if figure_id not in labels:
        labels = {figure_id: layout.plain(words("review.from_link")), **labels}
        captions = {figure_id: "", **captions}
    st.radio(
        words("review.list"),
        list(labels),
        key=page.view.widget_key("figure"),
        format_func=labels.__getitem__,
        captions=list(captions.values()),
    )


def _why(page: Page, row: pd.Series) -> list[str]:
    """Why a figure waits: violated checks, and how sure the reading is."""
    words, why = page.words, []
    soft = int(row["violated_checks"] - row["hard_checks"])
    if row["hard_checks"]:
        why.append(words("review.hard_checks", n=int(row["hard_checks"])))
    if soft:
        why.append(words("review.soft_checks", n=soft))
    sure = row["confidence"] if pd.notna(row["confidence"]) else None
    if sure is not None:
        why.append(words("review.sure", confidence=formatting.percent(100 * sure)))
    elif isinstance(row["stated_confidence"], str):
        why.append(words("review.stated", confidence=words.code("stated_confidence", row["stated_confidence"])))
    return why


def _figure(page: Page, access: Access, desk: Desk, figure_id: str, following: str | None) -> None:
    """The figure with its words, what contradicts it, what was decided, and the decision to take."""
    words, warehouse = page.words, page.warehouse
    row = evidence.figure(warehouse, figure_id)
    assert row is not None, "only figures of the release are offered"
    mark = layout.review_badge(page, row["review_action"])
    st.html(
        f'<p class="jx-value">{layout.fragment([figure_view.value_text(page, row), *([mark] if mark else [])])}</p>'
    )
    layout.lead(" · ".join(figure_view.meaning(page, row)))
    year = str(int(row["fiscal_year"])) if pd.notna(row["fiscal_year"]) else words("unknown.year")
    badges = [layout.sample_badge(page)] if formatting.is_true(row["is_sample"]) else []
    title = Quote(str(row["title"])) if isinstance(row["title"], str) else words("review.no_title")
    to_evidence = Link(words("review.to_evidence"), page.href("evidence", figure=figure_id))
    department = layout.department_cell(page, row["department_id"], row["department_name"], False)
    st.html(
        f"<p class='jx-note'>{layout.fragment([department, year, *badges])} · {layout.fragment([title, to_evidence])}</p>"
    )
    text = evidence.text(warehouse, row["document_id"])
    if text is None or pd.isna(row["start"]) or pd.isna(row["end"]):
        layout.table(
            [words("column.raw"), words("column.quote"), words("column.note")],
            [[Quote(str(row[c])) if isinstance(row[c], str) else None for c in ("raw", "quote", "note")]],
        )
    else:
        figure_view.show_words(page, row, text, CONTEXT)
    check_view.show_violated(page, identity_checks.checks_of(warehouse, figure_id), figure_id)
    _decision(page, access, desk, row, following)
    figure_view.show_history(page, figure_id)
    st.header(words("evidence.facts"), anchor=False)
    if not figure_view.show_statements(page, figure_id):
        layout.notes([words("evidence.no_facts")])


def _decision(page: Page, access: Access, desk: Desk, row: pd.Series, following: str | None) -> None:
    """What stands on the figure and the way back, and the form of a decision."""
    words, figure_id = page.words, str(row["figure_id"])
    in_force = row["review_id"] if isinstance(row["review_id"], str) else None
    standing = desk.standing(figure_id, in_force)
    with st.container(border=True, key="card-review-decision"):
        if standing is not None:
            is_pending = standing.review_id not in desk.published
            st.header(words("review.standing_pending" if is_pending else "review.standing"), anchor=False)
            st.html(f"<p class='jx-note'>{html.escape(_sentence(page, standing))}</p>")
            with st.form(f"review.undo.{standing.review_id}", border=False, enter_to_submit=False):
                keys = _reason_and_name(page, access, standing.review_id)
                st.form_submit_button(
                    words("review.undo"), icon=":material/undo:", on_click=_undo, args=(page.language, standing, keys)
                )
        st.header(words("review.decide_anew" if standing else "review.decide"), anchor=False)
        action = st.segmented_control(
            words("review.action"),
            ["accept", "correct", "reject"],
            key=f"review.action.{figure_id}",
            format_func=lambda a: words.code("review_action", a),
            label_visibility="collapsed",
        )
        if action is None:
            layout.notes([words("review.choose")])
            return
        layout.notes([words(f"review.means.{action}")])
        with st.form(f"review.form.{figure_id}.{action}", border=False, enter_to_submit=False):
            if action == "correct":
                _correction(page, row, standing)
            keys = _reason_and_name(page, access, f"{figure_id}.{action}")
            st.form_submit_button(
                words(f"review.do.{action}"),
                type="primary",
                on_click=_decide,
                args=(page.language, row, str(action), standing, desk.seen_until(figure_id), following, keys),
            )


#: Names of a correction's meaning whose codes a seed lists; the others are texts.
_CODED = ("measure", "programme", "residence", "care", "fund_source", "spending_type", "stage", "unit", "per")
_NEEDED = ("measure", "unit")


def _shown_meaning(row: pd.Series, standing: Decision | None) -> dict[str, str]:
    """What the figure means as the form begins with it: as in the release, or as a pending correction has it; empty: nothing."""
    shown = {name: row[name] for name in review_desk.MEANING} | review_desk.corrected(standing)[1]
    shown = {name: "" if pd.isna(value) else value for name, value in shown.items()}
    return {name: str(int(value)) if isinstance(value, float) else str(value) for name, value in shown.items()}


def _correction(page: Page, row: pd.Series, standing: Decision | None) -> None:
    """Fields for the right value and, folded, for what the figure means."""
    words, figure_id = page.words, str(row["figure_id"])
    shown = _shown_meaning(row, standing)
    unit = "元" if shown["unit"] == "CNY" and page.language == "zh" else words.code("unit", shown["unit"])
    st.text_input(
        words("review.value", unit=layout.plain(unit)),
        key=f"review.value.{figure_id}",
        placeholder=words("review.value_hint"),
        max_chars=60,
    )
    with st.expander(words("review.meaning_too"), icon=":material/tune:"):
        layout.notes([words("review.meaning_help")])
        columns = st.columns(3)
        for place, name in enumerate(review_desk.MEANING):
            key, label = f"review.meaning.{name}.{figure_id}", words(f"review.meaning.{name}")
            with columns[place % 3]:
                if name in _CODED:
                    options = [*([] if name in _NEEDED else [""]), *words.codes(name)]
                    st.selectbox(
                        label,
                        options,
                        index=options.index(shown[name]) if shown[name] in options else 0,
                        key=key,
                        format_func=lambda code, name=name: words.code(name, code) or words("review.none"),
                    )
                else:
                    st.text_input(label, value=shown[name], key=key, max_chars=200)


def _reason_and_name(page: Page, access: Access, about: str) -> tuple[str, str | None]:
    """Fields for the reason and, where no login says it, the name; gives their keys."""
    words = page.words
    reason = f"review.reason.{about}"
    st.text_area(
        words("review.reason"),
        key=reason,
        placeholder=words("review.reason_hint"),
        max_chars=review_desk.LONGEST["reason"],
        height=80,
    )
    if access.reviewer:
        layout.notes([words("review.as", name=access.reviewer)])
        return reason, None
    name = f"review.reviewer.{about}"
    st.text_input(
        words("review.name"),
        value=st.session_state.get(NAME, ""),
        key=name,
        help=words("review.name_help"),
        max_chars=review_desk.LONGEST["reviewer"],
        width=320,
    )
    return reason, name


def _decide(
    language: str,
    row: pd.Series,
    action: str,
    standing: Decision | None,
    seen_until: str,
    following: str | None,
    keys: tuple[str, str | None],
) -> None:
    """Record what the form says; runs before the page is drawn again."""
    words, state, figure_id = Words(language), st.session_state, str(row["figure_id"])
    given = _given(words, keys)
    if not given:
        return
    value, meaning = None, {}
    if action == "correct":
        # A decision replaces the one before as a whole: what that one corrected stays unless it is changed here.
        value, meaning = review_desk.corrected(standing)
        shown = _shown_meaning(row, standing)
        typed = {name: str(state.get(f"review.meaning.{name}.{figure_id}", shown[name])).strip() for name in shown}
        changed = {name: text for name, text in typed.items() if text != shown[name]}
        text = str(state.get(f"review.value.{figure_id}") or "").strip()
        if text:
            value = review_desk.parse_value(text, typed["unit"])
        problem = (
            "no_value"
            if text and value is None
            else "same"
            if not changed and value in (None, row["value_as_read"])
            else ""
        )
        if problem:
            state[TOLD] = ("error", words(f"review.{problem}"))
            return
        meaning = {**meaning, **changed}
    try:
        made = review_desk.decide(
            figure_id,
            action,
            reviewer=given[1],
            reason=given[0],
            value=value,
            meaning=meaning,
            seen_until=seen_until,
        )
    except WarehouseError as error:
        state[TOLD] = ("error", _refusal(words, error))
        return
    state[TOLD] = (
        "success",
        words("review.done", action=words.code("review_action", action), review_id=made.review_id),
    )
    if state.get("review.state", "open") == "open" and following:
        state["review.figure"] = following


def _undo(language: str, standing: Decision, keys: tuple[str, str | None]) -> None:
    """Take the standing decision back; runs before the page is drawn again."""
    words = Words(language)
    given = _given(words, keys)
    if not given:
        return
    try:
        made = review_desk.undo(standing.review_id, reviewer=given[1], reason=given[0])
    except WarehouseError as error:
        st.session_state[TOLD] = ("error", _refusal(words, error))
        return
    st.session_state[TOLD] = ("success", words("review.undone", review_id=made.undoes))


def _given(words: Words, keys: tuple[str, str | None]) -> tuple[str, str] | None:
    """The reason and the name as typed; None, with a message, where one of them is missing."""
    state, (reason_key, name_key) = st.session_state, keys
    reason = str(state.get(reason_key) or "").strip()
    name = str(state.get(name_key) or "").strip() if name_key else ""
    if name:
        state[NAME] = name
    if not reason or (name_key and not name):
        state[TOLD] = ("error", words("review.no_reason" if not reason else "review.no_name"))
        return None
    return reason, name


def _refusal(words: Words, error: WarehouseError) -> str:
    """Why a decision was not recorded."""
    if isinstance(error, ReviewRefused) and error.cause is not None:
        said = words(f"review.refusal.{error.cause}", most=error.found.get("most", ""))
        problems = [str(problem) for problem in error.found.get("problems", ())]
        return "\n\n".join([said, *map(layout.code, problems)])
    return words("review.refused") + "\n\n" + layout.code(str(error))


def _say(told: tuple[str, str] | None) -> None:
    """What came of the decision before this run."""
    if told:
        kind, said = told
        (st.success if kind == "success" else st.error)(
            said, icon=":material/check_circle:" if kind == "success" else ":material/error:"
        )


def _sentence(page: Page, decision: Decision) -> str:
    """A decision in one sentence: what, who, when, why."""
    return page.words(
        "review.sentence",
        what=figure_view.decided(page, asdict(decision)),
        who=decision.reviewer,
        when=figure_view.moment(decision.decided_at),
        why=decision.reason,
    )


def _pending(page: Page, desk: Desk) -> None:
    """What was decided since the release and waits for the next."""
    words, waiting = page.words, desk.pending
    if not waiting:
        return
    undone = {decision.undoes for decision in desk.log}
    st.header(words("review.pending", n=len(waiting)), anchor=False)
    layout.table(
        [words(f"review.column.{c}") for c in ("when", "who", "what", "figure", "why")],
        [
            [
                figure_view.moment(d.decided_at),
                Quote(d.reviewer),
                words.code("review_action", d.action) + (words("review.taken_back") if d.review_id in undone else ""),
                Link(d.as_written, page.href("review", state="pending", figure=d.figure_id)),
                Quote(d.reason),
            ]
            for d in waiting[:MOST_PENDING]
        ],
        caption=words("review.pending_caption"),
    )


def _lost(page: Page) -> None:
    """Decisions that are not applied because their figure changed or their file is gone."""
    words, lost = page.words, reviews.lost(page.warehouse)
    if lost.empty:
        return
    st.header(words("review.lost", n=len(lost)), anchor=False)
    layout.table(
        [words(f"review.column.{c}") for c in ("when", "who", "what", "state", "figure", "why")],
        [
            [
                figure_view.moment(r["decided_at"]),
                Quote(str(r["reviewer"])),
                figure_view.decided(page, r),
                words.code("review_state", r["state"]),
                Quote(f"{words.code('measure', r['measure'])} {r['raw']}"),
                Quote(str(r["reason"])),
            ]
            for _, r in lost.iterrows()
        ],
        caption=words("review.lost_caption"),
    )
