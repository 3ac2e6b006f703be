"""The seeds of words: each row can be read, means one thing, names codes that exist, and is found in a text."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.documents.flow import fold
from ingest.figures.contract import codes
from ingest.figures.lexicon import find_words, programmes_of
from ingest.paths import SEEDS
from ingest.vocabulary import read_seed, spellings

WORD_COLUMNS = {
    "account_items": "word",
    "attribute_words": "word",
    "cues": "word",
    "facility_nouns": "noun",
    "programme_aliases": "alias",
    "rate_words": "word",
    "unit_words": "word",
    "department_endings": "ending",
    "document_kind_words": "pattern_words",
    "context_aliases": "word",
}
# seed, column → the seeds that list its codes
CODE_COLUMNS = {
    ("programme_aliases", "programme"): "programmes",
    ("name_families", "programme"): "programmes",
    ("facility_nouns", "programme"): "programmes",
    ("programme_departments", "programme"): "programmes",
    ("context_aliases", "programme"): "programmes",
    ("context_aliases", "context_programme"): "programmes",
    ("document_kind_words", "document_kind"): "document_kinds",
    ("unit_words", "unit"): "units",
}
SEED_NAMES = sorted(path.stem for path in (SEEDS / "vocabulary").glob("*.csv"))


@pytest.mark.parametrize("seed", SEED_NAMES)
def test_no_row_is_empty_doubled_or_short(seed: str) -> None:
    rows = read_seed(seed)
    assert rows
    for number, row in enumerate(rows, start=2):
        assert any(row.values()), f"{seed}.csv line {number} is empty"
        assert set(row) == set(rows[0]), f"{seed}.csv line {number} has other columns"
    spelled = Counter(row for values in rows for row in _rows_spelled(seed, values))
    assert not [row for row, count in spelled.items() if count > 1]


def _rows_spelled(seed: str, row: dict[str, str]) -> list[tuple[str, ...]]:
    """A row once for each word that it spells: a family of names says what rows of single names would say."""
    column = WORD_COLUMNS.get(seed)
    words = spellings(row[column]) if column else [""]
    return [tuple(word if name == column else value for name, value in row.items()) for word in words]


def test_no_name_of_a_programme_stands_beside_the_family_that_spells_it() -> None:
    families = {
        (name, row["programme"], row["strength"])
        for row in read_seed("name_families")
        for name in spellings(row["names"])
    }
    aliases = {(row["alias"], row["programme"], row["strength"]) for row in read_seed("programme_aliases")}
    assert not aliases & families


@pytest.mark.parametrize(("seed", "column"), WORD_COLUMNS.items())
def test_no_word_is_empty_and_each_is_written_as_folded_text_is(seed: str, column: str) -> None:
    """A word in traditional or full-width characters could never match: rules read folded text."""
    words = [row[column] for row in read_seed(seed)]
    assert all(words)
    assert [word for word in words if fold(word) != word] == []
    assert [word for word in words if " " in word or "\n" in word] == []


@pytest.mark.parametrize(("place", "listed"), CODE_COLUMNS.items(), ids=lambda value: str(value))
def test_every_code_exists(place: tuple[str, str], listed: str) -> None:
    seed, column = place
    unknown = {row[column] for row in read_seed(seed)} - codes(listed) - {""}
    assert not unknown


def test_every_dimension_of_an_attribute_word_has_the_value() -> None:
    listed = {
        "residence": "residences",
        "care": "care_kinds",
        "fund_source": "fund_sources",
        "spending_type": "spending_types",
    }
    for row in read_seed("attribute_words"):
        assert row["value"] in codes(listed[row["dimension"]]) | {""}, row


def test_rate_words_name_rates() -> None:
    assert {row["measure"] for row in read_seed("rate_words")} <= codes("measures") | {"indicator"}


@pytest.mark.parametrize(
    ("seed", "column"),
    [("programme_aliases", "alias"), ("attribute_words", "word"), ("facility_nouns", "noun"), ("unit_words", "word"), ("rate_words", "word")],
)  # fmt: skip
def test_a_word_means_one_thing(seed: str, column: str) -> None:
    meanings = defaultdict(set)
    for row in read_seed(seed):
        meanings[row[column]].add(tuple(value for key, value in row.items() if key not in (column, "note")))
    assert {word: found for word, found in meanings.items() if len(found) > 1} == {}


def test_every_programme_has_a_name_of_its_own_and_a_department() -> None:
    named = {row["programme"] for row in read_seed("programme_aliases")}
    placed = {row["programme"] for row in read_seed("programme_departments")}
    assert codes("programmes") == named - {""} == placed


def test_departments_of_programmes_are_known_kinds() -> None:
    kinds = {row["department_kind"] for row in read_seed("department_endings")}
    assert {row["department_kind"] for row in read_seed("programme_departments")} <= kinds


@pytest.mark.parametrize("row", read_seed("programme_aliases"), ids=lambda row: row["alias"])
def test_every_alias_is_found_and_names_its_programme(row: dict[str, str]) -> None:
    (token,) = find_words(row["alias"])
    assert (token.meaning.word, token.meaning.programme, token.meaning.strength) == (
        row["alias"],
        row["programme"],
        row["strength"],
    )


@pytest.mark.parametrize("row", read_seed("name_families"), ids=lambda row: row["names"])
def test_every_name_of_a_family_is_written_as_folded_text_is_and_is_found_whole(row: dict[str, str]) -> None:
    own = {known["alias"]: (known["programme"], known["strength"]) for known in read_seed("programme_aliases")}
    names = spellings(row["names"])
    assert len(names) == len(set(names))
    for name in names:
        assert name == fold(name)
        (token,) = find_words(name)
        # A name with a row of its own means what that row says.
        means = own.get(name, (row["programme"], row["strength"]))
        assert (token.meaning.word, token.meaning.programme, token.meaning.strength) == (name, *means)


def test_a_family_of_names_spells_each_choice_of_each_group() -> None:
    assert spellings("高龄{老人|}{津贴|补贴}") == ["高龄老人津贴", "高龄老人补贴", "高龄津贴", "高龄补贴"]
    assert spellings("低保") == ["低保"]


@pytest.mark.parametrize("pattern", ["高龄{老人津贴", "高龄老人}津贴", "高龄{老{年}人}津贴"])
def test_a_brace_without_its_partner_is_told(pattern: str) -> None:
    with pytest.raises(ValueError, match="brace"):
        spellings(pattern)


def test_every_chinese_name_of_a_programme_leads_to_it() -> None:
    for row in read_seed("programmes"):
        named = {t.meaning.programme for t in find_words(row["name_zh"])} - {None, ""}
        assert named == {row["programme"]}, row["name_zh"]


def test_the_longest_word_wins() -> None:
    assert [(t.meaning.word, t.meaning.programme) for t in find_words("低保边缘家庭与低保家庭")] == [
        ("低保边缘家庭", "dibao_edge"),
        ("低保家庭", "dibao"),
    ]


def test_a_word_of_another_department_is_a_topic_without_a_code() -> None:
    health = programmes_of("health")
    assert "elder_care" not in health
    assert [t.meaning.programme for t in find_words("老年人", health)] == [""]


def test_some_words_name_their_programme_in_the_report_of_any_department() -> None:
    assert [t.meaning.programme for t in find_words("低保户", programmes_of("health"))] == ["dibao"]


def test_a_department_of_unknown_kind_may_have_any_programme() -> None:
    assert programmes_of(None) == codes("programmes")


@given(
    st.text(st.sampled_from(sorted({c for row in read_seed("programme_aliases") for c in row["alias"]})), max_size=80)
)
def test_words_found_stand_where_they_say_and_do_not_overlap(text: str) -> None:
    tokens = find_words(text)
    for token in tokens:
        assert text[token.start : token.end] == token.meaning.word
    assert all(left.end <= right.start for left, right in pairwise(tokens))


@pytest.mark.parametrize("row", read_seed("traditional_characters"), ids=lambda row: row["traditional"])
def test_a_traditional_character_folds_to_one_simplified_one(row: dict[str, str]) -> None:
    assert len(row["traditional"]) == len(row["simplified"]) == 1
    assert fold(row["traditional"]) == row["simplified"] == fold(row["simplified"])


@pytest.mark.parametrize("seed", sorted((SEEDS / "vocabulary").glob("*.csv")), ids=lambda path: path.stem)
def test_every_row_of_the_vocabulary_has_the_cells_of_its_head(seed: Path) -> None:
    """A comma without quotes would part a meaning in two, and dbt then refuses the whole seed."""
    head, *rows = csv.reader(seed.read_text(encoding="utf-8").splitlines())
    assert [row for row in rows if len(row) != len(head)] == []


KNOWN_WORDS = sorted(
    {
        word
        for seed in ("cues", "facility_nouns", "programme_aliases")
        for row in read_seed(seed)
        for word in spellings(row[WORD_COLUMNS[seed]])
    }
)


@given(
    st.lists(
        st.sampled_from(KNOWN_WORDS).flatmap(lambda word: st.integers(1, len(word)).map(lambda end: word[:end])),
        max_size=6,
    )
)
def test_words_are_the_leftmost_and_the_longest(pieces: list[str]) -> None:
    """The beginning of a long word hides none of the words that stand in it: 社区养老服务 without 中心 is 养老服务 all the same."""
    text = "".join(pieces)
    found = find_words(text)
    covered = {place for token in found for place in range(token.start, token.end)}
    for word in KNOWN_WORDS:
        start = text.find(word)
        while start >= 0:
            assert covered & set(range(start, start + len(word))), (text, word)
            start = text.find(word, start + 1)
    assert all(text[token.start : token.end] == token.meaning.word for token in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
