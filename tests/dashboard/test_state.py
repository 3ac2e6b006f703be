"""The address and the widgets, both ways, with plain dicts in the place of Streamlit's."""

from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard.state import LONGEST, View, parse_choices, parse_flag, parse_integer, parse_text

OPTIONS = ["line", "bar", "dot"]


def test_a_link_reopens_the_view():
    query: dict[str, str] = {}
    view = View("compare", query, {})
    assert view.choice("chart", OPTIONS, "line") == "line"
    assert view.choices("dept", ["a", "b", "c"], ["a"], 2) == ["a"]
    assert view.finish() == []
    link = view.link("http://127.0.0.1:8501/compare?old=1", "en", chart="bar", dept="b,c")
    opened = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
    assert opened == {"chart": "bar", "dept": "b,c", "lang": "en"}
    again = View("compare", opened, {})
    assert again.choice("chart", OPTIONS, "line") == "bar"
    assert again.choices("dept", ["a", "b", "c"], ["a"], 2) == ["b", "c"]
    assert again.finish() == []


def test_the_link_to_copy_has_the_defaults_too_because_they_change_with_the_release():
    view = View("compare", {}, {})
    view.choice("chart", OPTIONS, "line")
    view.finish()
    assert view.query == {}
    assert view.link("http://x/compare") == "http://x/compare?chart=line"


def test_a_widget_wins_until_somebody_follows_a_link():
    query, session = {"chart": "bar"}, {}
    View("compare", query, session).choice("chart", OPTIONS, "line")
    first = View("compare", query, session)
    first.choice("chart", OPTIONS, "line")
    first.finish()
    session["compare.chart"] = "dot"
    second = View("compare", query, session)
    assert second.choice("chart", OPTIONS, "line") == "dot"
    second.finish()
    assert query == {"chart": "dot"}
    query["chart"] = "line"
    assert View("compare", query, session).choice("chart", OPTIONS, "line") == "line"


def test_a_page_opened_again_without_parameters_shows_what_it_showed():
    query, session = {"chart": "bar"}, {}
    view = View("compare", query, session)
    view.choice("chart", OPTIONS, "line")
    view.finish()
    del session["compare.chart"]
    back = View("compare", {}, session)
    assert back.choice("chart", OPTIONS, "line") == "bar"


def test_a_bad_parameter_is_explained_until_a_choice_changes():
    query, session = {"chart": "pie", "dept": "a,zz", "colour": "red"}, {}

    def run() -> list[tuple[str, str]]:
        view = View("compare", query, session)
        view.choice("chart", OPTIONS, "line")
        view.choices("dept", ["a", "b"], [], 3)
        return [(p.parameter, p.reason) for p in view.finish()]

    explained = [("chart", "not_an_option"), ("dept", "not_an_option"), ("colour", "unknown_parameter")]
    assert run() == explained
    assert query == {"dept": "a"}
    assert run() == explained, "a rerun of the page without a change keeps the explanation"
    session["compare.chart"] = "bar"
    assert run() == []


def test_a_parameter_that_this_view_does_not_need_is_no_problem():
    view = View("compare", {"chart": "bar", "from": "2019"}, {})
    view.idle("from")
    view.choice("chart", OPTIONS, "line")
    assert view.finish() == []


def test_an_option_that_another_choice_took_away_falls_back_to_the_default():
    query, session = {}, {}
    first = View("compare", query, session)
    first.choice("programme", ["dibao", "tekun"], "dibao")
    first.finish()
    session["compare.programme"] = "tekun"
    second = View("compare", query, session)
    assert second.choice("programme", ["dibao"], "dibao") == "dibao"


def test_an_emptied_list_is_not_the_default_list():
    query, session = {}, {}
    first = View("compare", query, session)
    first.choices("dept", ["a"], ["a"], 3)
    first.finish()
    session["compare.dept"] = []
    second = View("compare", query, session)
    assert second.choices("dept", ["a"], ["a"], 3) == []
    second.finish()
    assert query == {"dept": ""}
    assert View("compare", dict(query), {}).choices("dept", ["a"], ["a"], 3) == []


@pytest.mark.parametrize("given", ["x", "1e3", "-5", "99999999999999999999", "²", "1.5", ""])
def test_integers_outside_the_bounds_or_not_integers(given):
    value, problems = parse_integer("page", given, 1, 10, 1)
    assert value == 1 and [p.reason for p in problems] == ["not_in_range"]


def test_lists_are_cut_deduplicated_and_bounded():
    kept, problems = parse_choices("dept", "a,b,a,c", ["a", "b", "c"], [], 2)
    assert kept == ["a", "b"] and [(p.reason, p.given) for p in problems] == [("too_many", "c")]
    assert parse_choices("dept", "x" * (LONGEST + 1), ["a"], ["a"], 2)[0] == ["a"]


def test_text_loses_control_characters_and_says_so():
    assert parse_text("search", "荔湾\x00\x1b[31m")[0] == "荔湾[31m"
    assert [p.reason for p in parse_text("search", "荔湾\x00")[1]] == ["control_characters"]
    assert [p.reason for p in parse_text("search", "长" * 61, longest=60)[1]] == ["too_long"]
    assert parse_flag("samples", "yes")[1][0].reason == "not_an_option"


def test_a_click_before_the_address_has_arrived_counts_and_going_back_still_does():
    session: dict = {}

    def run(address: dict[str, str]) -> tuple[str, dict[str, str]]:
        view = View("compare", address, session)
        chosen = view.choice("chart", OPTIONS, "line")
        view.finish()
        return chosen, address

    assert run({}) == ("line", {})
    session["compare.chart"] = "bar"
    assert run({}) == ("bar", {"chart": "bar"})
    # The browser does not know ?chart=bar yet when the next click is sent.
    session["compare.chart"] = "dot"
    assert run({}) == ("dot", {"chart": "dot"})
    # Back to an address that was written before, without a click: the address wins.
    assert run({"chart": "bar"}) == ("bar", {"chart": "bar"})


def test_a_choice_that_nobody_made_goes_with_its_default_and_one_that_was_made_stays():
    session: dict = {}

    def run(years: list[str]) -> str:
        view = View("compare", {}, session)
        chosen = view.choice("to", years, years[-1])
        view.finish()
        session["address"] = dict(view.query)
        return chosen

    assert run(["2020", "2023"]) == "2023"
    assert run(["2020", "2023", "2025"]) == "2025", "the years of a department that was added"
    assert session["address"] == {}
    session["compare.to"] = "2023"
    assert run(["2020", "2023", "2025"]) == "2023"
    assert run(["2020", "2023"]) == "2023"
    session["compare.to"] = "2020"
    assert run(["2020", "2023"]) == "2020"
    assert run(["2020", "2023", "2025"]) == "2020"


def test_the_release_of_a_link_is_no_choice_and_no_reason_to_start_anew():
    query, session = {"release": "r1", "chart": "bar"}, {}
    view = View("compare", query, session)
    assert view.choice("chart", OPTIONS, "line") == "bar"
    assert view.finish() == [] and query["release"] == "r1"
    session["compare.chart"] = "dot"
    assert View("compare", query, session).choice("chart", OPTIONS, "line") == "dot"
